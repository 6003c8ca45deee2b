//! The stage: `.NAME.spare` beside the output, where the next site grows.
//!
//! It grows from the site before last. That tree is not removed when it is exchanged: most
//! of its folders are needed again, and most of its files are links to files of the current
//! site, so that a build which changes three pages makes three files. Making all folders
//! anew and removing them afterwards was measured at 3 to 30 s for 10,000 pages on ext4,
//! which is slow to give inodes out again that were freed in the last minutes.
//!
//! Nothing is touched until the first file is found to differ, so that a build which
//! changes nothing writes nothing. Then a manifest of all paths that are or may come to be
//! there is written first; whatever interrupts the build, the next one knows every file as
//! ours. The manifest with sizes and hashes comes last.

use std::sync::OnceLock;

use rustix::fs::AtFlags;
use rustix::io::{Errno, Result as SysResult};

use super::folder::Folder;
use super::manifest::{MANIFEST, Manifest, folders};
use super::place::{Place, SPARE};
use super::site::Site;
use crate::diag::Diagnostic;

/// A site that is not shown yet.
#[derive(Debug)]
pub(super) struct Stage<'a> {
    place: &'a Place,
    paths: &'a [String],
    spare: Site,
    made: OnceLock<Result<Folder, Diagnostic>>,
}

impl<'a> Stage<'a> {
    /// Prepares a stage for files of these paths; nothing is written yet. Refuses a spare
    /// tree that holds anything fieldguide did not write.
    pub(super) fn new(place: &'a Place, paths: &'a [String]) -> Result<Self, Diagnostic> {
        let spare = Site::read(place, &place.beside(SPARE))?;
        Ok(Self { place, paths, spare, made: OnceLock::new() })
    }

    /// The stage's folder; folders below it are made when a file needs them.
    pub(super) fn folder(&self) -> Result<&Folder, Diagnostic> {
        // No work may be given to the thread pool in here: a thread that waits for it could
        // be given a file to produce meanwhile, and end up waiting for itself.
        self.made.get_or_init(|| self.make()).as_ref().map_err(Clone::clone)
    }

    /// Writes a file.
    pub(super) fn put(&self, path: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
        let folder = self.folder()?;
        let put = || {
            // Never in place: the file may be a link to the one that is shown, and a
            // server may still be sending it from the time when it was.
            self.remove_spare(path, folder)?;
            self.with_room(path, folder, || folder.create(path, bytes))
        };
        put().map_err(|cause| self.place.failed("write", &folder.at(path), cause))
    }

    /// Takes a file over from the old site, as a second link to it where that is possible.
    pub(super) fn keep(&self, old: &Folder, path: &str) -> Result<(), Diagnostic> {
        let folder = self.folder()?;
        let keep = || {
            if self.spare.manifest.find(path).is_some() && is_same(old, folder, path)? {
                return Ok(());
            }
            self.remove_spare(path, folder)?;
            let link = || rustix::fs::linkat(old, path, folder, path, AtFlags::empty());
            self.with_room(path, folder, link)
        };
        match keep() {
            Ok(()) => Ok(()),
            // Too many links already, a file of another owner, another file system, or one
            // without links: the bytes will do.
            Err(
                Errno::MLINK
                | Errno::PERM
                | Errno::XDEV
                | Errno::OPNOTSUPP
                | Errno::NOSYS
                | Errno::INVAL,
            ) => {
                let mut bytes = Vec::new();
                let failed = |cause| self.place.failed("read", &old.at(path), cause);
                old.read(path, &mut bytes).map_err(failed)?;
                self.put(path, &bytes)
            }
            Err(cause) => Err(self.place.failed("link", &folder.at(path), cause)),
        }
    }

    /// Ends the stage by writing its manifest.
    pub(super) fn seal(&self, manifest: &Manifest) -> Result<(), Diagnostic> {
        let folder = self.folder()?;
        let failed = |cause| self.place.failed("write", &folder.at(MANIFEST), cause);
        folder.write_manifest(manifest).map_err(failed)
    }

    /// Removes the stage, if this build made it. One that was there before is good to be
    /// the next build's, whatever state it is in.
    pub(super) fn discard(&self) {
        if let Some(Ok(folder)) = self.made.get() {
            self.remove(folder);
        }
    }

    fn make(&self) -> Result<Folder, Diagnostic> {
        let Place { parent, .. } = self.place;
        let name = self.place.beside(SPARE);
        let failed = |cause| self.place.failed("make", &parent.at(&name), cause);
        parent.ensure(&name).map_err(failed)?;
        let folder = parent.find(&name).and_then(|folder| folder.ok_or(Errno::NOENT));
        let folder = folder.map_err(failed)?;
        match self.furnish(&folder) {
            Ok(()) => Ok(folder),
            Err(cause) => {
                self.remove(&folder);
                Err(failed(cause))
            }
        }
    }

    fn furnish(&self, folder: &Folder) -> SysResult<()> {
        folder.write_manifest(&self.planned())?;
        let is_stale = |path: &&str| !self.has(path);
        let stale: Vec<&str> = self.spare.manifest.paths().filter(is_stale).collect();
        for path in &stale {
            folder.remove(path)?;
        }
        // From the inside out; what is still needed is not empty, or is made again.
        for path in folders(stale.into_iter()).into_iter().rev() {
            folder.remove_empty(path)?;
        }
        Ok(())
    }

    fn has(&self, path: &str) -> bool {
        self.paths.binary_search_by(|other| (**other).cmp(path)).is_ok()
    }

    /// All files that are in the stage at any time.
    fn planned(&self) -> Manifest {
        Manifest::planned(self.paths).and(&self.spare.manifest)
    }

    /// Makes a file, and first the folders above it where they are missing. Most files of a
    /// new stage need a folder of their own, which threads make side by side.
    fn with_room(
        &self,
        path: &str,
        folder: &Folder,
        make: impl Fn() -> SysResult<()>,
    ) -> SysResult<()> {
        if self.spare.folder.is_none() {
            room_for(path, folder)?;
        }
        match make() {
            Err(Errno::NOENT) => {
                room_for(path, folder)?;
                make()
            }
            done => done,
        }
    }

    fn remove_spare(&self, path: &str, folder: &Folder) -> SysResult<()> {
        match self.spare.manifest.find(path) {
            Some(_) => folder.remove(path),
            None => Ok(()),
        }
    }

    fn remove(&self, folder: &Folder) {
        if self.spare.folder.is_some() {
            return;
        }
        let remove = || -> SysResult<()> {
            folder.clear(&self.planned())?;
            folder.remove(MANIFEST)?;
            self.place.parent.remove_empty(self.place.beside(SPARE))
        };
        // Best effort: the build has failed already, and the next one can use the rest.
        let _ = remove();
    }
}

fn room_for(path: &str, folder: &Folder) -> SysResult<()> {
    let Some((above, _)) = path.rsplit_once('/') else { return Ok(()) };
    match folder.ensure(above) {
        Err(Errno::NOENT) => {
            room_for(above, folder)?;
            folder.ensure(above)
        }
        done => done,
    }
}

/// Whether a path leads to the very same file in two folders.
fn is_same(a: &Folder, b: &Folder, path: &str) -> SysResult<bool> {
    let b = match b.stat(path) {
        Err(Errno::NOENT) => return Ok(false),
        found => found?,
    };
    let a = a.stat(path)?;
    Ok((a.st_dev, a.st_ino) == (b.st_dev, b.st_ino))
}
