//! One mistake gives one finding: what follows from it is left out.

use fieldguide::diag::{Diagnostic, Texts};

use super::{Project, load_and_plan};

/// Files in which mistakes are made; each line of TOML in them is tried.
const FILES: &[&str] = &[
    "book.toml",
    "content/criteria.toml",
    "content/languages.toml",
    "content/sources.toml",
    "content/frameworks/django.toml",
    "content/frameworks/flask.toml",
    "content/goals/content-sites.md",
    "content/versus/django-vs-rails.md",
    "content/guides/how-to-choose.md",
];

/// What a mistake makes of a line; none if it has no place there.
type Slip = fn(&str) -> Option<String>;

/// Slips by name.
const MISTAKES: &[(&str, Slip)] = &[
    ("the last quote is missing", |line| without(line, line.rfind('"')?)),
    ("the first quote is missing", |line| without(line, line.find('"')?)),
    ("a bracket is missing", |line| without(line, line.rfind([']', '}'])?)),
    ("all closing brackets are missing", |line| {
        line.contains([']', '}']).then(|| line.replace([']', '}'], ""))
    }),
    ("the key lacks a letter", |line| {
        let (key, value) = line.split_once(" = ")?;
        Some(format!("{} = {value}", &key[..key.len() - 1]))
    }),
    ("the value is a number", |line| with_value(line, "12345")),
    ("the value is a table", |line| with_value(line, "{ a = 1 }")),
    ("the value is empty", |line| with_value(line, "\"\"")),
    ("the value is missing", |line| with_value(line, "")),
    ("the value is a word", |line| with_value(line, "word")),
    ("the value is no day", |line| with_value(line, "2026-02-30")),
    ("the equals sign is missing", |line| {
        let (key, value) = line.split_once(" = ")?;
        Some(format!("{key} {value}"))
    }),
    ("a colon stands for the equals sign", |line| {
        let (key, value) = line.split_once(" = ")?;
        Some(format!("{key}: {value}"))
    }),
    ("the header has one bracket", |line| {
        line.starts_with("[[").then(|| line.replace("[[", "[").replace("]]", "]"))
    }),
    ("the line stands twice", |line| {
        line.contains(" = ").then(|| format!("{line}\n{line}"))
    }),
];

fn without(line: &str, at: usize) -> Option<String> {
    Some(format!("{}{}", &line[..at], &line[at + 1..]))
}

fn with_value(line: &str, value: &str) -> Option<String> {
    let (key, old) = line.split_once(" = ")?;
    // A list of several lines would lose its end with its beginning.
    (!key.contains('{') && !old.ends_with('[')).then(|| format!("{key} = {value}"))
}

#[test]
fn one_mistake_gives_one_finding() {
    let book = Project::minimal();
    let root = book.root();
    let mut wrong = Vec::new();
    let mut mistakes = 0;
    for file in FILES {
        let path = root.join(file);
        let original = std::fs::read_to_string(&path).unwrap();
        let front = original.strip_prefix("+++\n").and_then(|rest| rest.find("\n+++"));
        let (head, rest) = original.split_at(front.map_or(original.len(), |at| at + 5));
        let lines: Vec<&str> = head.lines().collect();
        let tries = lines.iter().enumerate().flat_map(|(i, line)| {
            let mistakes = MISTAKES.iter();
            mistakes.filter_map(move |(name, mistake)| Some((i, *name, mistake(line)?)))
        });
        for (i, name, new) in tries {
            let mut lines = lines.clone();
            lines[i] = &new;
            std::fs::write(&path, format!("{}\n{rest}", lines.join("\n"))).unwrap();
            mistakes += 1;
            let found = findings(&root);
            if found.len() > 1 {
                wrong.push(format!(
                    "{file}:{} {name}: {new}\n{}",
                    i + 1,
                    found.join("\n")
                ));
            }
        }
        std::fs::write(&path, original).unwrap();
    }
    assert!(mistakes > 900, "only {mistakes} mistakes were made");
    let most = wrong.iter().take(40).cloned().collect::<Vec<_>>().join("\n");
    assert!(wrong.is_empty(), "{} of {mistakes} mistakes:\n{most}", wrong.len());
}

/// The findings of a book, for people.
fn findings(root: &std::path::Path) -> Vec<String> {
    let (sources, diags, _) = load_and_plan(root);
    let said = |found: &Diagnostic| match found.span {
        Some(span) => {
            let text = sources.text(span.file);
            let line = text.place(span.start as usize).line;
            format!("    {}:{line} {}", text.path, found.message)
        }
        None => format!("    {}", found.message),
    };
    diags.iter().map(said).collect()
}
