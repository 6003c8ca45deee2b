//! What a book or its theme asks not to be made.

use std::collections::BTreeSet;

use super::{crawl, tree};
use crate::support::Project;

const MINE: (&str, &str) = ("[book]\n", "[book]\ntheme = \"mine\"\n");

/// Paths of the files of a site that a theme leaves parts out of; its pages have no links.
#[track_caller]
fn files(parts: &str) -> (Project, BTreeSet<String>) {
    let book = Project::minimal()
        .edit("book.toml", MINE.0, MINE.1)
        .file("themes/mine/theme.toml", &format!("without = [{parts}]\n"))
        .file(
            "themes/mine/templates/base.html",
            "<!DOCTYPE html>\n<html lang=\"en\"><title>{{ page.tab }}</title>\n\
             {% block og_type %}{% endblock %}{% block head %}{% endblock %}\n\
             {% block content %}{% endblock content %}",
        );
    let run = book.run(&["build"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let files = tree(&book.path("public")).into_keys().collect();
    (book, files)
}

#[test]
fn a_theme_leaves_out_what_it_has_no_place_for() {
    let (_, whole) = files("");
    #[track_caller]
    fn case(whole: &BTreeSet<String>, part: &str, gone: &[&str]) {
        let (_, files) = files(part);
        let missing: BTreeSet<&str> = whole
            .difference(&files)
            .map(String::as_str)
            .filter(|path| !path.starts_with("theme/"))
            .collect();
        let is_gone =
            |path: &&str| gone.iter().any(|g| path.starts_with(g) || path.ends_with(g));
        assert!(!missing.is_empty(), "{part}");
        assert!(missing.iter().all(is_gone), "{part}: {missing:?}");
        for gone in gone {
            let left = files.iter().find(|path| is_gone_by(path, gone));
            assert_eq!(left, None, "{part}");
        }
    }
    fn is_gone_by(path: &str, gone: &str) -> bool {
        path.starts_with(gone) || path.ends_with(gone)
    }
    case(&whole, "\"changes\"", &["changes/"]);
    case(&whole, "\"choose\"", &["choose/", "api/v1/scores.json"]);
    case(&whole, "\"criteria\"", &["criteria/"]);
    case(
        &whole,
        "\"data\"",
        &["data/", "api/v1/frameworks", "api/v1/criteria", "api/v1/goals", ".csv"],
    );
    case(&whole, "\"languages\"", &["languages/"]);
    case(&whole, "\"markdown\"", &["index.md", "llms.txt"]);
    case(&whole, "\"methodology\"", &["methodology/"]);
    case(&whole, "\"search\"", &["search/"]);
    case(&whole, "\"sitemap\"", &["sitemap.xml", "robots.txt"]);
    case(&whole, "\"sources\"", &["sources/"]);
}

#[test]
fn a_link_to_what_is_left_out_is_found() {
    let (book, _) = files("\"criteria\"");
    let book = book.file("content/pages/about.md", ABOUT);
    let found = book.findings();
    assert_eq!(found, ["content/pages/about.md:5:11 dead-link"]);
}

const ABOUT: &str = "
    +++
    title = \"About\"
    +++

    [Objects](criterion:orm) and tables.
    ";

#[test]
fn a_part_that_there_is_not_is_reported_with_those_there_are() {
    let book = Project::minimal()
        .edit("book.toml", MINE.0, MINE.1)
        .file("themes/mine/theme.toml", "without = [\"serach\"]\n");
    let _ = book.run(&["check"]).ends(1).finds("theme.toml:1:").finds("search");
}

#[test]
fn code_is_left_plain_where_the_book_says_so() {
    let code = "Words.\n\n```rust\nfn main() {}\n```\n";
    let page = |book: &Project| {
        assert_eq!(book.run(&["build"]).status, 0);
        String::from_utf8(book.read("public/index.html")).unwrap()
    };
    let book = Project::minimal().file("content/index.md", code);
    assert!(page(&book).contains("<span class=\"k\">fn</span> "));
    let book = book.edit("book.toml", "[book]\n", "[code]\nhighlight = false\n[book]\n");
    let html = page(&book);
    assert!(
        html.contains("<code class=\"language-rust\">fn main() {}\n</code>"),
        "{html}"
    );
    crawl::assert_whole(&book.path("public"), "/small/");
}

#[test]
fn what_a_theme_reads_is_made_whoever_reads_it() {
    let (book, _) = files("");
    let book = book
        .file(
            "themes/mine/templates/versus.html",
            "{% extends \"base.html\" %}{% block content %}[{{ same.caption }}][{{<mine/>}}]\n\
             {% for g in facts_table.groups %}{{ g.html }}{% endfor %}{% endblock content %}",
        )
        .file(
            "themes/mine/templates/mine.html",
            "{% component mine(@counts) %}{{ counts }}{% endcomponent mine %}\n\
             {% component pair_row(head: map, cells: string, root: string) %}\
             ({{ head.id }}{{ cells }}){% endcomponent pair_row %}\n\
             {% component pair_cell(c: map) %}{{ c.cell.text }}{% endcomponent pair_cell %}",
        );
    let _ = book.run(&["build"]).ends(0);
    let html = book.read("public/compare/django-vs-rails/index.html");
    let html = String::from_utf8(html).unwrap();
    assert!(html.contains("[What both have in common]["), "{html}");
    assert!(html.contains(" of 9 criteria"), "{html}");
    assert!(html.contains("(ormYesYes)"), "{html}");
}
