//! The sentences of small rankings, word for word.

use super::{Sentences, Verdict, reaching};
use crate::book::with_ids;
use crate::site::sentences;
use crate::site::testing::with_site;

/// Four kinds of criteria.
const CRITERIA: &str = r#"[[group]]
id = "all"
title = "All"
[[criterion]]
id = "ease"
group = "all"
title = "Ease"
question = "How easy is it?"
kind = "rating"
rubric = ["a", "b", "c", "d", "e"]
[[criterion]]
id = "orm"
group = "all"
title = "ORM"
question = "Where does the ORM come from?"
kind = "choice"
options = [
  { id = "built-in", title = "Built in", utility = 100 },
  { id = "addon", title = "Add-on", utility = 40 },
]
[[criterion]]
id = "speed"
group = "all"
title = "Speed"
question = "How fast is it?"
kind = "number"
unit = "req/s"
utility = [[0, 0], [100, 100]]
[[criterion]]
id = "stores"
group = "all"
title = "Databases"
question = "Which databases does it know?"
kind = "tags"
tags = [{ id = "pg", title = "PostgreSQL" }, { id = "my", title = "MySQL" }]
[[criterion]]
id = "jobs"
group = "all"
title = "Jobs"
question = "Are there jobs?"
kind = "boolean"
"#;

/// Django and Rails differ by one unknown; Flask is easier and has less.
const DJANGO: &str =
    "ease = 3\norm = \"built-in\"\nspeed = 50\nstores = [\"pg\", \"my\"]\n";
const FLASK: &str = "ease = 5\norm = \"addon\"\nspeed = 50\nstores = { na = \"none\" }\n";
const RAILS: &str = "ease = 3\norm = \"built-in\"\nstores = [\"my\"]\n";

/// Gives a test what the ranking of a goal with this front matter says.
fn with_goal(front: &str, test: impl FnOnce(&Sentences<'_>)) {
    let framework = |name: &str, facts: &str| {
        format!(
            "name = \"{name}\"\nsummary = \"S.\"\nsource = \"docs\"\n[facts]\n{facts}"
        )
    };
    let (django, flask) = (framework("Django", DJANGO), framework("Flask", FLASK));
    let rails = framework("Rails", RAILS);
    let goal =
        format!("+++\ntitle = \"Small sites\"\nquestion = \"Which?\"\n{front}\n+++\n");
    let more = [
        ("content/criteria.toml", CRITERIA),
        ("content/frameworks/django.toml", &django),
        ("content/frameworks/flask.toml", &flask),
        ("content/frameworks/rails.toml", &rails),
        ("content/goals/small-sites.md", &goal),
    ];
    with_site(&more, |site, _| {
        let (id, _) = with_ids(&site.book.goals).next().unwrap();
        test(&sentences::of_goal(site, id));
    });
}

#[test]
fn an_answer_is_as_sure_as_the_ranking() {
    #[track_caller]
    fn case(front: &str, expected: &str) {
        with_goal(front, |say| assert_eq!(say.answer(), expected));
    }
    case(
        "[weights]\nease = 10",
        "Flask scores highest (100.0), ahead of Django and Rails (50.0).",
    );
    case("[weights]\norm = 1", "Django and Rails share the first place (100.0).");
    case(
        "[weights]\nease = 7\norm = 6\nspeed = 1",
        "Django and Flask are close (71.4 and 70.7): up to 2.0 points apart count as no \
         difference here.",
    );
    case(
        "tie_margin = 0\n[weights]\nease = 7\norm = 6\nspeed = 1",
        "It is close: Django leads with 71.4, but Flask would come first if “Ease” \
         weighed 8 instead of 7.",
    );
    case(
        "[weights]\nease = 1\n[[require]]\ncriterion = \"orm\"\nis = \"addon\"",
        "Flask scores highest (100.0) and is the only one ranked.",
    );
    case(
        "[weights]\nease = 1\n[[require]]\ncriterion = \"ease\"\nat_least = 4\n\
         [[require]]\ncriterion = \"orm\"\nis = \"built-in\"",
        "Nothing qualifies: every framework fails a requirement.",
    );
    case(
        "[weights]\nease = 1\n[[require]]\ncriterion = \"jobs\"\nis = true",
        "Nobody can be ranked: too little is known or applies.",
    );
}

#[test]
fn what_would_change_a_result_is_said_in_full() {
    with_goal("[weights]\nease = 7\norm = 6\nspeed = 1", |say| {
        let expected = [
            "The smallest change: with “Ease” at weight 8 instead of 7, Flask would come \
             first.",
            "Without “ORM”, Flask would come first.",
            "Without “Speed”, Django and Rails would come first.",
            "With equal weights, Django would still come first.",
            "Rails would draw level with Django if “Speed”, which is unknown, turned out \
             to be 50\u{a0}req/s or more.",
        ];
        assert_eq!(say.changes(), expected);
    });
}

#[test]
fn a_requirement_names_who_meets_it_and_why_others_do_not() {
    let front = "[weights]\nease = 1\n[[require]]\ncriterion = \"speed\"\nat_least = 10\n\
                 [[require]]\ncriterion = \"stores\"\nhas = [\"pg\", \"my\"]";
    with_goal(front, |say| {
        assert_eq!(say.requirement(0), "10\u{a0}req/s or more");
        assert_eq!(say.requirement_counts(0), "met by 2 of 3, 1 unknown");
        assert_eq!(say.requirement(1), "PostgreSQL and MySQL");
        assert_eq!(say.requirement_counts(1), "met by 1 of 3");
        assert_eq!(say.qualify(), "1 of 3 frameworks qualify.");
        let reasons = say.ranking.unranked.iter();
        let reasons = reasons.map(|out| say.reason(out.framework, out.reason));
        let expected = [
            "Databases: Not applicable; required: PostgreSQL and MySQL.",
            "Databases: MySQL; required: PostgreSQL and MySQL.",
        ];
        assert_eq!(reasons.collect::<Vec<_>>(), expected);
    });
}

#[test]
fn a_place_says_how_its_points_add_up() {
    with_goal("[weights]\nease = 7\norm = 6\nspeed = 1", |say| {
        let rails = say.ranking.ranked.last().unwrap();
        assert_eq!(say.total(rails), "Total 950 of 1,400 points: 67.9 of 100.");
        let up_to = "Up to 75.0 if the unknown value is as good as can be.";
        assert_eq!(say.up_to(rails).as_deref(), Some(up_to));
        let holds = "Ease earns 350 of 700 points (weight 7).";
        assert_eq!(say.holds_back(rails).as_deref(), Some(holds));
    });
}

#[test]
fn articles_are_told_whether_the_ranking_agrees() {
    #[track_caller]
    fn case(picks: &str, verdict: Verdict, text: &str) {
        let front = format!("picks = [{picks}]\n[weights]\nease = 10\norm = 1\n");
        with_goal(&front, |say| {
            let opinions = say.opinions();
            assert_eq!(opinions.len(), 1);
            assert_eq!((opinions[0].verdict, &*opinions[0].text), (verdict, text));
        });
    }
    let flask = "{ framework = \"flask\", source = \"docs\" }";
    let rails = "{ framework = \"rails\", source = \"docs\" }";
    case(flask, Verdict::Agrees, "recommends Flask (here: rank 1). This ranking agrees.");
    case(
        &format!("{flask}, {rails}"),
        Verdict::Partly,
        "recommends Flask (here: rank 1) and Rails (here: rank 2=). This ranking agrees \
         on Flask, but not on Rails: it puts Flask first.",
    );
    case(
        rails,
        Verdict::Disagrees,
        "recommends Rails (here: rank 2=). This ranking disagrees: it puts Flask first.",
    );
}

#[test]
fn values_that_reach_a_utility_are_named() {
    with_goal("[weights]\nease = 1", |say| {
        let case = |criterion: usize, utility: u8, expected: &str| {
            let found = reaching(&say.book.criteria[criterion], utility, say.strings);
            assert_eq!(found.unwrap(), expected);
        };
        case(0, 63, "3.5 or more");
        case(1, 41, "Built in");
        case(1, 40, "Built in or Add-on");
        case(2, 30, "30\u{a0}req/s or more");
        case(4, 50, "Partly or Yes");
        case(4, 51, "Yes");
        case(4, 0, "anything at all");
        assert_eq!(reaching(&say.book.criteria[3], 1, say.strings), None);
    });
}
