//! The options of the preview, and the output for its messages.

use std::path::PathBuf;
use std::time::Duration;

use super::editor::Editor;
use crate::book;
use crate::diag::{Diagnostics, Texts};

/// The options of the preview.
#[derive(Debug, Clone)]
pub struct Options {
    /// The book's folder.
    pub root: PathBuf,
    /// The options for resolving the book.
    pub book: book::Options,
    /// Whether warnings keep a change from being shown.
    pub is_strict: bool,
    /// The port to listen at; 0 lets the system choose.
    pub port: Option<u16>,
    /// The name or address to listen at, in place of this machine's own.
    pub host: Option<String>,
    /// Further names by which it may be called, such as that of a proxy before it.
    pub allowed: Vec<String>,
    /// The interval between looks for changes, in place of the system's events.
    pub poll: Option<Duration>,
    /// Whether open pages are kept true.
    pub reload: bool,
    /// The editor that links of diagnostics open. Only this machine's user is shown links, as
    /// they tell where the book is.
    pub editor: Option<Editor>,
}

/// The output for messages to the author.
pub trait Console: Send + Sync {
    /// Says where the site is; once, and again if that changes.
    fn ready(&self, url: &str);
    /// Says what a change did.
    fn say(&self, line: &str);
    /// Prints findings.
    fn print(&self, diags: &Diagnostics, texts: &dyn Texts);
}
