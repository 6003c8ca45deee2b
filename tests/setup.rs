//! `publish --setup` and what `init` learns from a repository: all without git.

use std::fs;

use super::support::Project;

const WORKFLOW: &str = ".github/workflows/pages.yml";

/// A folder that looks like a repository, with these settings.
fn repository(project: Project, config: &str) -> Project {
    project.file(".git/HEAD", "ref: refs/heads/trunk\n").file(".git/config", config)
}

const GITHUB: &str = "
    [core]
    \tbare = false
    [remote \"origin\"]
    \turl = git@github.com:Me/my-guide.git
    \tfetch = +refs/heads/*:refs/remotes/origin/*
";

#[test]
fn the_workflow_is_written_once_and_never_over_another() {
    let book = repository(Project::minimal(), GITHUB);
    let run = book.run(&["publish", "--setup"]).ends(0).says("Wrote [ROOT]/.github/");
    let _ = run.says("https://github.com/me/my-guide/settings/pages");
    let text = String::from_utf8(book.read(WORKFLOW)).unwrap();
    assert!(text.contains("branches: [\"trunk\"]"), "{text}");
    let version = env!("CARGO_PKG_VERSION");
    let install = format!("cargo install fieldguide --locked --version {version}\n");
    assert!(text.contains(&install), "{text}");
    let _ = book.run(&["publish", "--setup"]).ends(0).says("is there already");
    let book = book.file(WORKFLOW, "name: Mine\n");
    let _ = book.run(&["publish", "--setup"]).ends(1).finds("error[file-exists]");
    assert_eq!(book.read(WORKFLOW), b"name: Mine\n");
}

#[test]
fn a_book_in_a_folder_of_its_repository_is_found_there() {
    let outer = repository(Project::empty(), GITHUB)
        .file(".git/refs/remotes/origin/HEAD", "ref: refs/remotes/origin/main\n");
    let run = outer.run(&["init", "docs/guide", "--github"]).ends(0);
    let _ = run.says("https://me.github.io/my-guide/ (from the git remote `origin`)");
    let text = String::from_utf8(outer.read(WORKFLOW)).unwrap();
    for words in
        ["--root docs/guide\n", "path: docs/guide/public\n", "branches: [\"main\"]"]
    {
        assert!(text.contains(words), "no {words:?} in {text}");
    }
    let _ = outer.run(&["check", "--strict", "--root", "docs/guide"]).ends(0);
    let run = outer.run(&["publish", "--setup", "--root", "docs/guide"]).ends(0);
    let _ = run.says("is there already");
}

#[test]
fn a_book_in_no_repository_has_no_workflow() {
    let book = Project::minimal();
    // The temporary folder may itself be in a repository of somebody's.
    let run = book.run(&["publish", "--setup"]);
    let _ = run.ends(4).finds("the book is in no git repository");
}

#[test]
fn this_repository_has_the_workflow_that_it_writes() {
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/.github/workflows/pages.yml");
    let expected = fieldguide::publish::workflow("", "main", true).unwrap();
    assert_eq!(fs::read_to_string(own).unwrap(), expected);
}

#[test]
fn init_guesses_the_address_from_the_repository_around() {
    #[track_caller]
    fn case(config: &str, expected: &str) {
        let folder = repository(Project::empty(), config);
        let _ = folder.run(&["init", "guide"]).ends(0);
        let book = String::from_utf8(folder.read("guide/book.toml")).unwrap();
        assert!(book.lines().any(|line| line == expected), "{config}: {book}");
    }
    case(GITHUB, "base_url = \"https://me.github.io/my-guide/\"");
    let own = "[remote \"up\"]\n\turl = https://github.com/me/me.github.io\n";
    case(own, "base_url = \"https://me.github.io/\"");
    let none = "# base_url = \"https://you.github.io/your-guide/\"";
    case("[remote \"origin\"]\n\turl = /srv/guide.git\n", none);
    case("", none);
    case("[remote \"origin\"]\n\turl = https://github.com/me/my\"guide\n", none);
}

#[test]
fn a_further_checkout_and_a_submodule_know_their_remotes() {
    let folder = Project::empty()
        .file("main/.git/HEAD", "ref: refs/heads/main\n")
        .file("main/.git/config", GITHUB)
        .file("main/.git/worktrees/second/HEAD", "ref: refs/heads/second\n")
        .file("main/.git/worktrees/second/commondir", "../..\n")
        .file("second/.git", "gitdir: ../main/.git/worktrees/second\n");
    let _ = folder
        .run(&["init", "second/guide"])
        .ends(0)
        .says("https://me.github.io/my-guide/");
}

#[test]
fn what_init_finds_there_is_named_and_nothing_is_written() {
    let folder = repository(Project::empty(), GITHUB).file(WORKFLOW, "name: Mine\n");
    let _ =
        folder.run(&["init", "guide", "--github"]).ends(1).finds("error[file-exists]");
    assert_eq!(folder.read(WORKFLOW), b"name: Mine\n");
    assert!(!folder.path("guide").exists());
}
