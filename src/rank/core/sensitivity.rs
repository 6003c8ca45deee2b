//! Changes that alter the result: the smallest step of one weight, a criterion left out,
//! all weights equal (docs/method.md, "Sensitivity").
//!
//! Only the set of frameworks at rank 1 matters here, and one weight changes at a time. So
//! nothing is sorted: a score loses the old part of the criterion and gains the new one, and
//! one pass over the rows finds the best. The absolute change of a single weight is the
//! measure of Triantaphyllou & Sánchez (Decision Sciences 28(1), 1997), on whole weights.

use std::cmp::Ordering;

use super::{Row, Rules, Score, Weights};

/// The smallest step of one criterion's weight that changes who is first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The criterion's position.
    pub criterion: usize,
    /// Its weight, 0..=10.
    pub from: u8,
    /// The nearest weight at which others are first, 0..=10.
    pub to: u8,
    /// The rows that are first then, in row order; none if no row can be ranked.
    pub winners: Vec<usize>,
}

impl Change {
    /// The distance that the weight moves, 1..=10.
    pub fn step(&self) -> u8 {
        self.from.abs_diff(self.to)
    }
}

/// The first frameworks without one criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The position of the criterion that does not count.
    pub criterion: usize,
    /// The rows that are first then, in row order.
    pub winners: Vec<usize>,
}

/// The rows at rank 1, in row order.
///
/// # Panics
///
/// This and the other functions here: if a row has not as many utilities as there are
/// weights.
pub fn winners(rows: &[Row<'_>], weights: &Weights, rules: &Rules) -> Vec<usize> {
    Search::new(rows, weights, rules).winners
}

/// The rows at rank 1 if every criterion with a weight had the same.
pub fn equal_weights(rows: &[Row<'_>], weights: &Weights, rules: &Rules) -> Vec<usize> {
    winners(rows, &weights.equal(), rules)
}

/// The first frameworks without each criterion that has a weight, in criterion order; a criterion
/// that alone has one is passed over.
pub fn leave_one_out(rows: &[Row<'_>], weights: &Weights, rules: &Rules) -> Vec<LeftOut> {
    let mut search = Search::new(rows, weights, rules);
    (0..weights.len())
        .filter(|criterion| weights[*criterion] > 0)
        .filter_map(|criterion| {
            let winners = search.winners_at(criterion, 0)?.to_vec();
            Some(LeftOut { criterion, winners })
        })
        .collect()
}

/// The nearest change of each criterion's weight that changes the set of rows at rank 1.
///
/// For each criterion the weight goes 1, 2, … 10 steps away, down before up, inside 0..=10
/// and never to no weight at all; the first change counts. Criteria that change nothing are
/// absent. The smallest step comes first, equal steps in criterion order: the first entry
/// is the answer to "what would change this result".
pub fn sensitivity(rows: &[Row<'_>], weights: &Weights, rules: &Rules) -> Vec<Change> {
    let mut search = Search::new(rows, weights, rules);
    let mut changes: Vec<Change> =
        (0..weights.len()).filter_map(|criterion| search.nearest(criterion)).collect();
    // The sort is stable, which keeps criterion order among equal steps.
    changes.sort_by_key(Change::step);
    changes
}

/// The scores at the goal's own weights, from which those at others are one part away.
struct Search<'a> {
    rows: &'a [Row<'a>],
    weights: &'a Weights,
    rules: &'a Rules,
    /// The score of each row.
    scores: Vec<Score>,
    /// The rows at rank 1.
    winners: Vec<usize>,
    /// Room for the rows at rank 1 at other weights, kept to save allocations.
    found: Vec<usize>,
}

impl<'a> Search<'a> {
    fn new(rows: &'a [Row<'a>], weights: &'a Weights, rules: &'a Rules) -> Self {
        let scores: Vec<Score> =
            rows.iter().map(|row| Score::evaluate(weights, row.utilities)).collect();
        let mut winners = Vec::new();
        collect_first(scores.iter().copied(), rules, &mut winners);
        Self { rows, weights, rules, scores, winners, found: Vec::new() }
    }

    /// The nearest change of one weight that changes who is first.
    fn nearest(&mut self, criterion: usize) -> Option<Change> {
        let from = self.weights[criterion];
        for to in (1..=Weights::MOST).flat_map(|step| neighbours(from, step)) {
            if self.winners_at(criterion, to).is_some() && self.found != self.winners {
                return Some(Change { criterion, from, to, winners: self.found.clone() });
            }
        }
        None
    }

    /// The rows at rank 1 with one weight changed; none if no weight would be left.
    fn winners_at(&mut self, criterion: usize, weight: u8) -> Option<&[usize]> {
        let own = self.weights[criterion];
        let is_alone =
            self.weights.iter().map(|w| u32::from(*w)).sum::<u32>() == u32::from(own);
        if weight == 0 && is_alone {
            return None;
        }
        let changed = self.rows.iter().zip(&self.scores).map(|(row, score)| {
            let utility = row.utilities[criterion];
            *score - Score::part(own, utility) + Score::part(weight, utility)
        });
        collect_first(changed, self.rules, &mut self.found);
        Some(&self.found)
    }
}

/// The weights this many steps away, down before up.
fn neighbours(from: u8, step: u8) -> impl Iterator<Item = u8> {
    let up = (from + step <= Weights::MOST).then_some(from + step);
    from.checked_sub(step).into_iter().chain(up)
}

/// Collects the positions of the best scores that may be ranked.
fn collect_first(
    scores: impl Iterator<Item = Score>,
    rules: &Rules,
    found: &mut Vec<usize>,
) {
    found.clear();
    let mut best = Score::default();
    for (row, score) in scores.enumerate() {
        if rules.reason_against(&score).is_some() {
            continue;
        }
        let order =
            if found.is_empty() { Ordering::Greater } else { score.compare(&best) };
        if order == Ordering::Greater {
            found.clear();
            best = score;
        }
        if order != Ordering::Less {
            found.push(row);
        }
    }
}
