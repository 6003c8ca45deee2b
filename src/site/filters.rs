//! Must-haves: the filters that a reader who chooses can set.
//!
//! In order: the languages, if the frameworks have several; then, by criterion, everything
//! that a goal requires, so that its page and a reader's own choice can agree; and the
//! criteria of yes or no and of options that tell the frameworks apart, of which the better
//! answer, or the options that are good, are asked for. Of these the ones that
//! weigh most over all goals are taken until there are [`MOST`]. Invariant: the book alone decides.

use std::cmp::Reverse;

use super::{Site, sentences};
use crate::book::{
    Book, Criterion, CriterionId, Goal, Key, LanguageId, Test, Value, with_ids,
};
use crate::rank::{self, Truth};

/// The largest number of criteria that are offered, if goals do not require more.
const MOST: usize = 12;

/// A must-have of a reader: frameworks that fail it are filtered out.
pub(super) struct Filter {
    /// Its subject.
    pub(super) about: About,
    /// Tests of the fact, all of which must hold; none for a language.
    tests: Vec<Test>,
    /// Its subject in an address: `lang`, `req.orm`.
    pub(super) key: String,
    /// The required value in an address: `python`, `any:built-in,official`.
    pub(super) value: String,
    /// Whether each framework has it.
    pub(super) truths: Vec<Truth>,
}

/// The subject of a must-have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// The language that the framework is written for.
    Language(LanguageId),
    /// A criterion.
    Criterion(CriterionId),
}

/// Everything that can be asked for.
pub(super) fn all(book: &Book) -> Vec<Filter> {
    let mut asked: Vec<(CriterionId, Vec<Test>)> = Vec::new();
    for own in book.goals.iter().flat_map(required) {
        if !asked.contains(&own) {
            asked.push(own);
        }
    }
    let mut more: Vec<(CriterionId, Vec<Test>)> = with_ids(&book.criteria)
        .filter(|(id, _)| asked.iter().all(|(criterion, _)| criterion != id))
        .filter_map(|(id, criterion)| Some((id, vec![criterion.kind.filter()?])))
        .filter(|(id, tests)| is_telling(&truths(book, *id, tests)))
        .collect();
    more.sort_by_key(|(id, _)| Reverse(weight(book, *id)));
    let mut criteria: Vec<CriterionId> = asked.iter().map(|(id, _)| *id).collect();
    criteria.sort_unstable();
    criteria.dedup();
    asked.extend(more.into_iter().take(MOST.saturating_sub(criteria.len())));
    // The sort is stable: of one criterion, the goals' order stays.
    asked.sort_by_key(|(id, _)| *id);
    let asked = asked.into_iter().map(|(id, tests)| of_criterion(book, id, tests));
    languages(book).into_iter().chain(asked).collect()
}

/// The positions of what a goal requires among all must-haves.
pub(super) fn of_goal(all: &[Filter], goal: &Goal) -> Vec<usize> {
    let find = |(id, tests): (CriterionId, Vec<Test>)| {
        let about = About::Criterion(id);
        all.iter().position(|filter| filter.about == about && filter.tests == tests)
    };
    required(goal).into_iter().filter_map(find).collect()
}

/// The requirements of a goal, all tests of one criterion together.
fn required(goal: &Goal) -> Vec<(CriterionId, Vec<Test>)> {
    let mut asked: Vec<(CriterionId, Vec<Test>)> = Vec::new();
    for requirement in &goal.requirements {
        let test = requirement.test.clone();
        match asked.iter_mut().find(|(id, _)| *id == requirement.criterion) {
            Some((_, tests)) => tests.push(test),
            None => asked.push((requirement.criterion, vec![test])),
        }
    }
    asked
}

/// The languages, if there are frameworks of several.
fn languages(book: &Book) -> Vec<Filter> {
    let filter = |(id, language): (LanguageId, &crate::book::Language)| Filter {
        about: About::Language(id),
        tests: Vec::new(),
        key: "lang".to_owned(),
        value: language.slug.clone(),
        truths: (book.frameworks.iter())
            .map(|f| f.language.map_or(Truth::Unknown, |of| Truth::from(of == id)))
            .collect(),
    };
    let all = with_ids(&book.languages).map(filter);
    let all: Vec<Filter> =
        all.filter(|filter| filter.truths.contains(&Truth::True)).collect();
    if all.len() > 1 { all } else { Vec::new() }
}

fn of_criterion(book: &Book, id: CriterionId, tests: Vec<Test>) -> Filter {
    let criterion = &book[id];
    let words: Vec<String> = tests.iter().map(|test| word(criterion, test)).collect();
    Filter {
        about: About::Criterion(id),
        key: format!("req.{}", criterion.id),
        value: words.join("~"),
        truths: truths(book, id, &tests),
        tests,
    }
}

/// Whether each framework passes all tests of a criterion.
fn truths(book: &Book, id: CriterionId, tests: &[Test]) -> Vec<Truth> {
    let truth = |(framework, _)| {
        let cell = book.cell(framework, id);
        Truth::all(tests.iter().map(|test| rank::truth(&book[id], cell, test)))
    };
    with_ids(&book.frameworks).map(truth).collect()
}

/// Whether some have it and some do not.
fn is_telling(truths: &[Truth]) -> bool {
    truths.contains(&Truth::True) && truths.contains(&Truth::False)
}

/// The sum of a criterion's weights in all goals.
fn weight(book: &Book, id: CriterionId) -> u32 {
    let weights = book.goals.iter().flat_map(|goal| &goal.weights);
    weights.filter(|(of, _)| *of == id).map(|(_, weight)| u32::from(*weight)).sum()
}

/// A test in an address: "yes", "any:built-in,official", "min:12".
fn word(criterion: &Criterion, test: &Test) -> String {
    let one = |value: &Value| criterion.kind.json(value).in_address();
    let tags = |at: &[usize]| {
        let ids: Vec<&str> = criterion.kind.members_at(at).map(|tag| &*tag.id).collect();
        ids.join(",")
    };
    match test {
        Test::Is(value) => one(value),
        Test::Not(value) => format!("not:{}", one(value)),
        Test::AtLeast(value) => format!("min:{}", one(value)),
        Test::AtMost(value) => format!("max:{}", one(value)),
        Test::Has(at) => format!("has:{}", tags(at)),
        Test::AnyTag(at) => format!("any:{}", tags(at)),
        Test::Any(values) => {
            let values: Vec<String> = values.iter().map(one).collect();
            format!("any:{}", values.join(","))
        }
    }
}

/// The subject and the required value of a must-have, in words.
pub(super) fn filter_words(site: &Site<'_>, filter: &Filter) -> (String, String) {
    match filter.about {
        About::Language(id) => {
            let title = &site.book[id].title;
            (site.strings.get(Key::Language).to_owned(), title.clone())
        }
        About::Criterion(id) => {
            let criterion = &site.book[id];
            let tests = filter.tests.iter();
            let needs: Vec<String> =
                tests.map(|t| sentences::test(criterion, t, site.strings)).collect();
            let needs: Vec<&str> = needs.iter().map(String::as_str).collect();
            let need = sentences::list(&needs, site.strings.get(Key::And));
            (criterion.title.clone(), need)
        }
    }
}
