//! Every integration test, in one binary.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::disallowed_methods, reason = "tests write and read their own folders")]

mod build;
mod check;
mod diagnostics;
mod goldens;
mod init;
mod machines;
mod made_up;
mod output;
mod rank;
mod repo;
mod serve;
mod setup;
mod support;
