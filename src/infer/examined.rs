//! An assessment of which more will be asked.
//!
//! In: an assessment as it stands. Out: what its verdict says exactly and without intervals, and what answers further
//! questions; what is asked of few files is computed where it is asked.

use super::answers::Answers;
use super::conditional;
use super::confidence::Depth;
use super::engine::Sets;
use super::estimate::Given;
use super::evaluate::{Told, known_of};
use super::joint;
use super::probabilities::Variants;
use super::sampled::Choice;
use super::verdict::{ChangeVerdict, Options, Question, Verdict};
use crate::diag::Diagnostic;
use crate::limits;
use crate::model::{Model, What};
use crate::resolve::assessment::{Assessment, DriverId, DriverKind, OutcomeId, Prop, Query};
use crate::resolve::table::Id;
use std::collections::BTreeMap;

/// An assessment as it stands, evaluated exactly and without intervals, and ready for more questions.
pub struct Examined<'a> {
    /// Its verdict. Of changes it has the chance, and whether they can hold and fail to; the verdicts then, those of
    /// scenarios, and where outcomes stand before all reasons by the general engine, only where some of them may be beyond
    /// exact inference.
    pub verdict: Verdict,
    /// What answers further queries.
    pub answers: Answers<'a>,
    /// What evaluates it without some of its pushes.
    pub variants: Variants<'a>,
}

/// The verdict given a change, and given its absence.
#[derive(Debug, Clone)]
pub struct Sides {
    /// Where it holds.
    pub given: Given,
    /// Where it does not.
    pub absent: Given,
}

impl Sides {
    /// By change clause and horizon, as verdicts on these say.
    pub fn each(changes: &[ChangeVerdict]) -> BTreeMap<DriverId, Vec<Sides>> {
        let changes = changes.iter().map(|change| {
            let sides = change.horizons.iter().map(|at| Sides {
                given: at.given.clone(),
                absent: at.absent.clone(),
            });
            (change.change, sides.collect())
        });
        changes.collect()
    }
}

/// Evaluates an assessment of which more will be asked: what the answers share is computed once.
///
/// # Errors
///
/// A `limit` finding where more propositions matter together than can be summed exactly.
pub fn examine(assessment: &Assessment) -> Result<Examined<'_>, Box<Diagnostic>> {
    let options = Options {
        intervals: false,
        confidence: Depth::None,
        choice: Choice::Exact,
        ..Options::default()
    };
    if Model::is_wide(assessment) {
        let (verdict, queries, joint) = joint::examine(assessment, &options)?;
        return Ok(Examined {
            verdict,
            answers: Answers::of(assessment, queries),
            variants: Variants::of_wide(assessment, joint)?,
        });
    }
    let known = known_of(assessment, &Question::default(), &options, told)?;
    Ok(Examined {
        variants: Variants::of(known.answers.engine.fresh(), known.compiled),
        verdict: known.verdict,
        answers: known.answers,
    })
}

/// How much is computed at once.
fn told(assessment: &Assessment, model: &Model) -> Told {
    /// So many pairs of states can be carried, whatever they rest on.
    const PAIRED: usize = 13;
    /// What follows from all changes is had for less than what is expected of single ones.
    const FEW: usize = 1 << 13;
    let uncertain = uncertain(model);
    let changes = model.drivers.iter();
    let changes = changes
        .filter(|d| matches!(d.what, What::Change(_)))
        .count();
    // What is carried in each state: conditions, outcomes and powers of ε.
    let carried = (1 + 2 * changes) * (1 + model.outcomes.len()) * (1 + uncertain);
    if uncertain > PAIRED || carried << uncertain > limits::CELLS {
        // A question about some changes may be beyond exact inference.
        return Told::Whole;
    }
    let is_change = |id: &DriverId| assessment.drivers[*id].kind() == DriverKind::Change;
    let given = |query: &Query| matches!(&query.given, Some(Prop::Is(id)) if is_change(id));
    let expected = assessment.expects.iter().any(|e| given(&e.query));
    match expected && carried << uncertain <= FEW {
        true => Told::Changes,
        false => Told::Briefly,
    }
}

/// How many things of a model may be so or not.
pub(super) fn uncertain(model: &Model) -> usize {
    let is = |what: &What| !matches!(what, What::Always | What::Change(_));
    model.drivers.iter().filter(|d| is(&d.what)).count()
}

impl Answers<'_> {
    /// By horizon, where each outcome stands while no driver pushes, where only the general engine computes it.
    ///
    /// # Errors
    ///
    /// A `limit` finding where too many propositions matter together.
    pub fn bases(&mut self) -> Result<Option<Vec<Vec<f64>>>, Box<Diagnostic>> {
        match self.engine.model.wide {
            true => joint::standing_bases(&mut self.wide()?.joint).map(Some),
            false => Ok(None),
        }
    }

    /// By change clause, the verdict given it and given its absence at each horizon.
    ///
    /// # Errors
    ///
    /// A `limit` finding where too many propositions matter together.
    pub fn sides(&mut self) -> Result<BTreeMap<DriverId, Vec<Sides>>, Box<Diagnostic>> {
        let assessment = self.engine.assessment;
        // Who leads is not asked.
        let leaders = vec![OutcomeId::new(0); assessment.horizons.len()];
        let changes: Vec<ChangeVerdict> = match self.engine.model.wide {
            true => joint::changes(&mut self.wide()?.joint, &leaders)?,
            false => conditional::changes(&mut self.engine, &Sets::new(), None, &leaders)?
                .into_iter()
                .map(|change| change.verdict)
                .collect(),
        };
        Ok(Sides::each(&changes))
    }
}
