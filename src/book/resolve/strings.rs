//! The strings of a chain of themes in the book's language, each checked at its place.

use std::collections::BTreeMap;
use std::sync::Arc;

use icu_locale_core::Locale;
use icu_plurals::PluralRules;

use super::Resolver;
use super::theme::BUILT_IN;
use crate::book::Key;
use crate::diag::{Code, Diagnostic, List, Span, suggest};
use crate::raw::{Map, Text, ThemeString};
use crate::strings::{CATEGORIES, Plural, Strings, Template, ThemeText};

/// A strings file: the texts of a theme in one language.
struct StringsFile<'r> {
    language: &'r str,
    rules: Arc<PluralRules>,
    entries: &'r [(Text, ThemeString)],
}

impl Resolver<'_> {
    /// The strings of all themes in the chain: English ones first, then those of the
    /// language, and in each language the nearest theme's last, so that they win.
    pub(super) fn strings(&mut self, chain: &[String]) -> Strings {
        let language = self.raw.book.book.language.as_ref();
        let language = language.map_or("en", |text| text.value.as_str());
        let primary = language.split('-').next().unwrap_or_default();
        let mut languages = vec!["en"];
        languages.extend([primary, language].into_iter().filter(|l| *l != "en"));
        languages.dedup();
        let mut texts = BTreeMap::new();
        let is_written = |language: &&str| {
            let mut paths = chain
                .iter()
                .map(|theme| format!("themes/{theme}/strings/{language}.toml"));
            paths.any(|path| self.raw.strings.contains_key(&path))
        };
        let is_other = languages.len() > 1 && super::site::is_language(language);
        if is_other && !languages.iter().skip(1).any(is_written) {
            self.no_strings(primary);
        }
        for language in languages {
            for theme in chain.iter().rev() {
                let path = format!("themes/{theme}/strings/{language}.toml");
                let Some(strings) = self.raw.strings.get(&path) else { continue };
                let rules = Arc::new(plural_rules(language));
                let file = StringsFile { language, rules, entries: &strings.entries };
                self.check_strings(&file, chain);
                let read = file.entries.iter();
                let read = read.map(|(key, text)| (key.value.clone(), file.text(text)));
                texts.extend(read);
                texts.extend(strings.lost.iter().map(|key| {
                    let text = Template::new(key.value.clone());
                    (key.value.clone(), ThemeText::Plain(text))
                }));
            }
        }
        self.check_missing(&texts);
        Strings::new(language, texts)
    }

    /// Reports that no theme has strings in the language of the book.
    fn no_strings(&mut self, language: &str) {
        let Some(place) = self.raw.book.book.language.as_ref() else { return };
        let message = format!(
            "no theme has strings in `{language}`: pages say what is theirs in English"
        );
        let theme = self.raw.book.book.theme.as_ref();
        let theme = theme.map_or("NAME", |theme| theme.value.as_str());
        let hint = format!(
            "write `themes/{theme}/strings/{language}.toml`, with the keys of the built-in \
             theme's `strings/en.toml`"
        );
        let found = Diagnostic::new(Code::NoStrings, place.span, message);
        self.diags.push(found.hint(hint));
    }

    /// Reports keys that no theme's string file has.
    fn check_missing(&mut self, texts: &BTreeMap<String, ThemeText>) {
        let path = format!("themes/{BUILT_IN}/strings/en.toml");
        let span = self.sources.named(&path).map(|file| Span::new(file, 0..0));
        for key in Key::all().filter(|key| !texts.contains_key(key.name())) {
            let message = format!("missing string `{}`", key.name());
            let mut found = Diagnostic::placeless(Code::MissingKey, message);
            found.span = span;
            self.diags.push(found.hint("copy it from the built-in theme"));
        }
    }

    /// Reports unknown keys, plural categories and placeholders.
    fn check_strings(&mut self, file: &StringsFile<'_>, chain: &[String]) {
        for (name, text) in file.entries {
            let key = Key::from_name(&name.value);
            if key.is_none() && !self.is_read_by_template(&name.value, chain) {
                let message = format!("unknown string `{}`", name.value);
                let found = Diagnostic::new(Code::UnknownKey, name.span, message);
                let near = suggest(&name.value, Key::all().map(Key::name));
                self.diags.push(found.hint(match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("ask for `t.{}` in a template", name.value),
                }));
                continue;
            }
            match text {
                ThemeString::Plain(text) => self.check_placeholders(key, text),
                ThemeString::Plural(forms) => {
                    self.check_forms(file, name, forms);
                    for (_, text) in &forms.entries {
                        self.check_placeholders(key, text);
                    }
                }
            }
        }
    }

    /// Whether a template of the chain reads a string of its theme's own.
    fn is_read_by_template(&self, name: &str, chain: &[String]) -> bool {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let read = format!("t.{name}");
        let is_read = |text: &str| {
            let found = text.match_indices(&read).map(|(at, _)| &text[at + read.len()..]);
            found.into_iter().any(|rest| !rest.starts_with(is_part))
        };
        let folders = chain.iter().map(|theme| format!("themes/{theme}/templates/"));
        let mut files = self.sources.below("themes/").map(|(_, text)| text);
        let folders: Vec<String> = folders.collect();
        files.any(|file| {
            folders.iter().any(|folder| file.path.starts_with(folder))
                && is_read(&file.text)
        })
    }

    fn check_forms(&mut self, file: &StringsFile<'_>, name: &Text, forms: &Map<Text>) {
        if Key::from_name(&name.value).is_some_and(|key| !key.has_count()) {
            let message = format!("`{}` is not said of a number of things", name.value);
            let found = Diagnostic::new(Code::WrongType, name.span, message);
            self.diags.push(found.hint("write one text, without plural categories"));
            return;
        }
        let known = file.categories();
        for (category, _) in &forms.entries {
            if !known.contains(&category.value.as_str()) {
                let message = format!(
                    "the language `{}` has no plural category `{}`",
                    file.language, category.value
                );
                let found = Diagnostic::new(Code::UnknownKey, category.span, message);
                self.diags.push(found.hint(format!("use {}", List::or(&known))));
            }
        }
        let has_other = forms.entries.iter().any(|(category, _)| &**category == "other");
        if !has_other && forms.lost.is_empty() {
            let message = format!("missing plural category `other` of `{}`", name.value);
            let found = Diagnostic::new(Code::MissingKey, name.span, message);
            self.diags.push(found.hint("it stands in for categories without a text"));
        }
    }

    fn check_placeholders(&mut self, key: Option<Key>, text: &Text) {
        let Some(key) = key else { return };
        let known = key.placeholders();
        for name in Template::new(text.value.clone()).placeholders() {
            if known.contains(&name) {
                continue;
            }
            let braced = format!("{{{name}}}");
            let message = format!("`{}` has no placeholder `{braced}`", key.name());
            let span = self.span_of(text.span, &braced);
            let found = Diagnostic::new(Code::UnknownKey, span, message);
            let all: Vec<String> = known.iter().map(|k| format!("{{{k}}}")).collect();
            self.diags.push(match suggest(name, known.iter().copied()) {
                Some(near) => found.hint(format!("did you mean `{{{near}}}`?")),
                None if known.is_empty() => found.hint("remove it; this string has none"),
                None => found.hint(format!("use {}", List::or(&all))),
            });
        }
    }

    /// The part of a span where a text is, or all of it if the text is written otherwise.
    fn span_of(&self, span: Span, text: &str) -> Span {
        let whole = self.sources.slice(span);
        let found = whole.find(text).map(|at| span.range().start + at);
        found.map_or(span, |at| Span::new(span.file, at..at + text.len()))
    }
}

impl StringsFile<'_> {
    /// The names of the plural categories that the language has.
    fn categories(&self) -> Vec<&'static str> {
        let has = |category| self.rules.categories().any(|known| known == category);
        let known = CATEGORIES.iter().filter(|(_, category)| has(*category));
        known.map(|(name, _)| *name).collect()
    }

    /// A text as pages show it; without the category `other` the last one stands in.
    fn text(&self, text: &ThemeString) -> ThemeText {
        let forms = match text {
            ThemeString::Plain(text) => {
                return ThemeText::Plain(Template::new(text.value.clone()));
            }
            ThemeString::Plural(forms) => forms,
        };
        let known = |name: &str| CATEGORIES.iter().find(|(known, _)| *known == name);
        let form = |(name, text): &(Text, Text)| {
            Some((known(&name.value)?.1, Template::new(text.value.clone())))
        };
        let other = forms.entries.iter().find(|(name, _)| name.value == "other");
        let other = other.or(forms.entries.last()).map_or("", |(_, text)| &text.value);
        ThemeText::Plural(Plural {
            rules: Arc::clone(&self.rules),
            other: Template::new(other.to_owned()),
            forms: forms.entries.iter().filter_map(form).collect(),
        })
    }
}

/// The plural rules of a language; those that know only `other`, if it is unknown.
fn plural_rules(language: &str) -> PluralRules {
    let locale: Locale = language.parse().unwrap_or(Locale::UNKNOWN);
    PluralRules::try_new_cardinal(locale.into())
        .or_else(|_| PluralRules::try_new_cardinal(Locale::UNKNOWN.into()))
        .expect("the rules of all languages are compiled in")
}

#[cfg(test)]
mod tests {
    use super::super::{Options, resolve};
    use crate::book::{Key, Strings};
    use crate::diag::Diagnostics;
    use crate::raw::{self, Raw};
    use crate::source::{self, Sources};

    /// The diagnostics and strings of a book in a language, with a theme's strings.
    fn strings(raw: &Raw, sources: &Sources) -> (Strings, Vec<String>) {
        let today = jiff::civil::date(2026, 11, 22);
        let (pages, embeds) = (Vec::new(), Vec::new());
        let options = Options { today, drafts: false, base_url: None, pages, embeds };
        let mut diags = Diagnostics::new();
        let book = resolve(raw, sources, &options, &mut diags);
        (book.strings, diags.iter().map(|found| found.message.clone()).collect())
    }

    #[expect(clippy::disallowed_methods, reason = "a book in a folder of the test")]
    fn with_book(language: &str, theme: &str, test: impl FnOnce(Raw, &Sources)) {
        let folder = tempfile::tempdir().unwrap();
        let strings = folder.path().join("themes/own/strings");
        std::fs::create_dir_all(&strings).unwrap();
        std::fs::write(folder.path().join("themes/own/theme.toml"), "").unwrap();
        std::fs::write(strings.join(format!("{language}.toml")), theme).unwrap();
        let book = format!(
            "[book]\ntitle = \"B\"\nbase_url = \"https://a.b/\"\ntheme = \"own\"\n\
             language = \"{language}\"\n"
        );
        std::fs::write(folder.path().join("book.toml"), book).unwrap();
        let sources = source::load(folder.path(), &mut Diagnostics::new());
        test(raw::parse(&sources, &[], &mut Diagnostics::new()), &sources);
    }

    #[test]
    fn every_string_that_a_file_lacks_is_reported() {
        with_book("en", "", |mut raw, sources| {
            let before = strings(&raw, sources).1;
            for at in 0..Key::all().count() {
                let english = raw.strings.get_mut("themes/default/strings/en.toml");
                let entries = &mut english.unwrap().entries;
                let removed = entries.remove(at);
                let found = strings(&raw, sources).1;
                let expected = format!("missing string `{}`", removed.0.value);
                assert!(!before.contains(&expected) && found.contains(&expected));
                let english = raw.strings.get_mut("themes/default/strings/en.toml");
                english.unwrap().entries.insert(at, removed);
            }
        });
    }

    #[test]
    fn counts_are_said_in_the_plural_forms_of_the_language() {
        let polish = "count_facts = { one = \"{count} fakt\", few = \"{count} fakty\", \
                      many = \"{count} faktów\", other = \"{count} faktu\" }\n\
                      count_goals = { one = \"cel\", other = \"{count} cele\" }\n";
        with_book("pl", polish, |raw, sources| {
            let (strings, _) = strings(&raw, sources);
            let facts = |count| strings.count(Key::CountFacts, count, &[]);
            let expected = ["0 faktów", "1 fakt", "2 fakty", "5 faktów", "22 fakty"];
            assert_eq!([0, 1, 2, 5, 22].map(facts), expected);
            let goals = |count| strings.count(Key::CountGoals, count, &[]);
            assert_eq!([1, 2, 5].map(goals), ["cel", "2 cele", "5 cele"]);
            // What is not translated follows the rules of English.
            let sources = |count| strings.count(Key::CountSources, count, &[]);
            assert_eq!([1, 22].map(sources), ["1 source", "22 sources"]);
        });
    }
}
