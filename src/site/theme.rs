//! The theme: the files that make a site look as it does, found along a chain of themes.
//! [`Sources`], [`Book`] -> [`Theme`].
//!
//! The chain starts with the book's theme, goes on with the one that it extends, and ends
//! with the built-in `default`. Of two files of one name the nearer one wins; a template
//! can reach the one it covers by its full name, as in `{% extends "default/goal.html" %}`.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::engine::Engine;
use crate::book::Book;
use crate::diag::Diagnostics;
use crate::source::Sources;

/// The files of a chain of themes.
pub struct Theme<'a> {
    /// The templates.
    pub(super) engine: Engine<'a>,
    /// Style sheets, scripts and images, by their name below `assets/`.
    pub(super) assets: Vec<Asset>,
}

/// A file that a theme brings along.
pub(super) struct Asset {
    /// Its name below the theme's `assets/`, by which templates know it.
    pub(super) name: String,
    /// Its route; a hash of its bytes is part of the name, so that browsers
    /// may keep it for ever.
    pub(super) route: String,
    /// Its bytes.
    pub(super) bytes: Arc<[u8]>,
}

impl Asset {
    /// Names an asset after its bytes: `site.css` becomes `theme/site.3f2a9c1b.css`.
    pub(super) fn new(name: &str, bytes: Arc<[u8]>) -> Self {
        let hash = rapidhash::v3::rapidhash_v3(&bytes) >> 32;
        let (stem, extension) = match name.rfind('.') {
            Some(at) if !name[at..].contains('/') => name.split_at(at),
            Some(_) | None => (name, ""),
        };
        let route = format!("theme/{stem}.{hash:08x}{extension}");
        Self { name: name.to_owned(), route, bytes }
    }
}

impl<'a> Theme<'a> {
    /// Loads the theme of a book; `None` if it is broken, which is then reported.
    pub fn load(
        sources: &'a Sources,
        book: &Book,
        diags: &mut Diagnostics,
    ) -> Option<Self> {
        let chain: Vec<&str> = book.themes.iter().map(String::as_str).collect();
        let engine = Engine::new(sources, &chain, diags)?;
        Some(Self { engine, assets: assets(sources, &chain) })
    }
}

/// The assets of all themes in the chain; of one name the nearest theme's.
fn assets(sources: &Sources, chain: &[&str]) -> Vec<Asset> {
    let mut by_name = BTreeMap::new();
    for theme in chain.iter().rev() {
        let folder = format!("themes/{theme}/assets/");
        for asset in sources.assets(&folder) {
            by_name.insert(asset.path[folder.len()..].to_owned(), asset.bytes.clone());
        }
    }
    by_name.into_iter().map(|(name, bytes)| Asset::new(&name, bytes)).collect()
}

#[cfg(test)]
mod tests {
    use crate::book::Key;
    use crate::site::testing::with_site;
    use crate::source;

    #[test]
    fn every_word_that_a_template_asks_for_exists() {
        with_site(&[], |site, _| {
            let folder = tempfile::tempdir().unwrap();
            let sources =
                source::load(folder.path(), &mut crate::diag::Diagnostics::new());
            let known = site.strings.all();
            for (_, text) in sources.below("themes/default/templates/") {
                let words =
                    text.text.split(|c: char| !(c.is_alphanumeric() || "_.".contains(c)));
                for key in words.filter_map(|word| word.strip_prefix("t.")) {
                    let (name, category) = key.split_once('.').unwrap_or((key, ""));
                    let has_forms = Key::from_name(name).is_some_and(Key::has_count);
                    let is_right =
                        known.contains_key(name) && has_forms != category.is_empty();
                    assert!(is_right, "`t.{key}` in {}", text.path);
                }
            }
        });
    }
}
