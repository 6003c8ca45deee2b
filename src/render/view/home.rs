//! The home page: what the book is, three ways in, and what is new.

use serde::Serialize;

use super::super::link::Link;
use super::super::text::{self, DateView};
use super::shared::{self, ChangeView, Name};
use super::{View, shown};
use crate::book::{FrameworkId, Goal, GoalId, LanguageId, with_ids};
use crate::diag::Diagnostic;
use crate::plan::Page;
use crate::rank::{Answer, Ranked, Ranking};
use crate::render::Site;

/// The most changes that are shown.
const CHANGES: usize = 5;
/// The most frameworks that are named where the first are close.
const CLOSE: usize = 3;
/// The most pairs that are shown.
const PAIRS: usize = 60;

/// What the template `home.html` sees.
#[derive(Serialize)]
struct HomeView {
    /// The heading.
    title: String,
    /// One sentence about the site.
    lead: String,
    /// How much there is: "8 frameworks, 37 criteria, 58 sources."
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
    /// Where it leads; a part of this page starts with `#`.
    route: String,
    /// What is behind it.
    text: String,
}

/// A goal and who is first.
#[derive(Serialize)]
struct GoalCard {
    /// Its name.
    title: String,
    /// Its page.
    route: String,
    /// A word for an answer that is not clear: "Close call"; empty for one that is.
    mark: String,
    /// The look of the mark: "warn", or empty.
    mark_kind: &'static str,
    /// Who is first: "Laravel", or "Laravel and Rails".
    leaders: String,
    /// Their scores; empty where there are none.
    scores: String,
    /// One line on why.
    reason: String,
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
    let goals = with_ids(&book.goals).zip(&site.rankings.goals);
    let view = HomeView {
        title: section.title.clone().unwrap_or_else(|| book.site.title.clone()),
        lead: section.summary.clone().unwrap_or_else(|| book.site.description.clone()),
        counts: counts(site),
        checked: checked(site),
        prose: shared::prose(site, section.prose.as_ref(), &site.root(page))?,
        doors: doors(site),
        goals: goals.map(|((id, goal), r)| card(site, (id, goal), r)).collect(),
        languages: languages(site),
        pairs: pairs(site),
        changes: shared::changes(site, book.changes.iter().take(CHANGES)),
    };
    Ok(shown("home.html", &view))
}

fn counts(site: &Site<'_>) -> String {
    let book = site.book;
    let frameworks = shared::counted(site, "count_frameworks", book.frameworks.len());
    let criteria = shared::counted(site, "count_criteria", book.criteria.len());
    let sources = shared::counted(site, "count_sources", book.sources.len());
    let values = [
        ("frameworks", frameworks.as_str()),
        ("criteria", criteria.as_str()),
        ("sources", sources.as_str()),
    ];
    site.strings.say("home_counts", &values)
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
    let mut door = |title: &str, route: String, text: String| {
        doors.push(Door { title: strings.get(title).to_owned(), route, text });
    };
    if !book.goals.is_empty() {
        let text = shared::counted(site, "home_door_goal_text", book.goals.len());
        door("home_door_goal", "#x-goals".to_owned(), text);
    }
    if !site.plan.pairs.is_empty() {
        let text = shared::counted(site, "home_door_pair_text", site.plan.pairs.len());
        door("home_door_pair", "#x-pairs".to_owned(), text);
    }
    if !book.guides.is_empty() {
        let text = shared::counted(site, "home_door_guide_text", book.guides.len());
        door("home_door_guide", "guides/".to_owned(), text);
    } else {
        let text = strings.get("home_door_compare_text").to_owned();
        door("home_door_compare", "compare/".to_owned(), text);
    }
    doors
}

fn card(site: &Site<'_>, (id, goal): (GoalId, &Goal), ranking: &Ranking) -> GoalCard {
    let route = site.plan.goal(site.book, id).to_string();
    let title = goal.title.clone();
    let leaders = leaders(goal, ranking);
    let (mark, mark_kind) = mark(site, ranking.answer);
    let names: Vec<&str> =
        leaders.iter().map(|r| site.book[r.framework].name.as_str()).collect();
    let scores: Vec<String> = leaders.iter().map(|r| text::tenths(r.tenths)).collect();
    let scores = match ranking.answer {
        Answer::Tie => scores.first().cloned().unwrap_or_default(),
        Answer::Clear | Answer::Close | Answer::Nobody => shared::joined(site, &scores),
    };
    let leaders = match ranking.answer {
        Answer::Nobody => site.strings.get("home_nobody").to_owned(),
        Answer::Clear | Answer::Close | Answer::Tie => shared::joined(site, &names),
    };
    let reason = reason(site, goal, ranking);
    GoalCard { title, route, mark, mark_kind, leaders, scores, reason }
}

/// Who is named on a card: the first, those that share its place, or those close to it.
fn leaders<'r>(goal: &Goal, ranking: &'r Ranking) -> Vec<&'r Ranked> {
    let Some(first) = ranking.ranked.first() else { return Vec::new() };
    let is_close = |r: &&Ranked| first.tenths - r.tenths <= goal.tie_margin;
    let count = match ranking.answer {
        Answer::Clear | Answer::Nobody => 1,
        Answer::Tie => ranking.ranked.iter().filter(|r| r.rank == 1).count(),
        Answer::Close => ranking.ranked.iter().filter(is_close).count().clamp(2, CLOSE),
    };
    ranking.ranked.iter().take(count).collect()
}

fn mark(site: &Site<'_>, answer: Answer) -> (String, &'static str) {
    match answer {
        Answer::Clear | Answer::Nobody => (String::new(), ""),
        Answer::Close => (site.strings.get("close_call").to_owned(), "warn"),
        Answer::Tie => (site.strings.get("tie").to_owned(), "warn"),
    }
}

fn reason(site: &Site<'_>, goal: &Goal, ranking: &Ranking) -> String {
    let strings = site.strings;
    let (first, second) = match ranking.ranked.as_slice() {
        [] => return strings.get("home_reason_nobody").to_owned(),
        [_] => return strings.get("home_reason_alone").to_owned(),
        [first, second, ..] => (first, second),
    };
    let points = text::tenths(first.tenths - second.tenths);
    match ranking.answer {
        Answer::Clear => why(goal, first.framework).unwrap_or_else(|| {
            let second = &site.book[second.framework].name;
            strings.say("home_reason_clear", &[("points", &points), ("second", second)])
        }),
        Answer::Close => strings.say("home_reason_close", &[("points", &points)]),
        Answer::Tie => strings.get("home_reason_tie").to_owned(),
        Answer::Nobody => strings.get("home_reason_nobody").to_owned(),
    }
}

fn why(goal: &Goal, framework: FrameworkId) -> Option<String> {
    goal.why.iter().find(|(id, _)| *id == framework).map(|(_, text)| text.clone())
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
        title: site.strings.get("home_other_languages").to_owned(),
        route: String::new(),
        frameworks: of(None),
    };
    rows.chain([others]).filter(|row| !row.frameworks.is_empty()).collect()
}
