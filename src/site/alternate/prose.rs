//! Prose as Markdown again: its links resolved, its embeds filled in.
//!
//! The author's own text would not do: its links lead to files of the book, and HTML that
//! pages show as text would be HTML again.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};
use pulldown_cmark_escape::escape_html_body_text;
use pulldown_cmark_to_cmark::{Options, cmark_with_options};
use tera::Value;

use super::escape::escaped;
use crate::book::{Embed, Prose, Target};
use crate::diag::Diagnostic;
use crate::raw;
use crate::site::Site;
use crate::site::embeds::{self, Place, arguments};
use crate::site::link;
use crate::site::markdown;
use crate::syntax;

/// The fewest signs that a fence has.
const FENCE: usize = 3;

/// A text as Markdown, for a page from which `root` leads to the site's base.
pub(in crate::site) fn prose_markdown(
    site: &Site<'_>,
    prose: &Prose,
    root: &str,
) -> Result<Value, Vec<Diagnostic>> {
    let mut writer = Writer {
        site,
        prose,
        root,
        out: Vec::new(),
        links: Vec::new(),
        words: String::new(),
        open: Vec::new(),
        in_code: false,
        in_html: false,
    };
    let mut found = Vec::new();
    for at in 0..prose.raw.events.len() {
        found.extend(writer.event(at).err().into_iter().flatten());
    }
    if !found.is_empty() {
        return Err(found);
    }
    writer.end_words();
    if writer.in_html {
        writer.out.push(Event::End(TagEnd::HtmlBlock));
    }
    let fence = writer.out.iter().filter_map(fence).max().unwrap_or(0).max(FENCE - 1);
    let options = Options {
        code_block_token_count: fence + 1,
        list_token: '-',
        newlines_after_htmlblock: 2,
        ..Options::default()
    };
    let mut text = String::new();
    cmark_with_options(writer.out.iter(), &mut text, options)
        .expect("events of a parser make a text");
    Ok(Value::safe_string(text.trim_start_matches('\n').trim_end()))
}

/// An embed of a text, by its position, as Markdown. One of the theme's own is a
/// component of a template in Markdown; without one it is left out.
fn embed_markdown(
    site: &Site<'_>,
    prose: &Prose,
    at: usize,
    root: &str,
) -> Result<String, Vec<Diagnostic>> {
    let written = &prose.raw.embeds[at];
    let made = match &prose.embeds[at] {
        Embed::Theme(given) => {
            site.engine.text_component(&written.name, &arguments(&given.entries))
        }
        Embed::BuiltIn(contents) => {
            let place = Place { root, id: &format!("E-{}", at + 1) };
            let (template, context) =
                embeds::view(site, &written.name, &**contents, place);
            let mut out = Vec::new();
            let made = site.engine.text(template, &context, &mut out);
            made.map(|()| String::from_utf8_lossy(&out).trim().to_owned())
        }
        Embed::Nothing => Ok(String::new()),
    };
    let note = "shown here";
    made.map_err(|f| f.into_iter().map(|d| d.label(written.span, note)).collect())
}

/// Escapes text for HTML.
fn html_escaped(text: &str) -> String {
    let mut html = String::new();
    escape_html_body_text(&mut html, text).expect("a String takes all text");
    html
}

/// A code block between fences, with its language alone.
fn fenced(kind: &CodeBlockKind<'_>) -> CodeBlockKind<'static> {
    let language = match kind {
        CodeBlockKind::Fenced(info) => raw::code_language(info),
        CodeBlockKind::Indented => "",
    };
    let is_plain = syntax::find(language).is_some();
    let language = if is_plain { language } else { "" };
    CodeBlockKind::Fenced(CowStr::from(language.to_owned()))
}

/// The longest row of backticks in a piece of text.
fn fence(event: &Event<'_>) -> Option<usize> {
    let Event::Text(text) = event else { return None };
    text.split(|c| c != '`').map(str::len).max()
}

/// Writes one text.
struct Writer<'a> {
    site: &'a Site<'a>,
    prose: &'a Prose,
    root: &'a str,
    /// Events that are still to be written.
    out: Vec<Event<'a>>,
    /// The end of each open tag.
    open: Vec<TagEnd>,
    /// Whether each open link and image is one in Markdown too.
    links: Vec<bool>,
    /// Text in one piece: the parser's pieces end anywhere.
    words: String,
    /// Whether code is being written.
    in_code: bool,
    /// Whether a block of HTML is open.
    in_html: bool,
}

impl Writer<'_> {
    fn event(&mut self, at: usize) -> Result<(), Vec<Diagnostic>> {
        let prose = self.prose;
        let event = &prose.raw.events[at].0;
        if self.in_html && !matches!(event, Event::Html(_) | Event::Text(_)) {
            self.in_html = false;
            self.out.push(Event::End(TagEnd::HtmlBlock));
        }
        if !matches!(event, Event::Text(_)) {
            self.end_words();
        }
        let embeds = &prose.raw.embeds;
        let embed = embeds.binary_search_by_key(&at, |embed| embed.event).ok();
        match event {
            Event::Start(tag) if embed.is_none() => self.open.push(tag.to_end()),
            Event::End(_) => _ = self.open.pop(),
            _ => {}
        }
        match event {
            Event::Start(Tag::CodeBlock(kind)) => match embed {
                Some(embed) => self.embed(embed)?,
                None => {
                    self.in_code = true;
                    self.out.push(Event::Start(Tag::CodeBlock(fenced(kind))));
                }
            },
            Event::End(TagEnd::CodeBlock) => {
                self.in_code = false;
                self.out.push(Event::End(TagEnd::CodeBlock));
            }
            Event::Start(Tag::Link { title, link_type, .. }) => {
                self.link(at, title, *link_type);
            }
            Event::Start(Tag::Image { title, .. }) => self.image(at, title),
            Event::End(end @ (TagEnd::Link | TagEnd::Image)) => {
                if self.links.pop() == Some(true) {
                    self.out.push(Event::End(*end));
                }
            }
            Event::Html(html) => self.html(html),
            Event::Text(text) if self.in_html => self.html(&html_escaped(text)),
            Event::Text(text) if !self.in_code => self.words.push_str(text),
            Event::SoftBreak if self.must_go_on() => {
                self.out.push(Event::InlineHtml(CowStr::Borrowed(" ")));
            }
            Event::HardBreak if self.must_go_on() => {
                self.out.push(Event::InlineHtml(CowStr::Borrowed("<br>")));
            }
            other => self.out.push(other.clone()),
        }
        Ok(())
    }

    /// Whether a line must go on where the text has a break: in a heading, and after a tag,
    /// which alone on its line would begin a block of HTML, in which nothing is escaped.
    fn must_go_on(&self) -> bool {
        if self.open.iter().any(|tag| matches!(tag, TagEnd::Heading(_))) {
            return true;
        }
        // What is text was escaped and begins with no `<`.
        let is_tag = |text: &str| text == " " || text.starts_with('<');
        matches!(self.out.last(), Some(Event::InlineHtml(text)) if is_tag(text))
    }

    /// Ends the text that was gathered; what is escaped here is written as it is.
    fn end_words(&mut self) {
        if self.words.is_empty() {
            return;
        }
        let is_start = match self.out.last() {
            None | Some(Event::SoftBreak | Event::HardBreak) => true,
            Some(Event::Start(tag)) => matches!(
                tag,
                Tag::Paragraph
                    | Tag::Item
                    | Tag::BlockQuote(_)
                    | Tag::FootnoteDefinition(_)
                    | Tag::DefinitionListTitle
                    | Tag::DefinitionListDefinition
            ),
            Some(_) => false,
        };
        let text = escaped(&std::mem::take(&mut self.words), is_start);
        // HTML that became text is where only blocks are allowed.
        let top = self.open.last();
        let is_bare = matches!(top, None | Some(TagEnd::BlockQuote(_)));
        if is_bare {
            self.out.push(Event::Start(Tag::Paragraph));
        }
        self.out.push(Event::InlineHtml(CowStr::from(text)));
        if is_bare {
            self.out.push(Event::End(TagEnd::Paragraph));
        }
    }

    /// Tags that stand between blocks make a block of their own, up to the next that has
    /// none.
    fn html(&mut self, html: &str) {
        if !self.in_html {
            self.in_html = true;
            self.out.push(Event::Start(Tag::HtmlBlock));
        }
        self.out.push(Event::Html(CowStr::from(html.to_owned())));
    }

    /// A mark before a link would make an image of it.
    fn close_mark(&mut self) {
        if let Some(Event::InlineHtml(text)) = self.out.last_mut()
            && let Some(text_before) = text.strip_suffix('!')
        {
            *text = CowStr::from(format!("{text_before}\\!"));
        }
    }

    fn embed(&mut self, at: usize) -> Result<(), Vec<Diagnostic>> {
        let text = embed_markdown(self.site, self.prose, at, self.root)?;
        if !text.is_empty() {
            self.out.push(Event::Start(Tag::HtmlBlock));
            self.out.push(Event::Html(CowStr::from(text)));
            self.out.push(Event::End(TagEnd::HtmlBlock));
        }
        Ok(())
    }

    fn target(&self, at: usize) -> Option<(usize, &Target)> {
        let links = &self.prose.raw.links;
        let found = links.binary_search_by_key(&at, |link| link.event).ok()?;
        Some((found, &self.prose.targets[found]))
    }

    fn link(&mut self, at: usize, title: &CowStr<'_>, link_type: LinkType) {
        let Some((found, target)) = self.target(at) else {
            return self.links.push(false);
        };
        let (href, words) = (self.href(target), self.words(target));
        let title = match target {
            Target::Fact(framework, criterion) => {
                link::origin(self.site, *framework, *criterion)
            }
            _ => title.to_string(),
        };
        let is_open = !matches!(target, Target::Nowhere);
        self.close_mark();
        let is_plain = matches!(link_type, LinkType::Autolink | LinkType::Email);
        self.links.push(is_open);
        if is_open {
            let link_type = if is_plain { link_type } else { LinkType::Inline };
            self.out.push(Event::Start(Tag::Link {
                link_type,
                dest_url: CowStr::from(href),
                title: CowStr::from(title),
                id: CowStr::from(""),
            }));
        }
        // The address of an autolink is its text already.
        if self.prose.raw.links[found].is_empty && !is_plain {
            self.words.push_str(&words);
        }
    }

    fn image(&mut self, at: usize, title: &CowStr<'_>) {
        let Some((_, target @ Target::Asset(_))) = self.target(at) else {
            return self.links.push(false);
        };
        let dest_url = CowStr::from(self.href(target));
        self.close_mark();
        self.links.push(true);
        self.out.push(Event::Start(Tag::Image {
            link_type: LinkType::Inline,
            dest_url,
            title: CowStr::from(title.to_string()),
            id: CowStr::from(""),
        }));
    }

    /// The address of a link: the Markdown alternate of a page if it has one.
    fn href(&self, target: &Target) -> String {
        match target {
            Target::Fragment(part) => format!("#{part}"),
            Target::External(url) => url.clone(),
            inner => {
                let route = self.site.plan.href(self.site.book, inner);
                let whole = route.split('#').next().unwrap_or_default();
                let alternate =
                    self.site.plan.page(whole).and_then(crate::plan::Page::alternate);
                let route = alternate.map_or(route, |alternate| alternate.to_string());
                format!("{}{route}", self.root)
            }
        }
    }

    /// The words of a link that has none: the target's title; for a part, its heading.
    fn words(&self, target: &Target) -> String {
        match target {
            Target::Fragment(part) => {
                let heading = self.prose.raw.headings.iter().position(|h| h.id == *part);
                let text = |at| markdown::heading_text(self.site, self.prose, at);
                heading.map_or_else(|| part.clone(), text)
            }
            other => link::title(self.site, other),
        }
    }
}
