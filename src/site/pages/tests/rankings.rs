//! Tests of pages, read back from their HTML.

use crate::site::testing::{file, with_site};

/// The text between two marks, after the first one.
pub(super) fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let (_, rest) =
        text.split_once(start).unwrap_or_else(|| panic!("no {start}: {text}"));
    rest.split_once(end).map_or(rest, |(inside, _)| inside)
}

/// A number with commas between thousands.
fn number(text: &str) -> u32 {
    text.replace(',', "").parse().unwrap_or_else(|_| panic!("no number: {text}"))
}

#[test]
fn the_points_of_a_place_add_up_to_its_total() {
    let goal = "+++\ntitle = \"T\"\nquestion = \"Q?\"\n[weights]\norm = 7\nthroughput = 2\n\
                +++\n";
    with_site(&[("content/goals/small-sites.md", goal)], |site, _| {
        let page = file("best-for/small-sites/index.html", site);
        let places: Vec<&str> = page.split("<li id=\"R-").skip(1).collect();
        assert_eq!(places.len(), 2, "{page}");
        for place in places {
            let sums = place.split("class=\"sum\">").skip(1);
            let points = sums.filter_map(|sum| {
                Some(number(sum.split_once("</span>")?.0.rsplit_once("= ")?.1))
            });
            let total = between(place, "class=\"total\">", "</p>");
            assert_eq!(points.sum::<u32>(), number(between(total, "Total ", " of ")));
        }
    });
}

#[test]
fn values_of_a_criterion_are_best_first_and_gaps_last() {
    let framework = |fact: &str| {
        format!("name = \"N\"\nsummary = \"S.\"\nsource = \"docs\"\n[facts]\n{fact}\n")
    };
    let (slow, fast) = (framework("throughput = 60000"), framework("throughput = 70000"));
    let unknown = framework("orm = true");
    let more = [
        ("content/frameworks/a.toml", unknown.replace("\"N\"", "\"Gap\"")),
        ("content/frameworks/b.toml", slow.replace("\"N\"", "\"Slow\"")),
        ("content/frameworks/c.toml", fast.replace("\"N\"", "\"Fast\"")),
    ];
    let more = more.each_ref().map(|(path, text)| (*path, text.as_str()));
    with_site(&more, |site, _| {
        let page = file("criteria/throughput/index.html", site);
        let table = between(&page, "X-values\">", "</table>");
        let order: Vec<&str> = table
            .split("<th scope=\"row\">")
            .skip(1)
            .map(|row| between(row, "/\">", "</a>"))
            .collect();
        // Equal worth: the higher number first. Django is measured lower, Gap is unknown,
        // and nothing can be measured of Flask.
        assert_eq!(order, ["Fast", "Slow", "Django", "Gap", "Flask"]);
    });
}

#[test]
fn every_requirement_that_fails_leads_to_its_fact() {
    let goal = "+++\ntitle = \"T\"\nquestion = \"Q?\"\n[weights]\norm = 1\n\
                [[require]]\ncriterion = \"orm\"\nis = true\n+++\n";
    with_site(&[("content/goals/small-sites.md", goal)], |site, _| {
        let page = file("best-for/small-sites/index.html", site);
        let left = between(&page, "id=\"R-flask\"", "</li>");
        assert!(left.contains("ORM: Partly; required: Yes."), "{left}");
        assert!(left.contains("href=\"../../frameworks/flask/#F-orm\""), "{left}");
    });
}

#[test]
fn a_page_for_nothing_links_by_absolute_paths() {
    with_site(&[], |site, _| {
        let page = file("404.html", site);
        assert!(page.contains("href=\"/guide/best-for/\""), "{page}");
        assert!(!page.contains("href=\"../"), "{page}");
    });
}

#[test]
fn a_redirect_leads_to_the_page_that_moved() {
    let page = "+++\ntitle = \"About\"\naliases = [\"/old/about/\"]\n+++\nText.\n";
    with_site(&[("content/pages/about.md", page)], |site, _| {
        let page = file("old/about/index.html", site);
        assert!(page.contains("content=\"0; url=../../about/\""), "{page}");
        assert!(page.contains("href=\"https://example.org/guide/about/\""), "{page}");
        assert!(page.contains("content=\"noindex\""), "{page}");
    });
}
