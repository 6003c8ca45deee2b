//! Themes by name: the chain from the book's own to the built-in one.

use super::Resolver;
use crate::book::Part;
use crate::diag::{Code, Diagnostic, Span};

/// The theme at the end of every chain.
pub(super) const BUILT_IN: &str = "default";

impl Resolver<'_> {
    /// The names of the themes, nearest first; a chain that is broken ends early.
    pub(super) fn themes(&mut self) -> Vec<String> {
        let raw = self.raw;
        let mut chain: Vec<(&str, Span)> = Vec::new();
        let mut next = raw.book.book.theme.as_ref();
        while let Some(name) = next {
            let (value, span) = (name.value.as_str(), name.span);
            if let Some((_, first)) = chain.iter().find(|(seen, _)| *seen == value) {
                let message = format!("the theme `{value}` extends itself");
                let found = Diagnostic::new(Code::BadTheme, span, message);
                let found = found.label(*first, "it is used here first");
                self.diags.push(found.hint("extend `default`"));
                break;
            }
            chain.push((value, span));
            next = match raw.themes.iter().find(|theme| theme.slug == value) {
                Some(theme) => {
                    if let Some(requires) = &theme.front.requires {
                        self.requires(requires);
                    }
                    theme.front.extends.as_ref()
                }
                None => {
                    self.no_theme(value, span);
                    None
                }
            };
        }
        let mut names: Vec<String> =
            chain.iter().map(|(name, _)| (*name).to_owned()).collect();
        if !names.iter().any(|name| name == BUILT_IN) {
            names.push(BUILT_IN.to_owned());
        }
        names
    }

    /// Reports a theme that is not there. One whose `theme.toml` could not be read has been
    /// reported, and the built-in one needs none.
    fn no_theme(&mut self, name: &str, span: Span) {
        let folder = format!("themes/{name}/");
        let is_unread = self.sources.named(&format!("{folder}theme.toml")).is_some();
        if name.is_empty() || name == BUILT_IN || is_unread {
            return;
        }
        self.diags.push(if self.sources.has_folder(&folder) {
            let message = format!("the theme `{name}` has no `theme.toml`");
            Diagnostic::new(Code::BadTheme, span, message)
                .hint(format!("write `{folder}theme.toml`; it may be empty"))
        } else {
            let message = format!("unknown theme `{name}`");
            let known = self.raw.themes.iter().map(|theme| theme.slug.as_str());
            Diagnostic::new(Code::UnknownTheme, span, message).did_you_mean(name, known)
        });
    }

    /// The parts of the site that themes of the chain leave out.
    pub(super) fn without(&self, chain: &[String]) -> Vec<Part> {
        let themes = self.raw.themes.iter().filter(|theme| chain.contains(&theme.slug));
        themes.flat_map(|theme| theme.front.without.iter().copied()).collect()
    }
}
