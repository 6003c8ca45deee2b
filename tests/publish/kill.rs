//! A publish that is killed at any of its system calls: the remote's branch is the old or the
//! new one, whole, and the checkout is as it was.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::desk::Desk;

/// Points at which it is killed.
fn kills() -> usize {
    std::env::var("PUBLISH_KILLS").map_or(40, |kills| kills.parse().unwrap())
}

#[test]
fn killed_anywhere_it_leaves_the_old_site_or_the_new_one() {
    let desk = Desk::new();
    desk.publish(&[]).ends(0);
    let old = desk.log("gh-pages")[0].clone();
    let name = |name: &str| {
        desk.write("content/index.md", format!("{name}\n"));
    };
    // How many calls there are, and from which on git runs.
    name("Counted.");
    let log = desk.path("tmp/calls");
    let mut strace = desk.command("strace", "book");
    strace.args(["-qq", "-o"]).arg(&log).arg(env!("CARGO_BIN_EXE_fieldguide"));
    let run = strace.args(["publish", "--allow-dirty", "--jobs", "1"]).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let text = fs::read_to_string(&log).unwrap();
    fs::remove_file(&log).unwrap();
    let calls = counted(&text);
    let first = calls.iter().position(|(call, _)| *call == "clone3" || *call == "vfork");
    let first = first.expect("git is started");
    desk.git("remote.git", &["update-ref", "refs/heads/gh-pages", &old]);
    // Before git is started nothing can have happened: a few points there, the others after.
    let (before, after) = (kills() / 10, kills() - kills() / 10);
    let early = (0..before).map(|i| i * first / before);
    let late = (0..after).map(|i| first + i * (calls.len() - first) / after);
    let (mut olds, mut news) = (0, 0);
    for at in early.chain(late) {
        let (call, count) = calls[at];
        name(&format!("Killed at {at}."));
        let index = fs::read(desk.path("book/.git/index")).unwrap();
        let refs = desk.refs("book");
        let expected = desk.git("remote.git", &["rev-parse", "gh-pages"]);
        let mut strace = desk.command("strace", "book");
        let inject = format!("inject={call}:signal=KILL:when={count}");
        strace.args(["-qq", "-o", "/dev/null", "-e", &inject]);
        strace.arg(env!("CARGO_BIN_EXE_fieldguide"));
        let run =
            strace.args(["publish", "--allow-dirty", "--jobs", "1"]).output().unwrap();
        desk.wait_for_git();
        let found = desk.git("remote.git", &["rev-parse", "gh-pages"]);
        if found == expected {
            olds += 1;
            assert!(!run.status.success(), "it ended well, and nothing was published");
        } else {
            news += 1;
            let parent = desk.git("remote.git", &["rev-parse", "gh-pages^"]);
            assert_eq!(parent, expected);
            desk.assert_published(&[]);
        }
        desk.git("remote.git", &["fsck", "--strict", "--full"]);
        desk.git("book", &["fsck", "--strict", "--full"]);
        assert_eq!(fs::read(desk.path("book/.git/index")).unwrap(), index);
        assert_eq!(desk.refs("book"), refs);
        assert_eq!(desk.locks(), Vec::<String>::new());
    }
    eprintln!("{} points: {olds} old, {news} new", olds + news);
    assert!(olds > 0 && news > 0, "{olds} old, {news} new");
}

#[test]
fn killed_with_every_git_it_started_it_leaves_the_old_site_or_the_new_one() {
    let desk = Desk::new();
    let start = Instant::now();
    desk.publish(&["--jobs", "1"]).ends(0);
    let whole = start.elapsed();
    let (mut olds, mut news) = (0, 0);
    let times = kills() / 2;
    for i in 0..times {
        desk.write("content/index.md", format!("Killed the {i}. time.\n"));
        let expected = desk.git("remote.git", &["rev-parse", "gh-pages"]);
        let refs = desk.refs("book");
        let mut command = desk.fieldguide(&["publish", "--allow-dirty", "--jobs", "1"]);
        command.process_group(0).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        // Spread over the run, and a little beyond its end.
        let part = u32::try_from(i * 120 / times).unwrap();
        thread::sleep(whole * part / 100);
        let group = format!("-{}", child.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).output();
        child.wait().unwrap();
        desk.wait_for_git();
        // The remote's own git was killed as well, which leaves its locks to its owner.
        for lock in desk.locks() {
            fs::remove_file(desk.path("remote.git").join(lock)).unwrap();
        }
        let found = desk.git("remote.git", &["rev-parse", "gh-pages"]);
        if found == expected {
            olds += 1;
        } else {
            news += 1;
            assert_eq!(desk.git("remote.git", &["rev-parse", "gh-pages^"]), expected);
            desk.assert_published(&[]);
        }
        desk.git("remote.git", &["fsck", "--strict", "--full"]);
        assert_eq!(desk.refs("book"), refs);
    }
    eprintln!("{} times: {olds} old, {news} new", olds + news);
    assert!(olds > 0 && news > 0, "{olds} old, {news} new");
}

/// The system calls of a run, each with how often it had been called by then.
fn counted(log: &str) -> Vec<(&str, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let names = log.lines().filter_map(|line| Some(line.split_once('(')?.0));
    let names =
        names.filter(|name| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'));
    let calls = names.map(|name| {
        let count = counts.entry(name).or_default();
        *count += 1;
        (name, *count)
    });
    calls.collect()
}

impl Desk {
    /// Waits until no git runs on this desk any more.
    fn wait_for_git(&self) {
        let start = Instant::now();
        let desk = self.path("").display().to_string();
        while !self.processes_in(&desk).is_empty() {
            assert!(start.elapsed() < Duration::from_secs(30), "git runs on and on");
            thread::sleep(Duration::from_millis(5));
        }
    }
}
