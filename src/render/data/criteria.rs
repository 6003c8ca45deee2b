//! `criteria.json`: what frameworks are compared by, as declared. A key that a kind of
//! criterion does not have is null, as one that the book leaves out.

use serde::Serialize;
use serde_json::value::RawValue;

use super::decimal;
use crate::book::{Book, Criterion, Curve, Kind, Named};

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
    options: Option<Vec<Choice<'a>>>,
    tags: Option<Vec<Tag<'a>>>,
    unit: Option<&'a str>,
    utility: Option<Points>,
    glance: bool,
    max_age: i64,
}

/// Points of a utility: a number and what it is worth.
type Points = Vec<(Box<RawValue>, u8)>;

/// An option of a choice.
#[derive(Serialize)]
struct Choice<'a> {
    id: &'a str,
    title: &'a str,
    utility: u8,
}

/// A tag.
#[derive(Serialize)]
struct Tag<'a> {
    id: &'a str,
    title: &'a str,
}

/// All criteria.
pub(super) fn all(book: &Book) -> Vec<Entry<'_>> {
    book.criteria.iter().map(|criterion| one(book, criterion)).collect()
}

fn one<'a>(book: &'a Book, criterion: &'a Criterion) -> Entry<'a> {
    let mut entry = Entry {
        id: &criterion.id,
        group: &book[criterion.group].id,
        title: &criterion.title,
        question: &criterion.question,
        kind: "",
        why: criterion.why.as_deref(),
        rubric: None,
        better: None,
        options: None,
        tags: None,
        unit: None,
        utility: None,
        glance: criterion.is_glance,
        max_age: criterion.max_age,
    };
    entry.kind = match &criterion.kind {
        Kind::Rating { rubric } => {
            entry.rubric = Some(rubric);
            "rating"
        }
        Kind::Boolean { better_yes } => {
            entry.better = Some(if *better_yes { "yes" } else { "no" });
            "boolean"
        }
        Kind::Choice { options } => {
            let options = options.iter();
            let options = options.map(|o| Choice {
                id: &o.id,
                title: &o.title,
                utility: o.utility,
            });
            entry.options = Some(options.collect());
            "choice"
        }
        Kind::Number { unit, curve } => {
            entry.unit = Some(unit);
            entry.utility = Some(points(curve));
            "number"
        }
        Kind::Tags { tags, curve } => {
            let tag = |Named { id, title }: &'a Named| Tag { id, title };
            entry.tags = Some(tags.iter().map(tag).collect());
            entry.utility = curve.as_ref().map(points);
            "tags"
        }
        Kind::Version => "version",
        Kind::Date => "date",
        Kind::Text => "text",
        Kind::Url => "url",
    };
    entry
}

fn points(curve: &Curve) -> Points {
    curve.points().iter().map(|(x, utility)| (decimal(*x), *utility)).collect()
}
