//! Rules of the repository: the shape of the source, and what its documents say of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Modules in order: each may import only those before it.
const MODULES: &[&str] = &[
    "diag", "source", "schema", "kinds", "raw", "book", "rank", "plan", "site",
    "pipeline", "output", "serve", "publish", "cli",
];

/// Longest file in lines, without its tests; lists may be longer.
const LONGEST: usize = 500;
/// Files that are lists, and may have 800 lines.
const LISTS: &[&str] = &["src/diag/code.rs"];

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    let full = repository().join(path);
    fs::read_to_string(&full).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Paths below a folder of the repository, from its root.
fn files(folder: &str) -> Vec<String> {
    let root = repository();
    let entries = walkdir::WalkDir::new(root.join(folder)).sort_by_file_name();
    entries
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path: &Path = entry.path().strip_prefix(&root).unwrap();
            path.to_str().unwrap().to_owned()
        })
        .collect()
}

/// Source files of the program, without modules that hold tests alone.
fn sources() -> Vec<(String, String)> {
    let all: Vec<(String, String)> = files("src")
        .into_iter()
        .filter(|path| path.ends_with(".rs"))
        .map(|path| {
            let text = text(&path);
            (path, text)
        })
        .collect();
    let tests: Vec<String> = all
        .iter()
        .flat_map(|(path, text)| {
            let folder = path.trim_end_matches("mod.rs").trim_end_matches(".rs");
            let folder = folder.trim_end_matches('/').to_owned();
            let names = text.split("#[cfg(test)]\nmod ").skip(1);
            let names = names.filter_map(|rest| rest.split_once([';', ' ']));
            names.map(move |(name, _)| format!("{folder}/{name}")).collect::<Vec<_>>()
        })
        .collect();
    let is_test = |path: &str| {
        let is_of = |test: &String| {
            path.strip_prefix(test.as_str())
                .is_some_and(|rest| rest.starts_with(['.', '/']))
        };
        tests.iter().any(is_of)
    };
    all.into_iter().filter(|(path, _)| !is_test(path)).collect()
}

/// The part of a source file before its tests.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap()
}

#[test]
fn every_file_begins_with_a_comment_and_is_not_too_long() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        if !text.starts_with("//! ") {
            faults
                .push(format!("{path}: the first line does not say what belongs in it"));
        }
        let lines = without_tests(&text).lines().count();
        let most = if LISTS.contains(&path.as_str()) { 800 } else { LONGEST };
        if lines > most {
            faults.push(format!("{path}: {lines} lines, more than {most}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_unfinished_work_unwrap_or_debug_print_is_left() {
    let words =
        ["TODO", "FIXME", "XXX", "todo!(", "unimplemented!(", ".unwrap()", "dbg!("];
    let mut faults = Vec::new();
    for (path, text) in sources() {
        for (i, line) in without_tests(&text).lines().enumerate() {
            for word in words.iter().filter(|word| line.contains(**word)) {
                faults.push(format!("{path}:{}: {word}", i + 1));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Most lines of comments in 1,000 that may begin with a word of [`QUESTION_WORDS`].
const MOST_QUESTIONS: usize = 20;
/// Words that a comment should not begin with: one that begins with a noun or a verb says more.
const QUESTION_WORDS: &[&str] = &["What", "Where", "Who", "How", "Which", "Why"];

#[test]
fn few_comments_begin_with_a_question_word() {
    let (mut all, mut faults) = (0, Vec::new());
    for (path, text) in sources() {
        for (i, line) in text.lines().enumerate() {
            let Some(comment) = line.trim_start().strip_prefix("///") else { continue };
            all += 1;
            let first = comment.split_whitespace().next().unwrap_or_default();
            if QUESTION_WORDS.contains(&first) {
                faults.push(format!("{path}:{}:{comment}", i + 1));
            }
        }
    }
    let count = faults.len();
    assert!(
        count * 1000 <= all * MOST_QUESTIONS,
        "{count} of {all} lines of comments begin with a question word, \
         more than {MOST_QUESTIONS} in 1,000:\n{}",
        faults.join("\n")
    );
}

#[test]
fn a_module_imports_only_modules_before_it() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        let module = path.trim_start_matches("src/").split(['/', '.']).next().unwrap();
        let Some(place) = MODULES.iter().position(|known| *known == module) else {
            continue;
        };
        for part in without_tests(&text).split("crate::").skip(1) {
            let name: String =
                part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let other = MODULES.iter().position(|known| *known == name);
            if other.is_some_and(|other| other > place) {
                faults.push(format!("{path}: `{module}` imports `{name}`"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_crate_documentation_lists_every_module() {
    let map = text("src/lib.rs");
    for room in MODULES {
        assert!(map.contains(&format!("pub mod {room};")), "{room} is not listed");
        let is_drawn = map.contains(&format!("{room}::")) || *room == "diag";
        assert!(is_drawn || *room == "cli", "{room} is not in the drawing");
    }
}

/// `UPDATE=1 cargo test --test suite theme` writes the table anew.
#[test]
fn the_readme_of_the_theme_lists_every_kind_of_page() {
    let path = "themes/default/README.md";
    let (readme, table) = (text(path), fieldguide::site::readme_table());
    let start = readme.find("| kind | template |").expect("there is a table");
    let length = readme[start..].find("\n\n").expect("the table ends") + 1;
    if std::env::var_os("UPDATE").is_some() {
        let new = [&readme[..start], &table, &readme[start + length..]].concat();
        fs::write(repository().join(path), new).unwrap();
        return;
    }
    assert_eq!(readme[start..start + length], table);
    let templates = table.lines().skip(2).filter_map(|line| line.split('`').nth(3));
    for template in templates.map(|template| template.trim_end_matches(".html")) {
        let heads = readme.lines().filter_map(|line| line.strip_prefix("## "));
        let has = heads.flat_map(|head| head.split(", ")).any(|head| head == template);
        assert!(has, "the fields of `{template}` have no section in {path}");
    }
}

#[test]
fn the_documentation_of_embeds_is_that_of_the_program() {
    let path = "docs/embeds.md";
    let (page, made) = (text(path), fieldguide::site::embed_reference());
    let start = page.find("\n## ").expect("there is an embed");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(repository().join(path), [&page[..start], &made].concat()).unwrap();
        return;
    }
    assert_eq!(page[start..], made);
}

#[test]
fn the_lock_file_has_at_most_200_packages() {
    let packages = text("Cargo.lock").matches("[[package]]").count();
    assert!(packages <= 200, "{packages} packages");
}

/// Their printed messages are read, which another version may word otherwise.
#[test]
fn libraries_whose_messages_are_read_are_pinned() {
    let manifest = text("Cargo.toml");
    for library in ["tera", "toml"] {
        let pinned = format!("\n{library} = {{ version = \"=");
        assert!(manifest.contains(&pinned), "{library}");
    }
}

#[test]
fn the_readme_names_every_command_and_the_changelog_is_begun() {
    let readme = text("README.md");
    for command in ["init", "serve", "build", "check", "publish", "explain"] {
        assert!(readme.contains(&format!("fieldguide {command}")), "{command}");
    }
    for two in ["cargo run --release -- serve", "bash tests/run"] {
        assert!(readme.contains(two), "{two}");
    }
    assert!(text("CHANGELOG.md").contains("## Unreleased"));
    assert!(text(".ci/run").contains("bash tests/run"));
}

/// Pieces of code in a Markdown text: lines of fenced blocks, and what backticks hold.
fn code(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut in_fence = false;
    for line in text.lines() {
        if line.starts_with("```") {
            in_fence = !in_fence;
        } else if in_fence {
            pieces.push(line.split('#').next().unwrap_or_default());
        } else {
            pieces.extend(line.split('`').skip(1).step_by(2));
        }
    }
    pieces
}

/// Commands and options of ours that a document names.
fn named(document: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let text = text(document);
    let (mut commands, mut options) = (BTreeSet::new(), BTreeSet::new());
    let others = ["cargo ", "tests/", "rsync ", "aws "];
    let is_ours = |piece: &&str| others.iter().all(|other| !piece.contains(other));
    for piece in code(&text).into_iter().filter(is_ours) {
        let words = piece.split([' ', '=', '|', ',', '[', ']']);
        let long = words.filter(|word| word.starts_with("--") && word.len() > 2);
        options.extend(long.map(str::to_owned));
        let command = piece.trim().strip_prefix("fieldguide ");
        commands
            .extend(command.and_then(|rest| rest.split(' ').next()).map(str::to_owned));
    }
    (commands, options)
}

#[test]
fn commands_and_options_of_the_documents_exist() {
    let help = |arguments: &[&str]| {
        let folder = crate::support::Project::empty();
        let run = folder.run(&[arguments, &["--help"]].concat());
        assert_eq!(run.status, 0, "{arguments:?} has no help");
        run.stdout
    };
    let mut known = help(&[]);
    for command in ["init", "serve", "build", "check", "publish", "explain"] {
        known.push_str(&help(&[command]));
    }
    for document in ["README.md", "CHANGELOG.md"] {
        let (commands, options) = named(document);
        for command in &commands {
            let is_listed = known.contains(&format!("\n  {command} "));
            assert!(is_listed, "{document}: there is no command `{command}`");
        }
        for option in &options {
            let is_listed = known.contains(&format!("{option} "))
                || known.contains(&format!("{option}\n"));
            assert!(is_listed, "{document}: there is no option `{option}`");
        }
        assert!(document != "README.md" || commands.len() >= 4 && options.len() >= 8);
    }
}

/// Names in a text that follow another, such as `NavHome` in `Key::NavHome`.
fn names_after<'t>(text: &'t str, before: &str) -> BTreeSet<&'t str> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let found = text.match_indices(before).map(|(at, _)| &text[at + before.len()..]);
    found.filter_map(|rest| rest.split(|c| !is_part(c)).next()).collect()
}

/// The strings of the default theme: name, name as an enum's variant, placeholders.
fn strings() -> Vec<(String, String, Vec<String>)> {
    let strings: toml::Table =
        toml::from_str(&text("themes/default/strings/en.toml")).unwrap();
    let word = |word: &str| word[..1].to_uppercase() + &word[1..];
    let string = |(name, value): (String, toml::Value)| {
        let variant = name.split('_').map(word).collect();
        let value = match value {
            toml::Value::Table(forms) => {
                forms.values().filter_map(toml::Value::as_str).collect()
            }
            text => text.as_str().unwrap().to_owned(),
        };
        let found = value.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
        let names = found.map(|(name, _)| name.to_owned());
        let names = names.filter(|name| name.chars().all(|c| c.is_ascii_lowercase()));
        (name, variant, names.collect())
    };
    strings.into_iter().map(string).collect()
}

/// A key that the program names and the file lacks does not compile, and one that templates
/// name is found by a test of theirs; so every string that is used is there.
#[test]
fn every_string_of_the_theme_is_used() {
    let code: Vec<_> = sources();
    let code: Vec<&str> = code.iter().map(|(_, text)| without_tests(text)).collect();
    let keys: BTreeSet<&str> =
        code.iter().flat_map(|text| names_after(text, "Key::")).collect();
    let templates: Vec<_> =
        files("themes/default/templates").iter().map(|p| text(p)).collect();
    let fields: BTreeSet<&str> =
        templates.iter().flat_map(|text| names_after(text, "t.")).collect();
    let strings = strings();
    let is_used =
        |name: &str, variant: &str| keys.contains(variant) || fields.contains(name);
    let unused = strings.iter().filter(|(name, variant, _)| !is_used(name, variant));
    let unused: Vec<&String> = unused.map(|(name, ..)| name).collect();
    assert!(strings.len() > 500 && unused.is_empty(), "{unused:?}");
}

/// The file whose strings go to a script of the pages, which fills them.
const FOR_SCRIPT: &str = "src/site/search.rs";

/// A value has its placeholder's name in the file that asks for the string.
#[test]
fn every_placeholder_of_a_string_is_filled() {
    let strings = strings();
    let mut asked = 0;
    for (path, code) in sources().into_iter().filter(|(path, _)| path != FOR_SCRIPT) {
        let code = without_tests(&code);
        let keys = names_after(code, "Key::");
        for (name, _, names) in
            strings.iter().filter(|(_, v, _)| keys.contains(v.as_str()))
        {
            for placeholder in names {
                let is_given = code.contains(&format!("\"{placeholder}\""))
                    || placeholder == "count" && code.contains(".count(");
                assert!(is_given, "{path}: `{{{placeholder}}}` of `{name}` is not given");
                asked += 1;
            }
        }
    }
    assert!(asked > 200, "only {asked} placeholders were found");
}

/// Numbers that the names of a script's tests begin with, as in "07 and 08 no page …".
fn numbers(script: &str) -> BTreeSet<u32> {
    let names = script.split("test(").skip(1).filter_map(|rest| {
        let rest = rest.trim_start();
        rest.strip_prefix('"').or_else(|| rest.strip_prefix('`'))
    });
    let number =
        |word: &&str| *word == "and" || word.len() == 2 && word.parse::<u32>().is_ok();
    names
        .flat_map(|name| name.split(' ').take_while(number))
        .filter_map(|word| word.parse().ok())
        .collect()
}

#[test]
fn every_item_of_the_acceptance_list_names_the_tests_that_prove_it() {
    let readme = text("tests/README.md");
    let entries = fs::read_dir(repository().join("tests/browser")).unwrap();
    let mut scripts: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".test.js"))
        .collect();
    scripts.sort();
    for item in 1..=30 {
        let start = format!("| {item} | ");
        let row = readme.lines().find(|line| line.starts_with(&start));
        let row = row.unwrap_or_else(|| panic!("item {item} is not in tests/README.md"));
        let named: BTreeSet<&str> = code(row).into_iter().collect();
        assert!(!named.is_empty(), "nothing proves item {item}");
        for proof in &named {
            let Some((path, function)) = proof.split_once("::") else {
                assert!(scripts.iter().any(|name| name == proof), "there is no {proof}");
                continue;
            };
            let is_there = text(path).contains(&format!("fn {function}("));
            assert!(is_there, "item {item}: there is no {proof}");
        }
        for name in &scripts {
            let is_of = numbers(&text(&format!("tests/browser/{name}"))).contains(&item);
            let is_named = named.contains(name.as_str());
            assert_eq!(is_of, is_named, "{name} has tests of item {item}, and its row");
        }
    }
}

/// The names between a heading such as `[dependencies]` and the next one.
fn names_in_section<'t>(manifest: &'t str, heading: &str) -> BTreeSet<&'t str> {
    let (_, section) = manifest.split_once(heading).unwrap();
    let section = section.split("\n[").next().unwrap();
    let lines = section.lines().filter(|line| !line.starts_with(['#', ' ', '\t', ']']));
    lines.filter_map(|line| Some(line.split_once(" = ")?.0)).collect()
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = text("Cargo.toml");
    let mut declared = names_in_section(&manifest, "\n[dependencies]\n");
    declared.extend(names_in_section(&manifest, "\n[dev-dependencies]\n"));
    let document = text("docs/dependencies.md");
    let entries = document.lines().filter(|line| line.starts_with("- `"));
    let heads = entries.filter_map(|line| line.split_once(':').map(|(head, _)| head));
    let explained: BTreeSet<&str> =
        heads.flat_map(|head| head.split('`').skip(1).step_by(2)).collect();
    assert_eq!(explained, declared);
}

/// The anchor that GitHub gives a heading of letters, digits, spaces and simple punctuation.
fn anchor(heading: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || [' ', '-', '_'].contains(c);
    heading.to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-")
}

#[test]
fn links_between_documents_lead_somewhere() {
    let documents = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "tests/README.md"];
    let documents = documents.map(str::to_owned).into_iter().chain(files("docs"));
    let mut faults = Vec::new();
    for document in documents {
        let folder = document.rsplit_once('/').map_or("", |(folder, _)| folder);
        for target in text(&document).split("](").skip(1) {
            let target = target.split(')').next().unwrap();
            if target.contains(':') || target.ends_with(".png") {
                continue;
            }
            let (path, part) = target.split_once('#').unwrap_or((target, ""));
            let path = if path.is_empty() {
                repository().join(&document)
            } else {
                repository().join(folder).join(path)
            };
            let found = fs::read_to_string(&path);
            let has_part = part.is_empty()
                || found.is_ok_and(|text| {
                    let headings = text.lines().filter(|line| line.starts_with('#'));
                    headings
                        .map(|line| anchor(line.trim_start_matches('#').trim()))
                        .any(|known| known == part)
                });
            if !path.exists() || !has_part {
                faults.push(format!("{document}: {target}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn comments_cite_sections_that_exist() {
    let method = text("docs/method.md");
    let titles: Vec<&str> =
        method.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    let mut faults = Vec::new();
    for (path, source) in sources() {
        let comments: Vec<&str> = source
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix("//"))
            .map(|line| line.trim_start_matches(['/', '!']).trim())
            .collect();
        let comments = comments.join(" ");
        for name in ["reader.md", "design.md", "cli.md"] {
            if comments.contains(name) {
                faults.push(format!("{path} cites {name}"));
            }
        }
        for cited in comments.split("docs/method.md, \"").skip(1) {
            let title = cited.split('"').next().unwrap();
            if !titles.contains(&title) {
                faults.push(format!("{path} cites a section `{title}`"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
