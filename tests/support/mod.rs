//! What the tests share.

mod finding;
mod project;

pub(crate) use finding::{Finding, Label, Place};
pub(crate) use project::{Outcome, Project};
