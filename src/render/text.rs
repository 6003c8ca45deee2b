//! Values as words: dates, numbers, scores, and what a fact says.

use jiff::civil::Date;
use serde::Serialize;

use super::Strings;
use crate::book::{Criterion, Key, Kind, Value};
use crate::diag::thousands;

/// The keys of the months' names.
const MONTHS: [Key; 12] = [
    Key::Month1,
    Key::Month2,
    Key::Month3,
    Key::Month4,
    Key::Month5,
    Key::Month6,
    Key::Month7,
    Key::Month8,
    Key::Month9,
    Key::Month10,
    Key::Month11,
    Key::Month12,
];

/// A date for a `time` element.
#[derive(Debug, Clone, Serialize)]
pub(super) struct DateView {
    /// As machines read it: `2026-11-22`.
    pub(super) iso: String,
    /// As people read it: "22 November 2026".
    pub(super) text: String,
}

/// A date for machines and for people.
pub(super) fn date(strings: &Strings, date: Date) -> DateView {
    DateView { iso: date.to_string(), text: date_text(strings, date) }
}

/// A date as people read it: "22 November 2026".
pub(super) fn date_text(strings: &Strings, date: Date) -> String {
    let month = strings.get(MONTHS[usize::from(date.month().unsigned_abs()) - 1]);
    let (day, year) = (date.day().to_string(), date.year().to_string());
    strings.say(Key::Date, &[("day", &day), ("month", month), ("year", &year)])
}

/// A score in tenths of a point: 767 is "76.7".
pub(super) fn tenths(tenths: u32) -> String {
    // Pages of two hold very many of these, and `format!` takes longer.
    let mut text = (tenths / 10).to_string();
    text.push('.');
    text.extend(char::from_digit(tenths % 10, 10));
    text
}

/// A whole number with commas between thousands.
pub(super) fn count(n: u64) -> String {
    thousands(usize::try_from(n).unwrap_or(usize::MAX))
}

/// A rating in halves: 8 is "4", 7 is "3.5".
pub(super) fn rating(halves: u8) -> String {
    match halves % 2 {
        0 => (halves / 2).to_string(),
        _ => format!("{}.5", halves / 2),
    }
}

/// What a value says, without its unit: "Yes", "4 of 5", "12,345".
pub(super) fn value(strings: &Strings, criterion: &Criterion, value: &Value) -> String {
    match value {
        Value::Rating(halves) => {
            strings.say(Key::ValueRating, &[("rating", &rating(*halves))])
        }
        Value::Yes => strings.get(Key::ValueYes).to_owned(),
        Value::No => strings.get(Key::ValueNo).to_owned(),
        Value::Partly => strings.get(Key::ValuePart).to_owned(),
        Value::Choice(at) => choice(criterion, *at).to_owned(),
        Value::Number(n) => n.thousands(),
        Value::Tags(tags) if tags.is_empty() => strings.get(Key::ValueNone).to_owned(),
        Value::Tags(at) => tags(criterion, at).join(", "),
        Value::Date(day) => date_text(strings, *day),
        Value::Version(text) | Value::Text(text) | Value::Url(text) => text.clone(),
    }
}

/// What a value says where no heading gives its unit: "12,345 req/s".
pub(super) fn value_with_unit(
    strings: &Strings,
    criterion: &Criterion,
    found: &Value,
) -> String {
    match (&criterion.kind, found) {
        (Kind::Number { unit, .. }, Value::Number(_)) => {
            format!("{}\u{a0}{unit}", value(strings, criterion, found))
        }
        _ => value(strings, criterion, found),
    }
}

/// The title of an option; the book was checked, so it exists.
fn choice(criterion: &Criterion, at: usize) -> &str {
    match &criterion.kind {
        Kind::Choice { options } => options.get(at).map_or("", |option| &option.title),
        _ => "",
    }
}

/// The titles of tags.
fn tags<'c>(criterion: &'c Criterion, at: &[usize]) -> Vec<&'c str> {
    match &criterion.kind {
        Kind::Tags { tags, .. } => {
            at.iter().filter_map(|at| tags.get(*at)).map(|tag| &*tag.title).collect()
        }
        _ => Vec::new(),
    }
}
