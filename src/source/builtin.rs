//! The files of the built-in theme, embedded in the binary, as if they stood in the book.
//!
//! A file of the same path in the book wins, so a book's own `themes/default` overrides the
//! built-in theme file by file.

use std::sync::Arc;

use super::{Asset, Sources};

macro_rules! files {
    ($($path:literal)*) => {
        &[$((
            concat!("themes/default/", $path),
            include_str!(concat!("../../themes/default/", $path)),
        )),*]
    };
}

/// Path and text of every file of the built-in theme.
pub(super) const FILES: &[(&str, &str)] = files! {
    "strings/en.toml"
    "templates/cell.html"
    "templates/redirect.html"
    "theme.toml"
};

/// Adds the built-in files that the book does not have itself.
pub(super) fn add(sources: &mut Sources) {
    for (path, text) in FILES {
        if path.starts_with("themes/default/assets/") {
            if !sources.assets.iter().any(|asset| asset.path == *path) {
                let bytes = Arc::from(text.as_bytes());
                sources.assets.push(Asset { path: (*path).to_owned(), bytes });
            }
        } else if sources.find(path).is_none() {
            sources.add((*path).to_owned(), (*text).to_owned());
        }
    }
}
