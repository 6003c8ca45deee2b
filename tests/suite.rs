//! Every integration test, in one binary.

mod diagnostics;
mod rank;
mod support;
