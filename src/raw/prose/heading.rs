//! Headings of a text: their order, and the names of the parts they start.

use pulldown_cmark::HeadingLevel;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Builder, Heading};
use crate::diag::{Code, Diagnostic, Span};

impl Builder<'_> {
    /// Starts a heading.
    pub(super) fn start_heading(
        &mut self,
        level: HeadingLevel,
        id: Option<&str>,
        span: Span,
    ) {
        let level = level as u8;
        let before = self.prose.headings.last().map_or(1, |heading| heading.level);
        if level == 1 {
            let message = "a page has one first-level heading, its title";
            let found = Diagnostic::new(Code::HeadingOrder, span, message);
            self.diags.push(found.hint("write `##`"));
        } else if level > before + 1 {
            let message = format!("a heading of level {level} follows one of {before}");
            let found = Diagnostic::new(Code::HeadingOrder, span, message);
            self.diags
                .push(found.hint(format!("write `{}`", "#".repeat(before as usize + 1))));
        }
        if let Some(id) = id {
            self.own_id(id, span);
        }
        let event = self.prose.events.len();
        let id = id.unwrap_or_default().to_owned();
        // The page keeps its order whatever the author wrote.
        let level = level.clamp(2, before + 1);
        self.prose.headings.push(Heading { level, id, text: String::new(), span, event });
        self.heading = Some(String::new());
    }

    /// Takes an id that the author gives to a heading.
    fn own_id(&mut self, id: &str, span: Span) {
        if is_reserved(id) {
            let message = format!("the heading id `{id}` is one of the page's own");
            let found = Diagnostic::new(Code::DuplicateId, span, message);
            self.diags.push(found.hint("choose a word, such as `{#limits}`"));
        } else if let Some(first) = self.ids.get(id) {
            let message = format!("duplicate heading id `{id}`");
            let found = Diagnostic::new(Code::DuplicateId, span, message);
            self.diags.push(found.label(*first, "first defined here"));
        }
        self.ids.entry(id.to_owned()).or_insert(span);
    }

    /// Ends the heading that is read, and names the part it starts.
    pub(super) fn end_heading(&mut self) {
        let text = self.heading.take().unwrap_or_default();
        let Some(heading) = self.prose.headings.last_mut() else { return };
        if heading.id.is_empty() {
            let stem = heading_id(&text);
            let times = self.stems.entry(stem.clone()).or_insert(0);
            heading.id.clone_from(&stem);
            while self.ids.contains_key(&heading.id) {
                *times += 1;
                heading.id = format!("{stem}-{times}");
            }
            self.ids.insert(heading.id.clone(), heading.span);
        }
        heading.text = text;
    }
}

/// Whether an id is one that pages give to parts of their own: a capital and `-`, or `Main`.
/// Those made from headings have no capitals.
fn is_reserved(id: &str) -> bool {
    matches!(id.as_bytes(), [b'A'..=b'Z', b'-', ..] | b"Main")
}

/// The id of a heading, as GitHub makes it, so that a link to a part works there as well:
/// letters, marks, digits and `_` in lower case, with `-` for each space. Letters of several
/// characters are in their composed form.
fn heading_id(text: &str) -> String {
    let mut id = String::with_capacity(text.len());
    for c in text.trim().nfc().flat_map(char::to_lowercase) {
        match c {
            ' ' | '-' => id.push('-'),
            c if c.is_alphanumeric() || is_combining_mark(c) || c == '_' => id.push(c),
            _ => {}
        }
    }
    if id.is_empty() { "part".to_owned() } else { id }
}
