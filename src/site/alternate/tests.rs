//! Tests of Markdown that is made from values.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::escape::escaped;
use crate::site::alternate;
use crate::site::testing::{file, html, piece, prose, with_site};

/// The words of each cell of the only table of a text.
fn cells(markdown: &str) -> Vec<String> {
    let mut cells = Vec::new();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::TableCell) => cells.push(String::new()),
            Event::Text(text) => cells.last_mut().unwrap().push_str(&text),
            Event::Start(Tag::Table(_) | Tag::TableHead | Tag::TableRow)
            | Event::End(
                TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell,
            ) => {}
            other => panic!("{other:?} in {markdown}"),
        }
    }
    cells
}

#[test]
fn any_text_stays_in_its_cell_and_says_the_same() {
    let mut runner = TestRunner::new(Config { cases: 2000, ..Config::default() });
    let text = "([ -~éü\n]|\\*\\*|&amp;|&#65;|\\\\\\||`|- |1\\. |https://a\\.b/){0,24}";
    let law = |text: String| {
        let table = format!("| {} | b |\n| --- | --- |\n", escaped(&text, true));
        let squeezed = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let found = cells(&table);
        let read = found[0].split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assert_eq!(read, squeezed, "{}", table);
        prop_assert_eq!(found.len(), 2);
        // Alone on a line it is a paragraph, whatever it starts with.
        let first = Parser::new(&escaped(&text, true)).next().map(|e| e.into_static());
        let is_plain = matches!(first, None | Some(Event::Start(Tag::Paragraph)));
        prop_assert!(is_plain || text.starts_with("    "), "{:?}", first);
        Ok(())
    };
    runner.run(&text, law).unwrap();
}

#[track_caller]
fn case(text: &str, expected: &str) {
    with_site(&[], |site, _| {
        let made = alternate::prose_markdown(site, &prose(text, site), "../").unwrap();
        assert_eq!(made.as_str().unwrap(), expected, "{text}");
    });
}

#[test]
fn prose_keeps_its_form_and_its_links_lead_from_the_page() {
    case("One *two* **three** ~~four~~ `five`", "One *two* **three** ~~four~~ `five`");
    case("## 1. One\n\n- a\n  - b\n\n3. c", "## 1. One\n\n- a\n  - b\n\n3. c");
    case(
        "[](fact:django/orm) and [a](https://a.b/x_(y)?z=1&w=2), <https://a.b>",
        "[Yes](../frameworks/django/index.md \"ORM of Django: Docs & more, checked 20 \
         November 2026\") and [a](https://a.b/x_(y)?z=1&w=2), <https://a.b>",
    );
    case("![a *dot*](../assets/dot.svg)", "![a *dot*](../assets/dot.svg)");
    case("a\\*b \\[c\\] 1 < 2 &amp;lt;", "a\\*b \\[c\\] 1 \\< 2 \\&lt;");
    case(
        "| a | b |\n|---|--:|\n| `x\\|y` | 1 \\| 2 |",
        "|a|b|\n|-|-:|\n|`x\\|y`|1 \\| 2|",
    );
    case("~~~`md\n```\nx\n```\n~~~", "````\n```\nx\n```\n````");
    case("```rust\nx\n```", "```rust\nx\n```");
}

#[test]
fn html_that_pages_show_as_text_is_text() {
    case(
        "<script>alert(1)</script> <b>x</b>",
        "\\<script>alert(1)\\</script> \\<b>x\\</b>",
    );
    case("a <kbd>x</kbd>", "a <kbd>x</kbd>");
}

/// Texts in which one form stands within another.
const MIXED: &[&str] = &[
    "> quote\n> - item\n>   1. deep\n>\n> | a | b |\n> |---|---|\n> | c | d |\n",
    "- [ ] open\n- [x] done\n\n  more\n\n  ```rust\n  fn x() {}\n  ```\n",
    "> [!NOTE]\n> A *note*[^1] with `code`.\n\n[^1]: The **note** itself.\n",
    "<details>\n<summary>More</summary>\n\nHidden *words*.\n\n</details>\n",
    "# One\n\ntext  \nbroken\n\n---\n\n    code\n\n1. a\n\n   b\n2. c\n",
    "Oh!\\![a](#b) and \\[x\\](y) a_b_ _c_\\_ &amp;copy; &copy; R&D\n\n1\\. no \\- x\n\\- y\n",
    "A [link *with* `code`](https://a.b/ \"its \\\"title\\\"\")![dot](../assets/dot.svg)\n",
];

#[test]
fn markdown_that_is_read_again_makes_the_same_page() {
    for text in MIXED {
        with_site(&[], |site, _| {
            let made =
                alternate::prose_markdown(site, &prose(text, site), "../").unwrap();
            let made = made.as_str().unwrap();
            assert_eq!(html(made, site), html(text, site), "{text}\n{made}");
        });
    }
}

#[test]
fn no_text_brings_html_along() {
    let allowed = ["kbd", "sub", "br", "details", "summary"];
    let is_allowed = |html: &str| {
        let tags = html.split('<').skip(1);
        let names = tags.map(|tag| {
            let end = |c: char| !c.is_ascii_alphanumeric();
            tag.trim_start_matches('/').split(end).next().unwrap().to_lowercase()
        });
        names.collect::<Vec<_>>().iter().all(|name| allowed.contains(&name.as_str()))
    };
    with_site(&[], |site, _| {
        let texts = prop::collection::vec(piece(), 1..24).prop_map(|all| all.concat());
        let config =
            Config { cases: 4000, failure_persistence: None, ..Config::default() };
        TestRunner::new(config)
            .run(&texts, |text| {
                let made =
                    alternate::prose_markdown(site, &prose(&text, site), "../").unwrap();
                let made = made.as_str().unwrap();
                let options = Options::ENABLE_TABLES
                    | Options::ENABLE_FOOTNOTES
                    | Options::ENABLE_TASKLISTS
                    | Options::ENABLE_GFM;
                for event in Parser::new_ext(made, options) {
                    if let Event::Html(html) | Event::InlineHtml(html) = event {
                        prop_assert!(is_allowed(&html), "{:?} is {}", text, made);
                    }
                }
                Ok(())
            })
            .unwrap();
    });
}

#[test]
fn a_tag_alone_on_its_line_begins_no_block() {
    for text in ["<br>![\r](https://a.b)<b>", "<br>\n\\<script>", "<br>\\\n<br>  \n\\<b>"]
    {
        with_site(&[], |site, _| {
            let made =
                alternate::prose_markdown(site, &prose(text, site), "../").unwrap();
            let made = made.as_str().unwrap();
            for event in Parser::new_ext(made, Options::empty()) {
                let is_block = matches!(event, Event::Html(_));
                assert!(!is_block, "{text:?} is {made:?}: {event:?}");
            }
        });
    }
}

#[test]
fn a_theme_embed_is_what_its_component_for_markdown_makes() {
    let book = "[book]\ntitle = \"x\"\nbase_url = \"https://a.b/\"\ntheme = \"own\"\n";
    let guide = "+++\ntitle = \"G\"\nsummary = \"S\"\npublished = 2026-11-22\n+++\nOne.\n\n\
                 ```card\ntitle = \"a | b\"\n```\n\n```bare\n```\n\nTwo.\n";
    let files = [
        ("book.toml", book),
        (
            "themes/own/theme.toml",
            "extends = \"default\"\nembeds = [\"card\", \"bare\"]\n",
        ),
        (
            "themes/own/templates/own.html",
            "{% component card(title: string) %}<p>{{ title }}</p>{% endcomponent card %}\
             {% component bare() %}<p>x</p>{% endcomponent bare %}",
        ),
        (
            "themes/own/templates/own.md",
            "{% component card(title: string) %}Card: {{ title }}{% endcomponent card %}",
        ),
        ("content/guides/g.md", guide),
    ];
    with_site(&files, |site, found| {
        assert!(!found.contains("error"), "{found}");
        let alternate = file("guides/g/index.md", site);
        assert!(alternate.contains("\nOne.\n\nCard: a \\| b\n\nTwo.\n"), "{alternate}");
        assert!(file("guides/g/index.html", site).contains("<p>a | b</p>"));
    });
}

#[test]
fn an_error_of_a_template_names_the_file() {
    let broken = ("themes/default/templates/guide.md", "{{ titel }}");
    let guide =
        "+++\ntitle = \"G\"\nsummary = \"S\"\npublished = 2026-11-22\n+++\nOne.\n";
    with_site(&[broken, ("content/guides/g.md", guide)], |site, _| {
        let path = "guides/g/index.md";
        let index = site.paths().iter().position(|known| known == path).unwrap();
        let found = site.render_file(index, &mut Vec::new()).unwrap_err();
        let notes = format!("{:?}", found[0].notes);
        assert!(notes.contains("while rendering `guides/g/index.md`"), "{notes}");
    });
}
