//! Others at the same branch: nobody's commit is lost, and whoever is not first says so.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Barrier;
use std::thread;

use crate::desk::{Desk, program};
use crate::outcome::Outcome;

/// Publishers at once.
const PUBLISHERS: usize = 20;

fn rounds() -> usize {
    std::env::var("PUBLISH_ROUNDS").map_or(10, |rounds| rounds.parse().unwrap())
}

#[test]
fn twenty_publishers_at_once_lose_nothing() {
    let desk = Desk::new();
    desk.publish(&[]).ends(0);
    // Each has a book of its own that differs in one word, from the same commit.
    for i in 0..PUBLISHERS {
        desk.git(".", &["clone", "-q", "remote.git", &format!("book{i}")]);
    }
    for round in 0..rounds() {
        let before = desk.log("gh-pages");
        let barrier = Barrier::new(PUBLISHERS);
        let runs: Vec<Outcome> = thread::scope(|scope| {
            let all: Vec<_> = (0..PUBLISHERS)
                .map(|i| {
                    let (desk, barrier) = (&desk, &barrier);
                    scope.spawn(move || {
                        let folder = format!("book{i}");
                        let faq = desk.path(&folder).join("content/index.md");
                        fs::write(faq, format!("Round {round}, publisher {i}.\n"))
                            .unwrap();
                        let mut command = desk.command(&program(), &folder);
                        command.args(["publish", "--allow-dirty", "--jobs", "1"]);
                        command.args(["--message", &format!("round {round} by {i}")]);
                        barrier.wait();
                        Outcome::of(&command.output().unwrap())
                    })
                })
                .collect();
            all.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let mut expected = BTreeSet::new();
        for (i, run) in runs.iter().enumerate() {
            match run.status {
                0 => assert!(expected.insert(format!("round {round} by {i}"))),
                4 => {
                    assert!(run.stderr.contains("error[publish-lost]"), "{}", run.stderr);
                }
                other => panic!("{other}: {}{}", run.stdout, run.stderr),
            }
        }
        assert!(!expected.is_empty(), "nobody was first");
        let log = desk.git("remote.git", &["log", "--format=%s", "gh-pages"]);
        let all: Vec<&str> = log.lines().collect();
        let new = &all[..all.len() - before.len()];
        let found: BTreeSet<String> = new.iter().map(|line| (*line).to_owned()).collect();
        assert_eq!((found.len(), &found), (new.len(), &expected));
        // What was there is still there, below what is new.
        assert_eq!(desk.log("gh-pages")[new.len()..], before);
        let merges = desk.git("remote.git", &["rev-list", "--merges", "gh-pages"]);
        assert_eq!(merges, "", "the history is a line");
        eprintln!("round {round}: {} of {PUBLISHERS} published", new.len());
    }
    desk.git("remote.git", &["fsck", "--strict", "--full"]);
    desk.assert_clean();
}

/// Lets a hook of the remote act once, when a push arrives and before it is decided.
fn on_push(desk: &Desk, act: &str) {
    desk.hook("pre-receive", &format!("[ -e done ] && exit 0\ntouch done\n{act}"));
}

#[test]
fn a_branch_that_moves_meanwhile_is_read_again_and_nothing_is_lost() {
    let desk = Desk::new();
    desk.publish(&[]).ends(0);
    desk.somebody("other", &[("CNAME", "guide.example.org\n")]);
    // A commit of somebody else, ready to be put in the way.
    desk.git("remote.git", &["branch", "-q", "ready", "gh-pages"]);
    desk.somebody("ready", &[("CNAME", "guide.example.org\n")]);
    desk.edit("book.toml", "https://example.org/small/", "https://guide.example.org/");
    desk.commit("address");
    on_push(&desk, "git update-ref refs/heads/gh-pages refs/heads/ready");
    let run = desk.publish(&[]).ends(0).says("somebody published meanwhile");
    assert!(run.stdout.contains("published  gh-pages"), "{}", run.stdout);
    assert_eq!(desk.log("gh-pages").len(), 3);
    assert_eq!(desk.log("gh-pages")[1], desk.log("ready")[0]);
    desk.assert_published(&[("CNAME", "guide.example.org\n")]);
}

#[test]
fn a_branch_that_is_removed_meanwhile_is_begun_anew() {
    let desk = Desk::new();
    desk.publish(&[]).ends(0);
    desk.rename();
    on_push(&desk, "git update-ref -d refs/heads/gh-pages");
    desk.publish(&[]).ends(0).says("somebody published meanwhile");
    assert_eq!(desk.log("gh-pages").len(), 1);
    desk.assert_published(&[]);
}

#[test]
fn a_branch_that_is_begun_meanwhile_is_not_overwritten() {
    let desk = Desk::new();
    desk.somebody("ready", &[("precious.html", "theirs"), ("more.html", "theirs")]);
    on_push(&desk, "git update-ref refs/heads/gh-pages refs/heads/ready");
    let run = desk.publish(&[]).ends(4).finds("error[publish-refused]");
    assert!(run.stderr.contains("would be gone"), "{}", run.stderr);
    assert_eq!(desk.log("gh-pages"), desk.log("ready"));
}

#[test]
fn a_branch_that_is_put_back_meanwhile_is_read_again() {
    let desk = Desk::new();
    desk.publish(&[]).ends(0);
    let first = desk.log("gh-pages")[0].clone();
    desk.rename();
    desk.publish(&[]).ends(0);
    desk.write("content/index.md", "Words.\n");
    desk.commit("words");
    // Somebody forces the branch back to where it was.
    on_push(&desk, &format!("git update-ref refs/heads/gh-pages {first}"));
    desk.publish(&[]).ends(0).says("somebody published meanwhile");
    assert_eq!(desk.log("gh-pages")[1..], [first]);
    desk.assert_published(&[]);
}

#[test]
fn a_branch_that_always_moves_is_left_to_others() {
    let desk = Desk::new();
    desk.publish(&[]).ends(0);
    desk.rename();
    let next = "t=$(git rev-parse gh-pages^{tree}); c=$(git -c user.name=a -c user.email=b \
                commit-tree $t -p gh-pages -m theirs </dev/null); \
                git update-ref refs/heads/gh-pages $c";
    desk.hook("pre-receive", next);
    desk.publish(&[]).ends(4).finds("error[publish-lost]");
    assert_eq!(desk.log("gh-pages").len(), 5);
    let subjects = desk.git("remote.git", &["log", "--format=%s", "gh-pages"]);
    assert_eq!(subjects.matches("theirs").count(), 4, "{subjects}");
}
