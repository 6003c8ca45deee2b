//! Everything that the threads of the preview share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::background_check::BackgroundPool;
use super::change_summary::{AuthorView, Hashes, News};
use super::faults::{Faults, Words};
use super::guard::Guard;
use super::options::{Console, Options};
use super::state::PreviewState;
use crate::diag::{self, Diagnostics, Format, Printer, Severity, Texts};
use crate::pipeline;
use crate::source::{Snapshot, Sources};

/// Columns of findings on a page.
const WIDTH: usize = 100;

/// Everything that the threads share.
pub(super) struct SharedState {
    pub(super) options: Options,
    pub(super) guard: Guard,
    pub(super) address: String,
    pub(super) console: Box<dyn Console>,
    pub(super) state: PreviewState,
    /// The files that were read last, and what was found while they were read.
    read: Mutex<Option<Findings>>,
    /// The state kept from one reading to the next.
    kept: Mutex<Option<Kept>>,
    author: Mutex<AuthorView>,
    pub(super) pool: BackgroundPool,
}

/// Files, and what was found while they were read.
pub(super) type Findings = (Hashes, Vec<String>);

/// The state kept from one reading of the book to the next.
#[derive(Clone)]
pub(super) struct Kept {
    pub(super) before: pipeline::PreviousBuild,
    /// The state of the folder when the files had been read for certain.
    pub(super) then: Arc<Snapshot>,
}

impl SharedState {
    /// The state before anything is read.
    pub(super) fn new(
        options: Options,
        guard: Guard,
        address: String,
        console: Box<dyn Console>,
    ) -> Self {
        Self {
            options,
            guard,
            address,
            console,
            state: PreviewState::default(),
            read: Mutex::default(),
            kept: Mutex::default(),
            author: Mutex::default(),
            pool: BackgroundPool::new(),
        }
    }

    /// Whether findings keep a book from being shown.
    pub(super) fn is_refused(&self, diags: &Diagnostics) -> bool {
        diags.has_errors()
            || (self.options.is_strict && diags.count(Severity::Warning) > 0)
    }

    /// Whether something else was read than the last time.
    pub(super) fn is_new(&self, read: &Findings) -> bool {
        lock(&self.read).as_ref() != Some(read)
    }

    /// Remembers what was read.
    pub(super) fn remember(&self, read: Findings) {
        *lock(&self.read) = Some(read);
    }

    /// The state kept from the last reading.
    pub(super) fn kept(&self) -> Option<Kept> {
        lock(&self.kept).clone()
    }

    /// Stores the new results, or marks the old ones as verified.
    pub(super) fn keep(
        &self,
        before: Option<pipeline::PreviousBuild>,
        certain: Option<Arc<Snapshot>>,
    ) {
        let mut kept = lock(&self.kept);
        let old = kept.take();
        let then = certain.or_else(|| old.as_ref().map(|old| old.then.clone()));
        let before = before.or_else(|| old.map(|old| old.before));
        let then = then.unwrap_or_default();
        *kept = before.map(|before| Kept { before, then });
    }

    /// Remembers the first reading, of which no line is printed.
    pub(super) fn begin(&self, news: &News) {
        let mut author = lock(&self.author);
        if author.files.is_empty() {
            author.learn(news);
        }
    }

    /// Prints a line, if there is something to say, and updates what the author has seen.
    pub(super) fn tell(
        &self,
        line: impl FnOnce(&AuthorView) -> String,
        learn: impl FnOnce(&mut AuthorView),
    ) {
        let mut author = lock(&self.author);
        let line = line(&author);
        if !line.is_empty() {
            self.console.say(&line);
        }
        learn(&mut author);
    }

    /// Errors and warnings of a book, for its pages.
    pub(super) fn faults(&self, diags: &Diagnostics, sources: &Sources) -> Faults {
        let words = diag::pieces(WIDTH, diags, sources).into_iter().map(|piece| Words {
            link: piece.place.and_then(|(file, place)| {
                let path = sources.on_disk(file)?;
                Some(self.options.editor.as_ref()?.address(&path, place))
            }),
            text: piece.text,
        });
        Faults { title: diags.counted(), findings: words.collect() }
    }

    /// Prints findings, unless they are those that were printed last.
    pub(super) fn print(&self, diags: &Diagnostics, texts: &dyn Texts) {
        let printer = Printer { format: Format::Human, colour: false, width: WIDTH };
        let findings = printer.print(diags, texts);
        let mut author = lock(&self.author);
        if author.findings != findings {
            self.console.print(diags, texts);
            author.findings = findings;
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
