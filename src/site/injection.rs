//! Holds every page to the same structure whatever the book's texts are: a text that looks
//! like HTML, a script or a template changes words and values of attributes, never tags.

use html5gum::{DefaultEmitter, Token, Tokenizer};

use super::testing::with_site;

/// Texts that break out of a format if they are not escaped.
const TEXTS: &[&str] = &[
    "\"><script>alert(1)</script>",
    "'><img src=x onerror=alert(1)>",
    "</title></head><body onload=alert(1)>",
    "--><svg/onload=alert(1)>",
    "{{ 7 * 7 }}{% include \"base.html\" %}{# no #}",
    "&lt;script&gt;&#60;b&#62;&amp;amp;",
    "\" onmouseover=\"alert(1)\" x=\"",
    "`${alert(1)}` <!-- ]]> </textarea> </style> </script>",
    "=HYPERLINK(\"x\")\u{202e}\u{feff}\u{2028}",
    "javascript:alert(1)",
    "*a* **b** [c](https://d.e) `f` <kbd>g</kbd>",
    "caf\u{e9} \u{1f600} & co. < 5 > 3",
];

/// A book with `@` wherever a text may stand.
const BOOK: &[(&str, &str)] = &[
    (
        "book.toml",
        r#"[book]
title = @
description = @
base_url = "https://example.org/guide/"
repository = "https://example.org/repo"
license = @
edition = @
authors = [@]
[cta]
title = @
text = @
label = @
link = "https://example.org/?a=1&b='2'"
[newsletter]
title = @
action = "https://letters.example.org/?a=1&b='2'"
field = @
"#,
    ),
    (
        "content/criteria.toml",
        r#"[[group]]
id = "batteries"
title = @
summary = @
[[criterion]]
id = "orm"
group = "batteries"
title = @
question = @
why = @
kind = "boolean"
glance = true
[[criterion]]
id = "throughput"
group = "batteries"
title = @
question = @
kind = "number"
unit = @
utility = [[1000, 0], [50000, 100]]
[[criterion]]
id = "learning"
group = "batteries"
title = @
question = @
kind = "rating"
rubric = [@, @, @, @, @]
[[criterion]]
id = "model"
group = "batteries"
title = @
question = @
kind = "choice"
options = [{ id = "a", title = @, utility = 10 }, { id = "b", title = @, utility = 90 }]
[[criterion]]
id = "databases"
group = "batteries"
title = @
question = @
kind = "tags"
tags = [{ id = "a", title = @ }, { id = "b", title = @ }]
utility = [[0, 0], [2, 100]]
[[criterion]]
id = "motto"
group = "batteries"
title = @
question = @
kind = "text"
[[criterion]]
id = "latest"
group = "batteries"
title = @
question = @
kind = "version"
[[criterion]]
id = "forum"
group = "batteries"
title = @
question = @
kind = "url"
"#,
    ),
    ("content/languages.toml", "[python]\ntitle = @\nsummary = @\n"),
    (
        "content/sources.toml",
        "[docs]\ntitle = @\npublisher = @\nurl = \"https://docs.example.org/?a=1&b='2'\"\n\
         checked = 2024-11-20\n",
    ),
    (
        "content/frameworks/django.toml",
        r#"name = @
language = "python"
summary = @
homepage = "https://example.org/?a=1&b='2'"
license = @
aliases = [@, "/old/django/"]
good_fit = [@]
think_twice = [@]
source = "docs"
[facts]
orm = { value = "partial", note = @, since = @ }
throughput = { value = 3117.5, note = @ }
learning = 4.5
model = "a"
databases = ["a", "b"]
motto = @
latest = @
forum = "https://forum.example.org/?a=1&b='2'"
"#,
    ),
    (
        "content/frameworks/flask.toml",
        "name = @\nlanguage = \"python\"\nsummary = @\nsource = \"docs\"\n[facts]\norm = true\n\
         throughput = { na = @ }\nlearning = 3\nmodel = \"b\"\n",
    ),
    (
        "content/goals/small-sites.md",
        r#"+++
title = @
question = @
audience = @
picks = [{ framework = "django", source = "docs" }]
[weights]
orm = 5
throughput = 3
model = 2
[[require]]
criterion = "motto"
not = "never"
[why]
django = @
+++
Prose with [](framework:django), [](source:docs), [](fact:django/motto).

```matrix
```

```ranking
goal = "small-sites"
```

```versus
first = "django"
second = "flask"
```

```facts
framework = "django"
```
"#,
    ),
    (
        "content/versus/django-vs-flask.md",
        "+++\nchoose_first = [@]\nchoose_second = [@]\n+++\nProse.\n",
    ),
    (
        "content/guides/how.md",
        "+++\ntitle = @\nsummary = @\npublished = 2026-11-22\nauthors = [@]\n\
         related = [\"framework:django\"]\n+++\nProse.\n",
    ),
    ("content/pages/about.md", "+++\ntitle = @\nsummary = @\n+++\nProse.\n"),
    ("content/faq.md", "+++\ntitle = @\nsummary = @\n+++\n## A\n\n### B?\n\nC.\n"),
    ("content/methodology.md", "+++\ntitle = @\nsummary = @\n+++\nProse.\n"),
    (
        "content/changes.toml",
        "[[change]]\ndate = 2026-11-20\ntext = @\nabout = [\"framework:django\"]\n",
    ),
];

/// The tags and names of attributes of every page, by path; the words are left out.
fn structures(text: &str) -> Vec<(String, Vec<String>)> {
    let quoted = serde_json::to_string(text).unwrap();
    let files: Vec<(&str, String)> =
        BOOK.iter().map(|(path, book)| (*path, book.replace('@', &quoted))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(p, text)| (*p, &**text)).collect();
    let mut structures = Vec::new();
    with_site(&files, |site, found| {
        assert!(!found.contains("error["), "{text}: {found}");
        for (index, path) in site.paths().iter().enumerate() {
            if path.ends_with(".html") {
                let mut html = Vec::new();
                site.render_file(index, &mut html).unwrap();
                let mut tags = structure(&html);
                // The list of all pages has a part for each letter that titles start with.
                if path == "search/index.html" {
                    tags.sort();
                    tags.dedup();
                }
                structures.push((path.clone(), tags));
            }
        }
        let found = site.check();
        assert!(found.is_empty(), "{text}: {found:?}");
    });
    structures
}

fn structure(html: &[u8]) -> Vec<String> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let tokens = Tokenizer::new_with_emitter(html, emitter).flatten();
    let named = tokens.filter_map(|token| match token {
        Token::StartTag(tag) => {
            let keys = tag.attributes.keys().map(|key| String::from_utf8_lossy(key));
            let keys: Vec<_> = keys.collect();
            Some(format!("<{} {}>", String::from_utf8_lossy(&tag.name), keys.join(" ")))
        }
        Token::EndTag(tag) => Some(format!("</{}>", String::from_utf8_lossy(&tag.name))),
        Token::Comment(_) => Some("<!-- -->".to_owned()),
        Token::Error(error) => Some(error.value.to_string()),
        Token::String(_) | Token::Doctype(_) => None,
    });
    named.collect()
}

#[test]
fn no_text_of_a_book_changes_the_structure_of_a_page() {
    let expected = structures("x");
    for text in TEXTS {
        let got = structures(text);
        for ((path, expected), (_, got)) in expected.iter().zip(&got) {
            let at = expected.iter().zip(got).position(|(a, b)| a != b);
            let shown = at.map(|at| (&expected[at], &got[at]));
            assert_eq!(shown, None, "{path} with {text}");
            assert_eq!(expected.len(), got.len(), "{path} with {text}");
        }
    }
}
