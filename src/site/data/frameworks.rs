//! `frameworks.json` and `frameworks/SLUG.json`: facts with their origin.

use serde::Serialize;

use super::Object;
use crate::book::{Cell, CriterionId, Framework, FrameworkId, SourceId, with_ids};
use crate::kinds::JsonValue;
use crate::rank::Utility;
use crate::site::Site;

/// A framework and its facts.
#[derive(Serialize)]
pub(super) struct Entry<'a> {
    slug: &'a str,
    name: &'a str,
    language: Option<&'a str>,
    summary: &'a str,
    homepage: Option<&'a str>,
    repository: Option<&'a str>,
    license: Option<&'a str>,
    facts: Object<'a, Fact<'a>>,
}

/// A fact with its origin.
#[derive(Serialize)]
struct Fact<'a> {
    state: &'static str,
    value: Option<JsonValue<'a>>,
    text: &'a str,
    note: Option<&'a str>,
    source: Option<&'a str>,
    checked: Option<String>,
    stale: bool,
    utility: Option<u8>,
}

/// All frameworks.
pub(super) fn all<'a>(site: &'a Site<'_>) -> Vec<Entry<'a>> {
    with_ids(&site.book.frameworks).map(|(id, _)| one(site, id)).collect()
}

/// One framework.
pub(super) fn one<'a>(site: &'a Site<'_>, id: FrameworkId) -> Entry<'a> {
    let Framework { slug, name, summary, homepage, repository, license, .. } =
        &site.book[id];
    let facts = with_ids(&site.book.criteria);
    let facts = facts.map(|(criterion, c)| (&*c.id, fact(site, id, criterion)));
    Entry {
        slug,
        name,
        language: site.book[id].language.map(|id| &*site.book[id].slug),
        summary,
        homepage: homepage.as_deref(),
        repository: repository.as_deref(),
        license: license.as_deref(),
        facts: Object(facts.collect()),
    }
}

fn fact<'a>(
    site: &'a Site<'_>,
    framework: FrameworkId,
    criterion: CriterionId,
) -> Fact<'a> {
    let book = site.book;
    let source = |id: Option<SourceId>| id.map(|id| &*book[id].id);
    let utility = match site.rankings.utilities[framework.index()][criterion.index()] {
        Utility::Known(utility) => Some(utility),
        Utility::Unknown | Utility::NotApplicable => None,
    };
    let text = &*site.cell(framework, criterion).text;
    match book.cell(framework, criterion) {
        Cell::Known(fact) => Fact {
            state: "known",
            value: Some(book[criterion].kind.json(&fact.value)),
            text,
            note: fact.note.as_deref(),
            source: source(fact.source),
            checked: fact.checked.map(|day| day.to_string()),
            stale: fact.is_stale,
            utility,
        },
        Cell::NotApplicable { reason, source: from, checked, .. } => Fact {
            state: "na",
            value: None,
            text,
            note: Some(reason),
            source: source(*from),
            checked: checked.map(|day| day.to_string()),
            stale: false,
            utility: None,
        },
        Cell::Unknown => Fact {
            state: "unknown",
            value: None,
            text,
            note: None,
            source: None,
            checked: None,
            stale: false,
            utility: None,
        },
    }
}
