//! The fixed words of pages, from the theme's `strings/LANG.toml`.

mod locale_format;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use icu_plurals::{PluralCategory, PluralRules};
use jiff::civil::Date;
use serde::{Serialize, Serializer};

use locale_format::LocaleFormat;

include!(concat!(env!("OUT_DIR"), "/strings.rs"));

/// The contract of a string of the default theme, which a translation keeps.
struct Definition {
    key: Key,
    name: &'static str,
    /// The names that may be between braces.
    placeholders: &'static [&'static str],
    /// Whether it is said of a number of things, so that it has plural forms.
    has_count: bool,
}

impl Key {
    /// Every key, in byte order of the names.
    pub fn all() -> impl Iterator<Item = Key> {
        DEFINITIONS.iter().map(|definition| definition.key)
    }

    /// Finds the key of a name in strings files.
    pub fn from_name(name: &str) -> Option<Key> {
        let found = DEFINITIONS.binary_search_by(|known| known.name.cmp(name));
        Some(DEFINITIONS[found.ok()?].key)
    }

    /// Its name in strings files.
    pub fn name(self) -> &'static str {
        self.definition().name
    }

    /// The names that its text may have between braces.
    pub fn placeholders(self) -> &'static [&'static str] {
        self.definition().placeholders
    }

    /// Whether it is said of a number of things, so that it may have plural forms.
    pub fn has_count(self) -> bool {
        self.definition().has_count
    }

    fn definition(self) -> &'static Definition {
        &DEFINITIONS[self as usize]
    }
}

/// The fixed words of pages, by key.
#[derive(Debug, Clone)]
pub struct Strings {
    /// The texts of all keys of the default theme, in their order.
    texts: Vec<ThemeText>,
    /// Texts that only templates of the book's own themes read.
    own: BTreeMap<String, ThemeText>,
    format: Arc<LocaleFormat>,
}

/// The text of a key, with its plural forms if it has any.
#[derive(Debug, Clone)]
pub enum ThemeText {
    /// One text for all.
    Plain(Template),
    /// A text for each plural category of a language.
    Plural(Plural),
}

/// Texts by plural category.
#[derive(Debug, Clone)]
pub struct Plural {
    /// The rules of the texts' language.
    pub rules: Arc<PluralRules>,
    /// The text of the category `other`, which stands in for every category without one.
    pub other: Template,
    /// Texts of further categories.
    pub forms: Vec<(PluralCategory, Template)>,
}

/// A text with placeholders for values.
#[derive(Debug, Clone)]
pub struct Template {
    text: String,
    /// Parts between braces, with them.
    placeholders: Vec<Range<usize>>,
}

impl Template {
    /// Finds the placeholders of a text.
    pub fn new(text: String) -> Self {
        let opened = text.match_indices('{').map(|(at, _)| at);
        let placeholder = |at: usize| {
            let end = at + text[at..].find('}')? + 1;
            (!text[at + 1..end].contains('{')).then_some(at..end)
        };
        let placeholders = opened.filter_map(placeholder).collect();
        Self { text, placeholders }
    }

    /// The names between braces, in order.
    pub fn placeholders(&self) -> impl Iterator<Item = &str> {
        self.placeholders.iter().map(|range| &self.text[range.start + 1..range.end - 1])
    }

    /// The text with `{name}` replaced by each named value.
    fn fill(&self, values: &[(&str, &str)]) -> String {
        let text = &self.text;
        let mut filled = String::with_capacity(2 * text.len());
        let mut from = 0;
        for (range, name) in self.placeholders.iter().zip(self.placeholders()) {
            if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
                filled.push_str(&text[from..range.start]);
                filled.push_str(value);
                from = range.end;
            }
        }
        filled.push_str(&text[from..]);
        filled
    }
}

impl ThemeText {
    /// The text of no number in particular.
    fn general(&self) -> &Template {
        match self {
            Self::Plain(text) => text,
            Self::Plural(plural) => &plural.other,
        }
    }

    /// The text for a number of things.
    fn of_count(&self, count: usize) -> &Template {
        let Self::Plural(plural) = self else { return self.general() };
        let category = plural.rules.category_for(count);
        let form = plural.forms.iter().find(|(known, _)| *known == category);
        form.map_or(&plural.other, |(_, text)| text)
    }
}

impl Serialize for ThemeText {
    /// Writes a text, or texts by the plural categories that templates may ask for.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Plain(text) => serializer.serialize_str(&text.text),
            Self::Plural(plural) => {
                serializer.collect_map(CATEGORIES.map(|(name, category)| {
                    let form = plural.forms.iter().find(|(known, _)| *known == category);
                    (name, &form.map_or(&plural.other, |(_, text)| text).text)
                }))
            }
        }
    }
}

/// The plural categories of all languages, by their names in strings files.
pub(crate) const CATEGORIES: [(&str, PluralCategory); 6] = [
    ("zero", PluralCategory::Zero),
    ("one", PluralCategory::One),
    ("two", PluralCategory::Two),
    ("few", PluralCategory::Few),
    ("many", PluralCategory::Many),
    ("other", PluralCategory::Other),
];

impl Strings {
    /// Makes the strings of a site in a language from texts by key; where one is missing, its
    /// key is shown.
    pub fn new(language: &str, mut texts: BTreeMap<String, ThemeText>) -> Self {
        let known = DEFINITIONS.iter().map(|definition| {
            let found = texts.remove(definition.name);
            let missing = || ThemeText::Plain(Template::new(definition.name.to_owned()));
            found.unwrap_or_else(missing)
        });
        let format = Arc::new(LocaleFormat::new(language));
        Self { texts: known.collect(), own: texts, format }
    }

    /// All texts by the names of their keys, for templates.
    pub fn all(&self) -> BTreeMap<&str, &ThemeText> {
        let known = DEFINITIONS.iter().map(|definition| definition.name).zip(&self.texts);
        known.chain(self.own.iter().map(|(key, text)| (key.as_str(), text))).collect()
    }

    /// The text of a key.
    pub fn get(&self, key: Key) -> &str {
        &self.texts[key as usize].general().text
    }

    /// The text of a key with `{name}` replaced by each named value.
    pub fn say(&self, key: Key, values: &[(&str, &str)]) -> String {
        self.texts[key as usize].general().fill(values)
    }

    /// The text of a key for a number of things, with `{count}` replaced by the number and
    /// `{name}` by each named value.
    pub fn count(&self, key: Key, count: usize, values: &[(&str, &str)]) -> String {
        let number = self.number(count.to_string());
        let values = [values, &[("count", &number)]].concat();
        self.texts[key as usize].of_count(count).fill(&values)
    }

    /// A number that is given in plain digits as the language writes it: "12,345.5".
    pub fn number(&self, plain: String) -> String {
        self.format.number(plain)
    }

    /// A day as the language writes it: "22 November 2026".
    pub fn date(&self, date: Date) -> String {
        self.format.date(date)
    }
}

#[cfg(test)]
mod tests {
    use super::{DEFINITIONS, Key, Template};

    #[test]
    fn names_are_replaced_wherever_they_stand_and_values_are_not_read() {
        #[track_caller]
        fn case(text: &str, expected: &str) {
            let text = Template::new(text.to_owned());
            assert_eq!(text.fill(&[("a", "{b}"), ("b", "2")]), expected);
        }
        case("{a} and {b}{b}", "{b} and 22");
        case("{ {a {c} } {b}", "{ {a {c} } 2");
        case("{{a}}", "{{b}}");
        case("", "");
    }

    #[test]
    fn every_string_of_the_default_theme_has_a_key() {
        let text = include_str!("../themes/default/strings/en.toml");
        let table: toml::Table = toml::from_str(text).unwrap();
        assert_eq!(table.len(), DEFINITIONS.len());
        for (name, value) in &table {
            let key = Key::from_name(name).unwrap();
            assert_eq!((key.name(), key.has_count()), (name.as_str(), value.is_table()));
        }
    }
}
