//! Types of values: how each is read, and the stand-in where it cannot be.

use jiff::civil::Date;
use toml::de::{DeTable, DeValue};

use super::reader::{
    BoundedInt, FromToml, Map, Name, Number, Reader, Slug, Spanned, Text, Toml, Url,
};
use super::table::Type;
use crate::diag::{Code, Diagnostic, Span};

impl FromToml for Text {
    const TYPE: Type = Type::Text;

    fn read(value: &Toml<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(text) = value.get_ref().as_str() else {
            return reader.wrong(value, &Self::TYPE);
        };
        let span = reader.span(value.span());
        if text.trim().is_empty() {
            let message = "expected text, found none";
            let found = Diagnostic::new(Code::OutOfRange, span, message);
            reader.diags.push(found.hint("write it, or leave the key out if you may"));
            return None;
        }
        Some(Spanned { value: text.to_owned(), span })
    }

    fn placeholder(span: Span) -> Self {
        Spanned { value: String::new(), span }
    }
}

impl FromToml for Slug {
    const TYPE: Type = Type::Slug;

    fn read(value: &Toml<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(text) = value.get_ref().as_str() else {
            return reader.wrong(value, &Self::TYPE);
        };
        let span = reader.span(value.span());
        super::slug::check_id(text, span, reader.diags);
        (!text.is_empty()).then(|| Slug(Spanned { value: text.to_owned(), span }))
    }

    fn placeholder(span: Span) -> Self {
        Slug(Spanned { value: String::new(), span })
    }
}

impl FromToml for Name {
    const TYPE: Type = Type::Name;

    fn read(value: &Toml<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(text) = value.get_ref().as_str() else {
            return reader.wrong(value, &Self::TYPE);
        };
        let span = reader.span(value.span());
        if text.is_empty() {
            let message = "expected a name, found none";
            let found = Diagnostic::new(Code::OutOfRange, span, message);
            reader.diags.push(found.hint("write it, or leave the key out if you may"));
            return None;
        }
        Some(Name(Spanned { value: text.to_owned(), span }))
    }

    fn placeholder(span: Span) -> Self {
        Name(Spanned { value: String::new(), span })
    }
}

impl FromToml for Url {
    const TYPE: Type = Type::Url;

    fn read(value: &Toml<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(text) = value.get_ref().as_str() else {
            return reader.wrong(value, &Self::TYPE);
        };
        let span = reader.span(value.span());
        match super::href::external(text) {
            Ok(url) => Some(Url(Spanned { value: url, span })),
            Err(cause) => {
                let message = super::href::refusal(text, &cause);
                let found = Diagnostic::new(Code::BadUrl, span, message);
                reader.diags.push(found.hint("write it as `https://…`"));
                None
            }
        }
    }

    fn placeholder(span: Span) -> Self {
        Url(Spanned { value: String::new(), span })
    }
}

impl FromToml for Spanned<Date> {
    const TYPE: Type = Type::Date;

    fn read(value: &Toml<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let date = match value.get_ref() {
            DeValue::Datetime(when) if when.time.is_none() => when.date,
            _ => None,
        };
        let Some(date) = date else { return reader.wrong(value, &Self::TYPE) };
        let span = reader.span(value.span());
        let year = i16::try_from(date.year).unwrap_or(0);
        let day = (date.month.cast_signed(), date.day.cast_signed());
        match Date::new(year, day.0, day.1) {
            Ok(date) => Some(Spanned { value: date, span }),
            Err(_) => {
                let message = format!("`{date}` is not a day of the calendar");
                let found = Diagnostic::new(Code::OutOfRange, span, message);
                reader.diags.push(found.hint("write one such as 2026-11-22"));
                None
            }
        }
    }

    fn placeholder(span: Span) -> Self {
        Spanned { value: Date::constant(1970, 1, 1), span }
    }
}

impl FromToml for Spanned<bool> {
    const TYPE: Type = Type::Flag;

    fn read(value: &Toml<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        match value.get_ref().as_bool() {
            Some(flag) => Some(Spanned { value: flag, span: reader.span(value.span()) }),
            None => reader.wrong(value, &Self::TYPE),
        }
    }

    fn placeholder(span: Span) -> Self {
        Spanned { value: false, span }
    }
}

impl<const LOW: i64, const HIGH: i64> FromToml for BoundedInt<LOW, HIGH> {
    const TYPE: Type = Type::BoundedInt(LOW, HIGH);

    fn read(value: &Toml<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(n) = value.get_ref().as_integer() else {
            return reader.wrong(value, &Self::TYPE);
        };
        let span = reader.span(value.span());
        match i64::from_str_radix(n.as_str(), n.radix()) {
            Ok(n) if (LOW..=HIGH).contains(&n) => Some(Self(Spanned { value: n, span })),
            _ => {
                let message = format!("expected {}, found `{n}`", Self::TYPE);
                reader.diags.push(Diagnostic::new(Code::OutOfRange, span, message));
                None
            }
        }
    }

    fn placeholder(span: Span) -> Self {
        Self(Spanned { value: LOW, span })
    }
}

impl FromToml for Number {
    const TYPE: Type = Type::Number;

    fn read(value: &Toml<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let text = match value.get_ref() {
            DeValue::Integer(n) if n.radix() == 10 => n.as_str(),
            DeValue::Float(n) => n.as_str(),
            DeValue::Integer(_) => return super::value::not_decimal(value, reader),
            _ => return reader.wrong(value, &Self::TYPE),
        };
        let span = reader.span(value.span());
        Some(Self(Spanned { value: text.to_owned(), span }))
    }

    fn placeholder(span: Span) -> Self {
        Self(Spanned { value: "0".to_owned(), span })
    }
}

impl<T: FromToml> FromToml for Option<T> {
    const TYPE: Type = T::TYPE;
    const REQUIRED: bool = false;

    fn read(value: &Toml<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        T::read(value, reader).map(Some)
    }

    fn placeholder(_: Span) -> Self {
        None
    }
}

impl<T: FromToml> FromToml for Vec<T> {
    const TYPE: Type = Type::List(&T::TYPE);
    const REQUIRED: bool = false;

    fn read(value: &Toml<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let DeValue::Array(items) = value.get_ref() else {
            return reader.wrong(value, &Self::TYPE);
        };
        let read: Vec<T> =
            items.iter().filter_map(|item| T::read(item, reader)).collect();
        reader.lost += items.len() - read.len();
        Some(read)
    }

    fn placeholder(_: Span) -> Self {
        Vec::new()
    }
}

impl<T: FromToml> FromToml for Map<T> {
    const TYPE: Type = Type::Map(&T::TYPE);
    const REQUIRED: bool = false;

    fn read(value: &Toml<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let table = reader.table(value, &Self::TYPE)?;
        Some(Self::from_table(table, reader))
    }

    fn placeholder(_: Span) -> Self {
        Self::default()
    }
}

impl<T: FromToml> Map<T> {
    /// Reads a table whose keys are the author's.
    pub(crate) fn from_table(table: &DeTable<'_>, reader: &mut Reader<'_>) -> Self {
        let mut map = Self::default();
        for (key, value) in table {
            let span = reader.span(key.span());
            let key = Spanned { value: key.get_ref().to_string(), span };
            match T::read(value, reader) {
                Some(value) => map.entries.push((key, value)),
                None => map.lost.push(key),
            }
        }
        reader.lost += map.lost.len();
        map.entries.sort_by_key(|(key, _)| key.span.start);
        map
    }

    /// Reads a table whose keys are ids that the author gives.
    pub(crate) fn of_ids(table: &DeTable<'_>, reader: &mut Reader<'_>) -> Self {
        let map = Self::from_table(table, reader);
        for id in map.entries.iter().map(|(id, _)| id).chain(&map.lost) {
            super::slug::check_id(&id.value, id.span, reader.diags);
        }
        map
    }
}
