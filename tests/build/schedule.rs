//! Guides that are published on a later day, and drafts.

use super::tree;
use crate::support::Project;

fn guide(front: &str) -> String {
    format!("+++\ntitle = \"Later\"\nsummary = \"A guide.\"\n{front}\n+++\n\nText.\n")
}

/// The page of the guide as it is built, if it is.
fn page(book: &Project, arguments: &[&str]) -> Option<String> {
    let run = book.run(&[&["build", "--strict"], arguments].concat());
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let page = tree(&book.path("public")).remove("guides/later/index.html")?;
    Some(String::from_utf8(page).unwrap())
}

#[test]
fn a_guide_is_part_of_the_site_from_the_day_it_is_published() {
    let later = guide("published = 2026-12-24");
    let book = Project::minimal().file("content/guides/later.md", &later);
    assert_eq!(page(&book, &["--today", "2026-12-23"]), None);
    let shown = page(&book, &["--today", "2026-12-23", "--drafts"]).unwrap();
    assert!(
        shown.contains("Scheduled: this is published on 24 December 2026."),
        "{shown}"
    );
    let shown = page(&book, &["--today", "2026-12-24"]).unwrap();
    assert!(!shown.contains("Scheduled"), "{shown}");
}

#[test]
fn a_draft_says_that_it_is_one() {
    let draft = guide("draft = true");
    let book = Project::minimal().file("content/guides/later.md", &draft);
    assert_eq!(page(&book, &[]), None);
    let shown = page(&book, &["--drafts"]).unwrap();
    assert!(shown.contains("Draft: this is not published yet."), "{shown}");
}
