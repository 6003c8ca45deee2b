//! The vectors of `vectors/rank.json`, which the browser's script must pass as well.
//!
//! Each ranking is computed and written in the form of the file, then compared whole.

#![expect(clippy::unwrap_used, reason = "a vector that cannot be read fails its test")]

mod properties;

use fieldguide::book::{Bound, Curve, Decimal, Version};
use fieldguide::rank::core::{
    Ranked, Ranking, Reason, Row, Rules, Tenths, Unranked, Utility, Weights,
    equal_weights, holds_back, leave_one_out, never_best, overtakes, rank, rating,
    sensitivity, winners,
};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vectors {
    about: Vec<String>,
    ratings: Vec<Rating>,
    curves: Vec<Scale>,
    rankings: Vec<Value>,
    versions: Vec<Vec<Vec<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rating {
    halves: u8,
    u: u8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scale {
    points: Vec<(String, u8)>,
    cases: Vec<(String, u8)>,
    reaching: Vec<Reaching>,
}

#[derive(Deserialize, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
struct Reaching {
    u: u8,
    decimals: u32,
    reached: bool,
    least: Option<String>,
    most: Option<String>,
}

/// The given half of a ranking; the rest of it is computed.
#[derive(Deserialize)]
struct Given {
    criteria: Vec<String>,
    weights: Vec<u8>,
    rules: Limits,
    frameworks: Vec<Framework>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Limits {
    coverage: u8,
    applicability: u8,
    tie_margin: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Framework {
    framework: String,
    u: Vec<Value>,
}

fn vectors() -> Vectors {
    serde_json::from_str(include_str!("vectors/rank.json")).unwrap()
}

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn the_file_explains_itself() {
    let about = vectors().about;
    for part in ["ratings", "curves", "rankings", "versions"] {
        assert!(about.iter().any(|line| line.starts_with(&format!("{part}:"))), "{part}");
    }
}

#[test]
fn ratings_have_the_utilities_of_the_vectors() {
    for Rating { halves, u } in vectors().ratings {
        assert_eq!(rating(halves), u, "{halves} halves");
    }
}

#[test]
fn curves_have_the_utilities_and_bounds_of_the_vectors() {
    for scale in vectors().curves {
        let points = scale.points.iter().map(|(x, u)| (number(x), *u)).collect();
        let curve = Curve::new(points).unwrap();
        for (x, u) in scale.cases {
            assert_eq!(curve.at(number(&x)), u, "{x} in {:?}", scale.points);
        }
        for expected in scale.reaching {
            assert_eq!(reaching(&curve, expected.u, expected.decimals), expected);
        }
    }
}

fn reaching(curve: &Curve, u: u8, decimals: u32) -> Reaching {
    let bound = curve.reaching(u, decimals);
    let (least, most) = match bound {
        None | Some(Bound::Any) => (None, None),
        Some(Bound::AtLeast(least)) => (Some(least), None),
        Some(Bound::AtMost(most)) => (None, Some(most)),
        Some(Bound::Between(least, most)) => (Some(least), Some(most)),
    };
    let text = |x: Option<Decimal>| x.map(|x| x.to_string());
    let (least, most) = (text(least), text(most));
    Reaching { u, decimals, reached: bound.is_some(), least, most }
}

#[test]
fn rankings_are_those_of_the_vectors() {
    for expected in vectors().rankings {
        let given: Given = serde_json::from_value(expected.clone()).unwrap();
        let mut computed = given.results();
        for key in ["name", "about", "criteria", "weights", "rules", "frameworks"] {
            if let Some(given) = expected.get(key) {
                computed[key] = given.clone();
            }
        }
        assert_eq!(computed, expected);
    }
}

impl Given {
    /// Everything that follows from what is given, in the form of the file.
    fn results(&self) -> Value {
        let utilities: Vec<Vec<Utility>> = (self.frameworks.iter())
            .map(|framework| framework.u.iter().map(utility).collect())
            .collect();
        let rows: Vec<Row<'_>> = (self.frameworks.iter().zip(&utilities))
            .map(|(framework, u)| Row { slug: &framework.framework, utilities: u })
            .collect();
        let weights = Weights::new(self.weights.clone()).unwrap();
        let rules = Rules {
            coverage: self.rules.coverage,
            applicability: self.rules.applicability,
            tie_margin: Tenths(self.rules.tie_margin),
        };
        let ranking = rank(&rows, &weights, &rules);
        let lead = ranking.lead_group(&rules);
        self.check_winners(&ranking, &winners(&rows, &weights, &rules));
        json!({
            "ranking": self.each(&ranking.ranked, Self::ranked),
            "unranked": self.each(&ranking.unranked, Self::unranked),
            "lead_group": self.each(lead, |given, place| json!(given.slug(place.row))),
            "sensitivity": self.each(&sensitivity(&rows, &weights, &rules), |given, c| json!({
                "criterion": given.criteria[c.criterion],
                "from": c.from,
                "to": c.to,
                "step": c.step(),
                "winners": given.slugs(&c.winners),
            })),
            "leave_one_out": self.each(&leave_one_out(&rows, &weights, &rules), |given, c| json!({
                "criterion": given.criteria[c.criterion],
                "winners": given.slugs(&c.winners),
            })),
            "equal_weights": self.slugs(&equal_weights(&rows, &weights, &rules)),
            "holds_back": self.each(&rows, |given, row| {
                let framework = json!({ "framework": row.slug });
                holds_back(&weights, row.utilities).map_or(framework, |loss| json!({
                    "framework": row.slug,
                    "criterion": given.criteria[loss.criterion],
                    "points": loss.points,
                }))
            }),
            "overtakes": self.each(&overtakes(&rows, &weights, &rules), |given, o| json!({
                "framework": given.slug(o.row),
                "criterion": given.criteria[o.criterion],
                "u": o.utility,
            })),
            "never_best": self.each(&never_best(&rows), |given, dominated| json!({
                "framework": given.slug(dominated.row),
                "by": given.slug(dominated.by),
            })),
        })
    }

    /// Ranking and searching must agree on who is first.
    fn check_winners(&self, ranking: &Ranking, winners: &[usize]) {
        let mut first: Vec<usize> = ranking.first().iter().map(|r| r.row).collect();
        first.sort_unstable();
        assert_eq!(first, winners, "{:?}", self.slugs(winners));
    }

    fn each<T>(&self, list: &[T], write: impl Fn(&Self, &T) -> Value) -> Vec<Value> {
        list.iter().map(|item| write(self, item)).collect()
    }

    fn ranked(&self, place: &Ranked) -> Value {
        let score = place.score;
        json!({
            "framework": self.slug(place.row),
            "rank": place.rank,
            "A": score.a,
            "D": score.d,
            "K": score.k,
            "W": score.w,
            "tenths": score.tenths().0,
            "max_tenths": score.max_tenths().0,
        })
    }

    fn unranked(&self, framework: &Unranked) -> Value {
        let slug = self.slug(framework.row);
        let (reason, percent) = match framework.reason {
            Reason::NothingApplies => {
                return json!({ "framework": slug, "reason": "nothing-applies" });
            }
            Reason::TooFewKnown(percent) => ("too-few-known", percent),
            Reason::TooFewApplicable(percent) => ("too-few-applicable", percent),
        };
        json!({ "framework": slug, "reason": reason, "percent": percent })
    }

    fn slug(&self, row: usize) -> &str {
        &self.frameworks[row].framework
    }

    fn slugs(&self, rows: &[usize]) -> Vec<&str> {
        rows.iter().map(|row| self.slug(*row)).collect()
    }
}

fn utility(value: &Value) -> Utility {
    match value {
        Value::Null => Utility::Unknown,
        Value::String(word) if word == "na" => Utility::NotApplicable,
        other => Utility::Known(u8::try_from(other.as_u64().unwrap()).unwrap()),
    }
}

#[test]
fn versions_are_in_the_order_of_the_vectors() {
    for groups in vectors().versions {
        let all: Vec<(usize, &String)> = (groups.iter().enumerate())
            .flat_map(|(i, group)| group.iter().map(move |text| (i, text)))
            .collect();
        for (i, a) in &all {
            for (j, b) in &all {
                let order = Version::new(a).cmp(&Version::new(b));
                assert_eq!(order, i.cmp(j), "`{a}` and `{b}`");
            }
        }
    }
}
