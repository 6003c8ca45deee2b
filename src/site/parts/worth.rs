//! The table of a goal's scores: what every value is worth.

use serde::Serialize;

use super::matrix::Layout;
use super::places::{self, worth};
use super::shared::{self, Name};
use crate::book::{FrameworkId, GoalId, Key, Target};
use crate::kinds::State;
use crate::rank::{Ranked, Utility};
use crate::site::link;
use crate::site::{Site, order, text};

/// The worth of every value of a goal.
#[derive(Serialize)]
pub(in crate::site) struct ScoresView {
    /// The note beside the caption.
    note: String,
    /// The criteria, the heaviest first.
    columns: Vec<ColumnView>,
    /// Its layout.
    layout: Layout,
    /// That paper has no room for all of its columns; empty if it has.
    paper: String,
    /// The frameworks, the highest score first.
    rows: Vec<RowView>,
}

/// A criterion at the top of a column.
#[derive(Serialize)]
struct ColumnView {
    /// The criterion.
    title: String,
    /// Its page.
    route: String,
    /// Its weight, in words.
    weight: String,
    /// The id of the criterion.
    id: String,
}

/// A framework's scores.
#[derive(Serialize)]
struct RowView {
    /// The framework.
    framework: Name,
    /// The place of its name among those shown.
    name_order: usize,
    /// The place of its score, from 0 for the lowest; empty if it has no rank.
    score_order: String,
    /// Whether it has a rank.
    is_ranked: bool,
    /// Its score, or that it is not ranked.
    score: String,
    /// The utilities of its values.
    cells: Vec<WorthView>,
}

/// The utility of a value.
#[derive(Serialize)]
struct WorthView {
    /// By which it is coloured.
    state: State,
    /// 0 to 100, or why there is none.
    text: String,
}

/// The worth of every value of a goal.
pub(in crate::site) fn scores(site: &Site<'_>, id: GoalId) -> ScoresView {
    let goal = &site.book[id];
    let ranking = &site.rankings.goals[id.index()];
    let columns = places::by_weight(goal).map(|(_, criterion, weight)| {
        let link = link::link(site, &Target::Criterion(criterion, None));
        let weight = weight.to_string();
        let weight = site.strings.say(Key::GoalScoresWeight, &[("weight", &weight)]);
        let id = site.book[criterion].id.clone();
        ColumnView { title: link.title, route: link.route, weight, id }
    });
    let columns: Vec<ColumnView> = columns.collect();
    let ranked = ranking.ranked.iter().map(|place| (place.framework, Some(place)));
    let unranked = ranking.unranked.iter().map(|out| (out.framework, None));
    let all: Vec<(FrameworkId, Option<&Ranked>)> = ranked.chain(unranked).collect();
    let names: Vec<&str> = all.iter().map(|(id, _)| &*site.book[*id].name).collect();
    let last = ranking.ranked.last().map_or(0, |place| place.rank);
    let rows = all.iter().zip(order::texts(&names)).map(|((framework, place), name)| {
        // Ranks count down from the best; equal ones are equal places.
        let score_order = place.map(|place| last - place.rank);
        RowView {
            framework: shared::name(site, *framework),
            name_order: name,
            score_order: score_order.map(|n| n.to_string()).unwrap_or_default(),
            is_ranked: place.is_some(),
            score: match place {
                Some(place) => text::tenths(site.strings, place.tenths),
                None => site.strings.get(Key::GoalNotRanked).to_owned(),
            },
            cells: worths(site, id, *framework),
        }
    });
    let count = site.strings.count(Key::CountFramework, all.len(), &[]);
    ScoresView {
        note: site.strings.say(Key::GoalScoresNote, &[("frameworks", &count)]),
        layout: Layout::of_list(site, all.len() * columns.len()),
        paper: shared::paper(site, columns.len() + 2),
        columns,
        rows: rows.collect(),
    }
}

fn worths(site: &Site<'_>, goal: GoalId, id: FrameworkId) -> Vec<WorthView> {
    let utilities = places::utilities(site, goal, id);
    let state = |utility: &Utility| match utility {
        Utility::Known(_) => State::Value,
        Utility::Unknown => State::Unk,
        Utility::NotApplicable => State::Na,
    };
    let view = |utility: &Utility| WorthView {
        state: state(utility),
        text: worth(site, *utility),
    };
    places::by_weight(&site.book[goal]).map(|(at, ..)| view(&utilities[at])).collect()
}
