//! Dates.

use super::kind::Declared;
use super::{Criterion, CriterionKind, NoValue, Value};
use crate::diag::Diagnostics;
use crate::schema::{Spanned, Value as Written};
use crate::strings::{Key, Strings};

/// A day, without a time.
#[derive(Debug)]
pub(super) struct DateKind;

impl Declared for DateKind {
    const NAME: &'static str = "date";
    const DOC: &'static str = "A date";
    const EXAMPLE: (&'static str, &'static str) = ("", "2026-11-22");

    fn declare(_: &Criterion, _: &mut Diagnostics) -> Option<Self> {
        Some(Self)
    }
}

impl CriterionKind for DateKind {
    fn expected(&self) -> &'static str {
        "a date such as `2026-11-22`"
    }

    fn parse(
        &self,
        written: &Spanned<Written>,
        _: &mut Diagnostics,
    ) -> Result<Value, NoValue> {
        match &written.value {
            Written::Date(date) => Ok(Value::Date(*date)),
            _ => Err(NoValue::WrongType),
        }
    }

    fn remedy(&self, written: &Written) -> Option<String> {
        let Written::Text(text) = written else { return None };
        let date = text.parse::<jiff::civil::Date>();
        date.is_ok().then(|| "write it without quotes".to_owned())
    }

    fn is_ordered(&self) -> bool {
        true
    }

    fn is_dated(&self) -> bool {
        true
    }

    fn describe(&self, strings: &Strings) -> String {
        strings.get(Key::KindDate).to_owned()
    }
}
