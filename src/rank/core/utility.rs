//! Utilities: what a value is worth, in whole points of 0..=100.
//!
//! Bounds are declared by the criterion and never taken from the values at hand, so that
//! adding a framework cannot reorder the others (docs/method.md, "Values and utilities").

/// Utility of one fact to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Utility {
    /// Points, 0..=100.
    Known(u8),
    /// Nobody has found out; it earns nothing, and is never shown as the worst value.
    Unknown,
    /// The criterion cannot apply; it leaves the denominator.
    NotApplicable,
}
