//! Reads TOML into the structs of the table of keys, reporting every mistake on the way.
//!
//! A TOML document is parsed recovering from its errors ([`grammar`]); then each declared type
//! reads its own value. Nothing stops at the first mistake: what is wrong or missing is
//! reported and a placeholder stands in, which is safe because nothing is rendered after an
//! error. What was lost is kept in mind, so that one mistake is not reported as several.

use std::ops::{Deref, Range};

use toml::de::{DeTable, DeValue};

use super::grammar;
use super::table::Type;
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, List, Span, suggest};

/// A value of a TOML document with its place.
pub(crate) type Toml<'i> = toml::Spanned<DeValue<'i>>;

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place in the file.
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

/// Text that something of the book is named by: a slug, or an id with `_` in it. Empty where
/// it was missing; what is no slug stays as it is, so that what names it is not at fault too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slug(pub Spanned<String>);

impl Deref for Slug {
    type Target = Spanned<String>;

    fn deref(&self) -> &Spanned<String> {
        &self.0
    }
}

/// Text that names something that is defined elsewhere in the book, by its slug or id. Empty
/// where it was missing or no text, which has then been reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name(pub Spanned<String>);

impl Deref for Name {
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
pub struct BoundedInt<const LOW: i64, const HIGH: i64>(pub Spanned<i64>);

/// A number as it was written, in decimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number(pub Spanned<String>);

/// Entries whose keys are the author's, in the order they were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Map<T> {
    /// Key and value of each entry.
    pub entries: Vec<(Spanned<String>, T)>,
    /// Keys whose value could not be read.
    pub lost: Vec<Spanned<String>>,
}

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self { entries: Vec::new(), lost: Vec::new() }
    }
}

/// A type that can stand at a key.
pub trait FromToml: Sized {
    /// Its name in messages and in the reference.
    const TYPE: Type;
    /// Whether its absence is a mistake.
    const REQUIRED: bool = true;
    /// Reads it; what is wrong is reported, and `None` returned.
    fn read(value: &Toml<'_>, reader: &mut Reader<'_>) -> Option<Self>;
    /// The stand-in for one that is missing or wrong.
    fn placeholder(span: Span) -> Self;
}

/// Whether a character is one that neither HTML nor XML can hold: a control character but for
/// the tab and the end of a line, or no character by Unicode.
pub(crate) fn is_unprintable(c: char) -> bool {
    match c {
        '\t' | '\n' => false,
        '\u{fdd0}'..='\u{fdef}' => true,
        c => c.is_control() || u32::from(c) & 0xfffe == 0xfffe,
    }
}

/// Reads one document: knows where its words stand in the file, and where mistakes go.
pub struct Reader<'a> {
    file: FileId,
    origin: Origin,
    /// The diagnostics of the run.
    pub(crate) diags: &'a mut Diagnostics,
    /// The number of values that were missing or could not be read.
    pub(crate) lost: usize,
    /// Whether the grammar is so broken that keys may be missing that were written.
    is_broken: bool,
    /// Keys whose value breaks the grammar.
    illegible: Vec<String>,
    /// The range of a header that breaks the grammar.
    pub(crate) missing_header: Option<usize>,
}

/// The place of a document in its file, piece by piece: its offset, that of the file,
/// and the length of each. Front matter is one piece; an embed in a quote is a piece for each line.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    pieces: Vec<(usize, usize, usize)>,
}

impl Origin {
    /// A document that starts at byte `base` of its file, as one piece.
    pub(crate) fn at(base: usize) -> Self {
        Self { pieces: vec![(0, base, usize::MAX)] }
    }

    /// A document of pieces, by their lengths and their offsets in the file.
    pub(crate) fn of(pieces: impl Iterator<Item = (usize, Range<usize>)>) -> Self {
        let mut at = 0;
        let pieces = pieces.map(|(length, range)| {
            at += length;
            (at - length, range.start, range.len())
        });
        Self { pieces: pieces.collect() }
    }

    /// The offset in the file.
    fn offset(&self, at: usize) -> usize {
        let piece = self.pieces.partition_point(|(start, ..)| *start <= at);
        let (start, base, length) = self.pieces[piece.saturating_sub(1)];
        base + (at - start).min(length)
    }

    fn range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.offset(range.start);
        match range.end.checked_sub(1).filter(|last| *last >= range.start) {
            Some(last) => start..(self.offset(last) + 1).max(start),
            None => start..start,
        }
    }
}

impl<'a> Reader<'a> {
    /// Reads a document of a file.
    pub(crate) fn new(file: FileId, origin: Origin, diags: &'a mut Diagnostics) -> Self {
        let illegible = Vec::new();
        Self {
            file,
            origin,
            diags,
            lost: 0,
            is_broken: false,
            illegible,
            missing_header: None,
        }
    }

    /// The place of a range of the document.
    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, self.origin.range(range))
    }

    /// Parses a document whose header stands at `header`, reports the mistakes of its grammar,
    /// and reads the rest of it with `read`.
    pub(crate) fn document<T>(
        &mut self,
        text: &str,
        header: Span,
        read: impl FnOnce(&DeTable<'_>, Span, &mut Self) -> T,
    ) -> T {
        let mut room = String::new();
        let grammar::Parsed { table, faults, lost, missing_header } =
            grammar::parse(text, &mut room);
        (self.illegible, self.missing_header) = (lost, missing_header);
        self.is_broken = faults.iter().any(|fault| fault.costs_others);
        // Only an escape or another letter than those of ASCII can be what no page may hold.
        if text.contains('\\') || !text.is_ascii() {
            self.unprintable(&table);
        }
        for fault in faults {
            let mut found =
                Diagnostic::new(fault.code, self.span(fault.range), fault.message);
            if let Some(first) = fault.first {
                found = found.label(self.span(first), "first defined here");
            }
            found.hints.extend(fault.hint);
            self.diags.push(found);
        }
        read(&table, header, self)
    }

    /// Reports characters that neither HTML nor XML can hold, in all texts of a table.
    fn unprintable(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            self.unprintable_text(key.get_ref(), key.span());
            self.unprintable_value(value);
        }
    }

    fn unprintable_value(&mut self, value: &Toml<'_>) {
        match value.get_ref() {
            DeValue::String(text) => self.unprintable_text(text, value.span()),
            DeValue::Array(items) => {
                items.iter().for_each(|item| self.unprintable_value(item));
            }
            DeValue::Table(table) => self.unprintable(table),
            _ => {}
        }
    }

    fn unprintable_text(&mut self, text: &str, range: Range<usize>) {
        // A carriage return is the end of a line for browsers.
        let is_wrong = |c: &char| is_unprintable(*c) && *c != '\r';
        let Some(found) = text.chars().find(is_wrong) else { return };
        let message =
            format!("the character U+{:04X} cannot stand in a text", u32::from(found));
        let found = Diagnostic::new(Code::BadCharacter, self.span(range), message);
        self.diags.push(found.hint("remove the character; pages cannot show it"));
    }

    /// Reads a document that is not there, or cannot be found; the reader has nothing to say.
    pub(crate) fn nothing<T>(
        header: Span,
        read: impl FnOnce(&DeTable<'_>, Span, &mut Reader<'_>) -> T,
    ) -> T {
        let mut unheard = Diagnostics::new();
        let mut reader = Reader::new(header.file, Origin::at(0), &mut unheard);
        reader.is_broken = true;
        read(&DeTable::new(), header, &mut reader)
    }

    /// Whether something was written that could not be read at all.
    pub(crate) fn is_broken(&self) -> bool {
        self.is_broken || !self.illegible.is_empty()
    }

    /// Whether a key that is not there may have been written.
    pub(crate) fn may_have_lost(&self, key: &str) -> bool {
        self.is_broken || self.illegible.iter().any(|lost| lost == key)
    }

    /// Reports a value that is not what its key asks for.
    pub(crate) fn wrong<T>(&mut self, value: &Toml<'_>, expected: &Type) -> Option<T> {
        if self.is_broken && matches!(expected, Type::List(Type::Table(_))) {
            // A table among those of a list is a mistake of grammar, which has been said.
            return None;
        }
        let found = kind(value.get_ref());
        let message = format!("expected {expected}, found {found}");
        let span = self.span(value.span());
        let mut found = Diagnostic::new(Code::WrongType, span, message);
        found.hints.extend(remedy(value.get_ref(), expected));
        self.diags.push(found);
        None
    }

    /// The value as a table.
    pub(crate) fn table<'t, 'i>(
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
    pub(crate) fn word<'t>(
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
        let hint = match suggest(found, words.iter().copied()) {
            Some(word) => format!("did you mean `{word}`?"),
            None => format!("use one of {}", List::or(words)),
        };
        self.diags.push(Diagnostic::new(Code::OutOfRange, span, message).hint(hint));
        None
    }
}

/// Names what was found, for messages.
fn kind(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) if text.is_empty() => "an empty text".to_owned(),
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

/// Says how to turn a value into one that its key asks for, where that is plain.
fn remedy(found: &DeValue<'_>, expected: &Type) -> Option<String> {
    let is_bare = |text: &str| {
        let document = format!("x = {text}");
        let (table, errors) = DeTable::parse_recoverable(&document);
        let value = table.get_ref().get("x").filter(|_| errors.is_empty());
        value.is_some_and(|value| {
            let value = value.get_ref();
            match expected {
                Type::Date => value.is_datetime(),
                Type::BoundedInt(..) => value.is_integer(),
                Type::Number => value.is_integer() || value.is_float(),
                Type::Flag => value.is_bool(),
                _ => false,
            }
        })
    };
    match (expected, found) {
        (Type::List(Type::Table(table)), _) => {
            Some(format!("write it as `{}`", table.place))
        }
        (Type::List(Type::Text | Type::Name | Type::Slug), DeValue::String(_)) => {
            Some("put it between `[` and `]`".to_owned())
        }
        (Type::Table(table), _) if table.place.ends_with("[ID]") => {
            Some("write a header such as `[my-id]` above it".to_owned())
        }
        (_, DeValue::Table(_) | DeValue::Array(_)) => None,
        (_, DeValue::String(text)) if is_bare(text) => {
            Some("write it without quotes".to_owned())
        }
        (Type::Text | Type::Name | Type::Slug, _) => {
            Some("put it between quotes".to_owned())
        }
        _ => None,
    }
}
