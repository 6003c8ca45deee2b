//! Required values in words: of requirements, and of values that reach a utility.

use crate::book::{Criterion, Key, Test, Value};
use crate::site::Strings;

use super::list;

/// The required value of a criterion: "Built in or Official package", "at least 3.5".
pub fn test(criterion: &Criterion, test: &Test, strings: &Strings) -> String {
    let say = |key: Key, value: &Value| {
        strings.say(key, &[("value", &criterion.kind.text_with_unit(value, strings))])
    };
    let is_dated = criterion.kind.is_dated();
    match test {
        Test::Is(value) => criterion.kind.text_with_unit(value, strings),
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
                .map(|v| criterion.kind.text_with_unit(v, strings))
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
    if utility == 0 && criterion.kind.is_scored() {
        return Some(strings.get(Key::NeedAny).to_owned());
    }
    criterion.kind.reaching(utility, strings)
}

/// The titles of tags, joined by a word.
fn tag_list(criterion: &Criterion, positions: &[usize], word: &str) -> String {
    let tags = criterion.kind.members_at(positions);
    let titles: Vec<&str> = tags.map(|tag| tag.title.as_str()).collect();
    list(&titles, word)
}
