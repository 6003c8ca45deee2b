//! The traits of criterion kinds.

use std::cmp::{Ordering, Reverse};
use std::fmt::Debug;
use std::ops::Deref;

use serde::Serialize;
use serde_json::value::RawValue;

use super::value::csv_text;
use super::{ALL, Choice, Criterion, Direction, JsonValue, NAMES, Named, Registered};
use super::{Test, Value, json_number};
use crate::diag::{Code, Diagnostic, Diagnostics, List, Span};
use crate::schema::reader::{FromToml, Reader, Toml};
use crate::schema::{Spanned, Type, Value as Written};
use crate::strings::{Key, Strings};

/// The kind of a criterion with what its declaration says, such as options or a unit.
///
/// Values that are passed to it are of this kind.
pub trait CriterionKind: Debug + Send + Sync {
    /// Names the values that it expects, after "expected": "a number".
    fn expected(&self) -> &'static str;

    /// Reads the value of a fact or the operand of a requirement.
    fn parse(
        &self,
        written: &Spanned<Written>,
        diags: &mut Diagnostics,
    ) -> Result<Value, NoValue>;

    /// Says how a value of another type becomes one of this kind, where that is plain.
    fn remedy(&self, _written: &Written) -> Option<String> {
        None
    }

    /// Whether a fact with this value needs a note.
    fn needs_note(&self, _value: &Value) -> bool {
        false
    }

    /// The utility of a value, 0 to 100; none if the criterion is not scored.
    fn utility(&self, _value: &Value) -> Option<u8> {
        None
    }

    /// Whether values have utilities.
    fn is_scored(&self) -> bool {
        false
    }

    /// Says how to have the criterion scored, or what to do instead.
    fn scoring_hint(&self) -> &'static str {
        "ask for it in a `[[require]]`, or weigh another criterion"
    }

    /// The values whose utility is `utility` (1 to 100) or more, in words.
    fn reaching(&self, _utility: u8, _strings: &Strings) -> Option<String> {
        None
    }

    /// Whether requirements may ask for "at least" and "at most".
    fn is_ordered(&self) -> bool {
        false
    }

    /// Whether requirements are worded as dates are: "or later" in place of "at least".
    fn is_dated(&self) -> bool {
        false
    }

    /// The order of two values for requirements and, before ties are broken, for sorting.
    fn order(&self, a: &Value, b: &Value) -> Ordering {
        match (a, b) {
            (Value::Number(a), Value::Number(b)) => a.cmp(b),
            (Value::Date(a), Value::Date(b)) => a.cmp(b),
            (Value::Choice(a), Value::Choice(b)) => a.cmp(b),
            (Value::Choices(a), Value::Choices(b)) => a.len().cmp(&b.len()),
            _ => Ordering::Equal,
        }
    }

    /// Whether two values are the same for a requirement.
    fn is_equal(&self, a: &Value, b: &Value) -> bool {
        a == b
    }

    /// The tags that requirements may ask for with `has`.
    fn members(&self) -> Option<&[Named]> {
        None
    }

    /// The requirement that a filter offers to readers, if good and other values differ.
    fn filter(&self) -> Option<Test> {
        None
    }

    /// The values that are better than others of the same utility, if some are.
    fn direction(&self) -> Option<Direction> {
        None
    }

    /// Whether the better of two values is marked.
    fn marks_better(&self) -> bool {
        true
    }

    /// Whether the largest values come first when readers sort.
    fn sorts_descending(&self) -> bool {
        true
    }

    /// Whether values are aligned as numbers are.
    fn is_number(&self) -> bool {
        false
    }

    /// The unit, which is shown apart from values; empty if there is none.
    fn unit(&self) -> &str {
        ""
    }

    /// A value in words, without its unit.
    fn text(&self, value: &Value, strings: &Strings) -> String {
        match value {
            Value::Number(number) => strings.number(number.to_string()),
            Value::Date(day) => strings.date(*day),
            Value::Text(text) => text.clone(),
            Value::Choice(_) | Value::Choices(_) => String::new(),
        }
    }

    /// The colour of a cell with this value.
    fn state(&self, _value: &Value) -> State {
        State::Value
    }

    /// The web address that a cell with this value links to; empty if there is none.
    fn link<'a>(&self, _value: &'a Value) -> &'a str {
        ""
    }

    /// A value in the JSON data files.
    fn json<'a>(&'a self, value: &'a Value) -> JsonValue<'a> {
        match value {
            Value::Number(number) => JsonValue::Number(json_number(*number)),
            Value::Date(day) => JsonValue::Owned(day.to_string()),
            Value::Text(text) => JsonValue::Word(text),
            Value::Choice(_) => JsonValue::Word(""),
            Value::Choices(_) => JsonValue::Words(Vec::new()),
        }
    }

    /// A value in `matrix.csv`.
    fn csv(&self, value: &Value) -> String {
        match value {
            Value::Number(number) => number.to_string(),
            Value::Date(day) => day.to_string(),
            Value::Text(text) => csv_text(text),
            Value::Choice(_) | Value::Choices(_) => String::new(),
        }
    }

    /// The kind's own keys in `criteria.json`.
    fn json_keys(&self) -> JsonKeys<'_> {
        JsonKeys::default()
    }

    /// Names of answers that readers may search for.
    fn search_words(&self) -> Vec<&str> {
        Vec::new()
    }

    /// The kind in words, with its unit or the number of its answers.
    fn describe(&self, strings: &Strings) -> String;

    /// The scale of a criterion with this title, for its page.
    fn scale(&self, _title: &str, strings: &Strings) -> Scale {
        Scale {
            text: vec![strings.get(Key::CriterionUnscored).to_owned()],
            head: strings.get(Key::CriterionAnswer).to_owned(),
            steps: Vec::new(),
        }
    }

    /// The name and the rule of the kind on the page about the method.
    fn method(&self) -> (Key, Key) {
        (Key::MethodKindNone, Key::MethodRuleNone)
    }
}

/// The part of a kind that is known without a declaration.
pub(super) trait Declared: CriterionKind + Sized + 'static {
    /// See [`Registered::name`].
    const NAME: &'static str;
    /// See [`Registered::doc`].
    const DOC: &'static str;
    /// See [`Registered::example`].
    const EXAMPLE: (&'static str, &'static str);
    /// See [`Registered::keys`].
    const KEYS: &'static [&'static str] = &[];

    /// Reads the declaration of a criterion; none if what facts may say is not known, which
    /// has been reported.
    fn declare(raw: &Criterion, diags: &mut Diagnostics) -> Option<Self>;
}

/// The reason why there is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoValue {
    /// It is of another type than the kind expects, which is still to be reported.
    WrongType,
    /// It has been reported.
    Reported,
}

/// The state of a cell, by which it is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Partly.
    Part,
    /// Nothing is known.
    Unk,
    /// The criterion cannot apply.
    Na,
    /// Any other value.
    Value,
}

/// The keys of `criteria.json` that only some kinds have.
#[derive(Debug, Default)]
pub struct JsonKeys<'a> {
    /// Sentences on what earns 1, 2, 3, 4 and 5.
    pub rubric: Option<&'a [String]>,
    /// The better answer.
    pub better: Option<&'static str>,
    /// The options.
    pub options: Option<&'a [Choice]>,
    /// The tags.
    pub tags: Option<&'a [Named]>,
    /// The unit.
    pub unit: Option<&'a str>,
    /// Points of the curve: a number and its utility.
    pub utility: Option<Vec<(Box<RawValue>, u8)>>,
}

/// The utilities of a criterion's answers, as its page shows them.
#[derive(Debug)]
pub struct Scale {
    /// Sentences before the table.
    pub text: Vec<String>,
    /// The heading of the answers: "Answer", "Throughput in req/s".
    pub head: String,
    /// The answers; empty if they are not scored.
    pub steps: Vec<Step>,
}

/// An answer and its utility.
#[derive(Debug)]
pub struct Step {
    /// The answer.
    pub answer: String,
    /// The condition for it; empty without a rubric.
    pub earns: String,
    /// Its utility, 0 to 100.
    pub utility: u8,
}

impl Step {
    /// An answer without a sentence on what earns it.
    pub(super) fn new(answer: impl Into<String>, utility: u8) -> Self {
        Self { answer: answer.into(), earns: String::new(), utility }
    }
}

/// The kind of a criterion.
#[derive(Debug)]
pub struct Kind {
    /// Its word in `criteria.toml`.
    pub name: &'static str,
    behaviour: Box<dyn CriterionKind>,
}

impl Deref for Kind {
    type Target = dyn CriterionKind;

    fn deref(&self) -> &Self::Target {
        &*self.behaviour
    }
}

impl Kind {
    /// A kind of a name.
    pub(super) fn new(name: &'static str, kind: impl CriterionKind + 'static) -> Self {
        Self { name, behaviour: Box::new(kind) }
    }

    /// A value in words with its unit: "12,345 req/s".
    pub fn text_with_unit(&self, value: &Value, strings: &Strings) -> String {
        let text = self.text(value, strings);
        let unit = self.unit();
        if unit.is_empty() { text } else { format!("{text}\u{a0}{unit}") }
    }

    /// The tags at these positions.
    pub fn members_at<'a>(&'a self, at: &'a [usize]) -> impl Iterator<Item = &'a Named> {
        at.iter().filter_map(|at| self.members()?.get(*at))
    }

    /// The order of two values for sorting; only equal values tie.
    pub fn compare(&self, a: &Value, b: &Value) -> Ordering {
        self.order(a, b).then_with(|| match (a, b) {
            (Value::Choice(a), Value::Choice(b)) => Reverse(a).cmp(&Reverse(b)),
            (Value::Choices(a), Value::Choices(b)) => Reverse(a).cmp(&Reverse(b)),
            (Value::Text(a), Value::Text(b)) => {
                (a.to_lowercase(), a).cmp(&(b.to_lowercase(), b))
            }
            _ => Ordering::Equal,
        })
    }
}

/// The `kind` of a declaration.
#[derive(Debug, Clone, Copy)]
pub struct KindName(pub(super) &'static Registered);

impl FromToml for KindName {
    const TYPE: Type = Type::Word(NAMES);

    fn read(value: &Toml<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let name = reader.word(value, &Self::TYPE)?;
        ALL.iter().find(|kind| kind.name == name).map(Self)
    }

    fn placeholder(_: Span) -> Self {
        // A text needs no keys, so nothing is held against such a criterion.
        Self(ALL.iter().find(|kind| kind.name == "text").unwrap_or(&ALL[0]))
    }
}

/// Reports keys of a declaration that have no meaning for its kind.
pub fn key_not_for_kind(raw: &Criterion, diags: &mut Diagnostics) {
    let given = [
        ("rubric", raw.rubric.first().map(|text| text.span)),
        ("better", raw.better.as_ref().map(|better| better.span)),
        ("options", raw.options.first().map(|option| option.span)),
        ("tags", raw.tags.first().map(|tag| tag.span)),
        ("unit", raw.unit.as_ref().map(|unit| unit.span)),
        ("utility", raw.utility.as_ref().map(|points| points.span)),
    ];
    let kind = raw.kind.0;
    for (key, span) in given {
        let Some(span) = span.filter(|_| !kind.keys.contains(&key)) else { continue };
        if raw.has_lost("kind") {
            continue;
        }
        let name = kind.name;
        let message = format!("`{key}` has no meaning for a criterion of kind `{name}`");
        let fits = ALL.iter().filter(|kind| kind.keys.contains(&key));
        let fits: Vec<&str> = fits.map(|kind| kind.name).collect();
        let hint = format!("remove it, or make the kind {}", List::or(&fits));
        diags.push(Diagnostic::new(Code::KeyNotForKind, span, message).hint(hint));
    }
}
