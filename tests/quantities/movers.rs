//! Many things that move one number: what is folded together, against sums over every state by hand.

use crate::cli::assess;
use assess::cli::Status;
use serde_json::Value;

fn evaluated(text: &str, more: &[&str]) -> Value {
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = folder.path().join("a.assess");
    std::fs::write(&path, text).expect("a file");
    let path = path.to_str().expect("UTF-8");
    let run = assess(&[&["eval", path, "--draws=0", "--format=json"], more].concat());
    assert_eq!(run.status, Status::Done, "{}", run.err);
    let found: Value = serde_json::from_str(&run.out).expect("JSON");
    found["assessments"][0].clone()
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

const HEAD: &str = "assessment \"?\" { as of: 2025-01-01 }\nhorizon h: 2025-01-01 to 2025-12-31\n\
                    quantity growth { unit: \"% a year\", is: 1 to 3 }\n\
                    quantity cases { unit: \"cases\", is: 100 (50 to 200) }\n";

/// By how much event `i` moves growth, and the ratio by which it moves cases.
fn moved(i: usize) -> (f64, f64) {
    let by = (((i * 7) % 11) as f64 - 5.2) / 10.0;
    (by, 1.0 + (5 + 3 * i) as f64 / 100.0)
}

fn chance(i: usize) -> f64 {
    (5 + 5 * i) as f64 / 100.0
}

fn event(i: usize, chances: &str) -> String {
    let (by, ratio) = moved(i);
    let percent = (100.0 * (ratio - 1.0)).round();
    format!("event e{i} {{ {chances}, move growth: {by:.2}, move cases: +{percent}% }}\n")
}

/// Φ.
fn below(z: f64) -> f64 {
    0.5 * libm::erfc(-z / 2f64.sqrt())
}

const Z95: f64 = 1.644_853_626_951_472_7;

/// Over every set of `n` events, told how likely it is: the chance that growth lies below `x`, the means
/// of growth and of cases.
fn by_hand(n: usize, share: impl Fn(usize) -> f64, x: f64) -> (f64, f64, f64) {
    let (sd, log_sd) = (1.0 / Z95, 2f64.ln() / Z95);
    let (mut p, mut growth, mut cases) = (0.0, 0.0, 0.0);
    for set in 0..1usize << n {
        let (mut by, mut ratio) = (0.0, 1.0);
        for i in (0..n).filter(|i| set >> i & 1 == 1) {
            by += moved(i).0;
            ratio *= moved(i).1;
        }
        p += share(set) * below((x - 2.0 - by) / sd);
        growth += share(set) * (2.0 + by);
        cases += share(set) * 100.0 * (0.5 * log_sd * log_sd).exp() * ratio;
    }
    (p, growth, cases)
}

fn independent(n: usize, set: usize) -> f64 {
    let each = (0..n).map(|i| match set >> i & 1 {
        1 => chance(i),
        _ => 1.0 - chance(i),
    });
    each.product()
}

/// The share below the median that is printed.
fn held(found: &Value, n: usize, share: impl Fn(usize) -> f64) {
    let at = |q: usize| &found["quantities"][q]["horizons"][0];
    let median = number(&at(0)["median"]);
    let off = at(0)["off"].as_f64().unwrap_or(0.0);
    let (low, growth, cases) = by_hand(n, &share, median - off - 1e-9);
    let (high, ..) = by_hand(n, &share, median + off + 1e-9);
    assert!(low <= 0.5 && 0.5 <= high, "{low} {high}, off {off}");
    assert!(off < 0.01, "{off}");
    // What may be negative keeps its mean, whatever is put together.
    assert!(
        (number(&at(0)["mean"]) - growth).abs() < 1e-9,
        "{growth}: {}",
        at(0)
    );
    let within = at(1)["off"].as_f64().unwrap_or(0.0).exp() - 1.0 + 1e-9;
    assert!(
        (number(&at(1)["mean"]) / cases - 1.0).abs() <= within,
        "{cases}: {}",
        at(1)
    );
    for q in [0, 1] {
        let all = at(q)["contributions"].as_array().expect("contributions");
        let sum: f64 = all.iter().map(|c| number(&c["mean"])).sum();
        let whole = number(&at(q)["mean"]) - number(&at(q)["before"]);
        let slack = whole.abs() * within.max(1e-9) + 1e-9;
        assert!(
            (sum - whole).abs() <= slack.max(within * cases),
            "{sum} {whole}"
        );
    }
}

#[test]
fn fourteen_independent_things_are_folded_one_by_one() {
    let n = 14;
    let events: String = (0..n)
        .map(|i| event(i, &format!("chance: {}% by h", (100.0 * chance(i)).round())))
        .collect();
    let found = evaluated(&format!("{HEAD}{events}"), &[]);
    held(&found, n, |set| independent(n, set));
    let all = found["quantities"][0]["horizons"][0]["contributions"].clone();
    let all = all.as_array().expect("contributions").clone();
    assert_eq!(all.len(), n);
    for c in &all {
        let i: usize = c["id"].as_str().expect("a name")[1..]
            .parse()
            .expect("a place");
        // Nothing rests on anything else: each brings its own.
        assert!(
            (number(&c["mean"]) - chance(i) * moved(i).0).abs() < 1e-9,
            "{c}"
        );
        assert!(c.get("standard_error").is_none());
    }
}

#[test]
fn eleven_things_with_one_cause_hang_together() {
    let n = 11;
    let events: String = (0..n)
        .map(|i| {
            let given = (100.0 * chance(i)).round();
            event(
                i,
                &format!("chance given root: {given}% by h, chance otherwise: 3% by h"),
            )
        })
        .collect();
    let text = format!("{HEAD}event root {{ chance: 30% by h }}\n{events}");
    let with = |set: usize| independent(n, set);
    let without = |set: usize| {
        let each = (0..n).map(|i| if set >> i & 1 == 1 { 0.03 } else { 0.97 });
        each.product::<f64>()
    };
    let found = evaluated(&text, &[]);
    held(&found, n, |set| 0.3 * with(set) + 0.7 * without(set));
    let given = evaluated(&text, &["--given", "root"]);
    held(&given, n, with);
}

#[test]
fn beyond_what_is_told_apart_the_bound_is_printed() {
    let n = 18;
    let each = |i: usize| {
        let by = if i < 16 { "0.4" } else { "0.01" };
        format!(
            "event e{i} {{ chance given root: 50% by h, chance otherwise: 10% by h, move growth: {by} }}\n"
        )
    };
    let events: String = (0..n).map(each).collect();
    let text = format!("{HEAD}event root {{ chance: 30% by h }}\n{events}");
    let found = evaluated(&text, &[]);
    let at = &found["quantities"][0]["horizons"][0];
    let mean = 2.0 + (16.0 * 0.4 + 2.0 * 0.01) * (0.3 * 0.5 + 0.7 * 0.1);
    assert!((number(&at["mean"]) - mean).abs() < 1e-9, "{at}");
    let off = number(&at["off"]);
    assert!(off > 0.0 && off <= 0.03, "{off}");
    let assumed = found["assumed"].to_string();
    assert!(
        assumed.contains("no quantile is off by more than"),
        "{assumed}"
    );
}

#[test]
fn given_what_moves_it_contributions_sum_to_the_mean() {
    let file = include_str!("growth.assess");
    for (given, whole) in [("gas", true), ("growth below 1.7", false)] {
        let found = evaluated(file, &["--given", given, "--horizon", "y2025"]);
        let at = &found["quantities"][0]["horizons"][0];
        let all = at["contributions"].as_array().expect("contributions");
        let sum: f64 = all.iter().map(|c| number(&c["mean"])).sum();
        let moved = number(&at["mean"]) - number(&at["before"]);
        assert!(!all.is_empty());
        assert_eq!((sum - moved).abs() < 1e-9, whole, "{given}: {sum} {moved}");
    }
}
