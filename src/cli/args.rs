//! What can be typed: commands and options, just as they were given.

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::publish::LONGEST;
use crate::serve::Editor;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Builds comparison guides: typed facts, checked prose, rankings that explain themselves.
#[derive(Debug, Parser)]
#[command(version, styles = STYLES, arg_required_else_help = true, max_term_width = 90)]
pub(super) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(super) command: Command,
    /// Options of every command.
    #[command(flatten)]
    pub(super) global: Global,
}

/// Options of every command, before or after it.
#[derive(Debug, Args)]
pub(super) struct Global {
    /// The book's folder [default: the nearest one upward with a `book.toml`]
    #[arg(long, global = true, value_name = "DIR", help_heading = "Global options")]
    pub(super) root: Option<PathBuf>,

    /// Where the site will be served, in place of the book's own `base_url`
    #[arg(long, global = true, value_name = "URL", help_heading = "Global options")]
    pub(super) base_url: Option<String>,

    /// The day on which it is decided what is stale [default: `SOURCE_DATE_EPOCH`, or today]
    #[arg(long, global = true, value_name = "DATE", value_parser = date)]
    #[arg(help_heading = "Global options")]
    pub(super) today: Option<Date>,

    /// Treat warnings as errors
    #[arg(long, global = true, help_heading = "Global options")]
    pub(super) strict: bool,

    /// Make drafts part of the site
    #[arg(long, global = true, help_heading = "Global options")]
    pub(super) drafts: bool,

    /// How findings are printed [default: human, or github within GitHub Actions]
    #[arg(long, global = true, value_name = "FORMAT", help_heading = "Global options")]
    pub(super) format: Option<Format>,

    /// Whether findings are coloured
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    #[arg(help_heading = "Global options")]
    pub(super) color: Colour,

    /// Threads to use [default: one for each processor]
    #[arg(long, global = true, value_name = "N", help_heading = "Global options")]
    #[arg(value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) jobs: Option<u16>,

    /// Print findings only, and nothing when all is well
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub(super) quiet: bool,

    /// Name every file that is added, changed or removed
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    #[arg(help_heading = "Global options")]
    pub(super) verbose: bool,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With the lines they are about.
    Human,
    /// One JSON object a line.
    Json,
    /// As GitHub shows them beside the lines of a change.
    Github,
}

/// Whether findings are coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Start a book: a small one that builds
    Init(Init),
    /// Check the book and build its site
    Build(Build),
    /// Show the site in a browser while it is written
    Serve(Serve),
    /// Find everything that is wrong with the book
    Check(Check),
    /// Put the site on GitHub Pages: a commit on a branch, or a workflow
    Publish(Publish),
    /// Show the arithmetic of a ranking
    Explain(Explain),
}

/// Options of `init`.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// Where the book shall be
    #[arg(default_value = ".")]
    pub(super) dir: PathBuf,

    /// The site's name
    #[arg(long, default_value = "Backend frameworks, compared")]
    pub(super) title: String,

    /// Write a workflow as well that publishes the site on GitHub Pages
    #[arg(long)]
    pub(super) github: bool,
}

/// Options of `build`.
#[derive(Debug, Args)]
pub(super) struct Build {
    /// Where the site is written [default: `public` in the book's folder, or `public.tar`]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,

    /// What the site becomes
    #[arg(long, value_name = "TARGET", default_value = "dir")]
    pub(super) target: Target,

    /// Say how long each stage took, and name the files that took longest
    #[arg(long)]
    pub(super) timings: bool,
}

/// What a site becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Target {
    /// A folder, for any static host.
    Dir,
    /// One archive, as an artifact for GitHub Pages.
    Tar,
}

/// Options of `serve`.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// The port to listen at [default: 4000, or the next one that is free]
    #[arg(long, value_name = "N")]
    pub(super) port: Option<u16>,

    /// The name or address to listen at [default: this machine alone]
    #[arg(long, value_name = "ADDR")]
    pub(super) host: Option<String>,

    /// A further name by which browsers may call it, such as that of a proxy before it; for
    /// several, several times
    #[arg(long, value_name = "NAME")]
    pub(super) allow_host: Vec<String>,

    /// Open a page in the browser [default: the home page]
    #[arg(long, value_name = "PATH", num_args = 0..=1, default_missing_value = "")]
    pub(super) open: Option<String>,

    /// Look for changes every so many milliseconds, in place of waiting for the system to
    /// tell of them [default: 500]
    #[arg(long, value_name = "MS", num_args = 0..=1, default_missing_value = "500")]
    #[arg(value_parser = clap::value_parser!(u64).range(20..=10_000))]
    pub(super) poll: Option<u64>,

    /// Leave open pages as they are when the book changes
    #[arg(long)]
    pub(super) no_reload: bool,

    /// The address that opens a file in your editor, with {path}, {line} and {column}: the
    /// places of findings on a page lead there, unless `--allow-host` or `--host` lets others
    /// ask. `none` leaves them as text
    #[arg(long, value_name = "TEMPLATE", default_value = Editor::DEFAULT)]
    pub(super) editor: String,
}

/// Options of `check`.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Say what a finding means and how to repair it
    #[arg(long, value_name = "CODE")]
    pub(super) explain: Option<String>,
}

/// Options of `publish`.
#[derive(Debug, Args)]
pub(super) struct Publish {
    /// Do everything but push: show what would be refused, and what would change
    #[arg(long)]
    pub(super) dry_run: bool,

    /// The git remote [default: `remote` in `[publish]`, or origin]
    #[arg(long, value_name = "NAME")]
    pub(super) remote: Option<String>,

    /// The branch that is served [default: `branch` in `[publish]`, or gh-pages]
    #[arg(long, value_name = "NAME")]
    pub(super) branch: Option<String>,

    /// What the commit says first [default: which commit of the book it was made from]
    #[arg(long, value_name = "TEXT")]
    pub(super) message: Option<String>,

    /// Publish what is not committed, too
    #[arg(long)]
    pub(super) allow_dirty: bool,

    /// Publish even if more than a fifth of the published pages will be gone
    #[arg(long)]
    pub(super) allow_removals: bool,

    /// Publish over a site that was made from a commit which is not part of this one
    #[arg(long)]
    pub(super) allow_older: bool,

    /// End git when it has said nothing for so long [default: 30, or 300 on a terminal, where
    /// it may ask for a password]
    #[arg(long, value_name = "SECONDS")]
    #[arg(value_parser = clap::value_parser!(u64).range(1..=LONGEST))]
    pub(super) timeout: Option<u64>,

    /// Write a workflow that publishes from GitHub's own machines, and nothing else
    #[arg(long, conflicts_with_all = ["dry_run", "message"])]
    pub(super) setup: bool,
}

/// Options of `explain`.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The goal, by the name of its file
    pub(super) goal: String,
    /// One framework, by the name of its file
    pub(super) framework: Option<String>,
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "expected a day such as 2026-11-22".to_owned())
}
