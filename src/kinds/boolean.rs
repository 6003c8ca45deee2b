//! Yes, no or partly.

use super::declaration::Better;
use super::kind::Declared;
use super::{Criterion, CriterionKind, JsonKeys, JsonValue, NoValue, Scale, State, Step};
use super::{Test, Value, list};
use crate::diag::Diagnostics;
use crate::schema::{Spanned, Value as Written};
use crate::strings::{Key, Strings};

/// The positions of the answers, in rising order.
const NO: usize = 0;
const PARTLY: usize = 1;
const YES: usize = 2;

/// Yes, no or partly; a note says what is missing.
#[derive(Debug)]
pub(super) struct BooleanKind {
    /// Whether yes is the better answer.
    better_yes: bool,
}

impl Declared for BooleanKind {
    const NAME: &'static str = "boolean";
    const DOC: &'static str = "`true`, `false` or `\"partial\"`";
    const EXAMPLE: (&'static str, &'static str) = ("better = \"yes\"", "true");
    const KEYS: &'static [&'static str] = &["better"];

    fn declare(raw: &Criterion, _: &mut Diagnostics) -> Option<Self> {
        let better = raw.better.as_ref().map(|better| better.value);
        Some(Self { better_yes: better != Some(Better::No) })
    }
}

impl CriterionKind for BooleanKind {
    fn expected(&self) -> &'static str {
        "`true`, `false` or `\"partial\"`"
    }

    fn parse(
        &self,
        written: &Spanned<Written>,
        _: &mut Diagnostics,
    ) -> Result<Value, NoValue> {
        match &written.value {
            Written::Flag(flag) => Ok(Value::Choice(if *flag { YES } else { NO })),
            Written::Text(text) if text == "partial" => Ok(Value::Choice(PARTLY)),
            _ => Err(NoValue::WrongType),
        }
    }

    fn remedy(&self, written: &Written) -> Option<String> {
        let Written::Text(text) = written else { return None };
        match text.to_lowercase().as_str() {
            "yes" | "true" => Some("write `true`, without quotes".to_owned()),
            "no" | "false" => Some("write `false`, without quotes".to_owned()),
            _ => None,
        }
    }

    fn needs_note(&self, value: &Value) -> bool {
        value.choice() == Some(PARTLY)
    }

    fn utility(&self, value: &Value) -> Option<u8> {
        let answer = value.choice()?;
        let best = if self.better_yes { YES } else { NO };
        Some(if answer == PARTLY {
            50
        } else if answer == best {
            100
        } else {
            0
        })
    }

    fn is_scored(&self) -> bool {
        true
    }

    fn reaching(&self, utility: u8, strings: &Strings) -> Option<String> {
        let best = if self.better_yes { Key::ValueYes } else { Key::ValueNo };
        let words = [strings.get(Key::ValuePart), strings.get(best)];
        let words = if utility > 50 { &words[1..] } else { &words };
        Some(list(words, strings.get(Key::Or)))
    }

    fn is_ordered(&self) -> bool {
        true
    }

    fn filter(&self) -> Option<Test> {
        Some(Test::Is(Value::Choice(if self.better_yes { YES } else { NO })))
    }

    fn marks_better(&self) -> bool {
        false
    }

    fn text(&self, value: &Value, strings: &Strings) -> String {
        let key = match value.choice() {
            Some(YES) => Key::ValueYes,
            Some(PARTLY) => Key::ValuePart,
            _ => Key::ValueNo,
        };
        strings.get(key).to_owned()
    }

    /// Colours by the answer; none if no is the better one, since they would mislead.
    fn state(&self, value: &Value) -> State {
        match value.choice() {
            Some(PARTLY) => State::Part,
            _ if !self.better_yes => State::Value,
            Some(YES) => State::Yes,
            _ => State::No,
        }
    }

    fn json<'a>(&'a self, value: &'a Value) -> JsonValue<'a> {
        match value.choice() {
            Some(PARTLY) => JsonValue::Word("partial"),
            answer => JsonValue::Flag(answer == Some(YES)),
        }
    }

    fn csv(&self, value: &Value) -> String {
        self.json(value).in_address()
    }

    fn json_keys(&self) -> JsonKeys<'_> {
        let better = if self.better_yes { "yes" } else { "no" };
        JsonKeys { better: Some(better), ..JsonKeys::default() }
    }

    fn describe(&self, strings: &Strings) -> String {
        strings.get(Key::KindBoolean).to_owned()
    }

    fn scale(&self, _title: &str, strings: &Strings) -> Scale {
        let (yes, no) = if self.better_yes { (100, 0) } else { (0, 100) };
        Scale {
            text: Vec::new(),
            head: strings.get(Key::CriterionAnswer).to_owned(),
            steps: vec![
                Step::new(strings.get(Key::ValueYes), yes),
                Step::new(strings.get(Key::ValuePart), 50),
                Step::new(strings.get(Key::ValueNo), no),
            ],
        }
    }

    fn method(&self) -> (Key, Key) {
        (Key::MethodKindBoolean, Key::MethodRuleBoolean)
    }
}
