//! One model, solved so many times, for `benches/peers/compare.py`:
//! `cargo bench --manifest-path benches/Cargo.toml --bench peer -- MODEL.assess TIMES [DRAWS]`
//! prints the median time of a solve and the last verdict as JSON, for each horizon and outcome its probability, or its interval where draws
//! are asked for.

use assess::infer::evaluate;
use assess::infer::verdict::{Options, OutcomeVerdict, Question};
use assess::project::Project;
use assess::resolve::resolve;
use serde_json::{Value, json};
use std::hint::black_box;
use std::time::Instant;

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| a != "--bench")
        .collect();
    let [path, times, rest @ ..] = arguments.as_slice() else {
        // `cargo bench` without arguments runs every bench: there is nothing to compare then.
        return;
    };
    let text = std::fs::read_to_string(path).expect("a readable model");
    let times: usize = times.parse().expect("a number of times");
    let draws = rest.first().map(|d| d.parse().expect("a number of draws"));
    let assessment = resolve(&Project::from_text(path, &text))
        .assessment
        .expect("a model without mistakes");
    let options = Options {
        intervals: draws.is_some(),
        draws,
        ..Options::default()
    };

    let mut seconds = Vec::new();
    let mut verdict = None;
    for _ in 0..times {
        let start = Instant::now();
        verdict = Some(evaluate(
            black_box(&assessment),
            &Question::default(),
            &options,
        ));
        seconds.push(start.elapsed().as_secs_f64());
    }
    seconds.sort_by(f64::total_cmp);
    let verdict = verdict
        .expect("at least one time")
        .expect("within the limit");
    let shares: Vec<Vec<_>> = verdict
        .horizons
        .iter()
        .map(|horizon| horizon.outcomes.iter().map(|o| shown(o, draws)).collect())
        .collect();
    println!(
        "{}",
        json!({"seconds": seconds[times / 2], "verdict": shares})
    );
}

fn shown(outcome: &OutcomeVerdict, draws: Option<u32>) -> Value {
    match draws {
        Some(_) => json!(outcome.interval),
        None => json!(outcome.probability.value),
    }
}
