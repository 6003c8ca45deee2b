//! Exact decimal numbers, as authors write them: `3117`, `-12.5`, `1_000`, `1e3`.
//!
//! A number is held as a count of billionths, so that comparing and interpolating are
//! integer arithmetic, and equal numbers are equal however they were written.

use std::fmt;
use std::str::FromStr;

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::schema::Number;

/// Billionths in one.
const ONE: i128 = 10_i128.pow(Decimal::DECIMALS);

/// The largest magnitude, in billionths: 10^19, which every TOML integer stays below.
const LIMIT: i128 = 10_i128.pow(19) * ONE;

/// An exact decimal number from −10^19 to 10^19 with at most nine decimals.
///
/// The range keeps every product of [`Curve::at`](super::Curve::at) far inside an `i128`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(i128);

/// The reason why a text is no [`Decimal`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalFault {
    /// It is not a decimal number as TOML writes them; `inf` and `nan` are none.
    NotDecimal,
    /// It is below −10^19 or above 10^19.
    TooLarge,
    /// It needs more than nine decimals.
    TooFine,
}

impl Decimal {
    /// One half.
    pub const HALF: Self = Self(ONE / 2);

    /// The most decimals a number can have.
    pub const DECIMALS: u32 = 9;

    /// The number in billionths, from −10^28 to 10^28.
    pub fn billionths(self) -> i128 {
        self.0
    }

    /// The number of decimals it needs, 0..=9.
    pub fn decimals(self) -> u32 {
        (0..Self::DECIMALS).find(|n| self.0 % unit(*n) == 0).unwrap_or(Self::DECIMALS)
    }

    /// The least number with at most this many decimals that is not below `billionths`.
    pub(super) fn ceil(billionths: i128, decimals: u32) -> Self {
        let unit = unit(decimals);
        Self(-(-billionths).div_euclid(unit) * unit)
    }

    /// The largest number with at most this many decimals that is not above `billionths`.
    pub(super) fn floor(billionths: i128, decimals: u32) -> Self {
        let unit = unit(decimals);
        Self(billionths.div_euclid(unit) * unit)
    }
}

/// The distance between neighbours with this many decimals, in billionths.
fn unit(decimals: u32) -> i128 {
    10_i128.pow(Decimal::DECIMALS.saturating_sub(decimals))
}

impl From<i64> for Decimal {
    fn from(n: i64) -> Self {
        Self(i128::from(n) * ONE)
    }
}

/// Prints plain digits without needless zeros, which is also a JSON number: "-12.5".
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, rest) = (self.0.abs() / ONE, self.0.abs() % ONE);
        write!(f, "{sign}{whole}")?;
        if rest == 0 {
            return Ok(());
        }
        write!(f, ".{}", format!("{rest:09}").trim_end_matches('0'))
    }
}

/// Reads a number as TOML writes decimal integers and floats.
impl FromStr for Decimal {
    type Err = DecimalFault;

    fn from_str(text: &str) -> Result<Self, DecimalFault> {
        let (sign, unsigned) = split_sign(text);
        let (number, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, read_exponent(exponent)?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = match number.split_once('.') {
            Some((whole, fraction)) => (digits(whole)?, digits(fraction)?),
            None => (digits(number)?, String::new()),
        };
        if whole.len() > 1 && whole.starts_with('0') {
            return Err(DecimalFault::NotDecimal);
        }
        let shift = exponent - length(&fraction);
        magnitude(&(whole + &fraction), shift).map(|n| Self(sign * n))
    }
}

/// Takes a leading sign off, as −1 or 1.
fn split_sign(text: &str) -> (i128, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// The digits of a run, in which underscores may stand between digits.
fn digits(text: &str) -> Result<String, DecimalFault> {
    let is_run =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if text.split('_').all(is_run) {
        Ok(text.replace('_', ""))
    } else {
        Err(DecimalFault::NotDecimal)
    }
}

/// Reads an exponent; one too long to read is as good as the largest.
fn read_exponent(text: &str) -> Result<i64, DecimalFault> {
    let (sign, unsigned) = split_sign(text);
    let exponent = digits(unsigned)?.parse::<u32>().unwrap_or(u32::MAX);
    Ok(if sign < 0 { -i64::from(exponent) } else { i64::from(exponent) })
}

/// The value of `digits` · 10^`shift`, in billionths.
fn magnitude(digits: &str, shift: i64) -> Result<i128, DecimalFault> {
    let significant = digits.trim_start_matches('0').trim_end_matches('0');
    if significant.is_empty() {
        return Ok(0);
    }
    let zeros = length(digits) - length(digits.trim_end_matches('0'));
    let power = shift.saturating_add(zeros);
    // Twenty digits before the point are enough for the limit, and few enough for `i128`.
    if length(significant).saturating_add(power) > 20 {
        return Err(DecimalFault::TooLarge);
    }
    let Ok(places) = u32::try_from(power + i64::from(Decimal::DECIMALS)) else {
        return Err(DecimalFault::TooFine);
    };
    let number: i128 = significant.parse().expect("at most 29 digits");
    let billionths = number * 10_i128.pow(places);
    if billionths > LIMIT { Err(DecimalFault::TooLarge) } else { Ok(billionths) }
}

/// The length of a text in bytes, signed.
fn length(text: &str) -> i64 {
    i64::try_from(text.len()).unwrap_or(i64::MAX)
}

/// Reads a number exactly.
pub fn read(number: &Number, diags: &mut Diagnostics) -> Option<Decimal> {
    parse(&number.0.value, number.0.span, diags)
}

/// Reads the digits of a number exactly.
pub(super) fn parse(
    digits: &str,
    span: Span,
    diags: &mut Diagnostics,
) -> Option<Decimal> {
    let message = match digits.parse() {
        Ok(decimal) => return Some(decimal),
        Err(DecimalFault::NotDecimal) => format!("`{digits}` is not a decimal number"),
        Err(DecimalFault::TooLarge) => format!("`{digits}` is too large to compare"),
        Err(DecimalFault::TooFine) => format!("`{digits}` has more than 9 decimals"),
    };
    let found = Diagnostic::new(Code::OutOfRange, span, message);
    diags.push(found.hint("write one such as `1500` or `0.5`"));
    None
}

#[cfg(test)]
mod tests {
    use super::{Decimal, DecimalFault};

    #[test]
    fn numbers_print_in_one_plain_form() {
        #[track_caller]
        fn case(text: &str, expected: &str) {
            assert_eq!(text.parse::<Decimal>().unwrap().to_string(), expected);
        }
        case("0", "0");
        case("-0.0", "0");
        case("+7", "7");
        case("-12.50", "-12.5");
        case("-0.5", "-0.5");
        case("1_000", "1000");
        case("1_0.2_5", "10.25");
        case("1e3", "1000");
        case("1.5E+0_3", "1500");
        case("12e-1", "1.2");
        case("0.000_000_001", "0.000000001");
        case("1.0000000000", "1");
        case("0e4294967296", "0");
        case("1000000000000000000000000e-20", "10000");
        case("10000000000000000000", "10000000000000000000");
    }

    #[test]
    fn what_is_no_number_or_out_of_range_is_refused() {
        #[track_caller]
        fn case(text: &str, expected: DecimalFault) {
            assert_eq!(text.parse::<Decimal>(), Err(expected), "{text}");
        }
        for text in ["", "-", "inf", "nan", "+nan", "1.", ".5", "1e", "e3", "--1", "1 "] {
            case(text, DecimalFault::NotDecimal);
        }
        for text in ["01", "1__0", "_1", "1_", "1_.5", "0x1f", "1.2.3", "1e1.0", "١"] {
            case(text, DecimalFault::NotDecimal);
        }
        case("1e-10", DecimalFault::TooFine);
        case("0.1234567891", DecimalFault::TooFine);
        case("1e-99999999999999999999", DecimalFault::TooFine);
        case("10000000000000000001", DecimalFault::TooLarge);
        case("-1e20", DecimalFault::TooLarge);
        case("1e99999999999999999999", DecimalFault::TooLarge);
    }

    #[test]
    fn a_number_knows_how_many_decimals_it_needs() {
        #[track_caller]
        fn case(text: &str, expected: u32) {
            assert_eq!(text.parse::<Decimal>().unwrap().decimals(), expected);
        }
        case("0", 0);
        case("1200", 0);
        case("1.20", 1);
        case("-0.000000001", 9);
    }
}
