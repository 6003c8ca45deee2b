//! Pages as they are served: their bytes, and the additions of the preview.
//!
//! In: a page as `build` makes it. Out: the same with the findings above it and the script
//! that keeps it true. Invariant: nothing is added that the page's own policy forbids, so script
//! and style sheet are files of this server, and texts are escaped. What of a finding is a
//! link has been decided before: nothing is looked for in a text.

use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use super::faults::{Faults, Words};
use crate::source;

/// The folder of the preview's own files. No page can be there: routes have no `~`.
pub(super) const FOLDER: &str = "~fieldguide/";

/// Stands for what a page shows: its bytes without the hashes in names of style sheets,
/// which are swapped in place, and the files that the book copies, if the page has any.
pub(super) fn stamp(html: &[u8], assets: u64) -> u64 {
    const END: &[u8] = b".css\"";
    const HASH: usize = 8;
    let mut hash = 0;
    let mut from = 0;
    for end in memchr::memmem::find_iter(html, END) {
        let start = end.saturating_sub(HASH).max(from);
        if end - start == HASH && html[start..end].iter().all(u8::is_ascii_hexdigit) {
            hash = source::combine_hash(hash, &html[from..start]);
            from = end;
        }
    }
    hash = source::combine_hash(hash, &html[from..]);
    match memchr::memmem::find(html, b"assets/") {
        Some(_) => source::combine_hash(hash, &assets.to_le_bytes()),
        None => hash,
    }
}

/// The additions to a page.
#[derive(Debug)]
pub(super) struct Addition<'a> {
    /// The relative address of the host's root from the page: `./`, `../` …
    pub(super) up: String,
    /// Errors and warnings of the book.
    pub(super) faults: Option<&'a Faults>,
    /// Data for the script, if the page gets one.
    pub(super) script: Option<Script<'a>>,
}

/// Data for the script on a page.
#[derive(Debug)]
pub(super) struct Script<'a> {
    /// A secret that only pages of this run have.
    pub(super) token: &'a str,
    /// The page's path, as it was asked for.
    pub(super) path: &'a str,
    /// The hash of the page, for detecting changes.
    pub(super) stamp: u64,
}

impl Addition<'_> {
    /// Adds it to the end of a page's body.
    pub(super) fn add(&self, html: &mut Vec<u8>) {
        let added = self.html();
        let at = memchr::memmem::rfind(html, b"</body>").unwrap_or(html.len());
        html.splice(at..at, added.into_bytes());
    }

    fn html(&self) -> String {
        let here = format!("{}{FOLDER}", self.up);
        let mut html = String::new();
        if let Some(Faults { title, findings }) = self.faults {
            html.push_str(&format!(
                "<link rel=\"stylesheet\" href=\"{here}findings.css\">\
                 <fieldguide-findings role=\"alert\"><strong>{}</strong><pre>{}</pre>\
                 </fieldguide-findings>",
                text(title),
                findings.iter().map(words).collect::<String>()
            ));
        }
        if let Some(Script { token, path, stamp }) = self.script {
            html.push_str(&format!(
                "<script src=\"{here}reload.js\" data-token=\"{token}\" data-path=\"{}\" \
                 data-stamp=\"{stamp:016x}\"></script>",
                attribute(path)
            ));
        }
        html
    }
}

/// The relative address of the host's root from a path, as it was asked for.
pub(super) fn up(path: &str) -> String {
    match path.matches('/').count() {
        0 | 1 => "./".to_owned(),
        depth => "../".repeat(depth - 1),
    }
}

/// Words of a finding: text, or a link to the place that it names.
fn words(Words { text: words, link }: &Words) -> String {
    match link {
        None => text(words),
        Some(link) => format!("<a href=\"{}\">{}</a>", attribute(link), text(words)),
    }
}

fn text(text: &str) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = escape_html_body_text(&mut out, text);
    out
}

fn attribute(text: &str) -> String {
    let mut out = String::new();
    let _ = escape_html(&mut out, text);
    out
}

/// A page of the preview's own, for where the book has none.
pub(super) fn own(title: &str, body: &str) -> Vec<u8> {
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n</head>\n\
         <body>\n{body}\n</body>\n</html>\n",
        text(title)
    );
    page.into_bytes()
}

/// The page at the root of the host, for a site that is below it.
pub(super) fn hint(base_path: &str) -> Vec<u8> {
    let link = format!(
        "<h1>The site is at <a href=\"{}\">{}</a></h1>\n<p>That is the path of \
         <code>base_url</code> in <code>book.toml</code>.</p>",
        attribute(base_path),
        text(base_path)
    );
    own("The site is elsewhere", &link)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_changes_with_words_and_not_with_names_of_style_sheets() {
        let page = |css: &str, words: &str| {
            format!("<link href=\"../theme/site.{css}.css\"><p>{words}</p>").into_bytes()
        };
        let stamp = |html: Vec<u8>| super::stamp(&html, 1);
        assert_eq!(stamp(page("0123abcd", "a")), stamp(page("ffffffff", "a")));
        assert_ne!(stamp(page("0123abcd", "a")), stamp(page("0123abcd", "b")));
        assert_ne!(stamp(page("0123abcx", "a")), stamp(page("0123abcy", "a")));
        let copied = b"<img src=\"../assets/a.png\">";
        assert_ne!(super::stamp(copied, 1), super::stamp(copied, 2));
        for odd in ["", ".css\"", "a.css\".css\"", "12345678.css\"12345678.css\""] {
            super::stamp(odd.as_bytes(), 0);
        }
    }

    #[test]
    fn what_is_added_is_escaped_and_at_the_end_of_the_body() {
        let words = |text: &str, link: Option<&str>| Words {
            text: text.to_owned(),
            link: link.map(str::to_owned),
        };
        let findings = vec![
            words("<img src=x onerror=alert(1)> & </pre>", None),
            words("</a><img src=x>:1:2", Some("x://\"><script>alert(1)</script>")),
        ];
        let faults = Faults { title: "<b>1 error".to_owned(), findings };
        let script = Script { token: "t", path: "/\"><script>", stamp: 1 };
        let add =
            Addition { up: up("/a/b/"), faults: Some(&faults), script: Some(script) };
        let mut html = b"<body><p>x</p></body></html>".to_vec();
        add.add(&mut html);
        let html = String::from_utf8(html).unwrap();
        assert!(html.starts_with("<body><p>x</p><link"), "{html}");
        assert!(html.ends_with("</script></body></html>"), "{html}");
        assert!(!html.contains("<img") && !html.contains("/\"><script"), "{html}");
        assert!(!html.contains("<b>") && html.matches("</a>").count() == 1, "{html}");
        let link = "<a href=\"x://&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\">\
                    &lt;/a&gt;&lt;img src=x&gt;:1:2</a>";
        assert!(html.contains(link), "{html}");
        assert!(html.contains("src=\"../../~fieldguide/reload.js\""), "{html}");
    }
}
