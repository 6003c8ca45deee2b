//! No address of a script reaches a page, however it is spelt and wherever it is written.

use fieldguide::raw::{Type, tables};
use fieldguide::site::embed_tables;

use super::Project;
use crate::support::Finding;

/// Spellings of addresses that run or hold a script, or that lead to what is no web page.
const SPELLINGS: &[&str] = &[
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "JavaScript:alert(1)",
    "jAvAsCrIpT:alert(1)",
    "javascript:alert`1`",
    "javascript:",
    "javascript://example.org/%0aalert(1)",
    "javascript://https://example.org/%0aalert(1)",
    "javascript:void(0)",
    "javascript:%61lert(1)",
    "java\\tscript:alert(1)",
    "java\\nscript:alert(1)",
    "java\\rscript:alert(1)",
    "java\\r\\nscript:alert(1)",
    "j\\ta\\tv\\ta\\tscript:alert(1)",
    "javascript\\t:alert(1)",
    "javascript\\n:alert(1)",
    "\\tjavascript:alert(1)",
    "\\njavascript:alert(1)",
    " javascript:alert(1)",
    "  javascript:alert(1)",
    "\\u0001javascript:alert(1)",
    "\\u0000javascript:alert(1)",
    "\\u001fjavascript:alert(1)",
    "\\u000bjavascript:alert(1)",
    "\\u000cjavascript:alert(1)",
    "\\u0008javascript:alert(1)",
    "\\u00a0javascript:alert(1)",
    "\\u2028javascript:alert(1)",
    "\\u3000javascript:alert(1)",
    "\\ufeffjavascript:alert(1)",
    "java\\u0000script:alert(1)",
    "javascript\\u003aalert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "javascript&#x3a;alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript:alert(1)",
    "java&#09;script:alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "DATA:text/html,x",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "data:,x",
    "da\\tta:text/html,x",
    "vbscript:msgbox(1)",
    "VBScript:msgbox(1)",
    "vb\\nscript:msgbox(1)",
    "livescript:x",
    "mocha:x",
    "blob:https://example.org/9115d58c",
    "filesystem:https://example.org/temporary/x",
    "file:///etc/passwd",
    "file:/etc/passwd",
    "view-source:https://example.org/",
    "about:blank",
    "feed:javascript:alert(1)",
    "jar:javascript:alert(1)",
    "ftp://example.org/",
    "intent://example.org#Intent;end",
    "https://user@example.org/",
    "https://user:password@example.org/",
    "https://",
    "http://",
    "//example.org/",
    "\\\\\\\\example.org\\\\x",
];

/// The spellings as they are meant: with the characters that the escapes stand for.
fn meant(spelling: &str) -> String {
    let document = format!("x = \"{spelling}\"");
    let table: toml::Table = document.parse().expect("spellings are TOML texts");
    table["x"].as_str().expect("it is a text").to_owned()
}

/// The lines of a file in which something is found.
fn lines(book: &Project, file: &str) -> Vec<usize> {
    let outcome = book.run(&["check", "--format", "json"]).ends(1);
    let found = Finding::all(&outcome.stderr);
    let places =
        found.iter().filter(|f| f.severity == "error").filter_map(Finding::place);
    places.filter(|place| place.file == file).map(|place| place.line).collect()
}

#[test]
fn there_are_sixty_spellings() {
    assert!(SPELLINGS.len() >= 60, "{}", SPELLINGS.len());
}

#[test]
fn no_list_of_links_holds_a_script() {
    // All are given to one field that takes many, each in a line of its own.
    let texts = SPELLINGS.iter().map(|spelling| format!("\"{spelling}\",\n"));
    let list: String = texts.collect();
    let guide =
        format!("+++\ntitle = \"A\"\nsummary = \"B.\"\nrelated = [\n{list}]\n+++\n");
    let book = Project::minimal().bytes("content/guides/more.md", guide.as_bytes());
    let lines = lines(&book, "content/guides/more.md");
    let expected: Vec<usize> = (5..5 + SPELLINGS.len()).collect();
    assert_eq!(lines, expected);
}

#[test]
fn no_address_of_a_source_or_a_language_is_a_script() {
    for (file, key) in [("sources", "url"), ("languages", "homepage")] {
        let entries = SPELLINGS.iter().enumerate();
        let text: String = entries
            .map(|(i, spelling)| {
                format!("[a{i}]\ntitle = \"A\"\n{key} = \"{spelling}\"\n")
            })
            .collect();
        let path = format!("content/{file}.toml");
        let book = Project::minimal();
        let mut bytes = book.read(&path);
        let above = bytes.iter().filter(|byte| **byte == b'\n').count();
        bytes.extend_from_slice(text.as_bytes());
        let book = book.bytes(&path, &bytes);
        let expected: Vec<usize> = (1..=SPELLINGS.len()).map(|i| above + 3 * i).collect();
        assert_eq!(lines(&book, &path), expected);
    }
}

#[test]
fn no_address_of_a_framework_or_a_fact_is_a_script() {
    let mut book = Project::minimal();
    for (i, spelling) in SPELLINGS.iter().enumerate() {
        let text = format!(
            "name = \"Framework {i}\"\nsummary = \"A.\"\nhomepage = \"{spelling}\"\n\
             repository = \"{spelling}\"\nsource = \"manuals\"\n[facts]\nmanual = \"{spelling}\"\n"
        );
        book = book.bytes(&format!("content/frameworks/a{i}.toml"), text.as_bytes());
    }
    let outcome = book.run(&["check", "--format", "json"]).ends(1);
    let found = Finding::all(&outcome.stderr);
    for (i, spelling) in SPELLINGS.iter().enumerate() {
        let file = format!("content/frameworks/a{i}.toml");
        let places = found.iter().filter_map(Finding::place).filter(|p| p.file == file);
        let lines: Vec<usize> = places.map(|place| place.line).collect();
        assert_eq!(lines, [3, 4, 7], "{spelling}");
    }
}

#[test]
fn no_address_of_the_site_is_a_script() {
    for spelling in SPELLINGS {
        let text = format!(
            "[book]\ntitle = \"A\"\nbase_url = \"{spelling}\"\nrepository = \"{spelling}\"\n\
             [cta]\ntitle = \"A\"\nlabel = \"B\"\nlink = \"{spelling}\"\n\
             [newsletter]\ntitle = \"A\"\naction = \"{spelling}\"\n"
        );
        let book = Project::minimal().bytes("book.toml", text.as_bytes());
        assert_eq!(lines(&book, "book.toml"), [3, 4, 8, 11], "{spelling}");
    }
}

/// Keys whose value is an address, by the table they stand in; the tests above write to each.
const ADDRESSES: &[(&str, &str)] = &[
    ("[book]", "base_url"),
    ("[book]", "repository"),
    ("[newsletter]", "action"),
    ("content/languages.toml, [ID]", "homepage"),
    ("content/sources.toml, [ID]", "url"),
    ("content/frameworks/SLUG.toml", "homepage"),
    ("content/frameworks/SLUG.toml", "repository"),
];

#[test]
fn every_key_that_takes_an_address_is_tried() {
    fn look(table: &'static fieldguide::raw::Table, found: &mut Vec<(&str, &str)>) {
        for key in table.keys {
            look_into(&key.ty, (table.place, key.name), found);
        }
    }
    fn look_into(
        ty: &'static Type,
        key: (&'static str, &'static str),
        found: &mut Vec<(&str, &str)>,
    ) {
        match ty {
            Type::Url if !found.contains(&key) => found.push(key),
            Type::List(inner) | Type::Map(inner) => look_into(inner, key, found),
            Type::Either(types) => types.iter().for_each(|ty| look_into(ty, key, found)),
            Type::Table(table) => look(table, found),
            _ => {}
        }
    }
    let mut found = Vec::new();
    tables().into_iter().chain(embed_tables()).for_each(|table| look(table, &mut found));
    found.sort_unstable();
    let mut tried = ADDRESSES.to_vec();
    tried.sort_unstable();
    assert_eq!(found, tried);
}

/// Ways to write an address in Markdown; `*` stands for it.
const FORMS: &[&str] = &[
    "[x](*)",
    "[x](<*>)",
    "[x](* \"title\")",
    "![x](*)",
    "[![x](*)](framework:django)",
    "<*>",
    "[x][r]\n\n[r]: *",
    "[x][r]\n\n[r]: <*> 'title'",
    "![x][r]\n\n[r]: *",
    "[r]\n\n[r]: *",
    "| [x](*) |\n| --- |\n",
    "- > [x](*)",
    "Words.[^1]\n\n[^1]: [x](*)",
    "## [x](*)",
];

#[test]
fn no_link_of_prose_is_a_script() {
    for form in FORMS {
        let mut book = Project::minimal();
        let mut pages = Vec::new();
        for (i, spelling) in SPELLINGS.iter().enumerate() {
            for (kind, address) in
                [("m", meant(spelling)), ("e", encoded(&meant(spelling)))]
            {
                let slug = format!("{kind}{i}");
                let body = form.replace('*', &address);
                let text = format!("+++\ntitle = \"Page {slug}\"\n+++\n{body}\n");
                book = book.bytes(&format!("content/pages/{slug}.md"), text.as_bytes());
                pages.push((slug, address));
            }
        }
        let outcome = book.run(&["check", "--format", "json"]).ends(1);
        let found = Finding::all(&outcome.stderr);
        for (slug, address) in pages {
            let file = format!("content/pages/{slug}.md");
            let places = found.iter().filter(|f| f.severity == "error");
            let is_found =
                places.filter_map(Finding::place).any(|place| place.file == file);
            assert!(
                is_found || !is_link(form, &address),
                "{form} with {address:?} passes"
            );
        }
    }
}

/// Whether Markdown takes the form for a link at all, so that it could pass.
fn is_link(form: &str, address: &str) -> bool {
    let text = form.replace('*', address);
    let options = pulldown_cmark::Options::all();
    pulldown_cmark::Parser::new_ext(&text, options).any(|event| match event {
        pulldown_cmark::Event::Start(
            pulldown_cmark::Tag::Link { dest_url, .. }
            | pulldown_cmark::Tag::Image { dest_url, .. },
        ) => &*dest_url != "framework:django",
        _ => false,
    })
}

/// An address whose letters are all written as entities.
fn encoded(address: &str) -> String {
    address.chars().map(|c| format!("&#{};", u32::from(c))).collect()
}
