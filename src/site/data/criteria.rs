//! `criteria.json`: what frameworks are compared by, as declared. A key that a kind of
//! criterion does not have is null, as one that the book leaves out.

use serde::Serialize;
use serde_json::value::RawValue;

use crate::book::{Book, Criterion};
use crate::kinds::{Choice, JsonKeys, Named};

/// A criterion.
#[derive(Serialize)]
pub(super) struct Entry<'a> {
    id: &'a str,
    group: &'a str,
    title: &'a str,
    question: &'a str,
    kind: &'static str,
    why: Option<&'a str>,
    rubric: Option<&'a [String]>,
    better: Option<&'static str>,
    options: Option<&'a [Choice]>,
    tags: Option<&'a [Named]>,
    unit: Option<&'a str>,
    utility: Option<Vec<(Box<RawValue>, u8)>>,
    glance: bool,
    max_age: i64,
}

/// All criteria.
pub(super) fn all(book: &Book) -> Vec<Entry<'_>> {
    book.criteria.iter().map(|criterion| one(book, criterion)).collect()
}

fn one<'a>(book: &'a Book, criterion: &'a Criterion) -> Entry<'a> {
    let JsonKeys { rubric, better, options, tags, unit, utility } =
        criterion.kind.json_keys();
    Entry {
        id: &criterion.id,
        group: &book[criterion.group].id,
        title: &criterion.title,
        question: &criterion.question,
        kind: criterion.kind.name,
        why: criterion.why.as_deref(),
        rubric,
        better,
        options,
        tags,
        unit,
        utility,
        glance: criterion.is_glance,
        max_age: criterion.max_age,
    }
}
