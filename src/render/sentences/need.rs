//! What a value must be, in words: of requirements, and of values that reach a utility.

use crate::book::{Bound, Criterion, Decimal, Key, Kind, Test, Value};
use crate::render::Strings;
use crate::render::text;

use super::list;

/// What a requirement asks of a criterion: "Built in or Official package", "at least 3.5".
pub fn test(criterion: &Criterion, test: &Test, strings: &Strings) -> String {
    let say = |key: Key, value: &Value| {
        strings.say(key, &[("value", &text::value_with_unit(strings, criterion, value))])
    };
    let is_dated = matches!(criterion.kind, Kind::Version | Kind::Date);
    match test {
        Test::Is(value) => text::value_with_unit(strings, criterion, value),
        Test::Not(value) => say(Key::NeedNot, value),
        Test::AtLeast(value) if is_dated => say(Key::NeedOrLater, value),
        Test::AtLeast(value) => say(Key::NeedAtLeast, value),
        Test::AtMost(value) if is_dated => say(Key::NeedOrEarlier, value),
        Test::AtMost(value) => say(Key::NeedAtMost, value),
        Test::Has(tags) => tag_list(criterion, tags, strings.get(Key::And)),
        Test::AnyTag(tags) => tag_list(criterion, tags, strings.get(Key::Or)),
        Test::Any(values) => {
            let texts: Vec<_> = values
                .iter()
                .map(|v| text::value_with_unit(strings, criterion, v))
                .collect();
            let texts: Vec<_> = texts.iter().map(String::as_str).collect();
            list(&texts, strings.get(Key::Or))
        }
    }
}

/// The values of a criterion that are worth a utility or more; none for a criterion that is
/// not scored.
///
/// Numbers are given with as many decimals as the criterion's own points use.
pub fn reaching(criterion: &Criterion, utility: u8, strings: &Strings) -> Option<String> {
    if utility == 0 && criterion.is_scored() {
        return Some(strings.get(Key::NeedAny).to_owned());
    }
    let or = strings.get(Key::Or);
    match &criterion.kind {
        Kind::Rating { .. } => {
            let halves = crate::rank::core::rating_reaching(utility)?;
            let rating = strings.number(text::rating(halves));
            Some(strings.say(Key::NeedAtLeast, &[("value", &rating)]))
        }
        Kind::Boolean { better_yes } => {
            let best = if *better_yes { Key::ValueYes } else { Key::ValueNo };
            let words = [strings.get(Key::ValuePart), strings.get(best)];
            Some(list(if utility > 50 { &words[1..] } else { &words }, or))
        }
        Kind::Choice { options } => {
            let reach = options.iter().filter(|option| option.utility >= utility);
            let titles: Vec<_> = reach.map(|option| option.title.as_str()).collect();
            Some(list(&titles, or)).filter(|list| !list.is_empty())
        }
        Kind::Number { unit, curve } => {
            let decimals = curve.points().iter().map(|(x, _)| x.decimals()).max()?;
            let number = |x: Decimal| {
                let x = strings.number(x.to_string());
                format!("{x}\u{a0}{unit}")
            };
            Some(bound(curve.reaching(utility, decimals)?, number, strings))
        }
        Kind::Tags { curve, .. } => {
            let reach = curve.as_ref()?.reaching(utility, 0)?;
            let number = |x: Decimal| strings.number(x.to_string());
            let count = bound(reach, number, strings);
            Some(strings.say(Key::NeedTags, &[("count", &count)]))
        }
        Kind::Version | Kind::Date | Kind::Text | Kind::Url => None,
    }
}

/// A bound in words.
fn bound(bound: Bound, number: impl Fn(Decimal) -> String, strings: &Strings) -> String {
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

/// The titles of tags, joined by a word.
fn tag_list(criterion: &Criterion, positions: &[usize], word: &str) -> String {
    let Kind::Tags { tags, .. } = &criterion.kind else { return String::new() };
    let titles: Vec<_> = positions.iter().map(|i| tags[*i].title.as_str()).collect();
    list(&titles, word)
}
