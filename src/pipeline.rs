//! Loads a book through every stage before rendering: a book's folder -> [`Loaded`].
//!
//! Every command runs the stages the same way. Nothing is decided here: the diagnostics of
//! all stages are gathered and given their levels, and the caller looks at them.

use std::path::Path;
use std::sync::Arc;

use crate::book::{self, Book};
use crate::diag::{Diagnostics, Levels};
use crate::plan::Plan;
use crate::rank::{self, Rankings};
use crate::raw::{self, Raw};
use crate::site;
use crate::source::{self, Sources};

/// A book with all that follows from it before anything is rendered.
pub struct Loaded {
    /// Its files.
    pub sources: Arc<Sources>,
    /// Their contents.
    pub raw: Arc<Raw>,
    /// The checked model.
    pub book: Book,
    /// The rankings of its goals.
    pub rankings: Arc<Rankings>,
    /// The pages and files of its site.
    pub plan: Plan,
    /// Its settings for diagnostics.
    pub levels: Levels,
}

/// The results of an earlier run, so that unchanged parts are not made again.
#[derive(Clone)]
pub struct PreviousBuild {
    /// Its files.
    pub sources: Arc<Sources>,
    /// Their contents.
    raw: Arc<Raw>,
    /// The rankings of its goals.
    rankings: Arc<Rankings>,
}

impl Loaded {
    /// Returns the results that the next run can use again.
    pub fn for_next_build(&self) -> PreviousBuild {
        let (sources, raw) = (self.sources.clone(), self.raw.clone());
        PreviousBuild { sources, raw, rankings: self.rankings.clone() }
    }
}

/// A callback that is given the name of each stage when it is done.
pub type OnStage<'a> = &'a mut dyn FnMut(&'static str);

/// Reads a book's folder and runs the stages.
pub fn load(
    root: &Path,
    options: &book::Options,
    diags: &mut Diagnostics,
    on_stage: OnStage<'_>,
) -> Loaded {
    let sources = source::load(root, diags);
    on_stage("source");
    run(sources, options, None, diags, on_stage)
}

/// Runs the stages on a book's files. The result is the same with and without a previous
/// build, which only saves work.
pub fn run(
    sources: Sources,
    options: &book::Options,
    previous: Option<&PreviousBuild>,
    diags: &mut Diagnostics,
    on_stage: OnStage<'_>,
) -> Loaded {
    let (embeds, before) =
        (options.embed_names(), previous.map(|previous| &*previous.raw));
    let raw = raw::parse_after(&sources, &embeds, before, diags);
    on_stage("raw");
    let levels = book::levels(&raw, &sources, options.today, diags);
    let book = book::resolve(&raw, &sources, options, diags);
    on_stage("book");
    let previous = previous.map(|previous| &*previous.rankings);
    let rankings = rank::rank_after(&book, previous, diags);
    on_stage("rank");
    let plan = site::plan(&book, &rankings, diags);
    on_stage("plan");
    diags.settle(&levels);
    let (sources, raw) = (Arc::new(sources), Arc::new(raw));
    Loaded { sources, raw, book, rankings: Arc::new(rankings), plan, levels }
}
