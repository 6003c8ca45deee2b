//! The current state: the newest snapshot, the last good one, errors and warnings. Threads
//! share only this; everything in it is replaced as a whole.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::faults::Faults;
use super::site_snapshot::SiteSnapshot;

/// The current state, and a condition variable signalled when it changes.
#[derive(Default)]
pub(super) struct PreviewState {
    shown: Mutex<Shown>,
    changed: Condvar,
}

/// State of the preview at one moment.
#[derive(Clone, Default)]
pub(super) struct Shown {
    /// Rises with everything that an open page could want to know.
    pub(super) build: u64,
    /// The newest snapshot.
    pub(super) current: Option<Arc<SiteSnapshot>>,
    /// The newest snapshot of which every page could be made; as long as none has been looked
    /// through, the one before the newest.
    pub(super) good: Option<Arc<SiteSnapshot>>,
    /// Whether `good` has been looked through.
    is_whole: bool,
    /// Errors and warnings of the book.
    pub(super) faults: Option<Arc<Faults>>,
    /// Whether the book is being read, so that everything else may wait.
    is_reading: bool,
    /// Whether it has been read once.
    is_begun: bool,
}

impl Shown {
    fn is_newest(&self, number: u64) -> bool {
        let current = self.current.as_ref().map(|site_snapshot| site_snapshot.number);
        current == Some(number) && self.faults.is_none()
    }
}

impl PreviewState {
    fn lock(&self) -> MutexGuard<'_, Shown> {
        // Every change is one assignment, so what a thread left behind is whole.
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the current state; waits until the book has been read for the first time.
    pub(super) fn shown(&self) -> Shown {
        let begun = self.changed.wait_while(self.lock(), |shown| !shown.is_begun);
        begun.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until something else than a build is shown, but not forever.
    pub(super) fn after(&self, build: u64, timeout: Duration) -> u64 {
        let waited =
            self.changed.wait_timeout_while(self.lock(), timeout, |s| s.build == build);
        waited.unwrap_or_else(PoisonError::into_inner).0.build
    }

    /// Says that the book is being read.
    pub(super) fn read(&self) {
        self.lock().is_reading = true;
    }

    /// Says that the book has been read, whatever came of it.
    pub(super) fn end_reading(&self) {
        let mut shown = self.lock();
        shown.is_reading = false;
        shown.is_begun = true;
        self.changed.notify_all();
    }

    /// Whether the book is being read.
    pub(super) fn is_reading(&self) -> bool {
        self.lock().is_reading
    }

    /// Shows a new snapshot, in which nothing is known to be wrong yet.
    pub(super) fn show(&self, site_snapshot: &Arc<SiteSnapshot>) {
        self.turn(|shown| {
            let before = shown.current.replace(site_snapshot.clone());
            if !shown.is_whole {
                shown.good = before;
            }
            shown.faults = None;
        });
    }

    /// Shows what is wrong with the book, above what was shown before.
    pub(super) fn break_off(&self, faults: Faults) {
        self.turn(|shown| shown.faults = Some(Arc::new(faults)));
    }

    /// Whether a snapshot is what the author wrote last: the newest, and nothing newer is
    /// known to be broken.
    pub(super) fn is_newest(&self, number: u64) -> bool {
        self.lock().is_newest(number)
    }

    /// Takes the result of the background check of a snapshot. Returns whether that is still
    /// what the author wrote last.
    pub(super) fn checked(&self, number: u64, look: CheckResult) -> bool {
        let mut shown = self.lock();
        let is_newest = shown.is_newest(number);
        let current =
            shown.current.clone().filter(|site_snapshot| site_snapshot.number == number);
        if look.is_whole && current.is_some() {
            shown.good = current;
            shown.is_whole = true;
        }
        if is_newest && look.faults.is_some() {
            shown.faults = look.faults.map(Arc::new);
            shown.build += 1;
            self.changed.notify_all();
        }
        is_newest
    }

    fn turn(&self, change: impl FnOnce(&mut Shown)) {
        let mut shown = self.lock();
        change(&mut shown);
        shown.build += 1;
        self.changed.notify_all();
    }
}

/// The result of checking every page of a snapshot.
pub(super) struct CheckResult {
    /// Whether every page could be made.
    pub(super) is_whole: bool,
    /// Errors and warnings.
    pub(super) faults: Option<Faults>,
}
