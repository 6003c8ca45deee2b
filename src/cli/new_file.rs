//! New files, where nothing is overwritten.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

/// Writes a file that must not exist yet, and the folders that it is in.
pub(super) fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    // `create_new` refuses a file that appeared since we looked.
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}
