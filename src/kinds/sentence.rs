//! Phrases about values that several kinds share.

use super::{Bound, Curve, Decimal, Direction};
use crate::strings::{Key, Strings};

/// Joins names as a sentence does: "a, b or c".
pub fn list(names: &[&str], word: &str) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [rest @ .., last] => format!("{} {word} {last}", rest.join(", ")),
    }
}

/// Words a bound: "at least 5", "from 2 to 9".
pub(super) fn bound(
    bound: Bound,
    number: impl Fn(Decimal) -> String,
    strings: &Strings,
) -> String {
    let say = |key: Key, x: Decimal| strings.say(key, &[("value", &number(x))]);
    match bound {
        Bound::Any => strings.get(Key::NeedAny).to_owned(),
        Bound::AtLeast(x) => say(Key::NeedAtLeast, x),
        Bound::AtMost(x) => say(Key::NeedAtMost, x),
        Bound::Between(x, y) => {
            strings.say(Key::NeedBetween, &[("from", &number(x)), ("to", &number(y))])
        }
    }
}

/// Words which values of a curve are better, and that those between points lie between.
pub(super) fn direction(curve: &Curve, strings: &Strings) -> String {
    let key = match curve.direction() {
        Direction::Higher => Key::CriterionHigher,
        Direction::Lower => Key::CriterionLower,
        Direction::Mixed => Key::CriterionMixed,
    };
    format!("{} {}", strings.get(key), strings.get(Key::CriterionBetween))
}
