//! Colours code blocks: source text in, HTML with `<span class="k">` out.
//!
//! Syntect splits the code into parts with a stack of scopes each, such as `source.rust
//! string.quoted.double`; [`CLASSES`] gives the classes that themes colour. The text of the
//! HTML is the code, byte for byte.
//!
//! The regular expressions of syntaxes can take long on code that is none of their language, so
//! very long blocks and lines are left plain. No limit depends on time, so the same block gives the
//! same HTML on every machine.

#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use syntect::parsing::{ClearAmount, ParseState, Scope, ScopeStackOp, SyntaxReference};

use crate::syntax;

/// Longer blocks, in bytes, are left plain.
const LONGEST_BLOCK: usize = 32_000;

/// From a longer line, in bytes, the rest of a block is left plain.
const LONGEST_LINE: usize = 500;

/// Lines over this length, in bytes, count towards [`MOST_IN_WIDE_LINES`].
const WIDE_LINE: usize = 200;

/// After so many bytes in wide lines, the rest of a block is left plain. Some regular expressions
/// take time by the cube of the length of a line: seconds for one of 2,000 bytes.
const MOST_IN_WIDE_LINES: usize = 4_000;

/// The class of a part of code, as it stands in `class="k"`; `None` for plain text.
type Class = Option<char>;

/// The class of operators; one that is a word, such as `and`, is a keyword.
const OPERATOR: Class = Some('o');

/// Marks what some syntaxes use for keywords and types alike: a type if it begins with a capital
/// letter, else a keyword.
const STORAGE: Class = Some('S');

/// Prefixes of scopes and the class of what they mark; of several, the longest counts. A scope
/// that none of them fits has the class of the scope around it.
///
/// `themes/default/README.md` says what the classes mean.
const CLASSES: &[(&str, Class)] = &[
    ("comment", Some('c')),
    ("constant", Some('n')),
    ("constant.character", Some('s')),
    ("constant.character.entity", Some('n')),
    ("constant.other.placeholder", Some('s')),
    ("entity.name.class", Some('t')),
    ("entity.name.constant", Some('n')),
    ("entity.name.enum", Some('t')),
    ("entity.name.function", Some('f')),
    ("entity.name.impl", Some('t')),
    ("entity.name.interface", Some('t')),
    ("entity.name.macro", Some('f')),
    ("entity.name.module", Some('t')),
    ("entity.name.namespace", Some('t')),
    ("entity.name.other.anchor", Some('v')),
    ("entity.name.package", Some('t')),
    ("entity.name.section", Some('t')),
    ("entity.name.struct", Some('t')),
    ("entity.name.table", Some('t')),
    ("entity.name.tag", Some('t')),
    ("entity.name.tag.toml", Some('p')),
    ("entity.name.tag.yaml", Some('p')),
    ("entity.name.trait", Some('t')),
    ("entity.name.type", Some('t')),
    ("entity.name.union", Some('t')),
    ("entity.other.attribute-name", Some('a')),
    ("entity.other.attribute-name.class.css", Some('t')),
    ("entity.other.attribute-name.id.css", Some('t')),
    ("entity.other.inherited-class", Some('t')),
    ("entity.other.pseudo-class", Some('a')),
    ("entity.other.pseudo-element", Some('a')),
    ("keyword", Some('k')),
    ("keyword.operator", OPERATOR),
    ("keyword.operator.type.annotation", None),
    ("keyword.other.unit", Some('n')),
    ("markup.deleted", Some('d')),
    ("markup.heading", Some('k')),
    ("markup.inserted", Some('i')),
    ("markup.raw", Some('s')),
    ("meta.diff.header", Some('a')),
    ("meta.diff.range", Some('a')),
    ("meta.embedded", None),
    ("meta.interpolation", None),
    ("meta.mapping.key", Some('p')),
    ("meta.template.expression", None),
    ("punctuation.definition.annotation", Some('a')),
    ("punctuation.definition.variable", Some('v')),
    ("source", None),
    ("storage", Some('k')),
    ("storage.modifier.lifetime", Some('v')),
    ("storage.type", STORAGE),
    ("storage.type.built-in", Some('t')),
    ("storage.type.function.arrow", Some('o')),
    ("storage.type.numeric", Some('t')),
    ("storage.type.primitive", Some('t')),
    ("storage.type.string", Some('s')),
    ("string", Some('s')),
    ("string.unquoted", None),
    ("string.unquoted.heredoc", Some('s')),
    ("support.class", Some('t')),
    ("support.constant", Some('n')),
    ("support.function", Some('f')),
    ("support.macro", Some('f')),
    ("support.module", Some('t')),
    ("support.type", Some('t')),
    ("support.type.property-name", Some('p')),
    ("text", None),
    ("variable.annotation", Some('a')),
    ("variable.function", Some('f')),
    ("variable.language", Some('k')),
    ("variable.language.php", Some('v')),
    ("variable.language.star", Some('o')),
    ("variable.other.member", Some('p')),
    ("variable.other.php", Some('v')),
    ("variable.other.property", Some('p')),
    ("variable.other.readwrite.class", Some('v')),
    ("variable.other.readwrite.global", Some('v')),
    ("variable.other.readwrite.instance", Some('v')),
    ("variable.other.readwrite.shell", Some('v')),
    ("variable.parameter.option", Some('a')),
    ("variable.parameter.php", Some('v')),
];

/// A block: the name of its syntax, and its code.
type Block = (&'static str, Box<str>);

/// Highlights the code blocks of one run, from any number of threads.
#[derive(Default)]
pub(super) struct Highlighter {
    /// Cache: the HTML of blocks that were coloured before.
    blocks: Mutex<BTreeMap<Block, Box<str>>>,
    /// [`CLASSES`] as syntect compares scopes, the longest prefixes first.
    classes: OnceLock<Vec<(Scope, Class)>>,
}

impl Highlighter {
    /// Appends `code` to `out` as HTML; `false`, and nothing, if the language is unknown.
    pub(super) fn write(&self, language: &str, code: &str, out: &mut String) -> bool {
        let Some(syntax) = syntax_of(language, code) else { return false };
        let key = (syntax.name.as_str(), Box::from(code));
        if let Some(html) = lock(&self.blocks).get(&key) {
            out.push_str(html);
            return true;
        }
        let start = out.len();
        let mut html = Html::new(code, out);
        if code.len() <= LONGEST_BLOCK {
            self.colour(syntax, &mut html);
        }
        html.finish();
        lock(&self.blocks).insert(key, out[start..].into());
        true
    }

    /// Writes the lines of the code, up to the first that cannot be coloured.
    fn colour(&self, syntax: &SyntaxReference, html: &mut Html<'_>) {
        let mut state = ParseState::new(syntax);
        let mut scopes = Scopes::default();
        let (mut start, mut in_wide_lines) = (0, 0);
        for line in html.code.split_inclusive('\n') {
            if line.len() > WIDE_LINE {
                in_wide_lines += line.len();
            }
            if line.len() > LONGEST_LINE || in_wide_lines > MOST_IN_WIDE_LINES {
                return;
            }
            let Ok(operations) = state.parse_line(line, syntax::all()) else { return };
            for (at, operation) in operations {
                html.write_scoped(start + at, scopes.class());
                scopes.apply(&operation, |scope| self.class_of(scope));
            }
            start += line.len();
            html.write_scoped(start, scopes.class());
        }
    }

    /// The class that a scope has of its own; `None` if it has that of the scope around it.
    fn class_of(&self, scope: Scope) -> Option<Class> {
        let classes = self.classes.get_or_init(|| {
            let scope = |name| Scope::new(name).expect("prefixes have few, short parts");
            let mut classes: Vec<_> =
                CLASSES.iter().map(|(prefix, class)| (scope(prefix), *class)).collect();
            classes.sort_by_key(|(prefix, _)| Reverse(prefix.len()));
            classes
        });
        let fitting = classes.iter().find(|(prefix, _)| prefix.is_prefix_of(scope));
        fitting.map(|(_, class)| *class)
    }
}

/// The syntax of a language; PHP that does not open with `<?` is PHP all the same.
fn syntax_of(language: &str, code: &str) -> Option<&'static SyntaxReference> {
    let syntax = syntax::find(language)?;
    match syntax.name.as_str() {
        "PHP" if !code.contains("<?") => syntax::find("PHP Source"),
        _ => Some(syntax),
    }
}

/// The open scopes, the innermost last.
#[derive(Default)]
struct Scopes {
    open: Vec<OpenScope>,
    /// Scopes put aside, which come back later.
    cleared: Vec<Vec<OpenScope>>,
}

/// An open scope.
#[derive(Clone, Copy, Default)]
struct OpenScope {
    /// The class of its text.
    class: Class,
    /// Whether its text is a key, which stays one whatever scopes it has besides.
    is_key: bool,
}

impl Scopes {
    /// The class of text at this place.
    fn class(&self) -> Class {
        self.open.last().and_then(|scope| scope.class)
    }

    /// Opens and closes scopes.
    fn apply(
        &mut self,
        operation: &ScopeStackOp,
        class_of: impl Fn(Scope) -> Option<Class>,
    ) {
        match operation {
            ScopeStackOp::Push(scope) => {
                let around = self.open.last().copied().unwrap_or_default();
                let own = class_of(*scope).filter(|_| !around.is_key);
                let class = own.unwrap_or(around.class);
                self.open.push(OpenScope { class, is_key: class == Some('p') });
            }
            ScopeStackOp::Pop(count) => {
                self.open.truncate(self.open.len().saturating_sub(*count));
            }
            ScopeStackOp::Clear(amount) => {
                let kept = match amount {
                    ClearAmount::TopN(count) => self.open.len().saturating_sub(*count),
                    ClearAmount::All => 0,
                };
                self.cleared.push(self.open.split_off(kept));
            }
            ScopeStackOp::Restore => {
                self.open.extend(self.cleared.pop().unwrap_or_default());
            }
            ScopeStackOp::Noop => {}
        }
    }
}

/// Writes code in order, each part in a class.
struct Html<'a> {
    code: &'a str,
    out: &'a mut String,
    /// Number of bytes of the code that are written.
    written: usize,
    /// The same plus white space after them, which is written inside the next span or before it.
    reached: usize,
    /// The class of the open span.
    open: Class,
}

impl<'a> Html<'a> {
    fn new(code: &'a str, out: &'a mut String) -> Html<'a> {
        Html { code, out, written: 0, reached: 0, open: None }
    }

    /// Writes the code up to the byte `end` in a class; nothing if that is written already.
    fn write_to(&mut self, end: usize, class: Class) {
        let part = self.code.get(self.reached..end).unwrap_or_default();
        let reached = self.reached + part.len();
        self.reached += part.len() - part.trim_ascii_start().len();
        let text = part.trim_ascii();
        if text.is_empty() {
            self.reached = reached;
            return;
        }
        if class != self.open {
            self.close();
            self.write_blanks();
            if let Some(letter) = class {
                self.out.push_str("<span class=\"");
                self.out.push(letter);
                self.out.push_str("\">");
            }
            self.open = class;
        }
        self.write_blanks();
        escape(text, self.out);
        self.written += text.len();
        self.reached = reached;
    }

    /// Writes the code up to the byte `end`, whose scopes have this class in [`CLASSES`].
    fn write_scoped(&mut self, end: usize, class: Class) {
        let part = self.code.get(self.reached..end).unwrap_or_default().trim_ascii();
        let class = match class {
            OPERATOR if part.starts_with(char::is_alphabetic) => Some('k'),
            STORAGE if part.starts_with(char::is_uppercase) => Some('t'),
            STORAGE => Some('k'),
            other => other,
        };
        self.write_to(end, class);
    }

    /// Writes the rest of the code without a class.
    fn finish(mut self) {
        self.write_to(self.code.len(), None);
        self.close();
        self.write_blanks();
    }

    /// Closes the open span, if there is one.
    fn close(&mut self) {
        if self.open.is_some() {
            self.out.push_str("</span>");
            self.open = None;
        }
    }

    /// Writes white space that was put off.
    fn write_blanks(&mut self) {
        self.out.push_str(self.code.get(self.written..self.reached).unwrap_or_default());
        self.written = self.reached;
    }
}

/// Appends text with `&`, `<`, `>` and `"` escaped.
fn escape(text: &str, out: &mut String) {
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        out.push_str(&text[plain..at]);
        out.push_str(escaped);
        plain = at + 1;
    }
    out.push_str(&text[plain..]);
}

/// Locks, even if another thread panicked while it held the lock: entries are whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
