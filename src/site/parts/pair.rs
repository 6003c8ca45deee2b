//! Tables of two frameworks, joined from rows and cells that are made once for all pairs.
//!
//! A page of two frameworks shows every criterion and every goal, and a book may have very
//! many of these pages. The theme's component `pair_row` is rendered once for each
//! criterion, `pair_cell` once for each fact and mark, `pair_goal` once for each goal; a
//! page only joins what they made.

use std::sync::OnceLock;

use serde::Serialize;
use tera::{Context, Value};

use super::matrix::{self, Layout, Marks};
use super::shared::{self, Name};
use crate::book::{CriterionId, FrameworkId, GoalId};
use crate::diag::Diagnostic;
use crate::site::Site;
use crate::site::cell::Mark;
use crate::site::fragment::Fragment;

/// The relative address of the site's base from every page of two frameworks.
const ROOT: &str = "../../";

/// A table with criteria as rows, in groups.
#[derive(Debug, Serialize)]
pub(in crate::site) struct PairTable {
    /// Its contents.
    pub(in crate::site) caption: String,
    /// The amount that it shows; may be empty.
    pub(in crate::site) note: String,
    /// The number of its columns, the criteria's among them.
    width: usize,
    /// Its layout.
    layout: Layout,
    /// Frameworks.
    pub(in crate::site) columns: Vec<Name>,
    /// Groups that have a row.
    groups: Vec<PairGroup>,
}

/// A group of rows.
#[derive(Debug, Serialize)]
struct PairGroup {
    /// Its title.
    title: String,
    /// Its rows.
    html: Value,
}

/// Makes a table of one or two frameworks; its caption and note are set by the caller.
pub(in crate::site) fn table(
    site: &Site<'_>,
    frameworks: &[FrameworkId],
    criteria: &[CriterionId],
    marks: Marks,
) -> Result<PairTable, Vec<Diagnostic>> {
    let mut groups = Vec::new();
    let mut html = String::with_capacity(4096);
    let of = |id: &CriterionId| site.book[*id].group;
    for rows in criteria.chunk_by(|a, b| of(a) == of(b)) {
        html.clear();
        for id in rows {
            write(site, frameworks, *id, marks, &mut html)?;
        }
        groups.push(PairGroup {
            title: site.book[of(&rows[0])].title.clone(),
            html: Value::safe_string(&html),
        });
    }
    Ok(PairTable {
        caption: String::new(),
        note: String::new(),
        width: frameworks.len() + 1,
        layout: Layout::of_pair(frameworks.len() * criteria.len()),
        columns: frameworks.iter().map(|id| shared::name(site, *id)).collect(),
        groups,
    })
}

/// Writes the row of a criterion.
fn write(
    site: &Site<'_>,
    frameworks: &[FrameworkId],
    criterion: CriterionId,
    marks: Marks,
    html: &mut String,
) -> Result<(), Vec<Diagnostic>> {
    let is_better = match marks {
        Marks::Better => matrix::better(site, frameworks, criterion),
        Marks::Best | Marks::Off => vec![false; frameworks.len()],
    };
    let mut cells = String::with_capacity(256);
    for (framework, is_better) in frameworks.iter().zip(is_better) {
        let mark = if is_better { Mark::Better } else { Mark::None };
        cells.push_str(cell(site, *framework, criterion, mark)?);
    }
    row(site, criterion)?.write_html(&[&cells], html);
    html.push('\n');
    Ok(())
}

/// The row of a criterion, with a slot for its cells.
fn row<'s>(site: &'s Site<'_>, id: CriterionId) -> Result<&'s Fragment, Vec<Diagnostic>> {
    get_or_precompile(&site.pair_cache.rows[id.index()], || {
        let mut arguments = Context::new();
        arguments.insert_value("head", site.heads[id.index()].clone());
        arguments.insert("root", ROOT);
        Fragment::precompile(&site.engine, "pair_row", arguments, &["cells"])
    })
}

/// Writes the row of a goal: the first's score, the second's, and who is ahead.
pub(in crate::site) fn write_goal(
    site: &Site<'_>,
    id: GoalId,
    texts: [&str; 3],
    has_both: bool,
    html: &mut String,
) -> Result<(), Vec<Diagnostic>> {
    let row = get_or_precompile(
        &site.pair_cache.goals[id.index()][usize::from(has_both)],
        || {
            let mut arguments = Context::new();
            arguments.insert_value("goal", site.goals[id.index()].clone());
            arguments.insert("has_both", &has_both);
            arguments.insert("root", ROOT);
            let slots = ["first", "second", "ahead"];
            Fragment::precompile(&site.engine, "pair_goal", arguments, &slots)
        },
    )?;
    row.write_texts(&texts, html);
    html.push('\n');
    Ok(())
}

/// Returns a fragment, which is precompiled when it is first needed.
fn get_or_precompile(
    place: &OnceLock<Fragment>,
    make: impl FnOnce() -> Result<Fragment, Vec<Diagnostic>>,
) -> Result<&Fragment, Vec<Diagnostic>> {
    match place.get() {
        Some(fragment) => Ok(fragment),
        None => make().map(|made| place.get_or_init(|| made)),
    }
}

/// A cell with its mark.
fn cell<'s>(
    site: &'s Site<'_>,
    framework: FrameworkId,
    criterion: CriterionId,
    mark: Mark,
) -> Result<&'s str, Vec<Diagnostic>> {
    let places = &site.pair_cache.cells[framework.index()][criterion.index()];
    let place = &places[usize::from(mark == Mark::Better)];
    let html = match place.get() {
        Some(html) => html,
        None => {
            let about = &site.book[criterion];
            let cell = site.cell(framework, criterion).marked(mark, about, site.strings);
            let mut arguments = Context::new();
            arguments.insert_value("c", cell);
            let html = site.engine.component("pair_cell", &arguments)?;
            place.get_or_init(|| html)
        }
    };
    Ok(html.as_str().unwrap_or_default())
}
