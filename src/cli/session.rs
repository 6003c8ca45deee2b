//! Shared steps of commands: the environment as values, loading the book, printing
//! diagnostics.

use std::ffi::OsStr;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::args::{Colour, Format, Global};
use super::outcome::Outcome;
use crate::book;
use crate::diag::{self, Code, Diagnostic, Diagnostics, Printer, Severity};
use crate::diag::{FileId, Text, Texts};
use crate::pipeline::{self, Loaded};
use crate::site;
use crate::source;

/// The command line and its environment, as values.
pub(super) struct Session {
    /// Options of every command.
    pub(super) global: Global,
    /// The day on which it is decided what is stale.
    pub(super) today: Date,
    /// Whether a person watches.
    pub(super) is_terminal: bool,
    /// Errors of the environment.
    pub(super) fault: Option<Diagnostic>,
    printer: Printer,
    /// The folder from which GitHub names files: the checkout, or where the command runs.
    checkout: Option<PathBuf>,
}

/// Texts of a book that is in a folder of the checkout.
struct InCheckout<'a> {
    texts: &'a dyn Texts,
    folder: String,
}

impl Texts for InCheckout<'_> {
    fn text(&self, file: FileId) -> &Text {
        self.texts.text(file)
    }

    fn folder(&self) -> &str {
        &self.folder
    }
}

impl Session {
    /// Reads the clock, the environment and the terminal, once.
    pub(super) fn new(global: Global) -> Self {
        let environment = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty());
        let is_terminal = std::io::stderr().is_terminal();
        let is_action =
            environment("GITHUB_ACTIONS").is_some_and(|value| value == "true");
        let format = match global.format {
            Some(Format::Human) => diag::Format::Human,
            Some(Format::Json) => diag::Format::Json,
            Some(Format::Github) => diag::Format::Github,
            None if is_action => diag::Format::Github,
            None => diag::Format::Human,
        };
        let colour = match global.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => {
                let is_dumb = environment("TERM").is_some_and(|term| term == "dumb");
                is_terminal && !is_dumb && environment("NO_COLOR").is_none()
            }
        };
        let printer = Printer { format, colour, width: width(is_terminal) };
        let epoch = environment("SOURCE_DATE_EPOCH");
        let (today, fault) = match global.today {
            Some(today) => (today, None),
            None => match epoch.as_deref().map(day) {
                None => (today(), None),
                Some(Ok(day)) => (day, None),
                Some(Err(found)) => (Date::ZERO, Some(found)),
            },
        };
        if let Some(jobs) = global.jobs {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.into());
            // It fails only where a pool exists, and none does before a command runs.
            let _ = pool.build_global();
        }
        let checkout = environment("GITHUB_WORKSPACE").map(PathBuf::from);
        let checkout = checkout.or_else(|| std::env::current_dir().ok());
        Self { global, today, is_terminal, fault, printer, checkout }
    }
}

/// The day that the system's clock names, in UTC.
#[expect(clippy::disallowed_methods, reason = "the one place where the clock is read")]
fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

/// The day that `SOURCE_DATE_EPOCH` names, in UTC. One that names none is refused: a build
/// that should be the same every day must not become one of today in silence.
fn day(epoch: &OsStr) -> Result<Date, Diagnostic> {
    let seconds = epoch.to_str().and_then(|text| text.parse::<i64>().ok());
    let time = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
    time.map(|time| time.to_zoned(TimeZone::UTC).date()).ok_or_else(|| {
        let message = format!("`SOURCE_DATE_EPOCH` is `{}`, no day", epoch.display());
        Diagnostic::placeless(Code::Usage, message)
            .hint("set it to seconds since 1970, or give `--today`")
    })
}

/// Columns of the terminal; where there is none, what logs show well.
fn width(is_terminal: bool) -> usize {
    let size = is_terminal.then(|| rustix::termios::tcgetwinsize(std::io::stderr()).ok());
    size.flatten().map_or(100, |size| usize::from(size.ws_col).clamp(40, 140))
}

impl Session {
    /// The book's folder.
    pub(super) fn root(&self) -> Result<PathBuf, Diagnostic> {
        match &self.global.root {
            Some(root) => {
                if root.join("book.toml").is_file() {
                    root.canonicalize().map_err(|error| {
                        let message =
                            format!("cannot open `{}` ({error})", root.display());
                        Diagnostic::placeless(Code::Io, message)
                    })
                } else {
                    let message =
                        format!("there is no `book.toml` in `{}`", root.display());
                    let hint = "name the folder that holds it, or run `fieldguide init`";
                    Err(Diagnostic::placeless(Code::NoBook, message).hint(hint))
                }
            }
            None => {
                let here = std::env::current_dir().map_err(|error| {
                    let message = format!("cannot tell the current folder ({error})");
                    Diagnostic::placeless(Code::Io, message)
                })?;
                source::find_root(&here)
            }
        }
    }

    /// Finds the book and takes it through all rooms before rendering; findings are added
    /// and settled. Where there is no book, that is printed, and how the command ends.
    pub(super) fn load(&self, diags: &mut Diagnostics) -> Result<Loaded, Outcome> {
        let root = self.found_root(diags)?;
        Ok(pipeline::load(&root, &self.options(), diags, &mut |_| {}))
    }

    /// The book's folder; where there is none, that is printed, and how the command ends.
    pub(super) fn found_root(&self, diags: &mut Diagnostics) -> Result<PathBuf, Outcome> {
        self.root().map_err(|found| {
            diags.push(found);
            self.fail(diags, &())
        })
    }

    /// The options for resolving a book.
    pub(super) fn options(&self) -> book::Options {
        book::Options {
            today: self.today,
            drafts: self.global.drafts,
            base_url: self.global.base_url.clone(),
            pages: site::fixed_pages(),
            embeds: site::embed_kinds(),
        }
    }

    /// Whether findings keep a command from its work: an error, or anything in strict mode.
    pub(super) fn is_refused(&self, diags: &Diagnostics) -> bool {
        diags.has_errors() || (self.global.strict && diags.count(Severity::Warning) > 0)
    }

    /// The book's folder in the checkout: empty, or with `/` at its end.
    fn folder(&self) -> String {
        let root = self.root().unwrap_or_default();
        let below = self.checkout.as_ref().and_then(|c| root.strip_prefix(c).ok());
        match below.and_then(|below| below.to_str()) {
            None | Some("") => String::new(),
            Some(below) => format!("{below}/"),
        }
    }

    /// Prints the findings.
    pub(super) fn print(&self, diags: &Diagnostics, texts: &dyn Texts) {
        let texts = InCheckout { texts, folder: self.folder() };
        let text = self.printer.print(diags, &texts);
        let mut out = anstream::AutoStream::new(
            std::io::stderr().lock(),
            if self.printer.colour {
                anstream::ColorChoice::Always
            } else {
                anstream::ColorChoice::Never
            },
        );
        // Nobody is left to tell where standard error is closed.
        let _ = out.write_all(text.as_bytes());
    }

    /// Prints the findings of a command that they end, a line that counts them, and says
    /// how it ended.
    pub(super) fn fail(&self, diags: &Diagnostics, texts: &dyn Texts) -> Outcome {
        self.print(diags, texts);
        if self.printer.format == diag::Format::Human && !self.global.quiet {
            let line = format!("{}\n", diags.counted());
            let _ = std::io::stderr().lock().write_all(line.as_bytes());
        }
        outcome(diags)
    }
}

/// The outcome of a command that diagnostics end: errors of the book come first.
pub(super) fn outcome(diags: &Diagnostics) -> Outcome {
    let errors = diags.iter().filter(|d| d.severity == Severity::Error);
    let ends: Vec<Outcome> = errors
        .map(|d| match d.code {
            Code::OutputRefused | Code::Usage | Code::NoBook => Outcome::Usage,
            Code::OutputLocked | Code::PortTaken | Code::Io | Code::Git => {
                Outcome::Environment
            }
            Code::PublishRefused | Code::PublishLost => Outcome::Unpublished,
            _ => Outcome::Content,
        })
        .collect();
    [Outcome::Content, Outcome::Usage, Outcome::Environment, Outcome::Unpublished]
        .into_iter()
        .find(|end| ends.contains(end))
        .unwrap_or(Outcome::Content)
}
