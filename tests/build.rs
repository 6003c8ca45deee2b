//! `build`: what is written, when, and that nothing else ever is.

mod address;
mod assets;
pub(crate) mod crawl;
mod direction;
pub(crate) mod guide;
mod kept;
mod redirects;
mod related;
mod schedule;
mod search;
mod tables;
mod tar;
mod timings;
mod without;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::support::Project;

/// Every file below a folder with its bytes.
pub(crate) fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap();
            (path.to_owned(), fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// A book with a title and nothing else.
fn bare() -> Project {
    let book = "[book]\ntitle = \"Nothing yet\"\nbase_url = \"https://example.org/\"\n";
    Project::empty().file("book.toml", book)
}

#[test]
fn a_book_with_a_title_alone_builds() {
    let book = bare();
    let run = book.run(&["build", "--strict"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert!(book.path("public/index.html").is_file());
    crawl::assert_whole(&book.path("public"), "/");
}

#[test]
fn a_book_without_frameworks_builds() {
    let book = Project::minimal()
        .without("content/frameworks")
        .without("content/versus")
        .without("content/guides")
        .edit("content/index.md", &index_of_minimal(), "Nothing yet.\n")
        .file("content/goals/content-sites.md", GOAL);
    let run = book.run(&["build"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    crawl::assert_whole(&book.path("public"), "/small/");
}

/// A goal that needs no framework by name.
const GOAL: &str = "
    +++
    title = \"Content sites\"
    question = \"Which is best?\"
    [weights]
    orm = 1
    +++

    Words.
    ";

fn index_of_minimal() -> String {
    String::from_utf8(Project::minimal().read("content/index.md")).unwrap()
}

#[test]
fn a_template_error_names_page_template_and_place() {
    let book = Project::minimal();
    assert_eq!(book.run(&["build"]).status, 0);
    let before = tree(&book.path("public"));
    let book = book.file(
        "themes/default/templates/framework.html",
        "{% extends \"base.html\" %}\n{% block content %}<h1>{{ naem }}</h1>{% endblock %}\n",
    );
    let run = book.run(&["build"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("error[template]"), "{}", run.stderr);
    let place = "themes/default/templates/framework.html:2:";
    assert!(run.stderr.contains(place), "{}", run.stderr);
    assert!(run.stderr.contains("while rendering `frameworks/django/"), "{}", run.stderr);
    assert_eq!(tree(&book.path("public")), before, "the old site is left as it was");
}

#[test]
fn a_broken_template_is_reported_at_its_place() {
    let book = Project::minimal()
        .file("themes/default/templates/goal.html", "<h1>\n{% if x %}\n");
    let run = book.run(&["check"]);
    assert_eq!(run.status, 1);
    let place = "themes/default/templates/goal.html:";
    assert!(run.stderr.contains(place), "{}", run.stderr);
}

#[test]
fn a_theme_overrides_single_files_of_the_one_it_extends() {
    let book = Project::minimal()
        .edit("book.toml", "[book]\n", "[book]\ntheme = \"mine\"\n")
        .file("themes/mine/theme.toml", "extends = \"default\"\n")
        .file("themes/mine/strings/en.toml", "title_frameworks = \"Subjects\"\n")
        .file(
            "themes/mine/templates/not_found.html",
            "{% extends \"base.html\" %}{% block content %}<h1>Gone</h1>{% endblock %}\n",
        );
    let run = book.run(&["build"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let page =
        |path: &str| String::from_utf8(book.read(&format!("public/{path}"))).unwrap();
    assert!(page("404.html").contains("<h1>Gone</h1>"));
    assert!(page("frameworks/index.html").contains("Subjects"));
    crawl::assert_whole(&book.path("public"), "/small/");
}

#[test]
fn an_output_that_is_the_book_or_part_of_it_is_refused() {
    let book = Project::minimal();
    let before = tree(&book.root());
    for out in [".", "..", "content", "content/x", "themes", "/"] {
        let run = book.run(&["build", "--out", out]);
        assert_eq!(run.status, 2, "--out {out}: {}", run.stderr);
        assert!(run.stderr.contains("error[output-refused]"), "{}", run.stderr);
        assert_eq!(tree(&book.root()), before, "--out {out}");
    }
}

#[test]
fn foreign_files_in_the_output_are_named_and_never_touched() {
    let book = Project::minimal().file("public/notes.txt", "mine");
    let run = book.run(&["build"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("notes.txt"), "{}", run.stderr);
    assert_eq!(tree(&book.path("public")).len(), 1);
    let book = book.without("public");
    assert_eq!(book.run(&["build"]).status, 0);
    let book = book.file("public/frameworks/notes.txt", "mine");
    let before = tree(&book.path("public"));
    let book = book.edit("book.toml", "title = \"", "title = \"New: ");
    let run = book.run(&["build"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("notes.txt"), "{}", run.stderr);
    assert_eq!(tree(&book.path("public")), before);
}

#[test]
fn an_old_address_leads_to_the_page_by_a_redirect() {
    let book = Project::minimal().edit(
        "content/frameworks/django.toml",
        "name = \"Django\"\n",
        "name = \"Django\"\naliases = [\"/old/django/\"]\n",
    );
    assert_eq!(book.run(&["build"]).status, 0);
    let page = String::from_utf8(book.read("public/old/django/index.html")).unwrap();
    assert!(page.contains("../../frameworks/django/"), "{page}");
    assert!(page.contains("noindex"), "{page}");
}

#[test]
fn strict_builds_nothing_from_a_book_with_warnings() {
    let book = Project::minimal();
    let run = book.run(&["build", "--strict", "--today", "2046-01-01"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("warning[stale-fact]"), "{}", run.stderr);
    assert!(!book.path("public").exists());
}

#[test]
fn colours_that_cannot_be_read_build_nothing() {
    let sheet =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/assets/site.css");
    let sheet = fs::read_to_string(sheet).unwrap();
    let muted = sheet.split_once("--muted:").unwrap().1.split(';').next().unwrap();
    let faint = sheet.replacen(&format!("--muted:{muted}"), "--muted:#bbb", 1);
    let address = "base_url = \"https://example.org/small/\"\n";
    let of_book = |tokens: &str| {
        let settings = format!("{address}[theme]\n{tokens}\n");
        Project::minimal().edit("book.toml", address, &settings)
    };
    let of_theme = Project::minimal()
        .edit("book.toml", address, &format!("{address}theme = \"mine\"\n"))
        .file("themes/mine/theme.toml", "extends = \"default\"\n")
        .file("themes/mine/assets/site.css", &faint);
    for (book, scheme) in [
        (of_book("muted = \"#bbb\""), "in the light scheme"),
        (of_book("muted-dark = \"#444\""), "in the dark scheme"),
        (of_theme, "in the light scheme"),
    ] {
        let run = book.run(&["build"]);
        assert_eq!(run.status, 1, "{}", run.stderr);
        let says = "error[low-contrast]: `muted` on `bg` has a contrast of ";
        assert!(run.stderr.contains(says), "{}", run.stderr);
        assert!(run.stderr.contains(scheme), "{}", run.stderr);
        assert!(!book.path("public").exists());
    }
    let run = of_book("muted = \"#333\"\nmuted-dark = \"#ccc\"").run(&["build"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
}
