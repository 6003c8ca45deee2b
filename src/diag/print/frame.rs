//! The lines of source that a finding is about, as `annotate-snippets` wants them.
//!
//! In: a finding. Out: one snippet for each file it has places in, or two where the places
//! lie too far apart to be seen at once. Invariant: a snippet holds only the lines from its first
//! to its last mark, and as many characters as the source has there. The line that names
//! its place begins that with [`MARK`].

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Snippet};

use super::{Site, clean};
use crate::diag::{Diagnostic, FileId, Text, Texts};

/// Stands before a path where a frame names its place. No other text that is drawn has it,
/// as [`clean`] lets no control character pass.
pub(super) const MARK: char = '\u{1}';

/// Columns that line numbers and signs of omission need beside the source.
const MARGIN: usize = 24;

/// The marks in one text.
struct Frame<'a> {
    file: FileId,
    text: &'a Text,
    marks: Vec<Mark>,
}

/// One underlined range.
struct Mark {
    /// Bytes of the text.
    range: Range<usize>,
    /// Columns it covers on its lines.
    columns: Range<usize>,
    kind: AnnotationKind,
    labels: Vec<String>,
}

/// Frames the places of a finding, the guilty one first; each with the file it is of.
pub(super) fn frames<'a>(
    found: &Diagnostic,
    texts: &'a dyn Texts,
    width: usize,
) -> Vec<(FileId, Snippet<'a, Annotation<'a>>)> {
    let room = width.saturating_sub(MARGIN);
    let primary = found.span.map(|span| (span, AnnotationKind::Primary, None));
    let further = found
        .labels
        .iter()
        .map(|label| (label.span, AnnotationKind::Context, Some(line(&label.text))));

    let mut frames: Vec<Frame<'a>> = Vec::new();
    for (span, kind, label) in primary.into_iter().chain(further) {
        let Site { text, range, .. } = Site::of(span, texts);
        let mut mark = Mark::new(&text.text, range, room, kind);
        mark.labels.extend(label);
        let mut near = frames.iter_mut().filter(|frame| frame.file == span.file);
        match near.find(|frame| frame.has_room_for(&mark, room)) {
            Some(frame) => frame.add(mark),
            None => frames.push(Frame { file: span.file, text, marks: vec![mark] }),
        }
    }
    frames.into_iter().map(|frame| (frame.file, frame.into_snippet())).collect()
}

impl Mark {
    /// Marks a range, or its beginning if the whole is wider than the terminal.
    fn new(text: &str, range: Range<usize>, room: usize, kind: AnnotationKind) -> Self {
        let mut mark =
            Self { columns: columns(text, &range), range, kind, labels: vec![] };
        if mark.columns.len() > room {
            let line = text[mark.range.clone()].split('\n').next().unwrap_or_default();
            let mut end = mark.range.start;
            let mut left = room;
            for c in line.chars() {
                let Some(less) = left.checked_sub(breadth(c)) else { break };
                left = less;
                end += c.len_utf8();
            }
            mark.range.end = end;
            mark.columns = columns(text, &mark.range);
        }
        mark
    }
}

impl<'a> Frame<'a> {
    /// Whether all its marks and one more can be seen at once.
    fn has_room_for(&self, mark: &Mark, room: usize) -> bool {
        let all = || self.marks.iter().chain([mark]).map(|mark| &mark.columns);
        let left = all().map(|columns| columns.start).min().unwrap_or(0);
        let right = all().map(|columns| columns.end).max().unwrap_or(0);
        right - left <= room
    }

    /// Adds a mark; what is marked already gets its labels as well.
    fn add(&mut self, mark: Mark) {
        match self.marks.iter_mut().find(|old| old.range == mark.range) {
            Some(old) => old.labels.extend(mark.labels),
            None => self.marks.push(mark),
        }
    }

    /// The bytes of the lines to show, and where the line above a lone caret begins: a
    /// caret below an empty line says little, the last line of words says where that is.
    fn lines(&self) -> (Range<usize>, Option<usize>) {
        let text = &self.text.text;
        let first = self.marks.iter().map(|mark| mark.range.start).min().unwrap_or(0);
        let last = self.marks.iter().map(|mark| mark.range.end).max().unwrap_or(0);
        let from = line_start(text, first);
        let to = text[last..].find('\n').map_or(text.len(), |at| last + at);

        let line = line_start(text, last);
        let above = text[..line].trim_end();
        if above.is_empty() || !text[line..to].trim().is_empty() {
            return (from..to, None);
        }
        let above = line_start(text, above.len());
        (from.min(above)..to, Some(above))
    }

    fn into_snippet(self) -> Snippet<'a, Annotation<'a>> {
        let text = &self.text.text;
        let (lines, above) = self.lines();
        let from = lines.start;
        let mut source = source(&text[lines]);
        if source.is_empty() || source.ends_with('\n') {
            // Without it there would be no last line to put a caret on.
            source.push(' ');
        }
        // Cleaning keeps the number of characters, but not that of bytes.
        let moved = |offset: usize| {
            let before = text[from..offset].chars().count();
            source.char_indices().nth(before).map_or(source.len(), |(at, _)| at)
        };
        let marked = self.marks.iter().map(|mark| {
            let label = (!mark.labels.is_empty()).then(|| mark.labels.join(", "));
            mark.kind.span(moved(mark.range.start)..moved(mark.range.end)).label(label)
        });
        let shown = above.map(|at| AnnotationKind::Visible.span(moved(at)..moved(at)));
        let annotations: Vec<_> = marked.chain(shown).collect();
        Snippet::source(source)
            .line_start(1 + memchr::memchr_iter(b'\n', &text.as_bytes()[..from]).count())
            .path(format!("{MARK}{}", line(&self.text.path)))
            .annotations(annotations)
    }
}

/// Words that stand on one line.
pub(super) fn line(text: &str) -> String {
    clean(text).replace('\n', " ")
}

/// Lines of source; tabs stay, as the frame widens them.
fn source(text: &str) -> String {
    text.split('\t').map(clean).collect::<Vec<_>>().join("\t")
}

/// The offset at which the line of another offset begins.
fn line_start(text: &str, offset: usize) -> usize {
    text[..offset].rfind('\n').map_or(0, |at| at + 1)
}

/// The columns from the leftmost to the rightmost end of a range.
fn columns(text: &str, range: &Range<usize>) -> Range<usize> {
    let column = |offset: usize| -> usize {
        text[line_start(text, offset)..offset].chars().map(breadth).sum()
    };
    let (start, end) = (column(range.start), column(range.end));
    start.min(end)..start.max(end)
}

/// The most columns that a character may take.
fn breadth(c: char) -> usize {
    match c {
        '\t' => 4,
        _ if c.is_ascii() => 1,
        _ => 2,
    }
}
