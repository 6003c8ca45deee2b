//! Each rule of the preflight at its limit, and one beyond it.

use super::{Check, Facts, LARGEST_FILE, LARGEST_SITE, Removed, check};
use crate::publish::{Repository, Standing};

/// Facts against which nothing speaks.
const FINE: Facts = Facts {
    base_url: "https://me.github.io/guide/",
    repository: None,
    domain: None,
    findings: (0, 0, 0),
    has_drafts: false,
    dirty: (&[], false),
    standing: None,
    is_shallow: false,
    files: None,
    removed: Removed { what: "pages", paths: &[], of: 0, is_allowed: false },
};

/// The refusals, with their hints.
fn refused(facts: &Facts) -> Vec<String> {
    let refused = check(facts).into_iter().filter_map(|check| match check {
        Check::Refused(found) => {
            assert!(!found.hints.is_empty(), "{}", found.message);
            Some(format!("{}: {}", found.message, found.hints.join("; ")))
        }
        Check::Fine(_) => None,
    });
    refused.collect()
}

#[test]
fn the_address_must_be_where_the_remote_is_served() {
    #[track_caller]
    fn case(remote: &str, url: &str, expected: &str) {
        let repository = Repository::of(remote);
        let facts = Facts { base_url: url, repository: repository.as_ref(), ..FINE };
        match (refused(&facts).as_slice(), expected) {
            ([], "") => {}
            ([only], expected) if !expected.is_empty() => {
                assert!(only.contains(expected), "no `{expected}` in {only}");
            }
            (other, _) => panic!("{remote} {url}: {other:?}, not {expected:?}"),
        }
    }
    let guide = "git@github.com:Me/Guide.git";
    case(guide, "https://me.github.io/Guide/", "");
    case(guide, "https://ME.github.io/Guide/", "");
    case(
        guide,
        "https://me.github.io/guide/",
        "`base_url = \"https://me.github.io/Guide/\"`",
    );
    case(guide, "https://me.github.io/", "is not where GitHub serves");
    case(guide, "https://you.github.io/Guide/", "is not where GitHub serves");
    case(guide, "http://localhost/", "does not say where it is served");
    // The domain of the owner's own site, or one of this site.
    case(guide, "https://example.org/Guide/", "");
    case(guide, "https://example.org/", "`cname = \"example.org\"`");
    let own = "https://github.com/me/me.github.io";
    case(own, "https://me.github.io/", "");
    case(
        own,
        "https://me.github.io/me.github.io/",
        "`base_url = \"https://me.github.io/\"`",
    );
    case(own, "https://example.org/", "`cname = \"example.org\"`");
    // Elsewhere nothing is known.
    case("/srv/guide.git", "https://example.org/any/", "");
    case("git@gitlab.com:me/guide.git", "https://me.gitlab.io/guide/", "");
    case("/srv/guide.git", "http://localhost/", "does not say where it is served");
    case("/srv/guide.git", "http://[::1]:80/", "does not say where it is served");
}

#[test]
fn a_domain_is_a_name_and_the_address_is_at_it() {
    #[track_caller]
    fn case(domain: &str, url: &str, expected: usize) {
        let facts = Facts { base_url: url, domain: Some((domain, false)), ..FINE };
        assert_eq!(refused(&facts).len(), expected, "{domain}: {:?}", refused(&facts));
    }
    case("guide.example.org", "https://guide.example.org/", 0);
    case("Guide.Example.org", "https://guide.example.org/", 0);
    case("guide.example.org", "https://guide.example.org/below/", 1);
    case("guide.example.org", "https://example.org/", 1);
    for odd in
        ["localhost", "-a.org", "a-.org", "a..org", "a b.org", "a.org:80", "über.org"]
    {
        case(odd, &format!("https://{odd}/"), 1);
    }
}

#[test]
fn findings_refuse_and_age_does_not() {
    let with = |findings| refused(&Facts { findings, ..FINE });
    assert_eq!(with((0, 0, 7)), Vec::<String>::new());
    assert!(with((0, 1, 0))[0].starts_with("the book has 1 warning: "));
    assert!(with((2, 0, 3))[0].starts_with("the book has 2 errors: "));
    assert!(with((1, 3, 0))[0].starts_with("the book has 1 error, 3 warnings: "));
}

#[test]
fn what_is_not_committed_is_named_up_to_five() {
    let files: Vec<String> = (0..8).map(|i| format!("content/{i}.md")).collect();
    let with = |dirty| refused(&Facts { dirty, ..FINE });
    assert!(with((&files[..1], false))[0].starts_with("not committed: `content/0.md`: "));
    assert!(with((&files, false))[0].contains("`content/4.md` and 3 more files: "));
    assert_eq!(with((&files, true)), Vec::<String>::new());
    assert_eq!(refused(&Facts { has_drafts: true, ..FINE }).len(), 1);
}

#[test]
fn a_site_of_another_commit_is_left_unless_told() {
    let with = |standing, is_shallow| refused(&Facts { standing, is_shallow, ..FINE });
    assert_eq!(with(Some((Standing::Included, false)), false), Vec::<String>::new());
    for standing in [Standing::Newer, Standing::Apart, Standing::Unknown] {
        assert!(with(Some((standing, false)), false)[0].contains("`--allow-older`"));
        assert_eq!(with(Some((standing, true)), false), Vec::<String>::new());
    }
    assert!(with(Some((Standing::Unknown, false)), true)[0].contains("--unshallow"));
}

#[test]
fn hosts_have_limits() {
    #[track_caller]
    fn case(files: &[(&str, u64)], expected: &[&str]) {
        let files: Vec<(String, u64)> =
            files.iter().map(|(path, size)| ((*path).to_owned(), *size)).collect();
        let found = refused(&Facts { files: Some(&files), ..FINE });
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.contains(expected), "no `{expected}` in {found}");
        }
    }
    case(&[("a", LARGEST_FILE)], &[]);
    case(&[("a", LARGEST_FILE + 1)], &["larger than 100 MiB: `a`"]);
    let many = vec![("a", LARGEST_FILE); 10];
    let rest = LARGEST_SITE - 10 * LARGEST_FILE;
    case(&[&many[..], &[("b", rest)]].concat(), &[]);
    case(&[&many[..], &[("b", rest + 1)]].concat(), &["more than 1 GiB"]);
    for name in ["a:b", "a\nb", "a b", "_x/a", ".x", "a.", "a//b", "ü", "a?b", "a%20"] {
        case(&[(name, 1)], &["not every host takes the name"]);
    }
    let name = |length| "a".repeat(length);
    case(&[(&name(255), 1)], &[]);
    case(&[(&name(256), 1)], &["not every host takes"]);
    let path = |length: usize| format!("{}{}", "a/".repeat(500), name(length - 1000));
    case(&[(&path(1024), 1)], &[]);
    case(&[(&path(1025), 1)], &["not every host takes"]);
}

#[test]
fn a_fifth_of_the_pages_may_go() {
    let paths: Vec<String> = (0..9).map(|i| format!("{i}.html")).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let with = |gone, of, is_allowed| {
        let removed = Removed { what: "pages", paths: &paths[..gone], of, is_allowed };
        refused(&Facts { removed, ..FINE })
    };
    assert_eq!(with(0, 0, false), Vec::<String>::new());
    assert_eq!(with(2, 10, false), Vec::<String>::new());
    assert!(with(3, 10, false)[0].starts_with("3 of 10 published pages would be gone: "));
    assert_eq!(with(3, 10, true), Vec::<String>::new());
    assert_eq!(with(1, 1, false).len(), 1);
}
