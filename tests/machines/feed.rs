//! The page of changes and its feed.

use super::super::build::crawl;
use super::super::support::Project;
use super::{built, file};

const CHANGES: &str = r#"
    [[change]]
    date = 2026-11-21
    text = "Django & <friends> entered. They were asked for."
    about = ["framework:django", "page:methodology"]
    "#;

/// The text between the first two tags of a name after the start of a text.
fn element<'x>(xml: &'x str, name: &str) -> &'x str {
    let (_, rest) = xml.split_once(&format!("<{name}>")).unwrap();
    let name = name.split(' ').next().unwrap();
    rest.split_once(&format!("</{name}>")).unwrap().0
}

/// Asserts that tags are closed in turn and that only known entities stand in a text.
#[track_caller]
fn assert_well_formed(xml: &str) {
    let body = xml.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").unwrap();
    let mut open = Vec::new();
    for part in body.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap();
        for entity in text.split('&').skip(1).chain(tag.split('&').skip(1)) {
            let known = ["amp;", "lt;", "gt;", "quot;", "apos;"];
            assert!(known.iter().any(|k| entity.starts_with(k)), "&{entity}");
        }
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name)),
            None if tag.ends_with('/') => {}
            None => open.push(tag.split(' ').next().unwrap()),
        }
    }
    assert!(open.is_empty(), "{open:?} is not closed");
}

#[test]
fn the_feed_tells_the_changes_of_the_book_and_the_days_of_its_facts() {
    let book = built(Project::minimal().file("content/changes.toml", CHANGES));
    let feed = file(&book, "changes/feed.xml");
    assert_well_formed(&feed);
    assert_eq!(element(&feed, "id"), "https://example.org/small/changes/feed.xml");
    assert_eq!(element(&feed, "title"), "A small book: changes");
    assert_eq!(element(&feed, "updated"), "2026-11-21T00:00:00Z");
    let entries: Vec<&str> = feed.split("<entry>").skip(1).collect();
    let updated: Vec<&str> = entries.iter().map(|e| element(e, "updated")).collect();
    // The change, the day of the source, and the day of the one fact that has its own.
    let days = ["2026-11-21", "2026-11-20", "2026-10-01"];
    assert_eq!(updated, days.map(|day| format!("{day}T00:00:00Z")));
    assert_eq!(element(entries[0], "title"), "Django &amp; &lt;friends&gt; entered");
    let html = element(entries[0], "content type=\"html\"").to_owned();
    assert!(html.contains("https://example.org/small/frameworks/django/"), "{html}");
    assert!(html.contains("&lt;p&gt;Django &amp;amp; &amp;lt;friends"), "{html}");
    assert_eq!(element(entries[2], "title"), "1 fact of 1 framework checked");
    for entry in entries {
        assert!(element(entry, "id").starts_with("tag:example.org,2026-1"), "{entry}");
    }
}

#[test]
fn the_page_of_changes_and_the_first_page_tell_the_same() {
    let book = built(Project::minimal().file("content/changes.toml", CHANGES));
    let page = file(&book, "changes/index.html");
    let home = file(&book, "index.html");
    let change = "Django &amp; &lt;friends&gt; entered. They were asked for.";
    for (name, page) in [("changes", &page), ("home", &home)] {
        assert!(page.contains(change), "{name}: {page}");
        assert!(page.contains("1 fact of 1 framework checked."), "{name}: {page}");
    }
    assert!(page.contains("<section id=\"D-2026-11-20\">"), "{page}");
    let link = "<link rel=\"alternate\" type=\"application/atom+xml\" \
                title=\"A small book: changes\" href=\"./changes/feed.xml\">";
    assert!(home.contains(link), "{home}");
    let map = file(&book, "sitemap.xml");
    let listed = "small/changes/</loc><lastmod>2026-11-21</lastmod>";
    assert!(map.contains(listed) && !map.contains("feed.xml"), "{map}");
    crawl::assert_whole(&book.path("public"), "/small/");
}

#[test]
fn a_book_sets_the_title_of_its_feed() {
    let book = Project::minimal().edit(
        "book.toml",
        "base_url = ",
        "authors = [\"Ann\", \"Ben\"]\nlicense = \"CC-BY-4.0\"\nbase_url = ",
    );
    let text = String::from_utf8(book.read("book.toml")).unwrap();
    let book = built(
        book.file("book.toml", &format!("{text}\n[feed]\ntitle = \"New & old\"\n")),
    );
    let feed = file(&book, "changes/feed.xml");
    assert_well_formed(&feed);
    assert_eq!(element(&feed, "title"), "New &amp; old");
    assert_eq!(feed.matches("<author>").count(), 2);
    assert_eq!(element(&feed, "rights"), "CC-BY-4.0");
}

#[test]
fn a_book_in_which_nothing_has_a_date_has_no_feed() {
    let book = Project::empty().file(
        "book.toml",
        "[book]\ntitle = \"Nothing yet\"\nbase_url = \"https://example.org/\"\n",
    );
    let book = built(book);
    assert!(!book.path("public/changes").exists());
    assert!(!file(&book, "index.html").contains("atom+xml"));
}

#[test]
fn links_lead_to_the_page_of_changes_and_its_days() {
    let book = Project::minimal().file("content/changes.toml", CHANGES).file(
        "content/index.md",
        "[](page:changes), [a day](page:changes#D-2026-11-20), [file](changes.toml)\n",
    );
    let book = built(book);
    assert!(file(&book, "index.html").contains("./changes/#D-2026-11-20"));
    let book = book.edit("content/index.md", "#D-2026-11-20", "#D-2026-11-19");
    assert_eq!(book.findings(), ["content/index.md:1:27 dead-fragment"]);
}
