//! The files in the output folder, and whether all of them are ours.

use std::ffi::OsStr;

use rapidhash::v3::rapidhash_v3;
use rayon::prelude::*;
use rustix::fs::{FileType, Stat};
use rustix::io::Errno;

use super::error::refused;
use super::folder::{FILE_MODE, Folder};
use super::manifest::{Hex, Listed, MANIFEST, Manifest, PART, Standing, Unusable};
use super::place::{LOCK, OLD, Place};
use crate::diag::{Diagnostic, List, thousands};

/// Foreign files that a message names before it counts them.
const NAMED: usize = 8;

/// The site of an earlier build.
#[derive(Debug)]
pub(super) struct Site {
    /// Its folder, if there is one. It may be empty, without a manifest.
    pub(super) folder: Option<Folder>,
    /// Its files; none where there is no site.
    pub(super) manifest: Manifest,
}

impl Site {
    /// Looks at the output or, by another name, at the stage; refuses one that holds
    /// anything an earlier build did not write.
    pub(super) fn read(place: &Place, name: &OsStr) -> Result<Self, Diagnostic> {
        let none = Manifest::unfinished(Vec::new());
        let failed = |cause| match cause {
            Errno::NOTDIR => {
                refused(format!("`{}` is not a folder", place.parent.at(name).display()))
                    .hint("or move it away")
            }
            cause => place.parent.failed("open", name, cause),
        };
        let Some(folder) = place.parent.find(name).map_err(failed)? else {
            return Ok(Self { folder: None, manifest: none });
        };
        let manifest = match read_manifest(&folder)? {
            Some(Ok(manifest)) => manifest,
            Some(Err(why)) => return Err(unusable(&folder, &why)),
            None => none,
        };
        let failed = |cause| place.parent.failed("read", name, cause);
        let found = foreign(&folder, "", &manifest).map_err(failed)?;
        if !found.is_empty() {
            return Err(holds_foreign(&folder, &found));
        }
        folder.remove(PART).map_err(|cause| folder.failed("remove", PART, cause))?;
        Ok(Self { folder: Some(folder), manifest })
    }

    /// Whether the output is the site of this fingerprint already, as a build left it that
    /// had nothing to say, and nothing is there that another build is at or left when it was
    /// killed. It only looks, without a lock, and any doubt is a no.
    pub(super) fn is_up_to_date(place: &Place, fingerprint: u64) -> bool {
        let has = |folder: &Folder, name: &OsStr| {
            !matches!(folder.stat(name), Err(Errno::NOENT))
        };
        let stands = || {
            let folder = place.parent.find(&place.name).ok()??;
            let is_left =
                [LOCK, OLD].iter().any(|what| has(&place.parent, &place.beside(what)));
            if is_left || has(&folder, OsStr::new(PART)) {
                return None;
            }
            let manifest = read_manifest(&folder).ok()??.ok()?;
            if manifest.fingerprint != Some(Hex(fingerprint)) || !manifest.silent {
                return None;
            }
            let is_ours = foreign(&folder, "", &manifest).ok()?.is_empty();
            (is_ours && Self { folder: Some(folder), manifest }.is_whole()).then_some(())
        };
        stands().is_some()
    }

    /// Whether every file is there as it was written: of its size, mode and bytes.
    ///
    /// A file whose state last changed before the manifest's did has not been touched since
    /// the manifest said what it holds; only others are read. So an edit is missed where it
    /// keeps the size and the clock stood before the last build, and nowhere else.
    pub(super) fn is_whole(&self) -> bool {
        let Some(folder) = &self.folder else { return false };
        let Ok(written) = folder.stat(MANIFEST) else { return false };
        let is_sound = |file: &Listed| match folder.stat(&*file.path) {
            Ok(stat) => {
                stat.st_mode
                    == FILE_MODE.as_raw_mode() | FileType::RegularFile.as_raw_mode()
                    && u64::try_from(stat.st_size) == Ok(file.size)
                    && (last_change(&stat) < last_change(&written) || holds(folder, file))
            }
            Err(_) => false,
        };
        self.manifest.files.par_iter().all(is_sound)
    }
}

/// When the state of a file last changed: its bytes, its mode, or its links.
fn last_change(stat: &Stat) -> (i64, u64) {
    (stat.st_ctime, stat.st_ctime_nsec)
}

/// Whether a file has the bytes that are listed.
fn holds(folder: &Folder, file: &Listed) -> bool {
    let mut bytes = Vec::new();
    folder.read(&file.path, &mut bytes).is_ok() && Hex(rapidhash_v3(&bytes)) == file.hash
}

/// The manifest at the top of a folder; `None` where there is none.
pub(super) fn read_manifest(
    folder: &Folder,
) -> Result<Option<Result<Manifest, Unusable>>, Diagnostic> {
    let mut bytes = Vec::new();
    match folder.read(MANIFEST, &mut bytes) {
        Ok(_) => Ok(Some(Manifest::parse(&bytes))),
        Err(Errno::NOENT) => Ok(None),
        Err(Errno::INVAL | Errno::LOOP) => Ok(Some(Err(Unusable::Unreadable))),
        Err(cause) => Err(folder.failed("read", MANIFEST, cause)),
    }
}

fn unusable(folder: &Folder, why: &Unusable) -> Diagnostic {
    let path = folder.at(MANIFEST);
    let path = path.display();
    refused(match why {
        Unusable::Unreadable => format!("`{path}` is not a manifest of fieldguide"),
        Unusable::Format(format) => {
            format!("`{path}` has format {format}, of another version of fieldguide")
        }
        Unusable::Forged(file) => {
            format!("`{path}` lists `{file}`, which no build writes")
        }
    })
}

fn holds_foreign(folder: &Folder, found: &[String]) -> Diagnostic {
    let shown = folder.shown();
    let names = name_some(found);
    refused(format!("`{shown}` holds what fieldguide did not write: {names}"))
        .hint("move it elsewhere; fieldguide removes nothing but its own files")
}

/// Paths in a folder that its manifest knows nothing of, sorted; folders end in `/`. It
/// looks in parallel, as a site may have as many folders as pages. `below` is empty or ends
/// in `/`.
fn foreign(
    site: &Folder,
    below: &str,
    manifest: &Manifest,
) -> rustix::io::Result<Vec<String>> {
    let entries = site.entries(if below.is_empty() { "." } else { below })?;
    entries
        .into_par_iter()
        .filter(|(name, kind)| !below.is_empty() || name != PART || kind.is_dir())
        .map(|(name, kind)| {
            let path = format!("{below}{}", name.to_string_lossy());
            match Standing::of(manifest, &path, &name, kind) {
                Standing::Manifest | Standing::File => Ok(Vec::new()),
                Standing::Folder => foreign(site, &format!("{path}/"), manifest),
                Standing::Foreign => {
                    let end = if kind.is_dir() { "/" } else { "" };
                    Ok(vec![path + end])
                }
            }
        })
        .try_reduce(Vec::new, |mut a, mut b| {
            a.append(&mut b);
            Ok(a)
        })
}

fn name_some(foreign: &[String]) -> String {
    match foreign.len().checked_sub(NAMED) {
        None | Some(0) => List::and(foreign).to_string(),
        Some(more) => {
            let named: Vec<_> =
                foreign[..NAMED].iter().map(|path| format!("`{path}`")).collect();
            format!("{} and {} more", named.join(", "), thousands(more))
        }
    }
}
