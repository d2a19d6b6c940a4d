//! Verdicts as CSV (RFC 4180): a line for each horizon and outcome.
//!
//! In: evaluated assessments. Out: text. Numbers are full doubles; a cell is empty where there is
//! no number. `base` and `points`, the difference to it, stand where something beyond the verdict
//! was asked.

use super::{Evaluated, Look};
use crate::resolve::table::Id;
use std::fmt::Write;

const HEAD: &str = "file,as_of,horizon,from,to,outcome,title,final,probability,low,high,term,\
                    leads,margin,confidence,base,points,low_term,\
                    high_term\n";

pub(super) fn report(evaluated: &[Evaluated], _: Look) -> String {
    let mut out = String::from(HEAD);
    for e in evaluated {
        for h in e.horizons() {
            for o in e.outcomes() {
                let (horizon, at) = (e.horizon(h), e.at(h));
                let (outcome, found) = (e.outcome(o), e.of(h, o));
                let possible = e.is_possible(h);
                let word = |p: Option<f64>| {
                    let word = p.map(|p| cell(&e.assessment.scale.wording(p).word()));
                    word.unwrap_or_default()
                };
                let interval = found.interval.filter(|_| possible);
                let number = |x: Option<f64>| x.map(|x| x.to_string()).unwrap_or_default();
                let base = e.verdict.base.as_ref();
                let base = base.map(|all| all[h.index()].outcomes[o.index()]);
                let leads = possible && at.leader == o;
                let _ = writeln!(
                    out,
                    "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}",
                    cell(e.file()),
                    e.assessment.as_of,
                    e.assessment.horizons.name(h),
                    horizon.from,
                    horizon.to,
                    e.outcome_name(o),
                    cell(&outcome.title),
                    outcome.is_final,
                    number(possible.then_some(found.probability)),
                    number(interval.map(|i| i.0)),
                    number(interval.map(|i| i.1)),
                    word(possible.then_some(found.probability)),
                    leads,
                    number(leads.then_some(at.margin)),
                    at.confidence.as_str(),
                    number(base),
                    number(
                        base.filter(|_| possible)
                            .map(|b| 100.0 * (found.probability - b))
                    ),
                    word(interval.map(|i| i.0)),
                    word(interval.map(|i| i.1)),
                );
            }
        }
    }
    out
}

/// A text as one cell.
pub(in crate::render) fn cell(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
