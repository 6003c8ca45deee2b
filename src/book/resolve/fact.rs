//! Values of facts and operands of requirements.

use super::Resolver;
use crate::book::{Criterion, Value};
use crate::diag::{Code, Diagnostic};
use crate::kinds::NoValue;
use crate::raw::{self, Spanned};

impl Resolver<'_> {
    /// Reads a value of a criterion; reports it and returns none if it does not fit.
    pub(super) fn value(
        &mut self,
        written: &Spanned<raw::Value>,
        criterion: &Criterion,
    ) -> Option<Value> {
        if self.broken.contains(criterion.id.as_str()) {
            return None;
        }
        match criterion.kind.parse(written, self.diags) {
            Ok(value) => return Some(value),
            Err(NoValue::Reported) => return None,
            Err(NoValue::WrongType) => {}
        }
        let (expected, found) = (criterion.kind.expected(), written.value.kind());
        let message =
            format!("expected {expected} for `{}`, found {found}", criterion.id);
        let found = Diagnostic::new(Code::BadValue, written.span, message);
        let mut found = found.label(criterion.span, "declared here");
        if let Some(hint) = criterion.kind.remedy(&written.value) {
            found = found.hint(hint);
        }
        self.diags.push(found);
        None
    }
}
