//! Replaces a site file by file, where its folder cannot be exchanged as a whole.
//!
//! That is so where the output is a mount point, or of a lower layer of an overlay. Every
//! file is whole at any moment, but the set is not: a reader may see new and old pages side
//! by side, and a build killed meanwhile leaves them so until the next one. While it lasts,
//! the manifest lists old and new files, so that the next build knows all of them as ours.
//!
//! Renaming over existing files is slow on ext4 (about 1 ms each, as it allocates blocks at
//! once), and still the only way that never shows half a file.

use rustix::io::Result as SysResult;

use super::folder::Folder;
use super::job::Changes;
use super::manifest::{MANIFEST, Manifest, PART, folders};
use crate::diag::{Code, Diagnostic};

/// Two sites, and how they differ.
pub(super) struct Replacement<'a> {
    /// The folder that is shown.
    pub(super) out: &'a Folder,
    /// Its contents.
    pub(super) old: &'a Manifest,
    /// The stage.
    pub(super) stage: &'a Folder,
    /// Its contents.
    pub(super) new: &'a Manifest,
    /// The files that differ.
    pub(super) changes: &'a Changes,
}

impl Replacement<'_> {
    /// Brings every file of the stage into the output: pages that lead to others last, so
    /// that they find them, and removals after those. Returns a warning.
    pub(super) fn run(&self) -> Result<Diagnostic, Diagnostic> {
        self.replace().map_err(|failure| {
            let out = self.out.shown();
            failure.note(format!("`{out}` is part old, part new until then"))
        })?;
        let message = format!(
            "`{}` cannot be exchanged as a whole, and was written file by file",
            self.out.shown()
        );
        Ok(Diagnostic::placeless(Code::OutputNotAtomic, message)
            .hint("choose a folder inside it with `--out`, if it is a mount point"))
    }

    fn replace(&self) -> Result<(), Diagnostic> {
        self.write_manifest(&self.new.clone().and(self.old))?;
        let (in_the_way, others) = self.removed();
        self.remove(&in_the_way)?;
        for path in folders(self.new.paths()) {
            let failed = |cause| self.out.failed("make", path, cause);
            self.out.ensure(path).map_err(failed)?;
        }
        let written = || self.changes.added.iter().chain(&self.changes.changed);
        let is_index = |path: &&String| path.rsplit('/').next() == Some("index.html");
        for path in written().filter(|path| !is_index(path)) {
            self.bring(path)?;
        }
        for path in written().filter(is_index) {
            self.bring(path)?;
        }
        self.remove(&others)?;
        self.write_manifest(self.new)
    }

    /// The files to remove: first those that stand where the new site has a folder, or in a
    /// folder where it has a file.
    fn removed(&self) -> (Vec<&str>, Vec<&str>) {
        let new_folders = folders(self.new.paths());
        let removed = self.changes.removed.iter().map(String::as_str);
        removed.partition(|path| {
            new_folders.contains(path)
                || folders(std::iter::once(*path))
                    .into_iter()
                    .any(|folder| self.new.find(folder).is_some())
        })
    }

    fn remove(&self, paths: &[&str]) -> Result<(), Diagnostic> {
        for path in paths {
            let failed = |cause| self.out.failed("remove", path, cause);
            self.out.remove(path).map_err(failed)?;
        }
        for path in folders(paths.iter().copied()).into_iter().rev() {
            let failed = |cause| self.out.failed("remove", path, cause);
            self.out.remove_empty(path).map_err(failed)?;
        }
        Ok(())
    }

    fn bring(&self, path: &str) -> Result<(), Diagnostic> {
        let bring = || -> SysResult<()> {
            let mut bytes = Vec::new();
            self.stage.read(path, &mut bytes)?;
            self.out.create(PART, &bytes)?;
            self.out.rename(PART, path)
        };
        bring().map_err(|cause| self.out.failed("write", path, cause))
    }

    fn write_manifest(&self, manifest: &Manifest) -> Result<(), Diagnostic> {
        let write = self.out.write_manifest(manifest);
        write.map_err(|cause| self.out.failed("write", MANIFEST, cause))
    }
}
