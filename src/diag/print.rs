//! Draws findings: for people with a frame, for programs as JSON lines, for GitHub.

use super::{Diagnostics, Texts};

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// With a frame of the source, for people.
    Human,
    /// One JSON object a line.
    Json,
    /// Workflow commands, which GitHub shows beside the lines of a change.
    Github,
}

/// Draws findings in one format.
#[derive(Debug, Clone, Copy)]
pub struct Printer {
    /// The format.
    pub format: Format,
    /// Whether the frame is coloured.
    pub colour: bool,
}

impl Printer {
    /// Draws all findings, in their order.
    pub fn print(&self, _diags: &Diagnostics, _texts: &dyn Texts) -> String {
        String::new()
    }
}
