//! Cells: one criterion of one framework, formatted once for all pages that show it.

use std::sync::OnceLock;

use rapidhash::RapidHashMap;
use rayon::prelude::*;
use serde::Serialize;
use tera::Context;

use super::engine::Engine;
use super::{Strings, order};
use crate::book::{Book, Cell as BookCell, Criterion, Fact, Framework, Key, Value};
use crate::diag::Diagnostic;
use crate::kinds::State;

/// A cell, ready for templates.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// Its text, without its unit.
    pub(super) text: String,
    /// Its place among the values of its criterion; none if there is no value.
    pub(super) order: Option<usize>,
    /// All of it for templates: `state`, `text`, `url` (if the value is an address),
    /// `stale` (the words for a check too long ago), `raw` (plain digits of a number),
    /// `order`, and `html`, which is what stands in the cell, made by the theme's component
    /// `cell`.
    pub(super) view: tera::Value,
    /// The same beside others, for each of [`Mark`]; made when it is first shown so.
    marked: [OnceLock<tera::Value>; 3],
}

/// The mark of a cell beside others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// Not at all.
    None,
    /// It is the best of many.
    Best,
    /// It is the better of two.
    Better,
}

/// A cell with its mark.
#[derive(Debug, Serialize)]
struct Marked<'a> {
    /// The cell: `state`, `text`, `url`, `stale`, `raw`, `order`, `html`.
    cell: &'a tera::Value,
    /// The word for a cell that is better than the others shown; empty for any other.
    mark: &'a str,
    /// Whether the values of its criterion are numbers.
    is_number: bool,
}

impl Cell {
    /// The cell with a mark, for templates.
    pub(super) fn marked(
        &self,
        mark: Mark,
        criterion: &Criterion,
        strings: &Strings,
    ) -> tera::Value {
        let make = || {
            tera::Value::from_serializable(&Marked {
                cell: &self.view,
                mark: match mark {
                    Mark::None => "",
                    Mark::Best => strings.get(Key::Best),
                    Mark::Better => strings.get(Key::Better),
                },
                is_number: criterion.kind.is_number(),
            })
        };
        self.marked[mark as usize].get_or_init(make).clone()
    }
}

/// The data of a cell for templates; texts are empty where there is none.
#[derive(Debug, Clone, Serialize)]
struct View<'a> {
    state: State,
    text: &'a str,
    url: &'a str,
    stale: String,
    raw: String,
    order: String,
    html: tera::Value,
}

/// Formats every cell of a book: a list for each framework, in the order of the criteria.
pub(super) fn all(
    book: &Book,
    strings: &Strings,
    engine: &Engine<'_>,
) -> Result<Vec<Vec<Cell>>, Vec<Diagnostic>> {
    let renderer = || CellRenderer { engine, seen: RapidHashMap::default() };
    let row = |renderer: &mut CellRenderer<'_>,
               (framework, orders): (&Framework, Vec<_>)| {
        let cells = framework.cells.iter().zip(orders).zip(&book.criteria);
        cells
            .map(|((cell, order), criterion)| {
                one(cell, order, criterion, strings, renderer)
            })
            .collect()
    };
    let rows = book.frameworks.par_iter().zip(order::all(book));
    let rows: Vec<Result<_, _>> = rows.map_init(renderer, row).collect();
    // Of several that fail, the first one is told of, whichever thread was quicker.
    rows.into_iter().collect()
}

/// Renders cells with the theme. Many cells of a book are alike, and a thread makes each
/// once.
struct CellRenderer<'e> {
    engine: &'e Engine<'e>,
    seen: RapidHashMap<(State, String, String, String), tera::Value>,
}

impl CellRenderer<'_> {
    /// Renders a cell with a text, an address and a note on its age.
    fn draw(
        &mut self,
        state: State,
        [text, url, stale]: [&str; 3],
    ) -> Result<tera::Value, Vec<Diagnostic>> {
        let key = (state, text.to_owned(), url.to_owned(), stale.to_owned());
        if let Some(html) = self.seen.get(&key) {
            return Ok(html.clone());
        }
        let mut arguments = Context::new();
        arguments.insert("state", &state);
        arguments.insert("text", text);
        arguments.insert("url", url);
        arguments.insert("stale", stale);
        let html = self.engine.component("cell", &arguments)?;
        self.seen.insert(key, html.clone());
        Ok(html)
    }
}

fn one(
    cell: &BookCell,
    order: Option<usize>,
    criterion: &Criterion,
    strings: &Strings,
    renderer: &mut CellRenderer<'_>,
) -> Result<Cell, Vec<Diagnostic>> {
    let (state, text) = match cell {
        BookCell::Known(fact) => {
            let kind = &criterion.kind;
            (kind.state(&fact.value), kind.text(&fact.value, strings))
        }
        BookCell::NotApplicable { .. } => {
            (State::Na, strings.get(Key::CellNa).to_owned())
        }
        BookCell::Unknown => (State::Unk, strings.get(Key::CellUnknown).to_owned()),
    };
    let known = cell.known().map(|fact| &fact.value);
    let url = known.map_or("", |value| criterion.kind.link(value));
    let stale = cell.known().map_or_else(String::new, |fact| stale(fact, strings));
    let html = renderer.draw(state, [&text, url, &stale])?;
    let raw = known.and_then(Value::number).map(|n| n.to_string()).unwrap_or_default();
    let place = order.map(|n| n.to_string()).unwrap_or_default();
    let view = View { state, text: &text, url, stale, raw, order: place, html };
    let view = tera::Value::from_serializable(&view);
    Ok(Cell { text, order, view, marked: Default::default() })
}

/// The words for a fact that was checked too long ago; empty for any other.
fn stale(fact: &Fact, strings: &Strings) -> String {
    match fact.checked {
        Some(day) if fact.is_stale => {
            strings.say(Key::CellStale, &[("year", &day.year().to_string())])
        }
        Some(_) | None => String::new(),
    }
}
