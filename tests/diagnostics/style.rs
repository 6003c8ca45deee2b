//! What all messages have in common, and that none is without a case.

use std::fs;
use std::path::Path;

use fieldguide::diag::Code;

use super::{files, read};

/// Codes that no file laid over the small book can cause: the test that does, and by what it
/// knows them.
const ELSEWHERE: &[(Code, &str, &str)] = &[
    (Code::NotUtf8, "tests/check/files.rs", "not-utf8"),
    (Code::SpecialFile, "tests/check/files.rs", "special-file"),
    (Code::Io, "tests/check/files.rs", ":1:1 io"),
    (Code::NoBook, "tests/check/options.rs", "error[no-book]"),
    (Code::Usage, "tests/check/options.rs", "error[usage]"),
    (Code::BadImage, "tests/check/files.rs", "bad-image"),
    (Code::ScriptInAsset, "tests/check/files.rs", "script-in-asset"),
    (Code::TableTooLarge, "tests/check.rs", "table-too-large"),
    (Code::OutputRefused, "tests/output.rs", "Code::OutputRefused"),
    (Code::OutputLocked, "tests/output/interrupted.rs", "Code::OutputLocked"),
    (Code::OutputNotAtomic, "tests/faults.sh", "file by file"),
    (Code::FileExists, "tests/init.rs", "[file-exists]"),
    (Code::Git, "tests/publish/refused.rs", "error[git]"),
    (Code::PublishRefused, "tests/publish/refused.rs", "error[publish-refused]"),
    (Code::PublishLost, "tests/publish/race.rs", "error[publish-lost]"),
    (Code::Ended, "tests/publish/ended.rs", "error[ended]"),
    (Code::PortTaken, "tests/serve.rs", "error[port-taken]"),
    (Code::Exposed, "tests/serve.rs", "warning[exposed]"),
    (Code::NoEvents, "tests/serve.sh", "warning[no-events]"),
];

/// What the cases say after one of these words, such as "error[" or "hint: ".
fn annotations(starts: &[&str]) -> Vec<String> {
    let mut all = Vec::new();
    for path in files() {
        let (text, ..) = read(&path);
        for line in text.lines() {
            let line = line.trim_start();
            let inner = line.strip_prefix("# ").or_else(|| line.strip_prefix("<!-- "));
            let inner = inner.map(|inner| inner.strip_suffix(" -->").unwrap_or(inner));
            let inner = inner.filter(|i| starts.iter().any(|s| i.starts_with(s)));
            all.extend(inner.map(str::to_owned));
        }
    }
    all
}

/// The messages of the cases, without code and place.
fn messages() -> Vec<String> {
    let all = annotations(&["error[", "warning["]).into_iter().map(|line| {
        let (_, rest) = line.split_once("]: ").expect("a code stands in brackets");
        let (first, more) = rest.split_once(' ').unwrap_or((rest, ""));
        let is_place = first.ends_with(|c: char| c.is_ascii_digit())
            && first.chars().all(|c| c.is_ascii_digit() || "-+:".contains(c));
        let is_path = first.contains(":") && first.contains('/');
        if is_place || is_path || first.starts_with("book.toml:") { more } else { rest }
            .to_owned()
    });
    all.collect()
}

#[test]
fn every_code_has_a_case() {
    let found = annotations(&["error[", "warning["]);
    let mut missing = Vec::new();
    for code in Code::ALL {
        let name = code.name();
        let is_found = found.iter().any(|line| line.contains(&format!("[{name}]")));
        let elsewhere = ELSEWHERE.iter().find(|(known, ..)| known == code);
        match elsewhere {
            Some(_) if is_found => missing.push(format!("{name} has a case after all")),
            Some((_, test, words)) => {
                let root = Path::new(env!("CARGO_MANIFEST_DIR"));
                let text = fs::read_to_string(root.join(test)).unwrap_or_default();
                if !text.contains(words) {
                    missing.push(format!("{name} is not in {test}"));
                }
            }
            None if !is_found => missing.push(format!("{name} has no case")),
            None => {}
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn messages_and_hints_are_of_one_style() {
    let hints = annotations(&["hint: "]);
    let hints = hints.iter().map(|hint| hint["hint: ".len()..].to_owned());
    let mut faults = Vec::new();
    for text in messages().into_iter().chain(hints) {
        let first = text.chars().next().unwrap_or('A');
        let is_lower = first.is_lowercase() || first == '`';
        let ends_well = !text.ends_with(['.', '!', ' ', ':', ',']);
        let lower = text.to_lowercase();
        let is_plain =
            !["please", "sorry", "oops", "error:", "invalid", "illegal", "``", "  "]
                .iter()
                .any(|word| lower.contains(word));
        let is_tame = !lower.contains("toml::") && !lower.contains("os error");
        let names_are_marked = text.matches('`').count().is_multiple_of(2);
        let is_fine = is_lower && ends_well && is_plain && is_tame && names_are_marked;
        if !is_fine && !text.contains("⏎") {
            faults.push(text);
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_error_of_a_book_has_a_way_out() {
    let mut faults = Vec::new();
    for path in files() {
        let (text, ..) = read(&path);
        let lines: Vec<&str> = text.lines().collect();
        for (i, line) in lines.iter().enumerate() {
            let inner =
                line.trim_start().trim_start_matches("# ").trim_start_matches("<!-- ");
            if !inner.starts_with("error[") {
                continue;
            }
            let below = lines[i + 1..].iter().map(|line| line.trim_start());
            let mut below = below
                .map(|line| line.trim_start_matches("# ").trim_start_matches("<!-- "))
                .take_while(|line| {
                    ["hint: ", "label: ", "note: "].iter().any(|s| line.starts_with(s))
                });
            // A message that says what is expected, or that two places are at odds, will do.
            let speaks = inner.contains(" expected ") || below.any(|_| true);
            if !speaks {
                faults.push(inner.to_owned());
            }
        }
    }
    faults.dedup();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Rooms whose messages content can cause.
const ROOMS: &[&str] =
    &["src/source", "src/raw", "src/book", "src/rank/mod.rs", "src/plan"];

#[test]
fn every_message_has_a_case() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let rust = |folder: &str| {
        walkdir::WalkDir::new(root.join(folder))
            .sort_by_file_name()
            .into_iter()
            .map(|entry| entry.expect("it can be read").into_path())
            .filter(|path| path.extension().is_some_and(|e| e == "rs"))
            .collect::<Vec<_>>()
    };
    let said = messages();
    let in_rust = rust("tests/check").into_iter().chain(rust("tests/check.rs"));
    let in_rust: String =
        in_rust.map(|p| fs::read_to_string(p).expect("UTF-8")).collect();
    let mut missing = Vec::new();
    for path in ROOMS.iter().flat_map(|room| rust(room)) {
        let text = fs::read_to_string(&path).expect("source is UTF-8");
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        for stem in stems(text) {
            let is_said = said.iter().any(|message| fits(message, &stem));
            let longest =
                parts(&stem).into_iter().max_by_key(|p| p.len()).unwrap_or_default();
            if !is_said && !in_rust.contains(&longest) {
                missing.push(format!("{}: {stem}", path.display()));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// The literals of messages in a source text.
fn stems(text: &str) -> Vec<String> {
    let mut stems = Vec::new();
    let openers =
        ["Diagnostic::new(", "Diagnostic::placeless(", "Fault::new(", "let message ="];
    for opener in openers {
        for (at, _) in text.match_indices(opener) {
            let rest = &text[at + opener.len()..];
            let end = if opener.ends_with('(') { closing(rest) } else { statement(rest) };
            stems.extend(literals(&rest[..end]));
        }
    }
    stems.sort();
    stems.dedup();
    stems
}

/// Where the bracket is closed that was opened before a text.
fn closing(text: &str) -> usize {
    let mut depth = 1;
    let mut in_text = false;
    let bytes = text.as_bytes();
    for (i, byte) in bytes.iter().enumerate() {
        match byte {
            b'"' if i == 0 || bytes[i - 1] != b'\\' => in_text = !in_text,
            b'(' if !in_text => depth += 1,
            b')' if !in_text => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return i;
        }
    }
    text.len()
}

/// Where a statement ends: braces within it are closed.
fn statement(text: &str) -> usize {
    let mut ends = text.match_indices(";\n").map(|(at, _)| at);
    let is_whole = |at: &usize| {
        let inner = &text[..*at];
        inner.matches('{').count() == inner.matches('}').count()
    };
    ends.find(is_whole).unwrap_or(text.len())
}

/// Texts between quotes that are neither hints nor patterns.
fn literals(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut before = String::new();
    while let Some(start) = rest.find('"') {
        before.push_str(&rest[..start]);
        let inner = &rest[start + 1..];
        let bytes = inner.as_bytes();
        let end = (0..bytes.len()).find(|i| {
            bytes[*i] == b'"'
                && (*i == 0
                    || bytes[i - 1] != b'\\'
                    || bytes[i.saturating_sub(2)] == b'\\')
        });
        let Some(end) = end else { break };
        let literal = inner[..end].replace("\\\"", "\"").replace("\\\\", "\\");
        rest = &inner[end + 1..];
        let after = rest.trim_start();
        let is_pattern = ["=>", "|", "if "].iter().any(|start| after.starts_with(start));
        let is_hint = before.trim_end().ends_with("hint(")
            || before.trim_end().ends_with("hint(format!(");
        if literal.contains(' ') && !is_pattern && !is_hint {
            found.push(
                literal
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ")
                    .replace("\\ ", ""),
            );
        }
    }
    found
}

/// The words of a stem between what is filled in.
fn parts(stem: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = stem;
    while let Some((before, after)) = rest.split_once('{') {
        parts.push(before.to_owned());
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    parts.push(rest.to_owned());
    parts
}

/// Whether a message is made from a stem.
fn fits(message: &str, stem: &str) -> bool {
    let mut rest = message;
    for (i, part) in parts(stem).iter().enumerate() {
        match rest.find(part.as_str()) {
            Some(0) => rest = &rest[part.len()..],
            Some(at) if i > 0 => rest = &rest[at + part.len()..],
            _ => return false,
        }
    }
    true
}
