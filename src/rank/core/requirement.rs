//! Answers to requirements: met, not met, or unknown.

/// A truth value with a third one for "could not check" (docs/method.md,
/// "Requirements").
///
/// The order is that of Kleene's strong logic, in which "and" is the smaller of two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// The requirement is not met; a value that cannot apply meets none.
    False,
    /// The value is unknown.
    Unknown,
    /// The requirement is met.
    True,
}

impl Truth {
    /// Both: false if one is false, else unknown if one is unknown.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// All of several; true if there are none.
    pub fn all(truths: impl IntoIterator<Item = Self>) -> Self {
        truths.into_iter().fold(Self::True, Self::and)
    }
}

impl From<bool> for Truth {
    fn from(truth: bool) -> Self {
        if truth { Self::True } else { Self::False }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth;

    #[test]
    fn false_wins_over_unknown_and_unknown_over_true() {
        use Truth::{False, True, Unknown};
        assert_eq!(Truth::all([]), True);
        assert_eq!(True.and(Unknown), Unknown);
        assert_eq!(Unknown.and(True), Unknown);
        assert_eq!(Truth::all([Unknown, False, True]), False);
        assert_eq!(Truth::from(true).and(Truth::from(false)), False);
    }
}
