//! Values as words: dates, numbers, scores, and what a fact says.

use jiff::civil::Date;
use serde::Serialize;

use super::Strings;
use crate::book::{Criterion, Key, Kind, Value};

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
    DateView { iso: date.to_string(), text: strings.date(date) }
}

/// A score in tenths of a point: 767 is "76.7".
pub(super) fn tenths(strings: &Strings, tenths: u32) -> String {
    // Pages of two hold very many of these, and `format!` takes longer.
    let mut text = (tenths / 10).to_string();
    text.push('.');
    text.extend(char::from_digit(tenths % 10, 10));
    strings.number(text)
}

/// A whole number as people read it: "12,345".
pub(super) fn count(strings: &Strings, n: u64) -> String {
    strings.number(n.to_string())
}

/// A rating in halves for machines: 8 is "4", 7 is "3.5".
pub(super) fn rating(halves: u8) -> String {
    match halves % 2 {
        0 => (halves / 2).to_string(),
        _ => format!("{}.5", halves / 2),
    }
}

/// A value in words, without its unit: "Yes", "4 of 5", "12,345".
pub(super) fn value(strings: &Strings, criterion: &Criterion, value: &Value) -> String {
    match value {
        Value::Rating(halves) => {
            let rating = strings.number(rating(*halves));
            strings.say(Key::ValueRating, &[("rating", &rating)])
        }
        Value::Yes => strings.get(Key::ValueYes).to_owned(),
        Value::No => strings.get(Key::ValueNo).to_owned(),
        Value::Partly => strings.get(Key::ValuePart).to_owned(),
        Value::Choice(at) => choice(criterion, *at).to_owned(),
        Value::Number(n) => strings.number(n.to_string()),
        Value::Tags(tags) if tags.is_empty() => strings.get(Key::ValueNone).to_owned(),
        Value::Tags(at) => tags(criterion, at).join(", "),
        Value::Date(day) => strings.date(*day),
        Value::Version(text) | Value::Text(text) | Value::Url(text) => text.clone(),
    }
}

/// A value in words where no heading gives its unit: "12,345 req/s".
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

/// The id of an option.
pub(super) fn option_id(criterion: &Criterion, at: usize) -> &str {
    match &criterion.kind {
        Kind::Choice { options } => options.get(at).map_or("", |option| &option.id),
        _ => "",
    }
}

/// The ids of tags.
pub(super) fn tag_ids<'c>(criterion: &'c Criterion, at: &[usize]) -> Vec<&'c str> {
    match &criterion.kind {
        Kind::Tags { tags, .. } => {
            at.iter().filter_map(|at| tags.get(*at)).map(|tag| &*tag.id).collect()
        }
        _ => Vec::new(),
    }
}
