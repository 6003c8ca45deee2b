//! Scores: exact fractions whose parts add up to the digit (docs/method.md, "Points and
//! scores").

use std::cmp::Ordering;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};

use super::Utility;
use crate::book::Decimal;

/// The four sums behind a score; the score itself is the fraction P = `a` / `d`.
///
/// Equality is that of the sums. Two scores of different sums can stand for the same
/// fraction, which is what [`Score::compare`] tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Score {
    /// A, the points earned: the sum of weight · utility over known criteria, 0..=100·`k`.
    pub a: u32,
    /// D, the weight of the criteria that apply, 0..=`w`.
    pub d: u32,
    /// K, the weight of the known criteria, 0..=`d`.
    pub k: u32,
    /// W, the weight of all criteria.
    pub w: u32,
}

impl Score {
    /// The part of a score by one criterion; the `a` of the parts add up to that of the whole.
    pub fn part(weight: u8, utility: Utility) -> Self {
        let w = u32::from(weight);
        match utility {
            Utility::Known(u) => Self { a: w * u32::from(u), d: w, k: w, w },
            Utility::Unknown => Self { a: 0, d: w, k: 0, w },
            Utility::NotApplicable => Self { a: 0, d: 0, k: 0, w },
        }
    }

    /// Adds the parts of all criteria.
    ///
    /// Weights of more than 10 are fine here: multiplying all by one factor changes neither
    /// order nor tenths.
    ///
    /// # Panics
    ///
    /// If there are not as many utilities as weights.
    pub fn evaluate(weights: &[u8], utilities: &[Utility]) -> Self {
        assert_eq!(weights.len(), utilities.len(), "each criterion has one utility");
        weights.iter().zip(utilities).map(|(w, u)| Self::part(*w, *u)).sum()
    }

    /// T = floor((20·A + D) / (2·D)): the score in tenths of points, rounded half up,
    /// 0..=1000. It is 0 if nothing applies; such a framework is never ranked.
    pub fn tenths(&self) -> Tenths {
        self.in_tenths(u64::from(self.a))
    }

    /// The tenths that the score rises to if each unknown value turns out to be the best:
    /// those of (A + 100·(D − K)) / D.
    pub fn max_tenths(&self) -> Tenths {
        self.in_tenths(u64::from(self.a) + 100 * u64::from(self.d - self.k))
    }

    fn in_tenths(&self, points: u64) -> Tenths {
        let d = u64::from(self.d);
        let tenths = (20 * points + d).checked_div(2 * d).unwrap_or(0);
        Tenths(
            u32::try_from(tenths).expect("no part earns more than 100 times its weight"),
        )
    }

    /// Compares the exact fractions: A₁·D₂ with A₂·D₁.
    pub fn compare(&self, other: &Self) -> Ordering {
        cross(self.a, other.d).cmp(&cross(other.a, self.d))
    }

    /// Compares the known shares exactly: K₁·D₂ with K₂·D₁.
    pub fn compare_coverage(&self, other: &Self) -> Ordering {
        cross(self.k, other.d).cmp(&cross(other.k, self.d))
    }

    /// The known share of the weight that applies, K / D, in percent, 0..=100.
    ///
    /// Rounded half up, but 100 only if nothing is missing, and 0 only if all is.
    pub fn coverage(&self) -> u8 {
        percent(self.k, self.d)
    }

    /// The share of the weight that applies, D / W, in percent, rounded like the coverage.
    pub fn applicability(&self) -> u8 {
        percent(self.d, self.w)
    }
}

impl Add for Score {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            a: self.a + other.a,
            d: self.d + other.d,
            k: self.k + other.k,
            w: self.w + other.w,
        }
    }
}

/// Takes a part out of a score that it was added to.
impl Sub for Score {
    type Output = Self;

    fn sub(self, part: Self) -> Self {
        Self {
            a: self.a - part.a,
            d: self.d - part.d,
            k: self.k - part.k,
            w: self.w - part.w,
        }
    }
}

impl Sum for Score {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::default(), Add::add)
    }
}

/// A number of points in tenths, printed with its point: 767 is "76.7".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tenths(pub u32);

impl Tenths {
    /// The tenths of a decimal of at least 0, if that is exact.
    pub fn exactly(number: Decimal) -> Option<Self> {
        const BILLIONTHS: i128 = 100_000_000;
        let is_exact = number.billionths() % BILLIONTHS == 0;
        let tenths = u32::try_from(number.billionths() / BILLIONTHS).ok();
        tenths.filter(|_| is_exact).map(Self)
    }
}

impl fmt::Display for Tenths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

fn cross(first: u32, second: u32) -> u64 {
    u64::from(first) * u64::from(second)
}

/// 100 · part / whole for part ≤ whole, as [`Score::coverage`] rounds it; 0 of 0 is 0.
fn percent(part: u32, whole: u32) -> u8 {
    if part == 0 {
        return 0;
    }
    if part == whole {
        return 100;
    }
    let (part, whole) = (u64::from(part), u64::from(whole));
    let rounded = (200 * part + whole) / (2 * whole);
    u8::try_from(rounded.clamp(1, 99)).expect("it is at most 99")
}

#[cfg(test)]
mod tests {
    use super::{Score, Tenths};

    #[test]
    fn shares_are_rounded_but_never_to_all_or_nothing() {
        #[track_caller]
        fn case((k, d): (u32, u32), expected: u8) {
            assert_eq!(Score { a: 0, d, k, w: d }.coverage(), expected);
        }
        case((0, 0), 0);
        case((0, 9), 0);
        case((7, 15), 47);
        case((1, 8), 13);
        case((1, 300), 1);
        case((299, 300), 99);
        case((300, 300), 100);
    }

    #[test]
    fn tenths_print_with_their_point() {
        assert_eq!(Tenths(767).to_string(), "76.7");
        assert_eq!(Tenths(5).to_string(), "0.5");
        assert_eq!(Tenths(1000).to_string(), "100.0");
    }

    #[test]
    fn tenths_are_read_from_exact_decimals_only() {
        #[track_caller]
        fn case(text: &str, expected: Option<u32>) {
            let tenths = Tenths::exactly(text.parse().unwrap());
            assert_eq!(tenths, expected.map(Tenths));
        }
        case("2.0", Some(20));
        case("0.1", Some(1));
        case("0.05", None);
        case("-1", None);
        case("1e10", None);
    }
}
