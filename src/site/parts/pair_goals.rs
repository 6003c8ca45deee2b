//! The scores of two frameworks, goal by goal.

use std::cmp::Ordering;

use serde::Serialize;

use super::pair;
use crate::book::{FrameworkId, GoalId, Key, with_ids};
use crate::diag::Diagnostic;
use crate::plan::Pair;
use crate::site::{Site, text};

/// A goal with both scores.
#[derive(Serialize)]
pub(in crate::site) struct GoalRow {
    /// The goal (link).
    goal: tera::Value,
    /// The values of the two.
    #[serde(flatten)]
    scores: Scores,
}

/// Both scores for a goal.
#[derive(Serialize)]
struct Scores {
    /// The first framework's score: "76.7"; "Not ranked" if it has none.
    first: String,
    /// The second framework's score.
    second: String,
    /// Whether both have a score.
    has_both: bool,
    /// The framework that is ahead: "Django by 6.7", "About equal".
    ahead: String,
}

/// A sentence on who is ahead in how many rankings; empty if none has both.
pub(in crate::site) fn answer_goals(site: &Site<'_>, pair: &Pair) -> String {
    let orders = with_ids(&site.book.goals).filter_map(|(id, goal)| {
        let first = site.scores[pair.first.index()][id.index()]?;
        let second = site.scores[pair.second.index()][id.index()]?;
        Some(order(first, second, goal.tie_margin))
    });
    let orders: Vec<Ordering> = orders.collect();
    let part = |key: Key, name: &str, found: Ordering| match orders
        .iter()
        .filter(|order| **order == found)
        .count()
    {
        0 => None,
        count => Some(site.strings.count(key, count, &[("name", name)])),
    };
    let name = |id: FrameworkId| site.book[id].name.as_str();
    let parts: Vec<String> = [
        part(Key::VersusAnswerAhead, name(pair.first), Ordering::Greater),
        part(Key::VersusAnswerAhead, name(pair.second), Ordering::Less),
        part(Key::VersusAnswerEqual, "", Ordering::Equal),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() {
        String::new()
    } else {
        site.strings.say(Key::VersusAnswerGoals, &[("parts", &parts.join(", "))])
    }
}

/// Compares two scores; equal if the difference is not above the goal's margin.
fn order(first: u32, second: u32, margin: u32) -> Ordering {
    if first.abs_diff(second) <= margin { Ordering::Equal } else { first.cmp(&second) }
}

pub(in crate::site) fn goals(site: &Site<'_>, pair: &Pair) -> Vec<GoalRow> {
    let row = |id: GoalId| {
        let goal = site.goals[id.index()].clone();
        GoalRow { goal, scores: scores(site, pair, id) }
    };
    with_ids(&site.book.goals).map(|(id, _)| row(id)).collect()
}

pub(in crate::site) fn goal_rows(
    site: &Site<'_>,
    pair: &Pair,
) -> Result<Option<tera::Value>, Vec<Diagnostic>> {
    let mut html = String::with_capacity(4096);
    for (id, _) in with_ids(&site.book.goals) {
        let Scores { first, second, has_both, ahead } = scores(site, pair, id);
        pair::write_goal(site, id, [&first, &second, &ahead], has_both, &mut html)?;
    }
    Ok((!html.is_empty()).then(|| tera::Value::safe_string(&html)))
}

fn scores(site: &Site<'_>, pair: &Pair, id: GoalId) -> Scores {
    let strings = site.strings;
    let of = |framework: FrameworkId| site.scores[framework.index()][id.index()];
    let (first, second) = (of(pair.first), of(pair.second));
    let score = |score: Option<u32>| match score {
        Some(score) => text::tenths(site.strings, score),
        None => strings.get(Key::NotRanked).to_owned(),
    };
    let named = |key: Key, id: FrameworkId, points: &str| {
        let name = site.book[id].name.as_str();
        strings.say(key, &[("name", name), ("points", points)])
    };
    let ahead = match (first, second) {
        (Some(a), Some(b)) => {
            let points = text::tenths(site.strings, a.abs_diff(b));
            match order(a, b, site.book[id].tie_margin) {
                Ordering::Greater => named(Key::VersusAheadBy, pair.first, &points),
                Ordering::Less => named(Key::VersusAheadBy, pair.second, &points),
                Ordering::Equal => strings.get(Key::VersusEqual).to_owned(),
            }
        }
        (Some(_), None) => named(Key::VersusOnly, pair.first, ""),
        (None, Some(_)) => named(Key::VersusOnly, pair.second, ""),
        (None, None) => strings.get(Key::VersusNeither).to_owned(),
    };
    Scores {
        has_both: first.is_some() && second.is_some(),
        first: score(first),
        second: score(second),
        ahead,
    }
}
