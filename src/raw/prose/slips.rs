//! Slips: text that is shown as it was typed, or not at all, though its author meant
//! something by it, such as a footnote that is not defined or the notation of another
//! program.
//!
//! CommonMark knows no mistakes; what it cannot read it shows. So the plain text of a body
//! is searched for what looks like a link, a table or a block that was not read as one.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};

use super::notation::{self, Slip};
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, List, Span};

/// The kinds of alerts, as code hosts know them.
const ALERTS: &[&str] = &["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

/// Labels of definitions that are comments in disguise: `[//]: # (a comment)`.
const COMMENTS: &[&str] = &["//", "#", "comment", "_", "_metadata_"];

/// A link or an image by reference whose label is not defined.
pub(super) struct Undefined {
    /// The label.
    pub(super) label: String,
    /// Whether the label stands alone, as in `[label]`, which may just be text in brackets.
    pub(super) is_lone: bool,
    /// Its place in the body.
    pub(super) range: Range<usize>,
}

impl Undefined {
    /// Takes what the parser reports.
    pub(super) fn new(link: pulldown_cmark::BrokenLink<'_>) -> Self {
        let is_lone =
            matches!(link.link_type, LinkType::Shortcut | LinkType::ShortcutUnknown);
        Self { label: link.reference.to_string(), is_lone, range: link.span }
    }
}

/// A body of prose that was parsed.
pub(super) struct Parsed<'a> {
    pub(super) file: FileId,
    /// The text, and the byte of the file that it starts at.
    pub(super) body: &'a str,
    pub(super) base: usize,
    pub(super) events: &'a [(Event<'static>, Span)],
    /// Indices of events with text that came from raw HTML, rising.
    pub(super) from_html: &'a BTreeSet<usize>,
    /// References without a definition.
    pub(super) undefined: Vec<Undefined>,
    /// The definition of each label in lower case.
    pub(super) definitions: BTreeMap<String, Range<usize>>,
    /// Starts of the definitions that a link uses.
    pub(super) used: BTreeSet<usize>,
}

/// Reports the slips of a body.
pub(super) fn report(parsed: &Parsed<'_>, diags: &mut Diagnostics) {
    let (runs, taken) = texts(parsed);
    let mut search = Search { parsed, diags };
    search.blocks();
    for run in &runs {
        search.within(run.clone());
    }
    search.references();
    search.doubles(&taken);
    search.footnotes();
}

/// The parts of the body that are text, where neighbours are one, and those that are text,
/// code or HTML; both rising.
fn texts(parsed: &Parsed<'_>) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let (mut runs, mut taken): (Vec<Range<usize>>, Vec<Range<usize>>) =
        Default::default();
    let mut in_code = false;
    for (at, (event, span)) in parsed.events.iter().enumerate() {
        let range = parsed.range(*span);
        match event {
            Event::Start(Tag::CodeBlock(_)) => {
                in_code = true;
                taken.push(range);
            }
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(_) if !in_code && !parsed.from_html.contains(&at) => {
                taken.push(range.clone());
                match runs.last_mut() {
                    // Pieces of one text can have one place.
                    Some(last) if last.end >= range.start => {
                        last.end = last.end.max(range.end);
                    }
                    _ => runs.push(range),
                }
            }
            Event::Start(Tag::Link { .. } | Tag::Image { .. })
            | Event::Text(_)
            | Event::Code(_)
            | Event::Html(_)
            | Event::InlineHtml(_) => taken.push(range),
            _ => {}
        }
    }
    (runs, taken)
}

impl Parsed<'_> {
    /// The bytes of the body that a place covers.
    fn range(&self, span: Span) -> Range<usize> {
        let at = |at: u32| (at as usize).saturating_sub(self.base).min(self.body.len());
        at(span.start)..at(span.end)
    }

    pub(super) fn text(&self, range: Range<usize>) -> &str {
        self.body.get(range).unwrap_or_default()
    }

    /// The text from a byte of the body to the end of its line.
    fn line_from(&self, at: usize) -> &str {
        self.body.get(at..).unwrap_or_default().lines().next().unwrap_or_default()
    }
}

pub(super) struct Search<'a> {
    pub(super) parsed: &'a Parsed<'a>,
    diags: &'a mut Diagnostics,
}

impl Search<'_> {
    pub(super) fn found(
        &mut self,
        code: Code,
        range: Range<usize>,
        message: &str,
        hint: &str,
    ) {
        let (file, base) = (self.parsed.file, self.parsed.base);
        let span = Span::new(file, base + range.start..base + range.end);
        self.diags.push(Diagnostic::new(code, span, message).hint(hint));
    }

    /// Reports blocks that are not closed, or not what they look like.
    fn blocks(&mut self) {
        let parsed = self.parsed;
        let mut columns = 0;
        let mut starts_line = false;
        let mut in_code = false;
        let mut in_quote = false;
        for (event, span) in parsed.events {
            let range = parsed.range(*span);
            match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    in_code = true;
                    if let CodeBlockKind::Fenced(_) = kind {
                        self.fence(range);
                    }
                }
                Event::End(TagEnd::CodeBlock) => in_code = false,
                Event::Start(Tag::Table(alignments)) => columns = alignments.len(),
                Event::Start(Tag::TableRow) => self.table_row(range, columns),
                Event::Start(Tag::BlockQuote(kind)) => in_quote = kind.is_none(),
                Event::Start(Tag::Paragraph) => {
                    if std::mem::take(&mut in_quote) {
                        self.alert(range.clone());
                    }
                    self.table_as_text(range);
                    starts_line = true;
                }
                Event::Start(Tag::Item) => starts_line = true,
                Event::SoftBreak | Event::HardBreak => starts_line = true,
                Event::Text(_) if starts_line && !in_code => {
                    starts_line = false;
                    self.line(range.start);
                }
                _ => starts_line = false,
            }
        }
    }

    /// Reports a fence that is never closed.
    fn fence(&mut self, range: Range<usize>) {
        let text = self.parsed.text(range.clone());
        let opener = text.trim_start();
        let Some(sign) = opener.chars().next() else { return };
        let length = opener.chars().take_while(|c| *c == sign).count();
        let mut lines = text.trim_end().lines();
        let first = lines.next().unwrap_or_default();
        let last = lines.next_back().unwrap_or_default();
        let last = last.trim_start_matches([' ', '\t', '>']).trim_end();
        if last.chars().count() >= length && last.chars().all(|c| c == sign) {
            return;
        }
        let range = range.start..range.start + first.len();
        self.found(
            Code::UnclosedBlock,
            range,
            "this code block is never closed: all that follows is part of it",
            "write a line with the same fence where it ends",
        );
    }

    /// Reports an alert that is none.
    fn alert(&mut self, range: Range<usize>) {
        let line = self.parsed.line_from(range.start).trim_end();
        let Some((word, rest)) =
            line.strip_prefix("[!").and_then(|line| line.split_once(']'))
        else {
            return;
        };
        let range = range.start..range.start + line.len();
        let known = word.to_uppercase();
        if !ALERTS.contains(&known.as_str()) {
            let message = format!("there is no alert `[!{word}]`");
            let known: Vec<_> = ALERTS.iter().map(|word| format!("[!{word}]")).collect();
            let hint = format!("write {}", List::or(&known));
            self.found(Code::UnknownAlert, range, &message, &hint);
        } else if !rest.trim().is_empty() {
            let message = format!("`[!{word}]` with words behind it is no alert");
            let hint = "write the words on a line of their own: an alert has no title";
            self.found(Code::UnknownAlert, range, &message, hint);
        }
    }

    /// Reports a line that starts with a notation of another program.
    fn line(&mut self, at: usize) {
        let line = self.parsed.line_from(at).trim_end();
        let whole = at..at + line.len();
        let Some((what, hint)) = notation::of_line(line) else { return };
        let message = format!("{what} is shown as it is typed");
        self.found(Code::ForeignNotation, whole, &message, hint);
    }

    /// Reports what is written as other programs read it, or almost as a link, in a run of
    /// text.
    fn within(&mut self, run: Range<usize>) {
        let parsed = self.parsed;
        let text = parsed.text(run.clone());
        let mut at = 0;
        while let Some(next) = text[at..].find(['[', ']', '{', '$', '^', '=']) {
            let start = at + next;
            // What was escaped is meant to be shown.
            if start == 0 && parsed.body[..run.start].ends_with('\\') {
                at = 1 + text[1..].find(' ').unwrap_or(text.len() - 1);
                continue;
            }
            let slip = notation::at(text, start);
            at = start + slip.as_ref().map_or(1, |slip| slip.length);
            if let Some(Slip { code, length, message, hint }) = slip {
                let place = run.start + start;
                self.found(code, place..place + length, &message, hint);
            }
        }
    }

    /// Reports references without a definition, and definitions without a reference.
    fn references(&mut self) {
        let parsed = self.parsed;
        let mut seen = BTreeSet::new();
        for Undefined { label, is_lone, range } in &parsed.undefined {
            // Numbers in brackets, as in `[1][3]`, are marks of an author's own.
            let is_number = label.bytes().all(|b| b.is_ascii_digit());
            if *is_lone || is_number || !seen.insert(range.start) {
                continue;
            }
            let label = label.replace('`', "");
            let message = format!("no line defines `[{label}]`");
            let hint = format!(
                "write `[{label}]: ADDRESS` on a line of its own, or `[words](ADDRESS)` here"
            );
            self.found(Code::UndefinedReference, range.clone(), &message, &hint);
        }
        for (folded, range) in &parsed.definitions {
            let is_comment = COMMENTS.contains(&folded.as_str());
            if parsed.used.contains(&range.start) || is_comment {
                continue;
            }
            let written = parsed.text(range.clone());
            let label = written.split_once("]:").map_or(written, |(label, _)| label);
            let label = label.trim_start_matches('[').replace('`', "");
            let message = format!("no link uses `[{label}]`");
            let range = range.start..range.start + written.trim_end().len();
            self.found(
                Code::UnusedDefinition,
                range,
                &message,
                "remove the line, or use it",
            );
        }
    }

    /// Reports definitions of a label that has one already, which are dropped.
    fn doubles(&mut self, taken: &[Range<usize>]) {
        let parsed = self.parsed;
        let mut at = 0;
        for line in parsed.body.split_inclusive('\n') {
            let inner = line.trim_start_matches([' ', '\t', '>', '-', '*', '+']);
            let start = at + line.len() - inner.len();
            at += line.len();
            let Some(label) =
                inner.strip_prefix('[').and_then(|rest| rest.split_once("]:"))
            else {
                continue;
            };
            let label = folded(label.0);
            let Some(first) = parsed.definitions.get(&label) else { continue };
            let before = taken.partition_point(|range| range.start <= start);
            let is_taken = before > 0 && taken[before - 1].end > start;
            if first.contains(&start) || is_taken || COMMENTS.contains(&label.as_str()) {
                continue;
            }
            let (file, base) = (parsed.file, parsed.base);
            let place = |range: Range<usize>| {
                Span::new(file, base + range.start..base + range.end)
            };
            let message =
                format!("duplicate definition of `[{label}]`, which is not used");
            let span = place(start..start + inner.trim_end().len());
            let found = Diagnostic::new(Code::UnusedDefinition, span, message);
            let found = found.label(place(first.clone()), "first defined here");
            self.diags.push(found.hint("remove one of the two lines"));
        }
    }

    /// Reports footnotes that are defined twice, or that nothing mentions.
    fn footnotes(&mut self) {
        let parsed = self.parsed;
        let mentioned: BTreeSet<String> = parsed
            .events
            .iter()
            .filter_map(|(event, _)| match event {
                Event::FootnoteReference(name) => Some(folded(name)),
                _ => None,
            })
            .collect();
        let mut first: BTreeMap<String, Span> = BTreeMap::new();
        for (event, span) in parsed.events {
            let Event::Start(Tag::FootnoteDefinition(name)) = event else { continue };
            let range = parsed.range(*span);
            let line = parsed.line_from(range.start).trim_end();
            let place = Span::new(
                parsed.file,
                span.start as usize..span.start as usize + line.len(),
            );
            if let Some(first) = first.get(&folded(name)) {
                let message =
                    format!("duplicate footnote `[^{name}]`, which is not shown");
                let found = Diagnostic::new(Code::UnusedDefinition, place, message);
                let found = found.label(*first, "first defined here");
                self.diags.push(found.hint("give it another name, or remove it"));
                continue;
            }
            first.insert(folded(name), place);
            if !mentioned.contains(&folded(name)) {
                let message =
                    format!("no text mentions the footnote `[^{name}]`: it is not shown");
                let hint = format!("write `[^{name}]` where it belongs, or remove it");
                self.diags.push(
                    Diagnostic::new(Code::UnusedDefinition, place, message).hint(hint),
                );
            }
        }
    }
}

/// A label as labels are compared: without regard to case and white space at its ends.
pub(super) fn folded(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
