//! The scale of a criterion: what each answer is worth.

use serde::Serialize;

use crate::book::Criterion;
use crate::site::Strings;

/// The utilities of answers.
#[derive(Serialize)]
pub(in crate::site) struct ScaleView {
    /// Sentences before the table.
    text: Vec<String>,
    /// The heading of the answers: "Answer", "Throughput in req/s".
    head: String,
    /// Whether sentences say what earns each answer.
    has_rubric: bool,
    /// The answers; empty if they are not scored.
    steps: Vec<StepView>,
}

/// The utility of an answer.
#[derive(Serialize)]
struct StepView {
    /// The answer.
    answer: String,
    /// The condition for it; empty without a rubric.
    earns: String,
    /// 0 to 100.
    worth: u8,
    /// The same as text, for a bar.
    share: String,
}

/// The scale of a criterion.
pub(in crate::site) fn view(criterion: &Criterion, strings: &Strings) -> ScaleView {
    let scale = criterion.kind.scale(&criterion.title, strings);
    let steps = scale.steps.into_iter().map(|step| StepView {
        answer: step.answer,
        earns: step.earns,
        worth: step.utility,
        share: step.utility.to_string(),
    });
    let steps: Vec<StepView> = steps.collect();
    let has_rubric = steps.iter().any(|step| !step.earns.is_empty());
    ScaleView { text: scale.text, head: scale.head, has_rubric, steps }
}
