//! Golden sites: small books whose whole output is kept in `tests/goldens/NAME/` and compared
//! byte for byte. `UPDATE=1 cargo test --test suite goldens` writes what the program makes now;
//! read the change before you commit it.
//!
//! A golden has two parts: `site/` holds files in full, `site.sums` a line with path, length and
//! hash for each of the others, which are large or the same for all books.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{Project, copy};

/// Files of a site by their paths.
type Files = BTreeMap<String, Vec<u8>>;

/// Whether a file is kept in full.
type InFull = fn(&str) -> bool;

#[test]
fn a_book_with_every_kind_of_fact_and_prose_is_as_kept() {
    compare("plain", &kept_book("plain"), is_text_of_the_book);
}

#[test]
fn a_book_without_languages_is_as_kept() {
    let project = kept_book("without-languages");
    let files = compare("without-languages", &project, is_text_of_the_book);
    assert!(!files.keys().any(|path| path.starts_with("languages/")));
}

/// Every string of the theme is put into marks, as `⟦Home⟧`. Text that is in no marks and comes
/// from no book is text that a translation cannot reach.
#[test]
fn a_book_in_a_second_language_is_as_kept() {
    let english = fs::read_to_string(in_repository("themes/default/strings/en.toml"));
    let english: toml::Table = english.unwrap().parse().unwrap();
    let marked = english.into_iter().map(|(key, value)| (key, marked(value)));
    let marked = marked.collect::<toml::Table>();
    let marked = toml_text(&marked);
    let theme = "name = \"marked\"\nextends = \"default\"\nrequires = \">=0.1\"\n";
    let project = kept_book("second-language")
        .bytes("themes/marked/theme.toml", theme.as_bytes())
        .bytes("themes/marked/strings/de.toml", marked.as_bytes());
    compare("second-language", &project, is_text_of_the_book);
}

/// More than 2,500 cells: the columns of tables have one width.
#[test]
fn a_table_with_columns_of_one_width_is_as_kept() {
    let project = made_up_book(36, 72, "");
    compare("large-fixed", &project, is_small_sample);
}

/// More than 8,000 cells: a table for each group.
#[test]
fn a_table_in_parts_is_as_kept() {
    let project = made_up_book(80, 102, "");
    let files = compare("large-parts", &project, |_| false);
    assert!(text(&files["compare/index.html"]).matches("<table").count() > 1);
}

/// More than 8,000 cells, laid out when they come into view.
#[test]
fn a_table_laid_out_as_a_grid_is_as_kept() {
    let project = made_up_book(80, 102, "[tables]\nlarge = \"grid\"\n");
    let files = compare("large-grid", &project, |_| false);
    assert_eq!(text(&files["compare/index.html"]).matches("<table").count(), 1);
}

/// Pages, data and Markdown are kept in full, files of the theme are not.
fn is_text_of_the_book(path: &str) -> bool {
    let is_text = [".html", ".md", ".json", ".csv", ".xml", ".txt"];
    is_text.iter().any(|end| path.ends_with(end)) || path.starts_with("theme/tokens.")
}

/// One page of each kind that has a large table.
fn is_small_sample(path: &str) -> bool {
    ["frameworks/thing-00/index.html", "criteria/crit-00/index.html"].contains(&path)
}

fn in_repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// A string of the theme, or each of its plural forms, in marks.
fn marked(value: toml::Value) -> toml::Value {
    match value {
        toml::Value::Table(forms) => {
            let forms =
                forms.into_iter().map(|(category, text)| (category, marked(text)));
            toml::Value::Table(forms.collect())
        }
        text => toml::Value::String(format!("⟦{}⟧", text.as_str().unwrap())),
    }
}

/// A table of strings as the text of a strings file.
fn toml_text(strings: &toml::Table) -> String {
    let value = |value: &toml::Value| match value {
        toml::Value::Table(forms) => {
            let form = |(category, text): (&String, &toml::Value)| {
                format!("{category} = {}", quoted(text.as_str().unwrap()))
            };
            format!("{{ {} }}", forms.iter().map(form).collect::<Vec<_>>().join(", "))
        }
        text => quoted(text.as_str().unwrap()),
    };
    strings.iter().map(|(key, text)| format!("{key} = {}\n", value(text))).collect()
}

/// A text as a TOML string.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The book that a golden is kept with.
fn kept_book(name: &str) -> Project {
    let project = Project::empty();
    copy(&in_repository(&format!("tests/goldens/{name}/book")), &project.root());
    project
}

/// A book with so many frameworks and criteria, the same on every run.
fn made_up_book(frameworks: usize, criteria: usize, settings: &str) -> Project {
    let mut text = String::new();
    for group in 0..3 {
        let _ = writeln!(
            text,
            "[[group]]\nid = \"group-{group}\"\ntitle = \"Group {group}\"\n"
        );
    }
    for i in 0..criteria {
        let _ = write!(
            text,
            "[[criterion]]\nid = \"crit-{i:02}\"\ngroup = \"group-{}\"\n\
             title = \"Criterion {i}\"\nquestion = \"What about {i}?\"\n{}\n",
            i * 3 / criteria,
            [
                "kind = \"boolean\"\n",
                "kind = \"number\"\nunit = \"ms\"\nutility = [[1, 100], [99, 0]]\n"
            ][i % 2]
        );
    }
    let book = format!(
        "[book]\ntitle = \"Made-up things\"\nbase_url = \"https://example.org/things/\"\n\
         [check]\nunsourced-fact = \"off\"\n{settings}"
    );
    let mut project = Project::empty()
        .bytes("book.toml", book.as_bytes())
        .bytes("content/criteria.toml", text.as_bytes());
    for i in 0..frameworks {
        let mut text = format!(
            "name = \"Thing {i:02}\"\nsummary = \"Thing number {i}.\"\n[facts]\n"
        );
        for c in 0..criteria {
            let value = (i * 31 + c * 17) % 99 + 1;
            let _ = match c % 2 {
                0 => writeln!(text, "crit-{c:02} = {}", value % 3 == 0),
                _ => writeln!(text, "crit-{c:02} = {value}"),
            };
        }
        let path = format!("content/frameworks/thing-{i:02}.toml");
        project = project.bytes(&path, text.as_bytes());
    }
    project
}

/// Builds a book and compares all that was written with what is kept, or keeps it.
#[track_caller]
fn compare(name: &str, project: &Project, in_full: InFull) -> Files {
    let _ = project.run(&["build"]).ends(0);
    let mut files = Files::new();
    read(&project.path("public"), "", &mut files);
    files.remove(".fieldguide.json").expect("the manifest is written");
    let folder = in_repository(&format!("tests/goldens/{name}"));
    if std::env::var_os("UPDATE").is_some() {
        keep(&folder, &files, in_full);
    }
    let mut kept = Files::new();
    read(&folder.join("site"), "", &mut kept);
    let mut faults = String::new();
    for path in kept.keys().filter(|path| !files.contains_key(*path)) {
        let _ = writeln!(faults, "{path}: is not made any more");
    }
    for (path, bytes) in files.iter().filter(|(path, _)| in_full(path)) {
        match kept.get(path) {
            None => drop(writeln!(faults, "{path}: is new")),
            Some(kept) if kept == bytes => {}
            Some(kept) => faults += &difference(path, kept, bytes),
        }
    }
    let sums = fs::read_to_string(folder.join("site.sums")).unwrap_or_default();
    faults +=
        &difference("site.sums", sums.as_bytes(), sums_of(&files, in_full).as_bytes());
    assert!(
        faults.is_empty(),
        "the site of tests/goldens/{name} differs from what is kept:\n{faults}\
         If that is meant: UPDATE=1 cargo test --test suite goldens, then read the change."
    );
    files
}

/// Writes a golden anew.
fn keep(folder: &Path, files: &Files, in_full: InFull) {
    let site = folder.join("site");
    if site.exists() {
        fs::remove_dir_all(&site).unwrap();
    }
    for (path, bytes) in files.iter().filter(|(path, _)| in_full(path)) {
        let path = site.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("site.sums"), sums_of(files, in_full)).unwrap();
}

/// A line for each file that is not kept in full.
fn sums_of(files: &Files, in_full: InFull) -> String {
    let others = files.iter().filter(|(path, _)| !in_full(path));
    let line = |(path, bytes): (&String, &Vec<u8>)| {
        format!("{path} {} {:016x}\n", bytes.len(), rapidhash::v3::rapidhash_v3(bytes))
    };
    others.map(line).collect()
}

/// The first lines in which two texts differ, each with its number; empty if they are the same.
fn difference(path: &str, kept: &[u8], made: &[u8]) -> String {
    let (kept, made) = (String::from_utf8_lossy(kept), String::from_utf8_lossy(made));
    if kept == made {
        return String::new();
    }
    let (kept, made): (Vec<_>, Vec<_>) = (kept.lines().collect(), made.lines().collect());
    let mut text = format!("{path}: {} lines kept, {} made\n", kept.len(), made.len());
    let lines = (0..kept.len().max(made.len())).filter(|i| kept.get(*i) != made.get(*i));
    for i in lines.take(3) {
        for (sign, lines) in [('-', &kept), ('+', &made)] {
            if let Some(line) = lines.get(i) {
                let _ = writeln!(text, "  {}{sign} {line:.400}", i + 1);
            }
        }
    }
    text
}

fn read(folder: &Path, below: &str, files: &mut Files) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let entry = entry.unwrap();
        let path = format!("{below}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            read(&entry.path(), &format!("{path}/"), files);
        } else {
            files.insert(path, fs::read(entry.path()).unwrap());
        }
    }
}
