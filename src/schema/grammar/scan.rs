//! Lists, tables and texts that are not closed. The parser reads on to the end of the file
//! then; here the statement is found that is to blame, and taken out of the text.

use std::ops::Range;

use super::tail;

/// A statement that does not end where it should.
pub(super) struct Unclosed {
    /// The unclosed start: a bracket, or a text from its quotes to the line's end.
    pub(super) opening: Range<usize>,
    /// The characters that would close it.
    pub(super) closing: &'static str,
    /// Its key, as it is written.
    pub(super) key: String,
    /// The statement, up to where the next one starts.
    pub(super) statement: Range<usize>,
}

/// Finds the first statement at or after an offset that is not closed.
pub(super) fn unclosed(text: &str, from: usize) -> Option<Unclosed> {
    let mut at = from;
    while at < text.len() {
        let line = line(text, at);
        let value = match line.split_once('=') {
            Some((key, _)) if is_key(key) => at + key.len() + 1,
            _ => {
                at += line.len();
                continue;
            }
        };
        match Scanner::new(text, value).run() {
            Ok(end) => at = end,
            Err((opening, closing)) => {
                let end = next_statement(text, opening.end.max(at + line.len()));
                let (statement, key) = (at..end, text[at..value - 1].trim().to_owned());
                return Some(Unclosed { opening, closing, key, statement });
            }
        }
    }
    None
}

/// Reads one value to its end.
struct Scanner<'t> {
    text: &'t str,
    at: usize,
    /// Offsets of the brackets that are open.
    open: Vec<usize>,
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str, at: usize) -> Self {
        Self { text, at, open: Vec::new() }
    }

    /// The start of the line after the value, and the first part that is not closed, if any.
    fn run(mut self) -> Result<usize, (Range<usize>, &'static str)> {
        while let Some(c) = tail(self.text, self.at).chars().next() {
            match c {
                '"' | '\'' => self.quoted(c)?,
                '#' => self.at += tail(self.text, self.at).find('\n').unwrap_or(1),
                '[' | '{' => {
                    self.open.push(self.at);
                    self.at += 1;
                }
                ']' | '}' => self.close(c)?,
                '\n' => {
                    self.at += 1;
                    if self.open.is_empty() {
                        return Ok(self.at);
                    }
                    if starts_statement(line(self.text, self.at)) {
                        return self.fail();
                    }
                }
                c => self.at += c.len_utf8(),
            }
        }
        if self.open.is_empty() { Ok(self.text.len()) } else { self.fail() }
    }

    /// Reads a text between quotes.
    fn quoted(&mut self, quote: char) -> Result<(), (Range<usize>, &'static str)> {
        let rest = tail(self.text, self.at);
        let (long, short) = if quote == '"' { ("\"\"\"", "\"") } else { ("'''", "'") };
        let closing = if rest.starts_with(long) { long } else { short };
        let inner = &rest[closing.len()..];
        let end = if closing == short {
            inner.find('\n').unwrap_or(inner.len())
        } else {
            inner.len()
        };
        let mut is_escaped = false;
        for (at, c) in inner[..end].char_indices() {
            if !is_escaped && inner[at..].starts_with(closing) {
                self.at += closing.len() + at + closing.len();
                return Ok(());
            }
            is_escaped = quote == '"' && c == '\\' && !is_escaped;
        }
        let first_line = rest.find('\n').unwrap_or(rest.len());
        Err((self.at..self.at + first_line, closing))
    }

    fn close(&mut self, bracket: char) -> Result<(), (Range<usize>, &'static str)> {
        let open = self.open.last().and_then(|at| tail(self.text, *at).chars().next());
        match (open, bracket) {
            (Some('['), '}') | (Some('{'), ']') => self.fail().map(|_| ()),
            _ => {
                self.open.pop();
                self.at += 1;
                Ok(())
            }
        }
    }

    /// The innermost bracket that is open is to blame.
    fn fail(&self) -> Result<usize, (Range<usize>, &'static str)> {
        let at = self.open.last().copied().unwrap_or(self.at);
        let closing = if tail(self.text, at).starts_with('{') { "}" } else { "]" };
        Err((at..at + 1, closing))
    }
}

/// The line that starts at an offset, with its end.
fn line(text: &str, at: usize) -> &str {
    tail(text, at).split_inclusive('\n').next().unwrap_or_default()
}

/// The start of the first line, at or after an offset, that begins a statement.
fn next_statement(text: &str, from: usize) -> usize {
    let rest = tail(text, from);
    let mut at = from + rest.find('\n').map_or(rest.len(), |end| end + 1);
    if from == 0 || tail(text, from - 1).starts_with('\n') {
        at = from;
    }
    while at < text.len() && !starts_statement(line(text, at)) {
        at += line(text, at).len();
    }
    at
}

/// Whether a line starts a statement: a header, or a key and `=`, not indented.
fn starts_statement(line: &str) -> bool {
    let header = line.trim_end().trim_start_matches('[');
    let is_header = line.starts_with('[')
        && header.trim_end_matches(']').len() < header.len()
        && header.starts_with(|c: char| c.is_ascii_alphabetic())
        && is_key(header.trim_end_matches(']'));
    is_header
        || line
            .split_once('=')
            .is_some_and(|(key, _)| is_key(key) && !line.starts_with(' '))
}

/// Whether a text is a key, or keys joined by dots.
fn is_key(text: &str) -> bool {
    let key = text.trim();
    let bare = |c: char| c.is_alphanumeric() || "-_. \"'".contains(c);
    !key.is_empty() && !key.starts_with('#') && key.chars().all(bare)
}
