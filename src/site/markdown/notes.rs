//! Footnotes: numbered in the order of their first mention, written after the text.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Writer;
use crate::book::Key;
use crate::diag::Span;

/// The footnotes of a text.
pub(super) struct Notes {
    /// The name of each definition, and the events inside it.
    definitions: Vec<(String, Range<usize>)>,
    /// Notes mentioned so far, by number from 1: the definition, and how many mentions.
    mentioned: Vec<(usize, usize)>,
    /// The start of ids, before the number, so that parts of a text on one page differ.
    prefix: String,
}

impl Notes {
    /// Finds the definitions of a text; `start` is the first event that will be written.
    pub(super) fn new(events: &[(Event<'static>, Span)], start: usize) -> Self {
        let mut definitions = Vec::new();
        let mut open = Vec::new();
        for (at, (event, _)) in events.iter().enumerate() {
            match event {
                Event::Start(Tag::FootnoteDefinition(name)) => {
                    open.push(definitions.len());
                    definitions.push((name.to_string(), at + 1..at + 1));
                }
                Event::End(TagEnd::FootnoteDefinition) => {
                    if let Some(last) = open.pop() {
                        definitions[last].1.end = at;
                    }
                }
                _ => {}
            }
        }
        let prefix = match start {
            0 => "N-".to_owned(),
            start => format!("N-{start}-"),
        };
        Self { definitions, mentioned: Vec::new(), prefix }
    }

    /// The position after the definition that starts at an event.
    pub(super) fn after(&self, at: usize) -> usize {
        let definition = self.definitions.iter().find(|(_, range)| range.start == at + 1);
        definition.map_or(at, |(_, range)| range.end) + 1
    }

    /// Counts a mention: the note's number, and which of its mentions this is.
    fn mention(&mut self, name: &str) -> Option<(usize, usize)> {
        let definition = self.definitions.iter().position(|(known, _)| known == name)?;
        let known = self.mentioned.iter().position(|(known, _)| *known == definition);
        let at = known.unwrap_or_else(|| {
            self.mentioned.push((definition, 0));
            self.mentioned.len() - 1
        });
        self.mentioned[at].1 += 1;
        Some((at + 1, self.mentioned[at].1))
    }

    /// The id of a note.
    fn id(&self, number: usize) -> String {
        format!("{}{number}", self.prefix)
    }

    /// The id of a mention of a note.
    fn mention_id(&self, number: usize, mention: usize) -> String {
        format!("{}{number}-r{mention}", self.prefix)
    }
}

impl Writer<'_> {
    /// Writes a mention of a footnote: its number, with a link.
    pub(super) fn note_reference(&mut self, name: &str) {
        let Some((number, mention)) = self.notes.mention(name) else { return };
        if self.links.iter().any(|close| !close.is_empty()) {
            // A link cannot contain a link: the number alone is shown.
            self.notes.mentioned[number - 1].1 -= 1;
            self.out.push_str(&format!("<sup>{number}</sup>"));
            return;
        }
        self.out.push_str("<sup><a role=\"doc-noteref\"");
        self.attribute("id", &self.notes.mention_id(number, mention));
        self.attribute("href", &format!("#{}", self.notes.id(number)));
        self.out.push('>');
        self.out.push_str(&number.to_string());
        self.out.push_str("</a></sup>");
    }

    /// Writes the footnotes that were mentioned, each with links back to its mentions. A
    /// note may mention others, which then follow.
    pub(super) fn footnotes(&mut self) {
        if self.notes.mentioned.is_empty() {
            return;
        }
        self.out.push_str("<div class=\"notes\" role=\"doc-endnotes\"");
        let label = self.site.strings.get(Key::Notes).to_owned();
        self.attribute("aria-label", &label);
        self.out.push_str(">\n<ol>\n");
        let mut bodies = Vec::new();
        let mut number = 0;
        while let Some((definition, _)) = self.notes.mentioned.get(number) {
            let range = self.notes.definitions[*definition].1.clone();
            let start = self.out.len();
            self.range(range);
            bodies.push(self.out.split_off(start));
            number += 1;
        }
        for (i, body) in bodies.iter().enumerate() {
            self.footnote(i + 1, body);
        }
        self.out.push_str("</ol>\n</div>\n");
    }

    fn footnote(&mut self, number: usize, body: &str) {
        self.out.push_str("<li");
        self.attribute("id", &self.notes.id(number));
        self.out.push('>');
        // The link back is at the end of the last paragraph, if the note ends in one.
        let (body, end) = match body.trim_end().strip_suffix("</p>") {
            Some(body) => (body, "</p>"),
            None => (body, ""),
        };
        self.out.push_str(body);
        for mention in 1..=self.notes.mentioned[number - 1].1 {
            self.out.push_str(" <a role=\"doc-backlink\"");
            self.attribute(
                "href",
                &format!("#{}", self.notes.mention_id(number, mention)),
            );
            let values =
                [("number", number.to_string()), ("mention", mention.to_string())];
            let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
            let label = self.site.strings.say(Key::NoteBack, &values);
            self.attribute("aria-label", &label);
            self.out.push_str(">\u{21a9}\u{fe0e}</a>");
        }
        self.out.push_str(end);
        self.out.push_str("</li>\n");
    }
}
