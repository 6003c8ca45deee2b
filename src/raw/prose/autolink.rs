//! Web and e-mail addresses in plain text, which become links.
//!
//! The rules are those of the extended autolinks of GitHub Flavored Markdown
//! (<https://github.github.com/gfm/#autolinks-extension->).

use std::ops::Range;

/// An address in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// The target, with a scheme.
    pub(super) target: String,
}

/// Whether a text can have an address at all, so that most need no closer look.
pub(super) fn may_have(text: &str) -> bool {
    text.contains("://") || text.contains("www.") || text.contains('@')
}

/// The addresses of a text, in order. `before` is the character before it, if any.
pub(super) fn find(text: &str, before: Option<char>) -> Vec<Address> {
    let mut found: Vec<Address> = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find([':', 'w', '@']) {
        let sign = at + next;
        let free = found.last().map_or(0, |last| last.range.end);
        let address = match text.as_bytes()[sign] {
            b':' => with_scheme(text, sign, free, before),
            b'w' => without_scheme(text, sign, before),
            _ => email(text, sign, free),
        };
        at = sign + 1;
        if let Some(address) = address {
            at = at.max(address.range.end);
            found.push(address);
        }
    }
    found
}

/// Whether an address can start at a byte.
fn is_start(text: &str, start: usize, before: Option<char>) -> bool {
    let before =
        text[..start].chars().next_back().or(if start == 0 { before } else { None });
    before.is_none_or(|c| c.is_whitespace() || "*_~(".contains(c))
}

/// `https://…`, from its colon.
fn with_scheme(
    text: &str,
    colon: usize,
    free: usize,
    before: Option<char>,
) -> Option<Address> {
    let host = text[colon..].strip_prefix("://")?;
    let letters = text[free..colon].bytes().rev().take_while(u8::is_ascii_alphabetic);
    let start = colon - letters.count();
    let is_web =
        ["http", "https"].contains(&text[start..colon].to_ascii_lowercase().as_str());
    if !is_web || !is_start(text, start, before) || !is_domain(domain(host)) {
        return None;
    }
    let end = end(text, start);
    Some(Address { range: start..end, target: text[start..end].to_owned() })
}

/// `www.…`, from its first letter.
fn without_scheme(text: &str, start: usize, before: Option<char>) -> Option<Address> {
    let rest = &text[start..];
    if !rest.starts_with("www.")
        || !is_start(text, start, before)
        || !is_domain(domain(rest))
    {
        return None;
    }
    let end = end(text, start);
    Some(Address { range: start..end, target: format!("http://{}", &text[start..end]) })
}

/// An e-mail address, from its `@`.
fn email(text: &str, at: usize, free: usize) -> Option<Address> {
    let is_local = |b: &u8| b.is_ascii_alphanumeric() || b".+_-".contains(b);
    let start = at - text[free..at].bytes().rev().take_while(is_local).count();
    let is_domain = |b: &u8| b.is_ascii_alphanumeric() || b".-_".contains(b);
    let length = text[at + 1..].bytes().take_while(is_domain).count();
    let domain = text[at + 1..at + 1 + length].trim_end_matches('.');
    let is_whole = domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with(['-', '_'])
        && start < at;
    let end = at + 1 + domain.len();
    is_whole.then(|| Address {
        range: start..end,
        target: format!("mailto:{}", &text[start..end]),
    })
}

/// The name of the host at the start of a text.
fn domain(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || "-_.".contains(c)));
    &text[..end.unwrap_or(text.len())]
}

/// Whether a name can be that of a host: parts between dots, two or more, without `_` in the
/// last two.
fn is_domain(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    let parts: Vec<&str> = name.rsplit('.').collect();
    parts.len() > 1
        && parts.iter().all(|part| !part.is_empty())
        && parts.iter().take(2).all(|part| !part.contains('_'))
}

/// The end of an address that starts at a byte: white space or `<`, without the punctuation
/// of the sentence around it.
fn end(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let mut end =
        rest.find(|c: char| c.is_whitespace() || c == '<').unwrap_or(rest.len());
    let count = |text: &str, sign: char| text.matches(sign).count();
    let mut surplus = count(&rest[..end], ')').saturating_sub(count(&rest[..end], '('));
    while let Some(last) = rest[..end].chars().next_back() {
        if last == ')' && surplus > 0 {
            surplus -= 1;
        } else if !"?!.,:*_~'\"".contains(last) {
            break;
        }
        end -= last.len_utf8();
    }
    // The end may be a reference to a character, which belongs to the sentence.
    let tail = rest[..end].strip_suffix(';').and_then(|tail| tail.rsplit_once('&'));
    match tail {
        Some((head, name))
            if !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric()) =>
        {
            start + head.len()
        }
        _ => start + end,
    }
}

#[cfg(test)]
mod tests {
    use super::find;

    #[track_caller]
    fn case(text: &str, expected: &[(&str, &str)]) {
        let found = find(text, None);
        let found: Vec<_> =
            found.iter().map(|a| (&text[a.range.clone()], &*a.target)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn web_addresses_end_before_the_punctuation_of_the_sentence() {
        case(
            "See https://a.org/b_c?d=e&f.",
            &[("https://a.org/b_c?d=e&f", "https://a.org/b_c?d=e&f")],
        );
        case("(www.a.org/b(c)), x", &[("www.a.org/b(c)", "http://www.a.org/b(c)")]);
        case("http://a.org/x)))", &[("http://a.org/x", "http://a.org/x")]);
        case("HTTPS://a.org<b", &[("HTTPS://a.org", "HTTPS://a.org")]);
        case("www.a.org/?q=b&copy;", &[("www.a.org/?q=b", "http://www.a.org/?q=b")]);
        case(
            "https://a.org and https://b.org!",
            &[("https://a.org", "https://a.org"), ("https://b.org", "https://b.org")],
        );
    }

    #[test]
    fn what_is_no_host_is_no_address() {
        for text in [
            "http://",
            "https://localhost:80",
            "ftp://a.org",
            "xhttp://a.org",
            "http://a_b.org",
            "www.",
            "awww.a.org",
            "http://a..b",
        ] {
            case(text, &[]);
        }
    }

    #[test]
    fn email_addresses_have_a_host() {
        case(
            "Ask foo+bar@a.b-c.org.",
            &[("foo+bar@a.b-c.org", "mailto:foo+bar@a.b-c.org")],
        );
        for text in ["@a.org", "a@b", "a@b.c-", "a@b_c.d_", "a @b.c"] {
            case(text, &[]);
        }
    }
}
