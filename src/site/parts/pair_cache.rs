//! Rows and cells that the pages of all pairs share.

use std::sync::OnceLock;

use tera::Value;

use crate::book::Book;
use crate::site::fragment::Fragment;

/// Rows and cells for pages of two frameworks, each made when it is first shown.
pub(in crate::site) struct PairCache {
    /// The row of each criterion, with a slot for its cells.
    pub(super) rows: Vec<OnceLock<Fragment>>,
    /// The cells by framework, then by criterion: without a mark, and as the better one.
    pub(super) cells: Vec<Vec<[OnceLock<Value>; 2]>>,
    /// The row of each goal, with slots for its cells: not both ranked, and both.
    pub(super) goals: Vec<[OnceLock<Fragment>; 2]>,
}

impl PairCache {
    /// Has room for the rows and cells of a book.
    pub(in crate::site) fn new(book: &Book) -> Self {
        let rows = || book.criteria.iter();
        let cells = || rows().map(|_| Default::default()).collect();
        Self {
            rows: rows().map(|_| OnceLock::new()).collect(),
            cells: book.frameworks.iter().map(|_| cells()).collect(),
            goals: book.goals.iter().map(|_| Default::default()).collect(),
        }
    }
}
