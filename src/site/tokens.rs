//! Tokens: the colours and sizes of a theme, and the values that a book sets for them.
//!
//! The theme's style sheets declare tokens as custom properties of `:root` for the light
//! scheme and of `[data-theme=dark]` for the dark one; a book sets `accent` for the first
//! and `accent-dark` for the second. A value that could end its declaration in the style sheet is
//! an error, and so is a colour that makes text too faint to read by WCAG, level AA.

use std::collections::BTreeMap;

use super::theme::Asset;
use crate::book::Token;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};

/// File name of the style sheet with a book's own tokens.
pub(super) const ASSET: &str = "tokens.css";

/// Pairs of tokens that need a contrast: foregrounds, backgrounds, and the least contrast in tenths
/// (4.5 for text, 3 for controls and lines of charts).
const PAIRS: &[(&[&str], &[&str], u32)] = &[
    (&["text", "muted", "accent"], &["bg", "surface", "surface-2"], 45),
    (&["text", "accent"], &["accent-bg"], 45),
    (&["accent-ink"], &["accent"], 45),
    (&["good"], &["bg", "surface", "good-bg"], 45),
    (&["warn"], &["bg", "surface", "warn-bg"], 45),
    (&["bad"], &["bg", "surface", "bad-bg"], 45),
    (&["border-strong", "focus"], &["bg", "surface"], 30),
    // Colours of code.
    (&["s2", "s3", "s4"], &["surface"], 45),
    (&["s1", "s2", "s3", "s4"], &["bg", "surface"], 30),
];

/// Tokens of a scheme by name: the value, and the span in the book that sets it.
type Scheme<'a> = BTreeMap<&'a str, (&'a str, Option<Span>)>;

/// Makes the style sheet with a book's own tokens, `None` if it has none. Reports unknown tokens, bad
/// values and contrasts that are too low.
pub(super) fn style_sheet(
    tokens: &[Token],
    assets: &[Asset],
    diags: &mut Diagnostics,
) -> Option<String> {
    let (mut light, mut dark) = (Scheme::new(), Scheme::new());
    let sheets = assets.iter().filter(|asset| asset.name.ends_with(".css"));
    for css in sheets.filter_map(|asset| str::from_utf8(&asset.bytes).ok()) {
        declarations(css, |selector, name, value| match selector {
            ":root" => drop(light.insert(name, (value, None))),
            "[data-theme=dark]" => drop(dark.insert(name, (value, None))),
            _ => {}
        });
    }
    let (mut light_css, mut dark_css) = (String::new(), String::new());
    for token in tokens {
        let (name, scheme, css) = match token.name.strip_suffix("-dark") {
            Some(name) => (name, &mut dark, &mut dark_css),
            None => (token.name.as_str(), &mut light, &mut light_css),
        };
        let Some((value, span)) = scheme.get_mut(name) else {
            diags.push(unknown(token, &light, &dark));
            continue;
        };
        match css_value(token, value) {
            Ok(text) => css.push_str(&format!("--{name}:{text};")),
            Err(error) => {
                diags.push(error);
                continue;
            }
        }
        (*value, *span) = (&token.value, Some(token.span));
    }
    check_contrasts(&light, "light", diags);
    // A token that the dark scheme does not set has its value of the light one.
    let whole = light.iter().chain(&dark).map(|(name, value)| (*name, *value)).collect();
    check_contrasts(&whole, "dark", diags);
    (!tokens.is_empty()).then(|| {
        format!(
            ":root{{{light_css}}}\n@media (prefers-color-scheme:dark)\
             {{:root:not([data-theme=light]){{{dark_css}}}}}\n\
             [data-theme=dark]{{{dark_css}}}\n"
        )
    })
}

/// The colour of a token in the light scheme, where a book's own value comes first; `None` if the
/// token is unknown or no colour.
pub(super) fn light(tokens: &[Token], assets: &[Asset], name: &str) -> Option<[u8; 3]> {
    if let Some(own) = tokens.iter().find(|token| token.name == name) {
        return colour(&own.value);
    }
    let sheets = assets.iter().filter(|asset| asset.name.ends_with(".css"));
    let sheets = sheets.filter(|asset| asset.name != ASSET);
    let mut found = None;
    for css in sheets.filter_map(|asset| str::from_utf8(&asset.bytes).ok()) {
        declarations(css, |selector, known, value| {
            if selector == ":root" && known == name {
                found = colour(value);
            }
        });
    }
    found
}

/// Calls `take` with selector, name and value of every custom property in a style sheet.
fn declarations<'c>(css: &'c str, mut take: impl FnMut(&str, &'c str, &'c str)) {
    let mut rest = css;
    let mut selector = "";
    while let Some(at) = rest.find(['{', '}', ';']) {
        let (before, sign) = (after_comments(&rest[..at]), &rest[at..=at]);
        if sign == "{" {
            selector = before;
        } else if let Some((name, value)) = before.split_once(':')
            && let Some(name) = name.trim().strip_prefix("--")
        {
            take(selector, name, value.trim());
        }
        rest = &rest[at + 1..];
    }
}

/// The part of `css` after its last comment, trimmed.
fn after_comments(css: &str) -> &str {
    css.rfind("*/").map_or(css, |at| &css[at + 2..]).trim()
}

/// The error for a token that the theme does not have, with a similar name.
fn unknown(token: &Token, light: &Scheme<'_>, dark: &Scheme<'_>) -> Diagnostic {
    let message = format!("the theme has no token `{}`", token.name);
    let known: Vec<String> = (light.keys().map(|name| (*name).to_owned()))
        .chain(dark.keys().map(|name| format!("{name}-dark")))
        .collect();
    Diagnostic::new(Code::UnknownKey, token.name_span, message)
        .did_you_mean(&token.name, known.iter().map(String::as_str))
}

/// The text for the style sheet of a token's value, given the theme's own value, or the error.
fn css_value(token: &Token, theirs: &str) -> Result<String, Diagnostic> {
    let value = &token.value;
    let error = |message| Diagnostic::new(Code::OutOfRange, token.span, message);
    if colour(theirs).is_some() {
        return match colour(value) {
            Some(_) if value.starts_with('#') => Ok(value.clone()),
            // As digits, so that browsers show just the colour whose contrast is checked.
            Some([red, green, blue]) => Ok(format!("#{red:02x}{green:02x}{blue:02x}")),
            None => {
                let message =
                    format!("expected a colour such as `#0b57c4`, found `{value}`");
                let is_translucent =
                    csscolorparser::parse(value).is_ok_and(|c| c.a < 1.0);
                let hint = "a colour must be opaque, so that its contrast is known";
                Err(if is_translucent {
                    error(message).hint(hint)
                } else {
                    error(message)
                })
            }
        };
    }
    let is_plain = |c: char| c.is_alphanumeric() || " .,%+-*/()\"'_#".contains(c);
    let is_safe = !value.is_empty()
        && value.chars().all(is_plain)
        && !["/*", "*/", "url(", "\"\"", "//"].iter().any(|part| value.contains(part))
        && value.matches('"').count().is_multiple_of(2)
        && value.matches('\'').count().is_multiple_of(2)
        && value.matches('(').count() == value.matches(')').count();
    if is_safe {
        return Ok(value.clone());
    }
    Err(error(format!("`{value}` is not a plain value of a style sheet")))
}

/// Reports every pair of tokens of a scheme whose contrast is too low.
fn check_contrasts(scheme: &Scheme<'_>, name: &str, diags: &mut Diagnostics) {
    for (foregrounds, backgrounds, least) in PAIRS {
        for foreground in *foregrounds {
            for background in *backgrounds {
                let error = low_contrast(scheme, foreground, background, *least);
                if let Some(error) = error {
                    diags.push(error.note(format!("in the {name} scheme")));
                }
            }
        }
    }
}

/// The error for two tokens whose contrast is lower than `least` tenths; `None` if it is not, or one
/// of them is no colour.
fn low_contrast(
    scheme: &Scheme<'_>,
    foreground: &str,
    background: &str,
    least: u32,
) -> Option<Diagnostic> {
    let (ink, ink_span) = scheme.get(foreground)?;
    let (paper, paper_span) = scheme.get(background)?;
    let tenths = contrast(colour(ink)?, colour(paper)?);
    if tenths >= least {
        return None;
    }
    let [got, wanted] = [tenths, least].map(|n| format!("{}.{}", n / 10, n % 10));
    let message = format!(
        "`{foreground}` on `{background}` has a contrast of {got}, under {wanted}"
    );
    let error = match ink_span.or(*paper_span) {
        Some(span) => Diagnostic::new(Code::LowContrast, span, message),
        None => Diagnostic::placeless(Code::LowContrast, message),
    };
    Some(
        error.hint(format!(
            "the colours are `{ink}` and `{paper}`; choose one further off"
        )),
    )
}

/// Parses a colour of CSS, digits or a function, as red, green and blue; `None` for other values, and for
/// colours that are not opaque, whose contrast depends on what is behind.
fn colour(text: &str) -> Option<[u8; 3]> {
    // The library also takes digits without `#`, which are numbers in CSS.
    if text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let [red, green, blue, alpha] = csscolorparser::parse(text).ok()?.to_rgba8();
    (alpha == u8::MAX).then_some([red, green, blue])
}

/// The contrast of two colours as WCAG defines it, in tenths, rounded down.
fn contrast(one: [u8; 3], other: [u8; 3]) -> u32 {
    let (one, other) = (luminance(one), luminance(other));
    let (light, dark) = (one.max(other), one.min(other));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a contrast is from 1 to 21"
    )]
    let tenths = ((light + 0.05) / (dark + 0.05) * 10.0 + 1e-9) as u32;
    tenths
}

/// Relative luminance of a colour as WCAG defines it, from 0 to 1.
fn luminance(colour: [u8; 3]) -> f64 {
    let [red, green, blue] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::{colour, contrast};
    use crate::site::testing::{file, with_site};

    fn book(tokens: &str) -> String {
        format!("[book]\ntitle = \"x\"\nbase_url = \"https://a.b/\"\n[theme]\n{tokens}\n")
    }

    #[test]
    fn contrasts_are_those_of_wcag() {
        #[track_caller]
        fn case(one: &str, other: &str, expected: u32) {
            assert_eq!(contrast(colour(one).unwrap(), colour(other).unwrap()), expected);
        }
        case("#000", "#ffffff", 210);
        case("#fff", "#fff", 10);
        case("#767676", "#fff", 45);
        case("#777", "#fff", 44);
    }

    #[test]
    fn a_book_sets_tokens_of_either_scheme() {
        let book =
            book("accent = \"#0b4fb0\"\naccent-dark = \"#9cf\"\nmeasure = \"60ch\"");
        with_site(&[("book.toml", &book)], |site, found| {
            assert!(!found.contains("error"), "{found}");
            let path =
                site.paths().iter().find(|p| p.starts_with("theme/tokens.")).unwrap();
            assert_eq!(
                file(path, site),
                ":root{--accent:#0b4fb0;--measure:60ch;}\n@media (prefers-color-scheme:dark)\
                 {:root:not([data-theme=light]){--accent:#9cf;}}\n\
                 [data-theme=dark]{--accent:#9cf;}\n"
            );
        });
    }

    #[test]
    fn colours_are_digits_or_functions() {
        #[track_caller]
        fn case(text: &str, expected: Option<[u8; 3]>) {
            assert_eq!(colour(text), expected, "{text}");
        }
        case("red", None);
        case("#9CF", Some([0x99, 0xcc, 0xff]));
        case("rgb(11, 87, 196)", Some([11, 87, 196]));
        case("rgb(11 87 196)", Some([11, 87, 196]));
        case("hsl(120, 100%, 25%)", Some([0, 128, 0]));
        case("oklch(0 0 0)", Some([0, 0, 0]));
        case("transparent", None);
        case("inherit", None);
        case("400", None);
        case("", None);

        let book =
            book("accent = \"rgb(0, 0, 128)\"\naccent-dark = \"hsl(210 100% 80%)\"");
        with_site(&[("book.toml", &book)], |site, found| {
            assert!(!found.contains("error"), "{found}");
            let path =
                site.paths().iter().find(|p| p.starts_with("theme/tokens.")).unwrap();
            let css = file(path, site);
            assert!(css.starts_with(":root{--accent:#000080;}"), "{css}");
            assert!(css.contains("[data-theme=dark]{--accent:#99ccff;}"), "{css}");
        });
    }

    #[test]
    fn a_token_that_is_faint_unknown_or_malformed_is_reported_at_its_place() {
        #[track_caller]
        fn case(tokens: &str, expected: &[&str]) {
            let book = book(tokens);
            with_site(&[("book.toml", &book)], |_, found| {
                for part in expected {
                    assert!(found.contains(part), "{part} in {found}");
                }
            });
        }
        case(
            "muted = \"#999\"",
            &[
                "error[low-contrast]: `muted` on `bg` has a contrast of 2.8, under 4.5",
                ":5:9",
            ],
        );
        case("acent = \"#000\"", &["the theme has no token `acent`", "mean `accent`?"]);
        case("accent = \"red\"", &["expected a colour such as `#0b57c4`, found `red`"]);
        case("accent = \"004\"", &["expected a colour such as `#0b57c4`, found `004`"]);
        case("accent = \"rgb(0 0)\"", &["expected a colour such as `#0b57c4`"]);
        case(
            "accent = \"rgb(0 0 90 / 50%)\"",
            &["found `rgb(0 0 90 / 50%)`", "must be opaque"],
        );
        case("accent = \"#0b57c480\"", &["expected a colour", "must be opaque"]);
        case(
            "accent = \"rgb(0 255 0)\"",
            &[
                "`accent` on `bg` has a contrast of 1.3",
                "the colours are `rgb(0 255 0)` and",
            ],
        );
        case(
            "measure = \"1px;}body{display:none\"",
            &["`1px;}body{display:none` is not a plain value"],
        );
        case("font = \"url(x)\"", &["`url(x)` is not a plain value"]);
    }

    #[test]
    fn the_default_theme_has_enough_contrast_in_both_schemes() {
        with_site(&[], |_, found| assert!(!found.contains("low-contrast"), "{found}"));
    }
}
