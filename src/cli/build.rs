//! `build`: the book becomes a site in a folder.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::{Build, Target};
use super::outcome::Outcome;
use super::outcome::say;
use super::session::Session;
use super::timings::{Clock, Files};
use crate::diag::{Count, Diagnostics, Severity};
use crate::output::{self, Changes, Job};
use crate::pipeline::{self, Loaded};
use crate::site::{Contents, Site, Theme};
use crate::source::{self, Sources};

/// Builds that last longer than this show a bar.
const PROGRESS_AFTER: Duration = Duration::from_millis(500);

/// Builds the site.
pub(super) fn run(session: &Session, options: &Build) -> Outcome {
    let start = Instant::now();
    let mut clock = Clock::start();
    let mut diags = Diagnostics::new();
    let root = match session.found_root(&mut diags) {
        Ok(root) => root,
        Err(outcome) => return outcome,
    };
    let sources = source::load(&root, &mut diags);
    clock.lap("source");
    let out = out(options, &root);
    let fingerprint = fingerprint(session, &sources);
    let place = output::Options { out: &out, book: &root, fingerprint };
    if options.target == Target::Dir && diags.is_empty() && output::is_up_to_date(&place)
    {
        clock.lap("output, looking");
        if !session.global.quiet {
            say(&up_to_date(&out, start.elapsed()));
        }
        if options.timings {
            say(&clock.table());
        }
        return Outcome::Fine;
    }
    let book = session.options();
    let loaded = pipeline::run(sources, &book, None, &mut diags, &mut |stage| {
        clock.lap(stage);
    });
    if session.is_refused(&diags) {
        return session.fail(&diags, &loaded.sources);
    }
    let is_timed = options.timings;
    let mut build =
        Writing { session, loaded: &loaded, place, clock, is_timed, files: None };
    let changes = match options.target {
        Target::Dir => build.write(&mut diags),
        Target::Tar => build.pack(&mut diags).map(Some),
    };
    let Writing { clock, files, .. } = build;
    diags.settle(&loaded.levels);
    let Some(changes) = changes else { return session.fail(&diags, &loaded.sources) };
    session.print(&diags, &loaded.sources);
    if !session.global.quiet {
        let done = match &changes {
            Some(changes) => summary(&loaded, &out, changes, start.elapsed()),
            None => up_to_date(&out, start.elapsed()),
        };
        say(&(done + &warnings(&diags)));
    }
    if let (true, Some(changes)) = (session.global.verbose, &changes) {
        say(&listed(changes));
    }
    if options.timings {
        say(&format!("{}{}", clock.table(), files.unwrap_or_default()));
    }
    std::mem::forget(loaded);
    Outcome::Fine
}

/// The number of warnings in a line; empty if there are none.
fn warnings(diags: &Diagnostics) -> String {
    match diags.count(Severity::Warning) {
        0 => String::new(),
        _ => format!("{}\n", diags.counted()),
    }
}

/// The place to write to.
fn out(options: &Build, root: &Path) -> PathBuf {
    let name = match options.target {
        Target::Dir => "public",
        Target::Tar => "public.tar",
    };
    options.out.clone().unwrap_or_else(|| root.join(name))
}

/// Every file that was added, changed or removed.
pub(super) fn listed(changes: &Changes) -> String {
    let lists = [
        ("added", &changes.added),
        ("changed", &changes.changed),
        ("removed", &changes.removed),
    ];
    let lines = lists.into_iter().flat_map(|(what, paths)| {
        paths.iter().map(move |path| format!("{what:<8}{path}\n"))
    });
    lines.collect()
}

/// A site that is being written.
struct Writing<'a> {
    session: &'a Session,
    loaded: &'a Loaded,
    place: output::Options<'a>,
    clock: Clock,
    /// Whether somebody wants to know how long files take to make.
    is_timed: bool,
    /// The times they took, as a table; none if nothing had to be made.
    files: Option<String>,
}

impl<'a> Writing<'a> {
    /// Writes the site; the inner `None` says that the output was this site already.
    fn write(&mut self, diags: &mut Diagnostics) -> Option<Option<Changes>> {
        let destination = output::open(&self.place, diags)?;
        let is_current = destination.is_current();
        self.clock.lap("output, looking");
        if is_current {
            return Some(None);
        }
        let site = self.site(diags)?;
        let is_content_addressed = |index| site.is_content_addressed(index);
        let changes =
            self.make(&site, &is_content_addressed, |job| destination.write(job, diags));
        // The process ends soon, which frees all at once; piece by piece takes longer.
        std::mem::forget(site);
        changes.map(Some)
    }

    /// Writes the site as an archive; all its files count as added.
    fn pack(&mut self, diags: &mut Diagnostics) -> Option<Changes> {
        let output::Options { out, book, .. } = self.place;
        let site = self.site(diags)?;
        let packed = self.make(&site, &|_| false, |job| output::tar(out, book, job));
        let bytes = packed.map_err(|found| diags.extend(found)).ok()?;
        Some(Changes { added: site.paths().to_vec(), bytes, ..Changes::default() })
    }

    /// The site, if findings do not keep it from being made.
    fn site(&mut self, diags: &mut Diagnostics) -> Option<Site<'a>> {
        let Self { session, loaded, .. } = *self;
        let theme = Theme::load(&loaded.sources, &loaded.book, diags)?;
        let Loaded { book, rankings, plan, .. } = loaded;
        let site = Site::new(Contents { book, rankings, plan }, theme, diags)?;
        self.clock.lap("render, what files share");
        diags.settle(&loaded.levels);
        (!session.is_refused(diags)).then_some(site)
    }

    /// Makes the site's files by way of a job, with a bar, and notes how long they took.
    fn make<T>(
        &mut self,
        site: &Site<'_>,
        is_content_addressed: &(dyn Fn(usize) -> bool + Sync),
        run: impl FnOnce(&Job<'_>) -> T,
    ) -> T {
        let bar = bar(self.session, site.paths().len());
        let files = Files::new(site.paths().len());
        let job = Job {
            paths: site.paths(),
            render_file: &|index, out| files.time(index, || site.render_file(index, out)),
            is_content_addressed,
            progress: &|| bar.inc(1),
        };
        let made = run(&job);
        bar.finish_and_clear();
        self.clock.lap("render and output, file by file");
        self.files = self.is_timed.then(|| files.table(site.paths()));
        made
    }
}

/// Stands for all that a site is made from.
fn fingerprint(session: &Session, sources: &Sources) -> u64 {
    let today = session.today.to_string();
    let options = [
        env!("CARGO_PKG_VERSION"),
        &format!("{:?}", session.global.base_url),
        &today,
        if session.global.drafts { "drafts" } else { "" },
    ];
    let start = sources.fingerprint();
    options
        .into_iter()
        .fold(start, |hash, option| source::combine_hash(hash, option.as_bytes()))
}

/// A bar on a terminal that appears when a build takes long; nothing elsewhere.
pub(super) fn bar(session: &Session, files: usize) -> ProgressBar {
    let length = u64::try_from(files).unwrap_or(u64::MAX);
    if !session.is_terminal || session.global.quiet {
        return ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::hidden());
    }
    let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::hidden());
    let style = ProgressStyle::with_template(
        "building {bar:40} {human_pos} of {human_len} files",
    );
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let shown = bar.clone();
    std::thread::spawn(move || {
        std::thread::sleep(PROGRESS_AFTER);
        if !shown.is_finished() {
            shown.set_draw_target(ProgressDrawTarget::stderr());
        }
    });
    bar
}

/// Says that the output was the book's site already.
fn up_to_date(out: &Path, time: Duration) -> String {
    format!("Nothing changed: {} is up to date ({} ms)\n", shown(out), time.as_millis())
}

/// The output as people find it from where they are.
fn shown(out: &Path) -> String {
    let here = std::env::current_dir().ok();
    let below = here.as_deref().and_then(|here| out.strip_prefix(here).ok());
    let end = if out.is_dir() { "/" } else { "" };
    format!("{}{end}", below.unwrap_or(out).display())
}

fn summary(loaded: &Loaded, out: &Path, changes: &Changes, time: Duration) -> String {
    let book = &loaded.book;
    let mut text = format!(
        "Built {}, {}, {} -> {} ({}, {}; {} written) in {} ms\n",
        Count(book.frameworks.len(), "framework"),
        Count(loaded.plan.pairs.len(), "comparison"),
        Count(book.goals.len(), "goal"),
        shown(out),
        Count(changes.written() + changes.kept, "file"),
        size(changes.bytes),
        changes.written(),
        time.as_millis()
    );
    if loaded.plan.cut_pairs > 0 {
        let cut = Count(loaded.plan.cut_pairs, "comparison");
        text.push_str(&format!("{cut} left out by `[versus] max`\n"));
    }
    text
}

/// A size as people read it.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{bytes} bytes"),
        10_000..10_000_000 => format!("{} KB", bytes / 1000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}
