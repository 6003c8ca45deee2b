//! One state of the book that can be shown: a thread that owns all of it, and makes the
//! files that are asked for.
//!
//! A [`Site`] borrows the book that it shows, so both live on the thread's stack, and what
//! others hold is a way to ask it. While nobody asks, it makes every page once, to find out
//! what is wrong with pages that nobody looks at, and how many a change reached. It ends
//! when nobody can ask it any more, which is when a newer one is shown.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::answer::decoded;
use super::hub::{Faults, Look};
use super::page::stamp;
use super::told::{self, Hashes, News, Told};
use super::{Desk, faults};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::render::{self, Contents, Site, Theme};
use crate::row::{self, Loaded};
use crate::source::{self, Scan};

/// How long a look at all pages stands back while the book is read anew.
const STEP_ASIDE: Duration = Duration::from_millis(5);

/// How long the author waits to be told which pages a change reached.
const PATIENCE: Duration = Duration::from_secs(1);
/// Pages that are made at a time while nobody asks.
const STEP: usize = 16;
/// Bytes of copied files that are held in memory; more are read when they are asked for.
const HELD: u64 = 64 << 20;

/// What others know of an edition.
pub(super) struct Edition {
    /// Its number, from 1.
    pub(super) number: u64,
    /// Where its site is served: starts and ends with `/`.
    pub(super) base_path: String,
    /// The same, decoded.
    base: String,
    /// Paths of its files in byte order, each with whether it is an HTML page.
    files: Vec<(String, bool)>,
    /// A hash of the files that it copies.
    pub(super) assets: u64,
    asks: Sender<Ask>,
}

/// A question for a file, by its position.
struct Ask {
    index: usize,
    answer: SyncSender<Made>,
}

/// A file, or what was found when it was made.
type Made = Result<Vec<u8>, Faults>;

/// What a request's path leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// The file at a position.
    File(usize),
    /// The folder of its last segment: the address lacks its last `/`.
    Folder(String),
    /// The root of the host, below which the site is.
    Above,
    /// Nothing.
    Nothing,
}

impl Edition {
    /// What a request's path, decoded, leads to.
    pub(super) fn find(&self, path: &str) -> Found {
        let Some(below) = path.strip_prefix(&self.base) else {
            return match self.base.strip_suffix('/') == Some(path) {
                true => folder(self.base_path.trim_end_matches('/')),
                false if path == "/" => Found::Above,
                false => Found::Nothing,
            };
        };
        let is_folder = below.is_empty() || below.ends_with('/');
        let file =
            if is_folder { format!("{below}index.html") } else { below.to_owned() };
        match self.position(&file) {
            Some(index) => Found::File(index),
            None if is_folder => Found::Nothing,
            None => match self.position(&format!("{below}/index.html")) {
                Some(_) => folder(below),
                None => Found::Nothing,
            },
        }
    }

    /// The position of a path below the site.
    pub(super) fn position(&self, path: &str) -> Option<usize> {
        self.files.binary_search_by(|(file, _)| file.as_str().cmp(path)).ok()
    }

    /// The path of a file, and whether it is an HTML page.
    pub(super) fn file(&self, index: usize) -> (&str, bool) {
        let (path, is_page) = &self.files[index];
        (path, *is_page)
    }

    /// The style sheets of its theme, whose names change with their bytes.
    pub(super) fn styles(&self) -> impl Iterator<Item = &str> {
        let paths = self.files.iter().map(|(path, _)| path.as_str());
        paths.filter(|path| path.starts_with("theme/") && path.ends_with(".css"))
    }

    /// Makes a file.
    pub(super) fn make(&self, index: usize) -> Made {
        let (answer, made) = std::sync::mpsc::sync_channel(1);
        let asked = self.asks.send(Ask { index, answer }).ok();
        let made = asked.and_then(|()| made.recv().ok());
        made.unwrap_or_else(|| {
            let title = "fieldguide failed at this page".to_owned();
            Err(Faults { title, findings: String::new() })
        })
    }
}

/// The folder that the last segment of a route names.
fn folder(route: &str) -> Found {
    let last = route.rsplit('/').next().unwrap_or_default();
    Found::Folder(format!("./{last}/"))
}

/// What an edition is made from.
pub(super) struct Job {
    /// Everything that threads share.
    pub(super) desk: Arc<Desk>,
    /// Its number.
    pub(super) number: u64,
    /// When the change was noticed that it is to show.
    pub(super) start: Instant,
    /// What the book's folder must still look like when it has been read.
    pub(super) scan: Option<Scan>,
    /// Is told what came of it.
    pub(super) done: Sender<Read>,
}

/// What came of reading a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Read {
    /// It is shown, or known to be broken.
    Whole,
    /// It changed while it was read.
    Moving,
}

/// Reads the book and, if it can be shown, shows it until a newer one is.
pub(super) fn run(job: Job) {
    let Job { desk, number, start, scan, done } = job;
    let mut diags = Diagnostics::new();
    let sources = source::load_within(&desk.options.root, HELD, &mut diags);
    // Half of what is being written makes no book.
    if scan.is_some_and(|scan| scan != Scan::of(&desk.options.root)) {
        let _ = done.send(Read::Moving);
        return;
    }
    let Some(files) = desk.news(sources.hashes(), &diags) else {
        let _ = done.send(Read::Whole);
        return;
    };
    if sources.named("book.toml").is_none() {
        let message = "there is no `book.toml` any more";
        let found = Diagnostic::placeless(Code::NoBook, message);
        diags.push(found.hint("put it back; the site stays as it was until then"));
    }
    let loaded = row::through(sources, &desk.options.book, &mut diags);
    let change = Change { desk: &desk, files, start, done };
    if desk.is_refused(&diags) {
        return change.broken(&diags, &loaded);
    }
    let site = Theme::load(&loaded.sources, &loaded.book, &mut diags).and_then(|theme| {
        let Loaded { book, rankings, plan, .. } = &loaded;
        Site::new(Contents { book, rankings, plan }, theme, &mut diags)
    });
    diags.settle(&loaded.levels);
    let Some(site) = site.filter(|_| !desk.is_refused(&diags)) else {
        return change.broken(&diags, &loaded);
    };
    let (asks, asked) = channel();
    let paths = site.paths().iter().enumerate();
    let assets = change.files.iter().filter(|(path, _)| path.starts_with("content/a"));
    let edition = Edition {
        number,
        base_path: loaded.book.site.base_path.clone(),
        base: decoded(&loaded.book.site.base_path).unwrap_or_default(),
        files: paths.map(|(i, path)| (path.clone(), site.is_page(i))).collect(),
        assets: assets
            .fold(0, |hash, (_, file)| source::mixed(hash, &file.to_le_bytes())),
        asks,
    };
    let show = Show { assets: edition.assets, number, loaded: &loaded, site: &site };
    desk.hub.show(&Arc::new(edition));
    let Change { desk, files, start, done } = change;
    let ranks = told::ranks(&loaded.book, &loaded.rankings);
    let news = News { files, ranks, time: start.elapsed().as_millis() };
    let _ = done.send(Read::Whole);
    desk.begin(&news);
    show.attend(
        &asked,
        Finish { desk, diags, news, shown: Instant::now(), is_said: false },
    );
}

/// A change that is being shown.
struct Change<'a> {
    desk: &'a Desk,
    files: Hashes,
    start: Instant,
    done: Sender<Read>,
}

impl Change<'_> {
    /// Says that the book cannot be shown.
    fn broken(self, diags: &Diagnostics, loaded: &Loaded) {
        let Self { desk, files, start, done } = self;
        let Faults { title, findings } = faults(diags, &loaded.sources);
        let title = format!("{title}; pages stay as they were");
        desk.hub.break_off(Faults { title, findings });
        let _ = done.send(Read::Whole);
        let (errors, time) = (diags.count(Severity::Error), start.elapsed().as_millis());
        let line = |told: &Told| told.broken(&files, errors, time);
        desk.tell(line, |told| told.files.clone_from(&files));
        desk.print(diags, &loaded.sources);
    }
}

/// What is left to be said of an edition when all of its pages were made.
struct Finish<'a> {
    desk: &'a Desk,
    diags: Diagnostics,
    news: News,
    /// When it was shown.
    shown: Instant,
    /// Whether the author has been told of it already.
    is_said: bool,
}

impl Finish<'_> {
    /// Tells the author that the change is shown, if it takes long to know which pages it
    /// reached.
    fn hurry(&mut self) {
        if !self.is_said && self.shown.elapsed() > PATIENCE {
            self.is_said = true;
            self.desk.tell(|t| t.line(&self.news, None), |told| told.learn(&self.news));
        }
    }
}

/// An edition that is shown.
struct Show<'a> {
    number: u64,
    assets: u64,
    loaded: &'a Loaded,
    site: &'a Site<'a>,
}

impl Show<'_> {
    /// Makes what is asked for, and between that every page once.
    fn attend(&self, asked: &Receiver<Ask>, mut finish: Finish<'_>) {
        let hub = &finish.desk.hub;
        let mut pass = Pass::new(self);
        while !pass.is_done() {
            let patience = if hub.is_reading() { STEP_ASIDE } else { Duration::ZERO };
            match asked.recv_timeout(patience) {
                Ok(ask) => self.answer(ask),
                Err(RecvTimeoutError::Timeout) if hub.is_reading() => {}
                Err(RecvTimeoutError::Timeout) => pass.step(),
                Err(RecvTimeoutError::Disconnected) => return,
            }
            if hub.is_newest(self.number) {
                finish.hurry();
            }
        }
        self.finish(pass, finish);
        while let Ok(ask) = asked.recv() {
            self.answer(ask);
        }
    }

    fn answer(&self, ask: Ask) {
        let made = match self.site.copied(ask.index) {
            Some(asset) => self.copied(asset),
            None => {
                let mut bytes = Vec::new();
                self.site.produce(ask.index, &mut bytes).map(|()| bytes)
            }
        };
        let made = made.map_err(|found| {
            let mut diags = Diagnostics::new();
            diags.extend(found);
            faults(&diags, &self.loaded.sources)
        });
        // Whoever asked may have gone away.
        let _ = ask.answer.send(made);
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
    fn finish(&self, pass: Pass<'_>, finish: Finish<'_>) {
        let Finish { desk, mut diags, news, is_said, .. } = finish;
        let Pass { look, hashes, failed, .. } = pass;
        let is_whole = failed.is_empty();
        diags.extend(failed);
        diags.extend(look.end());
        diags.settle(&self.loaded.levels);
        if !diags.has_errors() {
            diags.report_idle(&self.loaded.levels);
            diags.settle(&self.loaded.levels);
        }
        let is_wrong = desk.is_refused(&diags);
        let faults = is_wrong.then(|| faults(&diags, &self.loaded.sources));
        if !desk.hub.looked_through(self.number, Look { is_whole, faults }) {
            return;
        }
        let line = |told: &Told| match is_said {
            true => told.late_line(&hashes),
            false => told.line(&news, Some(&hashes)),
        };
        desk.tell(line, |told| {
            told.learn(&news);
            told.pages = Some(hashes.clone());
        });
        desk.print(&diags, &self.loaded.sources);
    }
}

/// A look at every page.
struct Pass<'a> {
    show: &'a Show<'a>,
    /// Positions of pages that are left, the next one last.
    left: Vec<usize>,
    look: render::Look<'a>,
    hashes: Hashes,
    failed: Vec<Diagnostic>,
}

impl<'a> Pass<'a> {
    fn new(show: &'a Show<'a>) -> Self {
        let site = show.site;
        let all = 0..site.paths().len();
        let left = all.rev().filter(|index| site.is_page(*index)).collect();
        let (look, hashes, failed) = (site.look(), Hashes::new(), Vec::new());
        Self { show, left, look, hashes, failed }
    }

    fn is_done(&self) -> bool {
        self.left.is_empty()
    }

    /// Makes the next pages, so few that who asks for one does not wait.
    fn step(&mut self) {
        let Show { site, assets, .. } = self.show;
        let next = self.left.split_off(self.left.len().saturating_sub(STEP));
        let make = |index: &usize| {
            let mut bytes = Vec::new();
            let made = site.produce(*index, &mut bytes);
            made.map(|()| (stamp(&bytes, *assets), self.look.read(*index, &bytes)))
        };
        let made: Vec<_> = next.par_iter().rev().map(make).collect();
        for (index, made) in next.iter().rev().zip(made) {
            let hash = match made {
                Ok((hash, read)) => {
                    self.look.add(*index, read);
                    hash
                }
                Err(found) => {
                    self.failed.extend(found);
                    0
                }
            };
            self.hashes.insert(site.paths()[*index].clone(), hash);
        }
    }
}
