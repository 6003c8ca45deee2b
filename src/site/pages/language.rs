//! A language: its frameworks, and how they rank among themselves.

use serde::Serialize;
use tera::Context;

use super::kind::{PageKind, newest};
use super::languages::Languages;
use crate::book::{FrameworkId, GoalId, Key, LanguageId, Part, Target, with_ids};
use crate::diag::{Diagnostic, Span};
use crate::plan::{Metadata, Page, ResultKind, Route, Subject};
use crate::rank::{Ranked, Ranking};
use crate::site::engine::Form;
use crate::site::link::Link;
use crate::site::parts::matrix::{List, Marks};
use crate::site::parts::{context, lists, matrix, shared};
use crate::site::search::Entry;
use crate::site::{Contents, Site, text};

/// The data of the template `language.html`.
#[derive(Serialize)]
struct LanguageView {
    /// The heading.
    title: String,
    /// One sentence about the language; may be empty.
    summary: String,
    /// The number of its frameworks.
    count: String,
    /// Its home page; may be empty.
    homepage: String,
    /// The heading above its frameworks.
    frameworks_title: String,
    /// Its frameworks.
    frameworks: List,
    /// The heading above the goals.
    goals_title: String,
    /// The caption of the table of goals.
    goals_caption: String,
    /// Goals with the places of its frameworks; empty if it has only one.
    goals: Vec<GoalRow>,
    /// Pairs of its frameworks, or with one of them, that have a page.
    pairs: Vec<Link>,
    /// Guides that mention it or one of its frameworks.
    guides: Vec<Link>,
}

/// A goal and the places of a language's frameworks.
#[derive(Serialize)]
struct GoalRow {
    /// The goal.
    goal: Link,
    /// Ranked frameworks of the language, best first.
    places: Vec<Place>,
    /// The first framework of all languages, with its score.
    overall: String,
}

/// A framework's place among those of its language.
#[derive(Serialize)]
struct Place {
    /// Its place, recomputed: "1", "2=".
    rank: String,
    /// The framework.
    framework: Link,
    /// Its score.
    score: String,
}

/// A language and its frameworks.
pub(super) struct LanguagePage;

impl PageKind for LanguagePage {
    type Subject = LanguageId;

    const NAME: &'static str = "language";
    const TEMPLATE: &'static str = "language.html";
    const DOC: &'static str =
        "a language: its frameworks, and how they rank among themselves";
    const ROUTE: &'static str = "languages/LANGUAGE/";
    const PARENT: Option<&'static str> = Some(Languages::NAME);
    const RESULT_KIND: ResultKind = ResultKind::Language;

    fn route(contents: Contents<'_>, id: LanguageId) -> Route {
        Route::new(format!("languages/{}/", contents.book[id].slug))
    }

    fn is_made(contents: Contents<'_>, _id: LanguageId) -> bool {
        contents.book.has(Part::Languages)
    }

    fn metadata(contents: Contents<'_>, id: LanguageId) -> Metadata {
        let book = contents.book;
        let name = &book[id].title;
        let own = book.frameworks.iter().filter(|f| f.language == Some(id));
        let names: Vec<&str> = own.clone().map(|f| f.name.as_str()).collect();
        let about =
            if names.is_empty() { Key::AboutLanguageNone } else { Key::AboutLanguage };
        let values = [("language", name.as_str()), ("frameworks", &names.join(", "))];
        Metadata {
            title: book.strings.say(Key::TitleLanguage, &[("language", name)]),
            label: name.clone(),
            description: book.strings.say(about, &values),
            updated: newest(own.flat_map(|framework| &framework.cells)),
            is_hidden: names.len() < 2,
            ..Metadata::default()
        }
    }

    fn span(contents: Contents<'_>, id: LanguageId) -> Option<Span> {
        Some(contents.book[id].span)
    }

    fn source_file(_contents: Contents<'_>, _id: LanguageId) -> String {
        Languages::FILE.unwrap_or_default().to_owned()
    }

    fn search_entry<'s>(
        site: &'s Site<'_>,
        _page: &'s Page,
        id: LanguageId,
        entry: Entry<'s>,
    ) -> Entry<'s> {
        Entry { summary: site.book[id].summary.as_deref().unwrap_or_default(), ..entry }
    }

    fn view(
        site: &Site<'_>,
        _page: &Page,
        id: LanguageId,
        _form: Form,
    ) -> Result<Context, Vec<Diagnostic>> {
        let (book, strings) = (site.book, site.strings);
        let language = &book[id];
        let named = |key: Key| strings.say(key, &[("name", &language.title)]);
        let ids = lists::by_name(site, |f| book[f].language == Some(id));
        let count = site.strings.count(Key::CountFrameworks, ids.len(), &[]);
        let mut list = matrix::list(site, &ids, &lists::columns(site), Marks::Best);
        list.caption = named(Key::LanguageFrameworksCaption);
        list.note = strings.say(Key::FrameworksNote, &[("frameworks", &count)]);
        list.has_summary = true;
        let goals = with_ids(&book.goals).zip(&site.rankings.goals);
        let goals = goals.map(|((goal, _), ranking)| row(site, goal, ranking, &ids));
        let view = LanguageView {
            title: named(Key::LanguageTitle),
            summary: language.summary.clone().unwrap_or_default(),
            count,
            homepage: language.homepage.clone().unwrap_or_default(),
            frameworks_title: named(Key::LanguageFrameworks),
            frameworks: list,
            goals_title: named(Key::LanguageGoals),
            goals_caption: named(Key::LanguageGoalsCaption),
            goals: goals.filter(|row| !row.places.is_empty()).collect(),
            pairs: pairs(site, &ids),
            guides: guides(site, id, &ids),
        };
        Ok(context(&view))
    }
}

fn row(
    site: &Site<'_>,
    goal: GoalId,
    ranking: &Ranking,
    frameworks: &[FrameworkId],
) -> GoalRow {
    let within = ranking.ranked.iter().filter(|r| frameworks.contains(&r.framework));
    let first = ranking.ranked.first().map(|first| {
        let name = &site.book[first.framework].name;
        format!("{name} {}", text::tenths(site.strings, first.tenths))
    });
    GoalRow {
        goal: shared::goal(site, goal),
        places: places(site, goal, &within.collect::<Vec<_>>()),
        overall: first.unwrap_or_default(),
    }
}

/// Places among the frameworks given, best first; those that share a place in the whole
/// ranking share one here.
fn places(site: &Site<'_>, goal: GoalId, ranked: &[&Ranked]) -> Vec<Place> {
    let place = |r: &&Ranked| {
        let above = ranked.iter().filter(|other| other.rank < r.rank).count();
        let is_tied = ranked.iter().filter(|other| other.rank == r.rank).count() > 1;
        let place = shared::place(site, goal, r.framework);
        Place {
            rank: format!("{}{}", above + 1, if is_tied { "=" } else { "" }),
            framework: Link { title: site.book[r.framework].name.clone(), ..place },
            score: text::tenths(site.strings, r.tenths),
        }
    };
    ranked.iter().map(place).collect()
}

/// Pairs with one of the frameworks, those among themselves first.
fn pairs(site: &Site<'_>, frameworks: &[FrameworkId]) -> Vec<Link> {
    let is_within = |id: &FrameworkId| frameworks.contains(id);
    let of = |count: usize| {
        site.plan.pair_ids().filter(move |id| {
            let pair = &site.plan.pairs[id.index()];
            [pair.first, pair.second].iter().filter(|id| is_within(id)).count() == count
        })
    };
    of(2).chain(of(1)).map(|id| shared::pair(site, id)).collect()
}

fn guides(site: &Site<'_>, id: LanguageId, frameworks: &[FrameworkId]) -> Vec<Link> {
    let book = site.book;
    let is_about = |target: &Target| match target {
        Target::Language(found, _) => *found == id,
        other => frameworks.iter().any(|id| shared::is_about(other, *id)),
    };
    let guides = with_ids(&book.guides).filter(|(_, guide)| {
        guide.related_links.related.iter().chain(&guide.prose.targets).any(is_about)
    });
    guides
        .map(|(id, g)| shared::link(&*g.title, site.plan.route(Subject::Guide(id))))
        .collect()
}
