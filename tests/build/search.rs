//! What search finds: the list of all pages, and the file that its script reads.

use std::collections::BTreeSet;
use std::fs;

use html5gum::{Token, Tokenizer};
use serde_json::Value;

use crate::support::Project;

const ALL_PAIRS: (&str, &str) =
    ("[book]\n", "[versus]\npairs = \"all\"\n[search]\nfull_text = true\n[book]\n");

/// Builds a book and reads what its search reads.
#[track_caller]
fn index(book: &Project, arguments: &[&str]) -> Value {
    let run = book.run(&[&["build"], arguments].concat());
    assert_eq!(run.status, 0, "{}", run.stderr);
    serde_json::from_slice(&book.read("public/search/index.json")).unwrap()
}

/// What the file says of the page at a route.
#[track_caller]
fn page<'v>(index: &'v Value, route: &str) -> &'v Value {
    let mut pages = index["pages"].as_array().unwrap().iter();
    let found = pages.find(|page| page["route"] == route);
    found.unwrap_or_else(|| panic!("no {route} in {index:#}"))
}

/// Routes of all pages in the file.
fn routes(index: &Value) -> BTreeSet<String> {
    let pages = index["pages"].as_array().unwrap().iter();
    pages.map(|page| page["route"].as_str().unwrap().to_owned()).collect()
}

/// Routes that the list from A to Z links to.
fn listed(book: &Project) -> BTreeSet<String> {
    let html = fs::read_to_string(book.path("public/search/index.html")).unwrap();
    let (_, html) = html.split_once("data-pages").unwrap();
    let (html, _) = html.split_once("</main>").unwrap();
    let mut routes = BTreeSet::new();
    for token in Tokenizer::new(html) {
        let Ok(Token::StartTag(tag)) = token else { continue };
        if let Some(href) = tag.attributes.get(&b"href"[..]) {
            let href = String::from_utf8_lossy(href).into_owned();
            routes.extend(href.strip_prefix("../").map(str::to_owned));
        }
    }
    routes
}

/// Routes of the pages that search engines may list.
fn indexed(book: &Project) -> BTreeSet<String> {
    let map = String::from_utf8(book.read("public/sitemap.xml")).unwrap();
    let urls = map.split("<loc>https://example.org/small/").skip(1);
    urls.map(|rest| rest.split('<').next().unwrap().to_owned()).collect()
}

#[test]
fn every_page_is_in_the_list_and_in_the_index() {
    let book = Project::minimal().edit(
        "content/frameworks/django.toml",
        "name = \"Django\"\n",
        "name = \"Django\"\naliases = [\"/old/django/\"]\n",
    );
    let index = index(&book, &[]);
    let (listed, indexed) = (listed(&book), indexed(&book));
    assert!(indexed.len() > 20, "{indexed:?}");
    assert_eq!(indexed.difference(&listed).collect::<Vec<_>>(), Vec::<&String>::new());
    assert_eq!(listed, routes(&index));
    for route in ["search/", "404.html", "old/django/"] {
        assert!(!listed.contains(route), "{route}");
    }
    let html = String::from_utf8(book.read("public/search/index.html")).unwrap();
    assert!(html.contains("content=\"noindex, follow\""), "{html}");
    assert!(!indexed.contains("search/"));
}

#[test]
fn pages_have_their_names_headings_and_kinds() {
    let book = Project::minimal()
        .edit(
            "content/frameworks/rails.toml",
            "name = \"Rails\"\n",
            "name = \"Rails\"\naliases = [\"RoR\", \"/old/rails/\"]\n",
        )
        .file("content/frameworks/rails.md", "## Where it *shines* {#shine}\n\nWords.\n")
        .file("content/faq.md", "## First steps\n\n### Where to start?\n\nHere.\n");
    let index = index(&book, &[]);
    let kind = |page: &Value| {
        let at = usize::try_from(page["kind"].as_u64().unwrap()).unwrap();
        index["kinds"][at].as_str().unwrap().to_owned()
    };
    let rails = page(&index, "frameworks/rails/");
    assert_eq!(rails["title"], "Rails");
    assert_eq!(rails["names"], serde_json::json!(["RoR"]));
    assert_eq!(rails["parts"], serde_json::json!([["shine", "Where it shines"]]));
    assert_eq!(kind(rails), "Profile");
    let question = page(&index, "faq/#where-to-start");
    assert_eq!(
        (kind(question).as_str(), &question["title"]),
        ("Question", &"Where to start?".into())
    );
    for (route, expected) in [
        ("best-for/content-sites/", "Goal"),
        ("compare/django-vs-rails/", "Head to head"),
        ("languages/python/", "Language"),
        ("criteria/orm/", "Criterion"),
        ("guides/how-to-choose/", "Guide"),
        ("compare/", "Overview"),
        ("data/", "Page"),
        ("", "Page"),
    ] {
        assert_eq!(kind(page(&index, route)), expected, "{route}");
    }
    // The script knows frameworks and pairs by these positions.
    assert_eq!(index["kinds"][0], "Profile");
    assert_eq!(index["kinds"][2], "Head to head");
    assert_eq!(index["kinds"][4], "Criterion");
}

#[test]
fn pairs_without_a_verdict_are_runs_in_the_index_and_counted_in_the_list() {
    let book = Project::minimal().edit("book.toml", ALL_PAIRS.0, ALL_PAIRS.1);
    let index = index(&book, &[]);
    assert_eq!(index["pairs"], serde_json::json!([[1, 3], [2, 3], []]));
    let listed = listed(&book);
    assert!(listed.contains("compare/django-vs-rails/"));
    assert!(!listed.contains("compare/django-vs-flask/"));
    assert!(book.path("public/compare/django-vs-flask/index.html").is_file());
    let html = String::from_utf8(book.read("public/search/index.html")).unwrap();
    assert!(html.contains("2 more pages set two frameworks side by side."), "{html}");
    assert!(html.contains("<a href=\"../compare/\">Compare</a></p>"), "{html}");
}

#[test]
fn drafts_are_found_only_where_they_are_built() {
    let book = Project::minimal().file(
        "content/guides/secret.md",
        "+++\ntitle = \"Secret\"\nsummary = \"Not yet.\"\npublished = 2026-11-22\ndraft = true\n+++\n\nWords.\n",
    );
    assert!(!routes(&index(&book, &[])).contains("guides/secret/"));
    assert!(!listed(&book).contains("guides/secret/"));
    assert!(routes(&index(&book, &["--drafts"])).contains("guides/secret/"));
    assert!(listed(&book).contains("guides/secret/"));
}

#[test]
fn whole_texts_are_searched_if_the_book_says_so() {
    let text = "+++\ntitle = \"About\"\n+++\n\nA *zebra* crosses.\n\n```\nhidden\n```\n";
    let book = Project::minimal().file("content/pages/about.md", text);
    let brief = index(&book, &[]);
    assert_eq!(page(&brief, "about/")["words"], Value::Null);
    let book = book.edit("book.toml", ALL_PAIRS.0, ALL_PAIRS.1);
    let full = index(&book, &[]);
    assert_eq!(page(&full, "about/")["words"], "A zebra crosses.");
}

#[test]
fn the_list_goes_by_letters_without_accents_and_case() {
    let page = |title: &str| format!("+++\ntitle = \"{title}\"\n+++\n\nWords.\n");
    let book = Project::minimal()
        .file("content/pages/one.md", &page("\u{e9}lan"))
        .file("content/pages/two.md", &page("Early"))
        .file("content/pages/three.md", &page("3 things"))
        .file("content/pages/four.md", &page("\u{416}\u{443}\u{43a}"));
    let _ = index(&book, &[]);
    let html = String::from_utf8(book.read("public/search/index.html")).unwrap();
    let at = |text: &str| html.find(text).unwrap_or_else(|| panic!("{text} in {html}"));
    let order =
        ["id=\"L-e\"", ">Early<", ">\u{e9}lan<", "id=\"L-f\"", "id=\"L-\u{436}\""];
    let places: Vec<usize> = order.into_iter().map(at).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert!(
        at("id=\"L-0\"") > at("id=\"L-\u{436}\"") && at(">3 things<") > at("id=\"L-0\"")
    );
}

#[test]
fn an_edit_that_search_does_not_show_leaves_its_file_alone() {
    let book = Project::minimal();
    let before = index(&book, &["--jobs", "1"]);
    let bytes = book.read("public/search/index.json");
    let book = book.edit(
        "content/frameworks/rails.toml",
        "name = \"Rails\"\n",
        "name = \"Rails\"\nhomepage = \"https://example.org/rails/\"\n",
    );
    assert_eq!(index(&book, &["--jobs", "4"]), before);
    assert_eq!(book.read("public/search/index.json"), bytes);
}

#[test]
fn the_field_is_on_every_page_and_leads_to_the_list() {
    let book = Project::minimal();
    let _ = index(&book, &[]);
    for (path, root) in [
        ("index.html", "./"),
        ("frameworks/django/index.html", "../../"),
        ("search/index.html", "../"),
        ("404.html", "/small/"),
    ] {
        let html = String::from_utf8(book.read(&format!("public/{path}"))).unwrap();
        let form = format!("role=\"search\" method=\"get\" action=\"{root}search/\"");
        assert_eq!(html.matches("role=\"search\"").count(), 1, "{path}");
        assert!(html.contains(&form), "{path}: {html}");
        assert!(
            html.contains(&format!("data-index=\"{root}search/index.json\"")),
            "{path}"
        );
        for (name, end) in [("core", "js"), ("style", "css")] {
            let start = format!("data-{name}=\"{root}");
            let (_, rest) = html.split_once(&start).unwrap();
            let asset = rest.split('"').next().unwrap();
            assert!(asset.ends_with(end), "{asset}");
            assert!(book.path(&format!("public/{asset}")).is_file(), "{path}: {asset}");
        }
    }
}
