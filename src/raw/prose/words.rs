//! The length of a text in words.

/// Scripts that are written without spaces between words, by their ranges of characters, and
/// the usual number of letters of a word.
const WITHOUT_SPACES: &[(std::ops::RangeInclusive<char>, usize)] = &[
    // Thai, Lao.
    ('\u{e00}'..='\u{eff}', 5),
    // Burmese.
    ('\u{1000}'..='\u{109f}', 5),
    // Khmer.
    ('\u{1780}'..='\u{17ff}', 5),
    // Hiragana, Katakana, Bopomofo.
    ('\u{3041}'..='\u{31ff}', 2),
    // Chinese characters.
    ('\u{3400}'..='\u{9fff}', 2),
    ('\u{f900}'..='\u{faff}', 2),
    ('\u{ff66}'..='\u{ff9d}', 2),
    ('\u{20000}'..='\u{3ffff}', 2),
];

/// The number of words of a text: what stands between white space, and in scripts without
/// spaces so many letters as a word has there.
pub(super) fn words(text: &str) -> usize {
    if !text.is_ascii() {
        return text.split_whitespace().map(words_of_piece).sum();
    }
    // Without a branch, so that many bytes are looked at at a time.
    let is_space = |b: u8| (b == b' ') | (b'\t'..=b'\r').contains(&b);
    let bytes = text.as_bytes();
    let starts = bytes.iter().zip(&bytes[bytes.len().min(1)..]);
    let starts = starts.map(|(a, b)| usize::from(is_space(*a) & !is_space(*b)));
    let first = bytes.first().is_some_and(|b| !is_space(*b));
    usize::from(first) + starts.sum::<usize>()
}

/// The number of words of a piece without white space.
fn words_of_piece(piece: &str) -> usize {
    // Most pieces have none of these letters, the first of which is that of Thai.
    if piece.chars().all(|c| c < '\u{e00}') {
        return 1;
    }
    let mut letters = [0_usize; WITHOUT_SPACES.len()];
    let mut has_others = false;
    for c in piece.chars().filter(|c| c.is_alphanumeric()) {
        match WITHOUT_SPACES.iter().position(|(range, _)| range.contains(&c)) {
            Some(at) => letters[at] += 1,
            None => has_others = true,
        }
    }
    let words = letters.iter().zip(WITHOUT_SPACES);
    let words: usize = words.map(|(letters, (_, word))| letters.div_ceil(*word)).sum();
    (words + usize::from(has_others)).max(1)
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_stand_between_white_space() {
        #[track_caller]
        fn case(text: &str, expected: usize) {
            assert_eq!(words(text), expected, "{text:?}");
            // Texts with other letters are counted in another way.
            assert_eq!(words(&format!("{text} \u{e9}")), expected + 1, "{text:?}");
        }
        case("", 0);
        case(" \n", 0);
        case("a", 1);
        case(" a  b\n", 2);
        case("a\tb\rc\u{b}d\u{c}e", 5);
        case("a-b, c.", 2);
    }

    #[test]
    fn scripts_without_spaces_are_counted_by_letters() {
        assert_eq!(words(&"\u{6c49}".repeat(820)), 410);
        assert_eq!(words("\u{6c49}\u{5b57}\u{3002}Django\u{6c49}"), 3);
        assert_eq!(words("\u{3072}\u{3089}\u{304c}\u{306a} \u{6f22}\u{5b57}"), 3);
        assert_eq!(words("\u{e20}\u{e32}\u{e29}\u{e32}\u{e44}\u{e17}\u{e22}"), 2);
        assert_eq!(words("\u{d55c}\u{ad6d}\u{c5b4} \u{b2e8}\u{c5b4}"), 2);
    }
}
