//! Two revisions: what moved, and which edit moved it.

mod cases;
mod laws;
mod numbers;

use assess::project::Project;
use assess::revision::{Attribution, attribute};

/// What moved between two texts that have no mistake.
pub(crate) fn moved(old: &str, new: &str) -> Attribution {
    let project = |text| Project::from_text("test.assess", text);
    attribute(&project(old), &project(new)).unwrap_or_else(|refusal| panic!("{refusal:?}"))
}

/// How far sums may be off.
const NEAR: f64 = 1e-9;

/// Whether shares sum to the move wherever both sides have a number.
pub(crate) fn hold_to_the_sum(found: &Attribution) {
    for (h, horizon) in found.horizons.iter().enumerate() {
        for (o, outcome) in horizon.outcomes.iter().enumerate() {
            let shares: Vec<f64> = found.edits.iter().filter_map(|e| e.moves[h][o]).collect();
            let sum: f64 = shares.iter().sum();
            match outcome.change() {
                Some(change) => assert!((sum - change).abs() < NEAR, "{sum} {change}: {found:#?}"),
                None => assert!(shares.is_empty(), "{found:#?}"),
            }
        }
    }
}

/// The edits as text, the largest first, each with its shares in points where there are any.
pub(crate) fn told(found: &Attribution) -> String {
    let mut out = String::new();
    for horizon in &found.horizons {
        for o in &horizon.outcomes {
            let said = |p: Option<f64>| p.map_or("-".to_owned(), |p| format!("{:.3}", p * 100.0));
            let (old, new) = (said(o.old), said(o.new));
            out += &format!("{} {}: {old} -> {new}\n", horizon.name, o.name);
        }
    }
    for share in &found.edits {
        let moves: Vec<String> = share
            .moves
            .iter()
            .flatten()
            .map(|m| match m {
                Some(m) if m.abs() < NEAR => "0".to_owned(),
                Some(m) => format!("{:+.3}", m * 100.0),
                None => "-".to_owned(),
            })
            .collect();
        out += &format!("* {}\n  {}\n", share.edit, moves.join(" "));
    }
    for edit in &found.quiet {
        out += &format!("= {edit}\n");
    }
    out
}
