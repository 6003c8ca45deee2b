//! Numbers with a unit, scored by a curve.

use super::kind::Declared;
use super::{Criterion, CriterionKind, Curve, Decimal, Direction, JsonKeys, NoValue};
use super::{Scale, Step, Value, curve, json_number, sentence};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::schema::{Spanned, Value as Written};
use crate::strings::{Key, Strings};

/// A number with a unit.
#[derive(Debug)]
pub(super) struct NumberKind {
    unit: String,
    curve: Curve,
}

impl Declared for NumberKind {
    const NAME: &'static str = "number";
    const DOC: &'static str = "A number with a unit";
    const EXAMPLE: (&'static str, &'static str) =
        ("unit = \"req/s\"\nutility = [[0, 0], [5000, 100]]", "1200");
    const KEYS: &'static [&'static str] = &["unit", "utility"];

    fn declare(raw: &Criterion, diags: &mut Diagnostics) -> Option<Self> {
        if raw.unit.is_none() && !raw.may_have("unit") {
            let message = format!("the criterion `{}` has no unit", raw.id.value);
            let found = Diagnostic::new(Code::MissingUnit, raw.id.span, message);
            diags.push(found.hint("write one such as `unit = \"req/s\"`"));
        }
        let curve = curve::required(raw, diags)?;
        let unit = raw.unit.as_ref().map(|unit| unit.value.clone());
        Some(Self { unit: unit.unwrap_or_default(), curve })
    }
}

impl CriterionKind for NumberKind {
    fn expected(&self) -> &'static str {
        "a number"
    }

    fn parse(
        &self,
        written: &Spanned<Written>,
        diags: &mut Diagnostics,
    ) -> Result<Value, NoValue> {
        let Written::Number(digits) = &written.value else {
            return Err(NoValue::WrongType);
        };
        let number = super::decimal::parse(digits, written.span, diags);
        number.map(Value::Number).ok_or(NoValue::Reported)
    }

    fn remedy(&self, written: &Written) -> Option<String> {
        remedy(written)
    }

    fn utility(&self, value: &Value) -> Option<u8> {
        value.number().map(|number| self.curve.at(number))
    }

    fn is_scored(&self) -> bool {
        true
    }

    /// With as many decimals as the curve's own points use.
    fn reaching(&self, utility: u8, strings: &Strings) -> Option<String> {
        let decimals = self.curve.points().iter().map(|(x, _)| x.decimals()).max()?;
        let number =
            |x: Decimal| format!("{}\u{a0}{}", strings.number(x.to_string()), self.unit);
        let bound = self.curve.reaching(utility, decimals)?;
        Some(sentence::bound(bound, number, strings))
    }

    fn is_ordered(&self) -> bool {
        true
    }

    fn direction(&self) -> Option<Direction> {
        Some(self.curve.direction())
    }

    fn is_number(&self) -> bool {
        true
    }

    fn unit(&self) -> &str {
        &self.unit
    }

    fn json_keys(&self) -> JsonKeys<'_> {
        JsonKeys {
            unit: Some(&self.unit),
            utility: Some(points(&self.curve)),
            ..JsonKeys::default()
        }
    }

    fn describe(&self, strings: &Strings) -> String {
        strings.say(Key::KindNumber, &[("unit", &self.unit)])
    }

    fn scale(&self, title: &str, strings: &Strings) -> Scale {
        let values = [("criterion", title), ("unit", &self.unit)];
        Scale {
            text: vec![sentence::direction(&self.curve, strings)],
            head: strings.say(Key::CriterionInUnit, &values),
            steps: steps(&self.curve, strings),
        }
    }

    fn method(&self) -> (Key, Key) {
        (Key::MethodKindNumber, Key::MethodRuleNumber)
    }
}

/// Says how to turn a text into a number.
pub(super) fn remedy(written: &Written) -> Option<String> {
    let Written::Text(text) = written else { return None };
    let is_number = text.trim().parse::<Decimal>().is_ok();
    let hint = if is_number {
        "write it without quotes"
    } else {
        "write the number alone; words fit in `note`"
    };
    Some(hint.to_owned())
}

/// The points of a curve for `criteria.json`.
pub(super) fn points(curve: &Curve) -> Vec<(Box<serde_json::value::RawValue>, u8)> {
    curve.points().iter().map(|(x, utility)| (json_number(*x), *utility)).collect()
}

/// The points of a curve as steps of a scale.
pub(super) fn steps(curve: &Curve, strings: &Strings) -> Vec<Step> {
    let points = curve.points().iter();
    points.map(|(x, u)| Step::new(strings.number(x.to_string()), *u)).collect()
}
