//! Goals: weights over scored criteria, requirements that their kinds can answer.

use std::sync::Arc;

use super::{Resolver, start, text, withheld};
use crate::book::{Criterion, CriterionId, FrameworkId, Goal, Pick, Requirement};
use crate::book::{Test, Value};
use crate::diag::{Code, Diagnostic, Span};
use crate::kinds::{read_decimal, tag_positions};
use crate::raw::{self, Doc, Prose, Spanned};

/// The margin of goals that name none, in tenths of a point (docs/method.md,
/// "Ranks, ties and close calls").
const TIE_MARGIN: u32 = 20;

impl Resolver<'_> {
    /// Goals by slug.
    pub(super) fn goals(&mut self, criteria: &[Criterion]) -> Vec<Goal> {
        let raw = self.raw;
        let mut goals = Vec::new();
        for doc in &raw.goals {
            let withheld = withheld(doc.front.draft.as_ref(), None, self.options.today);
            if !self.options.leaves_out(withheld)
                && let Some(prose) = &doc.prose
            {
                goals.push(self.goal(doc, prose, criteria));
            }
        }
        goals
    }

    fn goal(
        &mut self,
        doc: &Doc<raw::Goal>,
        prose: &Arc<Prose>,
        criteria: &[Criterion],
    ) -> Goal {
        let front = &doc.front;
        let percent =
            |whole: &raw::BoundedInt<0, 100>| u8::try_from(whole.0.value).unwrap_or(100);
        let requirements = front.require.iter();
        Goal {
            slug: doc.slug.clone(),
            title: front.title.value.clone(),
            question: front.question.value.clone(),
            audience: text(front.audience.as_ref()),
            weights: self.weights(doc, criteria),
            requirements: requirements
                .filter_map(|r| self.requirement(r, criteria))
                .collect(),
            picks: front.picks.iter().filter_map(|pick| self.pick(pick)).collect(),
            why: self.why(front),
            tie_margin: self.tie_margin(front),
            coverage: percent(&front.coverage),
            applicability: percent(&front.applicability),
            stale: front.stale,
            related_links: self.related_links(&front.related, front.cta.as_ref()),
            aliases: super::aliases(&front.aliases),
            prose: self.prose(prose),
            withheld: withheld(front.draft.as_ref(), None, self.options.today),
            span: start(doc.file),
        }
    }

    fn weights(
        &mut self,
        doc: &Doc<raw::Goal>,
        criteria: &[Criterion],
    ) -> Vec<(CriterionId, u8)> {
        let mut weights = Vec::new();
        let mut is_faulty =
            doc.front.may_have("weights") || self.raw.broken.contains(&doc.file);
        for (key, weight) in &doc.front.weights.entries {
            let Some(id) = self.names.criteria.get(&key.value, key.span, self.diags)
            else {
                is_faulty = true;
                continue;
            };
            let criterion = &criteria[id.index()];
            let is_broken = self.broken.contains(criterion.id.as_str());
            if is_broken || !criterion.kind.is_scored() {
                if !is_broken {
                    self.not_scored(criterion, key.span);
                }
                is_faulty = true;
                continue;
            }
            weights.push((id, u8::try_from(weight.0.value).unwrap_or(10)));
        }
        if weights.iter().all(|(_, weight)| *weight == 0) && !is_faulty {
            let span = match doc.front.weights.entries.first() {
                Some((key, _)) => key.span,
                None => start(doc.file),
            };
            let message = format!("the goal `{}` has no weight over 0", doc.slug);
            let found = Diagnostic::new(Code::NoWeights, span, message);
            self.diags.push(found.hint("write `[weights]` and a criterion with 1 to 10"));
        }
        weights.sort_unstable();
        weights
    }

    fn not_scored(&mut self, criterion: &Criterion, span: Span) {
        let message = format!("`{}` is not scored, so it cannot weigh", criterion.id);
        let found = Diagnostic::new(Code::NotScored, span, message);
        let hint = criterion.kind.scoring_hint();
        self.diags.push(found.label(criterion.span, "declared here").hint(hint));
    }

    fn requirement(
        &mut self,
        raw: &raw::Requirement,
        criteria: &[Criterion],
    ) -> Option<Requirement> {
        let Spanned { value: id, span } = &raw.criterion.0;
        let criterion = self.names.criteria.get(id, *span, self.diags);
        let given: Vec<(&str, &Spanned<raw::Value>)> = [
            ("is", &raw.r#is),
            ("not", &raw.r#not),
            ("at_least", &raw.at_least),
            ("at_most", &raw.at_most),
            ("has", &raw.has),
            ("any", &raw.any),
        ]
        .into_iter()
        .filter_map(|(key, operand)| operand.as_ref().map(|operand| (key, operand)))
        .collect();
        if raw.has_unknown || raw.lost.iter().any(|key| *key != "criterion") {
            return None;
        }
        let &[(key, operand)] = given.as_slice() else {
            let message = "a requirement has one of `is`, `not`, `at_least`, `at_most`, `has` \
                           and `any`";
            let found = Diagnostic::new(Code::MissingKey, *span, message);
            let found = match given.as_slice() {
                [(_, first), (_, second), ..] => {
                    found.label(first.span, "one here").label(second.span, "another here")
                }
                _ => found.hint("write what the fact must be, such as `is = true`"),
            };
            self.diags.push(found);
            return None;
        };
        let id = criterion?;
        let test = self.test(key, operand, &criteria[id.index()])?;
        Some(Requirement { criterion: id, test })
    }

    fn test(
        &mut self,
        key: &str,
        operand: &Spanned<raw::Value>,
        criterion: &Criterion,
    ) -> Option<Test> {
        if self.broken.contains(criterion.id.as_str()) {
            return None;
        }
        if matches!(key, "has" | "any") && items(operand).is_empty() {
            let message = "expected one value or more, found an empty list";
            let found = Diagnostic::new(Code::BadValue, operand.span, message);
            self.diags
                .push(found.hint("name what is asked for, or remove the requirement"));
            return None;
        }
        let kind = &criterion.kind;
        match (key, kind.members()) {
            ("is", _) => self.value(operand, criterion).map(Test::Is),
            ("not", _) => self.value(operand, criterion).map(Test::Not),
            ("at_least", _) if kind.is_ordered() => {
                self.value(operand, criterion).map(Test::AtLeast)
            }
            ("at_most", _) if kind.is_ordered() => {
                self.value(operand, criterion).map(Test::AtMost)
            }
            ("has", Some(tags)) => {
                tag_positions(&items(operand), tags, self.diags).map(Test::Has)
            }
            ("any", Some(tags)) => {
                tag_positions(&items(operand), tags, self.diags).map(Test::AnyTag)
            }
            ("any", None) => {
                let items = items(operand);
                let values: Vec<Option<Value>> =
                    items.iter().map(|item| self.value(item, criterion)).collect();
                values.into_iter().collect::<Option<Vec<Value>>>().map(Test::Any)
            }
            _ => {
                let message = format!("`{}` cannot be asked with `{key}`", criterion.id);
                let found = Diagnostic::new(Code::NotScored, operand.span, message);
                let found = found.label(criterion.span, "declared here");
                let hint = if key == "has" {
                    "`has` is for tags; write `is` or `any`"
                } else {
                    "its values have no order; write `is`, `not` or `any`"
                };
                self.diags.push(found.hint(hint));
                None
            }
        }
    }

    fn pick(&mut self, raw: &raw::Pick) -> Option<Pick> {
        let (framework, source) = (&raw.framework, &raw.source);
        let framework =
            self.names.frameworks.get(&framework.value, framework.span, self.diags);
        let source = self.names.sources.get(&source.value, source.span, self.diags);
        Some(Pick { framework: framework?, source: source? })
    }

    fn why(&mut self, front: &raw::Goal) -> Vec<(FrameworkId, String)> {
        let mut why = Vec::new();
        for (slug, text) in &front.why.entries {
            let id = self.names.frameworks.get(&slug.value, slug.span, self.diags);
            why.extend(id.map(|id| (id, text.value.clone())));
        }
        why
    }

    fn tie_margin(&mut self, front: &raw::Goal) -> u32 {
        let Some(number) = &front.tie_margin else { return TIE_MARGIN };
        let Some(margin) = read_decimal(number, self.diags) else { return TIE_MARGIN };
        let tenths = margin.billionths() / 100_000_000;
        match u32::try_from(tenths) {
            Ok(tenths) if tenths <= 1000 && margin.decimals() <= 1 => tenths,
            _ => {
                let message = format!(
                    "expected a margin from 0 to 100 in tenths, found `{}`",
                    number.0.value
                );
                let found = Diagnostic::new(Code::OutOfRange, number.0.span, message);
                self.diags.push(found.hint("write one such as `2.5`"));
                TIE_MARGIN
            }
        }
    }
}

/// The items of a list, or the one value that stands in its place.
fn items(operand: &Spanned<raw::Value>) -> Vec<Spanned<raw::Value>> {
    match &operand.value {
        raw::Value::List(items) => items.clone(),
        _ => vec![operand.clone()],
    }
}
