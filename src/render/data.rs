//! Data files: everything that pages show, for programs.
//!
//! Keys stand in a fixed order and none is ever left out, so that a file changes only where
//! a fact does. Numbers are written as the book has them, digit by digit.

mod criteria;
mod frameworks;
mod goal;
mod matrix;
mod scores;
#[cfg(test)]
mod tests;

use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::{Site, text};
use crate::book::{Criterion, Decimal, FrameworkId, GoalId, Value};

impl Site<'_> {
    /// Writes `frameworks.json`.
    pub(super) fn frameworks_json(&self, out: &mut Vec<u8>) {
        json(&frameworks::all(self), out);
    }

    /// Writes `frameworks/SLUG.json`.
    pub(super) fn framework_json(&self, id: FrameworkId, out: &mut Vec<u8>) {
        json(&frameworks::one(self, id), out);
    }

    /// Writes `criteria.json`.
    pub(super) fn criteria_json(&self, out: &mut Vec<u8>) {
        json(&criteria::all(self.book), out);
    }

    /// Writes `goals/SLUG.json`.
    pub(super) fn goal_json(&self, id: GoalId, out: &mut Vec<u8>) {
        json(&goal::one(self, id), out);
    }

    /// Writes `scores.json`.
    pub(super) fn scores_json(&self, out: &mut Vec<u8>) {
        json(&scores::all(self), out);
    }

    /// Writes `matrix.csv`.
    pub(super) fn matrix_csv(&self, out: &mut Vec<u8>) {
        matrix::write(self.book, out);
    }
}

/// Writes a value as JSON and ends the line.
fn json(value: &impl Serialize, out: &mut Vec<u8>) {
    serde_json::to_writer(&mut *out, value).expect("a Vec takes all bytes");
    out.push(b'\n');
}

/// An object whose keys are the book's, in its order.
struct Object<'a, T>(Vec<(&'a str, T)>);

impl<T: Serialize> Serialize for Object<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

/// A value of a fact.
#[derive(Serialize)]
#[serde(untagged)]
enum Plain<'a> {
    /// Yes or no.
    Flag(bool),
    /// A number or a rating.
    Number(Box<RawValue>),
    /// A word, an id, a date, a text.
    Word(&'a str),
    /// A date.
    Owned(String),
    /// Ids of tags.
    Words(Vec<&'a str>),
}

/// A value as the book's files would write it.
fn plain<'a>(criterion: &'a Criterion, value: &'a Value) -> Plain<'a> {
    match value {
        Value::Rating(halves) => Plain::Number(raw(text::rating(*halves))),
        Value::Yes => Plain::Flag(true),
        Value::No => Plain::Flag(false),
        Value::Partly => Plain::Word("partial"),
        Value::Choice(at) => Plain::Word(text::option_id(criterion, *at)),
        Value::Number(number) => Plain::Number(decimal(*number)),
        Value::Tags(at) => Plain::Words(text::tag_ids(criterion, at)),
        Value::Date(date) => Plain::Owned(date.to_string()),
        Value::Version(text) | Value::Text(text) | Value::Url(text) => Plain::Word(text),
    }
}

/// A decimal as a JSON number.
fn decimal(number: Decimal) -> Box<RawValue> {
    raw(number.to_string())
}

/// Digits as a JSON number.
fn raw(digits: String) -> Box<RawValue> {
    RawValue::from_string(digits).expect("plain digits are a JSON number")
}
