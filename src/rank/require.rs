//! Requirements: whether a cell is what a goal asks for, in three values.

use super::core::Truth;
use crate::book::{Cell, Criterion, Test};

/// Whether a cell passes a test. A criterion that cannot apply passes none; a fact that is
/// unknown may pass or not (docs/method.md, "Requirements").
pub fn truth(criterion: &Criterion, cell: &Cell, test: &Test) -> Truth {
    match cell {
        Cell::Known(fact) => test.passes(&criterion.kind, &fact.value).into(),
        Cell::NotApplicable { .. } => Truth::False,
        Cell::Unknown => Truth::Unknown,
    }
}
