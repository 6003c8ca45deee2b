//! One build at a time: `.NAME.lock` beside the output, locked with `flock`.
//!
//! The kernel frees the lock when its process dies, so there is none to be cleared by hand.
//! The file is removed at the end, by the one who holds the lock; a build that opened it
//! just before then finds that the name no longer leads to what it locked, and tries again.

use std::os::fd::OwnedFd;

use rustix::fs::{FileType, FlockOperation, OFlags};
use rustix::io::Errno;

use super::error::refused;
use super::folder::FILE_MODE;
use super::place::{LOCK, Place};
use crate::diag::{Code, Diagnostic};

/// A place, and the right to write to it until this is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    /// The place.
    pub(super) place: Place,
    /// Held for its lock alone; closing it is what frees the lock.
    _file: OwnedFd,
}

impl Lock {
    /// Takes the lock, or says at once that another build has it.
    pub(super) fn take(place: Place) -> Result<Self, Diagnostic> {
        loop {
            match Self::try_take(&place)? {
                Some(file) => return Ok(Self { place, _file: file }),
                // Its holder removed it between our two looks.
                None => continue,
            }
        }
    }

    fn try_take(place: &Place) -> Result<Option<OwnedFd>, Diagnostic> {
        let name = place.beside(LOCK);
        let failed = |cause: Errno| place.parent.failed("lock", &name, cause);
        let in_the_way = || {
            let path = place.parent.at(&name);
            refused(format!("`{}` is not a lock of fieldguide", path.display()))
                .hint("move it away")
        };
        let flags = OFlags::RDONLY
            | OFlags::CREATE
            | OFlags::NOFOLLOW
            | OFlags::NONBLOCK
            | OFlags::CLOEXEC;
        let file = match rustix::fs::openat(&place.parent, &name, flags, FILE_MODE) {
            Ok(file) => file,
            Err(Errno::LOOP | Errno::ISDIR) => return Err(in_the_way()),
            Err(cause) => return Err(failed(cause)),
        };
        let stat = rustix::fs::fstat(&file).map_err(failed)?;
        let kind = FileType::from_raw_mode(stat.st_mode);
        if kind != FileType::RegularFile || stat.st_size != 0 {
            return Err(in_the_way());
        }
        match rustix::fs::flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {}
            Err(Errno::WOULDBLOCK) => return Err(locked(place)),
            Err(cause) => return Err(failed(cause)),
        }
        match place.parent.stat(&name) {
            Ok(named) if (named.st_dev, named.st_ino) == (stat.st_dev, stat.st_ino) => {
                Ok(Some(file))
            }
            Ok(_) | Err(Errno::NOENT) => Ok(None),
            Err(cause) => Err(failed(cause)),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Best effort: a file that stays does no harm, and the next build removes it.
        let _ = self.place.parent.remove(self.place.beside(LOCK));
    }
}

fn locked(place: &Place) -> Diagnostic {
    Diagnostic::placeless(
        Code::OutputLocked,
        format!("another build is writing to `{}`", place.shown().display()),
    )
    .hint("wait until it has ended, or choose another folder with `--out`")
}
