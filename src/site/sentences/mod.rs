//! The explanation of a ranking in plain sentences. The page of a goal shows them and
//! `fieldguide explain` prints them, so that both say the same.
//!
//! Invariant: no markup, and no number that is not in the ranking.

mod change;
mod need;
mod picks;
#[cfg(test)]
mod tests;

pub use need::{reaching, test};
pub use picks::{Opinion, Verdict};

use super::text;
use super::{Site, Strings};
use crate::book::{Book, Cell, CriterionId, FrameworkId, Goal, GoalId, Key};
pub use crate::kinds::list;
use crate::rank::{Answer, Ranked, Ranking, Reason, Utility};

/// Says what the ranking of one goal means.
#[derive(Clone, Copy)]
pub struct Sentences<'a> {
    /// The book.
    pub book: &'a Book,
    /// The goal.
    pub goal: GoalId,
    /// Its ranking.
    pub ranking: &'a Ranking,
    /// The theme's words.
    pub strings: &'a Strings,
}

/// The sentences of a goal's ranking.
pub(super) fn of_goal<'s>(site: &'s Site<'_>, goal: GoalId) -> Sentences<'s> {
    let ranking = &site.rankings.goals[goal.index()];
    Sentences { book: site.book, goal, ranking, strings: site.strings }
}

impl<'a> Sentences<'a> {
    /// The goal itself.
    pub fn goal(&self) -> &'a Goal {
        &self.book[self.goal]
    }

    /// The answer to the goal's question, one of four kinds (docs/method.md, "Ranks, ties
    /// and close calls").
    pub fn answer(&self) -> String {
        match (self.ranking.answer, self.ranking.ranked.first()) {
            (Answer::Clear, Some(first)) => self.clear(first),
            (Answer::Close, Some(first)) => self.close(first),
            (Answer::Tie, Some(first)) => self.tie(first),
            (Answer::Nobody, _) | (_, None) => self.nobody(),
        }
    }

    /// The frameworks at rank 1 and all that are at most the goal's margin behind.
    pub fn lead_group(&self) -> &'a [Ranked] {
        let ranked = &self.ranking.ranked;
        let count = ranked.first().map_or(0, |leader| {
            let least = leader.tenths.saturating_sub(self.goal().tie_margin);
            ranked.partition_point(|place| place.tenths >= least)
        });
        &ranked[..count]
    }

    /// The frameworks in first place.
    pub fn winners(&self) -> Vec<FrameworkId> {
        let places = self.ranking.ranked.iter().take_while(|place| place.rank == 1);
        places.map(|place| place.framework).collect()
    }

    /// The names of frameworks: "Django", "Django and Rails", "Django, Flask and Rails".
    pub fn names(&self, frameworks: &[FrameworkId]) -> String {
        let names: Vec<&str> =
            frameworks.iter().map(|id| self.book[*id].name.as_str()).collect();
        list(&names, self.strings.get(Key::And))
    }

    /// The name of a criterion within a sentence: "“Ease of learning”".
    fn criterion(&self, id: CriterionId) -> String {
        self.strings.say(Key::Quoted, &[("text", &self.book[id].title)])
    }

    /// The criterion that costs a framework most, with its points.
    pub fn holds_back(&self, place: &Ranked) -> Option<String> {
        let at = place.holds_back?;
        let (criterion, weight) = self.goal().weights[at];
        let key = match place.utilities[at] {
            Utility::Known(_) => Key::GoalHoldsKnown,
            Utility::Unknown | Utility::NotApplicable => Key::GoalHoldsUnknown,
        };
        let points = points(weight, place.utilities[at]);
        let values = [
            ("criterion", self.book[criterion].title.as_str()),
            ("weight", &weight.to_string()),
            ("points", &text::count(self.strings, points.into())),
            ("possible", &text::count(self.strings, 100 * u64::from(weight))),
        ];
        Some(self.strings.say(key, &values))
    }

    /// The sum of a place's points and its score.
    pub fn total(&self, place: &Ranked) -> String {
        let values = [
            ("points", text::count(self.strings, place.a.into())),
            ("possible", text::count(self.strings, 100 * u64::from(place.d))),
            ("score", text::tenths(self.strings, place.tenths)),
        ];
        self.strings
            .say(Key::GoalTotal, &values.each_ref().map(|(k, v)| (*k, v.as_str())))
    }

    /// The highest score that unknown facts could give; nothing if all that applies is
    /// known.
    pub fn up_to(&self, place: &Ranked) -> Option<String> {
        let unknown = place.utilities.iter().filter(|u| **u == Utility::Unknown).count();
        let score = text::tenths(self.strings, place.max_tenths);
        let say = || self.strings.count(Key::GoalUpTo, unknown, &[("score", &score)]);
        (unknown > 0).then(say)
    }

    /// The reason why a framework has no rank.
    pub fn reason(&self, framework: FrameworkId, reason: Reason) -> String {
        let goal = self.goal();
        match reason {
            Reason::Excluded(i) => {
                let requirement = &goal.requirements[i];
                let values = [
                    ("criterion", self.book[requirement.criterion].title.clone()),
                    ("value", self.value(framework, requirement.criterion)),
                    ("need", self.requirement(i)),
                ];
                let values = values.each_ref().map(|(k, v)| (*k, v.as_str()));
                self.strings.say(Key::GoalExcluded, &values)
            }
            Reason::Unchecked(i) => {
                let criterion = goal.requirements[i].criterion;
                let values = [
                    ("criterion", self.book[criterion].title.as_str()),
                    ("need", &self.requirement(i)),
                ];
                self.strings.say(Key::GoalUnchecked, &values)
            }
            Reason::TooFewKnown(share) => {
                self.too_few(Key::GoalTooFewKnown, share, goal.coverage)
            }
            Reason::TooFewApply(share) => {
                self.too_few(Key::GoalTooFewApply, share, goal.applicability)
            }
        }
    }

    /// The required value of the requirement at a position: "Built in or Official
    /// package".
    pub fn requirement(&self, index: usize) -> String {
        let requirement = &self.goal().requirements[index];
        test(&self.book[requirement.criterion], &requirement.test, self.strings)
    }

    /// The number of frameworks that meet all requirements: "6 of 14 qualify".
    pub fn qualify(&self) -> String {
        let is_out =
            |reason| matches!(reason, Reason::Excluded(_) | Reason::Unchecked(_));
        let out = self.ranking.unranked.iter().filter(|f| is_out(f.reason)).count();
        let all = self.book.frameworks.len();
        let met = all - out;
        let values = [("met", &*met.to_string()), ("all", &all.to_string())];
        self.strings.count(Key::GoalQualify, met, &values)
    }

    /// The number of frameworks that meet the requirement at a position.
    pub fn requirement_counts(&self, index: usize) -> String {
        let counts = self.ranking.requirements[index];
        let all = counts.met + counts.failed + counts.unknown;
        let key = if counts.unknown == 0 { Key::GoalMeet } else { Key::GoalMeetUnknown };
        let values = [
            ("met", &*counts.met.to_string()),
            ("all", &all.to_string()),
            ("unknown", &counts.unknown.to_string()),
        ];
        self.strings.count(key, counts.met, &values)
    }

    /// The value of a criterion of a framework, in words.
    pub fn value(&self, framework: FrameworkId, criterion: CriterionId) -> String {
        match self.book.cell(framework, criterion) {
            Cell::Known(fact) => {
                self.book[criterion].kind.text_with_unit(&fact.value, self.strings)
            }
            Cell::NotApplicable { .. } => self.strings.get(Key::CellNa).to_owned(),
            Cell::Unknown => self.strings.get(Key::CellUnknown).to_owned(),
        }
    }

    fn too_few(&self, key: Key, share: u32, least: u8) -> String {
        let values = [("share", &*share.to_string()), ("least", &least.to_string())];
        self.strings.say(key, &values)
    }

    /// The answer where one is first beyond doubt.
    fn clear(&self, first: &Ranked) -> String {
        let name = &self.book[first.framework].name;
        let score = text::tenths(self.strings, first.tenths);
        let Some(second) = self.ranking.ranked.get(1) else {
            let values = [("first", name.as_str()), ("score", &score)];
            return self.strings.say(Key::GoalAnswerAlone, &values);
        };
        // Those that share the second place are all named.
        let others = self.ranking.ranked.iter().filter(|place| place.rank == second.rank);
        let others: Vec<_> = others.map(|place| place.framework).collect();
        let values = [
            ("first", name.as_str()),
            ("score", &score),
            ("second", &self.names(&others)),
            ("other", &text::tenths(self.strings, second.tenths)),
        ];
        self.strings.say(Key::GoalAnswerClear, &values)
    }

    /// The answer where the first is close to the next, or one step of a weight decides.
    fn close(&self, first: &Ranked) -> String {
        let group = self.lead_group();
        if group.len() > 1 {
            let names: Vec<_> = group.iter().map(|place| place.framework).collect();
            let scores: Vec<_> = group
                .iter()
                .map(|place| text::tenths(self.strings, place.tenths))
                .collect();
            let scores: Vec<_> = scores.iter().map(String::as_str).collect();
            let values = [
                ("names", &*self.names(&names)),
                ("scores", &list(&scores, self.strings.get(Key::And))),
                ("margin", &text::tenths(self.strings, self.goal().tie_margin)),
            ];
            return self.strings.say(Key::GoalAnswerClose, &values);
        }
        let Some(change) = &self.ranking.sensitivity else { return self.clear(first) };
        let values = [
            ("first", self.book[first.framework].name.as_str()),
            ("score", &text::tenths(self.strings, first.tenths)),
            ("criterion", &self.criterion(change.criterion)),
            ("from", &change.from.to_string()),
            ("to", &change.to.to_string()),
            ("winners", &self.names(&change.winners)),
        ];
        self.strings.say(Key::GoalAnswerOneStep, &values)
    }

    /// The answer where several are first.
    fn tie(&self, first: &Ranked) -> String {
        let names = self.names(&self.winners());
        let values = [
            ("names", names.as_str()),
            ("score", &text::tenths(self.strings, first.tenths)),
        ];
        self.strings.say(Key::GoalAnswerTie, &values)
    }

    /// The answer where nobody is ranked.
    fn nobody(&self) -> String {
        let is_excluded = |reason| matches!(reason, Reason::Excluded(_));
        let unranked = &self.ranking.unranked;
        let key = if unranked.iter().all(|framework| is_excluded(framework.reason)) {
            Key::GoalAnswerNoneQualify
        } else {
            Key::GoalAnswerNotEnough
        };
        self.strings.get(key).to_owned()
    }
}

/// A place as it is printed: "2", or "2=" where it is shared.
pub fn rank(place: &Ranked) -> String {
    let mark = if place.is_tied { "=" } else { "" };
    format!("{}{mark}", place.rank)
}

/// The points that a utility earns with a weight.
pub fn points(weight: u8, utility: Utility) -> u32 {
    match utility {
        Utility::Known(u) => u32::from(weight) * u32::from(u),
        Utility::Unknown | Utility::NotApplicable => 0,
    }
}
