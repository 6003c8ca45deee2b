//! Embeds: fenced blocks with a TOML body that show facts within prose.
//!
//! `built_in!` is the registry of those that every theme has. A new one is an entry there
//! with its keys; the compiler then asks for its names in `book/resolve/prose.rs` and for
//! its view in `site/parts/embed.rs`, whose templates are `embeds/NAME.html` and
//! `embeds/NAME.md`.

use crate::diag::Span;
use crate::schema::Table;
use crate::schema::keys::{schema, string_enum};
use crate::schema::reader::{BoundedInt, Map, Name, Reader, Spanned};
use crate::schema::value::Value;

/// An embed of a text.
#[derive(Debug, Clone)]
pub struct Embed {
    /// Its name, as the fence says it.
    pub name: String,
    /// The request in its body.
    pub body: EmbedBody,
    /// The whole block.
    pub span: Span,
    /// Index of its event in the prose.
    pub event: usize,
}

/// An embed that every theme has.
#[derive(Debug, Clone, Copy)]
pub struct BuiltIn {
    /// The word after the fence.
    pub name: &'static str,
    /// The keys of its body, with their documentation.
    pub table: &'static Table,
    /// A body with the keys that are used most.
    pub example: &'static str,
}

/// Declares the built-in embeds: what an author asks for by each, and the reader of its body.
macro_rules! built_in {
    ($($name:literal $kind:ident $example:literal)+) => {
        /// The embeds that every theme has.
        pub const BUILT_IN: &[BuiltIn] = &[
            $( BuiltIn { name: $name, table: &$kind::TABLE, example: $example }, )+
        ];

        /// The request in an embed's body.
        #[derive(Debug, Clone)]
        pub enum EmbedBody {
            $( #[doc = concat!("The keys of `", $name, "`.")] $kind($kind), )+
            /// The arguments of a component, for an embed of the theme's own.
            Theme(Map<Spanned<Value>>),
        }

        /// Reads the body of an embed.
        pub(super) fn read(
            name: &str,
            span: Span,
            body: &str,
            reader: &mut Reader<'_>,
        ) -> EmbedBody {
            reader.document(body, span, |table, span, reader| match name {
                $( $name => EmbedBody::$kind($kind::from_table(table, span, reader)), )+
                _ => EmbedBody::Theme(Map::<Spanned<Value>>::from_table(table, reader)),
            })
        }
    };
}

built_in! {
    "matrix" Matrix "frameworks = [\"django\", \"flask\"]\ncriteria = [\"orm\"]"
    "ranking" Ranking "goal = \"small-sites\"\ntop = 3"
    "versus" Versus "first = \"django\"\nsecond = \"flask\""
    "facts" Facts "framework = \"django\"\ncriteria = [\"orm\"]"
}

string_enum! {
    /// The head row of a matrix.
    Across {
        /// Frameworks.
        Frameworks = "frameworks",
        /// Criteria.
        Criteria = "criteria",
    } else Frameworks
}

schema! {
    /// A table of facts.
    Matrix at "```matrix" {
        /// Frameworks to show; all, if none are named.
        frameworks: Vec<Name>,
        /// Criteria to show; all, if none are named.
        criteria: Vec<Name>,
        /// A group whose criteria are shown.
        group: Option<Name>,
        /// Heads of the columns: `frameworks` or `criteria`.
        across: Across = |_| Across::Frameworks,
    }
}

schema! {
    /// The ranking of a goal.
    Ranking at "```ranking" {
        /// The goal.
        goal: Name,
        /// The number of frameworks shown, from the first.
        top: Option<BoundedInt<1, 1000>>,
    }
}

schema! {
    /// Two frameworks side by side.
    Versus at "```versus" {
        /// The first framework.
        first: Name,
        /// The second framework.
        second: Name,
        /// Criteria to show; those that differ, if none are named.
        criteria: Vec<Name>,
    }
}

schema! {
    /// Facts of one framework.
    Facts at "```facts" {
        /// The framework.
        framework: Name,
        /// Criteria to show; all, if none are named.
        criteria: Vec<Name>,
    }
}
