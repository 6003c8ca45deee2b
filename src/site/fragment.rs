//! Fragments: HTML of a component that is rendered once, with slots for what differs from
//! page to page.
//!
//! The component is given a mark in the place of each of these arguments, and where the
//! marks come out are the slots. It may put an argument anywhere, more than once or not at
//! all, but it cannot look at what will stand there.

use pulldown_cmark_escape::escape_html;
use tera::Context;

use super::engine::Engine;
use crate::diag::Diagnostic;

/// A component's HTML with slots.
#[derive(Debug)]
pub(super) struct Fragment {
    /// The text before each slot, and the position of the argument that fills it.
    parts: Vec<(String, usize)>,
    /// The text after the last slot.
    end: String,
}

impl Fragment {
    /// Renders a component with these arguments; those that are named become slots.
    ///
    /// # Errors
    /// Diagnostics of the component.
    pub(super) fn precompile(
        engine: &Engine<'_>,
        component: &str,
        arguments: Context,
        slots: &[&str],
    ) -> Result<Self, Vec<Diagnostic>> {
        let render = |marks: &[String]| {
            let mut arguments = arguments.clone();
            for (slot, mark) in slots.iter().zip(marks) {
                arguments.insert(slot.to_string(), mark);
            }
            engine.component(component, &arguments)
        };
        // The book's own texts may hold any character, so marks are those that they do not.
        let plain = render(&vec![String::new(); slots.len()])?;
        let plain = plain.as_str().unwrap_or_default();
        let unused = ('\u{e000}'..='\u{f8ff}').filter(|mark| !plain.contains(*mark));
        let marks: Vec<String> = unused.take(slots.len()).map(String::from).collect();
        let html = render(&marks)?;
        Ok(Self::split(html.as_str().unwrap_or_default(), &marks))
    }

    fn split(html: &str, marks: &[String]) -> Self {
        let (mut parts, mut start) = (Vec::new(), 0);
        for (at, sign) in html.char_indices() {
            let found = marks.iter().position(|mark| mark.starts_with(sign));
            if let Some(slot) = found {
                parts.push((html[start..at].to_owned(), slot));
                start = at + sign.len_utf8();
            }
        }
        Self { parts, end: html[start..].to_owned() }
    }

    /// Writes the HTML with its slots filled with other HTML, by the position among the
    /// names of the slots.
    pub(super) fn write_html(&self, filled: &[&str], out: &mut String) {
        self.write(filled, out, |html, out| out.push_str(html));
    }

    /// Writes the HTML with its slots filled with texts.
    pub(super) fn write_texts(&self, filled: &[&str], out: &mut String) {
        self.write(filled, out, |text, out| {
            escape_html(out, text).expect("a String takes all text");
        });
    }

    fn write(&self, filled: &[&str], out: &mut String, fill: impl Fn(&str, &mut String)) {
        for (before, slot) in &self.parts {
            out.push_str(before);
            fill(filled[*slot], out);
        }
        out.push_str(&self.end);
    }
}

#[cfg(test)]
mod tests {
    use super::Fragment;

    #[test]
    fn holes_are_filled_wherever_they_are() {
        #[track_caller]
        fn case(html: &str, expected: &str) {
            let fragment = Fragment::split(html, &["1".to_owned(), "2".to_owned()]);
            let mut out = "> ".to_owned();
            fragment.write_html(&["<one>", ""], &mut out);
            fragment.write_texts(&["<one>", ""], &mut out);
            let escaped = expected.replace("<one>", "&lt;one&gt;");
            assert_eq!(out, format!("> {expected}{escaped}"));
        }
        case("-1é2-1", "-<one>é-<one>");
        case("2", "");
        case("é", "é");
        case("", "");
    }
}
