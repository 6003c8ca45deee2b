//! Any of several tags, scored by their count if at all.

use super::kind::Declared;
use super::value::csv_text;
use super::{Criterion, CriterionKind, Curve, Decimal, JsonKeys, JsonValue, Named};
use super::{NoValue, Scale, Value, curve, declaration, list, number, sentence};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::schema::{Spanned, Value as Written};
use crate::strings::{Key, Strings};

/// Any of several tags.
#[derive(Debug)]
pub(super) struct TagsKind {
    tags: Vec<Named>,
    /// The utility of a number of them, if it is scored.
    curve: Option<Curve>,
}

impl Declared for TagsKind {
    const NAME: &'static str = "tags";
    const DOC: &'static str = "Any of the tags";
    const EXAMPLE: (&'static str, &'static str) =
        ("tags = [{ id = \"oauth\", title = \"OAuth\" }]", "[\"oauth\"]");
    const KEYS: &'static [&'static str] = &["tags", "utility"];

    fn declare(raw: &Criterion, diags: &mut Diagnostics) -> Option<Self> {
        if raw.tags.is_empty() && !raw.may_have("tags") {
            let message = format!("the criterion `{}` has no tags", raw.id.value);
            let found = Diagnostic::new(Code::MissingKey, raw.id.span, message);
            diags.push(found.hint("write `tags = [{ id = \"…\", title = \"…\" }, …]`"));
        }
        declaration::unique("tag", raw.tags.iter().map(|tag| &tag.id), diags);
        let tags = raw.tags.iter().map(|tag| Named {
            id: tag.id.value.clone(),
            title: tag.title.value.clone(),
        });
        let curve = curve::read(raw, diags);
        let is_known = !raw.tags.is_empty() && (curve.is_some() || raw.utility.is_none());
        is_known.then(|| Self { tags: tags.collect(), curve })
    }
}

impl TagsKind {
    /// The tags of a value.
    fn tags<'a>(&'a self, value: &'a Value) -> impl Iterator<Item = &'a Named> {
        value.choices().iter().filter_map(|at| self.tags.get(*at))
    }

    /// The titles of a value's tags with commas between; none if there are no tags.
    fn titles(&self, value: &Value) -> Option<String> {
        let titles: Vec<&str> = self.tags(value).map(|tag| &*tag.title).collect();
        (!titles.is_empty()).then(|| titles.join(", "))
    }
}

impl CriterionKind for TagsKind {
    fn expected(&self) -> &'static str {
        "a list of tags"
    }

    fn parse(
        &self,
        written: &Spanned<Written>,
        diags: &mut Diagnostics,
    ) -> Result<Value, NoValue> {
        let Written::List(items) = &written.value else { return Err(NoValue::WrongType) };
        let positions = positions(items, &self.tags, diags);
        positions.map(Value::Choices).ok_or(NoValue::Reported)
    }

    fn remedy(&self, written: &Written) -> Option<String> {
        let is_text = matches!(written, Written::Text(_));
        is_text.then(|| "put it between `[` and `]`".to_owned())
    }

    fn utility(&self, value: &Value) -> Option<u8> {
        let count = i64::try_from(value.choices().len()).unwrap_or(i64::MAX);
        self.curve.as_ref().map(|curve| curve.at(count.into()))
    }

    fn is_scored(&self) -> bool {
        self.curve.is_some()
    }

    fn scoring_hint(&self) -> &'static str {
        "give the criterion `utility` points by the count of tags"
    }

    fn reaching(&self, utility: u8, strings: &Strings) -> Option<String> {
        let reach = self.curve.as_ref()?.reaching(utility, 0)?;
        let number = |x: Decimal| strings.number(x.to_string());
        let count = sentence::bound(reach, number, strings);
        Some(strings.say(Key::NeedTags, &[("count", &count)]))
    }

    fn members(&self) -> Option<&[Named]> {
        Some(&self.tags)
    }

    fn text(&self, value: &Value, strings: &Strings) -> String {
        let titles = self.titles(value);
        titles.unwrap_or_else(|| strings.get(Key::ValueNone).to_owned())
    }

    fn json<'a>(&'a self, value: &'a Value) -> JsonValue<'a> {
        JsonValue::Words(self.tags(value).map(|tag| &*tag.id).collect())
    }

    fn csv(&self, value: &Value) -> String {
        self.titles(value).map_or_else(|| "none".to_owned(), |titles| csv_text(&titles))
    }

    fn json_keys(&self) -> JsonKeys<'_> {
        JsonKeys {
            tags: Some(&self.tags),
            utility: self.curve.as_ref().map(number::points),
            ..JsonKeys::default()
        }
    }

    fn search_words(&self) -> Vec<&str> {
        self.tags.iter().map(|tag| &*tag.title).collect()
    }

    fn describe(&self, strings: &Strings) -> String {
        strings.count(Key::KindTags, self.tags.len(), &[])
    }

    fn scale(&self, _title: &str, strings: &Strings) -> Scale {
        let titles = self.search_words();
        let titles = list(&titles, strings.get(Key::And));
        let key = if self.is_scored() {
            Key::CriterionTagsCount
        } else {
            Key::CriterionTagsUnscored
        };
        let steps = self.curve.as_ref().map(|curve| number::steps(curve, strings));
        Scale {
            text: vec![strings.say(key, &[("tags", &titles)])],
            head: strings.get(Key::CriterionCount).to_owned(),
            steps: steps.unwrap_or_default(),
        }
    }

    fn method(&self) -> (Key, Key) {
        (Key::MethodKindTags, Key::MethodRuleTags)
    }
}

/// Reads tags as positions among the known ones, rising; none if one is unknown.
pub fn positions(
    items: &[Spanned<Written>],
    tags: &[Named],
    diags: &mut Diagnostics,
) -> Option<Vec<usize>> {
    let mut positions = Vec::new();
    let mut is_whole = true;
    for item in items {
        let Written::Text(text) = &item.value else {
            let message = format!("expected a tag, found {}", item.value.kind());
            let found = Diagnostic::new(Code::BadValue, item.span, message);
            diags.push(found.hint("write the tag's id between quotes"));
            is_whole = false;
            continue;
        };
        match tags.iter().position(|tag| tag.id == *text) {
            Some(position) if positions.contains(&position) => {
                let message = format!("duplicate tag `{text}`");
                let found = Diagnostic::new(Code::DuplicateId, item.span, message);
                diags.push(found.hint("remove one of them"));
            }
            Some(position) => positions.push(position),
            None => {
                let message = format!("unknown tag `{text}`");
                let found = Diagnostic::new(Code::UnknownTag, item.span, message);
                let known = tags.iter().map(|tag| tag.id.as_str());
                diags.push(found.did_you_mean(text, known));
                is_whole = false;
            }
        }
    }
    positions.sort_unstable();
    is_whole.then_some(positions)
}
