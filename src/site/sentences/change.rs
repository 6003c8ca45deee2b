//! Sentences on changes of a result: weights, criteria left out, facts still unknown.

use super::{Sentences, list, reaching};
use crate::book::{CriterionId, FrameworkId, Key};
use crate::rank::{Overtake, Ranked, Utility};
use crate::site::text;

/// The most facts named that would bring a framework level.
const MOST_OVERTAKES: usize = 8;

impl Sentences<'_> {
    /// Changes of the first place, one sentence each; empty if nobody is ranked.
    pub fn changes(&self) -> Vec<String> {
        if self.ranking.ranked.is_empty() {
            return Vec::new();
        }
        let mut sentences = vec![self.smallest_step()];
        sentences.extend(self.left_out());
        sentences.push(self.equal_weights());
        sentences.extend(self.overtakes());
        sentences.extend(self.several());
        sentences
    }

    /// The smallest change of one weight that changes who is first.
    pub fn smallest_step(&self) -> String {
        let Some(change) = &self.ranking.sensitivity else {
            return self.strings.get(Key::GoalChangeNoStep).to_owned();
        };
        let values = [
            ("criterion", &*self.criterion(change.criterion)),
            ("from", &change.from.to_string()),
            ("to", &change.to.to_string()),
            ("first", &self.first(&change.winners)),
        ];
        self.strings.say(Key::GoalChangeStep, &values)
    }

    /// The first place without single criteria; one sentence for each new outcome.
    fn left_out(&self) -> Vec<String> {
        let winners = self.winners();
        let mut outcomes: Vec<(&[FrameworkId], Vec<CriterionId>)> = Vec::new();
        for (criterion, first) in &self.ranking.leave_one_out {
            if is_same(first, &winners) {
                continue;
            }
            match outcomes.iter_mut().find(|(known, _)| known == first) {
                Some((_, criteria)) => criteria.push(*criterion),
                None => outcomes.push((first, vec![*criterion])),
            }
        }
        if outcomes.is_empty() {
            return vec![self.strings.get(Key::GoalChangeNoCriterion).to_owned()];
        }
        let outcomes = outcomes.iter();
        outcomes.map(|(first, criteria)| self.without(criteria, first)).collect()
    }

    /// The first place without any one of some criteria.
    fn without(&self, criteria: &[CriterionId], first: &[FrameworkId]) -> String {
        let titles: Vec<_> = criteria.iter().map(|id| self.criterion(*id)).collect();
        let titles: Vec<_> = titles.iter().map(String::as_str).collect();
        let key = match criteria {
            [_] => Key::GoalChangeWithoutOne,
            _ => Key::GoalChangeWithoutAny,
        };
        let values = [
            ("criteria", &*list(&titles, self.strings.get(Key::Or))),
            ("first", &self.first(first)),
        ];
        self.strings.say(key, &values)
    }

    /// The first place with equal weights.
    fn equal_weights(&self) -> String {
        let first = &self.ranking.equal_weights;
        let key = if is_same(first, &self.winners()) {
            Key::GoalChangeEqualSame
        } else {
            Key::GoalChangeEqualOther
        };
        self.strings.say(key, &[("first", &self.first(first))])
    }

    /// The unknown facts that would bring their framework level with the first.
    fn overtakes(&self) -> Vec<String> {
        let all = &self.ranking.overtakes;
        let shown = all.iter().take(MOST_OVERTAKES);
        let mut sentences: Vec<_> =
            shown.map(|overtake| self.overtake(overtake)).collect();
        if all.len() > MOST_OVERTAKES {
            let more = all.len() - MOST_OVERTAKES;
            sentences.push(self.strings.count(Key::GoalChangeMore, more, &[]));
        }
        sentences
    }

    /// The frameworks that could pass the first only if several unknown facts turned out well.
    fn several(&self) -> Vec<String> {
        let Some(first) = self.ranking.ranked.first() else { return Vec::new() };
        let is_named = |id: FrameworkId| {
            self.ranking.overtakes.iter().any(|overtake| overtake.framework == id)
        };
        let behind = self.ranking.ranked.iter().filter(|place| {
            place.rank > 1
                && place.max_tenths > first.tenths
                && !is_named(place.framework)
        });
        let say = |place: &Ranked| {
            let unknown = place.utilities.iter().filter(|u| **u == Utility::Unknown);
            let values = [
                ("framework", self.book[place.framework].name.as_str()),
                ("score", &text::tenths(self.strings, place.max_tenths)),
            ];
            self.strings.count(Key::GoalChangeSeveral, unknown.count(), &values)
        };
        behind.map(say).collect()
    }

    fn overtake(&self, overtake: &Overtake) -> String {
        let criterion = &self.book[overtake.criterion];
        let need = reaching(criterion, overtake.utility, self.strings)
            .unwrap_or_else(|| self.strings.get(Key::NeedAny).to_owned());
        let values = [
            ("framework", self.book[overtake.framework].name.as_str()),
            ("leader", &self.names(&self.winners())),
            ("criterion", &self.criterion(overtake.criterion)),
            ("need", &need),
        ];
        self.strings.say(Key::GoalChangeOvertake, &values)
    }

    /// The frameworks that would be first, or that none would.
    fn first(&self, winners: &[FrameworkId]) -> String {
        match winners {
            [] => self.strings.get(Key::GoalChangeNobody).to_owned(),
            _ => self.names(winners),
        }
    }
}

/// Whether two lists name the same frameworks, whatever their order.
fn is_same(first: &[FrameworkId], second: &[FrameworkId]) -> bool {
    first.len() == second.len() && first.iter().all(|id| second.contains(id))
}
