//! Rankings as values: who stands where for each goal, and what would change it.

use std::sync::Arc;

use super::{Field, Utility};
use crate::book::{CriterionId, FrameworkId};

/// The rankings of a book.
#[derive(Debug)]
pub struct Rankings {
    /// One for each goal of the book, in order.
    pub goals: Vec<Arc<Ranking>>,
    /// Utilities: a list for each framework with an entry for each criterion of the book;
    /// a criterion that is not scored has [`Utility::Unknown`].
    pub utilities: Vec<Vec<Utility>>,
    /// The input of each ranking, to reuse it if it stays the same.
    pub(super) fields: Vec<Field>,
}

/// The ranking of one goal.
#[derive(Debug)]
pub struct Ranking {
    /// W: the sum of the goal's weights.
    pub total_weight: u32,
    /// Ranked frameworks, best first.
    pub ranked: Vec<Ranked>,
    /// Frameworks without a rank, by slug.
    pub unranked: Vec<Unranked>,
    /// Counts of frameworks for each of the goal's requirements.
    pub requirements: Vec<Counts>,
    /// The kind of answer: clear, close, tie or nobody.
    pub answer: Answer,
    /// The smallest change of one weight that changes who is first; none within 0 to 10 may
    /// do so.
    pub sensitivity: Option<Change>,
    /// The first frameworks without each weighed criterion, in the order of the goal's weights.
    pub leave_one_out: Vec<(CriterionId, Vec<FrameworkId>)>,
    /// The first frameworks if all weighed criteria weigh the same.
    pub equal_weights: Vec<FrameworkId>,
    /// Utilities that unknown facts would need for their framework to draw level with the
    /// first, by rank, then by criterion.
    pub overtakes: Vec<Overtake>,
}

/// A framework's place.
#[derive(Debug)]
pub struct Ranked {
    /// The framework.
    pub framework: FrameworkId,
    /// Its place, from 1; equal scores share one.
    pub rank: u32,
    /// Whether another framework has the same score.
    pub is_tied: bool,
    /// A: points earned, the sum of weight times utility over what is known.
    pub a: u32,
    /// D: the sum of the weights that apply.
    pub d: u32,
    /// K: the sum of the weights whose facts are known.
    pub k: u32,
    /// The score in tenths of a point, 0 to 1000.
    pub tenths: u32,
    /// The score in tenths if every unknown fact were worth 100.
    pub max_tenths: u32,
    /// Percent of the weight that applies whose facts are known; 100 only if all are.
    pub coverage: u32,
    /// Percent of the weight that applies; 100 only if all does.
    pub applicability: u32,
    /// Utilities in the order of the goal's weights.
    pub utilities: Vec<Utility>,
    /// The weighed criterion that costs it most points, by its position in the goal's
    /// weights; none costs it any.
    pub holds_back: Option<usize>,
}

/// A framework without a rank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unranked {
    /// The framework.
    pub framework: FrameworkId,
    /// The reason.
    pub reason: Reason,
}

/// The reason why a framework has no rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It fails the requirement at this position.
    Excluded(usize),
    /// Whether it meets the requirement at this position is unknown.
    Unchecked(usize),
    /// Too little of the weight is known: this many percent.
    TooFewKnown(u32),
    /// Too little of the weight applies: this many percent.
    TooFewApply(u32),
}

/// Counts of frameworks by their answer to a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// They do.
    pub met: usize,
    /// They do not.
    pub failed: usize,
    /// Nobody knows.
    pub unknown: usize,
}

/// Clarity of the first place (docs/method.md, "Ranks, ties and close calls").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// One is first by more than the goal's margin, and no single step changes that.
    Clear,
    /// The first is close to the next, or one step of one weight changes who is first.
    Close,
    /// Several share the first place.
    Tie,
    /// Nobody is ranked.
    Nobody,
}

/// The smallest change of one weight that changes who is first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The criterion.
    pub criterion: CriterionId,
    /// Its weight.
    pub from: u8,
    /// The weight that changes who is first.
    pub to: u8,
    /// The difference, 1 to 10.
    pub step: u8,
    /// The first frameworks then, by slug.
    pub winners: Vec<FrameworkId>,
}

/// The utility that an unknown fact would need for its framework to draw level with the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overtake {
    /// The framework.
    pub framework: FrameworkId,
    /// The criterion whose fact is unknown.
    pub criterion: CriterionId,
    /// The least utility that does it, 0 to 100.
    pub utility: u8,
}
