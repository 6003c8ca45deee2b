//! A small site for tests of `render`.

use std::io::Write;

use proptest::prelude::*;

use super::{Contents, Site, Theme};
use crate::book::{self, Book, Options, Prose, Target};
use crate::diag::{Diagnostics, Format, Printer};
use crate::raw::href::Href;
use crate::site::markdown;
use crate::source::Sources;
use crate::{rank, raw, source};

/// The files of the small book.
const BOOK: &[(&str, &str)] = &[
    (
        "book.toml",
        "[book]\ntitle = \"Frameworks\"\nbase_url = \"https://example.org/guide/\"\n",
    ),
    (
        "content/criteria.toml",
        r#"[[group]]
id = "batteries"
title = "Batteries"
[[criterion]]
id = "orm"
group = "batteries"
title = "ORM"
question = "Does an ORM come with it?"
kind = "boolean"
[[criterion]]
id = "throughput"
group = "batteries"
title = "Throughput"
question = "How fast is it?"
kind = "number"
unit = "req/s"
utility = [[1000, 0], [50000, 100]]
[[criterion]]
id = "motto"
group = "batteries"
title = "Motto"
question = "What does it say of itself?"
kind = "text"
"#,
    ),
    (
        "content/sources.toml",
        r#"[docs]
title = "Docs & more"
url = "https://docs.example.org/"
checked = 2026-11-20
"#,
    ),
    (
        "content/frameworks/django.toml",
        r#"name = "Django"
summary = "For perfectionists."
source = "docs"
[facts]
orm = true
throughput = { value = 3117.5, note = "at 256 \"connections\"" }
motto = "=1+1, really"
"#,
    ),
    (
        "content/frameworks/flask.toml",
        r#"name = "Flask"
summary = "One drop at a time."
source = "docs"
[facts]
orm = { value = "partial", note = "an extension, on request" }
throughput = { na = "nobody <measures> it" }
"#,
    ),
    (
        "content/goals/small-sites.md",
        "+++\ntitle = \"Small sites\"\nquestion = \"Which is best?\"\n[weights]\norm = 5\n\
         throughput = 3\n+++\nProse.\n",
    ),
    ("content/assets/dot.svg", "<svg viewBox=\"0 0 4 2\"></svg>"),
];

/// The small book in a folder, with `more` files in place of its own or beside them.
fn folder(more: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in BOOK.iter().chain(more) {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::File::create(path).unwrap().write_all(text.as_bytes()).unwrap();
    }
    folder
}

/// The small book, read.
fn book(sources: &Sources, diags: &mut Diagnostics) -> Book {
    let options = Options {
        today: jiff::civil::date(2026, 11, 22),
        drafts: false,
        base_url: None,
        pages: super::fixed_pages(),
        embeds: super::embed_kinds(),
    };
    let raw = raw::parse(sources, &options.embed_names(), diags);
    book::resolve(&raw, sources, &options, diags)
}

fn printed(diags: &Diagnostics, sources: &Sources) -> String {
    Printer { format: Format::Human, colour: false, width: 100 }.print(diags, sources)
}

/// Gives a test the small site, with `more` files in place of its own or beside them, and
/// what was found, printed.
pub(super) fn with_site(more: &[(&str, &str)], test: impl FnOnce(&Site<'_>, &str)) {
    let folder = folder(more);
    let mut diags = Diagnostics::new();
    let sources = source::load(folder.path(), &mut diags);
    let book = book(&sources, &mut diags);
    let rankings = rank::rank(&book, &mut diags);
    let plan = super::plan(&book, &rankings, &mut diags);
    let theme = Theme::load(&sources, &book, &mut diags).unwrap();
    let contents = Contents { book: &book, rankings: &rankings, plan: &plan };
    let site = Site::new(contents, theme, &mut diags).unwrap();
    test(&site, &printed(&diags, &sources));
}

/// The diagnostics about the theme of the small book with `more` files, printed.
pub(super) fn broken_theme(more: &[(&str, &str)]) -> String {
    let folder = folder(more);
    let mut diags = Diagnostics::new();
    let sources = source::load(folder.path(), &mut diags);
    let book = book(&sources, &mut diags);
    assert!(Theme::load(&sources, &book, &mut diags).is_none());
    printed(&diags, &sources)
}

/// A text as prose of the small site; a link by meaning leads to a fact, one to a file to
/// the first asset.
pub(super) fn prose(text: &str, site: &Site<'_>) -> Prose {
    let raw = raw::prose(text);
    let django = book::with_ids(&site.book.frameworks).next().unwrap().0;
    let orm = book::with_ids(&site.book.criteria).next().unwrap().0;
    let target = |link: &raw::Link| match &link.href {
        Some(Href::Meaning { .. }) => Target::Fact(django, orm),
        Some(Href::File { .. }) => Target::Asset(0),
        Some(Href::Fragment(part)) => Target::Fragment(part.clone()),
        Some(Href::External(url)) => Target::External(url.clone()),
        None => Target::Nowhere,
    };
    let targets = raw.links.iter().map(target).collect();
    Prose { raw, targets, embeds: Vec::new() }
}

/// A text as HTML of the small site, for a page one level below its base.
pub(super) fn html(text: &str, site: &Site<'_>) -> String {
    let html = markdown::prose_html(site, &prose(text, site), "../").unwrap();
    html.as_str().unwrap_or_default().to_owned()
}

/// A file of a site, by its path, as text.
#[track_caller]
pub(super) fn file(path: &str, site: &Site<'_>) -> String {
    let index = site.paths().iter().position(|known| known == path);
    let index = index.unwrap_or_else(|| panic!("no `{path}` in {:?}", site.paths()));
    let mut out = Vec::new();
    site.render_file(index, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Pieces of Markdown and HTML that mean something, and some that do not.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "# ", "## ", "\n\n", "\n", "    ", "- ", "1. ", "> ", "> [!NOTE]\n> ", "*", "**",
    "_", "~~", "`", "```\n", "```matrix\n", "```html\n", "```php\n", "```js\n", "[", "]", "(", ")", "![", "](https://a.b)",
    "](fact:a/b)", "](a.svg)", "](#p)", "](javascript:x)", "[x]: <j> \"t\"", "[x]",
    "[^1]", "[^1]: ", "[^2]", "[^2]: ", "|", "| a | b |\n| :-- | --: |\n", "- [ ] ",
    "- [x] ", "<", ">", "\"", "'", "&", "&quot;", "&#0;", "<script>", "</script>",
    "<style>", "<kbd>", "</kbd>", "<sub>", "</sub>", "<br>", "<br/>", "<details>",
    "</details>", "<summary>", "</summary>", "<!--", "-->", "<img src=x onerror=y>",
    "<a href=x>", "</a>", "<p>", "<https://a.b>", "<a@b.c>", "{#id\"x}", "{#a}", "\\",
    "---", "\u{0}", "\u{202e}", "é", "word ", "<kbd\n>", "<KBD>", "<svg>", "<math>",
    "<![CDATA[", "<?", "<plaintext>",
];

/// A piece of a text that may mean anything.
pub(super) fn piece() -> impl Strategy<Value = String> {
    let known = prop::sample::select(PIECES);
    prop_oneof![6 => known.prop_map(str::to_owned), 1 => ".{0,3}"]
}
