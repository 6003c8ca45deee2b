//! Embeds: facts within prose, each with its template in `embeds/`.
//!
//! Their templates also see `page.root`, as those of pages do, and `id`, a name for a part
//! of the page that no other embed of the text has.

use serde::Serialize;

use super::matrix::{self, List, Marks, Matrix};
use super::places::{self, PlaceView};
use super::{View, shared, shown};
use crate::book::{CriterionId, Embed, FrameworkId, GoalId, Key, Target, with_ids};
use crate::diag::Diagnostic;
use crate::raw::Across;
use crate::site::link;
use crate::site::link::Link;
use crate::site::{Site, sentences};

/// The view of `embeds/matrix.html`: one of the two tables.
#[derive(Serialize)]
struct MatrixEmbed {
    /// Criteria as rows.
    matrix: Option<Matrix>,
    /// Frameworks as rows.
    list: Option<List>,
}

/// The view of `embeds/ranking.html`.
#[derive(Serialize)]
struct RankingEmbed {
    /// The goal.
    goal: Link,
    /// The answer to the goal's question.
    answer: String,
    /// The first places, without their parts.
    places: Vec<PlaceView>,
}

/// The view of `embeds/versus.html`.
#[derive(Serialize)]
struct VersusEmbed {
    /// The criteria asked for, or those that differ; no groups if none do.
    matrix: Matrix,
    /// The page of the two; none if they have no page.
    more: Option<Link>,
}

/// The view of `embeds/facts.html`.
#[derive(Serialize)]
struct FactsEmbed {
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

/// The template and the view of an embed; none for one of the theme's own, and for one
/// that was reported.
pub(in crate::site) fn view(
    site: &Site<'_>,
    embed: &Embed,
) -> Result<Option<View>, Vec<Diagnostic>> {
    Ok(match embed {
        Embed::Matrix { frameworks, criteria, across } => {
            Some(table(site, frameworks, criteria, *across))
        }
        Embed::Ranking { goal, top } => Some(ranking(site, *goal, *top)),
        Embed::Versus { first, second, criteria } => {
            Some(versus(site, [*first, *second], criteria))
        }
        Embed::Facts { framework, criteria } => Some(facts(site, *framework, criteria)),
        Embed::Theme | Embed::Nothing => None,
    })
}

fn table(
    site: &Site<'_>,
    frameworks: &[FrameworkId],
    criteria: &[CriterionId],
    across: Across,
) -> View {
    let caption = matrix_caption(site, criteria);
    let view = match across {
        Across::Frameworks => {
            let mut matrix = matrix::matrix(site, frameworks, criteria, Marks::Best);
            matrix.caption = caption;
            MatrixEmbed { matrix: Some(matrix), list: None }
        }
        Across::Criteria => {
            let mut list = matrix::list(site, frameworks, criteria, Marks::Best);
            list.caption = caption;
            MatrixEmbed { matrix: None, list: Some(list) }
        }
    };
    shown("embeds/matrix.html", &view)
}

/// The caption of a table, made from its criteria, so that two tables of a text have different names.
fn matrix_caption(site: &Site<'_>, criteria: &[CriterionId]) -> String {
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

fn ranking(site: &Site<'_>, goal: GoalId, top: Option<usize>) -> View {
    let say = sentences::of_goal(site, goal);
    let places = say.ranking.ranked.iter().take(top.unwrap_or(usize::MAX));
    let view = RankingEmbed {
        goal: link::link(site, &Target::Goal(goal, None)),
        answer: say.answer(),
        places: places.map(|place| places::brief(site, goal, place)).collect(),
    };
    shown("embeds/ranking.html", &view)
}

fn versus(site: &Site<'_>, pair: [FrameworkId; 2], criteria: &[CriterionId]) -> View {
    let [first, second] = pair;
    let differ = |id: &CriterionId| {
        let facts = pair.map(|framework| site.book.cell(framework, *id).known());
        matches!(facts, [Some(a), Some(b)] if a.value != b.value)
    };
    let criteria = match criteria {
        [] => with_ids(&site.book.criteria).map(|(id, _)| id).filter(differ).collect(),
        named => named.to_vec(),
    };
    let names = pair.map(|id| site.book[id].name.as_str());
    let names = [("first", names[0]), ("second", names[1])];
    let mut matrix = matrix::matrix(site, &pair, &criteria, Marks::Better);
    matrix.caption = site.strings.say(Key::EmbedVersusCaption, &names);
    let more = site.plan.pair(first, second).map(|id| {
        let title = site.strings.say(Key::EmbedVersusMore, &names);
        shared::link(title, shared::pair(site, id).route)
    });
    shown("embeds/versus.html", &VersusEmbed { matrix, more })
}

fn facts(site: &Site<'_>, framework: FrameworkId, criteria: &[CriterionId]) -> View {
    let name = [("framework", site.book[framework].name.as_str())];
    let facts = criteria.iter().map(|id| {
        let about = &site.book[*id];
        let is_known = site.book.cell(framework, *id).known().is_some();
        FactView {
            title: about.title.clone(),
            route: link::link(site, &Target::Fact(framework, *id)).route,
            cell: site.cell(framework, *id).view.clone(),
            unit: if is_known { about.kind.unit().to_owned() } else { String::new() },
        }
    });
    let more = site.strings.say(Key::EmbedFactsMore, &name);
    let view = FactsEmbed {
        caption: site.strings.say(Key::EmbedFactsCaption, &name),
        facts: facts.collect(),
        more: shared::link(
            more,
            link::link(site, &Target::Framework(framework, None)).route,
        ),
    };
    shown("embeds/facts.html", &view)
}
