//! A file of a book that has a slug.

use std::sync::Arc;

use super::prose::Prose;
use crate::diag::{FileId, Span};

/// A file with a slug: its front matter or table, and its prose.
#[derive(Debug)]
pub struct Doc<T> {
    /// The file's slug, from its name.
    pub slug: String,
    /// The file.
    pub file: FileId,
    /// Its table of keys.
    pub front: T,
    /// Its prose; empty where there is none.
    pub prose: Option<Arc<Prose>>,
}

/// The first byte of a file.
pub(super) fn start(file: FileId) -> Span {
    Span::new(file, 0..0)
}
