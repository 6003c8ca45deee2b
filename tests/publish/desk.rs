//! An author's desk: a book under git, a bare repository that it is pushed to, a home with
//! settings, and `fieldguide` run there.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::outcome::{EPOCH, Outcome, copy, small_book};

/// The program that is tested: this build, or the one that `FIELDGUIDE` names.
pub(crate) fn program() -> String {
    let built = env!("CARGO_BIN_EXE_fieldguide");
    std::env::var("FIELDGUIDE").unwrap_or_else(|_| built.to_owned())
}

/// A desk in a temporary folder, which is removed in the end.
pub(crate) struct Desk {
    folder: TempDir,
    /// Folders where programs are looked for: `PATH`.
    programs: OsString,
}

/// Files by their paths.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

impl Desk {
    /// The small book, committed and pushed to `main` of `remote.git`, which is its `origin`.
    pub(crate) fn new() -> Self {
        let desk = Self::bare();
        copy(&small_book(), &desk.path("book"));
        desk.git(".", &["init", "-q", "--bare", "-b", "main", "remote.git"]);
        desk.git(".", &["init", "-q", "-b", "main", "book"]);
        desk.git("book", &["remote", "add", "origin", "../remote.git"]);
        desk.commit("book");
        desk.git("book", &["push", "-q", "origin", "main"]);
        desk
    }

    /// A home and nothing else.
    fn bare() -> Self {
        let folder = TempDir::with_prefix("desk-").unwrap();
        for name in ["home", "tmp", "book"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        let programs = std::env::var_os("PATH").unwrap();
        let desk = Self { folder, programs };
        let settings = "[user]\n\tname = An Author\n\temail = author@example.org\n";
        fs::write(desk.path("home/.gitconfig"), settings).unwrap();
        desk
    }

    /// A path on the desk.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join(path)
    }

    /// Looks for programs in this folder before all others.
    pub(crate) fn prefer_programs_in(&mut self, folder: OsString) {
        let others: Vec<PathBuf> = std::env::split_paths(&self.programs).collect();
        let all = [PathBuf::from(folder)].into_iter().chain(others);
        self.programs = std::env::join_paths(all).unwrap();
    }

    /// A program that runs in a folder of the desk, with no other variables than these.
    pub(crate) fn command(&self, program: &str, folder: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.path(folder)).env_clear();
        command.env("PATH", &self.programs);
        command.env("HOME", self.path("home")).env("TMPDIR", self.path("tmp"));
        command.env("SOURCE_DATE_EPOCH", EPOCH).env("NO_COLOR", "1");
        command
    }

    /// Runs git, which must end well; what it wrote.
    #[track_caller]
    pub(crate) fn git(&self, folder: &str, arguments: &[&str]) -> String {
        let output = self.command("git", folder).args(arguments).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {error}");
        String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
    }

    /// `fieldguide` in the book's folder.
    pub(crate) fn fieldguide(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(&program(), "book");
        command.args(arguments);
        command
    }

    /// Publishes.
    #[must_use = "look at how the run ended"]
    pub(crate) fn publish(&self, arguments: &[&str]) -> Outcome {
        let mut command = self.fieldguide(&["publish"]);
        Outcome::of(&command.args(arguments).output().unwrap())
    }

    /// Writes a file of the book.
    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let full = self.path("book").join(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, text).unwrap();
    }

    /// Replaces a text that stands once in a file of the book.
    #[track_caller]
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path("book").join(path)).unwrap();
        assert_eq!(text.matches(from).count(), 1, "`{from}` in {path}:\n{text}");
        self.write(path, text.replace(from, to));
    }

    /// Gives a framework another name, and commits that.
    pub(crate) fn rename(&self) {
        let name = ["name = \"Django\"", "name = \"Djangoh\""];
        self.edit("content/frameworks/django.toml", name[0], name[1]);
        self.commit("rename");
    }

    /// Commits all that changed in the book.
    pub(crate) fn commit(&self, message: &str) {
        self.git("book", &["add", "-A"]);
        self.git("book", &["commit", "-q", "-m", message]);
    }

    /// Commits of a branch of the remote, the newest first.
    pub(crate) fn log(&self, branch: &str) -> Vec<String> {
        let log = self.git("remote.git", &["log", "--format=%H", branch]);
        log.lines().map(str::to_owned).collect()
    }

    /// Every branch of a repository and what it holds.
    pub(crate) fn refs(&self, folder: &str) -> String {
        self.git(folder, &["for-each-ref", "--format=%(refname) %(objectname)"])
    }

    /// Puts a commit of somebody else on a branch of the remote: files on top of its own.
    pub(crate) fn somebody(&self, branch: &str, files: &[(&str, &str)]) {
        let other = TempDir::new_in(self.path("tmp")).unwrap();
        let name = format!("tmp/{}", other.path().file_name().unwrap().display());
        self.git(&name, &["init", "-q", "-b", "work"]);
        let remote = self.path("remote.git").display().to_string();
        let fetched = self
            .command("git", &name)
            .args(["fetch", "-q", &remote, &format!("refs/heads/{branch}")])
            .output()
            .unwrap();
        if fetched.status.success() {
            self.git(&name, &["reset", "-q", "--hard", "FETCH_HEAD"]);
        }
        for (path, text) in files {
            let full = other.path().join(path);
            fs::create_dir_all(full.parent().unwrap()).unwrap();
            fs::write(full, text).unwrap();
        }
        self.git(&name, &["add", "-A"]);
        self.git(&name, &["commit", "-q", "-m", "somebody"]);
        self.git(&name, &["push", "-q", &remote, &format!("HEAD:refs/heads/{branch}")]);
    }

    /// The files of a branch of the remote, byte for byte.
    pub(crate) fn branch(&self, branch: &str) -> Files {
        let listed = self.git("remote.git", &["ls-tree", "-r", branch]);
        let (mut paths, mut asked) = (Vec::new(), String::new());
        for line in listed.lines() {
            let (about, path) = line.split_once('\t').unwrap();
            let about: Vec<&str> = about.split(' ').collect();
            assert_eq!((about[0], about[1]), ("100644", "blob"), "{line}");
            asked += about[2];
            asked += "\n";
            paths.push(path);
        }
        let mut git = self.command("git", "remote.git");
        git.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut git = git.spawn().unwrap();
        let mut input = git.stdin.take().unwrap();
        let asker = std::thread::spawn(move || input.write_all(asked.as_bytes()));
        let answer = git.wait_with_output().unwrap().stdout;
        asker.join().unwrap().unwrap();
        let mut rest = answer.as_slice();
        let mut files = Files::new();
        for path in paths {
            let end = rest.iter().position(|byte| *byte == b'\n').unwrap();
            let head = String::from_utf8_lossy(&rest[..end]).into_owned();
            let size: usize = head.rsplit(' ').next().unwrap().parse().unwrap();
            let (bytes, more) = rest[end + 1..].split_at(size);
            files.insert(path.to_owned(), bytes.to_vec());
            rest = &more[1..];
        }
        files
    }

    /// The files that `build` writes.
    #[track_caller]
    pub(crate) fn built(&self) -> Files {
        let out = TempDir::new_in(self.path("tmp")).unwrap();
        let public = out.path().join("public");
        let run =
            self.fieldguide(&["build", "--out", &public.display().to_string()]).output();
        let _ = Outcome::of(&run.unwrap()).ends(0);
        let mut files = Files::new();
        read(&public, "", &mut files);
        files.remove(".fieldguide.json").unwrap();
        files
    }

    /// Asserts that the branch holds what `build` writes, `.nojekyll` and these files.
    #[track_caller]
    pub(crate) fn assert_published(&self, kept: &[(&str, &str)]) {
        let mut expected = self.built();
        expected.insert(".nojekyll".to_owned(), Vec::new());
        for (path, text) in kept {
            expected.insert((*path).to_owned(), text.as_bytes().to_vec());
        }
        let found = self.branch("gh-pages");
        let names: Vec<&String> = expected.keys().collect();
        assert_eq!(names, found.keys().collect::<Vec<_>>());
        for (path, bytes) in &expected {
            assert_eq!(bytes, &found[path], "{path}");
        }
        self.git("remote.git", &["fsck", "--strict", "--full"]);
    }
}

/// Reads every file below a folder.
pub(crate) fn read(folder: &Path, below: &str, files: &mut Files) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            read(&entry.path(), &format!("{path}/"), files);
        } else if let Ok(target) = fs::read_link(entry.path()) {
            files.insert(path, target.into_os_string().into_encoded_bytes());
        } else {
            files.insert(path, fs::read(entry.path()).unwrap());
        }
    }
}

impl Desk {
    /// The same, where the remote's own git runs in a session of its own, as behind `ssh`.
    pub(crate) fn far() -> Self {
        let desk = Self::new();
        desk.script("home/ssh", "for last; do :; done\nexec setsid sh -c \"$last\"");
        let remote = format!("ssh://far{}", desk.path("remote.git").display());
        desk.git("book", &["remote", "set-url", "origin", &remote]);
        let ssh = desk.path("home/ssh").display().to_string();
        desk.git("book", &["config", "core.sshCommand", &ssh]);
        desk
    }

    /// The same, where the remote is `me/small` of GitHub for all that the program can see.
    pub(crate) fn github() -> Self {
        let desk = Self::far();
        let remote = desk.path("remote.git").display().to_string();
        let git =
            |name: &str| format!("git-{name}-pack*) exec git-{name}-pack {remote};;");
        let (read, write) = (git("upload"), git("receive"));
        let ssh =
            format!("for last; do :; done\ncase $last in {read} {write} esac\nexit 1");
        desk.script("home/ssh", &ssh);
        desk.git("book", &["remote", "set-url", "origin", "git@github.com:Me/small.git"]);
        desk
    }

    /// Gives the remote a hook.
    pub(crate) fn hook(&self, name: &str, text: &str) {
        let text = format!("unset GIT_QUARANTINE_PATH\n{text}");
        self.script(&format!("remote.git/hooks/{name}"), &text);
    }

    /// Writes a program.
    pub(crate) fn script(&self, path: &str, text: &str) {
        let full = self.path(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        // In one step, as somebody may be running it.
        let new = full.with_extension("new");
        fs::write(&new, format!("#!/bin/sh\n{text}\n")).unwrap();
        fs::set_permissions(&new, fs::Permissions::from_mode(0o755)).unwrap();
        fs::rename(&new, &full).unwrap();
    }

    /// Every file of a repository and its checkout, of the home and whatever else is on the
    /// desk but the remote and temporary files, with its mode and the time it was changed.
    pub(crate) fn untouched(&self) -> Files {
        let mut all = Files::new();
        let entries = fs::read_dir(self.path(".")).unwrap().flatten();
        let names = entries.map(|entry| entry.file_name().into_string().unwrap());
        let is_theirs = |name: &String| !["tmp", "remote.git"].contains(&name.as_str());
        for name in names.filter(is_theirs) {
            let files = self.untouched_in(&name).into_iter();
            all.extend(files.map(|(path, bytes)| (format!("{name}/{path}"), bytes)));
        }
        all
    }

    /// The same below one folder.
    pub(crate) fn untouched_in(&self, folder: &str) -> Files {
        let mut files = Files::new();
        read(&self.path(folder), "", &mut files);
        for (path, bytes) in &mut files {
            let about = self.path(folder).join(path).symlink_metadata().unwrap();
            let (mode, time) = (about.mode(), (about.mtime(), about.mtime_nsec()));
            bytes.extend(format!("{mode} {time:?}").into_bytes());
        }
        files
    }

    /// Waits until no git runs on this desk any more.
    pub(crate) fn wait_for_git(&self) {
        let start = Instant::now();
        let desk = self.path("").display().to_string();
        while !self.processes_in(&desk).is_empty() {
            assert!(start.elapsed() < Duration::from_secs(30), "git runs on and on");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Asserts that no temporary folder and no lock is left.
    #[track_caller]
    pub(crate) fn assert_clean(&self) {
        assert_eq!(self.folders(), Vec::<String>::new());
        assert_eq!(self.locks(), Vec::<String>::new());
    }

    /// Temporary folders of `fieldguide`.
    pub(crate) fn folders(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path("tmp")).unwrap().flatten();
        let names = entries.map(|entry| entry.file_name().into_string().unwrap());
        names.filter(|name| name.starts_with("fieldguide-")).collect()
    }

    /// Locks of the remote.
    pub(crate) fn locks(&self) -> Vec<String> {
        let mut all = Files::new();
        read(&self.path("remote.git"), "", &mut all);
        all.into_keys().filter(|path| path.ends_with(".lock")).collect()
    }

    /// Processes that run in a folder.
    pub(crate) fn processes_in(&self, folder: &str) -> Vec<u32> {
        let all = fs::read_dir("/proc").unwrap().flatten();
        let ids = all.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        let is_there = |id: &u32| {
            let cwd = fs::read_link(format!("/proc/{id}/cwd"));
            cwd.is_ok_and(|cwd| cwd.starts_with(folder))
        };
        ids.filter(is_there).collect()
    }
}
