//! The small TOML files: languages, sources, changes, and a theme's `theme.toml`.

use jiff::civil::Date;

use super::keys::{schema, string_enum};
use super::reader::{Name, Slug, Spanned, Text, Url};

schema! {
    /// A programming language, by its id.
    Language at "content/languages.toml, [ID]" {
        /// Its name.
        title: Text,
        /// One sentence about it.
        summary: Option<Text>,
        /// Its home page.
        homepage: Option<Url>,
    }
}

string_enum! {
    /// What a source is.
    SourceKind {
        /// Documentation.
        Docs = "docs",
        /// A package registry.
        Registry = "registry",
        /// Measurements.
        Benchmark = "benchmark",
        /// An article.
        Article = "article",
        /// The book's own editors.
        Editors = "editors",
    } else Docs
}

schema! {
    /// Where facts come from, by its id.
    Source at "content/sources.toml, [ID]" {
        /// Its title.
        title: Text,
        /// Who publishes it.
        publisher: Option<Text>,
        /// Where it is, if it is on the web.
        url: Option<Url>,
        /// The day on which it was last read.
        checked: Option<Spanned<Date>>,
        /// What it is.
        kind: Option<SourceKind>,
    }
}

schema! {
    /// Changes that readers should know of.
    Changes at "content/changes.toml" {
        /// Changes, newest first.
        change: Vec<Change>,
    }
}

schema! {
    /// A change that readers should know of.
    Change at "[[change]]" {
        /// The day of the change.
        date: Spanned<Date>,
        /// What changed.
        text: Text,
        /// What it is about, as links by meaning: `framework:django`.
        about: Vec<Text>,
    }
}

string_enum! {
    /// A part of the site that a theme may leave out.
    Part {
        /// The page of what is new, and its feed.
        Changes = "changes",
        /// The page on which readers weigh, and the numbers behind it.
        Choose = "choose",
        /// The page of criteria, and a page for each.
        Criteria = "criteria",
        /// The page of downloads, and all of them.
        Data = "data",
        /// The page of languages, and a page for each.
        Languages = "languages",
        /// Pages as Markdown, and the list of them.
        Markdown = "markdown",
        /// The page on the method.
        Methodology = "methodology",
        /// The search page, and what it reads.
        Search = "search",
        /// The lists of pages for search engines.
        Sitemap = "sitemap",
        /// The page of sources.
        Sources = "sources",
    } else Changes
}

schema! {
    /// A theme.
    Theme at "themes/NAME/theme.toml" {
        /// Its name.
        name: Option<Text>,
        /// The theme whose files it builds upon.
        extends: Option<Name>,
        /// Versions of fieldguide that it is written for, such as `>=0.1, <0.2`.
        requires: Option<Text>,
        /// Components that authors may use as fenced blocks of the same name.
        embeds: Vec<Slug>,
        /// Parts of the site that it has no place for, such as `search`.
        without: Vec<Part>,
    }
}
