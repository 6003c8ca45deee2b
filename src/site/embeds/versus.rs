//! Two frameworks side by side.

use serde::Serialize;

use super::kind::Kind;
use crate::book::{CriterionId, EmbedNames, FrameworkId, Key, with_ids};
use crate::diag::{Code, Diagnostic};
use crate::schema::keys::schema;
use crate::schema::reader::Name;
use crate::site::Site;
use crate::site::link::Link;
use crate::site::parts::matrix::{self, Marks, Matrix};
use crate::site::parts::{View, shared, shown};

schema! {
    /// Two frameworks side by side.
    Body at "```versus" {
        /// The first framework.
        first: Name,
        /// The second framework.
        second: Name,
        /// Criteria to show; those that differ, if none are named.
        criteria: Vec<Name>,
    }
}

/// The view of `embeds/versus.html`.
#[derive(Serialize)]
struct VersusView {
    /// The criteria asked for, or those that differ; no groups if none do.
    matrix: Matrix,
    /// The page of the two; none if they have no page.
    more: Option<Link>,
}

/// Two frameworks side by side.
pub(super) struct Versus {
    pair: [FrameworkId; 2],
    /// Criteria to show; those that differ, if none are named.
    criteria: Vec<CriterionId>,
}

impl Kind for Versus {
    type Body = Body;

    const NAME: &'static str = "versus";
    const EXAMPLE: &'static str = "first = \"django\"\nsecond = \"flask\"";

    fn resolve(body: &Body, names: &mut EmbedNames<'_>) -> Option<Self> {
        let (first, second) =
            (names.framework(&body.first), names.framework(&body.second));
        let criteria = names.criteria(&body.criteria);
        if first.is_some() && first == second {
            let message = "a framework is not compared with itself";
            let found = Diagnostic::new(Code::BadEmbed, body.second.span, message);
            let found = found.label(body.first.span, "named here");
            names.diags.push(found.hint("name another one"));
        }
        Some(Self { pair: [first?, second?], criteria })
    }

    fn view(&self, site: &Site<'_>) -> View {
        let pair = self.pair;
        let differ = |id: &CriterionId| {
            let facts = pair.map(|framework| site.book.cell(framework, *id).known());
            matches!(facts, [Some(a), Some(b)] if a.value != b.value)
        };
        let criteria = match self.criteria.as_slice() {
            [] => {
                with_ids(&site.book.criteria).map(|(id, _)| id).filter(differ).collect()
            }
            named => named.to_vec(),
        };
        let names = pair.map(|id| site.book[id].name.as_str());
        let names = [("first", names[0]), ("second", names[1])];
        let mut matrix = matrix::matrix(site, &pair, &criteria, Marks::Better);
        matrix.caption = site.strings.say(Key::EmbedVersusCaption, &names);
        let more = site.plan.pair(pair[0], pair[1]).map(|id| {
            let title = site.strings.say(Key::EmbedVersusMore, &names);
            shared::link(title, shared::pair(site, id).route)
        });
        shown("embeds/versus.html", &VersusView { matrix, more })
    }
}
