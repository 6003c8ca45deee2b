//! A publish that is ended before it is done: what is left behind, and what is said.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::desk::Desk;
use crate::outcome::Outcome;

/// A publish whose push has arrived at the remote, which waits for a file before it goes on.
fn on_its_way(desk: &Desk) -> Child {
    desk.hook("pre-receive", "touch arrived; while [ ! -e go ]; do sleep 0.02; done");
    let mut command = desk.fieldguide(&["publish", "--allow-dirty"]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    while !desk.path("remote.git/arrived").exists() {
        thread::sleep(Duration::from_millis(10));
    }
    child
}

fn go(desk: &Desk) {
    fs::write(desk.path("remote.git/go"), "").unwrap();
    desk.wait_for_git();
}

fn signal(child: &Child, name: &str) {
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-s", name, &id]).status().unwrap().success());
}

#[test]
fn a_signal_ends_it_and_leaves_nothing_behind() {
    for (name, status) in [("INT", 130), ("TERM", 143)] {
        let desk = Desk::new();
        let child = on_its_way(&desk);
        signal(&child, name);
        let run = Outcome::of(&child.wait_with_output().unwrap()).ends(status);
        let run = run.finds("error[ended]").finds("the site was on its way");
        assert!(
            run.stderr.contains("`git ls-remote origin gh-pages` shows "),
            "{}",
            run.stderr
        );
        desk.assert_clean();
        go(&desk);
        desk.git("remote.git", &["fsck", "--strict", "--full"]);
        assert_eq!(desk.locks(), Vec::<String>::new());
    }
}

#[test]
fn a_signal_after_the_push_does_not_say_that_nothing_was_published() {
    let desk = Desk::far();
    // The remote is slow to answer once it has the site.
    let slow = "for last; do :; done\ncase $last in\n\
                git-receive*) sh -c \"$last\"; touch \"$HOME/sent\";;\n\
                *) [ -e \"$HOME/sent\" ] && touch \"$HOME/asked\" && sleep 5; sh -c \"$last\";;\nesac";
    desk.script("home/ssh", slow);
    let mut command = desk.fieldguide(&["publish"]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    while !desk.path("home/asked").exists() {
        thread::sleep(Duration::from_millis(10));
    }
    signal(&child, "TERM");
    let run = Outcome::of(&child.wait_with_output().unwrap()).ends(143);
    run.finds("the site was on its way").finds("`git ls-remote origin gh-pages` shows ");
    desk.assert_clean();
    desk.wait_for_git();
    desk.assert_published(&[]);
}

#[test]
fn a_signal_at_any_time_is_answered_by_a_word_and_nothing_is_left() {
    let desk = Desk::far();
    desk.publish(&[]).ends(0);
    let (mut ended, mut late) = (0, 0);
    for i in 0..16_u32 {
        desk.write("content/index.md", format!("Ended the {i}. time.\n"));
        let old = desk.git("remote.git", &["rev-parse", "gh-pages"]);
        let before = desk.untouched();
        let mut command = desk.fieldguide(&["publish", "--allow-dirty"]);
        let child =
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        thread::sleep(Duration::from_millis(u64::from(i * 40 + 10)));
        signal(&child, "INT");
        let run = Outcome::of(&child.wait_with_output().unwrap());
        desk.wait_for_git();
        let is_new = desk.git("remote.git", &["rev-parse", "gh-pages"]) != old;
        match run.status {
            0 => late += 1,
            130 => {
                ended += 1;
                let run = run.finds("error[ended]");
                assert!(!(is_new && run.stderr.contains("nothing was published")));
            }
            other => panic!("{other}: {}{}", run.stdout, run.stderr),
        }
        assert!(before == desk.untouched());
        desk.assert_clean();
    }
    desk.git("remote.git", &["fsck", "--strict", "--full"]);
    eprintln!("{ended} ended, {late} were done before");
    assert!(ended > 0);
}

#[test]
fn what_a_killed_run_left_is_cleared_by_the_next_and_nothing_else_is() {
    let desk = Desk::new();
    let mut child = on_its_way(&desk);
    let [folder] = desk.folders().try_into().unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    // The git that it started is still at work there.
    desk.publish(&["--dry-run"]).ends(0);
    assert_eq!(desk.folders(), [folder]);
    go(&desk);
    desk.publish(&["--dry-run"]).ends(0);
    assert_eq!(desk.folders(), Vec::<String>::new());
}

#[test]
fn a_run_that_is_under_way_keeps_its_folder() {
    let desk = Desk::new();
    let child = on_its_way(&desk);
    let folders = desk.folders();
    for _ in 0..3 {
        desk.publish(&["--dry-run", "--allow-dirty"]).ends(0);
        assert_eq!(desk.folders(), folders);
    }
    go(&desk);
    Outcome::of(&child.wait_with_output().unwrap()).ends(0).says("published  gh-pages");
    desk.assert_published(&[]);
    desk.assert_clean();
}

#[test]
fn folders_of_others_are_left_alone_whatever_they_are_called() {
    let desk = Desk::new();
    let tmp = |path: &str| desk.path("tmp").join(path);
    let make = |name: &str, mode: u32, files: &[(&str, &str)]| {
        fs::create_dir(tmp(name)).unwrap();
        for (path, text) in files {
            fs::create_dir_all(tmp(name).join(path).parent().unwrap()).unwrap();
            fs::write(tmp(name).join(path), text).unwrap();
        }
        fs::set_permissions(tmp(name), fs::Permissions::from_mode(mode)).unwrap();
    };
    let mark = ("made-by-fieldguide", "");
    let precious = ("site.git/precious", "theirs");
    // Of another name, mode, owner or mark.
    make("fieldguide-publish-notes", 0o700, &[mark, precious]);
    make("fieldguide-publish-abcdefg", 0o700, &[mark, precious]);
    make("fieldguide-publish-ab_def", 0o700, &[mark, precious]);
    make("fieldguide-publish-aaaaa1", 0o755, &[mark, precious]);
    make("fieldguide-publish-aaaaa2", 0o700, &[precious]);
    make("fieldguide-publish-aaaaa3", 0o700, &[("made-by-fieldguide", "hand"), precious]);
    make("fieldguide-publish-aaaaa4", 0o700, &[mark, precious]);
    let theirs = tmp("fieldguide-publish-aaaaa4");
    let given = Command::new("chown").arg("65534").arg(theirs).status().unwrap();
    assert!(given.success(), "run this as root");
    fs::write(tmp("fieldguide-publish-aaaaa5"), "a file").unwrap();
    make("elsewhere", 0o700, &[mark, precious]);
    symlink(tmp("elsewhere"), tmp("fieldguide-publish-aaaaa6")).unwrap();
    // Ours, but for a file that somebody put there; and a link out of what is ours.
    make(
        "fieldguide-publish-aaaaa7",
        0o700,
        &[mark, ("theirs", "x"), ("site.git/x", "")],
    );
    symlink(tmp("elsewhere"), tmp("fieldguide-publish-aaaaa7/site.git/link")).unwrap();
    let before = desk.untouched_in("tmp");
    desk.publish(&["--dry-run"]).ends(0);
    let gone: Vec<String> = {
        let after = desk.untouched_in("tmp");
        before
            .into_iter()
            .filter(|(path, bytes)| after.get(path) != Some(bytes))
            .map(|(path, _)| path)
            .collect()
    };
    let ours = "fieldguide-publish-aaaaa7";
    let expected = ["made-by-fieldguide", "site.git/link", "site.git/x"];
    assert_eq!(gone, expected.map(|path| format!("{ours}/{path}")));
    // Empty ones are of runs that were killed at once.
    make("fieldguide-publish-aaaaa8", 0o700, &[]);
    make("fieldguide-publish-aaaaa9", 0o700, &[mark, ("site.git/HEAD", "")]);
    desk.publish(&["--dry-run"]).ends(0);
    for name in ["fieldguide-publish-aaaaa8", "fieldguide-publish-aaaaa9"] {
        assert!(!tmp(name).exists(), "{name}");
    }
}
