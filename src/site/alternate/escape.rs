//! Text that says the same in Markdown as it does alone.

use std::io::{self, Write};

/// Writes text into Markdown, on one line, whatever is before it there.
///
/// # Errors
/// Those of what it writes to.
pub(in crate::site) fn escape(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let text = text.trim_start();
    if is_block_start(text) {
        out.write_all(b"\\")?;
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    out.write_all(number.as_bytes())?;
    // A period after a number would make it that of an item.
    let mut after = rest.chars().skip(1);
    let is_item = digits > 0 && after.next().is_none_or(char::is_whitespace);
    if is_item && rest.starts_with(['.', ')']) {
        out.write_all(b"\\")?;
    }
    write_inline(rest, number.chars().last(), out)
}

/// Writes text within a line of Markdown, where nothing starts a block.
fn write_inline(text: &str, last: Option<char>, out: &mut dyn Write) -> io::Result<()> {
    let mut before = last.unwrap_or(' ');
    for (at, c) in text.char_indices() {
        if is_special(c, before, &text[at + c.len_utf8()..]) {
            out.write_all(b"\\")?;
        }
        // A line's end within a value would end its row or item.
        let shown = if c == '\n' || c == '\r' { ' ' } else { c };
        out.write_all(shown.encode_utf8(&mut [0; 4]).as_bytes())?;
        before = c;
    }
    Ok(())
}

/// Escapes text for Markdown, at the start of a line or within it.
pub(in crate::site) fn escaped(text: &str, is_start: bool) -> String {
    let mut out = Vec::with_capacity(text.len());
    let written = if is_start {
        escape(text, &mut out)
    } else {
        write_inline(text, None, &mut out)
    };
    written.expect("a Vec takes all bytes");
    String::from_utf8(out).expect("text stays text")
}

/// Whether a character means something else than itself.
fn is_special(c: char, before: char, rest: &str) -> bool {
    let after = rest.chars().next().unwrap_or(' ');
    match c {
        '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' => true,
        // Inside of a word it is one of its letters.
        '_' => !(before.is_alphanumeric() && after.is_alphanumeric()),
        // It may start the name of a character: `&lt;`.
        '&' => rest.is_empty() || is_name(rest),
        // It may end a heading.
        '#' => before.is_whitespace() && after.is_whitespace(),
        _ => false,
    }
}

/// Whether a text starts with the name or number of a character and a semicolon.
fn is_name(text: &str) -> bool {
    let name = text.split(';').next().unwrap_or_default();
    let name = name.strip_prefix('#').unwrap_or(name);
    name.len() < text.len()
        && !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Whether the first character of a text at the start of a line would start a block, and
/// needs a sign for that which [`is_special`] does not ask for.
fn is_block_start(text: &str) -> bool {
    let first = text.split([' ', '\t', '\n']).next().unwrap_or_default();
    let is_of = |sign: char| !first.is_empty() && first.chars().all(|c| c == sign);
    first.starts_with(['>', ':'])
        || is_of('-')
        || is_of('+')
        || is_of('=')
        || is_heading(text)
}

/// Whether a text alone would be a heading, and is more than one sign.
fn is_heading(text: &str) -> bool {
    let rest = text.trim_start_matches('#');
    let level = text.len() - rest.len();
    level > 0 && rest.starts_with([' ', '\t']) && level > 1
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn text_stays_itself() {
        #[track_caller]
        fn case(text: &str, expected: &str) {
            assert_eq!(escaped(text, true), expected);
        }
        case(
            "Node.js 6.1, C# and snake_case: 76.7 (2=)",
            "Node.js 6.1, C# and snake_case: 76.7 (2=)",
        );
        case("a | b", "a \\| b");
        case(": a", "\\: a");
        case(
            "a\\b `c` *d* _e_ [f](g) <h>",
            "a\\\\b \\`c\\` \\*d\\* \\_e\\_ \\[f\\](g) \\<h>",
        );
        case("R&D, a & b, &lt;", "R&D, a & b, \\&lt;");
        case("two\nlines", "two lines");
        case("- no item", "\\- no item");
        case("--- ---", "\\--- ---");
        case("-5", "-5");
        case("> no quote", "\\> no quote");
        case("# no heading", "\\# no heading");
        case("## no heading", "\\## no heading");
        case("1. no item", "1\\. no item");
        case("1.5 of 2", "1.5 of 2");
        assert_eq!(escaped("1. - within a line #", false), "1. - within a line \\#");
        case("no heading #", "no heading \\#");
    }
}
