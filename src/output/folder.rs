//! Folders as open file descriptors.
//!
//! Everything inside is reached by a relative path from the descriptor, so that it stays
//! the same folder while names around it are exchanged; the path is kept for messages only.
//! No link is ever followed to the thing that is opened or removed.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::Write;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::{Display, Path, PathBuf};

use rustix::fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags, Stat};
use rustix::io::{Errno, Result};

use super::error::failed;
use super::manifest::{MANIFEST, Manifest, PART, Standing};
use crate::diag::Diagnostic;

/// Mode of every file of a site: a web server of another user must be able to read it.
pub(super) const FILE_MODE: Mode = Mode::from_raw_mode(0o644);
/// Mode of every folder of a site.
pub(super) const FOLDER_MODE: Mode = Mode::from_raw_mode(0o755);

/// An open folder.
#[derive(Debug)]
pub(super) struct Folder {
    fd: OwnedFd,
    shown: PathBuf,
}

impl AsFd for Folder {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }
}

impl Folder {
    /// Opens a folder; `shown` is how messages name it.
    pub(super) fn open(
        real: &Path,
        shown: PathBuf,
    ) -> std::result::Result<Self, Diagnostic> {
        match rustix::fs::openat(CWD, real, folder_flags(), Mode::empty()) {
            Ok(fd) => Ok(Self { fd, shown }),
            Err(cause) => Err(failed("open", &shown, cause)),
        }
    }

    /// Opens a folder that stands in this one; `None` where nothing does.
    pub(super) fn find(&self, name: &OsStr) -> Result<Option<Self>> {
        match self.descend(name) {
            Ok(folder) => Ok(Some(folder)),
            Err(Errno::NOENT) => Ok(None),
            Err(Errno::LOOP) => Err(Errno::NOTDIR),
            Err(cause) => Err(cause),
        }
    }

    fn descend(&self, path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let flags = folder_flags() | OFlags::NOFOLLOW;
        let fd = rustix::fs::openat(&self.fd, path, flags, Mode::empty())?;
        Ok(Self { fd, shown: self.at(path) })
    }

    /// The folder as messages name it.
    pub(super) fn shown(&self) -> Display<'_> {
        self.shown.display()
    }

    /// A path in this folder as messages name it.
    pub(super) fn at(&self, path: impl AsRef<Path>) -> PathBuf {
        self.shown.join(path)
    }

    /// A failure at a path in this folder.
    pub(super) fn failed(
        &self,
        verb: &str,
        path: impl AsRef<Path>,
        cause: impl Into<std::io::Error>,
    ) -> Diagnostic {
        failed(verb, &self.at(path), cause)
    }

    /// The entries of a folder below this one (`.` for itself), in order of name.
    pub(super) fn entries(&self, path: &str) -> Result<Vec<(OsString, FileType)>> {
        let mut dir = Dir::new(self.descend(path)?.fd)?;
        let mut entries = Vec::new();
        while let Some(entry) = dir.read() {
            let entry = entry?;
            let name = entry.file_name();
            if name == c"." || name == c".." {
                continue;
            }
            let kind = match entry.file_type() {
                // Some file systems leave the type to a second question.
                FileType::Unknown => FileType::from_raw_mode(
                    rustix::fs::statat(dir.fd()?, name, AtFlags::SYMLINK_NOFOLLOW)?
                        .st_mode,
                ),
                kind => kind,
            };
            entries.push((OsStr::from_bytes(name.to_bytes()).to_os_string(), kind));
        }
        entries.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        Ok(entries)
    }

    /// The metadata of a path, without opening it.
    pub(super) fn stat(&self, path: impl AsRef<Path>) -> Result<Stat> {
        rustix::fs::statat(&self.fd, path.as_ref(), AtFlags::SYMLINK_NOFOLLOW)
    }

    /// Reads a regular file into a buffer, in the place of what was there, and returns the
    /// file's mode. Anything else, such as a pipe, is not waited for.
    pub(super) fn read(&self, path: &str, into: &mut Vec<u8>) -> Result<Mode> {
        let flags =
            OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let fd = rustix::fs::openat(&self.fd, path, flags, Mode::empty())?;
        let stat = rustix::fs::fstat(&fd)?;
        if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile {
            return Err(Errno::INVAL);
        }
        into.clear();
        // One byte more, so that reading ends with no second look at the size.
        into.reserve(usize::try_from(stat.st_size).unwrap_or(0).saturating_add(1));
        while rustix::io::read(&fd, rustix::buffer::spare_capacity(into))? > 0 {
            into.reserve(1);
        }
        Ok(Mode::from_raw_mode(stat.st_mode))
    }

    /// Puts the manifest in place, whole at any moment.
    pub(super) fn write_manifest(&self, manifest: &Manifest) -> Result<()> {
        self.create(PART, &manifest.to_bytes())?;
        self.rename(PART, MANIFEST)
    }

    /// Renames a file, in the place of any other.
    pub(super) fn rename(&self, from: &str, to: &str) -> Result<()> {
        rustix::fs::renameat(&self.fd, from, &self.fd, to)
    }

    /// Writes a file that must not exist yet. Its mode is ours, whatever the umask.
    pub(super) fn create(&self, path: &str, bytes: &[u8]) -> Result<()> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
        let fd = rustix::fs::openat(&self.fd, path, flags, FILE_MODE)?;
        // Looking is cheaper than setting, and the umask is right nearly always.
        if rustix::fs::fstat(&fd)?.st_mode & 0o777 != FILE_MODE.as_raw_mode() {
            rustix::fs::fchmod(&fd, FILE_MODE)?;
        }
        File::from(fd).write_all(bytes).map_err(errno)
    }

    /// Makes a folder, if there is none. Its mode is ours, whatever the umask.
    pub(super) fn ensure(&self, path: impl AsRef<Path>) -> Result<()> {
        let path = path.as_ref();
        match rustix::fs::mkdirat(&self.fd, path, FOLDER_MODE) {
            Ok(()) | Err(Errno::EXIST) => {}
            Err(cause) => return Err(cause),
        }
        let found = self.stat(path)?;
        if found.st_mode & 0o777 != FOLDER_MODE.as_raw_mode() {
            rustix::fs::chmodat(&self.fd, path, FOLDER_MODE, AtFlags::empty())?;
        }
        Ok(())
    }

    /// Removes a file, if there is one.
    pub(super) fn remove(&self, path: impl AsRef<Path>) -> Result<()> {
        gone(rustix::fs::unlinkat(&self.fd, path.as_ref(), AtFlags::empty()))
    }

    /// Removes a folder, if there is one and it is empty.
    pub(super) fn remove_empty(&self, path: impl AsRef<Path>) -> Result<()> {
        match rustix::fs::unlinkat(&self.fd, path.as_ref(), AtFlags::REMOVEDIR) {
            Err(Errno::NOTEMPTY | Errno::EXIST) => Ok(()),
            done => gone(done),
        }
    }

    /// Removes every file that a manifest lists, and the folders that this empties, but
    /// not the manifest itself: it goes last of all, so that the next build knows the rest
    /// as ours if this is interrupted.
    pub(super) fn clear(&self, manifest: &Manifest) -> Result<()> {
        self.remove(PART)?;
        self.clear_below("", manifest)
    }

    // Each folder is opened from the one above it: a link put in the place of a folder
    // leads nowhere.
    fn clear_below(&self, below: &str, manifest: &Manifest) -> Result<()> {
        for (name, kind) in self.entries(".")? {
            let path = format!("{below}{}", name.to_string_lossy());
            match Standing::of(manifest, &path, &name, kind) {
                Standing::Manifest | Standing::Foreign => {}
                Standing::File => self.remove(&name)?,
                Standing::Folder => {
                    self.descend(&name)?.clear_below(&format!("{path}/"), manifest)?;
                    self.remove_empty(&name)?;
                }
            }
        }
        Ok(())
    }
}

fn folder_flags() -> OFlags {
    OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC
}

/// Takes "it is not there" for done. A manifest that was written before its files may list
/// one name as a file and as a folder, of which there is at most one.
fn gone(removed: Result<()>) -> Result<()> {
    match removed {
        Err(Errno::NOENT | Errno::NOTDIR | Errno::ISDIR) => Ok(()),
        done => done,
    }
}

fn errno(cause: std::io::Error) -> Errno {
    Errno::from_io_error(&cause).unwrap_or(Errno::IO)
}
