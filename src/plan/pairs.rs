//! The pairs of frameworks that get a page.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::book::{Book, Cell, FrameworkId, Pairs, VersusId, with_ids};
use crate::rank::{Ranking, Rankings};

/// The most pages made for peers, where the book names no number.
const MAX_PEERS: usize = 60;
/// Frameworks among the first so many of one goal are peers.
const TOP: u32 = 5;
/// Percent of the criteria that must be known on both sides.
const KNOWN: usize = 60;
/// Known facts that must differ.
const DIFFERENT: usize = 5;

/// Two frameworks that have a page together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The first; its slug is before the second's in byte order.
    pub first: FrameworkId,
    /// The second.
    pub second: FrameworkId,
    /// The verdict, if somebody wrote one.
    pub verdict: Option<VersusId>,
}

/// The pairs that get a page, in byte order of their slugs, and how many were cut.
pub(super) fn pairs(book: &Book, rankings: &Rankings) -> (Vec<Pair>, usize) {
    let declared: BTreeMap<_, _> = with_ids(&book.versus)
        .map(|(id, versus)| ((versus.first, versus.second), id))
        .collect();
    let automatic: Vec<(FrameworkId, FrameworkId)> = match book.site.pairs {
        Pairs::Declared => Vec::new(),
        Pairs::Peers => {
            let tops = tops(rankings);
            let is_peer =
                |pair: &_| are_peers(book, &tops, *pair) && has_substance(book, *pair);
            all(book).filter(is_peer).collect()
        }
        Pairs::All => all(book).collect(),
    };
    let wanted: Vec<_> =
        automatic.into_iter().filter(|pair| !declared.contains_key(pair)).collect();
    let most = match (book.site.max_pairs, book.site.pairs) {
        (Some(max), _) => max,
        (None, Pairs::Peers) => MAX_PEERS,
        (None, Pairs::Declared | Pairs::All) => usize::MAX,
    };
    let cut = wanted.len().saturating_sub(most);
    let made = wanted.into_iter().take(most).map(|(first, second)| (first, second, None));
    let verdicts =
        declared.iter().map(|(&(first, second), &id)| (first, second, Some(id)));
    let mut pairs: Vec<Pair> = made
        .chain(verdicts)
        .map(|(first, second, verdict)| Pair { first, second, verdict })
        .collect();
    pairs.sort_by_key(|pair| (pair.first, pair.second));
    (pairs, cut)
}

/// All pairs, in byte order of their slugs: frameworks stand by slug.
fn all(book: &Book) -> impl Iterator<Item = (FrameworkId, FrameworkId)> {
    with_ids(&book.frameworks).flat_map(|(first, _)| {
        let later =
            with_ids(&book.frameworks).map(|(id, _)| id).filter(move |id| *id > first);
        later.map(move |second| (first, second))
    })
}

/// The first few frameworks of each goal.
fn tops(rankings: &Rankings) -> Vec<Vec<FrameworkId>> {
    let of_goal = |ranking: &Arc<Ranking>| {
        let top = ranking.ranked.iter().take_while(|place| place.rank <= TOP);
        top.map(|place| place.framework).collect()
    };
    rankings.goals.iter().map(of_goal).collect()
}

fn are_peers(
    book: &Book,
    tops: &[Vec<FrameworkId>],
    (first, second): (FrameworkId, FrameworkId),
) -> bool {
    let group = book[first].peer_group.as_ref();
    (group.is_some() && group == book[second].peer_group.as_ref())
        || tops.iter().any(|top| top.contains(&first) && top.contains(&second))
}

/// Whether a page about two frameworks would have something to say.
fn has_substance(book: &Book, (first, second): (FrameworkId, FrameworkId)) -> bool {
    let cells = || book[first].cells.iter().zip(&book[second].cells);
    let known =
        |cells: &(&Cell, &Cell)| cells.0.known().is_some() && cells.1.known().is_some();
    let differ = |cells: &(&Cell, &Cell)| {
        let values = (cells.0.known(), cells.1.known());
        matches!(values, (Some(a), Some(b)) if a.value != b.value)
    };
    100 * cells().filter(known).count() >= KNOWN * book.criteria.len()
        && cells().filter(differ).count() >= DIFFERENT
}
