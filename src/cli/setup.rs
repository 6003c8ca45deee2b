//! `publish --setup` and `init --github`: the workflow, where nothing is overwritten.

use std::path::{Path, PathBuf};

use super::new_file;
use super::outcome::{Outcome, say};
use super::session::Session;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::publish::{self, Around, WORKFLOW};

/// Writes the workflow of a book.
pub(super) fn run(session: &Session) -> Outcome {
    let mut diags = Diagnostics::new();
    match session.root().and_then(|root| write(&root)) {
        Ok(text) => {
            if !session.global.quiet {
                say(&text);
            }
            Outcome::Fine
        }
        Err(found) => {
            diags.push(found);
            session.fail(&diags, &())
        }
    }
}

fn write(root: &Path) -> Result<String, Diagnostic> {
    let around = Around::find(root).ok_or_else(|| {
        Diagnostic::placeless(Code::PublishRefused, "the book is in no git repository")
            .hint("run `git init` first")
    })?;
    let (path, text) = workflow(root, Some(&around))?;
    let shown = path.display();
    match there(&path) {
        Some(found) if found == text.as_bytes() => {
            return Ok(format!("{shown} is there already, and as it would be written\n"));
        }
        Some(_) => {
            let message = format!("`{shown}` exists, and is another workflow");
            return Err(Diagnostic::placeless(Code::FileExists, message)
                .hint("move it away to have a new one, then compare the two"));
        }
        None => {}
    }
    new_file::write(&path, &text).map_err(|error| {
        let message = format!("cannot write `{shown}` ({error})");
        Diagnostic::placeless(Code::Io, message).hint("repair the cause, then try again")
    })?;
    Ok(format!("Wrote {shown}\n\n{}", afterwards(Some(&around))))
}

/// The steps that are left when a workflow is written.
pub(super) fn afterwards(around: Option<&Around>) -> String {
    let remote = around.and_then(Around::remote).map(|(_, url)| url);
    let settings = match remote.and_then(publish::Repository::of) {
        Some(repository) => repository.settings(),
        None => "Settings -> Pages on GitHub".to_owned(),
    };
    let branch = branch(around);
    format!(
        "Then commit and push to GitHub: the workflow publishes each push to `{branch}`.\n\
         Once, set the source of the pages to \"GitHub Actions\":\n  {settings}\n"
    )
}

fn branch(around: Option<&Around>) -> &str {
    around.and_then(|around| around.branch.as_deref()).unwrap_or("main")
}

/// Path and text of the workflow of a book, in a repository or in one yet to be.
pub(super) fn workflow(
    root: &Path,
    around: Option<&Around>,
) -> Result<(PathBuf, String), Diagnostic> {
    let top = around.map_or(root, |around| &around.top);
    let root = std::path::absolute(root).unwrap_or_else(|_| root.to_path_buf());
    let folder =
        root.strip_prefix(top).map(|folder| folder.to_string_lossy().into_owned());
    let folder = match folder {
        Ok(folder) if !folder.is_empty() => format!("{folder}/"),
        _ => String::new(),
    };
    let text =
        publish::workflow(&folder, branch(around), is_own(top)).map_err(|message| {
            Diagnostic::placeless(Code::PublishRefused, message)
                .hint("use letters, digits, `-`, `_`, `.` and `/` for it")
        })?;
    Ok((top.join(WORKFLOW), text))
}

/// Whether a repository is fieldguide's own, which builds what it publishes with.
fn is_own(top: &Path) -> bool {
    let manifest = there(&top.join("Cargo.toml")).unwrap_or_default();
    String::from_utf8_lossy(&manifest).lines().any(|line| line == "name = \"fieldguide\"")
}

#[expect(clippy::disallowed_methods, reason = "a workflow is no part of the book")]
fn there(path: &Path) -> Option<Vec<u8>> {
    std::fs::read(path).ok()
}
