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
    "assets/icon.svg"
    "assets/search-core.js"
    "assets/search.css"
    "assets/search.js"
    "assets/site.css"
    "assets/tables.js"
    "assets/theme.js"
    "strings/en.toml"
    "templates/base.html"
    "templates/changes.html"
    "templates/compare.css"
    "templates/compare.html"
    "templates/components.html"
    "templates/criteria.html"
    "templates/criterion.html"
    "templates/data.html"
    "templates/embeds/facts.html"
    "templates/embeds/facts.md"
    "templates/embeds/matrix.html"
    "templates/embeds/matrix.md"
    "templates/embeds/ranking.html"
    "templates/embeds/ranking.md"
    "templates/embeds/versus.html"
    "templates/embeds/versus.md"
    "templates/faq.html"
    "templates/framework.html"
    "templates/framework.md"
    "templates/frameworks.html"
    "templates/goal.html"
    "templates/goal.md"
    "templates/goals.html"
    "templates/guide.html"
    "templates/guide.md"
    "templates/guides.html"
    "templates/home.html"
    "templates/language.html"
    "templates/languages.html"
    "templates/llms.md"
    "templates/methodology.html"
    "templates/not_found.html"
    "templates/page.html"
    "templates/parts.md"
    "templates/prose.html"
    "templates/ranking.html"
    "templates/redirect.html"
    "templates/search.html"
    "templates/search_box.html"
    "templates/sources.html"
    "templates/tables.css"
    "templates/versus.html"
    "templates/versus.md"
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
