//! Resolves links of pages as a browser on any host would.

use crate::book;

/// Finds what links lead to.
pub(super) struct Resolver<'a> {
    /// Paths of all files of the site, in byte order.
    paths: &'a [String],
    /// The address at which the site is served.
    base_url: &'a str,
    /// The path of that.
    base_path: &'a str,
}

/// The target of a link.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A file of the site, and perhaps a part of it.
    Here {
        /// The file's path below the output folder.
        path: String,
        /// The part's id.
        part: Option<String>,
    },
    /// Another site.
    Elsewhere,
    /// Nothing; the words say why, after "the link `x`".
    Nowhere(&'static str),
}

impl<'a> Resolver<'a> {
    /// Finds links among the paths of a site.
    pub(super) fn new(paths: &'a [String], site: &'a book::Site) -> Self {
        Self { paths, base_url: &site.base_url, base_path: &site.base_path }
    }

    /// Resolves a link on the page at a path.
    pub(super) fn resolve(&self, page: &str, link: &str) -> Target {
        let (address, part) = match link.split_once('#') {
            Some((address, part)) => (address, Some(part.to_owned())),
            None => (link, None),
        };
        let address = address.split('?').next().unwrap_or_default();
        if link.starts_with("//") || is_absolute(link) {
            return match address.strip_prefix(self.base_url) {
                Some(below) => self.file(below.to_owned(), part),
                None => Target::Elsewhere,
            };
        }
        if address.is_empty() && (part.is_some() || link.starts_with('?')) {
            return Target::Here { path: page.to_owned(), part };
        }
        if let Some(rooted) = address.strip_prefix('/') {
            // Only the page for what does not exist may do so: it is shown anywhere.
            let below = format!("/{rooted}");
            return match below.strip_prefix(self.base_path) {
                Some(below) if page == "404.html" => self.file(below.to_owned(), part),
                Some(_) | None => Target::Nowhere(
                    "starts at the root of the host, which only 404.html may",
                ),
            };
        }
        match joined(page, address) {
            Some(below) => self.file(below, part),
            None => Target::Nowhere("leads above the site's own folder"),
        }
    }

    fn file(&self, below: String, part: Option<String>) -> Target {
        let path = if below.is_empty() || below.ends_with('/') {
            format!("{below}index.html")
        } else {
            below
        };
        // A link to nothing by name is the home page's own.
        match self.paths.binary_search(&path) {
            Ok(_) => Target::Here { path, part: part.filter(|part| !part.is_empty()) },
            Err(_) => Target::Nowhere("leads to nothing"),
        }
    }
}

/// Whether a link has a scheme.
fn is_absolute(link: &str) -> bool {
    let scheme = link.split(':').next().unwrap_or_default();
    scheme.len() < link.len()
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// A relative address from the page at a path; none if it leads above the site.
fn joined(page: &str, address: &str) -> Option<String> {
    let folder = page.rfind('/').map_or("", |at| &page[..at]);
    let mut segments: Vec<&str> = folder.split('/').filter(|s| !s.is_empty()).collect();
    let (folders, last) = address.rsplit_once('/').unwrap_or(("", address));
    for segment in folders.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop()?;
            }
            name => segments.push(name),
        }
    }
    match last {
        "" | "." => {}
        ".." => {
            segments.pop()?;
        }
        name => {
            segments.push(name);
            return Some(segments.join("/"));
        }
    }
    let below = segments.join("/");
    Some(if below.is_empty() { below } else { below + "/" })
}
