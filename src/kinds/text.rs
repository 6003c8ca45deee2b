//! Texts.

use super::kind::Declared;
use super::{Criterion, CriterionKind, NoValue, Value};
use crate::diag::Diagnostics;
use crate::schema::{Spanned, Value as Written};
use crate::strings::{Key, Strings};

/// A text that is not compared.
#[derive(Debug)]
pub(super) struct TextKind;

impl Declared for TextKind {
    const NAME: &'static str = "text";
    const DOC: &'static str = "Text";
    const EXAMPLE: (&'static str, &'static str) = ("", "\"MIT\"");

    fn declare(_: &Criterion, _: &mut Diagnostics) -> Option<Self> {
        Some(Self)
    }
}

impl CriterionKind for TextKind {
    fn expected(&self) -> &'static str {
        "text"
    }

    fn parse(
        &self,
        written: &Spanned<Written>,
        _: &mut Diagnostics,
    ) -> Result<Value, NoValue> {
        parse(&written.value)
    }

    fn remedy(&self, written: &Written) -> Option<String> {
        remedy(written)
    }

    fn sorts_descending(&self) -> bool {
        false
    }

    fn describe(&self, strings: &Strings) -> String {
        strings.get(Key::KindText).to_owned()
    }
}

/// Reads a text that is not blank.
pub(super) fn parse(written: &Written) -> Result<Value, NoValue> {
    match written {
        Written::Text(text) if !text.trim().is_empty() => Ok(Value::Text(text.clone())),
        _ => Err(NoValue::WrongType),
    }
}

/// Says how to turn a number or a date into a text.
pub(super) fn remedy(written: &Written) -> Option<String> {
    let is_bare = matches!(written, Written::Number(_) | Written::Date(_));
    is_bare.then(|| "put it between quotes".to_owned())
}
