//! Titles and descriptions, for search engines and social networks.

use std::collections::BTreeSet;

use html5gum::{Token, Tokenizer};
use tempfile::TempDir;

use super::super::build::{guide, tree};
use super::super::support::Project;
use super::{built, file};

/// What stands in the head of a page.
struct Head {
    title: String,
    /// Names and contents of its `meta` elements, in order.
    meta: Vec<(String, String)>,
}

impl Head {
    fn of(html: &str) -> Self {
        let (mut title, mut is_title, mut meta) = (String::new(), false, Vec::new());
        for token in Tokenizer::new(html.split("<body").next().unwrap()) {
            match token {
                Ok(Token::StartTag(tag)) => {
                    is_title = *tag.name == b"title"[..];
                    let value = |name: &[u8]| {
                        let value = tag.attributes.get(name);
                        value.map(|value| String::from_utf8_lossy(value).into_owned())
                    };
                    let name = value(b"name").or(value(b"property"));
                    meta.extend(name.zip(value(b"content")));
                }
                Ok(Token::String(text)) if is_title => {
                    title.push_str(&String::from_utf8_lossy(&text));
                }
                Ok(Token::EndTag(_)) => is_title = false,
                _ => {}
            }
        }
        Self { title, meta }
    }

    #[track_caller]
    fn get(&self, name: &str) -> &str {
        let mut found = self.meta.iter().filter(|(known, _)| known == name);
        let value = found.next().map(|(_, value)| value.as_str());
        assert!(found.next().is_none(), "{name} stands twice");
        value.unwrap_or_default()
    }
}

#[test]
fn titles_and_descriptions_of_the_guide_fit_and_are_its_pages_own() {
    let temp = TempDir::new().unwrap();
    let site = temp.path().join("site");
    guide::build(&site, &[]);
    let (mut titles, mut descriptions) = (BTreeSet::new(), BTreeSet::new());
    for (path, bytes) in tree(&site) {
        let html = String::from_utf8(bytes).unwrap_or_default();
        let is_page = path.ends_with(".html") && path != "404.html";
        if !is_page || html.contains("http-equiv=\"refresh\"") {
            continue;
        }
        let head = Head::of(&html);
        let description = head.get("description");
        let length = description.chars().count();
        assert!((70..=160).contains(&length), "{path}: {length}, {description}");
        assert!(!description.ends_with('…'), "{path}: {description}");
        assert!(head.title.chars().count() <= 60, "{path}: {}", head.title);
        assert_eq!(head.get("og:description"), description, "{path}");
        assert!(head.title.starts_with(head.get("og:title")), "{path}");
        assert!(titles.insert(head.title.clone()), "{path}: {}", head.title);
        assert!(descriptions.insert(description.to_owned()), "{path}: {description}");
    }
    assert!(titles.len() > 80);
}

#[test]
fn a_page_introduces_itself_to_social_networks() {
    let book = Project::minimal().edit(
        "book.toml",
        "base_url",
        "language = \"pt-BR\"\ntheme = \"own\"\nbase_url",
    );
    let strings = "nav_home = \"In\u{ed}cio\"\n";
    let book = book.file("themes/own/strings/pt.toml", strings);
    let book = built(book.file("themes/own/theme.toml", ""));
    let head = Head::of(&file(&book, "guides/how-to-choose/index.html"));
    let expected = [
        ("og:type", "article"),
        ("og:title", "How to choose"),
        ("og:url", "https://example.org/small/guides/how-to-choose/"),
        ("og:site_name", "A small book"),
        ("og:locale", "pt_BR"),
        ("twitter:card", "summary"),
    ];
    for (name, value) in expected {
        assert_eq!(head.get(name), value, "{name}");
    }
    // The summary alone would be short.
    let whole = "Three questions, in order. \
                 Three frameworks, compared by one criterion of each kind.";
    assert_eq!(head.get("og:description"), whole);
    assert_eq!(Head::of(&file(&book, "index.html")).get("og:type"), "website");
    let lost = file(&book, "404.html");
    assert!(!lost.contains("content=\"\""), "{lost}");
}
