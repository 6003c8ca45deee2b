//! The table of keys: one declaration a file kind, from which all else about the format
//! is made: the struct, its reader and messages, the reference and the schema.
//!
//! [`schema!`] declares a TOML table as a struct: a field's name is the key (`r#is` for
//! `is`), its type says what may stand there ([`FromToml`]), its doc comment is the
//! documentation. A plain type is required, an `Option` or a list is not, and `= value`
//! gives a default. [`string_enum!`] declares a closed list of words.

use super::reader::FromToml;

use super::table::Presence;

/// A struct that [`schema!`] declares.
pub(crate) trait Keys: Sized {
    /// The table's keys.
    const KEYS: &'static super::table::Table;
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
        #[allow(dead_code, unreachable_pub, reason = "not every reader asks for all that a table says")]
        pub struct $name {
            $( $(#[doc = $key_doc])+ pub $field: $ty, )+
            /// The place of the table: its header, or the file's first byte.
            pub span: $crate::diag::Span,
            /// Keys that are missing, or of which something could not be read; that has
            /// been reported.
            pub lost: Vec<&'static str>,
            /// Whether it has keys that are not of it, which has been reported. What is
            /// missing may be meant by them.
            pub has_unknown: bool,
        }

        #[allow(dead_code, unreachable_pub, reason = "not every reader asks for all that a table says")]
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
            pub const TABLE: $crate::schema::Table = $crate::schema::Table {
                place: $place,
                doc: concat!($($doc),+),
                keys: &[$( $crate::schema::Key {
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
            const KEYS: &'static $crate::schema::Table = &Self::TABLE;

            fn read_table(
                table: &toml::de::DeTable<'_>,
                span: $crate::diag::Span,
                reader: &mut $crate::schema::reader::Reader<'_>,
            ) -> Self {
                Self::from_table(table, span, reader)
            }
        }

        impl $crate::schema::reader::FromToml for $name {
            const TYPE: $crate::schema::Type =
                $crate::schema::Type::Table(&Self::TABLE);

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
        #[allow(unreachable_pub, reason = "some are of one file alone")]
        pub enum $name { $( $(#[doc = $word_doc])+ $variant, )+ }

        impl $name {
            /// The word as authors write it.
            #[allow(dead_code, unreachable_pub, reason = "not every list of words is printed again")]
            pub fn word(self) -> &'static str {
                match self { $( Self::$variant => $word, )+ }
            }
        }

        impl $crate::schema::reader::FromToml for $name {
            const TYPE: $crate::schema::Type =
                $crate::schema::Type::Word(&[$($word),+]);

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
