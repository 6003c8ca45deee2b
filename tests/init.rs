//! `init`: a small book that builds, and nothing overwritten.

use super::support::{Finding, Project};

#[test]
fn the_small_book_passes_and_builds() {
    let folder = Project::empty();
    let run = folder.run(&["init", "guide", "--title", "A \"quoted\" title"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    // Nobody but the author knows its address.
    let check = folder.run(&["check", "--root", "guide", "--format", "json"]);
    let found: Vec<_> = Finding::all(&check.stderr).iter().map(Finding::brief).collect();
    assert_eq!((check.status, found), (0, vec!["book.toml:1:1 no-address".to_owned()]));
    let address = ["--root", "guide", "--strict", "--base-url", "https://example.org/"];
    let build = folder.run(&[&["build"], &address[..]].concat());
    assert_eq!((build.status, build.stderr.as_str()), (0, ""));
    let home = String::from_utf8(folder.read("guide/public/index.html")).unwrap();
    assert!(home.contains("A &quot;quoted&quot; title"), "{home}");
    super::build::crawl::assert_whole(&folder.path("guide/public"), "/");
}

#[test]
fn a_folder_may_have_what_repositories_have() {
    let folder = Project::empty()
        .file("guide/.gitignore", "target\n/public/\n")
        .file("guide/README.md", "mine\n")
        .file("guide/LICENSE", "mine\n")
        .file("guide/.git/config", "mine\n");
    let run = folder.run(&["init", "guide"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert_eq!(folder.read("guide/.gitignore"), b"target\n/public/\n");
    let words = "Add to it what builds make: `/public.tar` and `/.public.*`";
    assert!(run.stdout.contains(words), "{}", run.stdout);
    let build = folder.run(&["build", "--root", "guide"]);
    assert_eq!(build.status, 0, "{}", build.stderr);
}

#[test]
fn a_file_that_exists_is_named_and_nothing_is_written() {
    let folder = Project::empty().file("guide/content/faq.md", "mine\n");
    let run = folder.run(&["init", "guide"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("[file-exists]"), "{}", run.stderr);
    assert!(run.stderr.contains("guide/content/faq.md"), "{}", run.stderr);
    assert_eq!(folder.read("guide/content/faq.md"), b"mine\n");
    assert!(!folder.path("guide/book.toml").exists());
}

#[test]
fn the_address_given_is_the_address_written() {
    let folder = Project::empty();
    let url = "https://example.org/guide/";
    assert_eq!(folder.run(&["init", "--base-url", url]).status, 0);
    let book = String::from_utf8(folder.read("book.toml")).unwrap();
    assert!(book.contains("base_url = \"https://example.org/guide/\""), "{book}");
}
