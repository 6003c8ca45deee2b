//! Names that are handed to git, and object ids that it gives: checked before they are used.

use std::fmt;

/// The reason why a text cannot be the name of a remote or a branch: what it may not
/// have.
pub(super) fn fault(name: &str) -> Option<&'static str> {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./+@#".contains(c);
    let part = |part: &str| part.starts_with('.') || part.ends_with(".lock");
    if name.is_empty() {
        Some("it is empty")
    } else if name.starts_with('-') {
        Some("it starts with `-`")
    } else if !name.chars().all(is_plain) {
        Some("it may have letters, digits and `-_./+@#`")
    } else if name.contains("..") || name.contains("//") || name.contains("@{") {
        Some("it has `..` or `//`")
    } else if name.starts_with('/') || name.ends_with(['/', '.']) || name == "@" {
        Some("it starts or ends as no name does")
    } else if name.split('/').any(part) {
        Some("a part of it starts with `.` or ends in `.lock`")
    } else if name == "HEAD" || name.starts_with("refs/") {
        Some("it is git's own word; name the branch alone")
    } else if name.len() > 200 {
        Some("it is longer than 200 bytes")
    } else {
        None
    }
}

/// The id of an object: 40 or 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Id(String);

impl Id {
    /// Reads an id. One that is empty or short would mean another thing to git: to remove a
    /// branch, or to guess.
    pub(super) fn new(text: &str) -> Option<Self> {
        let is_digit = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        let is_id = matches!(text.len(), 40 | 64) && text.bytes().all(is_digit);
        let is_nothing = text.bytes().all(|b| b == b'0');
        (is_id && !is_nothing).then(|| Self(text.to_owned()))
    }

    /// All its digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its first digits, for people.
    pub fn short(&self) -> &str {
        &self.0[..7]
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether git may be given this address of a remote: of a scheme that needs no program
/// but git's own, or a folder.
pub(super) fn is_address(url: &str) -> bool {
    let schemes = ["https", "http", "ssh", "git", "file", "git+ssh", "ssh+git"];
    let has_controls = url.chars().any(char::is_control);
    // In brackets stands the address of a host.
    if url.is_empty() || url.starts_with('-') || url.contains("[-") || has_controls {
        return false;
    }
    match url.split_once("://") {
        // A host or a path that starts with `-` would be an option of `ssh`.
        Some((scheme, rest)) => {
            let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
            schemes.contains(&scheme) && !rest.starts_with('-') && !host.starts_with('-')
        }
        // `name::address` starts the program `git-remote-name`.
        None => !url.contains("::") && !url.contains("@-"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Id, fault, is_address};

    #[test]
    fn names_that_git_could_take_for_something_else_are_refused() {
        for name in ["origin", "gh-pages", "docs/site", "v1.2", "über"] {
            assert_eq!(fault(name), None, "{name}");
        }
        let bad = [
            "",
            "-",
            "--upload-pack=touch x",
            "-c",
            "a b",
            "a..b",
            "a\n",
            "/a",
            "a/",
            "a//b",
            ".a",
            "a/.b",
            "a.lock",
            "a.lock/b",
            "@",
            "@{-1}",
            "a~1",
            "a^",
            "a:b",
            "a?",
            "a*",
            "a[",
            "a\\b",
            "a.",
            "$(x)",
            "`x`",
            "a;b",
            "a\u{7f}",
            "'",
            "\"",
            "a|b",
            ":",
            "HEAD",
            "refs/heads/a",
        ];
        for name in bad {
            assert!(fault(name).is_some(), "{name}");
        }
        assert!(fault(&"a".repeat(201)).is_some());
    }

    #[test]
    fn ids_have_all_their_digits() {
        let sha1 = "4c1e9a2b4c1e9a2b4c1e9a2b4c1e9a2b4c1e9a2b";
        assert_eq!(Id::new(sha1).unwrap().short(), "4c1e9a2");
        assert!(Id::new(&"a".repeat(64)).is_some());
        for bad in ["", "4c1e9a2", &sha1[1..], &sha1.to_uppercase(), &"0".repeat(40)] {
            assert_eq!(Id::new(bad), None, "{bad}");
        }
        assert_eq!(Id::new(&format!("{sha1}\n")), None);
    }

    #[test]
    fn addresses_that_start_programs_are_refused() {
        let good = [
            "https://github.com/a/b.git",
            "git@github.com:a/b.git",
            "ssh://git@host:22/a",
            "/srv/git/a.git",
            "../a.git",
            "file:///a",
            "C:/a",
            "host:a",
        ];
        for url in good {
            assert!(is_address(url), "{url}");
        }
        let bad = [
            "",
            "ext::sh -c touch% x",
            "fd::3",
            "--upload-pack=x",
            "-oProxyCommand=x",
            "ssh://-oProxyCommand=x/a",
            "ssh://a@-oProxyCommand=x/a",
            "a@-oProxyCommand=x:b",
            "ssh://[-oProxyCommand=x]/a",
            "a@[-oProxyCommand=x]:b",
            "http::https://x",
            "foo://a",
            "a\nb",
            "transport::/a",
        ];
        for url in bad {
            assert!(!is_address(url), "{url}");
        }
    }
}
