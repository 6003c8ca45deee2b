//! `goals/SLUG.json`: a ranking with all that it is made from, so that anybody can do the
//! sums again.

use serde::Serialize;

use super::Object;
use crate::book::{Book, CriterionId, FrameworkId, Goal, GoalId, Requirement, Test};
use crate::kinds::JsonValue;
use crate::rank::{Change, Ranked, Reason, Unranked, Utility};
use crate::site::Site;

/// A goal and its ranking.
#[derive(Serialize)]
pub(super) struct Entry<'a> {
    goal: &'a str,
    title: &'a str,
    weights: Object<'a, u8>,
    requirements: Vec<RequirementEntry<'a>>,
    ranking: Vec<RankedEntry<'a>>,
    unranked: Vec<UnrankedEntry<'a>>,
    sensitivity: Option<ChangeEntry<'a>>,
    leave_one_out: Object<'a, Vec<&'a str>>,
    equal_weights: Vec<&'a str>,
}

/// A requirement of the goal.
#[derive(Serialize)]
struct RequirementEntry<'a> {
    criterion: &'a str,
    #[serde(flatten)]
    test: TestEntry<'a>,
}

/// A requirement's test, by its key in the goal's file.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum TestEntry<'a> {
    Is(JsonValue<'a>),
    Not(JsonValue<'a>),
    AtLeast(JsonValue<'a>),
    AtMost(JsonValue<'a>),
    Has(Vec<&'a str>),
    Any(Vec<JsonValue<'a>>),
}

/// A framework's place; A, D, K and W are the sums of docs/method.md.
#[derive(Serialize)]
struct RankedEntry<'a> {
    framework: &'a str,
    rank: u32,
    #[serde(rename = "A")]
    a: u32,
    #[serde(rename = "D")]
    d: u32,
    #[serde(rename = "K")]
    k: u32,
    #[serde(rename = "W")]
    w: u32,
    tenths: u32,
    max_tenths: u32,
    utilities: Object<'a, Worth>,
}

/// The utility of a fact: 0 to 100, null for unknown, "na" where it cannot apply.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Worth {
    Known(u8),
    Unknown,
    NotApplicable(&'static str),
}

impl From<Utility> for Worth {
    fn from(utility: Utility) -> Self {
        match utility {
            Utility::Known(utility) => Worth::Known(utility),
            Utility::Unknown => Worth::Unknown,
            Utility::NotApplicable => Worth::NotApplicable("na"),
        }
    }
}

/// A framework without a rank.
#[derive(Serialize)]
struct UnrankedEntry<'a> {
    framework: &'a str,
    reason: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    criterion: Option<&'a str>,
}

/// The smallest change of one weight that changes who is first.
#[derive(Serialize)]
struct ChangeEntry<'a> {
    criterion: &'a str,
    from: u8,
    to: u8,
    step: u8,
    winners: Vec<&'a str>,
}

/// The file of a goal.
pub(super) fn one<'a>(site: &'a Site<'_>, id: GoalId) -> Entry<'a> {
    let book = site.book;
    let goal = &book[id];
    let ranking = &site.rankings.goals[id.index()];
    let weights =
        goal.weights.iter().map(|(criterion, weight)| (name(book, *criterion), *weight));
    let leave_one_out = ranking.leave_one_out.iter();
    let leave_one_out =
        leave_one_out.map(|(id, winners)| (name(book, *id), slugs(book, winners)));
    Entry {
        goal: &goal.slug,
        title: &goal.title,
        weights: Object(weights.collect()),
        requirements: goal.requirements.iter().map(|r| requirement(book, r)).collect(),
        ranking: ranking
            .ranked
            .iter()
            .map(|place| ranked(book, goal, place, ranking.total_weight))
            .collect(),
        unranked: ranking.unranked.iter().map(|u| unranked(book, goal, u)).collect(),
        sensitivity: ranking.sensitivity.as_ref().map(|change| sensitivity(book, change)),
        leave_one_out: Object(leave_one_out.collect()),
        equal_weights: slugs(book, &ranking.equal_weights),
    }
}

fn ranked<'a>(
    book: &'a Book,
    goal: &'a Goal,
    place: &'a Ranked,
    total_weight: u32,
) -> RankedEntry<'a> {
    let utilities = goal.weights.iter().zip(&place.utilities);
    let utilities =
        utilities.map(|((id, _), utility)| (name(book, *id), Worth::from(*utility)));
    RankedEntry {
        framework: &book[place.framework].slug,
        rank: place.rank,
        a: place.a,
        d: place.d,
        k: place.k,
        w: total_weight,
        tenths: place.tenths,
        max_tenths: place.max_tenths,
        utilities: Object(utilities.collect()),
    }
}

fn unranked<'a>(book: &'a Book, goal: &Goal, unranked: &Unranked) -> UnrankedEntry<'a> {
    let asked = |at: usize| Some(name(book, goal.requirements[at].criterion));
    let (reason, criterion) = match unranked.reason {
        Reason::Excluded(at) => ("excluded", asked(at)),
        Reason::Unchecked(at) => ("unchecked", asked(at)),
        Reason::TooFewKnown(_) => ("too-few-known", None),
        Reason::TooFewApply(_) => ("too-few-apply", None),
    };
    UnrankedEntry { framework: &book[unranked.framework].slug, reason, criterion }
}

fn requirement<'a>(book: &'a Book, asked: &'a Requirement) -> RequirementEntry<'a> {
    let criterion = &book[asked.criterion];
    let tags = |at: &'a [usize]| criterion.kind.members_at(at).map(|tag| tag.id.as_str());
    let test = match &asked.test {
        Test::Is(value) => TestEntry::Is(criterion.kind.json(value)),
        Test::Not(value) => TestEntry::Not(criterion.kind.json(value)),
        Test::AtLeast(value) => TestEntry::AtLeast(criterion.kind.json(value)),
        Test::AtMost(value) => TestEntry::AtMost(criterion.kind.json(value)),
        Test::Has(at) => TestEntry::Has(tags(at).collect()),
        Test::Any(values) => TestEntry::Any(
            values.iter().map(|value| criterion.kind.json(value)).collect(),
        ),
        Test::AnyTag(at) => TestEntry::Any(tags(at).map(JsonValue::Word).collect()),
    };
    RequirementEntry { criterion: &criterion.id, test }
}

fn sensitivity<'a>(book: &'a Book, change: &Change) -> ChangeEntry<'a> {
    ChangeEntry {
        criterion: name(book, change.criterion),
        from: change.from,
        to: change.to,
        step: change.step,
        winners: slugs(book, &change.winners),
    }
}

fn name(book: &Book, criterion: CriterionId) -> &str {
    &book[criterion].id
}

fn slugs<'a>(book: &'a Book, frameworks: &[FrameworkId]) -> Vec<&'a str> {
    frameworks.iter().map(|id| &*book[*id].slug).collect()
}
