//! The files of a book, as they were read.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound::{Included, Unbounded};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rapidhash::v3::rapidhash_v3;

use super::hash::combine_hash;
use super::sandboxed_fs::Root;
use super::snapshot::Snapshot;
use crate::diag::{FileId, Span, Text, Texts};

/// Largest asset, in bytes: what git hosts accept.
pub(super) const ASSET_LIMIT: u64 = 100 << 20;

/// All files of a book, in byte order of their paths.
#[derive(Debug, Default)]
pub struct Sources {
    /// The book's folder.
    pub root: PathBuf,
    /// Text files, by [`FileId`].
    pub(super) texts: Vec<Text>,
    /// Text files by their paths.
    pub(super) by_path: BTreeMap<String, FileId>,
    /// Files that were reported and could not be read; their texts are empty.
    pub(super) unread: BTreeSet<FileId>,
    /// The number of texts that come from the book's folder: the first.
    pub(super) own: usize,
    /// Files that were reported and read all the same.
    pub(super) flawed: BTreeSet<FileId>,
    /// Files that are copied as they are.
    pub(super) assets: Vec<Asset>,
    /// Bytes of further assets that may be held.
    pub(super) room: u64,
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
    pub(super) fn add(&mut self, path: String, text: impl Into<Arc<str>>) -> FileId {
        let id = FileId(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        self.by_path.insert(path.clone(), id);
        self.texts.push(Text { path, text: text.into() });
        id
    }

    /// Takes a file over from what was read before; false if it has to be read.
    pub(super) fn take_over(&mut self, path: &str, before: &Sources) -> bool {
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
    pub(super) fn room_for(&self, path: &str) -> u64 {
        if path.starts_with("content/") { self.room } else { u64::MAX }
    }

    /// Adds an asset, for which there was room if all of it is there.
    pub(super) fn hold(&mut self, asset: Asset, room: u64) {
        if asset.path.starts_with("content/") && asset.rest.is_none() {
            self.room = room.saturating_sub(asset.bytes.len() as u64);
        }
        self.assets.push(asset);
    }

    /// Shares texts that are what they were before, so that they can be told by identity.
    pub(super) fn share(&mut self, before: &Sources) {
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
            Some(_) => {
                let root = Root::open(&self.root).ok()?;
                let bytes = root.read(Path::new(&asset.path), ASSET_LIMIT).ok()?;
                Some(bytes.into())
            }
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
