//! `sources.toml`: where facts come from.

use jiff::civil::Date;

use crate::schema::keys::{schema, string_enum};
use crate::schema::reader::{Spanned, Text, Url};

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
