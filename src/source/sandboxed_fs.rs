//! Opens files beneath the book's folder, and nowhere else.
//!
//! The kernel holds the border (`openat2` with `RESOLVE_BENEATH`, Linux 5.6), so that no link,
//! however it is chained or swapped while we look, can lead a read outside. Where it refuses
//! that call, as old kernels and some containers do, the path is walked segment by segment,
//! and no segment is opened as a link.

use std::ffi::OsString;
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStringExt;
use std::path::{Component, Path, PathBuf};

use rustix::fs::{FileType, Mode, OFlags, ResolveFlags};
use rustix::io::Errno;

use super::file_stamp::FileStamp;

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
        let fd = match open_beneath(&self.folder, path) {
            Err(Errno::NOSYS | Errno::PERM) => walk_beneath(&self.folder, path)?,
            other => other?,
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

/// Flags for opening a file to read it. A pipe must not be waited for.
const READ: OFlags = OFlags::RDONLY.union(OFlags::CLOEXEC).union(OFlags::NONBLOCK);
/// Flags for opening what stands at a name, be it a link.
const LOOK: OFlags = OFlags::PATH.union(OFlags::CLOEXEC).union(OFlags::NOFOLLOW);
/// The most links that are followed, as in Linux.
const MOST_LINKS: usize = 40;

/// Opens a path below a folder, with the border held by the kernel.
fn open_beneath(folder: &OwnedFd, path: &Path) -> Result<OwnedFd, Errno> {
    let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_MAGICLINKS;
    loop {
        match rustix::fs::openat2(folder, path, READ, Mode::empty(), resolve) {
            // The kernel asks for another try when a folder moved meanwhile.
            Err(Errno::AGAIN | Errno::INTR) => {}
            other => return other,
        }
    }
}

/// Opens a path below a folder by walking it: each segment is opened beneath the one before
/// it, and a link is replaced by the segments that it holds.
fn walk_beneath(root: &OwnedFd, path: &Path) -> Result<OwnedFd, Errno> {
    // The folders on the way, the innermost last; the root is not among them.
    let mut folders: Vec<OwnedFd> = Vec::new();
    let mut left = segments(path)?;
    let mut links = 0;
    while let Some(segment) = left.pop() {
        let folder = folders.last().unwrap_or(root);
        if segment.as_os_str() == ".." {
            folders.pop().ok_or(Errno::XDEV)?;
            continue;
        }
        let entry = rustix::fs::openat(folder, &segment, LOOK, Mode::empty())?;
        match FileType::from_raw_mode(rustix::fs::fstat(&entry)?.st_mode) {
            FileType::Symlink => {
                links += 1;
                if links > MOST_LINKS {
                    return Err(Errno::LOOP);
                }
                let target = rustix::fs::readlinkat(&entry, "", Vec::new())?;
                let target = PathBuf::from(OsString::from_vec(target.into_bytes()));
                left.extend(segments(&target)?);
            }
            FileType::Directory => folders.push(entry),
            _ if !left.is_empty() => return Err(Errno::NOTDIR),
            // A link that has taken its place meanwhile is refused.
            _ => {
                return rustix::fs::openat(
                    folder,
                    &segment,
                    READ | OFlags::NOFOLLOW,
                    Mode::empty(),
                );
            }
        }
    }
    let folder = folders.last().unwrap_or(root);
    rustix::fs::openat(folder, ".", READ, Mode::empty())
}

/// The segments of a relative path, the last one first.
fn segments(path: &Path) -> Result<Vec<PathBuf>, Errno> {
    let mut segments = Vec::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir | Component::Normal(_) => {
                segments.push(PathBuf::from(component.as_os_str()));
            }
            Component::RootDir | Component::Prefix(_) => return Err(Errno::XDEV),
        }
    }
    segments.reverse();
    Ok(segments)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;
    use std::path::Path;

    use super::{Root, open_beneath, walk_beneath};

    #[test]
    fn walking_a_path_agrees_with_the_kernel() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("book");
        let link = |target: &str, at: &str| symlink(target, root.join(at)).unwrap();
        std::fs::create_dir_all(root.join("a/b")).unwrap();
        for file in ["book/a/f", "book/a/b/g", "outside"] {
            let file = std::fs::File::create(folder.path().join(file));
            assert!(file.is_ok());
        }
        link("a/f", "inside");
        link("inside", "chain");
        link("b/../../a/b/g", "a/winding");
        link("../outside", "out");
        link("..", "up");
        link("/etc/passwd", "absolute");
        link("loop", "loop");
        link("nothing", "dead");
        link("a", "folder");
        let paths = [
            "a/f",
            "./a//f",
            "a/b/../f",
            "inside",
            "chain",
            "a/winding",
            "folder/b/g",
            "a",
            ".",
            "out",
            "up",
            "up/outside",
            "absolute",
            "../outside",
            "a/../../outside",
            "/etc/passwd",
            "loop",
            "dead",
            "nothing",
            "a/f/x",
            "inside/x",
            "folder/..",
            "a/b/../../..",
        ];
        let root = Root::open(&root).unwrap().folder;
        for path in paths {
            let kernel = open_beneath(&root, Path::new(path)).map(|fd| inode(&fd));
            let walked = walk_beneath(&root, Path::new(path)).map(|fd| inode(&fd));
            assert_eq!(walked, kernel, "{path}");
        }
    }

    fn inode(fd: &std::os::fd::OwnedFd) -> u64 {
        rustix::fs::fstat(fd).unwrap().st_ino
    }
}
