//! All languages and their frameworks.

use serde::Serialize;

use crate::book::{Key, with_ids};
use crate::site::Site;
use crate::site::parts::shared::{self, Name};
use crate::site::parts::{View, lists, shown};

/// The data of the template `languages.html`.
#[derive(Serialize)]
struct LanguagesView {
    /// The heading.
    title: String,
    /// One sentence about the page.
    lead: String,
    /// Languages in the order declared.
    languages: Vec<LanguageCard>,
}

/// A language and its frameworks.
#[derive(Serialize)]
struct LanguageCard {
    /// Its name.
    title: String,
    /// Its page.
    route: String,
    /// One sentence about it; may be empty.
    summary: String,
    /// Its frameworks.
    frameworks: Vec<Name>,
}

/// The view of the page of all languages.
pub(super) fn view(site: &Site<'_>) -> View {
    let (book, strings) = (site.book, site.strings);
    let frameworks = site.strings.count(Key::CountFrameworks, book.frameworks.len(), &[]);
    let count = lists::languages(site);
    let values = [("frameworks", frameworks.as_str()), ("languages", count.as_str())];
    let languages = with_ids(&book.languages).map(|(id, language)| {
        let of = lists::by_name(site, |f| book[f].language == Some(id));
        LanguageCard {
            title: language.title.clone(),
            route: site.plan.language(book, id).to_string(),
            summary: language.summary.clone().unwrap_or_default(),
            frameworks: of.into_iter().map(|id| shared::name(site, id)).collect(),
        }
    });
    let view = LanguagesView {
        title: strings.get(Key::LanguagesTitle).to_owned(),
        lead: strings.say(Key::LanguagesLead, &values),
        languages: languages.collect(),
    };
    shown("languages.html", &view)
}
