//! From what the files say to the checked model: names become ids, values fit.
//!
//! First every name of the book is gathered ([`symbols`]); then each part is resolved against
//! them. What is wrong is reported and left out, or stands as unknown, and the rest goes on.

mod assets;
mod criteria;
mod dates;
mod embed;
mod fact;
mod framework;
mod goal;
pub(super) mod symbols;
mod prose;
mod section;
mod site;
mod strings;
mod theme;
mod unused;

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Alias, Book, EmbedKind, Language, Source, Target, Versus, Withheld};
use crate::diag::{Code, Count, Diagnostic, Diagnostics, FileId, Levels, Span, Waiver};
use crate::raw::{self, Raw, Spanned, Text};
use crate::source::Sources;

use symbols::Names;

/// Options of resolving a book.
#[derive(Debug, Clone)]
pub struct Options {
    /// The day on which it is decided what is stale.
    pub today: Date,
    /// Whether drafts are part of the site.
    pub drafts: bool,
    /// An address in place of the book's own `base_url`.
    pub base_url: Option<String>,
    /// The pages that a site has at most one of, which links can name.
    pub pages: Vec<FixedPage>,
    /// The kinds of embeds that every theme has.
    pub embeds: Vec<EmbedKind>,
}

impl Options {
    /// Whether a document that is not published yet is no part of the site.
    fn leaves_out(&self, withheld: Option<Withheld>) -> bool {
        withheld.is_some() && !self.drafts
    }

    /// The words by which the reader of prose knows embeds.
    pub fn embed_names(&self) -> Vec<&'static str> {
        self.embeds.iter().map(|kind| kind.name).collect()
    }
}

/// A page that a site has at most one of, whatever is in the book.
#[derive(Debug, Clone, Copy)]
pub struct FixedPage {
    /// The name of its kind.
    pub kind: &'static str,
    /// Its name in links by meaning: `page:NAME`.
    pub name: &'static str,
    /// The file that it is written in, below the book's folder, if it is only one.
    pub file: Option<&'static str>,
}

/// State that resolving shares.
struct Resolver<'a> {
    raw: &'a Raw,
    sources: &'a Sources,
    names: Names<'a>,
    options: &'a Options,
    /// Criteria of which so much could not be read that nothing is held against them.
    broken: BTreeSet<&'a str>,
    /// Links outside of prose that were resolved so far.
    links: Vec<(Target, Span)>,
    diags: &'a mut Diagnostics,
}

/// Checks a book and resolves its names.
pub fn resolve(
    raw: &Raw,
    sources: &Sources,
    options: &Options,
    diags: &mut Diagnostics,
) -> Book {
    let names = Names::new(raw, sources, options, diags);
    let (broken, links) = (BTreeSet::new(), Vec::new());
    let mut resolver = Resolver { raw, sources, names, options, broken, links, diags };
    let (groups, criteria) = resolver.criteria();
    let source_list = resolver.sources();
    let themes = resolver.themes();
    let strings = resolver.strings(&themes);
    let without = resolver.without(&themes);
    let mut book = Book {
        site: resolver.site(),
        today: options.today,
        groups,
        criteria,
        languages: resolver.languages(),
        sources: source_list,
        frameworks: Vec::new(),
        goals: Vec::new(),
        versus: resolver.versus(),
        guides: resolver.guides(),
        pages: resolver.pages(),
        faq: resolver.faq(),
        home: resolver.section(raw.home.as_ref()),
        methodology: resolver.section(raw.methodology.as_ref()),
        changes: resolver.changes(),
        assets: resolver.assets(),
        themes,
        without,
        strings,
        links: Vec::new(),
    };
    book.frameworks = resolver.frameworks(&book.criteria, &book.sources);
    book.goals = resolver.goals(&book.criteria);
    resolver.future_dates();
    resolver.unused_sources();
    resolver.names.report_absences(resolver.diags);
    book.links = resolver.links;
    book
}

/// Reads the levels and waivers of `[check]`.
pub fn levels(
    raw: &Raw,
    sources: &Sources,
    today: Date,
    diags: &mut Diagnostics,
) -> Levels {
    let mut levels = Levels::default();
    let Some(check) = &raw.book.check else { return levels };
    for (code, level) in &check.levels.entries {
        if let Some(code) = finding(code, diags) {
            let level = match level {
                raw::Level::Error => crate::diag::Level::Error,
                raw::Level::Warn => crate::diag::Level::Warn,
                raw::Level::Off => crate::diag::Level::Off,
            };
            levels.levels.push((code, level));
        }
    }
    for waiver in &check.waive {
        let Some(code) = finding(&waiver.code, diags) else { continue };
        let Some(file) = sources.find(&waiver.file.value) else {
            let message = format!("there is no file `{}`", waiver.file.value);
            let found = Diagnostic::new(Code::StaleWaiver, waiver.file.span, message);
            diags.push(
                found.hint("name one from the book's folder, or remove the waiver"),
            );
            continue;
        };
        match &waiver.until {
            Some(until) if until.value < today => {
                let message = format!("this waiver ended on {}", until.value);
                let found = Diagnostic::new(Code::StaleWaiver, until.span, message);
                diags.push(found.hint("repair the finding, or set a later day"));
            }
            _ => levels.waived.push(Waiver { code, file, span: waiver.file.span }),
        }
    }
    levels
}

/// The code of a finding whose level a book may set.
fn finding(name: &Text, diags: &mut Diagnostics) -> Option<Code> {
    if name.value.is_empty() {
        return None;
    }
    match Code::from_name(&name.value) {
        Some(code) if code.is_adjustable() => Some(code),
        Some(_) => {
            let message = format!("`{}` is always an error", name.value);
            let found = Diagnostic::new(Code::UnknownFinding, name.span, message);
            diags.push(found.hint("remove the line, and repair what is found"));
            None
        }
        None => {
            let message = format!("unknown finding `{}`", name.value);
            let found = Diagnostic::new(Code::UnknownFinding, name.span, message);
            let known = Code::ALL.iter().filter(|c| c.is_adjustable()).map(|c| c.name());
            let found = found.did_you_mean(&name.value, known);
            diags.push(if found.hints.is_empty() {
                found.hint("use a code that `check` prints, such as `stale-fact`")
            } else {
                found
            });
            None
        }
    }
}

/// The old addresses of a page, with or without `/` at their start.
fn aliases<'a>(aliases: impl IntoIterator<Item = &'a Text>) -> Vec<Alias> {
    let alias = |alias: &Text| Alias {
        path: alias.value.trim_start_matches('/').to_owned(),
        span: alias.span,
    };
    aliases.into_iter().map(alias).collect()
}

/// The texts of a list, without their places.
fn texts(list: &[Text]) -> Vec<String> {
    list.iter().map(|text| text.value.clone()).collect()
}

/// A text without its place.
fn text(text: Option<&Text>) -> Option<String> {
    text.map(|text| text.value.clone())
}

/// The reason for which a document is not published yet; none if it is.
fn withheld(
    draft: Option<&Spanned<bool>>,
    published: Option<&Spanned<Date>>,
    today: Date,
) -> Option<Withheld> {
    let day = published.map(|published| published.value);
    match day.filter(|day| *day > today) {
        _ if draft.is_some_and(|draft| draft.value) => Some(Withheld::Draft),
        day => day.map(Withheld::Until),
    }
}

fn start(file: FileId) -> Span {
    Span::new(file, 0..0)
}

impl Resolver<'_> {
    fn languages(&self) -> Vec<Language> {
        let entries = self.raw.languages.entries.iter();
        entries
            .map(|(id, language)| Language {
                slug: id.value.replace('_', "-"),
                title: language.title.value.clone(),
                summary: text(language.summary.as_ref()),
                homepage: language.homepage.as_ref().map(|url| url.0.value.clone()),
                span: id.span,
            })
            .collect()
    }

    fn sources(&mut self) -> Vec<Source> {
        let entries = self.raw.sources.entries.iter();
        entries
            .map(|(id, source)| Source {
                id: id.value.clone(),
                title: source.title.value.clone(),
                publisher: text(source.publisher.as_ref()),
                url: source.url.as_ref().map(|url| url.0.value.clone()),
                checked: source.checked.as_ref().map(|date| date.value),
                kind: source.kind,
                span: id.span,
            })
            .collect()
    }

    fn versus(&mut self) -> Vec<Versus> {
        let raw = self.raw;
        let mut list = Vec::new();
        for doc in &raw.versus {
            let withheld = withheld(doc.front.draft.as_ref(), None, self.options.today);
            if self.options.leaves_out(withheld) {
                continue;
            }
            let Some((first, second)) = self.pair(&doc.slug, start(doc.file)) else {
                continue;
            };
            let Some(prose) = &doc.prose else { continue };
            if prose.words < 60 && !raw.broken.contains(&doc.file) {
                let words = Count(prose.words, "word");
                let message = format!("the verdict has {words}, fewer than 60");
                let span = Span { end: prose.span.start, ..prose.span };
                let found = Diagnostic::new(Code::ThinVersus, span, message);
                let hint = "say what decides between the two; until then the page is not \
                            offered to search engines";
                self.diags.push(found.hint(hint));
            }
            list.push(Versus {
                first,
                second,
                choose_first: texts(&doc.front.choose_first),
                choose_second: texts(&doc.front.choose_second),
                prose: self.prose(prose),
                withheld,
                span: start(doc.file),
            });
        }
        list
    }
}
