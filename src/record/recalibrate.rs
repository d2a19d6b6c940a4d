//! A verdict through its author's own record.
//!
//! In: settled cases, and chances. Out: the author's logit line, shrunk by how little the sample tells,
//! and the chances through it. Never in place of what is said: beside it.

use super::FLOOR;
use super::case::Case;
use super::logit::{self, Line, Shrunk, shrunk};
use super::points::weighted;
use std::collections::BTreeMap;

/// The record of one author.
#[derive(Debug, Clone, PartialEq)]
pub struct Own {
    /// The author; none for files that name none.
    pub(crate) author: Option<String>,
    /// How many cases.
    pub(crate) cases: u64,
    /// The line as it was fitted; none where there is no finite one.
    pub(crate) line: Option<Line>,
    /// How far slopes of authors lie from 1, as a standard deviation.
    pub(crate) spread: f64,
    /// The line in use.
    pub(crate) shrunk: Shrunk,
}

/// The record of an author among the cases of all.
pub fn own(cases: &[Case], author: Option<&str>) -> Own {
    let mut by_author: BTreeMap<Option<&str>, Vec<&Case>> = BTreeMap::new();
    // Bets and judgements would count the same things twice.
    for case in cases.iter().filter(|c| c.kind.counts() && c.days() > 0.0) {
        by_author
            .entry(case.author.as_deref())
            .or_default()
            .push(case);
    }
    let lines: BTreeMap<Option<&str>, Line> = by_author
        .iter()
        .filter_map(|(author, cases)| {
            let points = weighted(cases.iter().flat_map(|c| c.points()));
            Some((*author, logit::line(&points, FLOOR)?))
        })
        .collect();
    let all: Vec<Line> = lines.values().copied().collect();
    let spread = logit::spread(&all);
    let line = lines.get(&author).copied();
    Own {
        author: author.map(str::to_owned),
        cases: by_author.get(&author).map_or(0, |own| own.len() as u64),
        line,
        spread,
        shrunk: line.map_or(Shrunk::AS_SAID, |line| shrunk(&line, spread)),
    }
}

impl Own {
    /// The chances of all outcomes of a question through the line: each by itself, then all in
    /// proportion, so that they sum to what they summed to.
    pub fn through(&self, chances: &[f64]) -> Vec<f64> {
        let each: Vec<f64> = chances.iter().map(|&p| self.shrunk.apply(p)).collect();
        let (before, after): (f64, f64) = (chances.iter().sum(), each.iter().sum());
        match after > 0.0 {
            true => each.into_iter().map(|p| p * before / after).collect(),
            false => each,
        }
    }
}
