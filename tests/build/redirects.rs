//! Redirects from addresses that pages had.

use super::tree;
use crate::support::Project;

#[test]
fn aliases_are_addresses_with_and_without_a_slash_at_their_start() {
    let guide = |aliases: &str| {
        format!(
            "+++\ntitle = \"Case\"\nsummary = \"A case.\"\npublished = 2026-11-22\n\
             aliases = [{aliases}]\n+++\n\nx\n"
        )
    };
    let written = "\"old/place/\", \"/older.html\", \"oldest\", \"old.htm\"";
    let book = Project::minimal().file("content/guides/case.md", &guide(written)).edit(
        "content/frameworks/flask.toml",
        "name = \"Flask\"\n",
        "name = \"Flask\"\naliases = [\"Flask web\", \"A/B\", \"old/flask\"]\n",
    );
    let run = book.run(&["build", "--strict"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let site = tree(&book.path("public"));
    for (path, target) in [
        ("old/place/index.html", "../../guides/case/"),
        ("older.html", "./guides/case/"),
        ("oldest/index.html", "../guides/case/"),
        ("old.htm", "./guides/case/"),
        ("old/flask/index.html", "../../frameworks/flask/"),
    ] {
        let page = site.get(path).unwrap_or_else(|| panic!("there is no `{path}`"));
        let page = String::from_utf8_lossy(page);
        assert!(page.contains(&format!("url={target}\"")), "{path}: {page}");
        assert!(
            page.contains("content=\"default-src 'none'; base-uri 'none'\""),
            "{page}"
        );
    }
    assert!(!site.keys().any(|path| path.to_lowercase().contains("flask web")));
}
