//! What a second build leaves as it is.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::super::support::Project;

/// Inode and change time of every file and folder: whatever touches one changes these.
fn witnesses(folder: &Path) -> BTreeMap<String, (u64, i64, i64)> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    entries
        .map(|entry| {
            let path =
                entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            let meta = fs::metadata(entry.path()).unwrap();
            (path, (meta.ino(), meta.ctime(), meta.ctime_nsec()))
        })
        .collect()
}

/// Inode of every file: a page that is linked keeps it, a page that is written does not.
fn inodes(folder: &Path) -> BTreeMap<String, u64> {
    let all = witnesses(folder).into_iter();
    let files = all.filter(|(path, _)| folder.join(path).is_file());
    files.map(|(path, (inode, ..))| (path, inode)).collect()
}

#[test]
fn an_unchanged_book_touches_nothing() {
    let book = Project::minimal();
    assert_eq!(book.run(&["build"]).status, 0);
    let before = witnesses(&book.path("public"));
    let run = book.run(&["build"]);
    assert!(run.stdout.contains("Nothing changed"), "{}", run.stdout);
    assert_eq!(witnesses(&book.path("public")), before);
    // Another day on which no fact is stale makes the same pages.
    assert_eq!(book.run(&["build", "--today", "2026-11-23"]).status, 0);
    assert_eq!(witnesses(&book.path("public")), before);
}

#[test]
fn what_was_found_is_said_again_where_nothing_changed() {
    let book = Project::minimal();
    let late = ["build", "--today", "2036-01-01"];
    let first = book.run(&late);
    let before = witnesses(&book.path("public"));
    let again = book.run(&late);
    assert_eq!((first.status, again.status), (0, 0));
    assert!(first.stderr.contains("stale-fact"), "{}", first.stderr);
    assert_eq!(first.stderr, again.stderr);
    assert!(again.stdout.contains("Nothing changed"), "{}", again.stdout);
    assert_eq!(witnesses(&book.path("public")), before);
    // What is no matter of the book is found as well.
    assert_eq!(book.run(&["build"]).status, 0);
    let book = book.file("public/notes.txt", "");
    assert_eq!(book.run(&["build"]).status, 2);
}

#[test]
fn a_changed_fact_rewrites_the_files_that_show_it_and_no_others() {
    let book = Project::minimal();
    assert_eq!(book.run(&["build"]).status, 0);
    let before = inodes(&book.path("public"));
    let book = book.edit("content/frameworks/rails.toml", "orm = true", "orm = false");
    assert_eq!(book.run(&["build"]).status, 0);
    let after = inodes(&book.path("public"));
    let is_new = |path: &&String| before.get(*path) != after.get(*path);
    let written: Vec<&str> = after.keys().filter(is_new).map(String::as_str).collect();
    // Flask now stands before Rails, which the home page says, and the guide embeds the fact.
    let expected = [
        ".fieldguide.json",
        "api/v1/frameworks.json",
        "api/v1/frameworks/rails.json",
        "api/v1/goals/content-sites.json",
        "api/v1/matrix.csv",
        "api/v1/scores.json",
        "best-for/content-sites/index.html",
        "best-for/content-sites/index.md",
        "best-for/index.html",
        "choose/index.html",
        "compare/django-vs-rails/index.html",
        "compare/django-vs-rails/index.md",
        "compare/index.html",
        "criteria/orm/index.html",
        "frameworks/flask/index.html",
        "frameworks/flask/index.md",
        "frameworks/index.html",
        "frameworks/rails/index.html",
        "frameworks/rails/index.md",
        "guides/how-to-choose/index.html",
        "guides/how-to-choose/index.md",
        "index.html",
        "languages/ruby/index.html",
    ];
    assert_eq!(written, expected);
    // Just those of another book with that fact, byte by byte.
    let fresh = book.path("fresh");
    assert_eq!(book.run(&["build", "--out", fresh.to_str().unwrap()]).status, 0);
    for path in after.keys() {
        let files = ["public", "fresh"].map(|out| book.read(&format!("{out}/{path}")));
        assert!(files[0] == files[1], "{path}");
    }
}

#[test]
fn a_page_that_is_gone_from_the_book_is_gone_from_the_site() {
    let book = Project::minimal().file(
        "content/pages/extra.md",
        "
        +++
        title = \"Extra\"
        +++
        Words.
        ",
    );
    assert_eq!(book.run(&["build"]).status, 0);
    assert!(book.path("public/extra/index.html").is_file());
    let book = book.without("content/pages/extra.md");
    assert_eq!(book.run(&["build"]).status, 0);
    assert!(!book.path("public/extra").exists());
}
