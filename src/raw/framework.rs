//! `content/frameworks/SLUG.toml`: a framework and its facts.

use jiff::civil::Date;
use toml::de::DeValue;

use crate::diag::Span;
use crate::schema::Type;
use crate::schema::keys::schema;
use crate::schema::reader::{
    FromToml, Map, Name, Reader, Slug, Spanned, Text, Toml, Url,
};
use crate::schema::value::Value;

schema! {
    /// One subject of the book.
    Framework at "content/frameworks/SLUG.toml" {
        /// Its name.
        name: Text,
        /// The language it is written for.
        language: Option<Name>,
        /// One sentence about it.
        summary: Text,
        /// Its home page.
        homepage: Option<Url>,
        /// Its source code.
        repository: Option<Url>,
        /// Its licence, as an SPDX expression.
        license: Option<Text>,
        /// What else it is called, or an address it had: `/old/route/`.
        aliases: Vec<Text>,
        /// Frameworks of one group are peers.
        peer_group: Option<Slug>,
        /// When it is a good fit.
        good_fit: Vec<Text>,
        /// When to think twice.
        think_twice: Vec<Text>,
        /// The source of facts that name none.
        source: Option<Name>,
        /// The day on which facts were checked that name none.
        checked: Option<Spanned<Date>>,
        /// Facts, by criterion.
        facts: Map<Fact>,
    }
}

schema! {
    /// A fact in its long form.
    LongFact at "criterion = { … }" {
        /// Its value.
        value: Option<Spanned<Value>>,
        /// Why the criterion cannot apply, instead of a value.
        na: Option<Text>,
        /// Where it comes from.
        source: Option<Name>,
        /// The day on which it was checked.
        checked: Option<Spanned<Date>>,
        /// What a reader should know about it.
        note: Option<Text>,
        /// The version since which it is so.
        since: Option<Text>,
    }
}

/// A fact as written, in its short form (`orm = true`) or its long one.
#[derive(Debug, Clone)]
pub enum Fact {
    /// A bare value.
    Short(Spanned<Value>),
    /// A table.
    Long(Box<LongFact>),
}

impl FromToml for Fact {
    const TYPE: Type = Type::Either(&[Type::Value, LongFact::TYPE]);

    fn read(value: &Toml<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        match value.get_ref() {
            DeValue::Table(_) => {
                LongFact::read(value, reader).map(|f| Fact::Long(Box::new(f)))
            }
            _ => Spanned::read(value, reader).map(Fact::Short),
        }
    }

    fn placeholder(span: Span) -> Self {
        Fact::Short(Spanned::placeholder(span))
    }
}
