//! Intervals and contributions.

use super::read;
use assess::infer::evaluate;
use assess::infer::verdict::{Options, Question, Verdict};
use assess::resolve::assessment::Assessment;

const HEAD: &str = "assessment \"A\" { as of: 2025-03-01 }
horizon h0: 0 to 12 months
outcome x
outcome y
";

#[test]
fn without_ranges_there_are_no_intervals() {
    let a = read::assessment(&format!(
        "{HEAD}prior {{ y: 30%\nx: rest }}\nfactor f {{ weight for y: 3:1 }}"
    ));
    let v = evaluate(&a, &Question::default(), &Options::default()).expect("it is small");
    assert_eq!(v.method.draws, 0);
    assert!(v.horizons[0].outcomes.iter().all(|o| o.interval.is_none()));
}

#[test]
fn one_range_comes_back_as_the_interval() {
    let a = read::assessment(&format!(
        "{HEAD}prior {{ y: 20% to 40%\nx: rest }}
        event e {{ chance: 10% to 30% by h0 }}"
    ));
    let options = Options {
        draws: Some(20_001),
        ..Options::default()
    };
    let v = evaluate(&a, &Question::default(), &options).expect("it is small");
    let near = |interval: Option<(f64, f64)>, low: f64, high: f64| {
        let (a, b) = interval.expect("there is a range");
        assert!(
            (a - low).abs() < 0.005 && (b - high).abs() < 0.005,
            "{a} {b}"
        );
    };
    near(v.horizons[0].outcomes[1].interval, 0.2, 0.4);
    near(v.horizons[0].outcomes[0].interval, 0.6, 0.8);
    near(v.events[0].horizons[0].interval, 0.1, 0.3);
}

#[test]
fn a_file_of_ordinary_size_gets_128_draws() {
    let a = read::assessment(&format!("{HEAD}prior {{ y: 20% to 40%\nx: rest }}\n"));
    let v = evaluate(&a, &Question::default(), &Options::default());
    assert_eq!(v.expect("it is small").method.draws, 128);
}

/// With the verdict's contributions.
fn explained(a: &Assessment) -> Verdict {
    let options = Options {
        intervals: false,
        contributions: true,
        ..Options::default()
    };
    evaluate(a, &Question::default(), &options).expect("it is small")
}

/// Five outcomes that are pushed apart are too many for the transform.
#[test]
fn many_drivers_are_sampled_and_still_sum_up() {
    let mut text = format!(
        "{HEAD}outcome p\noutcome q\noutcome r\nprior {{ y: 30%\np: 10%\nq: 10%\nr: 10%\nx: rest }}\n"
    );
    for i in 0..20 {
        let o = ["y", "p", "q", "r"][i % 4];
        text += &format!("factor f{i} {{ weight for {o}: {}:1 }}\n", 2 + i % 3);
    }
    let a = read::assessment(&text);
    let v = explained(&a);
    assert_eq!(
        v.assumed,
        ["contributions are the mean over 1000 orders of the 20 drivers, not over all"]
    );
    let y = a.outcomes.id("y").expect("it is there");
    let sum: f64 = v
        .contributions
        .iter()
        .filter(|c| c.outcome == y)
        .map(|c| c.points)
        .sum();
    let outcome = v.horizons[0].outcomes[1];
    assert!((sum / 100.0 - (outcome.probability.value - outcome.prior)).abs() < 1e-9);
}

/// Thirty drivers of which ten each are alike share alike, and nothing is drawn.
#[test]
fn many_drivers_are_exact_where_the_verdict_can_be_transformed() {
    let mut text = format!("{HEAD}prior {{ y: 30%\nx: rest }}\n");
    for i in 0..30 {
        text += &format!("factor f{i} {{ weight for y: {}:1 }}\n", 1 + i % 3);
    }
    let a = read::assessment(&text);
    let v = explained(&a);
    assert_eq!(v.assumed, [""; 0]);
    let y = a.outcomes.id("y").expect("it is there");
    let own = v.contributions.iter().filter(|c| c.outcome == y);
    let points: Vec<f64> = own.clone().map(|c| c.points).collect();
    assert!(own.clone().all(|c| c.error.is_none()));
    for (i, points_of) in points.iter().enumerate() {
        assert!((points_of - points[i % 3]).abs() < 1e-9, "{points:?}");
    }
    assert!(points[0].abs() < 1e-9 && points[1] > 1.0 && points[2] > points[1]);
    let outcome = v.horizons[0].outcomes[1];
    let sum: f64 = points.iter().sum();
    let shift = outcome.probability.value - outcome.prior;
    assert!((sum / 100.0 - shift).abs() < 1e-8, "{sum} {shift}");
}

#[test]
fn equal_drivers_share_alike_and_decibans_follow_overlap() {
    let a = read::assessment(&format!(
        "{HEAD}prior {{ y: 30%\nx: rest }}
         factor f {{ weight for y: 10 dB }}
         factor g {{ weight for y: 8 dB }}
         factor k {{ holds: 50%\nweight for y: 4 dB }}
         overlap 50%: f, g, k"
    ));
    let options = Options {
        contributions: true,
        ..Options::default()
    };
    let v = evaluate(&a, &Question::default(), &options).expect("it is small");
    let y = a.outcomes.id("y").expect("it is there");
    let decibans: Vec<f64> = v
        .contributions
        .iter()
        .filter(|c| c.outcome == y)
        .map(|c| c.decibans)
        .collect();
    for (found, expected) in decibans.iter().zip([10.0, 4.0, 1.0]) {
        assert!((found - expected).abs() < 1e-9, "{found} {expected}");
    }
}

/// Weights alone add up to a normal number, whose percentiles are known.
#[test]
fn percentiles_of_plain_weights_are_those_of_their_sum() {
    let weights: Vec<(f64, f64)> = (1..=12)
        .map(|i| (f64::from(i) / 10.0, 1.0 + f64::from(i) / 5.0))
        .collect();
    let items = weights.iter().enumerate().map(|(i, (low, high))| {
        format!(
            "factor f{i} {{ weight for y: {}:1 to {}:1 }}\n",
            1.0 + low,
            1.0 + low + high
        )
    });
    let text = format!(
        "{HEAD}prior {{ y: 30%\nx: rest }}\n{}",
        items.collect::<String>()
    );
    let a = read::assessment(&text);
    let mut mean = (0.3f64 / 0.7).ln();
    let mut variance = 0.0;
    for (low, high) in weights {
        let (low, high) = ((1.0 + low).ln(), (1.0 + low + high).ln());
        mean += (low + high) / 2.0;
        variance += ((high - low) / 2.0 / 1.644_853_626_951).powi(2);
    }
    for seed in 1..=20 {
        let options = Options {
            seed,
            ..Options::default()
        };
        let v = evaluate(&a, &Question::default(), &options).expect("it is small");
        let (low, high) = v.horizons[0].outcomes[1]
            .interval
            .expect("there are ranges");
        for (p, z) in [(low, -1.644_853_626_951), (high, 1.644_853_626_951)] {
            let found = ((p / (1.0 - p)).ln() - mean) / variance.sqrt();
            assert!((found - z).abs() < 0.1, "seed {seed}: {found} for {z}");
        }
    }
}
