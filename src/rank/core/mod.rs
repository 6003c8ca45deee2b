//! Scores, rankings and what would change them, as exact integers.
//!
//! Utilities and weights go in; scores, ranks and the smallest changes that matter come
//! out. The formulas are those of docs/method.md; every item here names its own. With weights
//! w of 0..=10 and utilities u of 0..=100, a framework has
//!
//! - W, the sum of w; D, that over the criteria that apply; K, that over the known ones;
//! - A, the sum of w·u over the known criteria, and so the score P = A / D, in points of
//!   0..=100. An unknown value earns nothing, so that finding it out never lowers a score.
//!
//! Invariant: integers only, no floats, no I/O, and no order but the one that is asked for. The
//! browser's script computes the same integers, and `tests/vectors/rank.json` holds both
//! to it.

mod explain;
mod ranking;
mod requirement;
mod score;
mod sensitivity;
mod utility;

pub use crate::kinds::rating_utility as rating;
pub use explain::{Dominated, Loss, Overtake, holds_back, never_best, overtakes};
pub use ranking::{Ranked, Ranking, Reason, Row, Rules, Unranked, Weights, rank};
pub use requirement::Truth;
pub use score::{Score, Tenths};
pub use sensitivity::{
    Change, LeftOut, equal_weights, leave_one_out, sensitivity, winners,
};
pub use utility::Utility;
