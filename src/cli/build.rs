//! `build`: the book becomes a site in a folder.

use std::path::Path;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::{Build, Target};
use super::session::Session;
use super::{Outcome, say};
use crate::diag::{Count, Diagnostics, Severity};
use crate::output::{self, Changes, Job};
use crate::render::{Contents, Site, Theme};
use crate::row::Loaded;
use crate::source;

/// Builds that last longer than this show a bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// Builds the site.
pub(super) fn run(session: &Session, options: &Build) -> Outcome {
    let start = Instant::now();
    let mut diags = Diagnostics::new();
    let loaded = match session.load(&mut diags) {
        Ok(loaded) => loaded,
        Err(outcome) => return outcome,
    };
    if session.is_refused(&diags) {
        return session.fail(&diags, &loaded.sources);
    }
    let name = match options.target {
        Target::Dir => "public",
        Target::Tar => "public.tar",
    };
    let out = options.out.clone().unwrap_or_else(|| loaded.sources.root.join(name));
    let changes = match options.target {
        Target::Dir => write(session, &loaded, &out, &mut diags),
        Target::Tar => pack(session, &loaded, &out, &mut diags).map(Some),
    };
    diags.settle(&loaded.levels);
    let Some(changes) = changes else { return session.fail(&diags, &loaded.sources) };
    session.print(&diags, &loaded.sources);
    if !session.global.quiet {
        say(&summary(&loaded, &out, changes.as_ref(), start.elapsed()));
        if diags.count(Severity::Warning) > 0 {
            say(&format!("{}\n", diags.counted()));
        }
    }
    if let (true, Some(changes)) = (session.global.verbose, &changes) {
        say(&listed(changes));
    }
    Outcome::Fine
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

/// Writes the site; the inner `None` says that the output was this site already.
fn write(
    session: &Session,
    loaded: &Loaded,
    out: &Path,
    diags: &mut Diagnostics,
) -> Option<Option<Changes>> {
    let options = output::Options {
        out,
        book: &loaded.sources.root,
        fingerprint: fingerprint(session, loaded),
    };
    let destination = output::open(&options, diags)?;
    if destination.is_current() {
        return Some(None);
    }
    let site = site(session, loaded, diags)?;
    let bar = bar(session, site.paths().len());
    let job = Job {
        paths: site.paths(),
        produce: &|index, out| site.produce(index, out),
        is_settled: &|index| site.is_settled(index),
        progress: &|| bar.inc(1),
    };
    let changes = destination.write(&job, diags);
    bar.finish_and_clear();
    changes.map(Some)
}

/// Writes the site as an archive; all its files count as added.
fn pack(
    session: &Session,
    loaded: &Loaded,
    out: &Path,
    diags: &mut Diagnostics,
) -> Option<Changes> {
    let site = site(session, loaded, diags)?;
    let bar = bar(session, site.paths().len());
    let job = Job {
        paths: site.paths(),
        produce: &|index, out| site.produce(index, out),
        is_settled: &|_| false,
        progress: &|| bar.inc(1),
    };
    let packed = output::tar(out, &loaded.sources.root, &job);
    bar.finish_and_clear();
    let bytes = packed.map_err(|found| diags.extend(found)).ok()?;
    Some(Changes { added: site.paths().to_vec(), bytes, ..Changes::default() })
}

/// The site, if findings do not keep it from being made.
fn site<'a>(
    session: &Session,
    loaded: &'a Loaded,
    diags: &mut Diagnostics,
) -> Option<Site<'a>> {
    let theme = Theme::load(&loaded.sources, &loaded.book, diags)?;
    let contents =
        Contents { book: &loaded.book, rankings: &loaded.rankings, plan: &loaded.plan };
    let site = Site::new(contents, theme, diags)?;
    diags.settle(&loaded.levels);
    (!session.is_refused(diags)).then_some(site)
}

/// Stands for all that a site is made from.
fn fingerprint(session: &Session, loaded: &Loaded) -> u64 {
    let today = session.today.to_string();
    let options = [
        env!("CARGO_PKG_VERSION"),
        &loaded.book.site.base_url,
        &today,
        if session.global.drafts { "drafts" } else { "" },
    ];
    let start = loaded.sources.fingerprint();
    options.into_iter().fold(start, |hash, option| source::mixed(hash, option.as_bytes()))
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
        std::thread::sleep(PATIENCE);
        if !shown.is_finished() {
            shown.set_draw_target(ProgressDrawTarget::stderr());
        }
    });
    bar
}

fn summary(
    loaded: &Loaded,
    out: &Path,
    changes: Option<&Changes>,
    time: Duration,
) -> String {
    let book = &loaded.book;
    let shown = std::env::current_dir().ok();
    let shown = shown.and_then(|here| out.strip_prefix(here).ok().map(Path::to_path_buf));
    let shown = shown.unwrap_or_else(|| out.to_path_buf());
    let what = format!(
        "{}, {}, {}",
        Count(book.frameworks.len(), "framework"),
        Count(loaded.plan.pairs.len(), "comparison"),
        Count(book.goals.len(), "goal"),
    );
    let files = match changes {
        None => "nothing changed".to_owned(),
        Some(changes) => format!(
            "{}, {}; {} written",
            Count(changes.written() + changes.kept, "file"),
            size(changes.bytes),
            changes.written(),
        ),
    };
    let mut text = format!(
        "Built {what} -> {}{} ({files}) in {} ms\n",
        shown.display(),
        if out.is_dir() { "/" } else { "" },
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
