//! `matrix.csv`: all facts as a table, for spreadsheets. RFC 4180 with LF line ends.
//!
//! Invariant: no cell of text starts a formula. A spreadsheet runs what starts with `=`, `+`, `-`,
//! `@` or some control characters; such text gets a `'` in front.

use crate::book::{Book, Cell, Criterion, Fact};

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
    let text = criterion.kind.csv(&fact.value);
    match &fact.note {
        Some(note) if criterion.kind.needs_note(&fact.value) => format!("{text}:{note}"),
        _ => text,
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
