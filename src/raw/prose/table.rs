//! Tables that are shown as text, or lose cells.

use std::ops::Range;

use super::slips::Search;
use crate::diag::{Code, Count};

impl Search<'_> {
    /// Reports cells of a row that its table has no columns for.
    pub(super) fn table_row(&mut self, range: Range<usize>, columns: usize) {
        let text = self.parsed.text(range.clone()).trim_end();
        let cells = cells(text);
        let Some(surplus) = cells.get(columns) else { return };
        // Empty cells can be lost.
        if text[surplus.start..].trim_matches([' ', '\t', '|']).is_empty() {
            return;
        }
        let message = format!(
            "this row has {}, and the head of its table {columns}: the last are not shown",
            Count(cells.len(), "cell"),
        );
        self.found(
            Code::BrokenTable,
            range.start + surplus.start..range.start + text.len(),
            &message,
            "write `\\|` for a bar that is not the edge of a cell, in code as well",
        );
    }

    /// Reports a paragraph that was meant as a table.
    pub(super) fn table_as_text(&mut self, range: Range<usize>) {
        let text = self.parsed.text(range.clone());
        if !text.contains('|') {
            return;
        }
        let line_of = |line: &str| {
            let at = line.as_ptr() as usize - text.as_ptr() as usize;
            range.start + at..range.start + at + line.trim_end().len()
        };
        let lines: Vec<&str> = text.lines().collect();
        let plain = |line: &str| line.trim_start_matches([' ', '\t', '>']).to_owned();
        for (above, line) in lines.iter().zip(&lines[1..]) {
            if is_delimiter_row(&plain(line)) && above.contains('|') {
                let head = cells(plain(above).trim_end()).len();
                let here = cells(plain(line).trim_end()).len();
                let here = Count(here, "cell");
                let message = format!(
                    "this table is shown as text: the row under its head has {here}, and \
                     the head {head}"
                );
                let hint = "give both rows the same number of cells";
                self.found(Code::BrokenTable, line_of(line), &message, hint);
                return;
            }
        }
        let is_row = |line: &&str| {
            let line = plain(line);
            let line = line.trim_end();
            line.len() > 2 && line.starts_with('|') && line.ends_with('|')
        };
        if lines.len() > 1 && lines.iter().all(is_row) {
            self.found(
                Code::BrokenTable,
                line_of(lines[0]),
                "this table is shown as text: no row of `|---|` follows its head",
                "write `|---|---|` under the first row, with as many cells",
            );
        }
    }
}

/// The cells of a row of a table, by their bytes.
fn cells(row: &str) -> Vec<Range<usize>> {
    let mut cells = Vec::new();
    let mut start = row.len() - row.trim_start_matches([' ', '\t', '>']).len();
    start += usize::from(row[start..].starts_with('|'));
    let mut is_escaped = false;
    for (at, sign) in row.bytes().enumerate().skip(start) {
        if sign == b'|' && !is_escaped {
            cells.push(start..at);
            start = at + 1;
        }
        is_escaped = sign == b'\\' && !is_escaped;
    }
    if !row[start..].trim().is_empty() {
        cells.push(start..row.len());
    }
    cells
}

/// Whether a line is a row of `|---|---|`, which follows the head of a table.
fn is_delimiter_row(line: &str) -> bool {
    line.contains('|')
        && line.contains('-')
        && line.trim_end().bytes().all(|b| b"|:- \t".contains(&b))
}
