//! The channel that tells open pages of changes, and what they ask then.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;

use serde_json::Value;

use crate::support::{Preview, Project, Response};

/// A page's channel.
pub(super) struct Live {
    lines: BufReader<TcpStream>,
    /// The status line and the header fields.
    head: String,
}

impl Live {
    /// Opens a channel and reads the head of the answer.
    pub(super) fn open(preview: &Preview, token: &str) -> Self {
        let mut stream = preview.connect();
        let request = format!(
            "GET /~fieldguide/live?token={token} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n",
            preview.port
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut live = Self { lines: BufReader::new(stream), head: String::new() };
        while !live.head.ends_with("\r\n\r\n") {
            assert!(live.lines.read_line(&mut live.head).unwrap() > 0, "{}", live.head);
        }
        live
    }

    /// Waits for the next build.
    fn build(&mut self) -> u64 {
        loop {
            let mut line = String::new();
            assert!(self.lines.read_line(&mut line).unwrap() > 0, "the channel ended");
            if let Some(build) = line.strip_prefix("data: ") {
                return build.trim().parse().unwrap();
            }
        }
    }
}

/// What the script of an open page asks after a build.
fn state(preview: &Preview, page: &Response, path: &str) -> Value {
    let text = page.text();
    let value = |name: &str| {
        let (_, rest) = text.split_once(&format!("data-{name}=\"")).unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let (token, stamp) = (value("token"), value("stamp"));
    assert_eq!(value("path"), path);
    let target = format!("/~fieldguide/state?token={token}&path={path}&stamp={stamp}");
    serde_json::from_slice(&preview.get(&target).body).unwrap()
}

#[test]
fn a_page_learns_whether_it_changed() {
    let book = Project::minimal();
    let preview = Preview::of(&book, &[]);
    let paths = ["/small/frameworks/rails/", "/small/frameworks/flask/", "/small/nope"];
    let pages = paths.map(|path| preview.get(path));
    let same = || {
        [0, 1, 2].map(|i| state(&preview, &pages[i], paths[i])["same"].as_bool().unwrap())
    };
    assert_eq!(same(), [true, true, true]);
    let mut live = Live::open(&preview, &preview.token());
    assert!(live.head.contains("text/event-stream"), "{}", live.head);
    assert!(live.head.contains("Cache-Control: no-store"), "{}", live.head);
    assert!(!live.head.contains("Access-Control"), "{}", live.head);
    let first = live.build();

    let summary = ("Convention over configuration", "Another summary");
    let book = book.edit("content/frameworks/rails.toml", summary.0, summary.1);
    let second = live.build();
    assert!(second > first);
    assert_eq!(same(), [false, true, true]);

    // Back to what it was: the page that is open is what would be shown again.
    let book = book.edit("content/frameworks/rails.toml", summary.1, summary.0);
    assert!(live.build() > second);
    assert_eq!(same(), [true, true, true]);

    // A page that comes to be where there was none.
    let _book = book.file("content/pages/nope.md", "+++\ntitle = \"Yes\"\n+++\n\nIs.\n");
    live.build();
    assert!(!state(&preview, &pages[2], paths[2])["same"].as_bool().unwrap());
}

#[test]
fn a_style_sheet_is_swapped_and_the_page_stays() {
    let book =
        Project::minimal().file("themes/default/assets/site.css", "b { top: 0 }\n");
    let preview = Preview::of(&book, &[]);
    let page = preview.page("compare/");
    let mut live = Live::open(&preview, &preview.token());
    live.build();
    let before = state(&preview, &page, "/small/compare/");
    let book = book.file("themes/default/assets/site.css", "b { top: 1px }\n");
    live.build();
    let after = state(&preview, &page, "/small/compare/");
    assert_eq!(
        (&before["same"], &after["same"]),
        (&Value::Bool(true), &Value::Bool(true))
    );
    assert_ne!(before["styles"], after["styles"]);
    let styles = after["styles"].as_array().unwrap();
    let mut styles = styles.iter().map(|style| style.as_str().unwrap());
    let style = styles.find(|style| style.contains("/site.")).unwrap();
    let css = preview.page(style);
    assert_eq!(css.text(), "b { top: 1px }\n");
    assert_ne!(preview.page("compare/").body, page.body);
    drop(book);
}

#[test]
fn an_image_that_changes_changes_the_pages_that_show_files() {
    let book = Project::minimal()
        .file("content/assets/a.svg", "<svg viewBox=\"0 0 1 1\"></svg>")
        .edit("content/index.md", "Facts", "![A dot](assets/a.svg) Facts");
    let preview = Preview::of(&book, &[]);
    let pages = ["/small/", "/small/compare/"].map(|path| (path, preview.get(path)));
    let mut live = Live::open(&preview, &preview.token());
    live.build();
    let _book = book.file("content/assets/a.svg", "<svg viewBox=\"0 0 1 1\"> </svg>");
    live.build();
    let same = pages.map(|(path, page)| state(&preview, &page, path)["same"].clone());
    assert_eq!(same, [Value::Bool(false), Value::Bool(true)]);
}

#[test]
fn findings_come_and_go_through_the_channel() {
    let book = Project::minimal();
    let preview = Preview::of(&book, &[]);
    let page = preview.page("");
    let mut live = Live::open(&preview, &preview.token());
    live.build();
    let book = book.edit("content/frameworks/rails.toml", "orm = true", "orm = 1");
    live.build();
    let broken = state(&preview, &page, "/small/");
    assert_eq!(broken["same"], Value::Bool(true));
    let faults = &broken["faults"];
    assert!(faults["title"].as_str().unwrap().starts_with("1 error"), "{broken}");
    let place =
        faults["findings"].as_array().unwrap().iter().find(|w| !w["link"].is_null());
    let place = place.unwrap()["text"].as_str().unwrap();
    assert_eq!(place, "content/frameworks/rails.toml:7:7");
    let _book = book.edit("content/frameworks/rails.toml", "orm = 1", "orm = true");
    live.build();
    let whole = state(&preview, &page, "/small/");
    assert_eq!((&whole["same"], &whole["faults"]), (&Value::Bool(true), &Value::Null));
}

#[test]
fn a_page_that_missed_a_build_is_told_when_it_comes_back() {
    let book = Project::minimal();
    let preview = Preview::of(&book, &[]);
    let token = preview.token();
    let first = Live::open(&preview, &token).build();
    let _book = book.edit("content/index.md", "Facts", "More facts");
    preview.wait_for("change", || preview.page("").text().contains("More facts"));
    assert!(Live::open(&preview, &token).build() > first);
}

#[test]
fn what_the_preview_adds_is_allowed_by_the_policy_of_pages() {
    let book = Project::minimal();
    let preview = Preview::of(&book, &[]);
    let page = preview.page("");
    assert!(page.text().contains("script-src 'self'; img-src"), "{page:?}");
    for (name, kind) in [
        ("reload.js", "text/javascript; charset=utf-8"),
        ("worker.js", "text/javascript; charset=utf-8"),
        ("findings.css", "text/css; charset=utf-8"),
    ] {
        let file = preview.get(&format!("/~fieldguide/{name}"));
        assert_eq!(
            (file.status, file.field("Content-Type")),
            (200, Some(kind)),
            "{name}"
        );
        let text = file.text();
        for word in
            ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval"]
        {
            assert!(!text.contains(word), "{name}: {word}");
        }
        assert!(!text.contains(&preview.token()), "{name}");
    }
    assert_eq!(preview.get("/~fieldguide/").status, 404);
    assert_eq!(preview.get("/~fieldguide/../small/").status, 404);
}
