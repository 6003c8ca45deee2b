//! The state of a book's folder from outside: a key for each file and folder, which
//! differs when the file does. Nothing is opened.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use walkdir::WalkDir;

use super::walk::{STARTS, is_visible};

/// All that a book's folder holds, as it was at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// By path: what stands there and, if that is a link, what it leads to. Paths are held
    /// as their bytes, which are compared many times faster.
    seen: BTreeMap<OsString, (FileStamp, Option<FileStamp>)>,
}

/// The stamp of a file, which detects a change. Times are compared, never ordered: an older
/// file may take a newer one's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FileStamp {
    identity: (u64, u64),
    mode: u32,
    /// Size, and the times of the last changes of bytes and of the inode; not of folders,
    /// whose times change with every hidden file.
    state: Option<(u64, [i64; 4])>,
}

impl FileStamp {
    /// The key of what this was said of.
    pub(super) fn of(meta: &Metadata) -> Self {
        let times = || [meta.mtime(), meta.mtime_nsec(), meta.ctime(), meta.ctime_nsec()];
        Self {
            identity: (meta.dev(), meta.ino()),
            mode: meta.mode(),
            state: (!meta.is_dir()).then(|| (meta.size(), times())),
        }
    }
}

impl FileStamp {
    /// The key as a number.
    pub(super) fn hash(self) -> u64 {
        let (size, times) = self.state.unwrap_or_default();
        let parts = [self.identity.0, self.identity.1, size];
        let parts = parts.into_iter().chain(times.map(i64::cast_unsigned));
        parts.fold(0, |hash, part| super::combine_hash(hash, &part.to_le_bytes()))
    }
}

impl Snapshot {
    /// Looks at a book's folder. What cannot be looked at counts as not there; that it
    /// cannot is found when the book is read.
    pub fn of(root: &Path) -> Self {
        let mut seen = BTreeMap::new();
        if let Ok(meta) = root.metadata() {
            seen.insert(root.as_os_str().to_owned(), (FileStamp::of(&meta), None));
        }
        for start in STARTS {
            let walk = WalkDir::new(root.join(start)).follow_root_links(false);
            let entries = walk.into_iter().filter_entry(is_visible);
            for entry in entries.filter_map(Result::ok) {
                let Ok(meta) = entry.metadata() else { continue };
                let target = entry.path_is_symlink().then(|| entry.path().metadata());
                let target = target.and_then(|meta| Some(FileStamp::of(&meta.ok()?)));
                seen.insert(
                    entry.into_path().into_os_string(),
                    (FileStamp::of(&meta), target),
                );
            }
        }
        Self { seen }
    }

    /// Its folders, the book's own among them, each with what tells it from another of its
    /// name.
    pub fn folders(&self) -> impl Iterator<Item = (&Path, (u64, u64))> {
        let folders = self.seen.iter().filter(|(_, (key, _))| key.state.is_none());
        folders.map(|(path, (key, _))| (Path::new(path), key.identity))
    }

    /// Whether a file looks the same in both.
    pub(super) fn agrees(&self, other: &Self, path: &Path) -> bool {
        let key = self.seen.get(path.as_os_str());
        key.is_some() && key == other.seen.get(path.as_os_str())
    }
}
