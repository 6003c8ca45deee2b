//! Addresses in prose and TOML: what they mean, and which are let through.
//!
//! An address with a scheme is parsed as browsers do (WHATWG), after entities were decoded,
//! so that no spelling of `javascript:` passes; http, https and mailto are let through.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

use crate::diag::suggest;

/// The target of a link in prose, by its form alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Href {
    /// A link by meaning, such as `framework:django#orm`.
    Meaning(Meaning),
    /// A path to another file of the book, relative to the file with the link.
    File {
        /// The path as written, percent-decoded.
        path: String,
        /// The part of the page, without `#`.
        fragment: Option<String>,
    },
    /// A part of the same page, without `#`.
    Fragment(String),
    /// An address elsewhere, as a browser would normalise it.
    External(String),
}

/// A link by meaning, such as `framework:django#orm`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// The named item.
    pub noun: Noun,
    /// Its slug or id, or `FRAMEWORK/CRITERION` for a fact.
    pub name: String,
    /// The part of the page, without `#`.
    pub fragment: Option<String>,
}

macro_rules! nouns {
    ($($(#[doc = $doc:literal])+ $variant:ident = $word:literal,)+) => {
        /// The kind of item that a link by meaning names.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Noun { $($(#[doc = $doc])+ $variant,)+ }

        impl Noun {
            /// The word before the colon.
            pub fn word(self) -> &'static str {
                match self { $(Noun::$variant => $word,)+ }
            }

            /// Every noun's word.
            pub const WORDS: &[&str] = &[$($word,)+];

            fn from_word(word: &str) -> Option<Noun> {
                match word { $($word => Some(Noun::$variant),)+ _ => None }
            }
        }
    };
}

nouns! {
    /// A framework's profile.
    Framework = "framework",
    /// A goal's page.
    Goal = "goal",
    /// A criterion's page.
    Criterion = "criterion",
    /// A language's page.
    Language = "language",
    /// A guide.
    Guide = "guide",
    /// The page of two frameworks.
    Versus = "versus",
    /// A source.
    Source = "source",
    /// A free page, or one that every site has, such as `page:methodology`.
    Page = "page",
    /// A fact, `FRAMEWORK/CRITERION`.
    Fact = "fact",
}

/// Reads an address of prose. The error says what is wrong with it, for a message.
pub fn parse(text: &str) -> Result<Href, String> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err("it is empty".to_owned());
    }
    let (target, fragment) = match trimmed.split_once('#') {
        // In the form that ids of headings have.
        Some((target, fragment)) => (target, Some(decoded(fragment).nfc().collect())),
        None => (trimmed, None),
    };
    if target.is_empty() {
        return Ok(Href::Fragment(fragment.unwrap_or_default()));
    }
    if let Some((word, name)) = target.split_once(':')
        && let Some(noun) = Noun::from_word(word)
    {
        let name = name.trim().to_owned();
        return Ok(Href::Meaning(Meaning { noun, name, fragment }));
    }
    if has_scheme(trimmed) || trimmed.starts_with("//") || trimmed.starts_with('\\') {
        return external(trimmed).map(Href::External);
    }
    Ok(Href::File { path: decoded(target), fragment })
}

/// Says that an address cannot be one, and why; what is too long is cut.
pub fn refusal(text: &str, cause: &str) -> String {
    let shown: String = text.chars().take(60).collect();
    let more = if shown.len() < text.len() { "…" } else { "" };
    format!("`{shown}{more}` is not a web address ({cause})")
}

/// Checks an address elsewhere; returns it as a browser would normalise it.
pub fn external(text: &str) -> Result<String, String> {
    let url = url::Url::parse(text).map_err(|error| match error {
        url::ParseError::RelativeUrlWithoutBase => {
            "it has no scheme such as `https://`".into()
        }
        url::ParseError::EmptyHost => "it names no host".into(),
        other => other.to_string(),
    })?;
    match url.scheme() {
        "http" | "https" if url.username().is_empty() && url.password().is_none() => {
            Ok(url.into())
        }
        "http" | "https" => Err("it holds a user name or a password".to_owned()),
        "mailto" => Ok(url.into()),
        other => Err(format!("its scheme is `{other}`, not http, https or mailto")),
    }
}

/// Whether an address is one of this machine alone, as the names of RFC 6761 are, or none.
pub fn is_local(text: &str) -> bool {
    let Ok(url) = url::Url::parse(text) else { return true };
    match url.host() {
        Some(url::Host::Domain(name)) => {
            name == "localhost" || name.ends_with(".localhost")
        }
        Some(url::Host::Ipv4(address)) => {
            address.is_loopback() || address.is_unspecified()
        }
        Some(url::Host::Ipv6(address)) => {
            address.is_loopback() || address.is_unspecified()
        }
        None => true,
    }
}

/// The link by meaning that an address is close to, such as `frameworks:django`.
pub fn nearest_noun(text: &str) -> Option<String> {
    let (word, name) = text.split_once(':')?;
    let lower = word.trim().to_lowercase();
    let noun = match Noun::from_word(&lower) {
        Some(noun) => noun.word(),
        None => suggest(&lower, Noun::WORDS.iter().copied())?,
    };
    Some(format!("{noun}:{name}"))
}

/// Whether a browser might read a scheme at the start, which it does after dropping white
/// space and control characters.
fn has_scheme(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| !c.is_control() && !c.is_whitespace());
    letters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && letters.find(|c| !(c.is_ascii_alphanumeric() || "+-.".contains(*c)))
            == Some(':')
}

/// Decodes `%41`; what is no UTF-8 then stays as it was.
fn decoded(text: &str) -> String {
    percent_decode_str(text)
        .decode_utf8()
        .map_or_else(|_| text.to_owned(), Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::{Href, Meaning, Noun, parse};

    #[test]
    fn addresses_are_read_by_their_form() {
        assert_eq!(
            parse("framework:django#orm"),
            Ok(Href::Meaning(Meaning {
                noun: Noun::Framework,
                name: "django".into(),
                fragment: Some("orm".into())
            }))
        );
        assert_eq!(parse("#part"), Ok(Href::Fragment("part".into())));
        assert_eq!(
            parse("../a%20b.md#x"),
            Ok(Href::File { path: "../a b.md".into(), fragment: Some("x".into()) })
        );
        assert_eq!(parse("https://a.b"), Ok(Href::External("https://a.b/".into())));
        assert_eq!(parse("mailto:a@b.c"), Ok(Href::External("mailto:a@b.c".into())));
    }

    #[test]
    fn no_spelling_of_a_script_passes() {
        for text in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " javascript:alert(1)",
            "java\tscript:alert(1)",
            "java\nscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "javascript\t:alert(1)",
            "data:text/html,<script>",
            "vbscript:x",
            "blob:https://a.b/x",
            "file:///etc/passwd",
            "//evil.test/x",
            "\\\\evil.test",
            "https://user:pass@a.b/",
            "",
        ] {
            assert!(parse(text).is_err(), "{text:?} passes as {:?}", parse(text));
        }
    }
}
