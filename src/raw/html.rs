//! Raw HTML in prose: which tags pass, and that those which pass are closed.
//!
//! Invariant: only `kbd sub sup abbr mark br details summary` without attributes pass, opened and
//! closed within one block; comments vanish; all else is shown as text and reported. So no
//! prose can change the structure of a page around it.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event};

use crate::diag::{Code, Diagnostic, Diagnostics, Span};

/// Elements that may stand in a line.
const INLINE: &[&str] = &["kbd", "sub", "sup", "abbr", "mark", "br"];
/// Elements that may stand between blocks.
const BLOCK: &[&str] = &["details", "summary"];

/// The place of a piece of HTML.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Between other words.
    Inline,
    /// Between blocks.
    Block,
}

/// Cuts raw HTML into tags that may pass, as HTML events, and text.
pub(super) fn events(html: &str, place: Place) -> Vec<(Event<'static>, Range<usize>)> {
    let mut events = Vec::new();
    let mut text = 0..0;
    let mut at = 0;
    while at < html.len() {
        let rest = &html[at..];
        let comment =
            rest.strip_prefix("<!--").map(|c| c.find("-->").map_or(c.len(), |e| e + 3));
        if let Some(length) = comment {
            flush(html, &mut text, at, &mut events);
            at += 4 + length;
            text = at..at;
        } else if let Some((tag, length)) = tag(rest, place) {
            flush(html, &mut text, at, &mut events);
            let event = match place {
                Place::Inline => Event::InlineHtml(CowStr::from(tag)),
                Place::Block => Event::Html(CowStr::from(tag)),
            };
            events.push((event, at..at + length));
            at += length;
            text = at..at;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    flush(html, &mut text, at, &mut events);
    events
}

fn flush(
    html: &str,
    text: &mut Range<usize>,
    end: usize,
    events: &mut Vec<(Event<'static>, Range<usize>)>,
) {
    text.end = end;
    let piece = &html[text.clone()];
    if !piece.trim().is_empty() {
        events.push((Event::Text(CowStr::from(piece.to_owned())), text.clone()));
    }
}

/// A tag at the start of a text that may pass, in its plain spelling, and its length.
fn tag(html: &str, place: Place) -> Option<(String, usize)> {
    let inner = html.strip_prefix('<')?;
    let end = inner.find('>')?;
    let (close, name) = match inner[..end].strip_prefix('/') {
        Some(name) => ("/", name),
        None => ("", inner[..end].trim_end_matches('/')),
    };
    let name = name.trim_end().to_ascii_lowercase();
    let may_pass = INLINE.contains(&name.as_str())
        || (place == Place::Block && BLOCK.contains(&name.as_str()));
    may_pass.then(|| (format!("<{close}{name}>"), end + 2))
}

/// Turns tags without a partner into text, and reports all HTML that is shown as text.
/// `from_html` holds the indices of events with text from raw HTML; those of lone tags are
/// added.
pub(super) fn balance(
    events: &mut [(Event<'static>, Span)],
    from_html: &mut BTreeSet<usize>,
    diags: &mut Diagnostics,
) {
    let mut open: Vec<Option<(usize, String)>> = Vec::new();
    let mut lone = Vec::new();
    for (i, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(_) => open.push(None),
            Event::End(_) => {
                while let Some(Some((i, _))) = open.pop() {
                    lone.push(i);
                }
            }
            Event::Html(tag) | Event::InlineHtml(tag) => {
                let name = tag.trim_matches(['<', '>', '/']);
                let inside =
                    open.iter().rev().find_map(|o| o.as_ref().map(|(_, n)| &**n));
                let fits = match name {
                    "summary" => inside == Some("details") || tag.starts_with("</"),
                    "details" => true,
                    _ => {
                        matches!(event, Event::InlineHtml(_))
                            || inside.is_some_and(|n| n != "details")
                    }
                };
                match open.last() {
                    _ if name == "br" && fits && !tag.starts_with("</") => {}
                    Some(Some((_, top))) if tag.starts_with("</") && top == name => {
                        open.pop();
                    }
                    _ if fits && name != "br" && !tag.starts_with("</") => {
                        open.push(Some((i, name.to_owned())));
                    }
                    _ => lone.push(i),
                }
            }
            _ => {}
        }
    }
    lone.extend(open.into_iter().flatten().map(|(i, _)| i));
    for i in lone {
        let event = &mut events[i].0;
        if let Event::Html(tag) | Event::InlineHtml(tag) = event {
            *event = Event::Text(tag.clone());
            from_html.insert(i);
        }
    }
    report(events, from_html, diags);
}

fn report(
    events: &[(Event<'static>, Span)],
    from_html: &BTreeSet<usize>,
    diags: &mut Diagnostics,
) {
    // A tag that closes one which was reported is the same mistake.
    let mut open: Vec<String> = Vec::new();
    for (event, span) in from_html.iter().map(|at| &events[*at]) {
        let Event::Text(text) = event else { continue };
        if has_tag(text) {
            let name = tag_name(text);
            if let Some(closed) = name.strip_prefix('/')
                && let Some(at) = open.iter().rposition(|name| name == closed)
            {
                open.truncate(at);
                continue;
            }
            open.push(name);
            let found =
                Diagnostic::new(Code::RawHtml, *span, "raw HTML is shown as text");
            let hint = "write Markdown, or one of `kbd sub sup abbr mark br details \
                        summary` without attributes, opened and closed in one block";
            diags.push(found.hint(hint));
        } else if text.contains(['*', '_', '`', '[', '~']) {
            let message = "text in a block of HTML is not read as Markdown";
            let found = Diagnostic::new(Code::RawHtml, *span, message);
            diags.push(found.hint("leave an empty line before it"));
        }
    }
}

/// The name of the first tag of a text, with `/` before it if it closes.
fn tag_name(text: &str) -> String {
    let inner = text.trim_start().trim_start_matches('<');
    let end = inner.char_indices().skip(1).find(|(_, c)| !c.is_ascii_alphanumeric());
    inner[..end.map_or(inner.len(), |(at, _)| at)].to_ascii_lowercase()
}

/// Whether a text from raw HTML has the start of a tag or the like.
fn has_tag(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if rest.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)) {
            return true;
        }
    }
    false
}

/// The message if a block of HTML never ends, so that all that follows is part of it.
pub(super) fn unclosed(html: &str) -> Option<(&'static str, &'static str)> {
    const COMMENT: &str = "this comment is never closed: all that follows is part of it";
    const BLOCK: &str = "this block is never closed: all that follows is part of it";
    let html = html.trim_start();
    let lower = html.chars().take(10).collect::<String>().to_ascii_lowercase();
    if let Some(inner) = html.strip_prefix("<!--") {
        let is_open =
            !inner.contains("-->") && !inner.starts_with('>') && !inner.starts_with("->");
        return is_open.then_some((COMMENT, "write `-->` where it ends"));
    }
    let ends: &[(&str, &str)] = &[
        ("<![cdata[", "]]>"),
        ("<?", "?>"),
        ("<!", ">"),
        ("<script", "</script>"),
        ("<pre", "</pre>"),
        ("<style", "</style>"),
        ("<textarea", "</textarea>"),
    ];
    let (start, end) = ends.iter().find(|(start, _)| lower.starts_with(start))?;
    let after = html[start.len()..].chars().next();
    let is_word = !end.starts_with("</") || !after.is_some_and(char::is_alphanumeric);
    // The search is for ASCII, and without regard to case.
    let has_end = html.to_ascii_lowercase().contains(end);
    (is_word && !has_end)
        .then_some((BLOCK, "write Markdown, with code between backticks"))
}
