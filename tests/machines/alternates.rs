//! Pages as Markdown, and the list of them.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;
use tempfile::TempDir;
use url::Url;

use super::super::build::{crawl, guide, tree};
use super::super::support::Project;
use super::{built, file};

/// What a text in Markdown links to.
fn links(markdown: &str) -> Vec<String> {
    let events = Parser::new_ext(markdown, Options::ENABLE_TABLES);
    let links = events.filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
            Some(dest_url.into_string())
        }
        _ => None,
    });
    links.collect()
}

/// The rows of all tables of a text, as words.
fn rows(markdown: &str) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut in_cell = false;
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
            Event::Start(Tag::TableCell) => {
                in_cell = true;
                rows.last_mut().unwrap().push(String::new());
            }
            Event::End(TagEnd::TableCell) => in_cell = false,
            Event::Text(text) | Event::Code(text) if in_cell => {
                rows.last_mut().unwrap().last_mut().unwrap().push_str(&text);
            }
            _ => {}
        }
    }
    rows
}

/// A book with every kind of nothing, and signs that mean something in Markdown.
fn signs() -> Project {
    Project::minimal().edit(
        "content/frameworks/flask.toml",
        "orm = { value = \"partial\", note = \"By an extension.\" }",
        "orm = { value = false, note = \"a | b, *c* and <d>\\n# e\" }\n\
         company = \"_Pallets_ | R&D\"",
    )
}

#[test]
fn a_profile_in_markdown_tells_the_three_kinds_of_nothing_apart() {
    let book = built(signs());
    let rows = rows(&file(&book, "frameworks/flask/index.md"));
    let row = |title: &str| {
        let row = rows.iter().find(|row| row[0] == title);
        row.unwrap_or_else(|| panic!("{title} in {rows:?}")).clone()
    };
    let row = |title: &str| row(title)[1..].join(" / ");
    let manual = "The frameworks' manuals / 2026-11-20";
    assert_eq!(row("ORM"), format!("No / a | b, *c* and <d> # e / {manual}"));
    let empty = "Nobody has added this fact yet. / No source / No date";
    assert_eq!(row("Release"), format!("Unknown / {empty}"));
    assert_eq!(
        row("Databases"),
        format!("Not applicable / Extensions decide. / {manual}")
    );
    assert_eq!(row("Company"), format!("_Pallets_ | R&D / No note / {manual}"));
    let number = row("Throughput (req/s, higher is better)");
    assert_eq!(number, "4,000 / One process. / The frameworks' manuals / 2026-10-01");
}

#[test]
fn pages_lead_to_their_markdown_and_to_the_list_of_it() {
    let book = built(signs());
    let page = file(&book, "guides/how-to-choose/index.html");
    let alternate = "<link rel=\"alternate\" type=\"text/markdown\" \
                     href=\"../../guides/how-to-choose/index.md\">";
    assert!(page.contains(alternate), "{page}");
    assert!(
        page.contains("<link rel=\"describedby\" href=\"../../llms.txt\">"),
        "{page}"
    );
    let list = file(&book, "guides/index.html");
    assert!(!list.contains("text/markdown"), "{list}");
    assert!(file(&book, "404.html").contains("href=\"/small/llms.txt\""));
    crawl::assert_whole(&book.path("public"), "/small/");
}

#[test]
fn a_guide_in_markdown_has_its_embeds_and_its_links() {
    let book = built(signs());
    let text = file(&book, "guides/how-to-choose/index.md");
    let expected = "# How to choose\n\n> Three questions, in order.\n\n- 1 minute to read\n\
        - Published 22 November 2026\n\n## Who writes it?\n\n\
        See [Django](../../frameworks/django/index.md), or \
        [both](../../compare/django-vs-rails/index.md).\n\n\
        | Criterion | [Django](../../frameworks/django/index.md) | \
        [Rails](../../frameworks/rails/index.md) |\n| --- | --- | --- |\n\
        | [ORM](../../criteria/orm/) | Yes | Yes |\n\
        | [Documentation](../../criteria/docs/) | 5 of 5 (Best) | 4 of 5 |\n\n\
        ---\n\nFacts on this page up to 22 November 2026. [This page for browsers](./)\n";
    assert_eq!(text, expected);
}

#[test]
fn what_search_engines_may_not_list_is_in_no_list() {
    let pairs = "[versus]\npairs = \"all\"\n";
    let text = String::from_utf8(Project::minimal().read("book.toml")).unwrap();
    let book = built(Project::minimal().file("book.toml", &format!("{text}\n{pairs}")));
    assert!(book.path("public/compare/django-vs-flask/index.html").is_file());
    assert!(!book.path("public/compare/django-vs-flask/index.md").exists());
    assert!(book.path("public/compare/django-vs-rails/index.md").is_file());
    let page = file(&book, "compare/django-vs-flask/index.html");
    assert!(!page.contains("text/markdown"), "{page}");
    let list = file(&book, "llms.txt");
    assert!(
        !list.contains("django-vs-flask") && list.contains("django-vs-rails"),
        "{list}"
    );
    // A profile leads to the page for browsers where there is no other.
    let profile = file(&book, "frameworks/django/index.md");
    assert!(profile.contains("(../../compare/django-vs-flask/)"), "{profile}");
    assert!(profile.contains("(../../compare/django-vs-rails/index.md)"), "{profile}");
}

#[test]
fn the_list_has_the_form_that_programs_expect() {
    let book = built(Project::minimal());
    let list = file(&book, "llms.txt");
    let mut lines = list.lines();
    assert_eq!(lines.next(), Some("# A small book"));
    assert_eq!(lines.next(), Some(""));
    let description = "> Three frameworks, compared by one criterion of each kind.";
    assert_eq!(lines.next(), Some(description));
    let heads: Vec<&str> = list.lines().filter(|line| line.starts_with("## ")).collect();
    let expected =
        ["Best for", "Frameworks", "Head to head", "Guides", "Data", "Optional"];
    assert_eq!(heads, expected.map(|head| format!("## {head}")));
    let (_, items) = list.split_once("\n## ").unwrap();
    for line in items.lines().filter(|line| !line.is_empty()) {
        let is_item =
            line.starts_with("- [") && line.contains("](https://example.org/small/");
        assert!(
            is_item || heads.contains(&&*format!("## {line}")) || heads.contains(&line),
            "{line}"
        );
    }
    for link in links(&list) {
        let path = link.strip_prefix("https://example.org/small/").unwrap();
        let path =
            if path.ends_with('/') { format!("{path}index.html") } else { path.into() };
        assert!(book.path(&format!("public/{path}")).is_file(), "{link}");
    }
    let bare = built(Project::empty().file(
        "book.toml",
        "[book]\ntitle = \"Nothing yet\"\nbase_url = \"https://example.org/\"\n",
    ));
    assert!(file(&bare, "llms.txt").starts_with("# Nothing yet\n\n0 frameworks"));
}

#[test]
fn every_link_of_the_guide_in_markdown_is_relative_and_leads_somewhere() {
    let temp = TempDir::new().unwrap();
    let site = temp.path().join("site");
    guide::build(&site, &[]);
    let tree = tree(&site);
    let texts: BTreeMap<&String, &str> = tree
        .iter()
        .filter(|(path, _)| path.ends_with(".md"))
        .map(|(path, bytes)| (path, std::str::from_utf8(bytes).unwrap()))
        .collect();
    assert!(texts.len() > 20, "{:?}", texts.keys());
    let base = Url::parse("http://host.test/a/b/").unwrap();
    for (path, text) in &texts {
        assert!(!text.contains("example.github.io/backend-frameworks"), "{path}");
        let prose = text.split("```").step_by(2);
        for part in prose {
            assert!(!part.contains("\n\n\n"), "{path} has two empty lines");
        }
        for link in links(text) {
            let target = base.join(path).unwrap().join(&link).unwrap();
            if target.host_str() != Some("host.test") {
                continue;
            }
            let below = target.path().strip_prefix("/a/b/");
            let below = below.unwrap_or_else(|| panic!("{path}: {link}")).to_owned();
            let is_page = below.is_empty() || below.ends_with('/');
            let file = if is_page { format!("{below}index.html") } else { below };
            let found = tree.get(&file).unwrap_or_else(|| panic!("{path}: {link}"));
            let Some(part) = target.fragment().filter(|_| is_page) else { continue };
            let html = String::from_utf8_lossy(found);
            assert!(html.contains(&format!("id=\"{part}\"")), "{path}: {link}");
        }
    }
}

#[test]
fn tables_of_facts_in_markdown_say_what_the_data_says() {
    let temp = TempDir::new().unwrap();
    let site = temp.path().join("site");
    guide::build(&site, &[]);
    let tree = tree(&site);
    let json = |path: &str| -> Value { serde_json::from_slice(&tree[path]).unwrap() };
    let criteria = json("api/v1/criteria.json");
    for framework in json("api/v1/frameworks.json").as_array().unwrap() {
        let slug = framework["slug"].as_str().unwrap();
        let text = &tree[&format!("frameworks/{slug}/index.md")];
        let rows = rows(std::str::from_utf8(text).unwrap());
        for criterion in criteria.as_array().unwrap() {
            let title = criterion["title"].as_str().unwrap();
            let fact = &framework["facts"][criterion["id"].as_str().unwrap()];
            let is_of = |row: &&Vec<String>| {
                let head = row[0].strip_prefix(title);
                row.len() == 5
                    && head.is_some_and(|h| h.is_empty() || h.starts_with(" ("))
            };
            let row = rows.iter().find(is_of);
            let row = row.unwrap_or_else(|| panic!("{slug} has no row `{title}`"));
            let expected = match fact["state"].as_str().unwrap() {
                "unknown" => "Unknown",
                "na" => "Not applicable",
                _ => fact["text"].as_str().unwrap(),
            };
            assert!(row[1].starts_with(expected), "{slug} {title}: {row:?}, {expected}");
        }
    }
}

#[test]
fn notes_of_one_word_and_email_addresses_are_no_dead_links() {
    let guide = "+++\ntitle = \"Case\"\nsummary = \"A case.\"\npublished = 2026-11-22\n+++\n\n\
                 Faster[^1] and smaller[^2]. Write to <editors@example.org>.\n\n\
                 [^1]: Unverified.\n[^2]: [docs](https://example.org/docs)\n";
    let book = Project::minimal().file("content/guides/case.md", guide);
    assert_eq!(book.findings(), Vec::<String>::new());
}
