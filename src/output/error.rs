//! Failures of the system, and refusals, in words.

use std::io;
use std::path::Path;

use rustix::io::Errno;

use crate::diag::{Code, Diagnostic};

/// A step that the system did not let us do.
pub(super) fn failed(verb: &str, path: &Path, cause: impl Into<io::Error>) -> Diagnostic {
    let cause = cause.into();
    let words = cause.to_string().to_lowercase();
    // The number adds nothing to the words, and differs between systems.
    let words = words.split(" (os error").next().unwrap_or_default();
    Diagnostic::placeless(
        Code::Io,
        format!("failed to {verb} `{}` ({words})", path.display()),
    )
    .hint(advice(&cause))
}

/// A place that we may not write to.
pub(super) fn refused(message: String) -> Diagnostic {
    Diagnostic::placeless(Code::OutputRefused, message)
        .hint("choose another folder with `--out`")
}

fn advice(cause: &io::Error) -> &'static str {
    match cause.raw_os_error().map(Errno::from_raw_os_error) {
        Some(Errno::NOSPC | Errno::DQUOT) => "make room on that disk, then build again",
        Some(Errno::ACCESS | Errno::PERM | Errno::ROFS) => {
            "allow yourself to write there, or choose another folder with `--out`"
        }
        Some(Errno::NAMETOOLONG) => "choose a shorter name",
        Some(Errno::MFILE | Errno::NFILE) => {
            "raise the number of files that may be open (`ulimit -n`)"
        }
        Some(Errno::NOTDIR | Errno::LOOP | Errno::NOENT) => {
            "check the path, or choose another folder with `--out`"
        }
        _ => "repair the cause, then build again",
    }
}
