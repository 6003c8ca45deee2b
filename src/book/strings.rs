//! The fixed words of pages, from the theme's `strings/LANG.toml`.

use std::collections::BTreeMap;

use rapidhash::RapidHashMap;

/// The fixed words of pages, by key.
#[derive(Debug, Clone, Default)]
pub struct Strings {
    /// Every page asks for many of them.
    words: RapidHashMap<String, String>,
}

impl Strings {
    /// Makes the words of a language from keys and texts.
    pub fn new(words: BTreeMap<String, String>) -> Self {
        Self { words: words.into_iter().collect() }
    }

    /// All keys and texts, in order of the keys.
    pub fn all(&self) -> BTreeMap<&str, &str> {
        self.words.iter().map(|(key, text)| (key.as_str(), text.as_str())).collect()
    }

    /// The text of a key; the key itself where the theme has none.
    pub fn get<'s>(&'s self, key: &'s str) -> &'s str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// The text of a key with `{name}` replaced by each named value.
    pub fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut rest = self.get(key);
        let mut text = String::with_capacity(2 * rest.len());
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let value = after.split_once('}').and_then(|(found, after)| {
                let value = values.iter().find(|(name, _)| *name == found)?.1;
                Some((value, after))
            });
            match value {
                Some((value, after)) => {
                    text.push_str(value);
                    rest = after;
                }
                None => {
                    text.push('{');
                    rest = after;
                }
            }
        }
        text.push_str(rest);
        text
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
