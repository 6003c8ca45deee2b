//! The home page: what the book is, three ways in, and what is new.

use serde::Serialize;
use tera::Context;

use super::choose::Choose;
use super::compare::Compare;
use super::goals;
use super::goals::GoalCard;
use super::kind::{PageKind, all_cells, newest};
use crate::book::{Key, LanguageId, Prose, with_ids};
use crate::diag::Diagnostic;
use crate::plan::{Metadata, Page, Subject};
use crate::site::engine::Form;
use crate::site::json_ld::Node;
use crate::site::link::Link;
use crate::site::parts::news;
use crate::site::parts::shared::{ChangeView, Name};
use crate::site::parts::{context, shared};
use crate::site::text::DateView;
use crate::site::{Contents, Site, text};

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
    ways_in: Vec<WayIn>,
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
struct WayIn {
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

/// The first page.
pub(super) struct Home;

impl PageKind for Home {
    type Subject = ();

    const NAME: &'static str = "home";
    const TEMPLATE: &'static str = "home.html";
    const DOC: &'static str =
        "the first page: ways in, goals, languages, pairs, and what is new";
    const ROUTE: &'static str = "";
    const FILE: Option<&'static str> = Some("content/index.md");

    fn metadata(contents: Contents<'_>, (): ()) -> Metadata {
        let book = contents.book;
        let title = book.home.title.as_ref().unwrap_or(&book.site.title);
        let description = if book.site.description.is_empty() {
            book.strings.say(Key::AboutHome, &[("site", &book.site.title)])
        } else {
            book.site.description.clone()
        };
        Metadata {
            title: title.clone(),
            label: book.strings.get(Key::NavHome).to_owned(),
            description,
            updated: newest(all_cells(contents)),
            ..Metadata::default()
        }
    }

    fn prose(contents: Contents<'_>, (): ()) -> Option<&Prose> {
        contents.book.home.prose.as_ref()
    }

    fn json_ld(site: &Site<'_>, _page: &Page, (): ()) -> Option<Node> {
        let name = site.book.site.title.clone();
        Some(Node::WebSite { name, url: site.absolute("") })
    }

    fn view(
        site: &Site<'_>,
        page: &Page,
        (): (),
        _form: Form,
    ) -> Result<Context, Vec<Diagnostic>> {
        let book = site.book;
        let section = &book.home;
        let view = HomeView {
            title: section.title.clone().unwrap_or_else(|| book.site.title.clone()),
            lead: section
                .summary
                .clone()
                .unwrap_or_else(|| book.site.description.clone()),
            counts: shared::counts(site),
            checked: checked(site),
            prose: shared::prose(site, section.prose.as_ref(), &site.root(page))?,
            ways_in: ways_in(site),
            goals: with_ids(&book.goals).map(|(id, _)| goals::card(site, id)).collect(),
            languages: languages(site),
            pairs: pairs(site),
            changes: news::newest(site, CHANGES),
        };
        Ok(context(&view))
    }
}

/// The newest day on which a fact was checked.
fn checked(site: &Site<'_>) -> Option<DateView> {
    let cells = site.book.frameworks.iter().flat_map(|framework| &framework.cells);
    let newest = cells.filter_map(|cell| cell.known()?.checked).max()?;
    Some(text::date(site.strings, newest))
}

fn pairs(site: &Site<'_>) -> Vec<Link> {
    site.plan.pair_ids().take(PAIRS).map(|id| shared::pair(site, id)).collect()
}

fn ways_in(site: &Site<'_>) -> Vec<WayIn> {
    let (book, strings) = (site.book, site.strings);
    let route = |kind| site.plan.route(Subject::Fixed(kind)).to_string();
    let mut ways_in = Vec::new();
    let mut way = |title: Key, route: String, text: String| {
        ways_in.push(WayIn { title: strings.get(title).to_owned(), route, text });
    };
    if !book.goals.is_empty() {
        let text = site.strings.count(Key::HomeWayGoalText, book.goals.len(), &[]);
        way(Key::HomeWayGoal, "#X-goals".to_owned(), text);
    }
    if !site.plan.pairs.is_empty() {
        let text = site.strings.count(Key::HomeWayPairText, site.plan.pairs.len(), &[]);
        way(Key::HomeWayPair, "#X-pairs".to_owned(), text);
    }
    if book.frameworks.is_empty() {
        let text = strings.get(Key::HomeWayCompareText).to_owned();
        way(Key::HomeWayCompare, route(Compare::NAME), text);
    } else {
        let text = strings.get(Key::HomeWayChooseText).to_owned();
        way(Key::HomeWayChoose, route(Choose::NAME), text);
    }
    ways_in
}

fn languages(site: &Site<'_>) -> Vec<LanguageRow> {
    let book = site.book;
    let of = |language: Option<LanguageId>| -> Vec<Name> {
        let all = with_ids(&book.frameworks).filter(|(_, f)| f.language == language);
        all.map(|(id, _)| shared::name(site, id)).collect()
    };
    let rows = with_ids(&book.languages).map(|(id, language)| LanguageRow {
        title: language.title.clone(),
        route: site.plan.route(Subject::Language(id)).to_string(),
        frameworks: of(Some(id)),
    });
    let others = LanguageRow {
        title: site.strings.get(Key::HomeOtherLanguages).to_owned(),
        route: String::new(),
        frameworks: of(None),
    };
    rows.chain([others]).filter(|row| !row.frameworks.is_empty()).collect()
}
