//! Names, addresses, variables and programs that would have a command run: none is.

use std::fs;

use crate::desk::{Desk, program};
use crate::outcome::Outcome;

/// Names of a branch or a remote that git or a shell could take for something else; `T` is a
/// command that leaves a mark.
const NAMES: &[&str] = &[
    "--upload-pack=T",
    "--receive-pack=T",
    "--exec=T",
    "--upload-pack=T;x",
    "--repo=ext::sh -c T",
    "--config=core.sshCommand=T",
    "--output=T",
    "--all",
    "--mirror",
    "--delete",
    "--force",
    "--tags",
    "--",
    "-",
    "-u",
    "-f",
    "-oProxyCommand=T",
    "-c core.fsmonitor=T",
    "-cprotocol.ext.allow=always",
    "$(T)",
    "`T`",
    "${IFS}T",
    "a;T",
    "a|T",
    "a||T",
    "a&T",
    "a&&T",
    "a>T",
    "a<T",
    "a\nT",
    "a\rT",
    "a\tT",
    "'T'",
    "\"T\"",
    "a'; T; '",
    "a\"; T; \"",
    "a\\T",
    "(T)",
    "{T}",
    "!T",
    "a b",
    " a",
    "a..b",
    "../../x",
    "..",
    ".",
    ".a",
    "a/.b",
    "a.",
    "a.lock",
    "a.lock/b",
    "/a",
    "a/",
    "a//b",
    "refs/heads/*",
    "refs/heads/gh-pages",
    "+gh-pages:main",
    ":main",
    "gh-pages:refs/heads/main",
    "^main",
    "HEAD",
    "HEAD~1",
    "HEAD^{tree}",
    "@",
    "@{-1}",
    "@{upstream}",
    "a~",
    "a?",
    "a*",
    "a[b]",
    "%2e%2e/x",
    "ext::sh -c T",
    "file:///x",
    "git@-oProxyCommand=T:x",
    "\u{1b}[31mT",
    "\u{7f}",
    "\u{202e}x",
    "",
];

/// Addresses that would start a program.
const ADDRESSES: &[&str] = &[
    "ext::sh -c T",
    "ext::sh -c 'T %S'",
    "EXT::sh -c T",
    "ext::ssh://x",
    "x@ext::sh -c T",
    "fd::17/T",
    "T::x",
    "http::https://x",
    "foo://T",
    "ftp-T://x",
    "--upload-pack=T",
    "--exec=T",
    "-oProxyCommand=T",
    "-",
    "--",
    "ssh://-oProxyCommand=T/x",
    "ssh://u@-oProxyCommand=T/x",
    "ssh://[-oProxyCommand=T]/x",
    "ssh://u@[-oProxyCommand=T]:22/x",
    "git+ssh://-oProxyCommand=T/x",
    "git://-oProxyCommand=T/x",
    "https://-oProxyCommand=T/x",
    "file://-oProxyCommand=T/x",
    "git@-oProxyCommand=T:x",
    "u@[-oProxyCommand=T]:x",
    "[-oProxyCommand=T]:x",
    "[-oProxyCommand=T:22]:x",
    "ssh://x/\nT",
    "a\next::sh -c T",
    "\text::sh -c T",
    "\u{1b}ext::sh -c T",
];

fn commanded(desk: &Desk, text: &str) -> String {
    text.replace('T', &format!("touch {}/trapped", desk.path("home").display()))
}

/// A text as it stands between quotes in TOML.
fn quoted(text: &str) -> String {
    let quoted = text.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    });
    quoted.collect()
}

#[track_caller]
fn assert_untrapped(desk: &Desk) {
    assert!(!desk.path("home/trapped").exists(), "a command was run");
    assert!(!desk.refs("remote.git").contains("gh-pages"));
    desk.assert_clean();
}

#[test]
fn names_never_become_options_or_commands() {
    let desk = Desk::new();
    let book = fs::read_to_string(desk.path("book/book.toml")).unwrap();
    let names = NAMES.iter().map(|name| commanded(&desk, name)).chain(["a".repeat(201)]);
    for (i, name) in names.enumerate() {
        // As an option, and as a book says it that somebody else wrote.
        let keys = ["branch", "remote"];
        let (option, key) = (keys[i % 2], keys[(i + 1) % 2]);
        let run = desk.publish(&[&format!("--{option}={name}")]).ends(2).finds("help: ");
        assert!(run.stderr.contains("error[usage]"), "{name}: {}", run.stderr);
        let quoted = quoted(&name);
        desk.write("book.toml", format!("{book}\n[publish]\n{key} = \"{quoted}\"\n"));
        let run = desk.publish(&["--allow-dirty"]).finds("help: ");
        assert!([2, 4].contains(&run.status), "{key} {name}: {}", run.stderr);
        // Nothing of it reaches a terminal raw.
        let is_raw = |c: char| c.is_control() && c != '\n';
        assert!(!run.stderr.contains(is_raw), "{name:?}: {:?}", run.stderr);
    }
    assert_untrapped(&desk);
}

#[test]
fn addresses_never_start_a_program() {
    let desk = Desk::new();
    desk.git("book", &["config", "protocol.allow", "always"]);
    desk.git("book", &["config", "protocol.ext.allow", "always"]);
    for (i, url) in ADDRESSES.iter().map(|url| commanded(&desk, url)).enumerate() {
        let keys = ["remote.origin.url", "remote.origin.pushurl"];
        desk.git("book", &["config", keys[i % 2], &url]);
        desk.publish(&[]).ends(4).finds("is of a kind that is not used");
        // The same behind an abbreviation.
        desk.git("book", &["config", keys[i % 2], "short:x"]);
        let key = format!("url.{url}.{}", ["insteadOf", "pushInsteadOf"][i / 2 % 2]);
        let set = desk.command("git", "book").args(["config", &key, "short:x"]).output();
        // No file of settings holds the end of a line.
        assert_eq!(set.unwrap().status.success(), !url.contains('\n'), "{url}");
        let run = desk.publish(&[]);
        assert!([3, 4].contains(&run.status), "{url}: {}", run.stderr);
        desk.git("book", &["config", "--unset", keys[i % 2]]);
    }
    assert_untrapped(&desk);
}

#[test]
fn variables_of_git_have_no_say() {
    let desk = Desk::new();
    trap(&desk, "home/trap");
    trap(&desk, "home/exec/git-ls-remote");
    trap(&desk, "home/exec/git-push");
    trap(&desk, "home/template/hooks/pre-push");
    let home = |path: &str| desk.path("home").join(path).display().to_string();
    let trap = home("trap");
    let mut command = desk.fieldguide(&["publish"]);
    for name in
        ["SSH", "SSH_COMMAND", "PROXY_COMMAND", "EXTERNAL_DIFF", "EDITOR", "PAGER"]
    {
        command.env(format!("GIT_{name}"), &trap);
    }
    for name in ["ASKPASS", "SEQUENCE_EDITOR"] {
        command.env(format!("GIT_{name}"), &trap);
    }
    for name in ["DIR", "INDEX_FILE", "WORK_TREE", "OBJECT_DIRECTORY", "COMMON_DIR"] {
        command.env(format!("GIT_{name}"), home("stray"));
    }
    command.env("GIT_ALTERNATE_OBJECT_DIRECTORIES", home("stray"));
    command.env("GIT_CEILING_DIRECTORIES", desk.path(""));
    command.env("GIT_EXEC_PATH", home("exec")).env("GIT_TEMPLATE_DIR", home("template"));
    command.env("GIT_TRACE", home("trapped")).env("GIT_TRACE2", home("trapped"));
    command.env("GIT_CONFIG_PARAMETERS", format!("'core.sshCommand'='{trap}'"));
    command.env("GIT_CONFIG_COUNT", "1").env("GIT_CONFIG_KEY_0", "remote.origin.url");
    command.env("GIT_CONFIG_VALUE_0", format!("ext::{trap}"));
    command.env("GIT_ALLOW_PROTOCOL", "ext:file").env("GIT_NAMESPACE", "elsewhere");
    command.env("GIT_AUTHOR_NAME", "Somebody").env("GIT_COMMITTER_DATE", "2001-01-01");
    Outcome::of(&command.output().unwrap()).ends(0);
    assert!(!desk.path("home/trapped").exists(), "a command was run");
    desk.assert_published(&[]);
    let log = desk.git("remote.git", &["log", "-1", "--format=%an %cs", "gh-pages"]);
    assert!(log.starts_with("An Author 20") && !log.contains("2001"), "{log}");
}

/// A program that leaves a mark.
fn trap(desk: &Desk, path: &str) {
    desk.script(path, "touch \"$HOME/trapped\"");
}

#[test]
fn git_is_never_taken_from_the_book() {
    let desk = Desk::new();
    trap(&desk, "book/git");
    trap(&desk, "book/bin/git");
    trap(&desk, "book/ssh");
    let path = std::env::var("PATH").unwrap();
    let book = desk.path("book").display().to_string();
    for first in [
        ".",
        "",
        "bin",
        "./bin",
        &book,
        &format!("{book}/bin"),
        &format!("{book}/bin/.."),
    ] {
        let mut command = desk.fieldguide(&["publish", "--dry-run"]);
        command.env("PATH", format!("{first}:{path}"));
        Outcome::of(&command.output().unwrap()).ends(0);
    }
    for alone in [".", "", "bin", &book] {
        let mut command = desk.fieldguide(&["publish", "--dry-run"]);
        command.env("PATH", alone);
        Outcome::of(&command.output().unwrap()).ends(3).finds("error[git]");
    }
    assert!(!desk.path("home/trapped").exists());
}

#[test]
fn only_publish_starts_a_program_and_that_is_git() {
    let desk = Desk::new();
    let programs = |arguments: &[&str]| {
        let log = desk.path("tmp/programs");
        let mut strace = desk.command("strace", "book");
        strace.args(["-f", "-qq", "-e", "trace=execve", "-o"]).arg(&log);
        strace.arg(program()).args(arguments);
        assert!(strace.output().unwrap().status.success(), "{arguments:?}");
        let text = fs::read_to_string(&log).unwrap();
        let names = text.lines().filter_map(|line| line.split('"').nth(1));
        let names = names.map(|name| name.rsplit('/').next().unwrap_or(name).to_owned());
        names.skip(1).collect::<Vec<String>>()
    };
    let out = desk.path("tmp/out").display().to_string();
    let new = desk.path("tmp/new").display().to_string();
    for quiet in [
        vec!["check"],
        vec!["build", "--out", &out],
        vec!["init", &new, "--github"],
        vec!["explain", "content-sites"],
    ] {
        assert_eq!(programs(&quiet), Vec::<String>::new(), "{quiet:?}");
    }
    let started = programs(&["publish"]);
    let is_git =
        |name: &String| name == "git" || name.starts_with("git-") || name == "sh";
    assert!(!started.is_empty() && started.iter().all(is_git), "{started:?}");
}
