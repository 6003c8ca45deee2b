//! `serve`: the same site as `build`, kept true while the book is written.

mod broken;
mod edits;
mod live;
mod random;
mod requests;
mod storm;

use std::collections::BTreeMap;
use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::{FileExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use crate::support::preview::{built, is_page, route};
use crate::support::{Preview, Project};

/// Asserts that every file of a clean build is served as it is, but for the script.
#[track_caller]
fn assert_served(preview: &Preview, built: &BTreeMap<String, Vec<u8>>) {
    for (path, bytes) in built {
        let response = preview.page(route(path));
        let body =
            if is_page(path) { response.without_script() } else { response.body.clone() };
        assert_eq!(response.status, 200, "{path}: {response:?}");
        assert_eq!(body, *bytes, "{path} is not what `build` makes");
    }
}

/// A file of every kind beside the small book's own.
fn of_every_kind() -> Project {
    Project::minimal()
        .file("content/assets/notes.txt", "Notes.\n")
        .file("content/faq.md", "## Group\n\n### A question?\n\nAn answer.\n")
        .edit(
            "content/frameworks/django.toml",
            "language = \"python\"",
            "language = \"python\"\naliases = [\"/old/django/\"]",
        )
}

#[test]
fn every_file_is_what_build_makes_and_a_script() {
    let book = of_every_kind()
        .file("content/assets/page.html", "<body>Not of the plan.</body>\n");
    let mut files = built(&book);
    let preview = Preview::of(&book, &[]);
    assert_eq!(preview.base, "/small/");
    let copied = files.remove("assets/page.html").unwrap();
    assert_eq!(preview.page("assets/page.html").body, copied);
    assert_eq!(preview.page("index.html").without_script(), files["index.html"]);
    assert_served(&preview, &files);
    assert!(files.len() > 40, "{} files", files.len());
}

#[test]
fn without_reload_pages_are_just_those_of_build() {
    let book = Project::minimal();
    let files = built(&book);
    let preview = Preview::of(&book, &["--no-reload"]);
    for (path, bytes) in &files {
        assert_eq!(preview.page(route(path)).body, *bytes, "{path}");
    }
}

#[test]
fn addresses_behave_as_on_a_static_host() {
    let book = Project::minimal();
    let preview = Preview::of(&book, &[]);
    let kinds = [
        ("", "text/html; charset=utf-8"),
        ("api/v1/frameworks.json", "application/json"),
        ("api/v1/matrix.csv", "text/csv; charset=utf-8"),
        ("sitemap.xml", "application/xml"),
    ];
    for (path, kind) in kinds {
        let response = preview.page(path);
        assert_eq!(response.field("Content-Type"), Some(kind), "{path}");
        let cache = response.field("Cache-Control");
        assert_eq!(cache, Some("private, no-cache"), "{path}");
        assert_eq!(response.field("X-Content-Type-Options"), Some("nosniff"), "{path}");
        let policy = response.field("Cross-Origin-Resource-Policy");
        assert_eq!(policy, Some("same-origin"), "{path}");
        assert!(!response.head.contains("Access-Control"), "{path}");
    }
    for (path, to) in [
        ("/small", "./small/"),
        ("/small?q=a%20b&g=1", "./small/?q=a%20b&g=1"),
        ("/small/frameworks/rails", "./rails/"),
        ("/small/frameworks/rails?x=%0d%0a?y", "./rails/?x=%0d%0a?y"),
    ] {
        let response = preview.get(path);
        assert_eq!((response.status, response.field("Location")), (301, Some(to)));
    }
    let nowhere = preview.page("frameworks/cobol/");
    assert_eq!(nowhere.status, 404);
    assert_eq!(nowhere.without_script(), built(&book)["404.html"]);
    assert_eq!(preview.get("/elsewhere").status, 404);
    let hint = preview.get("/");
    assert!(hint.text().contains("<a href=\"/small/\">"), "{hint:?}");
    let head = preview.exchange(b"HEAD /small/ HTTP/1.0\r\nHost: localhost\r\n\r\n");
    assert!(head.ends_with(b"\r\n\r\n"), "{}", String::from_utf8_lossy(&head));
}

#[test]
fn what_a_browser_has_already_is_not_sent_again() {
    let book = Project::minimal();
    let preview = Preview::of(&book, &[]);
    for path in ["", "api/v1/matrix.csv"] {
        let whole = preview.page(path);
        let tag = whole.field("ETag").unwrap().to_owned();
        let target = format!("/small/{path}");
        let ask = |line: &str| preview.ask(&target, &format!("{line}\r\n"));
        for known in
            [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()]
        {
            let same = ask(&format!("If-None-Match: {known}"));
            assert_eq!((same.status, same.body.len()), (304, 0), "{known}");
            assert_eq!(same.field("ETag"), Some(&*tag));
            assert_eq!(same.field("Content-Length"), None);
        }
        for other in ["\"x\"", "", "W/\"x\"", tag.trim_matches('"')] {
            let sent = ask(&format!("If-None-Match: {other}"));
            assert_eq!((sent.status, sent.text()), (200, whole.text()), "{other}");
        }
    }
    let gone = preview.ask("/small/nothing/", "If-None-Match: *\r\n");
    assert_eq!((gone.status, gone.field("ETag")), (404, None));
}

#[test]
fn a_change_of_a_page_changes_its_tag() {
    let book = Project::minimal();
    let preview = Preview::of(&book, &[]);
    let old = preview.page("");
    let index = book.file("content/index.md", "Another text.\n");
    preview.wait_for("the text", || preview.page("").text().contains("Another text."));
    let tag = format!("If-None-Match: {}\r\n", old.field("ETag").unwrap());
    assert_eq!(preview.ask("/small/", &tag).status, 200);
    drop(index);
}

#[test]
fn one_range_of_a_file_is_sent_alone() {
    let book = Project::minimal().file("content/assets/ten.txt", "0123456789");
    let preview = Preview::of(&book, &[]);
    let tag = preview.page("assets/ten.txt").field("ETag").unwrap().to_owned();
    let target = "/small/assets/ten.txt";
    #[rustfmt::skip]
    let cases = [
        ("Range: bytes=2-4", 206, "234", Some("bytes 2-4/10")),
        ("Range: bytes=7-", 206, "789", Some("bytes 7-9/10")),
        ("Range: bytes=-2", 206, "89", Some("bytes 8-9/10")),
        ("Range: bytes=8-99", 206, "89", Some("bytes 8-9/10")),
        ("Range: bytes=10-", 416, "", Some("bytes */10")),
        ("Range: bytes=-0", 416, "", Some("bytes */10")),
        ("Range: bytes=0-1,3-4", 200, "0123456789", None),
        ("Range: bytes=4-2", 200, "0123456789", None),
        ("Range: pages=1-2", 200, "0123456789", None),
        ("Range: bytes=0-1\r\nRange: bytes=2-3", 200, "0123456789", None),
        ("If-Range: \"x\"\r\nRange: bytes=2-4", 200, "0123456789", None),
        ("If-Range: TAG\r\nRange: bytes=2-4", 206, "234", Some("bytes 2-4/10")),
        ("If-None-Match: TAG\r\nRange: bytes=2-4", 304, "", None),
    ];
    for (lines, status, body, range) in cases {
        let lines = format!("{}\r\n", lines.replace("TAG", &tag));
        let answer = preview.ask(target, &lines);
        assert_eq!((answer.status, answer.text()), (status, body.into()), "{lines}");
        assert_eq!(answer.field("Content-Range"), range, "{lines}");
        assert_eq!(answer.field("Accept-Ranges"), Some("bytes"), "{lines}");
    }
    let head =
        b"HEAD /small/assets/ten.txt HTTP/1.1\r\nHost: localhost\r\nRange: bytes=0-1\r\n\
                 Connection: close\r\n\r\n";
    let head = String::from_utf8(preview.exchange(head)).unwrap();
    assert!(head.starts_with("HTTP/1.1 200 ") && head.contains("Content-Length: 10\r\n"));
    assert!(head.ends_with("\r\n\r\n"), "{head}");
}

#[test]
fn large_files_are_read_when_they_are_asked_for() {
    const LARGE: usize = 70 << 20;
    let book = Project::minimal()
        .file("content/assets/large.bin", "")
        .file("content/assets/small.txt", "After it.\n");
    let large =
        fs::File::options().write(true).open(book.path("content/assets/large.bin"));
    let large = large.unwrap();
    large.set_len(LARGE as u64).unwrap();
    large.write_all_at(b"first", 0).unwrap();
    large.write_all_at(b"last", (LARGE - 4) as u64).unwrap();
    let preview = Preview::of(&book, &[]);
    let whole = preview.page("assets/large.bin");
    assert_eq!((whole.status, whole.body.len()), (200, LARGE));
    assert!(whole.body.starts_with(b"first") && whole.body.ends_with(b"last"));
    assert_eq!(preview.page("assets/small.txt").text(), "After it.\n");
    large.write_all_at(b"next", (LARGE - 4) as u64).unwrap();
    let line = "content/assets/large.bin changed -> ";
    preview.wait_for("line", || preview.stdout().contains(line));
    assert!(preview.page("assets/large.bin").body.ends_with(b"next"));
}

#[test]
fn a_book_at_the_root_of_its_host_is_served_there() {
    let book = Project::minimal();
    let preview = Preview::of(&book, &["--base-url", "https://example.org/"]);
    assert_eq!(preview.base, "/");
    assert_eq!(preview.get("/frameworks/django/").status, 200);
    assert_eq!(preview.get("/robots.txt").status, 200);
}

#[test]
fn a_connection_is_kept_for_many_requests() {
    let book = Project::minimal();
    let preview = Preview::of(&book, &[]);
    let one = "GET /small/sitemap.xml HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(40);
    let last = "GET /small/sitemap.xml HTTP/1.0\r\nHost: localhost\r\n\r\n";
    let answers = preview.exchange(format!("{one}{last}").as_bytes());
    let text = String::from_utf8(answers).unwrap();
    assert_eq!(text.matches("HTTP/1.1 200 OK").count(), 41);
}

/// Everything below a folder: bytes, inode and times.
fn snapshot(folder: &Path) -> BTreeMap<PathBuf, (u64, i64, i64, Vec<u8>)> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    entries
        .map(|entry| {
            let meta = entry.metadata().unwrap();
            let bytes = if meta.is_file() { fs::read(entry.path()) } else { Ok(vec![]) };
            let times = (meta.ino(), meta.mtime_nsec(), meta.ctime_nsec());
            (entry.into_path(), (times.0, times.1, times.2, bytes.unwrap()))
        })
        .collect()
}

#[test]
fn nothing_is_written_anywhere() {
    let book = of_every_kind();
    assert_eq!(book.run(&["build"]).status, 0);
    let files = built(&book);
    let outside = book.root().parent().unwrap().to_path_buf();
    let before = snapshot(&outside);
    let preview = Preview::start(&book, &["--port", "0"], |command| {
        for variable in ["HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"] {
            command.env(variable, &outside);
        }
    });
    for path in files.keys() {
        preview.page(route(path));
    }
    assert_eq!(preview.signal("TERM"), Some(143));
    assert_eq!(snapshot(&outside), before);
}

#[test]
fn signals_end_it_as_the_shell_expects() {
    let book = Project::minimal();
    for (name, code) in [("INT", 130), ("TERM", 143)] {
        let preview = Preview::of(&book, &[]);
        // A page that waits for changes does not keep it.
        let token = preview.token();
        let live = live::Live::open(&preview, &token);
        assert_eq!(preview.signal(name), Some(code));
        drop(live);
    }
}

#[test]
fn a_port_that_is_taken_is_an_error_where_it_was_asked_for() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let run = Project::minimal().run(&["serve", "--port", &port]);
    assert_eq!(run.status, 3, "{}", run.stderr);
    let line = format!(
        "error[port-taken]: another program listens at port {port} of `localhost`"
    );
    assert!(run.stderr.contains(&line), "{}", run.stderr);
    assert!(run.stderr.contains("--port"), "{}", run.stderr);
    assert_eq!(run.stdout, "");
}

#[test]
fn the_default_port_gives_way_to_the_next() {
    // Somebody else may have it, which is as good.
    let _taken = TcpListener::bind("127.0.0.1:4000");
    let book = Project::minimal();
    let preview = Preview::start(&book, &[], |_| {});
    assert!((4001..=4099).contains(&preview.port), "{}", preview.port);
    assert_eq!(preview.page("").status, 200);
}

#[test]
fn it_listens_on_loopback_alone_and_warns_where_it_does_not() {
    let book = Project::minimal();
    let preview = Preview::of(&book, &[]);
    assert_eq!(preview.stderr(), "");
    let all = listening(preview.port);
    assert!(all == ["127.0.0.1", "::1"] || all == ["127.0.0.1"], "{all:?}");
    let preview = Preview::of(&book, &["--host", "0.0.0.0"]);
    assert_eq!(listening(preview.port), ["0.0.0.0"]);
    preview.wait_for("warning", || preview.stderr().contains("warning[exposed]"));
    // A machine without a network has no address that others could use.
    let shown = preview.stderr();
    assert!(!shown.contains("localhost"), "{shown}");
    assert!(shown.contains(&preview.port.to_string()), "{shown}");
    assert_eq!(preview.get("/small/").status, 200);
    let preview = Preview::of(&book, &["--host", "127.0.0.1"]);
    assert_eq!(listening(preview.port), ["127.0.0.1"]);
    assert_eq!(preview.stderr(), "");
    let preview = Preview::of(&book, &["--host", "[::1]"]);
    assert_eq!((preview.stderr().as_str(), listening(preview.port)), ("", vec!["::1"]));
    let run = book.run(&["serve", "--host", "nosuch.invalid"]);
    assert_eq!(run.status, 2, "{}", run.stderr);
    assert!(
        run.stderr.contains("there is no address of `nosuch.invalid`"),
        "{}",
        run.stderr
    );
    let run = book.run(&["serve", "--host", "192.0.2.1"]);
    assert_eq!(run.status, 3, "{}", run.stderr);
}

/// The addresses at which the system listens at a port.
fn listening(port: u16) -> Vec<&'static str> {
    const KNOWN: &[(&str, &str)] = &[
        ("00000000", "0.0.0.0"),
        ("0100007F", "127.0.0.1"),
        ("00000000000000000000000001000000", "::1"),
    ];
    let tables = ["/proc/net/tcp", "/proc/net/tcp6"];
    let tables = tables.map(|table| fs::read_to_string(table).unwrap_or_default());
    let mut found = Vec::new();
    for line in tables.iter().flat_map(|table| table.lines()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        // The state 0A is that of a listener.
        let (Some(local), Some(&"0A")) = (words.get(1), words.get(3)) else { continue };
        let (address, at) = local.split_once(':').unwrap();
        if at == format!("{port:04X}") {
            let known = KNOWN.iter().find(|(digits, _)| *digits == address);
            found.push(known.map_or("another", |(_, name)| name));
        }
    }
    found
}

#[test]
fn a_page_is_opened_in_the_browser() {
    let book = Project::minimal()
        .file("../bin/xdg-open", "#!/bin/sh\necho \"$1\" > \"$0.url\"\n");
    let bin = book.path("../bin");
    let executable = fs::Permissions::from_mode(0o755);
    fs::set_permissions(bin.join("xdg-open"), executable).unwrap();
    let open = |arguments: &[&str]| {
        let arguments = [&["--port", "0", "--open"], arguments].concat();
        let preview = Preview::start(&book, &arguments, |command| {
            command.env("PATH", &bin);
        });
        let url = bin.join("xdg-open.url");
        preview.wait_for("browser", || {
            fs::read_to_string(&url).is_ok_and(|url| url.ends_with('\n'))
        });
        let opened = fs::read_to_string(&url).unwrap();
        fs::remove_file(url).unwrap();
        opened.replace(&preview.port.to_string(), "PORT")
    };
    assert_eq!(open(&[]), "http://localhost:PORT/small/\n");
    assert_eq!(open(&["guides/"]), "http://localhost:PORT/small/guides/\n");
}
