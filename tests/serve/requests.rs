//! Requests that nobody with good intentions sends.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use crate::support::{Preview, Project};

/// Names that only this machine can have.
#[rustfmt::skip]
const OURS: &[&str] = &[
    "localhost", "LOCALHOST", "localhost:4000", "localhost:1", "localhost:65535",
    "guide.localhost", "a.b.localhost", "my-guide.localhost:8080", "127.0.0.1",
    "127.0.0.1:4000", "127.1.2.3", "10.0.0.7:4000", "192.168.1.2", "[::1]", "[::1]:4000",
    "[fe80::1]", "[::ffff:127.0.0.1]:80", "0.0.0.0:4000",
];

/// Names of others, and what is no name; `|` stands for a second field.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "evil.test", "evil.test:4000", "EVIL.TEST", "localhost.evil.test", "localhost.evil.test:4000",
    "evil.test.localhost.evil", "127.0.0.1.evil.test", "127.0.0.1.nip.io", "127-0-0-1.evil.test",
    "evillocalhost", "evil-localhost", "localhost-evil", "xlocalhost:4000", "localhostx",
    "localhost.localdomain", "local", "local.host", "localhost.", "localhost..", ".localhost",
    "..localhost", "a..localhost", "-", ".", "..", "*", "*.localhost", "_x.localhost",
    "localhost:", "localhost:0x50", "localhost:80:80", "localhost:-1", "localhost:65536",
    "localhost:99999", "localhost:port", "localhost: 80", "localhost :80", "localhost:80 ",
    "localhost:+80", ":4000", ":", "localhost:4000:evil.test", "localhost:4000@evil.test",
    "evil.test@localhost", "user@localhost", "user:pass@localhost", "localhost@evil.test",
    "localhost/evil.test", "localhost/", "/localhost", "localhost?x", "localhost#x",
    "localhost\\evil.test", "localhost%00", "localhost%2eevil.test", "%6c%6f%63%61%6c%68%6f%73%74",
    "local%68ost", "http://localhost", "https://localhost", "//localhost", "localhost,evil.test",
    "evil.test,localhost", "localhost evil.test", "localhost;evil.test", "localhost\tx",
    "127.0.0.1:", "127.0.0.1:x", "127.0.0.1.", "127.0.0", "127.1", "127", "2130706433",
    "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "127.0.0.01", "127.0.0.256", "127.0.0.1.1",
    "1.2.3.4.5", "::1", "::1:4000", "[::1", "::1]", "[::1]x", "[::1]:", "[::1]:x", "[::1%lo]",
    "[::1%25lo]", "[]", "[localhost]", "[127.0.0.1]", "[::g]", "[::1][::1]", "[:::1]",
    "xn--localhost", "xn--lcalhost-n1a", "ⅼocalhost", "lоcalhost", "localhost。evil", "１２７.0.0.1",
    "example.org", "example.github.io", "fieldguide", "host.docker.internal", "router.local",
];

/// An answer's status, without its body.
fn status(answer: &[u8]) -> u16 {
    let text = String::from_utf8_lossy(answer);
    let status = text.split(' ').nth(1).and_then(|status| status.parse().ok());
    status.unwrap_or_else(|| panic!("no answer: {text:?}"))
}

/// Names that `--allow-host` gives.
const ALLOWED: &[&str] = &["--allow-host", "guide.test", "--allow-host", "My_Box"];

/// Forms of these that are answered then, and forms that are not, beside all of `OTHERS`.
#[rustfmt::skip]
const CALLED: &[&str] = &[
    "guide.test", "GUIDE.TEST", "guide.test:4000", "Guide.Test:443", "my_box", "MY_BOX:65535",
];
#[rustfmt::skip]
const MISCALLED: &[&str] = &[
    "test", "a.guide.test", "guide.test.evil.test", "evilguide.test", "guide-test", "guide.tes",
    "guide.test.", ".guide.test", "guide.test:", "guide.test:x", "guide.test:65536", "guide.test@evil.test",
    "evil.test@guide.test", "guide.test/", "guide.test,evil.test", "[guide.test]", "guide%2etest",
    "my-box", "my_box.evil.test", "http://guide.test", "guide.test\tx", "*", "",
];

#[test]
fn only_names_that_nobody_else_can_have_are_answered() {
    let book = Project::minimal();
    only_ours_are_answered(&Preview::of(&book, &[]), &[OURS], &[OTHERS, CALLED]);
    let preview = Preview::of(&book, ALLOWED);
    only_ours_are_answered(&preview, &[OURS, CALLED], &[OTHERS, MISCALLED]);
}

#[track_caller]
fn only_ours_are_answered(preview: &Preview, ours: &[&[&str]], others: &[&[&str]]) {
    let ask = |host: &str| {
        let request = format!("GET /small/ HTTP/1.1\r\n{host}Connection: close\r\n\r\n");
        preview.exchange(request.as_bytes())
    };
    for host in ours.iter().copied().flatten() {
        assert_eq!(status(&ask(&format!("Host: {host}\r\n"))), 200, "{host}");
    }
    for host in others.iter().copied().flatten() {
        let answer = ask(&format!("Host: {host}\r\n"));
        let text = String::from_utf8_lossy(&answer);
        // Spaces at the end are none of the value.
        if host.trim() == "localhost:80" {
            assert_eq!(status(&answer), 200, "{host}");
            continue;
        }
        assert!(matches!(status(&answer), 400 | 421), "{host}: {text}");
        assert!(
            !text.contains("A small book") && !text.contains("evil"),
            "{host}: {text}"
        );
    }
    assert!(OURS.len() + OTHERS.len() >= 120, "{}", OURS.len() + OTHERS.len());
    let twice = [
        "",
        "Host:\r\n",
        "Host: localhost\r\nHost: evil.test\r\n",
        "Host: evil.test\r\nHost: localhost\r\n",
        "Host: localhost\r\nHost: localhost\r\n",
        "Host: localhost\r\nhost: localhost\r\n",
        "Host: localhost\r\n evil.test\r\n",
        "X-Forwarded-Host: localhost\r\nHost: evil.test\r\n",
        "Forwarded: host=localhost\r\nHost: evil.test\r\n",
    ];
    for lines in twice {
        assert!(matches!(status(&ask(lines)), 400 | 421), "{lines:?}");
    }
    let refused = String::from_utf8(ask("Host: evil.test\r\n")).unwrap();
    assert!(refused.contains("`--allow-host NAME`"), "{refused}");
    for target in ["http://evil.test/small/", "http://localhost/small/", "small/", "*"] {
        let request = format!("GET {target} HTTP/1.0\r\nHost: localhost\r\n\r\n");
        assert_eq!(status(&preview.exchange(request.as_bytes())), 400, "{target}");
    }
}

#[test]
fn a_name_that_host_gives_is_answered() {
    let book = Project::minimal();
    let preview = Preview::of(&book, &["--host", "localhost"]);
    assert_eq!(preview.ask("/small/", "Host: localhost\r\n").status, 200);
    assert_eq!(preview.ask("/small/", "Host: evil.test\r\n").status, 421);
}

#[test]
fn pages_called_by_an_allowed_name_follow_the_book() {
    let book = Project::minimal();
    let preview = Preview::of(&book, ALLOWED);
    let token = preview.token();
    let target = format!("/~fieldguide/state?token={token}&path=/small/&stamp=0");
    let ask = |host: &str, origin: &str| {
        let lines = format!("Host: {host}\r\nOrigin: {origin}\r\n");
        preview.ask(&target, &lines).status
    };
    let port = preview.port;
    let own = format!("localhost:{port}");
    // A proxy may speak TLS to the browser.
    for (host, origin) in [
        ("guide.test", "http://guide.test"),
        ("guide.test", "https://guide.test"),
        ("guide.test:8443", "https://guide.test:8443"),
        (own.as_str(), &format!("http://{own}")),
    ] {
        assert_eq!(ask(host, origin), 200, "{host} {origin}");
    }
    for (host, origin) in [
        ("guide.test", "https://my_box"),
        ("guide.test", "https://guide.test:8443"),
        ("guide.test", "https://evil.test"),
        ("guide.test", "ws://guide.test"),
        ("guide.test", "null"),
        (own.as_str(), &format!("https://{own}")),
        (own.as_str(), "https://guide.test"),
    ] {
        assert_eq!(ask(host, origin), 403, "{host} {origin}");
    }
    let lines = "Host: guide.test\r\nSec-Fetch-Site: cross-site\r\n";
    assert_eq!(preview.ask(&target, lines).status, 403);
}

#[test]
fn what_is_no_name_cannot_be_allowed() {
    let book = Project::minimal();
    for name in
        ["*", "", "*.test", "guide.test:4000", ".", "a..b", "a.", "http://a", "é.test"]
    {
        let run = book.run(&["serve", "--port", "0", "--allow-host", name]);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{name}");
        let line =
            format!("error[usage]: `{name}` in `--allow-host` is no name of a host");
        assert!(run.stderr.contains(&line), "{name}: {}", run.stderr);
    }
}

/// Origins that are not the preview's, which is `http://localhost:PORT`.
#[rustfmt::skip]
const ORIGINS: &[&str] = &[
    "null", "", "http://evil.test", "http://evil.test:PORT", "https://localhost:PORT",
    "http://localhost", "http://localhost:", "http://localhost:80", "http://localhost:1",
    "http://localhost:PORT0", "http://localhost:PORT/", "http://localhost:PORT/small/",
    "http://127.0.0.1:PORT", "http://[::1]:PORT", "http://0.0.0.0:PORT", "http://127.1:PORT",
    "http://a.localhost:PORT", "http://localhost.evil.test", "http://localhost.evil.test:PORT",
    "http://localhost.:PORT", "http://evil.test/http://localhost:PORT", "http://user@localhost:PORT",
    "http://localhost:PORT@evil.test", "http://localhost:PORT#", "http://localhost:PORT?",
    "http:localhost:PORT", "//localhost:PORT", "localhost:PORT", "ws://localhost:PORT",
    "file://", "file:///etc/passwd", "data:", "blob:http://localhost:PORT", "about:blank",
    "chrome-extension://abcdefgh", "moz-extension://abcdefgh", "http://xlocalhost:PORT",
    "http://localhost:PORT http://localhost:PORT", "http://localhost:PORT, http://evil.test",
    "http://lоcalhost:PORT", "HTTP://localhost:PORT", "*",
];

#[test]
fn only_pages_of_this_run_are_told_of_changes() {
    let book = Project::minimal();
    let preview = Preview::of(&book, &[]);
    let token = preview.token();
    assert_eq!(token.len(), 32);
    let port = preview.port.to_string();
    let channels = [
        format!("/~fieldguide/live?token={token}"),
        format!("/~fieldguide/state?token={token}&path=/small/&stamp=0"),
    ];
    assert!(ORIGINS.len() >= 40, "{}", ORIGINS.len());
    for target in &channels {
        for origin in ORIGINS {
            let line = format!("Origin: {}\r\n", origin.replace("PORT", &port));
            assert_eq!(preview.ask(target, &line).status, 403, "{target} {origin}");
        }
        let twice = format!("Origin: http://localhost:{port}\r\n").repeat(2);
        assert_eq!(preview.ask(target, &twice).status, 403, "{target}");
    }
    let own = format!("Origin: http://localhost:{port}\r\n");
    assert_eq!(preview.ask(&channels[1], &own).status, 200);
    assert_eq!(preview.ask(&channels[1], "").status, 200);
    for site in ["cross-site", "same-site"] {
        let line = format!("Sec-Fetch-Site: {site}\r\nSec-Fetch-Mode: navigate\r\n");
        for target in &channels {
            assert_eq!(preview.ask(target, &line).status, 403, "{target} {site}");
        }
    }
    let wrong =
        ["", "?token=", "?token=0", "?Token=x", "?x", &format!("?token={}", &token[1..])];
    for query in wrong {
        for name in ["live", "state"] {
            let target = format!("/~fieldguide/{name}{query}");
            assert_eq!(preview.ask(&target, &own).status, 403, "{target}");
        }
    }
    assert_ne!(Preview::of(&Project::minimal(), &[]).token(), token);
}

#[test]
fn what_other_pages_embed_or_fetch_is_refused() {
    let book = Project::minimal();
    let preview = Preview::of(&book, &[]);
    let from = |site: &str, mode: &str| {
        let lines = format!("Sec-Fetch-Site: {site}\r\nSec-Fetch-Mode: {mode}\r\n");
        preview.ask("/small/", &lines).status
    };
    for site in ["cross-site", "same-site"] {
        for mode in ["no-cors", "cors", "websocket", "same-origin"] {
            assert_eq!(from(site, mode), 403, "{site} {mode}");
        }
        assert_eq!(from(site, "navigate"), 200, "{site}");
    }
    for mode in ["no-cors", "cors", "navigate", "same-origin"] {
        assert_eq!((from("same-origin", mode), from("none", mode)), (200, 200), "{mode}");
    }
}

/// Ways to spell "the folder above", and what may stand between two of them.
#[rustfmt::skip]
const UPS: &[&str] = &[
    "..", "%2e%2e", "%2E%2E", ".%2e", "%2e.", "%252e%252e", "..%00", "..;", "..%20", "..%09",
    "....", "..%5c..", "..\\..", "%c0%ae%c0%ae", "%e0%80%ae", "%uff0e", "．．",
];
const SLASHES: &[&str] = &["/", "%2f", "%252f", "\\", "%5c", "//"];
/// What is there to be found.
const GOALS: &[&str] = &["secret.txt", "book.toml", "etc/passwd", "content/index.md"];

/// Other paths that are not of the site.
#[rustfmt::skip]
const ODD: &[&str] = &[
    "/small/book.toml", "/small/content/index.md", "/small/.fieldguide.json",
    "/small/themes/default/theme.toml", "/small/.git/config", "/smallx/", "/SMALL/",
    "/small/index.html/", "/small/index.html/x", "/small//", "/small//index.html", "//small/",
    "/small/./index.html", "/small/frameworks/../index.html", "/./small/", "/small/%00",
    "/small/index.html%00", "/small/index.html%00.png", "/small/%", "/small/%zz", "/small/%2",
    "/small/%ff%fe", "/small/index.html%20", "/small/c:/x", "/c:/windows/win.ini",
    "/small/c%3a%5cwindows", "/file:///etc/passwd", "/proc/self/environ", "/etc/passwd",
    "/small/etc/passwd", "/small/assets", "/small/assets/", "/small/theme/",
    "/~fieldguide/../../etc/passwd", "/~fieldguide/reload.js/", "/~fieldguide/%2e%2e/x",
    "/~fieldguide/live/", "/%7efieldguide/reload.js", "/small/~fieldguide/reload.js",
    "/~fieldguide//reload.js", "/~fieldguide/Reload.js", "/small/@fs/etc/passwd",
    "/small/public/index.html", "/small/public2/", "/public/", "/PUBLIC/",
];

/// Paths that lead out of a folder, if anybody let them.
fn hostile_paths() -> Vec<String> {
    let mut paths: Vec<String> = ODD.iter().map(|path| (*path).to_owned()).collect();
    for (up, slash) in UPS.iter().flat_map(|up| SLASHES.iter().map(move |s| (up, s))) {
        for (i, goal) in GOALS.iter().enumerate() {
            let ups = format!("{up}{slash}").repeat(i + 1);
            paths.push(format!("/small/{ups}{goal}"));
        }
    }
    paths.push(format!("/small/{}", "a/".repeat(4000)));
    paths.push(format!("/small/{}", "%61".repeat(4000)));
    paths
}

#[test]
fn no_path_leads_to_what_is_not_of_the_site() {
    let canary = "a canary that nobody may see";
    let book = Project::minimal()
        .file("../secret.txt", canary)
        .file("secret.txt", canary)
        .file("content/.secret.md", canary);
    let text = String::from_utf8(book.read("book.toml")).unwrap();
    let book = book.file("book.toml", &format!("# {canary}\n{text}"));
    let preview = Preview::of(&book, &[]);
    let paths = hostile_paths();
    assert!(paths.len() >= 400, "{}", paths.len());
    for path in &paths {
        let answer = preview.exchange(
            format!(
                "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            )
            .as_bytes(),
        );
        let text = String::from_utf8_lossy(&answer);
        assert!(matches!(status(&answer), 400 | 404), "{path}: {text}");
        assert!(!text.contains(canary) && !text.contains("root:"), "{path}: {text}");
    }
    for path in ["/small/?../../secret.txt", "/small/index.html?raw??", "/small/?x#y"] {
        assert_eq!(preview.get(path).body[..15], *b"<!DOCTYPE html>", "{path}");
    }
}

#[test]
fn what_is_no_request_is_answered_once_and_hung_up_on() {
    let book = Project::minimal();
    let preview = Preview::of(&book, &[]);
    let host = "Host: localhost\r\n";
    let many = "X: y\r\n".repeat(101);
    let long = format!("X: {}\r\n", "y".repeat(17 << 10));
    let cases: Vec<(String, &[u16])> = vec![
        ("\0\0\0\0\r\n\r\n".to_owned(), &[400]),
        ("GET\r\n\r\n".to_owned(), &[400]),
        (format!("GET /small/ HTTP/3.0\r\n{host}\r\n"), &[400]),
        (format!("GET /small/ HTTP/1.1\n{host}X\r\n\r\n"), &[400]),
        (format!("GET /sm all/ HTTP/1.1\r\n{host}\r\n"), &[400]),
        (format!("GET /small/ HTTP/1.1\r\n{host}{many}\r\n"), &[431]),
        (format!("GET /small/ HTTP/1.1\r\n{host}{long}\r\n"), &[431]),
        (format!("GET /{} HTTP/1.1\r\n{host}\r\n", "x".repeat(17 << 10)), &[431]),
        (format!("POST /small/ HTTP/1.1\r\n{host}Content-Length: 3\r\n\r\nx=1"), &[413]),
        (
            format!("GET / HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\n0\r\n"),
            &[413],
        ),
        (format!("POST /small/ HTTP/1.1\r\n{host}\r\n"), &[405]),
        (format!("OPTIONS /small/ HTTP/1.1\r\n{host}\r\n"), &[405]),
        (format!("TRACE /small/ HTTP/1.1\r\n{host}\r\n"), &[405]),
        (format!("CONNECT localhost:80 HTTP/1.1\r\n{host}\r\n"), &[400, 405]),
        (format!("GET /small/ HTTP/1.1\r\n{host}Upgrade: websocket\r\n\r\n"), &[200]),
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(), &[400]),
    ];
    for (request, expected) in cases {
        let mut stream = preview.connect();
        // It may hang up before all is sent.
        let _ = stream.write_all(request.as_bytes());
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let shown = request.chars().take(60).collect::<String>();
        assert!(expected.contains(&status(&answer)), "{shown:?}: {}", status(&answer));
    }
    assert_eq!(preview.page("").status, 200);
}

#[test]
fn a_request_that_never_ends_is_hung_up_on() {
    let book = Project::minimal();
    let preview = Preview::of(&book, &[]);
    std::thread::scope(|scope| {
        for is_dripping in [false, true] {
            let preview = &preview;
            scope.spawn(move || {
                let mut stream = preview.connect();
                let start = Instant::now();
                stream.write_all(b"GET /small/ HTTP/1.1\r\nHo").unwrap();
                let mut answer = Vec::new();
                if is_dripping {
                    // A byte now and then does not win more time.
                    stream.set_read_timeout(Some(Duration::from_millis(500))).unwrap();
                    while start.elapsed() < Duration::from_secs(15) {
                        let mut part = [0; 64];
                        match stream.read(&mut part) {
                            Ok(0) => break,
                            Ok(n) => answer.extend_from_slice(&part[..n]),
                            Err(_) if stream.write_all(b"x").is_err() => break,
                            Err(_) => {}
                        }
                    }
                } else {
                    stream.read_to_end(&mut answer).unwrap();
                }
                let time = start.elapsed().as_secs();
                assert!((9..15).contains(&time), "{is_dripping}: {time} s");
                assert_eq!(answer, b"", "{is_dripping}");
            });
        }
    });
    assert_eq!(preview.page("").status, 200);
}

#[test]
fn slow_clients_do_not_keep_a_quick_one_out() {
    let book = Project::minimal();
    let preview = Preview::of(&book, &[]);
    let slow: Vec<_> = (0..400)
        .map(|_| {
            let mut stream = preview.connect();
            let _ = stream.write_all(b"GET /small/ HTTP/1.1\r\nHo");
            stream
        })
        .collect();
    for _ in 0..20 {
        let start = Instant::now();
        assert_eq!(preview.page("").status, 200);
        let time = start.elapsed();
        assert!(time < Duration::from_secs(1), "{} ms", time.as_millis());
    }
    drop(slow);
}
