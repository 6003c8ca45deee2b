//! `scores.json`: what every fact is worth and what goals ask for, in whole numbers, so that
//! a page can rank by a reader's own weights.
//!
//! Criteria and frameworks are named once; lists after that are in their order. What cells
//! say is listed once and named by position, for most cells say the same as others.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Object;
use super::goal::Worth;
use crate::book::{CriterionId, FrameworkId, Goal, Key, Target, with_ids};
use crate::rank::{Rules, Truth};
use crate::raw::Stale;
use crate::site::Site;
use crate::site::filters::{self, About, Filter};
use crate::site::link;

/// All that a ranking is made from.
#[derive(Serialize)]
pub(super) struct Entry<'a> {
    /// Ids of the criteria that are scored.
    criteria: Vec<&'a str>,
    /// Slugs of the frameworks.
    frameworks: Vec<&'a str>,
    /// By framework, then by criterion: 0 to 100, null for unknown, "na" for what cannot
    /// apply.
    utilities: Vec<Vec<Worth>>,
    /// By framework: positions of the criteria whose facts are stale.
    stale: Vec<Vec<usize>>,
    /// By framework, then by criterion: the position of what the cell says.
    values: Vec<Vec<usize>>,
    /// Texts of cells.
    cells: Vec<Said>,
    /// Requirements that readers can choose.
    requirements: Vec<RequirementEntry>,
    /// Limits of ranking where no goal sets them.
    rules: RulesEntry,
    /// Weights and requirements of the goals.
    goals: Vec<GoalEntry<'a>>,
}

/// The text of a cell.
#[derive(Serialize, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Said {
    /// By which it is coloured.
    state: String,
    /// Its words, with the unit.
    text: String,
    /// The words for a check too long ago; empty for any other.
    stale: String,
}

/// Something that can be asked for.
#[derive(Serialize)]
struct RequirementEntry {
    /// Its criterion or language.
    key: String,
    /// The requirement in words.
    value: String,
    /// By framework: whether it has that; null where nobody knows.
    met: Vec<Option<bool>>,
    /// By framework: the position of what its cell says.
    values: Vec<usize>,
}

/// Limits of ranking, in percent, and the margin of close scores, in tenths of points.
#[derive(Serialize)]
struct RulesEntry {
    coverage: u8,
    applicability: u8,
    tie_margin: u32,
}

/// A goal's weights and requirements.
#[derive(Serialize)]
struct GoalEntry<'a> {
    goal: &'a str,
    weights: Object<'a, u8>,
    /// Positions in the list of what can be asked for.
    requirements: Vec<usize>,
    #[serde(flatten)]
    rules: RulesEntry,
    /// "count", or "unknown" if facts that are stale do not count.
    stale: &'static str,
}

/// The file.
pub(super) fn all<'a>(site: &'a Site<'_>) -> Entry<'a> {
    let book = site.book;
    let criteria: Vec<CriterionId> = with_ids(&book.criteria)
        .filter(|(_, criterion)| criterion.kind.is_scored())
        .map(|(id, _)| id)
        .collect();
    let frameworks: Vec<FrameworkId> =
        with_ids(&book.frameworks).map(|(id, _)| id).collect();
    let worth = |framework: FrameworkId, criterion: &CriterionId| {
        Worth::from(site.rankings.utilities[framework.index()][criterion.index()])
    };
    let is_stale = |framework: FrameworkId, criterion: CriterionId| {
        book.cell(framework, criterion).known().is_some_and(|fact| fact.is_stale)
    };
    let mut cells = Cells { site, known: BTreeMap::new(), all: Vec::new() };
    let filters = filters::all(book);
    let each = |row: &dyn Fn(FrameworkId) -> Vec<usize>| {
        frameworks.iter().map(|id| row(*id)).collect::<Vec<_>>()
    };
    Entry {
        criteria: criteria.iter().map(|id| &*book[*id].id).collect(),
        frameworks: book.frameworks.iter().map(|framework| &*framework.slug).collect(),
        utilities: (frameworks.iter())
            .map(|id| criteria.iter().map(|criterion| worth(*id, criterion)).collect())
            .collect(),
        stale: each(&|id| {
            let stale = (0..criteria.len()).filter(|at| is_stale(id, criteria[*at]));
            stale.collect()
        }),
        values: (frameworks.iter())
            .map(|id| criteria.iter().map(|at| cells.fact(*id, *at)).collect())
            .collect(),
        requirements: filters.iter().map(|m| requirement(&mut cells, m)).collect(),
        rules: rules(&Rules::default()),
        goals: book.goals.iter().map(|goal| one(site, goal, &filters)).collect(),
        cells: cells.all,
    }
}

/// Texts of cells, each once.
struct Cells<'a> {
    site: &'a Site<'a>,
    known: BTreeMap<Said, usize>,
    all: Vec<Said>,
}

impl Cells<'_> {
    /// The position of what a fact says.
    fn fact(&mut self, framework: FrameworkId, criterion: CriterionId) -> usize {
        let view = &self.site.cell(framework, criterion).view;
        let part = |name: &str| {
            let part = view.get_from_path(name).and_then(tera::Value::as_str);
            part.unwrap_or_default().to_owned()
        };
        let (state, stale) = (part("state"), part("stale"));
        let text = link::title(self.site, &Target::Fact(framework, criterion));
        self.place(Said { state, text, stale })
    }

    /// The position of a framework's language.
    fn language(&mut self, framework: FrameworkId) -> usize {
        let site = self.site;
        let (state, text) = match site.book[framework].language {
            Some(id) => ("value", &*site.book[id].title),
            None => ("unk", site.strings.get(Key::CellUnknown)),
        };
        let (state, text) = (state.to_owned(), text.to_owned());
        self.place(Said { state, text, stale: String::new() })
    }

    fn place(&mut self, said: Said) -> usize {
        let all = &mut self.all;
        *self.known.entry(said).or_insert_with_key(|said| {
            all.push(said.clone());
            all.len() - 1
        })
    }
}

fn requirement(cells: &mut Cells<'_>, filter: &Filter) -> RequirementEntry {
    let truth = |truth: &Truth| match truth {
        Truth::True => Some(true),
        Truth::False => Some(false),
        Truth::Unknown => None,
    };
    let frameworks = with_ids(&cells.site.book.frameworks).map(|(id, _)| id);
    let frameworks: Vec<FrameworkId> = frameworks.collect();
    RequirementEntry {
        key: filter.key.clone(),
        value: filter.value.clone(),
        met: filter.truths.iter().map(truth).collect(),
        values: (frameworks.into_iter())
            .map(|framework| match filter.about {
                About::Language(_) => cells.language(framework),
                About::Criterion(id) => cells.fact(framework, id),
            })
            .collect(),
    }
}

fn one<'a>(site: &'a Site<'_>, goal: &'a Goal, filters: &[Filter]) -> GoalEntry<'a> {
    let weights = goal.weights.iter().map(|(id, weight)| (&*site.book[*id].id, *weight));
    GoalEntry {
        goal: &goal.slug,
        weights: Object(weights.collect()),
        requirements: filters::of_goal(filters, goal),
        rules: RulesEntry {
            coverage: goal.coverage,
            applicability: goal.applicability,
            tie_margin: goal.tie_margin,
        },
        stale: match goal.stale {
            Stale::Count => "count",
            Stale::Unknown => "unknown",
        },
    }
}

fn rules(rules: &Rules) -> RulesEntry {
    RulesEntry {
        coverage: rules.coverage,
        applicability: rules.applicability,
        tie_margin: rules.tie_margin.0,
    }
}
