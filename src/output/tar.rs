//! A site as one file: a tar archive, the same bytes for the same site.
//!
//! It is what GitHub asks of an artifact for its pages: `./` first, plain files and folders
//! that everybody may read, no links. Entries are sorted, and say nothing of who made them
//! or when. The format is that of POSIX (ustar); a path that is too long for it has a pax
//! record in front. Writing is a few lines, and reading is never needed, so that no library
//! is asked for.
//!
//! Law: an archive takes the place of an older one in one step, and of nothing else.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};

use super::error::{failed, refused};
use super::stream::{Unfinished, stream};
use super::{Job, place};
use crate::diag::Diagnostic;

/// Bytes of a block: heads and contents are filled up to whole ones.
const BLOCK: usize = 512;
/// Bytes of a path that fit into a head.
const SHORT: usize = 100;
/// The owner that heads name, by which we know our own archives.
const OWNER: &[u8] = b"fieldguide";

/// The type of an entry.
#[derive(Debug, Clone, Copy)]
enum Kind {
    File,
    Folder,
    /// A record that says more of the next entry.
    More,
}

/// Writes an archive of all files; its size in bytes. On an error an older archive stays.
///
/// # Errors
/// A place that may not be written to, mistakes in files, a full disk.
pub fn tar(out: &Path, book: &Path, job: &Job) -> Result<u64, Vec<Diagnostic>> {
    let one = |found| vec![found];
    place::check_file(out, book).map_err(one)?;
    check_ours(out).map_err(one)?;
    let part = beside(out);
    let result = fill(&part, job).and_then(|size| {
        put(&part, out).map_err(|cause| one(failed("write", out, cause)))?;
        Ok(size)
    });
    if result.is_err() {
        // Best effort: the failure is what is reported, and the next archive takes its place.
        let _ = rustix::fs::unlink(&part);
    }
    result
}

/// The file in which an archive is written: `.NAME.part` beside it.
fn beside(out: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(out.file_name().unwrap_or_default());
    name.push(".part");
    out.with_file_name(name)
}

/// Refuses a place where something stands that is no archive of ours.
fn check_ours(out: &Path) -> Result<(), Diagnostic> {
    let mut head = [0; BLOCK];
    let found = match out.symlink_metadata() {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(cause) => return Err(failed("read", out, cause)),
        Ok(found) => found,
    };
    let is_ours = found.is_file()
        && File::open(out).and_then(|mut file| file.read_exact(&mut head)).is_ok()
        && head[257..262] == *b"ustar"
        && head[265..].starts_with(OWNER);
    if is_ours {
        Ok(())
    } else {
        let message = format!("`{}` is no archive of fieldguide's", out.display());
        Err(refused(message).hint("or move it away"))
    }
}

fn fill(part: &Path, job: &Job) -> Result<u64, Vec<Diagnostic>> {
    let broken = |cause: io::Error| vec![failed("write", part, cause)];
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::TRUNC | OFlags::NOFOLLOW;
    let mode = Mode::from_raw_mode(0o644);
    let file = rustix::fs::open(part, flags | OFlags::CLOEXEC, mode);
    let file = file.map_err(|cause| broken(cause.into()))?;
    let out = BufWriter::with_capacity(256 << 10, File::from(file));
    let mut archive = Archive { out, size: 0 };
    let mut folders = BTreeSet::new();
    archive.entry("./", Kind::Folder, b"").map_err(broken)?;
    let mut sink = |path: &str, bytes: &[u8]| {
        for (end, _) in path.match_indices('/') {
            let folder = &path[..=end];
            if !folders.contains(folder) {
                folders.insert(folder.to_owned());
                archive.entry(&format!("./{folder}"), Kind::Folder, b"")?;
            }
        }
        archive.entry(&format!("./{path}"), Kind::File, bytes)
    };
    stream(job, &mut sink).map_err(|unfinished| match unfinished {
        Unfinished::Content(found) => found,
        Unfinished::Sink(cause) => broken(cause),
    })?;
    archive.end().map_err(broken)
}

#[expect(
    clippy::disallowed_methods,
    reason = "one archive of ours for another, in one step"
)]
fn put(part: &Path, out: &Path) -> io::Result<()> {
    std::fs::rename(part, out)
}

/// An archive that is being written.
struct Archive<W: Write> {
    out: W,
    size: u64,
}

impl<W: Write> Archive<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.size += bytes.len() as u64;
        self.out.write_all(bytes)
    }

    fn entry(&mut self, path: &str, kind: Kind, bytes: &[u8]) -> io::Result<()> {
        if path.len() > SHORT {
            self.entry("pax", Kind::More, record(path).as_bytes())?;
        }
        self.write(&head(path, kind, bytes.len() as u64))?;
        self.write(bytes)?;
        let over = bytes.len() % BLOCK;
        if over > 0 {
            self.write(&[0; BLOCK][over..])?;
        }
        Ok(())
    }

    /// Two empty blocks end an archive.
    fn end(mut self) -> io::Result<u64> {
        self.write(&[0; 2 * BLOCK])?;
        self.out.flush()?;
        Ok(self.size)
    }
}

/// A pax record of a path: its own length, then what it says.
fn record(path: &str) -> String {
    let rest = format!(" path={path}\n");
    let mut length = rest.len();
    while format!("{length}{rest}").len() != length {
        length = format!("{length}{rest}").len();
    }
    format!("{length}{rest}")
}

/// The head of an entry.
fn head(path: &str, kind: Kind, size: u64) -> [u8; BLOCK] {
    let mut head = [0; BLOCK];
    let (mode, letter): (&[u8], u8) = match kind {
        Kind::File => (b"0000644", b'0'),
        Kind::Folder => (b"0000755", b'5'),
        Kind::More => (b"0000644", b'x'),
    };
    let mut put =
        |at: usize, bytes: &[u8]| head[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, &path.as_bytes()[..path.len().min(SHORT)]);
    put(100, mode);
    put(108, b"0000000");
    put(116, b"0000000");
    put(124, format!("{size:011o}").as_bytes());
    put(136, b"00000000000");
    // The sum counts its own field as spaces.
    put(148, b"        ");
    put(156, &[letter]);
    put(257, b"ustar\x0000");
    put(265, OWNER);
    put(297, OWNER);
    let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
    head[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    head
}

#[cfg(test)]
mod tests {
    use super::{Archive, Kind, head, record};

    #[test]
    fn a_head_adds_up() {
        let head = head("./index.html", Kind::File, 0o1234);
        let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
        let own: u32 = head[148..156].iter().map(|byte| u32::from(*byte)).sum();
        let written = std::str::from_utf8(&head[148..154]).unwrap();
        assert_eq!(u32::from_str_radix(written, 8), Ok(sum - own + 8 * 32));
        assert_eq!(&head[124..135], b"00000001234");
    }

    #[test]
    fn a_record_says_its_own_length() {
        for length in [1, 80, 88, 89, 90, 91, 500, 985, 986, 990] {
            let record = record(&"a".repeat(length));
            let (digits, _) = record.split_once(' ').unwrap();
            assert_eq!(digits.parse(), Ok(record.len()));
        }
    }

    #[test]
    fn contents_fill_whole_blocks() {
        let mut archive = Archive { out: Vec::new(), size: 0 };
        archive.entry("./a", Kind::File, &[7; 513]).unwrap();
        archive.entry(&format!("./{}", "a".repeat(120)), Kind::File, &[7; 512]).unwrap();
        // A head and two blocks; a record with its head, a head and a block; the end.
        assert_eq!(archive.end().unwrap(), (3 + 2 + 2 + 2) * 512);
    }
}
