//! Facts of one framework.

use serde::Serialize;

use super::kind::Kind;
use crate::book::{CriterionId, EmbedNames, FrameworkId, Key, Target};
use crate::schema::keys::schema;
use crate::schema::reader::Name;
use crate::site::Site;
use crate::site::link::{self, Link};
use crate::site::parts::{View, shared, shown};

schema! {
    /// Facts of one framework.
    Body at "```facts" {
        /// The framework.
        framework: Name,
        /// Criteria to show; all, if none are named.
        criteria: Vec<Name>,
    }
}

/// The view of `embeds/facts.html`.
#[derive(Serialize)]
struct FactsView {
    /// Its caption.
    caption: String,
    /// The facts asked for.
    facts: Vec<FactView>,
    /// The framework's profile.
    more: Link,
}

/// A fact with its criterion.
#[derive(Serialize)]
struct FactView {
    /// The name of its criterion.
    title: String,
    /// Its route on the framework's profile.
    route: String,
    /// The fact's cell: `state`, `text`, `url`, `stale`, `raw`, `html`.
    cell: tera::Value,
    /// Its unit; empty if it has none.
    unit: String,
}

/// Facts of one framework.
pub(super) struct Facts {
    framework: FrameworkId,
    criteria: Vec<CriterionId>,
}

impl Kind for Facts {
    type Body = Body;

    const NAME: &'static str = "facts";
    const EXAMPLE: &'static str = "framework = \"django\"\ncriteria = [\"orm\"]";

    fn resolve(body: &Body, names: &mut EmbedNames<'_>) -> Option<Self> {
        let framework = names.framework(&body.framework);
        let criteria = names.criteria_or_all(&body.criteria);
        Some(Self { framework: framework?, criteria })
    }

    fn view(&self, site: &Site<'_>) -> View {
        let framework = self.framework;
        let name = [("framework", site.book[framework].name.as_str())];
        let facts = self.criteria.iter().map(|id| {
            let about = &site.book[*id];
            let is_known = site.book.cell(framework, *id).known().is_some();
            FactView {
                title: about.title.clone(),
                route: link::link(site, &Target::Fact(framework, *id)).route,
                cell: site.cell(framework, *id).view.clone(),
                unit: if is_known { about.kind.unit().to_owned() } else { String::new() },
            }
        });
        let profile = link::link(site, &Target::Framework(framework, None)).route;
        let view = FactsView {
            caption: site.strings.say(Key::EmbedFactsCaption, &name),
            facts: facts.collect(),
            more: shared::link(site.strings.say(Key::EmbedFactsMore, &name), profile),
        };
        shown("embeds/facts.html", &view)
    }
}
