//! A large made-up book: does it build, and what does it cost?
//!
//! The book is the same on every run. `KEEP=DIR cargo test made_up` leaves it in a folder,
//! so that a release build can be measured with it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

/// How large the book is.
#[derive(Clone, Copy)]
struct Size {
    frameworks: usize,
    criteria: usize,
    guides: usize,
    goals: usize,
    pairs: usize,
}

/// The size that the project's figures are quoted for.
const LARGE: Size =
    Size { frameworks: 200, criteria: 30, guides: 500, goals: 20, pairs: 1770 };

/// A small generator of numbers (xorshift), so that the book needs no crate and no clock.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (n as u64)).unwrap()
    }

    fn words(&mut self, count: usize) -> String {
        const WORDS: &[&str] = &[
            "request", "handler", "queue", "cache", "schema", "worker", "session",
            "route", "template", "query", "driver", "token", "stream", "module",
            "thread", "socket", "deploy", "measure", "release", "support", "simple",
            "stable", "quick", "large",
        ];
        let mut text = String::new();
        for i in 0..count {
            let word = WORDS[self.below(WORDS.len())];
            let _ = write!(text, "{}{word}", if i == 0 { "" } else { " " });
        }
        text
    }
}

fn book(size: Size) -> Vec<(String, String)> {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let mut files = vec![
        (
            "book.toml".to_owned(),
            format!(
                "[book]\ntitle = \"Made-up things, compared\"\n\
                 base_url = \"https://example.org/guide/\"\n\
                 [versus]\npairs = \"all\"\nmax = {}\n",
                size.pairs
            ),
        ),
        ("content/criteria.toml".to_owned(), criteria(size, &mut numbers)),
        ("content/languages.toml".to_owned(), languages()),
        (
            "content/sources.toml".to_owned(),
            "[docs]\ntitle = \"Documentation\"\npublisher = \"Made up\"\n\
             url = \"https://example.org/docs/\"\nchecked = 2026-11-20\n"
                .to_owned(),
        ),
    ];
    for i in 0..size.frameworks {
        files.push((
            format!("content/frameworks/thing-{i:03}.toml"),
            framework(i, size, &mut numbers),
        ));
        let prose = (0..4).map(|_| numbers.words(40)).collect::<Vec<_>>().join(".\n\n");
        files
            .push((format!("content/frameworks/thing-{i:03}.md"), format!("{prose}.\n")));
    }
    for i in 0..size.goals {
        files
            .push((format!("content/goals/need-{i:02}.md"), goal(i, size, &mut numbers)));
    }
    for i in 0..size.guides {
        files.push((
            format!("content/guides/guide-{i:03}.md"),
            guide(i, size, &mut numbers),
        ));
    }
    files
}

fn languages() -> String {
    (0..8).map(|i| format!("[lang-{i}]\ntitle = \"Language {i}\"\n\n")).collect()
}

fn criteria(size: Size, numbers: &mut Numbers) -> String {
    let mut text = String::new();
    for g in 0..6 {
        let _ = writeln!(text, "[[group]]\nid = \"group-{g}\"\ntitle = \"Group {g}\"\n");
    }
    for c in 0..size.criteria {
        let _ = writeln!(
            text,
            "[[criterion]]\nid = \"crit-{c:02}\"\ngroup = \"group-{}\"\n\
             title = \"Criterion {c}\"\nquestion = \"What about {}?\"",
            c * 6 / size.criteria,
            numbers.words(4)
        );
        text.push_str(match c % 4 {
            0 => "kind = \"boolean\"\n\n",
            1 => "kind = \"number\"\nunit = \"ms\"\nutility = [[1, 100], [1000, 0]]\n\n",
            2 => {
                "kind = \"choice\"\noptions = [{ id = \"built-in\", title = \"Built in\", \
                 utility = 100 }, { id = \"addon\", title = \"Add-on\", utility = 50 }, \
                 { id = \"none\", title = \"None\", utility = 0 }]\n\n"
            }
            _ => "kind = \"rating\"\nrubric = [\"a\", \"b\", \"c\", \"d\", \"e\"]\n\n",
        });
    }
    text
}

fn framework(i: usize, size: Size, numbers: &mut Numbers) -> String {
    let mut text = format!(
        "name = \"Thing {i}\"\nlanguage = \"lang-{}\"\nsummary = \"A thing for {}.\"\n\
         homepage = \"https://example.org/thing-{i}/\"\nlicense = \"MIT\"\n\
         good_fit = [\"You want {}\"]\nthink_twice = [\"You want {}\"]\n\
         source = \"docs\"\n\n[facts]\n",
        i % 8,
        numbers.words(5),
        numbers.words(3),
        numbers.words(3),
    );
    for c in 0..size.criteria {
        let value = match (numbers.below(20), c % 4) {
            (0, _) => continue,
            (1, _) => "{ na = \"it cannot apply\" }".to_owned(),
            (_, 0) => ["true", "false"][numbers.below(2)].to_owned(),
            (_, 1) => {
                let value = 1 + numbers.below(1200);
                format!("{{ value = {value}, note = \"{}\" }}", numbers.words(4))
            }
            (_, 2) => {
                ["\"built-in\"", "\"addon\"", "\"none\""][numbers.below(3)].to_owned()
            }
            (_, _) => ["1", "1.5", "2", "2.5", "3", "3.5", "4", "4.5", "5"]
                [numbers.below(9)]
            .to_owned(),
        };
        let _ = writeln!(text, "crit-{c:02} = {value}");
    }
    text
}

fn goal(i: usize, size: Size, numbers: &mut Numbers) -> String {
    let mut text = format!(
        "+++\ntitle = \"Need {i}\"\nquestion = \"Which thing is best for need {i}?\"\n\
         coverage = 40\napplicability = 50\n[weights]\n"
    );
    for c in (0..size.criteria).filter(|c| !(c + i).is_multiple_of(3)) {
        let _ = writeln!(text, "crit-{c:02} = {}", 1 + numbers.below(10));
    }
    let _ = writeln!(text, "+++\n\n{}.", numbers.words(80));
    text
}

fn guide(i: usize, size: Size, numbers: &mut Numbers) -> String {
    const CODE: &[&str] = &[
        "```python\ndef handle(request):\n    # answer at once\n    return {\"ok\": True, \"n\": 42}\n```\n",
        "```rust\nfn main() {\n    let n: u32 = 42; // a number\n    println!(\"{n}\");\n}\n```\n",
        "```javascript\nconst app = make();\napp.get(\"/\", (req, res) => res.send(`hi ${req.id}`));\n```\n",
        "```toml\n[book]\ntitle = \"A book\"\ncount = 3\n```\n",
        "```bash\nset -e\nfor f in *.toml; do echo \"$f\"; done\n```\n",
    ];
    let mut text = format!(
        "+++\ntitle = \"Guide {i}\"\nsummary = \"About {}.\"\npublished = 2026-11-01\n\
         updated = 2026-11-20\n+++\n\n",
        numbers.words(8)
    );
    for (section, code) in CODE.iter().enumerate() {
        let thing = numbers.below(size.frameworks);
        let _ = writeln!(
            text,
            "## Part {section}\n\n{}. See [](framework:thing-{thing:03}) and [](goal:need-{:02}).\n\n\
             {}\n- {}\n- **{}**\n\n{}.\n",
            numbers.words(60),
            numbers.below(size.goals),
            if section == 4 && i.is_multiple_of(5) { "" } else { code },
            numbers.words(6),
            numbers.words(4),
            numbers.words(50)
        );
    }
    text
}

fn write(dir: &Path, size: Size) {
    for (path, text) in book(size) {
        let path = dir.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

#[test]
fn a_large_made_up_book_builds() {
    let temp = tempfile::tempdir().unwrap();
    let kept = std::env::var_os("KEEP").map(std::path::PathBuf::from);
    let dir = kept.as_deref().unwrap_or(temp.path());
    write(dir, LARGE);
    let out = temp.path().join("public");
    let run = Command::new(env!("CARGO_BIN_EXE_fieldguide"))
        .args(["build", "--today", "2026-11-22", "--root"])
        .arg(dir)
        .arg("--out")
        .arg(&out)
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{stderr}");
    let pages = walkdir::WalkDir::new(&out)
        .into_iter()
        .filter(|e| e.as_ref().unwrap().path().extension().is_some_and(|e| e == "html"))
        .count();
    // 200 profiles, 1,770 pairs, 500 guides, 20 goals, 30 criteria, 8 languages, and the
    // pages that every site has (no questions, no free pages).
    assert_eq!(pages, 200 + 1770 + 500 + 20 + 30 + 8 + 14);
}
