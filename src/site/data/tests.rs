//! Tests of the data files against the small book.

use crate::site::testing::{file, with_site};

#[test]
fn frameworks_have_every_fact_in_order() {
    with_site(&[], |site, _| {
        let got = file("api/v1/frameworks/django.json", site);
        assert_eq!(
            got,
            "{\"slug\":\"django\",\"name\":\"Django\",\"language\":null,\
             \"summary\":\"For perfectionists.\",\"homepage\":null,\"repository\":null,\
             \"license\":null,\"facts\":{\
             \"orm\":{\"state\":\"known\",\"value\":true,\"text\":\"Yes\",\"note\":null,\
             \"source\":\"docs\",\"checked\":\"2026-11-20\",\"stale\":false,\"utility\":100},\
             \"throughput\":{\"state\":\"known\",\"value\":3117.5,\"text\":\"3,117.5\",\
             \"note\":\"at 256 \\\"connections\\\"\",\"source\":\"docs\",\
             \"checked\":\"2026-11-20\",\"stale\":false,\"utility\":4},\
             \"motto\":{\"state\":\"known\",\"value\":\"=1+1, really\",\
             \"text\":\"=1+1, really\",\"note\":null,\"source\":\"docs\",\
             \"checked\":\"2026-11-20\",\"stale\":false,\"utility\":null}}}\n"
        );
        let all = file("api/v1/frameworks.json", site);
        assert!(all.starts_with(&format!("[{},", got.trim_end())), "{all}");
    });
}

#[test]
fn the_three_nothings_differ() {
    with_site(&[], |site, _| {
        let got = file("api/v1/frameworks/flask.json", site);
        for part in [
            "\"orm\":{\"state\":\"known\",\"value\":\"partial\",\"text\":\"Partly\"",
            "\"throughput\":{\"state\":\"na\",\"value\":null,\"text\":\"Not applicable\",\
             \"note\":\"nobody <measures> it\"",
            "\"motto\":{\"state\":\"unknown\",\"value\":null,\"text\":\"Unknown\",\
             \"note\":null",
        ] {
            assert!(got.contains(part), "{part} in {got}");
        }
    });
}

#[test]
fn criteria_are_as_declared() {
    with_site(&[], |site, _| {
        let got = file("api/v1/criteria.json", site);
        let part = "{\"id\":\"throughput\",\"group\":\"batteries\",\
            \"title\":\"Throughput\",\"question\":\"How fast is it?\",\"kind\":\"number\",\
            \"why\":null,\"rubric\":null,\"better\":null,\"options\":null,\"tags\":null,\
            \"unit\":\"req/s\",\"utility\":[[1000,0],[50000,100]],\"glance\":false,\
            \"max_age\":365}";
        assert!(got.contains(part), "{part} in {got}");
    });
}

#[test]
fn a_goal_has_the_sums_behind_its_ranking() {
    let goal = "+++\ntitle = \"Small sites\"\nquestion = \"Which?\"\napplicability = 30\n\
                [weights]\nthroughput = 3\norm = 5\n\n[[require]]\ncriterion = \"orm\"\n\
                any = [true, \"partial\"]\n+++\nProse.\n";
    with_site(&[("content/goals/small-sites.md", goal)], |site, _| {
        assert_eq!(
            file("api/v1/goals/small-sites.json", site),
            "{\"goal\":\"small-sites\",\"title\":\"Small sites\",\
             \"weights\":{\"orm\":5,\"throughput\":3},\
             \"requirements\":[{\"criterion\":\"orm\",\"any\":[true,\"partial\"]}],\
             \"ranking\":[{\"framework\":\"django\",\"rank\":1,\"A\":512,\"D\":8,\"K\":8,\
             \"W\":8,\"tenths\":640,\"max_tenths\":640,\
             \"utilities\":{\"orm\":100,\"throughput\":4}},\
             {\"framework\":\"flask\",\"rank\":2,\"A\":250,\"D\":5,\"K\":5,\"W\":8,\
             \"tenths\":500,\"max_tenths\":500,\
             \"utilities\":{\"orm\":50,\"throughput\":\"na\"}}],\
             \"unranked\":[],\
             \"sensitivity\":{\"criterion\":\"orm\",\"from\":5,\"to\":2,\"step\":3,\
             \"winners\":[\"flask\"]},\
             \"leave_one_out\":{\"orm\":[\"django\"],\"throughput\":[\"django\"]},\
             \"equal_weights\":[\"django\"]}\n"
        );
    });
}

#[test]
fn scores_have_all_that_a_ranking_is_made_from() {
    let goal = "+++\ntitle = \"Small sites\"\nquestion = \"Which?\"\ncoverage = 70\n\
                stale = \"unknown\"\n[weights]\nthroughput = 3\norm = 5\n\n\
                [[require]]\ncriterion = \"motto\"\nis = \"=1+1, really\"\n+++\n";
    with_site(&[("content/goals/small-sites.md", goal)], |site, _| {
        assert_eq!(
            file("api/v1/scores.json", site),
            "{\"criteria\":[\"orm\",\"throughput\"],\"frameworks\":[\"django\",\"flask\"],\
             \"utilities\":[[100,4],[50,\"na\"]],\"stale\":[[],[]],\
             \"values\":[[0,1],[2,3]],\"cells\":[\
             {\"state\":\"yes\",\"text\":\"Yes\",\"stale\":\"\"},\
             {\"state\":\"value\",\"text\":\"3,117.5\u{a0}req/s\",\"stale\":\"\"},\
             {\"state\":\"part\",\"text\":\"Partly\",\"stale\":\"\"},\
             {\"state\":\"na\",\"text\":\"Not applicable\",\"stale\":\"\"},\
             {\"state\":\"value\",\"text\":\"=1+1, really\",\"stale\":\"\"},\
             {\"state\":\"unk\",\"text\":\"Unknown\",\"stale\":\"\"}],\
             \"requirements\":[{\"key\":\"req.orm\",\"value\":\"yes\",\
             \"met\":[true,false],\"values\":[0,2]},{\"key\":\"req.motto\",\"value\":\"=1+1, really\",\
             \"met\":[true,null],\"values\":[4,5]}],\
             \"rules\":{\"coverage\":60,\"applicability\":75,\"tie_margin\":20},\
             \"goals\":[{\"goal\":\"small-sites\",\"weights\":{\"orm\":5,\"throughput\":3},\
             \"requirements\":[1],\"coverage\":70,\"applicability\":75,\"tie_margin\":20,\
             \"stale\":\"unknown\"}]}\n"
        );
    });
}

#[test]
fn no_cell_of_the_table_starts_a_formula() {
    with_site(&[], |site, _| {
        assert_eq!(
            file("api/v1/matrix.csv", site),
            "framework,orm,throughput,motto\n\
             django,yes,3117.5,\"'=1+1, really\"\n\
             flask,\"partial:an extension, on request\",n/a,unknown\n"
        );
    });
}

#[test]
fn the_sitemap_lists_pages_with_the_day_of_what_they_show() {
    with_site(&[], |site, _| {
        let got = file("sitemap.xml", site);
        let part = "<url><loc>https://example.org/guide/frameworks/django/</loc>\
                    <lastmod>2026-11-20</lastmod></url>\n";
        assert!(got.contains(part), "{got}");
        assert!(!got.contains("404"), "{got}");
        assert!(!site.paths().iter().any(|path| path == "robots.txt"));
    });
}
