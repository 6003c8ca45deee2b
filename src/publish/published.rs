//! What a published site's files say: which are pages, and the ranks in those of goals.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Whether a file of a site holds a goal's ranking.
pub(super) fn is_goal(path: &str) -> bool {
    let name = path.strip_prefix("api/v1/goals/").and_then(|n| n.strip_suffix(".json"));
    name.is_some_and(|name| !name.contains(['/', '\n']))
}

/// Whether a file of a site is a page.
pub fn is_page(path: &str) -> bool {
    path.ends_with(".html")
}

/// The ranks in a goal's file as it was published; none if it cannot be read.
pub(super) fn published(file: &[u8]) -> Option<(String, BTreeMap<String, u32>)> {
    #[derive(Deserialize)]
    struct Goal {
        goal: String,
        ranking: Vec<Ranked>,
    }
    #[derive(Deserialize)]
    struct Ranked {
        framework: String,
        rank: u32,
    }
    let goal: Goal = serde_json::from_slice(file).ok()?;
    let ranks = goal.ranking.into_iter().map(|place| (place.framework, place.rank));
    Some((goal.goal, ranks.collect()))
}

#[cfg(test)]
mod tests {
    use super::{is_goal, published};

    #[test]
    fn what_was_published_is_read_if_it_is_ours() {
        let file =
            br#"{"goal":"a","title":"A","ranking":[{"framework":"x","rank":1,"A":3}]}"#;
        let (goal, places) = published(file).unwrap();
        assert_eq!((goal.as_str(), places["x"]), ("a", 1));
        for bad in ["", "{}", "[]", r#"{"goal":1,"ranking":[]}"#] {
            assert_eq!(published(bad.as_bytes()), None);
        }
        assert!(is_goal("api/v1/goals/a.json"));
        for bad in ["api/v1/goals/a/b.json", "api/v1/goals/a.txt", "goals/a.json"] {
            assert!(!is_goal(bad), "{bad}");
        }
    }
}
