//! The annotated cases of `tests/diagnostics/`: what is written above a line is found in it.
//!
//! A file holds cases, a case one or more sections, each laid over a file of the small book
//! in `tests/sites/minimal`:
//!
//! ```text
//! # --- NAME content/criteria.toml ---      the file is this
//! # --- NAME + content/criteria.toml ---    the file ends with this as well
//! # --- NAME without content/faq.md ---     the file is not there
//! ```
//!
//! A finding stands above its line, with its columns (the end is after the last character,
//! `10-+2:4` ends two lines below in column 4); one that is in no line of the case stands
//! below the case's first header. The annotations are taken out before the file is written,
//! so they never change what is read. `UPDATE=1` writes them anew.

mod cases;
mod style;

use std::fs;
use std::path::PathBuf;

use cases::Case;

/// The files with cases, in order.
fn files() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/diagnostics");
    let entries = fs::read_dir(folder).expect("the folder of cases is there");
    let paths = entries.map(|entry| entry.expect("it can be read").path());
    let mut paths: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|e| e == "toml" || e == "md"))
        .collect();
    paths.sort();
    paths
}

/// A file of cases: what stands before the first one, and the cases.
fn read(path: &PathBuf) -> (String, String, Vec<Case>) {
    let text = fs::read_to_string(path).expect("cases are UTF-8");
    let (preamble, cases) = cases::parse(&text);
    (text, preamble, cases)
}

#[test]
fn every_case_finds_what_is_annotated() {
    let mut wrong = Vec::new();
    for path in files() {
        let (text, preamble, cases) = read(&path);
        let found = preamble + &annotated(&cases).join("\n");
        if found == text {
            continue;
        }
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, found).expect("cases can be written");
        } else {
            let name = path.file_name().unwrap_or_default().display();
            wrong.push(format!("{name}\n{}", difference(&text, &found)));
        }
    }
    let help = "UPDATE=1 cargo test --test suite every_case";
    assert!(wrong.is_empty(), "{}\n{help}", wrong.join("\n"));
}

/// The cases as they are found to be, in order, on all processors.
fn annotated(cases: &[Case]) -> Vec<String> {
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let share = cases.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let run = |cases: &[Case]| cases.iter().map(Case::annotated).collect();
        let parts: Vec<_> =
            cases.chunks(share).map(|part| scope.spawn(move || run(part))).collect();
        let join = |part: std::thread::ScopedJoinHandle<'_, Vec<String>>| part.join();
        parts.into_iter().flat_map(|part| join(part).expect("cases can be run")).collect()
    })
}

/// The lines in which two texts differ, with a few around them.
fn difference(expected: &str, found: &str) -> String {
    let (old, new): (Vec<_>, Vec<_>) =
        (expected.lines().collect(), found.lines().collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old_end, new_end) = (old[same..].iter().rev(), new[same..].iter().rev());
    let end = old_end.zip(new_end).take_while(|(a, b)| a == b).count();
    let mut out = String::new();
    let mut show = |sign: &str, lines: &[&str]| {
        for line in lines.iter().take(60) {
            out.push_str(&format!("{sign} {line}\n"));
        }
    };
    show(" ", &old[same.saturating_sub(6)..same]);
    show("-", &old[same..old.len() - end]);
    show("+", &new[same..new.len() - end]);
    out
}
