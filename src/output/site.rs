//! What stands in the output folder, and whether all of it is ours.

use std::ffi::OsStr;

use rayon::prelude::*;
use rustix::io::Errno;

use super::fault::refused;
use super::folder::{FILE_MODE, Folder};
use super::manifest::{MANIFEST, Manifest, PART, Standing, Unusable};
use super::place::Place;
use crate::diag::{Diagnostic, List, thousands};

/// Foreign files that a message names before it counts them.
const NAMED: usize = 8;

/// The site of an earlier build.
#[derive(Debug)]
pub(super) struct Site {
    /// Its folder, if there is one. It may be empty, without a manifest.
    pub(super) folder: Option<Folder>,
    /// What it consists of; nothing, where there is no site.
    pub(super) manifest: Manifest,
    /// Whether every listed file is there, with its size and mode.
    pub(super) is_whole: bool,
}

impl Site {
    /// Looks at the output or, by another name, at the stage; refuses one that holds
    /// anything an earlier build did not write.
    pub(super) fn read(place: &Place, name: &OsStr) -> Result<Self, Diagnostic> {
        let none = Manifest::new(None, Vec::new());
        let failed = |cause| match cause {
            Errno::NOTDIR => {
                refused(format!("`{}` is not a folder", place.parent.at(name).display()))
                    .hint("or move it away")
            }
            cause => place.parent.failed("open", name, cause),
        };
        let Some(folder) = place.parent.find(name).map_err(failed)? else {
            return Ok(Self { folder: None, manifest: none, is_whole: false });
        };
        let manifest = match read_manifest(&folder)? {
            Some(Ok(manifest)) => Some(manifest),
            Some(Err(why)) => return Err(unusable(&folder, &why)),
            None => None,
        };
        let listed = manifest.as_ref().unwrap_or(&none);
        let failed = |cause| place.parent.failed("read", name, cause);
        let found = scan(&folder, "", listed).map_err(failed)?;
        if !found.foreign.is_empty() {
            return Err(foreign(&folder, &found.foreign));
        }
        folder.remove(PART).map_err(|cause| folder.failed("remove", PART, cause))?;
        let is_whole = manifest.is_some() && found.sound == listed.files.len();
        Ok(Self { folder: Some(folder), manifest: manifest.unwrap_or(none), is_whole })
    }
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

fn foreign(folder: &Folder, found: &[String]) -> Diagnostic {
    let shown = folder.shown();
    let names = name_some(found);
    refused(format!("`{shown}` holds what fieldguide did not write: {names}"))
        .hint("move it elsewhere; fieldguide removes nothing but its own files")
}

#[derive(Default)]
struct Found {
    /// Paths that the manifest knows nothing of, sorted; folders end in `/`.
    foreign: Vec<String>,
    /// The number of listed files that are as listed, as far as can be seen from outside.
    sound: usize,
}

/// Compares a folder with its manifest, in parallel, as a site may have as many folders as
/// pages. `below` is empty or ends in `/`.
fn scan(site: &Folder, below: &str, manifest: &Manifest) -> rustix::io::Result<Found> {
    let entries = site.entries(if below.is_empty() { "." } else { below })?;
    entries
        .into_par_iter()
        .filter(|(name, kind)| !below.is_empty() || name != PART || kind.is_dir())
        .map(|(name, kind)| {
            let path = format!("{below}{}", name.to_string_lossy());
            match Standing::of(manifest, &path, (&name, kind)) {
                Standing::Manifest => Ok(Found::default()),
                Standing::File(listed) => {
                    let stat = site.stat(&path)?;
                    let is_sound = u64::try_from(stat.st_size) == Ok(listed.size)
                        && stat.st_mode & 0o7777 == FILE_MODE.as_raw_mode();
                    Ok(Found { sound: usize::from(is_sound), ..Found::default() })
                }
                Standing::Folder => scan(site, &format!("{path}/"), manifest),
                Standing::Foreign => {
                    let end = if kind.is_dir() { "/" } else { "" };
                    Ok(Found { foreign: vec![path + end], sound: 0 })
                }
            }
        })
        .try_reduce(Found::default, |mut a, mut b| {
            a.foreign.append(&mut b.foreign);
            Ok(Found { foreign: a.foreign, sound: a.sound + b.sound })
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
