//! A pool as JSON. These structs are what `assess schema pool` describes.

use super::super::Look;
use crate::pooling::Pooled;
use crate::resolve::table::Id;
use serde::Serialize;

/// What `assess pool --format json` prints.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "PooledFiles"))]
pub struct Report {
    /// Of this shape; it changes only where a reader of the old one would fail.
    version: u32,
    /// The question, as the first file asks it.
    title: String,
    /// `log` or `linear`.
    method: &'static str,
    /// The exponent on what is pooled.
    extremise: f64,
    /// In the order of the command line.
    files: Vec<File>,
    /// Those that all files have, in order of time, by the first file's names.
    horizons: Vec<Horizon>,
    /// What does not match and was left out, as sentences.
    left_out: Vec<String>,
}

/// One file.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct File {
    /// As named.
    file: String,
    /// What it is called in tables.
    label: String,
    author: Option<String>,
    as_of: String,
    /// How much it counts.
    weight: f64,
}

/// One horizon.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Horizon {
    id: String,
    title: String,
    /// Its last day.
    to: String,
    outcomes: Vec<Outcome>,
    /// Where the files are furthest apart; null where they agree.
    disagreement: Option<Disagreement>,
}

/// One outcome.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Outcome {
    id: String,
    #[serde(rename = "final")]
    is_final: bool,
    /// The pooled probability; null where each outcome is impossible to one of the files.
    probability: Option<f64>,
    /// The scale's word for it.
    term: Option<String>,
    /// What each file says, in the order of the files.
    each: Vec<f64>,
    /// The lowest of these.
    low: f64,
    /// The highest.
    high: f64,
}

/// Where files are furthest apart.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Disagreement {
    outcome: String,
    /// The label of the file that holds it least likely.
    low: String,
    /// The label of the one that holds it likeliest.
    high: String,
    /// How far they are apart, in percentage points.
    points: f64,
    /// Each clause's share of that, the largest first; empty where it could not be told.
    clauses: Vec<Clause>,
}

/// One clause in which two files differ.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Clause {
    /// From the lower file's to the higher one's.
    text: String,
    /// In percentage points.
    points: f64,
}

pub(super) fn report(pooled: &Pooled, _: Look) -> String {
    let a = pooled.first();
    let files = pooled.files.iter().zip(&pooled.how.weights);
    let horizons = pooled.horizons.iter().map(|h| Horizon {
        id: h.name.clone(),
        title: h.title.clone(),
        to: h.to.to_string(),
        outcomes: a
            .outcomes
            .iter()
            .map(|(o, outcome)| {
                let at = &h.outcomes[o.index()];
                let (low, high) = at.range();
                let p = (!at.pooled.is_nan()).then_some(at.pooled);
                Outcome {
                    id: outcome.name.node.clone(),
                    is_final: outcome.is_final,
                    probability: p,
                    term: p.map(|p| a.scale.wording(p).word()),
                    each: at.each.clone(),
                    low,
                    high,
                }
            })
            .collect(),
        disagreement: h.disagreement.as_ref().map(|found| {
            let (low, high) = h.outcomes[found.outcome].range();
            Disagreement {
                outcome: a
                    .outcomes
                    .names()
                    .nth(found.outcome)
                    .unwrap_or_default()
                    .to_owned(),
                low: pooled.files[found.files.0].label.clone(),
                high: pooled.files[found.files.1].label.clone(),
                points: 100.0 * (high - low),
                clauses: found
                    .clauses
                    .iter()
                    .map(|c| Clause {
                        text: c.text.clone(),
                        points: 100.0 * c.share,
                    })
                    .collect(),
            }
        }),
    });
    let report = Report {
        version: 1,
        title: a.title.node.clone(),
        method: pooled.how.method.as_str(),
        extremise: pooled.how.extremise,
        files: files
            .map(|(one, weight)| File {
                file: one.file.clone(),
                label: one.label.clone(),
                author: one.assessment.author.as_ref().map(|t| t.node.clone()),
                as_of: one.assessment.as_of.to_string(),
                weight: *weight,
            })
            .collect(),
        horizons: horizons.collect(),
        left_out: pooled.left_out.clone(),
    };
    crate::text::clean::json(&report)
}
