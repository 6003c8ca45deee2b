//! A book's files as values. `root` -> [`Sources`].
//!
//! Walks `book.toml`, `content/` and `themes/`, reads every file beneath the book's folder
//! and nothing outside it, and adds the files of the built-in theme. The only module
//! that reads a book from disk; what is no UTF-8, no plain file, or too large is reported
//! and left out.

mod sandboxed_fs;
mod builtin;
mod file_stamp;
mod find;
mod hash;
mod snapshot;
mod sources;
mod walk;

use std::path::Path;

use crate::diag::Diagnostics;

pub use find::find_root;
pub use hash::combine_hash;
pub use snapshot::{Snapshot, is_part_of_book};
pub use sources::{Asset, PreviousFiles, Sources};

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
    use std::sync::Arc;

    use super::*;
    use crate::diag::Texts;

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
