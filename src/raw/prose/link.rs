//! Links and images of a text: their addresses, and those without words.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Builder, Link, Prose};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::schema::href::{self, Href};

impl Builder<'_> {
    /// Takes a link or an image, and reports an address that cannot be one.
    pub(super) fn link(&mut self, dest: &str, range: &Range<usize>, is_image: bool) {
        let written = self.body.get(range.clone()).unwrap_or_default();
        let span = self.span(&self.address(dest, range));
        // An e-mail address between angle brackets has no scheme of its own.
        let is_email = !is_image && written.starts_with('<') && !dest.contains(':');
        let parsed = if is_email {
            href::external(&format!("mailto:{dest}")).map(Href::External)
        } else {
            href::parse(dest)
        };
        let href = match parsed {
            Ok(Href::External(url)) if is_image => {
                let message = format!("the image `{url}` is on another site");
                let found = Diagnostic::new(Code::BadUrl, span, message);
                self.diags
                    .push(found.hint("copy it into `content/assets` and link to that"));
                None
            }
            Ok(href) => Some(href),
            Err(_) if dest.trim().is_empty() => {
                let found =
                    Diagnostic::new(Code::BadUrl, span, "this link has no address");
                self.diags.push(found.hint("write it between `(` and `)`"));
                None
            }
            Err(cause) => {
                let message = href::refusal(dest, &cause);
                let found = Diagnostic::new(Code::BadUrl, span, message);
                let hint = match href::nearest_noun(dest) {
                    Some(nearest) => format!("did you mean `{nearest}`?"),
                    None => {
                        "write `https://…`, a path to a file of the book, or a link by \
                             meaning such as `framework:django`"
                            .to_owned()
                    }
                };
                self.diags.push(found.hint(hint));
                None
            }
        };
        let event = self.prose.events.len();
        self.prose.links.push(Link { href, span, is_empty: false, is_image, event });
    }

    /// The place of a link's address: in the link itself or, if it is one by
    /// reference, in the definition.
    fn address(&self, dest: &str, range: &Range<usize>) -> Range<usize> {
        let (whole, opener) = match &self.definition {
            Some(definition) => (definition, "]:"),
            None => (range, "]("),
        };
        let written = self.body.get(whole.clone()).unwrap_or_default();
        let after = |(at, _): (usize, &str)| {
            let rest = &written[at + opener.len()..];
            let address = rest.trim_start().trim_start_matches('<');
            address.starts_with(dest).then(|| written.len() - address.len())
        };
        let at = written.rmatch_indices(opener).find_map(after);
        match at.or_else(|| written.find(dest)).filter(|_| !dest.is_empty()) {
            Some(at) => whole.start + at..whole.start + at + dest.len(),
            None => whole.clone(),
        }
    }
}

/// Marks links without text, and reports images without one.
pub(super) fn close_empty(prose: &mut Prose, diags: &mut Diagnostics) {
    for link in &mut prose.links {
        let inner = &prose.events[link.event + 1..];
        let has_text = inner
            .iter()
            .take_while(|(event, _)| {
                !matches!(event, Event::End(TagEnd::Link | TagEnd::Image))
            })
            .any(|(event, _)| match event {
                Event::Text(text) | Event::Code(text) => !text.trim().is_empty(),
                Event::Start(Tag::Image { .. }) => true,
                _ => false,
            });
        link.is_empty = !has_text;
        if link.is_image && !has_text {
            let found =
                Diagnostic::new(Code::MissingAlt, link.span, "image without alt text");
            let hint = "say what it shows between the brackets: `![what it shows](…)`";
            diags.push(found.hint(hint));
        }
    }
}
