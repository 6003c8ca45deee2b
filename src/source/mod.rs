//! A book's files as values. `root` -> [`Sources`].
//!
//! Walks `book.toml`, `content/` and `themes/`, reads every file beneath the book's folder
//! and nothing outside it, and adds the files of the built-in theme. The only module
//! that reads a book from disk; what is no UTF-8, no plain file, or too large is reported
//! and left out.

mod sandboxed_fs;
mod builtin;
mod find;
mod snapshot;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound::{Included, Unbounded};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rapidhash::v3::rapidhash_v3;

use crate::diag::{Diagnostics, FileId, Span, Text, Texts};

pub use find::find_root;
pub use snapshot::Snapshot;

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
    /// The number of texts that come from the book's folder: the first.
    own: usize,
    /// Files that were reported and read all the same.
    flawed: BTreeSet<FileId>,
    /// Files that are copied as they are.
    assets: Vec<Asset>,
    /// Bytes of further assets that may be held.
    room: u64,
}

/// A file that is copied as it is: below `content/assets/` or a theme's `assets/`.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Path as it is shown: relative to the book's folder, with `/`.
    pub path: String,
    /// Its bytes, or the first of them if the rest stays on disk.
    pub bytes: Arc<[u8]>,
    /// The stamp of the rest of the file, which detects a change; none if all of it was read.
    pub rest: Option<u64>,
}

impl Asset {
    /// A hash of its bytes, and of what tells those on disk from others.
    fn hash(&self) -> u64 {
        let hash = rapidhash_v3(&self.bytes);
        self.rest.map_or(hash, |rest| combine_hash(hash, &rest.to_le_bytes()))
    }
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

    /// The path on disk of a text file; none if it is a file of the built-in theme, or its
    /// name is no UTF-8 and so not known.
    pub fn on_disk(&self, file: FileId) -> Option<PathBuf> {
        let path = &self.text(file).path;
        let is_there = (file.0 as usize) < self.own && !path.contains('\u{fffd}');
        is_there.then(|| self.root.join(path))
    }

    /// Whether there are text files below a folder, which is given with a `/` at its end,
    /// even if they could not be read.
    pub fn has_folder(&self, folder: &str) -> bool {
        let mut after = self.by_path.range::<str, _>((Included(folder), Unbounded));
        after.next().is_some_and(|(path, _)| path.starts_with(folder))
    }

    /// Adds a text and names it.
    fn add(&mut self, path: String, text: impl Into<Arc<str>>) -> FileId {
        let id = FileId(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        self.by_path.insert(path.clone(), id);
        self.texts.push(Text { path, text: text.into() });
        id
    }

    /// Takes a file over from what was read before; false if it has to be read.
    fn take_over(&mut self, path: &str, before: &Sources) -> bool {
        if let Some(id) = before.find(path) {
            let is_sound = !before.flawed.contains(&id);
            if is_sound {
                self.add(path.to_owned(), before.text(id).text.clone());
            }
            return is_sound;
        }
        let found = before.assets.binary_search_by(|asset| asset.path.as_str().cmp(path));
        let Some(asset) = found.ok().map(|at| &before.assets[at]) else { return false };
        let size = asset.bytes.len() as u64;
        let room = self.room_for(path);
        if asset.rest.is_some() || size > room {
            return false;
        }
        self.hold(asset.clone(), room);
        true
    }

    /// The most bytes of an asset that are held. Only the site's own files can be many and
    /// large; a theme's are few.
    fn room_for(&self, path: &str) -> u64 {
        if path.starts_with("content/") { self.room } else { u64::MAX }
    }

    /// Adds an asset, for which there was room if all of it is there.
    fn hold(&mut self, asset: Asset, room: u64) {
        if asset.path.starts_with("content/") && asset.rest.is_none() {
            self.room = room.saturating_sub(asset.bytes.len() as u64);
        }
        self.assets.push(asset);
    }

    /// Shares texts that are what they were before, so that they can be told by identity.
    fn share(&mut self, before: &Sources) {
        for text in &mut self.texts {
            let old = before.named(&text.path).map(|id| before.text(id));
            if let Some(old) = old.filter(|old| old.text == text.text) {
                text.text = old.text.clone();
            }
        }
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

    /// All bytes of an asset, by its position below `content/assets/`; none if it was left
    /// on disk and is not there any more.
    pub fn whole(&self, position: usize) -> Option<Arc<[u8]>> {
        let asset = self.assets("content/assets/").nth(position)?;
        match asset.rest {
            None => Some(asset.bytes.clone()),
            Some(_) => walk::read_asset(&self.root, &asset.path).map(Arc::from),
        }
    }

    /// The text a span covers.
    pub fn slice(&self, span: Span) -> &str {
        self.text(span.file).text.get(span.range()).unwrap_or_default()
    }

    /// A hash of each file of the book's folder, by its path; files of the built-in theme
    /// that the book does not have are among them.
    pub fn hashes(&self) -> BTreeMap<String, u64> {
        let texts = self.texts.iter();
        let texts = texts.map(|t| (t.path.clone(), rapidhash_v3(t.text.as_bytes())));
        texts.chain(self.assets.iter().map(|a| (a.path.clone(), a.hash()))).collect()
    }

    /// A hash over all paths and bytes, by which an unchanged book is recognised.
    pub fn fingerprint(&self) -> u64 {
        let texts = self.texts.iter().map(|t| (t.path.as_str(), t.text.as_bytes()));
        let assets = self.assets.iter().map(|a| (a.path.as_str(), &*a.bytes));
        texts.chain(assets).fold(0, |hash, (path, bytes)| {
            combine_hash(combine_hash(hash, path.as_bytes()), bytes)
        })
    }
}

/// A hash of a hash and more bytes; where one ends and the next begins makes a difference.
pub fn combine_hash(hash: u64, bytes: &[u8]) -> u64 {
    let parts = [hash.to_le_bytes(), rapidhash_v3(bytes).to_le_bytes()];
    rapidhash_v3(parts.as_flattened())
}

/// A snapshot of a book from an earlier reading.
#[derive(Debug, Clone, Copy)]
pub struct PreviousFiles<'a> {
    /// Its files.
    pub sources: &'a Sources,
    /// The state of the folder when the files had certainly been read: so long after their
    /// last change that another one would be seen in their times.
    pub then: &'a Snapshot,
    /// The state of the folder now.
    pub now: &'a Snapshot,
}

/// Options for reading a book's folder.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// Bytes of copied files that are held; the others stay on disk until they are asked for
    /// by [`Sources::whole`].
    pub room: u64,
    /// The earlier snapshot, whose unchanged files are taken over.
    pub before: Option<PreviousFiles<'a>>,
}

/// Reads a book's folder.
///
/// Files that cannot be read are reported and left out; a missing `book.toml` is an error
/// of its own, found by [`find_root`].
pub fn load(root: &Path, diags: &mut Diagnostics) -> Sources {
    load_with(root, Options { room: u64::MAX, before: None }, diags)
}

/// Reads a book's folder as it is said.
pub fn load_with(root: &Path, options: Options<'_>, diags: &mut Diagnostics) -> Sources {
    let room = options.room;
    let mut sources = Sources { root: root.to_path_buf(), room, ..Sources::default() };
    walk::walk(&mut sources, options.before, diags);
    sources.own = sources.texts.len();
    builtin::add(&mut sources);
    sources.assets.sort_by(|a, b| a.path.cmp(&b.path));
    if let Some(before) = options.before {
        sources.share(before.sources);
    }
    sources
}

#[cfg(test)]
mod tests {
    use std::fs::{File, create_dir_all};
    use std::io::Write;

    use super::*;

    fn write(folder: &Path, path: &str, bytes: &[u8]) {
        let path = folder.join(path);
        create_dir_all(path.parent().unwrap()).unwrap();
        File::create(path).unwrap().write_all(bytes).unwrap();
    }

    #[test]
    fn files_beyond_the_room_for_them_stay_on_disk() {
        let folder = tempfile::tempdir().unwrap();
        let large = vec![b'x'; 100_000];
        write(folder.path(), "content/assets/a.txt", b"12345");
        write(folder.path(), "content/assets/b.bin", &large);
        write(folder.path(), "content/assets/c.txt", b"678");
        write(folder.path(), "themes/mine/assets/d.bin", &large);
        let load = |room| {
            let options = Options { room, before: None };
            load_with(folder.path(), options, &mut Diagnostics::new())
        };
        let sources = load(10);
        let assets = sources.assets("content/");
        let held: Vec<_> = assets.map(|a| (a.bytes.len(), a.rest.is_some())).collect();
        assert_eq!(held, [(5, false), (65_536, true), (3, false)]);
        let theme = sources.assets("themes/mine/").map(|asset| asset.bytes.len());
        assert_eq!(theme.collect::<Vec<_>>(), [100_000]);
        assert_eq!(sources.whole(1).as_deref(), Some(&*large));
        assert_eq!(sources.whole(2).as_deref(), Some(&b"678"[..]));
        assert_eq!(sources.hashes(), load(10).hashes());
        let mut other = large.clone();
        other[99_999] = b'y';
        write(folder.path(), "content/assets/b.bin", &other);
        assert_ne!(sources.hashes(), load(10).hashes());
        assert_eq!(load(u64::MAX).whole(1).as_deref(), Some(&*other));
    }

    #[test]
    fn what_looks_the_same_is_taken_over_and_all_else_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        write(root, "book.toml", b"[book]\n");
        write(root, "content/a.md", b"a");
        write(root, "content/b.md", b"b\xff");
        write(root, "content/assets/c.bin", &[0; 100]);
        let mut diags = Diagnostics::new();
        let sources = load(root, &mut diags);
        assert_eq!(diags.count(crate::diag::Severity::Error), 1);
        let then = Snapshot::of(root);
        write(root, "content/a.md", b"A");
        write(root, "content/0.md", b"0");
        let now = Snapshot::of(root);
        let again = |room, then, now| {
            let before = Some(PreviousFiles { sources: &sources, then, now });
            let mut diags = Diagnostics::new();
            let sources = load_with(root, Options { room, before }, &mut diags);
            // What was found at a file is found again.
            assert_eq!(diags.count(crate::diag::Severity::Error), 1);
            sources
        };
        let next = again(u64::MAX, &then, &now);
        assert_eq!(next.hashes(), load(root, &mut Diagnostics::new()).hashes());
        let text = |sources: &Sources, path: &str| {
            sources.text(sources.find(path).unwrap()).text.clone()
        };
        assert!(Arc::ptr_eq(&text(&sources, "book.toml"), &text(&next, "book.toml")));
        let built_in = "themes/default/templates/base.html";
        assert!(Arc::ptr_eq(&text(&sources, built_in), &text(&next, built_in)));
        assert_eq!(&*text(&next, "content/a.md"), "A");
        assert!(again(99, &then, &now).assets[0].rest.is_some());
        // Looks alone count: a file that seems as it was is not read.
        let stale = again(u64::MAX, &now, &now);
        assert_eq!(&*text(&stale, "content/a.md"), "a");
    }

    #[test]
    fn a_scan_differs_when_a_file_does_and_not_for_hidden_ones() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "content/a.md", b"1");
        let before = Snapshot::of(folder.path());
        write(folder.path(), "content/.a.md.swp", b"1");
        write(folder.path(), "content/a.md~", b"1");
        write(folder.path(), "elsewhere/a.md", b"1");
        assert_eq!(Snapshot::of(folder.path()), before);
        let folders: Vec<_> = before.folders().map(|(path, _)| path).collect();
        assert_eq!(folders, [folder.path(), &folder.path().join("content")]);
        write(folder.path(), "content/a.md", b"2");
        let changed = Snapshot::of(folder.path());
        assert_ne!(changed, before);
        write(folder.path(), "themes/x/theme.toml", b"");
        assert_ne!(Snapshot::of(folder.path()), changed);
    }
}
