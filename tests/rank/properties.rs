//! Properties of scores, on random frameworks.

use std::collections::BTreeMap;

use std::cmp::Ordering;

use fieldguide::book::{Bound, Curve, Decimal};
use fieldguide::rank::core::{
    Change, Ranking, Row, Rules, Score, Tenths, Utility, Weights, leave_one_out,
    never_best, overtakes, rank, sensitivity, winners,
};
use proptest::prelude::*;

/// A goal and its frameworks, whose slugs are `SLUGS` in order.
#[derive(Debug, Clone)]
struct Field {
    weights: Vec<u8>,
    rules: Rules,
    utilities: Vec<Vec<Utility>>,
}

const SLUGS: [&str; 6] = ["f", "b", "e", "a", "d", "c"];

impl Field {
    fn rows(&self) -> Vec<Row<'_>> {
        let frameworks = SLUGS.into_iter().zip(&self.utilities);
        frameworks.map(|(slug, utilities)| Row { slug, utilities }).collect()
    }

    fn weights(&self) -> Weights {
        Weights::new(self.weights.clone()).unwrap()
    }

    fn rank(&self) -> Ranking {
        rank(&self.rows(), &self.weights(), &self.rules)
    }

    /// Who is first by ranking everything, with one weight changed.
    fn winners_with(&self, criterion: usize, weight: u8) -> Option<Vec<usize>> {
        let mut weights = self.weights.clone();
        weights[criterion] = weight;
        let ranking = rank(&self.rows(), &Weights::new(weights)?, &self.rules);
        Some(rows_of_first(&ranking))
    }
}

fn rows_of_first(ranking: &Ranking) -> Vec<usize> {
    let mut rows: Vec<usize> = ranking.first().iter().map(|place| place.row).collect();
    rows.sort_unstable();
    rows
}

/// Utilities that make ties likely, with gaps.
fn any_utility() -> impl Strategy<Value = Utility> {
    prop_oneof![
        4 => (0..=100_u8).prop_map(Utility::Known),
        4 => (0..=4_u8).prop_map(|quarter| Utility::Known(25 * quarter)),
        1 => Just(Utility::Unknown),
        1 => Just(Utility::NotApplicable),
    ]
}

/// Utilities that all apply.
fn applicable_utility() -> impl Strategy<Value = Utility> {
    prop_oneof![
        9 => (0..=100_u8).prop_map(Utility::Known),
        1 => Just(Utility::Unknown),
    ]
}

fn field<U: Strategy<Value = Utility>>(
    utility: fn() -> U,
    rules: impl Strategy<Value = Rules>,
) -> impl Strategy<Value = Field> {
    let sizes = (1..=5_usize, 1..=6_usize);
    (sizes, rules).prop_flat_map(move |((criteria, frameworks), rules)| {
        let weights = prop::collection::vec(0..=10_u8, criteria)
            .prop_filter("one weight counts", |w| w.iter().any(|w| *w > 0));
        let row = prop::collection::vec(utility(), criteria);
        let utilities = prop::collection::vec(row, frameworks);
        (weights, utilities).prop_map(move |(weights, utilities)| Field {
            weights,
            rules,
            utilities,
        })
    })
}

fn any_rules() -> impl Strategy<Value = Rules> {
    (0..=100_u8, 0..=100_u8).prop_map(|(coverage, applicability)| Rules {
        coverage,
        applicability,
        tie_margin: Tenths(20),
    })
}

fn any_field() -> impl Strategy<Value = Field> {
    field(any_utility, any_rules())
}

/// A field in which everyone is ranked and everything applies.
fn open_field() -> impl Strategy<Value = Field> {
    let rules = Rules { coverage: 0, ..Rules::default() };
    field(applicable_utility, Just(rules))
}

fn any_score() -> impl Strategy<Value = Score> {
    any_field().prop_map(|field| Score::evaluate(&field.weights, &field.utilities[0]))
}

fn any_curve() -> impl Strategy<Value = Curve> {
    let points = prop::collection::btree_map(-40..40_i64, 0..=100_u8, 2..6);
    points.prop_map(|points| {
        let points = points.into_iter().map(|(x, u)| (Decimal::from(x), u)).collect();
        Curve::new(points).unwrap()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn the_parts_of_a_score_sum_to_it(field in any_field()) {
        for utilities in &field.utilities {
            let parts = field.weights.iter().zip(utilities);
            let points: u32 = parts.map(|(w, u)| Score::part(*w, *u).a).sum();
            prop_assert_eq!(points, Score::evaluate(&field.weights, utilities).a);
        }
    }

    #[test]
    fn tenths_are_the_nearest_and_halves_go_up(score in any_score()) {
        let is_nearest = |tenths: Tenths, points: u32| {
            let (t, a, d) = (i128::from(tenths.0), i128::from(points), i128::from(score.d));
            d == 0 || ((2 * t - 1) * d <= 20 * a && 20 * a < (2 * t + 1) * d)
        };
        prop_assert!(is_nearest(score.tenths(), score.a));
        prop_assert!(is_nearest(score.max_tenths(), score.a + 100 * (score.d - score.k)));
        prop_assert!(score.tenths() <= score.max_tenths());
    }

    #[test]
    fn knowing_more_never_lowers_a_score(field in any_field(), found in 0..=100_u8) {
        for utilities in &field.utilities {
            let before = Score::evaluate(&field.weights, utilities);
            for i in (0..utilities.len()).filter(|i| utilities[*i] == Utility::Unknown) {
                let mut known = utilities.clone();
                known[i] = Utility::Known(found);
                let after = Score::evaluate(&field.weights, &known);
                prop_assert_ne!(after.compare(&before), Ordering::Less);
                prop_assert!(after.max_tenths() <= before.max_tenths());
                prop_assert!(after.coverage() >= before.coverage());
            }
        }
    }

    #[test]
    fn adding_a_framework_never_reorders_the_others(field in any_field()) {
        let added = field.utilities.len() - 1;
        let mut without = field.clone();
        without.utilities.pop();
        let before = without.rank();
        let mut after = field.rank();
        after.ranked.retain(|place| place.row != added);
        after.unranked.retain(|framework| framework.row != added);
        let order = |r: &Ranking| r.ranked.iter().map(|place| place.row).collect::<Vec<_>>();
        prop_assert_eq!(order(&before), order(&after));
        prop_assert_eq!(&before.unranked, &after.unranked);
        for (b, a) in before.ranked.windows(2).zip(after.ranked.windows(2)) {
            prop_assert_eq!(b[0].rank == b[1].rank, a[0].rank == a[1].rank);
        }
    }

    #[test]
    fn scaling_all_weights_changes_nothing(field in any_field(), factor in 2..=7_u8) {
        let scaled: Vec<u8> = field.weights.iter().map(|w| w * factor).collect();
        let score = |weights: &[u8], row: usize| {
            Score::evaluate(weights, &field.utilities[row])
        };
        for row in 0..field.utilities.len() {
            let (own, big) = (score(&field.weights, row), score(&scaled, row));
            prop_assert_eq!(own.tenths(), big.tenths());
            prop_assert_eq!(own.max_tenths(), big.max_tenths());
            prop_assert_eq!(field.rules.reason_against(&own), field.rules.reason_against(&big));
            for other in 0..row {
                let (b, big_b) = (score(&field.weights, other), score(&scaled, other));
                prop_assert_eq!(own.compare(&b), big.compare(&big_b));
                prop_assert_eq!(own.compare_coverage(&b), big.compare_coverage(&big_b));
            }
        }
    }

    #[test]
    fn ranks_follow_the_definition(field in any_field()) {
        let ranking = field.rank();
        prop_assert_eq!(
            ranking.ranked.len() + ranking.unranked.len(),
            field.utilities.len(),
        );
        for place in &ranking.ranked {
            let compared = |order| {
                let others = ranking.ranked.iter();
                others.filter(|o| o.score.compare(&place.score) == order).count()
            };
            prop_assert_eq!(place.rank, compared(Ordering::Greater) + 1);
            prop_assert_eq!(place.is_tied, compared(Ordering::Equal) > 1);
        }
    }

    #[test]
    fn the_search_finds_the_winners_of_the_ranking(field in any_field()) {
        let expected = rows_of_first(&field.rank());
        prop_assert_eq!(winners(&field.rows(), &field.weights(), &field.rules), expected);
    }

    #[test]
    fn sensitivity_is_that_of_ranking_again_at_each_step(field in any_field()) {
        let base = rows_of_first(&field.rank());
        let nearest = |criterion: usize| {
            let from = field.weights[criterion];
            let targets = (1..=10).flat_map(|s| [from.checked_sub(s), Some(from + s)]);
            targets.flatten().filter(|to| *to <= 10).find_map(|to| {
                let winners = field.winners_with(criterion, to)?;
                (winners != base).then_some(Change { criterion, from, to, winners })
            })
        };
        let mut expected: Vec<Change> =
            (0..field.weights.len()).filter_map(nearest).collect();
        expected.sort_by_key(|change| (change.step(), change.criterion));
        let found = sensitivity(&field.rows(), &field.weights(), &field.rules);
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn leaving_a_criterion_out_is_ranking_without_its_weight(field in any_field()) {
        for left in leave_one_out(&field.rows(), &field.weights(), &field.rules) {
            prop_assert_eq!(field.winners_with(left.criterion, 0), Some(left.winners));
        }
    }

    #[test]
    fn the_closed_form_gives_the_same_steps(field in open_field()) {
        let base = rows_of_first(&field.rank());
        prop_assume!(base.len() == 1);
        let expected: Vec<(usize, u8)> =
            (0..field.weights.len()).filter_map(|k| closed_form(&field, base[0], k)).collect();
        let mut found: Vec<(usize, u8)> =
            sensitivity(&field.rows(), &field.weights(), &field.rules)
                .iter()
                .map(|change| (change.criterion, change.to))
                .collect();
        found.sort_unstable();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn an_overtaking_value_is_the_least_that_is_first(field in any_field()) {
        let (weights, rules) = (field.weights(), field.rules);
        let first = winners(&field.rows(), &weights, &rules);
        let mut expected = Vec::new();
        for row in (0..field.utilities.len()).filter(|r| !first.contains(r)) {
            for k in 0..field.weights.len() {
                let is_open = field.utilities[row][k] == Utility::Unknown;
                if !is_open || field.weights[k] == 0 || first.is_empty() {
                    continue;
                }
                let least = (0..=100).find(|u| {
                    let mut known = field.clone();
                    known.utilities[row][k] = Utility::Known(*u);
                    winners(&known.rows(), &weights, &rules).contains(&row)
                });
                expected.extend(least.map(|u| (row, k, u)));
            }
        }
        let found: Vec<_> = overtakes(&field.rows(), &weights, &rules)
            .iter()
            .map(|o| (o.row, o.criterion, o.utility))
            .collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn the_never_best_are_never_first_alone(field in any_field()) {
        for beaten in never_best(&field.rows()) {
            let score = |row: usize| Score::evaluate(&field.weights, &field.utilities[row]);
            let order = score(beaten.row).compare(&score(beaten.by));
            prop_assert_ne!(order, Ordering::Greater);
            let first = winners(&field.rows(), &field.weights(), &field.rules);
            prop_assert!(first != [beaten.row]);
        }
    }

    #[test]
    fn a_bound_holds_what_reaches(curve in any_curve(), u in 0..=101_u8, decimals in 0..3_u32) {
        let grid: Vec<Decimal> = (-420..=420).map(|n| tenth(n, decimals)).collect();
        let reaches = |x: &Decimal| curve.at(*x) >= u;
        let reached: Vec<Decimal> = grid.iter().copied().filter(reaches).collect();
        let (least, most) = match curve.reaching(u, decimals) {
            None => {
                prop_assert!(reached.is_empty());
                return Ok(());
            }
            Some(Bound::Any) => (None, None),
            Some(Bound::AtLeast(x)) => (Some(x), None),
            Some(Bound::AtMost(x)) => (None, Some(x)),
            Some(Bound::Between(x, y)) => (Some(x), Some(y)),
        };
        let is_inside =
            |x: &Decimal| least.is_none_or(|l| l <= *x) && most.is_none_or(|m| *x <= m);
        prop_assert!(grid.iter().filter(|x| is_inside(x)).all(reaches));
        // Below the lowest stretch nothing reaches it.
        prop_assert!(least.is_none_or(|l| reached.iter().all(|x| l <= *x)));
    }

    #[test]
    fn decimals_survive_printing(billionths in any::<i64>(), shift in 0..9_u32) {
        let text = format!("{billionths}e-{shift}");
        let number: Decimal = text.parse().unwrap();
        prop_assert_eq!(number.to_string().parse(), Ok(number));
        let bigger: Decimal = format!("{billionths}.5e-{shift}").parse().unwrap();
        let grows = billionths >= 0;
        prop_assert_eq!(bigger > number, grows);
        let english = fieldguide::book::Strings::new("en", BTreeMap::new());
        let grouped = english.number(number.to_string());
        prop_assert_eq!(grouped.replace(',', ""), number.to_string());
    }
}

/// The n-th number around 0 with so many decimals, in steps that stay near −42 to 42.
fn tenth(n: i64, decimals: u32) -> Decimal {
    match decimals {
        0 => Decimal::from(n / 10),
        _ => format!("{n}e-1").parse().unwrap(),
    }
}

/// The nearest weight of criterion k at which another framework is level with the leader,
/// by Triantaphyllou & Sánchez: ceil(Δ / |d|) steps, if no value is without application.
fn closed_form(field: &Field, leader: usize, k: usize) -> Option<(usize, u8)> {
    let points = |u: &Utility| if let Utility::Known(u) = u { i64::from(*u) } else { 0 };
    let from = i64::from(field.weights[k]);
    let others = field.weights.iter().enumerate().any(|(j, w)| j != k && *w > 0);
    let mut best: Option<(i64, i64)> = None;
    for (row, utilities) in field.utilities.iter().enumerate() {
        let differences: Vec<i64> = field.utilities[leader]
            .iter()
            .zip(utilities)
            .map(|(a, b)| points(a) - points(b))
            .collect();
        let gap: i64 =
            field.weights.iter().zip(&differences).map(|(w, d)| i64::from(*w) * d).sum();
        let d = differences[k];
        if row == leader || d == 0 {
            continue;
        }
        let step = (gap + d.abs() - 1) / d.abs();
        let to = from - d.signum() * step;
        if (0..=10).contains(&to) && (others || to > 0) {
            let candidate = (step, to);
            best = Some(best.map_or(candidate, |b| b.min(candidate)));
        }
    }
    best.map(|(_, to)| (k, u8::try_from(to).unwrap()))
}
