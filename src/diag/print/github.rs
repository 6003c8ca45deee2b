//! For GitHub: workflow commands, which it shows beside the lines of a change.

use std::fmt::Write as _;

use super::{Site, clean};
use crate::diag::{Diagnostic, Diagnostics, Severity, Texts};

pub(super) fn print(diags: &Diagnostics, texts: &dyn Texts) -> String {
    let mut out = String::new();
    // GitHub shows only ten errors and ten warnings of a step, and fifty of a job.
    for severity in [Severity::Error, Severity::Warning] {
        for diagnostic in diags.iter().filter(|d| d.severity == severity) {
            out.push_str(&command(diagnostic, texts));
            out.push('\n');
        }
    }
    out
}

fn command(diagnostic: &Diagnostic, texts: &dyn Texts) -> String {
    let mut out = format!("::{} ", diagnostic.severity.word());
    if let Some(span) = diagnostic.span {
        let Site { text, start, end, .. } = Site::of(span, texts);
        // GitHub knows files by their place in the repository, not in the book.
        let path = format!("{}{}", texts.folder(), text.path);
        let _ = write!(out, "file={},line={},", property(&path), start.line);
        // GitHub refuses columns of a place on several lines.
        if start.line == end.line {
            let _ = write!(out, "col={},endLine={},", start.column, end.line);
            let _ = write!(out, "endColumn={},", end.column);
        } else {
            let _ = write!(out, "endLine={},", end.line);
        }
    }
    let _ = write!(out, "title={}::", property(diagnostic.code.name()));

    let mut lines = vec![diagnostic.message.clone()];
    for label in &diagnostic.labels {
        let Site { text, start, .. } = Site::of(label.span, texts);
        lines.push(format!("{}:{}: {}", text.path, start.line, label.text));
    }
    lines.extend(diagnostic.notes.iter().chain(&diagnostic.hints).cloned());
    out.push_str(&data(&lines.join("\n")));
    out
}

/// A message, in the escapes that GitHub documents.
fn data(text: &str) -> String {
    clean(text).replace('%', "%25").replace('\n', "%0A")
}

/// The value of a property, in which two more characters are escaped.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
