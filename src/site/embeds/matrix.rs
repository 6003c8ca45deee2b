//! A table of facts.

use serde::Serialize;

use super::kind::Kind;
use crate::book::{CriterionId, EmbedNames, FrameworkId, Key};
use crate::diag::{Code, Count, Diagnostic};
use crate::schema::keys::{schema, string_enum};
use crate::schema::reader::Name;
use crate::site::parts::matrix::{self, List, Marks, Matrix};
use crate::site::parts::{View, shown};
use crate::site::planner::tables::MOST_CELLS;
use crate::site::{Site, sentences};

string_enum! {
    /// The head row of a matrix.
    Across {
        /// Frameworks.
        Frameworks = "frameworks",
        /// Criteria.
        Criteria = "criteria",
    } else Frameworks
}

schema! {
    /// A table of facts.
    Body at "```matrix" {
        /// Frameworks to show; all, if none are named.
        frameworks: Vec<Name>,
        /// Criteria to show; all, if none are named.
        criteria: Vec<Name>,
        /// A group whose criteria are shown.
        group: Option<Name>,
        /// Heads of the columns: `frameworks` or `criteria`.
        across: Across = |_| Across::Frameworks,
    }
}

/// The view of `embeds/matrix.html`: one of the two tables.
#[derive(Serialize)]
struct MatrixView {
    /// Criteria as rows.
    matrix: Option<Matrix>,
    /// Frameworks as rows.
    list: Option<List>,
}

/// A table of facts.
pub(super) struct MatrixEmbed {
    frameworks: Vec<FrameworkId>,
    criteria: Vec<CriterionId>,
    across: Across,
}

impl Kind for MatrixEmbed {
    type Body = Body;

    const NAME: &'static str = "matrix";
    const EXAMPLE: &'static str =
        "frameworks = [\"django\", \"flask\"]\ncriteria = [\"orm\"]";

    fn resolve(body: &Body, names: &mut EmbedNames<'_>) -> Option<Self> {
        let frameworks = names.frameworks_or_all(&body.frameworks);
        let criteria = match &body.group {
            Some(group) => {
                if let Some(criterion) = body.criteria.first() {
                    let message = "a matrix has a `group` or `criteria`, not both";
                    let found = Diagnostic::new(Code::BadEmbed, group.span, message);
                    let found = found.label(criterion.span, "criteria named here");
                    names.diags.push(found.hint("remove one of them"));
                }
                names.criteria_of(group)?
            }
            None => names.criteria_or_all(&body.criteria),
        };
        let cells = frameworks.len() * criteria.len();
        if cells > MOST_CELLS {
            let cells = Count(cells, "cell");
            let message = format!("this matrix has {cells}, more than 20,000");
            let found = Diagnostic::new(Code::TableTooLarge, body.span, message);
            names.diags.push(found.hint("name a `group`, or fewer criteria"));
        }
        Some(Self { frameworks, criteria, across: body.across })
    }

    fn view(&self, site: &Site<'_>) -> View {
        let Self { frameworks, criteria, across } = self;
        let caption = caption(site, criteria);
        let view = match across {
            Across::Frameworks => {
                let mut matrix = matrix::matrix(site, frameworks, criteria, Marks::Best);
                matrix.caption = caption;
                MatrixView { matrix: Some(matrix), list: None }
            }
            Across::Criteria => {
                let mut list = matrix::list(site, frameworks, criteria, Marks::Best);
                list.caption = caption;
                MatrixView { matrix: None, list: Some(list) }
            }
        };
        shown("embeds/matrix.html", &view)
    }
}

/// The caption of a table, made from its criteria, so that two tables of a text have
/// different names.
fn caption(site: &Site<'_>, criteria: &[CriterionId]) -> String {
    let titles: Vec<&str> =
        criteria.iter().map(|id| site.book[*id].title.as_str()).collect();
    let (named, rest) = match titles.len() {
        0..=4 => titles.split_at(titles.len()),
        _ => titles.split_at(3),
    };
    let more = site.strings.count(Key::EmbedMatrixMore, rest.len(), &[]);
    let mut named = named.to_vec();
    if !rest.is_empty() {
        named.push(&more);
    }
    let list = sentences::list(&named, site.strings.get(Key::And));
    site.strings.say(Key::EmbedMatrixCaption, &[("criteria", &list)])
}
