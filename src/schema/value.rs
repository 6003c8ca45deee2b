//! Values whose type something else in the book decides: facts, requirement operands,
//! arguments of a theme's embeds.

use jiff::civil::Date;
use toml::de::DeValue;

use super::reader::{FromToml, Reader, Spanned, Toml};
use super::table::Type;
use crate::diag::{Code, Diagnostic, Span};

/// A TOML value other than a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text.
    Text(String),
    /// A number as written, in decimal digits.
    Number(String),
    /// `true` or `false`.
    Flag(bool),
    /// A date without a time.
    Date(Date),
    /// A list.
    List(Vec<Spanned<Value>>),
}

impl Value {
    /// Names the value, for messages.
    pub fn kind(&self) -> String {
        match self {
            Value::Text(text) if text.is_empty() => "an empty text".to_owned(),
            Value::Text(text) if text.chars().count() <= 24 => {
                format!("the text `{text}`")
            }
            Value::Text(_) => "text".to_owned(),
            Value::Number(number) => format!("the number `{number}`"),
            Value::Flag(flag) => format!("`{flag}`"),
            Value::Date(date) => format!("the date `{date}`"),
            Value::List(_) => "a list".to_owned(),
        }
    }
}

impl FromToml for Spanned<Value> {
    const TYPE: Type = Type::Value;

    fn read(value: &Toml<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let read = match value.get_ref() {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(n) if n.radix() == 10 => {
                Value::Number(n.as_str().to_owned())
            }
            DeValue::Float(n) => Value::Number(n.as_str().to_owned()),
            DeValue::Boolean(flag) => Value::Flag(*flag),
            DeValue::Array(items) => {
                let items = items.iter();
                Value::List(items.filter_map(|i| Spanned::read(i, reader)).collect())
            }
            DeValue::Datetime(_) => {
                Value::Date(Spanned::<Date>::read(value, reader)?.value)
            }
            DeValue::Integer(_) => return not_decimal(value, reader),
            DeValue::Table(_) => return reader.wrong(value, &Self::TYPE),
        };
        Some(Spanned { value: read, span: reader.span(value.span()) })
    }

    fn placeholder(span: Span) -> Self {
        Spanned { value: Value::Flag(false), span }
    }
}

/// Reports a number such as `0xff`.
pub(crate) fn not_decimal<T>(value: &Toml<'_>, reader: &mut Reader<'_>) -> Option<T> {
    let message = "a number is written in decimal digits";
    let span = reader.span(value.span());
    let mut found = Diagnostic::new(Code::WrongType, span, message);
    if let DeValue::Integer(n) = value.get_ref()
        && let Ok(n) = i64::from_str_radix(n.as_str(), n.radix())
    {
        found = found.hint(format!("write `{n}`"));
    }
    reader.diags.push(found);
    None
}
