//! Tests of requirements.

use super::{Kind, Value};

/// A condition on a value; its operands fit the criterion's kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// Equal to this.
    Is(Value),
    /// Not equal to this.
    Not(Value),
    /// This or more.
    AtLeast(Value),
    /// This or less.
    AtMost(Value),
    /// Has all of these tags, named by position.
    Has(Vec<usize>),
    /// Is one of these.
    Any(Vec<Value>),
    /// Has one of these tags, named by position.
    AnyTag(Vec<usize>),
}

impl Test {
    /// Whether a value of a kind passes.
    pub fn passes(&self, kind: &Kind, value: &Value) -> bool {
        let is = |other: &Value| kind.is_equal(value, other);
        let order = |other: &Value| kind.order(value, other);
        let has = |tag: &usize| value.choices().contains(tag);
        match self {
            Test::Is(other) => is(other),
            Test::Not(other) => !is(other),
            Test::AtLeast(other) => order(other).is_ge(),
            Test::AtMost(other) => order(other).is_le(),
            Test::Any(others) => others.iter().any(is),
            Test::Has(tags) => tags.iter().all(has),
            Test::AnyTag(tags) => tags.iter().any(has),
        }
    }
}
