//! Several analysts' files on one question, as one: matched, pooled, and where they disagree.
//!
//! In: projects with their assessments and verdicts. Out: a [`Pooled`], or everything in which the files do not
//! match, in sentences that say what to write. Outcomes are matched by name, horizons by their last day. Nothing
//! is read or written here.

mod disagreement;
mod matching;

pub use disagreement::{Clause, Disagreement};

use crate::infer::pool::{How, pool};
use crate::infer::verdict::Verdict;
use crate::project::Project;
use crate::resolve::assessment::{Assessment, HorizonId, OutcomeId, QuestionId};
use crate::resolve::table::Id;
use jiff::civil::Date;

/// One file with its verdict.
pub struct One {
    /// The file as named.
    pub(crate) file: String,
    /// What it is called in tables: short, and unlike any other's.
    pub(crate) label: String,
    /// The project that it is the first file of.
    pub(crate) project: Project,
    /// What it means.
    pub(crate) assessment: Assessment,
    /// What comes of it.
    pub(crate) verdict: Verdict,
}

impl One {
    fn probability(&self, h: HorizonId, o: OutcomeId) -> f64 {
        self.verdict.horizons[h.index()].outcomes[o.index()]
            .probability
            .value
    }
}

/// One outcome at one horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomeAt {
    /// What each file says, in their order.
    pub(crate) each: Vec<f64>,
    /// What comes of them together; NaN where each outcome is impossible to one of them.
    pub(crate) pooled: f64,
}

impl OutcomeAt {
    /// The lowest and the highest that a file says.
    pub fn range(&self) -> (f64, f64) {
        let low = self.each.iter().copied().fold(f64::INFINITY, f64::min);
        let high = self.each.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        (low, high)
    }

    /// The two files that differ most: the lower first.
    pub fn apart(&self) -> (usize, usize) {
        let by = |better: fn(f64, f64) -> bool| {
            let mut best = 0;
            for (i, p) in self.each.iter().enumerate() {
                if better(*p, self.each[best]) {
                    best = i;
                }
            }
            best
        };
        (by(|p, best| p < best), by(|p, best| p > best))
    }
}

/// One horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct HorizonAt {
    /// Its name in the first file.
    pub(crate) name: String,
    /// Its title there.
    pub(crate) title: String,
    /// Its last day.
    pub(crate) to: Date,
    /// The outcomes of all questions, in the first file's order.
    pub(crate) outcomes: Vec<OutcomeAt>,
    /// Where the files are furthest apart, and by which clauses.
    pub(crate) disagreement: Option<Disagreement>,
}

/// Several files as one.
pub struct Pooled {
    /// The files, in the order of the command line.
    pub(crate) files: Vec<One>,
    /// How they were pooled.
    pub(crate) how: How,
    /// In order of time.
    pub(crate) horizons: Vec<HorizonAt>,
    /// What does not match and was left out, in sentences.
    pub(crate) left_out: Vec<String>,
}

impl Pooled {
    /// The first file, by whose names and titles all are called.
    pub fn first(&self) -> &Assessment {
        &self.files[0].assessment
    }

    /// Who leads in a question at a horizon, by its place, and by how much; none where nothing can be said.
    pub fn leader(&self, question: QuestionId, at: usize) -> Option<(OutcomeId, f64)> {
        let a = self.first();
        let own = a.questions[question].ids();
        let own: Vec<f64> = own
            .map(|o| self.horizons[at].outcomes[o.index()].pooled)
            .collect();
        if own.is_empty() || own.iter().any(|p| p.is_nan()) {
            return None;
        }
        Some(crate::infer::leader_of(a, question, &own))
    }
}

/// Pools files; with `common`, on the horizons that all of them have.
///
/// # Errors
///
/// Everything in which the files do not match.
pub fn pooled(files: Vec<One>, how: How, common: bool) -> Result<Pooled, Vec<String>> {
    let matched = matching::matched(&files, common)?;
    let first = &files[0].assessment;
    let mut horizons: Vec<HorizonAt> = matched
        .horizons
        .iter()
        .map(|by_file| {
            let horizon = &first.horizons[by_file[0]];
            let outcomes = first.outcomes.ids().map(|o| OutcomeAt {
                each: files
                    .iter()
                    .enumerate()
                    .map(|(f, one)| one.probability(by_file[f], matched.outcomes[f][o.index()]))
                    .collect(),
                pooled: f64::NAN,
            });
            HorizonAt {
                name: horizon.name.node.clone(),
                title: horizon.title.clone(),
                to: horizon.to,
                outcomes: outcomes.collect(),
                disagreement: None,
            }
        })
        .collect();
    for question in first.questions.values() {
        let ids: Vec<usize> = question.ids().map(|o| o.index()).collect();
        let finals: Vec<bool> = question.ids().map(|o| first.outcomes[o].is_final).collect();
        let tables: Vec<Vec<Vec<f64>>> = (0..files.len())
            .map(|f| {
                let at = |h: &HorizonAt| ids.iter().map(|&o| h.outcomes[o].each[f]).collect();
                horizons.iter().map(at).collect()
            })
            .collect();
        for (horizon, found) in horizons.iter_mut().zip(pool(&tables, &how, &finals)) {
            for (&o, p) in ids.iter().zip(found) {
                horizon.outcomes[o].pooled = p;
            }
        }
    }
    disagreement::find(&files, &matched, &mut horizons);
    Ok(Pooled {
        left_out: matched.left_out,
        files,
        how,
        horizons,
    })
}
