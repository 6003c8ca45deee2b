//! `check`: what it finds, how it is asked, and how it ends.

mod files;
mod levels;
mod options;
mod random;
mod single_mistakes;
mod urls;

use std::path::Path;

use fieldguide::diag::Diagnostics;
use fieldguide::plan::Plan;
use fieldguide::source::{self, Sources};
use fieldguide::{book, rank, raw, site};

use super::support::Project;

/// Takes a book through all stages before rendering.
fn load_and_plan(root: &Path) -> (Sources, Diagnostics, Plan) {
    let mut diags = Diagnostics::new();
    let sources = source::load(root, &mut diags);
    let today = jiff::civil::date(2026, 11, 22);
    let (pages, embeds) = (site::fixed_pages(), site::embed_kinds());
    let options = book::Options { today, drafts: true, base_url: None, pages, embeds };
    let raw = raw::parse(&sources, &options.embed_names(), &mut diags);
    let levels = book::levels(&raw, &sources, today, &mut diags);
    let book = book::resolve(&raw, &sources, &options, &mut diags);
    let rankings = rank::rank(&book, &mut diags);
    let plan = site::plan(&book, &rankings, &mut diags);
    diags.settle(&levels);
    (sources, diags, plan)
}

/// The small book with twelve mistakes in eight files, each made by one change.
fn twelve_mistakes() -> Project {
    let (criteria, curve) = ("content/criteria.toml", "[[1000, 0], [10000, 100]]");
    let (goal, guide) =
        ("content/goals/content-sites.md", "content/guides/how-to-choose.md");
    Project::minimal()
        .edit("book.toml", "description =", "descripton =")
        .edit(criteria, "unit = \"req/s\"\n", "")
        .edit(criteria, curve, "[[10000, 0], [1000, 100]]")
        .edit("content/sources.toml", "https://example.org/which/", "javascript:alert(1)")
        .edit("content/frameworks/django.toml", "docs = 5\n", "docs = 5.2\n")
        .edit("content/frameworks/django.toml", "\"built-in\"", "\"builtin\"")
        .edit("content/frameworks/rails.toml", "orm = true\n", "ormm = true\n")
        .edit("content/frameworks/rails.toml", "language = \"ruby\"", "language = ruby")
        .edit(goal, "orm = 5\n", "orm = 11\n")
        .edit(goal, "framework = \"django\"", "framework = \"djagno\"")
        .edit(guide, "../versus/django-vs-rails.md", "../versus/nope.md")
        .edit("content/index.md", "page:frameworks", "page:frameworks#nowhere")
}

#[test]
fn twelve_mistakes_in_eight_files_are_found_in_one_run() {
    let book = twelve_mistakes();
    assert_eq!(
        book.findings(),
        [
            "book.toml:3:1 unknown-key",
            "content/criteria.toml:25:6 missing-unit",
            "content/criteria.toml:30:25 bad-utility",
            "content/frameworks/django.toml:9:8 out-of-range",
            "content/frameworks/django.toml:11:9 unknown-option",
            "content/frameworks/rails.toml:2:12 syntax",
            "content/frameworks/rails.toml:7:1 unknown-criterion",
            "content/goals/content-sites.md:4:24 unknown-framework",
            "content/goals/content-sites.md:7:7 out-of-range",
            "content/guides/how-to-choose.md:9:43 dead-link",
            "content/index.md:1:53 dead-fragment",
            "content/sources.toml:7:7 bad-url",
        ]
    );
    let outcome = book.run(&["check"]).ends(1);
    let _ =
        outcome.says("checked 3 frameworks, 9 criteria, 1 goal").says(": 12 errors\n");
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
        "content/index.md:1:53 unknown-page",
        "table-too-large",
        "content/guides/how-to-choose.md:11:4 table-too-large",
    ];
    assert_eq!(book.findings(), found);
    let (found, _) = book.check();
    let messages = [
        "the table of all facts has 21,027 cells, more than 20,000",
        "this matrix has 21,027 cells, more than 20,000",
    ];
    assert_eq!([&*found[1].message, &*found[2].message], messages);
}
