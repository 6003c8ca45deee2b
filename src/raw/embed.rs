//! Embeds: fenced blocks with a TOML body that show facts within prose.

use super::keys::{schema, string_enum};
use super::reader::{BoundedInt, Map, Name, Reader, Spanned};
use super::value::Value;
use crate::diag::Span;

/// Names of the embeds that every theme has.
pub const BUILT_IN: &[&str] = &["matrix", "ranking", "versus", "facts"];

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

/// The request in an embed's body.
#[derive(Debug, Clone)]
pub enum EmbedBody {
    /// A table of facts.
    Matrix(Matrix),
    /// The ranking of a goal.
    Ranking(Ranking),
    /// Two frameworks side by side.
    Versus(Versus),
    /// Facts of one framework.
    Facts(Facts),
    /// One of the theme's own: arguments of its component.
    Theme(Map<Spanned<Value>>),
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

/// Reads the body of an embed.
pub(super) fn read(
    (name, span): (&str, Span),
    body: &str,
    reader: &mut Reader<'_>,
) -> EmbedBody {
    reader.document(body, span, |table, span, reader| match name {
        "matrix" => EmbedBody::Matrix(Matrix::from_table(table, span, reader)),
        "ranking" => EmbedBody::Ranking(Ranking::from_table(table, span, reader)),
        "versus" => EmbedBody::Versus(Versus::from_table(table, span, reader)),
        "facts" => EmbedBody::Facts(Facts::from_table(table, span, reader)),
        _ => EmbedBody::Theme(Map::<Spanned<Value>>::from_table(table, reader)),
    })
}
