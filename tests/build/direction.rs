//! Pages of languages that are written from right to left.

use super::tree;
use crate::support::Project;

#[test]
fn pages_have_the_direction_of_their_language() {
    for (language, direction) in [
        ("ar", " dir=\"rtl\""),
        ("fa-IR", " dir=\"rtl\""),
        ("az-Arab", " dir=\"rtl\""),
        ("ks-Deva", ""),
        ("de", ""),
    ] {
        let line = format!("[book]\nlanguage = \"{language}\"");
        let book = Project::minimal().edit("book.toml", "[book]", &line).edit(
            "content/frameworks/flask.toml",
            "name = \"Flask\"",
            "name = \"Flask\"\naliases = [\"/old/\"]",
        );
        assert_eq!(book.run(&["build"]).status, 0);
        let site = tree(&book.path("public"));
        for path in ["index.html", "404.html", "old/index.html"] {
            let page = String::from_utf8_lossy(&site[path]);
            let expected = format!("<html lang=\"{language}\"{direction}>");
            assert!(page.contains(&expected), "{path}: {page}");
        }
    }
}
