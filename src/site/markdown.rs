//! Prose to HTML: the events of a text, its links resolved, its embeds filled in.
//!
//! One pass over the events; links, headings and embeds are found by the position of their
//! event. Invariant: every text and every attribute's value is escaped here; HTML of authors is
//! only what `raw` let through; no attribute but those written here.

mod code;
mod notes;
mod plain;
pub(super) use plain::prose_words;
mod table;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, Event, LinkType, Tag, TagEnd};
use pulldown_cmark_escape::{escape_html, escape_html_body_text};
use tera::Value;

use super::Site;
use super::embeds::Place;
use crate::book::{Key, Prose, Target};
use crate::diag::Diagnostic;

use crate::schema::reader::is_unprintable;
use crate::site::embeds;
use crate::site::link;
use notes::Notes;
use table::Table;

/// A text as HTML, for a page from which `root` leads to the site's base.
pub(super) fn prose_html(
    site: &Site<'_>,
    prose: &Prose,
    root: &str,
) -> Result<Value, Vec<Diagnostic>> {
    prose_part_html(site, prose, 0..prose.raw.events.len(), root)
}

/// The words of a heading of a text, by its position, with the titles of links that
/// have no words of their own.
pub(super) fn heading_text(site: &Site<'_>, prose: &Prose, at: usize) -> String {
    let heading = &prose.raw.headings[at];
    let links = &prose.raw.links;
    let mut words = String::new();
    for (i, (event, _)) in prose.raw.events.iter().enumerate().skip(heading.event) {
        match event {
            Event::End(TagEnd::Heading(_)) => break,
            Event::Text(text) | Event::Code(text) => words.push_str(text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::Start(Tag::Link { .. }) => {
                let link = links.binary_search_by_key(&i, |link| link.event);
                let link = link.ok().filter(|link| links[*link].is_empty);
                words.extend(link.map(|link| link::title(site, &prose.targets[link])));
            }
            _ => {}
        }
    }
    words
}

/// Some events of a text as HTML, such as the answer to a question.
pub(super) fn prose_part_html(
    site: &Site<'_>,
    prose: &Prose,
    events: Range<usize>,
    root: &str,
) -> Result<Value, Vec<Diagnostic>> {
    let notes = Notes::new(&prose.raw.events, events.start);
    let mut writer = Writer {
        site,
        prose,
        root,
        out: String::new(),
        notes,
        table: Table::default(),
        links: Vec::new(),
        found: Vec::new(),
    };
    writer.range(events);
    writer.footnotes();
    if writer.found.is_empty() {
        Ok(Value::safe_string(&writer.out))
    } else {
        Err(writer.found)
    }
}

/// Writes one text.
struct Writer<'a> {
    site: &'a Site<'a>,
    prose: &'a Prose,
    root: &'a str,
    out: String,
    notes: Notes,
    table: Table,
    /// The end tag of each open link.
    links: Vec<&'static str>,
    /// Diagnostics of embeds.
    found: Vec<Diagnostic>,
}

impl Writer<'_> {
    /// Writes a range of the text's events.
    fn range(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            at = self.event(at);
        }
    }

    /// Writes an event, and returns the position of the next one to write.
    fn event(&mut self, at: usize) -> usize {
        let prose = self.prose;
        let Some((event, _)) = prose.raw.events.get(at) else { return at + 1 };
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                if let Some(next) = self.embed(at) {
                    return next;
                }
                return self.code_block(kind, at + 1);
            }
            Event::Start(Tag::Image { title, .. }) => return self.image(at, title),
            Event::Start(Tag::FootnoteDefinition(_)) => return self.notes.after(at),
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(*tag, at),
            Event::Text(text) => self.text(text),
            Event::Code(code) => {
                self.out.push_str("<code>");
                self.text(code);
                self.out.push_str("</code>");
            }
            Event::Html(html) | Event::InlineHtml(html) => self.out.push_str(html),
            Event::FootnoteReference(name) => self.note_reference(name),
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::TaskListMarker(is_done) => self.task(*is_done),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(text),
        }
        at + 1
    }

    fn start(&mut self, tag: &Tag<'_>, at: usize) {
        match tag {
            Tag::Paragraph => self.out.push_str("<p>"),
            Tag::Heading { .. } => self.heading(at),
            Tag::BlockQuote(None) => self.out.push_str("<blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => self.alert(*kind),
            Tag::List(None) => self.out.push_str("<ul>\n"),
            Tag::List(Some(1)) => self.out.push_str("<ol>\n"),
            Tag::List(Some(first)) => {
                self.out.push_str("<ol start=\"");
                self.out.push_str(&first.to_string());
                self.out.push_str("\">\n");
            }
            Tag::Item => {
                let item = if self.is_task(at) { "<li class=\"task\">" } else { "<li>" };
                self.out.push_str(item);
            }
            Tag::Table(alignments) => self.start_table(alignments, at),
            Tag::TableHead => self.start_head(),
            Tag::TableRow => self.start_row(),
            Tag::TableCell => self.start_cell(),
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Superscript => self.out.push_str("<sup>"),
            Tag::Subscript => self.out.push_str("<sub>"),
            Tag::Link { title, link_type, .. } => self.link(at, title, *link_type),
            Tag::DefinitionList => self.out.push_str("<dl>\n"),
            Tag::DefinitionListTitle => self.out.push_str("<dt>"),
            Tag::DefinitionListDefinition => self.out.push_str("<dd>"),
            // The first four are taken by their events; `raw` leaves out the others.
            Tag::CodeBlock(_)
            | Tag::Image { .. }
            | Tag::FootnoteDefinition(_)
            | Tag::HtmlBlock
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd, at: usize) {
        match tag {
            TagEnd::Paragraph => self.out.push_str("</p>\n"),
            TagEnd::Heading(_) => self.end_heading(at),
            TagEnd::BlockQuote(None) => self.out.push_str("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => self.out.push_str("</div>\n"),
            TagEnd::List(true) => self.out.push_str("</ol>\n"),
            TagEnd::List(false) => self.out.push_str("</ul>\n"),
            TagEnd::Item => self.out.push_str("</li>\n"),
            TagEnd::Table => self.end_table(),
            TagEnd::TableHead => self.end_head(),
            TagEnd::TableRow => self.out.push_str("</tr>\n"),
            TagEnd::TableCell => self.end_cell(),
            TagEnd::Emphasis => self.out.push_str("</em>"),
            TagEnd::Strong => self.out.push_str("</strong>"),
            TagEnd::Strikethrough => self.out.push_str("</del>"),
            TagEnd::Superscript => self.out.push_str("</sup>"),
            TagEnd::Subscript => self.out.push_str("</sub>"),
            TagEnd::Link => {
                let close = self.links.pop().unwrap_or_default();
                self.out.push_str(close);
            }
            TagEnd::DefinitionList => self.out.push_str("</dl>\n"),
            TagEnd::DefinitionListTitle => self.out.push_str("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.out.push_str("</dd>\n"),
            TagEnd::CodeBlock
            | TagEnd::Image
            | TagEnd::FootnoteDefinition
            | TagEnd::HtmlBlock
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    /// Writes text between tags.
    fn text(&mut self, text: &str) {
        let text = printable(text);
        escape_html_body_text(&mut self.out, &text).expect("a String takes all text");
    }

    /// Writes an attribute.
    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        let value = printable(value);
        escape_html(&mut self.out, &value).expect("a String takes all text");
        self.out.push('"');
    }

    fn heading(&mut self, at: usize) {
        let headings = &self.prose.raw.headings;
        let Ok(found) = headings.binary_search_by_key(&at, |h| h.event) else { return };
        let heading = &headings[found];
        self.out.push_str("<h");
        self.out.push(char::from(b'0' + heading.level));
        self.attribute("id", &heading.id);
        self.out.push('>');
    }

    /// Closes the heading that was opened last before an event.
    fn end_heading(&mut self, at: usize) {
        let headings = &self.prose.raw.headings;
        let last = headings.partition_point(|h| h.event < at).checked_sub(1);
        let Some(heading) = last.map(|last| &headings[last]) else { return };
        self.out.push_str("</h");
        self.out.push(char::from(b'0' + heading.level));
        self.out.push_str(">\n");
    }

    fn alert(&mut self, kind: BlockQuoteKind) {
        let (name, title) = match kind {
            BlockQuoteKind::Note => ("note", Key::AlertNote),
            BlockQuoteKind::Tip => ("tip", Key::AlertTip),
            BlockQuoteKind::Important => ("important", Key::AlertImportant),
            BlockQuoteKind::Warning => ("warning", Key::AlertWarning),
            BlockQuoteKind::Caution => ("caution", Key::AlertCaution),
        };
        self.out.push_str("<div role=\"note\" class=\"alert ");
        self.out.push_str(name);
        self.out.push_str("\">\n<p class=\"alert-title\">");
        let title = self.site.strings.get(title).to_owned();
        self.text(&title);
        self.out.push_str("</p>\n");
    }

    /// Whether the item that starts at an event is a task.
    fn is_task(&self, at: usize) -> bool {
        let mut inner = self.prose.raw.events[at + 1..].iter().map(|(event, _)| event);
        match inner.next() {
            Some(Event::Start(Tag::Paragraph)) => {
                matches!(inner.next(), Some(Event::TaskListMarker(_)))
            }
            first => matches!(first, Some(Event::TaskListMarker(_))),
        }
    }

    /// Writes a task's box as a sign and a word: a box that nobody can tick is no control.
    fn task(&mut self, is_done: bool) {
        let (sign, key) = if is_done {
            ("\u{2611}", Key::TaskDone)
        } else {
            ("\u{2610}", Key::TaskOpen)
        };
        self.out.push_str("<span aria-hidden=\"true\">");
        self.out.push_str(sign);
        self.out.push_str("</span> <span class=\"vh\">");
        let word = self.site.strings.get(key).to_owned();
        self.text(&word);
        self.out.push_str("</span> ");
    }

    /// The position of the link or image that starts at an event.
    fn link_at(&self, at: usize) -> Option<usize> {
        self.prose.raw.links.binary_search_by_key(&at, |link| link.event).ok()
    }

    fn link(&mut self, at: usize, title: &str, link_type: LinkType) {
        let prose = self.prose;
        let Some(found) = self.link_at(at) else { return self.links.push("") };
        let target = &prose.targets[found];
        let is_open = !matches!(target, Target::Nowhere);
        self.links.push(if is_open { "</a>" } else { "" });
        if is_open {
            let href = self.href(target);
            self.out.push_str("<a");
            if let Target::Fact(framework, criterion) = target {
                self.attribute("class", "fact");
                let origin = link::origin(self.site, *framework, *criterion);
                self.attribute("title", &origin);
            } else if !title.is_empty() {
                self.attribute("title", title);
            }
            self.attribute("href", &href);
            self.out.push('>');
        }
        // The address of an autolink is its text already.
        let is_plain = matches!(link_type, LinkType::Autolink | LinkType::Email);
        if prose.raw.links[found].is_empty && !is_plain {
            let words = self.words(target);
            self.text(&words);
        }
    }

    /// The address of a link from this page.
    fn href(&self, target: &Target) -> String {
        match target {
            Target::Fragment(part) => format!("#{part}"),
            Target::External(url) => url.clone(),
            inner => {
                format!("{}{}", self.root, self.site.plan.href(self.site.book, inner))
            }
        }
    }

    /// The words of a link that has none: the target's title; for a part, its heading.
    fn words(&self, target: &Target) -> String {
        match target {
            Target::Fragment(part) => {
                let heading = self.prose.raw.headings.iter().position(|h| h.id == *part);
                let text = |at| heading_text(self.site, self.prose, at);
                heading.map_or_else(|| part.clone(), text)
            }
            other => link::title(self.site, other),
        }
    }

    /// Writes an image, and returns the position after it.
    fn image(&mut self, at: usize, title: &str) -> usize {
        let prose = self.prose;
        let (alt, next) = alt(prose, at);
        let target = self.link_at(at).map(|found| &prose.targets[found]);
        match target {
            Some(target @ Target::Asset(_)) => {
                let href = self.href(target);
                self.out.push_str("<img loading=\"lazy\"");
                self.attribute("src", &href);
                self.attribute("alt", &alt);
                if let Target::Asset(at) = target
                    && let Some((width, height)) = self.site.book.assets[*at].size
                {
                    self.attribute("width", &width.to_string());
                    self.attribute("height", &height.to_string());
                }
                if !title.is_empty() {
                    self.attribute("title", title);
                }
                self.out.push('>');
            }
            Some(_) | None => self.text(&alt),
        }
        next
    }

    /// Writes the embed at an event, and returns the position after it.
    fn embed(&mut self, at: usize) -> Option<usize> {
        let found = self.prose.raw.embeds.binary_search_by_key(&at, |e| e.event).ok()?;
        let id = format!("E-{}", found + 1);
        let place = Place { root: self.root, id: &id };
        match embeds::html(self.site, self.prose, found, place) {
            Ok(html) => {
                self.out.push_str(html.as_str().unwrap_or_default());
                self.out.push('\n');
            }
            Err(more) => self.found.extend(more),
        }
        Some(at + 1)
    }
}

/// A text with a sign in place of every character that HTML does not allow.
fn printable(text: &str) -> Cow<'_, str> {
    // Nearly every text is plain; without a branch many bytes are looked at at a time.
    let is_plain = |b: u8| (b' '..=b'~').contains(&b) | (b == b'\n') | (b == b'\t');
    if text.bytes().fold(true, |so_far, b| so_far & is_plain(b)) {
        return Cow::Borrowed(text);
    }
    if text.contains(is_unprintable) {
        Cow::Owned(text.replace(is_unprintable, "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The plain words inside the image that starts at an event, and the position after it.
fn alt(prose: &Prose, at: usize) -> (String, usize) {
    let mut words = String::new();
    let mut depth = 0;
    let mut next = at;
    for (event, _) in &prose.raw.events[at..] {
        next += 1;
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Text(text) | Event::Code(text) => words.push_str(text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    (words, next)
}
