//! Lists of frameworks: in which order they stand, and what is shown of each.

use super::matrix;
use crate::book::{Book, CriterionId, FrameworkId, Key, with_ids};
use crate::site::Site;

/// The most criteria that are columns of a table of frameworks.
pub(in crate::site) const COLUMNS: usize = 6;

/// The number of languages that have a framework, with its noun.
pub(in crate::site) fn languages(site: &Site<'_>) -> String {
    let used = with_ids(&site.book.languages)
        .filter(|(id, _)| site.book.frameworks.iter().any(|f| f.language == Some(*id)));
    site.strings.count(Key::FrameworksLanguages, used.count(), &[])
}

/// Frameworks in the order of their names as people read them: case does not matter.
pub(in crate::site) fn by_name(
    site: &Site<'_>,
    is_shown: impl Fn(FrameworkId) -> bool,
) -> Vec<FrameworkId> {
    site.by_name.iter().copied().filter(|id| is_shown(*id)).collect()
}

/// All frameworks in that order.
pub(in crate::site) fn names(book: &Book) -> Vec<FrameworkId> {
    let mut ids: Vec<FrameworkId> =
        with_ids(&book.frameworks).map(|(id, _)| id).collect();
    ids.sort_by_cached_key(|id| (book[*id].name.to_lowercase(), *id));
    ids
}

/// The criteria shown of a framework in a list: the first ones of the glance.
pub(in crate::site) fn columns(site: &Site<'_>) -> Vec<CriterionId> {
    let mut columns = matrix::glance(site);
    columns.truncate(COLUMNS);
    columns
}
