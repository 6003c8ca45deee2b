//! Utility curves: from numbers to whole points of 0..=100, exactly (docs/method.md,
//! "Values and utilities").

use super::{Criterion, Decimal};
use crate::diag::{Code, Diagnostic, Diagnostics};

/// A piecewise linear scale from numbers to utilities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Curve {
    points: Vec<(Decimal, u8)>,
}

/// The better values of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Higher ones.
    Higher,
    /// Lower ones.
    Lower,
    /// Neither all along.
    Mixed,
}

/// The reason why points are no [`Curve`]; positions count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CurveFault {
    /// There are fewer than two points.
    TooFew,
    /// The number of the point at this position is not above the one before it.
    NotRising(usize),
    /// The utility of the point at this position is above 100.
    TooLarge(usize),
}

/// The numbers that reach a utility.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// Every number does.
    Any,
    /// This number and all above it.
    AtLeast(Decimal),
    /// This number and all below it.
    AtMost(Decimal),
    /// The numbers from the first to the second, both included.
    Between(Decimal, Decimal),
}

impl Curve {
    /// Checks the points: two or more, numbers strictly rising, utilities of 0..=100.
    pub fn new(points: Vec<(Decimal, u8)>) -> Result<Self, CurveFault> {
        if points.len() < 2 {
            return Err(CurveFault::TooFew);
        }
        if let Some(i) = points.iter().position(|(_, u)| *u > 100) {
            return Err(CurveFault::TooLarge(i));
        }
        match points.windows(2).position(|pair| pair[0].0 >= pair[1].0) {
            Some(i) => Err(CurveFault::NotRising(i + 1)),
            None => Ok(Self { points }),
        }
    }

    /// The points, numbers strictly rising.
    pub fn points(&self) -> &[(Decimal, u8)] {
        &self.points
    }

    /// The better values.
    pub fn direction(&self) -> Direction {
        let mut steps = self.points.windows(2).map(|pair| pair[0].1.cmp(&pair[1].1));
        if steps.clone().all(std::cmp::Ordering::is_le) {
            Direction::Higher
        } else if steps.all(std::cmp::Ordering::is_ge) {
            Direction::Lower
        } else {
            Direction::Mixed
        }
    }

    /// The utility of a number, 0..=100; outside the points it is that of the nearest.
    ///
    /// Between the points (x₀, u₀) and (x₁, u₁), with d = x₁ − x₀ and
    /// N = u₀·d + (u₁ − u₀)·(x − x₀), it is floor((2·N + d) / (2·d)), which is N / d
    /// rounded half up (docs/method.md, "Values and utilities").
    pub fn at(&self, x: Decimal) -> u8 {
        let next = self.points.partition_point(|point| point.0 <= x);
        let Some((x1, u1)) = self.points.get(next) else {
            return self.points[next - 1].1;
        };
        let Some((x0, u0)) = next.checked_sub(1).map(|before| self.points[before]) else {
            return *u1;
        };
        let d = x1.billionths() - x0.billionths();
        let rise = i128::from(*u1) - i128::from(u0);
        let n = i128::from(u0) * d + rise * (x.billionths() - x0.billionths());
        u8::try_from((2 * n + d) / (2 * d)).expect("it lies between the two utilities")
    }

    /// The numbers with at most `decimals` decimals whose utility is `u` or more.
    ///
    /// A bound is the outermost such number: one more step outward does not reach `u`. On
    /// a scale that rises and falls it is the lowest stretch of numbers that reaches it,
    /// so every number inside the bound does, while some outside may too. None if no
    /// number reaches `u`.
    pub fn reaching(&self, u: u8, decimals: u32) -> Option<Bound> {
        let reaches = |i: &usize| self.points[*i].1 >= u;
        let mut from = 0;
        loop {
            let first = (from..self.points.len()).find(reaches)?;
            let end = (first..self.points.len())
                .find(|i| !reaches(i))
                .unwrap_or(self.points.len());
            let least = first
                .checked_sub(1)
                .map(|i| Decimal::ceil(self.crossing(i, u, Rounding::Up), decimals));
            let most = (end < self.points.len()).then(|| {
                Decimal::floor(self.crossing(end - 1, u, Rounding::Down), decimals)
            });
            match (least, most) {
                (None, None) => return Some(Bound::Any),
                (Some(least), None) => return Some(Bound::AtLeast(least)),
                (None, Some(most)) => return Some(Bound::AtMost(most)),
                (Some(least), Some(most)) if least <= most => {
                    return Some(Bound::Between(least, most));
                }
                // The stretch lies between two neighbours with so few decimals.
                (Some(_), Some(_)) => from = end,
            }
        }
    }

    /// The number, in billionths, at which the line from point `i` to the next passes
    /// u − 1/2, which rounds to u.
    fn crossing(&self, i: usize, u: u8, rounding: Rounding) -> i128 {
        let (x0, u0) = self.points[i];
        let (x1, u1) = self.points[i + 1];
        let rise = i128::from(u1) - i128::from(u0);
        let wanted = 2 * i128::from(u) - 1 - 2 * i128::from(u0);
        let n = wanted * (x1.billionths() - x0.billionths()) * rise.signum();
        let d = 2 * rise.abs();
        x0.billionths()
            + match rounding {
                Rounding::Up => -(-n).div_euclid(d),
                Rounding::Down => n.div_euclid(d),
            }
    }
}

/// To which side a crossing between two billionths goes.
#[derive(Debug, Clone, Copy)]
enum Rounding {
    Up,
    Down,
}

/// A hint on the form of utility points.
const POINTS: &str =
    "write `utility = [[value, 0], [value, 100]]`, what values are worth";

/// A hint on the order of utility points.
const ORDER: &str = "order the points by their values, each larger than the last";

/// Reads the points of a declaration that must have some.
pub(super) fn required(criterion: &Criterion, diags: &mut Diagnostics) -> Option<Curve> {
    if criterion.utility.is_none() && !criterion.may_have("utility") {
        let id = &criterion.id;
        let message = format!("the criterion `{}` has no utility points", id.value);
        let found = Diagnostic::new(Code::MissingUtility, id.span, message);
        diags.push(found.hint(POINTS));
    }
    read(criterion, diags)
}

/// Reads the points of a declaration; those that do not rise are reported at the first one.
pub(super) fn read(criterion: &Criterion, diags: &mut Diagnostics) -> Option<Curve> {
    let raw = criterion.utility.as_ref().filter(|_| !criterion.has_lost("utility"))?;
    let mut points = Vec::new();
    for (x, u) in &raw.points {
        let number = super::decimal::read(x, diags)?;
        points.push((number, u8::try_from(u.0.value).unwrap_or(100)));
    }
    let (span, message, hint) = match Curve::new(points) {
        Ok(curve) => return Some(curve),
        Err(CurveFault::TooFew) => {
            (raw.span, "expected two utility points or more".to_owned(), POINTS)
        }
        Err(CurveFault::NotRising(i)) => {
            let (x, before) = (&raw.points[i].0.0, &raw.points[i - 1].0.0);
            let (x_text, before) = (&x.value, &before.value);
            let message =
                format!("utility points do not rise: `{x_text}` after `{before}`");
            (x.span, message, ORDER)
        }
        Err(CurveFault::TooLarge(i)) => {
            (raw.points[i].1.0.span, "a utility is from 0 to 100".to_owned(), ORDER)
        }
    };
    diags.push(Diagnostic::new(Code::BadUtility, span, message).hint(hint));
    None
}

#[cfg(test)]
mod tests {
    use super::{Bound, Curve, CurveFault};
    use crate::kinds::Decimal;

    fn points(list: &[(&str, u8)]) -> Vec<(Decimal, u8)> {
        list.iter().map(|(x, u)| (x.parse().unwrap(), *u)).collect()
    }

    #[test]
    fn faulty_points_are_named_by_their_position() {
        #[track_caller]
        fn case(list: &[(&str, u8)], expected: CurveFault) {
            assert_eq!(Curve::new(points(list)), Err(expected));
        }
        case(&[], CurveFault::TooFew);
        case(&[("1", 0)], CurveFault::TooFew);
        case(&[("1", 0), ("1.0", 100)], CurveFault::NotRising(1));
        case(&[("1", 0), ("3", 5), ("2", 9)], CurveFault::NotRising(2));
        case(&[("1", 0), ("2", 101)], CurveFault::TooLarge(1));
    }

    #[test]
    fn a_bound_is_the_outermost_number_that_reaches() {
        #[track_caller]
        fn case(list: &[(&str, u8)], (u, decimals): (u8, u32), expected: &str) {
            let bound = Curve::new(points(list)).unwrap().reaching(u, decimals);
            let text = match bound {
                None => "none".to_owned(),
                Some(Bound::Any) => "any".to_owned(),
                Some(Bound::AtLeast(x)) => format!(">= {x}"),
                Some(Bound::AtMost(x)) => format!("<= {x}"),
                Some(Bound::Between(x, y)) => format!("{x} to {y}"),
            };
            assert_eq!(text, expected);
        }
        let rising = [("0", 0), ("3", 100)];
        case(&rising, (0, 0), "any");
        case(&rising, (34, 0), ">= 2");
        case(&rising, (34, 3), ">= 1.005");
        case(&rising, (34, 99), ">= 1.005");
        case(&rising, (100, 0), ">= 3");
        case(&rising, (101, 0), "none");
        let falling = [("20", 100), ("500", 0)];
        case(&falling, (79, 0), "<= 123");
        case(&falling, (79, 1), "<= 123.2");
        case(&falling, (100, 0), "<= 22");
        case(&[("-10", 20), ("-5", 80)], (50, 0), ">= -7");
        case(&[("-10", 20), ("-5", 80)], (50, 1), ">= -7.5");
        case(&[("-10", 80), ("-5", 20)], (50, 0), "<= -8");
        let hill = [("0", 0), ("10", 100), ("20", 0)];
        case(&hill, (50, 0), "5 to 15");
        // The first hill is too narrow for whole numbers, so the second one counts.
        let hills = [("0", 0), ("0.5", 100), ("1", 0), ("5", 90), ("9", 0)];
        case(&hills, (90, 0), "5 to 5");
        case(&hills, (90, 1), "0.5 to 0.5");
    }
}
