//! Changes, day by day: those that the book tells of, joined with the days on
//! which its facts were checked.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::book::{Book, Cell, FrameworkId, with_ids};

/// Something that is new since a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// The day.
    pub day: Date,
    /// Its contents.
    pub what: What,
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A change that the book tells of, by its position in the book's list.
    Change(usize),
    /// Numbers of facts that were last checked on the day, with the slugs of their
    /// frameworks.
    Checked(Vec<(FrameworkId, usize)>),
}

/// Lists changes, the newest first; of one day, those that the book tells of come first.
pub(super) fn news(book: &Book) -> Vec<News> {
    let mut checked: BTreeMap<Date, Vec<(FrameworkId, usize)>> = BTreeMap::new();
    for (id, framework) in with_ids(&book.frameworks) {
        let mut days: BTreeMap<Date, usize> = BTreeMap::new();
        for day in framework.cells.iter().filter_map(Cell::checked) {
            *days.entry(day).or_default() += 1;
        }
        for (day, count) in days {
            checked.entry(day).or_default().push((id, count));
        }
    }
    let changes = book.changes.iter().enumerate();
    let told = changes.map(|(at, change)| (change.date, What::Change(at)));
    let checked = checked.into_iter().map(|(day, facts)| (day, What::Checked(facts)));
    let mut news: Vec<News> =
        told.chain(checked).map(|(day, what)| News { day, what }).collect();
    // The sort is stable, and what the book tells of stands before what was checked.
    news.sort_by_key(|item| std::cmp::Reverse(item.day));
    news
}
