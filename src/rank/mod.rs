//! Rankings: exact integer scores of every framework for every goal.
//! [`Book`](crate::book::Book) -> [`Rankings`].
//!
//! Law: integers only; the page's script computes the same ones from the same vectors.

mod ranking;
mod utility;

pub use ranking::Unranked;
pub use ranking::{Answer, Change, Counts, Overtake, Ranked, Ranking, Rankings, Reason};
pub use utility::Utility;
