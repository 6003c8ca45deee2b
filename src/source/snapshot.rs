//! The state of a book's folder from outside: a key for each file and folder, which
//! differs when the file does. Nothing is opened.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use super::file_stamp::FileStamp;

/// The files and folders that belong to a book.
pub(super) const STARTS: [&str; 3] = ["book.toml", "content", "themes"];

/// Ends of names of what editors and tools leave beside a file.
const LEFT_OVER: &[&str] =
    &["~", ".bak", ".orig", ".rej", ".swo", ".swp", ".swx", ".tmp"];

/// Names that systems and editors give to files of their own; `4913` is that by which Vim
/// tries whether it may write.
const OF_SYSTEMS: &[&str] =
    &["4913", "desktop.ini", "ehthumbs.db", "icon\r", "thumbs.db"];

/// Whether a file or folder is part of a book.
pub(super) fn is_visible(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let folders = entry.path().components().rev().skip(1).take(entry.depth());
    let folders: Vec<_> = folders.map(|f| f.as_os_str().to_string_lossy()).collect();
    entry.depth() == 0 || is_name_visible(&name, folders.iter().map(|f| &**f))
}

/// Whether a path in a book's folder is that of a part of it.
pub fn is_part_of_book(path: &str) -> bool {
    let names: Vec<&str> = path.split('/').collect();
    names
        .iter()
        .enumerate()
        .all(|(at, name)| at == 0 || is_name_visible(name, names[..at].iter().copied()))
}

/// Whether a name in some folders is part of a book: hidden ones are not, but for
/// `.well-known` among the assets, nor are those that editors and systems make, nor what a
/// `README.md` says to people who write.
fn is_name_visible<'a>(name: &str, mut folders: impl Iterator<Item = &'a str>) -> bool {
    if name == ".well-known" {
        return folders.any(|folder| folder == "assets");
    }
    if name == "README.md" {
        return folders.any(|folder| ["assets", "themes"].contains(&folder));
    }
    let lower = name.to_lowercase();
    let is_left_over = LEFT_OVER.iter().any(|end| lower.ends_with(end))
        || (name.starts_with('#') && name.ends_with('#'))
        || name.contains("___jb_tmp___")
        || name.contains("___jb_old___")
        || name.starts_with("~$");
    !(name.starts_with('.') || is_left_over || OF_SYSTEMS.contains(&lower.as_str()))
}

/// All that a book's folder holds, as it was at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// By path: what stands there and, if that is a link, what it leads to. Paths are held
    /// as their bytes, which are compared many times faster.
    seen: BTreeMap<OsString, (FileStamp, Option<FileStamp>)>,
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
