//! For programs: one JSON object a line, its keys always all there and in one order.

use serde::Serialize;

use super::Site;
use crate::diag::{Diagnostic, Diagnostics, Span, Texts};

/// A finding as programs read it.
#[derive(Serialize)]
struct Finding<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    hints: &'a [String],
    labels: Vec<Label<'a>>,
    notes: &'a [String],
}

/// A further place of a finding.
#[derive(Serialize)]
struct Label<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    text: &'a str,
}

/// A place; all null where there is none.
#[derive(Serialize, Default)]
struct Place<'a> {
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

pub(super) fn print(diags: &Diagnostics, texts: &dyn Texts) -> String {
    let mut out = String::new();
    for diagnostic in diags.iter() {
        let finding = finding(diagnostic, texts);
        let line =
            serde_json::to_string(&finding).expect("a finding has only string keys");
        // The same text to a JSON reader, but no command to GitHub's runner.
        out.push_str(&line.replace("##[", r"#\u0023["));
        out.push('\n');
    }
    out
}

fn finding<'a>(diagnostic: &'a Diagnostic, texts: &'a dyn Texts) -> Finding<'a> {
    Finding {
        code: diagnostic.code.name(),
        severity: diagnostic.severity.word(),
        message: &diagnostic.message,
        place: diagnostic.span.map(|span| place(span, texts)).unwrap_or_default(),
        hints: &diagnostic.hints,
        labels: diagnostic
            .labels
            .iter()
            .map(|label| Label { place: place(label.span, texts), text: &label.text })
            .collect(),
        notes: &diagnostic.notes,
    }
}

fn place<'a>(span: Span, texts: &'a dyn Texts) -> Place<'a> {
    let site = Site::of(span, texts);
    Place {
        file: Some(&site.text.path),
        line: Some(site.start.line),
        column: Some(site.start.column),
        end_line: Some(site.end.line),
        end_column: Some(site.end.column),
    }
}
