//! Results of commands: exit codes, and what is printed.

use std::io::Write;
use std::process::ExitCode;

/// The outcome of a command, as its exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All is well.
    Fine,
    /// The book has mistakes.
    Content,
    /// The command or the configuration does not fit.
    Usage,
    /// A file, a port or another program failed.
    Environment,
    /// Nothing was published: it was refused, or somebody else was first.
    Unpublished,
    /// The user ended it by Ctrl-C.
    Interrupted,
    /// The system ended it.
    Terminated,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        ExitCode::from(match outcome {
            Outcome::Fine => 0,
            Outcome::Content => 1,
            Outcome::Usage => 2,
            Outcome::Environment => 3,
            Outcome::Unpublished => 4,
            Outcome::Interrupted => 130,
            Outcome::Terminated => 143,
        })
    }
}

/// Prints a result.
pub(super) fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    // A reader that closed its end early, such as `head`, is no failure.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
