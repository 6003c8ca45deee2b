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
fn a_changed_fact_rewrites_only_the_pages_that_show_it() {
    let book = Project::minimal();
    assert_eq!(book.run(&["build"]).status, 0);
    let before = inodes(&book.path("public"));
    let book = book.edit(
        "content/frameworks/rails.toml",
        "name = \"Rails\"\n",
        "name = \"Rails\"\nhomepage = \"https://example.org/rails/\"\n",
    );
    assert_eq!(book.run(&["build"]).status, 0);
    let after = inodes(&book.path("public"));
    let written: Vec<&String> = after
        .iter()
        .filter(|(path, inode)| before.get(*path) != Some(inode))
        .map(|p| p.0)
        .collect();
    assert!(written.iter().any(|p| *p == "frameworks/rails/index.html"), "{written:?}");
    for path in ["frameworks/django/index.html", "guides/how-to-choose/index.html"] {
        assert!(!written.iter().any(|p| *p == path), "{path} was written");
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
