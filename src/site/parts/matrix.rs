//! The one component for tables of facts: criteria as rows, or frameworks as rows.
//!
//! Pages that compare, the pages of pairs and the embed in prose all make their tables here;
//! the theme's components `matrix_table` and `list_table` draw them. Cells are the site's
//! ready-made ones; what depends on the company they are shown in, the mark of the best, is
//! added here.

use serde::Serialize;

use super::shared::{self, Name};
use crate::book::{
    Criterion, CriterionId, Direction, FrameworkId, GroupId, Key, Large, with_ids,
};
use crate::plan::{Subject, anchor};
use crate::rank::Utility;
use crate::site::cell::Mark;
use crate::site::link::Link;
use crate::site::{Contents, Site, Strings, order};

/// A table with criteria as rows, in groups.
#[derive(Debug, Serialize)]
pub(in crate::site) struct Matrix {
    /// Its contents.
    pub(in crate::site) caption: String,
    /// The amount that it shows, and its order; may be empty.
    pub(in crate::site) note: String,
    /// The number of its columns, the criteria's among them.
    width: usize,
    /// Its layout.
    layout: Layout,
    /// Frameworks.
    pub(in crate::site) columns: Vec<Name>,
    /// Groups that have a row.
    pub(in crate::site) groups: Vec<Group>,
}

/// A group of rows.
#[derive(Debug, Serialize)]
pub(in crate::site) struct Group {
    /// The name of the part of the page that shows it: `g-batteries`.
    id: String,
    /// Its title.
    title: String,
    /// Whether all of its rows are the same for all.
    is_same: bool,
    /// Its rows.
    rows: Vec<Row>,
}

/// A criterion and what frameworks have there.
#[derive(Debug, Serialize)]
struct Row {
    /// The criterion: a [`Head`], made once for all tables.
    head: tera::Value,
    /// Whether two or more frameworks are shown and all have the same known value.
    is_same: bool,
    /// Its cells with their marks, one for each column.
    cells: Vec<tera::Value>,
}

/// A criterion as the head of a row or column.
#[derive(Debug, Serialize)]
struct Head<'a> {
    /// Its id.
    id: &'a str,
    /// Its title.
    title: &'a str,
    /// Its page.
    route: String,
    /// Its unit and which values are better: "req/s, higher is better"; empty if it has none.
    unit: String,
    /// Whether its values are numbers.
    is_number: bool,
    /// The values that get a mark: "high", "low", or empty for none.
    best: &'static str,
    /// The first direction of sorting by it: "desc" or "asc".
    starts: &'static str,
}

/// A table with frameworks as rows.
#[derive(Debug, Serialize)]
pub(in crate::site) struct List {
    /// Its contents.
    pub(in crate::site) caption: String,
    /// The amount that it shows, and its order; may be empty.
    pub(in crate::site) note: String,
    /// Whether it says what each framework is.
    pub(in crate::site) has_summary: bool,
    /// Whether it says which language each is written for.
    pub(in crate::site) has_language: bool,
    /// Its layout.
    layout: Layout,
    /// Criteria: a [`Head`] each.
    columns: Vec<tera::Value>,
    /// Frameworks.
    pub(in crate::site) rows: Vec<Item>,
}

/// A framework and its facts.
#[derive(Debug, Serialize)]
pub(in crate::site) struct Item {
    /// The framework.
    framework: Name,
    /// The place of its name among those shown.
    name_order: usize,
    /// One sentence about it.
    summary: String,
    /// The language it is written for.
    language: Option<Link>,
    /// The place of that among those shown; empty without one.
    language_order: String,
    /// Its cells with their marks, one for each column.
    cells: Vec<tera::Value>,
}

/// The layout of a table, by the number of its cells: what browsers lay out
/// at once, in steps of the script, or not before it is scrolled to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::site) enum Layout {
    /// Columns as wide as what stands in them.
    Plain,
    /// Columns of one width.
    Fixed,
    /// A table for each group.
    Parts,
    /// Rows that are laid out one by one, when they come into view.
    Grid,
}

impl Layout {
    /// The layout of a table with so many cells.
    pub(in crate::site) fn of(site: &Site<'_>, cells: usize) -> Self {
        match (cells, site.book.site.large) {
            (0..=2_500, _) => Self::Plain,
            (2_501..=8_000, _) => Self::Fixed,
            (_, Large::Parts) => Self::Parts,
            (_, Large::Grid) => Self::Grid,
        }
    }

    /// The layout of a table that has no groups to be parted by.
    pub(in crate::site) fn of_list(site: &Site<'_>, cells: usize) -> Self {
        match Self::of(site, cells) {
            Self::Parts => Self::Fixed,
            layout => layout,
        }
    }

    /// The layout of a table of two frameworks, whose rows are made for any table.
    pub(in crate::site) fn of_pair(cells: usize) -> Self {
        match cells {
            0..=2_500 => Self::Plain,
            _ => Self::Fixed,
        }
    }
}

/// The cells of a row that get a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) enum Marks {
    /// The best numbers and ratings, if at most half of those known are best.
    Best,
    /// The better of two, if rankings give it more points; yes and no speak for themselves.
    Better,
    /// None.
    Off,
}

/// Makes a table with criteria as rows; its caption and note are set by the caller.
pub(in crate::site) fn matrix(
    site: &Site<'_>,
    frameworks: &[FrameworkId],
    criteria: &[CriterionId],
    marks: Marks,
) -> Matrix {
    let mut groups: Vec<(GroupId, Group)> = Vec::new();
    for id in criteria {
        let head = site.heads[id.index()].clone();
        let is_same = is_same(site, frameworks, *id);
        let row = Row { head, is_same, cells: row(site, frameworks, *id, marks) };
        let at = site.book[*id].group;
        match groups.iter_mut().find(|(group, _)| *group == at) {
            Some((_, group)) => {
                group.is_same &= is_same;
                group.rows.push(row);
            }
            None => groups.push((at, group(site, at, row))),
        }
    }
    Matrix {
        caption: String::new(),
        note: String::new(),
        width: frameworks.len() + 1,
        layout: Layout::of(site, frameworks.len() * criteria.len()),
        columns: frameworks.iter().map(|id| shared::name(site, *id)).collect(),
        groups: groups.into_iter().map(|(_, group)| group).collect(),
    }
}

/// Makes a table with frameworks as rows; its caption and note are set by the caller.
pub(in crate::site) fn list(
    site: &Site<'_>,
    frameworks: &[FrameworkId],
    criteria: &[CriterionId],
    marks: Marks,
) -> List {
    let columns: Vec<Vec<tera::Value>> =
        criteria.iter().map(|id| row(site, frameworks, *id, marks)).collect();
    let mut columns: Vec<_> = columns.into_iter().map(Vec::into_iter).collect();
    let names: Vec<&str> = frameworks.iter().map(|id| &*site.book[*id].name).collect();
    let language_of = |id: &FrameworkId| site.book[*id].language;
    let titles = frameworks.iter().map(|id| match language_of(id) {
        Some(language) => site.book[language].title.as_str(),
        None => "",
    });
    let language_orders = order::texts(&titles.collect::<Vec<_>>());
    let orders = order::texts(&names).into_iter().zip(language_orders);
    let rows = frameworks.iter().zip(orders).map(|(id, (name, place))| Item {
        framework: shared::name(site, *id),
        name_order: name,
        summary: site.book[*id].summary.clone(),
        language: language_of(id).map(|id| language(site, id)),
        language_order: language_of(id).map(|_| place.to_string()).unwrap_or_default(),
        cells: columns.iter_mut().filter_map(Iterator::next).collect(),
    });
    List {
        caption: String::new(),
        note: String::new(),
        has_summary: false,
        has_language: false,
        layout: Layout::of_list(site, frameworks.len() * criteria.len()),
        rows: rows.collect(),
        columns: criteria.iter().map(|id| site.heads[id.index()].clone()).collect(),
    }
}

/// The criteria that stand at the top of a profile.
pub(in crate::site) fn glance(site: &Site<'_>) -> Vec<CriterionId> {
    let criteria = with_ids(&site.book.criteria);
    criteria.filter(|(_, criterion)| criterion.is_glance).map(|(id, _)| id).collect()
}

/// Every criterion as the head of a row or column, in the order of the book.
pub(in crate::site) fn heads(contents: Contents<'_>) -> Vec<tera::Value> {
    let Contents { book, plan, .. } = contents;
    let head = |(id, criterion): (CriterionId, &Criterion)| {
        tera::Value::from_serializable(&Head {
            id: &criterion.id,
            title: &criterion.title,
            route: plan.route(Subject::Criterion(id)).to_string(),
            unit: unit(&book.strings, criterion),
            is_number: criterion.kind.is_number(),
            best: match criterion.kind.direction() {
                Some(Direction::Higher) => "high",
                Some(Direction::Lower) => "low",
                Some(Direction::Mixed) | None => "",
            },
            starts: if criterion.kind.sorts_descending() { "desc" } else { "asc" },
        })
    };
    with_ids(&book.criteria).map(head).collect()
}

/// A number's unit and which values are better.
pub(in crate::site) fn unit(strings: &Strings, criterion: &Criterion) -> String {
    let unit = criterion.kind.unit();
    match criterion.kind.direction() {
        Some(_) | None if unit.is_empty() => String::new(),
        Some(Direction::Higher) => {
            format!("{unit}, {}", strings.get(Key::HigherIsBetter))
        }
        Some(Direction::Lower) => format!("{unit}, {}", strings.get(Key::LowerIsBetter)),
        Some(Direction::Mixed) | None => unit.to_owned(),
    }
}

fn language(site: &Site<'_>, id: crate::book::LanguageId) -> Link {
    shared::link(&*site.book[id].title, site.plan.route(Subject::Language(id)))
}

fn group(site: &Site<'_>, id: GroupId, row: Row) -> Group {
    let group = &site.book[id];
    Group {
        id: anchor::group(&group.id),
        title: group.title.clone(),
        is_same: row.is_same,
        rows: vec![row],
    }
}

/// Whether two or more frameworks have the same value.
fn is_same(site: &Site<'_>, frameworks: &[FrameworkId], id: CriterionId) -> bool {
    let mut orders = frameworks.iter().map(|framework| site.cell(*framework, id).order);
    match orders.next().flatten() {
        Some(first) if frameworks.len() > 1 => orders.all(|order| order == Some(first)),
        Some(_) | None => false,
    }
}

fn row(
    site: &Site<'_>,
    frameworks: &[FrameworkId],
    criterion: CriterionId,
    marks: Marks,
) -> Vec<tera::Value> {
    let (mark, is_marked) = match marks {
        Marks::Best => (Mark::Best, best(site, frameworks, criterion)),
        Marks::Better => (Mark::Better, better(site, frameworks, criterion)),
        Marks::Off => (Mark::None, vec![false; frameworks.len()]),
    };
    let about = &site.book[criterion];
    let cells = frameworks.iter().zip(is_marked).map(|(id, is_marked)| {
        let mark = if is_marked { mark } else { Mark::None };
        site.cell(*id, criterion).marked(mark, about, site.strings)
    });
    cells.collect()
}

/// Finds the frameworks with the best number or rating; none if fewer than two are
/// known, all are equal, or more than half of those known are best.
fn best(
    site: &Site<'_>,
    frameworks: &[FrameworkId],
    criterion: CriterionId,
) -> Vec<bool> {
    let values: Vec<Option<i128>> =
        frameworks.iter().map(|id| worth(site, *id, criterion)).collect();
    let top = values.iter().flatten().max();
    let known = values.iter().flatten().count();
    let winners = values.iter().flatten().filter(|value| Some(*value) == top).count();
    let is_told = known >= 2 && winners * 2 <= known;
    values
        .iter()
        .map(|value| is_told && value.is_some() && value.as_ref() == top)
        .collect()
}

/// A number or rating such that more is better; `None` for what has no best.
fn worth(site: &Site<'_>, framework: FrameworkId, id: CriterionId) -> Option<i128> {
    let fact = site.book.cell(framework, id).known()?;
    let amount = fact.value.number()?.billionths();
    match site.book[id].kind.direction()? {
        Direction::Higher => Some(amount),
        Direction::Lower => Some(-amount),
        Direction::Mixed => None,
    }
}

/// Finds the better of two frameworks: by its number, else by its points.
pub(in crate::site) fn better(
    site: &Site<'_>,
    frameworks: &[FrameworkId],
    criterion: CriterionId,
) -> Vec<bool> {
    let &[first, second] = frameworks else { return vec![false; frameworks.len()] };
    if !site.book[criterion].kind.marks_better() {
        return vec![false, false];
    }
    let order = ahead(site, first, second, criterion);
    vec![order.is_gt(), order.is_lt()]
}

/// Compares two frameworks by a criterion; equal where the facts do not tell.
pub(in crate::site) fn ahead(
    site: &Site<'_>,
    first: FrameworkId,
    second: FrameworkId,
    criterion: CriterionId,
) -> std::cmp::Ordering {
    let worths = (worth(site, first, criterion), worth(site, second, criterion));
    if let (Some(first), Some(second)) = worths {
        return first.cmp(&second);
    }
    let utility =
        |id: FrameworkId| site.rankings.utilities[id.index()][criterion.index()];
    match (utility(first), utility(second)) {
        (Utility::Known(first), Utility::Known(second)) => first.cmp(&second),
        _ => std::cmp::Ordering::Equal,
    }
}
