//! Redirects: addresses that pages had.

use super::route::{Route, is_portable};
use super::subject::Subject;
use crate::book::{Alias, Book, with_ids};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};

/// Ends of names that hosts serve as pages.
const PAGES: &[&str] = &[".html", ".htm"];

/// Ends of names whose readers take no page in their place.
const FILES: &[&str] = &[
    ".atom", ".css", ".csv", ".gif", ".ico", ".jpeg", ".jpg", ".js", ".json", ".md",
    ".pdf", ".png", ".rss", ".svg", ".txt", ".webp", ".xml", ".zip",
];

/// An address that a page had.
#[derive(Debug)]
pub struct Redirect {
    /// The address.
    pub route: Route,
    /// The subject of the page that is there no more.
    pub to: Subject,
    /// Its place in the book.
    pub span: Span,
}

/// The redirects of a book; an alias that cannot be an address is reported.
pub(super) fn redirects(book: &Book, diags: &mut Diagnostics) -> Vec<Redirect> {
    let frameworks =
        with_ids(&book.frameworks).map(|(id, it)| (&it.aliases, Subject::Framework(id)));
    let goals = with_ids(&book.goals).map(|(id, it)| (&it.aliases, Subject::Goal(id)));
    let guides = with_ids(&book.guides).map(|(id, it)| (&it.aliases, Subject::Guide(id)));
    let pages = with_ids(&book.pages).map(|(id, it)| (&it.aliases, Subject::Page(id)));
    let all = frameworks.chain(goals).chain(guides).chain(pages);
    let all = all.flat_map(|(aliases, to)| aliases.iter().map(move |alias| (alias, to)));
    all.filter_map(|(alias, to)| match route(alias, &book.site.base_path) {
        Ok(route) => Some(Redirect { route, to, span: alias.span }),
        Err(found) => {
            diags.push(found);
            None
        }
    })
    .collect()
}

/// The address that an alias names.
fn route(alias: &Alias, base_path: &str) -> Result<Route, Diagnostic> {
    let path = alias.path.trim_end_matches('/');
    let error = |code, message| Diagnostic::new(code, alias.span, message);
    if path.contains("://") || path.starts_with("mailto:") {
        let found = error(Code::BadUrl, "an alias is an address of this site".to_owned());
        return Err(found.hint("write it from the site's root, such as `/old/place/`"));
    }
    if path.is_empty() || !path.split('/').all(is_portable) {
        let message = format!("`/{}` cannot be an address", alias.path);
        let hint = "use letters, digits, `-`, `_` and `.`, not at the start";
        return Err(error(Code::BadFileName, message).hint(hint));
    }
    let base = base_path.trim_matches('/');
    let below = path.strip_prefix(base).and_then(|path| path.strip_prefix('/'));
    if let Some(below) = below.filter(|_| !base.is_empty()) {
        let message = format!("`/{path}` repeats `/{base}/`, the path of `base_url`");
        let hint = format!("write `/{below}`: it is below `base_url` already");
        return Err(error(Code::BadUrl, message).hint(hint));
    }
    let file = path.rsplit('/').next().unwrap_or_default().to_lowercase();
    if let Some(end) = FILES.iter().find(|end| file.ends_with(*end)) {
        let message = format!("`/{path}` cannot redirect: `{end}` is no page");
        let hint = "redirects are pages: leave the alias out";
        return Err(error(Code::BadFileName, message).hint(hint));
    }
    Ok(if PAGES.iter().any(|end| file.ends_with(end)) {
        Route::new(path)
    } else {
        Route::new(format!("{path}/"))
    })
}
