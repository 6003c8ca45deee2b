//! Draws findings: for people with a frame, for programs as JSON lines, for GitHub.
//!
//! In: findings and the texts they point into. Out: one string, which the command writes to
//! stderr. Invariant: what an author wrote reaches a terminal or a log only through [`clean`],
//! and every format tells a place by [`Site`].

mod explain;
mod frame;
mod github;
mod human;
mod json;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::{Diagnostics, FileId, Place, Severity, Span, Text, Texts};
pub use explain::{explain, explain_all};

/// The format of printed diagnostics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// With a frame of the source, for people.
    Human,
    /// One JSON object a line.
    Json,
    /// Workflow commands, which GitHub shows beside the lines of a change.
    Github,
}

/// Draws findings in one format.
#[derive(Debug, Clone, Copy)]
pub struct Printer {
    /// The format.
    pub format: Format,
    /// Whether the frame is coloured.
    pub colour: bool,
    /// Columns of the terminal; longer lines of source are cut around what is marked.
    pub width: usize,
}

/// A piece of what is printed for people: words, or the name of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The printed text.
    pub text: String,
    /// The place that it names, if that is all it does.
    pub place: Option<(FileId, Place)>,
}

/// Draws findings for people without colours, as pieces: put together they are what
/// [`Printer::print`] gives for [`Format::Human`] and so many columns.
pub fn pieces(width: usize, diags: &Diagnostics, texts: &dyn Texts) -> Vec<Piece> {
    human::pieces(width, diags, texts)
}

impl Printer {
    /// Draws all findings, in their order; people are shown the first hundred, programs all.
    /// A finding for people is followed by an empty line, one for programs is one line.
    pub fn print(&self, diags: &Diagnostics, texts: &dyn Texts) -> String {
        match self.format {
            Format::Human => human::print(self, diags, texts),
            Format::Json => json::print(diags, texts),
            Format::Github => github::print(diags, texts),
        }
    }
}

impl Severity {
    /// The word that every format calls it by.
    fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// A span in its text, as every format tells of it.
struct Site<'a> {
    text: &'a Text,
    /// Bytes of the text, on the boundaries of characters.
    range: Range<usize>,
    start: Place,
    /// The place after the last character.
    end: Place,
}

impl<'a> Site<'a> {
    /// Finds a span, and draws it in to what can be shown: inside the text, and without the
    /// line ends it ends with, so that a span of whole lines does not reach into the next.
    fn of(span: Span, texts: &'a dyn Texts) -> Self {
        let text = texts.text(span.file);
        let floor = |offset: usize| {
            let offset = offset.min(text.text.len());
            (0..=offset).rev().find(|at| text.text.is_char_boundary(*at)).unwrap_or(0)
        };
        let start = floor(span.start as usize);
        let end = floor(span.end as usize).max(start);
        let range = start..start + text.text[start..end].trim_end_matches('\n').len();
        let (start, end) = (text.place(range.start), text.place(range.end));
        Self { text, range, start, end }
    }
}

/// A text as it may be shown, each character by one: control characters, which would move
/// the cursor or start a command of the terminal, as pictures; `\n` as it is.
fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        out.push(match c {
            '\n' => '\n',
            // GitHub's runner obeys `##[command]` anywhere in a line of its log.
            '#' if out.ends_with('#') && text[at..].starts_with("#[") => '♯',
            _ => picture(c),
        });
    }
    out
}

/// A character that can be seen, in place of one that would be obeyed.
fn picture(c: char) -> char {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        // Terminals read the first as escapes; the others turn the direction of a line.
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            '\u{fffd}'
        }
        // The frame drops this joiner, and so would join what it parts.
        '\u{200d}' => '\u{2060}',
        c => c,
    }
}
