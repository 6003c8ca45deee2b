//! Data files: everything that pages show, for programs.
//!
//! Keys stand in a fixed order and none is ever left out, so that a file changes only where
//! a fact does. Numbers are written as the book has them, digit by digit.

mod criteria;
mod frameworks;
mod goal;
mod matrix;
mod scores;
#[cfg(test)]
mod tests;

use serde::{Serialize, Serializer};

use super::Site;
use crate::book::{FrameworkId, GoalId};

/// Writes `frameworks.json`.
pub(super) fn frameworks_json(site: &Site<'_>, out: &mut Vec<u8>) {
    json(&frameworks::all(site), out);
}

/// Writes `frameworks/SLUG.json`.
pub(super) fn framework_json(site: &Site<'_>, id: FrameworkId, out: &mut Vec<u8>) {
    json(&frameworks::one(site, id), out);
}

/// Writes `criteria.json`.
pub(super) fn criteria_json(site: &Site<'_>, out: &mut Vec<u8>) {
    json(&criteria::all(site.book), out);
}

/// Writes `goals/SLUG.json`.
pub(super) fn goal_json(site: &Site<'_>, id: GoalId, out: &mut Vec<u8>) {
    json(&goal::one(site, id), out);
}

/// Writes `scores.json`.
pub(super) fn scores_json(site: &Site<'_>, out: &mut Vec<u8>) {
    json(&scores::all(site), out);
}

/// Writes `matrix.csv`.
pub(super) fn matrix_csv(site: &Site<'_>, out: &mut Vec<u8>) {
    matrix::write(site.book, out);
}

/// Writes a value as JSON and ends the line.
fn json(value: &impl Serialize, out: &mut Vec<u8>) {
    serde_json::to_writer(&mut *out, value).expect("a Vec takes all bytes");
    out.push(b'\n');
}

/// An object whose keys are the book's, in its order.
struct Object<'a, T>(Vec<(&'a str, T)>);

impl<T: Serialize> Serialize for Object<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}
