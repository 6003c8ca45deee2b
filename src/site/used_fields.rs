//! Tracks which fields of views the templates read, so that unused ones are not computed.
//!
//! A theme may show little of a page's view. The engine knows which names of a view a
//! template reads; those that a component takes by itself (`@page`) are read from its text.

use std::collections::BTreeMap;

use rapidhash::RapidHashSet;

/// The names that the templates of a site read.
#[derive(Debug, Default)]
pub(super) struct UsedFields {
    /// By the template's name.
    by_template: BTreeMap<String, Words>,
    /// Those that components take by themselves, on any page.
    by_components: Words,
    /// Every word of all templates that a page can reach.
    words: Words,
}

/// Words, of which every page asks for many.
type Words = RapidHashSet<String>;

/// The names that the template of a page reads.
#[derive(Debug, Clone, Copy)]
pub(super) struct PageFields<'n> {
    names: &'n UsedFields,
    template: Option<&'n Words>,
}

impl UsedFields {
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

    /// The names that a template reads; all, if nothing is known of it.
    pub(super) fn of(&self, template: &str) -> PageFields<'_> {
        PageFields { names: self, template: self.by_template.get(template) }
    }

    /// Computes the value of a field, or a default if its name is in no template.
    pub(super) fn if_used<T: Default>(&self, word: &str, value: impl FnOnce() -> T) -> T {
        if self.words.contains(word) { value() } else { T::default() }
    }
}

impl PageFields<'_> {
    /// Computes the value of a field, or a default if the template does not read it.
    ///
    /// # Errors
    /// The error of the computation.
    pub(super) fn try_if_used<T: Default, E>(
        &self,
        name: &str,
        value: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        if self.has(name) { value() } else { Ok(T::default()) }
    }

    /// Computes the value of a field, or a default if the template does not read it.
    pub(super) fn if_used<T: Default>(&self, name: &str, value: impl FnOnce() -> T) -> T {
        if self.has(name) { value() } else { T::default() }
    }

    /// Whether the template reads a field.
    pub(super) fn has(&self, name: &str) -> bool {
        self.template.is_none_or(|names| names.contains(name))
            || self.names.by_components.contains(name)
    }
}

#[cfg(test)]
mod tests {
    use super::UsedFields;

    #[test]
    fn fields_that_no_template_reads_are_not_computed() {
        let mut names = UsedFields::default();
        names.add_text("{% component day(d: map, @page) %}{{ page.route }}");
        names.add("a.html", ["title"].into_iter());
        let made = |template: &str, name: &str| names.of(template).if_used(name, || 1);
        assert_eq!(made("a.html", "title"), 1);
        assert_eq!(made("a.html", "lead"), 0);
        assert_eq!(made("a.html", "page"), 1, "a component takes it");
        assert_eq!(made("b.html", "lead"), 1, "nothing is known of it");
        assert_eq!(names.if_used("route", || 1), 1);
        assert_eq!(names.if_used("@page", || 1), 0);
    }
}
