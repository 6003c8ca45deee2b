//! What all messages have in common, and that none is without a case.

use super::{files, read};

/// Codes that no content can cause; other files of tests hold them.
const ELSEWHERE: &[(&str, &str)] = &[];

/// The annotated lines of all cases that start with one of these words.
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
