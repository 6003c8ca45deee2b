//! `build --target tar`: one archive that GitHub's pages take, the same bytes each time.

use std::collections::BTreeMap;

use crate::support::Project;

/// An entry of an archive: its mode, what it is, its bytes.
type Entry = (u32, u8, Vec<u8>);

/// Reads an archive as POSIX describes it, and asserts that nothing in it depends on when or
/// by whom it was made. Paths in the order they stand, and entries by path.
fn unpack(bytes: &[u8]) -> (Vec<String>, BTreeMap<String, Entry>) {
    let (mut paths, mut entries) = (Vec::new(), BTreeMap::new());
    let (mut at, mut longer) = (0, None);
    assert_eq!(bytes.len() % 512, 0);
    while bytes[at..at + 512] != [0; 512] {
        let head = &bytes[at..at + 512];
        let text = |from: usize, to: usize| {
            let field = head[from..to].split(|b| *b == 0 || *b == b' ').next().unwrap();
            String::from_utf8(field.to_vec()).unwrap()
        };
        // The header of a record leaves out numbers that say nothing.
        let is_record = head[156] == b'x';
        let number = |from, to| {
            let digits = text(from, to);
            if is_record && digits.is_empty() {
                0
            } else {
                u64::from_str_radix(&digits, 8).unwrap()
            }
        };
        let sum: u64 = head.iter().map(|b| u64::from(*b)).sum();
        let field: u64 = head[148..156].iter().map(|b| u64::from(*b)).sum();
        assert_eq!(number(148, 156), sum - field + 8 * u64::from(b' '));
        assert_eq!(text(257, 263), "ustar");
        assert_eq!((number(108, 116), number(116, 124), number(136, 148)), (0, 0, 0));
        let size = usize::try_from(number(124, 136)).unwrap();
        let body = bytes[at + 512..at + 512 + size].to_vec();
        at += 512 + size.div_ceil(512) * 512;
        if is_record {
            let record = String::from_utf8(body).unwrap();
            let (length, rest) = record.split_once(' ').unwrap();
            assert_eq!(length.parse(), Ok(record.len()));
            longer = rest.trim_end().strip_prefix("path=").map(str::to_owned);
            continue;
        }
        let path = longer.take().unwrap_or_else(|| text(0, 100));
        paths.push(path.clone());
        let mode = u32::try_from(number(100, 108)).unwrap();
        assert!(
            entries.insert(path.clone(), (mode, head[156], body)).is_none(),
            "{path}"
        );
    }
    assert_eq!(bytes[at..], [0; 1024]);
    (paths, entries)
}

#[test]
fn the_archive_holds_the_site_and_nothing_of_its_maker() {
    let long = format!("content/assets/{}/{}.txt", "a".repeat(90), "b".repeat(150));
    let book = Project::minimal().file(&long, "far down\n");
    let _ = book.run(&["build"]).ends(0);
    let mut site = super::tree(&book.path("public"));
    site.remove(".fieldguide.json");
    let _ = book.run(&["build", "--target", "tar"]).ends(0).says("-> public.tar (");
    let first = book.read("public.tar");
    let (paths, entries) = unpack(&first);
    assert_eq!(paths[0], "./");
    let mut files = BTreeMap::new();
    for (path, (mode, kind, bytes)) in entries {
        let path = path.strip_prefix("./").unwrap();
        match kind {
            b'0' => {
                assert_eq!(mode, 0o644, "{path}");
                files.insert(path.to_owned(), bytes);
            }
            b'5' => {
                assert_eq!((mode, path.is_empty() || path.ends_with('/')), (0o755, true));
            }
            other => panic!("{path} is of type {other}"),
        }
    }
    assert_eq!(files, site);
    let in_order: Vec<&String> =
        paths.iter().filter(|path| !path.ends_with('/')).collect();
    assert!(in_order.is_sorted(), "{in_order:?}");

    let _ = book.run(&["build", "--target", "tar", "--jobs", "1"]).ends(0);
    assert!(book.read("public.tar") == first, "the second archive differs");
    assert!(!book.path(".public.tar.part").exists());
}

#[test]
fn only_an_archive_of_ours_is_replaced() {
    let refused = |book: Project, out: &str| {
        let before = super::tree(&book.root());
        let run = book.run(&["build", "--target", "tar", "--out", out]).ends(2);
        let _ = run.finds("error[output-refused]");
        assert_eq!(super::tree(&book.root()), before);
    };
    refused(Project::minimal().file("mine.tar", "mine\n"), "mine.tar");
    refused(Project::minimal().bytes("mine.tar", &[b'a'; 4096]), "mine.tar");
    refused(Project::minimal().link("mine.tar", "book.toml"), "mine.tar");
    refused(Project::minimal(), "content/site.tar");
    refused(Project::minimal(), "content");
}

#[test]
fn a_failed_archive_leaves_the_old_one() {
    let book = Project::minimal();
    let _ = book.run(&["build", "--target", "tar", "--out", "a/b/site.tar"]).ends(0);
    let first = book.read("a/b/site.tar");
    let book = book
        .file("themes/odd/theme.toml", "name = \"odd\"\nextends = \"default\"\n")
        .file("themes/odd/templates/guide.html", "{{ nothing.at.all }}\n")
        .edit("book.toml", "[book]\n", "[book]\ntheme = \"odd\"\n");
    let run = book.run(&["build", "--target", "tar", "--out", "a/b/site.tar"]);
    assert_eq!(run.status, 1, "{}{}", run.stdout, run.stderr);
    assert!(book.read("a/b/site.tar") == first);
    assert!(!book.path("a/b/.site.tar.part").exists());
}
