//! One page of HTML: its ids and links, and what is wrong with it by itself.

use std::collections::BTreeSet;

use html5gum::{DefaultEmitter, HtmlString, StartTag, Token, Tokenizer};

/// The parts of a page that are checked.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Ids of its parts.
    pub(super) ids: BTreeSet<String>,
    /// Addresses that it links to or fetches from.
    pub(super) links: BTreeSet<String>,
    /// Ids that its own elements refer to.
    pub(super) references: BTreeSet<String>,
    /// Faults, as messages.
    pub(super) faults: Vec<String>,
    /// The level of the last heading.
    level: u8,
    /// The number of first-level headings.
    titles: usize,
}

/// Attributes that hold one address.
const ADDRESSES: &[&str] =
    &["href", "src", "action", "formaction", "poster", "data", "cite"];
/// Attributes that hold ids of the same page.
const REFERENCES: &[&str] = &[
    "for",
    "headers",
    "list",
    "form",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "aria-details",
    "aria-activedescendant",
];
/// Types of script elements that hold data.
const DATA: &[&str] = &["application/json", "application/ld+json"];

/// Reads a page.
pub(super) fn scan(html: &[u8]) -> Page {
    let mut page = Page::default();
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(html, emitter).flatten() {
        match token {
            Token::StartTag(tag) => page.tag(&tag),
            Token::Error(error) => {
                page.fault(format!("HTML has an error: {}", error.value));
            }
            Token::EndTag(_)
            | Token::String(_)
            | Token::Comment(_)
            | Token::Doctype(_) => {}
        }
    }
    if page.titles != 1 {
        page.fault(format!("{} first-level headings in place of one", page.titles));
    }
    page
}

impl Page {
    /// Whether a part has an id.
    pub(super) fn has_id(&self, id: &str) -> bool {
        self.ids.contains(id) || id == "top"
    }

    fn fault(&mut self, message: String) {
        self.faults.push(message);
    }

    fn tag(&mut self, tag: &StartTag<()>) {
        let name = text(&tag.name);
        self.heading(&name);
        for (key, value) in &tag.attributes {
            self.attribute(&name, tag, &text(key), &text(value));
        }
        if name == "script" {
            self.script(tag);
        }
        if name == "img" && !tag.attributes.contains_key(&b"alt"[..]) {
            self.fault("an image has no `alt`".to_owned());
        }
    }

    fn attribute(&mut self, name: &str, tag: &StartTag<()>, key: &str, value: &str) {
        match key {
            "id" => {
                if value.is_empty() || value.contains(char::is_whitespace) {
                    self.fault(format!("`{value}` cannot be an id"));
                }
                if !self.ids.insert(value.to_owned()) {
                    self.fault(format!("the id `{value}` stands twice"));
                }
            }
            "style" => self.fault(format!("`<{name}>` has a `style` attribute")),
            "srcset" => {
                for candidate in value.split(',') {
                    let address = candidate.split_whitespace().next().unwrap_or_default();
                    self.link(address);
                }
            }
            "content" if is(tag, "http-equiv", "refresh") => {
                if let Some((_, address)) = value.split_once("url=") {
                    self.link(address);
                }
            }
            key if key.starts_with("on") => {
                self.fault(format!("`<{name}>` has script in its attribute `{key}`"));
            }
            key if REFERENCES.contains(&key) => {
                self.references.extend(value.split_whitespace().map(str::to_owned));
            }
            key if ADDRESSES.contains(&key) => {
                let is_fetched = key != "href" && key != "action" && key != "cite"
                    || name == "link" && fetches(tag);
                if is_fetched && (value.contains("://") || value.starts_with("//")) {
                    self.fault(format!("`{value}` is fetched from another site"));
                }
                self.link(value);
            }
            _ => {}
        }
    }

    fn link(&mut self, address: &str) {
        if !self.links.contains(address) {
            self.links.insert(address.to_owned());
        }
    }

    fn heading(&mut self, name: &str) {
        let level = match name.as_bytes() {
            [b'h', level @ b'1'..=b'6'] => level - b'0',
            _ => return,
        };
        if level == 1 {
            self.titles += 1;
        }
        if level > self.level + 1 {
            let before = match self.level {
                0 => "nothing".to_owned(),
                before => format!("one of level {before}"),
            };
            self.fault(format!("a heading of level {level} follows {before}"));
        }
        self.level = level;
    }

    /// The page's own policy blocks scripts between tags.
    fn script(&mut self, tag: &StartTag<()>) {
        let kind = tag.attributes.get(&b"type"[..]).map(|value| text(value));
        let is_data = kind.is_some_and(|kind| DATA.contains(&kind.as_str()));
        if !is_data && !tag.attributes.contains_key(&b"src"[..]) {
            self.fault("a `<script>` is written into the page".to_owned());
        }
    }
}

/// Whether an attribute of a tag has a value.
fn is(tag: &StartTag<()>, key: &str, expected: &str) -> bool {
    let value = tag.attributes.get(key.as_bytes());
    value.is_some_and(|value| text(value).eq_ignore_ascii_case(expected))
}

/// Whether a browser fetches what a `link` element names.
fn fetches(tag: &StartTag<()>) -> bool {
    ["stylesheet", "icon", "preload", "modulepreload", "manifest", "prefetch"]
        .iter()
        .any(|rel| is(tag, "rel", rel))
}

fn text(bytes: &HtmlString) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
