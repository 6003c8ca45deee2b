//! The author's repository, which is looked at and never written to.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::git::{Call, Git, Output};
use super::name::Id;
use crate::diag::{Code, Diagnostic};
use crate::source::is_part_of_book;

/// The names in a book's folder that belong to it.
const INPUTS: &[&str] = &["book.toml", "content", "themes"];

/// Settings of the author that say how a remote is reached, by the start of their names.
const REACH: &[&str] = &[
    "http.",
    "credential.",
    "url.",
    "ssh.",
    "core.sshcommand",
    "core.gitproxy",
    "core.askpass",
];

/// The author's repository.
#[derive(Debug)]
pub(super) struct Checkout<'a> {
    git: &'a Git,
    book: &'a Path,
    /// The folder of its files.
    top: PathBuf,
    /// Whether commits are missing before a certain one.
    pub(super) is_shallow: bool,
    /// Its object format: `sha1` or `sha256`.
    pub(super) object_format: String,
    /// The commit that the book is made from.
    pub(super) source: Id,
    /// The branch that is checked out.
    pub(super) branch: Option<String>,
    /// Files of the book that are not as committed.
    pub(super) dirty: Vec<String>,
    /// All settings that apply, names in git's own form, in order.
    settings: Vec<(String, String)>,
}

/// The relation of a published site's commit to the one at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is the one at hand, or one before it.
    Included,
    /// The one at hand is one before it.
    Newer,
    /// Neither.
    Apart,
    /// It is not known here.
    Unknown,
}

/// A remote of the author's repository.
#[derive(Debug, Clone)]
pub(super) struct Remote {
    /// Its name.
    pub(super) name: String,
    /// The address that is pushed to, as git gets it.
    pub(super) url: String,
    /// The same after the author's abbreviations.
    pub(super) whole_url: String,
}

/// The path of a line of `git status`, from the repository's folder; none for a file that git
/// ignores and no site is made from, such as what an editor leaves.
fn dirty_path(line: &str, book: &Path, top: &Path) -> Option<String> {
    // Two letters and a space stand before each path.
    let (state, path) = (line.get(..2)?, line.get(3..)?);
    let folder = book.strip_prefix(top).unwrap_or(Path::new(""));
    let below = Path::new(path).strip_prefix(folder).unwrap_or(Path::new(path));
    let is_ignored = state == "!!";
    (!is_ignored || is_part_of_book(&below.to_string_lossy())).then(|| path.to_owned())
}

impl<'a> Checkout<'a> {
    /// Looks at the repository that holds a book.
    pub(super) fn open(git: &'a Git, book: &'a Path) -> Result<Self, Diagnostic> {
        let run = |arguments: &[&str]| run(git, book, arguments);
        let about =
            ["--show-toplevel", "--is-shallow-repository", "--show-object-format"];
        let about = run(&[&["rev-parse"], &about[..]].concat())?;
        let is_foreign = about.complaint().iter().any(|line| line.contains("dubious"));
        let hint = if is_foreign {
            "do as git says if you trust the folder's owner"
        } else {
            "publish from a checkout; `git init` and `git commit` begin one"
        };
        let about =
            about.or_fail("the book is in no repository that git works with", hint)?;
        let about = about.line();
        let mut about = about.lines();
        let top = PathBuf::from(about.next().unwrap_or_default());
        let is_shallow = about.next() == Some("true");
        let object_format = about.next().unwrap_or("sha1").to_owned();
        let head = run(&["rev-parse", "--quiet", "--verify", "HEAD^{commit}"])?;
        let Some(source) = Id::new(&head.line()) else {
            let message = "nothing of the book is committed";
            return Err(Diagnostic::placeless(Code::PublishRefused, message).hint(
                "commit the book, so that others can tell what the site is made from",
            ));
        };
        let branch = run(&["symbolic-ref", "--quiet", "--short", "HEAD"])?;
        let branch = branch.is_fine().then(|| branch.line());
        let status = [
            "status",
            "--porcelain",
            "-z",
            "--untracked-files=all",
            "--ignored=traditional",
            "--no-renames",
        ];
        let status = run(&[&status[..], &["--"], INPUTS].concat())?
            .or_fail("git cannot tell what is committed", "repair the repository")?;
        let dirty = status.pieces().filter_map(|line| dirty_path(&line, book, &top));
        let dirty: Vec<String> = dirty.collect();
        let settings = run(&["config", "--null", "--list"])?
            .or_fail("git cannot read its settings", "repair its configuration")?;
        let settings = settings.pieces().map(|setting| match setting.split_once('\n') {
            Some((name, value)) => (name.to_owned(), value.to_owned()),
            None => (setting, "true".to_owned()),
        });
        Ok(Self {
            git,
            book,
            top,
            is_shallow,
            object_format,
            source,
            branch,
            dirty,
            settings: settings.collect(),
        })
    }

    /// The last value of a setting.
    pub(super) fn setting(&self, name: &str) -> Option<&str> {
        let found = self.settings.iter().rev().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// The first value of a setting that may have several, as `git remote get-url` shows it.
    fn first(&self, name: &str) -> Option<&str> {
        let found = self.settings.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// Settings that say how a remote is reached.
    pub(super) fn reach(&self) -> impl Iterator<Item = &(String, String)> {
        self.settings.iter().filter(|(name, _)| REACH.iter().any(|r| name.starts_with(r)))
    }

    /// Finds a remote by its name.
    pub(super) fn remote(&self, name: &str) -> Result<Remote, Diagnostic> {
        let url = self
            .first(&format!("remote.{name}.pushurl"))
            .or_else(|| self.first(&format!("remote.{name}.url")));
        let Some(url) = url else {
            let names = self
                .settings
                .iter()
                .filter_map(|(key, _)| key.strip_prefix("remote.")?.strip_suffix(".url"));
            let message = format!("the repository has no remote `{name}`");
            let found = Diagnostic::placeless(Code::PublishRefused, message);
            let found = found.did_you_mean(name, names);
            return Err(if found.hints.is_empty() {
                found.hint(format!("add one: `git remote add {name} URL`"))
            } else {
                found
            });
        };
        let whole =
            run(self.git, self.book, &["remote", "get-url", "--push", "--", name])?;
        let whole_url = if whole.is_fine() { whole.line() } else { url.to_owned() };
        // What stands after a colon in a later part is a name like any other.
        let is_folder = !whole_url.split('/').next().unwrap_or_default().contains(':');
        let url = if is_folder {
            // Git would look for it from where it runs.
            self.top.join(&whole_url).to_string_lossy().into_owned()
        } else {
            url.to_owned()
        };
        if !super::name::is_address(&url) || !super::name::is_address(&whole_url) {
            let message =
                format!("the address of `{name}` is of a kind that is not used");
            return Err(Diagnostic::placeless(Code::PublishRefused, message)
                .hint("use `https://`, `ssh://`, `git://`, `file://`, `user@host:path` or a folder"));
        }
        Ok(Remote { name: name.to_owned(), url, whole_url })
    }

    /// The relation of a commit to the one at hand.
    pub(super) fn standing(&self, other: &Id) -> Result<Standing, Diagnostic> {
        let run = |arguments: &[&str]| run(self.git, self.book, arguments);
        let (other, here) = (other.as_str(), self.source.as_str());
        let commit = format!("{other}^{{commit}}");
        if !run(&["cat-file", "-e", &commit])?.is_fine() {
            return Ok(Standing::Unknown);
        }
        if run(&["merge-base", "--is-ancestor", other, here])?.is_fine() {
            return Ok(Standing::Included);
        }
        if run(&["merge-base", "--is-ancestor", here, other])?.is_fine() {
            Ok(Standing::Newer)
        } else {
            Ok(Standing::Apart)
        }
    }
}

fn run(git: &Git, folder: &Path, arguments: &[&str]) -> Result<Output, Diagnostic> {
    let arguments: Vec<&OsStr> = arguments.iter().map(OsStr::new).collect();
    let variables = [("GIT_LITERAL_PATHSPECS".to_owned(), OsString::from("1"))];
    git.run(&Call { folder, variables: &variables, arguments: &arguments })
}
