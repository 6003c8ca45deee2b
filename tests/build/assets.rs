//! Files that are published as they are.

use super::tree;
use crate::support::Project;

#[test]
fn a_book_says_which_files_are_at_the_root_of_its_site() {
    let book = Project::minimal()
        .file(
            "content/assets/.well-known/security.txt",
            "Contact: mailto:a@example.org\n",
        )
        .file("content/assets/favicon.ico", "icon\n")
        .file("content/assets/note.txt", "note\n")
        .file("content/assets/Thumbs.db", "x")
        .file("content/assets/.htaccess", "x")
        .edit("book.toml", "[book]", "[assets]\nroot = [\"favicon.ico\"]\n[book]")
        .edit("content/index.md", "Facts and", "[icon](assets/favicon.ico) Facts and");
    let run = book.run(&["build", "--strict"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let site = tree(&book.path("public"));
    for path in [".well-known/security.txt", "favicon.ico", "assets/note.txt"] {
        assert!(site.contains_key(path), "{path}");
    }
    for path in ["assets/favicon.ico", "assets/Thumbs.db", "assets/.htaccess"] {
        assert!(!site.contains_key(path), "{path}");
    }
    let home = String::from_utf8_lossy(&site["index.html"]);
    assert!(home.contains("<a href=\"./favicon.ico\">icon</a>"), "{home}");
}
