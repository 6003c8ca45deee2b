//! The fixed words of pages, from the theme's `strings/LANG.toml`.

use std::collections::BTreeMap;
use std::ops::Range;

use rapidhash::RapidHashMap;

/// The fixed words of pages, by key.
#[derive(Debug, Clone, Default)]
pub struct Strings {
    /// Every page asks for many of them.
    words: RapidHashMap<String, Words>,
}

/// A text with places for values.
#[derive(Debug, Clone)]
struct Words {
    text: String,
    /// Where something stands between braces, with them.
    holes: Vec<Range<usize>>,
}

impl Words {
    fn new(text: String) -> Self {
        let opened = text.match_indices('{').map(|(at, _)| at);
        let hole = |at: usize| {
            let end = at + text[at..].find('}')? + 1;
            (!text[at + 1..end].contains('{')).then_some(at..end)
        };
        let holes = opened.filter_map(hole).collect();
        Self { text, holes }
    }
}

impl Strings {
    /// Makes the words of a language from keys and texts.
    pub fn new(words: BTreeMap<String, String>) -> Self {
        let words = words.into_iter().map(|(key, text)| (key, Words::new(text)));
        Self { words: words.collect() }
    }

    /// All keys and texts, in order of the keys.
    pub fn all(&self) -> BTreeMap<&str, &str> {
        let words = self.words.iter();
        words.map(|(key, words)| (key.as_str(), words.text.as_str())).collect()
    }

    /// The text of a key; the key itself where the theme has none.
    pub fn get<'s>(&'s self, key: &'s str) -> &'s str {
        self.words.get(key).map_or(key, |words| &words.text)
    }

    /// The text of a key with `{name}` replaced by each named value.
    pub fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        let Some(Words { text, holes }) = self.words.get(key) else {
            return key.to_owned();
        };
        let mut said = String::with_capacity(2 * text.len());
        let mut from = 0;
        for hole in holes {
            let found = &text[hole.start + 1..hole.end - 1];
            if let Some((_, value)) = values.iter().find(|(name, _)| *name == found) {
                said.push_str(&text[from..hole.start]);
                said.push_str(value);
                from = hole.end;
            }
        }
        said.push_str(&text[from..]);
        said
    }
}

#[cfg(test)]
mod tests {
    use super::Strings;

    #[test]
    fn names_are_replaced_wherever_they_stand_and_values_are_not_read() {
        #[track_caller]
        fn case(text: &str, expected: &str) {
            let words = [("key".to_owned(), text.to_owned())];
            let strings = Strings::new(words.into_iter().collect());
            assert_eq!(strings.say("key", &[("a", "{b}"), ("b", "2")]), expected);
        }
        case("{a} and {b}{b}", "{b} and 22");
        case("{ {a {c} } {b}", "{ {a {c} } 2");
        case("{{a}}", "{{b}}");
        case("", "");
    }
}
