//! How a run ended, and the small book that runs are made on.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

/// The day on which tests run, unless they say another: 2026-11-22.
pub(crate) const EPOCH: &str = "1795305600";

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// The exit code; -1 where a signal ended it.
    pub(crate) status: i32,
    /// Results.
    pub(crate) stdout: String,
    /// Findings.
    pub(crate) stderr: String,
}

impl Outcome {
    /// How a program ended.
    pub(crate) fn of(output: &Output) -> Self {
        Self {
            status: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Asserts an exit code, and shows what was printed if it is another.
    #[track_caller]
    pub(crate) fn ends(self, status: i32) -> Self {
        assert_eq!(self.status, status, "{}{}", self.stdout, self.stderr);
        self
    }

    /// Asserts that a text stands in the results.
    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        assert!(self.stdout.contains(text), "no `{text}` in:\n{}", self.stdout);
        self
    }

    /// Asserts that a text stands among the findings.
    #[track_caller]
    pub(crate) fn finds(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "no `{text}` in:\n{}", self.stderr);
        self
    }
}

/// The small book, in which nothing is wrong, and which nobody may change.
pub(crate) fn small_book() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/minimal")
}

/// Copies what is in a folder to another.
pub(crate) fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("the folder is there") {
        let entry = entry.expect("the folder can be read");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir_all(&to).expect("it can be made");
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("files can be copied");
        }
    }
}
