//! All frameworks in one table.

use serde::Serialize;

use super::matrix::{self, List, Marks};
use super::pick::{self, Pick};
use super::{View, shown};
use crate::book::{Book, CriterionId, FrameworkId, Key, with_ids};
use crate::render::Site;

/// The most criteria that are columns of a table of frameworks.
pub(super) const COLUMNS: usize = 6;

/// The most cells of the table of all frameworks, those of columns that can be picked among
/// them: with more, its page would be too large to be fetched for a glance.
const CELLS: usize = 8_000;

/// The data of the template `frameworks.html`.
#[derive(Serialize)]
struct FrameworksView {
    /// The heading.
    title: String,
    /// One sentence about the page.
    lead: String,
    /// The frameworks.
    frameworks: List,
    /// Criteria whose columns can be picked; none if there is no choice.
    picks: Vec<Pick>,
}

/// The style rules of the page.
pub(super) fn style(site: &Site<'_>) -> View {
    pick::style(site, "frameworks.css", picks(site, &offered(site)), COLUMNS)
}

/// The view of the page of all frameworks.
pub(super) fn view(site: &Site<'_>) -> View {
    let strings = site.strings;
    let ids: Vec<FrameworkId> = by_name(site, |_| true);
    let criteria = offered(site);
    let frameworks = site.strings.count(Key::CountFrameworks, ids.len(), &[]);
    let languages = languages(site);
    let values = [("frameworks", frameworks.as_str()), ("languages", &languages)];
    let lead = strings.say(Key::FrameworksLead, &values);
    let mut list = matrix::list(site, &ids, &criteria, Marks::Best);
    list.caption = strings.get(Key::FrameworksCaption).to_owned();
    list.note = strings.say(Key::FrameworksNote, &[("frameworks", &frameworks)]);
    list.has_summary = true;
    list.has_language = true;
    let title = strings.get(Key::FrameworksTitle).to_owned();
    let picks = picks(site, &criteria);
    shown("frameworks.html", &FrameworksView { title, lead, frameworks: list, picks })
}

/// The number of languages that have a framework, with its noun.
pub(super) fn languages(site: &Site<'_>) -> String {
    let used = with_ids(&site.book.languages)
        .filter(|(id, _)| site.book.frameworks.iter().any(|f| f.language == Some(*id)));
    site.strings.count(Key::FrameworksLanguages, used.count(), &[])
}

/// Frameworks in the order of their names as people read them: case does not matter.
pub(super) fn by_name(
    site: &Site<'_>,
    is_shown: impl Fn(FrameworkId) -> bool,
) -> Vec<FrameworkId> {
    site.by_name.iter().copied().filter(|id| is_shown(*id)).collect()
}

/// All frameworks in that order.
pub(in crate::render) fn names(book: &Book) -> Vec<FrameworkId> {
    let mut ids: Vec<FrameworkId> =
        with_ids(&book.frameworks).map(|(id, _)| id).collect();
    ids.sort_by_cached_key(|id| (book[*id].name.to_lowercase(), *id));
    ids
}

/// The criteria shown of a framework in a list: the first ones of the glance.
pub(super) fn columns(site: &Site<'_>) -> Vec<CriterionId> {
    let mut columns = matrix::glance(site);
    columns.truncate(COLUMNS);
    columns
}

/// The criteria that are columns of the table of all frameworks, shown or not: those of the
/// glance, then the others, as many as it has room for.
fn offered(site: &Site<'_>) -> Vec<CriterionId> {
    let mut criteria = matrix::glance(site);
    let all = with_ids(&site.book.criteria);
    criteria.extend(all.filter(|(_, one)| !one.is_glance).map(|(id, _)| id));
    criteria.truncate(COLUMNS.max(CELLS / site.book.frameworks.len().max(1)));
    criteria
}

fn picks(site: &Site<'_>, criteria: &[CriterionId]) -> Vec<Pick> {
    let shown = columns(site);
    if shown.len() == criteria.len() {
        return Vec::new();
    }
    let picks = criteria.iter().zip(1..).map(|(id, column)| Pick {
        slug: site.book[*id].id.clone(),
        name: site.book[*id].title.clone(),
        column,
        is_shown: shown.contains(id),
    });
    picks.collect()
}
