//! The input and the result of a build's output.

use std::path::Path;

use crate::diag::Diagnostic;

/// The place to write to.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// The output folder; it and its parents need not exist.
    pub out: &'a Path,
    /// The book's own folder, into whose inputs nothing is written.
    pub book: &'a Path,
    /// Stands for everything the site is made from: inputs, options, version.
    pub fingerprint: u64,
}

/// Makes a file by its index.
pub type RenderFile<'a> =
    dyn Fn(usize, &mut Vec<u8>) -> Result<(), Vec<Diagnostic>> + Sync + 'a;

/// The files to write.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    /// The files: relative paths with `/`, sorted, each once.
    pub paths: &'a [String],
    /// Appends the bytes of a file, by its index, to an empty buffer. It is called on any
    /// thread, once a file, and must give the same bytes each time.
    pub render_file: &'a RenderFile<'a>,
    /// Whether the path of a file, by its index, stands for all its bytes: one of the old
    /// site of that path is then kept as it is, and not produced.
    pub is_content_addressed: &'a (dyn Fn(usize) -> bool + Sync),
    /// Is called, on any thread, when a file is done.
    pub progress: &'a (dyn Fn() + Sync),
}

/// The changes of a build to the output; a file is in at most one of the lists, which
/// are sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that were not there.
    pub added: Vec<String>,
    /// Files that were there, and not the same.
    pub changed: Vec<String>,
    /// Files of the old site that this one does not have.
    pub removed: Vec<String>,
    /// The number of files that were there, and the same.
    pub kept: usize,
    /// The size of all files of the site together.
    pub bytes: u64,
}

impl Changes {
    /// The number of files that were written.
    pub fn written(&self) -> usize {
        self.added.len() + self.changed.len()
    }
}
