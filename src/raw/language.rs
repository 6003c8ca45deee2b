//! `languages.toml`: programming languages.

use super::keys::schema;
use super::reader::{Text, Url};

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
