//! The temporary folder of a publish: gone when that ends and, where it was killed, when the
//! next one begins.
//!
//! A folder that is used is locked with `flock`, by us and by each git that we start, which
//! inherits the lock; the kernel frees it when the last of them has ended. So a folder that
//! can be locked is used by nobody. It is removed if its name, its owner, its mode and the
//! mark in it say that it is one of ours.

use std::fs::{self, Permissions};
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::fs::{FlockOperation, Mode, OFlags};
use rustix::io::Errno;
use tempfile::TempDir;

/// The beginning of its name; six letters and digits follow.
const PREFIX: &str = "fieldguide-publish-";
/// The file that says that it is ours; git has none of this name.
const MARK: &str = "made-by-fieldguide";
/// Nobody else may look into it.
const MODE: u32 = 0o700;
/// The part of it that git gets, so that the mark is removed last.
const INNER: &str = "site.git";
/// The number of further tries when one was taken away before it was locked.
const AGAIN: usize = 8;
/// The number of tries to remove files that an ended git may still write to, and the pause
/// between them.
const ENDING: (usize, Duration) = (20, Duration::from_millis(50));

/// A temporary folder of our own.
#[derive(Debug)]
pub(super) struct Folder {
    folder: TempDir,
    inner: PathBuf,
    /// Held for its lock alone; none where the file system has no locks.
    _lock: Option<OwnedFd>,
}

impl Folder {
    /// Makes one, and removes those that killed runs left behind.
    pub(super) fn new() -> io::Result<Self> {
        sweep(&std::env::temp_dir());
        for _ in 0..AGAIN {
            let mut builder = tempfile::Builder::new();
            let folder = builder
                .prefix(PREFIX)
                .permissions(Permissions::from_mode(MODE))
                .tempdir()?;
            let lock = match open(folder.path()) {
                Ok(lock) => lock,
                // Another run swept it away before it was locked.
                Err(Errno::NOENT) => continue,
                Err(cause) => return Err(cause.into()),
            };
            let lock = match rustix::fs::flock(&lock, LOCK) {
                Ok(()) => Some(lock),
                Err(Errno::WOULDBLOCK) => continue,
                Err(_) => None,
            };
            let inner = folder.path().join(INNER);
            let marked = fs::File::create_new(folder.path().join(MARK));
            match marked.and_then(|_| fs::create_dir(&inner)) {
                Ok(()) => return Ok(Self { folder, inner, _lock: lock }),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::Error::other("others remove it again and again"))
    }

    /// The folder that git is given.
    pub(super) fn path(&self) -> &Path {
        &self.inner
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let (times, pause) = ENDING;
        for _ in 0..times {
            if remove_all(&self.inner).is_ok() {
                return;
            }
            std::thread::sleep(pause);
        }
        // The mark stays with it, for the next run to know it by.
        self.folder.disable_cleanup(true);
    }
}

const LOCK: FlockOperation = FlockOperation::NonBlockingLockExclusive;

/// Opens a folder, in such a way that programs that are started inherit it.
fn open(path: &Path) -> rustix::io::Result<OwnedFd> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW;
    rustix::fs::open(path, flags, Mode::empty())
}

/// Removes what killed runs left behind. Best effort: what stays is tried again next time.
fn sweep(temporary: &Path) {
    let entries = fs::read_dir(temporary).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| is_name(&entry.file_name().to_string_lossy())) {
        let _ = remove(&entry.path());
    }
}

fn is_name(name: &str) -> bool {
    let rest = name.strip_prefix(PREFIX);
    rest.is_some_and(|rest| {
        rest.len() == 6 && rest.bytes().all(|b| b.is_ascii_alphanumeric())
    })
}

fn remove(path: &Path) -> io::Result<()> {
    let lock = open(path)?;
    let about = rustix::fs::fstat(&lock)?;
    let is_own = about.st_uid == rustix::process::geteuid().as_raw();
    if !is_own || about.st_mode & 0o7777 != MODE {
        return Ok(());
    }
    rustix::fs::flock(&lock, LOCK)?;
    let mark = path.join(MARK);
    if mark.symlink_metadata().is_ok_and(|mark| mark.is_file() && mark.len() == 0) {
        remove_all(&path.join(INNER))?;
        remove_mark(&mark)?;
    }
    // Does nothing unless it is empty: what else is in there is not ours.
    fs::remove_dir(path)
}

#[expect(clippy::disallowed_methods, reason = "it was made here, or the mark says so")]
fn remove_all(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a file without a byte, in a folder of ours"
)]
fn remove_mark(mark: &Path) -> io::Result<()> {
    fs::remove_file(mark)
}
