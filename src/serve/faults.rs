//! Errors and warnings as the preview shows them.

use serde::Serialize;

/// Errors and warnings of the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Faults {
    /// One line about it.
    pub(super) title: String,
    /// The findings as people read them, in pieces.
    pub(super) findings: Vec<Words>,
}

/// Words of a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Words {
    /// The words.
    pub(super) text: String,
    /// The address that opens the place that they name, if they name one.
    pub(super) link: Option<String>,
}
