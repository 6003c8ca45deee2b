//! A cache of files that were read before; an entry holds as long as the texts are the same.
//!
//! A text that did not change is shared by the runs that read it, so `Arc::ptr_eq` detects
//! an unchanged file. Places name files by id, so the ids must be the same as well; a file
//! that comes or goes gives those after it others.

use std::ops::Deref;
use std::sync::Arc;

use super::doc::Doc;
use crate::diag::{Diagnostic, FileId, Texts};
use crate::source::Sources;

/// A document with what it was read from, and what was found then.
#[derive(Debug)]
pub struct CachedDoc<T> {
    doc: Doc<T>,
    texts: Vec<(FileId, Arc<str>)>,
    /// The diagnostics of the file.
    pub(super) found: Vec<Diagnostic>,
    /// Whether the file says more than could be read of it.
    pub(super) is_broken: bool,
}

impl<T> Deref for CachedDoc<T> {
    type Target = Doc<T>;

    fn deref(&self) -> &Doc<T> {
        &self.doc
    }
}

/// Documents of one kind that were read before, in order of their files.
pub(super) type Before<'b, T> = Option<&'b [Arc<CachedDoc<T>>]>;

impl<T> CachedDoc<T> {
    /// Makes an entry of what was read of files.
    pub(super) fn new(
        doc: Doc<T>,
        sources: &Sources,
        files: &[FileId],
        found: Vec<Diagnostic>,
        is_broken: bool,
    ) -> Self {
        let text = |file: &FileId| (*file, sources.text(*file).text.clone());
        Self { doc, texts: files.iter().map(text).collect(), found, is_broken }
    }

    /// Finds the entry of files, if their texts are the same.
    pub(super) fn find<'b>(
        before: Before<'b, T>,
        sources: &Sources,
        files: &[FileId],
    ) -> Option<&'b Arc<Self>> {
        let before = before?;
        let at = before.binary_search_by_key(files.first()?, |kept| kept.file).ok()?;
        let is_same = |((old, text), new): (&(FileId, Arc<str>), &FileId)| {
            old == new && Arc::ptr_eq(text, &sources.text(*new).text)
        };
        Some(&before[at]).filter(|kept| {
            kept.texts.len() == files.len() && kept.texts.iter().zip(files).all(is_same)
        })
    }
}
