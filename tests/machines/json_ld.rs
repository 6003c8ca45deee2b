//! JSON-LD: only what is listed, and only what the page shows.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use html5gum::{Token, Tokenizer};
use serde_json::Value;
use tempfile::TempDir;

use super::super::build::guide;
use super::super::support::Project;
use super::{built, file};

/// All that may be spoken of.
const TYPES: &[&str] = &[
    "Answer",
    "BreadcrumbList",
    "DataDownload",
    "Dataset",
    "FAQPage",
    "ItemList",
    "ListItem",
    "Question",
    "SoftwareSourceCode",
    "TechArticle",
    "WebSite",
];

/// Keys whose values are no words: addresses, and words of schema.org.
const ADDRESSES: &[&str] = &[
    "@context",
    "@type",
    "codeRepository",
    "contentUrl",
    "encodingFormat",
    "item",
    "itemListOrder",
    "mainEntityOfPage",
    "url",
];

/// A page as a reader sees it.
struct Seen {
    /// Its words, without what is between them.
    words: String,
    /// Days, as programs read them.
    days: BTreeSet<String>,
    /// What it says in JSON-LD.
    graph: Vec<Value>,
    /// Whether it leads elsewhere by itself.
    is_redirect: bool,
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

fn seen(html: &str) -> Seen {
    let (mut words, mut days) = (String::new(), BTreeSet::new());
    // The number of a footnote is no word of the sentence that it stands in.
    let mut is_mention = false;
    let (_, body) = html.split_once("<body").unwrap();
    for token in Tokenizer::new(body) {
        match token {
            Ok(Token::String(_)) if is_mention => is_mention = false,
            Ok(Token::String(text)) => words.push_str(&String::from_utf8_lossy(&text)),
            Ok(Token::StartTag(tag)) => {
                let role = tag.attributes.get(&b"role"[..]);
                is_mention = role.is_some_and(|role| ***role == b"doc-noteref"[..]);
                if let Some(day) = tag.attributes.get(&b"datetime"[..]) {
                    days.insert(String::from_utf8_lossy(day).into_owned());
                }
            }
            _ => {}
        }
    }
    let mut scripts = html.split("<script type=\"application/ld+json\">");
    scripts.next();
    let json = scripts.next().map(|rest| rest.split("</script>").next().unwrap());
    assert!(scripts.next().is_none(), "there are two");
    let graph = json.map_or_else(Vec::new, |json| {
        assert!(!json.contains(['<', '>', '&', '\u{2028}']), "{json}");
        let json: Value = serde_json::from_str(json).unwrap();
        assert_eq!(json["@context"], "https://schema.org");
        json["@graph"].as_array().unwrap().clone()
    });
    let is_redirect = html.contains("http-equiv=\"refresh\"");
    Seen { words: squeezed(&words), days, graph, is_redirect }
}

/// What is said and not shown, or not to be said at all.
fn faults(value: &Value, key: &str, page: &Seen, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            let kind = map["@type"].as_str().unwrap();
            if !TYPES.contains(&kind) {
                found.push(format!("`{kind}` is none of the types"));
            }
            map.iter().for_each(|(key, value)| faults(value, key, page, found));
        }
        Value::Array(items) => {
            items.iter().for_each(|item| faults(item, key, page, found));
        }
        Value::String(text) if ADDRESSES.contains(&key) => {
            let is_word = key == "@type" || key == "encodingFormat";
            let is_address = is_word || text.starts_with("http");
            found.extend((!is_address).then(|| format!("`{key}` is no address: {text}")));
        }
        Value::String(day) if key.starts_with("date") => {
            let is_shown = page.days.contains(day);
            found.extend((!is_shown).then(|| format!("`{key}` {day} is not shown")));
        }
        Value::String(text) => {
            let is_shown = page.words.contains(&squeezed(text));
            found.extend((!is_shown).then(|| format!("`{key}` is not shown: {text}")));
        }
        _ => {}
    }
    let word = key.to_lowercase();
    if word.contains("rating") || word.contains("review") {
        found.push(format!("`{key}` is there"));
    }
}

/// The types of the things that are spoken of at the top, by page.
#[track_caller]
fn assert_honest(site: &Path) -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::new();
    let mut wrong = Vec::new();
    for (path, bytes) in super::super::build::tree(site) {
        if !path.ends_with(".html") {
            continue;
        }
        let page = seen(&String::from_utf8(bytes).unwrap());
        if page.is_redirect {
            assert!(page.graph.is_empty(), "{path}");
            continue;
        }
        let mut found = Vec::new();
        page.graph.iter().for_each(|node| faults(node, "", &page, &mut found));
        wrong.extend(found.into_iter().map(|fault| format!("{path}: {fault}")));
        let kinds = page.graph.iter().map(|node| node["@type"].as_str().unwrap());
        all.insert(path, kinds.map(str::to_owned).collect());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    all
}

#[test]
fn pages_of_the_guide_say_only_what_they_show() {
    let temp = TempDir::new().unwrap();
    let site = temp.path().join("site");
    guide::build(&site, &[]);
    let all = assert_honest(&site);
    for (path, kinds) in &all {
        let folder = path.split('/').next().unwrap();
        let depth = path.matches('/').count();
        let own = match (folder, depth) {
            ("index.html", _) => Some("WebSite"),
            ("404.html", _) => None,
            ("frameworks" | "guides", 2) => Some("TechArticle"),
            ("compare", 2) => Some("TechArticle"),
            ("best-for", 2) => Some("ItemList"),
            ("faq", 1) => Some("FAQPage"),
            ("data", 1) => Some("Dataset"),
            _ => None,
        };
        let crumbs =
            (!matches!(folder, "index.html" | "404.html")).then_some("BreadcrumbList");
        let expected: Vec<&str> = crumbs.into_iter().chain(own).collect();
        assert_eq!(*kinds, expected, "{path}");
    }
}

#[test]
fn places_of_a_ranking_have_the_ranks_of_the_data() {
    let temp = TempDir::new().unwrap();
    let site = temp.path().join("site");
    guide::build(&site, &[]);
    let tree = super::super::build::tree(&site);
    let mut lists = 0;
    let goals = tree.keys().filter(|path| path.starts_with("api/v1/goals/")).count();
    let is_goal = |path: &str| path.starts_with("best-for/") && path.ends_with(".html");
    for (path, bytes) in tree.iter().filter(|(path, _)| is_goal(path)) {
        let page = seen(std::str::from_utf8(bytes).unwrap());
        let Some(list) = page.graph.iter().find(|n| n["@type"] == "ItemList") else {
            continue;
        };
        lists += 1;
        let goal = path.split('/').nth(1).unwrap();
        let data = &tree[&format!("api/v1/goals/{goal}.json")];
        let data: Value = serde_json::from_slice(data).unwrap();
        let ranking = data["ranking"].as_array().unwrap();
        let items = list["itemListElement"].as_array().unwrap();
        assert_eq!(items.len(), ranking.len(), "{goal}");
        for (item, place) in items.iter().zip(ranking) {
            assert_eq!(item["position"], place["rank"], "{goal}");
            let profile =
                format!("/frameworks/{}/", place["framework"].as_str().unwrap());
            assert!(item["url"].as_str().unwrap().ends_with(&profile), "{item}");
        }
    }
    assert!(lists > 0 && lists == goals, "{lists} lists for {goals} goals");
}

#[test]
fn what_an_author_writes_cannot_leave_the_script() {
    let evil = "</script><script>alert(1)</script> & <!-- \\u2028";
    let book = Project::minimal()
        .edit("book.toml", "title = \"A small book\"", &format!("title = \"{evil}\""))
        .edit(
            "content/frameworks/django.toml",
            "name = \"Django\"",
            &format!(
                "name = \"{evil} 2\"\nlicense = \"{evil}\"\n\
                      repository = \"https://example.org/?a=1&b=</script>\""
            ),
        )
        .file(
            "content/faq.md",
            "
            ## Group

            ### Why?

            See [](framework:django), `</script>`[^n] and ![a picture](assets/dot.svg).

            - One
            - Two

            [^n]: A note.
            ",
        )
        .file("content/assets/dot.svg", "<svg viewBox=\"0 0 4 2\"></svg>\n");
    let book = built(book);
    assert_honest(&book.path("public"));
    let faq = seen(&file(&book, "faq/index.html"));
    let answer = &faq.graph[1]["mainEntity"][0]["acceptedAnswer"]["text"];
    // A separator of lines is white space.
    let shown = evil.replace(" \\u2028", "");
    assert_eq!(*answer, format!("See {shown} 2, </script> and . One Two"));
}

#[test]
fn what_the_book_does_not_say_is_left_out() {
    let book = built(Project::minimal());
    let page = seen(&file(&book, "frameworks/rails/index.html"));
    let about = &page.graph[1]["about"][0];
    let keys: Vec<&String> = about.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["@type", "mainEntityOfPage", "name", "programmingLanguage"]);
    let guide = seen(&file(&book, "guides/how-to-choose/index.html"));
    assert!(guide.graph[1].get("author").is_none());
    assert_eq!(guide.graph[1]["datePublished"], "2026-11-22");
    let data = seen(&file(&book, "data/index.html"));
    assert!(data.graph[1].get("creator").is_none());
    let length = data.graph[1]["description"].as_str().unwrap().chars().count();
    assert!((50..5000).contains(&length), "{length}");
}
