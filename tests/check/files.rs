//! Files of all kinds: other encodings, links, pipes, what is too large or cannot be read.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use super::{Project, twelve_mistakes};
use crate::support::Finding;

/// The findings of `check`, which must answer soon.
#[track_caller]
fn soon(book: &Project) -> Vec<String> {
    let start = Instant::now();
    let found = book.findings();
    assert!(start.elapsed() < Duration::from_secs(1), "took {:?}", start.elapsed());
    found
}

#[test]
fn other_line_ends_and_a_byte_order_mark_change_no_finding() {
    let plain = twelve_mistakes();
    let expected = plain.run(&["check", "--format", "json"]).stderr;
    for (mark, end) in
        [("", "\r\n"), ("\u{feff}", "\n"), ("\u{feff}", "\r\n"), ("", "\r")]
    {
        let mut book = twelve_mistakes();
        for entry in walkdir::WalkDir::new(book.root()) {
            let entry = entry.unwrap();
            if entry.file_type().is_file() {
                let text = fs::read_to_string(entry.path()).unwrap();
                let path = entry.path().strip_prefix(book.root()).unwrap();
                let path = path.to_str().unwrap().to_owned();
                let text = format!("{mark}{}", text.replace('\n', end));
                book = book.bytes(&path, text.as_bytes());
            }
        }
        assert_eq!(book.run(&["check", "--format", "json"]).stderr, expected);
    }
}

#[test]
fn a_text_that_is_not_utf_8_is_reported_at_its_first_invalid_byte() {
    let book = Project::minimal().bytes(
        "content/frameworks/flask.toml",
        b"name = \"Flask\"\r\nsummary = \"Kleines \xe9 und \xff\"\r\nlanguage = \"pyton\"\r\n",
    );
    let found = [
        "content/frameworks/flask.toml:2:20 not-utf8",
        "content/frameworks/flask.toml:3:12 unknown-language",
    ];
    assert_eq!(book.findings(), found);
    let (found, _) = book.check();
    assert_eq!(found[0].place().unwrap().end_column, 21);
    assert_eq!(
        found[0].message,
        "`content/frameworks/flask.toml` is not UTF-8 (byte 0xe9)"
    );
}

#[test]
fn a_text_in_utf_16_is_one_finding() {
    let text = "name = \"Flask\"\nsummary = \"Small.\"\n";
    for mark in [b"\xff\xfe", b"\xfe\xff"] {
        let units = text.encode_utf16();
        let bytes: Vec<u8> = mark
            .iter()
            .copied()
            .chain(units.flat_map(|unit| match mark {
                b"\xff\xfe" => unit.to_le_bytes(),
                _ => unit.to_be_bytes(),
            }))
            .collect();
        let book = Project::minimal().bytes("content/frameworks/flask.toml", &bytes);
        let (found, _) = book.check();
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].brief(), "content/frameworks/flask.toml:1:1 not-utf8");
        assert!(found[0].message.contains("UTF-16"), "{}", found[0].message);
    }
}

#[test]
fn empty_files_cause_no_crash() {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(Project::minimal_folder()) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(Project::minimal_folder()).unwrap();
            files.push(path.to_str().unwrap().to_owned());
        }
    }
    for file in files {
        for text in
            ["", "\n", "\u{feff}", "+++", "+++\n", "+++\n+++", "+++ \n+++ \n", "---"]
        {
            let book = Project::minimal().bytes(&file, text.as_bytes());
            let outcome = book.run(&["check"]);
            assert!([0, 1].contains(&outcome.status), "{file} {text:?}: {outcome:?}");
        }
    }
}

#[test]
fn front_matter_is_found_in_unusual_spellings() {
    let case = |text: &str| {
        let book = Project::minimal().bytes("content/pages/about.md", text.as_bytes());
        book.findings()
    };
    let none: [&str; 0] = [];
    assert_eq!(case("+++\ntitle = \"About\"\n+++\n"), none);
    assert_eq!(case("+++\ntitle = \"About\"\n+++"), none);
    assert_eq!(case("+++  \ntitle = \"About\"\n+++\t\nWords.\n"), none);
    assert_eq!(case("+++\r\ntitle = \"About\"\r\n+++\r\nWords.\r\n"), none);
    assert_eq!(case("\u{feff}+++\ntitle = \"About\"\n+++\n"), none);
    let at = |place: &str| [format!("content/pages/about.md:{place}")];
    assert_eq!(case("\n+++\ntitle = \"About\"\n+++\n"), at("1:1 missing-key"));
    assert_eq!(case(" +++\ntitle = \"About\"\n+++\n"), at("1:1 missing-key"));
    assert_eq!(case("++++\ntitle = \"About\"\n++++\n"), at("1:1 missing-key"));
    assert_eq!(case("+++\ntitle = \"About\"\n"), at("1:1 unclosed-front-matter"));
    assert_eq!(case("+++\ntitle = \"About\"\n +++\n"), at("1:1 unclosed-front-matter"));
    assert_eq!(case("+++\n+++\n"), at("1:1 missing-key"));
    assert_eq!(case("+++\ntitle = \"About\"\ncolour = 1\n+++\n"), at("3:1 unknown-key"));
    assert_eq!(case("+++\ntitle = \"About\"\n+++\n[x](a.md)\n"), at("4:5 dead-link"));
}

#[test]
fn a_link_out_of_the_book_is_refused_and_named() {
    let secret = "name = \"Canary\"\nsummary = \"From outside.\"\n";
    let cases: &[(&str, &str)] = &[
        ("content/frameworks/flask.toml", "../../../secret.toml"),
        ("content/frameworks/flask.toml", "/etc/hostname"),
        ("content/frameworks/flask.toml", "/proc/self/environ"),
        ("content/frameworks", "../../outside"),
        ("content/frameworks", "/etc"),
        ("content/assets", "/"),
        ("content/assets/logo.svg", "../../../secret.toml"),
        ("content", "../outside"),
        ("themes", "/usr"),
        ("themes/dark/templates", "/usr"),
        ("content/goals/more.md", "../../../outside/../secret.toml"),
    ];
    for (path, target) in cases {
        let book = Project::minimal().file("../secret.toml", secret);
        let book = book.file("../outside/django.toml", secret);
        let book = if book.path(path).exists() { book.without(path) } else { book };
        let book = book.link(path, target);
        let found = soon(&book);
        let expected = format!("{path}:1:1 outside-book");
        assert!(found.contains(&expected), "{path} -> {target}: {found:?}");
        let all = found.iter().filter(|f| f.ends_with("outside-book")).count();
        assert_eq!(all, 1, "{path} -> {target}: {found:?}");
        let outcome = book.run(&["check"]).ends(1);
        assert!(!outcome.stderr.contains("Canary"), "{}", outcome.stderr);
        assert_ne!(book.run(&["build"]).status, 0);
        assert!(!book.path("public").exists());
    }
}

#[test]
fn one_link_out_of_the_book_is_one_finding() {
    for path in ["content/frameworks/flask.toml", "content/criteria.toml", "book.toml"] {
        let book = Project::minimal().file("../outside.toml", "name = \"Canary\"\n");
        let up = "../".repeat(path.matches('/').count() + 1);
        let book = book.without(path).link(path, format!("{up}outside.toml"));
        assert_eq!(book.findings(), [format!("{path}:1:1 outside-book")]);
    }
    let book = Project::minimal()
        .edit("book.toml", "[book]", "[book]\ntheme = \"dark\"")
        .file("../theme.toml", "extends = \"default\"\n")
        .link("themes/dark/theme.toml", "../../../theme.toml");
    assert_eq!(book.findings(), ["themes/dark/theme.toml:1:1 outside-book"]);
    let book = Project::minimal()
        .file("../logo.svg", "<svg/>")
        .link("content/assets/logo.svg", "../../../logo.svg")
        .file("content/index.md", "![A logo](assets/logo.svg)\n");
    assert_eq!(book.findings(), ["content/assets/logo.svg:1:1 outside-book"]);
}

#[test]
fn links_within_the_book_are_read() {
    let book = Project::minimal();
    fs::rename(book.path("content/index.md"), book.path("content/faq.md")).unwrap();
    let book = book.link("content/index.md", "faq.md");
    assert_eq!(book.findings(), [""; 0]);
}

#[test]
fn links_in_a_circle_are_refused() {
    let book = Project::minimal()
        .link("content/goals/one.md", "two.md")
        .link("content/goals/two.md", "one.md")
        .link("content/goals/self.md", "self.md")
        .link("content/assets/up", "..");
    let found = soon(&book);
    for path in ["content/goals/one.md", "content/goals/self.md", "content/goals/two.md"]
    {
        assert!(found.contains(&format!("{path}:1:1 outside-book")), "{found:?}");
    }
    assert!(
        found.contains(&"content/assets/up:1:1 special-file".to_owned()),
        "{found:?}"
    );
    assert_eq!(found.len(), 4, "{found:?}");
}

#[test]
fn a_chain_of_links_is_followed_to_its_end() {
    let book = Project::minimal()
        .file("../secret.md", "Canary.\n")
        .link("content/assets/one", "two")
        .link("content/assets/two", "three")
        .link("content/assets/three", "../../../secret.md");
    let found = soon(&book);
    let expected =
        ["one", "three", "two"].map(|n| format!("content/assets/{n}:1:1 outside-book"));
    assert_eq!(found, expected);
}

#[test]
fn a_link_that_leads_nowhere_is_reported() {
    let book = Project::minimal().link("content/goals/gone.md", "not-there.md");
    let outcome = book.run(&["check", "--format", "json"]).ends(3);
    let found = Finding::all(&outcome.stderr);
    assert_eq!(found[0].brief(), "content/goals/gone.md:1:1 io");
    assert_eq!(found.len(), 1);
}

#[test]
fn a_book_that_is_reached_through_a_link_is_checked() {
    let book = Project::minimal();
    symlink(book.root(), book.path("../link")).unwrap();
    let _ = book.run(&["check", "--root", "../link"]).ends(0);
}

#[test]
fn pipes_and_sockets_are_refused_at_once() {
    for path in ["content/goals/pipe.md", "content/assets/pipe", "content/pipe"] {
        let book = Project::minimal().file("content/assets/x.txt", "x\n");
        let made = Command::new("mkfifo").arg(book.path(path)).status().unwrap();
        assert!(made.success());
        assert_eq!(soon(&book), [format!("{path}:1:1 special-file")]);
    }
    let book = Project::minimal();
    let socket = book.path("content/goals/socket.md");
    let _socket = std::os::unix::net::UnixListener::bind(socket).unwrap();
    assert_eq!(soon(&book), ["content/goals/socket.md:1:1 special-file"]);
}

#[test]
fn a_folder_in_the_place_of_a_file_is_reported() {
    let book = Project::minimal().file("content/goals/folder.md/inner.txt", "x\n");
    assert_eq!(soon(&book), ["content/goals/folder.md/inner.txt:1:1 unexpected-file"]);
}

#[test]
fn files_are_read_up_to_their_limit() {
    let case = |path: &str, start: &str, size: usize, expected: &[&str]| {
        let mut text = start.to_owned();
        text.push_str(&"# words and words\n".repeat((size - text.len()) / 18));
        text.push_str(&"#".repeat(size - text.len()));
        let book = Project::minimal().bytes(path, text.as_bytes());
        assert_eq!(book.findings(), expected);
    };
    let flask = "name = \"Flask\"\nsummary = \"Small.\"\n";
    case("content/frameworks/flask.toml", flask, 1 << 20, &[]);
    let refused = "content/frameworks/flask.toml:1:1 too-large";
    case("content/frameworks/flask.toml", flask, (1 << 20) + 1, &[refused]);
    let book = Project::minimal();
    let file = fs::File::create(book.path("content/frameworks/flask.toml")).unwrap();
    file.set_len(1 << 40).unwrap();
    assert_eq!(soon(&book), [refused]);
    let book = Project::minimal().file("content/assets/x.txt", "x\n");
    let file = fs::File::create(book.path("content/assets/film.bin")).unwrap();
    file.set_len(1 << 40).unwrap();
    assert_eq!(soon(&book), ["content/assets/film.bin:1:1 too-large"]);
}

#[test]
fn a_file_that_cannot_be_read_ends_with_3() {
    let book = Project::minimal();
    for path in ["content/index.md", "content/goals"] {
        let mode = |mode: u32| {
            let permissions = fs::Permissions::from_mode(mode);
            fs::set_permissions(book.path(path), permissions).unwrap();
        };
        fs::set_permissions(book.path(".."), fs::Permissions::from_mode(0o755)).unwrap();
        mode(0);
        let is_root = fs::read_dir("/root").is_ok();
        let outcome = book.run_with(&["check", "--format", "json"], |run| {
            if is_root {
                run.uid(65534);
            }
        });
        mode(0o755);
        let found = Finding::all(&outcome.ends(3).stderr);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].brief(), format!("{path}:1:1 io"));
        let message = &found[0].message;
        assert!(
            message.starts_with(&format!("cannot read `{path}` (Permission")),
            "{message}"
        );
    }
}

#[test]
fn a_name_that_is_not_utf_8_is_reported() {
    use std::os::unix::ffi::OsStrExt;
    let book = Project::minimal();
    let name = std::ffi::OsStr::from_bytes(b"content/goals/caf\xe9.md");
    fs::write(book.root().join(name), "Words.\n").unwrap();
    assert_eq!(book.findings(), ["content/goals/caf\u{fffd}.md:1:1 bad-file-name"]);
}

#[test]
fn hidden_files_and_backups_are_passed_over() {
    let book = Project::minimal()
        .file("content/.DS_Store", "x")
        .file("content/goals/.content-sites.md.swp", "x")
        .file("content/goals/content-sites.md~", "x")
        .file("content/goals/#content-sites.md#", "x")
        .file("content/guides/4913", "x")
        .file("content/guides/how-to-choose.md.swp", "x")
        .file("content/guides/how-to-choose.md.orig", "x")
        .file("content/guides/how-to-choose.md___jb_tmp___", "x")
        .file("content/guides/~$w.docx", "x")
        .file("content/frameworks/desktop.ini", "x")
        .file("content/Thumbs.db", "x")
        .file("content/README.md", "x")
        .file("content/guides/README.md", "x")
        .file(".git/config", "x");
    assert_eq!(book.findings(), [""; 0]);
}

#[test]
fn toml_that_is_nested_deeper_than_anybody_writes_is_refused() {
    for (open, close) in [("[", "]"), ("{a=", "}"), ("[{a=", "}]")] {
        for depth in [10, 79, 81, 1000, 100_000] {
            let value = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            let text =
                format!("name = \"Flask\"\nsummary = \"Small.\"\ngood_fit = {value}\n");
            let book = Project::minimal()
                .bytes("content/frameworks/flask.toml", text.as_bytes());
            let outcome = book.run(&["check"]).ends(1);
            assert!(outcome.stderr.lines().count() < 40, "{}", outcome.stderr);
        }
    }
    for depth in [10, 79, 81, 1000, 100_000] {
        let keys = vec!["a"; depth].join(".");
        for text in [
            format!("{keys} = 1\n"),
            format!("[{keys}]\n{keys} = 1\n"),
            format!("[[{keys}]]\n"),
        ] {
            let book = Project::minimal().bytes("content/changes.toml", text.as_bytes());
            let outcome = book.run(&["check"]).ends(1);
            assert!(outcome.stderr.lines().count() < 40, "{}", outcome.stderr);
        }
    }
}

#[test]
fn prose_that_is_nested_deeper_than_anybody_writes_is_refused() {
    let quotes = "> ".repeat(20_000) + "deep\n";
    let lists: String = (0..2_000).map(|n| format!("{}- x\n", "  ".repeat(n))).collect();
    for text in [quotes, lists, "*a **a ".repeat(20_000), "[".repeat(20_000)] {
        let book = Project::minimal().bytes("content/index.md", text.as_bytes());
        let start = Instant::now();
        let outcome = book.run(&["check"]);
        assert!([0, 1].contains(&outcome.status), "{}", outcome.status);
        assert!(start.elapsed() < Duration::from_secs(10), "took {:?}", start.elapsed());
    }
}

#[test]
fn a_file_full_of_mistakes_is_checked_quickly() {
    let flask = "name = \"Flask\"\nsummary = \"Small.\"\n";
    for (path, start, line) in [
        ("content/frameworks/flask.toml", flask, "a b\n"),
        ("content/frameworks/flask.toml", flask, "license = \n"),
        ("content/frameworks/flask.toml", flask, "[facts]\n"),
        ("content/frameworks/flask.toml", flask, "key@ = 1\n"),
        ("content/frameworks/flask.toml", flask, "x = [\n"),
        ("content/criteria.toml", "", "[[criterion]]\nid = \"a@\"\n"),
        ("content/index.md", "", "[x](goal:y) "),
        ("content/index.md", "", "## a\n\n"),
        ("content/index.md", "", "<b>\n"),
        ("content/index.md", "", "[^1]: "),
        ("content/index.md", "", "![](x.svg)\n"),
        ("content/index.md", "", "```ranking\n```\n"),
    ] {
        let lines = (0..100_000 / line.len()).map(|i| line.replace('@', &i.to_string()));
        let text = format!("{start}{}", lines.collect::<String>());
        let book = Project::minimal().bytes(path, text.as_bytes());
        let start = Instant::now();
        let outcome = book.run(&["check"]);
        assert!(
            [0, 1].contains(&outcome.status),
            "{line:?} ends with {}",
            outcome.status
        );
        assert!(
            start.elapsed() < Duration::from_secs(10),
            "{line:?}: {:?}",
            start.elapsed()
        );
    }
}

#[test]
fn what_is_refused_says_why() {
    #[track_caller]
    fn case(book: &Project, path: &str, message: &str) {
        let (found, _) = book.check();
        let found = found.iter().find(|f| f.place().is_some_and(|p| p.file == path));
        assert_eq!(found.map(|found| found.message.as_str()), Some(message));
    }
    let path = "content/goals/more.md";
    let book = || Project::minimal();
    case(
        &book().link(path, "/etc/hostname"),
        path,
        "the link `content/goals/more.md` leads out of the book's folder",
    );
    case(
        &book().link(path, "more.md"),
        path,
        "the link `content/goals/more.md` leads round in a circle",
    );
    case(
        &book().link("content/assets/up", ".."),
        "content/assets/up",
        "`content/assets/up` is not a plain file",
    );
    case(
        &book().bytes(path, b"\xff\xfex\0"),
        path,
        "`content/goals/more.md` is UTF-16, not UTF-8",
    );
    case(
        &book().bytes(path, &[b'x'; (4 << 20) + 1]),
        path,
        "`content/goals/more.md` is larger than 4 MiB",
    );
}

#[test]
fn strings_that_a_book_s_own_copy_of_the_built_in_theme_lacks_are_errors() {
    let path = "themes/default/strings/en.toml";
    let strings =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let shortened = strings.replacen("nav_home", "nav_house", 1);
    let book = Project::minimal().bytes(path, shortened.as_bytes());
    let found = book.run(&["check"]).stderr;
    assert!(found.contains("missing string `nav_home`"), "{found}");
    assert!(found.contains("unknown string `nav_house`"), "{found}");
    let book = Project::minimal().bytes(path, strings.as_bytes());
    assert_eq!(book.findings(), Vec::<String>::new());
}

#[test]
fn files_that_are_no_images_and_those_with_script_are_refused() {
    let book = Project::minimal()
        .file("content/assets/a.png", "version https://git-lfs.github.com/spec/v1\noid\n")
        .bytes("content/assets/b.gif", b"")
        .bytes("content/assets/c.png", b"GIF89a\x01\0\x01\0\0\0\0;")
        .bytes("content/assets/d.gif", b"GIF89a\x01\x80\x01\0\0\0\0;")
        .file("content/assets/e.svg", "<svg><script>1</script></svg>\n")
        .file("content/assets/f.html", "<p onclick=\"1\">f</p>\n");
    let (found, status) = book.check();
    let messages: Vec<_> = found.iter().map(|found| found.message.as_str()).collect();
    assert_eq!(status, 1);
    assert_eq!(
        messages,
        [
            "`content/assets/a.png` is a pointer of Git LFS, not the file",
            "`content/assets/b.gif` is empty",
            "`content/assets/c.png` is not PNG but GIF",
            "`content/assets/d.gif` is 32769 \u{d7} 1 pixels, more than 16384 on a side",
            "`content/assets/e.svg` holds script: `<script>`",
            "`content/assets/f.html` holds script: `onclick` of `<p>`",
        ]
    );
    let codes: std::collections::BTreeSet<_> =
        found.iter().map(|f| f.code.as_str()).collect();
    assert_eq!(codes, ["bad-image", "script-in-asset"].into());
}

#[test]
fn a_book_says_which_files_may_hold_script_and_how_large_images_are() {
    let book = Project::minimal()
        .file(
            "content/assets/e.svg",
            "<svg width=\"90\" height=\"9\"><script>1</script></svg>\n",
        )
        .edit(
            "book.toml",
            "[book]",
            "[assets]\ntrusted = [\"e.svg\"]\nlongest_side = 80\n[book]",
        );
    let (found, _) = book.check();
    let messages: Vec<_> = found.iter().map(|found| found.message.as_str()).collect();
    assert_eq!(
        messages,
        ["`content/assets/e.svg` is 90 \u{d7} 9 pixels, more than 80 on a side"]
    );
}
