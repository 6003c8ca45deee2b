//! An author's desk: a book under git, a bare repository that it is pushed to, a home with
//! settings, and `fieldguide` run there.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The day on which tests run: 2026-11-22.
const EPOCH: &str = "1795305600";

/// A desk in a temporary folder, which is removed in the end.
pub(crate) struct Desk {
    folder: TempDir,
}

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Files by their paths.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

impl Desk {
    /// The small book, committed and pushed to `main` of `remote.git`, which is its `origin`.
    pub(crate) fn new() -> Self {
        let desk = Self::bare();
        let small = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/minimal");
        copy(&small, &desk.path("book"));
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
        let desk = Self { folder };
        let settings = "[user]\n\tname = An Author\n\temail = author@example.org\n";
        fs::write(desk.path("home/.gitconfig"), settings).unwrap();
        desk
    }

    /// A path on the desk.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join(path)
    }

    /// A program that runs in a folder of the desk, with no other variables than these.
    pub(crate) fn command(&self, program: &str, folder: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.path(folder)).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap());
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
        let mut command = self.command(env!("CARGO_BIN_EXE_fieldguide"), "book");
        command.args(arguments);
        command
    }

    /// Publishes.
    pub(crate) fn publish(&self, arguments: &[&str]) -> Run {
        let mut command = self.fieldguide(&["publish"]);
        Run::of(command.args(arguments).output().unwrap())
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
        let mut files = Files::new();
        for line in listed.lines() {
            let (about, path) = line.split_once('\t').unwrap();
            let about: Vec<&str> = about.split(' ').collect();
            assert_eq!((about[0], about[1]), ("100644", "blob"), "{line}");
            let show = ["cat-file", "blob", about[2]];
            let output = self.command("git", "remote.git").args(show).output().unwrap();
            files.insert(path.to_owned(), output.stdout);
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
        Run::of(run.unwrap()).ends(0);
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

impl Run {
    /// How a program ended.
    pub(crate) fn of(output: Output) -> Self {
        Self {
            status: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Asserts an exit code, and shows what was printed if it is another.
    #[track_caller]
    pub(crate) fn ends(self, status: i32) -> Self {
        assert_eq!(self.status, status, "{}{}", self.stdout, self.stderr);
        self
    }

    /// Asserts that a text stands in the results.
    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        assert!(self.stdout.contains(text), "no `{text}` in:\n{}", self.stdout);
        self
    }

    /// Asserts that a text stands among the findings.
    #[track_caller]
    pub(crate) fn finds(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "no `{text}` in:\n{}", self.stderr);
        self
    }
}

/// Copies what is in a folder to another.
fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir_all(&to).unwrap();
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// Reads every file below a folder.
pub(crate) fn read(folder: &Path, below: &str, files: &mut Files) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            read(&entry.path(), &format!("{path}/"), files);
        } else {
            files.insert(path, fs::read(entry.path()).unwrap());
        }
    }
}

impl Desk {
    /// Asserts that no temporary folder and no lock is left.
    #[track_caller]
    pub(crate) fn assert_clean(&self) {
        let mut left = Files::new();
        read(&self.path("tmp"), "", &mut left);
        let left = left.keys().filter(|path| path.starts_with("fieldguide-"));
        assert_eq!(left.collect::<Vec<_>>(), Vec::<&String>::new());
        assert_eq!(self.locks(), Vec::<String>::new());
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
