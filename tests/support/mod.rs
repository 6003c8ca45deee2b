//! What the tests share.

mod finding;
mod outcome;
pub(crate) mod preview;
mod project;

pub(crate) use finding::Finding;
pub(crate) use outcome::copy;
pub(crate) use preview::{Preview, Response};
pub(crate) use project::Project;
