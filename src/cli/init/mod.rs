//! `init`: a small book that builds, written where nothing is overwritten.

use std::fs;
use std::path::{Path, PathBuf};

use super::args::Init;
use super::outcome::{Outcome, say};
use super::session::Session;
use super::{new_file, setup};
use crate::diag::{Code, Count, Diagnostic, Diagnostics, List};
use crate::publish::{Around, Repository};

macro_rules! files {
    ($($path:literal from $file:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("book/", $file)))),*]
    };
}

/// The file that says what git does not look at, which a folder may have already.
const IGNORED: &str = ".gitignore";

/// Path and text of every file of the small book.
const FILES: &[(&str, &str)] = files! {
    "book.toml" from "book.toml",
    ".gitignore" from "gitignore",
    "content/criteria.toml" from "content/criteria.toml",
    "content/languages.toml" from "content/languages.toml",
    "content/sources.toml" from "content/sources.toml",
    "content/frameworks/django.toml" from "content/frameworks/django.toml",
    "content/frameworks/django.md" from "content/frameworks/django.md",
    "content/frameworks/express.toml" from "content/frameworks/express.toml",
    "content/frameworks/rails.toml" from "content/frameworks/rails.toml",
    "content/goals/first-product.md" from "content/goals/first-product.md",
    "content/versus/django-vs-rails.md" from "content/versus/django-vs-rails.md",
    "content/guides/how-to-choose.md" from "content/guides/how-to-choose.md",
    "content/index.md" from "content/index.md",
    "content/faq.md" from "content/faq.md",
};

/// Writes the small book.
pub(super) fn run(session: &Session, options: &Init) -> Outcome {
    let mut diags = Diagnostics::new();
    let around = Around::find(&options.dir);
    let address = Address::of(session, around.as_ref());
    let has_ignored = options.dir.join(IGNORED).symlink_metadata().is_ok();
    let mut files: Vec<(PathBuf, String)> = FILES
        .iter()
        .filter(|(path, _)| *path != IGNORED || !has_ignored)
        .map(|(path, text)| (options.dir.join(path), filled(text, options, &address)))
        .collect();
    if options.github {
        match setup::workflow(&options.dir, around.as_ref()) {
            Ok(workflow) => files.push(workflow),
            Err(found) => diags.push(found),
        }
    }
    for (path, _) in &files {
        // A broken link is something too.
        if path.symlink_metadata().is_ok() {
            let message = format!("`{}` exists", path.display());
            diags.push(Diagnostic::placeless(Code::FileExists, message));
        }
    }
    if diags.has_errors() {
        return session.fail(&diags, &());
    }
    if let Err(found) = write_all(&files) {
        diags.push(found);
        return session.fail(&diags, &());
    }
    if !session.global.quiet {
        let mut text = next_steps(options, &address, around.as_ref(), files.len());
        if has_ignored {
            text.push_str(&ignored_step(&options.dir));
        }
        say(&text);
    }
    Outcome::Fine
}

/// The address of the site.
struct Address {
    url: Option<String>,
    /// The remote that it follows from, if it was not given.
    guessed_from: Option<String>,
}

impl Address {
    /// The given address, or the one that GitHub gives the pages of the repository
    /// around.
    fn of(session: &Session, around: Option<&Around>) -> Self {
        if let Some(url) = &session.global.base_url {
            return Self { url: Some(url.clone()), guessed_from: None };
        }
        let remote = around.and_then(Around::remote);
        let pages = remote.and_then(|(name, url)| Some((name, Repository::of(url)?)));
        Self {
            url: pages.as_ref().map(|(_, repository)| repository.pages()),
            guessed_from: pages.map(|(name, _)| name.to_owned()),
        }
    }
}

/// A file's text with the site's name and address in place.
fn filled(text: &str, options: &Init, address: &Address) -> String {
    // A JSON string is a TOML string as well.
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let base_url = match &address.url {
        Some(url) => format!("base_url = {}", quoted(url)),
        None => "# base_url = \"https://you.github.io/your-guide/\"".to_owned(),
    };
    text.replace("\"{title}\"", &quoted(&options.title)).replace("{base_url}", &base_url)
}

/// Writes new files; if one cannot be written, those written before are taken back.
fn write_all(files: &[(PathBuf, String)]) -> Result<(), Diagnostic> {
    let mut written: Vec<&Path> = Vec::new();
    for (path, text) in files {
        if let Err(error) = new_file::write(path, text) {
            for path in written {
                take_back(path);
            }
            let message = format!("cannot write `{}` ({error})", path.display());
            return Err(Diagnostic::placeless(Code::Io, message));
        }
        written.push(path);
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the file was created a moment ago, by us")]
fn take_back(path: &Path) {
    // The first failure is what is reported; this is best effort.
    let _ = fs::remove_file(path);
}

/// What to add to a `.gitignore` that was there before; empty if that is in it.
#[expect(clippy::disallowed_methods, reason = "it is no file of a book")]
fn ignored_step(dir: &Path) -> String {
    let (_, wanted) =
        FILES.iter().find(|(path, _)| *path == IGNORED).unwrap_or(&("", ""));
    let known = fs::read_to_string(dir.join(IGNORED)).unwrap_or_default();
    let is_known = |line: &&str| {
        let line = line.trim_matches('/');
        known.lines().any(|known| known.trim().trim_matches('/') == line)
    };
    let missing: Vec<&str> = wanted.lines().filter(|line| !is_known(line)).collect();
    if missing.is_empty() {
        return String::new();
    }
    format!(
        "\nYour `{IGNORED}` is as it was. Add to it what builds make: {}\n",
        List::and(&missing)
    )
}

fn next_steps(
    options: &Init,
    address: &Address,
    around: Option<&Around>,
    files: usize,
) -> String {
    let dir = &options.dir;
    let count = |folder: &str| {
        FILES
            .iter()
            .filter(|(p, _)| p.starts_with(folder) && p.ends_with(".toml"))
            .count()
    };
    let shown = dir.display();
    let mut text = format!(
        "Created a book in {shown} ({}): {}\n",
        Count(files, "file"),
        Count(count("content/frameworks/"), "framework"),
    );
    if let (Some(url), Some(remote)) = (&address.url, &address.guessed_from) {
        text.push_str(&format!("  base URL {url} (from the git remote `{remote}`)\n"));
    }
    text.push_str("\nNext:\n");
    if dir != Path::new(".") {
        text.push_str(&format!("  cd {shown}\n"));
    }
    text.push_str("  fieldguide serve --open\n  fieldguide build\n");
    match (options.github, around) {
        (true, _) => text.push_str(&setup::afterwards(around)),
        (false, Some(_)) => text.push_str("  fieldguide publish --dry-run\n"),
        (false, None) => {}
    }
    text
}
