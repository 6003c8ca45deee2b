//! A criterion: what is asked, what an answer is worth, and every framework's value.

use serde::Serialize;
use tera::Context;

use super::criteria::Criteria;
use super::kind::{PageKind, column, newest};
use crate::book::{
    Cell, CriterionId, Decimal, Direction, FrameworkId, Goal, GoalId, Key, Kind, Part,
    Target, Value, with_ids,
};
use crate::diag::{Diagnostic, Span};
use crate::kinds::State;
use crate::plan::{FileKind, Metadata, Page, ResultKind, Route};
use crate::rank::Utility;
use crate::site::engine::Form;
use crate::site::link;
use crate::site::link::Link;
use crate::site::parts::places::{percent, worth};
use crate::site::parts::shared::Name;
use crate::site::parts::{context, matrix, scale, shared};
use crate::site::search::Entry;
use crate::site::text::DateView;
use crate::site::{Contents, Site, sentences, text};

/// The fewest known values with which search engines may list a page.
const MIN_KNOWN: usize = 3;

/// The data of the template `criterion.html`.
#[derive(Serialize)]
struct CriterionView<'a> {
    /// Its name.
    title: &'a str,
    /// Its question.
    question: &'a str,
    /// The group it stands in, on the page of all criteria.
    group: Link,
    /// Its kind, in words.
    kind: String,
    /// The number of its known values.
    known: String,
    /// After how many days a fact is stale.
    max_age: String,
    /// Its importance; may be empty.
    why: &'a str,
    /// The utilities of answers.
    scale: scale::ScaleView,
    /// Its unit and which values are better; empty if it has no unit.
    unit: String,
    /// Whether its facts have utilities.
    is_scored: bool,
    /// The caption of the table of values.
    values_caption: String,
    /// The order of the table.
    values_note: String,
    /// The value of every framework.
    values: Vec<ValueView>,
    /// The caption of the table of goals.
    goals_caption: String,
    /// Goals that weigh or require it.
    goals: Vec<UseView>,
    /// Whether a goal requires it.
    has_requirements: bool,
}

/// A framework's value.
#[derive(Serialize)]
struct ValueView {
    /// The framework.
    framework: Name,
    /// The cell: `state`, `text`, `url`, `stale`, `raw`, `html`.
    cell: tera::Value,
    /// Its utility, in words.
    worth: String,
    /// The state that colours the utility: as the value, if there is none.
    worth_state: State,
    /// Percent of the most it could be worth; empty if that is not known.
    share: String,
    /// A note for readers.
    note: String,
    /// Its source.
    source: Option<Link>,
    /// The day on which it was checked.
    checked: Option<DateView>,
}

/// A goal that weighs or requires it.
#[derive(Serialize)]
struct UseView {
    /// The goal.
    goal: Link,
    /// "6 of 42", or that it has no weight.
    weight: String,
    /// Percent of the largest weight that could be given.
    share: String,
    /// The required value, or that any will do.
    required: String,
}

/// A criterion and every framework's value.
pub(super) struct CriterionPage;

impl PageKind for CriterionPage {
    type Subject = CriterionId;

    const NAME: &'static str = "criterion";
    const TEMPLATE: &'static str = "criterion.html";
    const DOC: &'static str =
        "a criterion: every framework's value, and what each is worth";
    const ROUTE: &'static str = "criteria/CRITERION/";
    const PARENT: Option<&'static str> = Some(Criteria::NAME);
    const RESULT_KIND: ResultKind = ResultKind::Criterion;

    fn route(contents: Contents<'_>, id: CriterionId) -> Route {
        Route::new(format!("criteria/{}/", contents.book[id].slug))
    }

    fn is_made(contents: Contents<'_>, _id: CriterionId) -> bool {
        contents.book.has(Part::Criteria)
    }

    fn metadata(contents: Contents<'_>, id: CriterionId) -> Metadata {
        let criterion = &contents.book[id];
        let question = [("question", criterion.question.as_str())];
        let known = column(contents, id).filter(|cell| cell.known().is_some()).count();
        Metadata {
            title: criterion.title.clone(),
            label: criterion.title.clone(),
            description: contents.book.strings.say(Key::AboutCriterion, &question),
            updated: newest(column(contents, id)),
            is_hidden: known < MIN_KNOWN,
            ..Metadata::default()
        }
    }

    fn span(contents: Contents<'_>, id: CriterionId) -> Option<Span> {
        Some(contents.book[id].span)
    }

    fn source_file(_contents: Contents<'_>, _id: CriterionId) -> String {
        Criteria::FILE.unwrap_or_default().to_owned()
    }

    fn data_file(_id: CriterionId) -> FileKind {
        FileKind::Criteria
    }

    fn search_entry<'s>(
        site: &'s Site<'_>,
        _page: &'s Page,
        id: CriterionId,
        entry: Entry<'s>,
    ) -> Entry<'s> {
        let criterion = &site.book[id];
        // Readers look for options and tags by name.
        let words = criterion.kind.search_words().join(" ");
        Entry { summary: &criterion.question, words, ..entry }
    }

    fn view(
        site: &Site<'_>,
        _page: &Page,
        id: CriterionId,
        _form: Form,
    ) -> Result<Context, Vec<Diagnostic>> {
        let criterion = &site.book[id];
        let title = [("criterion", criterion.title.as_str())];
        let is_scored = criterion.kind.is_scored();
        let goals: Vec<_> = with_ids(&site.book.goals)
            .filter(|(_, goal)| is_used(goal, id))
            .map(|(goal, _)| usage(site, goal, id))
            .collect();
        let note =
            if is_scored { Key::CriterionValuesNote } else { Key::CriterionValuesPlain };
        let days = criterion.max_age.to_string();
        let count = usize::try_from(criterion.max_age).unwrap_or_default();
        let view = CriterionView {
            title: &criterion.title,
            question: &criterion.question,
            group: group(site, id),
            kind: criterion.kind.describe(site.strings),
            known: known(site, id),
            max_age: site.strings.count(Key::CriterionMaxAge, count, &[("days", &days)]),
            why: criterion.why.as_deref().unwrap_or_default(),
            scale: scale::view(criterion, site.strings),
            unit: matrix::unit(site.strings, criterion),
            is_scored,
            values_caption: site.strings.say(Key::CriterionValuesCaption, &title),
            values_note: site.strings.get(note).to_owned(),
            values: order(site, id).into_iter().map(|f| value(site, f, id)).collect(),
            goals_caption: site.strings.say(Key::CriterionGoalsCaption, &title),
            has_requirements: site
                .book
                .goals
                .iter()
                .any(|goal| required(goal, id).is_some()),
            goals,
        };
        Ok(context(&view))
    }
}

fn is_used(goal: &Goal, id: CriterionId) -> bool {
    weight(goal, id) > 0 || required(goal, id).is_some()
}

fn weight(goal: &Goal, id: CriterionId) -> u8 {
    let weight = goal.weights.iter().find(|(criterion, _)| *criterion == id);
    weight.map_or(0, |(_, weight)| *weight)
}

fn required(goal: &Goal, id: CriterionId) -> Option<usize> {
    goal.requirements.iter().position(|requirement| requirement.criterion == id)
}

fn group(site: &Site<'_>, id: CriterionId) -> Link {
    let group = &site.book[site.book[id].group];
    let part = crate::plan::anchor::group(&group.id);
    let criteria = link::link(site, &Target::Fixed(Criteria::NAME, None)).route;
    shared::link(&*group.title, format!("{criteria}#{part}"))
}

fn known(site: &Site<'_>, id: CriterionId) -> String {
    let known = site.book.frameworks.iter();
    let known = known.filter(|f| f.cells[id.index()].known().is_some()).count();
    let all = site.book.frameworks.len().to_string();
    let values = [("known", &*known.to_string()), ("all", &all)];
    site.strings.count(Key::ValuesKnown, known, &values)
}

/// Frameworks by the worth of their values, then by the values, then by slug; those whose
/// value is unknown come after, and those to which the criterion cannot apply last.
fn order(site: &Site<'_>, id: CriterionId) -> Vec<FrameworkId> {
    let mut frameworks: Vec<_> =
        with_ids(&site.book.frameworks).map(|(framework, _)| framework).collect();
    let key = |framework: &FrameworkId| {
        let worth = match site.rankings.utilities[framework.index()][id.index()] {
            Utility::Known(u) => -i16::from(u),
            Utility::Unknown | Utility::NotApplicable => 0,
        };
        match site.book.cell(*framework, id) {
            Cell::Known(fact) => (0, worth, magnitude(&site.book[id].kind, &fact.value)),
            Cell::Unknown => (1, 0, 0),
            Cell::NotApplicable { .. } => (2, 0, 0),
        }
    };
    frameworks.sort_by_key(key);
    frameworks
}

/// A number such that the better of two values with equal worth has the smaller one.
fn magnitude(kind: &Kind, value: &Value) -> i128 {
    let number = value.number().map_or(0, Decimal::billionths);
    match kind.direction() {
        Some(Direction::Higher) => -number,
        Some(Direction::Lower | Direction::Mixed) => number,
        None => 0,
    }
}

fn value(site: &Site<'_>, framework: FrameworkId, id: CriterionId) -> ValueView {
    let utility = site.rankings.utilities[framework.index()][id.index()];
    let cell = site.cell(framework, id);
    let (source, checked) = match site.book.cell(framework, id) {
        Cell::Known(fact) => (fact.source, fact.checked),
        Cell::NotApplicable { source, checked, .. } => (*source, *checked),
        Cell::Unknown => (None, None),
    };
    let (worth_state, share) = match utility {
        Utility::Known(u) => (State::Value, u.to_string()),
        Utility::Unknown => (State::Unk, String::new()),
        Utility::NotApplicable => (State::Na, String::new()),
    };
    ValueView {
        framework: shared::name(site, framework),
        cell: cell.view.clone(),
        worth: worth(site, utility),
        worth_state,
        share,
        note: note(site, site.book.cell(framework, id)),
        source: source.map(|source| link::link(site, &Target::Source(source))),
        checked: checked.map(|day| text::date(site.strings, day)),
    }
}

/// The note on a value: the version since which it is so, and the author's words.
fn note(site: &Site<'_>, cell: &Cell) -> String {
    let fact = match cell {
        Cell::Known(fact) => fact,
        Cell::NotApplicable { reason, .. } => return reason.clone(),
        Cell::Unknown => return site.strings.get(Key::CriterionNoteUnknown).to_owned(),
    };
    let since = fact.since.as_ref();
    let since = since.map(|v| site.strings.say(Key::CriterionSince, &[("version", v)]));
    match (since, &fact.note) {
        (Some(since), Some(note)) => format!("{since} {note}"),
        (Some(since), None) => since,
        (None, Some(note)) => note.clone(),
        (None, None) => site.strings.get(Key::NoNote).to_owned(),
    }
}

fn usage(site: &Site<'_>, goal: GoalId, id: CriterionId) -> UseView {
    let strings = site.strings;
    let goal_view = &site.book[goal];
    let weight = weight(goal_view, id);
    let total: u32 = goal_view.weights.iter().map(|(_, weight)| u32::from(*weight)).sum();
    let values = [("weight", &*weight.to_string()), ("total", &total.to_string())];
    let required = required(goal_view, id).map(|i| &goal_view.requirements[i].test);
    UseView {
        goal: link::link(site, &Target::Goal(goal, None)),
        weight: match weight {
            0 => strings.get(Key::CriterionNoWeight).to_owned(),
            _ => strings.say(Key::CriterionWeightOf, &values),
        },
        share: percent(u32::from(weight), 10),
        required: match required {
            Some(test) => sentences::test(&site.book[id], test, strings),
            None => strings.get(Key::CriterionNotRequired).to_owned(),
        },
    }
}
