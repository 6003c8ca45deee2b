//! The preflight: what speaks against publishing, each with a way out. Pure.

use super::checkout::Standing;
use super::host::Repository;
use super::stage::CNAME;
use crate::diag::{Code, Count, Diagnostic, List, thousands};
use crate::raw::href::is_local;

/// The largest site that GitHub serves, in bytes.
const LARGEST_SITE: u64 = 1 << 30;
/// The largest file that GitHub takes, in bytes.
const LARGEST_FILE: u64 = 100 << 20;
/// The longest name and path of a file that hosts take, in bytes.
const LONGEST: (usize, usize) = (255, 1024);
/// Names that a message holds before it counts them.
const NAMED: usize = 5;

/// All that is looked at.
#[derive(Debug, Clone)]
pub struct Facts<'a> {
    /// The address of the site, by `base_url`.
    pub base_url: &'a str,
    /// The repository, if GitHub has it.
    pub repository: Option<&'a Repository>,
    /// The domain that the branch will name, and whether the branch alone does.
    pub domain: Option<(&'a str, bool)>,
    /// Errors and warnings of the book, but for facts that are stale, and the number of those.
    pub findings: (usize, usize, usize),
    /// Whether drafts are part of the site.
    pub has_drafts: bool,
    /// Files that are not committed, and whether that is allowed.
    pub dirty: (&'a [String], bool),
    /// The relation of the published site's commit to this one, and whether
    /// any will do.
    pub standing: Option<(Standing, bool)>,
    /// Whether the checkout has only some of its commits.
    pub is_shallow: bool,
    /// Files of the site with their sizes in bytes; none where it could not be made.
    pub files: Option<&'a [(String, u64)]>,
    /// Published files that will be gone, of how many, and whether that is allowed.
    pub removed: Removed<'a>,
}

/// Published files that will be gone.
#[derive(Debug, Clone, Copy, Default)]
pub struct Removed<'a> {
    /// The unit of the count: pages, or files where fieldguide did not make them.
    pub what: &'static str,
    /// The paths.
    pub paths: &'a [&'a str],
    /// Of how many.
    pub of: usize,
    /// Whether it may be more than a fifth.
    pub is_allowed: bool,
}

/// One line of the preflight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// All is well: what was looked at.
    Fine(String),
    /// The reason why nothing is published.
    Refused(Box<Diagnostic>),
}

impl Check {
    fn refused(message: impl Into<String>, fix: impl Into<String>) -> Self {
        let found = Diagnostic::placeless(Code::PublishRefused, message).hint(fix);
        Self::Refused(Box::new(found))
    }
}

/// Looks at everything.
pub fn check(facts: &Facts) -> Vec<Check> {
    let mut checks =
        vec![address(facts), findings(facts), drafts(facts), committed(facts)];
    checks.extend(domain(facts));
    checks.extend(older(facts));
    checks.extend(facts.files.into_iter().flat_map(limits));
    checks.extend(removed(&facts.removed));
    checks
}

/// Whether the site's address is the one at which GitHub will serve it.
fn address(facts: &Facts) -> Check {
    let url = facts.base_url;
    let Some((host, path)) = host_and_path(url) else {
        return Check::refused(format!("`{url}` is no address"), "set `base_url`");
    };
    let set = |to: &str| format!("set `base_url = \"{to}\"` in `book.toml`");
    let fine = |why: &str| Check::Fine(format!("base URL {url} {why}"));
    if let Some((domain, _)) = facts.domain {
        let expected = format!("https://{domain}/");
        return if host.eq_ignore_ascii_case(domain) && path == "/" {
            fine("is the domain's")
        } else {
            let message = format!("`{url}` is not at the site's domain `{domain}`");
            Check::refused(message, set(&expected))
        };
    }
    if is_local(url) {
        let known = facts.repository.map(Repository::pages);
        let example = known.unwrap_or_else(|| "https://example.org/guide/".to_owned());
        return Check::refused("the book does not say where it is served", set(&example));
    }
    let Some(repository) = facts.repository else {
        return fine("is not compared: the remote is not GitHub's");
    };
    let (own, expected) = (repository.host(), repository.pages());
    if host.eq_ignore_ascii_case(&own) && path == repository.path() {
        return fine("fits the remote");
    }
    if !host.to_lowercase().ends_with(".github.io") && path == repository.path() {
        // The domain of the owner's own site serves the other repositories too.
        if path != "/" {
            return fine(&format!("is right if {host} is the domain of {own}"));
        }
        let message = format!("`{url}` needs a domain that the branch names");
        return Check::refused(
            message,
            format!("set `cname = \"{host}\"` in `[publish]`"),
        );
    }
    let message = format!("`{url}` is not where GitHub serves this repository");
    let found = Check::refused(message, set(&expected));
    match (found, path) {
        (Check::Refused(found), "/") if !host.ends_with(".github.io") => {
            let other =
                format!("or name your domain: `cname = \"{host}\"` in `[publish]`");
            Check::Refused(Box::new(found.hint(other)))
        }
        (found, _) => found,
    }
}

/// Host and path of an address that ends in `/`.
fn host_and_path(url: &str) -> Option<(&str, &str)> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    Some(rest.split_at(rest.find('/')?))
}

fn domain(facts: &Facts) -> Option<Check> {
    let (domain, is_kept) = facts.domain?;
    let is_part = |part: &str| {
        (1..=63).contains(&part.len())
            && !part.starts_with('-')
            && !part.ends_with('-')
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let is_name =
        domain.contains('.') && domain.len() <= 253 && domain.split('.').all(is_part);
    if !is_name {
        let hint = if is_kept {
            format!("correct `{CNAME}` on the branch, or set `cname` in `[publish]`")
        } else {
            "write it as `guide.example.org`, without `https://`".to_owned()
        };
        return Some(Check::refused(format!("`{domain}` is no domain"), hint));
    }
    let how = if is_kept { "kept" } else { "set" };
    Some(Check::Fine(format!("{CNAME} {how} ({domain})")))
}

fn findings(facts: &Facts) -> Check {
    let (errors, warnings, stale) = facts.findings;
    if errors + warnings > 0 {
        let found = match (errors, warnings) {
            (0, n) => Count(n, "warning").to_string(),
            (n, 0) => Count(n, "error").to_string(),
            (n, m) => format!("{}, {}", Count(n, "error"), Count(m, "warning")),
        };
        let message = format!("the book has {found}");
        return Check::refused(message, "repair what `fieldguide check --strict` finds");
    }
    match stale {
        0 => Check::Fine("check --strict".to_owned()),
        n => Check::Fine(format!("check --strict, but for {}", Count(n, "stale fact"))),
    }
}

fn drafts(facts: &Facts) -> Check {
    if facts.has_drafts {
        Check::refused("drafts would be published", "leave out `--drafts`")
    } else {
        Check::Fine("no drafts".to_owned())
    }
}

fn committed(facts: &Facts) -> Check {
    let (dirty, is_allowed) = facts.dirty;
    match (dirty, is_allowed) {
        ([], _) => Check::Fine("all is committed".to_owned()),
        (files, true) => Check::Fine(format!(
            "{} not committed, as allowed",
            Count(files.len(), "file")
        )),
        (files, false) => {
            let message = format!("not committed: {}", named(files));
            Check::refused(message, "commit, or give `--allow-dirty`")
        }
    }
}

fn older(facts: &Facts) -> Option<Check> {
    let (standing, is_allowed) = facts.standing?;
    let message = match standing {
        Standing::Included => return None,
        _ if is_allowed => {
            let words = "what is published was made from another commit, as allowed";
            return Some(Check::Fine(words.to_owned()));
        }
        Standing::Newer => "what is published was made from a newer commit",
        Standing::Apart => {
            "what is published was made from a commit that is not in this one"
        }
        Standing::Unknown => "what is published was made from a commit that is not here",
    };
    let first = match (standing, facts.is_shallow) {
        (Standing::Unknown, true) => "fetch all commits: `git fetch --unshallow`",
        (Standing::Unknown, false) => "fetch and merge what others pushed: `git pull`",
        (Standing::Newer | Standing::Apart | Standing::Included, _) => {
            "merge that commit, then publish again"
        }
    };
    let Check::Refused(found) = Check::refused(message, first) else { return None };
    Some(Check::Refused(Box::new(found.hint("or give `--allow-older`"))))
}

/// Whether GitHub and other hosts take every file.
fn limits(files: &[(String, u64)]) -> Vec<Check> {
    let mut checks = Vec::new();
    let whole: u64 = files.iter().map(|(_, size)| size).sum();
    if whole > LARGEST_SITE {
        let message = format!("the site has {}, more than 1 GiB", mebibytes(whole));
        checks.push(Check::refused(message, "serve large files from elsewhere"));
    }
    let large: Vec<&String> = files
        .iter()
        .filter(|(_, size)| *size > LARGEST_FILE)
        .map(|(path, _)| path)
        .collect();
    if !large.is_empty() {
        let message = format!("larger than 100 MiB: {}", named(&large));
        checks
            .push(Check::refused(message, "make it smaller, or serve it from elsewhere"));
    }
    let odd: Vec<&String> =
        files.iter().map(|(path, _)| path).filter(|path| !is_taken(path)).collect();
    if !odd.is_empty() {
        let message = format!("not every host takes the name of {}", named(&odd));
        checks.push(Check::refused(message, "use letters, digits, `-`, `_` and `.`"));
    }
    if checks.is_empty() {
        let count = Count(files.len(), "file");
        checks.push(Check::Fine(format!("{count}, {}, within limits", mebibytes(whole))));
    }
    checks
}

/// Whether every host takes a path, and an artifact for GitHub may hold it.
fn is_taken(path: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_graphic() && !"\"*:<>?|\\%#".contains(c);
    path.len() <= LONGEST.1
        && path.chars().all(is_plain)
        && path.split('/').all(|part| {
            let is_hidden = part.starts_with(['.', '_']);
            !part.is_empty()
                && part.len() <= LONGEST.0
                && !is_hidden
                && !part.ends_with('.')
        })
}

fn mebibytes(bytes: u64) -> String {
    let tenths = bytes * 10 / (1 << 20);
    let whole = usize::try_from(tenths / 10).unwrap_or(usize::MAX);
    format!("{}.{} MiB", thousands(whole), tenths % 10)
}

fn removed(removed: &Removed) -> Option<Check> {
    let gone = removed.paths.len();
    if gone == 0 || gone * 5 <= removed.of {
        return None;
    }
    let (what, of) = (removed.what, thousands(removed.of));
    let gone = thousands(gone);
    if removed.is_allowed {
        return Some(Check::Fine(format!(
            "{gone} of {of} {what} will be gone, as allowed"
        )));
    }
    let message = format!(
        "{gone} of {of} published {what} would be gone: {}",
        named(removed.paths)
    );
    Some(Check::refused(
        message,
        "see that this is the right branch; if so, give `--allow-removals`",
    ))
}

/// Names some of many.
fn named<S: AsRef<str>>(all: &[S]) -> String {
    let shown = &all[..all.len().min(NAMED)];
    match all.len() - shown.len() {
        0 => List::and(shown).to_string(),
        more => {
            let shown: Vec<String> =
                shown.iter().map(|name| format!("`{}`", name.as_ref())).collect();
            format!("{} and {}", shown.join(", "), Count(more, "more file"))
        }
    }
}

#[cfg(test)]
mod tests;
