//! `check`: what it finds, how it is asked, and how it ends.

mod files;
mod levels;
mod options;
mod random;
mod urls;

use super::support::Project;

/// The small book with twelve mistakes in eight files, each made by one change.
fn twelve_mistakes() -> Project {
    Project::minimal()
        .edit("book.toml", "base_url = ", "base_ulr = ")
        .edit("content/criteria.toml", "title = \"Docu", "titel = \"Docu")
        .edit("content/criteria.toml", "[10000, 100]", "[100, 100]")
        .edit("content/frameworks/django.toml", "docs = 5", "docs = \"good\"")
        .edit("content/frameworks/django.toml", "orm = true", "orm = \"partial\"")
        .edit("content/frameworks/flask.toml", "\"python\"", "\"pyton\"")
        .edit("content/frameworks/rails.toml", "orm = true", "orm = yes")
        .edit("content/goals/content-sites.md", "admin = 2", "admin = 12")
        .edit("content/goals/content-sites.md", "\"article\"", "\"artcle\"")
        .edit("content/guides/how-to-choose.md", "\"rails\"]", "\"railz\"]")
        .edit("content/guides/how-to-choose.md", "framework:django", "framework:djngo")
        .edit("content/index.md", "page:frameworks", "javascript:alert(1)")
}

#[test]
fn twelve_mistakes_in_eight_files_are_found_in_one_run() {
    let book = twelve_mistakes();
    assert_eq!(
        book.findings(),
        [
            "book.toml:4:1 unknown-key",
            "content/criteria.toml:19:1 unknown-key",
            "content/criteria.toml:31:24 bad-utility",
            "content/frameworks/django.toml:8:7 missing-note",
            "content/frameworks/django.toml:9:8 bad-value",
            "content/frameworks/flask.toml:2:12 unknown-language",
            "content/frameworks/rails.toml:7:7 syntax",
            "content/goals/content-sites.md:4:43 unknown-source",
            "content/goals/content-sites.md:9:9 out-of-range",
            "content/guides/how-to-choose.md:9:14 unknown-framework",
            "content/guides/how-to-choose.md:12:25 unknown-framework",
            "content/index.md:1:53 bad-url",
        ]
    );
    let outcome = book.run(&["check"]).ends(1);
    let _ = outcome.says("checked 3 frameworks, 9 criteria, 1 goal");
}

#[test]
fn a_matrix_of_too_many_cells_is_reported() {
    let criteria: String = (0..7000)
        .map(|i| {
            format!(
                "[[criterion]]\nid = \"a{i}\"\ngroup = \"basics\"\ntitle = \"A {i}\"\n\
                 question = \"A?\"\nkind = \"text\"\n"
            )
        })
        .collect();
    let book = Project::minimal();
    let mut bytes = book.read("content/criteria.toml");
    bytes.extend_from_slice(criteria.as_bytes());
    let book = book
        .bytes("content/criteria.toml", &bytes)
        .edit("content/index.md", "page:frameworks", "page:")
        .edit("content/guides/how-to-choose.md", "criteria = [\"orm\", \"docs\"]\n", "")
        .edit("content/guides/how-to-choose.md", "\"rails\"]", "\"rails\", \"flask\"]");
    let found = [
        "content/guides/how-to-choose.md:11:4 table-too-large",
        "content/index.md:1:53 unknown-page",
    ];
    assert_eq!(book.findings(), found);
    let (found, _) = book.check();
    assert_eq!(found[0].message, "this matrix has 21,027 cells, more than 20,000");
}
