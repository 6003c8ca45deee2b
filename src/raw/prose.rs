//! Prose: Markdown as a list of events with their places, and what other modules ask of it.
//!
//! text -> [`Prose`]. The body is parsed once, here; its links, headings and embeds are
//! gathered beside the events, in order. Raw HTML is settled here too: what may pass stays
//! an HTML event, all else becomes text.

mod autolink;
mod heading;
mod link;
mod notation;
mod slips;
mod table;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, Options, Parser};
use pulldown_cmark::{LinkType, Tag, TagEnd};

use super::embed::Embed;
use super::html;
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Span};
use crate::schema::href::{self, Href};
use crate::schema::reader::Origin;
use crate::syntax;
use slips::{Parsed, Undefined};
use words::words;

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
        open_links: 0,
        from_html: BTreeSet::new(),
        undefined: Vec::new(),
        definitions: BTreeMap::new(),
        used: BTreeSet::new(),
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
    let Builder { mut prose, mut from_html, undefined, definitions, used, .. } = builder;
    html::balance(&mut prose.events, &mut from_html, diags);
    let (events, from_html) = (&prose.events, &from_html);
    let parsed =
        Parsed { file, body, base, events, from_html, undefined, definitions, used };
    slips::report(&parsed, diags);
    link::close_empty(&mut prose, diags);
    prose
}

/// The extensions of CommonMark that a text is read with.
///
/// The parser takes any line that starts with `:` for a definition, such as one that goes on
/// with `:id`. So definitions are read only where every such line has a space behind it.
pub fn options(body: &str) -> Options {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    let (mut has_definition, mut in_code) = (false, false);
    for line in body.lines() {
        let line = line.trim_start_matches([' ', '\t', '>']);
        in_code ^= line.starts_with("```") || line.starts_with("~~~");
        match line.strip_prefix(':') {
            Some(rest) if !in_code && rest.starts_with([' ', '\t']) => {
                has_definition = true;
            }
            Some(_) if !in_code => return options,
            _ => {}
        }
    }
    if has_definition { options | Options::ENABLE_DEFINITION_LIST } else { options }
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
    /// The number of links and images that are being read.
    open_links: usize,
    /// Indices of events with text that came from raw HTML.
    from_html: BTreeSet<usize>,
    /// References without a definition.
    undefined: Vec<Undefined>,
    /// The definitions of references by their labels, and the starts of those that are used.
    definitions: BTreeMap<String, Range<usize>>,
    used: BTreeSet<usize>,
    prose: Prose,
    diags: &'a mut Diagnostics,
}

impl Builder<'_> {
    /// Reads the whole body.
    fn read(&mut self) {
        let body = self.body;
        let mut undefined = Vec::new();
        let mut on_undefined = |link: BrokenLink<'_>| {
            undefined.push(Undefined::new(link));
            None
        };
        let callback = Some(&mut on_undefined);
        let options = options(body);
        let parser = Parser::new_with_broken_link_callback(body, options, callback);
        let mut events = parser.into_offset_iter();
        let definitions = events.reference_definitions().iter();
        let definitions =
            definitions.map(|(l, def)| (slips::folded(l), def.span.clone()));
        self.definitions = definitions.collect();
        let mut texts = Vec::new();
        while let Some((event, range)) = events.next() {
            if let Event::Text(text) = event {
                texts.push((text, range));
                continue;
            }
            self.text(std::mem::take(&mut texts));
            self.depth(&event, &range);
            self.definition = match &event {
                Event::Start(Tag::Link { id, .. } | Tag::Image { id, .. }) => {
                    events.reference_definitions().get(id).map(|def| def.span.clone())
                }
                _ => None,
            };
            self.used.extend(self.definition.as_ref().map(|definition| definition.start));
            match event {
                Event::Start(Tag::HtmlBlock) => {
                    let lines = events.by_ref().take_while(|(event, _)| {
                        !matches!(event, Event::End(TagEnd::HtmlBlock))
                    });
                    let end = lines.last().map_or(range.start, |(_, line)| line.end);
                    self.depth -= 1;
                    self.html_block(range.start..end);
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
        drop(events);
        self.text(texts);
        self.undefined = undefined;
        self.name_footnotes();
    }

    /// Gives mentions of footnotes the names of their definitions, which may have other
    /// letter case.
    fn name_footnotes(&mut self) {
        let events = &mut self.prose.events;
        let mut names: BTreeMap<String, CowStr<'static>> = BTreeMap::new();
        for (event, _) in &*events {
            if let Event::Start(Tag::FootnoteDefinition(name)) = event {
                names.entry(slips::folded(name)).or_insert_with(|| name.clone());
            }
        }
        for (event, _) in events {
            if let Event::FootnoteReference(name) = event
                && let Some(defined) = names.get(&slips::folded(name))
            {
                name.clone_from(defined);
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
                self.open_links += 1;
                self.link(dest_url, &range, false);
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                self.open_links += 1;
                self.link(dest_url, &range, true);
            }
            Event::End(TagEnd::Link | TagEnd::Image) => self.open_links -= 1,
            Event::Start(Tag::CodeBlock(kind)) => {
                self.in_code = true;
                self.code_language(kind, span);
            }
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            Event::Text(text) if !self.in_code => self.words(text),
            Event::Code(text) => self.words(text),
            Event::SoftBreak | Event::HardBreak => self.words(" "),
            _ => {}
        }
        self.prose.events.push((event.into_static(), span));
    }

    /// Takes neighbouring pieces of text, with links in place of addresses.
    fn text(&mut self, pieces: Vec<(CowStr<'_>, Range<usize>)>) {
        let is_plain = self.in_code || self.open_links > 0;
        if is_plain || !pieces.iter().any(|(text, _)| autolink::may_have(text)) {
            for (text, range) in pieces {
                self.event(Event::Text(text), range);
            }
            return;
        }
        let whole: String = pieces.iter().map(|(text, _)| &**text).collect();
        let range = pieces.first().map_or(0, |(_, range)| range.start)
            ..pieces.last().map_or(0, |(_, range)| range.end);
        // Where a character is written in another way, places in the text are not those in
        // the file.
        let is_exact = range.len() == whole.len();
        let place = |part: Range<usize>| {
            if is_exact {
                range.start + part.start..range.start + part.end
            } else {
                range.clone()
            }
        };
        let before = self.body.get(..range.start).and_then(|b| b.chars().next_back());
        let mut at = 0;
        for address in autolink::find(&whole, before) {
            let Ok(url) = href::external(&address.target) else { continue };
            let Range { start, end } = address.range;
            if start > at {
                self.event(Event::Text(whole[at..start].into()), place(at..start));
            }
            let is_bare = address.target == whole[start..end];
            let link = Tag::Link {
                link_type: if is_bare { LinkType::Autolink } else { LinkType::Inline },
                dest_url: address.target.into(),
                title: CowStr::Borrowed(""),
                id: CowStr::Borrowed(""),
            };
            let (event, span) = (self.prose.events.len(), self.span(&place(start..end)));
            let href = Some(Href::External(url));
            self.prose.links.push(Link {
                href,
                span,
                is_empty: false,
                is_image: false,
                event,
            });
            self.prose.events.push((Event::Start(link.into_static()), span));
            self.event(Event::Text(whole[start..end].into()), place(start..end));
            self.prose.events.push((Event::End(TagEnd::Link), span));
            at = end;
        }
        if at < whole.len() {
            self.event(Event::Text(whole[at..].into()), place(at..whole.len()));
        }
    }

    fn words(&mut self, text: &str) {
        self.prose.words += words(text);
        if let Some(words) = &mut self.heading {
            words.push_str(text);
        }
    }

    fn html_block(&mut self, range: Range<usize>) {
        let block = self.body.get(range.clone()).unwrap_or_default();
        if let Some((message, hint)) = html::unclosed(block) {
            let line = block.lines().next().unwrap_or_default();
            let span = self.span(&(range.start..range.start + line.len()));
            let found = Diagnostic::new(Code::UnclosedBlock, span, message);
            self.diags.push(found.hint(hint));
        }
        self.html(block, range.start, html::Place::Block);
    }

    fn html(&mut self, html: &str, start: usize, place: html::Place) {
        let (file, at) = (self.file, self.base + start);
        for (event, range) in html::events(html, place) {
            let span = Span::new(file, at + range.start..at + range.end);
            if let Event::Text(text) = &event {
                self.words(text);
                self.from_html.insert(self.prose.events.len());
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

/// The code language of a fence's info string: its first word.
pub fn code_language(info: &str) -> &str {
    info.split([' ', ',', '{']).next().unwrap_or_default()
}
