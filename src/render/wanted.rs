//! What templates ask for, so that nothing is made that no template shows.
//!
//! A theme may show little of a page's view. The engine knows which names of a view a
//! template reads; what a component takes by itself (`@page`) is read from its text.

use std::collections::BTreeMap;

use rapidhash::RapidHashSet;

/// The names that each template reads.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// By the template's name.
    by_template: BTreeMap<String, Words>,
    /// Those that components take by themselves, on any page.
    by_components: Words,
    /// Every word of all templates that a page can reach.
    words: Words,
}

/// Words, of which every page asks for many.
type Words = RapidHashSet<String>;

/// The names that one template reads.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'n> {
    names: &'n Names,
    template: Option<&'n Words>,
}

impl Names {
    /// Adds a template that a page can reach.
    pub(super) fn add_text(&mut self, text: &str) {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '@';
        for word in text.split(|c: char| !is_part(c)).filter(|word| !word.is_empty()) {
            match word.strip_prefix('@') {
                Some(name) => self.by_components.insert(name.to_owned()),
                None if self.words.contains(word) => false,
                None => self.words.insert(word.to_owned()),
            };
        }
    }

    /// Adds the names that a template reads.
    pub(super) fn add<'t>(
        &mut self,
        template: &str,
        names: impl Iterator<Item = &'t str>,
    ) {
        let names = names.map(str::to_owned).collect();
        self.by_template.insert(template.to_owned(), names);
    }

    /// What a template reads; all, if nothing is known of it.
    pub(super) fn of(&self, template: &str) -> Wanted<'_> {
        Wanted { names: self, template: self.by_template.get(template) }
    }

    /// Makes what is shown by a word, or nothing if the word stands in no template.
    pub(super) fn make<T: Default>(&self, word: &str, make: impl FnOnce() -> T) -> T {
        if self.words.contains(word) { make() } else { T::default() }
    }
}

impl Wanted<'_> {
    /// Makes what is shown by a name, or nothing if the template does not show it. What
    /// is made may fail.
    pub(super) fn try_make<T: Default, E>(
        &self,
        name: &str,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        if self.has(name) { make() } else { Ok(T::default()) }
    }

    /// Makes what is shown by a name, or nothing if the template does not show it.
    pub(super) fn make<T: Default>(&self, name: &str, make: impl FnOnce() -> T) -> T {
        if self.has(name) { make() } else { T::default() }
    }

    /// Whether the template shows what has a name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.template.is_none_or(|names| names.contains(name))
            || self.names.by_components.contains(name)
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn nothing_is_made_that_nobody_reads() {
        let mut names = Names::default();
        names.add_text("{% component day(d: map, @page) %}{{ page.route }}");
        names.add("a.html", ["title"].into_iter());
        let made = |template: &str, name: &str| names.of(template).make(name, || 1);
        assert_eq!(made("a.html", "title"), 1);
        assert_eq!(made("a.html", "lead"), 0);
        assert_eq!(made("a.html", "page"), 1, "a component takes it");
        assert_eq!(made("b.html", "lead"), 1, "nothing is known of it");
        assert_eq!(names.make("route", || 1), 1);
        assert_eq!(names.make("@page", || 1), 0);
    }
}
