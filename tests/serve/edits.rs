//! Every way to save a file ends in the site that a clean build would make.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::fd::AsRawFd;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::time::{Duration, Instant};

use super::{assert_served, built};
use crate::support::preview::{is_page, route};
use crate::support::{Preview, Project};

/// How long a change may stay unseen.
const PROMISED: Duration = Duration::from_secs(2);

/// A way to bring new bytes to a path of a book.
type Save = fn(&Project, &str, &[u8]);

/// The ways in which editors, tools and version control save.
const SAVES: &[(&str, Save)] = &[
    ("truncates and writes", |book, path, bytes| {
        fs::write(book.path(path), bytes).unwrap();
    }),
    ("writes aside and renames", |book, path, bytes| {
        let aside = book.path("content/.new.tmp");
        fs::write(&aside, bytes).unwrap();
        fs::rename(aside, book.path(path)).unwrap();
    }),
    ("renames to a backup and creates", |book, path, bytes| {
        let backup = format!("{path}~");
        fs::rename(book.path(path), book.path(&backup)).unwrap();
        fs::write(book.path(path), bytes).unwrap();
        fs::remove_file(book.path(&backup)).unwrap();
    }),
    ("swaps hard links", |book, path, bytes| {
        let other = book.path("../other");
        fs::write(&other, bytes).unwrap();
        fs::remove_file(book.path(path)).unwrap();
        fs::hard_link(&other, book.path(path)).unwrap();
        fs::remove_file(other).unwrap();
    }),
    ("links a file that had no name", |book, path, bytes| {
        let folder = book.path(path);
        let folder = folder.parent().unwrap();
        let mut options = OpenOptions::new();
        let flags = i32::try_from(rustix::fs::OFlags::TMPFILE.bits()).unwrap();
        let mut file =
            options.write(true).mode(0o644).custom_flags(flags).open(folder).unwrap();
        file.write_all(bytes).unwrap();
        fs::remove_file(book.path(path)).unwrap();
        let unnamed = format!("/proc/self/fd/{}", file.as_raw_fd());
        let (cwd, follow) = (rustix::fs::CWD, rustix::fs::AtFlags::SYMLINK_FOLLOW);
        rustix::fs::linkat(cwd, unnamed, cwd, book.path(path), follow).unwrap();
    }),
    ("changes the mode and then in place", |book, path, bytes| {
        let path = book.path(path);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        let mut file = OpenOptions::new().write(true).open(path).unwrap();
        file.write_all(bytes).unwrap();
        file.set_len(bytes.len() as u64).unwrap();
    }),
    ("writes in place, byte by byte", |book, path, bytes| {
        let mut file = OpenOptions::new().write(true).open(book.path(path)).unwrap();
        for byte in bytes {
            file.write_all(&[*byte]).unwrap();
        }
        file.set_len(bytes.len() as u64).unwrap();
    }),
    ("removes, waits a little, appends", |book, path, bytes| {
        fs::remove_file(book.path(path)).unwrap();
        let mut file =
            OpenOptions::new().create(true).append(true).open(book.path(path)).unwrap();
        let (first, rest) = bytes.split_at(bytes.len() / 2);
        file.write_all(first).unwrap();
        file.sync_all().unwrap();
        file.write_all(rest).unwrap();
    }),
    ("moves the folder away and another in", |book, path, bytes| {
        let path = book.path(path);
        let (folder, name) = (path.parent().unwrap(), path.file_name().unwrap());
        let new = book.path("../new");
        fs::create_dir(&new).unwrap();
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            fs::copy(entry.path(), new.join(entry.file_name())).unwrap();
        }
        fs::write(new.join(name), bytes).unwrap();
        fs::rename(folder, book.path("../old")).unwrap();
        fs::rename(new, folder).unwrap();
        fs::remove_dir_all(book.path("../old")).unwrap();
    }),
    ("checks the whole tree out anew", |book, path, bytes| {
        let files = crate::build::tree(&book.path("content"));
        fs::remove_dir_all(book.path("content")).unwrap();
        for (name, old) in files {
            let full = book.path("content").join(&name);
            fs::create_dir_all(full.parent().unwrap()).unwrap();
            let is_it = format!("content/{name}") == path;
            fs::write(full, if is_it { bytes } else { &old }).unwrap();
        }
    }),
    ("restores an old time", |book, path, bytes| {
        let old = fs::metadata(book.path(path)).unwrap().modified().unwrap();
        let aside = book.path("../aside");
        fs::write(&aside, bytes).unwrap();
        File::options().write(true).open(&aside).unwrap().set_modified(old).unwrap();
        fs::rename(aside, book.path(path)).unwrap();
    }),
    ("puts a link to a file of the book", |book, path, bytes| {
        let shared = book.path(".shared");
        fs::write(&shared, bytes).unwrap();
        fs::remove_file(book.path(path)).unwrap();
        let up = "../".repeat(path.matches('/').count());
        std::os::unix::fs::symlink(format!("{up}.shared"), book.path(path)).unwrap();
        // What the link leads to changes as well.
        fs::write(&shared, bytes).unwrap();
    }),
];

/// The ways in which changes come to be known.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Known {
    /// The system tells.
    Events,
    /// Nothing tells; the folder is looked at.
    Looks,
    /// The system told of a folder that another has taken the place of.
    Stale,
}

#[track_caller]
fn saves(known: Known) {
    let book = Project::minimal();
    let arguments: &[&str] = if known == Known::Looks { &["--poll", "50"] } else { &[] };
    let preview = Preview::of(&book, arguments);
    let path = "content/frameworks/django.toml";
    let text = String::from_utf8(book.read(path)).unwrap();
    for (i, (name, save)) in SAVES.iter().enumerate() {
        if known == Known::Stale {
            replace(&book.root());
        }
        let word = format!("Saved {i:02}");
        let new = text.replace("Batteries included", &word);
        save(&book, path, new.as_bytes());
        let saved = Instant::now();
        preview
            .wait_for(name, || preview.page("frameworks/django/").text().contains(&word));
        let time = saved.elapsed();
        assert!(time < PROMISED, "{name}, {known:?}: {} ms", time.as_millis());
    }
    assert_served(&preview, &built(&book));
}

/// Puts a copy of a folder in its place.
fn replace(folder: &Path) {
    let (new, old) = (folder.with_extension("new"), folder.with_extension("old"));
    for (path, bytes) in crate::build::tree(folder) {
        let path = new.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    fs::rename(folder, &old).unwrap();
    fs::rename(new, folder).unwrap();
    fs::remove_dir_all(old).unwrap();
}

#[test]
fn every_way_to_save_is_seen_with_events() {
    saves(Known::Events);
}

#[test]
fn every_way_to_save_is_seen_without_events() {
    saves(Known::Looks);
}

#[test]
fn every_way_to_save_is_seen_where_events_are_of_another_folder() {
    saves(Known::Stale);
}

/// Waits until the site is that of a clean build.
#[track_caller]
pub(super) fn settle(preview: &Preview, book: &Project) -> BTreeMap<String, Vec<u8>> {
    let files = built(book);
    preview.wait_for("site like that of a clean build", || {
        files.iter().all(|(path, bytes)| {
            let response = preview.page(route(path));
            let is_whole =
                response.status == 200 && !response.text().contains("<strong>");
            let body = if is_page(path) && is_whole {
                response.without_script()
            } else {
                response.body.clone()
            };
            body == *bytes
        })
    });
    files
}

#[test]
fn every_kind_of_file_is_followed() {
    let book = super::of_every_kind();
    let mut preview = Preview::of(&book, &[]);
    let gone = preview.page("guides/how-to-choose/");
    assert_eq!(gone.status, 200);

    let book = book
        .edit("book.toml", "A small book", "Another title")
        .file("content/pages/about.md", "+++\ntitle = \"About\"\n+++\n\nNew.\n")
        .without("content/guides");
    settle(&preview, &book);
    assert_eq!(preview.page("guides/how-to-choose/").status, 404);
    assert_eq!(preview.page("about/").status, 200);

    let book = book
        .edit("content/assets/notes.txt", "Notes", "Other notes")
        .file(
            "themes/default/templates/not_found.html",
            "{% extends \"base.html\" %}{% block content %}<h1>Gone</h1>{% endblock %}\n",
        )
        .file("themes/default/assets/site.css", "body { color: #111; }\n");
    settle(&preview, &book);
    assert!(preview.page("nowhere").text().contains("<h1>Gone</h1>"));

    fs::rename(book.path("content/pages"), book.path("content/guides")).unwrap();
    let book = book
        .file(
            "content/guides/about.md",
            "+++\ntitle = \"About\"\nsummary = \"All.\"\n+++\n\nNew.\n",
        )
        .without("themes")
        .edit("book.toml", "/small/", "/other/place/");
    preview.wait_for("other address", || preview.stdout().contains("/other/place/"));
    preview.find_out();
    assert_eq!(preview.base, "/other/place/");
    settle(&preview, &book);
    assert_eq!(preview.page("guides/about/").status, 200);
}

#[test]
fn a_change_is_told_in_a_line_with_the_ranks_that_moved() {
    let book = Project::minimal();
    let preview = Preview::of(&book, &[]);
    preview.wait_for("first look", || true);
    let before = preview.page("best-for/content-sites/");
    let facts = "content/frameworks/rails.toml";
    let book = book.edit(facts, "docs = 4", "docs = 5").edit(
        facts,
        "admin = \"addon\"",
        "admin = \"built-in\"",
    );
    let line = "content/frameworks/rails.toml changed -> ";
    preview.wait_for("line", || preview.stdout().contains(line));
    assert!(
        preview.stdout().contains("; content-sites: rails 2 -> 1"),
        "{}",
        preview.stdout()
    );
    assert_ne!(preview.page("best-for/content-sites/"), before);

    // A file that is touched, or written as it is, changes nothing.
    let mut book = book;
    let bytes = book.read(facts);
    let mut words = "Facts and".to_owned();
    let is_counted = || {
        let said = preview.stdout();
        said.contains("content/index.md changed -> 1 page in ")
            || said.contains("\n1 of ")
    };
    for i in 0..50 {
        book = book.bytes(facts, &bytes);
        let next = format!("{i} facts and");
        book = book.edit("content/index.md", &words, &next);
        words = next;
        let line = "content/index.md changed -> ";
        preview.wait_for("next line", || {
            preview.stdout().matches(line).count() > i || is_counted()
        });
        if is_counted() {
            break;
        }
    }
    // A slow machine is still busy with the pages of the book before.
    preview.wait_for("count of pages", is_counted);
    let said = preview.stdout();
    assert_eq!(said.matches("rails.toml").count(), 1, "{said}");
}
