//! The cases of a track record as CSV (RFC 4180): a line for each outcome, or for yes.
//!
//! Numbers are full doubles; scores are those of the whole case.

use super::Record;
use crate::record::case::{Case, Figure};
use crate::record::rules;
use crate::render::csv::Csv;
use std::fmt::Write;

const HEAD: &str = "file,kind,id,horizon,outcome,probability,truth,settled,author,rating,commit,days,\
                    price,brier,log,unit,median,low,high,crps\n";

/// Writes it.
pub fn write(record: &Record, csv: Csv) -> String {
    let cell = |text: &str| csv.cell(text);
    let floor = record.how.floor;
    let mut out = format!("{}{HEAD}", csv.mark());
    for case in &record.cases {
        let text = |t: &Option<String>| t.as_deref().map_or(String::new(), cell);
        let price = case.price.map_or(String::new(), |p| p.to_string());
        for (i, truth) in case.truth.iter().enumerate() {
            let (chance, scores) = match case.kind.is_chance() {
                true => (
                    case.mean(|f| f.chances[i]).to_string(),
                    format!("{},{},,,,,", brier(case), log(case, floor)),
                ),
                false => (String::new(), number(case, &text(&case.unit))),
            };
            let _ = writeln!(
                out,
                "{},{},{},{},{},{chance},{truth},{},{},{},{},{},{price},{scores}",
                cell(&case.file),
                case.kind.word(),
                cell(&case.id),
                cell(&case.horizon),
                cell(case.outcomes.get(i).map_or("", String::as_str)),
                case.settled,
                text(&case.author),
                text(&case.rating),
                text(&case.commit),
                case.days(),
            );
        }
    }
    out
}

/// The Brier score of a whole case.
pub(super) fn brier(case: &Case) -> f64 {
    case.mean(|f| match case.is_of_several() {
        true => rules::brier(&f.chances, &case.truth),
        false => rules::brier_of_one(f.chances[0], case.truth[0]),
    })
}

/// Its logarithmic score.
pub(super) fn log(case: &Case, floor: f64) -> f64 {
    case.mean(|f| match case.is_of_several() {
        true => rules::log(&f.chances, &case.truth, floor).score,
        false => rules::log_of_one(f.chances[0], case.truth[0], floor).score,
    })
}

/// What was said of a number, means over the days that it stood.
fn number(case: &Case, unit: &str) -> String {
    let mean = |of: fn(&Figure) -> f64| case.mean(|f| f.number.as_ref().map_or(f64::NAN, of));
    format!(
        ",,{unit},{},{},{},{}",
        mean(|n| n.median),
        mean(|n| n.low),
        mean(|n| n.high),
        mean(|n| n.crps)
    )
}
