//! All frameworks in one table.

use serde::Serialize;
use tera::Context;

use super::kind::{Menu, PageKind, all_cells, fixed_metadata, newest};
use crate::book::{CriterionId, FrameworkId, Key, with_ids};
use crate::diag::Diagnostic;
use crate::plan::{Metadata, Page, ResultKind};
use crate::site::engine::Form;
use crate::site::parts::lists::{COLUMNS, by_name, columns, languages};
use crate::site::parts::matrix::{List, Marks};
use crate::site::parts::pick::Pick;
use crate::site::parts::{View, context, matrix, pick};
use crate::site::{Contents, Site};

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

/// All frameworks.
pub(super) struct Frameworks;

impl PageKind for Frameworks {
    type Subject = ();

    const NAME: &'static str = "frameworks";
    const TEMPLATE: &'static str = "frameworks.html";
    const DOC: &'static str = "all frameworks in one table";
    const ROUTE: &'static str = "frameworks/";
    const MENU: Menu = Menu::Header;
    const RESULT_KIND: ResultKind = ResultKind::List;

    fn metadata(contents: Contents<'_>, (): ()) -> Metadata {
        Metadata {
            updated: newest(all_cells(contents)),
            ..fixed_metadata(
                contents,
                [Key::NavFrameworks, Key::TitleFrameworks, Key::AboutFrameworks],
            )
        }
    }

    fn view(
        site: &Site<'_>,
        _page: &Page,
        (): (),
        _form: Form,
    ) -> Result<Context, Vec<Diagnostic>> {
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
        Ok(context(&FrameworksView { title, lead, frameworks: list, picks }))
    }
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
