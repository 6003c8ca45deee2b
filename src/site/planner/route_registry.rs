//! The owner of each route: each address once, in any letter case, and no file where a
//! folder is.

use rapidhash::RapidHashMap;
use unicode_normalization::UnicodeNormalization;

use crate::diag::{Code, Diagnostic, Span};
use crate::plan::Route;

/// A route that is asked for.
pub(super) struct Claim {
    /// The route.
    pub(super) route: Route,
    /// Its place in the book, if it comes from a text of the book.
    pub(super) span: Option<Span>,
    /// Whether the author wrote the route itself, not a slug that it is made from.
    pub(super) is_written: bool,
}

/// The routes that are taken.
#[derive(Default)]
pub(super) struct RouteRegistry {
    all: Vec<Claim>,
    /// Positions by the form in which paths collide on some disks.
    files: Positions,
    /// The position of one of those that lie in each folder.
    folders: Positions,
}

/// Positions in a list. A book of many pairs asks for very many of them; their order is
/// never looked at.
type Positions = RapidHashMap<String, usize>;

impl RouteRegistry {
    /// Whether a route is taken, letter for letter.
    pub(super) fn has(&self, route: &Route) -> bool {
        let position = self.files.get(&key(route));
        position.is_some_and(|position| self.all[*position].route == *route)
    }

    /// Takes a route; one that cannot be taken beside those that are is returned as finding.
    pub(super) fn claim(&mut self, claim: Claim) -> Result<(), Diagnostic> {
        let key = key(&claim.route);
        let at = |positions: &Positions, path: &str| {
            positions.get(path).map(|position| &self.all[*position])
        };
        if let Some(first) = at(&self.files, &key) {
            if first.route == claim.route {
                let message = format!("two pages claim the address `/{}`", claim.route);
                return Err(clash(&claim, first, message));
            }
            // A slug with capitals is reported as one; it is no mistake of the route.
            if first.is_written || claim.is_written {
                let message = format!(
                    "the addresses `/{}` and `/{}` differ by letter case only",
                    first.route, claim.route
                );
                return Err(clash(&claim, first, message));
            }
            return Ok(());
        }
        let below = |file: &Claim, page: &Claim| {
            format!("the address `/{}` lies below the file `/{}`", page.route, file.route)
        };
        if let Some(inner) = at(&self.folders, &key) {
            return Err(clash(&claim, inner, below(&claim, inner)));
        }
        if let Some(file) = folders(&key).find_map(|folder| at(&self.files, folder)) {
            return Err(clash(&claim, file, below(file, &claim)));
        }
        for folder in folders(&key) {
            if !self.folders.contains_key(folder) {
                self.folders.insert(folder.to_owned(), self.all.len());
            }
        }
        self.files.insert(key, self.all.len());
        self.all.push(claim);
        Ok(())
    }
}

/// The form in which paths collide: composed, in small letters.
fn key(route: &Route) -> String {
    let mut path = route.path();
    if path.is_ascii() {
        path.make_ascii_lowercase();
        return path;
    }
    path.nfc().flat_map(char::to_lowercase).collect()
}

/// The folders that a path lies in.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

fn clash(claim: &Claim, first: &Claim, message: String) -> Diagnostic {
    match (claim.span, first.span) {
        (Some(span), Some(first)) => Diagnostic::new(Code::DuplicateRoute, span, message)
            .label(first, "claimed here")
            .hint("rename one of them"),
        (Some(span), None) | (None, Some(span)) => {
            Diagnostic::new(Code::DuplicateRoute, span, message)
                .hint("every site has this address; choose another")
        }
        (None, None) => Diagnostic::placeless(Code::DuplicateRoute, message)
            .hint("rename one of them"),
    }
}
