//! The grammar of slugs and ids.

use crate::diag::{Code, Diagnostic, Diagnostics, Span};

/// Longest slug in bytes; file systems allow 255 for a name.
const LONGEST: usize = 100;

/// Whether a text is a slug: `[a-z0-9]+(-[a-z0-9]+)*`, without `-vs-`. Reports what is not.
pub(super) fn check(text: &str, span: Span, diags: &mut Diagnostics) -> bool {
    let Some(message) = fault(text) else { return true };
    let found = Diagnostic::new(Code::BadSlug, span, message);
    diags.push(found.hint(format!("write it as `{}`", mended(text))));
    false
}

/// Whether a text is an id: a slug in which `_` may stand for `-`, as TOML keys often do.
pub(super) fn check_id(text: &str, span: Span, diags: &mut Diagnostics) -> bool {
    let as_slug = text.replace('_', "-");
    if fault(&as_slug).is_none() {
        return true;
    }
    let message =
        format!("`{text}` is not an id of lower-case letters, digits, `-` and `_`");
    let found = Diagnostic::new(Code::BadSlug, span, message);
    diags.push(found.hint(format!("write it as `{}`", mended(text))));
    false
}

fn fault(text: &str) -> Option<String> {
    let part = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    if text.len() > LONGEST {
        Some(format!("a slug has at most {LONGEST} letters, found {}", text.len()))
    } else if !text.split('-').all(part) {
        let what = "lower-case letters and digits joined by single `-`";
        Some(format!("`{text}` is not a slug of {what}"))
    } else if text.contains("-vs-") {
        Some(format!("the slug `{text}` contains `-vs-`, which joins two frameworks"))
    } else {
        None
    }
}

/// The nearest slug to a text.
fn mended(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit()));
    let slug = words.filter(|w| !w.is_empty()).collect::<Vec<_>>().join("-");
    let slug = slug.replace("-vs-", "-versus-");
    if slug.is_empty() {
        "a-slug".to_owned()
    } else {
        slug.chars().take(LONGEST).collect()
    }
}
