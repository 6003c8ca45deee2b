//! What programs read of a site: the feed, JSON-LD, `llms.txt`, Markdown.

mod cards;
mod feed;
mod json_ld;
mod meta;
mod alternates;

use super::support::Project;

/// A file of a built site as text.
#[track_caller]
fn file(book: &Project, path: &str) -> String {
    String::from_utf8(book.read(&format!("public/{path}"))).unwrap()
}

/// Builds a book.
#[track_caller]
fn built(book: Project) -> Project {
    let run = book.run(&["build"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    book
}
