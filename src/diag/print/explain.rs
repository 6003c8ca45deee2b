//! The text that `check --explain` prints of a code.

use crate::diag::{Code, Severity};

/// The columns that an explanation fills.
const COLUMNS: usize = 80;

/// Explains a code: its name and level, what it means, and how its level is changed.
pub fn explain(code: Code) -> String {
    let name = code.name();
    let level = match (code.severity(), code.is_adjustable()) {
        (Severity::Error, false) => "always an error",
        (Severity::Error, true) => "an error, unless `[check]` says otherwise",
        (Severity::Warning, _) => "a warning, unless `[check]` says otherwise",
    };
    let mut out = format!("{name}: {level}\n\n{}", fill(code.explanation()));
    if code.is_adjustable() {
        let others = match code.severity() {
            Severity::Error => r#""warn"  # or "off", "error""#,
            Severity::Warning => r#""off"  # or "error", "warn""#,
        };
        out.push_str("\nIts level can be changed in `book.toml`:\n\n");
        out.push_str(&format!("    [check]\n    {name} = {others}\n"));
    }
    out
}

/// The list of all codes: the level and the first sentence of each.
pub fn explain_all() -> String {
    let mut out = String::new();
    let levels = [
        ("Always errors", Severity::Error, false),
        ("Errors, unless `[check]` in `book.toml` says otherwise", Severity::Error, true),
        (
            "Warnings, unless `[check]` in `book.toml` says otherwise",
            Severity::Warning,
            true,
        ),
    ];
    for (title, severity, is_adjustable) in levels {
        out.push_str(&format!("{title}:\n"));
        let is_of = |code: &&Code| {
            code.severity() == severity && code.is_adjustable() == is_adjustable
        };
        for code in Code::ALL.iter().filter(is_of) {
            let text = code.explanation();
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let first = text.split(". ").next().unwrap_or_default().trim_end_matches('.');
            out.push_str(&format!("  {:<22} {first}\n", code.name()));
        }
        out.push('\n');
    }
    out.push_str("`fieldguide check --explain CODE` says more about one.\n");
    out
}

/// Breaks a text into lines of at most [`COLUMNS`], between words.
fn fill(text: &str) -> String {
    let mut out = String::new();
    let mut column = 0;
    for word in text.split_whitespace() {
        let width = word.chars().count();
        if column > 0 && column + 1 + width > COLUMNS {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += width;
    }
    out.push('\n');
    out
}
