//! `changes.toml`: changes that readers should know of.

use jiff::civil::Date;

use crate::schema::keys::schema;
use crate::schema::reader::{Spanned, Text};

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
