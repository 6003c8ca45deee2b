//! The table of keys: one declaration a file kind, from which all else about the format
//! is made: the struct, its reader and messages, the reference and the schema.
//!
//! [`schema!`] declares a TOML table as a struct: a field's name is the key (`r#is` for
//! `is`), its type says what may stand there ([`FromToml`]), its doc comment is the
//! documentation. A plain type is required, an `Option` or a list is not, and `= value`
//! gives a default. [`string_enum!`] declares a closed list of words.

use super::reader::FromToml;

/// What may stand at a key.
#[derive(Debug, Clone, Copy)]
pub enum Type {
    /// Any text.
    Text,
    /// A slug or id that something is named by: `[a-z0-9]+([-_][a-z0-9]+)*`.
    Slug,
    /// The slug or id of something that is defined elsewhere in the book.
    Name,
    /// A web address.
    Url,
    /// A date without a time.
    Date,
    /// `true` or `false`.
    Flag,
    /// A whole number in a range.
    BoundedInt(i64, i64),
    /// A number, whole or decimal.
    Number,
    /// One of a few words.
    Word(&'static [&'static str]),
    /// Any value; what fits is decided by something else in the book.
    Value,
    /// A list.
    List(&'static Type),
    /// A table with the keys of a [`Table`].
    Table(&'static Table),
    /// A table whose keys are the author's.
    Map(&'static Type),
    /// One of several types.
    Either(&'static [Type]),
}

impl std::fmt::Display for Type {
    /// Names the type as messages do: "a date", "a list of text".
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Type::Text => f.write_str("text"),
            Type::Slug => f.write_str("an id"),
            Type::Name => f.write_str("a name"),
            Type::Url => f.write_str("a web address"),
            Type::Date => f.write_str("a date such as 2026-11-22"),
            Type::Flag => f.write_str("`true` or `false`"),
            Type::BoundedInt(low, high) if *high == i64::MAX => {
                write!(f, "a whole number from {low}")
            }
            Type::BoundedInt(low, high) => {
                write!(f, "a whole number from {low} to {high}")
            }
            Type::Number => f.write_str("a number"),
            Type::Word(words) => write!(f, "one of {}", crate::diag::List::or(words)),
            Type::Value => f.write_str("a value"),
            Type::List(Type::Table(_)) => f.write_str("a list of tables"),
            Type::List(item) => write!(f, "a list of {}", plural(item)),
            Type::Table(_) | Type::Map(_) => f.write_str("a table"),
            Type::Either(types) => {
                for (i, one) in types.iter().enumerate() {
                    let joint = if i == 0 { "" } else { " or " };
                    write!(f, "{joint}{one}")?;
                }
                Ok(())
            }
        }
    }
}

fn plural(item: &Type) -> String {
    match item {
        Type::Slug => "ids".to_owned(),
        Type::Name => "names".to_owned(),
        Type::List(item) => format!("lists of {}", plural(item)),
        Type::Date => "dates".to_owned(),
        Type::Number => "numbers".to_owned(),
        Type::Value => "values".to_owned(),
        Type::Table(_) | Type::Map(_) => "tables".to_owned(),
        other => other.to_string(),
    }
}

/// Whether a key must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It must.
    Required,
    /// It need not.
    Optional,
    /// It need not; this stands in.
    Default(&'static str),
}

/// One key of a table.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// What may stand there.
    pub ty: Type,
    /// Whether it must be there.
    pub need: Presence,
    /// What it means, as one line.
    pub doc: &'static str,
}

impl Key {
    /// What its value looks like, and what it means, as a hint says it.
    pub(crate) fn how_to_add(&self) -> String {
        let Key { name, ty, doc, .. } = self;
        let doc = doc.trim().trim_end_matches('.');
        let mut letters = doc.chars();
        let doc = match (letters.next(), letters.next()) {
            (Some(first), Some(second)) if !second.is_uppercase() => {
                format!("{}{}", first.to_lowercase(), &doc[first.len_utf8()..])
            }
            _ => doc.to_owned(),
        };
        let value = match ty {
            Type::Table(table) => return format!("add `{}`: {doc}", table.place),
            Type::Word(words) => {
                let words = crate::diag::List::or(words);
                return format!("add `{name} = \"…\"`, with {words}");
            }
            Type::Text | Type::Slug | Type::Name => "\"…\"",
            Type::Url => "\"https://…\"",
            Type::Date => "2026-11-22",
            Type::List(_) => "[…]",
            _ => "…",
        };
        format!("add `{name} = {value}`: {doc}")
    }
}

/// The keys of one kind of table.
#[derive(Debug)]
pub struct Table {
    /// Where it stands, such as `content/frameworks/SLUG.toml`, or what it is.
    pub place: &'static str,
    /// What it is, as one line.
    pub doc: &'static str,
    /// Its keys in the order of their meaning.
    pub keys: &'static [Key],
}

/// A struct that [`schema!`] declares.
pub(crate) trait Keys: Sized {
    /// The table's keys.
    const KEYS: &'static Table;
    /// Reads the table, reporting unknown and missing keys and wrong types.
    fn read_table(
        table: &toml::de::DeTable<'_>,
        span: crate::diag::Span,
        reader: &mut super::reader::Reader<'_>,
    ) -> Self;
}

/// The need of a field of type `T` that has no default of its own.
pub(crate) const fn need<T: FromToml>(default: Option<&'static str>) -> Presence {
    match (default, T::REQUIRED) {
        (Some(text), _) => Presence::Default(text),
        (None, true) => Presence::Required,
        (None, false) => Presence::Optional,
    }
}

/// Declares a table of keys and the struct it is read into.
macro_rules! schema {
    (
        $(#[doc = $doc:literal])+
        $name:ident at $place:literal {
            $(
                $(#[doc = $key_doc:literal])+
                $field:ident : $ty:ty $(= $default:expr)?
            ),+ $(,)?
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone)]
        pub struct $name {
            $( $(#[doc = $key_doc])+ pub $field: $ty, )+
            /// Where the table stands: its header, or the file's first byte.
            pub span: $crate::diag::Span,
            /// Keys that are missing, or of which something could not be read; that has
            /// been reported.
            pub lost: Vec<&'static str>,
            /// Whether it has keys that are not of it, which has been reported. What is
            /// missing may be meant by them.
            pub has_unknown: bool,
        }

        impl $name {
            /// Whether a key is missing, or something of it could not be read, which has
            /// been reported.
            pub fn has_lost(&self, key: &str) -> bool {
                self.lost.contains(&key)
            }

            /// Whether a key that is not there may have been written all the same, in a way
            /// that has been reported.
            pub fn may_have(&self, key: &str) -> bool {
                self.has_unknown || self.has_lost(key)
            }

            /// The table's keys.
            pub const TABLE: $crate::schema::keys::Table = $crate::schema::keys::Table {
                place: $place,
                doc: concat!($($doc),+),
                keys: &[$( $crate::schema::keys::Key {
                    name: $crate::schema::keys::bare(stringify!($field)),
                    ty: <$ty as $crate::schema::reader::FromToml>::TYPE,
                    need: $crate::schema::keys::need::<$ty>(
                        $crate::schema::keys::schema!(@default $($default)?)
                    ),
                    doc: concat!($($key_doc),+),
                } ),+],
            };

            /// Reads the table, reporting unknown and missing keys and wrong types.
            pub(crate) fn from_table(
                table: &toml::de::DeTable<'_>,
                span: $crate::diag::Span,
                reader: &mut $crate::schema::reader::Reader<'_>,
            ) -> Self {
                let mut fields = reader.fields(table, span, &Self::TABLE);
                $( let $field = $crate::schema::keys::schema!(
                    @read fields, reader,
                    $crate::schema::keys::bare(stringify!($field)) $(, $default)?
                ); )+
                Self {
                    $($field,)+ span, lost: fields.lost, has_unknown: fields.has_unknown
                }
            }
        }

        impl $crate::schema::keys::Keys for $name {
            const KEYS: &'static $crate::schema::keys::Table = &Self::TABLE;

            fn read_table(
                table: &toml::de::DeTable<'_>,
                span: $crate::diag::Span,
                reader: &mut $crate::schema::reader::Reader<'_>,
            ) -> Self {
                Self::from_table(table, span, reader)
            }
        }

        impl $crate::schema::reader::FromToml for $name {
            const TYPE: $crate::schema::keys::Type =
                $crate::schema::keys::Type::Table(&Self::TABLE);

            fn read(
                value: &$crate::schema::reader::Toml<'_>,
                reader: &mut $crate::schema::reader::Reader<'_>,
            ) -> Option<Self> {
                let span = reader.span(value.span());
                let table = reader.table(value, &Self::TYPE)?;
                Some(Self::from_table(table, span, reader))
            }

            fn placeholder(span: $crate::diag::Span) -> Self {
                $crate::schema::reader::Reader::nothing(span, Self::from_table)
            }
        }
    };
    (@default) => { None };
    (@default $default:expr) => { Some(stringify!($default)) };
    (@read $fields:ident, $reader:ident, $key:expr) => {
        $fields.take($key, $reader)
    };
    (@read $fields:ident, $reader:ident, $key:expr, $default:expr) => {
        $fields.take_or($key, $reader, $default)
    };
}

/// Declares a closed list of words; the last one stands in where a word was required and is
/// missing or wrong.
macro_rules! string_enum {
    (
        $(#[doc = $doc:literal])+
        $name:ident { $( $(#[doc = $word_doc:literal])+ $variant:ident = $word:literal ),+ $(,)? }
        else $fallback:ident
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $( $(#[doc = $word_doc])+ $variant, )+ }

        impl $name {
            /// The word as authors write it.
            pub fn word(self) -> &'static str {
                match self { $( Self::$variant => $word, )+ }
            }
        }

        impl $crate::schema::reader::FromToml for $name {
            const TYPE: $crate::schema::keys::Type =
                $crate::schema::keys::Type::Word(&[$($word),+]);

            fn read(
                value: &$crate::schema::reader::Toml<'_>,
                reader: &mut $crate::schema::reader::Reader<'_>,
            ) -> Option<Self> {
                match reader.word(value, &Self::TYPE)? {
                    $( $word => Some(Self::$variant), )+
                    _ => None,
                }
            }

            fn placeholder(_: $crate::diag::Span) -> Self {
                Self::$fallback
            }
        }
    };
}

/// A key's name without the `r#` that Rust needs before its own words.
pub(crate) const fn bare(field: &'static str) -> &'static str {
    match field.as_bytes() {
        [b'r', b'#', ..] => field.split_at(2).1,
        _ => field,
    }
}

pub(crate) use {schema, string_enum};
