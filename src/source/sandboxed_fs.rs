//! Opens files beneath the book's folder, and nowhere else.
//!
//! The kernel holds the border (`openat2` with `RESOLVE_BENEATH`), so that no link, however
//! it is chained or swapped while we look, can lead a read outside. Needs Linux 5.6.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::fs::{Mode, OFlags, ResolveFlags};
use rustix::io::Errno;

use super::snapshot::FileStamp;

/// Bytes that are read of a file which is left on disk: images say their size in them.
const FIRST: u64 = 64 << 10;

/// A book's folder, opened once.
pub(super) struct Root {
    folder: OwnedFd,
}

/// The reason why a file was not read.
pub(super) enum Refusal {
    /// A link on the way leads out of the book's folder.
    Outside,
    /// A link on the way leads round in a circle.
    Loop,
    /// It is a pipe, a socket or a device.
    Special,
    /// Its name is not UTF-8.
    Name,
    /// It has more bytes than are read.
    TooLarge,
    /// The system said no.
    Io(io::Error),
}

impl From<Errno> for Refusal {
    fn from(errno: Errno) -> Self {
        match errno {
            Errno::XDEV => Refusal::Outside,
            Errno::LOOP => Refusal::Loop,
            // A socket cannot be opened at all.
            Errno::NXIO => Refusal::Special,
            other => Refusal::Io(other.into()),
        }
    }
}

impl Root {
    /// Opens the folder.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(Self { folder: rustix::fs::open(path, flags, Mode::empty())? })
    }

    /// Reads a plain file of at most `limit` bytes, by its path below the folder.
    pub(super) fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, Refusal> {
        let (file, meta) = self.file(path, limit)?;
        let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or(0) + 1);
        file.take(limit + 1).read_to_end(&mut bytes).map_err(Refusal::Io)?;
        Ok(bytes)
    }

    /// Reads a plain file of at most `limit` bytes if it has no more than `room`, or else
    /// the first of them, with what tells the file from another of its name.
    pub(super) fn read_within(
        &self,
        path: &Path,
        limit: u64,
        room: u64,
    ) -> Result<(Vec<u8>, Option<FileStamp>), Refusal> {
        let (file, meta) = self.file(path, limit)?;
        let is_whole = meta.len() <= room;
        let most = if is_whole { limit + 1 } else { FIRST.min(meta.len()) };
        let size = usize::try_from(meta.len().min(most)).unwrap_or(0);
        let mut bytes = Vec::with_capacity(size + 1);
        file.take(most).read_to_end(&mut bytes).map_err(Refusal::Io)?;
        Ok((bytes, (!is_whole).then(|| FileStamp::of(&meta))))
    }

    /// Opens a plain file of at most `limit` bytes.
    fn file(&self, path: &Path, limit: u64) -> Result<(File, Metadata), Refusal> {
        // NONBLOCK: opening a pipe must not wait for its writer.
        let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK;
        let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_MAGICLINKS;
        let fd = loop {
            let result =
                rustix::fs::openat2(&self.folder, path, flags, Mode::empty(), resolve);
            match result {
                // The kernel asks for another try when a folder moved meanwhile.
                Err(Errno::AGAIN | Errno::INTR) => {}
                other => break other?,
            }
        };
        let file = File::from(fd);
        let meta = file.metadata().map_err(Refusal::Io)?;
        if !meta.is_file() {
            return Err(Refusal::Special);
        }
        if meta.len() > limit {
            return Err(Refusal::TooLarge);
        }
        Ok((file, meta))
    }
}
