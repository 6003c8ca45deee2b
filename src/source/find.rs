//! Finds the book a command is about.

use std::path::{Path, PathBuf};

use crate::diag::{Code, Diagnostic};

/// The nearest folder upward from `start` that holds a `book.toml`.
pub fn find_root(start: &Path) -> Result<PathBuf, Diagnostic> {
    start
        .ancestors()
        .find(|folder| folder.join("book.toml").is_file())
        .map(Path::to_path_buf)
        .ok_or_else(|| {
            let message =
                format!("no `book.toml` in `{}` or any folder above it", start.display());
            Diagnostic::placeless(Code::NoBook, message)
                .hint("run `fieldguide init` to start a book here")
                .hint("name the book's folder with `--root DIR`")
        })
}
