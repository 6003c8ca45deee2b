//! For people: a header, the guilty lines with carets, and what to do.
//!
//! The frame is drawn by `annotate-snippets`. It is handed only the lines it shall show,
//! cleaned character by character, so that its line and column are those of
//! [`Site`](super::Site). Where a frame names its place is known by a mark, so that a page
//! can make a link of it, and nothing else.

use std::fmt::Write as _;

use annotate_snippets::{Group, Level, Renderer};

use super::frame::{MARK, frames, line};
use super::{Piece, Printer, clean};
use crate::diag::{Count, Diagnostic, Diagnostics, FileId, Place, Severity, Texts};

/// The most findings a person is shown.
const MOST: usize = 100;

pub(super) fn print(printer: &Printer, diags: &Diagnostics, texts: &dyn Texts) -> String {
    marked(printer, diags, texts).text.replace(MARK, "")
}

/// The same, divided where places are named; without colours.
pub(super) fn pieces(width: usize, diags: &Diagnostics, texts: &dyn Texts) -> Vec<Piece> {
    let printer = Printer { format: super::Format::Human, colour: false, width };
    let Marked { text, files } = marked(&printer, diags, texts);
    let mut parts = text.split(MARK);
    let mut pieces =
        vec![Piece { text: parts.next().unwrap_or_default().to_owned(), place: None }];
    for (part, file) in parts.zip(files) {
        let (name, rest) = part.split_at(part.find('\n').unwrap_or(part.len()));
        let place = place(name, &line(&texts.text(file).path));
        pieces.push(Piece {
            text: name.to_owned(),
            place: place.map(|place| (file, place)),
        });
        pieces.push(Piece { text: rest.to_owned(), place: None });
    }
    pieces
}

/// The place that a frame names after its path.
fn place(name: &str, path: &str) -> Option<Place> {
    let (line, column) = name.strip_prefix(path)?.strip_prefix(':')?.split_once(':')?;
    Some(Place { line: line.parse().ok()?, column: column.parse().ok()? })
}

/// Findings as they are printed, with marks.
#[derive(Default)]
struct Marked {
    text: String,
    /// The file of each mark, in their order.
    files: Vec<FileId>,
}

fn marked(printer: &Printer, diags: &Diagnostics, texts: &dyn Texts) -> Marked {
    // A warning never takes the place of an error, which is why nothing was built.
    let mut errors = MOST;
    let mut warnings = MOST.saturating_sub(diags.count(Severity::Error));
    let mut more = 0;
    let mut out = Marked::default();
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
        let _ = writeln!(out.text, "and {more}; `--format json` prints all");
    }
    out
}

fn draw(printer: &Printer, found: &Diagnostic, texts: &dyn Texts, out: &mut Marked) {
    let width = printer.width.max(40);
    let renderer = if printer.colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(width);

    let level = match found.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(prose(&found.message)).id(found.code.name());
    let (files, frames): (Vec<_>, Vec<_>) =
        frames(found, texts, width).into_iter().unzip();
    out.files.extend(files);
    let head = Group::with_title(title).elements(frames);
    let notes = found.notes.iter().map(|note| Level::NOTE.secondary_title(prose(note)));
    let hints = found.hints.iter().map(|hint| Level::HELP.secondary_title(prose(hint)));

    // Each is drawn alone: together they would be joined by bars, even without a frame.
    for group in [head].into_iter().chain(notes.chain(hints).map(Group::with_title)) {
        for line in renderer.render(&[group]).lines() {
            out.text.push_str(line.trim_end());
            out.text.push('\n');
        }
    }
    out.text.push('\n');
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
