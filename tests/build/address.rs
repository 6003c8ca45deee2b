//! Sites whose book does not say where they are served.

use super::{crawl, tree};
use crate::support::Project;

const BASE: (&str, &str) = ("base_url = \"https://example.org/small/\"\n", "");

/// What no site without an address holds.
#[track_caller]
fn assert_has_no_absolute_address(book: &Project, arguments: &[&str]) {
    let run = book.run(&[&["build"], arguments].concat());
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stderr.contains("warning[no-address]"), "{}", run.stderr);
    let strict = book.run(&[&["check", "--strict"], arguments].concat());
    assert_eq!(strict.status, 1, "{}", strict.stderr);
    let site = tree(&book.path("public"));
    for gone in ["sitemap.xml", "robots.txt", "llms.txt", "changes/feed.xml"] {
        assert!(!site.contains_key(gone), "{gone}");
    }
    for (path, bytes) in &site {
        let text = String::from_utf8_lossy(bytes);
        for word in ["localhost", "127.0.0.1", "canonical", "og:url", "ld+json"] {
            assert!(!text.contains(word) || path.ends_with(".js"), "{path} has {word}");
        }
    }
    crawl::assert_whole(&book.path("public"), "/");
}

#[test]
fn a_site_without_an_address_has_no_absolute_addresses() {
    let book = Project::minimal().edit("book.toml", BASE.0, BASE.1);
    assert_has_no_absolute_address(&book, &[]);
}

#[test]
fn a_local_address_is_none() {
    for url in [
        "http://localhost/",
        "http://127.0.0.1:8000",
        "http://[::1]/",
        "http://a.localhost",
    ] {
        let book = Project::minimal().edit(
            "book.toml",
            BASE.0,
            &format!("base_url = \"{url}\"\n"),
        );
        assert_has_no_absolute_address(&book, &[]);
    }
    let book = Project::minimal();
    assert_has_no_absolute_address(&book, &["--base-url", "http://localhost:4000/"]);
}
