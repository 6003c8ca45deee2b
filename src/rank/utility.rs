//! Utilities.

/// What a fact is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Utility {
    /// 0 to 100.
    Known(u8),
    /// Nothing is known.
    Unknown,
    /// The criterion cannot apply.
    NotApplicable,
}
