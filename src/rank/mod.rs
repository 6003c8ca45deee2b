//! Rankings: who stands where for every goal, and what would change it.
//! [`Book`] -> [`Rankings`].
//!
//! A goal's weights and the frameworks' utilities become plain integers; [`core`] does the
//! arithmetic, which the page's script repeats from the same vectors. Invariant: integers only.

pub mod core;
mod moves;
mod ranking;
mod require;

use std::sync::Arc;

use rayon::prelude::*;

use crate::book::with_ids;
use crate::book::{Book, Cell, Criterion, CriterionId, FrameworkId, Goal};
use crate::diag::{Code, Count, Diagnostic, Diagnostics};
use crate::raw::Stale;

use self::core::{Row, Weights};

pub use self::core::{Rules, Tenths, Truth, Utility};
pub use moves::{Move, Ranks, moves, ranks};
pub use ranking::Unranked;
pub use ranking::{Answer, Change, Counts, Overtake, Ranked, Ranking, Rankings, Reason};
pub use require::truth;

/// Ranks the frameworks for every goal.
pub fn rank(book: &Book, diags: &mut Diagnostics) -> Rankings {
    rank_after(book, None, diags)
}

/// Ranks the frameworks for every goal, but takes over those rankings from before that would
/// follow from the same.
pub fn rank_after(
    book: &Book,
    before: Option<&Rankings>,
    diags: &mut Diagnostics,
) -> Rankings {
    let utilities: Vec<Vec<Utility>> = book
        .frameworks
        .iter()
        .map(|framework| {
            let cells = book.criteria.iter().zip(&framework.cells);
            cells.map(|(criterion, cell)| utility(criterion, cell)).collect()
        })
        .collect();
    let fields: Vec<Field> =
        book.goals.iter().map(|goal| Field::new(book, goal, &utilities)).collect();
    let known = |field: &Field| {
        let before = before?;
        let at = before.fields.iter().position(|known| known == field)?;
        Some(before.goals[at].clone())
    };
    let ranking = |field| known(field).unwrap_or_else(|| Arc::new(field.ranking()));
    let goals: Vec<Arc<Ranking>> = fields.par_iter().map(ranking).collect();
    // What could not be read counts as unknown, so a ranking says nothing after an error.
    let is_whole = !diags.has_errors();
    for (goal, ranking) in book.goals.iter().zip(&goals).filter(|_| is_whole) {
        if ranking.ranked.len() < 2 {
            let found = Count(ranking.ranked.len(), "framework");
            let message = format!("the goal `{}` ranks {found}", goal.slug);
            let hint = "a ranking compares two or more: ease its requirements or `coverage`, \
                        or find out more facts";
            diags.push(Diagnostic::new(Code::ThinGoal, goal.span, message).hint(hint));
        }
    }
    Rankings { goals, utilities, fields }
}

/// The utility of a cell.
pub fn utility(criterion: &Criterion, cell: &Cell) -> Utility {
    let fact = match cell {
        Cell::Known(fact) => fact,
        Cell::NotApplicable { .. } => return Utility::NotApplicable,
        Cell::Unknown => return Utility::Unknown,
    };
    criterion.kind.utility(&fact.value).map_or(Utility::Unknown, Utility::Known)
}

/// A goal as plain integers, and the frameworks that take part in it: all that a ranking
/// follows from.
#[derive(Debug, PartialEq, Eq)]
struct Field {
    /// The weighed criteria, in the order of the goal's weights.
    criteria: Vec<CriterionId>,
    /// None for a goal without weights, which has been reported; nothing is rendered from it.
    weights: Option<Weights>,
    rules: Rules,
    /// Frameworks that meet every requirement, by slug.
    entrants: Vec<(FrameworkId, String)>,
    /// Their utilities, in the order of the goal's weights.
    utilities: Vec<Vec<Utility>>,
    /// Frameworks that do not.
    unranked: Vec<Unranked>,
    /// The counts of frameworks by requirement.
    requirements: Vec<Counts>,
}

impl Field {
    fn new(book: &Book, goal: &Goal, utilities: &[Vec<Utility>]) -> Self {
        let mut entrants = Vec::new();
        let mut unranked = Vec::new();
        let mut requirements = vec![Counts::default(); goal.requirements.len()];
        for (id, framework) in with_ids(&book.frameworks) {
            match admit(book, goal, id, &mut requirements) {
                Some(reason) => unranked.push(Unranked { framework: id, reason }),
                None => entrants.push((id, framework.slug.clone())),
            }
        }
        let columns = entrants.iter().map(|(id, _)| {
            let of_goal = goal.weights.iter().map(|(criterion, _)| {
                let stale = goal.stale == Stale::Unknown
                    && book.cell(*id, *criterion).known().is_some_and(|f| f.is_stale);
                if stale {
                    Utility::Unknown
                } else {
                    utilities[id.index()][criterion.index()]
                }
            });
            of_goal.collect()
        });
        Self {
            criteria: goal.weights.iter().map(|(criterion, _)| *criterion).collect(),
            weights: Weights::new(
                goal.weights.iter().map(|(_, weight)| *weight).collect(),
            ),
            rules: Rules {
                coverage: goal.coverage,
                applicability: goal.applicability,
                tie_margin: Tenths(goal.tie_margin),
            },
            utilities: columns.collect(),
            entrants,
            unranked,
            requirements,
        }
    }
}

/// The reason why a framework is not ranked, if so; counts each requirement's answers.
fn admit(
    book: &Book,
    goal: &Goal,
    id: FrameworkId,
    counts: &mut [Counts],
) -> Option<Reason> {
    let mut reason = None;
    for (i, requirement) in goal.requirements.iter().enumerate() {
        let criterion = &book[requirement.criterion];
        let cell = book.cell(id, requirement.criterion);
        let truth = truth(criterion, cell, &requirement.test);
        match truth {
            Truth::True => counts[i].met += 1,
            Truth::False => counts[i].failed += 1,
            Truth::Unknown => counts[i].unknown += 1,
        }
        reason = match (truth, reason) {
            (Truth::False, None | Some(Reason::Unchecked(_))) => {
                Some(Reason::Excluded(i))
            }
            (Truth::Unknown, None) => Some(Reason::Unchecked(i)),
            (_, reason) => reason,
        };
    }
    reason
}

impl Field {
    /// Ranks the entrants.
    fn ranking(&self) -> Ranking {
        match &self.weights {
            Some(weights) => self.rank(weights),
            None => Ranking {
                total_weight: 0,
                ranked: Vec::new(),
                unranked: self.unranked.clone(),
                requirements: self.requirements.clone(),
                answer: Answer::Nobody,
                sensitivity: None,
                leave_one_out: Vec::new(),
                equal_weights: Vec::new(),
                overtakes: Vec::new(),
            },
        }
    }

    fn rank(&self, weights: &Weights) -> Ranking {
        let rows = self.entrants.iter().zip(&self.utilities);
        let rows: Vec<Row<'_>> =
            rows.map(|((_, slug), utilities)| Row { slug, utilities }).collect();
        let ranking = core::rank(&rows, weights, &self.rules);
        let mut unranked = self.unranked.clone();
        unranked.extend(ranking.unranked.iter().map(|out| Unranked {
            framework: self.entrants[out.row].0,
            reason: match out.reason {
                core::Reason::NothingApplies => Reason::TooFewApply(0),
                core::Reason::TooFewKnown(share) => Reason::TooFewKnown(share.into()),
                core::Reason::TooFewApplicable(share) => {
                    Reason::TooFewApply(share.into())
                }
            },
        }));
        unranked.sort_by_key(|out| out.framework);
        let sensitivity = core::sensitivity(&rows, weights, &self.rules);
        let sensitivity = sensitivity.first().map(|change| Change {
            criterion: self.criteria[change.criterion],
            from: change.from,
            to: change.to,
            step: change.step(),
            winners: self.names(&change.winners),
        });
        let left_out = core::leave_one_out(&rows, weights, &self.rules);
        let leave_one_out = left_out
            .iter()
            .map(|left| (self.criteria[left.criterion], self.names(&left.winners)));
        let overtakes = core::overtakes(&rows, weights, &self.rules);
        let overtakes = overtakes.iter().map(|overtake| Overtake {
            framework: self.entrants[overtake.row].0,
            criterion: self.criteria[overtake.criterion],
            utility: overtake.utility,
        });
        let equal = core::equal_weights(&rows, weights, &self.rules);
        Ranking {
            total_weight: weights.iter().map(|weight| u32::from(*weight)).sum(),
            ranked: ranking.ranked.iter().map(|p| self.ranked(p, weights)).collect(),
            unranked,
            requirements: self.requirements.clone(),
            answer: self.answer(&ranking, sensitivity.as_ref()),
            sensitivity,
            leave_one_out: leave_one_out.collect(),
            equal_weights: self.names(&equal),
            overtakes: overtakes.collect(),
        }
    }

    fn ranked(&self, place: &core::Ranked, weights: &Weights) -> Ranked {
        let utilities = &self.utilities[place.row];
        let score = &place.score;
        Ranked {
            framework: self.entrants[place.row].0,
            rank: u32::try_from(place.rank).unwrap_or(u32::MAX),
            is_tied: place.is_tied,
            a: score.a,
            d: score.d,
            k: score.k,
            tenths: score.tenths().0,
            max_tenths: score.max_tenths().0,
            coverage: score.coverage().into(),
            applicability: score.applicability().into(),
            utilities: utilities.clone(),
            holds_back: core::holds_back(weights, utilities).map(|loss| loss.criterion),
        }
    }

    fn answer(&self, ranking: &core::Ranking, change: Option<&Change>) -> Answer {
        match ranking.first() {
            [] => Answer::Nobody,
            [_] if ranking.lead_group(&self.rules).len() > 1 => Answer::Close,
            [_] if change.is_some_and(|change| change.step == 1) => Answer::Close,
            [_] => Answer::Clear,
            [_, _, ..] => Answer::Tie,
        }
    }

    fn names(&self, rows: &[usize]) -> Vec<FrameworkId> {
        rows.iter().map(|row| self.entrants[*row].0).collect()
    }
}
