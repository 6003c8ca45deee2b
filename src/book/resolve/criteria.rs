//! Groups and criteria: what each kind needs is there, and nothing else.

use super::{Resolver, symbols, text, texts};
use crate::book::{Choice, Criterion, Curve, CurveFault, Decimal, DecimalFault};
use crate::book::{Group, GroupId, Kind, Named};
use crate::diag::{Code, Diagnostic, Span};
use crate::kinds;
use crate::raw::{self, Number};

/// How utility points are written.
const POINTS: &str =
    "write `utility = [[value, 0], [value, 100]]`, what values are worth";

impl<'a> Resolver<'a> {
    /// Groups and criteria in the order of the pages.
    pub(super) fn criteria(&mut self) -> (Vec<Group>, Vec<Criterion>) {
        let raw = self.raw;
        let groups = raw.criteria.group.iter().map(|group| Group {
            id: group.id.value.clone(),
            title: group.title.value.clone(),
            summary: text(group.summary.as_ref()),
        });
        let criteria = symbols::in_order(raw).map(|criterion| self.criterion(criterion));
        let criteria = criteria.collect();
        (groups.collect(), criteria)
    }

    fn criterion(&mut self, raw: &'a raw::Criterion) -> Criterion {
        let is_lost =
            ["kind", "options", "tags", "utility"].iter().any(|k| raw.has_lost(k));
        let has_none = match raw.kind {
            kinds::Kind::Choice => raw.options.is_empty(),
            kinds::Kind::Tags => raw.tags.is_empty(),
            _ => false,
        };
        if is_lost || has_none {
            self.broken.insert(&raw.id.value);
        }
        self.keys_of_kind(raw);
        let group = self.names.groups.get(&raw.group.value, raw.group.span, self.diags);
        Criterion {
            id: raw.id.value.clone(),
            slug: raw.id.value.replace('_', "-"),
            group: group.unwrap_or(GroupId::at(0)),
            title: raw.title.value.clone(),
            question: raw.question.value.clone(),
            why: text(raw.why.as_ref()),
            kind: self.kind(raw),
            is_glance: raw.glance.as_ref().is_some_and(|glance| glance.value),
            max_age: raw.max_age.0.value,
            span: raw.id.span,
        }
    }

    fn kind(&mut self, raw: &'a raw::Criterion) -> Kind {
        match raw.kind {
            kinds::Kind::Rating => Kind::Rating { rubric: self.rubric(raw) },
            kinds::Kind::Boolean => {
                let better = raw.better.as_ref().map(|better| better.value);
                Kind::Boolean { better_yes: better != Some(kinds::Better::No) }
            }
            kinds::Kind::Choice => self.choice(raw),
            kinds::Kind::Number => self.number(raw),
            kinds::Kind::Tags => self.tags(raw),
            kinds::Kind::Version => Kind::Version,
            kinds::Kind::Date => Kind::Date,
            kinds::Kind::Text => Kind::Text,
            kinds::Kind::Url => Kind::Url,
        }
    }

    /// Reports keys that have no meaning for the kind.
    fn keys_of_kind(&mut self, raw: &raw::Criterion) {
        let points = raw.utility.as_ref();
        let given: [(&str, Option<Span>, &[kinds::Kind]); 6] = [
            ("rubric", raw.rubric.first().map(|t| t.span), &[kinds::Kind::Rating]),
            ("better", raw.better.as_ref().map(|b| b.span), &[kinds::Kind::Boolean]),
            ("options", raw.options.first().map(|o| o.span), &[kinds::Kind::Choice]),
            ("tags", raw.tags.first().map(|t| t.span), &[kinds::Kind::Tags]),
            ("unit", raw.unit.as_ref().map(|u| u.span), &[kinds::Kind::Number]),
            (
                "utility",
                points.map(|p| p.span),
                &[kinds::Kind::Number, kinds::Kind::Tags],
            ),
        ];
        for (key, span, kinds) in given {
            if let Some(span) = span
                && !kinds.contains(&raw.kind)
                && !raw.has_lost("kind")
            {
                let word = raw.kind.word();
                let message =
                    format!("`{key}` has no meaning for a criterion of kind `{word}`");
                let found = Diagnostic::new(Code::KeyNotForKind, span, message);
                let fits = kinds.iter().map(|k| k.word()).collect::<Vec<_>>();
                let fits = crate::diag::List::or(&fits).to_string();
                self.diags
                    .push(found.hint(format!("remove it, or make the kind {fits}")));
            }
        }
    }

    fn rubric(&mut self, raw: &raw::Criterion) -> Vec<String> {
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
            self.diags.push(found.hint(hint));
        }
        texts(&raw.rubric)
    }

    fn choice(&mut self, raw: &raw::Criterion) -> Kind {
        if raw.options.is_empty() && !raw.may_have("options") {
            let message = format!("the criterion `{}` has no options", raw.id.value);
            let found = Diagnostic::new(Code::MissingKey, raw.id.span, message);
            let hint =
                "write `options = [{ id = \"…\", title = \"…\", utility = 100 }, …]`";
            self.diags.push(found.hint(hint));
        }
        self.unique("option", raw.options.iter().map(|o| &o.id));
        let options = raw.options.iter().map(|option| Choice {
            id: option.id.value.clone(),
            title: option.title.value.clone(),
            utility: u8::try_from(option.utility.0.value).unwrap_or(100),
        });
        Kind::Choice { options: options.collect() }
    }

    fn number(&mut self, raw: &'a raw::Criterion) -> Kind {
        if raw.unit.is_none() && !raw.may_have("unit") {
            let message = format!("the criterion `{}` has no unit", raw.id.value);
            let found = Diagnostic::new(Code::MissingUnit, raw.id.span, message);
            self.diags.push(found.hint("write one such as `unit = \"req/s\"`"));
        }
        if raw.utility.is_none() && !raw.may_have("utility") {
            let message =
                format!("the criterion `{}` has no utility points", raw.id.value);
            let found = Diagnostic::new(Code::MissingUtility, raw.id.span, message);
            self.diags.push(found.hint(POINTS));
        }
        match self.curve(raw) {
            Some(curve) => {
                Kind::Number { unit: text(raw.unit.as_ref()).unwrap_or_default(), curve }
            }
            None => {
                self.broken.insert(&raw.id.value);
                Kind::Text
            }
        }
    }

    fn tags(&mut self, raw: &'a raw::Criterion) -> Kind {
        if raw.tags.is_empty() && !raw.may_have("tags") {
            let message = format!("the criterion `{}` has no tags", raw.id.value);
            let found = Diagnostic::new(Code::MissingKey, raw.id.span, message);
            self.diags
                .push(found.hint("write `tags = [{ id = \"…\", title = \"…\" }, …]`"));
        }
        self.unique("tag", raw.tags.iter().map(|tag| &tag.id));
        let tags = raw.tags.iter().map(|tag| Named {
            id: tag.id.value.clone(),
            title: tag.title.value.clone(),
        });
        let curve = self.curve(raw);
        if curve.is_none() && raw.utility.is_some() {
            self.broken.insert(&raw.id.value);
        }
        Kind::Tags { tags: tags.collect(), curve }
    }

    fn unique<'r>(&mut self, noun: &str, ids: impl Iterator<Item = &'r raw::Slug>) {
        let mut seen: Vec<&raw::Slug> = Vec::new();
        for id in ids.filter(|id| !id.value.is_empty()) {
            match seen.iter().find(|first| first.value == id.value) {
                Some(first) => {
                    let message = format!("duplicate {noun} `{}`", id.value);
                    let found = Diagnostic::new(Code::DuplicateId, id.span, message);
                    self.diags.push(found.label(first.span, "first defined here"));
                }
                None => seen.push(id),
            }
        }
    }

    /// Reads utility points; those that do not rise are reported at the guilty one.
    fn curve(&mut self, criterion: &raw::Criterion) -> Option<Curve> {
        let raw =
            criterion.utility.as_ref().filter(|_| !criterion.has_lost("utility"))?;
        let mut points = Vec::new();
        for (x, u) in &raw.points {
            points.push((self.decimal(x)?, u8::try_from(u.0.value).unwrap_or(100)));
        }
        let (span, message) = match Curve::new(points) {
            Ok(curve) => return Some(curve),
            Err(CurveFault::TooFew) => {
                let message = "expected two utility points or more";
                let found = Diagnostic::new(Code::BadUtility, raw.span, message);
                self.diags.push(found.hint(POINTS));
                return None;
            }
            Err(CurveFault::NotRising(i)) => {
                let (x, before) = (&raw.points[i].0.0, &raw.points[i - 1].0.0);
                let message = format!(
                    "utility points do not rise: `{}` after `{}`",
                    x.value, before.value
                );
                (x.span, message)
            }
            Err(CurveFault::TooLarge(i)) => {
                (raw.points[i].1.0.span, "a utility is from 0 to 100".to_owned())
            }
        };
        let found = Diagnostic::new(Code::BadUtility, span, message);
        self.diags.push(
            found.hint("order the points by their values, each larger than the last"),
        );
        None
    }

    /// Reads a number exactly.
    pub(super) fn decimal(&mut self, number: &Number) -> Option<Decimal> {
        let Number(number) = number;
        let fault = match number.value.parse() {
            Ok(decimal) => return Some(decimal),
            Err(fault) => fault,
        };
        let message = match fault {
            DecimalFault::NotDecimal => {
                format!("`{}` is not a decimal number", number.value)
            }
            DecimalFault::TooLarge => {
                format!("`{}` is too large to compare", number.value)
            }
            DecimalFault::TooFine => {
                format!("`{}` has more than 9 decimals", number.value)
            }
        };
        let found = Diagnostic::new(Code::OutOfRange, number.span, message);
        self.diags.push(found.hint("write one such as `1500` or `0.5`"));
        None
    }
}
