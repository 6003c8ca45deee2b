//! The repository's own guide, built.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use super::{crawl, tree};

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Runs `fieldguide` on the guide, on a fixed day.
#[track_caller]
fn run(here: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_fieldguide"))
        .args(arguments)
        .args(["--today", "2026-11-22"])
        .current_dir(here)
        .env_clear()
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {stderr}");
    String::from_utf8(output.stdout).unwrap()
}

/// Builds the guide into a folder.
#[track_caller]
pub(crate) fn build(out: &Path, arguments: &[&str]) {
    let out = out.to_str().unwrap();
    run(&repository(), &[&["build", "--out", out], arguments].concat());
}

#[test]
fn every_link_leads_somewhere_under_any_prefix() {
    let temp = TempDir::new().unwrap();
    let mut sites = Vec::new();
    for (i, prefix) in ["/", "/repo/", "/a/b/"].into_iter().enumerate() {
        let out = temp.path().join(format!("site-{i}"));
        build(&out, &["--base-url", &format!("https://example.org{prefix}")]);
        crawl::assert_whole(&out, prefix);
        sites.push(tree(&out));
    }
    // Only what must know its address differs from one to the other.
    for (path, bytes) in &sites[1] {
        let same = sites[2].get(path) == Some(bytes);
        let files = ["sitemap.xml", "changes/feed.xml", "llms.txt"];
        let knows = path.ends_with(".html") || files.contains(&path.as_str());
        let text = String::from_utf8_lossy(bytes).replace("/repo/", "/a/b/");
        let other = sites[2].get(path).map(|b| String::from_utf8_lossy(b).into_owned());
        let is_manifest = path == ".fieldguide.json";
        assert!(is_manifest || same || (knows && other == Some(text)), "{path}");
    }
}

#[test]
fn threads_and_folders_make_no_difference() {
    let temp = TempDir::new().unwrap();
    let copy = temp.path().join("elsewhere/the-guide");
    for folder in ["content", "book.toml"] {
        for (path, bytes) in tree_or_file(&repository().join(folder)) {
            let to = copy.join(folder).join(path);
            let to = if to.ends_with("book.toml/") { copy.join("book.toml") } else { to };
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::write(to, bytes).unwrap();
        }
    }
    let (one, many) = (temp.path().join("one"), temp.path().join("many"));
    build(&one, &["--jobs", "1"]);
    let many_path = many.to_str().unwrap();
    run(&copy, &["build", "--jobs", "8", "--out", many_path]);
    let (one, many) = (tree(&one), tree(&many));
    assert_eq!(one.keys().collect::<Vec<_>>(), many.keys().collect::<Vec<_>>());
    for (path, bytes) in &one {
        assert!(path == ".fieldguide.json" || many[path] == *bytes, "{path} differs");
    }
}

fn tree_or_file(path: &Path) -> Vec<(String, Vec<u8>)> {
    if path.is_dir() {
        tree(path).into_iter().collect()
    } else {
        vec![(String::new(), fs::read(path).unwrap())]
    }
}

/// "90.8" from 908.
fn score(tenths: &Value) -> String {
    let tenths = tenths.as_u64().unwrap();
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// "3,815" from 3815.
fn thousands(n: &Value) -> String {
    let n = n.as_u64().unwrap();
    if n < 1000 { n.to_string() } else { format!("{},{:03}", n / 1000, n % 1000) }
}

#[test]
fn explain_page_and_data_agree_to_the_digit() {
    let temp = TempDir::new().unwrap();
    build(temp.path().join("site").as_path(), &[]);
    let site = temp.path().join("site");
    for file in fs::read_dir(site.join("api/v1/goals")).unwrap() {
        let path = file.unwrap().path();
        let goal = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let data: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let page = site.join(format!("best-for/{goal}/index.html"));
        let page = fs::read_to_string(page).unwrap();
        let table = run(&repository(), &["explain", &goal]);
        for place in data["ranking"].as_array().unwrap() {
            let slug = place["framework"].as_str().unwrap();
            let (points, score) = (thousands(&place["A"]), score(&place["tenths"]));
            let row = table.lines().find(|line| {
                line.contains(&format!(" {points} "))
                    && line.contains(&format!(" {score} "))
            });
            let row = row.unwrap_or_else(|| panic!("{goal}: {slug}\n{table}"));
            assert!(row.starts_with(&place["rank"].to_string()), "{row}");
            let part = page.split(&format!("id=\"R-{slug}\"")).nth(1);
            let part = part.unwrap_or_else(|| panic!("{goal}: no part R-{slug}"));
            let part = part.split("id=\"R-").next().unwrap();
            assert!(part.contains(&score), "{goal}: {slug} has no {score} on its page");

            let sum = run(&repository(), &["explain", &goal, slug]);
            assert!(sum.contains(&format!("A = {points}\n")), "{sum}");
            assert!(sum.contains(&format!(": {score} of 100.")), "{sum}");
            assert_parts_add_up(&data, place, &sum);
        }
        assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
    }
}

/// Asserts that weight times utility makes A, in the data and line by line in `explain`.
#[track_caller]
fn assert_parts_add_up(data: &Value, place: &Value, sum: &str) {
    let utilities = place["utilities"].as_object().unwrap();
    let mut total = 0;
    for (criterion, weight) in data["weights"].as_object().unwrap() {
        if let Some(utility) = utilities[criterion].as_u64() {
            let weight = weight.as_u64().unwrap();
            total += weight * utility;
            let line = format!("{utility} × {weight:>2} = ");
            assert!(sum.contains(&line), "{line} is not in\n{sum}");
        }
    }
    assert_eq!(Some(total), place["A"].as_u64());
    assert!(sum.lines().all(|line| line.chars().count() <= 80), "{sum}");
}

#[test]
fn the_csv_says_what_the_json_says() {
    let temp = TempDir::new().unwrap();
    build(temp.path().join("site").as_path(), &[]);
    let api = temp.path().join("site/api/v1");
    let csv = fs::read_to_string(api.join("matrix.csv")).unwrap();
    let rows: Vec<Vec<String>> = csv.lines().map(cells).collect();
    let json: Value =
        serde_json::from_slice(&fs::read(api.join("frameworks.json")).unwrap()).unwrap();
    assert_eq!(rows.len(), json.as_array().unwrap().len() + 1);
    for (row, framework) in rows[1..].iter().zip(json.as_array().unwrap()) {
        assert_eq!(framework["slug"], row[0].as_str());
        for (criterion, cell) in rows[0][1..].iter().zip(&row[1..]) {
            let fact = &framework["facts"][criterion];
            let expected = match fact["state"].as_str().unwrap() {
                "unknown" => "unknown".to_owned(),
                "na" => "n/a".to_owned(),
                _ => match &fact["value"] {
                    Value::Bool(true) => "yes".to_owned(),
                    Value::Bool(false) => "no".to_owned(),
                    Value::Number(number) => number.to_string(),
                    Value::Array(none) if none.is_empty() => "none".to_owned(),
                    _ => continue,
                },
            };
            assert_eq!(*cell, expected, "{} {criterion}", row[0]);
        }
    }
}

/// The cells of a line of CSV whose cells hold no line ends.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_quoted = false;
    for c in line.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => cells.push(String::new()),
            c => cells.last_mut().unwrap().push(c),
        }
    }
    cells
}
