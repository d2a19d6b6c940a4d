//! What other voices make of a file: the verdict of each view, and pools of them.
//!
//! In: an assessment with its verdict. Out: the verdict of each of its views, computed as any other, and
//! for each pool the probabilities of all voices in it as one.

use super::estimate::Estimate;
use super::evaluate::evaluate;
use super::leader::of_question;
use super::pool::{How, pool};
use super::verdict::{Options, PoolVerdict, Question, Standing, Verdict, ViewVerdict};
use crate::diag::Diagnostic;
use crate::resolve::assessment::{Assessment, OutcomeId, Voice};
use crate::resolve::table::Id;

/// Adds the verdicts of views and pools to that of the file.
///
/// # Errors
///
/// What evaluating a view says.
pub(crate) fn add(
    assessment: &Assessment,
    options: &Options,
    verdict: &mut Verdict,
) -> Result<(), Box<Diagnostic>> {
    let options = Options {
        voices: false,
        contributions: false,
        ..options.clone()
    };
    for (id, view) in assessment.views.iter() {
        let found = evaluate(&view.assessment, &Question::default(), &options)
            .map_err(|limit| Box::new(limit.other(view.name.span, "as this view has it")))?;
        verdict.views.push(ViewVerdict {
            view: id,
            verdict: found,
        });
    }
    for (id, item) in assessment.pools.iter() {
        let how = How {
            weights: item.weights.clone(),
            method: item.method,
            extremise: item.extremise,
        };
        let tables: Vec<Vec<Vec<f64>>> = item
            .of
            .iter()
            .map(|voice| match voice {
                Voice::Own => probabilities(verdict),
                Voice::View(view) => probabilities(&verdict.views[view.index()].verdict),
            })
            .collect();
        verdict.pools.push(PoolVerdict {
            pool: id,
            horizons: pooled(assessment, &tables, &how),
        });
    }
    Ok(())
}

/// The probabilities of a verdict by horizon and outcome.
pub(crate) fn probabilities(verdict: &Verdict) -> Vec<Vec<f64>> {
    let each = verdict.horizons.iter();
    each.map(|h| h.outcomes.iter().map(|o| o.probability.value).collect())
        .collect()
}

/// Pools the verdicts of several voices on one file's outcomes, question by question. The leader is that of
/// the first question.
pub(crate) fn pooled(
    assessment: &Assessment,
    tables: &[Vec<Vec<f64>>],
    how: &How,
) -> Vec<Standing> {
    let horizons = assessment.horizons.len();
    let mut all = vec![vec![f64::NAN; assessment.outcomes.len()]; horizons];
    for question in assessment.questions.values() {
        let ids: Vec<usize> = question.ids().map(|o| o.index()).collect();
        let finals: Vec<bool> = question
            .ids()
            .map(|o| assessment.outcomes[o].is_final)
            .collect();
        let own: Vec<Vec<Vec<f64>>> = tables
            .iter()
            .map(|t| {
                t.iter()
                    .map(|at| ids.iter().map(|&o| at[o]).collect())
                    .collect()
            })
            .collect();
        let found = pool(&own, how, &finals);
        for (at, found) in all.iter_mut().zip(found) {
            for (&o, p) in ids.iter().zip(found) {
                at[o] = p;
            }
        }
    }
    all.into_iter()
        .map(|outcomes| {
            let first = assessment.questions.ids().next();
            let (leader, margin) = first.map_or((OutcomeId::new(0), 0.0), |q| {
                let own = assessment.questions[q].ids();
                let own: Vec<f64> = own.map(|o| outcomes[o.index()]).collect();
                of_question(assessment, q, &own)
            });
            Standing {
                leader,
                margin,
                outcomes: Estimate::each(&outcomes, None),
            }
        })
        .collect()
}
