//! The figures of scikit-learn, scoringrules and statsmodels, which `figures.py` stored, and ours.

use assess::record::bins::{Bins, bins, wilson};
use assess::record::points::{Point, points, whole};
use assess::record::skill::{Cost, skill};
use assess::record::{FLOOR, checks, logit, quantity, rules};
use serde_json::Value;

fn sets() -> Vec<Value> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/record/data/figures.json"
    );
    let text = std::fs::read_to_string(path).expect("the stored figures");
    let all: Value = serde_json::from_str(&text).expect("JSON");
    all["sets"].as_array().expect("sets").clone()
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

fn numbers(value: &Value) -> Vec<f64> {
    let list = value.as_array().expect("a list");
    list.iter().map(number).collect()
}

fn near(ours: f64, theirs: &Value, what: &str) {
    let theirs = number(theirs);
    let scale = theirs.abs().max(1.0);
    assert!(
        (ours - theirs).abs() <= 1e-9 * scale,
        "{what}: {ours}, {theirs}"
    );
}

fn cases(set: &Value) -> Vec<(f64, f64)> {
    let p = numbers(&set["p"]);
    p.into_iter().zip(numbers(&set["y"])).collect()
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let n = values.len() as f64;
    values.sum::<f64>() / n
}

#[test]
fn there_are_a_thousand_sets() {
    assert_eq!(sets().len(), 1000);
}

#[test]
fn yes_and_no() {
    for set in sets() {
        let set = &set["yes_no"];
        let cases = cases(set);
        let brier = mean(cases.iter().map(|&(p, y)| rules::brier_of_one(p, y)));
        near(brier, &set["brier"], "Brier score, scikit-learn");
        near(brier, &set["sr_brier"], "Brier score, scoringrules");
        // scikit-learn keeps chances away from 0 by the smallest step of a double.
        let log = |floor: f64| {
            mean(
                cases
                    .iter()
                    .map(|&(p, y)| rules::log_of_one(p, y, floor).score),
            )
        };
        near(
            log(f64::EPSILON),
            &set["log"],
            "logarithmic score, scikit-learn",
        );
        // scoringrules was given chances within the floor on both sides.
        let within = |p: f64| p.clamp(FLOOR, 1.0 - FLOOR);
        let log = mean(
            cases
                .iter()
                .map(|&(p, y)| rules::log_of_one(within(p), y, FLOOR).score),
        );
        near(log, &set["sr_log"], "logarithmic score, scoringrules");
        let rate = mean(cases.iter().map(|c| c.1));
        let costs: Vec<Cost> = cases
            .iter()
            .map(|&(p, y)| Cost {
                score: rules::brier_of_one(p, y),
                reference: rules::brier_of_one(rate, y),
            })
            .collect();
        near(skill(&costs).expect("both came"), &set["d2"], "skill");
        let points = points(cases.iter().copied());
        near(
            checks::area(&points).expect("both came"),
            &set["auc"],
            "area",
        );
        let all = whole(&points);
        let wilson = wilson(all.true_count, all.count);
        near(wilson.low, &set["wilson"][0], "Wilson, low");
        near(wilson.high, &set["wilson"][1], "Wilson, high");
    }
}

#[test]
fn bins_but_for_their_edges() {
    // scikit-learn's bins hold their upper ends, ours their lower ones.
    let on_an_edge = |p: &Point| (1..5).any(|i| (p.p - f64::from(i) / 5.0).abs() < 1e-9);
    let (mut compared, mut apart) = (0, 0);
    for set in sets() {
        let set = &set["yes_no"];
        let points = points(cases(set));
        if points.iter().any(on_an_edge) {
            apart += 1;
            continue;
        }
        let bins = bins(&points, Bins::Width(5));
        let curve = set["curve"].as_array().expect("a curve");
        assert_eq!(bins.len(), curve.len());
        for (bin, point) in bins.iter().zip(curve) {
            near(bin.cases.p, &point[0], "mean chance");
            near(bin.rate.value, &point[1], "rate");
        }
        compared += 1;
    }
    assert!(compared > 500 && apart > 100, "{compared} and {apart}");
}

#[test]
fn the_logit_line() {
    let mut compared = 0;
    for set in sets() {
        let set = &set["yes_no"];
        let Some(theirs) = set["cox"].as_array() else {
            continue;
        };
        let line = logit::line(&points(cases(set)), FLOOR).expect("a line");
        near(line.intercept.value, &theirs[0], "intercept");
        near(line.slope.value, &theirs[1], "slope");
        // statsmodels takes its errors from the step before the last.
        let error = f64::sqrt(line.slope_variance);
        let theirs = number(&theirs[3]);
        assert!((error - theirs).abs() < 1e-5 * theirs, "{error}, {theirs}");
        compared += 1;
    }
    assert!(compared > 700, "{compared}");
}

#[test]
fn several_outcomes() {
    for set in sets() {
        let set = &set["several"];
        let chances: Vec<Vec<f64>> = set["p"]
            .as_array()
            .expect("rows")
            .iter()
            .map(numbers)
            .collect();
        let came = numbers(&set["y"]);
        let each = |score: &dyn Fn(&[f64], &[f64]) -> f64| {
            mean(chances.iter().zip(&came).map(|(p, &y)| {
                let truth: Vec<f64> = (0..p.len())
                    .map(|o| if o as f64 == y { 1.0 } else { 0.0 })
                    .collect();
                score(p, &truth)
            }))
        };
        near(each(&rules::brier), &set["brier"], "Brier score");
        let log = |p: &[f64], y: &[f64]| rules::log(p, y, f64::EPSILON).score;
        near(each(&log), &set["log"], "logarithmic score");
        // scoringrules sums over all K steps, the last of which is 0, and does not divide.
        near(
            each(&rules::ranked),
            &set["rps"],
            "ranked probability score",
        );
    }
}

#[test]
fn quantities() {
    for set in sets() {
        let set = &set["quantity"];
        let of = |key: &str| number(&set[key]);
        let (x, m, s) = (of("x"), of("mean"), of("sd"));
        near(quantity::crps_normal(x, m, s), &set["normal"], "normal");
        let lognormal = quantity::crps_lognormal(of("positive"), m / 3.0, s);
        near(lognormal, &set["lognormal"], "log-normal");
        let interval = quantity::interval(x, m - s, m + 2.0 * s, 0.1);
        near(interval, &set["interval"], "interval");
        let quantiles = [(0.1, m - s), (0.5, m), (0.9, m + 2.0 * s)];
        let ours = quantity::crps_quantiles(x, &quantiles);
        near(ours, &set["quantiles"], "quantiles");
    }
}
