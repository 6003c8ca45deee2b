//! `languages.toml`: programming languages.

use crate::schema::keys::schema;
use crate::schema::reader::{Text, Url};

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
