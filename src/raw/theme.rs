//! `theme.toml`: a theme, and the parts of a site that it may leave out.

use crate::schema::keys::{schema, string_enum};
use crate::schema::reader::{Name, Slug, Text};

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
