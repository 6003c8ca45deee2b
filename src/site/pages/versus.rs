//! Two frameworks head to head: an answer, when to choose which, and where they differ.

use std::cmp::Ordering;

use serde::Serialize;

use crate::book::{
    Cell, CriterionId, Fact, FrameworkId, GoalId, Key, SourceId, with_ids,
};
use crate::diag::Diagnostic;
use crate::plan::{Page, Pair, PairId, anchor};
use crate::site::Site;
use crate::site::engine::Form;
use crate::site::link::Link;
use crate::site::parts::matrix::{self, Marks, Matrix};
use crate::site::parts::pair::{self, PairTable};
use crate::site::parts::shared::{self, Name};
use crate::site::parts::{View, shown};
use crate::site::text::{self, DateView};

/// The data of the template `versus.html`.
#[derive(Serialize)]
struct VersusView {
    /// The heading: "Django vs Laravel".
    title: String,
    /// The first framework.
    first: Name,
    /// The second framework.
    second: Name,
    /// The answer in one or two sentences.
    answer: String,
    /// The number of criteria known for both.
    counts: String,
    /// The oldest day on which one of the facts was checked.
    oldest: Option<DateView>,
    /// The heading above `choose_first`.
    choose_first_title: String,
    /// When to choose the first.
    choose_first: Vec<String>,
    /// The heading above `choose_second`.
    choose_second_title: String,
    /// When to choose the second.
    choose_second: Vec<String>,
    /// The verdict as prose; empty if nobody wrote one.
    verdict: tera::Value,
    /// Criteria that differ.
    differences: Option<Matrix>,
    /// The same, with finished rows.
    differences_table: Option<PairTable>,
    /// The caption of the table of goals.
    goals_caption: String,
    /// The meaning of its shapes.
    goals_note: String,
    /// Goals with both scores.
    goals: Vec<GoalRow>,
    /// The same, as finished rows.
    goal_rows: Option<tera::Value>,
    /// The words that open the table of what is the same.
    same_summary: String,
    /// Criteria that are the same, with one column for both.
    same: Option<Matrix>,
    /// The same, with finished rows.
    same_table: Option<PairTable>,
    /// All criteria in the order of the book, with finished rows.
    facts_table: Option<PairTable>,
    /// Criteria that cannot be compared.
    apart: Vec<Apart>,
    /// Both profiles, and other pairs with one of the two.
    related: Vec<Link>,
    /// Sources of what is compared.
    sources: Vec<SourceRow>,
}

/// A goal with both scores.
#[derive(Serialize)]
struct GoalRow {
    /// The goal (link).
    goal: tera::Value,
    /// The values of the two.
    #[serde(flatten)]
    scores: Scores,
}

/// Both scores for a goal.
#[derive(Serialize)]
struct Scores {
    /// The first framework's score: "76.7"; "Not ranked" if it has none.
    first: String,
    /// The second framework's score.
    second: String,
    /// Whether both have a score.
    has_both: bool,
    /// The framework that is ahead: "Django by 6.7", "About equal".
    ahead: String,
}

/// A criterion that cannot be compared.
#[derive(Serialize)]
struct Apart {
    /// The criterion.
    title: String,
    /// Its page.
    route: String,
    /// The missing value: "Django: Unknown".
    text: String,
}

/// A source of what is compared.
#[derive(Serialize)]
struct SourceRow {
    /// Its title.
    title: String,
    /// Its part of the page of sources.
    route: String,
    /// The day on which it was last read.
    checked: Option<DateView>,
}

/// The criteria of a pair, by the outcome of comparing them.
#[derive(Default)]
struct Split {
    /// Known for both, and not the same.
    differ: Vec<CriterionId>,
    /// Known for both, and the same.
    same: Vec<CriterionId>,
    /// Unknown or not applicable for one of them.
    apart: Vec<CriterionId>,
}

/// The view of a pair's page.
pub(super) fn view(
    site: &Site<'_>,
    at: (&Page, Form),
    id: PairId,
) -> Result<View, Vec<Diagnostic>> {
    let (book, strings) = (site.book, site.strings);
    let pair = &site.plan.pairs[id.index()];
    let (first, second) = (&book[pair.first].name, &book[pair.second].name);
    let names = [("first", first.as_str()), ("second", second.as_str())];
    let split = split(site, pair);
    let used = site.engine.used_fields("versus.html", at.1);
    let verdict = pair.verdict.map(|id| &book[id]);
    let prose = verdict.map(|verdict| &verdict.prose);
    let choose = choose(site, pair);
    let view = VersusView {
        title: strings.say(Key::TitleVersus, &names),
        first: shared::name(site, pair.first),
        second: shared::name(site, pair.second),
        answer: used.if_used("answer", || answer(site, pair, &split)),
        counts: used.if_used("counts", || counts(site, &split)),
        oldest: used.if_used("oldest", || oldest(site, pair)),
        choose_first_title: choose.titles[0].clone(),
        choose_first: choose.first.to_vec(),
        choose_second_title: choose.titles[1].clone(),
        choose_second: choose.second.to_vec(),
        verdict: shared::prose_in(site, prose, at)?,
        differences: used
            .if_used("differences", || Some(differences(site, pair, &split.differ))),
        differences_table: used.try_if_used("differences_table", || {
            table(site, pair, Rows::Different(&split))
        })?,
        goals_caption: strings.get(Key::VersusGoalsCaption).to_owned(),
        goals_note: used
            .if_used("goals_note", || strings.say(Key::VersusGoalsNote, &names)),
        goals: used.if_used("goals", || goals(site, pair)),
        goal_rows: used.try_if_used("goal_rows", || goal_rows(site, pair))?,
        same_summary: used.if_used("same_summary", || {
            site.strings.count(Key::VersusSameSummary, split.same.len(), &[])
        }),
        same: used.if_used("same", || Some(same(site, pair, &split.same))),
        same_table: used
            .try_if_used("same_table", || table(site, pair, Rows::Same(&split)))?,
        facts_table: used.try_if_used("facts_table", || table(site, pair, Rows::All))?,
        apart: used.if_used("apart", || apart(site, pair, &split.apart)),
        related: used.if_used("related", || related(site, pair)),
        sources: used.if_used("sources", || sources(site, pair)),
    };
    Ok(shown("versus.html", &view))
}

fn split(site: &Site<'_>, pair: &Pair) -> Split {
    let mut split = Split::default();
    for (id, _) in with_ids(&site.book.criteria) {
        let cells = (site.book.cell(pair.first, id), site.book.cell(pair.second, id));
        match cells {
            (Cell::Known(a), Cell::Known(b)) if a.value == b.value => split.same.push(id),
            (Cell::Known(_), Cell::Known(_)) => split.differ.push(id),
            _ => split.apart.push(id),
        }
    }
    split
}

/// One or two sentences from counts, with both sides named.
fn answer(site: &Site<'_>, pair: &Pair, split: &Split) -> String {
    let (book, strings) = (site.book, site.strings);
    let count = split.differ.len() + split.same.len();
    let key = match (split.differ.len(), count) {
        (_, 0) => Key::VersusAnswerNothing,
        (0, _) => Key::VersusAnswerSame,
        (_, _) => Key::VersusAnswer,
    };
    let goals = answer_goals(site, pair);
    let values = [
        ("first", book[pair.first].name.as_str()),
        ("second", &book[pair.second].name),
        ("differ", &split.differ.len().to_string()),
        ("goals", &goals),
    ];
    strings.count(key, count, &values).trim().to_owned()
}

/// A sentence on who is ahead in how many rankings; empty if none has both.
fn answer_goals(site: &Site<'_>, pair: &Pair) -> String {
    let orders = with_ids(&site.book.goals).filter_map(|(id, goal)| {
        let first = site.scores[pair.first.index()][id.index()]?;
        let second = site.scores[pair.second.index()][id.index()]?;
        Some(order(first, second, goal.tie_margin))
    });
    let orders: Vec<Ordering> = orders.collect();
    let part = |key: Key, name: &str, found: Ordering| match orders
        .iter()
        .filter(|order| **order == found)
        .count()
    {
        0 => None,
        count => Some(site.strings.count(key, count, &[("name", name)])),
    };
    let name = |id: FrameworkId| site.book[id].name.as_str();
    let parts: Vec<String> = [
        part(Key::VersusAnswerAhead, name(pair.first), Ordering::Greater),
        part(Key::VersusAnswerAhead, name(pair.second), Ordering::Less),
        part(Key::VersusAnswerEqual, "", Ordering::Equal),
    ]
    .into_iter()
    .flatten()
    .collect();
    match parts.is_empty() {
        true => String::new(),
        false => {
            site.strings.say(Key::VersusAnswerGoals, &[("parts", &parts.join(", "))])
        }
    }
}

/// Compares two scores; equal if the difference is not above the goal's margin.
fn order(first: u32, second: u32, margin: u32) -> Ordering {
    match first.abs_diff(second) <= margin {
        true => Ordering::Equal,
        false => first.cmp(&second),
    }
}

fn counts(site: &Site<'_>, split: &Split) -> String {
    let known = split.differ.len() + split.same.len();
    let all = site.strings.count(Key::CountCriteria, known + split.apart.len(), &[]);
    let values = [("known", known.to_string()), ("criteria", all)];
    let values = values.each_ref().map(|(name, text)| (*name, text.as_str()));
    site.strings.say(Key::VersusCounts, &values)
}

/// Reasons for each side, with their headings.
struct Choose<'b> {
    titles: [String; 2],
    first: &'b [String],
    second: &'b [String],
}

/// The reasons of the verdict; without one, what each framework says it fits.
fn choose<'b>(site: &Site<'b>, pair: &Pair) -> Choose<'b> {
    let book = site.book;
    let verdict = pair.verdict.map(|id| &book[id]);
    let verdict =
        verdict.filter(|v| !v.choose_first.is_empty() || !v.choose_second.is_empty());
    let (key, first, second) = match verdict {
        Some(verdict) => {
            (Key::VersusChooseOne, &verdict.choose_first, &verdict.choose_second)
        }
        None => {
            (Key::VersusFitOne, &book[pair.first].good_fit, &book[pair.second].good_fit)
        }
    };
    let titles = [pair.first, pair.second]
        .map(|id| site.strings.say(key, &[("name", &book[id].name)]));
    Choose { titles, first, second }
}

fn differences(site: &Site<'_>, pair: &Pair, criteria: &[CriterionId]) -> Matrix {
    let both = [pair.first, pair.second];
    let mut matrix = matrix::matrix(site, &both, criteria, Marks::Better);
    matrix.caption = site.strings.get(Key::VersusDifferencesCaption).to_owned();
    matrix.note = site.strings.count(Key::VersusDifferencesNote, criteria.len(), &[]);
    matrix
}

/// The rows of a table.
enum Rows<'s> {
    /// Criteria that differ.
    Different(&'s Split),
    /// Criteria that are the same.
    Same(&'s Split),
    /// All criteria.
    All,
}

/// A table with finished rows.
fn table(site: &Site<'_>, pair: &Pair, rows: Rows<'_>) -> MaybeTable {
    let both = [pair.first, pair.second];
    let mut table = match rows {
        Rows::Different(split) => {
            let note =
                site.strings.count(Key::VersusDifferencesNote, split.differ.len(), &[]);
            let mut table = pair::table(site, &both, &split.differ, Marks::Better)?;
            table.note = note;
            table
        }
        Rows::Same(split) => {
            let mut table = pair::table(site, &both[..1], &split.same, Marks::Off)?;
            for column in &mut table.columns {
                site.strings.get(Key::VersusBoth).clone_into(&mut column.name);
                column.route = String::new();
            }
            table
        }
        Rows::All => {
            let all = with_ids(&site.book.criteria).map(|(id, _)| id);
            pair::table(site, &both, &all.collect::<Vec<_>>(), Marks::Better)?
        }
    };
    let caption = match rows {
        Rows::Different(_) => Key::VersusDifferencesCaption,
        Rows::Same(_) => Key::VersusSameCaption,
        Rows::All => Key::VersusFactsCaption,
    };
    site.strings.get(caption).clone_into(&mut table.caption);
    Ok(Some(table))
}

/// A table, or what its rows report; none where no template shows it.
type MaybeTable = Result<Option<PairTable>, Vec<Diagnostic>>;

fn same(site: &Site<'_>, pair: &Pair, criteria: &[CriterionId]) -> Matrix {
    let mut matrix = matrix::matrix(site, &[pair.first], criteria, Marks::Off);
    matrix.caption = site.strings.get(Key::VersusSameCaption).to_owned();
    for column in &mut matrix.columns {
        column.name = site.strings.get(Key::VersusBoth).to_owned();
        column.route = String::new();
    }
    matrix
}

fn goals(site: &Site<'_>, pair: &Pair) -> Vec<GoalRow> {
    let row = |id: GoalId| {
        let goal = site.goals[id.index()].clone();
        GoalRow { goal, scores: scores(site, pair, id) }
    };
    with_ids(&site.book.goals).map(|(id, _)| row(id)).collect()
}

fn goal_rows(
    site: &Site<'_>,
    pair: &Pair,
) -> Result<Option<tera::Value>, Vec<Diagnostic>> {
    let mut html = String::with_capacity(4096);
    for (id, _) in with_ids(&site.book.goals) {
        let Scores { first, second, has_both, ahead } = scores(site, pair, id);
        pair::write_goal(site, id, ([&first, &second, &ahead], has_both), &mut html)?;
    }
    Ok((!html.is_empty()).then(|| tera::Value::safe_string(&html)))
}

fn scores(site: &Site<'_>, pair: &Pair, id: GoalId) -> Scores {
    let strings = site.strings;
    let of = |framework: FrameworkId| site.scores[framework.index()][id.index()];
    let (first, second) = (of(pair.first), of(pair.second));
    let score = |score: Option<u32>| match score {
        Some(score) => text::tenths(site.strings, score),
        None => strings.get(Key::NotRanked).to_owned(),
    };
    let named = |key: Key, id: FrameworkId, points: &str| {
        let name = site.book[id].name.as_str();
        strings.say(key, &[("name", name), ("points", points)])
    };
    let ahead = match (first, second) {
        (Some(a), Some(b)) => {
            let points = text::tenths(site.strings, a.abs_diff(b));
            match order(a, b, site.book[id].tie_margin) {
                Ordering::Greater => named(Key::VersusAheadBy, pair.first, &points),
                Ordering::Less => named(Key::VersusAheadBy, pair.second, &points),
                Ordering::Equal => strings.get(Key::VersusEqual).to_owned(),
            }
        }
        (Some(_), None) => named(Key::VersusOnly, pair.first, ""),
        (None, Some(_)) => named(Key::VersusOnly, pair.second, ""),
        (None, None) => strings.get(Key::VersusNeither).to_owned(),
    };
    Scores {
        has_both: first.is_some() && second.is_some(),
        first: score(first),
        second: score(second),
        ahead,
    }
}

fn apart(site: &Site<'_>, pair: &Pair, criteria: &[CriterionId]) -> Vec<Apart> {
    let item = |id: &CriterionId| {
        let state = |framework: FrameworkId| {
            if site.book.cell(framework, *id).known().is_some() {
                return None;
            }
            let state = site.cell(framework, *id).text.as_str();
            let values = [("name", site.book[framework].name.as_str()), ("state", state)];
            Some(site.strings.say(Key::VersusApartItem, &values))
        };
        let states = [pair.first, pair.second].into_iter().filter_map(state);
        Apart {
            title: site.book[*id].title.clone(),
            route: site.plan.criterion(site.book, *id).to_string(),
            text: states.collect::<Vec<_>>().join(", "),
        }
    };
    criteria.iter().map(item).collect()
}

/// Both profiles, then other pairs with one of the two.
fn related(site: &Site<'_>, pair: &Pair) -> Vec<Link> {
    let others = with_ids(&site.book.frameworks).map(|(id, _)| id);
    let others: Vec<FrameworkId> =
        others.filter(|id| *id != pair.first && *id != pair.second).collect();
    let with = |id: FrameworkId| {
        let pairs = others.iter().filter_map(move |other| site.plan.pair(id, *other));
        pairs.take(RELATED).map(|id| shared::pair(site, id))
    };
    let profiles = [pair.first, pair.second].map(|id| shared::profile(site, id));
    profiles.into_iter().chain(with(pair.first)).chain(with(pair.second)).collect()
}

/// The most other pairs that are listed for each of the two.
const RELATED: usize = 6;

/// The facts of a pair that have a source or a date.
fn facts<'b>(site: &Site<'b>, pair: &Pair) -> impl Iterator<Item = &'b Fact> + use<'b> {
    let cells = site.book[pair.first].cells.iter().chain(&site.book[pair.second].cells);
    cells.filter_map(Cell::known)
}

fn oldest(site: &Site<'_>, pair: &Pair) -> Option<DateView> {
    let oldest = facts(site, pair).filter_map(|fact| fact.checked).min()?;
    Some(text::date(site.strings, oldest))
}

/// The sources of what is compared, in the order of the page of sources.
fn sources(site: &Site<'_>, pair: &Pair) -> Vec<SourceRow> {
    let mut ids: Vec<SourceId> = facts(site, pair).filter_map(|f| f.source).collect();
    ids.sort_unstable();
    ids.dedup();
    let row = |id: &SourceId| {
        let source = &site.book[*id];
        SourceRow {
            title: source.title.clone(),
            route: format!("sources/#{}", anchor::source(&source.id)),
            checked: source.checked.map(|day| text::date(site.strings, day)),
        }
    };
    ids.iter().map(row).collect()
}
