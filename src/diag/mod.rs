//! Diagnostics: the one error type of the crate, and everything that turns it into words.
//!
//! Every stage reports what it finds as a [`Diagnostic`] pushed to a [`Diagnostics`], and
//! goes on. Nothing here knows what a book is: a diagnostic is a [`Code`], a sentence, and
//! places in [`Text`]s. Invariant: messages are built where the problem is found; [`Printer`]
//! only draws them.

mod code;
mod print;
mod suggest;
mod text;
mod words;

use std::collections::{BTreeMap, BTreeSet};

pub use code::Code;
pub use print::{Format, Piece, Printer, explain, explain_all, pieces};
pub use suggest::suggest;
pub use text::{FileId, Place, Span, Text, Texts};
pub use words::{Count, List, thousands};

/// The level of a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is built.
    Error,
    /// The site is built all the same, unless `--strict` is given.
    Warning,
}

/// One more place that belongs to a finding, with what it has to do with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// The label of the place, such as "first defined here".
    pub text: String,
}

/// One finding: what is wrong, where, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its code.
    pub code: Code,
    /// Its level; [`Diagnostics::settle`] applies the book's own levels.
    pub severity: Severity,
    /// The fact, lower-case, without a final period, names in backticks.
    pub message: String,
    /// The smallest guilty place, where there is one.
    pub span: Option<Span>,
    /// Further places.
    pub labels: Vec<Label>,
    /// Notes, such as "while rendering `frameworks/django/`".
    pub notes: Vec<String>,
    /// Hints on what to do, imperative; at most two.
    pub hints: Vec<String>,
}

impl Diagnostic {
    /// Makes a finding of the code's own severity at a place.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { span: Some(span), ..Self::placeless(code, message) }
    }

    /// Makes a finding that has no place in a file, such as a folder that cannot be written.
    pub fn placeless(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            span: None,
            labels: Vec::new(),
            notes: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// Adds a second place.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Adds where it came up.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, text: impl Into<String>) -> Self {
        self.hints.push(text.into());
        self
    }

    /// Adds "did you mean" when one of `known` is close to `found`, else the list of what
    /// there is when it is short.
    #[must_use]
    pub fn did_you_mean<'a>(
        self,
        found: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        match suggest(found, known.iter().copied()) {
            Some(name) => self.hint(format!("did you mean `{name}`?")),
            None if (1..=8).contains(&known.len()) => {
                self.hint(format!("use one of {}", List::or(&known)))
            }
            None => self,
        }
    }
}

/// A level that a book gives to a code in `[check]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Nothing is built while it stands.
    Error,
    /// It is said, and the site is built.
    Warn,
    /// It is not said.
    Off,
}

/// The book's settings for diagnostics: levels by code, and those it accepts for a while.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels {
    /// Levels by code, as written in `[check]`.
    pub levels: Vec<(Code, Level)>,
    /// Findings that are accepted.
    pub waived: Vec<Waiver>,
}

/// Findings of one code in one file that are accepted, and so not said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiver {
    /// The code of the diagnostics.
    pub code: Code,
    /// In which file.
    pub file: FileId,
    /// The place of the setting.
    pub span: Span,
}

/// The findings of one run, of all stages.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// Findings that were accepted, and so are not in the list.
    accepted: BTreeSet<(Code, FileId)>,
}

impl Diagnostics {
    /// Starts with no findings.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds findings made elsewhere, such as on another thread.
    pub fn extend(&mut self, more: impl IntoIterator<Item = Diagnostic>) {
        self.list.extend(more);
    }

    /// Whether one of the findings is an error.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.severity == Severity::Error)
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The number of findings of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|d| d.severity == severity).count()
    }

    /// "2 errors, 1 warning".
    pub fn counted(&self) -> String {
        let errors = Count(self.count(Severity::Error), "error");
        let warnings = Count(self.count(Severity::Warning), "warning");
        match (errors.0, warnings.0) {
            (_, 0) => errors.to_string(),
            (0, _) => warnings.to_string(),
            _ => format!("{errors}, {warnings}"),
        }
    }

    /// The findings in the order they stand.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// Applies a book's levels and waivers, and puts errors before warnings, in order of file and
    /// place. A code that is an error by nature keeps its severity. What came up more than
    /// once, such as on every page that a template makes, is said once.
    pub fn settle(&mut self, levels: &Levels) {
        self.list.retain_mut(|d| {
            if !d.code.is_adjustable() {
                return true;
            }
            let file = d.span.map(|span| span.file);
            if let Some(waiver) =
                levels.waived.iter().find(|w| w.code == d.code && Some(w.file) == file)
            {
                self.accepted.insert((waiver.code, waiver.file));
                return false;
            }
            match levels.levels.iter().rev().find(|(code, _)| *code == d.code) {
                Some((_, Level::Error)) => d.severity = Severity::Error,
                Some((_, Level::Warn)) => d.severity = Severity::Warning,
                Some((_, Level::Off)) => return false,
                None => {}
            }
            true
        });
        let place = |d: &Diagnostic| d.span.map(|s| (s.file, s.start, s.end));
        self.list.sort_by_key(|d| (d.severity, place(d)));
        self.drop_same_mistakes();
        self.merge();
    }

    /// Leaves out that a text has a character that cannot be shown where the text is at
    /// fault in another way, mostly by that character.
    fn drop_same_mistakes(&mut self) {
        let is_other = |d: &Diagnostic| d.code != Code::BadCharacter;
        let others = self
            .list
            .iter()
            .filter(|d| is_other(d) && d.code.severity() == Severity::Error);
        let others: BTreeSet<Option<Span>> = others.map(|d| d.span).collect();
        self.list.retain(|d| is_other(d) || !others.contains(&d.span));
    }

    /// Says which of a book's waivers had nothing to accept. Only after all stages is that
    /// known.
    pub fn report_idle(&mut self, levels: &Levels) {
        for Waiver { code, file, span } in &levels.waived {
            if !self.accepted.contains(&(*code, *file)) {
                let message = format!("there is no `{}` here to accept", code.name());
                let found = Diagnostic::new(Code::StaleWaiver, *span, message);
                self.push(found.hint("remove the waiver"));
            }
        }
    }

    /// Keeps the first of all findings that differ at most in where they came up, with a
    /// count of the others.
    fn merge(&mut self) {
        let mut first: BTreeMap<(Code, String, Option<Span>), usize> = BTreeMap::new();
        let mut kept: Vec<(Diagnostic, usize)> = Vec::new();
        for found in std::mem::take(&mut self.list) {
            let key = (found.code, found.message.clone(), found.span);
            match first.get(&key) {
                Some(at) => {
                    let (known, times) = &mut kept[*at];
                    *times += usize::from(known.notes != found.notes);
                }
                None => {
                    first.insert(key, kept.len());
                    kept.push((found, 0));
                }
            }
        }
        self.list.extend(kept.into_iter().map(|(found, times)| match times {
            0 => found,
            n => found.note(format!("and in {}", Count(n, "other place"))),
        }));
    }
}
