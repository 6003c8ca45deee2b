//! Web addresses.

use super::kind::Declared;
use super::{Criterion, CriterionKind, NoValue, Value};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::schema::{Spanned, Value as Written, href};
use crate::strings::{Key, Strings};

/// A web address.
#[derive(Debug)]
pub(super) struct UrlKind;

impl Declared for UrlKind {
    const NAME: &'static str = "url";
    const DOC: &'static str = "A web address";
    const EXAMPLE: (&'static str, &'static str) = ("", "\"https://example.org/\"");

    fn declare(_: &Criterion, _: &mut Diagnostics) -> Option<Self> {
        Some(Self)
    }
}

impl CriterionKind for UrlKind {
    fn expected(&self) -> &'static str {
        "a web address"
    }

    fn parse(
        &self,
        written: &Spanned<Written>,
        diags: &mut Diagnostics,
    ) -> Result<Value, NoValue> {
        let Written::Text(text) = &written.value else { return Err(NoValue::WrongType) };
        href::external(text).map(Value::Text).map_err(|cause| {
            let message = href::refusal(text, &cause);
            let found = Diagnostic::new(Code::BadUrl, written.span, message);
            diags.push(found.hint("write it as `https://…`"));
            NoValue::Reported
        })
    }

    fn sorts_descending(&self) -> bool {
        false
    }

    fn link<'a>(&self, value: &'a Value) -> &'a str {
        value.text()
    }

    fn describe(&self, strings: &Strings) -> String {
        strings.get(Key::KindUrl).to_owned()
    }
}
