//! The rooms before rendering, in a row: a book's folder -> [`Loaded`].
//!
//! Every command walks them the same way. Law: nothing is decided here; findings of all
//! rooms are gathered and settled, and whoever called looks at them.

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
pub struct Before {
    /// Its files.
    pub sources: Arc<Sources>,
    /// Their contents.
    raw: Arc<Raw>,
    /// The rankings of its goals.
    rankings: Arc<Rankings>,
}

impl Loaded {
    /// The state to keep of it.
    pub fn kept(&self) -> Before {
        let (sources, raw) = (self.sources.clone(), self.raw.clone());
        Before { sources, raw, rankings: self.rankings.clone() }
    }
}

/// Is told the name of each room when it has been walked through.
pub type Told<'a> = &'a mut dyn FnMut(&'static str);

/// Reads a book's folder and takes it through the rooms.
pub fn load(
    root: &Path,
    options: &book::Options,
    diags: &mut Diagnostics,
    told: Told<'_>,
) -> Loaded {
    let sources = source::load(root, diags);
    told("source");
    through(sources, (options, None), diags, told)
}

/// Takes a book's files through the rooms; what comes of it is the same whatever is kept
/// from before.
pub fn through(
    sources: Sources,
    (options, before): (&book::Options, Option<&Before>),
    diags: &mut Diagnostics,
    told: Told<'_>,
) -> Loaded {
    let raw = raw::parse_after(&sources, before.map(|before| &*before.raw), diags);
    told("raw");
    let levels = book::levels(&raw, &sources, options.today, diags);
    let book = book::resolve(&raw, &sources, options, diags);
    told("book");
    let before = before.map(|before| &*before.rankings);
    let rankings = rank::rank_after(&book, before, diags);
    told("rank");
    let plan = site::plan(&book, &rankings, diags);
    told("plan");
    diags.settle(&levels);
    let (sources, raw) = (Arc::new(sources), Arc::new(raw));
    Loaded { sources, raw, book, rankings: Arc::new(rankings), plan, levels }
}
