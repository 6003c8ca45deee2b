//! One of several options.

use std::cmp::Ordering;

use serde::Serialize;

use super::kind::Declared;
use super::value::csv_text;
use super::{Criterion, CriterionKind, JsonKeys, JsonValue, NoValue, Scale, Step, Test};
use super::{Value, declaration, list};
use crate::diag::{Code, Diagnostic, Diagnostics, List};
use crate::schema::{Spanned, Value as Written};
use crate::strings::{Key, Strings};

/// The least utility of an option that is offered to readers as a filter.
const GOOD: u8 = 75;

/// One of several options.
#[derive(Debug)]
pub(super) struct ChoiceKind {
    options: Vec<Choice>,
}

/// An option.
#[derive(Debug, Serialize)]
pub struct Choice {
    /// Its id.
    id: String,
    /// Its name.
    title: String,
    /// Its utility, 0 to 100.
    utility: u8,
}

impl Declared for ChoiceKind {
    const NAME: &'static str = "choice";
    const DOC: &'static str = "One of the options";
    const EXAMPLE: (&'static str, &'static str) = (
        "options = [{ id = \"built-in\", title = \"Built in\", utility = 100 }]",
        "\"built-in\"",
    );
    const KEYS: &'static [&'static str] = &["options"];

    fn declare(raw: &Criterion, diags: &mut Diagnostics) -> Option<Self> {
        if raw.options.is_empty() && !raw.may_have("options") {
            let message = format!("the criterion `{}` has no options", raw.id.value);
            let found = Diagnostic::new(Code::MissingKey, raw.id.span, message);
            let hint =
                "write `options = [{ id = \"…\", title = \"…\", utility = 100 }, …]`";
            diags.push(found.hint(hint));
        }
        declaration::unique("option", raw.options.iter().map(|o| &o.id), diags);
        let options = raw.options.iter().map(|option| Choice {
            id: option.id.value.clone(),
            title: option.title.value.clone(),
            utility: u8::try_from(option.utility.0.value).unwrap_or(100),
        });
        (!raw.options.is_empty()).then(|| Self { options: options.collect() })
    }
}

impl ChoiceKind {
    fn option(&self, value: &Value) -> Option<&Choice> {
        self.options.get(value.choice()?)
    }
}

impl CriterionKind for ChoiceKind {
    fn expected(&self) -> &'static str {
        "the id of an option"
    }

    fn parse(
        &self,
        written: &Spanned<Written>,
        diags: &mut Diagnostics,
    ) -> Result<Value, NoValue> {
        let Written::Text(text) = &written.value else { return Err(NoValue::WrongType) };
        if let Some(at) = self.options.iter().position(|option| option.id == *text) {
            return Ok(Value::Choice(at));
        }
        let message = format!("unknown option `{text}`");
        let found = Diagnostic::new(Code::UnknownOption, written.span, message);
        let known = self.options.iter().map(|option| option.id.as_str());
        diags.push(found.did_you_mean(text, known));
        Err(NoValue::Reported)
    }

    fn remedy(&self, _written: &Written) -> Option<String> {
        let ids: Vec<&str> =
            self.options.iter().map(|option| option.id.as_str()).collect();
        (ids.len() <= 8).then(|| format!("use one of {}", List::or(&ids)))
    }

    fn utility(&self, value: &Value) -> Option<u8> {
        self.option(value).map(|option| option.utility)
    }

    fn is_scored(&self) -> bool {
        true
    }

    fn reaching(&self, utility: u8, strings: &Strings) -> Option<String> {
        let reach = self.options.iter().filter(|option| option.utility >= utility);
        let titles: Vec<&str> = reach.map(|option| option.title.as_str()).collect();
        (!titles.is_empty()).then(|| list(&titles, strings.get(Key::Or)))
    }

    fn is_ordered(&self) -> bool {
        true
    }

    /// By utility, so that "at least" means "as good as".
    fn order(&self, a: &Value, b: &Value) -> Ordering {
        self.utility(a).cmp(&self.utility(b))
    }

    fn filter(&self) -> Option<Test> {
        let good = self.options.iter().enumerate().filter(|(_, o)| o.utility >= GOOD);
        let good: Vec<Value> = good.map(|(at, _)| Value::Choice(at)).collect();
        match good.as_slice() {
            [] => None,
            [one] => Some(Test::Is(one.clone())),
            several if several.len() < self.options.len() => Some(Test::Any(good)),
            _ => None,
        }
    }

    fn text(&self, value: &Value, _strings: &Strings) -> String {
        self.option(value).map_or_else(String::new, |option| option.title.clone())
    }

    fn json<'a>(&'a self, value: &'a Value) -> JsonValue<'a> {
        JsonValue::Word(self.option(value).map_or("", |option| &option.id))
    }

    fn csv(&self, value: &Value) -> String {
        csv_text(self.option(value).map_or("", |option| &option.title))
    }

    fn json_keys(&self) -> JsonKeys<'_> {
        JsonKeys { options: Some(&self.options), ..JsonKeys::default() }
    }

    fn search_words(&self) -> Vec<&str> {
        self.options.iter().map(|option| &*option.title).collect()
    }

    fn describe(&self, strings: &Strings) -> String {
        strings.count(Key::KindChoice, self.options.len(), &[])
    }

    fn scale(&self, _title: &str, strings: &Strings) -> Scale {
        let steps = self.options.iter();
        let steps = steps.map(|option| Step::new(option.title.clone(), option.utility));
        Scale {
            text: Vec::new(),
            head: strings.get(Key::CriterionAnswer).to_owned(),
            steps: steps.collect(),
        }
    }

    fn method(&self) -> (Key, Key) {
        (Key::MethodKindChoice, Key::MethodRuleChoice)
    }
}
