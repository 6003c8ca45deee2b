//! Publishing: a site's files in, one commit on a branch of a remote out.
//!
//! [`find_git`] finds the one program that is started here, [`open`] looks at the author's
//! repository and the remote's branch. The [`Publication`] then takes the site into a
//! repository of its own in a temporary folder ([`Publication::import`]), puts it on top of
//! what the branch holds ([`Publication::commit`]), and moves the branch
//! ([`Publication::push`]).
//!
//! Invariant: the author's checkout, index, refs, settings and objects are read and never written;
//! the branch moves forward from the commit that was read, or stays; whether it moved is
//! what the remote says afterwards. Nothing is decided here that [`check`] can decide.
//!
//! Known limits: a run that is killed outright leaves its temporary folder to the next run,
//! and a push that was ended or given up may still arrive. Which source GitHub takes its
//! pages from cannot be seen from here.

mod git_discovery;
mod checkout;
mod folder;
mod git;
mod host;
mod name;
mod preflight;
mod remote;
mod stage;
mod published;
mod workflow;

use std::path::Path;

use checkout::Checkout;
pub use checkout::Standing;
pub use git::{Git, GitOptions, MAX_TIMEOUT};
pub use git_discovery::Around;
pub use host::Repository;
pub use name::Id;
pub use preflight::{Check, Facts, Removed, check};
pub use published::is_page;
use remote::{Branches, Place, Pushed, TRAILER, Tip};
pub use stage::Tree;
use stage::{Contents, Stage};
pub use workflow::{WORKFLOW, workflow};

use crate::diag::{Code, Diagnostic};
use crate::output::{Changes, Job};
use crate::rank::Ranks;

/// The options of a publication.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// The book's folder.
    pub book: &'a Path,
    /// The name of the remote.
    pub remote: &'a str,
    /// The branch that is served.
    pub branch: &'a str,
}

/// A site on its way to a branch.
#[derive(Debug)]
pub struct Publication<'a> {
    options: Options<'a>,
    checkout: Checkout<'a>,
    remote: checkout::Remote,
    stage: Stage<'a>,
    tip: Option<Tip>,
}

/// A commit that the branch can move to.
#[derive(Debug)]
pub struct Next {
    /// The commit.
    pub id: Id,
    /// The difference from the branch; kept files are not counted.
    pub changes: Changes,
    /// Whether the branch holds the same files already.
    pub is_same: bool,
}

/// Finds git.
///
/// # Errors
/// There is none that may be started.
pub fn find_git(options: GitOptions, book: &Path) -> Result<Git, Diagnostic> {
    Git::find(options, book)
}

/// Looks at the author's repository, and at what the remote's branch holds.
///
/// # Errors
/// A name that cannot be used, a repository or a remote that cannot be read, a branch that
/// is not to be published to.
pub fn open<'a>(
    git: &'a Git,
    options: Options<'a>,
) -> Result<Publication<'a>, Diagnostic> {
    for (what, name) in [("remote", options.remote), ("branch", options.branch)] {
        if let Some(why) = name::fault(name) {
            let message = format!("`{name}` cannot be the name of a {what}: {why}");
            return Err(Diagnostic::placeless(Code::Usage, message)
                .hint(format!("name the {what} as git shows it")));
        }
    }
    let checkout = Checkout::open(git, options.book)?;
    if checkout.branch.as_deref() == Some(options.branch) {
        return Err(refused_branch(options.branch, "is checked out here"));
    }
    let remote = checkout.remote(options.remote)?;
    let stage = Stage::new(git, &checkout)?;
    let mut publication = Publication { options, checkout, remote, stage, tip: None };
    publication.look_again()?;
    Ok(publication)
}

fn refused_branch(branch: &str, why: &str) -> Diagnostic {
    let message = format!("nothing is published to `{branch}`, which {why}");
    Diagnostic::placeless(Code::PublishRefused, message)
        .hint("publish to a branch that holds nothing but the site, such as `gh-pages`")
}

impl<'a> Publication<'a> {
    /// Reads the remote's branch anew.
    ///
    /// # Errors
    /// It cannot be read, or is not to be published to.
    pub fn look_again(&mut self) -> Result<(), Diagnostic> {
        let branches = self.branches()?;
        self.tip = match branches.tip {
            None => None,
            Some(_) => match self.place().tip() {
                Ok(tip) => Some(tip),
                // It may have been removed since it was seen.
                Err(found) => match self.branches()?.tip {
                    None => None,
                    Some(_) => return Err(found),
                },
            },
        };
        Ok(())
    }

    /// The remote's branches, if ours may be published to.
    fn branches(&self) -> Result<Branches, Diagnostic> {
        let branches = self.place().branches()?;
        let branch = self.options.branch;
        if branches.default.as_deref() == Some(branch) {
            let why = format!("is the default branch of `{}`", self.remote.name);
            return Err(refused_branch(branch, &why));
        }
        if !branches.has_any {
            let name = &self.remote.name;
            let message =
                format!("`{name}` is empty; the site would be its default branch");
            return Err(Diagnostic::placeless(Code::PublishRefused, message)
                .hint(format!("push the book first: `git push -u {name} HEAD`")));
        }
        Ok(branches)
    }

    fn place(&self) -> Place<'_> {
        Place { stage: &self.stage, remote: &self.remote, branch: self.options.branch }
    }

    /// The remote's repository, if GitHub has it.
    pub fn repository(&self) -> Option<Repository> {
        Repository::of(&self.remote.whole_url)
    }

    /// Files of the book that are not as committed.
    pub fn dirty(&self) -> &[String] {
        &self.checkout.dirty
    }

    /// Whether the checkout has only some of its commits.
    pub fn is_shallow(&self) -> bool {
        self.checkout.is_shallow
    }

    /// The relation of the published site's commit to the one at hand;
    /// none where fieldguide published nothing.
    ///
    /// # Errors
    /// The repository cannot be read.
    pub fn standing(&self) -> Result<Option<Standing>, Diagnostic> {
        let source = self.tip.as_ref().and_then(|tip| tip.source.as_ref());
        source.map(|source| self.checkout.standing(source)).transpose()
    }

    /// The bytes of the file on the branch that names the site's domain.
    pub fn cname(&self) -> Option<&[u8]> {
        self.tip.as_ref()?.cname.as_deref()
    }

    /// The ranks that the published site shows; none where nothing is published.
    pub fn ranks(&self) -> Option<&Ranks> {
        self.tip.as_ref().map(|tip| &tip.ranks)
    }

    /// The published files that count when some of them are to go, and what they are
    /// called: pages, or every file where fieldguide did not make them.
    pub fn published(&self) -> (&'static str, Vec<&str>) {
        let Some(tip) = &self.tip else { return ("pages", Vec::new()) };
        let files = tip.files.iter().map(String::as_str);
        match tip.source {
            Some(_) => ("pages", files.filter(|path| is_page(path)).collect()),
            None => ("files", files.collect()),
        }
    }

    /// Takes in the files of the site.
    ///
    /// # Errors
    /// Mistakes in files, or git's own failure.
    pub fn import(&self, job: &Job) -> Result<Tree, Vec<Diagnostic>> {
        self.stage.import(job)
    }

    /// Puts a site on top of what the branch holds.
    ///
    /// # Errors
    /// Git's own failure.
    pub fn commit(
        &self,
        tree: &Tree,
        cname: Option<&[u8]>,
        title: Option<&str>,
    ) -> Result<Next, Diagnostic> {
        let parent = self.tip.as_ref().map(|tip| &tip.id);
        let message = self.message(title);
        let contents = Contents { tree, parent, cname, message: &message };
        let (id, whole) = self.stage.commit(&contents)?;
        let changes = self.stage.changes(parent, &id)?;
        let is_same = self.tip.as_ref().is_some_and(|tip| tip.tree == whole);
        Ok(Next { id, changes, is_same })
    }

    fn message(&self, title: Option<&str>) -> String {
        let source = &self.checkout.source;
        let state = if self.checkout.dirty.is_empty() { "" } else { ", and more" };
        let title = match title.map(str::trim).filter(|title| !title.is_empty()) {
            Some(title) => title.to_owned(),
            None => format!("Publish from {}{state}", source.short()),
        };
        let tool = env!("CARGO_PKG_VERSION");
        format!("{title}\n\nMade by fieldguide {tool}.\n\n{TRAILER}{source}\n")
    }

    /// Moves the branch; whether it did, or somebody else moved it first.
    ///
    /// # Errors
    /// The remote does not take it, or cannot be reached.
    pub fn push(&self, next: &Next) -> Result<bool, Diagnostic> {
        let old = self.tip.as_ref().map(|tip| &tip.id);
        Ok(self.place().push(old, &next.id)? == Pushed::Done)
    }
}

impl Tree {
    /// Path and bytes of each file of the site.
    pub fn sizes(&self) -> &[(String, u64)] {
        &self.sizes
    }
}
