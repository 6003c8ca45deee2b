//! Random edits, of which about a third break the book, while clients ask all the time: the
//! preview lives, every answer is whole, and the end is what a clean build makes.
//!
//! `SERVE_EDITS=500` makes more of them, `SERVE_SEED=7` others; `SERVE_FIGURES=FILE` takes
//! down what the process needs after each.

use std::collections::BTreeMap;
use std::fs;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::assert_served;
use super::edits::settle;
use crate::support::{Preview, Project, Response};

/// Clients that ask all the time.
const CLIENTS: usize = 4;
/// Edits after which the site is held against a clean build.
const BURST: usize = 10;

pub(super) fn setting(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// A small generator of numbers (xorshift), so that a run can be repeated.
pub(super) struct Numbers(u64);

impl Numbers {
    pub(super) fn new(seed: u64) -> Self {
        Self(0x9e37_79b9_7f4a_7c15 ^ (seed << 17))
    }

    pub(super) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (n as u64)).unwrap()
    }

    fn of<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}

/// A book that is edited: what its files would be if nobody broke them.
struct Author {
    book: Project,
    numbers: Numbers,
    files: BTreeMap<String, Vec<u8>>,
    broken: Vec<String>,
    edits: usize,
}

const TEXTS: &[&str] = &[
    "content/index.md",
    "content/guides/how-to-choose.md",
    "content/versus/django-vs-rails.md",
    "content/goals/content-sites.md",
];

const BROKEN: &[&[u8]] = &[
    b"",
    b"+++\n",
    b"name = \n",
    b"\xff\xfe\x00",
    b"nmae = \"x\"\n",
    b"[](framework:nobody)\n",
    b"title = \"<script>\"\n[[\n",
];

impl Author {
    fn new() -> Self {
        let book = Project::minimal();
        let tree = crate::build::tree(&book.root());
        let seed = setting("SERVE_SEED", 1) as u64;
        Self {
            book,
            numbers: Numbers::new(seed),
            files: tree,
            broken: Vec::new(),
            edits: 0,
        }
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let full = self.book.path(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        if full.is_dir() {
            fs::remove_dir_all(&full).unwrap();
        }
        match self.edits % 3 {
            0 => fs::write(full, bytes).unwrap(),
            1 => {
                let aside = full.with_extension("tmp~");
                fs::write(&aside, bytes).unwrap();
                fs::rename(aside, full).unwrap();
            }
            _ => {
                // It may not be there.
                let _ = fs::remove_file(&full);
                fs::write(full, bytes).unwrap();
            }
        }
    }

    /// Writes a file that is right.
    fn put(&mut self, path: &str, bytes: Vec<u8>) {
        self.write(path, &bytes);
        self.files.insert(path.to_owned(), bytes);
    }

    /// Changes, adds, removes, moves, breaks or repairs something.
    fn edit(&mut self) {
        self.edits += 1;
        let n = self.edits;
        match self.numbers.below(20) {
            0..6 => self.damage(),
            6..8 => self.repair(),
            8..11 => {
                let path = *self.numbers.of(TEXTS);
                let text = String::from_utf8(self.files[path].clone()).unwrap();
                // A book that grows would need more memory.
                let text = text.split("\nEdit ").next().unwrap();
                self.put(path, format!("{text}\nEdit {n}.\n").into_bytes());
            }
            11..13 => {
                let half = self.numbers.below(9) + 2;
                let path = "content/frameworks/rails.toml";
                let text = String::from_utf8(self.files[path].clone()).unwrap();
                let lines = text.lines().map(|line| {
                    if line.starts_with("docs = ") {
                        format!("docs = {}.{}\n", half / 2, half % 2 * 5)
                    } else {
                        format!("{line}\n")
                    }
                });
                let text: String = lines.collect();
                self.put(path, text.into_bytes());
            }
            13..15 => {
                let i = self.numbers.below(4);
                let text = format!("+++\ntitle = \"Page {i}, {n}\"\n+++\n\nWords.\n");
                self.put(&format!("content/pages/page-{i}.md"), text.into_bytes());
            }
            15..17 => {
                let path = format!("content/pages/page-{}.md", self.numbers.below(4));
                self.files.remove(&path);
                self.broken.retain(|broken| *broken != path);
                // It may not be there.
                let _ = fs::remove_file(self.book.path(&path));
            }
            17 => {
                let bytes = n.to_string().into_bytes();
                self.put(&format!("content/assets/{}.txt", n % 5), bytes);
            }
            18 => {
                let css = format!("b {{ top: {n}px }}\n").into_bytes();
                self.put("themes/default/assets/site.css", css);
            }
            _ => self.move_content(),
        }
    }

    fn damage(&mut self) {
        let paths: Vec<String> = self.files.keys().cloned().collect();
        let path = self.numbers.of(&paths).clone();
        match self.numbers.below(8) {
            0 => {
                fs::remove_file(self.book.path(&path)).ok();
            }
            1 => {
                fs::remove_dir_all(self.book.path("content")).ok();
                self.broken.extend(paths);
                return;
            }
            2 => {
                let full = self.book.path(&path);
                fs::remove_file(&full).ok();
                fs::create_dir_all(full).unwrap();
            }
            _ => {
                let bytes = *self.numbers.of(BROKEN);
                self.write(&path, bytes);
            }
        }
        self.broken.push(path);
    }

    fn repair(&mut self) {
        for path in std::mem::take(&mut self.broken) {
            let bytes = self.files[&path].clone();
            self.write(&path, &bytes);
        }
    }

    /// Moves the whole content away and back.
    fn move_content(&mut self) {
        let (content, away) = (self.book.path("content"), self.book.path("../away"));
        if fs::rename(&content, &away).is_ok() {
            std::thread::yield_now();
            fs::rename(away, content).unwrap();
        }
    }
}

/// What a process has at a moment, by name: threads, open files, resident memory in KB.
type Weight = [(&'static str, usize); 3];

fn weight(id: u32) -> Weight {
    let count = |what: &str| {
        fs::read_dir(format!("/proc/{id}/{what}")).map_or(0, Iterator::count)
    };
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let memory = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    [("threads", count("task")), ("files", count("fd")), ("KB", memory.unwrap_or(0))]
}

/// Asserts that in the last third of a run nothing is more than in the second, but for what
/// differs from moment to moment: an eighth. In the first third caches are filled, and a
/// short run is hardly longer than that.
#[track_caller]
fn assert_flat(weights: &[Weight]) {
    let third = weights.len() / 3;
    for of in 0..3 {
        let median = |part: &[Weight]| {
            let mut values: Vec<usize> = part.iter().map(|weight| weight[of].1).collect();
            values.sort_unstable();
            values[values.len() / 2]
        };
        let (middle, late) =
            (median(&weights[third..2 * third]), median(&weights[2 * third..]));
        let name = weights[0][of].0;
        let share = if weights.len() < 300 { 4 } else { 8 };
        assert!(late <= middle + middle / share + 1, "{name}: {middle}, then {late}");
    }
}

#[test]
fn after_random_edits_the_site_is_that_of_a_clean_build() {
    let mut author = Author::new();
    let preview = Preview::of(&author.book, &[]);
    let all = setting("SERVE_EDITS", 120);
    let (is_over, asked) = (AtomicBool::new(false), AtomicUsize::new(0));
    let paths = ["", "frameworks/rails/", "best-for/content-sites/", "compare/", "nope"];
    let mut weights = vec![];
    std::thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (preview, is_over, asked) = (&preview, &is_over, &asked);
            scope.spawn(move || {
                while !is_over.load(Ordering::Relaxed) {
                    let path = paths[asked.fetch_add(1, Ordering::Relaxed) % paths.len()];
                    assert_whole(&preview.page(path), client);
                }
            });
        }
        let end = OnDrop(&is_over);
        for edit in 1..=all {
            author.edit();
            weights.push(weight(preview.id()));
            if edit % 3 == 0 {
                let seen = asked.load(Ordering::Relaxed);
                preview.wait_for("answer", || asked.load(Ordering::Relaxed) > seen + 2);
            }
            if edit % BURST == 0 {
                author.repair();
                settle(&preview, &author.book);
            }
        }
        drop(end);
    });
    author.repair();
    assert_served(&preview, &settle(&preview, &author.book));
    if let Some(file) = std::env::var_os("SERVE_FIGURES") {
        let line =
            |weight: &Weight| weight.map(|(name, n)| format!("{n} {name}")).join(" ");
        let lines: Vec<String> = weights.iter().map(line).collect();
        fs::write(file, lines.join("\n")).unwrap();
    }
    assert_flat(&weights);
}

/// Ends the clients, also where an assertion fails.
struct OnDrop<'a>(&'a AtomicBool);

impl Drop for OnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Asserts that an answer is a whole page, whatever the book is at the moment.
#[track_caller]
fn assert_whole(page: &Response, client: usize) {
    let text = page.text();
    assert!(matches!(page.status, 200 | 404), "client {client}: {page:?}");
    assert!(text.starts_with("<!DOCTYPE html>"), "client {client}: {page:?}");
    assert!(text.ends_with("</html>\n"), "client {client}: {page:?}");
}
