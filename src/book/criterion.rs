//! Criteria: what frameworks are compared by, and what an answer is worth.

use super::GroupId;
use crate::diag::Span;
use crate::kinds::Kind;

/// A group of criteria.
#[derive(Debug)]
pub struct Group {
    /// Its id.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// One sentence about it.
    pub summary: Option<String>,
}

/// One thing frameworks are compared by.
#[derive(Debug)]
pub struct Criterion {
    /// Its id.
    pub id: String,
    /// Its id as a URL segment.
    pub slug: String,
    /// The group it stands in.
    pub group: GroupId,
    /// Its name.
    pub title: String,
    /// The question that its facts answer.
    pub question: String,
    /// The reason why it matters.
    pub why: Option<String>,
    /// Its kind, with the kind's own settings.
    pub kind: Kind,
    /// Whether it is shown at the top of a profile.
    pub is_glance: bool,
    /// After how many days a fact is stale.
    pub max_age: i64,
    /// The place of its id.
    pub span: Span,
}
