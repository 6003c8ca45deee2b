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

use super::Site;
use crate::book::{Book, CriterionId, Key, Prose};
use crate::plan::{Kind, Page};

/// The kind of a search result, in the order in which the script takes pages in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Label {
    Framework,
    Goal,
    Versus,
    Language,
    Criterion,
    Guide,
    List,
    Page,
    Question,
}

impl Label {
    const ALL: &[Self] = &[
        Self::Framework,
        Self::Goal,
        Self::Versus,
        Self::Language,
        Self::Criterion,
        Self::Guide,
        Self::List,
        Self::Page,
        Self::Question,
    ];

    /// The label of a page of a kind.
    pub(super) fn of(kind: &Kind) -> Self {
        match kind {
            Kind::Framework(_) => Self::Framework,
            Kind::Goal(_) => Self::Goal,
            Kind::Versus(_) => Self::Versus,
            Kind::Language(_) => Self::Language,
            Kind::Criterion(_) => Self::Criterion,
            Kind::Guide(_) => Self::Guide,
            Kind::Frameworks
            | Kind::Languages
            | Kind::Compare
            | Kind::Goals
            | Kind::Criteria
            | Kind::Guides => Self::List,
            _ => Self::Page,
        }
    }

    /// The key of its word.
    pub(super) fn word(self) -> Key {
        match self {
            Self::Framework => Key::SearchKindFramework,
            Self::Goal => Key::SearchKindGoal,
            Self::Versus => Key::SearchKindVersus,
            Self::Language => Key::SearchKindLanguage,
            Self::Criterion => Key::SearchKindCriterion,
            Self::Guide => Key::SearchKindGuide,
            Self::List => Key::SearchKindList,
            Self::Page => Key::SearchKindPage,
            Self::Question => Key::SearchKindQuestion,
        }
    }
}

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
struct Entry<'a> {
    /// Its kind, by position.
    kind: usize,
    /// Its route.
    route: String,
    /// Its title.
    title: String,
    /// A sentence about it.
    #[serde(skip_serializing_if = "str::is_empty")]
    summary: &'a str,
    /// Its other names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    names: Vec<&'a str>,
    /// Its parts: their ids and headings.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<(&'a str, &'a str)>,
    /// More of its words, which are found but not shown.
    #[serde(skip_serializing_if = "String::is_empty")]
    words: String,
}

/// A text as the alphabet has it: without accents, in lower case.
pub(super) fn folded(text: &str) -> String {
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

impl Site<'_> {
    /// Whether a page is in the list from A to Z.
    pub(super) fn is_listed(&self, page: &Page) -> bool {
        match page.kind {
            Kind::Versus(id) => self.plan.pairs[id.index()].verdict.is_some(),
            Kind::Search | Kind::NotFound | Kind::Redirect { .. } => false,
            _ => true,
        }
    }

    /// Writes `search/index.json`.
    pub(super) fn search_json(&self, out: &mut Vec<u8>) {
        let strings = self.strings;
        let listed = self.plan.pages.iter().filter(|page| self.is_listed(page));
        let mut pages: Vec<Entry<'_>> = listed.map(|page| self.found(page)).collect();
        pages.extend(self.found_questions());
        pages.sort_by_key(|entry| entry.kind);
        let index = Index {
            kinds: Label::ALL.iter().map(|label| strings.get(label.word())).collect(),
            versus: strings.get(Key::TitleVersus),
            fact: strings.get(Key::SearchFact),
            fact_kind: strings.get(Key::SearchKindFact),
            between: strings.get(Key::SearchBetween),
            pages,
            pairs: self.pair_runs(),
        };
        serde_json::to_writer(&mut *out, &index).expect("a Vec takes all bytes");
        out.push(b'\n');
    }

    /// A page with its words.
    fn found<'p>(&'p self, page: &'p Page) -> Entry<'p> {
        let book = self.book;
        let title = self.label(page);
        let entry = Entry {
            kind: Label::of(&page.kind) as usize,
            route: page.route.as_str().to_owned(),
            names: if page.title == title { Vec::new() } else { vec![&page.title] },
            title,
            ..Entry::default()
        };
        match page.kind {
            Kind::Framework(id) => {
                let framework = &book[id];
                let language = framework.language.map(|id| &*book[id].title);
                let entry = self.with_prose(entry, framework.prose.as_ref());
                let words = [language.unwrap_or_default(), &entry.words].join(" ");
                Entry {
                    summary: &framework.summary,
                    names: framework.names.iter().map(String::as_str).collect(),
                    words: words.trim().to_owned(),
                    ..entry
                }
            }
            Kind::Goal(id) => Entry {
                summary: &book[id].question,
                ..self.with_prose(entry, Some(&book[id].prose))
            },
            Kind::Versus(id) => {
                let verdict = self.plan.pairs[id.index()].verdict;
                self.with_prose(entry, verdict.map(|verdict| &book[verdict].prose))
            }
            Kind::Language(id) => Entry {
                summary: book[id].summary.as_deref().unwrap_or_default(),
                ..entry
            },
            Kind::Criterion(id) => {
                Entry { summary: &book[id].question, words: answers(book, id), ..entry }
            }
            Kind::Guide(id) => Entry {
                summary: &page.description,
                ..self.with_prose(entry, Some(&book[id].prose))
            },
            Kind::Page(id) => Entry {
                summary: book[id].summary.as_deref().unwrap_or_default(),
                ..self.with_prose(entry, Some(&book[id].prose))
            },
            Kind::Methodology => Entry {
                summary: &page.description,
                ..self.with_prose(entry, book.methodology.prose.as_ref())
            },
            Kind::Home => Entry {
                summary: &page.description,
                ..self.with_prose(entry, book.home.prose.as_ref())
            },
            _ => Entry { summary: &page.description, ..entry },
        }
    }

    /// Adds the author's words on a page: its headings and, where the book
    /// wants that, the whole text.
    fn with_prose<'p>(&self, entry: Entry<'p>, prose: Option<&'p Prose>) -> Entry<'p> {
        let Some(prose) = prose else { return entry };
        let headings = prose.raw.headings.iter();
        let parts = headings.map(|heading| (&*heading.id, &*heading.text)).collect();
        let words = if self.book.site.full_text {
            words(&prose.raw.events)
        } else {
            String::new()
        };
        Entry { parts, words, ..entry }
    }

    /// Questions, each at its place.
    fn found_questions(&self) -> impl Iterator<Item = Entry<'_>> {
        let faq = &self.book.faq;
        let prose = faq.section.prose.as_ref();
        let questions = faq.groups.iter().flat_map(|group| &group.questions);
        questions.map(move |question| {
            let events = prose.and_then(|p| p.raw.events.get(question.answer.clone()));
            Entry {
                kind: Label::Question as usize,
                route: format!("faq/#{}", question.id),
                title: question.title.clone(),
                words: if self.book.site.full_text {
                    words(events.unwrap_or_default())
                } else {
                    String::new()
                },
                ..Entry::default()
            }
        })
    }

    /// For each framework, runs of later ones that it has a page with.
    fn pair_runs(&self) -> Vec<Vec<usize>> {
        let mut runs: Vec<Vec<usize>> = vec![Vec::new(); self.book.frameworks.len()];
        let pairs = self.plan.pairs.iter();
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
}

/// The options and tags of a criterion, which readers look for by name.
fn answers(book: &Book, id: CriterionId) -> String {
    book[id].kind.search_words().join(" ")
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
