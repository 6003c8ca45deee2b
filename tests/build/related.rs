//! Where pages send their readers on: what to read next, calls to action, a newsletter.

use std::fs;

use super::crawl;
use crate::support::Project;

const CTA: &str = "
    [cta]
    title = \"Found a wrong fact?\"
    text = \"Each has one line in one file.\"
    label = \"Tell us\"
    link = \"https://example.org/issues\"
";

/// A small book with texts added to `book.toml` and to the front matter of its guide.
fn book(settings: &str, front: &str) -> Project {
    let book = Project::minimal();
    let append = |path: &str, text: &str| {
        fs::read_to_string(book.path(path)).unwrap() + &text.replace("\n    ", "\n")
    };
    let settings = append("book.toml", settings);
    let book = book.file("book.toml", &settings);
    let front = format!("published = 2026-11-22\n{}", front.replace("\n    ", "\n"));
    book.edit("content/guides/how-to-choose.md", "published = 2026-11-22\n", &front)
}

#[track_caller]
fn built(book: &Project, page: &str) -> String {
    let run = book.run(&["build", "--strict"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    crawl::assert_whole(&book.path("public"), "/small/");
    fs::read_to_string(book.path("public").join(page)).unwrap()
}

#[test]
fn a_book_without_a_call_to_action_shows_none() {
    let page = built(&book("", ""), "guides/how-to-choose/index.html");
    for part in ["class=\"cta\"", "method=\"post\"", "X-related"] {
        assert!(!page.contains(part), "{part} in {page}");
    }
}

#[test]
fn the_call_of_the_book_is_on_every_page() {
    let book = book(CTA, "");
    let call = "<a class=\"button\" href=\"https://example.org/issues\">Tell us</a>";
    for page in ["index.html", "guides/how-to-choose/index.html", "404.html"] {
        let page = built(&book, page);
        assert!(page.contains("<h2 id=\"X-cta\">Found a wrong fact?</h2>"), "{page}");
        assert!(page.contains("<p>Each has one line in one file.</p>"), "{page}");
        assert!(page.contains(call), "{page}");
    }
}

#[test]
fn the_call_of_a_page_stands_in_place_of_the_books() {
    let own = "
    [cta]
    title = \"Ready?\"
    label = \"See the ranking\"
    link = \"goal:content-sites\"
    ";
    let book = book(CTA, own);
    let page = built(&book, "guides/how-to-choose/index.html");
    assert!(page.contains("<h2 id=\"X-cta\">Ready?</h2>"), "{page}");
    let call = "href=\"../../best-for/content-sites/\">See the ranking</a>";
    assert!(page.contains(call), "{page}");
    assert!(!page.contains("Tell us"), "{page}");
    let other = built(&book, "best-for/content-sites/index.html");
    assert!(other.contains("Tell us") && !other.contains("Ready?"), "{other}");
}

#[test]
fn what_to_read_next_is_a_list_of_links() {
    let front = "related = [\"goal:content-sites\", \"https://example.org/more\"]\n";
    let page = built(&book("", front), "guides/how-to-choose/index.html");
    let links = "<h2 id=\"X-related\">Read next</h2>\n<ul class=\"links\">\n\
        <li><a href=\"../../best-for/content-sites/\">Content sites</a></li>\n\
        <li><a href=\"https://example.org/more\">https://example.org/more</a></li>\n</ul>";
    assert!(page.contains(links), "{page}");
}

#[test]
fn goals_and_free_pages_have_further_reading_as_guides_do() {
    let goal = "related = [\"guide:how-to-choose\"]\n\n[weights]\n";
    let book = Project::minimal()
        .edit("content/goals/content-sites.md", "\n[weights]\n", goal)
        .file(
            "content/pages/about.md",
            "+++\ntitle = \"About\"\nrelated = [\"framework:django\"]\n+++\n\nText.\n",
        );
    let page = built(&book, "best-for/content-sites/index.html");
    assert!(
        page.contains(
            "<li><a href=\"../../guides/how-to-choose/\">How to choose</a></li>"
        )
    );
    let page = built(&book, "about/index.html");
    assert!(page.contains("<h2 id=\"X-related\">Read next</h2>"), "{page}");
}

#[test]
fn a_newsletter_form_posts_to_the_address_of_the_book_and_nowhere_else() {
    let settings = "
    [newsletter]
    title = \"One mail a month\"
    action = \"https://news.example.org/subscribe\"
    field = \"address\"
    ";
    let page = built(&book(settings, ""), "guides/how-to-choose/index.html");
    let form = "<form method=\"post\" action=\"https://news.example.org/subscribe\">";
    assert!(page.contains(form), "{page}");
    assert!(page.contains("type=\"email\" name=\"address\""), "{page}");
    assert!(
        page.contains("form-action &#39;self&#39; https://news.example.org;")
            || page.contains("form-action 'self' https://news.example.org;"),
        "{page}"
    );
}
