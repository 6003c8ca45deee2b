//! Values as words: dates, numbers, scores, and what a fact says.

use jiff::civil::Date;
use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

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

/// Words that end in a full stop within a sentence.
const ABBREVIATIONS: &[&str] = &[
    "approx", "bzw", "ca", "cf", "dr", "etc", "fig", "inc", "ltd", "mr", "mrs", "ms",
    "no", "nr", "prof", "st", "vs",
];

/// The ends of the sentences of a text, in bytes, by Unicode's rules (UAX 29) and without
/// those after abbreviations.
pub(super) fn sentence_ends(text: &str) -> Vec<usize> {
    let pieces = text.split_sentence_bound_indices();
    let ends = pieces.map(|(start, piece)| start + piece.trim_end().len());
    let is_end = |end: &usize| {
        let before = &text[..*end];
        let Some(before) = before.strip_suffix('.') else {
            return before
                .ends_with(['?', '!', '\u{2026}', '\u{3002}', '\u{ff01}', '\u{ff1f}'])
                || before.len() == text.trim_end().len();
        };
        let word = before.rsplit([' ', '(', '\u{a0}']).next().unwrap_or_default();
        let is_letter =
            word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
        // `e.g.` and `U.S.`, but not `6.1`.
        let has_stop =
            word.contains('.') && word.split('.').all(|part| part.chars().count() == 1);
        let is_short = ABBREVIATIONS.contains(&word.to_lowercase().as_str());
        *end == text.trim_end().len()
            || !(is_letter || has_stop && !word.contains(char::is_numeric) || is_short)
    };
    ends.filter(is_end).collect()
}

/// A text that is longer than so many characters, cut at a word or, where no word ends in the
/// second half, between what readers take for letters.
pub(super) fn shortened(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let mut cut = "";
    for (start, letter) in text.grapheme_indices(true) {
        let more = &text[..start + letter.len()];
        if more.chars().count() >= longest {
            break;
        }
        cut = more;
    }
    let word = cut.rfind(' ').filter(|end| cut[..*end].chars().count() * 2 >= longest);
    format!(
        "{}\u{2026}",
        cut[..word.unwrap_or(cut.len())].trim_end_matches([',', ';', ':', '.', ' '])
    )
}

#[cfg(test)]
mod tests {
    use super::{sentence_ends, shortened};

    #[test]
    fn sentences_end_by_the_rules_of_unicode() {
        #[track_caller]
        fn case(text: &str, expected: &[&str]) {
            let mut start = 0;
            let ends = sentence_ends(text).into_iter();
            let found: Vec<_> = ends
                .map(|end| text[std::mem::replace(&mut start, end)..end].trim())
                .collect();
            assert_eq!(found, expected, "{text}");
        }
        case("One. Two? Three", &["One.", "Two?", "Three"]);
        case(
            "Node.js 6.1. Use e.g. Django, No. 1 vs. Rails.",
            &["Node.js 6.1.", "Use e.g. Django, No. 1 vs. Rails."],
        );
        case(
            "\u{4e00}\u{3002}\u{4e8c}\u{ff1f}\u{4e09}",
            &["\u{4e00}\u{3002}", "\u{4e8c}\u{ff1f}", "\u{4e09}"],
        );
    }

    #[test]
    fn a_text_is_cut_at_a_word_or_between_letters() {
        assert_eq!(shortened("one two three", 10), "one two\u{2026}");
        assert_eq!(
            shortened(&"\u{6c49}".repeat(12), 10),
            format!("{}\u{2026}", "\u{6c49}".repeat(9))
        );
        assert_eq!(
            shortened(&"e\u{301}".repeat(9), 10),
            format!("{}\u{2026}", "e\u{301}".repeat(4))
        );
    }
}
