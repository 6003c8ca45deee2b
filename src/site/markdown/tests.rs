//! Tests of prose to HTML: each thing a text can hold, and laws over random texts.

use html5gum::{DefaultEmitter, Token, Tokenizer};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::site::testing::{html, piece, with_site};

#[track_caller]
fn case(markdown: &str, expected: &str) {
    with_site(&[], |site, _| {
        let got = html(markdown, site);
        assert_eq!(got.trim(), expected.trim(), "{markdown}");
    });
}

#[test]
fn plain_markdown_is_plain_html() {
    case(
        "One *two* **three** ~~four~~ `<five>` & \"six\"  \nseven\n\n---\n\n> eight",
        "<p>One <em>two</em> <strong>three</strong> <del>four</del> \
         <code>&lt;five&gt;</code> &amp; \"six\"<br>\nseven</p>\n<hr>\n\
         <blockquote>\n<p>eight</p>\n</blockquote>",
    );
    case(
        "3. a\n4. b\n\n- c\n",
        "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n<ul>\n<li>c</li>\n</ul>",
    );
    case(
        "## One & two\n### C {#c}\n",
        "<h2 id=\"one--two\">One &amp; two</h2>\n<h3 id=\"c\">C</h3>",
    );
}

#[test]
fn links_lead_from_the_page_and_say_what_they_lead_to() {
    case(
        "[a](https://a.b/?x=1&y=2 'say \"hi\"') [b](#part) [](fact:django/orm)",
        "<p><a title=\"say &quot;hi&quot;\" href=\"https://a.b/?x=1&amp;y=2\">a</a> \
         <a href=\"#part\">b</a> <a class=\"fact\" title=\"ORM of Django: Docs &amp; more, \
         checked 20 November 2026\" href=\"../frameworks/django/#F-orm\">Yes</a></p>",
    );
    case("<https://a.b>", "<p><a href=\"https://a.b/\">https://a.b</a></p>");
    case(
        "## Title {#part}\n\n[](#part)",
        "<h2 id=\"part\">Title</h2>\n<p><a href=\"#part\">Title</a></p>",
    );
}

#[test]
fn images_have_a_size_and_load_late() {
    case(
        "![a *dot*](assets/dot.svg)",
        "<p><img loading=\"lazy\" src=\"../assets/dot.svg\" alt=\"a dot\" width=\"4\" \
         height=\"2\"></p>",
    );
}

#[test]
fn tables_are_named_regions() {
    case(
        "## Load\n\n| | b |\n| --- | --: |\n| 1 | 2 |\n",
        "<h2 id=\"load\">Load</h2>\n\
         <section class=\"table\" aria-labelledby=\"T-3\" tabindex=\"0\">\n<table>\n\
         <caption class=\"vh\" id=\"T-3\">Table 1: Load</caption>\n\
         <thead>\n<tr><td></td><th scope=\"col\" class=\"right\">b</th></tr>\n</thead>\n\
         <tbody>\n<tr><td>1</td><td class=\"right\">2</td></tr>\n</tbody>\n</table>\n\
         </section>",
    );
}

#[test]
fn addresses_in_text_are_links() {
    case(
        "See https://a.b/c_d?e=*f*&amp;g, www.a.b and me@a.b.",
        "<p>See <a href=\"https://a.b/c_d?e=\">https://a.b/c_d?e=</a><em>f</em>&amp;g, \
         <a href=\"http://www.a.b/\">www.a.b</a> and <a href=\"mailto:me@a.b\">me@a.b</a>.</p>",
    );
    case(
        "[https://a.b](https://a.b/) `https://a.b` <https://a.b/>",
        "<p><a href=\"https://a.b/\">https://a.b</a> <code>https://a.b</code> \
         <a href=\"https://a.b/\">https://a.b/</a></p>",
    );
}

#[test]
fn terms_are_followed_by_what_they_mean() {
    case(
        "a\n: b\n: c\n\nd\n: - e\n",
        "<dl>\n<dt>a</dt>\n<dd>b</dd>\n<dd>c</dd>\n<dt>d</dt>\n\
         <dd><ul>\n<li>e</li>\n</ul>\n</dd>\n</dl>",
    );
}

#[test]
fn footnotes_are_found_whatever_their_letter_case() {
    with_site(&[], |site, _| {
        let got = html("a[^X]\n\n[^x]: b\n", site);
        assert!(got.contains("href=\"#N-1\"") && got.contains("id=\"N-1\""), "{got}");
    });
}

#[test]
fn footnotes_follow_with_ways_back() {
    case(
        "a[^x] b[^y] c[^x]\n\n[^y]: why\n[^x]: ex\n[^z]: never\n",
        "<p>a<sup><a role=\"doc-noteref\" id=\"N-1-r1\" href=\"#N-1\">1</a></sup> \
         b<sup><a role=\"doc-noteref\" id=\"N-2-r1\" href=\"#N-2\">2</a></sup> \
         c<sup><a role=\"doc-noteref\" id=\"N-1-r2\" href=\"#N-1\">1</a></sup></p>\n\
         <div class=\"notes\" role=\"doc-endnotes\" aria-label=\"Notes\">\n<ol>\n\
         <li id=\"N-1\"><p>ex <a role=\"doc-backlink\" href=\"#N-1-r1\" \
         aria-label=\"Back to mention 1 of note 1\">\u{21a9}\u{fe0e}</a> \
         <a role=\"doc-backlink\" href=\"#N-1-r2\" \
         aria-label=\"Back to mention 2 of note 1\">\u{21a9}\u{fe0e}</a></p></li>\n\
         <li id=\"N-2\"><p>why <a role=\"doc-backlink\" href=\"#N-2-r1\" \
         aria-label=\"Back to mention 1 of note 2\">\u{21a9}\u{fe0e}</a></p></li>\n\
         </ol>\n</div>",
    );
}

#[test]
fn alerts_tasks_and_code_say_what_they_are() {
    case(
        "> [!TIP]\n> text\n",
        "<div role=\"note\" class=\"alert tip\">\n<p class=\"alert-title\">Tip</p>\n\
         <p>text</p>\n</div>",
    );
    case(
        "- [x] a\n- [ ] b\n",
        "<ul>\n<li class=\"task\"><span aria-hidden=\"true\">\u{2611}</span> \
         <span class=\"vh\">Done:</span> a</li>\n<li class=\"task\">\
         <span aria-hidden=\"true\">\u{2610}</span> <span class=\"vh\">To do:</span> b</li>\n\
         </ul>",
    );
    case(
        "```nothing\"x\na < b\n```",
        "<pre tabindex=\"0\"><code>a &lt; b\n</code></pre>",
    );
}

#[test]
fn raw_html_is_text_but_for_a_few_tags() {
    case(
        "<kbd>A</kbd> <b onclick=x>B</b> <script>C</script>",
        "<p><kbd>A</kbd> &lt;b onclick=x&gt;B&lt;/b&gt; &lt;script&gt;C&lt;/script&gt;</p>",
    );
}

/// Attributes that prose may have, by element.
const ALLOWED: &[(&str, &[&str])] = &[
    ("a", &["class", "title", "href", "role", "id", "aria-label"]),
    ("img", &["loading", "src", "alt", "width", "height", "title"]),
    ("ol", &["start"]),
    ("li", &["class", "id"]),
    ("h2", &["id"]),
    ("h3", &["id"]),
    ("h4", &["id"]),
    ("h5", &["id"]),
    ("h6", &["id"]),
    ("section", &["class", "aria-labelledby", "tabindex"]),
    ("caption", &["class", "id"]),
    ("th", &["scope", "class"]),
    ("td", &["class"]),
    ("div", &["role", "class", "aria-label"]),
    ("p", &["class"]),
    ("span", &["aria-hidden", "class"]),
    ("pre", &["tabindex"]),
    ("code", &["class"]),
];

/// Elements without attributes.
const BARE: &[&str] = &[
    "dl",
    "dt",
    "dd",
    "em",
    "strong",
    "del",
    "sup",
    "sub",
    "br",
    "hr",
    "ul",
    "blockquote",
    "table",
    "thead",
    "tbody",
    "tr",
    "kbd",
    "abbr",
    "mark",
    "details",
    "summary",
];

/// The first fault of a piece of HTML: an element, attribute or scheme that prose must not
/// have, a tag without its partner, or an error of grammar.
fn fault(html: &str) -> Option<String> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut open: Vec<String> = Vec::new();
    for token in Tokenizer::new_with_emitter(html, emitter).flatten() {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let listed = ALLOWED.iter().find(|(known, _)| *known == name);
                let bare: &[&str] = &[];
                let allowed = match listed {
                    Some((_, attributes)) => *attributes,
                    None if BARE.contains(&name.as_str()) => bare,
                    None => return Some(format!("<{name}>")),
                };
                for (key, value) in &tag.attributes {
                    let key = String::from_utf8_lossy(key).into_owned();
                    if !allowed.contains(&key.as_str()) {
                        return Some(format!("<{name} {key}>"));
                    }
                    let value = String::from_utf8_lossy(value).to_lowercase();
                    if key == "href"
                        && value.contains("script:")
                        && !["#", "http://", "https://", "mailto:"]
                            .iter()
                            .any(|start| value.starts_with(start))
                    {
                        return Some(format!("<{name} {key}={value}>"));
                    }
                }
                if !["br", "hr", "img"].contains(&name.as_str()) {
                    open.push(name);
                }
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                if open.pop().as_ref() != Some(&name) {
                    return Some(format!("</{name}> with {open:?} open"));
                }
            }
            Token::Error(error) => return Some(error.value.to_string()),
            Token::Comment(_) | Token::Doctype(_) => return Some("a comment".to_owned()),
            Token::String(_) => {}
        }
    }
    (!open.is_empty()).then(|| format!("{open:?} left open"))
}

#[test]
fn no_text_breaks_out_of_its_html() {
    with_site(&[], |site, _| {
        let texts =
            prop::collection::vec(piece(), 1..24).prop_map(|pieces| pieces.concat());
        let config =
            Config { cases: 4000, failure_persistence: None, ..Config::default() };
        TestRunner::new(config)
            .run(&texts, |text| {
                let html = html(&text, site);
                prop_assert_eq!(fault(&html), None, "{:?} is {}", text, html);
                Ok(())
            })
            .unwrap();
    });
}

#[test]
fn code_is_coloured_by_classes() {
    case(
        "```Toml\na = 1 # <b>\n```",
        "<pre tabindex=\"0\"><code class=\"language-toml\"><span class=\"p\">a</span> = \
         <span class=\"n\">1</span> <span class=\"c\"># &lt;b&gt;</span>\n</code></pre>",
    );
}
