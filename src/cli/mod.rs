//! Commands: arguments, calls of the stages, output and exit codes.
//!
//! The only module that knows the clock, the environment and the terminal; each is read once,
//! here. One file a command.

mod args;
mod build;
mod check;
mod explain;
mod init;
mod publish;
mod serve;
mod session;
mod setup;
mod timings;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use crate::diag::Diagnostics;
use args::{Cli, Command};
use session::Session;

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

/// Runs the command that was typed.
pub fn run() -> ExitCode {
    let Cli { command, global } = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // A reader that closed its end early, such as `head`, is no failure.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let session = Session::new(global);
    if let Some(found) = session.fault.clone() {
        let mut diags = Diagnostics::new();
        diags.push(found);
        return session.fail(&diags, &()).into();
    }
    let outcome = match command {
        Command::Build(options) => build::run(&session, &options),
        Command::Check(options) => check::run(&session, &options),
        Command::Serve(options) => serve::run(session, &options),
        Command::Init(options) => init::run(&session, &options),
        Command::Publish(options) => publish::run(&session, &options),
        Command::Explain(options) => explain::run(&session, &options),
    };
    outcome.into()
}

/// Prints a result.
fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    // A reader that closed its end early, such as `head`, is no failure.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
