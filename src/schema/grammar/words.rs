//! The parser's errors in words for somebody who writes TOML for the first time.

use std::ops::Range;

use super::scan::Unclosed;
use super::{Document, Fault, ParseError, line_start, tail};
use crate::diag::Code;

impl Fault {
    fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            code: Code::Syntax,
            range,
            message: message.into(),
            hint: None,
            first: None,
            costs_others: true,
        }
    }

    fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    fn code(self, code: Code) -> Self {
        Self { code, ..self }
    }

    /// A statement that is not closed.
    pub(super) fn unclosed(found: Unclosed) -> Self {
        let what = match found.closing {
            "]" => "list",
            "}" => "table",
            _ => "text",
        };
        let fault = Self::new(found.opening, format!("this {what} is not closed"));
        fault.hint(format!("end it by `{}`", found.closing)).alone()
    }

    /// It costs the document no key but its own.
    fn alone(self) -> Self {
        Self { costs_others: false, ..self }
    }
}

impl Document<'_> {
    /// A key that stands twice, as more of its table do: the header above it is missing.
    pub(super) fn without_header(&self, range: Range<usize>, header: &str) -> Fault {
        let Fault { range, first, message, .. } = self.duplicate(range);
        let fault = Fault::new(range, message).code(Code::DuplicateKey);
        let hint = if header.starts_with("[[") {
            format!("write `{header}` above it to start another one")
        } else {
            "write a header above it to start another table".to_owned()
        };
        Fault { first, ..fault.hint(hint) }
    }

    /// Says what is wrong.
    pub(super) fn fault(&self, mishap: &ParseError<'_>) -> Fault {
        let (range, message) = (mishap.range.clone(), mishap.error.message());
        let start = line_start(self.text, range.start);
        let line = self.line(start);
        if ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark)) {
            return Fault::new(
                start..start + line.len(),
                "a merge has left its mark here",
            )
            .hint("settle what the two sides wrote, and remove the line");
        }
        let (what, expected) = message.split_once(", expected ").unwrap_or((message, ""));
        let found = &short(self.text.get(range.clone()).unwrap_or_default());
        match what {
            "duplicate key" => self.duplicate(range),
            _ if what.starts_with("cannot extend value") => {
                let first = self.first_key(found, &range);
                let message = format!("`{found}` has a value, and so no keys of its own");
                let fault = Fault::new(range, message).code(Code::DuplicateKey);
                Fault { first, ..fault }
            }
            "cannot recurse further; max recursion depth met" | "recursion limit" => {
                let message = "this is nested deeper than 80 levels";
                let fault = Fault::new(range, message).code(Code::TooLarge);
                fault.hint("take lists and tables out of each other")
            }
            "string values must be quoted" => no_value(range, found),
            "invalid boolean" => match found.to_ascii_lowercase().as_str() {
                word @ ("true" | "false") => {
                    let message = format!("expected a value, found `{found}`");
                    Fault::new(range, message).hint(format!("write `{word}`")).alone()
                }
                _ => no_value(range, found),
            },
            "invalid float" if !found.contains(|c: char| c.is_ascii_digit()) => {
                no_value(range, found)
            }
            _ if what.starts_with("invalid") && what.ends_with("string") => {
                self.text_fault(range, what, expected)
            }
            "missing escaped value" => {
                let letter = tail(self.text, range.start).chars().next();
                let letter =
                    letter.filter(|c| *c != '\n').map_or(String::new(), String::from);
                let range = range.start.saturating_sub(1)..range.start + letter.len();
                Fault::new(range, format!("unknown escape `\\{letter}`"))
                    .hint("write `\\\\` for a backslash, or put the text between `'`")
                    .alone()
            }
            _ if what.starts_with("invalid date") || what.starts_with("invalid time") => {
                Fault::new(range, format!("`{found}` is not a day of the calendar"))
                    .code(Code::OutOfRange)
                    .hint("write year, month and day, such as 2026-11-22")
                    .alone()
            }
            _ => self.between_values(range, what),
        }
    }

    /// Explains errors in keys, headers, numbers, and between values.
    fn between_values(&self, range: Range<usize>, what: &str) -> Fault {
        let message = match what {
            "invalid unquoted key" => return self.key_fault(range),
            "key with no value" => return self.lone_key_fault(range),
            "unexpected key or value" => {
                let rest =
                    tail(self.text, range.start).lines().next().unwrap_or_default();
                let rest = rest.trim_end();
                let message =
                    format!("expected the end of the line, found `{}`", short(rest));
                return Fault::new(range.start..range.start + rest.len(), message);
            }
            "invalid comment character" => {
                return Fault::new(range, "a comment holds a control character")
                    .hint("remove it")
                    .alone();
            }
            "`_` may only go between digits" => {
                return Fault::new(range, "expected a digit beside `_`").alone();
            }
            "unexpected leading zero" => {
                return Fault::new(range, "a number does not start with `0`")
                    .hint("take it off, or put the value between quotes")
                    .alone();
            }
            "unclosed table" => {
                return Fault::new(range, "this header is not closed")
                    .hint("end it by `]`");
            }
            "unclosed array table" => {
                return Fault::new(range, "this header is not closed")
                    .hint("end it by `]]`");
            }
            "too few unicode value digits" | "invalid value" => {
                return Fault::new(range, "unknown character in an escape")
                    .hint("write `\\u` and four hexadecimal digits, or the character itself")
                    .alone();
            }
            "unquoted keys cannot be empty" => "expected a key",
            "extra `=`" | "unexpected `=` in array" => "expected a value, found `=`",
            "missing comma between array elements" => {
                "expected `,` between the items of a list"
            }
            "missing comma between key-value pairs" => {
                "expected `,` between the keys of a table"
            }
            "invalid fraction" | "invalid mantissa" | "invalid exponent"
            | "invalid integer" => "expected a digit",
            "invalid key-value pair" => "expected a key, or a header between `[` and `]`",
            other => other,
        };
        Fault::new(range, message)
    }

    /// A key that nothing follows.
    fn lone_key_fault(&self, range: Range<usize>) -> Fault {
        let key = self.line(range.start).split_whitespace().next();
        let key = short(key.unwrap_or_default());
        Fault::new(range, format!("expected `=` after `{key}`"))
            .hint(format!("write `{key} = …`"))
    }

    /// A key that is none.
    fn key_fault(&self, range: Range<usize>) -> Fault {
        let is_key = |c: char| !c.is_whitespace() && !"=.[]{},\"'".contains(c);
        let before = self.text.get(..range.start).unwrap_or_default();
        if tail(self.text, range.start).starts_with(':') {
            return Fault::new(range, "expected `=`, found `:`");
        }
        let start = before.trim_end_matches(is_key).len();
        let rest = tail(self.text, start);
        let key = &rest[..rest.find(|c| !is_key(c)).unwrap_or(rest.len())];
        let message = format!(
            "expected a key of letters, digits, `-` and `_`, found `{}`",
            short(key)
        );
        let fault = Fault::new(start..start + key.len(), message);
        fault.hint(format!("write `\"{}\"`", short(key)))
    }

    /// Explains errors in a text between quotes.
    fn text_fault(&self, range: Range<usize>, what: &str, expected: &str) -> Fault {
        let quote = match (what.contains("basic"), what.contains("multi-line")) {
            (true, true) => "\"\"\"",
            (true, false) => "\"",
            (false, true) => "'''",
            (false, false) => "'",
        };
        if expected.trim_matches('`') == &quote[..1] {
            return Fault::new(range, "this text is not closed")
                .hint(format!("end it by `{quote}`"));
        }
        let found = tail(self.text, range.start).chars().next().unwrap_or_default();
        Fault::new(range, "this text holds a control character")
            .hint(format!("write it as `\\u{:04X}` between `\"`", u32::from(found)))
            .alone()
    }

    /// A key or a table that stands twice.
    fn duplicate(&self, range: Range<usize>) -> Fault {
        let line = line_start(self.text, range.start);
        let header = self.headers.iter().find(|(at, _)| *at == line);
        let Some((_, header)) = header else {
            let key = self.text.get(range.clone()).unwrap_or_default();
            let key = key.trim_matches(['"', '\'']);
            let first = self.first_key(key, &range);
            // Below a header it may be that another header is missing.
            let costs_others = self.header_before(range.start).is_some();
            let fault = Fault::new(range, format!("duplicate key `{key}`"));
            return Fault { first, costs_others, ..fault.code(Code::DuplicateKey) };
        };
        let bare = |header: &str| header.trim_matches(['[', ']', ' ']).to_owned();
        let name = bare(header);
        let above = self.headers.iter().take_while(|(at, _)| *at < line);
        let first = above.filter(|(_, line)| bare(line) == name).last();
        let fault = match first {
            Some((_, first)) if first.starts_with("[[") && !header.starts_with("[[") => {
                let message = format!("expected `[[{name}]]`, found `{header}`");
                Fault::new(range, message)
                    .hint(format!("write `[[{name}]]` to add one more"))
            }
            _ => Fault::new(range, format!("duplicate table `[{name}]`"))
                .hint("put all its keys below one header"),
        };
        let first = first.map(|(at, line)| *at..at + line.len());
        Fault { first, ..fault.code(Code::DuplicateKey) }
    }

    /// The line of an offset.
    fn line(&self, offset: usize) -> &str {
        tail(self.text, line_start(self.text, offset)).lines().next().unwrap_or_default()
    }
}

/// A value that is none: nothing, or text without quotes.
fn no_value(range: Range<usize>, found: &str) -> Fault {
    if found.is_empty() {
        return Fault::new(range, "expected a value, found the end of the line")
            .hint("write one after `=`, or remove the key")
            .alone();
    }
    let is_dated = found.contains(['/', '.'])
        && found.bytes().all(|b| b.is_ascii_digit() || b"/.".contains(&b));
    let hint = if is_dated {
        "write a day as 2026-11-22, and other text between quotes".to_owned()
    } else {
        let inner = found.trim_matches(['“', '”', '„', '«', '»', '‘', '’']);
        format!("put text between quotes: `\"{inner}\"`")
    };
    Fault::new(range, format!("expected a value, found `{found}`")).hint(hint).alone()
}

/// The beginning of a text that is too long for a message.
fn short(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
