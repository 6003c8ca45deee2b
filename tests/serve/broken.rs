//! While the book is broken the last good site stays, with the findings above its pages.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;

use super::edits::settle;
use crate::support::{Preview, Project, Response};

/// What the preview shows as findings on a page, as text.
fn findings(page: &Response) -> Option<String> {
    let text = page.text();
    let (_, rest) = text.split_once("<fieldguide-findings role=\"alert\"><strong>")?;
    let (findings, _) = rest.split_once("</pre></fieldguide-findings>")?;
    Some(findings.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
}

/// A way to break a book, and what is found then.
type Break = (&'static str, &'static str, &'static str);

const BREAKS: &[Break] = &[
    ("book.toml", "[book\ntitle = 1\n", "error[syntax]"),
    ("book.toml", "[book]\ntitel = \"A small book\"\n", "error[unknown-key]"),
    ("content/criteria.toml", "[[group]]\n", "error["),
    ("content/frameworks/django.toml", "name = \n", "error[syntax]"),
    ("content/frameworks/cobol.toml", "nmae = \"Cobol\"\n", "error[unknown-key]"),
    ("content/guides/how-to-choose.md", "+++\ntitle = 1\n", "error["),
    ("content/index.md", "[x](framework:cobol)\n", "error[unknown-framework]"),
    ("content/goals/x.txt", "x", "error[unexpected-file]"),
    ("themes/default/templates/base.html", "{% if %}", "error[template]"),
    ("themes/default/templates/goal.html", "{{ nothing.at.all }}", "error[template]"),
    ("themes/default/theme.toml", "name = 1", "error["),
];

#[test]
fn the_last_good_page_stays_until_the_book_is_repaired() {
    let mut book = Project::minimal();
    let preview = Preview::of(&book, &[]);
    let files = settle(&preview, &book);
    for (path, text, finding) in BREAKS {
        let before = book.path(path).is_file().then(|| book.read(path));
        book = book.bytes(path, text.as_bytes());
        let goal = || preview.page("best-for/content-sites/");
        preview.wait_for(finding, || findings(&goal()).is_some());
        let page = goal();
        assert_eq!(page.status, 200, "{path}: {page:?}");
        let shown = findings(&page).unwrap();
        assert!(shown.contains(finding), "{path}: {shown}");
        assert!(shown.contains(path), "{path}: {shown}");
        let body = String::from_utf8(page.without_script()).unwrap();
        let (start, _) =
            body.split_once("<link rel=\"stylesheet\" href=\"../../../~f").unwrap();
        let old = String::from_utf8(files["best-for/content-sites/index.html"].clone());
        assert_eq!(format!("{start}</body>\n</html>\n"), old.unwrap(), "{path}");
        preview
            .wait_for("the same on the terminal", || preview.stderr().contains(finding));
        book = match before {
            Some(bytes) => book.bytes(path, &bytes),
            None => book.without(path),
        };
        preview.wait_for("repair", || findings(&goal()).is_none());
    }
    settle(&preview, &book.without("themes"));
}

#[test]
fn the_findings_on_a_page_are_those_of_check() {
    let book = Project::minimal();
    let preview = Preview::of(&book, &[]);
    let book = book
        .edit("content/frameworks/rails.toml", "orm = true", "orn = true")
        .edit("content/frameworks/django.toml", "docs = 5", "docs = 6");
    preview.wait_for("findings", || findings(&preview.page("")).is_some());
    let shown = findings(&preview.page("")).unwrap();
    let check = book.run(&["check"]);
    assert!(shown.starts_with("2 errors"), "{shown}");
    assert!(shown.ends_with(&check.stderr), "{shown}\n{}", check.stderr);
    assert_eq!(preview.stderr(), check.stderr);
    assert!(shown.contains("--> content/frameworks/django.toml:9:8"), "{shown}");
}

#[test]
fn findings_are_text_whatever_stands_in_them() {
    let book = Project::minimal();
    let preview = Preview::of(&book, &[]);
    let name = "content/guides/<img src=x onerror=alert(1)>.md";
    let _book = book.bytes(name, b"x").edit(
        "content/frameworks/rails.toml",
        "orm = true",
        "\"</pre><script>alert(1)</script>\" = '<svg/onload=alert(2)>\u{1b}[31m'",
    );
    preview.wait_for("findings", || preview.page("").text().contains("<pre>"));
    let page = preview.page("");
    let text = page.text();
    for live in ["<img src=x", "<script>alert", "<svg/onload", "\u{1b}"] {
        assert!(!text.contains(live), "{live}: {text}");
    }
    assert!(text.contains("&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;"), "{text}");
    assert!(text.contains("&lt;img src=x onerror=alert(1)&gt;"), "{text}");
    // What the script is told it shows as text; here it is a string of JSON.
    let stamp = text.split("data-stamp=\"").nth(1).unwrap().split('"').next().unwrap();
    let state = format!(
        "/~fieldguide/state?token={}&path=/small/&stamp={stamp}",
        preview.token()
    );
    let state = preview.get(&state);
    assert_eq!(state.field("Content-Type"), Some("application/json"));
    assert!(state.text().contains("<img src=x onerror=alert(1)>"), "{state:?}");
}

#[test]
fn a_book_that_is_broken_from_the_start_is_shown_once_it_is_repaired() {
    for (path, text, finding) in BREAKS {
        let good = Project::minimal();
        let before = good.path(path).is_file().then(|| good.read(path));
        let book = good.bytes(path, text.as_bytes());
        let mut preview = Preview::of(&book, &[]);
        let page = preview.page("");
        // One page alone may be what cannot be shown.
        assert!(matches!(page.status, 503 | 200), "{path}: {page:?}");
        preview.wait_for(finding, || {
            let shown = findings(&preview.page("")).unwrap_or_default();
            shown.contains(finding) && shown.contains(path)
        });
        let book = match before {
            Some(bytes) => book.bytes(path, &bytes),
            None => book.without(path),
        };
        preview.wait_for("repair", || preview.stdout().contains("/small/ until"));
        preview.find_out();
        preview.wait_for("page", || findings(&preview.page("")).is_none());
        assert_eq!(preview.page("best-for/content-sites/").status, 200, "{path}");
        drop(book);
    }
}

#[test]
fn a_book_may_lack_everything_and_get_it_while_it_is_served() {
    let nothing = "[book]\ntitle = \"Nothing yet\"\n";
    let mut book = Project::empty().file("book.toml", nothing);
    let preview = Preview::of(&book, &[]);
    assert_eq!(preview.page("").status, 200);
    let whole = Project::minimal();
    for (path, bytes) in crate::build::tree(&whole.path("content")) {
        book = book.bytes(&format!("content/{path}"), &bytes);
    }
    settle(&preview, &book);
    let book = book.without("content").without("book.toml");
    preview.wait_for("finding", || {
        findings(&preview.page("")).is_some_and(|shown| shown.contains("error[no-book]"))
    });
    assert_eq!(preview.page("frameworks/django/").status, 200);
    let _book = book.file("book.toml", "[book]\ntitle = \"Again\"\n");
    preview.wait_for("repair", || preview.page("").text().contains("Again"));
    assert_eq!(preview.page("frameworks/django/").status, 404);
}

#[test]
fn what_is_wrong_with_pages_that_nobody_looks_at_is_said_as_well() {
    let book = Project::minimal();
    let preview = Preview::of(&book, &[]);
    let template = "themes/default/templates/framework.html";
    let with = |block: &str| {
        format!(
            "{{% extends \"base.html\" %}}{{% block content %}}{block}{{% endblock %}}"
        )
    };
    // A page that cannot be made stays as it was; others are new.
    let before = preview.page("frameworks/django/").without_script();
    let book = book.file(template, &with("<h1>{{ naem }}</h1>")).edit(
        "content/index.md",
        "Facts and",
        "More facts and",
    );
    preview.wait_for("finding", || preview.stderr().contains("error[template]"));
    assert!(preview.page("").text().contains("More facts and"));
    assert!(findings(&preview.page("")).unwrap().contains("while rendering"));
    let page = preview.page("frameworks/django/");
    assert_eq!(page.status, 200);
    assert!(page.body.starts_with(&before[..before.len() - 20]), "{page:?}");
    // One that breaks a rule of HTML is shown, and said.
    let book = book.file(template, &with("<h1 id=\"main\">{{ page.title }}</h1>"));
    preview.wait_for("finding", || preview.stderr().contains("error[bad-html]"));
    let page = preview.page("frameworks/django/");
    assert!(page.text().contains("<h1 id=\"main\">"), "{page:?}");
    assert!(findings(&preview.page("")).unwrap().contains("the id `main` stands twice"));
    settle(&preview, &book.without("themes"));
}

#[test]
fn pages_in_markdown_are_looked_at_as_well() {
    let template = "themes/default/templates/framework.md";
    let mut book = Project::minimal();
    let preview = Preview::of(&book, &[]);
    for (text, finding) in [
        ("# {{ nothing.at.all }}\n", "error[template]"),
        ("# [Nowhere](../nowhere/)\n", "error[dead-link]"),
    ] {
        book = book.file(template, text);
        preview.wait_for(finding, || preview.stderr().contains(finding));
        preview.wait_for("the same on a page", || {
            findings(&preview.page("")).is_some_and(|shown| shown.contains(finding))
        });
        let check = book.run(&["check"]);
        assert!(preview.stderr().ends_with(&check.stderr), "{}", check.stderr);
    }
    settle(&preview, &book.without("themes"));
}

#[test]
fn a_file_whose_name_is_no_text_is_a_finding_and_no_end() {
    let book = Project::minimal();
    let preview = Preview::of(&book, &[]);
    let name = OsStr::from_bytes(b"content/guides/a\xff.md");
    fs::write(book.root().join(name), "x").unwrap();
    preview.wait_for("finding", || {
        findings(&preview.page("")).is_some_and(|shown| shown.contains("is not UTF-8"))
    });
    fs::remove_file(book.root().join(name)).unwrap();
    preview.wait_for("repair", || findings(&preview.page("")).is_none());
}

#[test]
fn strict_holds_warnings_to_be_errors() {
    let book = Project::minimal();
    let preview = Preview::of(&book, &["--strict"]);
    let book = book.edit("content/index.md", "Facts", "<marquee>Facts</marquee>");
    preview.wait_for("finding", || findings(&preview.page("")).is_some());
    assert!(findings(&preview.page("")).unwrap().contains("warning[raw-html]"));
    assert!(!preview.page("").text().contains("marquee&gt;Facts&lt;/marquee&gt;</p>"));
    drop(book);
}
