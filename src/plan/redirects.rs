//! Redirects: addresses that pages had.

use super::route::{Route, is_portable};
use super::subject::Subject;
use crate::book::{Alias, Book, with_ids};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};

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
    all.filter_map(|(alias, to)| match route(alias) {
        Ok(route) => Some(Redirect { route, to, span: alias.span }),
        Err(found) => {
            diags.push(found);
            None
        }
    })
    .collect()
}

fn route(alias: &Alias) -> Result<Route, Diagnostic> {
    let path = alias.path.trim_end_matches('/');
    if path.is_empty() || !path.split('/').all(is_portable) {
        let message = format!("`/{}` cannot be an address", alias.path);
        let found = Diagnostic::new(Code::BadFileName, alias.span, message);
        let hint = "use letters, digits, `-`, `_` and `.`, not at the start";
        return Err(found.hint(hint));
    }
    Ok(if path.ends_with(".html") {
        Route::new(path)
    } else {
        Route::new(format!("{path}/"))
    })
}
