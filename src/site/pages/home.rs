//! The home page: what the book is, three ways in, and what is new.

use serde::Serialize;

use super::goals::{self, GoalCard};
use super::news;
use crate::book::{Key, LanguageId, with_ids};
use crate::diag::Diagnostic;
use crate::plan::Page;
use crate::site::Site;
use crate::site::link::Link;
use crate::site::parts::shared::{self, ChangeView, Name};
use crate::site::parts::{View, shown};
use crate::site::text::{self, DateView};

/// The most changes that are shown.
const CHANGES: usize = 5;
/// The most pairs that are shown.
const PAIRS: usize = 60;

/// The data of the template `home.html`.
#[derive(Serialize)]
struct HomeView {
    /// The heading.
    title: String,
    /// One sentence about the site.
    lead: String,
    /// The size of the book: "8 frameworks, 37 criteria, 58 sources."
    counts: String,
    /// The newest day on which a fact was checked.
    checked: Option<DateView>,
    /// The home page's prose.
    prose: tera::Value,
    /// Ways in.
    doors: Vec<Door>,
    /// Goals with their leaders.
    goals: Vec<GoalCard>,
    /// Languages with their frameworks.
    languages: Vec<LanguageRow>,
    /// Pairs that have a page.
    pairs: Vec<Link>,
    /// The newest changes.
    changes: Vec<ChangeView>,
}

/// A way into the book.
#[derive(Serialize)]
struct Door {
    /// Its words.
    title: String,
    /// Its target; a part of this page starts with `#`.
    route: String,
    /// A description of the target.
    text: String,
}

/// A language and its frameworks.
#[derive(Serialize)]
struct LanguageRow {
    /// Its name.
    title: String,
    /// Its page; empty for frameworks without a language.
    route: String,
    /// Its frameworks.
    frameworks: Vec<Name>,
}

/// The view of the home page.
pub(super) fn view(site: &Site<'_>, page: &Page) -> Result<View, Vec<Diagnostic>> {
    let book = site.book;
    let section = &book.home;
    let view = HomeView {
        title: section.title.clone().unwrap_or_else(|| book.site.title.clone()),
        lead: section.summary.clone().unwrap_or_else(|| book.site.description.clone()),
        counts: shared::counts(site),
        checked: checked(site),
        prose: shared::prose(site, section.prose.as_ref(), &site.root(page))?,
        doors: doors(site),
        goals: with_ids(&book.goals).map(|(id, _)| goals::card(site, id)).collect(),
        languages: languages(site),
        pairs: pairs(site),
        changes: news::newest(site, CHANGES),
    };
    Ok(shown("home.html", &view))
}

/// The newest day on which a fact was checked.
fn checked(site: &Site<'_>) -> Option<DateView> {
    let cells = site.book.frameworks.iter().flat_map(|framework| &framework.cells);
    let newest = cells.filter_map(|cell| cell.known()?.checked).max()?;
    Some(text::date(site.strings, newest))
}

fn pairs(site: &Site<'_>) -> Vec<Link> {
    shared::pair_ids(site).take(PAIRS).map(|id| shared::pair(site, id)).collect()
}

fn doors(site: &Site<'_>) -> Vec<Door> {
    let (book, strings) = (site.book, site.strings);
    let mut doors = Vec::new();
    let mut door = |title: Key, route: String, text: String| {
        doors.push(Door { title: strings.get(title).to_owned(), route, text });
    };
    if !book.goals.is_empty() {
        let text = site.strings.count(Key::HomeDoorGoalText, book.goals.len(), &[]);
        door(Key::HomeDoorGoal, "#x-goals".to_owned(), text);
    }
    if !site.plan.pairs.is_empty() {
        let text = site.strings.count(Key::HomeDoorPairText, site.plan.pairs.len(), &[]);
        door(Key::HomeDoorPair, "#x-pairs".to_owned(), text);
    }
    if book.frameworks.is_empty() {
        let text = strings.get(Key::HomeDoorCompareText).to_owned();
        door(Key::HomeDoorCompare, "compare/".to_owned(), text);
    } else {
        let text = strings.get(Key::HomeDoorChooseText).to_owned();
        door(Key::HomeDoorChoose, "choose/".to_owned(), text);
    }
    doors
}

fn languages(site: &Site<'_>) -> Vec<LanguageRow> {
    let book = site.book;
    let of = |language: Option<LanguageId>| -> Vec<Name> {
        let all = with_ids(&book.frameworks).filter(|(_, f)| f.language == language);
        all.map(|(id, _)| shared::name(site, id)).collect()
    };
    let rows = with_ids(&book.languages).map(|(id, language)| LanguageRow {
        title: language.title.clone(),
        route: site.plan.language(book, id).to_string(),
        frameworks: of(Some(id)),
    });
    let others = LanguageRow {
        title: site.strings.get(Key::HomeOtherLanguages).to_owned(),
        route: String::new(),
        frameworks: of(None),
    };
    rows.chain([others]).filter(|row| !row.frameworks.is_empty()).collect()
}
