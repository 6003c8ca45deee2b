//! The grammar of slugs and ids.

use crate::diag::{Code, Diagnostic, Diagnostics, Span};

/// Longest slug in bytes; file systems allow 255 for a name.
const LONGEST: usize = 100;
/// Names that no file can have on Windows, beside `com1` and `lpt1` to `9`.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];

/// Whether a name is one that Windows keeps for devices.
pub fn is_device(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let numbered = name.strip_prefix("com").or(name.strip_prefix("lpt"));
    DEVICES.contains(&name.as_str())
        || numbered.is_some_and(|n| n.len() == 1 && n.as_bytes()[0].is_ascii_digit())
}

/// Reports a text that is no slug: `[a-z0-9]+(-[a-z0-9]+)*`, without `-vs-`.
pub(crate) fn check(text: &str, span: Span, diags: &mut Diagnostics) {
    if let Some(message) = fault(text, "a slug", "joined by single `-`", text) {
        report(text, message, span, diags);
    }
}

/// Reports a text that is no id: a slug in which `_` may stand for `-`, as TOML keys often do.
pub(crate) fn check_id(text: &str, span: Span, diags: &mut Diagnostics) {
    let as_slug = text.replace('_', "-");
    if let Some(message) = fault(&as_slug, "an id", "joined by single `-` or `_`", text) {
        report(text, message, span, diags);
    }
}

fn report(text: &str, message: String, span: Span, diags: &mut Diagnostics) {
    let found = Diagnostic::new(Code::BadSlug, span, message);
    diags.push(match mended(text) {
        Some(mended) => found.hint(format!("write it as `{mended}`")),
        None => found.hint("write one such as `my-choice`"),
    });
}

/// The fault of a text, which is shown as it was written.
fn fault(text: &str, what: &str, joined: &str, shown: &str) -> Option<String> {
    let part = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    if text.is_empty() {
        Some(format!("expected {what}, found none"))
    } else if text.len() > LONGEST {
        Some(format!("{what} has at most {LONGEST} letters, found {}", text.len()))
    } else if !text.split('-').all(part) {
        Some(format!("`{shown}` is not {what} of lower-case letters and digits {joined}"))
    } else if is_device(text) {
        Some(format!("`{shown}` is a name that Windows keeps for itself"))
    } else if text.contains("-vs-") {
        Some(format!("`{shown}` contains `-vs-`, which joins two frameworks"))
    } else {
        None
    }
}

/// The nearest slug to a text, if it has letters.
fn mended(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit()));
    let slug = words.filter(|w| !w.is_empty()).collect::<Vec<_>>().join("-");
    let slug: String = slug.replace("-vs-", "-versus-").chars().take(LONGEST).collect();
    let slug = if is_device(&slug) { format!("the-{slug}") } else { slug };
    (!slug.is_empty()).then(|| slug.trim_end_matches('-').to_owned())
}
