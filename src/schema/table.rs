//! Tables of keys, as values: for messages, and for whoever documents the format.

/// Type of the values of a key.
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
    /// The type of its values.
    pub ty: Type,
    /// Whether it must be there.
    pub need: Presence,
    /// Its meaning, as one line.
    pub doc: &'static str,
}

impl Key {
    /// Says in a hint how to write it, and its meaning.
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
    /// Its place, such as `content/frameworks/SLUG.toml`, or its form.
    pub place: &'static str,
    /// Its description, as one line.
    pub doc: &'static str,
    /// Its keys in the order of their meaning.
    pub keys: &'static [Key],
}
