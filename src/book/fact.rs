//! Facts: the value of one criterion for one framework, or why there is none.

use jiff::civil::Date;

use super::SourceId;
use crate::diag::Span;
use crate::kinds::Value;

/// The answer for one criterion of one framework.
#[derive(Debug)]
pub enum Cell {
    /// A value.
    Known(Fact),
    /// The criterion cannot apply.
    NotApplicable {
        /// The reason.
        reason: String,
        /// The source of the reason.
        source: Option<SourceId>,
        /// The day on which it was checked.
        checked: Option<Date>,
        /// Its place in the file.
        span: Span,
    },
    /// Nothing is known; never shown as "no", never scored as one.
    Unknown,
}

/// A value with its origin.
#[derive(Debug)]
pub struct Fact {
    /// The value, which fits the criterion's kind.
    pub value: Value,
    /// Its source.
    pub source: Option<SourceId>,
    /// The day on which it was checked.
    pub checked: Option<Date>,
    /// A remark for readers.
    pub note: Option<String>,
    /// The version since which it is so.
    pub since: Option<String>,
    /// Whether it was checked longer ago than the criterion allows.
    pub is_stale: bool,
    /// The place of the value.
    pub span: Span,
}

impl Cell {
    /// The fact, if there is one.
    pub fn known(&self) -> Option<&Fact> {
        match self {
            Cell::Known(fact) => Some(fact),
            Cell::NotApplicable { .. } | Cell::Unknown => None,
        }
    }

    /// Its source.
    pub fn source(&self) -> Option<SourceId> {
        match self {
            Cell::Known(fact) => fact.source,
            Cell::NotApplicable { source, .. } => *source,
            Cell::Unknown => None,
        }
    }

    /// The day on which it was checked.
    pub fn checked(&self) -> Option<Date> {
        match self {
            Cell::Known(fact) => fact.checked,
            Cell::NotApplicable { checked, .. } => *checked,
            Cell::Unknown => None,
        }
    }
}
