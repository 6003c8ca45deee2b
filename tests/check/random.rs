//! Books with random mistakes: no stage panics, and every finding has a place in its file.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fieldguide::diag::{Span, Texts};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{
    Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner,
};

use super::{Project, load_and_plan};

/// How long the books are tried in a plain run; `RANDOM_SECONDS` sets another time.
const SECONDS: u64 = 8;

/// One change of one file.
#[derive(Debug, Clone)]
enum Change {
    /// A bit is flipped.
    Flip(usize, u8),
    /// The rest of the file is gone.
    Cut(usize),
    /// Two lines change places.
    Swap(usize, usize),
    /// A line stands twice.
    Twice(usize),
    /// Something is written in between.
    Insert(usize, String),
    /// A piece of another file is written in between.
    Graft(usize, usize, usize),
    /// The file is gone.
    Delete,
}

/// What is written into files: what is special to TOML, Markdown or a book.
const PIECES: &[&str] = &[
    "\n",
    "\r",
    "\t",
    " ",
    "\"",
    "'",
    "\"\"\"",
    "[",
    "]",
    "{",
    "}",
    "[[",
    "]]",
    "=",
    ",",
    ".",
    "#",
    "+++\n",
    "---\n",
    "```\n",
    "```matrix\n",
    "```ranking\ngoal = \"x\"\n```\n",
    "> ",
    "- ",
    "  ",
    "[](",
    "](",
    ")",
    "<",
    ">",
    "<!--",
    "-->",
    "<b>",
    "<details>",
    "[^1]",
    "[^1]: ",
    "|",
    "\n|-|\n",
    "framework:",
    "goal:",
    "fact:",
    "versus:",
    "page:",
    "criterion:",
    "../",
    "content/",
    "#x",
    "%2e",
    "javascript:",
    "https://",
    "\\",
    "\\u",
    "é",
    "東",
    "\u{feff}",
    "\0",
    "1e999",
    "inf",
    "nan",
    "0x",
    "-1",
    "2026-02-30",
    "true",
    "id = \"\"\n",
    "[facts]\n",
    "kind = \"number\"\n",
    "criteria = []\n",
    "_",
    "&#",
    "utility = [[0,0],[0,0]]\n",
    "draft = true\n",
    "aliases = [\"/\"]\n",
    "{#a}",
    "# ",
    "###### ",
];

fn change() -> impl Strategy<Value = Change> {
    let at = || any::<usize>();
    prop_oneof![
        3 => (at(), 0..8_u8).prop_map(|(at, bit)| Change::Flip(at, bit)),
        1 => at().prop_map(Change::Cut),
        2 => (at(), at()).prop_map(|(a, b)| Change::Swap(a, b)),
        1 => at().prop_map(Change::Twice),
        6 => (at(), prop::sample::select(PIECES))
            .prop_map(|(at, piece)| Change::Insert(at, piece.to_owned())),
        2 => (at(), at(), at()).prop_map(|(at, from, to)| Change::Graft(at, from, to)),
        1 => Just(Change::Delete),
    ]
}

impl Change {
    /// Makes the change; none if the file is gone.
    fn make(&self, bytes: &[u8], other: &[u8]) -> Option<Vec<u8>> {
        let within = |at: usize| at % (bytes.len() + 1);
        let mut new = bytes.to_vec();
        let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
        match self {
            Change::Delete => return None,
            Change::Flip(at, bit) if !bytes.is_empty() => {
                new[at % bytes.len()] ^= 1 << bit;
            }
            Change::Cut(at) => new.truncate(within(*at)),
            Change::Swap(a, b) if !lines.is_empty() => {
                let mut lines = lines.clone();
                let count = lines.len();
                lines.swap(a % count, b % count);
                new = lines.concat();
            }
            Change::Twice(at) if !lines.is_empty() => {
                let mut lines = lines.clone();
                let at = at % lines.len();
                lines.insert(at, lines[at]);
                new = lines.concat();
            }
            Change::Insert(at, piece) => {
                let at = within(*at);
                new.splice(at..at, piece.bytes());
            }
            Change::Graft(at, from, to) if !other.is_empty() => {
                let (from, to) = (from % other.len(), to % other.len());
                let piece = other[from.min(to)..from.max(to)].to_vec();
                let at = within(*at);
                new.splice(at..at, piece);
            }
            Change::Flip(..)
            | Change::Swap(..)
            | Change::Twice(_)
            | Change::Graft(..) => {}
        }
        Some(new)
    }
}

/// The files of the small book, and some that it does not need.
fn files(root: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = walkdir::WalkDir::new(root).sort_by_file_name().into_iter();
    let files = entries.map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(root).unwrap().to_owned();
            (path, std::fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// Looks at the findings of a book.
fn check(root: &Path) -> Result<(), TestCaseError> {
    let (sources, diags, plan) = load_and_plan(root);
    prop_assert!(plan.pages.len() > 5);
    let is_within = |span: Span| {
        let text = &sources.text(span.file).text;
        let range = span.range();
        range.start <= range.end
            && range.end <= text.len()
            && text.is_char_boundary(range.start)
            && text.is_char_boundary(range.end)
    };
    for found in diags.iter() {
        let spans = found.span.into_iter().chain(found.labels.iter().map(|l| l.span));
        for span in spans {
            prop_assert!(is_within(span), "{:?} is at {:?}", found, span);
        }
        prop_assert!(found.message.len() < 400, "a long message: {}", found.message);
        prop_assert!(!found.message.is_empty());
    }
    prop_assert!(diags.iter().count() < 400, "{} findings", diags.iter().count());
    Ok(())
}

/// The seed in the variable `RANDOM_SEED`, whose 50 books alone are tried then.
fn given_seed() -> Option<u64> {
    let seed = std::env::var("RANDOM_SEED").ok()?;
    Some(seed.parse().expect("`RANDOM_SEED` is a whole number that a failure printed"))
}

/// A runner of 50 cases that follow from a seed alone.
fn runner(seed: u64) -> TestRunner {
    let config = Config { cases: 50, failure_persistence: None, ..Config::default() };
    let bytes = [seed.to_le_bytes(); 4].concat();
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}

#[test]
fn a_seed_gives_the_same_books_again() {
    let books = |seed| {
        let mut runner = runner(seed);
        let strategy = prop::collection::vec((any::<usize>(), change()), 1..6);
        let book = |_| strategy.new_tree(&mut runner).unwrap().current();
        format!("{:?}", (0..10).map(book).collect::<Vec<_>>())
    };
    assert_eq!(books(7), books(7));
    assert_ne!(books(7), books(8));
}

#[test]
fn random_mistakes_never_panic_and_every_finding_is_within_its_file() {
    let project = Project::minimal()
        .file("content/faq.md", "## Group\n\n### Why?\n\nSo.\n")
        .file("content/methodology.md", "Words.\n")
        .file("content/pages/about.md", "+++\ntitle = \"About\"\n+++\n[x](page:faq)\n")
        .file("content/frameworks/django.md", "## When\n\n> - ```facts\n>   framework = \"django\"\n>   ```\n")
        .file("content/changes.toml", "[[change]]\ndate = 2026-11-22\ntext = \"A.\"\nabout = [\"goal:content-sites\"]\n")
        .file("themes/dark/theme.toml", "extends = \"default\"\nembeds = [\"chart\"]\n");
    let originals = files(&project.root());
    let changes = prop::collection::vec((any::<usize>(), change()), 1..6);
    let seconds = std::env::var("RANDOM_SECONDS").ok().and_then(|s| s.parse().ok());
    let end = Instant::now() + Duration::from_secs(seconds.unwrap_or(SECONDS));
    let given = given_seed();
    let mut seed = given.unwrap_or_else(|| RandomState::new().build_hasher().finish());
    let mut runs = 0;
    while Instant::now() < end {
        let mut runner = runner(seed);
        let again =
            format!("RANDOM_SEED={seed} cargo test --test suite -- check::random");
        let result = runner.run(&changes, |changes| {
            let folder = tempfile::TempDir::new().unwrap();
            let mut files: Vec<Option<Vec<u8>>> =
                originals.iter().map(|(_, bytes)| Some(bytes.clone())).collect();
            for (file, change) in &changes {
                let file = file % files.len();
                let other =
                    files[(file * 7 + 3) % originals.len()].clone().unwrap_or_default();
                files[file] =
                    files[file].take().and_then(|bytes| change.make(&bytes, &other));
            }
            for ((path, _), bytes) in originals.iter().zip(&files) {
                if let Some(bytes) = bytes {
                    let path = folder.path().join(path);
                    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                    std::fs::write(path, bytes).unwrap();
                }
            }
            let start = Instant::now();
            let result = check(folder.path());
            prop_assert!(start.elapsed() < Duration::from_secs(2), "too slow");
            result
        });
        runs += 50;
        match result {
            Ok(()) => {}
            Err(TestError::Fail(why, changes)) => {
                panic!("after {runs} books: {why}\nchanges: {changes:#?}\nagain: {again}")
            }
            Err(error) => panic!("after {runs} books: {error}\nagain: {again}"),
        }
        if given.is_some() {
            break;
        }
        seed = seed.wrapping_add(1);
    }
}
