//! What is not published, and what is said of it.

use std::fs;
use std::process::Command;

use crate::desk::Desk;

/// Publishes, which must be refused with this exit code; findings must hold the words.
#[track_caller]
fn refuses(desk: &Desk, arguments: &[&str], status: i32, words: &str) -> String {
    let refs = desk.refs("remote.git");
    let run = desk.publish(arguments).ends(status).finds(words);
    assert!(run.stderr.contains("help: "), "no way out in:\n{}", run.stderr);
    assert_eq!(desk.refs("remote.git"), refs);
    desk.assert_clean();
    run.stderr
}

#[test]
fn what_speaks_against_it_is_said_all_at_once() {
    let desk = Desk::new();
    desk.edit("book.toml", "https://example.org/small/", "http://localhost/");
    desk.write("content/index.md", "# A heading\n\n### Too deep\n");
    let found = refuses(&desk, &["--drafts"], 4, "error[publish-refused]");
    for words in [
        "the book does not say where it is served",
        "the book has 2 warnings",
        "drafts would be published",
        "not committed: `book.toml` and `content/index.md`",
    ] {
        assert!(found.contains(words), "no `{words}` in:\n{found}");
    }
}

#[test]
fn a_book_with_errors_is_refused_and_its_errors_are_shown() {
    let desk = Desk::new();
    desk.edit("content/frameworks/django.toml", "name = \"Django\"", "nmae = \"Django\"");
    desk.commit("slip");
    let found = refuses(&desk, &[], 4, "error[unknown-key]");
    assert!(found.contains("the book has "), "{found}");
}

#[test]
fn files_that_git_ignores_are_not_published_as_if_they_were_committed() {
    let desk = Desk::new();
    desk.write(".gitignore", "private-*\n*.swp\n");
    desk.git("book", &["add", ".gitignore"]);
    desk.git("book", &["commit", "-q", "-m", "Ignore some files"]);
    // No site is made from what an editor leaves.
    desk.write("content/guides/.how.md.swp", "x");
    desk.write("content/guides/how.md.swp", "x");
    desk.publish(&["--dry-run"]).ends(0);
    let guide = "+++\ntitle = \"P\"\nsummary = \"S\"\n+++\n\nText.\n";
    desk.write("content/guides/private-note.md", guide);
    refuses(&desk, &[], 4, "not committed: `content/guides/private-note.md`");
}

#[test]
fn facts_that_grow_old_never_stand_in_the_way() {
    let desk = Desk::new();
    let run = desk.publish(&["--today", "2096-01-01"]).ends(0);
    assert!(run.stdout.contains("but for "), "{}", run.stdout);
    assert!(run.stderr.contains("warning[stale-fact]"), "{}", run.stderr);
}

#[test]
fn branches_that_hold_more_than_a_site_are_refused() {
    let desk = Desk::new();
    refuses(&desk, &["--branch", "main"], 4, "which is checked out here");
    desk.git("book", &["checkout", "-q", "-b", "work"]);
    refuses(&desk, &["--branch", "main"], 4, "which is the default branch of `origin`");
    // A branch of somebody else, full of other files.
    desk.somebody("precious", &[("a.c", ""), ("b.c", ""), ("c.c", "")]);
    let found = refuses(&desk, &["--branch", "precious"], 4, "would be gone");
    assert!(found.contains("3 of 3 published files"), "{found}");
}

#[test]
fn an_empty_remote_is_refused() {
    let desk = Desk::new();
    desk.git(".", &["init", "-q", "--bare", "empty.git"]);
    desk.git("book", &["remote", "add", "empty", "../empty.git"]);
    refuses(&desk, &["--remote", "empty"], 4, "`empty` is empty");
    assert_eq!(desk.refs("empty.git"), "");
}

#[test]
fn more_than_a_fifth_of_the_pages_does_not_vanish_unasked() {
    let desk = Desk::new();
    desk.publish(&[]).ends(0);
    let pages: Vec<String> = (0..12).map(|i| format!("old/{i}/index.html")).collect();
    let files: Vec<(&str, &str)> =
        pages.iter().map(|path| (path.as_str(), "old")).collect();
    desk.somebody("gh-pages", &files);
    refuses(&desk, &[], 4, "12 of 43 published pages would be gone");
    desk.publish(&["--allow-removals"]).ends(0).says("-12");
    desk.assert_published(&[]);
}

#[test]
fn a_site_of_a_newer_commit_is_not_replaced() {
    let desk = Desk::new();
    let old = desk.git("book", &["rev-parse", "HEAD"]);
    desk.rename();
    desk.publish(&[]).ends(0);
    desk.git("book", &["checkout", "-q", &old]);
    refuses(&desk, &[], 4, "was made from a newer commit");
    // A commit on top, which does not know where the site came from.
    desk.somebody("gh-pages", &[("CNAME", "guide.example.net\n")]);
    refuses(&desk, &["--base-url", "https://guide.example.net/"], 4, "a newer commit");
    desk.git("book", &["checkout", "-q", "-b", "apart"]);
    desk.write("content/index.md", "Apart.\n");
    desk.commit("apart");
    let base = ["--base-url", "https://guide.example.net/"];
    refuses(&desk, &base, 4, "a commit that is not in this one");
    desk.publish(&[&base[..], &["--allow-older"]].concat()).ends(0);

    let other = Desk::new();
    let remote = desk.path("remote.git").display().to_string();
    other.git("book", &["remote", "set-url", "origin", &remote]);
    let run = other.publish(&base).ends(4);
    assert!(run.stderr.contains("a commit that is not here"), "{}", run.stderr);
}

#[test]
fn the_domain_is_kept_or_set_and_the_address_must_be_its_own() {
    let desk = Desk::new();
    desk.publish(&[]).ends(0);
    // As GitHub's settings write it: without the end of the line.
    desk.somebody("gh-pages", &[("CNAME", "guide.example.org")]);
    refuses(&desk, &[], 4, "is not at the site's domain `guide.example.org`");
    desk.edit("book.toml", "https://example.org/small/", "https://guide.example.org/");
    desk.commit("address");
    desk.publish(&[]).ends(0).says("CNAME kept (guide.example.org)");
    desk.assert_published(&[("CNAME", "guide.example.org")]);
    desk.publish(&[]).ends(0).says("nothing to publish");
    let book = fs::read_to_string(desk.path("book/book.toml")).unwrap();
    let book = book.replace("guide.example.org", "other.example.org");
    desk.write(
        "book.toml",
        format!("{book}\n[publish]\ncname = \"other.example.org\"\n"),
    );
    desk.commit("domain");
    desk.publish(&[]).ends(0).says("CNAME set (other.example.org)");
    desk.assert_published(&[("CNAME", "other.example.org\n")]);
    desk.edit("book.toml", "cname = \"other", "cname = \"https://other");
    desk.commit("no domain");
    refuses(&desk, &[], 4, "is no domain");
}

#[test]
fn the_address_must_be_the_one_that_github_serves() {
    let desk = Desk::github();
    let wrong = "is not where GitHub serves this repository";
    for (url, words) in [
        ("https://example.org/other/", wrong),
        ("https://me.github.io/", wrong),
        ("https://me.github.io/Small/", wrong),
        ("https://you.github.io/small/", wrong),
        ("http://localhost:4000/", "the book does not say where it is served"),
    ] {
        let found = refuses(&desk, &["--base-url", url], 4, words);
        assert!(
            found.contains("`base_url = \"https://me.github.io/small/\"`"),
            "{found}"
        );
    }
    // The domain of the owner's own site serves all of theirs.
    desk.publish(&["--dry-run"])
        .ends(0)
        .says("if example.org is the domain of me.github.io");
    desk.edit("book.toml", "https://example.org/", "https://me.github.io/");
    desk.commit("address");
    let run =
        desk.publish(&[]).ends(0).says("https://me.github.io/small/ fits the remote");
    let run = run.says("GitHub shows it at https://me.github.io/small/");
    let _ = run.says("https://github.com/me/small/settings/pages");
    desk.assert_published(&[]);
}

#[test]
fn what_git_itself_cannot_do_is_said_in_its_words() {
    let desk = Desk::new();
    fs::remove_dir_all(desk.path("book/.git")).unwrap();
    desk.publish(&[]).ends(3).finds("error[git]").finds("not a git repository");

    let desk = Desk::new();
    fs::rename(desk.path("remote.git"), desk.path("elsewhere.git")).unwrap();
    desk.publish(&[]).ends(3).finds("the remote `origin` cannot be read");

    // Of another user, if we may make it so.
    let desk = Desk::new();
    let chown =
        Command::new("chown").args(["-R", "65534"]).arg(desk.path("book/.git")).status();
    let chown_top = Command::new("chown").arg("65534").arg(desk.path("book")).status();
    assert!(chown.unwrap().success() && chown_top.unwrap().success(), "run this as root");
    desk.publish(&[]).ends(3).finds("dubious ownership").finds("safe.directory");
}
