//! Tables that the site makes by itself: none may be too large to be read in a browser.

use crate::book::Book;
use crate::diag::{Code, Count, Diagnostic, Diagnostics};

/// The most cells of a table that browsers show without a wait.
pub(in crate::site) const MOST_CELLS: usize = 20_000;

/// Reports the table of all facts if it is too large.
pub(super) fn check(book: &Book, diags: &mut Diagnostics) {
    let cells = book.frameworks.len() * book.criteria.len();
    if cells > MOST_CELLS {
        let cells = Count(cells, "cell");
        let message = format!("the table of all facts has {cells}, more than 20,000");
        let found = Diagnostic::placeless(Code::TableTooLarge, message);
        diags.push(found.hint("split the book in two, by kind of framework"));
    }
}
