//! A book in a folder of its own, and `fieldguide` run on it.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::Finding;
use super::outcome::{self, Outcome};

/// A book in a temporary folder, which is removed in the end.
///
/// Each test starts from [`Project::minimal`] and changes one thing.
#[must_use = "a project is there to be run"]
pub(crate) struct Project {
    /// Holds the book's folder and, beside it, what is outside of the book.
    folder: TempDir,
}

impl Project {
    /// The day on which tests run, unless they say another: 2026-11-22.
    pub(crate) const EPOCH: &str = outcome::EPOCH;

    /// A folder without a book.
    pub(crate) fn empty() -> Self {
        let folder = TempDir::new().expect("a temporary folder can be made");
        fs::create_dir(folder.path().join("book")).expect("it is empty");
        Self { folder }
    }

    /// The small book of `tests/sites/minimal`, in which nothing is wrong.
    pub(crate) fn minimal() -> Self {
        let project = Self::empty();
        outcome::copy(&Self::minimal_folder(), &project.root());
        project
    }

    /// The folder of the small book, which nobody may change.
    pub(crate) fn minimal_folder() -> PathBuf {
        outcome::small_book()
    }

    /// The book's folder.
    pub(crate) fn root(&self) -> PathBuf {
        let folder = self.folder.path().join("book");
        folder.canonicalize().expect("the folder is there")
    }

    /// A path below the book's folder; `../` leads to what is outside.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// The bytes of a file below the book's folder.
    #[track_caller]
    pub(crate) fn read(&self, path: &str) -> Vec<u8> {
        fs::read(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Writes a file; the indentation that all its lines share is taken off.
    #[track_caller]
    pub(crate) fn file(self, path: &str, text: &str) -> Self {
        self.bytes(path, unindent(text).as_bytes())
    }

    /// Writes a file just so.
    #[track_caller]
    pub(crate) fn bytes(self, path: &str, bytes: &[u8]) -> Self {
        fs::write(self.room_for(path), bytes)
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        self
    }

    /// Replaces a text that stands once in a file.
    #[track_caller]
    pub(crate) fn edit(self, path: &str, from: &str, to: &str) -> Self {
        let text = String::from_utf8(self.read(path)).expect("the file is UTF-8");
        assert_eq!(
            text.matches(from).count(),
            1,
            "`{from}` does not stand once in {path}"
        );
        self.bytes(path, text.replace(from, to).as_bytes())
    }

    /// Removes a file or a folder.
    #[track_caller]
    pub(crate) fn without(self, path: &str) -> Self {
        let full = self.path(path);
        let removed =
            if full.is_dir() { fs::remove_dir_all(full) } else { fs::remove_file(full) };
        removed.unwrap_or_else(|error| panic!("{path}: {error}"));
        self
    }

    /// Makes a symbolic link.
    #[track_caller]
    pub(crate) fn link(self, path: &str, target: impl AsRef<Path>) -> Self {
        symlink(target, self.room_for(path))
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        self
    }

    /// A path whose folder is there.
    fn room_for(&self, path: &str) -> PathBuf {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("it is below the root"))
            .expect("folders can be made");
        path
    }

    /// Runs `fieldguide` in the book's folder. What it printed has `[ROOT]` for that folder
    /// and `[TIME]` for durations.
    #[must_use = "look at how the run ended"]
    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        self.run_with(arguments, |_| {})
    }

    /// Runs `fieldguide` in the book's folder with a changed environment.
    #[must_use = "look at how the run ended"]
    pub(crate) fn run_with(
        &self,
        arguments: &[&str],
        change: impl FnOnce(&mut Command),
    ) -> Outcome {
        let root = self.root();
        let mut command = Command::new(env!("CARGO_BIN_EXE_fieldguide"));
        command.args(arguments).current_dir(&root).env_clear();
        command.env("NO_COLOR", "1").env("SOURCE_DATE_EPOCH", Self::EPOCH);
        change(&mut command);
        let ended = Outcome::of(&command.output().expect("fieldguide can be started"));
        let [stdout, stderr] =
            [&ended.stdout, &ended.stderr].map(|text| redact(text, &root));
        Outcome { stdout, stderr, ..ended }
    }

    /// The findings of `check`, and how it ended.
    #[track_caller]
    pub(crate) fn check(&self) -> (Vec<Finding>, i32) {
        self.check_with(&[])
    }

    /// The same with more arguments.
    #[track_caller]
    pub(crate) fn check_with(&self, arguments: &[&str]) -> (Vec<Finding>, i32) {
        let outcome = self.run(&[&["check", "--format", "json"], arguments].concat());
        (Finding::all(&outcome.stderr), outcome.status)
    }

    /// The findings of `check` in short: "content/faq.md:3:7 dead-link".
    #[track_caller]
    pub(crate) fn findings(&self) -> Vec<String> {
        self.check().0.iter().map(Finding::brief).collect()
    }
}

/// Takes off the first line if it is empty, and the indentation that all lines share.
fn unindent(text: &str) -> String {
    let text = text.strip_prefix('\n').unwrap_or(text);
    let words = text.lines().filter(|line| !line.trim().is_empty());
    let shared =
        words.map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
    let lines = text.split_inclusive('\n');
    lines
        .map(|line| {
            if line.trim().is_empty() {
                line.trim_start_matches([' ', '\t'])
            } else {
                &line[shared..]
            }
        })
        .collect()
}

/// Puts `[ROOT]` for the book's folder and `[TIME]` for durations.
fn redact(text: &str, root: &Path) -> String {
    let text = text.replace(&*root.to_string_lossy(), "[ROOT]");
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find(" ms") {
        let digits = rest[..at].trim_end_matches(|c: char| c.is_ascii_digit());
        out.push_str(digits);
        out.push_str(if digits.len() < at { "[TIME]" } else { " ms" });
        rest = &rest[at + " ms".len()..];
    }
    out + rest
}

#[test]
fn the_minimal_book_has_nothing_wrong() {
    let outcome = Project::minimal().run(&["check", "--strict"]).ends(0);
    assert_eq!(outcome.stderr, "");
    let _ = outcome.says("3 frameworks, 9 criteria, 1 goal").says("in [TIME]: 0 errors");
}

#[test]
fn texts_lose_the_indentation_they_share() {
    assert_eq!(unindent("\n    a\n\n      b\n    "), "a\n\n  b\n");
    assert_eq!(unindent("a\n  b"), "a\n  b");
}
