//! The address that GitHub gives the pages of a repository. Pure.

/// A repository on GitHub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    /// Whose it is, in lower case.
    pub owner: String,
    /// Its name.
    pub name: String,
}

impl Repository {
    /// The repository that the address of a remote names, if GitHub has it:
    /// `https://github.com/o/r.git`, `git@github.com:o/r`, `ssh://git@ssh.github.com:443/o/r`.
    pub fn of(remote: &str) -> Option<Self> {
        let (host, path) = match remote.split_once("://") {
            Some((_, rest)) => rest.split_once('/')?,
            None => remote.split_once(':')?,
        };
        let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
        let host = host.split(':').next().unwrap_or_default().to_lowercase();
        if !["github.com", "www.github.com", "ssh.github.com"].contains(&host.as_str()) {
            return None;
        }
        let path = path.trim_matches('/');
        let (owner, name) = path.split_once('/')?;
        let name = name.strip_suffix(".git").unwrap_or(name);
        let is_name = |text: &str| {
            !text.is_empty()
                && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
        };
        (is_name(owner) && is_name(name))
            .then(|| Self { owner: owner.to_lowercase(), name: name.to_owned() })
    }

    /// The path of its pages: `/` for the owner's own site, else `/NAME/`.
    pub fn path(&self) -> String {
        if self.name.to_lowercase() == self.host() {
            "/".to_owned()
        } else {
            format!("/{}/", self.name)
        }
    }

    /// The host of its pages.
    pub fn host(&self) -> String {
        format!("{}.github.io", self.owner)
    }

    /// The address of its pages.
    pub fn pages(&self) -> String {
        format!("https://{}{}", self.host(), self.path())
    }

    /// The address of GitHub's settings for pages.
    pub fn settings(&self) -> String {
        format!("https://github.com/{}/{}/settings/pages", self.owner, self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::Repository;

    #[test]
    fn a_repository_of_github_has_an_address_for_its_pages() {
        let guide = "https://me.github.io/My-guide/";
        for remote in [
            "https://github.com/Me/My-guide",
            "https://github.com/me/My-guide.git",
            "https://token:x@github.com/me/My-guide.git/",
            "git@github.com:me/My-guide.git",
            "github.com:me/My-guide",
            "ssh://git@github.com/me/My-guide.git",
            "ssh://git@ssh.github.com:443/me/My-guide.git",
            "git://github.com/me/My-guide",
        ] {
            assert_eq!(Repository::of(remote).unwrap().pages(), guide, "{remote}");
        }
        let own = Repository::of("git@github.com:me/Me.github.io.git").unwrap();
        assert_eq!(own.pages(), "https://me.github.io/");
        let odd =
            ["/srv/a.git", "../a", "https://gitlab.com/a/b", "github.com", "a:b/c", ""];
        for remote in odd {
            assert_eq!(Repository::of(remote), None, "{remote}");
        }
        for remote in
            ["https://github.com/a", "https://github.com/a/b/c", "git@github.com:a/ b"]
        {
            assert_eq!(Repository::of(remote), None, "{remote}");
        }
    }
}
