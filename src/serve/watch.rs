//! When to read the book again. Events of the system are hints; what the folder looks like
//! decides ([`Snapshot`]), and is looked at every second whether there are events or not.
//!
//! Events get lost: queues overflow, network mounts send none, a folder that takes
//! another's place was never watched. So folders are watched one by one, by what tells them
//! from others of their name, and the list is made anew from every snapshot.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::source::Snapshot;

/// Interval between scans of the folder where the system reports most changes.
const WITH_EVENTS: Duration = Duration::from_secs(1);
/// Interval between scans where the system reports no changes.
const WITHOUT_EVENTS: Duration = Duration::from_millis(500);
/// Time without changes before the book is read: most saves are over by then.
const BRIEF: Duration = Duration::from_millis(4);
/// Time without changes before the book that was read is shown.
pub(super) const QUIET: Duration = Duration::from_millis(30);
/// The time without events after which a save is complete.
pub(super) const AT_MOST: Duration = Duration::from_millis(300);
/// The time after a change in which a file is read once more: within it, a second change may
/// have left size and times as they were.
const RACY: Duration = Duration::from_millis(1100);

/// Looks for changes of a book's folder.
pub(super) struct Watcher {
    root: PathBuf,
    native: Option<RecommendedWatcher>,
    /// Folders that are watched, with what tells them from others of their name.
    watched: BTreeMap<PathBuf, (u64, u64)>,
    hints: Receiver<()>,
    /// Kept, so that waiting for hints works without events as well.
    _hinter: SyncSender<()>,
    /// Interval between scans, if the author chose one.
    poll: Option<Duration>,
    last: Snapshot,
    /// When to read the book once more, though nothing seems to have changed.
    again: Option<Instant>,
}

/// The reason to read the book.
#[derive(Debug, Clone, Copy)]
pub(super) struct Change {
    /// When it was noticed.
    pub(super) at: Instant,
    /// Whether nothing seems to have changed for so long that what is read now is certain.
    pub(super) is_late: bool,
}

impl Watcher {
    /// Starts to watch; with an interval, by looking alone.
    pub(super) fn new(root: &Path, poll: Option<Duration>) -> Self {
        let (hinter, hints) = sync_channel(1);
        let sender = hinter.clone();
        let hint = move |event: notify::Result<Event>| {
            if event.is_err() || event.is_ok_and(|event| is_change(event.kind)) {
                // One hint that waits is enough.
                let _ = sender.try_send(());
            }
        };
        let native = match poll {
            None => notify::recommended_watcher(hint).ok(),
            Some(_) => None,
        };
        let mut watcher = Self {
            root: root.to_path_buf(),
            native,
            watched: BTreeMap::new(),
            hints,
            _hinter: hinter,
            poll,
            last: Snapshot::default(),
            again: Some(Instant::now() + RACY),
        };
        watcher.last = watcher.look();
        watcher
    }

    /// Whether the system tells of changes.
    pub(super) fn has_events(&self) -> bool {
        self.native.is_some()
    }

    /// Looks at the folder again, which has changed since.
    pub(super) fn catch_up(&mut self) {
        self.last = self.look();
        self.again = Some(Instant::now() + RACY);
    }

    /// Returns the latest snapshot of the folder.
    pub(super) fn last(&self) -> &Snapshot {
        &self.last
    }

    fn interval(&self) -> Duration {
        match (self.poll, self.has_events()) {
            (Some(poll), _) => poll,
            (None, true) => WITH_EVENTS,
            (None, false) => WITHOUT_EVENTS,
        }
    }

    /// Waits until the book may have changed and is quiet for a moment.
    pub(super) fn next(&mut self) -> Change {
        loop {
            let until = self.again.map(|at| at.saturating_duration_since(Instant::now()));
            let wait = until.map_or(self.interval(), |until| until.min(self.interval()));
            let is_hint = self.hints.recv_timeout(wait).is_ok();
            let noticed = Instant::now();
            if is_hint {
                self.settle(noticed);
            }
            let mut snapshot = self.look();
            if snapshot == self.last {
                if self.again.is_some_and(|at| at <= noticed) {
                    self.again = None;
                    return Change { at: noticed, is_late: true };
                }
                continue;
            }
            // Without a hint nothing says when it is quiet, but two looks that are alike.
            while !is_hint && noticed.elapsed() < AT_MOST {
                std::thread::sleep(BRIEF);
                let next = self.look();
                if std::mem::replace(&mut snapshot, next) == snapshot {
                    break;
                }
            }
            self.last = snapshot;
            self.again = Some(Instant::now() + RACY);
            return Change { at: noticed, is_late: false };
        }
    }

    /// Waits until no hints come.
    fn settle(&self, start: Instant) {
        while start.elapsed() < AT_MOST {
            match self.hints.recv_timeout(BRIEF) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
        }
    }

    /// Looks at the folder, and watches what is new in it.
    fn look(&mut self) -> Snapshot {
        loop {
            let snapshot = Snapshot::of(&self.root);
            // What came into a folder before it was watched is seen by the next look.
            if !self.watch(&snapshot) {
                return snapshot;
            }
        }
    }

    /// Watches the folders of a snapshot; whether one of them was not watched before.
    fn watch(&mut self, snapshot: &Snapshot) -> bool {
        let Some(native) = &mut self.native else { return false };
        let folders: BTreeMap<PathBuf, (u64, u64)> =
            snapshot.folders().map(|(path, id)| (path.to_path_buf(), id)).collect();
        if folders == self.watched {
            return false;
        }
        let is_old =
            |(path, id): &(&PathBuf, &(u64, u64))| folders.get(*path) != Some(id);
        for (path, _) in self.watched.iter().filter(is_old) {
            // It is gone already where the folder is.
            let _ = native.unwatch(path);
        }
        let is_new =
            |(path, id): &(&PathBuf, &(u64, u64))| self.watched.get(*path) != Some(id);
        let mut found = false;
        for (path, _) in folders.iter().filter(is_new) {
            found = true;
            match native.watch(path, RecursiveMode::NonRecursive) {
                Ok(()) => {}
                Err(error) if matches!(error.kind, notify::ErrorKind::PathNotFound) => {}
                // The system's limit, most of all; to look more often does as well.
                Err(_) => {
                    self.native = None;
                    return false;
                }
            }
        }
        self.watched = folders;
        found
    }
}

/// Whether an event may tell of a change; reading a file is one as well.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        EventKind::Any
        | EventKind::Create(_)
        | EventKind::Modify(_)
        | EventKind::Remove(_)
        | EventKind::Other => true,
    }
}
