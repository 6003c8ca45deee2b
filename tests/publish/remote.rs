//! What goes wrong at the remote: its branch is the old or the new one, whole, and what is
//! said has a way out.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::desk::Desk;
use crate::outcome::Outcome;

/// Bytes that do not become fewer when they are compressed.
fn noise(length: u32) -> Vec<u8> {
    let mut state = 1_u32;
    let byte = |_| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[1]
    };
    (0..length).map(byte).collect()
}

/// Asserts that what was refused has one finding with a way out.
#[track_caller]
fn is_told(run: &Outcome) {
    assert_eq!(run.stderr.matches("error[").count(), 1, "{}", run.stderr);
    assert!(run.stderr.contains("help: "), "no way out in:\n{}", run.stderr);
}

/// Asserts that the remote is whole, and its branch as it was.
#[track_caller]
fn is_old(desk: &Desk, refs: &str) {
    assert_eq!(desk.refs("remote.git"), refs);
    desk.git("remote.git", &["fsck", "--strict", "--full"]);
    desk.assert_clean();
}

#[test]
fn what_a_hook_refuses_is_said_in_its_words() {
    for name in ["pre-receive", "update"] {
        let desk = Desk::new();
        desk.hook(name, "echo 'ask Mary first' >&2\nexit 1");
        let refs = desk.refs("remote.git");
        let run = desk.publish(&[]).ends(4).finds("error[publish-refused]");
        let run = run.finds("ask Mary first").finds("the branch is as it was");
        is_told(&run);
        is_old(&desk, &refs);
    }
}

#[test]
fn a_hook_that_is_killed_is_a_refusal() {
    let desk = Desk::new();
    desk.hook("pre-receive", "kill -9 $$");
    let refs = desk.refs("remote.git");
    is_told(&desk.publish(&[]).ends(4).finds("error[publish-refused]"));
    is_old(&desk, &refs);
}

#[test]
fn a_remote_that_takes_the_site_away_again_is_no_success() {
    let desk = Desk::new();
    desk.publish(&[]).ends(0);
    let refs = desk.refs("remote.git");
    let tip = desk.git("remote.git", &["rev-parse", "gh-pages"]);
    desk.hook("post-receive", &format!("git update-ref refs/heads/gh-pages {tip}"));
    desk.write("content/index.md", "New.\n");
    let run = desk.publish(&["--allow-dirty"]).ends(4).finds("does not hold it any more");
    is_told(&run);
    is_old(&desk, &refs);
}

#[test]
fn what_is_published_counts_and_not_how_the_connection_ended() {
    let desk = Desk::far();
    desk.script("home/ssh", "for last; do :; done\nsh -c \"$last\"\nexit 255");
    desk.publish(&[]).ends(0).says("published  gh-pages");
    desk.assert_published(&[]);
}

#[test]
fn a_remote_that_says_nothing_is_given_up_and_holds_the_old_site_or_the_new_one() {
    for hook in ["pre-receive", "post-receive"] {
        let desk = Desk::far();
        desk.publish(&[]).ends(0);
        let old = desk.git("remote.git", &["rev-parse", "gh-pages"]);
        desk.hook(hook, "sleep 6");
        desk.write("content/index.md", "New.\n");
        let run = desk.publish(&["--allow-dirty", "--timeout", "2"]);
        assert_eq!(desk.folders(), Vec::<String>::new());
        let is_new = desk.git("remote.git", &["rev-parse", "gh-pages"]) != old;
        // After the branch has moved, that is what counts.
        assert_eq!(
            (run.status, is_new),
            if hook == "pre-receive" { (3, false) } else { (0, true) }
        );
        if !is_new {
            let run = run.finds("`git push` said nothing for 2 seconds");
            let run = run.finds("when it has arrived").finds("--timeout 8");
            is_told(&run);
        }
        desk.wait_for_git();
        desk.git("remote.git", &["fsck", "--strict", "--full"]);
        assert_eq!(desk.locks(), Vec::<String>::new());
        if desk.git("remote.git", &["rev-parse", "gh-pages"]) != old {
            desk.assert_published(&[]);
        }
        fs::remove_file(desk.path("remote.git/hooks").join(hook)).unwrap();
        desk.publish(&["--allow-dirty"]).ends(0);
        desk.assert_published(&[]);
    }
}

#[test]
fn a_slow_line_is_given_the_time_it_takes() {
    let desk = Desk::far();
    desk.write("content/assets/noise.bin", noise(600 << 10));
    desk.commit("noise");
    // Some 80 KiB a second: more than seven seconds, and never two without a word.
    let slow = "while dd bs=8192 count=1 of=\"$t\" 2>&1 | grep -q '^[1-9].*bytes'; do\n\
                cat \"$t\"; sleep 0.1; done";
    let ssh =
        format!("for last; do :; done\nt=$TMPDIR/chunk\n{{ {slow}; }} | sh -c \"$last\"");
    desk.script("home/ssh", &ssh);
    let start = std::time::Instant::now();
    desk.publish(&["--timeout", "3"]).ends(0);
    assert!(start.elapsed().as_secs() >= 6, "it was slow: {:?}", start.elapsed());
    desk.assert_published(&[]);
}

/// A small file system of its own, which is gone in the end.
struct Small(PathBuf);

impl Small {
    fn mount(path: PathBuf, size: &str) -> Self {
        fs::create_dir_all(&path).unwrap();
        let options = format!("size={size},mode=755");
        let mount = ["-t", "tmpfs", "-o", &options, "tmpfs"];
        let mounted = Command::new("mount").args(mount).arg(&path).status().unwrap();
        assert!(mounted.success(), "run this as root");
        Self(path)
    }

    /// The bytes that still have room.
    fn free(&self) -> usize {
        let stat = rustix::fs::statvfs(&self.0).unwrap();
        usize::try_from(stat.f_bavail * stat.f_frsize).unwrap()
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[test]
fn a_full_remote_keeps_the_old_site() {
    let desk = Desk::new();
    desk.publish(&[]).ends(0);
    let small = Small::mount(desk.path("small"), "2m");
    let there = desk.path("small/remote.git").display().to_string();
    desk.git(".", &["clone", "-q", "--mirror", "remote.git", &there]);
    desk.git("book", &["remote", "set-url", "origin", &there]);
    let filler = small.0.join("filler");
    let (mut refused, mut published) = (0, 0);
    for room in [0, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 512, 1024] {
        let tip = ["rev-parse", "gh-pages"];
        let old = desk.git(&there, &tip);
        // Something that takes room, and other bytes each time.
        let words = noise(64 << 10)
            .iter()
            .map(|byte| format!("{:x}", byte ^ 5))
            .collect::<String>();
        desk.write("content/assets/noise.txt", format!("{room} {words}"));
        let _ = fs::remove_file(&filler);
        let free = small.free();
        fs::write(&filler, vec![1; free - (room << 10).min(free)]).unwrap();
        let run = desk.publish(&["--allow-dirty"]);
        fs::remove_file(&filler).unwrap();
        let new = desk.git(&there, &tip);
        desk.git(&there, &["fsck", "--strict", "--full"]);
        match run.status {
            0 => {
                published += 1;
                assert_eq!(desk.git(&there, &["rev-parse", "gh-pages^"]), old);
            }
            3 | 4 => {
                refused += 1;
                assert_eq!(new, old, "{room} KiB");
                is_told(&run);
            }
            other => panic!("{room} KiB: {other}: {}{}", run.stdout, run.stderr),
        }
        desk.assert_clean();
    }
    assert!(refused > 2 && published > 0, "{refused} refused, {published} published");
}

#[test]
fn where_there_is_no_room_for_temporary_files_nothing_is_published() {
    let desk = Desk::new();
    desk.publish(&[]).ends(0);
    let old = desk.refs("remote.git");
    desk.write("content/index.md", "New.\n");
    for size in ["4k", "16k", "40k", "64k"] {
        let small = Small::mount(desk.path("small"), size);
        let mut command = desk.fieldguide(&["publish", "--allow-dirty"]);
        let run = Outcome::of(&command.env("TMPDIR", &small.0).output().unwrap()).ends(3);
        is_told(&run);
        assert_eq!(fs::read_dir(&small.0).unwrap().count(), 0, "{size}");
        assert_eq!(desk.refs("remote.git"), old);
    }
    let mut command = desk.fieldguide(&["publish", "--allow-dirty"]);
    let run = Outcome::of(&command.env("TMPDIR", desk.path("nowhere")).output().unwrap());
    is_told(&run.ends(3).finds("error[io]").finds("TMPDIR"));
    // A path with odd characters in it, and one that is not absolute.
    let odd = desk.path("tmp/a b$x'\u{fc}");
    fs::create_dir_all(&odd).unwrap();
    for folder in [odd, "../tmp".into()] {
        desk.write("content/index.md", format!("{}\n", folder.display()));
        let mut command = desk.fieldguide(&["publish", "--allow-dirty"]);
        Outcome::of(&command.env("TMPDIR", folder).output().unwrap()).ends(0);
        desk.assert_published(&[]);
        desk.assert_clean();
    }
}
