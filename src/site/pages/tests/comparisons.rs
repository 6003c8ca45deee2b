//! Tests of the text of pages, on small books.

use crate::site::testing::{file, with_site};

/// A third framework, without a language, that is unlike the other two.
const EXPRESS: (&str, &str) = (
    "content/frameworks/express.toml",
    "name = \"Express\"\nsummary = \"Minimal.\"\nsource = \"docs\"\ngood_fit = [\"Tiny things\"]\n\
     [facts]\norm = false\nthroughput = 9000\n",
);

/// A book in which every pair has a page.
const ALL_PAIRS: (&str, &str) = (
    "book.toml",
    "[book]\ntitle = \"Frameworks\"\nbase_url = \"https://example.org/\"\n\
     repository = \"https://example.org/repo/\"\n[versus]\npairs = \"all\"\n",
);

#[test]
fn the_best_number_is_marked_before_its_digits() {
    with_site(&[EXPRESS], |site, _| {
        let page = file("compare/index.html", site);
        let best = "<td class=\"value best c2\" data-o=\"1\">9,000 <b class=\"badge good\">Best</b></td>";
        assert!(page.contains(best), "{page}");
        assert_eq!(page.matches("badge good").count(), 1, "{page}");
    });
}

#[test]
fn every_column_can_be_picked_by_a_rule_of_its_own() {
    with_site(&[EXPRESS], |site, _| {
        let page = file("compare/index.html", site);
        let path = site.paths().iter().find(|path| path.starts_with("theme/compare."));
        let css = file(path.unwrap(), site);
        for (column, slug) in [(1, "django"), (2, "express"), (3, "flask")] {
            let input = format!("<input type=\"checkbox\" id=\"X-f-{slug}\"");
            assert!(page.contains(&input), "{page}");
            let picked = format!("nth-of-type({column}):not(:checked)");
            let rule =
                format!(":has(.picks input:{picked})~.mx .c{column}{{display:none}}");
            assert!(css.contains(&rule), "{css}");
        }
        // Neither template signs nor rules of another book are left.
        assert!(!css.contains("{%") && css.matches("~.mx .c").count() == 6, "{css}");
    });
}

#[test]
fn rows_that_are_the_same_for_all_are_marked() {
    let same = EXPRESS.1.replace("false", "true").replace("9000", "3117.5");
    let flask = "name = \"Flask\"\nsummary = \"S.\"\n[facts]\norm = true\n";
    let files = [(EXPRESS.0, same.as_str()), ("content/frameworks/flask.toml", flask)];
    with_site(&files, |site, _| {
        let page = file("compare/index.html", site);
        assert!(page.contains("<tr data-k=\"orm\" data-same>"), "{page}");
        // One of the three is not known, so nobody can say.
        assert!(page.contains("<tr data-k=\"throughput\" data-best=\"high\" class"));
        assert_eq!(page.matches(" data-same").count(), 1, "{page}");
    });
}

#[test]
fn frameworks_of_one_language_or_kind_are_picked_together() {
    let named = |name: &str| {
        format!(
            "name = \"{name}\"\nlanguage = \"python\"\npeer_group = \"full-stack\"\n\
             summary = \"S.\"\n"
        )
    };
    let (zope, flask) = (named("Zope"), named("Flask"));
    let files = [
        ("content/languages.toml", "[python]\ntitle = \"Python\"\n"),
        ("content/frameworks/zope.toml", &zope),
        ("content/frameworks/flask.toml", &flask),
    ];
    with_site(&files, |site, _| {
        let page = file("compare/index.html", site);
        for set in ["Python only", "Full stack"] {
            let option = format!("<option value=\"flask,zope\">{set}</option>");
            assert!(page.contains(&option), "{page}");
        }
    });
    with_site(&[], |site, _| {
        // The only groups left are those of the criteria that frameworks are ordered by.
        let page = file("compare/index.html", site);
        assert_eq!(page.matches("<optgroup").count(), 1, "{page}");
    });
}

#[test]
fn a_large_table_has_columns_of_one_width_and_a_very_large_one_is_parted_by_group() {
    let tables = |criteria: usize| {
        let mut text = String::new();
        for group in ["one", "two"] {
            text += &format!("[[group]]\nid = \"{group}\"\ntitle = \"{group}\"\n");
        }
        for i in 0..criteria {
            let group = if i < 9 { "one" } else { "two" };
            text += &format!(
                "[[criterion]]\nid = \"c{i}\"\ngroup = \"{group}\"\ntitle = \"C {i}\"\n\
                 question = \"Q?\"\nkind = \"text\"\n"
            );
        }
        let mut found = Vec::new();
        with_site(&[("content/criteria.toml", &text)], |site, _| {
            let page = file("compare/index.html", site);
            let tags = page.split("<table").skip(1).map(|t| t.split('>').next().unwrap());
            found.extend(tags.map(str::to_owned));
            assert_eq!(page.matches("<tr data-k").count(), criteria);
            assert_eq!(page.matches("<caption").count(), found.len());
        });
        found
    };
    assert_eq!(tables(1250), [" class=\"few plain\""]);
    assert_eq!(tables(1251), [" class=\"few fixed\""]);
    assert_eq!(tables(4001), [" class=\"fixed\"", " class=\"fixed\""]);
}

#[test]
fn nothing_is_marked_best_among_equals_or_alone() {
    let same = EXPRESS.1.replace("9000", "3117.5");
    with_site(&[(EXPRESS.0, &same)], |site, _| {
        assert!(!file("compare/index.html", site).contains("badge good"));
    });
    with_site(&[], |site, _| {
        assert!(!file("compare/index.html", site).contains("badge good"));
    });
}

#[test]
fn a_pair_is_told_apart_by_what_is_known_of_both() {
    with_site(&[EXPRESS, ALL_PAIRS], |site, _| {
        let page = file("compare/django-vs-express/index.html", site);
        let lead = "Django and Express differ in 2 of the 2 criteria known for both. \
                    Rankings with both: Django ahead in 1.";
        assert!(page.contains(lead), "{page}");
        assert!(page.contains("9,000 <b class=\"badge good\">Better</b>"), "{page}");
        // Yes and no speak for themselves.
        assert_eq!(page.matches("Better</b>").count(), 1, "{page}");
        assert!(page.contains(">Motto</a>: Express: Unknown</li>"), "{page}");
        assert!(page.contains("<h3>Express is a good fit</h3>"), "{page}");
        assert!(page.contains("noindex"), "{page}");
    });
}

#[test]
fn no_character_of_a_title_is_taken_for_the_place_of_something_else() {
    let title = "O\u{e000}RM";
    let criteria = format!(
        "[[group]]\nid = \"g\"\ntitle = \"G\"\n\
         [[criterion]]\nid = \"orm\"\ngroup = \"g\"\ntitle = \"{title}\"\n\
         question = \"Q?\"\nkind = \"boolean\"\n\
         [[criterion]]\nid = \"throughput\"\ngroup = \"g\"\ntitle = \"T\"\n\
         question = \"Q?\"\nkind = \"number\"\nunit = \"req/s\"\nutility = [[0, 0], [9, 100]]\n\
         [[criterion]]\nid = \"motto\"\ngroup = \"g\"\ntitle = \"M\"\n\
         question = \"Q?\"\nkind = \"text\"\n"
    );
    let goal = "+++\ntitle = \"A\u{e000}B\u{e001}\"\nquestion = \"Q?\"\n[weights]\norm = 5\n+++\n";
    let express = EXPRESS.1.replace("Express", "Ex<\u{e002}>");
    let files = [
        (EXPRESS.0, express.as_str()),
        ALL_PAIRS,
        ("content/criteria.toml", &criteria),
        ("content/goals/small-sites.md", goal),
    ];
    with_site(&files, |site, _| {
        let page = file("compare/django-vs-express/index.html", site);
        assert!(page.contains(&format!(">{title}</a></th><td")), "{page}");
        let scores = ">A\u{e000}B\u{e001}</a></th><td class=\"num\">100.0</td>\
                      <td class=\"num\">0.0</td><td class=\"chart\"><svg";
        assert!(page.contains(scores), "{page}");
        assert!(page.contains("</svg> Django by 100.0</td></tr>"), "{page}");
        let page = file("compare/express-vs-flask/index.html", site);
        assert!(page.contains("</svg> Flask by 50.0</td></tr>"), "{page}");
    });
    let other = EXPRESS.1.replace("Express", "Ex<\u{e002}>").replace("false", "true");
    let files = [(EXPRESS.0, other.as_str()), ALL_PAIRS];
    with_site(&files, |site, _| {
        let page = file("compare/express-vs-flask/index.html", site);
        assert!(page.contains(">Only Ex&lt;\u{e002}&gt; is ranked</td>"), "{page}");
    });
}

#[test]
fn a_pair_of_which_nothing_is_known_says_so() {
    let zed = ("content/frameworks/zed.toml", "name = \"Zed\"\nsummary = \"New.\"\n");
    with_site(&[zed, ALL_PAIRS], |site, _| {
        let page = file("compare/flask-vs-zed/index.html", site);
        assert!(page.contains("Nothing is known yet of both Flask and Zed."), "{page}");
        assert!(page.contains("Nothing that is known for both differs."), "{page}");
    });
}

#[test]
fn a_profile_shows_every_fact_with_its_origin_and_asks_for_the_rest() {
    with_site(&[EXPRESS, ALL_PAIRS], |site, _| {
        let page = file("frameworks/express/index.html", site);
        for id in ["F-orm", "F-throughput", "F-motto"] {
            assert!(page.contains(&format!("<tr id=\"{id}\">")), "{id}: {page}");
        }
        let source = "<a href=\"../../sources/#S-docs\">Docs &amp; more</a>";
        assert_eq!(page.matches(source).count(), 2, "{page}");
        assert!(page.contains("<time datetime=\"2026-11-20\">20 November 2026</time>"));
        assert!(page.contains("1 fact is missing."), "{page}");
        let edit = "https://example.org/repo/blob/HEAD/content/frameworks/express.toml";
        assert_eq!(page.matches(edit).count(), 2, "{page}");
    });
    with_site(&[], |site, _| {
        let page = file("frameworks/flask/index.html", site);
        assert!(!page.contains("Edit this page"), "{page}");
        assert!(page.contains("nobody &lt;measures&gt; it"), "{page}");
    });
}

#[test]
fn a_language_ranks_its_own_frameworks_among_themselves() {
    let python = |name: &str, orm: &str| {
        format!(
            "name = \"{name}\"\nlanguage = \"python\"\nsummary = \"…\"\nsource = \"docs\"\n[facts]\n{orm}\nthroughput = 100\n"
        )
    };
    let (zope, flask) = (python("Zope", "orm = true"), python("Flask", "orm = false"));
    let files = [
        EXPRESS,
        ("content/languages.toml", "[python]\ntitle = \"Python\"\n"),
        ("content/frameworks/zope.toml", &zope),
        ("content/frameworks/flask.toml", &flask),
    ];
    with_site(&files, |site, _| {
        let page = file("languages/python/index.html", site);
        let order = "<li>1 <a href=\"../../best-for/small-sites/#R-zope\">Zope</a> \
                     <span class=\"num\">62.5</span></li>\
                     <li>2 <a href=\"../../best-for/small-sites/#R-flask\">Flask</a>";
        assert!(page.contains(order), "{page}");
        assert!(!page.contains(">Express</a>"), "{page}");
    });
}

#[test]
fn the_home_page_leads_only_to_what_there_is() {
    with_site(&[], |site, _| {
        let page = file("index.html", site);
        assert!(page.contains("<a href=\"./choose/\">Help me choose</a>"), "{page}");
        assert!(!page.contains("X-pairs") && !page.contains("guides/"), "{page}");
        assert!(page.contains("<dt>No language given</dt>"), "{page}");
    });
    with_site(&[EXPRESS, ALL_PAIRS], |site, _| {
        let page = file("index.html", site);
        assert!(page.contains("<a href=\"./#X-pairs\">I know two names</a>"), "{page}");
        assert!(page.contains("<h2 id=\"X-pairs\">"), "{page}");
    });
}

#[test]
fn no_cell_of_a_table_is_empty_and_a_page_has_one_first_heading() {
    with_site(&[EXPRESS, ALL_PAIRS], |site, _| {
        for path in site.paths().iter().filter(|path| path.ends_with(".html")) {
            let page = file(path, site);
            for cell in page.split("<td").chain(page.split("<th")).skip(1) {
                let text = cell.split_once('>').map_or("", |(_, text)| text);
                assert!(!text.starts_with("</t"), "{path}: {cell}");
            }
            assert_eq!(page.matches("<h1").count(), 1, "{path}");
        }
    });
}
