//! Explanations of a framework's place: what holds it back, what it would take to catch
//! up, and whether it could ever be first (docs/method.md, "Sensitivity").

use std::cmp::Reverse;

use super::{Row, Rules, Score, Utility, Weights, winners};

/// Points that a framework does not earn on one criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loss {
    /// The criterion's position.
    pub criterion: usize,
    /// The points, weight · (100 − u), 1..=1000; an unknown value has u = 0.
    pub points: u32,
}

/// The criterion on which most points are lost; of equal ones, the first.
///
/// None if every criterion that applies earns all it can.
pub fn holds_back(weights: &Weights, utilities: &[Utility]) -> Option<Loss> {
    let parts = weights.iter().zip(utilities).map(|(w, u)| Score::part(*w, *u));
    parts
        .enumerate()
        .map(|(criterion, part)| Loss { criterion, points: 100 * part.d - part.a })
        .filter(|loss| loss.points > 0)
        .min_by_key(|loss| Reverse(loss.points))
}

/// An unknown value that could make a framework first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overtake {
    /// The framework's row.
    pub row: usize,
    /// The position of the criterion whose value is unknown.
    pub criterion: usize,
    /// The least utility with which the framework at least draws level, 0..=100; 0 if it
    /// has the points already and only lacks the coverage.
    pub utility: u8,
}

/// The unknown values that could make a framework behind the leader first, in row order,
/// then criterion order.
///
/// For a leader a, a framework b and an unknown criterion of weight w, the utility is the
/// least u with `(A_b + w·u)·D_a ≥ A_a·D_b` (docs/method.md, "Sensitivity"). A framework that is not ranked
/// counts if knowing this one value is enough to rank it. Empty if nobody is first.
pub fn overtakes(rows: &[Row<'_>], weights: &Weights, rules: &Rules) -> Vec<Overtake> {
    let first = winners(rows, weights, rules);
    let Some(leader) = first.first() else { return Vec::new() };
    let leader = Score::evaluate(weights, rows[*leader].utilities);
    let mut found = Vec::new();
    for (row, challenger) in rows.iter().enumerate().filter(|(i, _)| !first.contains(i)) {
        let score = Score::evaluate(weights, challenger.utilities);
        for (criterion, utility) in challenger.utilities.iter().enumerate() {
            if *utility != Utility::Unknown {
                continue;
            }
            let weight = weights[criterion];
            let Some(utility) = least_utility(&leader, &score, weight) else { continue };
            let known = Score::part(weight, Utility::Known(utility));
            let then = score - Score::part(weight, Utility::Unknown) + known;
            if rules.reason_against(&then).is_none() {
                found.push(Overtake { row, criterion, utility });
            }
        }
    }
    found
}

/// The least utility on a criterion of this weight that brings a challenger level.
fn least_utility(leader: &Score, challenger: &Score, weight: u8) -> Option<u8> {
    let wanted = u64::from(leader.a) * u64::from(challenger.d);
    let has = u64::from(challenger.a) * u64::from(leader.d);
    let worth = u64::from(weight) * u64::from(leader.d);
    let least = wanted.saturating_sub(has).checked_next_multiple_of(worth)? / worth;
    u8::try_from(least).ok().filter(|u| *u <= 100)
}

/// A framework that another one beats whatever the weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dominated {
    /// Its row.
    pub row: usize,
    /// The row of the first framework that beats it.
    pub by: usize,
}

/// The rows that can never be first alone, in row order: another is at least as good on
/// every criterion and better on one.
///
/// Rows with an unknown value or one that does not apply are left aside, on both sides.
/// Utilities of criteria that are not to count must not be in the rows.
pub fn never_best(rows: &[Row<'_>]) -> Vec<Dominated> {
    let complete: Vec<usize> = (0..rows.len())
        .filter(|row| rows[*row].utilities.iter().all(|u| matches!(u, Utility::Known(_))))
        .collect();
    let beaten = |row: &usize| {
        let by = complete
            .iter()
            .find(|by| dominates(rows[**by].utilities, rows[*row].utilities))?;
        Some(Dominated { row: *row, by: *by })
    };
    complete.iter().filter_map(beaten).collect()
}

/// Whether the first is nowhere worse and somewhere better; both are complete.
fn dominates(first: &[Utility], second: &[Utility]) -> bool {
    first != second && first.iter().zip(second).all(|(a, b)| a >= b)
}
