//! Rankings: who stands where for every goal, and what would change it.
//! [`Book`] -> [`Rankings`].
//!
//! A goal's weights and the frameworks' utilities become plain integers; [`core`] does the
//! arithmetic, which the page's script repeats from the same vectors. Law: integers only.

pub mod core;
mod ranking;
mod require;

use crate::book::with_ids;
use crate::book::{Book, Cell, Criterion, CriterionId, FrameworkId, Goal, Kind, Value};
use crate::diag::{Code, Count, Diagnostic, Diagnostics};
use crate::raw::Stale;

use self::core::{Row, Weights};

pub use self::core::{Rules, Tenths, Truth, Utility};
pub use ranking::Unranked;
pub use ranking::{Answer, Change, Counts, Overtake, Ranked, Ranking, Rankings, Reason};
pub use require::truth;

/// Ranks the frameworks for every goal.
pub fn rank(book: &Book, diags: &mut Diagnostics) -> Rankings {
    let utilities: Vec<Vec<Utility>> = book
        .frameworks
        .iter()
        .map(|framework| {
            let cells = book.criteria.iter().zip(&framework.cells);
            cells.map(|(criterion, cell)| utility(criterion, cell)).collect()
        })
        .collect();
    let goals: Vec<Ranking> =
        book.goals.iter().map(|goal| ranking(book, goal, &utilities)).collect();
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
    Rankings { goals, utilities }
}

/// What a cell is worth.
pub fn utility(criterion: &Criterion, cell: &Cell) -> Utility {
    let fact = match cell {
        Cell::Known(fact) => fact,
        Cell::NotApplicable { .. } => return Utility::NotApplicable,
        Cell::Unknown => return Utility::Unknown,
    };
    let points = match (&criterion.kind, &fact.value) {
        (_, Value::Rating(halves)) => core::rating(*halves),
        (_, Value::Partly) => 50,
        (Kind::Boolean { better_yes }, Value::Yes) => {
            if *better_yes {
                100
            } else {
                0
            }
        }
        (Kind::Boolean { better_yes }, Value::No) => {
            if *better_yes {
                0
            } else {
                100
            }
        }
        (Kind::Choice { options }, Value::Choice(i)) => options[*i].utility,
        (Kind::Number { curve, .. }, Value::Number(number)) => curve.at(*number),
        (Kind::Tags { curve: Some(curve), .. }, Value::Tags(tags)) => {
            curve.at(i64::try_from(tags.len()).unwrap_or(i64::MAX).into())
        }
        _ => return Utility::Unknown,
    };
    Utility::Known(points)
}

/// A goal as plain integers, and the frameworks that take part in it.
struct Field<'a> {
    book: &'a Book,
    goal: &'a Goal,
    weights: Weights,
    rules: Rules,
    /// Frameworks that meet every requirement, by slug.
    entrants: Vec<FrameworkId>,
    /// Their utilities, in the order of the goal's weights.
    utilities: Vec<Vec<Utility>>,
}

fn ranking(book: &Book, goal: &Goal, utilities: &[Vec<Utility>]) -> Ranking {
    let mut entrants = Vec::new();
    let mut unranked = Vec::new();
    let mut requirements = vec![Counts::default(); goal.requirements.len()];
    for (id, _) in with_ids(&book.frameworks) {
        match admit(book, goal, id, &mut requirements) {
            Some(reason) => unranked.push(Unranked { framework: id, reason }),
            None => entrants.push(id),
        }
    }
    let weights = goal.weights.iter().map(|(_, weight)| *weight).collect();
    // A goal without weights has been reported; nothing is rendered from it.
    let Some(weights) = Weights::new(weights) else {
        return nobody(unranked, requirements);
    };
    let columns = entrants.iter().map(|id| {
        let of_goal = goal.weights.iter().map(|(criterion, _)| {
            let stale = goal.stale == Stale::Unknown
                && book.cell(*id, *criterion).known().is_some_and(|fact| fact.is_stale);
            if stale {
                Utility::Unknown
            } else {
                utilities[id.index()][criterion.index()]
            }
        });
        of_goal.collect()
    });
    let rules = Rules {
        coverage: goal.coverage,
        applicability: goal.applicability,
        tie_margin: Tenths(goal.tie_margin),
    };
    let utilities = columns.collect();
    Field { book, goal, weights, rules, entrants, utilities }.rank(unranked, requirements)
}

/// Why a framework may not take part, if so; counts who meets each requirement.
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

fn nobody(unranked: Vec<Unranked>, requirements: Vec<Counts>) -> Ranking {
    Ranking {
        total_weight: 0,
        ranked: Vec::new(),
        unranked,
        requirements,
        answer: Answer::Nobody,
        sensitivity: None,
        leave_one_out: Vec::new(),
        equal_weights: Vec::new(),
        overtakes: Vec::new(),
    }
}

impl Field<'_> {
    fn rank(&self, mut unranked: Vec<Unranked>, requirements: Vec<Counts>) -> Ranking {
        let rows: Vec<Row<'_>> = self
            .entrants
            .iter()
            .zip(&self.utilities)
            .map(|(id, utilities)| Row { slug: &self.book[*id].slug, utilities })
            .collect();
        let ranking = core::rank(&rows, &self.weights, &self.rules);
        unranked.extend(ranking.unranked.iter().map(|out| Unranked {
            framework: self.entrants[out.row],
            reason: match out.reason {
                core::Reason::NothingApplies => Reason::TooFewApply(0),
                core::Reason::TooFewKnown(share) => Reason::TooFewKnown(share.into()),
                core::Reason::TooFewApplicable(share) => {
                    Reason::TooFewApply(share.into())
                }
            },
        }));
        unranked.sort_by_key(|out| out.framework);
        let sensitivity = core::sensitivity(&rows, &self.weights, &self.rules);
        let sensitivity = sensitivity.first().map(|change| Change {
            criterion: self.criterion(change.criterion),
            from: change.from,
            to: change.to,
            step: change.step(),
            winners: self.names(&change.winners),
        });
        let left_out = core::leave_one_out(&rows, &self.weights, &self.rules);
        let leave_one_out = left_out
            .iter()
            .map(|left| (self.criterion(left.criterion), self.names(&left.winners)));
        let overtakes = core::overtakes(&rows, &self.weights, &self.rules);
        let overtakes = overtakes.iter().map(|overtake| Overtake {
            framework: self.entrants[overtake.row],
            criterion: self.criterion(overtake.criterion),
            utility: overtake.utility,
        });
        Ranking {
            total_weight: self.weights.iter().map(|weight| u32::from(*weight)).sum(),
            ranked: ranking.ranked.iter().map(|place| self.ranked(place)).collect(),
            unranked,
            requirements,
            answer: self.answer(&ranking, sensitivity.as_ref()),
            sensitivity,
            leave_one_out: leave_one_out.collect(),
            equal_weights: self.names(&core::equal_weights(
                &rows,
                &self.weights,
                &self.rules,
            )),
            overtakes: overtakes.collect(),
        }
    }

    fn ranked(&self, place: &core::Ranked) -> Ranked {
        let utilities = &self.utilities[place.row];
        let score = &place.score;
        Ranked {
            framework: self.entrants[place.row],
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
            holds_back: core::holds_back(&self.weights, utilities)
                .map(|loss| loss.criterion),
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

    fn criterion(&self, column: usize) -> CriterionId {
        self.goal.weights[column].0
    }

    fn names(&self, rows: &[usize]) -> Vec<FrameworkId> {
        rows.iter().map(|row| self.entrants[*row]).collect()
    }
}
