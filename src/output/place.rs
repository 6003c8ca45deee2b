//! The output folder, and the names beside it that are ours.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};

use rustix::fs::RenameFlags;
use rustix::io::Errno;

use super::error::{failed, refused};
use super::folder::Folder;
use super::job::Options;
use crate::diag::Diagnostic;

/// Folders of a book that are read; nothing may be written inside them.
const INPUTS: [&str; 2] = ["content", "themes"];

/// The suffix of the stage's name, which is the site before last.
pub(super) const SPARE: &str = "spare";
/// The suffix of an old site's name while an exchange takes more than one step.
pub(super) const OLD: &str = "old";
/// The suffix of the name of the file that is locked.
pub(super) const LOCK: &str = "lock";

/// An output folder's parent and its name there.
#[derive(Debug)]
pub(super) struct Place {
    /// The folder it stands in, which exists.
    pub(super) parent: Folder,
    /// Its name there.
    pub(super) name: OsString,
}

impl Place {
    /// Finds the place of an output folder, making its parents; refuses what is not a
    /// folder, and what overlaps the book. Links on the way are followed first, and paths
    /// compared part by part. The output itself must not be a link, as exchanging it would
    /// replace the link and not what it leads to.
    pub(super) fn find(options: &Options) -> Result<Self, Diagnostic> {
        let out = options.out;
        let real = find_real(out)?;
        check_apart_from_book(out, &real, options.book)?;
        let (Some(parent), Some(name)) = (real.parent(), real.file_name()) else {
            return Err(refused(format!("`{}` cannot be replaced", out.display())));
        };
        std::fs::create_dir_all(parent).map_err(|cause| failed("make", parent, cause))?;
        // Messages name what was asked for; `.` and the like have no name to use.
        let shown = if out.file_name().is_some() { out } else { &*real };
        let shown = shown.parent().unwrap_or(Path::new("")).to_path_buf();
        let parent = Folder::open(parent, shown)?;
        Ok(Self { parent, name: name.to_os_string() })
    }

    /// The name of something that stands beside the output for a while: `.NAME.what`.
    pub(super) fn beside(&self, what: &str) -> OsString {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(".");
        name.push(what);
        name
    }

    /// Renames something that stands in the parent to a name that nothing has.
    pub(super) fn rename_free(&self, from: &OsStr, to: &OsStr) -> rustix::io::Result<()> {
        let parent = &self.parent;
        match rustix::fs::renameat_with(parent, from, parent, to, RenameFlags::NOREPLACE)
        {
            // Some file systems know no flags. The lock keeps other builds away meanwhile.
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {
                match parent.stat(to) {
                    Ok(_) => Err(Errno::EXIST),
                    Err(Errno::NOENT) => rustix::fs::renameat(parent, from, parent, to),
                    Err(cause) => Err(cause),
                }
            }
            done => done,
        }
    }

    /// A failure before anything was shown: the old site stands as it did.
    pub(super) fn failed(&self, verb: &str, path: &Path, cause: Errno) -> Diagnostic {
        failed(verb, path, cause)
            .note(format!("`{}` is as it was", self.shown().display()))
    }

    /// The output folder as messages name it.
    pub(super) fn shown(&self) -> PathBuf {
        self.parent.at(&self.name)
    }
}

/// Refuses a file that would stand among a book's inputs, and makes the folder it is in.
pub(super) fn check_file(out: &Path, book: &Path) -> Result<(), Diagnostic> {
    let absolute =
        std::path::absolute(out).map_err(|cause| failed("find", out, cause))?;
    let (Some(parent), Some(name)) = (absolute.parent(), absolute.file_name()) else {
        return Err(refused(format!("`{}` cannot be a file", out.display())));
    };
    let parent_failed = |cause: io::Error| failed("find", parent, cause);
    let real = resolve(parent).map_err(parent_failed)?.join(name);
    check_apart_from_book(out, &real, book)?;
    std::fs::create_dir_all(parent).map_err(|cause| failed("make", parent, cause))
}

fn find_real(out: &Path) -> Result<PathBuf, Diagnostic> {
    let failed = |cause: io::Error| failed("find", out, cause);
    // Collecting the parts drops a last `/`, through which a link would not look like one.
    let absolute: PathBuf =
        std::path::absolute(out).map_err(failed)?.components().collect();
    match absolute.symlink_metadata() {
        Ok(found) if found.is_symlink() => {
            let refused = refused(format!("`{}` is a link", out.display()));
            return Err(match absolute.canonicalize() {
                Ok(target) => refused
                    .hint(format!("or write to `{}`, where it leads", target.display())),
                Err(_) => refused,
            });
        }
        Ok(found) if !found.is_dir() => {
            return Err(refused(format!("`{}` is not a folder", out.display())));
        }
        Ok(_) => {}
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
        Err(cause) => return Err(failed(cause)),
    }
    resolve(&absolute).map_err(failed)
}

/// The path without links and `..`; its last parts need not exist yet.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    match path.canonicalize() {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
            match (path.parent(), path.file_name()) {
                (Some(parent), Some(name)) => Ok(resolve(parent)?.join(name)),
                _ => Err(cause),
            }
        }
        resolved => resolved,
    }
}

fn check_apart_from_book(out: &Path, real: &Path, book: &Path) -> Result<(), Diagnostic> {
    let out = out.display();
    let resolve = |path: &Path| resolve(path).unwrap_or_else(|_| path.to_path_buf());
    let root = resolve(book);
    if real == root {
        return Err(refused(format!("`{out}` is the book's own folder")));
    }
    if root.starts_with(real) {
        return Err(refused(format!("`{out}` holds the book")));
    }
    for name in INPUTS {
        let input = resolve(&book.join(name));
        if real.starts_with(&input) {
            return Err(refused(format!("`{out}` is inside the book's `{name}`")));
        }
        if input.starts_with(real) {
            return Err(refused(format!("`{out}` holds the book's `{name}`")));
        }
    }
    Ok(())
}
