//! Produces every file, on all threads, and writes those that differ from the old site's.

use std::sync::atomic::{AtomicBool, Ordering};

use rapidhash::v3::rapidhash_v3;
use rayon::prelude::*;
use rustix::io::Errno;

use super::folder::FILE_MODE;
use super::job::Job;
use super::manifest::{Hex, Listed};
use super::site::Site;
use super::stage::Stage;
use crate::diag::Diagnostic;

/// The result of rendering one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileStatus {
    /// It was not there, and was written.
    Added,
    /// It was not the same, and was written.
    Changed,
    /// It is the same as the old site's, and is still to be taken over.
    Kept,
}

/// The record of a file that was produced.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record {
    /// Bytes.
    pub(super) size: u64,
    /// Of the bytes.
    pub(super) hash: Hex,
    /// Whether it was written.
    pub(super) status: FileStatus,
}

impl Record {
    /// The manifest's entry of the file.
    pub(super) fn list(&self, path: &str) -> Listed {
        Listed { path: path.into(), size: self.size, hash: self.hash }
    }
}

/// Buffers of one thread.
#[derive(Default)]
struct Buffers {
    new: Vec<u8>,
    old: Vec<u8>,
}

/// Produces the files of a job. If any fails, no more are written, but all are still
/// produced, so that one run reports the mistakes of all files; of the failures to write,
/// which are as many as files if a disk is full, only one is reported.
pub(super) fn render_files(
    job: &Job,
    site: &Site,
    is_whole: bool,
    stage: &Stage,
) -> Result<Vec<Record>, Vec<Diagnostic>> {
    let has_failed = AtomicBool::new(false);
    let produced: Vec<Result<Record, Failure>> = (0..job.paths.len())
        .into_par_iter()
        .map_init(Buffers::default, |buffers, i| {
            buffers.new.clear();
            let path = &job.paths[i];
            let is_content_addressed = (job.is_content_addressed)(i);
            let settled = is_content_addressed
                .then(|| settled(path, buffers, site, is_whole))
                .flatten();
            if let Some(record) = settled {
                (job.progress)();
                return Ok(record);
            }
            let record = (job.render_file)(i, &mut buffers.new)
                .map_err(Failure::Content)
                .and_then(|()| {
                    let record = compare(path, buffers, site, is_whole);
                    if record.status != FileStatus::Kept
                        && !has_failed.load(Ordering::Relaxed)
                    {
                        let put = stage.put(path, &buffers.new);
                        put.map_err(|failure| Failure::Disk(Box::new(failure)))?;
                    }
                    Ok(record)
                });
            has_failed.fetch_or(record.is_err(), Ordering::Relaxed);
            (job.progress)();
            record
        })
        .collect();
    if !has_failed.into_inner() {
        return Ok(produced.into_iter().filter_map(Result::ok).collect());
    }
    Err(merge(produced.into_iter().filter_map(Result::err)))
}

enum Failure {
    Content(Vec<Diagnostic>),
    Disk(Box<Diagnostic>),
}

fn merge(failures: impl Iterator<Item = Failure>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut disk = None;
    for failure in failures {
        match failure {
            Failure::Content(more) => found.extend(more),
            Failure::Disk(failure) => disk = disk.or(Some(*failure)),
        }
    }
    found.extend(disk);
    found
}

/// The record of a file that is there as it was written, and whose path stands for
/// its bytes.
fn settled(
    path: &str,
    buffers: &mut Buffers,
    site: &Site,
    is_whole: bool,
) -> Option<Record> {
    let (folder, listed) = (site.folder.as_ref()?, site.manifest.find(path)?);
    let Listed { size, hash, .. } = *listed;
    let is_sound = is_whole || {
        let mode = folder.read(path, &mut buffers.old).ok()?;
        mode == FILE_MODE && Hex(rapidhash_v3(&buffers.old)) == hash
    };
    is_sound.then_some(Record { size, hash, status: FileStatus::Kept })
}

fn compare(path: &str, buffers: &mut Buffers, site: &Site, is_whole: bool) -> Record {
    let Buffers { new, old } = buffers;
    let hash = Hex(rapidhash_v3(new));
    let size = new.len() as u64;
    let status = match (&site.folder, site.manifest.find(path)) {
        (_, Some(listed)) if is_whole && (listed.hash, listed.size) == (hash, size) => {
            FileStatus::Kept
        }
        (Some(folder), Some(listed)) if (listed.hash, listed.size) == (hash, size) => {
            // The hash tells what was written then. What stands there now may have been
            // edited since, or removed, and would stay so if it were linked unread.
            match folder.read(path, old) {
                Ok(mode) if mode == FILE_MODE && old == new => FileStatus::Kept,
                Err(Errno::NOENT) => FileStatus::Added,
                _ => FileStatus::Changed,
            }
        }
        (Some(_), Some(_)) => FileStatus::Changed,
        _ => FileStatus::Added,
    };
    Record { size, hash, status }
}
