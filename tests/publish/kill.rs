//! A publish that is killed at any of its system calls, alone or with every git that it
//! started: the remote's branch is the old or the new one, whole, and the checkout is as it was.
//!
//! The remote's own git is not killed: it runs in a session of its own, as behind `ssh`.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Instant;

use crate::desk::{Desk, Files, program};

/// What is typed.
const PUBLISH: [&str; 4] = ["publish", "--allow-dirty", "--jobs", "1"];

/// At which system calls it is killed: of every so many, the one of this number.
fn kills() -> (usize, usize) {
    let chosen = std::env::var("PUBLISH_KILLS").unwrap_or_else(|_| "7/120".to_owned());
    let (one, of) = chosen.split_once('/').expect("PUBLISH_KILLS is as 0/1 or 7/120");
    (one.parse().unwrap(), of.parse().unwrap())
}

/// How often it is killed at some time or other.
fn times() -> u32 {
    std::env::var("PUBLISH_TIMES").map_or(16, |times| times.parse().unwrap())
}

/// What was found after kills.
#[derive(Default)]
struct Tally {
    old: usize,
    new: usize,
    /// Runs that ended before they could be killed.
    unkilled: usize,
}

/// A desk before a run that is killed.
struct Before<'a> {
    desk: &'a Desk,
    tip: String,
    book: Files,
}

impl<'a> Before<'a> {
    /// Writes something new to publish, and looks at everything.
    fn new(desk: &'a Desk, words: &str) -> Self {
        desk.write("content/index.md", format!("{words}\n"));
        let tip = desk.git("remote.git", &["rev-parse", "gh-pages"]);
        Self { desk, tip, book: desk.untouched() }
    }

    /// Asserts that the branch is the old or the new one, and nothing else differs.
    fn compare(self, is_success: bool, tally: &mut Tally) {
        let Self { desk, tip, book } = self;
        desk.wait_for_git();
        let found = desk.git("remote.git", &["rev-parse", "gh-pages"]);
        tally.unkilled += usize::from(is_success);
        if found == tip {
            tally.old += 1;
            assert!(!is_success, "it ended well, and nothing was published");
            desk.git("remote.git", &["fsck", "--strict", "--full"]);
        } else {
            tally.new += 1;
            assert_eq!(desk.git("remote.git", &["rev-parse", "gh-pages^"]), tip);
            desk.assert_published(&[]);
        }
        assert!(book == desk.untouched(), "the checkout differs");
        assert_eq!(desk.locks(), Vec::<String>::new());
    }
}

impl Tally {
    /// Asserts that there was some of each, and that the next run clears up.
    fn settle(&self, desk: &Desk, what: &str) {
        let Self { old, new, unkilled } = self;
        eprintln!(
            "{what}: {} kills, {unkilled} too late: {old} old, {new} new",
            old + new
        );
        assert!(*old > 0 && *new > 0, "{old} old, {new} new");
        desk.write("content/index.md", "The last words.\n");
        desk.publish(&["--allow-dirty"]).ends(0);
        desk.assert_clean();
        desk.git("book", &["fsck", "--strict", "--full"]);
    }
}

#[test]
fn killed_at_a_system_call_it_leaves_the_old_site_or_the_new_one() {
    kill_at_calls(false);
}

#[test]
fn killed_there_with_its_gits_it_leaves_the_old_site_or_the_new_one() {
    kill_at_calls(true);
}

/// Kills at system calls of any thread: the program alone, or all that it started too.
fn kill_at_calls(with_gits: bool) {
    let desk = Desk::far();
    desk.publish(&[]).ends(0);
    let (one, of) = kills();
    let mut tally = Tally::default();
    for (call, count) in calls(&desk).into_iter().skip(one).step_by(of) {
        let before = Before::new(&desk, &format!("Killed at {call} {count}."));
        let inject = format!("inject={call}:signal=KILL:when={count}");
        let mut child =
            traced(&desk, &["-o", "/dev/null", "-e", &inject]).spawn().unwrap();
        let ended = child.wait().unwrap();
        if with_gits {
            kill(&child);
        }
        before.compare(ended.success(), &mut tally);
    }
    tally.settle(&desk, if with_gits { "with git" } else { "alone" });
}

/// The program under `strace`, in a group of its own; the gits that it starts are not traced.
fn traced(desk: &Desk, options: &[&str]) -> Command {
    let mut strace = desk.command("strace", "book");
    strace.args(["-f", "-qq", "-b", "execve"]).args(options).arg(program()).args(PUBLISH);
    strace.process_group(0).stdout(Stdio::null()).stderr(Stdio::null());
    strace
}

/// Every system call by its name and number: as many as any thread made.
fn calls(desk: &Desk) -> Vec<(String, usize)> {
    desk.write("content/index.md", "Counted.\n");
    let log = desk.path("tmp/calls");
    let run = traced(desk, &["-o", &log.display().to_string()]).status().unwrap();
    assert!(run.success(), "it can be traced");
    let text = fs::read_to_string(&log).unwrap();
    fs::remove_file(&log).unwrap();
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut all = Vec::new();
    for line in text.lines() {
        let (thread, rest) = line.split_once(' ').unwrap();
        let Some((call, _)) = rest.trim_start().split_once('(') else { continue };
        if !call.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            continue;
        }
        let count = counts.entry((thread, call)).or_default();
        *count += 1;
        // The first thread that comes so far is the one that is hit.
        let point = (call.to_owned(), *count);
        if counts.iter().filter(|((_, c), n)| *c == call && **n >= point.1).count() == 1 {
            all.push(point);
        }
    }
    eprintln!("{} system calls", all.len());
    all
}

/// Kills the group of a process.
fn kill(child: &Child) {
    let group = format!("-{}", child.id());
    // Nobody may be left in it.
    let _ = Command::new("kill").args(["-KILL", "--", &group]).output();
}

#[test]
fn killed_at_any_time_with_its_gits_it_leaves_the_old_site_or_the_new_one() {
    let desk = Desk::far();
    desk.publish(&[]).ends(0);
    desk.write("content/index.md", "Timed.\n");
    let start = Instant::now();
    desk.publish(&PUBLISH[1..]).ends(0);
    let whole = start.elapsed();
    let mut tally = Tally::default();
    for i in 0..times() {
        let before = Before::new(&desk, &format!("Killed the {i}. time."));
        let mut command = desk.fieldguide(&PUBLISH);
        command.process_group(0).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        // Spread over the run, and a little beyond its end.
        thread::sleep(whole * (i * 120 / times()) / 100);
        kill(&child);
        let ended = child.wait().unwrap();
        before.compare(ended.success(), &mut tally);
    }
    tally.settle(&desk, "at any time");
}

#[test]
fn a_git_that_dies_or_lies_is_no_success() {
    let desk = Desk::far();
    desk.publish(&[]).ends(0);
    let real = desk.command("sh", ".").args(["-c", "command -v git"]).output().unwrap();
    let real = String::from_utf8(real.stdout).unwrap();
    let (real, count) = (real.trim(), desk.path("tmp/count"));
    let faults = [
        ("dies at once", "kill -9 $$".to_owned()),
        ("does its work and dies", format!("{real} \"$@\"\nkill -9 $$")),
        ("does its work and fails", format!("{real} \"$@\"\nexit 1")),
        ("does nothing and says nothing", "exit 0".to_owned()),
    ];
    let path =
        format!("{}:{}", desk.path("tmp/bin").display(), std::env::var("PATH").unwrap());
    let (mut number, mut is_reached, mut tally) = (0, true, Tally::default());
    while is_reached {
        number += 1;
        // Each call has one of the faults, or all of them where all is asked for.
        for (i, (name, fault)) in faults.iter().enumerate() {
            if kills().1 > 1 && number % faults.len() != i {
                continue;
            }
            let before = Before::new(&desk, &format!("Git {number} {name}."));
            fs::write(&count, "0").unwrap();
            let count = count.display();
            desk.script(
                "tmp/bin/git",
                &format!(
                    "n=$(($(cat {count}) + 1)); echo $n > {count}\n\
                     if [ $n = {number} ]; then {fault}\nfi\nexec {real} \"$@\""
                ),
            );
            let mut command = desk.fieldguide(&PUBLISH);
            let run = command.env("PATH", &path).output().unwrap();
            let started = fs::read_to_string(desk.path("tmp/count")).unwrap();
            is_reached = started.trim().parse::<usize>().unwrap() >= number;
            let status = run.status.code();
            let said = String::from_utf8_lossy(&run.stderr);
            assert!(
                matches!(status, Some(0 | 3 | 4)),
                "{number} {name}: {status:?} {said}"
            );
            let is_told = said.contains("error[") && said.contains("help: ");
            assert_eq!(is_told, status != Some(0), "{number} {name}: {said}");
            before.compare(status == Some(0), &mut tally);
            desk.assert_clean();
        }
    }
    tally.settle(&desk, "gits");
}
