//! Values of facts, in the shapes that kinds share.

use jiff::civil::Date;
use serde::Serialize;
use serde_json::value::RawValue;

use super::Decimal;

/// A value of a fact or an operand of a requirement; the criterion's kind gives it its
/// meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A number, such as a rating or a measurement.
    Number(Decimal),
    /// One of several answers, by its position.
    Choice(usize),
    /// Some of several answers, by their positions, rising.
    Choices(Vec<usize>),
    /// A text, such as a version or a web address.
    Text(String),
    /// A day.
    Date(Date),
}

impl Value {
    /// The number, if it is one.
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The position of the answer, if it is one of several.
    pub fn choice(&self) -> Option<usize> {
        match self {
            Value::Choice(at) => Some(*at),
            _ => None,
        }
    }

    /// The positions of the answers; empty for any other value.
    pub fn choices(&self) -> &[usize] {
        match self {
            Value::Choices(at) => at,
            _ => &[],
        }
    }

    /// The text; empty for any other value.
    pub fn text(&self) -> &str {
        match self {
            Value::Text(text) => text,
            _ => "",
        }
    }
}

/// Something with an id and a name.
#[derive(Debug, Serialize)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: String,
}

/// A value as JSON data files have it.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum JsonValue<'a> {
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(Box<RawValue>),
    /// A word, an id or a text.
    Word(&'a str),
    /// A text that is made for it, such as a date.
    Owned(String),
    /// Several ids.
    Words(Vec<&'a str>),
}

impl JsonValue<'_> {
    /// The value in the query of an address: "yes", "12.5", "rust,go".
    pub fn in_address(&self) -> String {
        match self {
            JsonValue::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
            JsonValue::Number(number) => number.get().to_owned(),
            JsonValue::Word(word) => (*word).to_owned(),
            JsonValue::Owned(text) => text.clone(),
            JsonValue::Words(words) => words.join(","),
        }
    }
}

/// A decimal as a JSON number.
pub fn json_number(number: Decimal) -> Box<RawValue> {
    RawValue::from_string(number.to_string()).expect("plain digits are a JSON number")
}

/// A text that no spreadsheet takes for a formula.
pub(super) fn csv_text(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\0']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}
