//! `matrix.csv`: all facts as a table, for spreadsheets. RFC 4180 with LF line ends.
//!
//! Law: no cell of text starts a formula. A spreadsheet runs what starts with `=`, `+`, `-`,
//! `@` or some control characters; such text gets a `'` in front.

use crate::book::{Book, Cell, Criterion, Fact, Kind, Value};
use crate::render::text;

/// Writes one row a framework, one column a criterion, both by their ids.
pub(super) fn write(book: &Book, out: &mut Vec<u8>) {
    field("framework", out);
    for criterion in &book.criteria {
        out.push(b',');
        field(&criterion.id, out);
    }
    out.push(b'\n');
    for framework in &book.frameworks {
        field(&framework.slug, out);
        for (cell, criterion) in framework.cells.iter().zip(&book.criteria) {
            out.push(b',');
            field(&written(cell, criterion), out);
        }
        out.push(b'\n');
    }
}

fn written(cell: &Cell, criterion: &Criterion) -> String {
    match cell {
        Cell::Known(fact) => known(fact, criterion),
        Cell::NotApplicable { .. } => "n/a".to_owned(),
        Cell::Unknown => "unknown".to_owned(),
    }
}

fn known(fact: &Fact, criterion: &Criterion) -> String {
    match &fact.value {
        Value::Rating(halves) => text::rating(*halves),
        Value::Yes => "yes".to_owned(),
        Value::No => "no".to_owned(),
        Value::Partly => match &fact.note {
            Some(note) => format!("partial:{note}"),
            None => "partial".to_owned(),
        },
        Value::Number(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Choice(at) => match &criterion.kind {
            Kind::Choice { options } => harmless(&options[*at].title),
            _ => String::new(),
        },
        Value::Tags(at) => match &criterion.kind {
            Kind::Tags { tags, .. } => {
                let titles: Vec<&str> = at.iter().map(|at| &*tags[*at].title).collect();
                if titles.is_empty() {
                    "none".to_owned()
                } else {
                    harmless(&titles.join(", "))
                }
            }
            _ => String::new(),
        },
        Value::Version(text) | Value::Text(text) | Value::Url(text) => harmless(text),
    }
}

/// A text that no spreadsheet takes for a formula.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\0']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Writes a field, in quotes if something in it would end it.
fn field(text: &str, out: &mut Vec<u8>) {
    if !text.contains([',', '"', '\n', '\r']) {
        return out.extend_from_slice(text.as_bytes());
    }
    out.push(b'"');
    out.extend_from_slice(text.replace('"', "\"\"").as_bytes());
    out.push(b'"');
}
