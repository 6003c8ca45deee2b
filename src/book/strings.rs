//! The fixed words of pages, from the theme's `strings/LANG.toml`.

use std::collections::BTreeMap;

/// The fixed words of pages, by key.
#[derive(Debug, Clone, Default)]
pub struct Strings {
    words: BTreeMap<String, String>,
}

impl Strings {
    /// Makes the words of a language from keys and texts.
    pub fn new(words: BTreeMap<String, String>) -> Self {
        Self { words }
    }

    /// All keys and texts, in order of the keys.
    pub fn all(&self) -> &BTreeMap<String, String> {
        &self.words
    }

    /// The text of a key; the key itself where the theme has none.
    pub fn get<'s>(&'s self, key: &'s str) -> &'s str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// The text of a key with `{name}` replaced by each named value.
    pub fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut text = self.get(key).to_owned();
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }
}
