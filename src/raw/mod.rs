//! What the files say, file by file, with the place of every word.
//! [`Sources`] -> [`Raw`].
//!
//! TOML and front matter are read through the table of keys (`keys`), prose is parsed to
//! events. Invariant: pure, and no file knows of another; names are still text here. So what was
//! read of a text that is still the same is taken over (`cache`).

mod book;
mod embed;
mod files;
mod framework;
mod front;
mod html;
mod language;
mod cache;
mod changes;
mod doc;
mod prose;
mod source;
mod theme;
mod theme_string;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diag::{Diagnostics, FileId};
use crate::source::Sources;

pub use book::{Book, Check, Cta, Large, Level, Newsletter, Pairs, Site, Waiver};
pub use cache::CachedDoc;
pub use changes::{Change, Changes};
pub use doc::Doc;
pub use embed::Embed;
pub use framework::{Fact, Framework, LongFact};
pub use front::{Goal, Guide, Page, Pick, Requirement, Section, Stale, Versus};
pub use language::Language;
pub use prose::{Heading, Link, Prose, code_language, options as markdown_options};
pub use source::{Source, SourceKind};
pub use theme::{Part, Theme};
pub use theme_string::ThemeString;

pub use crate::kinds::{Criteria, Criterion, Group};
pub use crate::schema::{BoundedInt, Type, Url, Value, href, is_device};
pub use crate::schema::{Key, Map, Name, Number, Presence, Slug, Spanned, Table, Text};

use files::Files;

/// Everything that a book's files say.
#[derive(Debug)]
pub struct Raw {
    /// `book.toml`.
    pub book: Book,
    /// `content/criteria.toml`.
    pub criteria: Criteria,
    /// `content/languages.toml`, by id.
    pub languages: Map<Language>,
    /// `content/sources.toml`, by id.
    pub sources: Map<Source>,
    /// `content/changes.toml`.
    pub changes: Changes,
    /// `content/frameworks/*`.
    pub frameworks: Vec<Arc<CachedDoc<Framework>>>,
    /// `content/goals/*`.
    pub goals: Vec<Arc<CachedDoc<Goal>>>,
    /// `content/versus/*`.
    pub versus: Vec<Arc<CachedDoc<Versus>>>,
    /// `content/guides/*`.
    pub guides: Vec<Arc<CachedDoc<Guide>>>,
    /// `content/pages/*`.
    pub pages: Vec<Arc<CachedDoc<Page>>>,
    /// `content/index.md`.
    pub home: Option<Arc<CachedDoc<Section>>>,
    /// `content/faq.md`.
    pub faq: Option<Arc<CachedDoc<Section>>>,
    /// `content/methodology.md`.
    pub methodology: Option<Arc<CachedDoc<Section>>>,
    /// The themes' `theme.toml`, by the theme's name.
    pub themes: Vec<Arc<CachedDoc<Theme>>>,
    /// The words of themes, by the path of their file.
    pub strings: BTreeMap<String, Map<ThemeString>>,
    /// Files that say more than could be read of them, which has been reported.
    pub broken: BTreeSet<FileId>,
    /// Names of all embeds, with which prose was read.
    embeds: Vec<String>,
}

/// The tables of keys of every kind of file, for the reference and the schema.
pub fn tables() -> Vec<&'static Table> {
    let files = [
        &Book::TABLE,
        &Criteria::TABLE,
        &Language::TABLE,
        &Source::TABLE,
        &Framework::TABLE,
        &LongFact::TABLE,
        &Goal::TABLE,
        &Versus::TABLE,
        &Guide::TABLE,
        &Page::TABLE,
        &Section::TABLE,
        &Changes::TABLE,
        &Theme::TABLE,
    ];
    files.to_vec()
}

/// Parses a text as prose without embeds, for tests of later stages.
#[cfg(test)]
pub(crate) fn prose(text: &str) -> Arc<Prose> {
    let dialect = prose::Dialect { embeds: &[] };
    let body = prose::Body { file: FileId(0), text, base: 0 };
    Arc::new(prose::parse(body, &dialect, &mut Diagnostics::new()))
}

/// Reads every file of a book; `embeds` names the embeds that every theme has.
pub fn parse(sources: &Sources, embeds: &[&'static str], diags: &mut Diagnostics) -> Raw {
    parse_after(sources, embeds, None, diags)
}

/// Reads every file of a book, but for what was read before of texts that are still the same.
pub fn parse_after(
    sources: &Sources,
    embeds: &[&'static str],
    before: Option<&Raw>,
    diags: &mut Diagnostics,
) -> Raw {
    let mut files = Files::new(sources, diags);
    let themes = files.themes(before.map(|raw| &*raw.themes));
    let of_themes = themes.iter().flat_map(|theme| &theme.front.embeds);
    let of_themes = of_themes.map(|embed| embed.0.value.clone());
    files.embeds =
        embeds.iter().map(|name| (*name).to_owned()).chain(of_themes).collect();
    let before = before.filter(|raw| raw.embeds == files.embeds);
    files.unexpected();
    Raw {
        book: files.table("book.toml"),
        criteria: files.table("content/criteria.toml"),
        languages: files.ids("content/languages.toml"),
        sources: files.ids("content/sources.toml"),
        changes: files.table("content/changes.toml"),
        frameworks: files.frameworks(before.map(|raw| &*raw.frameworks)),
        goals: files.docs("content/goals/", before.map(|raw| &*raw.goals)),
        versus: files.docs("content/versus/", before.map(|raw| &*raw.versus)),
        guides: files.docs("content/guides/", before.map(|raw| &*raw.guides)),
        pages: files.docs("content/pages/", before.map(|raw| &*raw.pages)),
        home: files.section("content/index.md", before.map(|raw| &raw.home)),
        faq: files.section("content/faq.md", before.map(|raw| &raw.faq)),
        methodology: files
            .section("content/methodology.md", before.map(|raw| &raw.methodology)),
        themes,
        strings: files.strings(),
        broken: files.broken,
        embeds: files.embeds,
    }
}
