//! All languages and their frameworks.

use serde::Serialize;
use tera::Context;

use super::kind::{Menu, PageKind, fixed_metadata};
use crate::book::{Key, Part, with_ids};
use crate::diag::Diagnostic;
use crate::plan::{Metadata, Page, ResultKind, Subject};
use crate::site::engine::Form;
use crate::site::parts::shared::Name;
use crate::site::parts::{context, lists, shared};
use crate::site::{Contents, Site};

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

/// All languages.
pub(super) struct Languages;

impl PageKind for Languages {
    type Subject = ();

    const NAME: &'static str = "languages";
    const TEMPLATE: &'static str = "languages.html";
    const DOC: &'static str = "all languages and their frameworks";
    const ROUTE: &'static str = "languages/";
    const FILE: Option<&'static str> = Some("content/languages.toml");
    const MENU: Menu = Menu::Footer;
    const RESULT_KIND: ResultKind = ResultKind::List;

    fn is_made(contents: Contents<'_>, (): ()) -> bool {
        contents.book.has(Part::Languages) && !contents.book.languages.is_empty()
    }

    fn metadata(contents: Contents<'_>, (): ()) -> Metadata {
        fixed_metadata(
            contents,
            [Key::NavLanguages, Key::TitleLanguages, Key::AboutLanguages],
        )
    }

    fn view(
        site: &Site<'_>,
        _page: &Page,
        (): (),
        _form: Form,
    ) -> Result<Context, Vec<Diagnostic>> {
        let (book, strings) = (site.book, site.strings);
        let frameworks =
            site.strings.count(Key::CountFrameworks, book.frameworks.len(), &[]);
        let count = lists::languages(site);
        let values = [("frameworks", frameworks.as_str()), ("languages", count.as_str())];
        let languages = with_ids(&book.languages).map(|(id, language)| {
            let of = lists::by_name(site, |f| book[f].language == Some(id));
            LanguageCard {
                title: language.title.clone(),
                route: site.plan.route(Subject::Language(id)).to_string(),
                summary: language.summary.clone().unwrap_or_default(),
                frameworks: of.into_iter().map(|id| shared::name(site, id)).collect(),
            }
        });
        let view = LanguagesView {
            title: strings.get(Key::LanguagesTitle).to_owned(),
            lead: strings.say(Key::LanguagesLead, &values),
            languages: languages.collect(),
        };
        Ok(context(&view))
    }
}
