//! Many mistakes at once: one run reports them all, each at its place.

use super::support::Project;

#[test]
fn a_book_with_twelve_mistakes_in_eight_files_reports_all_twelve() {
    let book = Project::minimal()
        .edit("book.toml", "description =", "descripton =")
        .edit("content/criteria.toml", "unit = \"req/s\"\n", "")
        .edit(
            "content/criteria.toml",
            "[[1000, 0], [10000, 100]]",
            "[[10000, 0], [1000, 100]]",
        )
        .edit("content/sources.toml", "https://example.org/which/", "javascript:alert(1)")
        .edit("content/frameworks/django.toml", "docs = 5\n", "docs = 5.2\n")
        .edit(
            "content/frameworks/django.toml",
            "admin = \"built-in\"",
            "admin = \"builtin\"",
        )
        .edit("content/frameworks/rails.toml", "orm = true\n", "ormm = true\n")
        .edit(
            "content/frameworks/rails.toml",
            "language = \"ruby\"",
            "language = \"rubi\"",
        )
        .edit("content/goals/content-sites.md", "orm = 5\n", "orm = 11\n")
        .edit(
            "content/goals/content-sites.md",
            "framework = \"django\"",
            "framework = \"djagno\"",
        )
        .edit(
            "content/guides/how-to-choose.md",
            "../versus/django-vs-rails.md",
            "../versus/nope.md",
        )
        .edit("content/index.md", "page:frameworks", "page:frameworks#nowhere");
    let (findings, status) = book.check();
    let found: Vec<String> = findings.iter().map(|finding| finding.brief()).collect();
    assert_eq!(
        found,
        [
            "book.toml:3:1 unknown-key",
            "content/criteria.toml:25:6 missing-unit",
            "content/criteria.toml:30:25 bad-utility",
            "content/frameworks/django.toml:9:8 out-of-range",
            "content/frameworks/django.toml:11:9 unknown-option",
            "content/frameworks/rails.toml:2:12 unknown-language",
            "content/frameworks/rails.toml:7:1 unknown-criterion",
            "content/goals/content-sites.md:4:24 unknown-framework",
            "content/goals/content-sites.md:7:7 out-of-range",
            "content/guides/how-to-choose.md:9:43 dead-link",
            "content/index.md:1:53 dead-fragment",
            "content/sources.toml:7:7 bad-url",
        ]
    );
    assert_eq!(status, 1);
}
