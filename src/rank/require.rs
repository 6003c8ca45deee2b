//! Requirements: whether a cell is what a goal asks for, in three values.

use std::cmp::Ordering;

use super::core::Truth;
use crate::book::{Cell, Criterion, Kind, Test, Value, Version};

/// Whether a cell is what a requirement asks for. What cannot apply is not; of what is
/// unknown nobody knows (docs/method.md, "Requirements").
pub fn truth(criterion: &Criterion, cell: &Cell, test: &Test) -> Truth {
    let value = match cell {
        Cell::Known(fact) => &fact.value,
        Cell::NotApplicable { .. } => return Truth::False,
        Cell::Unknown => return Truth::Unknown,
    };
    let is = |other: &Value| is_equal(value, other);
    let order = |other: &Value| order(criterion, value, other);
    Truth::from(match test {
        Test::Is(other) => is(other),
        Test::Not(other) => !is(other),
        Test::AtLeast(other) => order(other).is_some_and(Ordering::is_ge),
        Test::AtMost(other) => order(other).is_some_and(Ordering::is_le),
        Test::Any(others) => others.iter().any(is),
        Test::Has(tags) => tags.iter().all(|tag| has(value, *tag)),
        Test::AnyTag(tags) => tags.iter().any(|tag| has(value, *tag)),
    })
}

fn has(value: &Value, tag: usize) -> bool {
    matches!(value, Value::Tags(tags) if tags.contains(&tag))
}

/// Whether two values are the same; versions are by their numbers, so `5` is `5.0`.
fn is_equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Version(a), Value::Version(b)) => Version::new(a) == Version::new(b),
        _ => a == b,
    }
}

/// The order of two values of a criterion; options stand in the order of their utilities.
fn order(criterion: &Criterion, a: &Value, b: &Value) -> Option<Ordering> {
    let answer = |value: &Value| match value {
        Value::No => Some(0),
        Value::Partly => Some(1),
        Value::Yes => Some(2),
        _ => None,
    };
    match (&criterion.kind, a, b) {
        (_, Value::Rating(a), Value::Rating(b)) => Some(a.cmp(b)),
        (_, Value::Number(a), Value::Number(b)) => Some(a.cmp(b)),
        (_, Value::Date(a), Value::Date(b)) => Some(a.cmp(b)),
        (_, Value::Version(a), Value::Version(b)) => {
            Some(Version::new(a).cmp(&Version::new(b)))
        }
        (Kind::Choice { options }, Value::Choice(a), Value::Choice(b)) => {
            Some(options[*a].utility.cmp(&options[*b].utility))
        }
        _ => Some(answer(a)?.cmp(&answer(b)?)),
    }
}
