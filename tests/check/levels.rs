//! Levels and waivers of `book.toml`.

use super::Project;

/// The small book with one stale fact and one source that nothing names.
fn book(check: &str) -> Project {
    let book = Project::minimal()
        .edit("content/frameworks/flask.toml", "2026-10-01", "2024-10-01")
        .edit(
            "content/sources.toml",
            "[manuals]",
            "[more]\ntitle = \"More\"\n\n[manuals]",
        );
    let text = String::from_utf8(book.read("book.toml")).unwrap();
    book.bytes("book.toml", format!("{text}\n{check}").as_bytes())
}

#[track_caller]
fn case(check: &str, status: i32, expected: &[&str]) {
    let (found, ended) = book(check).check();
    let found: Vec<String> =
        found.iter().map(|f| format!("{} {}", f.severity, f.brief())).collect();
    assert_eq!(found, expected);
    assert_eq!(ended, status);
}

const STALE: &str = "warning content/frameworks/flask.toml:9:1 stale-fact";
const UNUSED: &str = "warning content/sources.toml:1:2 unused";

#[test]
fn findings_have_levels_of_their_own() {
    case("", 0, &[STALE, UNUSED]);
    assert_eq!(book("").run(&["check", "--strict"]).status, 1);
}

#[test]
fn a_book_sets_levels() {
    case("[check]\nstale-fact = \"warn\"\n", 0, &[STALE, UNUSED]);
    case("[check]\nstale-fact = \"off\"\n", 0, &[UNUSED]);
    case("[check]\nstale-fact = \"off\"\nunused = \"off\"\n", 0, &[]);
    let error = "error content/frameworks/flask.toml:9:1 stale-fact";
    case("[check]\nstale-fact = \"error\"\n", 1, &[error, UNUSED]);
}

#[test]
fn an_error_may_be_made_a_warning_where_nature_allows_it() {
    let stray = |check: &str| {
        let book = book(check).file("content/notes.txt", "Notes.\n");
        let outcome = book.run(&["check", "--format", "json"]);
        (outcome.status, outcome.stderr.matches("unexpected-file").count())
    };
    assert_eq!(stray(""), (1, 1));
    assert_eq!(stray("[check]\nunexpected-file = \"warn\"\n"), (0, 1));
    assert_eq!(stray("[check]\nunexpected-file = \"off\"\n"), (0, 0));
}

#[test]
fn a_level_that_cannot_be_set_is_reported() {
    let stale = |name: &str| format!("[check]\n{name} = \"off\"\n");
    let found = "error book.toml:7:1 unknown-finding";
    case(&stale("dead-link"), 1, &[found, STALE, UNUSED]);
    case(&stale("stalefact"), 1, &[found, STALE, UNUSED]);
}

/// A waiver of stale facts in a file.
fn waiver(file: &str, until: &str) -> String {
    let until =
        if until.is_empty() { String::new() } else { format!("until = {until}\n") };
    format!(
        "[[check.waive]]\ncode = \"stale-fact\"\nfile = \"{file}\"\n\
         reason = \"The next survey is in spring.\"\n{until}"
    )
}

#[test]
fn a_finding_is_accepted_until_a_day() {
    let file = "content/frameworks/flask.toml";
    case(&waiver(file, ""), 0, &[UNUSED]);
    case(&waiver(file, "2026-11-22"), 0, &[UNUSED]);
    let ended = "warning book.toml:10:9 stale-waiver";
    case(&waiver(file, "2026-11-21"), 0, &[ended, STALE, UNUSED]);
}

#[test]
fn a_waiver_without_a_finding_is_reported() {
    let idle = "warning book.toml:8:8 stale-waiver";
    case(&waiver("content/frameworks/rails.toml", ""), 0, &[idle, STALE, UNUSED]);
    case(&waiver("content/frameworks/ruby.toml", ""), 0, &[idle, STALE, UNUSED]);
}

#[test]
fn a_waiver_needs_a_reason() {
    let check = "[[check.waive]]\ncode = \"unused\"\nfile = \"content/sources.toml\"\n";
    case(check, 1, &["error book.toml:6:1 missing-key", STALE]);
}
