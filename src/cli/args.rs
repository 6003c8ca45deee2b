//! The command line: commands and options, as they were given.

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::publish::MAX_TIMEOUT;
use crate::serve::Editor;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Build comparison guides: sourced facts, checked links and rankings that explain themselves
#[derive(Debug, Parser)]
#[command(version, styles = STYLES, arg_required_else_help = true, max_term_width = 90)]
pub(super) struct Cli {
    /// The command.
    #[command(subcommand)]
    pub(super) command: Command,
    /// Options of every command.
    #[command(flatten)]
    pub(super) global: Global,
}

/// Options of every command, before or after it.
#[derive(Debug, Args)]
pub(super) struct Global {
    /// Folder of the book [default: the current folder or the nearest parent with a
    /// `book.toml`]
    #[arg(long, global = true, value_name = "DIR", help_heading = "Global options")]
    pub(super) root: Option<PathBuf>,

    /// Address at which the site will be served, instead of the book's `base_url`
    #[arg(long, global = true, value_name = "URL", help_heading = "Global options")]
    pub(super) base_url: Option<String>,

    /// Date used to decide which facts are stale [default: `SOURCE_DATE_EPOCH`, or today]
    #[arg(long, global = true, value_name = "DATE", value_parser = date)]
    #[arg(help_heading = "Global options")]
    pub(super) today: Option<Date>,

    /// Treat warnings as errors
    #[arg(long, global = true, help_heading = "Global options")]
    pub(super) strict: bool,

    /// Include drafts, and guides that are published on a later day
    #[arg(long, global = true, help_heading = "Global options")]
    pub(super) drafts: bool,

    /// Format of errors and warnings [default: human, or github in GitHub Actions]
    #[arg(long, global = true, value_name = "FORMAT", help_heading = "Global options")]
    pub(super) format: Option<Format>,

    /// Use of colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    #[arg(help_heading = "Global options")]
    pub(super) color: Colour,

    /// Number of threads [default: one per processor]
    #[arg(long, global = true, value_name = "N", help_heading = "Global options")]
    #[arg(value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) jobs: Option<u16>,

    /// Print errors and warnings only
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub(super) quiet: bool,

    /// List every file that is added, changed or removed
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    #[arg(help_heading = "Global options")]
    pub(super) verbose: bool,
}

/// Formats of diagnostics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Messages with the lines that they are about.
    Human,
    /// One JSON object per line.
    Json,
    /// Annotations for GitHub Actions.
    Github,
}

/// Use of colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    /// Colour on a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always use colour.
    Always,
    /// Never use colour.
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Create a small book to start from
    Init(Init),
    /// Check the book and build its site
    Build(Build),
    /// Preview the site in a browser while you edit
    Serve(Serve),
    /// Report every error and warning in the book
    Check(Check),
    /// Publish the site on GitHub Pages
    Publish(Publish),
    /// Show how the scores of a ranking add up
    Explain(Explain),
}

/// Options of `init`.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// Folder to create the book in
    #[arg(default_value = ".")]
    pub(super) dir: PathBuf,

    /// Title of the site
    #[arg(long, default_value = "Backend frameworks, compared")]
    pub(super) title: String,

    /// Also write a GitHub Actions workflow that publishes the site
    #[arg(long)]
    pub(super) github: bool,
}

/// Options of `build`.
#[derive(Debug, Args)]
pub(super) struct Build {
    /// Output folder or archive [default: `public` in the book's folder, or `public.tar`]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,

    /// Form of the output
    #[arg(long, value_name = "TARGET", default_value = "dir")]
    pub(super) target: Target,

    /// Print the time of each stage and the slowest files
    #[arg(long)]
    pub(super) timings: bool,
}

/// Forms of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Target {
    /// A folder, for any static host.
    Dir,
    /// A tar archive, as GitHub Pages takes it.
    Tar,
}

/// Options of `serve`.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Port to listen on [default: 4000, or the next free one]
    #[arg(long, value_name = "N")]
    pub(super) port: Option<u16>,

    /// Host name or address to listen on [default: localhost]
    #[arg(long, value_name = "ADDR")]
    pub(super) host: Option<String>,

    /// Additional host name to answer to, such as that of a proxy; can be given more than
    /// once
    #[arg(long, value_name = "NAME")]
    pub(super) allow_host: Vec<String>,

    /// Open a page in the browser [default: the home page]
    #[arg(long, value_name = "PATH", num_args = 0..=1, default_missing_value = "")]
    pub(super) open: Option<String>,

    /// Poll for changes, with this interval in milliseconds, instead of using events of the
    /// file system [default: 500]
    #[arg(long, value_name = "MS", num_args = 0..=1, default_missing_value = "500")]
    #[arg(value_parser = clap::value_parser!(u64).range(20..=10_000))]
    pub(super) poll: Option<u64>,

    /// Do not update open pages when the book changes
    #[arg(long)]
    pub(super) no_reload: bool,

    /// Address that opens a file in your editor, with {path}, {line} and {column}. Errors on a
    /// page link to it, unless `--host` or `--allow-host` lets other machines see the preview;
    /// `none` turns the links off
    #[arg(long, value_name = "TEMPLATE", default_value = Editor::DEFAULT)]
    pub(super) editor: String,
}

/// Options of `check`.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Explain an error or warning by its code; list all of them without one
    #[arg(long, value_name = "CODE", num_args = 0..=1)]
    pub(super) explain: Option<Option<String>>,
}

/// Options of `publish`.
#[derive(Debug, Args)]
pub(super) struct Publish {
    /// Show what would be published, without pushing
    #[arg(long)]
    pub(super) dry_run: bool,

    /// Git remote [default: `remote` in `[publish]`, or origin]
    #[arg(long, value_name = "NAME")]
    pub(super) remote: Option<String>,

    /// Branch that is served [default: `branch` in `[publish]`, or gh-pages]
    #[arg(long, value_name = "NAME")]
    pub(super) branch: Option<String>,

    /// Subject of the commit [default: names the commit of the book]
    #[arg(long, value_name = "TEXT")]
    pub(super) message: Option<String>,

    /// Publish even if the book has uncommitted changes
    #[arg(long)]
    pub(super) allow_dirty: bool,

    /// Publish even if more than a fifth of the published pages would be removed
    #[arg(long)]
    pub(super) allow_removals: bool,

    /// Publish even if the published site is newer than this commit, or of another branch
    #[arg(long)]
    pub(super) allow_older: bool,

    /// Seconds without output after which git is stopped [default: 30, or 300 on a terminal,
    /// where git may ask for a password]
    #[arg(long, value_name = "SECONDS")]
    #[arg(value_parser = clap::value_parser!(u64).range(1..=MAX_TIMEOUT))]
    pub(super) timeout: Option<u64>,

    /// Only write a GitHub Actions workflow that builds and publishes the site
    #[arg(long, conflicts_with_all = ["dry_run", "message"])]
    pub(super) setup: bool,
}

/// Options of `explain`.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// Goal, by its file name without `.md`
    pub(super) goal: String,
    /// Framework, by its file name without `.toml` [default: all]
    pub(super) framework: Option<String>,
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "expected a day such as 2026-11-22".to_owned())
}
