//! The scale of a criterion: what each answer is worth.

use serde::Serialize;

use crate::book::{Criterion, Curve, Direction, Key, Kind};
use crate::rank::core::rating;
use crate::render::Strings;
use crate::render::sentences::list;

/// What answers are worth.
#[derive(Serialize)]
pub(super) struct ScaleView {
    /// What is to be said before the table.
    text: Vec<String>,
    /// What the answers are: "Answer", "Throughput in req/s".
    head: String,
    /// Whether sentences say what earns each answer.
    has_rubric: bool,
    /// The answers; empty if they are not scored.
    steps: Vec<StepView>,
}

/// What an answer is worth.
#[derive(Serialize)]
struct StepView {
    /// The answer.
    answer: String,
    /// What earns it; empty without a rubric.
    earns: String,
    /// 0 to 100.
    worth: u8,
    /// The same as text, for a bar.
    share: String,
}

/// The scale of a criterion.
pub(super) fn view(criterion: &Criterion, strings: &Strings) -> ScaleView {
    let steps = steps(criterion, strings);
    let head = match &criterion.kind {
        Kind::Number { unit, .. } => {
            let values = [("criterion", &*criterion.title), ("unit", unit)];
            strings.say(Key::CriterionInUnit, &values)
        }
        Kind::Tags { .. } => strings.get(Key::CriterionCount).to_owned(),
        _ => strings.get(Key::CriterionAnswer).to_owned(),
    };
    let has_rubric = steps.iter().any(|step| !step.earns.is_empty());
    ScaleView { text: text(criterion, strings), head, has_rubric, steps }
}

fn steps(criterion: &Criterion, strings: &Strings) -> Vec<StepView> {
    let step = |answer: &str, worth: u8| StepView {
        answer: answer.to_owned(),
        earns: String::new(),
        worth,
        share: worth.to_string(),
    };
    match &criterion.kind {
        Kind::Rating { rubric } => (1..=5_u8)
            .zip(rubric)
            .map(|(stars, earns)| StepView {
                answer: stars.to_string(),
                earns: earns.clone(),
                worth: rating(2 * stars),
                share: rating(2 * stars).to_string(),
            })
            .collect(),
        Kind::Boolean { better_yes } => {
            let (yes, no) = if *better_yes { (100, 0) } else { (0, 100) };
            vec![
                step(strings.get(Key::ValueYes), yes),
                step(strings.get(Key::ValuePart), 50),
                step(strings.get(Key::ValueNo), no),
            ]
        }
        Kind::Choice { options } => {
            options.iter().map(|option| step(&option.title, option.utility)).collect()
        }
        Kind::Number { curve, .. } | Kind::Tags { curve: Some(curve), .. } => {
            let points = curve.points().iter();
            points
                .map(|(x, worth)| step(&strings.number(x.to_string()), *worth))
                .collect()
        }
        Kind::Tags { curve: None, .. }
        | Kind::Version
        | Kind::Date
        | Kind::Text
        | Kind::Url => Vec::new(),
    }
}

fn text(criterion: &Criterion, strings: &Strings) -> Vec<String> {
    let say = |key: Key| strings.get(key).to_owned();
    match &criterion.kind {
        Kind::Rating { .. } => vec![say(Key::CriterionHalves)],
        Kind::Number { curve, .. } => vec![direction(curve, strings)],
        Kind::Tags { tags, curve } => {
            let titles: Vec<_> = tags.iter().map(|tag| tag.title.as_str()).collect();
            let titles = list(&titles, strings.get(Key::And));
            let key = match curve {
                Some(_) => Key::CriterionTagsCount,
                None => Key::CriterionTagsUnscored,
            };
            vec![strings.say(key, &[("tags", &titles)])]
        }
        Kind::Boolean { .. } | Kind::Choice { .. } => Vec::new(),
        Kind::Version | Kind::Date | Kind::Text | Kind::Url => {
            vec![say(Key::CriterionUnscored)]
        }
    }
}

fn direction(curve: &Curve, strings: &Strings) -> String {
    let key = match curve.direction() {
        Direction::Higher => Key::CriterionHigher,
        Direction::Lower => Key::CriterionLower,
        Direction::Mixed => Key::CriterionMixed,
    };
    format!("{} {}", strings.get(key), strings.get(Key::CriterionBetween))
}
