//! Figures of calibration by plain loops over random cases.

use assess::record::bins::{Bins, bins, expected_error, murphy};
use assess::record::points::points;
use assess::record::skill::{Cost, with_interval};
use assess::record::{FEW, checks, logit, rules};
use proptest::prelude::*;

fn cases() -> impl Strategy<Value = Vec<(f64, f64)>> {
    let chance = prop_oneof![
        3 => (0u32..=20).prop_map(|p| f64::from(p) / 20.0),
        1 => 0.0..1.0f64,
    ];
    proptest::collection::vec((chance, any::<bool>()), 1..80).prop_map(|list| {
        list.into_iter()
            .map(|(p, y)| (p, f64::from(u8::from(y))))
            .collect()
    })
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-12
}

proptest! {
    #[test]
    fn bins_hold_each_case_once(cases in cases(), n in 1usize..15) {
        let points = points(cases.iter().copied());
        for how in [Bins::Width(n), Bins::Mass(n)] {
            let bins = bins(&points, how);
            prop_assert!(bins.len() <= n);
            let held: f64 = bins.iter().map(|b| b.cases.count).sum();
            prop_assert_eq!(held, cases.len() as f64);
            for (i, bin) in bins.iter().enumerate() {
                let last = bin.to >= 1.0;
                let inside = |p: f64| match how {
                    Bins::Width(_) => bin.from <= p && (p < bin.to || last && p == 1.0),
                    Bins::Mass(_) => bin.from <= p && p <= bin.to,
                };
                let (mut count, mut came, mut said) = (0.0, 0.0, 0.0);
                for &(p, y) in &cases {
                    if inside(p) {
                        count += 1.0;
                        came += y;
                        said += p;
                    }
                }
                prop_assert_eq!(bin.cases.count, count, "bin {} of {:?}", i, how);
                prop_assert_eq!(bin.cases.true_count, came);
                prop_assert!(near(bin.cases.p, said / count));
                prop_assert!(bin.rate.low <= bin.rate.value && bin.rate.value <= bin.rate.high);
            }
        }
    }

    #[test]
    fn equal_mass_is_equal_where_no_chance_is_shared(n in 1usize..12, times in 1usize..9) {
        let all = n * times;
        let cases = (0..all).map(|i| (i as f64 / all as f64, 0.0));
        let bins = bins(&points(cases), Bins::Mass(n));
        prop_assert_eq!(bins.len(), n);
        prop_assert!(bins.iter().all(|b| b.cases.count == times as f64));
    }

    #[test]
    fn the_partition_adds_up_and_leaves_nothing_where_bins_hold_one_chance(cases in cases()) {
        let points = points(cases.iter().copied());
        let brier = cases.iter().map(|&(p, y)| rules::brier_of_one(p, y)).sum::<f64>();
        let brier = brier / cases.len() as f64;
        for how in [Bins::Width(10), Bins::Mass(5)] {
            let m = murphy(&bins(&points, how), brier).expect("cases");
            prop_assert!(near(m.reliability - m.resolution + m.uncertainty + m.remainder, brier));
        }
        // A bin for every chance.
        let mut alone = bins(&points, Bins::Width(1));
        alone.clear();
        for point in &points {
            alone.extend(bins(&[*point], Bins::Width(1)));
        }
        let m = murphy(&alone, brier).expect("cases");
        prop_assert!(m.remainder.abs() < 1e-12, "{}", m.remainder);
    }

    #[test]
    fn figures_without_bins(cases in cases()) {
        let points = points(cases.iter().copied());
        let (mut sum, mut variance) = (0.0, 0.0);
        let (mut wins, mut pairs) = (0.0, 0.0);
        for &(p, y) in &cases {
            sum += (y - p) * (1.0 - 2.0 * p);
            variance += (1.0 - 2.0 * p).powi(2) * p * (1.0 - p);
            for &(q, x) in &cases {
                if y == 1.0 && x == 0.0 {
                    pairs += 1.0;
                    wins += if p > q { 1.0 } else if p == q { 0.5 } else { 0.0 };
                }
            }
        }
        match checks::spiegelhalter(&points) {
            Some(z) => prop_assert!((z - sum / variance.sqrt()).abs() < 1e-9 * (1.0 + z.abs())),
            None => prop_assert!(variance < 1e-12),
        }
        match checks::area(&points) {
            Some(area) => prop_assert!(near(area, wins / pairs)),
            None => prop_assert_eq!(pairs, 0.0),
        }
        let (mut error, wide) = (0.0, bins(&points, Bins::Width(10)));
        for b in &wide {
            error += (b.cases.p - b.rate.value).abs() * b.cases.count / cases.len() as f64;
        }
        prop_assert!(near(expected_error(&wide), error));
    }

    #[test]
    fn the_line_is_where_the_likelihood_is_largest(cases in cases()) {
        let points = points(cases.iter().copied());
        let Some(line) = logit::line(&points, 1e-6) else { return Ok(()) };
        let likelihood = |a: f64, b: f64| -> f64 {
            let each = cases.iter().map(|&(p, y)| {
                let q = logit::logistic(a + b * logit::logit(p, 1e-6));
                y * q.max(1e-300).ln() + (1.0 - y) * (1.0 - q).max(1e-300).ln()
            });
            each.sum()
        };
        let (a, b) = (line.intercept.value, line.slope.value);
        let best = likelihood(a, b);
        for (da, db) in [(1e-3, 0.0), (-1e-3, 0.0), (0.0, 1e-3), (0.0, -1e-3)] {
            prop_assert!(likelihood(a + da, b + db) <= best + 1e-9);
        }
    }

    #[test]
    fn order_changes_nothing(cases in cases(), seed in any::<u64>()) {
        let mut turned = cases.clone();
        let n = turned.len();
        turned.rotate_left(seed as usize % n);
        turned.reverse();
        prop_assert_eq!(points(cases), points(turned));
    }

    #[test]
    fn skill_lies_in_its_interval_and_comes_back(list in proptest::collection::vec((0.0..1.0f64, 0.01..1.0f64), 2..60)) {
        let costs: Vec<Cost> = list.iter().map(|&(score, reference)| Cost { score, reference }).collect();
        let first = with_interval(&costs, 1).expect("costs");
        prop_assert_eq!(Some(first), with_interval(&costs, 1));
        prop_assert!(first.low <= first.high);
        let (score, reference) = list.iter().fold((0.0, 0.0), |s, c| (s.0 + c.0, s.1 + c.1));
        prop_assert!(near(first.value, 1.0 - score / reference));
    }
}

#[test]
fn the_bootstrap_knows_its_width() {
    // Scores that differ by chance alone: the interval is about ±1.96 σ/(√n · mean).
    let n = 400;
    let costs: Vec<Cost> = (0..n)
        .map(|i| Cost {
            score: f64::from(i % 2),
            reference: 1.0,
        })
        .collect();
    let found = with_interval(&costs, 1).expect("costs");
    let half = 1.96 * 0.5 / f64::from(n).sqrt();
    assert!((found.high - 0.5 - half).abs() < 0.15 * half, "{found:?}");
    assert!((0.5 - half - found.low).abs() < 0.15 * half, "{found:?}");
    let other = with_interval(&costs, 2).expect("costs");
    assert!(other != found, "another seed draws others");
}

#[test]
fn separated_cases_have_no_line() {
    let cases = [(0.1, 0.0), (0.2, 0.0), (0.8, 1.0), (0.9, 1.0)];
    assert!(logit::line(&points(cases), 1e-6).is_none());
    assert!(
        logit::line(&points([(0.5, 1.0), (0.5, 0.0)]), 1e-6).is_none(),
        "one chance"
    );
    assert!(
        logit::line(&points([(0.5, 1.0), (0.6, 1.0)]), 1e-6).is_none(),
        "all came"
    );
    assert!(logit::line(&[], 1e-6).is_none());
}

#[test]
fn a_line_is_believed_by_the_sample() {
    // The same habit in a small and in a large sample: 80% said, 65% came; 20% said, 35% came.
    let set = |times: usize| {
        let one = [(0.8, 13), (0.2, 7)];
        let mut cases = Vec::new();
        for _ in 0..times {
            for (p, came) in one {
                cases.extend((0..20).map(|i| (p, f64::from(u8::from(i < came)))));
            }
        }
        points(cases)
    };
    let few = logit::line(&set(1), 1e-6).expect("a line");
    let many = logit::line(&set(100), 1e-6).expect("a line");
    assert!(near(few.slope.value, many.slope.value));
    let (few, many) = (
        logit::shrunk(&few, logit::SPREAD),
        logit::shrunk(&many, logit::SPREAD),
    );
    assert!(few.belief < 0.75 && many.belief > 0.95, "{few:?} {many:?}");
    assert!(few.slope > many.slope && few.slope < 1.0);
    assert!(near(few.apply(0.5), 0.5), "the habit is symmetric");
    assert_eq!((few.apply(0.0), few.apply(1.0)), (0.0, 1.0));
    const { assert!(FEW == 20) };
}
