//! `publish` against bare repositories: the branch from outside, before and after. Needs git,
//! strace and root; `tests/run` runs it, and plain `cargo test` does not.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::disallowed_methods, reason = "tests write and read their own folders")]
#![expect(clippy::print_stderr, reason = "how many were tried is worth knowing")]

#[path = "publish/desk.rs"]
mod desk;
#[path = "support/outcome.rs"]
mod outcome;

#[path = "publish/bytes.rs"]
mod bytes;
#[path = "publish/ended.rs"]
mod ended;
#[path = "publish/hostile.rs"]
mod hostile;
#[path = "publish/kept.rs"]
mod kept;
#[path = "publish/kill.rs"]
mod kill;
#[path = "publish/race.rs"]
mod race;
#[path = "publish/refused.rs"]
mod refused;
#[path = "publish/remote.rs"]
mod remote;
#[path = "publish/states.rs"]
mod states;

use desk::Desk;

#[test]
fn the_first_site_is_the_first_commit_and_the_second_follows_it() {
    let desk = Desk::new();
    desk.publish(&[]).ends(0).says("published  gh-pages ").says("pages +");
    desk.assert_published(&[]);
    assert_eq!(desk.log("gh-pages").len(), 1);

    desk.rename();
    desk.publish(&[]).ends(0).says("pages +0 ~");
    desk.assert_published(&[]);
    let log = desk.log("gh-pages");
    assert_eq!(log.len(), 2);
    let head = desk.git("book", &["rev-parse", "HEAD"]);
    let last = desk.git("remote.git", &["log", "-1", "--format=%B", "gh-pages"]);
    assert!(last.contains(&format!("Fieldguide-Source: {head}")), "{last}");
}

#[test]
fn the_same_site_makes_no_commit() {
    let desk = Desk::new();
    desk.publish(&[]).ends(0);
    let before = desk.refs("remote.git");
    desk.publish(&[]).ends(0).says("nothing to publish");
    desk.write("README.md", "No part of the book.\n");
    desk.commit("readme");
    desk.git("book", &["push", "-q", "origin", "main"]);
    desk.publish(&[]).ends(0).says("nothing to publish");
    assert_eq!(desk.log("gh-pages").len(), 1);
    assert!(desk.refs("remote.git").contains(before.lines().next().unwrap()));
}

#[test]
fn a_dry_run_shows_what_would_change_and_changes_nothing() {
    let desk = Desk::new();
    let refs = desk.refs("remote.git");
    desk.publish(&["--dry-run"]).ends(0).says("pages +31 ~0 -0").says("stays as it is");
    assert_eq!(desk.refs("remote.git"), refs);
    desk.assert_clean();
    desk.publish(&["-q"]).ends(0);
    desk.edit("content/goals/content-sites.md", "orm = ", "# orm = ");
    desk.git("book", &["rm", "-q", "content/guides/how-to-choose.md"]);
    desk.commit("fewer");
    let run = desk.publish(&["--dry-run", "-v"]).ends(0).says(" -");
    assert!(
        run.stdout.contains("removed guides/how-to-choose/index.html"),
        "{}",
        run.stdout
    );
    assert_eq!(desk.log("gh-pages").len(), 1);
}

#[test]
fn whose_rank_moves_is_said() {
    let desk = Desk::new();
    desk.publish(&[]).ends(0);
    let goal = "api/v1/goals/content-sites.json";
    let before = String::from_utf8(desk.branch("gh-pages")[goal].clone()).unwrap();
    // What stands on the branch is what counts, whoever wrote it.
    let swapped = before.replace("\"rank\":1", "\"rank\":9");
    assert_ne!(before, swapped);
    desk.somebody("gh-pages", &[(goal, &swapped)]);
    let run = desk.publish(&[]).ends(0);
    assert!(run.stdout.contains("content-sites: 1. "), "{}", run.stdout);
    assert!(run.stdout.contains("(was 9.)"), "{}", run.stdout);
}
