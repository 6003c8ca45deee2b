//! For people: a header, the guilty lines with carets, and what to do.
//!
//! The frame is drawn by `annotate-snippets`. It is handed only the lines it shall show,
//! cleaned character by character, so that its line and column are those of
//! [`Site`](super::Site).

use std::fmt::Write as _;

use annotate_snippets::{Group, Level, Renderer};

use super::frame::frames;
use super::{Printer, clean};
use crate::diag::{Count, Diagnostic, Diagnostics, Severity, Texts};

/// The most findings a person is shown.
const MOST: usize = 100;

pub(super) fn print(printer: &Printer, diags: &Diagnostics, texts: &dyn Texts) -> String {
    // A warning never takes the place of an error, which is why nothing was built.
    let mut errors = MOST;
    let mut warnings = MOST.saturating_sub(diags.count(Severity::Error));
    let mut more = 0;
    let mut out = String::new();
    for diagnostic in diags.iter() {
        let left = match diagnostic.severity {
            Severity::Error => &mut errors,
            Severity::Warning => &mut warnings,
        };
        if *left == 0 {
            more += 1;
            continue;
        }
        *left -= 1;
        draw(printer, diagnostic, texts, &mut out);
    }
    if more > 0 {
        let more = Count(more, "more finding");
        let _ = writeln!(out, "and {more}; `--format json` prints all");
    }
    out
}

fn draw(printer: &Printer, found: &Diagnostic, texts: &dyn Texts, out: &mut String) {
    let width = printer.width.max(40);
    let renderer = if printer.colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(width);

    let level = match found.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(prose(&found.message)).id(found.code.name());
    let head = Group::with_title(title).elements(frames(found, texts, width));
    let notes = found.notes.iter().map(|note| Level::NOTE.secondary_title(prose(note)));
    let hints = found.hints.iter().map(|hint| Level::HELP.secondary_title(prose(hint)));

    // Each is drawn alone: together they would be joined by bars, even without a frame.
    for group in [head].into_iter().chain(notes.chain(hints).map(Group::with_title)) {
        for line in renderer.render(&[group]).lines() {
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
    out.push('\n');
}

/// Words that may go over several lines, of which none may be a command to GitHub's runner:
/// it reads `::command` at the start of a line however far that is indented.
fn prose(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in clean(text).trim_end().split_inclusive('\n') {
        match line.find(|c: char| c.is_ascii_graphic()) {
            Some(at) if line[at..].starts_with(':') => {
                out.extend([&line[..at], "∶", &line[at + 1..]]);
            }
            _ => out.push_str(line),
        }
    }
    out
}
