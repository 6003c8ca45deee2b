//! Places of a ranking, for the page of a goal and for embeds.

use std::cmp::Reverse;

use serde::Serialize;

use super::shared::{self, Name};
use crate::book::{CriterionId, FrameworkId, Goal, GoalId, Key, Target};
use crate::plan::anchor;
use crate::rank::{Answer, Ranked, Utility};
use crate::site::link;
use crate::site::sentences;
use crate::site::sentences::{Sentences, points, rank};
use crate::site::{Site, text};

/// The number of places shown with all their reasons.
pub(in crate::site) const FULL_PLACES: usize = 5;

/// A framework's place; texts are empty where there is nothing to say.
#[derive(Serialize)]
pub(in crate::site) struct PlaceView {
    /// The name of the part of the page.
    id: String,
    /// Its rank: "2", or "2=" where it is shared.
    rank: String,
    /// The framework.
    framework: Name,
    /// Whether it is first, or so close that it might be.
    is_lead: bool,
    /// A word on that.
    badge: String,
    /// The kind of badge that the word is shown in.
    badge_kind: &'static str,
    /// Its score.
    score: String,
    /// Percent of the weight that is known.
    known: String,
    /// Percent of the weight that applies.
    applies: String,
    /// The known share as a badge; empty if all is known.
    coverage: String,
    /// The share that applies in a sentence; empty if all does.
    applicability: String,
    /// The author's reason for its place.
    why: String,
    /// The sum of the points of its parts.
    total: String,
    /// The highest score that unknown facts could give it.
    up_to: String,
    /// The criterion that costs it most.
    holds_back: String,
    /// Its points, criterion by criterion, the heaviest first.
    parts: Vec<PartView>,
}

/// The part of a score that one criterion adds.
#[derive(Serialize)]
pub(in crate::site) struct PartView {
    /// "known", "unknown" or "na".
    state: &'static str,
    /// The criterion.
    title: String,
    /// Its page.
    route: String,
    /// The value of the fact.
    value: String,
    /// The fact's cell: `state`, `text`, `url`, `stale`, `raw`, `html`.
    cell: tera::Value,
    /// Percent of the widest bar that the weight takes.
    track: String,
    /// Percent of the widest bar that the points take.
    fill: String,
    /// The sum: "100 × 6 = 600".
    sum: String,
    /// The utility of the fact.
    worth: String,
    /// The weight.
    weight: String,
    /// The points.
    points: String,
}

/// A place with its parts.
pub(in crate::site) fn full(site: &Site<'_>, goal: GoalId, place: &Ranked) -> PlaceView {
    let mut view = brief(site, goal, place);
    view.parts = parts(site, goal, place);
    view
}

/// A place without its parts.
pub(in crate::site) fn brief(site: &Site<'_>, goal: GoalId, place: &Ranked) -> PlaceView {
    let say = sentences::of_goal(site, goal);
    let engine = &site.engine;
    let share = |key: Key, share: u32| match share {
        100 => String::new(),
        _ => site.strings.say(key, &[("share", &share.to_string())]),
    };
    let (badge, badge_kind) = badge(&say, place);
    let why = say.goal().why.iter().find(|(id, _)| *id == place.framework);
    let percent_of = |share: u32| {
        site.strings.say(Key::MethodPercent, &[("share", &share.to_string())])
    };
    let nothing = || site.strings.get(Key::GoalHoldsNothing).to_owned();
    PlaceView {
        id: anchor::place(&site.book[place.framework].slug),
        rank: rank(place),
        framework: shared::name(site, place.framework),
        is_lead: !badge.is_empty(),
        badge: badge.to_owned(),
        badge_kind,
        score: text::tenths(site.strings, place.tenths),
        known: engine.if_used("known", || percent_of(place.coverage)),
        applies: engine.if_used("applies", || percent_of(place.applicability)),
        coverage: engine.if_used("coverage", || share(Key::GoalCoverage, place.coverage)),
        applicability: engine.if_used("applicability", || {
            share(Key::GoalApplicability, place.applicability)
        }),
        why: why.map_or_else(String::new, |(_, why)| why.clone()),
        total: engine.if_used("total", || say.total(place)),
        up_to: engine.if_used("up_to", || say.up_to(place).unwrap_or_default()),
        holds_back: engine
            .if_used("holds_back", || say.holds_back(place).unwrap_or_else(nothing)),
        parts: Vec::new(),
    }
}

/// A place in which every part is there, and one part of each state: scripts fill it.
pub(in crate::site) fn blank() -> PlaceView {
    #[derive(Serialize)]
    struct Cell {
        state: &'static str,
        stale: &'static str,
    }
    let text = || "0".to_owned();
    let part = |state| PartView {
        state,
        title: text(),
        route: String::new(),
        value: text(),
        cell: tera::Value::from_serializable(&Cell { state: "value", stale: "0" }),
        track: text(),
        fill: text(),
        sum: text(),
        worth: text(),
        weight: text(),
        points: text(),
    };
    PlaceView {
        id: anchor::place(""),
        rank: text(),
        framework: Name { name: text(), monogram: text(), route: String::new() },
        is_lead: false,
        badge: text(),
        badge_kind: "good",
        score: text(),
        known: text(),
        applies: text(),
        coverage: text(),
        applicability: text(),
        why: text(),
        total: text(),
        up_to: text(),
        holds_back: text(),
        parts: ["known", "unknown", "na"].map(part).into(),
    }
}

/// The word beside a place in front and its kind of badge; empty for the others.
pub(in crate::site) fn badge<'a>(
    say: &Sentences<'a>,
    place: &Ranked,
) -> (&'a str, &'static str) {
    let is_close =
        say.lead_group().iter().any(|other| other.framework == place.framework);
    match say.ranking.answer {
        Answer::Clear if place.rank == 1 => {
            (say.strings.get(Key::GoalBadgeFirst), "good")
        }
        Answer::Tie if place.rank == 1 => (say.strings.get(Key::GoalBadgeTie), "warn"),
        Answer::Close | Answer::Tie if is_close => {
            (say.strings.get(Key::GoalBadgeClose), "warn")
        }
        Answer::Clear | Answer::Close | Answer::Tie | Answer::Nobody => ("", ""),
    }
}

/// The criteria of a goal with their weights, the heaviest first, each with its position
/// among the goal's weights.
pub(in crate::site) fn by_weight(
    goal: &Goal,
) -> impl Iterator<Item = (usize, CriterionId, u8)> {
    let weights = goal.weights.iter().enumerate();
    let mut all: Vec<_> = weights.map(|(at, (id, weight))| (at, *id, *weight)).collect();
    all.sort_by_key(|(at, _, weight)| (Reverse(*weight), *at));
    all.into_iter()
}

/// The parts of a score by criterion, the heaviest first.
pub(in crate::site) fn parts(
    site: &Site<'_>,
    goal: GoalId,
    place: &Ranked,
) -> Vec<PartView> {
    let goal = &site.book[goal];
    let most = goal.weights.iter().map(|(_, weight)| *weight).max().unwrap_or(1);
    by_weight(goal)
        .map(|(at, criterion, weight)| {
            let utility = place.utilities[at];
            let link = link::link(site, &Target::Criterion(criterion, None));
            let fact = Target::Fact(place.framework, criterion);
            let cell = site.cell(place.framework, criterion);
            let points = points(weight, utility);
            PartView {
                state: match utility {
                    Utility::Known(_) => "known",
                    Utility::Unknown => "unknown",
                    Utility::NotApplicable => "na",
                },
                title: link.title,
                route: link.route,
                value: link::title(site, &fact),
                cell: cell.view.clone(),
                track: percent(u32::from(weight), u32::from(most)),
                fill: percent(points, 100 * u32::from(most)),
                sum: sum(site, weight, utility),
                worth: worth(site, utility),
                weight: weight.to_string(),
                points: text::count(site.strings, points.into()),
            }
        })
        .collect()
}

/// The multiplication of a weight and a utility.
fn sum(site: &Site<'_>, weight: u8, utility: Utility) -> String {
    let key = match utility {
        Utility::Known(_) => Key::GoalSum,
        Utility::Unknown => Key::GoalSumUnknown,
        Utility::NotApplicable => Key::GoalSumNa,
    };
    let values = [
        ("utility", &*worth(site, utility)),
        ("weight", &weight.to_string()),
        ("points", &text::count(site.strings, points(weight, utility).into())),
        ("possible", &text::count(site.strings, 100 * u64::from(weight))),
    ];
    site.strings.say(key, &values)
}

/// A utility in words: "75", "Unknown", "Not applicable".
pub(in crate::site) fn worth(site: &Site<'_>, utility: Utility) -> String {
    match utility {
        Utility::Known(u) => u.to_string(),
        Utility::Unknown => site.strings.get(Key::CellUnknown).to_owned(),
        Utility::NotApplicable => site.strings.get(Key::CellNa).to_owned(),
    }
}

/// A part of a whole in percent, with at most two decimals: "66.67", "100".
pub(in crate::site) fn percent(part: u32, whole: u32) -> String {
    let hundredths = (10_000 * part + whole / 2).checked_div(whole).unwrap_or(0);
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The utilities of a framework for a goal, in the order of the weights, whether or not it
/// is ranked.
pub(in crate::site) fn utilities(
    site: &Site<'_>,
    goal: GoalId,
    id: FrameworkId,
) -> Vec<Utility> {
    if let Some(place) = site.ranked(goal, id) {
        return place.utilities.clone();
    }
    let all = &site.rankings.utilities[id.index()];
    site.book[goal].weights.iter().map(|(criterion, _)| all[criterion.index()]).collect()
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn percents_have_no_needless_zeros() {
        #[track_caller]
        fn case(part: u32, whole: u32, expected: &str) {
            assert_eq!(percent(part, whole), expected);
        }
        case(0, 6, "0");
        case(4, 6, "66.67");
        case(3, 6, "50");
        case(1, 8, "12.5");
        case(6, 6, "100");
        case(1, 0, "0");
    }
}
