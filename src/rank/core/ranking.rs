//! Rankings: frameworks in order of their scores, with shared ranks (docs/method.md,
//! "Ranks, ties and close calls").

use std::cmp::Ordering;
use std::ops::Deref;

use super::{Score, Tenths, Utility};

/// The weights of a goal, one a criterion: each 0..=10, at least one above 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weights(Vec<u8>);

impl Weights {
    /// The largest weight.
    pub const MOST: u8 = 10;

    /// Checks the weights: none above 10, and one above 0.
    pub fn new(weights: Vec<u8>) -> Option<Self> {
        let is_valid =
            weights.iter().all(|w| *w <= Self::MOST) && weights.iter().any(|w| *w > 0);
        is_valid.then_some(Self(weights))
    }

    /// Gives every criterion that counts the same weight, 1.
    #[must_use]
    pub fn equal(&self) -> Self {
        Self(self.iter().map(|w| (*w).min(1)).collect())
    }
}

impl Deref for Weights {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

/// Rules on ranking: thresholds, and the margin of close scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// The least share of the weight that applies that must be known, in percent, 0..=100.
    pub coverage: u8,
    /// The least share of the weight that must apply, in percent, 0..=100.
    pub applicability: u8,
    /// Frameworks at most this far behind the leader are as good as level with it.
    pub tie_margin: Tenths,
}

impl Default for Rules {
    fn default() -> Self {
        Self { coverage: 60, applicability: 75, tie_margin: Tenths(20) }
    }
}

impl Rules {
    /// The reason why a score may not be ranked, if so: D = 0, 100·K < coverage·D or
    /// 100·D < applicability·W, the first that holds.
    pub fn reason_against(&self, score: &Score) -> Option<Reason> {
        // Below the limit, the shown share must not round up to it.
        let below = |limit: u8, share: u8| share.min(limit.saturating_sub(1));
        if score.d == 0 {
            Some(Reason::NothingApplies)
        } else if is_below(score.k, self.coverage, score.d) {
            Some(Reason::TooFewKnown(below(self.coverage, score.coverage())))
        } else if is_below(score.d, self.applicability, score.w) {
            let share = score.applicability();
            Some(Reason::TooFewApplicable(below(self.applicability, share)))
        } else {
            None
        }
    }
}

fn is_below(part: u32, limit: u8, whole: u32) -> bool {
    100 * u64::from(part) < u64::from(limit) * u64::from(whole)
}

/// The reason why a framework is listed but not ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// No criterion with a weight applies to it.
    NothingApplies,
    /// Only this share of the weight that applies is known, in percent.
    TooFewKnown(u8),
    /// Only this share of the weight applies, in percent.
    TooFewApplicable(u8),
}

/// One framework that takes part, after the requirements of the goal.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// Its slug, the last word on the order.
    pub slug: &'a str,
    /// Its utilities, one a criterion.
    pub utilities: &'a [Utility],
}

/// One framework's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ranked {
    /// Its position among the rows.
    pub row: usize,
    /// Its rank from 1; equal scores share one and the next is passed over: 1, 2, 2, 4.
    pub rank: usize,
    /// Whether another framework has the same rank.
    pub is_tied: bool,
    /// Its score.
    pub score: Score,
}

/// A framework without a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unranked {
    /// Its position among the rows.
    pub row: usize,
    /// The reason.
    pub reason: Reason,
    /// Its score, as far as there is one.
    pub score: Score,
}

/// The result of a goal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ranking {
    /// The ranked frameworks, best first; in a tie by coverage, then by slug.
    pub ranked: Vec<Ranked>,
    /// The others, by slug.
    pub unranked: Vec<Unranked>,
}

impl Ranking {
    /// The frameworks that share rank 1.
    pub fn first(&self) -> &[Ranked] {
        let count = self.ranked.partition_point(|place| place.rank == 1);
        &self.ranked[..count]
    }

    /// The leaders and all whose shown score is at most the tie margin below theirs.
    ///
    /// Shown tenths are compared, so that readers find what they see: 76.7 and 74.7 are
    /// 2.0 apart, though the fractions may be a little more.
    pub fn lead_group(&self, rules: &Rules) -> &[Ranked] {
        let count = self.ranked.first().map_or(0, |leader| {
            let least = leader.score.tenths().0.saturating_sub(rules.tie_margin.0);
            self.ranked.partition_point(|place| place.score.tenths().0 >= least)
        });
        &self.ranked[..count]
    }
}

/// Ranks the rows by their exact scores.
///
/// # Panics
///
/// If a row has not as many utilities as there are weights.
pub fn rank(rows: &[Row<'_>], weights: &Weights, rules: &Rules) -> Ranking {
    let mut ranking = Ranking::default();
    for (row, framework) in rows.iter().enumerate() {
        let score = Score::evaluate(weights, framework.utilities);
        match rules.reason_against(&score) {
            Some(reason) => ranking.unranked.push(Unranked { row, reason, score }),
            None => {
                ranking.ranked.push(Ranked { row, rank: 0, is_tied: false, score });
            }
        }
    }
    ranking.unranked.sort_by_key(|framework| rows[framework.row].slug);
    ranking.ranked.sort_by(|a, b| {
        (b.score.compare(&a.score))
            .then_with(|| b.score.compare_coverage(&a.score))
            .then_with(|| rows[a.row].slug.cmp(rows[b.row].slug))
    });
    number(&mut ranking.ranked);
    ranking
}

/// Gives sorted places their ranks.
fn number(places: &mut [Ranked]) {
    let is_level = |a: &Ranked, b: &Ranked| a.score.compare(&b.score) == Ordering::Equal;
    let mut rank = 1;
    for group in places.chunk_by_mut(is_level) {
        let count = group.len();
        for place in group {
            (place.rank, place.is_tied) = (rank, count > 1);
        }
        rank += count;
    }
}
