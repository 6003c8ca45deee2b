//! The build script. It lists the files of the built-in theme, and makes the keys of its
//! strings from `themes/default/strings/en.toml`, so that a key which the file does not have
//! fails to compile.

#![expect(clippy::disallowed_methods, reason = "it runs before the program exists")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, error, fs};

/// The folder of the built-in theme.
const THEME: &str = "themes/default";
/// Its strings in English.
const STRINGS: &str = "themes/default/strings/en.toml";

type Result = std::result::Result<(), Box<dyn error::Error>>;

fn main() -> Result {
    println!("cargo::rerun-if-changed={THEME}");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    strings(&out)?;
    theme_files(&out)
}

/// Lists the files of the theme as the content of a slice of paths and texts. Its README is
/// for authors of themes, and not part of it.
fn theme_files(out: &Path) -> Result {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::from(THEME)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("README.md") {
                files.push(path);
            }
        }
    }
    files.sort();
    let mut code = String::from("&[\n");
    for path in &files {
        let full = path.canonicalize()?;
        // In byte order of paths with `/` on every system.
        let name = path.to_str().ok_or("a path is not Unicode")?.replace('\\', "/");
        writeln!(code, "    ({name:?}, include_str!({full:?})),")?;
    }
    code.push_str("]\n");
    Ok(fs::write(out.join("theme_files.rs"), code)?)
}

/// Makes the enum of keys and their definitions.
fn strings(out: &Path) -> Result {
    let text = fs::read_to_string(STRINGS)?;
    let mut entries: Vec<(&str, &str)> = text.lines().filter_map(entry).collect();
    entries.sort_unstable();
    let (mut variants, mut definitions) = (String::new(), String::new());
    for (name, value) in &entries {
        let variant = variant(name);
        writeln!(variants, "    #[doc = \"`{name}`\"]\n    {variant},")?;
        let (placeholders, has_count) = (placeholders(value), value.starts_with('{'));
        writeln!(
            definitions,
            "    Definition {{ key: Key::{variant}, name: {name:?}, \
             placeholders: &{placeholders:?}, has_count: {has_count} }},"
        )?;
    }
    let code = format!(
        "/// A string of the default theme.\n\
         #[derive(Debug, Clone, Copy, PartialEq, Eq)]\n\
         pub enum Key {{\n{variants}}}\n\n\
         const DEFINITIONS: &[Definition] = &[\n{definitions}];\n"
    );
    Ok(fs::write(out.join("strings.rs"), code)?)
}

/// The key and the value of a line such as `key = "text"` or `key = { other = "text" }`.
fn entry(line: &str) -> Option<(&str, &str)> {
    line.split_once(" = ").filter(|(key, _)| is_name(key))
}

/// The name of a key as an enum's variant: `GoalScore` for `goal_score`.
fn variant(key: &str) -> String {
    let word = |word: &str| word[..1].to_uppercase() + &word[1..];
    key.split('_').map(word).collect()
}

/// The names between braces in a value, each once, in byte order.
fn placeholders(value: &str) -> Vec<&str> {
    let names = value.split('{').filter_map(|rest| Some(rest.split_once('}')?.0));
    let mut names: Vec<&str> = names.filter(|name| is_name(name)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn is_name(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    !text.is_empty() && text.chars().all(is_part)
}
