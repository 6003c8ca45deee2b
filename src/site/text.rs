//! Values as words: dates, numbers, scores, and what a fact says.

use jiff::civil::Date;
use serde::Serialize;

use super::Strings;

/// A date for a `time` element.
#[derive(Debug, Clone, Serialize)]
pub(super) struct DateView {
    /// As machines read it: `2026-11-22`.
    pub(super) iso: String,
    /// As people read it: "22 November 2026".
    pub(super) text: String,
}

/// A date for machines and for people.
pub(super) fn date(strings: &Strings, date: Date) -> DateView {
    DateView { iso: date.to_string(), text: strings.date(date) }
}

/// A score in tenths of a point: 767 is "76.7".
pub(super) fn tenths(strings: &Strings, tenths: u32) -> String {
    // Pages of two hold very many of these, and `format!` takes longer.
    let mut text = (tenths / 10).to_string();
    text.push('.');
    text.extend(char::from_digit(tenths % 10, 10));
    strings.number(text)
}

/// A whole number as people read it: "12,345".
pub(super) fn count(strings: &Strings, n: u64) -> String {
    strings.number(n.to_string())
}

/// A text that is longer than so many characters, cut at a word.
pub(super) fn shortened(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let cut: String = text.chars().take(longest - 1).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([',', ';', ':', '.']))
}
