//! Routes: where pages and files are, below the site's base.

use std::fmt;

/// Where a page or file is: segments joined by `/`, without the first one. A page's route
/// ends in `/` (the home page's is empty), a file's does not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Route(String);

impl Route {
    /// Makes a route from segments that are slugs or portable file names.
    pub(super) fn new(route: impl Into<String>) -> Self {
        Self(route.into())
    }

    /// The route as text, such as `frameworks/django/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where it is written below the output folder, such as `frameworks/django/index.html`.
    pub fn path(&self) -> String {
        match self.0.is_empty() || self.0.ends_with('/') {
            true => format!("{}index.html", self.0),
            false => self.0.clone(),
        }
    }

    /// What leads from this page to the site's base: `./`, `../`, `../../` …
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
