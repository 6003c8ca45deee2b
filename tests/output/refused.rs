//! Folders that are not ours to write to: each is refused with its reason, and left as it was.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::Path;

use fieldguide::diag::Code;
use rustix::fs::{CWD, FileType, Mode};

use super::{Disk, MANIFEST, ONE, TWO, owned, write};

#[test]
fn folders_that_overlap_the_book_are_refused() {
    let disk = Disk::new();
    disk.write("elsewhere/text", "x");
    symlink(disk.at("book"), disk.at("to-book")).unwrap();
    symlink(disk.at("elsewhere"), disk.at("book/content/linked")).unwrap();
    disk.expect_refusal("book", "is the book's own folder");
    disk.expect_refusal("book/", "is the book's own folder");
    disk.expect_refusal("book/content/..", "is the book's own folder");
    disk.expect_refusal("to-book/.", "is a link");
    disk.expect_refusal("book/..", "holds the book");
    disk.expect_refusal(".", "holds the book");
    disk.expect_refusal("/", "holds the book");
    disk.expect_refusal("book/content", "is inside the book's `content`");
    disk.expect_refusal("book/content/public", "is inside the book's `content`");
    disk.expect_refusal("book/content/new/public", "is inside the book's `content`");
    disk.expect_refusal("to-book/content/public", "is inside the book's `content`");
    disk.expect_refusal("book/themes/own", "is inside the book's `themes`");
    disk.expect_refusal("to-book/themes/new", "is inside the book's `themes`");
}

#[test]
fn inputs_that_are_links_are_protected_where_they_lead() {
    let disk = Disk::new();
    fs::remove_dir_all(disk.at("book/themes")).unwrap();
    fs::create_dir(disk.at("shared")).unwrap();
    fs::create_dir(disk.at("shared/themes")).unwrap();
    symlink(disk.at("shared/themes"), disk.at("book/themes")).unwrap();
    disk.expect_refusal("shared/themes/public", "is inside the book's `themes`");
    disk.expect_refusal("shared", "holds the book's `themes`");
}

#[test]
fn names_like_the_books_are_not_confused_with_them() {
    let disk = Disk::new();
    for out in ["book2", "book/content2", "book/public", "book/content/../theme", "boo"] {
        write(disk.open(&disk.at(out), 1).unwrap(), ONE).unwrap();
        assert_eq!(disk.site(out), owned(ONE));
    }
}

#[test]
fn what_is_not_a_folder_is_refused() {
    let disk = Disk::new();
    disk.write("file", "x");
    fs::create_dir(disk.at("folder")).unwrap();
    symlink(disk.at("folder"), disk.at("link")).unwrap();
    symlink(disk.at("nowhere"), disk.at("dangling")).unwrap();
    symlink("loop", disk.at("loop")).unwrap();
    disk.expect_refusal("file", "is not a folder");
    disk.expect_refusal("book/book.toml", "is not a folder");
    disk.expect_refusal("link", "is a link");
    disk.expect_refusal("link/", "is a link");
    disk.expect_refusal("dangling", "is a link");
    disk.expect_refusal("loop", "is a link");
}

#[test]
fn folders_of_others_are_refused() {
    let disk = Disk::new();
    for file in ["home/.bashrc", "git/.git/HEAD", "deep/a/b/c", "site/index.html"] {
        disk.write(file, "precious");
        let folder = file.split('/').next().unwrap();
        disk.expect_refusal(folder, "holds what fieldguide did not write: `");
    }
    fs::create_dir_all(disk.at("empty/inside")).unwrap();
    disk.expect_refusal("empty", "holds what fieldguide did not write: `inside/`");
}

#[test]
fn a_site_with_foreign_things_in_it_is_refused() {
    #[track_caller]
    fn case(add: impl Fn(&Disk), named: &str) {
        for out in ["public", ".public.spare"] {
            let disk = Disk::built();
            fs::rename(disk.at(out), disk.at("site")).unwrap();
            add(&disk);
            fs::rename(disk.at("site"), disk.at(out)).unwrap();
            disk.expect_refusal("public", &format!("`{named}`"));
        }
    }
    let replace = |disk: &Disk, path: &str, target: &str| {
        disk.write("elsewhere/e.css", "e");
        let _ =
            fs::remove_file(disk.at(path)).or_else(|_| fs::remove_dir_all(disk.at(path)));
        symlink(disk.at(target), disk.at(path)).unwrap();
    };
    case(|disk| disk.write("site/note.txt", "mine"), "note.txt");
    case(|disk| disk.write("site/c/d/note.txt", "mine"), "c/d/note.txt");
    case(|disk| disk.write("site/.git/HEAD", "ref"), ".git/");
    case(|disk| fs::create_dir(disk.at("site/empty")).unwrap(), "empty/");
    case(|disk| disk.write("site/c/.fieldguide.part", "mine"), "c/.fieldguide.part");
    case(
        |disk| fs::create_dir(disk.at("site/.fieldguide.part")).unwrap(),
        ".fieldguide.part/",
    );
    case(|disk| replace(disk, "site/b.html", "elsewhere/e.css"), "b.html");
    case(|disk| replace(disk, "site/c/d", "elsewhere"), "c/d");
    case(
        |disk| {
            fs::remove_file(disk.at("site/b.html")).unwrap();
            disk.write("site/b.html/mine", "mine");
        },
        "b.html/",
    );
    case(
        |disk| {
            let pipe = disk.at("site/pipe");
            rustix::fs::mknodat(CWD, pipe, FileType::Fifo, Mode::RUSR, 0).unwrap();
        },
        "pipe",
    );
    case(
        |disk| {
            let name = disk.at("site").join(OsStr::from_bytes(b"\xff.html"));
            fs::write(name, "mine").unwrap();
        },
        "\u{fffd}.html",
    );
}

#[test]
fn eight_foreign_files_are_named_and_the_others_counted() {
    let disk = Disk::built();
    for i in 10..21 {
        disk.write(&format!("public/f{i}"), "");
    }
    disk.expect_refusal(
        "public",
        "`f10`, `f11`, `f12`, `f13`, `f14`, `f15`, `f16`, `f17` and 3 more",
    );
}

#[test]
fn a_manifest_that_no_build_wrote_gives_no_right_to_remove() {
    #[track_caller]
    fn case(manifest: &str, message: &str) {
        for folder in ["public", ".public.spare"] {
            let disk = Disk::new();
            disk.write("x", "precious");
            disk.write(&format!("{folder}/mine/x"), "precious");
            disk.write(&format!("{folder}/{MANIFEST}"), manifest);
            disk.expect_refusal("public", message);
        }
    }
    let files = |paths: &[&str]| {
        let files: Vec<_> = paths
            .iter()
            .map(|p| format!(r#"{{"path":"{p}","size":8,"hash":"0000000000000000"}}"#))
            .collect();
        let files = files.join(",");
        format!(r#"{{"format":1,"tool":"0","fingerprint":null,"files":[{files}]}}"#)
    };
    for path in [
        "../x",
        "mine/../../x",
        "/etc/passwd",
        "",
        "mine//x",
        "./mine/x",
        "mine/.",
        "a\\u0000",
    ] {
        case(&files(&[path]), "which no build writes");
    }
    case(&files(&["mine/x", "a"]), "lists `a`, which no build writes");
    case(&files(&["mine/x", "mine/x"]), "lists `mine/x`, which no build writes");
    case(&files(&[MANIFEST]), "which no build writes");
    case(&files(&["mine/y"]), "did not write: `mine/x`");
    case(&files(&["mine/x"]).replace("\"format\":1", "\"format\":7"), "has format 7");
    case(r#"{"format":2,"new":[]}"#, "has format 2");
    for garbage in ["", "{}", "[]", "null", "\u{0}\u{1}", &files(&["mine/x"])[..40]] {
        case(garbage, "is not a manifest of fieldguide");
    }
    case(&files(&["mine/x"]).replace("null", "7"), "is not a manifest of fieldguide");
    case(&files(&["mine/x"]).replace("8", "-8"), "is not a manifest of fieldguide");
}

#[test]
fn a_name_that_is_not_utf8_is_no_file_of_ours_whatever_it_is_shown_as() {
    let disk = Disk::new();
    disk.build(&[("\u{fffd}.html", "ours")]).unwrap();
    fs::remove_file(disk.at("public/\u{fffd}.html")).unwrap();
    fs::write(disk.at("public").join(OsStr::from_bytes(b"\xff.html")), "mine").unwrap();
    disk.expect_refusal("public", "`\u{fffd}.html`");
}

#[test]
fn a_manifest_that_is_not_a_file_is_refused() {
    for out in ["public", ".public.spare"] {
        let disk = Disk::built();
        let manifest = disk.at(out).join(MANIFEST);
        fs::rename(&manifest, disk.at("aside")).unwrap();
        symlink(disk.at("aside"), &manifest).unwrap();
        disk.expect_refusal("public", "is not a manifest");
        fs::remove_file(&manifest).unwrap();
        rustix::fs::mknodat(CWD, &manifest, FileType::Fifo, Mode::RUSR, 0).unwrap();
        disk.expect_refusal("public", "is not a manifest");
        fs::remove_file(&manifest).unwrap();
        fs::create_dir(&manifest).unwrap();
        disk.expect_refusal("public", "is not a manifest");
    }
}

#[test]
fn names_beside_the_output_that_others_use_are_left_alone() {
    let disk = Disk::built();
    disk.write(".public.old/mine", "precious");
    disk.build(TWO).unwrap();
    assert_eq!(disk.site(".public.old")["mine"], "precious");
    fs::remove_dir_all(disk.at(".public.spare")).unwrap();
    disk.write(".public.spare", "precious");
    disk.expect_refusal("public", ".public.spare` is not a folder");
    fs::remove_file(disk.at(".public.spare")).unwrap();
    symlink(disk.at("public"), disk.at(".public.spare")).unwrap();
    disk.expect_refusal("public", ".public.spare` is not a folder");
    fs::remove_file(disk.at(".public.spare")).unwrap();
    disk.write(".public.lock", "precious");
    disk.expect_refusal("public", "is not a lock of fieldguide");
    fs::remove_file(disk.at(".public.lock")).unwrap();
    symlink(disk.at("book/book.toml"), disk.at(".public.lock")).unwrap();
    disk.expect_refusal("public", "is not a lock of fieldguide");
    fs::remove_file(disk.at(".public.lock")).unwrap();
    fs::create_dir(disk.at(".public.lock")).unwrap();
    disk.expect_refusal("public", "is not a lock of fieldguide");
}

#[test]
fn what_the_system_does_not_allow_is_one_failure_with_its_path() {
    #[track_caller]
    fn case(disk: &Disk, out: &str, message: &str) {
        let before = disk.snapshot();
        let found = disk.open(&disk.at(out), 1).unwrap_err();
        assert_eq!((found.len(), found[0].code), (1, Code::Io));
        let expected = message.replace("ROOT", disk.root.path().to_str().unwrap());
        assert_eq!(found[0].message, expected);
        assert_eq!(found[0].hints.len(), 1);
        assert_eq!(disk.snapshot(), before);
    }
    let disk = Disk::new();
    disk.write("file", "x");
    case(&disk, "file/public", "failed to find `ROOT/file/public` (not a directory)");
    let long = "x".repeat(252);
    case(
        &disk,
        &long,
        &format!("failed to lock `ROOT/.{long}.lock` (file name too long)"),
    );
    let found = disk.open(Path::new(""), 1).unwrap_err();
    assert_eq!(found[0].code, Code::Io);
}

#[test]
fn paths_that_lead_elsewhere_are_not_written() {
    let disk = Disk::new();
    disk.build(ONE).unwrap();
    let before = disk.snapshot();
    for path in
        ["", "/", "/etc/x", "../x", "a/../x", "a/..", ".", "a//b", "a/", "a\0b", MANIFEST]
    {
        let found = disk.build(&[(path, "x")]).unwrap_err();
        assert_eq!((found.len(), found[0].code), (1, Code::BadFileName), "{path}");
    }
    for pair in [[("b", ""), ("a", "")], [("a", ""), ("a", "")]] {
        assert_eq!(disk.build(&pair).unwrap_err()[0].code, Code::BadFileName);
    }
    // Nor is a folder where a file is; the disk itself says so.
    assert_eq!(disk.build(&[("a", ""), ("a/b", "")]).unwrap_err()[0].code, Code::Io);
    assert_eq!(disk.site("public"), owned(ONE));
    assert!(disk.snapshot().keys().all(|path| before.contains_key(path)));
}
