//! Versions in order: numbers by value, a suffix before none (docs/method.md, "Requirements").

use std::cmp::Ordering;

use super::kind::Declared;
use super::{Criterion, CriterionKind, NoValue, Value};
use crate::diag::Diagnostics;
use crate::schema::{Spanned, Value as Written};
use crate::strings::{Key, Strings};

/// A version, compared part by part.
#[derive(Debug)]
pub(super) struct VersionKind;

impl Declared for VersionKind {
    const NAME: &'static str = "version";
    const DOC: &'static str = "A version, compared part by part";
    const EXAMPLE: (&'static str, &'static str) = ("", "\"5.2\"");

    fn declare(_: &Criterion, _: &mut Diagnostics) -> Option<Self> {
        Some(Self)
    }
}

impl CriterionKind for VersionKind {
    fn expected(&self) -> &'static str {
        "a version such as `\"5.2\"`"
    }

    fn parse(
        &self,
        written: &Spanned<Written>,
        _: &mut Diagnostics,
    ) -> Result<Value, NoValue> {
        super::text::parse(&written.value)
    }

    fn remedy(&self, written: &Written) -> Option<String> {
        super::text::remedy(written)
    }

    fn is_ordered(&self) -> bool {
        true
    }

    fn is_dated(&self) -> bool {
        true
    }

    fn order(&self, a: &Value, b: &Value) -> Ordering {
        Version::new(a.text()).cmp(&Version::new(b.text()))
    }

    /// By numbers, so that `5` is `5.0`.
    fn is_equal(&self, a: &Value, b: &Value) -> bool {
        self.order(a, b).is_eq()
    }

    fn describe(&self, strings: &Strings) -> String {
        strings.get(Key::KindVersion).to_owned()
    }
}

/// A version of dot-separated numbers, ready to be compared.
///
/// A missing number counts as 0, so "5" equals "5.0"; a suffix sorts before none, so
/// "5.0-rc1" is below "5.0". In suffixes numbers count by value ("rc2" is below "rc10"),
/// case and separators do not matter ("RC.1" equals "rc1"). A `v` before the first number
/// is passed over. Any text has a place: one without a leading number is a suffix of 0.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version<'a> {
    // The order of the fields is the order of comparing.
    numbers: Vec<Number<'a>>,
    is_final: bool,
    suffix: Vec<Piece<'a>>,
}

/// Digits without leading zeros; of two, the longer is the larger, whatever their size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Number<'a> {
    length: usize,
    digits: &'a str,
}

/// A part of a suffix; a number sorts before a word.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Piece<'a> {
    Number(Number<'a>),
    Word(String),
}

impl<'a> Version<'a> {
    /// Takes a version apart.
    pub fn new(text: &'a str) -> Self {
        let text = text.trim();
        let text = match text.strip_prefix(['v', 'V']) {
            Some(after) if after.starts_with(is_digit) => after,
            Some(_) | None => text,
        };
        let (mut numbers, rest) = leading_numbers(text);
        while numbers.last().is_some_and(|n| n.length == 0) {
            numbers.pop();
        }
        let suffix = pieces(rest);
        Self { numbers, is_final: suffix.is_empty(), suffix }
    }
}

impl<'a> Number<'a> {
    fn new(digits: &'a str) -> Self {
        let digits = digits.trim_start_matches('0');
        Self { length: digits.len(), digits }
    }
}

/// The dot-separated numbers that a version starts with, and what follows them.
fn leading_numbers(text: &str) -> (Vec<Number<'_>>, &str) {
    let mut numbers = Vec::new();
    let mut rest = text;
    loop {
        let (digits, after) = split_run(rest, is_digit);
        if digits.is_empty() {
            return (numbers, after);
        }
        numbers.push(Number::new(digits));
        rest = match after.strip_prefix('.') {
            Some(next) if next.starts_with(is_digit) => next,
            Some(_) | None => return (numbers, after),
        };
    }
}

/// The runs of digits and of letters in a suffix.
fn pieces(mut rest: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        if rest.is_empty() {
            return pieces;
        }
        let (digits, after) = split_run(rest, is_digit);
        if digits.is_empty() {
            let (word, after) = split_run(rest, |c| c.is_alphanumeric() && !is_digit(c));
            pieces.push(Piece::Word(word.to_lowercase()));
            rest = after;
        } else {
            pieces.push(Piece::Number(Number::new(digits)));
            rest = after;
        }
    }
}

/// Splits off the leading run of such characters.
fn split_run(text: &str, is_inside: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !is_inside(c)).unwrap_or(text.len()))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}
