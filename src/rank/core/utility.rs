//! Utilities: what a value is worth, in whole points of 0..=100.
//!
//! Bounds are declared by the criterion and never taken from the values at hand, so that
//! adding a framework cannot reorder the others (docs/method.md, "Values and utilities").

/// What one fact is worth to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Utility {
    /// Points, 0..=100.
    Known(u8),
    /// Nobody has found out; it earns nothing, and is never shown as the worst value.
    Unknown,
    /// The criterion cannot apply; it leaves the denominator.
    NotApplicable,
}

/// The utility of a rating given in halves, 2..=10 for 1 to 5; outside is clamped.
///
/// u = round(100·(r − 1) / 4), half up, with r = halves / 2 (docs/method.md, "Values and
/// utilities").
pub fn rating(halves: u8) -> u8 {
    (25 * (halves.clamp(2, 10) - 2)).div_ceil(2)
}

/// The least rating, in halves of 2..=10, whose utility is `u` or more; none above 100.
pub fn rating_reaching(u: u8) -> Option<u8> {
    (2..=10).find(|halves| rating(*halves) >= u)
}

#[cfg(test)]
mod tests {
    use super::rating_reaching;

    #[test]
    fn the_least_rating_that_reaches_is_found() {
        assert_eq!(rating_reaching(0), Some(2));
        assert_eq!(rating_reaching(63), Some(7));
        assert_eq!(rating_reaching(64), Some(8));
        assert_eq!(rating_reaching(100), Some(10));
        assert_eq!(rating_reaching(101), None);
    }
}
