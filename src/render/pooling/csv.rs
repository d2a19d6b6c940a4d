//! A pool as CSV: a line for each horizon, outcome and file, then one for the pool.

use super::super::Look;
use super::super::csv::Csv;
use crate::pooling::Pooled;
use std::fmt::Write;

pub(super) fn report(pooled: &Pooled, _: Look) -> String {
    let csv = Csv::Safe;
    let a = pooled.first();
    let mut out =
        String::from("kind,file,label,weight,horizon,to,outcome,final,probability,term\n");
    for h in &pooled.horizons {
        for (o, at) in a.outcomes.ids().zip(&h.outcomes) {
            let outcome = &a.outcomes[o];
            let mut line = |kind: &str, file: &str, label: &str, weight: String, p: f64| {
                let number = if p.is_nan() {
                    String::new()
                } else {
                    p.to_string()
                };
                let word = if p.is_nan() {
                    String::new()
                } else {
                    a.scale.wording(p).word()
                };
                let _ = writeln!(
                    out,
                    "{kind},{},{},{weight},{},{},{},{},{number},{}",
                    csv.cell(file),
                    csv.cell(label),
                    csv.cell(&h.name),
                    h.to,
                    csv.cell(&outcome.name.node),
                    outcome.is_final,
                    csv.cell(&word)
                );
            };
            for (i, one) in pooled.files.iter().enumerate() {
                let weight = pooled.how.weights[i].to_string();
                line("file", &one.file, &one.label, weight, at.each[i]);
            }
            line("pool", "", "pooled", String::new(), at.pooled);
        }
    }
    out
}
