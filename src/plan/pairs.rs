//! Which pairs of frameworks get a page.

use crate::book::{FrameworkId, VersusId};

/// Names a pair that has a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PairId(pub(super) u32);

impl PairId {
    /// Its position in the plan's list.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Two frameworks that have a page together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The first; its slug is before the second's in byte order.
    pub first: FrameworkId,
    /// The second.
    pub second: FrameworkId,
    /// The verdict, if somebody wrote one.
    pub verdict: Option<VersusId>,
}
