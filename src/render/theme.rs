//! The theme: the files that make a site look as it does, found along a chain of themes.
//! [`Sources`], [`Raw`] -> [`Theme`].
//!
//! The chain starts with the book's theme, goes on with the one that it extends, and ends
//! with the built-in `default`. Of two files of one name the nearer one wins; a template
//! can reach the one it covers by its full name, as in `{% extends "default/goal.html" %}`.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Strings;
use super::engine::Engine;
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Span, Texts};
use crate::raw::Raw;
use crate::source::Sources;

/// The theme at the end of every chain.
const BUILT_IN: &str = "default";

/// The files of a chain of themes.
pub struct Theme<'a> {
    /// The templates.
    pub(super) engine: Engine<'a>,
    /// The fixed words, in the book's language where there are any.
    pub(super) strings: Strings,
    /// Style sheets, scripts and images, by their name below `assets/`.
    pub(super) assets: Vec<Asset>,
    /// Components that authors may use as fenced blocks, by name.
    pub(super) embeds: Vec<String>,
}

/// A file that a theme brings along.
pub(super) struct Asset {
    /// Its name below the theme's `assets/`, by which templates know it.
    pub(super) name: String,
    /// Where it is on the site; a hash of its bytes is part of the name, so that browsers
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
        raw: &Raw,
        diags: &mut Diagnostics,
    ) -> Option<Self> {
        let chain = chain(raw, diags)?;
        let engine = Engine::new(sources, &chain, diags);
        let language = raw.book.book.language.as_ref().map_or("en", |text| &text.value);
        let strings = strings(sources, &chain, language, diags);
        let themes =
            chain.iter().filter_map(|n| raw.themes.iter().find(|t| t.slug == *n));
        let embeds = themes.flat_map(|t| &t.front.embeds).map(|e| e.value.clone());
        Some(Self {
            engine: engine?,
            strings: strings?,
            assets: assets(sources, &chain),
            embeds: embeds.collect(),
        })
    }
}

/// The names of the themes, nearest first.
fn chain<'r>(raw: &'r Raw, diags: &mut Diagnostics) -> Option<Vec<&'r str>> {
    let mut chain: Vec<(&str, Span)> = Vec::new();
    let mut next = raw.book.book.theme.as_ref();
    while let Some(name) = next {
        let (value, span) = (name.value.as_str(), name.span);
        if let Some((_, first)) = chain.iter().find(|(seen, _)| *seen == value) {
            let message = format!("the theme `{value}` extends itself");
            let found = Diagnostic::new(Code::BadTheme, span, message);
            diags.push(found.label(*first, "it is used here first"));
            return None;
        }
        chain.push((value, span));
        next = match raw.themes.iter().find(|theme| theme.slug == value) {
            Some(theme) => theme.front.extends.as_ref(),
            None if value == BUILT_IN => None,
            None => {
                let message = format!("unknown theme `{value}`");
                let found = Diagnostic::new(Code::UnknownTheme, span, message);
                let known = raw.themes.iter().map(|theme| theme.slug.as_str());
                diags.push(found.did_you_mean(value, known));
                return None;
            }
        };
    }
    let mut names: Vec<&str> = chain.into_iter().map(|(name, _)| name).collect();
    if !names.contains(&BUILT_IN) {
        names.push(BUILT_IN);
    }
    Some(names)
}

/// The words of all themes in the chain: English ones first, then those of the language,
/// and in each language the nearest theme's last, so that they win.
fn strings(
    sources: &Sources,
    chain: &[&str],
    language: &str,
    diags: &mut Diagnostics,
) -> Option<Strings> {
    let mut languages = vec!["en"];
    let primary = language.split('-').next().unwrap_or_default();
    languages.extend([primary, language].into_iter().filter(|l| *l != "en"));
    languages.dedup();
    let mut words = BTreeMap::new();
    let mut is_whole = true;
    for language in languages {
        for theme in chain.iter().rev() {
            let path = format!("themes/{theme}/strings/{language}.toml");
            let Some(file) = sources.find(&path) else { continue };
            match toml::from_str::<BTreeMap<String, String>>(&sources.text(file).text) {
                Ok(more) => words.extend(more),
                Err(error) => {
                    diags.push(bad_strings(file, &error));
                    is_whole = false;
                }
            }
        }
    }
    is_whole.then(|| Strings::new(words))
}

fn bad_strings(file: FileId, error: &toml::de::Error) -> Diagnostic {
    let span = Span::new(file, error.span().unwrap_or(0..0));
    let message = error.message().lines().next().unwrap_or_default().to_owned();
    let found = Diagnostic::new(Code::Syntax, span, message);
    found.hint("write each word of the theme as `key = \"text\"`")
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
