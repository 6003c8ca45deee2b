//! Ranks of a whole book, and which of them moved between two states of it.

use std::collections::BTreeMap;

use super::ranking::Rankings;
use crate::book::Book;

/// Ranks of frameworks, by goal, then by framework; those without a rank are left out.
pub type Ranks = BTreeMap<String, BTreeMap<String, u32>>;

/// A framework that has another rank than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// The goal.
    pub goal: String,
    /// The framework.
    pub framework: String,
    /// Its rank before; none if it had none.
    pub from: Option<u32>,
    /// Its rank now; none if it has none.
    pub to: Option<u32>,
}

/// The ranks of a book.
pub fn ranks(book: &Book, rankings: &Rankings) -> Ranks {
    let goals = book.goals.iter().zip(&rankings.goals);
    let ranks = goals.map(|(goal, ranking)| {
        let places = ranking.ranked.iter();
        let places = places.map(|place| (book[place.framework].slug.clone(), place.rank));
        (goal.slug.clone(), places.collect())
    });
    ranks.collect()
}

/// Whose rank moved in goals that were there before, the best places first.
pub fn moves(before: &Ranks, now: &Ranks) -> Vec<Move> {
    let mut moves = Vec::new();
    for (goal, now) in now {
        let Some(before) = before.get(goal) else { continue };
        let mut names: Vec<&String> = before.keys().chain(now.keys()).collect();
        names.sort_by_key(|name| (now.get(*name).copied().unwrap_or(u32::MAX), *name));
        names.dedup();
        let moved = names.into_iter().map(|framework| Move {
            goal: goal.clone(),
            framework: framework.clone(),
            from: before.get(framework).copied(),
            to: now.get(framework).copied(),
        });
        moves.extend(moved.filter(|moved| moved.from != moved.to));
    }
    moves
}

#[cfg(test)]
mod tests {
    use super::{Move, Ranks, moves};

    fn ranks(goals: &[(&str, &[(&str, u32)])]) -> Ranks {
        let goal = |(name, places): &(&str, &[(&str, u32)])| {
            let places = places.iter().map(|(name, rank)| (name.to_string(), *rank));
            (name.to_string(), places.collect())
        };
        goals.iter().map(goal).collect()
    }

    #[test]
    fn frameworks_with_another_rank_have_moved() {
        let before = ranks(&[("a", &[("x", 1), ("y", 2), ("z", 3)]), ("b", &[("x", 1)])]);
        let now = ranks(&[("a", &[("y", 1), ("x", 2), ("w", 4)]), ("c", &[("x", 1)])]);
        let moved = |framework: &str, from, to| Move {
            goal: "a".to_owned(),
            framework: framework.to_owned(),
            from,
            to,
        };
        let expected = [
            moved("y", Some(2), Some(1)),
            moved("x", Some(1), Some(2)),
            moved("w", None, Some(4)),
            moved("z", Some(3), None),
        ];
        assert_eq!(moves(&before, &now), expected);
        assert_eq!(moves(&now, &now), []);
    }
}
