//! Reads TOML into the structs of the table of keys, reporting every mistake on the way.
//!
//! A TOML document is parsed recovering from its errors; then each declared type reads its
//! own value. Nothing stops at the first mistake: what is wrong or missing is reported and
//! a placeholder stands in, which is safe because nothing is rendered after an error.

use std::ops::{Deref, Range};

use jiff::civil::Date;
use toml::de::{DeTable, DeValue};

use super::keys::{Need, Table, Type};
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Span};

/// A value of a TOML document with its place.
pub(in crate::raw) type Toml<'i> = toml::Spanned<DeValue<'i>>;

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

impl<T> Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Any text.
pub type Text = Spanned<String>;

/// Text that names something of the book: a slug, or an id with `_` in it. Empty where it was missing or
/// wrong, which has then been reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slug(pub Spanned<String>);

impl Deref for Slug {
    type Target = Spanned<String>;

    fn deref(&self) -> &Spanned<String> {
        &self.0
    }
}

/// A web address, http or https or mailto, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url(pub Spanned<String>);

/// A whole number from `LOW` to `HIGH`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole<const LOW: i64, const HIGH: i64>(pub Spanned<i64>);

/// A number as it was written, in decimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number(pub Spanned<String>);

/// Entries whose keys are the author's, in the order they were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Map<T> {
    /// Key and value of each entry.
    pub entries: Vec<(Spanned<String>, T)>,
}

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self { entries: Vec::new() }
    }
}

/// A type that can stand at a key.
pub trait FromToml: Sized {
    /// What it is called in messages and in the reference.
    const TYPE: Type;
    /// Whether its absence is a mistake.
    const REQUIRED: bool = true;
    /// Reads it; what is wrong is reported, and `None` returned.
    fn read(value: &Toml<'_>, reader: &mut Reader<'_>) -> Option<Self>;
    /// What stands in for one that is missing or wrong.
    fn placeholder(span: Span) -> Self;
}

/// Reads one document: knows where its offsets begin, and where mistakes go.
pub struct Reader<'a> {
    file: FileId,
    /// Offset of the document in its file; front matter starts after its `+++` line.
    base: usize,
    /// Where mistakes go.
    pub(in crate::raw) diags: &'a mut Diagnostics,
}

/// The fields of one table that have not been read yet.
pub(in crate::raw) struct Fields<'t, 'i> {
    table: &'t DeTable<'i>,
    span: Span,
}

impl<'a> Reader<'a> {
    /// Reads a document that starts at byte `base` of a file.
    pub(in crate::raw) fn new(
        file: FileId,
        base: usize,
        diags: &'a mut Diagnostics,
    ) -> Self {
        Self { file, base, diags }
    }

    /// The place of a range of the document.
    pub(in crate::raw) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, self.base + range.start..self.base + range.end)
    }

    /// Parses a document, reports its errors, and reads the rest of it with `read`.
    pub(in crate::raw) fn document<T>(
        &mut self,
        text: &str,
        read: impl FnOnce(&DeTable<'_>, Span, &mut Self) -> T,
    ) -> T {
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            let range = error.span().unwrap_or(0..0);
            let span = self.span(range.clone());
            let diagnostic = match error.message() {
                "duplicate key" => {
                    let key = text.get(range.clone()).unwrap_or_default();
                    let message = format!("duplicate key `{}`", key.trim());
                    let found = Diagnostic::new(Code::DuplicateKey, span, message);
                    match first_key(
                        table.get_ref(),
                        key.trim_matches(['"', '\'']),
                        &range,
                    ) {
                        Some(first) => {
                            found.label(self.span(first), "first defined here")
                        }
                        None => found,
                    }
                }
                message => Diagnostic::new(Code::Syntax, span, message),
            };
            self.diags.push(diagnostic);
        }
        let span = self.span(0..0);
        read(table.get_ref(), span, self)
    }

    /// Reports a value that is not what its key asks for.
    pub(in crate::raw) fn wrong<T>(
        &mut self,
        value: &Toml<'_>,
        expected: &Type,
    ) -> Option<T> {
        let found = kind(value.get_ref());
        let message = format!("expected {expected}, found {found}");
        let span = self.span(value.span());
        self.diags.push(Diagnostic::new(Code::WrongType, span, message));
        None
    }

    /// The value as a table.
    pub(in crate::raw) fn table<'t, 'i>(
        &mut self,
        value: &'t Toml<'i>,
        expected: &Type,
    ) -> Option<&'t DeTable<'i>> {
        match value.get_ref() {
            DeValue::Table(table) => Some(table),
            _ => self.wrong(value, expected),
        }
    }

    /// The value as one of a type's words.
    pub(in crate::raw) fn word<'t>(
        &mut self,
        value: &'t Toml<'_>,
        expected: &Type,
    ) -> Option<&'t str> {
        let Type::Word(words) = expected else { return None };
        let Some(found) = value.get_ref().as_str() else {
            return self.wrong(value, expected);
        };
        if words.contains(&found) {
            return Some(found);
        }
        let span = self.span(value.span());
        let message = format!("unknown word `{found}`");
        let diagnostic = Diagnostic::new(Code::OutOfRange, span, message);
        self.diags.push(diagnostic.did_you_mean(found, words.iter().copied()));
        None
    }

    /// Starts to read a table: reports the keys that are not of it.
    pub(in crate::raw) fn fields<'t, 'i>(
        &mut self,
        table: &'t DeTable<'i>,
        span: Span,
        of: &Table,
    ) -> Fields<'t, 'i> {
        for (key, _) in table {
            let name: &str = key.get_ref();
            if of.keys.iter().all(|known| known.name != name) {
                let span = self.span(key.span());
                let found = Diagnostic::new(
                    Code::UnknownKey,
                    span,
                    format!("unknown key `{name}`"),
                );
                let known = of.keys.iter().map(|key| key.name);
                self.diags.push(found.did_you_mean(name, known));
            }
        }
        for key in of.keys.iter().filter(|key| key.need == Need::Required) {
            if !table.iter().any(|(found, _)| found.get_ref() == key.name) {
                let message = format!("missing key `{}`", key.name);
                let hint = format!("add `{} = …`: {}", key.name, key.doc.trim());
                self.diags
                    .push(Diagnostic::new(Code::MissingKey, span, message).hint(hint));
            }
        }
        Fields { table, span }
    }
}

impl Fields<'_, '_> {
    /// Reads the value of a key, or makes what stands in for it.
    pub(in crate::raw) fn take<T: FromToml>(
        &mut self,
        key: &str,
        reader: &mut Reader<'_>,
    ) -> T {
        match self.table.get(key) {
            Some(value) => match T::read(value, reader) {
                Some(read) => read,
                None => T::placeholder(reader.span(value.span())),
            },
            None => T::placeholder(self.span),
        }
    }

    /// Reads the value of a key, or takes its default.
    pub(in crate::raw) fn take_or<T: FromToml>(
        &mut self,
        key: &str,
        reader: &mut Reader<'_>,
        default: impl FnOnce(Span) -> T,
    ) -> T {
        match self.table.get(key) {
            Some(value) => T::read(value, reader).unwrap_or_else(|| default(self.span)),
            None => default(self.span),
        }
    }
}

/// Where a key of this name stood before `at`, nearest first.
fn first_key(table: &DeTable<'_>, key: &str, at: &Range<usize>) -> Option<Range<usize>> {
    let mut best = None;
    let mut better = |found: Option<Range<usize>>| {
        if let Some(range) = found
            && range.start < at.start
            && best.as_ref().is_none_or(|b: &Range<usize>| b.start < range.start)
        {
            best = Some(range);
        }
    };
    for (name, value) in table {
        better((name.get_ref() == key).then(|| name.span()));
        match value.get_ref() {
            DeValue::Table(inner) => better(first_key(inner, key, at)),
            DeValue::Array(items) => {
                for item in items.iter().filter_map(|item| item.get_ref().as_table()) {
                    better(first_key(item, key, at));
                }
            }
            _ => {}
        }
    }
    best
}

/// Names what was found, for messages.
fn kind(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) if text.chars().count() <= 24 => {
            format!("the text `{text}`")
        }
        DeValue::String(_) => "text".to_owned(),
        DeValue::Integer(n) => format!("the number `{n}`"),
        DeValue::Float(n) => format!("the number `{n}`"),
        DeValue::Boolean(flag) => format!("`{flag}`"),
        DeValue::Datetime(when) => format!("`{when}`"),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

impl FromToml for Text {
    const TYPE: Type = Type::Text;

    fn read(value: &Toml<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(text) = value.get_ref().as_str() else {
            return reader.wrong(value, &Self::TYPE);
        };
        let span = reader.span(value.span());
        if text.trim().is_empty() {
            let found =
                Diagnostic::new(Code::OutOfRange, span, "expected text, found none");
            reader.diags.push(found.hint("write the text, or remove the key"));
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
        super::slug::check_id(text, span, reader.diags)
            .then(|| Slug(Spanned { value: text.to_owned(), span }))
    }

    fn placeholder(span: Span) -> Self {
        Slug(Spanned { value: String::new(), span })
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
                let message = format!("`{text}` is not a web address ({cause})");
                let hint = "write it as `https://…`";
                reader
                    .diags
                    .push(Diagnostic::new(Code::BadUrl, span, message).hint(hint));
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
                reader.diags.push(Diagnostic::new(Code::OutOfRange, span, message));
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

impl<const LOW: i64, const HIGH: i64> FromToml for Whole<LOW, HIGH> {
    const TYPE: Type = Type::Whole(LOW, HIGH);

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
        match value.get_ref() {
            DeValue::Array(items) => {
                Some(items.iter().filter_map(|item| T::read(item, reader)).collect())
            }
            _ => reader.wrong(value, &Self::TYPE),
        }
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
    pub(in crate::raw) fn from_table(
        table: &DeTable<'_>,
        reader: &mut Reader<'_>,
    ) -> Self {
        let mut entries: Vec<_> = table
            .iter()
            .filter_map(|(key, value)| {
                let span = reader.span(key.span());
                let key = Spanned { value: key.get_ref().to_string(), span };
                T::read(value, reader).map(|value| (key, value))
            })
            .collect();
        entries.sort_by_key(|(key, _)| key.span.start);
        Self { entries }
    }
}
