//! Output: files in, a folder on disk out, whole or not at all.
//!
//! [`open`] takes a folder for writing, and refuses one that holds anything an earlier
//! build did not write. [`Destination::write`] then replaces its contents:
//!
//! 1. every file is produced, on all threads, and compared with the old site's; one that
//!    differs is written at once to the stage, `.NAME.spare` beside the output, so that
//!    memory holds a few bytes a file and no contents;
//! 2. if none differs and none is gone, that is all: nothing was written anywhere;
//! 3. files that did not change are linked into the stage, then its manifest is written;
//! 4. stage and output are exchanged in one step. The old site is the next build's stage.
//!
//! Comparing first and linking later costs a second pass over the files that are kept, but
//! whether anything has to be written is known only when the last file is produced.
//!
//! Invariant: whatever happens, the output folder holds the complete old or the complete new
//! site; only files that a manifest lists are ever removed. Where the file system cannot
//! exchange folders, `exchange` and `replace` say what is promised instead. Nothing is made
//! durable against power loss: the site can be built again.
//!
//! Known limits: the output becomes another folder by the same name, so a process that
//! stands in the old one has to enter it again, and owner and access list of the folder are
//! those of the stage. An error that the system reports only when a file is closed, as some
//! network file systems do, goes unnoticed.

mod exchange;
mod error;
mod folder;
mod job;
mod lock;
mod manifest;
mod place;
mod render_files;
mod replace;
mod site;
mod stage;
mod stream;
mod tar;

use rayon::prelude::*;

use self::exchange::Exchanged;
pub use self::job::{Changes, Job, Options, RenderFile};
use self::lock::Lock;
use self::manifest::{Hex, Manifest, is_inside};
use self::place::Place;
use self::render_files::{FileStatus, Record};
use self::replace::Replacement;
use self::site::Site;
use self::stage::Stage;
pub use self::stream::{Sink, Unfinished, stream};
pub use self::tar::tar;
use crate::diag::{Code, Diagnostic, Diagnostics};

/// An output folder that is locked for this build, until it is written or dropped.
#[derive(Debug)]
pub struct Destination {
    lock: Lock,
    site: Site,
    /// Whether all of the site is as it was written.
    is_whole: bool,
    fingerprint: u64,
}

/// Whether the output is the site of this fingerprint already, as a build left it that had
/// no findings: then there is nothing to do and nothing to say. It only looks, and does
/// not lock the folder; any doubt is a no, and [`open`] says what is wrong.
pub fn is_up_to_date(options: &Options) -> bool {
    // The parents of a folder that is there need not be made.
    options.out.is_dir()
        && Place::find(options)
            .is_ok_and(|place| Site::is_up_to_date(&place, options.fingerprint))
}

/// Takes an output folder for writing.
///
/// Refuses ([`Code::OutputRefused`]) whatever fieldguide may not replace, says so when
/// another build is at it ([`Code::OutputLocked`]), and clears up after a build that was
/// killed. A folder that is refused is left as it is.
pub fn open(options: &Options, diags: &mut Diagnostics) -> Option<Destination> {
    let opened = Place::find(options).and_then(Lock::take).and_then(|lock| {
        exchange::recover(&lock.place)?;
        let site = Site::read(&lock.place, &lock.place.name)?;
        let is_whole = site.is_whole();
        Ok(Destination { lock, site, is_whole, fingerprint: options.fingerprint })
    });
    opened.map_err(|refusal| diags.push(refusal)).ok()
}

impl Destination {
    /// Whether the output is the site of this fingerprint, and nothing has to be produced.
    pub fn is_current(&self) -> bool {
        self.is_whole && self.site.manifest.fingerprint == Some(Hex(self.fingerprint))
    }

    /// Replaces the site. On an error the old one stays as it was, and nothing is returned;
    /// findings are in order of path.
    pub fn write(self, job: &Job, diags: &mut Diagnostics) -> Option<Changes> {
        let stage = check_paths(job.paths)
            .and_then(|()| Stage::new(&self.lock.place, job.paths))
            .map_err(|refusal| diags.push(refusal))
            .ok()?;
        let is_silent = diags.is_empty();
        match self.replace(job, &stage, is_silent) {
            Ok((changes, warning)) => {
                diags.extend(warning);
                Some(changes)
            }
            Err(found) => {
                stage.discard();
                diags.extend(found);
                None
            }
        }
    }

    fn replace(
        &self,
        job: &Job,
        stage: &Stage,
        is_silent: bool,
    ) -> Result<(Changes, Option<Diagnostic>), Vec<Diagnostic>> {
        let records = render_files::render_files(job, &self.site, self.is_whole, stage)?;
        let changes = self.changes(job, &records);
        let is_finished = self.site.manifest.fingerprint.is_some();
        if is_finished && changes.written() == 0 && changes.removed.is_empty() {
            return Ok((changes, None));
        }
        let files =
            job.paths.iter().zip(&records).map(|(path, record)| record.list(path));
        let new = Manifest::new(self.fingerprint, is_silent, files.collect());
        let all = job.paths.iter().zip(&records);
        let kept = all.filter(|(_, record)| record.status == FileStatus::Kept);
        let kept: Vec<&str> = kept.map(|(path, _)| path.as_str()).collect();
        match self.show(&new, &kept, stage, &changes) {
            Ok(warning) => Ok((changes, warning)),
            Err(failure) => Err(vec![failure]),
        }
    }

    /// Completes the stage with the files that are kept from the old site, and puts it in the
    /// place of that. Returns a warning.
    fn show(
        &self,
        new: &Manifest,
        kept: &[&str],
        stage: &Stage,
        changes: &Changes,
    ) -> Result<Option<Diagnostic>, Diagnostic> {
        let place = &self.lock.place;
        let Some(out) = &self.site.folder else {
            stage.seal(new)?;
            return exchange::install(place).map(|()| None);
        };
        kept.par_iter().try_for_each(|path| stage.keep(out, path))?;
        stage.seal(new)?;
        let old = &self.site.manifest;
        match exchange::exchange(place)? {
            Exchanged::Whole => Ok(None),
            Exchanged::Immovable => {
                let stage_folder = stage.folder()?;
                let sites = Replacement { out, old, stage: stage_folder, new, changes };
                let warning = sites.run()?;
                stage.discard();
                Ok(Some(warning))
            }
        }
    }

    fn changes(&self, job: &Job, records: &[Record]) -> Changes {
        let mut changes = Changes::default();
        for (path, record) in job.paths.iter().zip(records) {
            changes.bytes += record.size;
            match record.status {
                FileStatus::Added => changes.added.push(path.clone()),
                FileStatus::Changed => changes.changed.push(path.clone()),
                FileStatus::Kept => changes.kept += 1,
            }
        }
        let is_gone =
            |path: &&str| job.paths.binary_search_by(|p| (**p).cmp(path)).is_err();
        let old = self.site.manifest.paths();
        changes.removed = old.filter(is_gone).map(str::to_owned).collect();
        changes
    }
}

fn check_paths(paths: &[String]) -> Result<(), Diagnostic> {
    let outside = paths.iter().find(|path| !is_inside(path));
    let unsorted = paths.windows(2).find(|pair| pair[0] >= pair[1]).map(|pair| &pair[1]);
    match outside.or(unsorted) {
        None => Ok(()),
        Some(path) => Err(Diagnostic::placeless(
            Code::BadFileName,
            format!("`{path}` cannot be the path of a file in a site"),
        )
        .hint("use parts other than `.` and `..`, joined by `/`, each path once")),
    }
}
