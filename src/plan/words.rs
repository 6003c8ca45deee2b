//! Titles and descriptions of pages, from the facts they show and the theme's words.

use rapidhash::RapidHashMap;

use super::{Kind, Page, Plan, Route};
use crate::book::{Book, FrameworkId, Key, LanguageId};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::rank::{Answer, Rankings};

/// Longest description in characters; search engines cut longer ones.
const LONGEST: usize = 160;
/// Shortest description; search engines put words of the page in place of shorter ones.
const SHORTEST: usize = 70;

/// Finds the words of pages.
pub(super) struct Words<'a> {
    pub(super) book: &'a Book,
    pub(super) rankings: &'a Rankings,
}

impl Words<'_> {
    fn get(&self, key: Key) -> String {
        self.book.strings.get(key).to_owned()
    }

    fn say(&self, key: Key, values: &[(&str, &str)]) -> String {
        self.book.strings.say(key, values)
    }

    /// The title of a page.
    pub(super) fn title(&self, plan: &Plan, kind: &Kind) -> String {
        let book = self.book;
        match kind {
            Kind::Home => {
                book.home.title.clone().unwrap_or_else(|| book.site.title.clone())
            }
            Kind::Frameworks => self.get(Key::TitleFrameworks),
            Kind::Framework(id) => book[*id].name.clone(),
            Kind::Languages => self.get(Key::TitleLanguages),
            Kind::Language(id) => {
                self.say(Key::TitleLanguage, &[("language", &book[*id].title)])
            }
            Kind::Compare => self.get(Key::TitleCompare),
            Kind::Versus(id) => {
                let pair = &plan.pairs[id.index()];
                let (first, second) = (&book[pair.first].name, &book[pair.second].name);
                self.say(Key::TitleVersus, &[("first", first), ("second", second)])
            }
            Kind::Goals => self.get(Key::TitleGoals),
            Kind::Goal(id) => self.say(Key::TitleGoal, &[("goal", &book[*id].title)]),
            Kind::Choose => self.get(Key::TitleChoose),
            Kind::Criteria => self.get(Key::TitleCriteria),
            Kind::Criterion(id) => book[*id].title.clone(),
            Kind::Guides => self.get(Key::TitleGuides),
            Kind::Guide(id) => book[*id].title.clone(),
            Kind::Faq => {
                book.faq.section.title.clone().unwrap_or_else(|| self.get(Key::TitleFaq))
            }
            Kind::Methodology => book
                .methodology
                .title
                .clone()
                .unwrap_or_else(|| self.get(Key::TitleMethodology)),
            Kind::Data => self.get(Key::TitleData),
            Kind::Sources => self.get(Key::TitleSources),
            Kind::Changes => self.get(Key::TitleChanges),
            Kind::Search => self.get(Key::TitleSearch),
            Kind::Page(id) => book[*id].title.clone(),
            Kind::NotFound => self.get(Key::TitleNotFound),
            Kind::Redirect { .. } => self.get(Key::TitleRedirect),
        }
    }

    /// The pages above a page, nearest last, without the home page.
    pub(super) fn above(&self, kind: &Kind) -> Vec<(String, Route)> {
        let (key, route) = match kind {
            Kind::Framework(_) => (Key::TitleFrameworks, "frameworks/"),
            Kind::Language(_) => (Key::TitleLanguages, "languages/"),
            Kind::Versus(_) => (Key::TitleCompare, "compare/"),
            Kind::Goal(_) => (Key::TitleGoals, "best-for/"),
            Kind::Criterion(_) => (Key::TitleCriteria, "criteria/"),
            Kind::Guide(_) => (Key::TitleGuides, "guides/"),
            _ => return Vec::new(),
        };
        vec![(self.get(key), Route::new(route))]
    }

    /// One or two sentences about a page.
    pub(super) fn description(&self, plan: &Plan, kind: &Kind) -> String {
        let book = self.book;
        let whole = match kind {
            Kind::Home => match book.site.description.is_empty() {
                true => self.say(Key::AboutHome, &[("site", &book.site.title)]),
                false => book.site.description.clone(),
            },
            Kind::Framework(id) => {
                let known = book[*id].cells.iter().filter(|cell| cell.known().is_some());
                let known = known.count();
                let shown = known.to_string();
                let values = [("summary", book[*id].summary.as_str()), ("known", &shown)];
                self.book.strings.count(Key::AboutFramework, known, &values)
            }
            Kind::Language(id) => self.language(*id),
            Kind::Versus(id) => {
                let pair = &plan.pairs[id.index()];
                let count = self.compared(pair.first, pair.second);
                let (first, second) = (&*book[pair.first].name, &*book[pair.second].name);
                let values = [("first", first), ("second", second)];
                self.book.strings.count(Key::AboutVersus, count, &values)
            }
            Kind::Goal(id) => self.goal(id.index()),
            Kind::Criterion(id) => {
                self.say(Key::AboutCriterion, &[("question", &book[*id].question)])
            }
            Kind::Guide(id) => book[*id].summary.clone(),
            Kind::Page(id) => match &book[*id].summary {
                Some(summary) => summary.clone(),
                None => {
                    let values =
                        [("page", &*book[*id].title), ("site", &*book.site.title)];
                    self.say(Key::AboutPage, &values)
                }
            },
            Kind::Frameworks => self.get(Key::AboutFrameworks),
            Kind::Languages => self.get(Key::AboutLanguages),
            Kind::Compare => self.get(Key::AboutCompare),
            Kind::Goals => self.get(Key::AboutGoals),
            Kind::Choose => self.get(Key::AboutChoose),
            Kind::Criteria => self.get(Key::AboutCriteria),
            Kind::Guides => self.get(Key::AboutGuides),
            Kind::Faq => book
                .faq
                .section
                .summary
                .clone()
                .unwrap_or_else(|| self.get(Key::AboutFaq)),
            Kind::Methodology => book
                .methodology
                .summary
                .clone()
                .unwrap_or_else(|| self.get(Key::AboutMethodology)),
            Kind::Data => self.get(Key::AboutData),
            Kind::Sources => self.get(Key::AboutSources),
            Kind::Changes => self.get(Key::AboutChanges),
            Kind::Search => self.get(Key::AboutSearch),
            Kind::NotFound | Kind::Redirect { .. } => String::new(),
        };
        fitted(&whole, &book.site.description)
    }

    fn language(&self, id: LanguageId) -> String {
        let own = self.book.frameworks.iter().filter(|f| f.language == Some(id));
        let names: Vec<&str> = own.map(|framework| framework.name.as_str()).collect();
        let key = match names.is_empty() {
            true => Key::AboutLanguageNone,
            false => Key::AboutLanguage,
        };
        let language = self.book[id].title.as_str();
        self.say(key, &[("language", language), ("frameworks", &names.join(", "))])
    }

    fn goal(&self, index: usize) -> String {
        let (goal, ranking) = (&self.book.goals[index], &self.rankings.goals[index]);
        let key = match ranking.answer {
            Answer::Clear => Key::AboutGoalClear,
            Answer::Close | Answer::Tie => Key::AboutGoalClose,
            Answer::Nobody => Key::AboutGoalNobody,
        };
        let name = |i: usize| {
            let place = ranking.ranked.get(i);
            place.map_or("", |place| self.book[place.framework].name.as_str())
        };
        let question = goal.question.as_str();
        let values = [("question", question), ("first", name(0)), ("second", name(1))];
        self.book.strings.count(key, ranking.ranked.len(), &values)
    }

    fn compared(&self, first: FrameworkId, second: FrameworkId) -> usize {
        let cells = self.book[first].cells.iter().zip(&self.book[second].cells);
        cells.filter(|(a, b)| a.known().is_some() && b.known().is_some()).count()
    }
}

/// A description of the right length: of a longer one as many whole sentences as fit, else
/// as many words; a shorter one is followed by that of the site.
fn fitted(text: &str, site: &str) -> String {
    let length = |text: &str| text.chars().count();
    if text.is_empty() || (SHORTEST..=LONGEST).contains(&length(text)) {
        return text.to_owned();
    }
    if length(text) < SHORTEST {
        let whole = format!("{text} {site}");
        let is_better = !site.is_empty() && site != text && length(&whole) <= LONGEST;
        return if is_better { whole } else { text.to_owned() };
    }
    let ends = text.match_indices(['.', '?', '!']).map(|(at, _)| &text[..=at]);
    let is_sentence = |part: &&str| text[part.len()..].starts_with(' ');
    let fits = |part: &&str| (SHORTEST..=LONGEST).contains(&length(part));
    let whole = ends.rev().filter(is_sentence).find(fits);
    whole.map_or_else(|| shortened(text, LONGEST), str::to_owned)
}

/// A text that is longer than so many characters, cut at a word.
pub fn shortened(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let cut: String = text.chars().take(longest - 1).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([',', ';', ':', '.']))
}

/// Reports pages of one title, which readers cannot tell apart.
pub(super) fn check(book: &Book, plan: &Plan, diags: &mut Diagnostics) {
    let mut titles: RapidHashMap<&str, &Page> = RapidHashMap::default();
    let pages =
        plan.pages.iter().filter(|page| !matches!(page.kind, Kind::Redirect { .. }));
    for page in pages {
        if let Some(first) = titles.insert(&page.title, page) {
            let message = format!(
                "the pages `/{}` and `/{}` have one title, `{}`",
                first.route, page.route, page.title
            );
            let mut found = Diagnostic::placeless(Code::DuplicateTitle, message)
                .hint("say in one of them what sets it apart");
            let (place, first) = (place(book, plan, page), place(book, plan, first));
            found.span = place.or(first);
            diags.push(match (place, first) {
                (Some(_), Some(first)) => found.label(first, "the other one"),
                _ => found,
            });
        }
    }
}

/// The place of a page's title, if it comes from a file of the book.
fn place(book: &Book, plan: &Plan, page: &Page) -> Option<Span> {
    match page.kind {
        Kind::Framework(id) => Some(book[id].span),
        Kind::Language(id) => Some(book[id].span),
        Kind::Criterion(id) => Some(book[id].span),
        Kind::Goal(id) => Some(book[id].span),
        Kind::Guide(id) => Some(book[id].span),
        Kind::Page(id) => Some(book[id].span),
        Kind::Versus(id) => {
            let pair = &plan.pairs[id.index()];
            Some(pair.verdict.map_or(book[pair.first].span, |verdict| book[verdict].span))
        }
        Kind::Home
        | Kind::Frameworks
        | Kind::Languages
        | Kind::Compare
        | Kind::Goals
        | Kind::Choose
        | Kind::Criteria
        | Kind::Guides
        | Kind::Faq
        | Kind::Methodology
        | Kind::Data
        | Kind::Sources
        | Kind::Changes
        | Kind::Search
        | Kind::NotFound
        | Kind::Redirect { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::fitted;

    #[test]
    fn a_description_is_cut_after_a_sentence_or_a_word_and_never_left_short() {
        #[track_caller]
        fn case(text: &str, expected: &str) {
            assert_eq!(fitted(text, "What the site is."), expected);
        }
        let (half, whole) = ("word ".repeat(15), "word ".repeat(40));
        let (half, whole) = (half.trim(), whole.trim());
        case("", "");
        case(half, half);
        case("Three questions.", "Three questions. What the site is.");
        case("What the site is.", "What the site is.");
        case(&format!("{half}? {whole}."), &format!("{half}?"));
        case(&format!("Node.js. {whole}"), &format!("Node.js. {}…", &whole[..149]));
        case(&"é".repeat(200), &format!("{}…", "é".repeat(159)));
    }
}
