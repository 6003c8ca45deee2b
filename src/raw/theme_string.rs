//! A string of a theme: one text, or one for each plural category of a language.

use toml::de::DeValue;

use crate::diag::Span;
use crate::schema::Type;
use crate::schema::reader::{FromToml, Map, Reader, Text, Toml};

/// A string of a theme.
#[derive(Debug, Clone)]
pub enum ThemeString {
    /// One text.
    Plain(Text),
    /// Texts by plural category: `{ one = "1 fact", other = "{count} facts" }`.
    Plural(Map<Text>),
}

impl FromToml for ThemeString {
    const TYPE: Type = Type::Either(&[Type::Text, <Map<Text>>::TYPE]);

    fn read(value: &Toml<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        match value.get_ref() {
            DeValue::Table(_) => Map::read(value, reader).map(Self::Plural),
            _ => Text::read(value, reader).map(Self::Plain),
        }
    }

    fn placeholder(span: Span) -> Self {
        Self::Plain(Text::placeholder(span))
    }
}
