//! The cases of a track record as CSV (RFC 4180): a line for each outcome, or for yes.
//!
//! Numbers are full doubles; scores are those of the whole case.

use super::Record;
use crate::record::rules;
use crate::render::csv::Csv;
use std::fmt::Write;

const HEAD: &str = "file,kind,id,horizon,outcome,probability,truth,settled,author,rating,commit,days,\
                    price,brier,log\n";

/// Writes it.
pub fn write(record: &Record, csv: Csv) -> String {
    let cell = |text: &str| csv.cell(text);
    let floor = record.how.floor;
    let mut out = format!("{}{HEAD}", csv.mark());
    for case in &record.cases {
        let (brier, log) = match case.is_of_several() {
            true => (
                case.mean(|f| rules::brier(&f.chances, &case.truth)),
                case.mean(|f| rules::log(&f.chances, &case.truth, floor).score),
            ),
            false => (
                case.mean(|f| rules::brier_of_one(f.chances[0], case.truth[0])),
                case.mean(|f| rules::log_of_one(f.chances[0], case.truth[0], floor).score),
            ),
        };
        for (i, truth) in case.truth.iter().enumerate() {
            let text = |t: &Option<String>| t.as_deref().map_or(String::new(), cell);
            let _ = writeln!(
                out,
                "{},{},{},{},{},{},{truth},{},{},{},{},{},{},{brier},{log}",
                cell(&case.file),
                case.kind.word(),
                cell(&case.id),
                cell(&case.horizon),
                cell(case.outcomes.get(i).map_or("", String::as_str)),
                case.mean(|f| f.chances[i]),
                case.settled,
                text(&case.author),
                text(&case.rating),
                text(&case.commit),
                case.days(),
                case.price.map_or(String::new(), |p| p.to_string()),
            );
        }
    }
    out
}
