//! Tests of the look at produced HTML.

use super::resolve::{Resolver, Target};
use super::scan::scan;
use crate::diag::{Diagnostics, Levels};
use crate::site::testing::with_site;

#[test]
fn a_page_tells_what_is_wrong_with_it() {
    #[track_caller]
    fn case(html: &str, expected: &[&str]) {
        let page = scan(format!("<h1>x</h1>{html}").as_bytes());
        assert_eq!(page.faults, expected, "{html}");
    }
    case("<p id=\"a\"><h2 id=\"b\">y</h2><h3>z</h3><h2>y</h2>", &[]);
    case("<p id=\"a\"><p id=\"a\">", &["the id `a` stands twice"]);
    case("<h3>y</h3>", &["a heading of level 3 follows one of level 1"]);
    case("<h1>y</h1>", &["2 first-level headings in place of one"]);
    case("<p style=\"x\">", &["`<p>` has a `style` attribute"]);
    case("<p onclick=\"x\">", &["`<p>` has script in its attribute `onclick`"]);
    case("<script>x</script>", &["a `<script>` is written into the page"]);
    case("<script type=\"application/ld+json\">{\"@id\":\"<p>\"}</script>", &[]);
    case("<script src=\"x.js\"></script>", &[]);
    case("<img src=\"//a.b/x\" alt=\"\">", &["`//a.b/x` is fetched from another site"]);
    case("<link rel=\"canonical\" href=\"https://a.b/\">", &[]);
    case("<img src=\"x\">", &["an image has no `alt`"]);
    case(
        "<a href=\"a\"href=\"b\">",
        &[
            "HTML has an error: missing-whitespace-between-attributes",
            "HTML has an error: duplicate-attribute",
        ],
    );
}

#[test]
fn links_are_found_wherever_they_stand() {
    let page = scan(
        b"<h1>x</h1><a href=\"a&amp;b\"></a><img srcset=\"c 1x, d 2x\" src=\"e\" alt=\"\">\
          <form action=\"f\"><label for=\"g\"></label></form>\
          <meta http-equiv=\"refresh\" content=\"0; url=h\"><svg><use href=\"#i\"/></svg>",
    );
    let links: Vec<&str> = page.links.iter().map(String::as_str).collect();
    assert_eq!(links, ["#i", "a&b", "c", "d", "e", "f", "h"]);
    assert_eq!(page.references.iter().collect::<Vec<_>>(), ["g"]);
    assert!(page.faults.is_empty(), "{:?}", page.faults);
}

#[test]
fn links_lead_to_files_of_the_site() {
    with_site(&[], |site, _| {
        let resolver = Resolver::new(&site.paths, &site.book.site);
        #[track_caller]
        fn case(
            resolver: &Resolver<'_>,
            (page, link): (&str, &str),
            expected: Result<&str, ()>,
        ) {
            let got = match resolver.resolve(page, link) {
                Target::Here { path, part: None } => Ok(path),
                Target::Here { path, part: Some(part) } => Ok(format!("{path}#{part}")),
                Target::Elsewhere => Ok("elsewhere".to_owned()),
                Target::Nowhere(_) => Err(()),
            };
            assert_eq!(got.as_deref().map_err(|_| ()), expected, "{link} on {page}");
        }
        let here = "frameworks/django/index.html";
        let home = "index.html";
        case(
            &resolver,
            (here, "../flask/#F-orm"),
            Ok("frameworks/flask/index.html#F-orm"),
        );
        case(&resolver, (here, "../../"), Ok(home));
        case(&resolver, (here, ".."), Ok("frameworks/index.html"));
        case(&resolver, (here, "#x"), Ok("frameworks/django/index.html#x"));
        case(&resolver, (here, "../../../"), Err(()));
        case(&resolver, (here, "../rails/"), Err(()));
        case(&resolver, (here, "/guide/"), Err(()));
        case(&resolver, (home, "./"), Ok(home));
        case(&resolver, (home, ""), Ok(home));
        case(&resolver, (home, "assets/dot.svg?x=1"), Ok("assets/dot.svg"));
        case(&resolver, ("404.html", "/guide/frameworks/"), Ok("frameworks/index.html"));
        case(&resolver, ("404.html", "/frameworks/"), Err(()));
        case(&resolver, (home, "https://example.org/guide/"), Ok(home));
        case(&resolver, (home, "https://example.org/guide/x/"), Err(()));
        case(&resolver, (home, "https://example.org/"), Ok("elsewhere"));
        case(&resolver, (home, "mailto:a@b.c"), Ok("elsewhere"));
    });
}

#[test]
fn dead_links_of_pages_in_markdown_are_found() {
    let broken =
        ("themes/default/templates/framework.md", "# x\n\n[a](../gone/) [b](./)\n");
    with_site(&[broken], |site, _| {
        let found = site.check();
        let messages: Vec<&str> = found.iter().map(|d| d.message.as_str()).collect();
        assert_eq!(messages, ["the link `../gone/` leads to nothing"; 2]);
    });
}

#[test]
fn a_finding_of_many_pages_is_one() {
    let base =
        "<h1>{{ page.title }}</h1><a href=\"nowhere/\">x</a><p id=\"a\"><p id=\"a\">";
    with_site(&[("themes/default/templates/criterion.html", base)], |site, _| {
        let mut found = Diagnostics::new();
        found.extend(site.check());
        found.settle(&Levels::default());
        let messages: Vec<&str> = found.iter().map(|d| d.message.as_str()).collect();
        let expected =
            ["the id `a` stands twice", "the link `nowhere/` leads to nothing"];
        for message in expected {
            assert_eq!(
                messages.iter().filter(|m| **m == message).count(),
                1,
                "{messages:?}"
            );
        }
    });
}
