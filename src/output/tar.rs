//! A site as one file: a tar archive, the same bytes for the same site.
//!
//! It is what GitHub asks of an artifact for its pages: `./` first, plain files and folders
//! that everybody may read, no links. Entries are sorted, and say nothing of who made them
//! or when. The format is that of POSIX (ustar); a path that is too long for it has a pax
//! record in front.
//!
//! Invariant: an archive takes the place of an older one in one step, and of nothing else.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};
use tar::{Builder, EntryType, Header};

use super::error::{failed, refused};
use super::job::Job;
use super::place;
use super::stream::{Unfinished, stream};
use crate::diag::Diagnostic;

/// Bytes of a path that fit into a header.
const SHORT: usize = 100;
/// The owner that headers name, by which we know our own archives.
const OWNER: &str = "fieldguide";

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
    let mut header = Header::new_ustar();
    let found = match out.symlink_metadata() {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(cause) => return Err(failed("read", out, cause)),
        Ok(found) => found,
    };
    let bytes = header.as_mut_bytes();
    let is_ours = found.is_file()
        && File::open(out).and_then(|mut file| file.read_exact(bytes)).is_ok()
        && header
            .as_ustar()
            .is_some_and(|header| header.uname.starts_with(OWNER.as_bytes()));
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
    let mut archive = Builder::new(out);
    let mut folders = BTreeSet::new();
    add(&mut archive, "./", EntryType::Directory, b"").map_err(broken)?;
    let mut sink = |path: &str, bytes: &[u8]| {
        for (end, _) in path.match_indices('/') {
            let folder = &path[..=end];
            if !folders.contains(folder) {
                folders.insert(folder.to_owned());
                add(&mut archive, &format!("./{folder}"), EntryType::Directory, b"")?;
            }
        }
        add(&mut archive, &format!("./{path}"), EntryType::Regular, bytes)
    };
    stream(job, &mut sink).map_err(|unfinished| match unfinished {
        Unfinished::Content(found) => found,
        Unfinished::Sink(cause) => broken(cause),
    })?;
    let file = archive.into_inner().and_then(|out| Ok(out.into_inner()?));
    let size = file.and_then(|file| Ok(file.metadata()?.len()));
    size.map_err(broken)
}

/// Adds an entry to an archive.
fn add(
    archive: &mut Builder<impl Write>,
    path: &str,
    kind: EntryType,
    bytes: &[u8],
) -> io::Result<()> {
    if path.len() > SHORT {
        archive.append_pax_extensions([("path", path.as_bytes())])?;
    }
    let mut header = Header::new_ustar();
    header.set_entry_type(kind);
    header.set_mode(if kind.is_dir() { 0o755 } else { 0o644 });
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(0);
    header.set_size(bytes.len() as u64);
    header.set_username(OWNER)?;
    header.set_groupname(OWNER)?;
    // Not `set_path`: that would split a long path, and leave out the first `./`.
    let short = &path.as_bytes()[..path.len().min(SHORT)];
    header.as_mut_bytes()[..short.len()].copy_from_slice(short);
    header.set_cksum();
    archive.append(&header, bytes)
}

#[expect(
    clippy::disallowed_methods,
    reason = "one archive of ours for another, in one step"
)]
fn put(part: &Path, out: &Path) -> io::Result<()> {
    std::fs::rename(part, out)
}
