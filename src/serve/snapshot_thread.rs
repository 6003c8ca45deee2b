//! The thread that owns one state of the book, and makes the files that are asked for.
//!
//! A [`Site`] borrows the book that it shows, so both live on the thread's stack, and what
//! others hold is a way to ask it. It ends when nobody can ask it any more, which is when a
//! newer one is shown. A second thread makes every page once meanwhile ([`BackgroundCheck`]).
//!
//! The book is read as soon as it has changed, and shown when the folder has been quiet for
//! a while: what was read in the middle of a save is thrown away.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use super::background_check::{BackgroundCheck, CheckedPages};
use super::change_summary::{AuthorView, Hashes, News};
use super::faults::Faults;
use super::shared_state::{Kept, SharedState};
use super::site_snapshot::{Made, RenderRequest, SiteSnapshot};
use super::state::CheckResult;
use super::watch::{AT_MOST, Change, QUIET};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::pipeline::{self, Loaded};
use crate::rank;
use crate::site::{Contents, Site, Theme};
use crate::source::{self, PreviousFiles, Snapshot, Sources};

/// The longest wait for the list of pages that a change reached, before the author is told
/// without it.
const REPORT_AFTER: Duration = Duration::from_secs(1);
/// Bytes of copied files that are held in memory; more are read when they are asked for.
const HELD: u64 = 64 << 20;

/// The input of a snapshot.
pub(super) struct Job {
    /// Everything that threads share.
    pub(super) shared: Arc<SharedState>,
    /// Its number.
    pub(super) number: u64,
    /// The change that it is to show.
    pub(super) change: Change,
    /// The state of the book's folder, which must be the same when it is quiet.
    pub(super) snapshot: Arc<Snapshot>,
    /// Receives the result.
    pub(super) done: Sender<Read>,
}

/// The result of reading a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Read {
    /// It is shown, or known to be broken.
    Whole,
    /// It changed while it was read.
    Moving,
}

/// Whether the folder still looks the same when it has been quiet for long enough; after a
/// while it is not waited for any more.
fn is_quiet(root: &Path, change: Change, snapshot: &Snapshot) -> bool {
    std::thread::sleep(QUIET.saturating_sub(change.at.elapsed()));
    change.at.elapsed() > AT_MOST || *snapshot == Snapshot::of(root)
}

/// Reads the book and, if it can be shown, shows it until a newer one is.
pub(super) fn run(job: Job) {
    let Job { shared, number, change, snapshot, done } = job;
    let mut diags = Diagnostics::new();
    let kept = shared.kept();
    let sources = read(&shared, kept.as_ref(), &snapshot, &mut diags);
    let certain = change.is_late.then(|| snapshot.clone());
    let root = shared.options.root.clone();
    let quiet = std::thread::spawn(move || is_quiet(&root, change, &snapshot));
    let is_moving = || !quiet.join().is_ok_and(|is_quiet| is_quiet);
    let found = diags.iter().map(|found| found.message.clone()).collect();
    let news = (sources.hashes(), found);
    if !shared.is_new(&news) {
        let is_moving = is_moving();
        if !is_moving {
            shared.keep(None, certain);
        }
        let _ = done.send(if is_moving { Read::Moving } else { Read::Whole });
        return;
    }
    let before = kept.as_ref().map(|kept| &kept.before);
    let loaded =
        pipeline::run(sources, &shared.options.book, before, &mut diags, &mut |_| {});
    drop(kept);
    let site = if shared.is_refused(&diags) { None } else { site(&loaded, &mut diags) };
    if is_moving() {
        let _ = done.send(Read::Moving);
        return;
    }
    shared.remember(news.clone());
    shared.keep(Some(loaded.for_next_build()), certain);
    let (files, start) = (news.0, change.at);
    let Some(site) = site.filter(|_| !shared.is_refused(&diags)) else {
        return Broken { shared: &shared, files, start, done }.say(&diags, &loaded);
    };
    let (requests, asked) = channel();
    let site_snapshot = SiteSnapshot::new(number, &loaded, &site, &files, requests);
    let show =
        Show { assets: site_snapshot.assets, number, loaded: &loaded, site: &site };
    shared.state.show(&Arc::new(site_snapshot));
    let ranks = rank::ranks(&loaded.book, &loaded.rankings);
    let news = News { files, ranks, time: start.elapsed().as_millis() };
    let _ = done.send(Read::Whole);
    shared.begin(&news);
    let shown = Instant::now();
    show.serve_requests(
        &asked,
        Report { shared: &shared, diags, news, shown, is_said: false },
    );
}

/// Reads the book's files, but for those that look as they did.
fn read(
    shared: &SharedState,
    kept: Option<&Kept>,
    now: &Snapshot,
    diags: &mut Diagnostics,
) -> Sources {
    let before = kept.map(|Kept { before, then }| PreviousFiles {
        sources: &before.sources,
        then,
        now,
    });
    let options = source::Options { room: HELD, before };
    let sources = source::load_with(&shared.options.root, options, diags);
    if sources.named("book.toml").is_none() {
        let message = "there is no `book.toml` any more";
        let found = Diagnostic::placeless(Code::NoBook, message);
        diags.push(found.hint("put it back; the site stays as it was until then"));
    }
    sources
}

/// The site of a book, unless the theme cannot show it.
fn site<'a>(loaded: &'a Loaded, diags: &mut Diagnostics) -> Option<Site<'a>> {
    let Loaded { book, rankings, plan, .. } = loaded;
    let theme = Theme::load(&loaded.sources, book, diags);
    let site = theme
        .and_then(|theme| Site::new(Contents { book, rankings, plan }, theme, diags));
    diags.settle(&loaded.levels);
    site
}

/// A change that broke the book.
struct Broken<'a> {
    shared: &'a SharedState,
    files: Hashes,
    start: Instant,
    done: Sender<Read>,
}

impl Broken<'_> {
    /// Says that the book cannot be shown.
    fn say(self, diags: &Diagnostics, loaded: &Loaded) {
        let Self { shared, files, start, done } = self;
        let Faults { title, findings } = shared.faults(diags, &loaded.sources);
        let title = format!("{title}; pages stay as they were");
        shared.state.break_off(Faults { title, findings });
        let _ = done.send(Read::Whole);
        let (errors, time) = (diags.count(Severity::Error), start.elapsed().as_millis());
        let line = |author: &AuthorView| author.broken(&files, errors, time);
        shared.tell(line, |author| author.files.clone_from(&files));
        shared.print(diags, &loaded.sources);
    }
}

/// The report of a snapshot, given when all of its pages have been made.
struct Report<'a> {
    shared: &'a SharedState,
    diags: Diagnostics,
    news: News,
    /// When it was shown.
    shown: Instant,
    /// Whether the author has been told of it already.
    is_said: bool,
}

impl Report<'_> {
    /// Tells the author that the change is shown, if the check of all pages takes long.
    fn report_early(&mut self) {
        if !self.is_said && self.shown.elapsed() > REPORT_AFTER {
            self.is_said = true;
            self.shared
                .tell(|t| t.line(&self.news, None), |author| author.learn(&self.news));
        }
    }
}

/// An snapshot that is shown.
struct Show<'a> {
    number: u64,
    assets: u64,
    loaded: &'a Loaded,
    site: &'a Site<'a>,
}

impl Show<'_> {
    /// Makes what is asked for; on another thread meanwhile every page once.
    fn serve_requests(&self, asked: &Receiver<RenderRequest>, finish: Report<'_>) {
        let (is_over, shared) = (AtomicBool::new(false), finish.shared);
        std::thread::scope(|scope| {
            scope.spawn(|| self.check_in_background(&is_over, finish));
            // An open page asks for its new version, and then is loaded again.
            let mut last = None;
            while let Ok(request) = asked.recv() {
                self.answer(request, shared, &mut last);
            }
            is_over.store(true, Ordering::Relaxed);
        });
    }

    /// Looks at every page, and says what became of the change.
    fn check_in_background(&self, is_over: &AtomicBool, mut finish: Report<'_>) {
        let pass = BackgroundCheck::new(self.site, self.assets);
        let shared = finish.shared;
        let passed = pass.run(&shared.state, &shared.pool, is_over, || {
            if shared.state.is_newest(self.number) {
                finish.report_early();
            }
        });
        if let Some(passed) = passed {
            self.finish(passed, finish);
        }
    }

    /// Answers with a file; the page that was made last is not made again.
    fn answer(
        &self,
        RenderRequest { index, answer }: RenderRequest,
        shared: &SharedState,
        last: &mut Option<(usize, Vec<u8>)>,
    ) {
        let made = match last {
            Some((known, bytes)) if *known == index => Ok(bytes.clone()),
            Some(_) | None => self.make(index, shared),
        };
        if let Ok(bytes) = &made
            && self.site.is_page(index)
        {
            *last = Some((index, bytes.clone()));
        }
        // Whoever asked may have gone away.
        let _ = answer.send(made);
    }

    fn make(&self, index: usize, shared: &SharedState) -> Made {
        let made = match self.site.copied(index) {
            Some(asset) => self.copied(asset),
            None => {
                let mut bytes = Vec::new();
                self.site.render_file(index, &mut bytes).map(|()| bytes)
            }
        };
        made.map_err(|found| {
            let mut diags = Diagnostics::new();
            diags.extend(found);
            shared.faults(&diags, &self.loaded.sources)
        })
    }

    /// A file that the book copies, by its position among those.
    fn copied(&self, asset: usize) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let bytes = self.loaded.sources.whole(asset);
        bytes.map(|bytes| bytes.to_vec()).ok_or_else(|| {
            let path = &self.loaded.book.assets[asset].path;
            let message = format!("`content/assets/{path}` is not there any more");
            vec![Diagnostic::placeless(Code::Io, message)]
        })
    }

    /// Says what became of a change.
    fn finish(&self, passed: CheckedPages, finish: Report<'_>) {
        let Report { shared, mut diags, news, is_said, .. } = finish;
        let CheckedPages { hashes, failed, found } = passed;
        let is_whole = failed.is_empty();
        diags.extend(failed);
        diags.extend(found);
        diags.settle(&self.loaded.levels);
        if !diags.has_errors() {
            diags.report_idle(&self.loaded.levels);
            diags.settle(&self.loaded.levels);
        }
        let is_wrong = shared.is_refused(&diags);
        let faults = is_wrong.then(|| shared.faults(&diags, &self.loaded.sources));
        if !shared.state.checked(self.number, CheckResult { is_whole, faults }) {
            return;
        }
        let line = |author: &AuthorView| {
            if is_said {
                author.late_line(&hashes)
            } else {
                author.line(&news, Some(&hashes))
            }
        };
        shared.tell(line, |author| {
            author.learn(&news);
            author.pages = Some(hashes.clone());
        });
        shared.print(&diags, &self.loaded.sources);
    }
}
