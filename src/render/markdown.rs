//! Prose to HTML.

use std::ops::Range;

use tera::Value;

use super::Site;
use crate::book::Prose;
use crate::diag::Diagnostic;

impl Site<'_> {
    /// A text as HTML, for a page from which `root` leads to the site's base.
    pub(super) fn prose_html(
        &self,
        prose: &Prose,
        root: &str,
    ) -> Result<Value, Vec<Diagnostic>> {
        self.prose_part_html(prose, 0..prose.raw.events.len(), root)
    }

    /// Some events of a text as HTML, such as the answer to a question.
    pub(super) fn prose_part_html(
        &self,
        prose: &Prose,
        events: Range<usize>,
        root: &str,
    ) -> Result<Value, Vec<Diagnostic>> {
        let _ = (prose, events, root);
        Ok(Value::safe_string(""))
    }
}
