//! The repository around a folder, found by looking at files: no program is started.

use std::path::{Path, PathBuf};

/// The settings of a repository, read from its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Around {
    /// The folder of its files.
    pub top: PathBuf,
    /// The branch that others take for the main one: the default of `origin`, or else the one
    /// that is checked out.
    pub branch: Option<String>,
    /// Names and addresses of its remotes, as written.
    remotes: Vec<(String, String)>,
}

impl Around {
    /// Looks for the repository that a folder is in; the folder need not exist.
    pub fn find(folder: &Path) -> Option<Self> {
        let folder = std::path::absolute(folder).ok()?;
        let top = folder.ancestors().find(|top| top.join(".git").exists())?;
        let git = if top.join(".git").is_file() {
            let link = text(&top.join(".git"))?;
            top.join(link.strip_prefix("gitdir:")?.trim())
        } else {
            top.join(".git")
        };
        // A further checkout of a repository shares its settings.
        let shared = text(&git.join("commondir"));
        let shared = shared.map_or(git.clone(), |path| git.join(path.trim()));
        let head = text(&git.join("HEAD")).unwrap_or_default();
        let default = text(&shared.join("refs/remotes/origin/HEAD")).unwrap_or_default();
        let default = default.trim().strip_prefix("ref: refs/remotes/origin/");
        let branch = default.or(head.trim().strip_prefix("ref: refs/heads/"));
        let branch = branch.map(str::to_owned);
        let remotes = remotes(&text(&shared.join("config")).unwrap_or_default());
        Some(Self { top: top.to_path_buf(), branch, remotes })
    }

    /// Name and address of the remote that a site is published to: `origin`, or the only one.
    pub fn remote(&self) -> Option<(&str, &str)> {
        let origin = self.remotes.iter().find(|(name, _)| name == "origin");
        let only = match self.remotes.as_slice() {
            [only] => Some(only),
            _ => None,
        };
        origin.or(only).map(|(name, url)| (name.as_str(), url.as_str()))
    }
}

#[expect(clippy::disallowed_methods, reason = "a repository is no part of the book")]
fn text(path: &Path) -> Option<String> {
    std::fs::read_to_string(path).ok()
}

/// The first address of each remote in a repository's settings.
fn remotes(config: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut remote: Option<String> = None;
    for line in config.lines().map(str::trim) {
        if let Some(head) = line.strip_prefix('[') {
            let name = head.split_once(']').map_or(head, |(name, _)| name);
            let name =
                name.strip_prefix("remote ").map(|name| name.trim().trim_matches('"'));
            remote = name.map(str::to_owned);
        } else if let (Some(name), Some((key, value))) = (&remote, line.split_once('=')) {
            let is_new = found.iter().all(|(known, _)| known != name);
            if key.trim().eq_ignore_ascii_case("url") && is_new {
                let value = value.split([';', '#']).next().unwrap_or_default().trim();
                found.push((name.clone(), value.trim_matches('"').to_owned()));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::remotes;

    #[test]
    fn remotes_are_read_from_settings() {
        let config = "[core]\n\turl = no\n[remote \"up\"]\n\tpushurl = x\n\turl = a\n\turl = b\n\
                      [branch \"main\"]\n\tremote = up\n[remote \"origin\"]\n  URL=\"c\" # d\n";
        let pair = |name: &str, url: &str| (name.to_owned(), url.to_owned());
        assert_eq!(remotes(config), [pair("up", "a"), pair("origin", "c")]);
        assert_eq!(remotes("[remote \"a\"\nurl"), []);
    }
}
