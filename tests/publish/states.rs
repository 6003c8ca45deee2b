//! The author's repository in states that people leave it in: nothing in it differs after a
//! publish, whether that went well or was refused.

use std::fs;
use std::process::Command;

use crate::desk::{Desk, program};
use crate::outcome::Outcome;

/// A state: its name, how to get there, where the book then is, and what `publish` with
/// `--allow-dirty` ends with.
type State = (&'static str, fn(&Desk), &'static str, i32);

const STATES: &[State] = &[
    ("clean", |_| {}, "book", 0),
    ("dirty", dirty, "book", 0),
    ("untracked", |desk| desk.write("content/pages/new.md", PAGE), "book", 0),
    ("staged", staged, "book", 0),
    (
        "detached",
        |desk| void(desk.git("book", &["checkout", "-q", "--detach"])),
        "book",
        0,
    ),
    ("merging", merging, "book", 0),
    ("rebasing", rebasing, "book", 0),
    ("stashed", stashed, "book", 0),
    ("worktree", worktree, "second", 0),
    ("submodule", submodule, "outer/book", 0),
    ("shallow", shallow, "shallow", 0),
    ("bare", bare, "book.git/book", 3),
    ("variables", dirty, "book", 0),
    ("nobody", |desk| fs::write(desk.path("home/.gitconfig"), "").unwrap(), "book", 0),
    ("signing", signing, "book", 0),
    ("hooks", hooks, "book", 0),
    ("picking", picking, "book", 0),
    ("bisecting", bisecting, "book", 0),
    ("sparse", sparse, "book", 0),
    ("partial", partial, "partial", 0),
    ("elsewhere", elsewhere, "elsewhere", 0),
    ("tables", tables, "tables", 0),
    ("cached", cached, "book", 0),
    ("unborn", unborn, "unborn", 4),
    ("locked", |desk| desk.write(".git/index.lock", ""), "book", 0),
];

const PAGE: &str = "+++\ntitle = \"New\"\nsummary = \"A new page.\"\n+++\n\nWords.\n";

fn void(_: String) {}

fn dirty(desk: &Desk) {
    desk.write("content/index.md", "Words.\n");
}

fn staged(desk: &Desk) {
    dirty(desk);
    desk.git("book", &["add", "-A"]);
}

/// Two branches that changed one line.
fn at_odds(desk: &Desk) {
    desk.write("notes.txt", "one\n");
    desk.commit("one");
    desk.git("book", &["checkout", "-q", "-b", "two", "HEAD~"]);
    desk.write("notes.txt", "two\n");
    desk.commit("two");
}

fn merging(desk: &Desk) {
    at_odds(desk);
    let mut merge = desk.command("git", "book");
    assert!(!merge.args(["merge", "-q", "main"]).output().unwrap().status.success());
    assert!(desk.path("book/.git/MERGE_HEAD").exists());
}

fn rebasing(desk: &Desk) {
    at_odds(desk);
    let mut rebase = desk.command("git", "book");
    assert!(!rebase.args(["rebase", "-q", "main"]).output().unwrap().status.success());
    assert!(desk.path("book/.git/rebase-merge").exists());
}

fn stashed(desk: &Desk) {
    dirty(desk);
    desk.git("book", &["stash", "-q"]);
}

fn worktree(desk: &Desk) {
    desk.git("book", &["worktree", "add", "-q", "-b", "second", "../second"]);
}

fn submodule(desk: &Desk) {
    desk.git(".", &["init", "-q", "-b", "main", "outer"]);
    let remote = desk.path("remote.git").display().to_string();
    let add = [
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        &remote,
        "book",
    ];
    desk.git("outer", &add);
    desk.git("outer", &["commit", "-q", "-m", "outer"]);
}

fn shallow(desk: &Desk) {
    desk.write("notes.txt", "one\n");
    desk.commit("one");
    desk.git("book", &["push", "-q", "origin", "main"]);
    let remote = format!("file://{}", desk.path("remote.git").display());
    desk.git(".", &["clone", "-q", "--depth=1", &remote, "shallow"]);
}

fn bare(desk: &Desk) {
    desk.git(".", &["clone", "-q", "--bare", "remote.git", "book.git"]);
    let to = desk.path("book.git/book");
    let copied = Command::new("cp").arg("-r").args([&desk.path("book"), &to]).status();
    assert!(copied.unwrap().success());
    fs::remove_dir_all(to.join(".git")).unwrap();
}

fn picking(desk: &Desk) {
    at_odds(desk);
    let mut pick = desk.command("git", "book");
    assert!(!pick.args(["cherry-pick", "main"]).output().unwrap().status.success());
    assert!(desk.path("book/.git/CHERRY_PICK_HEAD").exists());
}

fn bisecting(desk: &Desk) {
    desk.write("notes.txt", "one\n");
    desk.commit("one");
    desk.git("book", &["bisect", "start", "HEAD", "HEAD~"]);
}

/// Only some of its files are checked out.
fn sparse(desk: &Desk) {
    desk.write("more/notes.txt", "one\n");
    desk.commit("more");
    desk.git("book", &["sparse-checkout", "set", "content"]);
    assert!(!desk.path("book/more").exists());
}

/// Its objects are fetched when they are asked for.
fn partial(desk: &Desk) {
    desk.git("remote.git", &["config", "uploadpack.allowFilter", "true"]);
    let remote = format!("file://{}", desk.path("remote.git").display());
    desk.git(".", &["clone", "-q", "--filter=tree:0", &remote, "partial"]);
}

/// Its objects and settings are in another place.
fn elsewhere(desk: &Desk) {
    fs::create_dir(desk.path("far")).unwrap();
    let remote = desk.path("remote.git").display().to_string();
    let separate =
        ["clone", "-q", "--separate-git-dir=far/away.git", &remote, "elsewhere"];
    desk.git(".", &separate);
}

/// Its refs are in tables, which git can do since 2.45.
fn tables(desk: &Desk) {
    let remote = desk.path("remote.git").display().to_string();
    desk.git(".", &["clone", "-q", "--ref-format=reftable", &remote, "tables"]);
}

/// Whether the git on a desk's `PATH` can keep refs in tables.
fn has_tables(desk: &Desk) -> bool {
    let version = desk.git(".", &["version"]);
    let number = version.split(' ').nth(2).expect("`git version NUMBER`");
    let mut parts = number.split('.').map(|part| part.parse().unwrap_or(0));
    let (major, minor): (u32, u32) = (parts.next().unwrap(), parts.next().unwrap());
    (major, minor) >= (2, 45)
}

/// Its index knows what is not tracked.
fn cached(desk: &Desk) {
    desk.git("book", &["config", "core.untrackedCache", "true"]);
    desk.git("book", &["update-index", "--untracked-cache"]);
    dirty(desk);
}

fn signing(desk: &Desk) {
    desk.git("book", &["config", "commit.gpgSign", "true"]);
    desk.git("book", &["config", "push.gpgSign", "true"]);
    desk.git("book", &["config", "gpg.program", "/bin/false"]);
}

/// Hooks of the author and of the whole machine that would spoil everything.
fn hooks(desk: &Desk) {
    let spoil = "#!/bin/sh\ntouch \"$HOME/spoilt\"\nexit 1\n";
    for name in ["pre-push", "pre-commit", "reference-transaction", "post-checkout"] {
        for folder in ["book/.git/hooks", "home/hooks"] {
            let hook = desk.path(folder).join(name);
            fs::create_dir_all(hook.parent().unwrap()).unwrap();
            fs::write(&hook, spoil).unwrap();
            let made = Command::new("chmod").arg("+x").arg(&hook).status().unwrap();
            assert!(made.success());
        }
    }
    let settings = fs::read_to_string(desk.path("home/.gitconfig")).unwrap();
    let hooks = desk.path("home/hooks");
    let settings = format!("{settings}[core]\n\thooksPath = {}\n", hooks.display());
    fs::write(desk.path("home/.gitconfig"), settings).unwrap();
}

fn unborn(desk: &Desk) {
    let copied = Command::new("cp")
        .arg("-r")
        .args([&desk.path("book"), &desk.path("unborn")])
        .status();
    assert!(copied.unwrap().success());
    fs::remove_dir_all(desk.path("unborn/.git")).unwrap();
    desk.git("unborn", &["init", "-q", "-b", "main"]);
    desk.git("unborn", &["remote", "add", "origin", "../remote.git"]);
}

#[test]
fn nothing_of_the_checkout_differs_afterwards() {
    for (name, reach, folder, status) in STATES {
        let mut desk = Desk::new();
        if *name == "tables" && !has_tables(&desk) {
            let Some(newer) = std::env::var_os("NEWER_GIT") else {
                eprintln!(
                    "not tried: refs in tables; they need git 2.45, or `NEWER_GIT`"
                );
                continue;
            };
            desk.prefer_programs_in(newer);
            assert!(
                has_tables(&desk),
                "`NEWER_GIT` names a folder with git 2.45 or newer"
            );
        }
        reach(&desk);
        let before = desk.untouched();
        let mut command = desk.command(&program(), folder);
        command.args(["publish", "--allow-dirty"]);
        if *name == "variables" {
            let stray = desk.path("home/stray");
            for variable in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
                command.env(variable, &stray);
            }
            command.env("GIT_OBJECT_DIRECTORY", &stray).env("GIT_CONFIG_GLOBAL", &stray);
        }
        let run = Outcome::of(&command.output().unwrap());
        assert_eq!(run.status, *status, "{name}: {}{}", run.stdout, run.stderr);
        let after = desk.untouched();
        let differs = |path: &&String| before.get(*path) != after.get(*path);
        let differ: Vec<_> = before.keys().chain(after.keys()).filter(differs).collect();
        assert_eq!(differ, Vec::<&String>::new(), "{name}");
        let is_there = desk.refs("remote.git").contains("gh-pages");
        assert_eq!(is_there, *status == 0, "{name}");
        desk.assert_clean();
    }
}

#[test]
fn a_commit_has_an_author_even_where_git_knows_nobody() {
    let desk = Desk::new();
    desk.publish(&[]).ends(0);
    let who = ["log", "-1", "--format=%an <%ae> %cn", "gh-pages"];
    assert_eq!(desk.git("remote.git", &who), "An Author <author@example.org> An Author");
    fs::write(desk.path("home/.gitconfig"), "").unwrap();
    dirty(&desk);
    desk.publish(&["--allow-dirty", "--message", "by nobody"]).ends(0);
    assert_eq!(
        desk.git("remote.git", &who),
        "fieldguide <fieldguide@localhost> fieldguide"
    );
    let subject = desk.git("remote.git", &["log", "-1", "--format=%s", "gh-pages"]);
    assert_eq!(subject, "by nobody");
}

#[test]
fn an_empty_message_is_none() {
    let desk = Desk::new();
    desk.publish(&["--message", " "]).ends(0);
    let subject = desk.git("remote.git", &["log", "-1", "--format=%s", "gh-pages"]);
    assert!(subject.starts_with("Publish from "), "{subject}");
}

#[test]
fn a_remote_is_a_folder_of_any_name_or_the_first_of_several() {
    let desk = Desk::new();
    fs::create_dir(desk.path("a:b $x")).unwrap();
    fs::rename(desk.path("remote.git"), desk.path("a:b $x/c:d.git")).unwrap();
    std::os::unix::fs::symlink("a:b $x/c:d.git", desk.path("remote.git")).unwrap();
    for key in ["url", "pushurl"] {
        let key = format!("remote.origin.{key}");
        desk.git("book", &["config", &key, "../a:b $x/c:d.git"]);
        desk.git("book", &["config", "--add", &key, "../nowhere.git"]);
        desk.write("content/index.md", format!("{key}\n"));
        desk.publish(&["--allow-dirty"]).ends(0);
        desk.assert_published(&[]);
    }
}
