//! Commands: arguments, calls of the stages, output and exit codes.
//!
//! The only module that knows the clock, the environment and the terminal; each is read once,
//! here. One file a command.

mod args;
mod build;
mod check;
mod explain;
mod init;
mod new_file;
mod outcome;
mod publish;
mod serve;
mod session;
mod setup;
mod timings;

use std::process::ExitCode;

use clap::Parser;

use crate::diag::Diagnostics;
use args::{Cli, Command};
use session::Session;

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
