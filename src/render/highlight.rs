//! Colours code blocks: source text in, HTML with `<span class="k">` out.
//!
//! The parsers are tree-sitter's, most of them packaged by arborium; what their nodes look
//! like is our own table (`grammars.rs`). Microseconds of CPU for blocks of 260 bytes in
//! twelve programming languages, five of one language in a row:
//!
//! | | first use | a block, warm | in a run of 300 | of 2,400 |
//! |---|---|---|---|---|
//! | syntect 5.3, onig, two-face (no HTML yet) | 300 - 39,000 | 300 | 640 | 410 |
//! | arborium 2.18 with its queries | 90 - 120,000 | 120 | 1,120 | 270 |
//! | the same parsers, walked with a table | 30 - 400 | 45 | 82 | 76 |
//!
//! (67 and 63 where a third of the languages are JSON, YAML, HTML; two threads: 40 of wall
//! time.) A run is slower than a warm loop because the parse tables, megabytes each, push
//! one another out of the processor's cache.
//!
//! Arborium's time goes into compiling queries, which a table does without. PHP, Kotlin and
//! SQL come from upstream: arborium's PHP crashes on every heredoc (`array_delete` of an
//! `array_pop`), its Kotlin aborts on deep strings, its SQL is four times as large. All
//! grammars together are 24 MB of the binary (3 MB packed), most of it never paged in.
//!
//! Classes, one letter each, for the theme to colour:
//! `c` comment · `s` string, character, pattern · `n` number, truth value, null, symbol,
//! `CONSTANT` · `k` keyword · `t` type, class, module, table, HTML tag · `f` function, macro,
//! command · `a` annotation, attribute, option, hunk header · `p` property, key, named
//! argument · `v` variable with a sigil, lifetime, anchor · `o` operator · `i` inserted ·
//! `d` deleted. Brackets, commas and plain names have none.
//!
//! The text of the HTML is the code, byte for byte. Tree-sitter's error recovery is
//! quadratic, so code that is no code of its language is given up after a number of steps
//! (never after a time, which would not be reproducible), and long code is parsed in pieces.

mod grammars;
mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::mem;
use std::ops::{ControlFlow, Range};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use arborium::tree_sitter::{ParseOptions, ParseState, Parser, Tree};

use grammars::{COMMON, GRAMMARS};
use table::{Child, Class, Effect, Spot, Table};

/// Longer blocks are left plain.
const LONGEST: usize = 16_000;

/// Longer code is parsed in pieces of at most so many bytes.
const PIECE: usize = 2000;

/// After so many things inside syntax errors, the rest of a block is left plain.
const MOST_STRAY: usize = 300;

/// The grammar a fence names, in upper or lower case.
fn find(language: &str) -> Option<usize> {
    let is = |name: &str| name.eq_ignore_ascii_case(language);
    GRAMMARS.iter().position(|g| is(g.name) || g.aliases.iter().any(|alias| is(alias)))
}

/// Highlights the code blocks of one run, from any number of threads.
#[derive(Default)]
pub(super) struct Highlighter {
    /// One for each of [`GRAMMARS`].
    languages: [Language; GRAMMARS.len()],
    /// Parsers not in use; a thread takes one for the time of a piece.
    parsers: Mutex<Vec<Parser>>,
}

/// What a run has learnt about a language.
#[derive(Default)]
struct Language {
    /// Its rules, compiled at the first block.
    table: OnceLock<Table>,
    /// The HTML of the blocks seen, by their text.
    seen: Mutex<BTreeMap<Box<str>, Box<str>>>,
}

impl Highlighter {
    /// Creates a highlighter. Nothing is paid for a language before its first block.
    pub(super) fn new() -> Highlighter {
        Highlighter::default()
    }

    /// Appends `code` to `out` as HTML; `false`, and nothing, if the language is unknown.
    pub(super) fn write(&self, language: &str, code: &str, out: &mut String) -> bool {
        let Some(index) = find(language) else { return false };
        let seen = &self.languages[index].seen;
        if let Some(html) = lock(seen).get(code) {
            out.push_str(html);
            return true;
        }
        let start = out.len();
        let mut html = Html::new(code, out);
        self.paint(index, 0..code.len(), &mut html);
        html.finish();
        lock(seen).insert(code.into(), out[start..].into());
        true
    }

    /// Writes a part of the code, painted by a grammar, up to the last painted byte.
    fn paint(&self, index: usize, part: Range<usize>, html: &mut Html<'_>) {
        let (mut rest, mut stray) = (part, 0);
        while !rest.is_empty() && rest.len() <= LONGEST && stray < MOST_STRAY {
            let Some(code) = html.code.get(rest.clone()) else { return };
            let end = rest.start + piece(code);
            let Some(more) = self.paint_piece(index, rest.start..end, html) else {
                return;
            };
            stray += more;
            rest.start = end;
        }
    }

    /// The same for what is parsed at once. Returns how much of it stands in syntax errors,
    /// or nothing if it could not be parsed.
    fn paint_piece(
        &self,
        index: usize,
        part: Range<usize>,
        html: &mut Html<'_>,
    ) -> Option<usize> {
        let grammar = &GRAMMARS[index];
        let language = grammar.language?();
        let code = html.code.get(part.clone())?;
        if grammar.breaks_on.is_some_and(|breaks| breaks(code)) {
            return None;
        }
        let opening = if code.contains("<?") { "" } else { grammar.opening };
        let mut parser = lock(&self.parsers).pop().unwrap_or_default();
        let known = parser.set_language(&language).is_ok();
        let tree = if known { parse(&mut parser, opening, code) } else { None };
        lock(&self.parsers).push(parser);
        let rules = [COMMON].into_iter().chain(grammar.rules.iter().copied());
        let table =
            self.languages[index].table.get_or_init(|| Table::new(&language, rules));
        let piece = Piece { table, start: part.start, opening: opening.len() };
        Some(self.walk(&tree?, &piece, html))
    }

    /// Gives every byte the class of the innermost node that has one. Returns the number of
    /// nodes directly inside a syntax error.
    fn walk(&self, tree: &Tree, piece: &Piece<'_>, html: &mut Html<'_>) -> usize {
        let Piece { table, .. } = piece;
        let mut cursor = tree.walk();
        let mut stray = 0;
        let mut above = Vec::new();
        let mut parent = Step::default();
        let mut first = true;
        loop {
            let node = cursor.node();
            let (start, end) = (piece.at(node.start_byte()), piece.at(node.end_byte()));
            let kind = table.kind(node.kind_id());
            let mut effect = None;
            if parent.spot.kind.has_places() {
                let field = cursor.field_id().map_or(0, |id| id.get());
                let child = Child { field, kind: node.kind_id(), first };
                effect = table.effect(parent.spot.kind, child);
            }
            let place = match effect {
                Some(Effect::Paint(paint)) => Some(paint),
                Some(Effect::Inherit(paint)) => parent.spot.place.or(paint),
                Some(Effect::Embed(_)) | None => None,
            };
            let spot = Spot { kind, place };
            if let Some(Effect::Embed(language)) = effect {
                html.to(start, parent.class);
                if let Some(index) = find(language) {
                    self.paint(index, start..end, html);
                }
                html.to(end, Class::PLAIN);
            } else if cursor.goto_first_child() {
                stray += if node.is_error() { node.child_count() } else { 0 };
                let class = spot.branch(parent.class);
                if class != parent.class {
                    html.to(start, parent.class);
                }
                above.push(mem::replace(&mut parent, Step { spot, class, end }));
                first = true;
                continue;
            } else {
                let text = html.code.get(start..end).unwrap_or_default();
                let class = table.leaf(spot, text, parent.class);
                if class != parent.class {
                    html.to(start, parent.class);
                    html.to(end, class);
                }
            }
            while !cursor.goto_next_sibling() {
                let Some(step) = above.pop() else { return stray };
                cursor.goto_parent();
                if step.class != parent.class {
                    html.to(parent.end, parent.class);
                }
                parent = step;
            }
            first = false;
        }
    }
}

/// Code that was parsed at once.
struct Piece<'a> {
    table: &'a Table,
    /// Where it begins in the block.
    start: usize,
    /// The length of what was put before it.
    opening: usize,
}

impl Piece<'_> {
    /// The place in the block of a byte of the parsed text.
    fn at(&self, byte: usize) -> usize {
        self.start + byte.saturating_sub(self.opening)
    }
}

/// A node on the way from the root to where the walk is.
#[derive(Default)]
struct Step {
    spot: Spot,
    /// The class of what in it has none of its own.
    class: Class,
    end: usize,
}

/// How much of the code to parse at once: all, or up to where something new seems to begin.
fn piece(code: &str) -> usize {
    if code.len() <= PIECE {
        return code.len();
    }
    let bytes = code.as_bytes();
    let begins_line = |at: &usize| bytes[at - 1] == b'\n';
    let begins_item =
        |at: &usize| begins_line(at) && !b" \t\r\n)]}".contains(&bytes[*at]);
    let ends = || (1..=PIECE).rev();
    let end = ends().find(begins_item).or_else(|| ends().find(begins_line));
    end.or_else(|| ends().find(|&at| code.is_char_boundary(at))).unwrap_or(code.len())
}

/// Parses `opening` and `code` as one text; nothing if that takes too many steps.
fn parse(parser: &mut Parser, opening: &str, code: &str) -> Option<Tree> {
    // A step is 100 actions of the parser. Code that can be read takes one or two for 100
    // bytes; a clock instead of a count would make the output depend on the machine.
    let most = 16 + code.len() / 40;
    let mut steps = 0;
    let mut progress = |_: &ParseState| {
        steps += 1;
        if steps < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    let options = ParseOptions::new().progress_callback(&mut progress);
    let mut input = |at: usize, _| match opening.as_bytes().get(at..) {
        Some(rest) if !rest.is_empty() => rest,
        _ => code.as_bytes().get(at - opening.len()..).unwrap_or_default(),
    };
    let tree = parser.parse_with_options(&mut input, None, Some(options));
    if tree.is_none() {
        parser.reset();
    }
    tree
}

/// Writes code in order, each part in a class.
struct Html<'a> {
    code: &'a str,
    out: &'a mut String,
    /// The byte of the code up to which all is written.
    written: usize,
    /// The same with the blanks after it, which may turn out to stand inside a span.
    reached: usize,
    /// The class of the open span.
    open: Class,
}

impl<'a> Html<'a> {
    fn new(code: &'a str, out: &'a mut String) -> Html<'a> {
        Html { code, out, written: 0, reached: 0, open: Class::PLAIN }
    }

    /// Writes on up to a byte of the code; nothing if that is behind.
    fn to(&mut self, end: usize, class: Class) {
        let part = self.code.get(self.reached..end).unwrap_or_default();
        let text = part.trim_ascii_end();
        let reached = self.reached + part.len();
        if text.is_empty() {
            self.reached = reached;
            return;
        }
        if class != self.open {
            self.close();
            self.blanks();
            if class != Class::PLAIN {
                self.out.push_str("<span class=\"");
                self.out.push(char::from(class.0));
                self.out.push_str("\">");
            }
            self.open = class;
        }
        self.blanks();
        escape(text, self.out);
        self.written += text.len();
        self.reached = reached;
    }

    /// Writes the rest, plain.
    fn finish(mut self) {
        self.to(self.code.len(), Class::PLAIN);
        self.close();
        self.blanks();
    }

    fn close(&mut self) {
        if self.open != Class::PLAIN {
            self.out.push_str("</span>");
            self.open = Class::PLAIN;
        }
    }

    fn blanks(&mut self) {
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

/// Locks, whatever happened to another thread that held it: what is in there is complete.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
