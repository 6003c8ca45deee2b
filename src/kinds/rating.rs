//! Ratings: 1 to 5 in halves, by a rubric.

use super::kind::Declared;
use super::{Criterion, CriterionKind, Decimal, Direction, JsonKeys, NoValue, Scale};
use super::{Step, Value};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::schema::{Spanned, Value as Written};
use crate::strings::{Key, Strings};

/// A rating from 1 to 5 in halves.
#[derive(Debug)]
pub(super) struct RatingKind {
    /// Sentences on the conditions for 1, 2, 3, 4 and 5.
    rubric: Vec<String>,
}

impl Declared for RatingKind {
    const NAME: &'static str = "rating";
    const DOC: &'static str = "1 to 5 in halves, by a rubric";
    const EXAMPLE: (&'static str, &'static str) =
        ("rubric = [\"None.\", \"Some.\", \"Half.\", \"Most.\", \"All.\"]", "3.5");
    const KEYS: &'static [&'static str] = &["rubric"];

    fn declare(raw: &Criterion, diags: &mut Diagnostics) -> Option<Self> {
        if raw.rubric.len() != 5 && !raw.may_have("rubric") {
            let (span, message) = match raw.rubric.first() {
                None => (
                    raw.id.span,
                    format!("the criterion `{}` has no rubric", raw.id.value),
                ),
                Some(first) => {
                    let n = raw.rubric.len();
                    (first.span, format!("expected a rubric of 5 sentences, found {n}"))
                }
            };
            let found = Diagnostic::new(Code::MissingRubric, span, message);
            let hint = "write `rubric = [\"…\", …]`, what earns 1, 2, 3, 4 and 5";
            diags.push(found.hint(hint));
        }
        let rubric = raw.rubric.iter().map(|text| text.value.clone());
        Some(Self { rubric: rubric.collect() })
    }
}

impl CriterionKind for RatingKind {
    fn expected(&self) -> &'static str {
        "a rating from 1 to 5 in halves"
    }

    fn parse(
        &self,
        written: &Spanned<Written>,
        diags: &mut Diagnostics,
    ) -> Result<Value, NoValue> {
        let Written::Number(digits) = &written.value else {
            return Err(NoValue::WrongType);
        };
        let number = digits.parse::<Decimal>().ok();
        if let Some(number) = number.filter(|number| halves(*number).is_some()) {
            return Ok(Value::Number(number));
        }
        let message =
            format!("expected a rating from 1 to 5 in halves, found `{digits}`");
        let found = Diagnostic::new(Code::OutOfRange, written.span, message);
        diags.push(found.hint("write one such as `4` or `3.5`"));
        Err(NoValue::Reported)
    }

    fn remedy(&self, written: &Written) -> Option<String> {
        super::number::remedy(written)
    }

    fn utility(&self, value: &Value) -> Option<u8> {
        halves(value.number()?).map(utility)
    }

    fn is_scored(&self) -> bool {
        true
    }

    fn reaching(&self, least: u8, strings: &Strings) -> Option<String> {
        let halves = rating_reaching(least)?;
        let mut digits = (halves / 2).to_string();
        if halves % 2 == 1 {
            digits.push_str(".5");
        }
        Some(strings.say(Key::NeedAtLeast, &[("value", &strings.number(digits))]))
    }

    fn is_ordered(&self) -> bool {
        true
    }

    fn direction(&self) -> Option<Direction> {
        Some(Direction::Higher)
    }

    fn text(&self, value: &Value, strings: &Strings) -> String {
        let digits = value.number().map_or_else(String::new, |n| n.to_string());
        strings.say(Key::ValueRating, &[("rating", &strings.number(digits))])
    }

    fn json_keys(&self) -> JsonKeys<'_> {
        JsonKeys { rubric: Some(&self.rubric), ..JsonKeys::default() }
    }

    fn describe(&self, strings: &Strings) -> String {
        strings.get(Key::KindRating).to_owned()
    }

    fn scale(&self, _title: &str, strings: &Strings) -> Scale {
        let steps = (1..=5_u8).zip(&self.rubric).map(|(stars, earns)| Step {
            answer: stars.to_string(),
            earns: earns.clone(),
            utility: utility(2 * stars),
        });
        Scale {
            text: vec![strings.get(Key::CriterionHalves).to_owned()],
            head: strings.get(Key::CriterionAnswer).to_owned(),
            steps: steps.collect(),
        }
    }

    fn method(&self) -> (Key, Key) {
        (Key::MethodKindRating, Key::MethodRuleRating)
    }
}

/// The halves of a rating, 2 to 10; none if it is out of range or no whole number of them.
fn halves(number: Decimal) -> Option<u8> {
    let (number, half) = (number.billionths(), Decimal::HALF.billionths());
    let halves = u8::try_from(number / half).ok().filter(|_| number % half == 0);
    halves.filter(|halves| (2..=10).contains(halves))
}

/// The utility of a rating given in halves, 2..=10 for 1 to 5; outside is clamped.
///
/// u = round(100·(r − 1) / 4), half up, with r = halves / 2 (docs/method.md, "Values and
/// utilities").
pub fn utility(halves: u8) -> u8 {
    (25 * (halves.clamp(2, 10) - 2)).div_ceil(2)
}

/// The least rating, in halves of 2..=10, whose utility is `u` or more; none above 100.
fn rating_reaching(u: u8) -> Option<u8> {
    (2..=10).find(|halves| utility(*halves) >= u)
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
