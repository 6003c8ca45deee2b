//! A repository of our own in a temporary folder: where the site becomes a commit, and from
//! where it is pushed. It is gone when the command ends.
//!
//! Objects come in by `fast-import`, which takes bytes as they are: no setting, attribute or
//! ignored name changes what is published, and nothing is written to the author's own
//! repository. Of the author's settings only those apply that say how a remote is reached.

use std::ffi::{OsStr, OsString};
use std::io::{self, Write};

use super::checkout::Checkout;
use super::folder::Folder;
use super::git::{Call, DISK_FULL_HINT, Feed, Git, Output};
use super::name::Id;
use crate::diag::{Code, Diagnostic};
use crate::output::{self, Changes, Job};

/// A file that tells GitHub to serve the site as it is.
pub(super) const NO_JEKYLL: &str = ".nojekyll";
/// The file that names the site's own domain.
pub(super) const CNAME: &str = "CNAME";
/// The author of commits where git knows nobody.
const NOBODY: (&str, &str) = ("fieldguide", "fieldguide@localhost");

/// A repository of our own.
#[derive(Debug)]
pub(super) struct Stage<'a> {
    git: &'a Git,
    folder: Folder,
    variables: Vec<(String, OsString)>,
    /// The author of commits, as git writes it.
    author: String,
}

/// The files of a site as a tree, without those that are kept from the branch.
#[derive(Debug)]
pub struct Tree {
    id: Id,
    /// Path and bytes of each file.
    pub(super) sizes: Vec<(String, u64)>,
}

/// The parts of a commit.
pub(super) struct Contents<'a> {
    /// The site.
    pub(super) tree: &'a Tree,
    /// The commit before it.
    pub(super) parent: Option<&'a Id>,
    /// The bytes of the file that names the domain.
    pub(super) cname: Option<&'a [u8]>,
    /// Its message.
    pub(super) message: &'a str,
}

impl<'a> Stage<'a> {
    /// Makes the repository.
    pub(super) fn new(git: &'a Git, checkout: &Checkout) -> Result<Self, Diagnostic> {
        let folder = Folder::new().map_err(|error| {
            let message = format!("cannot make a temporary folder ({error})");
            Diagnostic::placeless(Code::Io, message).hint(DISK_FULL_HINT)
        })?;
        let mut variables = vec![
            ("GIT_CONFIG_GLOBAL".to_owned(), OsString::from("/dev/null")),
            ("GIT_CONFIG_NOSYSTEM".to_owned(), OsString::from("1")),
            ("GIT_DIR".to_owned(), folder.path().into()),
        ];
        let mut count = 0;
        for (name, value) in checkout.reach() {
            variables.push((format!("GIT_CONFIG_KEY_{count}"), name.into()));
            variables.push((format!("GIT_CONFIG_VALUE_{count}"), value.into()));
            count += 1;
        }
        variables.push(("GIT_CONFIG_COUNT".to_owned(), count.to_string().into()));
        let name = checkout.setting("user.name").unwrap_or(NOBODY.0);
        let email = checkout.setting("user.email").unwrap_or(NOBODY.1);
        let author = format!("{} <{}>", tame(name), tame(email));
        let stage = Self { git, folder, variables, author };
        let format = format!("--object-format={}", checkout.object_format);
        let init = ["init", "--bare", "--quiet", "--template=", &format];
        stage.run(&init)?.or_fail(FAILED, DISK_FULL_HINT)?;
        Ok(stage)
    }

    /// Runs git here.
    pub(super) fn run(&self, arguments: &[&str]) -> Result<Output, Diagnostic> {
        let arguments: Vec<&OsStr> = arguments.iter().map(OsStr::new).collect();
        self.git.run(&self.call(&arguments))
    }

    /// Runs git here on what is fed to it.
    pub(super) fn feed(
        &self,
        arguments: &[&str],
        feed: Box<Feed>,
    ) -> Result<Output, Diagnostic> {
        let arguments: Vec<&OsStr> = arguments.iter().map(OsStr::new).collect();
        self.git.feed(&self.call(&arguments), feed)
    }

    fn call<'c>(&'c self, arguments: &'c [&'c OsStr]) -> Call<'c> {
        let folder = self.folder.path();
        Call { folder, variables: &self.variables, arguments }
    }

    /// Takes in the files of a site.
    pub(super) fn import(&self, job: &Job) -> Result<Tree, Vec<Diagnostic>> {
        let mut sizes = Vec::with_capacity(job.paths.len());
        let mut found = Vec::new();
        let imported = self.fast_import("refs/site", |out| {
            writeln!(out, "deleteall")?;
            blob(out, NO_JEKYLL, b"")?;
            let mut put = |path: &str, bytes: &[u8]| {
                sizes.push((path.to_owned(), bytes.len() as u64));
                blob(out, path, bytes)
            };
            match output::stream(job, &mut put) {
                Ok(()) => Ok(()),
                Err(output::Unfinished::Content(mistakes)) => {
                    found = mistakes;
                    Err(io::Error::other("the site has mistakes"))
                }
                Err(output::Unfinished::Sink(error)) => Err(error),
            }
        });
        if !found.is_empty() {
            return Err(found);
        }
        let tree = imported.and_then(|()| self.id_of("refs/site^{tree}"));
        let id = tree.map_err(|failed| vec![failed])?;
        Ok(Tree { id, sizes })
    }

    /// Makes a commit, and returns it and the tree it holds.
    pub(super) fn commit(&self, contents: &Contents) -> Result<(Id, Id), Diagnostic> {
        // A commit goes on from where its branch here is, unless that is taken away.
        self.run(&["update-ref", "-d", "refs/new"])?
            .or_fail(FAILED, "run the command again")?;
        let Contents { tree, parent, cname, message } = contents;
        self.fast_import_saying("refs/new", message, |out| {
            if let Some(parent) = parent {
                writeln!(out, "from {parent}")?;
            }
            writeln!(out, "M 040000 {} ", tree.id)?;
            cname.map_or(Ok(()), |cname| blob(out, CNAME, cname))
        })?;
        Ok((self.id_of("refs/new")?, self.id_of("refs/new^{tree}")?))
    }

    fn fast_import(
        &self,
        name: &str,
        files: impl FnOnce(&mut dyn Write) -> io::Result<()> + Send,
    ) -> Result<(), Diagnostic> {
        self.fast_import_saying(name, "site", files)
    }

    fn fast_import_saying(
        &self,
        name: &str,
        message: &str,
        files: impl FnOnce(&mut dyn Write) -> io::Result<()> + Send,
    ) -> Result<(), Diagnostic> {
        let author = &self.author;
        let feed = move |out: &mut dyn Write| {
            let mut out = io::BufWriter::with_capacity(256 << 10, out);
            writeln!(out, "feature done\ncommit {name}\ncommitter {author} now")?;
            writeln!(out, "data {}\n{message}", message.len())?;
            files(&mut out)?;
            writeln!(out, "done")?;
            out.flush()
        };
        self.feed(&["fast-import", "--quiet", "--date-format=now"], Box::new(feed))?
            .or_has_no_room(FAILED, "run the command again")?;
        Ok(())
    }

    /// The id of something that is here.
    pub(super) fn id_of(&self, name: &str) -> Result<Id, Diagnostic> {
        let found = self.run(&["rev-parse", "--quiet", "--verify", name])?;
        Id::new(&found.line()).ok_or_else(|| {
            found.failed(&format!("git does not know `{name}`"), "run the command again")
        })
    }

    /// The difference between two commits; all is new where there was none before.
    pub(super) fn changes(
        &self,
        old: Option<&Id>,
        new: &Id,
    ) -> Result<Changes, Diagnostic> {
        let mut changes = Changes::default();
        let Some(old) = old else {
            changes.added = self.files(new)?;
            return Ok(changes);
        };
        let diff = ["diff-tree", "-r", "-z", "--no-renames", "--name-status"];
        let diff = self
            .run(
                &[&diff[..], &["--end-of-options", old.as_str(), new.as_str()]].concat(),
            )?
            .or_fail("git cannot compare the sites", "run the command again")?;
        let mut pieces = diff.pieces();
        while let (Some(status), Some(path)) = (pieces.next(), pieces.next()) {
            match status.as_str() {
                "A" => changes.added.push(path),
                "D" => changes.removed.push(path),
                _ => changes.changed.push(path),
            }
        }
        Ok(changes)
    }

    /// The files of a commit.
    pub(super) fn files(&self, commit: &Id) -> Result<Vec<String>, Diagnostic> {
        let listed = self
            .run(&["ls-tree", "-r", "-z", "--name-only", commit.as_str()])?
            .or_fail("git cannot list the published files", "run the command again")?;
        Ok(listed.pieces().collect())
    }

    /// The bytes of files of a commit, in order; none for what is not there.
    pub(super) fn read(
        &self,
        commit: &Id,
        paths: &[&str],
    ) -> Result<Vec<Option<Vec<u8>>>, Diagnostic> {
        let feed = |out: &mut dyn Write| {
            let asked: String =
                paths.iter().map(|path| format!("{commit}:{path}\n")).collect();
            out.write_all(asked.as_bytes())
        };
        let read = self
            .feed(&["cat-file", "--batch"], Box::new(feed))?
            .or_fail("git cannot read the published files", "run the command again")?;
        let mut rest = read.stdout.as_slice();
        let mut files = Vec::new();
        for _ in paths {
            let Some((head, after)) = line(rest) else { break };
            rest = after;
            let size =
                head.rsplit(' ').next().and_then(|size| size.parse::<usize>().ok());
            let size = size.filter(|size| head.contains(" blob ") && rest.len() > *size);
            let file = size.map(|size| {
                let (file, after) = rest.split_at(size);
                rest = &after[1..];
                file.to_vec()
            });
            files.push(file);
        }
        files.resize(paths.len(), None);
        Ok(files)
    }
}

/// The error of a step in our own repository.
const FAILED: &str = "git cannot put the site together in a temporary folder";

/// A name or an address as it may stand in a commit.
fn tame(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !['<', '>'].contains(c)).collect()
}

/// Writes a file as `fast-import` reads it.
fn blob(out: &mut dyn Write, path: &str, bytes: &[u8]) -> io::Result<()> {
    writeln!(out, "M 100644 inline {path}\ndata {}", bytes.len())?;
    out.write_all(bytes)?;
    out.write_all(b"\n")
}

/// The first line of some bytes, and the rest.
fn line(bytes: &[u8]) -> Option<(String, &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    Some((String::from_utf8_lossy(&bytes[..end]).into_owned(), &bytes[end + 1..]))
}
