//! What each stage takes of a book: `cargo bench`, or `BOOK=DIR cargo bench` for another book.
//!
//! Every stage is run again and again for a second at least; the median is
//! printed, in microseconds of one thread (the last two use all threads). Figures compare
//! with those of the same machine only.

#![expect(clippy::print_stdout, reason = "a benchmark is there to print")]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fieldguide::diag::Diagnostics;
use fieldguide::output::{self, Job};
use fieldguide::site::{Contents, Site, Theme};
use fieldguide::{book, pipeline, rank, raw, site, source};

/// Each measurement lasts this long.
const LONG: Duration = Duration::from_secs(1);

fn main() {
    let root = std::env::var_os("BOOK").map(PathBuf::from);
    let root = root.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
    let root = root.canonicalize().expect("BOOK names a folder");
    let options = book::Options {
        today: "2026-11-22".parse().expect("it is a day"),
        drafts: false,
        base_url: None,
        pages: site::fixed_pages(),
        embeds: site::embed_kinds(),
    };
    let mut diags = Diagnostics::new();
    let loaded = pipeline::load(&root, &options, &mut diags, &mut |_| {});
    assert!(!diags.has_errors(), "the book has mistakes: run `fieldguide check`");
    let pipeline::Loaded { sources, book, rankings, plan, .. } = &loaded;
    println!("{} pages, {} files beside them", plan.pages.len(), plan.files.len());

    let mut none = Diagnostics::new();
    time("source::load", || source::load(&root, &mut none));
    let embeds = options.embed_names();
    time("raw::parse", || raw::parse(sources, &embeds, &mut none));
    let raw = raw::parse(sources, &embeds, &mut none);
    time("book::resolve", || book::resolve(&raw, sources, &options, &mut none));
    time("rank::rank", || rank::rank(book, &mut none));
    time("site::plan", || site::plan(book, rankings, &mut none));
    time("Theme::load", || Theme::load(sources, book, &mut none).is_some());
    let contents = Contents { book, rankings, plan };
    let mut site = || {
        let theme = Theme::load(sources, book, &mut none).expect("the theme is whole");
        Site::new(contents, theme, &mut none).expect("it shows the book")
    };
    time("Theme::load and Site::new", || site().paths().len());
    let site = site();
    for (kind, index) in one_of_each(&loaded, &site) {
        time(&format!("a page: {kind}"), || {
            let mut bytes = Vec::new();
            site.render_file(index, &mut bytes).expect("the page can be made");
            bytes.len()
        });
    }
    write(&root, &site);
}

/// The name of each kind of page, and the position of the first page of it.
fn one_of_each(loaded: &pipeline::Loaded, site: &Site<'_>) -> BTreeMap<String, usize> {
    let mut first = BTreeMap::new();
    for page in &loaded.plan.pages {
        let index = site.paths().binary_search(&page.route.path());
        if let (true, Ok(index)) = (page.is_linked, index) {
            first.entry(page.kind.to_owned()).or_insert(index);
        }
    }
    first
}

/// Times the whole site into a folder that is not there, then over itself.
fn write(root: &Path, site: &Site<'_>) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let mut run = 0;
    let into = |name: String| {
        let out = folder.path().join(name);
        let options = output::Options { out: &out, book: root, fingerprint: 0 };
        let job = Job {
            paths: site.paths(),
            render_file: &|index, out| site.render_file(index, out),
            is_content_addressed: &|index| site.is_content_addressed(index),
            progress: &|| {},
        };
        let mut diags = Diagnostics::new();
        let opened = output::open(&options, &mut diags).expect("the folder is ours");
        opened.write(&job, &mut diags).expect("the site can be written").written()
    };
    time("output: all pages, made and written", || {
        run += 1;
        into(format!("new-{run}"))
    });
    time("output: all pages, made and the same", || into("new-1".to_owned()));
}

/// Prints the median time of a piece of work.
fn time<T>(name: &str, mut work: impl FnMut() -> T) {
    let start = Instant::now();
    let mut times = Vec::new();
    while start.elapsed() < LONG || times.len() < 3 {
        let start = Instant::now();
        black_box(work());
        times.push(start.elapsed());
    }
    times.sort_unstable();
    let median = times[times.len() / 2].as_nanos();
    println!("{:>12}.{:02} {name}", median / 1000, median % 1000 / 10);
}
