//! More changes than the system can tell of, and ends at any moment.
//!
//! `SERVE_STORM=9000` changes more files, `SERVE_ENDS=200` ends it more often.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::random::{Numbers, setting};
use super::{assert_served, built};
use crate::support::{Preview, Project};

/// How long it may take to catch up.
const PROMISED: Duration = Duration::from_secs(3);

fn signal(name: &str, id: u32) {
    let sent = Command::new("sh").args(["-c", &format!("kill -{name} {id}")]).status();
    assert!(sent.expect("there is a shell").success());
}

#[test]
fn what_changed_while_it_was_stopped_is_caught_up_with() {
    let files = setting("SERVE_STORM", 900);
    let name = |i: usize| format!("content/assets/{:02}/{i}.txt", i % 40);
    let mut book = Project::minimal();
    for i in (0..files).step_by(3) {
        book = book.file(&name(i), "before\n");
    }
    let preview = Preview::of(&book, &[]);
    signal("STOP", preview.id());
    // Each file is an event or more; the system keeps 16,384 of them.
    for i in 0..files {
        book = match i % 3 {
            0 if i % 2 == 0 => book.without(&name(i)),
            _ => book.file(&name(i), &format!("after {i}\n")),
        };
    }
    let book = book.edit("content/frameworks/rails.toml", "docs = 4", "docs = 5").edit(
        "content/index.md",
        "Facts and",
        "More facts and",
    );
    let files = built(&book);
    signal("CONT", preview.id());
    let start = Instant::now();
    let (first, last) = (name(1), name(setting("SERVE_STORM", 900) - 2));
    let (first, last) = (&first["content/".len()..], &last["content/".len()..]);
    preview.wait_for("end of the storm", || {
        preview.page("").text().contains("More facts and")
            && preview.page(first).body == files[first]
            && preview.page(last).body == files[last]
    });
    let time = start.elapsed();
    assert!(time < PROMISED, "{} ms", time.as_millis());
    assert_served(&preview, &files);
}

#[test]
fn it_ends_at_once_at_any_moment_and_leaves_nothing_behind() {
    let book = Project::minimal();
    let files = crate::build::tree(&book.root());
    let mut numbers = Numbers::new(setting("SERVE_SEED", 1) as u64);
    for round in 0..setting("SERVE_ENDS", 12) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_fieldguide"))
            .args(["serve", "--port", "0"])
            .current_dir(book.root())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("fieldguide can be started");
        std::thread::sleep(Duration::from_millis(numbers.below(300) as u64));
        let (name, number) = [("INT", 2), ("TERM", 15)][round % 2];
        signal(name, child.id());
        let start = Instant::now();
        let status = child.wait().expect("it ends");
        let time = start.elapsed();
        assert!(time < Duration::from_secs(1), "{} ms", time.as_millis());
        // Before it waits for signals, the system ends it; a shell says the same of both.
        let ended = std::os::unix::process::ExitStatusExt::signal(&status);
        let code = status.code().or(ended.map(|signal| 128 + signal));
        assert_eq!(code, Some(128 + number), "{status:?}");
    }
    assert!(crate::build::tree(&book.root()) == files);
    assert_eq!(fs::read_dir(book.root().parent().unwrap()).unwrap().count(), 1);
}
