//! The remote: what its branch holds, and moving that branch from the commit that was read
//! to a new one, or not at all.

use super::checkout::Remote;
use super::git::{self, Output};
use super::name::Id;
use super::published;
use super::stage::{CNAME, Stage};
use crate::diag::{Code, Diagnostic};
use crate::rank::Ranks;

/// Says in a commit which commit of the book it was made from.
pub(super) const TRAILER: &str = "Fieldguide-Source: ";

/// Commits that are looked through for the last one of ours.
const BACK: &str = "--depth=50";

/// The answer of a remote.
#[derive(Debug, Default)]
pub(super) struct Branches {
    /// The branch that it is about by itself.
    pub(super) default: Option<String>,
    /// The commit at the end of the branch that is asked for.
    pub(super) tip: Option<Id>,
    /// Whether it has any branch.
    pub(super) has_any: bool,
}

/// The commit and files of the branch.
#[derive(Debug)]
pub(super) struct Tip {
    /// Its last commit.
    pub(super) id: Id,
    /// The files of that commit.
    pub(super) tree: Id,
    /// The commit of the book that it was made from; none if fieldguide made no commit here
    /// of late.
    pub(super) source: Option<Id>,
    /// Its files.
    pub(super) files: Vec<String>,
    /// The bytes of the file that names the domain.
    pub(super) cname: Option<Vec<u8>>,
    /// The ranks that it shows.
    pub(super) ranks: Ranks,
}

/// The outcome of a push.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Pushed {
    /// The branch holds the new commit.
    Done,
    /// Somebody else moved the branch first, or is about to.
    Lost,
}

/// A branch of a remote, as seen from our own repository.
#[derive(Debug)]
pub(super) struct Place<'a> {
    pub(super) stage: &'a Stage<'a>,
    pub(super) remote: &'a Remote,
    pub(super) branch: &'a str,
}

impl Place<'_> {
    /// Asks which branches there are.
    pub(super) fn branches(&self) -> Result<Branches, Diagnostic> {
        let url = &self.remote.url;
        let ask =
            ["ls-remote", "--symref", "--end-of-options", url, "HEAD", "refs/heads/*"];
        let answer = self.stage.run(&ask)?.or_fail(
            &format!("the remote `{}` cannot be read", self.remote.name),
            "see that its address is right and that you may read it: `git ls-remote`",
        )?;
        let mut found = Branches::default();
        let own = format!("refs/heads/{}", self.branch);
        for line in answer.line().lines() {
            let Some((what, name)) = line.split_once('\t') else { continue };
            if let Some(default) = what.strip_prefix("ref: refs/heads/") {
                found.default = Some(default.to_owned());
            } else if name == own {
                found.tip = Id::new(what);
            }
            found.has_any |= name.starts_with("refs/heads/");
        }
        Ok(found)
    }

    /// Reads the branch; what was asked before tells whether there is one.
    pub(super) fn tip(&self) -> Result<Tip, Diagnostic> {
        self.fetch("--depth=1")?;
        let mut source = self.source()?;
        let is_cut = self.stage.run(&["rev-parse", "--is-shallow-repository"])?;
        if source.is_none() && is_cut.line() == "true" {
            self.fetch(BACK)?;
            source = self.source()?;
        }
        let id = self.stage.id_of("refs/tip")?;
        let files = self.stage.files(&id)?;
        let goals = files.iter().filter(|path| published::is_goal(path));
        let goals: Vec<&str> = goals.map(String::as_str).collect();
        let mut read = self.stage.read(&id, &[&goals[..], &[CNAME]].concat())?;
        let cname = read.pop().flatten();
        let ranks = read.iter().flatten().filter_map(|bytes| published::published(bytes));
        let ranks = ranks.collect();
        let tree = self.stage.id_of("refs/tip^{tree}")?;
        Ok(Tip { id, tree, source, files, cname, ranks })
    }

    fn fetch(&self, depth: &str) -> Result<(), Diagnostic> {
        let (url, branch) = (&self.remote.url, self.branch);
        let what = format!("+refs/heads/{branch}:refs/tip");
        let how = ["fetch", "--progress", "--no-tags", "--no-write-fetch-head"];
        let how = [&how[..], &["--recurse-submodules=no", depth, "--end-of-options"]];
        let fetched = self.stage.run(&[how.concat(), vec![url, &what]].concat())?;
        fetched.or_has_no_room(
            &format!("`{branch}` of `{}` cannot be read", self.remote.name),
            "run the command again; `git fetch` says more",
        )?;
        Ok(())
    }

    /// The commit of the book that the newest commit of ours was made from.
    fn source(&self) -> Result<Option<Id>, Diagnostic> {
        let log =
            self.stage.run(&["log", "-z", "--first-parent", "--format=%B", "refs/tip"]);
        let source = |message: String| {
            let line = message.lines().rev().find_map(|line| line.strip_prefix(TRAILER));
            Id::new(line?.trim())
        };
        Ok(log?.pieces().find_map(source))
    }

    /// Moves the branch from the commit that was read to the next one.
    ///
    /// The lease names the commit that was read, so nothing that came later is lost; the
    /// exit code alone is not believed, but what the remote says afterwards.
    pub(super) fn push(&self, old: Option<&Id>, new: &Id) -> Result<Pushed, Diagnostic> {
        let branch = self.branch;
        let lease = format!(
            "--force-with-lease=refs/heads/{branch}:{}",
            old.map_or("", Id::as_str)
        );
        let what = format!("{new}:refs/heads/{branch}");
        let how = ["push", "--porcelain", "--progress", "--no-verify", "--no-signed"];
        let more = ["--no-follow-tags", "--recurse-submodules=no", &lease];
        let end = ["--end-of-options", &self.remote.url, &what];
        let push = match self.stage.run(&[&how[..], &more[..], &end[..]].concat()) {
            Ok(push) => push,
            Err(found) => return self.unheard(found, new),
        };
        let asked = self.branches().and_then(|now| {
            let tip = now.tip.as_ref();
            let is_held = tip == Some(new) || push.is_fine() && self.holds(tip, new)?;
            Ok((now.tip, is_held))
        });
        let (tip, is_held) = asked.map_err(|found| self.unknown_outcome(found, new))?;
        if is_held {
            return Ok(Pushed::Done);
        }
        if push.is_fine() {
            let message = format!(
                "the remote took the site, and `{branch}` does not hold it any more"
            );
            return Err(Diagnostic::placeless(Code::PublishRefused, message)
                .hint("see who else moves the branch, then publish again"));
        }
        if tip.as_ref() != old || is_contended(&push) {
            Ok(Pushed::Lost)
        } else {
            Err(refused(&push, self))
        }
    }

    /// The outcome of a push that ended before the remote answered.
    fn unheard(&self, found: Diagnostic, new: &Id) -> Result<Pushed, Diagnostic> {
        if found.code != Code::Ended
            && self.branches().is_ok_and(|now| now.tip.as_ref() == Some(new))
        {
            return Ok(Pushed::Done);
        }
        Err(self.unknown_outcome(found, new))
    }

    /// The error when a push's outcome is unknown.
    fn unknown_outcome(&self, found: Diagnostic, new: &Id) -> Diagnostic {
        let (name, branch) = (&self.remote.name, self.branch);
        let asked = format!("`git ls-remote {name} {branch}` shows {}", new.short());
        match found.code {
            Code::Ended => git::ended("the site was on its way to the remote")
                .hint(format!("{asked} if it arrived")),
            _ => found.note(format!("the site was sent: {asked} when it has arrived")),
        }
    }

    /// Whether a commit is on the branch, whose end is another.
    fn holds(&self, tip: Option<&Id>, commit: &Id) -> Result<bool, Diagnostic> {
        if tip.is_none() {
            return Ok(false);
        }
        self.fetch(BACK)?;
        let commit = commit.as_str();
        let asked =
            self.stage.run(&["merge-base", "--is-ancestor", commit, "refs/tip"])?;
        Ok(asked.is_fine())
    }
}

/// Whether a push failed because another was at the same branch at the same moment.
fn is_contended(push: &Output) -> bool {
    let said = format!("{}\n{}", push.line(), push.complaint().join("\n"));
    let signs = [
        "stale info",
        "fetch first",
        "non-fast-forward",
        "cannot lock ref",
        "failed to update ref",
        "incorrect old value",
        "reference already exists",
    ];
    signs.iter().any(|sign| said.contains(sign))
}

/// The remote's message on a push that it refused.
fn refused(push: &Output, place: &Place) -> Diagnostic {
    let (name, branch) = (&place.remote.name, place.branch);
    let is_answer = push.line().contains("[remote rejected]");
    if !is_answer {
        return push.failed(
            &format!("`{branch}` could not be pushed to `{name}`"),
            "see that you may write to the remote, then publish again",
        );
    }
    let mut found = push.failed(
        &format!("`{name}` does not take the site"),
        "see what the remote asks for; the branch is as it was",
    );
    found.code = Code::PublishRefused;
    found
}
