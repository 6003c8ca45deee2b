//! The index of the site's own search: its pages with their words, for the list from A to Z
//! and for the file that the page's script reads.
//!
//! Pages of two frameworks that nobody wrote a verdict for stand in neither: there may be
//! a hundred thousand of them. The file says which there are, so that a query that names
//! two frameworks finds theirs.

use pulldown_cmark::{Event, Tag, TagEnd};
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Site, pages};
use crate::book::{Key, Prose};
use crate::plan::{Page, ResultKind, Subject};

/// The file that the script reads.
#[derive(Serialize)]
struct Index<'a> {
    /// The label of each kind of page.
    kinds: Vec<&'a str>,
    /// The title of a page of two frameworks, with `{first}` and `{second}`.
    versus: &'a str,
    /// The title of a fact, with `{framework}` and `{criterion}`.
    fact: &'a str,
    /// The label of a fact.
    fact_kind: &'a str,
    /// Words that stand between two names in a query.
    between: &'a str,
    /// Everything that can be found; frameworks first, by slug.
    pages: Vec<Entry<'a>>,
    /// For each framework, which later ones it has a page with: where a run of them starts
    /// and where it ends, start and end in turn.
    pairs: Vec<Vec<usize>>,
}

/// Something that can be found. What is empty is left out.
#[derive(Default, Serialize)]
pub(super) struct Entry<'a> {
    /// Its kind, by position.
    pub(super) kind: usize,
    /// Its route.
    pub(super) route: String,
    /// Its title.
    pub(super) title: String,
    /// A sentence about it.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) summary: &'a str,
    /// Its other names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) names: Vec<&'a str>,
    /// Its parts: their ids and headings.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) parts: Vec<(&'a str, &'a str)>,
    /// More of its words, which are found but not shown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) words: String,
}

/// A text as the alphabet has it: without accents, in lower case.
pub(super) fn folded(text: &str) -> String {
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// Writes `search/index.json`.
pub(super) fn index_json(site: &Site<'_>, out: &mut Vec<u8>) {
    let strings = site.strings;
    let listed = site.plan.pages.iter().filter(|page| page.is_listed());
    let mut pages: Vec<Entry<'_>> = listed.map(|page| page_entry(site, page)).collect();
    pages.extend(found_questions(site));
    pages.sort_by_key(|entry| entry.kind);
    let index = Index {
        kinds: ResultKind::ALL.iter().map(|kind| strings.get(kind.name())).collect(),
        versus: strings.get(Key::TitleVersus),
        fact: strings.get(Key::SearchFact),
        fact_kind: strings.get(Key::SearchKindFact),
        between: strings.get(Key::SearchBetween),
        pages,
        pairs: pair_runs(site),
    };
    serde_json::to_writer(&mut *out, &index).expect("a Vec takes all bytes");
    out.push(b'\n');
}

/// A page with its words.
fn page_entry<'p>(site: &'p Site<'_>, page: &'p Page) -> Entry<'p> {
    let kind = pages::of(page);
    let (title, label) = (page.metadata.title.as_str(), &page.metadata.label);
    let entry = Entry {
        kind: page.result_kind as usize,
        route: page.route.as_str().to_owned(),
        names: if title == label { Vec::new() } else { vec![title] },
        title: label.clone(),
        ..Entry::default()
    };
    let prose = (kind.prose)(site.contents(), page.subject);
    (kind.search_entry)(site, page, with_prose(site, entry, prose))
}

/// Adds the author's words on a page: its headings and, where the book
/// wants that, the whole text.
fn with_prose<'p>(
    site: &Site<'_>,
    entry: Entry<'p>,
    prose: Option<&'p Prose>,
) -> Entry<'p> {
    let Some(prose) = prose else { return entry };
    let headings = prose.raw.headings.iter();
    let parts = headings.map(|heading| (&*heading.id, &*heading.text)).collect();
    let words =
        if site.book.site.full_text { words(&prose.raw.events) } else { String::new() };
    Entry { parts, words, ..entry }
}

/// Questions, each at its place.
fn found_questions<'s>(site: &'s Site<'_>) -> impl Iterator<Item = Entry<'s>> {
    let faq = &site.book.faq;
    let faq_page = site.plan.route(Subject::Fixed(pages::FAQ));
    let prose = faq.section.prose.as_ref();
    let questions = faq.groups.iter().flat_map(|group| &group.questions);
    questions.map(move |question| {
        let events = prose.and_then(|p| p.raw.events.get(question.answer.clone()));
        Entry {
            kind: ResultKind::Question as usize,
            route: format!("{faq_page}#{}", question.id),
            title: question.title.clone(),
            words: if site.book.site.full_text {
                words(events.unwrap_or_default())
            } else {
                String::new()
            },
            ..Entry::default()
        }
    })
}

/// For each framework, runs of later ones that it has a page with.
fn pair_runs(site: &Site<'_>) -> Vec<Vec<usize>> {
    let mut runs: Vec<Vec<usize>> = vec![Vec::new(); site.book.frameworks.len()];
    let pairs = site.plan.pairs.iter();
    let mut pairs: Vec<(usize, usize)> =
        pairs.map(|pair| (pair.first.index(), pair.second.index())).collect();
    pairs.sort_unstable();
    for (first, second) in pairs {
        match runs[first].last_mut() {
            Some(end) if *end == second => *end += 1,
            _ => runs[first].extend([second, second + 1]),
        }
    }
    runs
}

/// The words of a text outside code.
fn words(events: &[(Event<'_>, crate::diag::Span)]) -> String {
    let mut words = String::new();
    let mut in_code = false;
    for (event, _) in events {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(text) | Event::Code(text) if !in_code => words.push_str(text),
            Event::End(_) | Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
