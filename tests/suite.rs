//! Every integration test, in one binary.

mod made_up;
mod output;
mod rank;
