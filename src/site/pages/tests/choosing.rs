//! Tests of the page that helps to choose: its requirements, and hiding what lacks them.

use super::rankings::between;
use crate::site::testing::{file, with_site};

/// Criteria whose better answers some of the frameworks have.
const CRITERIA: &str = r#"[[group]]
id = "g"
title = "Group"
[[criterion]]
id = "admin"
group = "g"
title = "Admin"
question = "Is there one?"
kind = "boolean"
[[criterion]]
id = "server"
group = "g"
title = "Server"
question = "Must there be one?"
kind = "boolean"
better = "no"
[[criterion]]
id = "orm"
group = "g"
title = "ORM"
question = "Whence?"
kind = "choice"
options = [{ id = "own", title = "Own", utility = 100 }, { id = "near", title = "Near", utility = 80 }, { id = "none", title = "None", utility = 0 }]
[[criterion]]
id = "tests"
group = "g"
title = "Tests"
question = "All have them."
kind = "boolean"
[[criterion]]
id = "stars"
group = "g"
title = "Stars"
question = "How many?"
kind = "number"
unit = "stars"
utility = [[0, 0], [100, 100]]
"#;

/// Gives a test the page for three frameworks and goals with these requirements.
fn with_page(requirements: &[&str], test: impl FnOnce(&str, &str)) {
    let framework = |language: &str, facts: &str| {
        format!(
            "name = \"{language}\"\nsummary = \"S.\"\nlanguage = \"{language}\"\n\
             [facts]\ntests = true\n{facts}\n"
        )
    };
    let django = framework("python", "admin = true\nserver = true\norm = \"own\"");
    let flask = framework("ruby", "admin = false\nserver = false\norm = \"none\"");
    let other = framework("python", "orm = \"near\"\nstars = 50");
    let goals: Vec<(String, String)> = requirements
        .iter()
        .enumerate()
        .map(|(i, requirement)| {
            let title = format!("title = \"T{i}\"\nquestion = \"Q{i}?\"");
            let path = match i {
                0 => "content/goals/small-sites.md".to_owned(),
                _ => format!("content/goals/goal-{i}.md"),
            };
            (path, format!("+++\n{title}\n[weights]\norm = 1\n{requirement}\n+++\n"))
        })
        .collect();
    let mut files = vec![
        ("content/criteria.toml", CRITERIA),
        (
            "content/languages.toml",
            "[python]\ntitle = \"Python\"\n[ruby]\ntitle = \"Ruby\"\n",
        ),
        ("content/frameworks/django.toml", &*django),
        ("content/frameworks/flask.toml", &*flask),
        ("content/frameworks/other.toml", &*other),
    ];
    files.extend(goals.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    with_site(&files, |site, found| {
        assert!(!found.contains("error"), "{found}");
        let css = site
            .paths()
            .iter()
            .find(|path| path.starts_with("theme/choose.") && path.ends_with(".css"));
        test(&file("choose/index.html", site), &file(css.unwrap(), site));
    });
}

/// Key, value and whom each must-have leaves out, in the order of the page.
fn filters(page: &str) -> Vec<(&str, &str, &str)> {
    let inputs = page.split("<input type=\"").skip(1);
    let inputs = inputs.filter(|input| input.contains("data-lack"));
    inputs
        .map(|input| {
            let part = |name: &str| between(input, &format!("{name}=\""), "\"");
            (part("name"), part("value"), part("data-lack"))
        })
        .collect()
}

#[test]
fn languages_and_criteria_that_tell_frameworks_apart_can_be_asked_for() {
    with_page(&[""], |page, _| {
        // Everybody has tests, and a number has no threshold of its own.
        assert_eq!(
            filters(page),
            [
                ("lang", "python", "flask"),
                ("lang", "ruby", "django other"),
                ("req.admin", "yes", "flask other"),
                ("req.server", "no", "django other"),
                ("req.orm", "any:own,near", "flask"),
            ]
        );
    });
}

#[test]
fn what_goals_require_can_be_asked_for_in_their_words() {
    let stars = "[[require]]\ncriterion = \"stars\"\nat_least = 10\n\
                 [[require]]\ncriterion = \"stars\"\nat_most = 90";
    let own = "[[require]]\ncriterion = \"orm\"\nis = \"own\"";
    let not = "[[require]]\ncriterion = \"orm\"\nnot = \"none\"";
    with_page(&[stars, own, not, own], |page, _| {
        let filters = filters(page);
        let orm: Vec<_> = filters.iter().filter(|(key, ..)| *key == "req.orm").collect();
        let all = [("req.orm", "own", "flask other"), ("req.orm", "not:none", "flask")];
        assert_eq!(orm, all.iter().collect::<Vec<_>>());
        assert!(filters.contains(&("req.stars", "min:10~max:90", "django flask")));
        // Of two needs of one criterion one can be chosen, or none.
        assert!(
            page.contains("<input type=\"radio\" name=\"req.orm\" value=\"\" checked>")
        );
        let words = "data-about=\"Stars\" data-need=\"10\u{a0}stars or more and 90\u{a0}stars or less\"";
        assert!(page.contains(words), "{page}");
    });
}

#[test]
fn style_rules_hide_what_lacks_a_must_have() {
    with_page(&[""], |page, css| {
        assert!(page.contains("<li class=\"card\" data-f=\"flask\">"), "{page}");
        let rule = ".wishes:has([data-lack~=\"flask\"]:checked)~.outcome [data-f=\"flask\"]\
                    {display:none}";
        assert!(css.contains(rule), "{css}");
        let nobody = ".wishes:has([data-lack~=\"django\"]:checked)\
                      :has([data-lack~=\"flask\"]:checked)\
                      :has([data-lack~=\"other\"]:checked)~.outcome .nobody{display:block}";
        assert!(css.contains(nobody), "{css}");
        let (_, after) = page.split_once("<form id=\"X-choose\"").unwrap();
        let (_, outcome) = after.split_once("</form>").unwrap();
        assert!(
            outcome.contains("class=\"outcome\""),
            "the rules look for it after the form"
        );
    });
}

#[test]
fn without_a_script_no_control_is_shown_that_needs_one() {
    with_page(&[""], |page, _| {
        let form = between(page, "<form id=\"X-choose\"", "</form>");
        // What a script has to show is in elements of its own, hidden until then.
        let (mut depth, mut shown) = (0_usize, String::new());
        for tag in form.split('<').skip(1) {
            let is_void = tag.starts_with("input");
            let is_end = tag.starts_with('/');
            match depth {
                0 if tag.contains(" data-js hidden") => depth = 1,
                0 => shown.push_str(tag),
                _ if is_end => depth -= 1,
                _ if !is_void => depth += 1,
                _ => {}
            }
        }
        for control in ["range", "<button", "<select", "button type", "select id"] {
            assert!(
                form.contains("type=\"range\"") && !shown.contains(control),
                "{shown}"
            );
        }
        assert!(shown.contains("checkbox") && shown.contains("Weights of your own need"));
        assert!(page.contains("<div class=\"ranking\" hidden>"), "{page}");
    });
}

#[test]
fn a_goal_leads_to_its_own_weights() {
    with_site(&[], |site, _| {
        let page = file("best-for/small-sites/index.html", site);
        assert!(page.contains("href=\"../../choose/?g=small-sites#X-own\""), "{page}");
    });
}
