//! While the book is broken the last good site stays, with the findings above its pages.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;

use super::edits::settle;
use crate::support::{Preview, Project, Response};

/// What the preview shows as findings on a page, as text.
fn findings(page: &Response) -> Option<String> {
    let (mut findings, links) = linked(page)?;
    for (address, name) in links {
        findings =
            findings.replacen(&format!("<a href=\"{address}\">{name}</a>"), &name, 1);
    }
    Some(plain(&findings))
}

/// Markup of findings, and the links in it: where each leads, and its words.
fn linked(page: &Response) -> Option<(String, Vec<(String, String)>)> {
    let text = page.text();
    let (_, rest) = text.split_once("<fieldguide-findings role=\"alert\"><strong>")?;
    let (findings, _) = rest.split_once("</pre></fieldguide-findings>")?;
    let links = findings.split("<a href=\"").skip(1).map(|link| {
        let (address, rest) = link.split_once("\">").unwrap();
        (address.to_owned(), rest.split_once("</a>").unwrap().0.to_owned())
    });
    Some((findings.to_owned(), links.collect()))
}

/// Escaped text as it was.
fn plain(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// What the script of a page is told of its findings.
fn told(preview: &Preview) -> serde_json::Value {
    let target = format!("/~fieldguide/state?token={}&path=/small/", preview.token());
    let state: serde_json::Value =
        serde_json::from_slice(&preview.get(&target).body).unwrap();
    state["faults"]["findings"].clone()
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
    let name = "content/guides/\"><img src=x onerror=alert(1)>'&lt;:9:9 {line}%41#?.md";
    let _book = book.bytes(name, b"x").edit(
        "content/frameworks/rails.toml",
        "orm = true",
        "\"</pre></a><script>alert(1)</script>\" = '<svg/onload=alert(2)>\u{1b}[31m'",
    );
    preview.wait_for("findings", || preview.page("").text().contains("<pre>"));
    let page = preview.page("");
    let text = page.text();
    for live in ["<img src=x", "<script>alert", "<svg/onload", "\u{1b}"] {
        assert!(!text.contains(live), "{live}: {text}");
    }
    assert!(text.contains("&lt;/a&gt;&lt;script&gt;alert(1)&lt;/script&gt;"), "{text}");
    assert!(text.contains("&lt;img src=x onerror=alert(1)&gt;"), "{text}");
    // Its place is one link, whatever stands in its name.
    let (_, links) = linked(&page).unwrap();
    let name = "content/guides/%22%3E%3Cimg%20src%3Dx%20onerror%3Dalert%281%29%3E%27%26lt%3B\
                %3A9%3A9%20%7Bline%7D%2541%23%3F.md:1:1";
    let (address, words) = links.iter().find(|(a, _)| a.contains("guides/")).unwrap();
    assert!(address.ends_with(name), "{address}");
    let shown =
        "content/guides/\"><img src=x onerror=alert(1)>'&lt;:9:9 {line}%41#?.md:1:1";
    assert_eq!(plain(words), shown);
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

/// What the links of findings are on a page, and as its script is told.
fn both(preview: &Preview) -> [Vec<(String, String)>; 2] {
    preview.wait_for("findings", || linked(&preview.page("")).is_some());
    let on_page = linked(&preview.page("")).unwrap().1;
    let told = told(preview);
    let told = told.as_array().unwrap().iter().filter_map(|words| {
        let address = words["link"].as_str()?.to_owned();
        Some((address, words["text"].as_str().unwrap().to_owned()))
    });
    [on_page, told.collect()]
}

#[test]
fn places_of_findings_are_links_to_the_editor() {
    let book = Project::minimal()
        .edit("content/frameworks/django.toml", "docs = 5", "docs = 6")
        // A word that looks like a place is none, nor is one that hides the mark of places.
        .edit(
            "content/frameworks/rails.toml",
            "orm = true",
            "\"\\u0001book.toml:1:1\" = true\norm = true # --> book.toml:1:1",
        );
    let root = book.root().canonicalize().unwrap().to_str().unwrap().to_owned();
    let link = |form: &str, path: &str, at: (usize, usize)| {
        let address = form.replace("PATH", &format!("{root}/{path}"));
        let address = address.replace("LINE", &at.0.to_string());
        let address = address.replace("COLUMN", &at.1.to_string());
        (address, format!("{path}:{}:{}", at.0, at.1))
    };
    let default = "vscode://filePATH:LINE:COLUMN";
    let idea = ["--editor", "idea://open?file={path}&line={line}"];
    for (arguments, form) in
        [(&[][..], default), (&idea[..], "idea://open?file=PATH&line=LINE")]
    {
        let preview = Preview::of(&book, arguments);
        let [on_page, told] = both(&preview);
        let expected = [
            link(form, "content/frameworks/django.toml", (9, 8)),
            link(form, "content/frameworks/rails.toml", (7, 1)),
        ];
        assert_eq!(told, expected);
        let escaped = expected.map(|(a, words)| (a.replace('&', "&amp;"), words));
        assert_eq!(on_page, escaped);
        // They are what is printed, piece by piece.
        let check = book.run(&["check"]);
        assert!(findings(&preview.page("")).unwrap().ends_with(&check.stderr));
    }
}

#[test]
fn where_others_can_ask_or_nobody_wants_them_there_are_no_links() {
    let book =
        Project::minimal().edit("content/frameworks/django.toml", "docs = 5", "docs = 6");
    let root = book.root().canonicalize().unwrap().to_str().unwrap().to_owned();
    let others = [["--host", "0.0.0.0"], ["--allow-host", "guide.test"]];
    for arguments in [[["--editor", "none"]].as_slice(), &others].concat() {
        let preview = Preview::of(&book, &arguments);
        let [on_page, told] = both(&preview);
        assert_eq!((on_page, told), (Vec::new(), Vec::new()), "{arguments:?}");
        let shown = findings(&preview.page("")).unwrap();
        assert!(shown.contains("--> content/frameworks/django.toml:9:8\n"), "{shown}");
        assert!(!preview.page("").text().contains(&root), "{arguments:?}");
    }
}

#[test]
fn files_of_the_built_in_theme_are_no_links_as_they_are_nowhere() {
    let template = "themes/default/templates/components.html";
    let book = Project::minimal().file(template, "\n{{ x y }}\n");
    let preview = Preview::of(&book, &[]);
    let [on_page, _] = both(&preview);
    assert!(on_page.iter().all(|(_, name)| name.starts_with(template)), "{on_page:?}");
    assert!(!on_page.is_empty());
    let book = book.file(template, "\n");
    let lost = "--> themes/default/templates/base.html:";
    preview.wait_for(lost, || findings(&preview.page("")).unwrap().contains(lost));
    assert_eq!(both(&preview), [Vec::new(), Vec::new()]);
    drop(book);
}

#[test]
fn what_opens_no_editor_is_refused() {
    let book = Project::minimal();
    for (template, message) in [
        ("javascript://{path}%0aalert(1)", "`javascript:` in `--editor` is for browsers"),
        ("data:text/html,{path}", "`--editor` is no address"),
        ("vscode://file{file}", "unknown placeholder `{file}` in `--editor`"),
        ("", "`--editor` is no address"),
    ] {
        let run = book.run(&["serve", "--port", "0", "--editor", template]);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{template}");
        let line = format!("error[usage]: {message}");
        assert!(run.stderr.contains(&line), "{template}: {}", run.stderr);
        assert!(run.stderr.contains("help: "), "{template}: {}", run.stderr);
    }
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
    let nothing =
        "[book]\ntitle = \"Nothing yet\"\nbase_url = \"https://example.org/small/\"\n";
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
    let book = book.file(template, &with("<h1 id=\"Main\">{{ page.title }}</h1>"));
    preview.wait_for("finding", || preview.stderr().contains("error[bad-html]"));
    let page = preview.page("frameworks/django/");
    assert!(page.text().contains("<h1 id=\"Main\">"), "{page:?}");
    assert!(findings(&preview.page("")).unwrap().contains("the id `Main` stands twice"));
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
