//! Routes: where pages and files are, below the site's base.

use std::fmt;

use crate::raw::is_device;

/// The address of a page or file: segments joined by `/`, without a leading one. A
/// page's route ends in `/` (the home page's is empty), a file's does not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Route(String);

impl Route {
    /// Makes a route from segments that are slugs or portable file names.
    pub fn new(route: impl Into<String>) -> Self {
        Self(route.into())
    }

    /// The route as text, such as `frameworks/django/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is the home page's.
    pub fn is_home(&self) -> bool {
        self.0.is_empty()
    }

    /// The path of its file below the output folder, such as
    /// `frameworks/django/index.html`.
    pub fn path(&self) -> String {
        if self.0.is_empty() || self.0.ends_with('/') {
            format!("{}index.html", self.0)
        } else {
            self.0.clone()
        }
    }

    /// The relative address of the site's base from this page: `./`, `../`, `../../` …
    pub fn root(&self) -> String {
        match self.0.matches('/').count() {
            0 => "./".to_owned(),
            depth => "../".repeat(depth),
        }
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a name can be a file on every system and a segment on every host.
pub fn is_portable(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    name.len() <= 200
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
        && !name.starts_with(['.', '_'])
        && !name.ends_with('.')
        && !name.is_empty()
        && !is_device(stem)
}
