//! The background check: makes every page of a snapshot on threads of low priority, to find
//! errors of pages that nobody has open, and to count the pages that a change reached.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rayon::prelude::*;

use super::change_summary::Hashes;
use super::page::stamp;
use super::state::PreviewState;
use crate::diag::Diagnostic;
use crate::site::{self, Site};

/// The pause of the check while the book is read anew.
const STEP_ASIDE: Duration = Duration::from_millis(5);
/// Files that are made at a time.
const STEP: usize = 16;
/// The priority of its threads: a tenth of the time where others want it too.
const LOW: i32 = 10;

/// Threads for what can wait.
pub(super) struct BackgroundPool(Option<rayon::ThreadPool>);

impl BackgroundPool {
    /// As many threads as there are for what cannot wait.
    pub(super) fn new() -> Self {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(rayon::current_num_threads())
            .thread_name(|_| "background".to_owned())
            // Where the system refuses, pages are still right, and slower to come.
            .start_handler(|_| {
                let _ = rustix::process::setpriority_process(None, LOW);
            });
        Self(pool.build().ok())
    }

    /// Runs something on them; on the threads of everything else if there are none.
    fn run<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        match &self.0 {
            Some(pool) => pool.install(work),
            None => work(),
        }
    }
}

/// The check of every page.
pub(super) struct BackgroundCheck<'a> {
    site: &'a Site<'a>,
    /// A hash of the files that the book copies.
    assets: u64,
    /// Positions of files that are left, the next one last.
    left: Vec<usize>,
    look: site::Linter<'a>,
    hashes: Hashes,
    failed: Vec<Diagnostic>,
}

/// The result of checking every page.
pub(super) struct CheckedPages {
    /// The hash of each page.
    pub(super) hashes: Hashes,
    /// Errors of pages that could not be made.
    pub(super) failed: Vec<Diagnostic>,
    /// Errors and warnings of the others.
    pub(super) found: Vec<Diagnostic>,
}

/// The result of rendering one file.
enum Seen {
    Page(u64, site::PageReport),
    Text(Vec<Diagnostic>),
    Failed(Vec<Diagnostic>),
}

impl<'a> BackgroundCheck<'a> {
    /// Begins.
    pub(super) fn new(site: &'a Site<'a>, assets: u64) -> Self {
        let pages = (0..site.paths().len()).filter(|index| site.is_page(*index));
        let left: Vec<usize> = pages.chain(site.texts()).rev().collect();
        let (look, hashes, failed) = (site.linter(), Hashes::new(), Vec::new());
        Self { site, assets, left, look, hashes, failed }
    }

    /// Goes on to the end, unless it is over before; `meanwhile` is called now and then.
    pub(super) fn run(
        mut self,
        state: &PreviewState,
        pool: &BackgroundPool,
        is_over: &AtomicBool,
        mut meanwhile: impl FnMut(),
    ) -> Option<CheckedPages> {
        while !self.left.is_empty() {
            if is_over.load(Ordering::Relaxed) {
                return None;
            }
            if state.is_reading() {
                std::thread::sleep(STEP_ASIDE);
            } else {
                self.step(pool);
            }
            meanwhile();
        }
        let Self { look, hashes, failed, .. } = self;
        Some(CheckedPages { hashes, failed, found: look.end() })
    }

    /// Makes the next files.
    fn step(&mut self, pool: &BackgroundPool) {
        let next = self.left.split_off(self.left.len().saturating_sub(STEP));
        let see = |index: &usize| self.see(*index);
        let seen: Vec<Seen> = pool.run(|| next.par_iter().rev().map(see).collect());
        for (index, seen) in next.iter().rev().zip(seen) {
            let hash = match seen {
                Seen::Page(hash, page) => {
                    self.look.add(*index, page);
                    hash
                }
                Seen::Text(found) => {
                    self.look.add_text(found);
                    continue;
                }
                Seen::Failed(found) => {
                    self.failed.extend(found);
                    0
                }
            };
            self.hashes.insert(self.site.paths()[*index].clone(), hash);
        }
    }

    fn see(&self, index: usize) -> Seen {
        if !self.site.is_page(index) {
            return Seen::Text(self.look.read_text(index));
        }
        let mut bytes = Vec::new();
        match self.site.render_file(index, &mut bytes) {
            Ok(()) => {
                let hash = stamp(&bytes, self.assets);
                Seen::Page(hash, self.look.read(index, &bytes))
            }
            Err(found) => Seen::Failed(found),
        }
    }
}
