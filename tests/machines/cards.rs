//! Pictures for social networks.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;

use super::super::build::{crawl, tree};
use super::super::support::Project;
use super::{built, file};

/// The small book with cards.
fn with_cards() -> Project {
    let text = String::from_utf8(Project::minimal().read("book.toml")).unwrap();
    Project::minimal().file("book.toml", &format!("{text}\n[social]\ncards = true\n"))
}

/// The address of the card of a page, below the site.
#[track_caller]
fn card(book: &Project, page: &str) -> String {
    let page = file(book, page);
    let (_, rest) = page.split_once("<meta property=\"og:image\" content=\"").unwrap();
    let address = rest.split('"').next().unwrap();
    address.strip_prefix("https://example.org/small/").unwrap().to_owned()
}

/// Inodes of all cards.
fn inodes(book: &Project) -> BTreeMap<String, u64> {
    let site = book.path("public");
    let cards = tree(&site).into_keys().filter(|path| path.ends_with(".png"));
    cards
        .map(|path| (path.clone(), fs::metadata(site.join(path)).unwrap().ino()))
        .collect()
}

#[test]
fn every_page_that_is_shared_has_a_card_of_the_right_size() {
    let book = built(with_cards());
    let mut count = 0;
    for (path, bytes) in tree(&book.path("public")) {
        if !path.ends_with(".html") || path == "404.html" {
            continue;
        }
        let html = String::from_utf8(bytes).unwrap();
        let wide = "<meta name=\"twitter:card\" content=\"summary_large_image\">";
        assert!(html.contains(wide), "{path}");
        let card = book.read(&format!("public/{}", card(&book, &path)));
        let size = imagesize::blob_size(&card).unwrap();
        assert_eq!((size.width, size.height), (1200, 630), "{path}");
        assert!((4_000..60_000).contains(&card.len()), "{path}: {}", card.len());
        count += 1;
    }
    assert_eq!(inodes(&book).len(), count);
    crawl::assert_whole(&book.path("public"), "/small/");
}

#[test]
fn a_book_that_asks_for_none_has_none() {
    let book = built(Project::minimal());
    assert!(inodes(&book).is_empty());
    let page = file(&book, "index.html");
    assert!(!page.contains("og:image") && page.contains("content=\"summary\""), "{page}");
}

#[test]
fn only_cards_that_changed_are_new() {
    let book = built(with_cards());
    let (before, old) = (inodes(&book), card(&book, "frameworks/rails/index.html"));
    let book = book.edit(
        "content/frameworks/rails.toml",
        "summary = \"Convention over configuration.\"",
        "summary = \"Conventions.\"",
    );
    let book = built(book);
    let (after, new) = (inodes(&book), card(&book, "frameworks/rails/index.html"));
    assert_ne!(old, new);
    assert!(!after.contains_key(&old), "the old one is gone");
    for (path, inode) in after.iter().filter(|(path, _)| **path != new) {
        assert_eq!(before.get(path), Some(inode), "{path} was written again");
    }
    // A colour is on all of them.
    let text = String::from_utf8(book.read("book.toml")).unwrap();
    let book = built(
        book.file("book.toml", &format!("{text}\n[theme]\naccent = \"#7a1fa2\"\n")),
    );
    assert!(inodes(&book).keys().all(|path| !after.contains_key(path)));
}

#[test]
fn a_page_whose_words_cannot_be_drawn_has_no_card() {
    let book = with_cards().edit(
        "content/frameworks/django.toml",
        "name = \"Django\"",
        "name = \"ジャンゴ\"",
    );
    let book = built(book);
    let page = file(&book, "frameworks/django/index.html");
    assert!(!page.contains("og:image") && page.contains("content=\"summary\""), "{page}");
    assert!(!card(&book, "frameworks/flask/index.html").is_empty());
}
