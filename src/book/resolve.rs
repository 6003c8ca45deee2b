//! Resolves names.
use super::Book;
use crate::diag::Diagnostics;
use crate::raw::Raw;
use crate::source::Sources;
use jiff::civil::Date;

/// What a book is resolved with.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The day on which it is decided what is stale.
    pub today: Date,
    /// Whether drafts are part of the site.
    pub drafts: bool,
}

/// Resolves.
pub fn resolve(
    _raw: &Raw,
    _sources: &Sources,
    _options: Options,
    _diags: &mut Diagnostics,
) -> Book {
    unimplemented!()
}
