//! Prose: Markdown as a list of events with their places, and what other modules ask of it.
//!
//! text -> [`Prose`]. The body is parsed once, here; its links, headings and embeds are
//! gathered beside the events, in order. Raw HTML is settled here too: what may pass stays
//! an HTML event, all else becomes text.

mod heading;

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser};
use pulldown_cmark::{Tag, TagEnd};

use super::embed::Embed;
use super::html;
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Span};
use crate::schema::href::{self, Href};
use crate::schema::reader::Origin;
use crate::syntax;

/// Deepest nesting of quotes, lists and emphasis; browsers cap theirs near 512.
const DEEPEST: usize = 64;

/// A text in Markdown.
#[derive(Debug, Clone)]
pub struct Prose {
    /// The place of the body.
    pub span: Span,
    /// The events of the parser, without those of embeds' bodies.
    pub events: Vec<(Event<'static>, Span)>,
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// Links and images in order.
    pub links: Vec<Link>,
    /// Embeds in order.
    pub embeds: Vec<Embed>,
    /// The number of words outside code.
    pub words: usize,
}

/// A heading of a text.
#[derive(Debug, Clone)]
pub struct Heading {
    /// 2 to 6, at most one more than the one before; 1 is the page's own.
    pub level: u8,
    /// The name of the part it starts, unique in the text.
    pub id: String,
    /// Its words.
    pub text: String,
    /// Its place.
    pub span: Span,
    /// Index of its first event.
    pub event: usize,
}

/// A link or an image of a text.
#[derive(Debug, Clone)]
pub struct Link {
    /// The target; `None` if it is wrong, which has been reported.
    pub href: Option<Href>,
    /// The place of the address.
    pub span: Span,
    /// Whether its text is empty, so that the target's title stands in.
    pub is_empty: bool,
    /// Whether it is an image.
    pub is_image: bool,
    /// Index of its first event.
    pub event: usize,
}

/// Settings of parsing a body of prose.
pub(super) struct Dialect<'a> {
    /// Names of all embeds.
    pub(super) embeds: &'a [String],
}

/// The part of a file that is prose.
pub(super) struct Body<'a> {
    /// The file.
    pub(super) file: FileId,
    /// Its whole text.
    pub(super) text: &'a str,
    /// The byte after its front matter.
    pub(super) base: usize,
}

/// Parses the body of a file.
pub(super) fn parse(
    Body { file, text, base }: Body<'_>,
    dialect: &Dialect<'_>,
    diags: &mut Diagnostics,
) -> Prose {
    let body = &text[base..];
    let mut builder = Builder {
        file,
        body,
        base,
        dialect,
        depth: 0,
        is_too_deep: false,
        stems: BTreeMap::new(),
        ids: BTreeMap::new(),
        definition: None,
        heading: None,
        in_code: false,
        prose: Prose {
            span: Span::new(file, base..text.len()),
            // About as many as prose has; more are made room for.
            events: Vec::with_capacity(body.len() / 32),
            headings: Vec::new(),
            links: Vec::new(),
            embeds: Vec::new(),
            words: 0,
        },
        diags,
    };
    builder.read();
    html::balance(&mut builder.prose.events, builder.diags);
    close_empty_links(&mut builder.prose, builder.diags);
    builder.prose
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
}

/// A text that is being read.
struct Builder<'a> {
    file: FileId,
    body: &'a str,
    base: usize,
    dialect: &'a Dialect<'a>,
    depth: usize,
    is_too_deep: bool,
    /// Times each heading id was made, by its stem.
    stems: BTreeMap<String, usize>,
    /// Every heading id, with its place.
    ids: BTreeMap<String, Span>,
    /// The place where the address of the current link is defined, if that is elsewhere.
    definition: Option<Range<usize>>,
    /// Words of the heading being read.
    heading: Option<String>,
    in_code: bool,
    prose: Prose,
    diags: &'a mut Diagnostics,
}

impl Builder<'_> {
    /// Reads the whole body.
    fn read(&mut self) {
        let body = self.body;
        let mut events = Parser::new_ext(body, options()).into_offset_iter();
        while let Some((event, range)) = events.next() {
            self.depth(&event, &range);
            self.definition = match &event {
                Event::Start(Tag::Link { id, .. } | Tag::Image { id, .. }) => {
                    events.reference_definitions().get(id).map(|def| def.span.clone())
                }
                _ => None,
            };
            match event {
                Event::Start(Tag::HtmlBlock) => {
                    let lines = events.by_ref().take_while(|(event, _)| {
                        !matches!(event, Event::End(TagEnd::HtmlBlock))
                    });
                    let end = lines.last().map_or(range.start, |(_, line)| line.end);
                    self.depth -= 1;
                    let block = body.get(range.start..end).unwrap_or_default();
                    self.html(block, range.start, html::Place::Block);
                }
                Event::InlineHtml(tag) => {
                    self.html(&tag, range.start, html::Place::Inline);
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))
                    if self.is_embed(&info) =>
                {
                    let lines = events.by_ref().map_while(|(event, range)| match event {
                        Event::Text(text) => Some((text, range)),
                        _ => None,
                    });
                    let lines = lines.collect();
                    self.depth -= 1;
                    self.embed(&info, range, lines);
                }
                event => self.event(event, range),
            }
        }
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.file, self.base + range.start..self.base + range.end)
    }

    fn depth(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth -= 1,
            _ => {}
        }
        if self.depth > DEEPEST && !self.is_too_deep {
            self.is_too_deep = true;
            let span = self.span(&(range.start..range.start + 1));
            let message = format!("prose is nested deeper than {DEEPEST} levels");
            let found = Diagnostic::new(Code::TooLarge, span, message);
            self.diags.push(found.hint("take quotes and lists out of each other"));
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let span = self.span(&range);
        let event = match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                self.start_heading(level, id.as_deref(), span);
                Event::Start(Tag::Heading {
                    level,
                    id: None,
                    classes: Vec::new(),
                    attrs: Vec::new(),
                })
            }
            Event::End(TagEnd::Heading(level)) => {
                self.end_heading();
                Event::End(TagEnd::Heading(level))
            }
            other => other,
        };
        match &event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.link(dest_url, &range, false);
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                self.link(dest_url, &range, true);
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                self.in_code = true;
                self.code_language(kind, span);
            }
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            Event::Text(text) if !self.in_code => self.words(text),
            Event::Code(text) => self.words(text),
            _ => {}
        }
        self.prose.events.push((event.into_static(), span));
    }

    fn words(&mut self, text: &str) {
        self.prose.words += words(text);
        if let Some(words) = &mut self.heading {
            words.push_str(text);
        }
    }

    fn link(&mut self, dest: &str, range: &Range<usize>, is_image: bool) {
        let written = self.body.get(range.clone()).unwrap_or_default();
        let span = self.span(&self.address(dest, range));
        // An e-mail address between angle brackets has no scheme of its own.
        let is_email = !is_image && written.starts_with('<') && !dest.contains(':');
        let parsed = if is_email {
            href::external(&format!("mailto:{dest}")).map(Href::External)
        } else {
            href::parse(dest)
        };
        let href = match parsed {
            Ok(Href::External(url)) if is_image => {
                let message = format!("the image `{url}` is on another site");
                let found = Diagnostic::new(Code::BadUrl, span, message);
                self.diags
                    .push(found.hint("copy it into `content/assets` and link to that"));
                None
            }
            Ok(href) => Some(href),
            Err(_) if dest.trim().is_empty() => {
                let found =
                    Diagnostic::new(Code::BadUrl, span, "this link has no address");
                self.diags.push(found.hint("write it between `(` and `)`"));
                None
            }
            Err(cause) => {
                let message = href::refusal(dest, &cause);
                let found = Diagnostic::new(Code::BadUrl, span, message);
                let hint = match href::nearest_noun(dest) {
                    Some(nearest) => format!("did you mean `{nearest}`?"),
                    None => {
                        "write `https://…`, a path to a file of the book, or a link by \
                             meaning such as `framework:django`"
                            .to_owned()
                    }
                };
                self.diags.push(found.hint(hint));
                None
            }
        };
        let event = self.prose.events.len();
        self.prose.links.push(Link { href, span, is_empty: false, is_image, event });
    }

    /// The place of a link's address: in the link itself or, if it is one by
    /// reference, in the definition.
    fn address(&self, dest: &str, range: &Range<usize>) -> Range<usize> {
        let (whole, opener) = match &self.definition {
            Some(definition) => (definition, "]:"),
            None => (range, "]("),
        };
        let written = self.body.get(whole.clone()).unwrap_or_default();
        let after = |(at, _): (usize, &str)| {
            let rest = &written[at + opener.len()..];
            let address = rest.trim_start().trim_start_matches('<');
            address.starts_with(dest).then(|| written.len() - address.len())
        };
        let at = written.rmatch_indices(opener).find_map(after);
        match at.or_else(|| written.find(dest)).filter(|_| !dest.is_empty()) {
            Some(at) => whole.start + at..whole.start + at + dest.len(),
            None => whole.clone(),
        }
    }

    fn html(&mut self, html: &str, start: usize, place: html::Place) {
        let (file, at) = (self.file, self.base + start);
        for (event, range) in html::events(html, place) {
            let span = Span::new(file, at + range.start..at + range.end);
            if let Event::Text(text) = &event {
                self.words(text);
            }
            self.prose.events.push((event, span));
        }
    }

    fn is_embed(&self, info: &str) -> bool {
        let name = info.split([' ', ',']).next().unwrap_or_default();
        self.dialect.embeds.iter().any(|embed| embed == name)
    }

    fn embed(
        &mut self,
        info: &str,
        range: Range<usize>,
        body: Vec<(CowStr<'_>, Range<usize>)>,
    ) {
        let span = self.span(&range);
        // Inside a quote or a list each line of the body is a piece of its own.
        let in_file =
            |range: &Range<usize>| self.base + range.start..self.base + range.end;
        let origin = if body.is_empty() {
            Origin::at(span.end as usize)
        } else {
            Origin::of(body.iter().map(|(text, r)| (text.len(), in_file(r))))
        };
        let event = self.prose.events.len();
        let name = info.split([' ', ',']).next().unwrap_or_default();
        let header = self.info(name, span);
        let code = Tag::CodeBlock(CodeBlockKind::Fenced(CowStr::from(name.to_owned())));
        let (name, body) =
            (name.to_owned(), body.iter().map(|(text, _)| &**text).collect());
        self.prose.embeds.push(Embed { name, header, body, origin, span, event });
        self.prose.events.push((Event::Start(code), span));
    }

    /// The place of the name in the first line of a fenced block.
    fn info(&self, name: &str, block: Span) -> Span {
        let rest = self.body.get(block.start as usize - self.base..).unwrap_or_default();
        let line = rest.lines().next().unwrap_or_default();
        let at = block.start as usize + line.find(name).unwrap_or(0);
        Span::new(self.file, at..at + name.len())
    }

    fn code_language(&mut self, kind: &CodeBlockKind<'_>, span: Span) {
        let CodeBlockKind::Fenced(info) = kind else { return };
        let name = code_language(info);
        if name.is_empty() || syntax::find(name).is_some() {
            return;
        }
        let span = self.info(name, span);
        let message = format!("cannot highlight the code language `{name}`");
        let found = Diagnostic::new(Code::UnknownCodeLanguage, span, message);
        let names = syntax::names();
        let known = names.iter().chain(self.dialect.embeds).map(String::as_str);
        self.diags.push(found.did_you_mean(name, known));
    }
}

/// The number of words of a text, between white space.
fn words(text: &str) -> usize {
    if !text.is_ascii() {
        return text.split_whitespace().count();
    }
    // Without a branch, so that many bytes are looked at at a time.
    let is_space = |b: u8| (b == b' ') | (b'\t'..=b'\r').contains(&b);
    let bytes = text.as_bytes();
    let starts = bytes.iter().zip(&bytes[bytes.len().min(1)..]);
    let starts = starts.map(|(a, b)| usize::from(is_space(*a) & !is_space(*b)));
    let first = bytes.first().is_some_and(|b| !is_space(*b));
    usize::from(first) + starts.sum::<usize>()
}

/// Marks links without text, and reports images without one.
fn close_empty_links(prose: &mut Prose, diags: &mut Diagnostics) {
    for link in &mut prose.links {
        let inner = &prose.events[link.event + 1..];
        let has_text = inner
            .iter()
            .take_while(|(event, _)| {
                !matches!(event, Event::End(TagEnd::Link | TagEnd::Image))
            })
            .any(|(event, _)| match event {
                Event::Text(text) | Event::Code(text) => !text.trim().is_empty(),
                Event::Start(Tag::Image { .. }) => true,
                _ => false,
            });
        link.is_empty = !has_text;
        if link.is_image && !has_text {
            let found =
                Diagnostic::new(Code::MissingAlt, link.span, "image without alt text");
            let hint = "say what it shows between the brackets: `![what it shows](…)`";
            diags.push(found.hint(hint));
        }
    }
}

/// The code language of a fence's info string: its first word.
pub fn code_language(info: &str) -> &str {
    info.split([' ', ',', '{']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_stand_between_white_space() {
        #[track_caller]
        fn case(text: &str, expected: usize) {
            assert_eq!(words(text), expected, "{text:?}");
            // Texts with other letters are counted in another way.
            assert_eq!(words(&format!("{text} \u{e9}")), expected + 1, "{text:?}");
        }
        case("", 0);
        case(" \n", 0);
        case("a", 1);
        case(" a  b\n", 2);
        case("a\tb\rc\u{b}d\u{c}e", 5);
        case("a-b, c.", 2);
    }
}
