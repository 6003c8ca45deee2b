//! All facts side by side.

use serde::Serialize;

use super::super::link::Link;
use super::matrix::{self, Marks, Matrix};
use super::{View, frameworks, shared, shown};
use crate::book::{CriterionId, with_ids};
use crate::render::Site;

/// The most pairs that are listed.
const PAIRS: usize = 200;

/// What the template `compare.html` sees.
#[derive(Serialize)]
struct CompareView {
    /// The heading.
    title: String,
    /// Two sentences about the page.
    lead: String,
    /// All facts.
    matrix: Matrix,
    /// Pairs that have a page.
    pairs: Vec<Link>,
}

/// The view of the page that compares all frameworks.
pub(super) fn view(site: &Site<'_>) -> View {
    let strings = site.strings;
    let ids = frameworks::by_name(site, |_| true);
    let criteria: Vec<CriterionId> =
        with_ids(&site.book.criteria).map(|(id, _)| id).collect();
    let counts = (
        shared::counted(site, "count_criteria", criteria.len()),
        shared::counted(site, "count_frameworks", ids.len()),
    );
    let values = [("criteria", counts.0.as_str()), ("frameworks", counts.1.as_str())];
    let mut matrix = matrix::matrix(site, &ids, &criteria, Marks::Best);
    matrix.caption = strings.get("compare_caption").to_owned();
    matrix.note = strings.say("compare_note", &values);
    let pairs = shared::pair_ids(site).take(PAIRS).map(|id| shared::pair(site, id));
    let view = CompareView {
        title: strings.get("compare_title").to_owned(),
        lead: strings.say("compare_lead", &values),
        matrix,
        pairs: pairs.collect(),
    };
    shown("compare.html", &view)
}
