//! A history as CSV (RFC 4180): a line for each revision, horizon and outcome.
//!
//! A revision without a verdict has one line, whose last cells are empty. Numbers are full doubles.

use super::History;
use crate::history::State;
use crate::render::csv::Csv;
use std::fmt::Write;

const HEAD: &str = "commit,date,author,subject,file,state,errors,as_of,\
                    horizon,outcome,final,probability,leads\n";

/// Writes it.
pub fn write(history: &History, csv: Csv) -> String {
    let cell = |text: &str| csv.cell(text);
    let mut out = format!("{}{HEAD}", csv.mark());
    for point in history.shown() {
        let (hash, date, author, subject) = match &point.stamp {
            Some(s) => (&*s.hash, &*s.date, &*s.author, &*s.subject),
            None => ("", "", "", ""),
        };
        let start = format!(
            "{hash},{date},{},{},{}",
            cell(author),
            cell(subject),
            cell(&point.file)
        );
        let sound = match &point.state {
            State::Sound(sound) => sound,
            other => {
                let errors = match other {
                    State::Broken { errors, .. } => errors.to_string(),
                    _ => String::new(),
                };
                let _ = writeln!(out, "{start},{},{errors},,,,,,", other.word());
                continue;
            }
        };
        for at in &sound.horizons {
            for (i, outcome) in at.outcomes.iter().enumerate() {
                if !history.shows(&at.name, &outcome.name) {
                    continue;
                }
                let _ = writeln!(
                    out,
                    "{start},sound,0,{},{},{},{},{},{}",
                    sound.as_of,
                    cell(&at.name),
                    cell(&outcome.name),
                    outcome.is_final,
                    outcome.probability,
                    i == at.leader
                );
            }
        }
    }
    out
}
