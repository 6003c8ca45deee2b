//! `CNAME`, `.nojekyll` and `404.html`: what is kept of the branch, and what is always written.

use std::fs;

use crate::desk::Desk;

/// What somebody puts on the branch, the book's own domain, and then either what `CNAME`
/// holds (nothing where there is none), or why nothing is published.
type Case = (
    &'static str,
    &'static [(&'static str, &'static str)],
    Option<&'static str>,
    Result<Option<&'static str>, &'static str>,
);

const DOMAIN: &str = "guide.example.org";

const CASES: &[Case] = &[
    ("nothing", &[], None, Ok(None)),
    ("kept", &[("CNAME", "guide.example.org\n")], None, Ok(Some("guide.example.org\n"))),
    ("as GitHub writes it", &[("CNAME", DOMAIN)], None, Ok(Some(DOMAIN))),
    (
        "for Windows",
        &[("CNAME", "guide.example.org\r\n")],
        None,
        Ok(Some("guide.example.org\r\n")),
    ),
    ("empty", &[("CNAME", "")], None, Ok(Some(""))),
    ("a folder", &[("CNAME/x", "x")], None, Ok(None)),
    ("set", &[], Some(DOMAIN), Ok(Some("guide.example.org\n"))),
    ("set again", &[("CNAME", DOMAIN)], Some(DOMAIN), Ok(Some("guide.example.org\n"))),
    (
        "changed",
        &[("CNAME", "old.example.org\n")],
        Some(DOMAIN),
        Ok(Some("guide.example.org\n")),
    ),
    (
        "another domain",
        &[("CNAME", "old.example.org\n")],
        None,
        Err("is not at the site's domain `old.example.org`"),
    ),
    (
        "two",
        &[("CNAME", "guide.example.org\nb.example.org\n")],
        None,
        Err("is no domain"),
    ),
    ("an address", &[("CNAME", "https://guide.example.org/")], None, Err("is no domain")),
    ("no name", &[], Some("guide..example.org"), Err("is no domain")),
    ("a mark that says something", &[(".nojekyll", "why not\n")], None, Ok(None)),
    ("another page for what is missing", &[("404.html", "theirs")], None, Ok(None)),
    ("files of Jekyll", &[("_config.yml", ""), ("_posts/a.md", "")], None, Ok(None)),
];

#[test]
fn the_domain_and_what_hosts_look_for() {
    let desk = Desk::new();
    desk.edit("book.toml", "https://example.org/small/", "https://guide.example.org/");
    desk.commit("address");
    desk.publish(&[]).ends(0);
    let first = desk.git("remote.git", &["rev-parse", "gh-pages"]);
    let book = fs::read_to_string(desk.path("book/book.toml")).unwrap();
    for (name, files, domain, expected) in CASES {
        eprintln!("{name}");
        desk.git("remote.git", &["update-ref", "refs/heads/gh-pages", &first]);
        if !files.is_empty() {
            desk.somebody("gh-pages", files);
        }
        let cname = domain.map(|domain| format!("\n[publish]\ncname = \"{domain}\"\n"));
        desk.write("book.toml", format!("{book}{}", cname.unwrap_or_default()));
        let before = desk.log("gh-pages");
        let run = desk.publish(&["--allow-dirty"]);
        match expected {
            Ok(cname) => {
                let run = run.ends(0);
                assert_eq!(run.stderr, "", "{name}");
                let kept = cname.map(|text| ("CNAME", text));
                desk.assert_published(kept.as_slice());
                // It stays so.
                let after = desk.log("gh-pages");
                desk.publish(&["--allow-dirty"]).ends(0).says("nothing to publish");
                assert_eq!(desk.log("gh-pages"), after);
            }
            Err(words) => {
                run.ends(4).finds("error[publish-refused]").finds(words).finds("help: ");
                assert_eq!(desk.log("gh-pages"), before, "{name}");
            }
        }
    }
}

#[test]
fn a_mark_that_somebody_removed_is_put_back() {
    let desk = Desk::new();
    desk.publish(&[]).ends(0);
    let index = desk.path("tmp/index");
    let git = |arguments: &[&str]| {
        let mut git = desk.command("git", "remote.git");
        git.env("GIT_INDEX_FILE", &index)
            .env("GIT_DIR", ".")
            .env("GIT_WORK_TREE", ".")
            .args(arguments);
        let run = crate::outcome::Outcome::of(&git.output().unwrap()).ends(0);
        run.stdout.trim().to_owned()
    };
    git(&["read-tree", "gh-pages"]);
    git(&["update-index", "--force-remove", ".nojekyll"]);
    let tree = git(&["write-tree"]);
    let who = ["-c", "user.name=a", "-c", "user.email=b"];
    let commit = ["commit-tree", &tree, "-p", "gh-pages", "-m", "no mark"];
    let commit = git(&[&who[..], &commit].concat());
    git(&["update-ref", "refs/heads/gh-pages", &commit]);
    desk.publish(&[]).ends(0).says("published  gh-pages");
    desk.assert_published(&[]);
}
