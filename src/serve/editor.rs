//! Links to places in files, which open them in the author's editor.
//!
//! In: a template such as [`Editor::DEFAULT`], and a place. Out: an address for a link. Invariant:
//! what browsers run or load themselves is no editor, so that a link never shows, runs or
//! tells anybody anything; whatever stands in a path is part of the path.

use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use crate::diag::{Code, Diagnostic, Place};

/// The names that may be between braces.
const NAMES: [&str; 3] = ["path", "line", "column"];
/// Schemes of which browsers know themselves what to do.
#[rustfmt::skip]
const BROWSERS: &[&str] = &[
    "about", "blob", "chrome", "chrome-extension", "content", "data", "devtools", "edge",
    "file", "filesystem", "ftp", "http", "https", "intent", "javascript", "mailto",
    "moz-extension", "resource", "sms", "tel", "vbscript", "view-source", "ws", "wss",
];

/// An editor that opens files by address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor(Vec<Part>);

/// A part of its addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Path,
    Line,
    Column,
}

impl Editor {
    /// The template of the editor that most authors have.
    pub const DEFAULT: &str = "vscode://file{path}:{line}:{column}";

    /// Reads a template: an address with `{path}`, which begins with `/`, and perhaps
    /// `{line}` and `{column}`, both from 1.
    ///
    /// # Errors
    ///
    /// A scheme that browsers take for their own, a name in braces that is none of these, a
    /// brace alone, a character that stands in no address, or no `{path}`.
    pub fn of(template: &str) -> Result<Self, Diagnostic> {
        let wrong = |message: String| {
            Diagnostic::placeless(Code::Usage, message).hint(format!(
                "give an address such as `{}`, or `none` for no links",
                Self::DEFAULT
            ))
        };
        let (scheme, _) = template.split_once("://").unwrap_or_default();
        let is_word = |b: u8| b.is_ascii_alphanumeric() || b"+.-".contains(&b);
        if !scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            || !scheme.bytes().all(is_word)
        {
            let message = "`--editor` is no address: it begins with no name and `://`";
            return Err(wrong(message.to_owned()));
        }
        if BROWSERS.iter().any(|known| known.eq_ignore_ascii_case(scheme)) {
            let message = format!("`{scheme}:` in `--editor` is for browsers, no editor");
            return Err(wrong(message));
        }
        let is_odd = |c: char| !c.is_ascii_graphic() || "\"'<>\\^`|".contains(c);
        if let Some(c) = template.chars().find(|c| is_odd(*c)) {
            let message = format!("`{c}` in `--editor` stands in no address");
            return Err(wrong(message));
        }
        let parts = parts(template)?;
        if parts.contains(&Part::Path) {
            Ok(Self(parts))
        } else {
            Err(wrong("`--editor` does not say where `{path}` goes".to_owned()))
        }
    }

    /// The address that opens a place of a file.
    pub(super) fn address(&self, path: &Path, place: Place) -> String {
        let mut address = String::new();
        for part in &self.0 {
            match part {
                Part::Text(text) => address.push_str(text),
                Part::Path => encode(path.as_os_str().as_bytes(), &mut address),
                Part::Line => address.push_str(&place.line.to_string()),
                Part::Column => address.push_str(&place.column.to_string()),
            }
        }
        address
    }
}

/// Divides a template where something is to be put in.
fn parts(template: &str) -> Result<Vec<Part>, Diagnostic> {
    let alone = |brace: &str| {
        let message = format!("`{brace}` stands alone in `--editor`");
        let hint =
            "braces hold `path`, `line` or `column`; write others as `%7B` and `%7D`";
        Diagnostic::placeless(Code::Usage, message).hint(hint)
    };
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some((text, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or_else(|| alone("{"))?;
        parts.push(Part::Text(text.to_owned()));
        parts.push(match name {
            "path" => Part::Path,
            "line" => Part::Line,
            "column" => Part::Column,
            other => {
                let message = format!("unknown placeholder `{{{other}}}` in `--editor`");
                let found = Diagnostic::placeless(Code::Usage, message);
                return Err(found.did_you_mean(other, NAMES));
            }
        });
        rest = after;
    }
    parts.push(Part::Text(rest.to_owned()));
    let is_closed = |part: &Part| !matches!(part, Part::Text(text) if text.contains('}'));
    parts.iter().all(is_closed).then_some(parts).ok_or_else(|| alone("}"))
}

/// Adds a path, of which every byte but letters, digits and `-._~/` is written as `%XX`.
fn encode(path: &[u8], address: &mut String) {
    for &byte in path {
        match byte {
            b'-' | b'.' | b'_' | b'~' | b'/' => address.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => address.push(char::from(byte)),
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use super::*;

    const PLACE: Place = Place { line: 7, column: 3 };

    fn address(template: &str, path: &[u8]) -> String {
        let editor = Editor::of(template).expect("it is a template");
        editor.address(Path::new(OsStr::from_bytes(path)), PLACE)
    }

    #[test]
    fn an_address_names_path_line_and_column() {
        let path = b"/home/a/guide/content/index.md";
        let default = "vscode://file/home/a/guide/content/index.md:7:3";
        assert_eq!(address(Editor::DEFAULT, path), default);
        let others = [
            ("idea://open?file={path}&line={line}", "idea://open?file=/a.md&line=7"),
            ("x-y+z.1://{column}{line}{path}#x", "x-y+z.1://37/a.md#x"),
            ("txmt://open?url=file://{path}", "txmt://open?url=file:///a.md"),
        ];
        for (template, expected) in others {
            assert_eq!(address(template, b"/a.md"), expected);
        }
    }

    #[test]
    fn whatever_stands_in_a_path_is_part_of_the_path() {
        let path = b"/a b/\"><script>/?x=1&y#z:9:9%41{line}\xff\xc3\xa9\n'`\\";
        assert_eq!(
            address("zed://file{path}:{line}", path),
            "zed://file/a%20b/%22%3E%3Cscript%3E/%3Fx%3D1%26y%23z%3A9%3A9%2541%7Bline%7D\
             %FF%C3%A9%0A%27%60%5C:7"
        );
    }

    #[test]
    fn what_is_no_address_of_an_editor_is_refused() {
        #[rustfmt::skip]
        let cases = [
            ("", "is no address"), ("code", "is no address"), ("vscode:{path}", "is no address"),
            ("://file{path}", "is no address"), ("9x://{path}", "is no address"),
            (" javascript://{path}", "is no address"), ("java\tscript://{path}", "is no address"),
            ("{path}://x", "is no address"), ("//x{path}", "is no address"),
            ("javascript:alert(1)//{path}", "is no address"), ("data:text/html,{path}", "is no address"),
            ("javascript://{path}%0aalert(1)", "`javascript:` in"), ("JavaScript://{path}", "`JavaScript:` in"),
            ("data://{path}", "`data:` in"), ("vbscript://{path}", "`vbscript:` in"),
            ("https://evil.test{path}", "`https:` in"), ("HTTP://evil.test{path}", "`HTTP:` in"),
            ("file://{path}", "`file:` in"), ("view-source://{path}", "`view-source:` in"),
            ("vscode://file{path} x", "` ` in"), ("vscode://\"{path}", "`\"` in"), ("vscode://<{path}", "`<` in"),
            ("vscode://é{path}", "`é` in"), ("vscode://\u{1b}{path}", "`\u{1b}` in"),
            ("vscode://file", "`{path}` goes"), ("vscode://file{line}", "`{path}` goes"),
            ("vscode://file{paht}", "unknown placeholder `{paht}`"), ("vscode://{}", "unknown placeholder `{}`"),
            ("vscode://{path}{Line}", "unknown placeholder `{Line}`"), ("vscode://{{path}}", "unknown placeholder `{{path}`"),
            ("vscode://{path", "`{` stands alone"), ("vscode://{path}}", "`}` stands alone"),
            ("vscode://}{path}", "`}` stands alone"),
        ];
        for (template, message) in cases {
            let found = Editor::of(template).expect_err(template);
            assert!(found.message.contains(message), "{template}: {}", found.message);
            assert_eq!((found.code, found.hints.len()), (Code::Usage, 1), "{template}");
        }
        let found = Editor::of("vscode://{paht}").expect_err("it is misspelt");
        assert_eq!(found.hints, ["did you mean `path`?"]);
    }
}
