//! The rooms before rendering, in a row: a book's folder -> [`Loaded`].
//!
//! Every command walks them the same way. Law: nothing is decided here; findings of all
//! rooms are gathered and settled, and whoever called looks at them.

use std::path::Path;

use crate::book::{self, Book};
use crate::diag::{Diagnostics, Levels};
use crate::plan::{self, Plan};
use crate::rank::{self, Rankings};
use crate::raw;
use crate::source::{self, Sources};

/// A book with all that follows from it before anything is rendered.
pub struct Loaded {
    /// Its files.
    pub sources: Sources,
    /// The checked model.
    pub book: Book,
    /// The rankings of its goals.
    pub rankings: Rankings,
    /// The pages and files of its site.
    pub plan: Plan,
    /// What it says of findings.
    pub levels: Levels,
}

/// Reads a book's folder and takes it through the rooms.
pub fn load(root: &Path, options: &book::Options, diags: &mut Diagnostics) -> Loaded {
    let sources = source::load(root, diags);
    through(sources, options, diags)
}

/// Takes a book's files through the rooms.
pub fn through(
    sources: Sources,
    options: &book::Options,
    diags: &mut Diagnostics,
) -> Loaded {
    let raw = raw::parse(&sources, diags);
    let levels = book::levels(&raw, &sources, options.today, diags);
    let book = book::resolve(&raw, &sources, options, diags);
    let rankings = rank::rank(&book, diags);
    let plan = plan::plan(&book, &rankings, diags);
    diags.settle(&levels);
    Loaded { sources, book, rankings, plan, levels }
}
