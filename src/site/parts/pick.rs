//! Columns that readers pick: boxes to tick, and the style sheets whose rules hide the columns
//! that are not ticked, so that picking needs no script.

use serde::Serialize;

use super::{View, shown};
use crate::book::Large;
use crate::site::Site;

/// A column that can be picked.
#[derive(Debug, Serialize)]
pub(in crate::site) struct Pick {
    /// The slug of what it is about.
    pub(in crate::site) slug: String,
    /// The name of that.
    pub(in crate::site) name: String,
    /// Its number, from 1.
    pub(in crate::site) column: usize,
    /// Whether it is shown at first.
    pub(in crate::site) is_shown: bool,
}

/// The data of the templates `compare.css`, `frameworks.css` and `tables.css`.
#[derive(Serialize)]
struct StyleView {
    /// Columns that can be picked.
    picks: Vec<Pick>,
    /// The first of those shown, from 1, that has no room on paper.
    paper: usize,
    /// Whether very large tables are laid out row by row.
    is_grid: bool,
}

/// The style sheet of a page, a rule for each column; so many columns have room on paper.
pub(in crate::site) fn style(
    site: &Site<'_>,
    template: &'static str,
    picks: Vec<Pick>,
    room: usize,
) -> View {
    let is_grid = site.book.site.large == Large::Grid;
    shown(template, &StyleView { picks, paper: room + 1, is_grid })
}
