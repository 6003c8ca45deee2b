//! The source room: a book's files as values. `root` -> [`Sources`].
//!
//! Walks `book.toml`, `content/` and `themes/`, reads every file beneath the book's folder
//! and nothing outside it, and adds the files of the built-in theme. Law: the only room
//! that reads a book from disk; what is no UTF-8, no plain file, or too large is reported
//! and left out.

mod beneath;
mod builtin;
mod find;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound::{Included, Unbounded};
use std::path::PathBuf;
use std::sync::Arc;

use rapidhash::v3::rapidhash_v3;

use crate::diag::{Diagnostics, FileId, Span, Text, Texts};

pub use find::find_root;

/// All files of a book, in byte order of their paths.
#[derive(Debug, Default)]
pub struct Sources {
    /// The book's folder.
    pub root: PathBuf,
    /// Text files, by [`FileId`].
    texts: Vec<Text>,
    /// Text files by their paths.
    by_path: BTreeMap<String, FileId>,
    /// Files that were reported and could not be read; their texts are empty.
    unread: BTreeSet<FileId>,
    /// Files that are copied as they are.
    assets: Vec<Asset>,
}

/// A file that is copied as it is: below `content/assets/` or a theme's `assets/`.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Path as it is shown: relative to the book's folder, with `/`.
    pub path: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

impl Texts for Sources {
    fn text(&self, file: FileId) -> &Text {
        &self.texts[file.0 as usize]
    }
}

impl Sources {
    /// Text files that could be read, with their ids, in byte order of their paths; those
    /// of the built-in theme last.
    pub fn texts(&self) -> impl Iterator<Item = (FileId, &Text)> {
        (0..).map(FileId).zip(&self.texts).filter(|(id, _)| !self.unread.contains(id))
    }

    /// Text files that could not be read, which has been reported.
    pub fn unread(&self) -> impl Iterator<Item = (FileId, &Text)> {
        self.unread.iter().map(|id| (*id, &self.texts[id.0 as usize]))
    }

    /// The text file of a path, even if it could not be read.
    pub fn named(&self, path: &str) -> Option<FileId> {
        self.by_path.get(path).copied()
    }

    /// Whether there are text files below a folder, which is given with a `/` at its end,
    /// even if they could not be read.
    pub fn has_folder(&self, folder: &str) -> bool {
        let mut after = self.by_path.range::<str, _>((Included(folder), Unbounded));
        after.next().is_some_and(|(path, _)| path.starts_with(folder))
    }

    /// Adds a text and names it.
    fn add(&mut self, path: String, text: String) -> FileId {
        let id = FileId(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        self.by_path.insert(path.clone(), id);
        self.texts.push(Text { path, text });
        id
    }

    /// Text files below a folder, which is given with a `/` at its end.
    pub fn below<'a>(
        &'a self,
        folder: &'a str,
    ) -> impl Iterator<Item = (FileId, &'a Text)> {
        self.texts().filter(move |(_, text)| text.path.starts_with(folder))
    }

    /// The text file of a path.
    pub fn find(&self, path: &str) -> Option<FileId> {
        self.named(path).filter(|id| !self.unread.contains(id))
    }

    /// Assets below a folder, which is given with a `/` at its end.
    pub fn assets<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a Asset> {
        self.assets.iter().filter(move |asset| asset.path.starts_with(folder))
    }

    /// The text a span covers.
    pub fn slice(&self, span: Span) -> &str {
        self.text(span.file).text.get(span.range()).unwrap_or_default()
    }

    /// A hash over all paths and bytes, by which an unchanged book is recognised.
    pub fn fingerprint(&self) -> u64 {
        let texts = self.texts.iter().map(|t| (t.path.as_str(), t.text.as_bytes()));
        let assets = self.assets.iter().map(|a| (a.path.as_str(), &*a.bytes));
        texts
            .chain(assets)
            .fold(0, |hash, (path, bytes)| mixed(mixed(hash, path.as_bytes()), bytes))
    }
}

/// A hash of a hash and more bytes; where one ends and the next begins makes a difference.
pub fn mixed(hash: u64, bytes: &[u8]) -> u64 {
    let parts = [hash.to_le_bytes(), rapidhash_v3(bytes).to_le_bytes()];
    rapidhash_v3(parts.as_flattened())
}

/// Reads a book's folder.
///
/// Files that cannot be read are reported and left out; a missing `book.toml` is an error
/// of its own, found by [`find_root`].
pub fn load(root: &std::path::Path, diags: &mut Diagnostics) -> Sources {
    let mut sources = Sources { root: root.to_path_buf(), ..Sources::default() };
    walk::walk(&mut sources, diags);
    builtin::add(&mut sources);
    sources.assets.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}
