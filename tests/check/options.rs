//! How `check` is asked, and with what it ends.

use fieldguide::diag::Code;

use super::Project;

#[test]
fn a_book_without_mistakes_ends_with_0() {
    let outcome = Project::minimal().run(&["check"]).ends(0);
    assert_eq!(outcome.stderr, "");
    assert_eq!(
        outcome.stdout,
        "checked 3 frameworks, 9 criteria, 1 goal, 31 pages, 4 links in [TIME]: 0 errors\n"
    );
}

#[test]
fn a_mistake_ends_with_1() {
    let book = Project::minimal().edit("content/index.md", "page:", "pages:");
    let outcome = book.run(&["check"]).ends(1);
    assert_eq!(outcome.stderr.lines().next(), Some(MISTAKE), "{}", outcome.stderr);
    let _ = outcome.says(": 1 error\n");
}

const MISTAKE: &str = "error[bad-url]: `pages:frameworks` is not a web address (its scheme is \
                       `pages`, not http, https or mailto)";

#[test]
fn a_folder_without_a_book_ends_with_2() {
    let outcome = Project::empty().run(&["check"]).ends(2);
    assert_eq!(outcome.stdout, "");
    let _ = outcome
        .finds("error[no-book]: no `book.toml` in `[ROOT]` or any folder above it")
        .finds("fieldguide init")
        .finds("--root DIR");
    let _ = Project::minimal()
        .run(&["check", "--root", "elsewhere"])
        .ends(2)
        .finds("error[no-book]: there is no `book.toml` in `elsewhere`");
}

#[test]
fn a_command_that_does_not_fit_ends_with_2() {
    let book = Project::minimal();
    for arguments in [
        &["chek"][..],
        &["check", "--fast"],
        &["check", "--format", "xml"],
        &["check", "--today", "tomorrow"],
        &["check", "--today", "2026-02-30"],
        &["check", "--jobs", "0"],
        &["check", "--quiet", "--verbose"],
        &["check", "--base-url", "example.org"],
        &["check", "--base-url", "ftp://example.org/"],
        &["check", "--base-url", "https://example.org/?a=b"],
        &[],
    ] {
        let outcome = book.run(arguments).ends(2);
        assert_eq!(
            outcome.stdout.lines().next().filter(|l| !l.starts_with("checked")),
            None
        );
        assert!(!outcome.stderr.is_empty(), "{arguments:?} is refused without a word");
    }
}

#[test]
fn an_error_in_an_option_names_the_option_and_not_the_book() {
    let book = Project::minimal();
    let outcome = book.run(&["check", "--base-url", "example.org", "--format", "json"]);
    let found = crate::support::Finding::all(&outcome.ends(2).stderr);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].code.as_str(), found[0].place()), ("usage", None));
    assert_eq!(
        found[0].message,
        "`--base-url`: `example.org` is not the address of a site"
    );
    let _ = book.run(&["check", "--base-url", "https://example.org/here"]).ends(0);
}

#[test]
fn findings_are_printed_for_programs() {
    let book = Project::minimal().edit("content/index.md", "page:", "goal:");
    let outcome = book.run(&["check", "--format", "json"]).ends(1);
    assert_eq!(
        outcome.stderr,
        concat!(
            r#"{"code":"unknown-goal","severity":"error","#,
            r#""message":"unknown goal `frameworks`","file":"content/index.md","line":1,"#,
            r#""column":53,"end_line":1,"end_column":68,"#,
            r#""hints":["use one of `content-sites`"],"labels":[],"notes":[]}"#,
            "\n",
        )
    );
}

#[test]
fn findings_are_printed_for_github() {
    let book = Project::minimal().edit("content/index.md", "page:", "goal:");
    let expected = "::error file=content/index.md,line=1,col=53,endLine=1,endColumn=68,\
                    title=unknown-goal::unknown goal `frameworks`%0Ause one of `content-sites`\n";
    let asked = book.run(&["check", "--format", "github"]).ends(1);
    assert_eq!(asked.stderr, expected);
    let within = book.run_with(&["check"], |run| {
        run.env("GITHUB_ACTIONS", "true");
    });
    assert_eq!(within.ends(1).stderr, expected);
}

#[test]
fn findings_are_printed_for_people_with_the_line_they_are_about() {
    let book = Project::minimal().edit("content/index.md", "page:", "goal:");
    let outcome = book.run(&["check"]).ends(1);
    assert_eq!(
        outcome.stderr,
        "\
error[unknown-goal]: unknown goal `frameworks`
 --> content/index.md:1:53
  |
1 | Facts and advice. Start with the [three frameworks](goal:frameworks).
  |                                                     ^^^^^^^^^^^^^^^
help: use one of `content-sites`

"
    );
}

#[test]
fn a_code_is_explained() {
    let book = Project::empty();
    let outcome = book.run(&["check", "--explain", "stale-fact"]).ends(0);
    assert_eq!(outcome.stderr, "");
    let _ = outcome.says("stale-fact: a warning, unless").says("stale-fact = \"off\"");
    let _ =
        book.run(&["check", "--explain", "dead-link"]).ends(0).says("always an error");
}

#[test]
fn all_codes_are_listed() {
    let outcome = Project::minimal().run(&["check", "--explain"]).ends(0);
    for code in Code::ALL {
        let line = outcome.stdout.lines().find(|line| {
            line.strip_prefix("  ").and_then(|line| line.split(' ').next())
                == Some(code.name())
        });
        let line = line.unwrap_or_else(|| panic!("no line for `{}`", code.name()));
        assert!(line.len() > 40, "{line}");
    }
}

#[test]
fn a_code_that_is_unknown_is_not_explained() {
    let book = Project::empty();
    let _ = book
        .run(&["check", "--explain", "stale-facts"])
        .ends(2)
        .finds("error[usage]: unknown finding `stale-facts`")
        .finds("did you mean `stale-fact`?");
    let _ = book.run(&["check", "--explain", "everything"]).ends(2).finds("help: ");
}

#[test]
fn the_day_that_is_given_makes_facts_stale() {
    let book = Project::minimal();
    let stale = |arguments: &[&str]| {
        let outcome = book.run(&[arguments, &["--format", "json"]].concat()).ends(0);
        outcome.stderr.matches("stale-fact").count()
    };
    assert_eq!(stale(&["check", "--today", "2026-11-22"]), 0);
    assert_eq!(stale(&["check", "--today", "2027-10-01"]), 0);
    assert_eq!(stale(&["check", "--today", "2027-10-02"]), 1);
    assert_eq!(stale(&["check", "--today", "2027-11-21"]), 19);
    let _ = book.run(&["check", "--strict", "--today", "2027-10-02"]).ends(1);
}

#[test]
fn the_day_comes_from_the_environment_where_none_is_given() {
    let book = Project::minimal();
    let run = |epoch: &str, arguments: &[&str]| {
        book.run_with(arguments, |run| {
            run.env("SOURCE_DATE_EPOCH", epoch);
        })
    };
    // The last second of one day, and the first of the next.
    let _ = run("1822435199", &["check", "--strict"]).ends(0);
    let _ = run("1822435200", &["check", "--strict"]).ends(1).finds("stale-fact");
    let _ = run("1822435200", &["check", "--strict", "--today", "2026-11-22"]).ends(0);
    for epoch in ["yesterday", "1.5", "99999999999999999999", "9223372036854775807"] {
        let _ = run(epoch, &["check"]).ends(2).finds("SOURCE_DATE_EPOCH");
        let _ = run(epoch, &["check", "--today", "2026-11-22"]).ends(0);
    }
    let _ = run("", &["check"]).ends(0);
}

#[test]
fn options_stand_before_and_after_the_command() {
    let book = Project::minimal().edit("content/index.md", "page:", "goal:");
    let after = book.run(&["check", "--format", "json", "--today", "2026-11-22"]).ends(1);
    let before =
        book.run(&["--format", "json", "--today", "2026-11-22", "check"]).ends(1);
    assert_eq!(before.stderr, after.stderr);
    let around =
        book.run(&["--today", "2026-11-22", "check", "--format", "json"]).ends(1);
    assert_eq!(around.stderr, after.stderr);
}

#[test]
fn the_nearest_book_upward_is_checked() {
    let book = Project::minimal().file("content/assets/inner/note.txt", "A note.\n");
    let outcome = book.run_with(&["check"], |run| {
        run.current_dir(book.path("content/assets/inner"));
    });
    let _ = outcome.ends(0).says("checked 3 frameworks");

    let book = book.file(
        "content/assets/inner/book.toml",
        "[book]\ntitle = \"Inner\"\nbase_url = \"https://example.org/\"\n",
    );
    let outcome = book.run_with(&["check"], |run| {
        run.current_dir(book.path("content/assets/inner"));
    });
    let _ = outcome.ends(0).says("checked 0 frameworks");
    let named = book.run(&["check", "--root", "content/assets/inner"]).ends(0);
    let _ = named.says("checked 0 frameworks");
}

#[test]
fn quiet_prints_findings_only() {
    let book = Project::minimal();
    let outcome = book.run(&["check", "--quiet"]).ends(0);
    assert_eq!((outcome.stdout.as_str(), outcome.stderr.as_str()), ("", ""));
}

#[test]
fn drafts_are_left_out_unless_they_are_asked_for() {
    let book = Project::minimal()
        .edit("content/guides/how-to-choose.md", "published", "draft = true\npublished")
        .file("content/pages/later.md", DRAFT);
    assert_eq!(book.findings(), [""; 0]);
    let with = book.run(&["check", "--drafts", "--format", "json"]).ends(1);
    let with = crate::support::Finding::all(&with.stderr);
    let with: Vec<String> = with.iter().map(|finding| finding.brief()).collect();
    assert_eq!(with, ["content/pages/later.md:6:9 unknown-goal"]);
}

const DRAFT: &str = "
    +++
    title = \"Later\"
    draft = true
    +++

    See [x](goal:content).
    ";

#[test]
fn github_names_files_from_the_checkout() {
    let book = Project::minimal().edit("book.toml", "title =", "titel =");
    let root = book.root();
    let above = root.parent().expect("the book is in a folder").to_owned();
    let run = |change: &dyn Fn(&mut std::process::Command)| {
        book.run_with(&["check", "--format", "github"], |command| change(command)).stderr
    };
    let here = run(&|_| {});
    assert!(here.contains("file=book.toml,"), "{here}");
    let checkout = run(&|command| {
        command.env("GITHUB_WORKSPACE", &above);
    });
    assert!(checkout.contains("file=book/book.toml,"), "{checkout}");
}
