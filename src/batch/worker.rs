//! Rows in, answers out, on one thread.
//!
//! In: rows. Out: an [`Answer`] for each, in their order, or why there is none. Rows that replace the same
//! numbers and make the same things so are evaluated side by side.

use super::Batch;
use super::row::Row;
use super::spelt::sentence;
use super::variant::Variant;
use crate::infer;
use crate::infer::ROWS;
use crate::infer::confidence::Depth;
use crate::infer::verdict::{Contribution, Options, Question};
use crate::model::Numbers;
use crate::resolve::assessment::{Assessment, DriverId, OutcomeId};
use std::collections::BTreeMap;

/// More variants than these are not kept.
const KEPT: usize = 256;

/// What is computed beside the probabilities.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Detail {
    /// Intervals.
    pub intervals: bool,
    /// What each driver contributes.
    pub contributions: bool,
}

/// An outcome's or a horizon's numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct At {
    /// By outcome, in the file's order.
    pub probabilities: Vec<f64>,
    /// The 5th and 95th percentile likewise, where they were asked for and the file has ranges.
    pub intervals: Vec<Option<(f64, f64)>>,
    /// The likeliest outcome.
    pub leader: OutcomeId,
    /// Its probability less the next one's.
    pub margin: f64,
}

/// A row's verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// By horizon.
    pub horizons: Vec<At>,
    /// Where they were asked for.
    pub contributions: Vec<Contribution>,
}

/// A row's verdict, or why it has none.
pub type Answered = Result<Answer, String>;

/// Evaluates rows.
#[derive(Debug)]
pub struct Worker<'b> {
    batch: &'b Batch,
    variants: BTreeMap<Vec<usize>, Variant>,
    /// Room for the numbers of rows.
    settings: Vec<Numbers>,
}

impl<'b> Worker<'b> {
    /// One for a batch.
    pub fn new(batch: &'b Batch) -> Worker<'b> {
        Worker {
            batch,
            variants: BTreeMap::new(),
            settings: Vec::new(),
        }
    }

    /// The answers to some rows, in their order.
    pub fn answers(&mut self, rows: &[Row]) -> Vec<Answered> {
        let mut answers: Vec<Option<Answered>> = vec![None; rows.len()];
        let plain = !self.batch.detail.intervals && !self.batch.detail.contributions;
        let mut at = 0;
        while at < rows.len() {
            let beside = rows[at..].iter().take_while(|r| r.is_beside(&rows[at]));
            let end = at + beside.count();
            let apart = |i: &usize| plain && rows[*i].texts.is_empty();
            let members: Vec<usize> = (at..end).filter(apart).collect();
            if !members.is_empty() {
                let (columns, sets) = rows[at].group();
                self.group(columns, &sets, &members, rows, &mut answers);
            }
            at = end;
        }
        let each = answers.into_iter().zip(rows);
        each.map(|(answer, row)| answer.unwrap_or_else(|| self.whole(row)))
            .collect()
    }

    fn group(
        &mut self,
        columns: Vec<usize>,
        sets: &[(DriverId, bool)],
        members: &[usize],
        rows: &[Row],
        answers: &mut [Option<Answered>],
    ) {
        if self.variants.len() >= KEPT && !self.variants.contains_key(&columns) {
            self.variants.clear();
        }
        if !self.variants.contains_key(&columns) {
            // A row whose numbers cannot stand makes no variant.
            let made = members.iter().find_map(|&i| {
                let said = Row {
                    numbers: rows[i].numbers.clone(),
                    ..Row::default()
                };
                match said.numbers.is_empty() {
                    true => Some(self.batch.assessment.clone()),
                    false => self.batch.assessment_of(&said).ok(),
                }
            });
            let Some(assessment) = made else { return };
            self.variants
                .insert(columns.clone(), Variant::new(assessment));
        }
        let Some(variant) = self.variants.get_mut(&columns) else {
            return;
        };
        if variant.clashes(sets) {
            return;
        }
        let mut settings = std::mem::take(&mut self.settings);
        for some in members.chunks(ROWS) {
            if self.batch.meter.is_stopped() {
                break;
            }
            let mut places = Vec::with_capacity(some.len());
            for &i in some {
                let next = places.len();
                if settings.len() == next {
                    settings.push(variant.point.clone());
                }
                settings[next].copy(&variant.point);
                if self
                    .batch
                    .put_all(variant, &rows[i], &mut settings[next])
                    .is_some()
                {
                    places.push(i);
                }
            }
            let Some(found) = variant.evaluate(sets, &settings[..places.len()]) else {
                break;
            };
            for (i, at) in places.into_iter().zip(found) {
                answers[i] = Some(Ok(plain(&variant.assessment, at)));
            }
        }
        self.settings = settings;
    }

    /// A row by itself, as the command `eval` evaluates it.
    fn whole(&self, row: &Row) -> Answered {
        if self.batch.meter.is_stopped() {
            return Err("it was stopped".to_owned());
        }
        let assessment = match row.numbers.is_empty() && row.texts.is_empty() && row.off.is_empty()
        {
            true => self.batch.assessment.clone(),
            false => self.batch.assessment_of(row)?,
        };
        let question = Question {
            sets: row.sets.clone(),
            ..Question::default()
        };
        let detail = self.batch.detail;
        let options = Options {
            intervals: detail.intervals,
            contributions: detail.contributions,
            confidence: Depth::None,
            choice: infer::Choice::Either,
            meter: self.batch.meter.clone(),
            ..Options::default()
        };
        let verdict = infer::evaluate(&assessment, &question, &options)
            .map_err(|limit| sentence(&assessment.title.node, &limit))?;
        let at = verdict.horizons.iter().map(|at| At {
            probabilities: at.outcomes.iter().map(|o| o.probability.value).collect(),
            intervals: at.outcomes.iter().map(|o| o.interval).collect(),
            leader: at.leader,
            margin: at.margin,
        });
        Ok(Answer {
            horizons: at.collect(),
            contributions: verdict.contributions,
        })
    }
}

fn plain(assessment: &Assessment, horizons: Vec<Vec<f64>>) -> Answer {
    let at = horizons.into_iter().map(|probabilities| {
        let (leader, margin) = infer::leader(assessment, &probabilities);
        At {
            intervals: vec![None; probabilities.len()],
            probabilities,
            leader,
            margin,
        }
    });
    Answer {
        horizons: at.collect(),
        contributions: Vec::new(),
    }
}
