//! What the tests share.

mod finding;
mod project;

pub(crate) use finding::Finding;
pub(crate) use project::Project;
