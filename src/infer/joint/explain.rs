//! Why a verdict of the general engine is what it is.
//!
//! In: an assessment, a question about it and how to compute. Out: the verdict with all contributions, and an
//! [`Explanation`] as other files have one, for each question.

use super::Condition;
use super::answer::{Joint, MadeSo, ratio, whole};
use super::evaluate::{Known, conditionals, known, of_kind};
use super::pushed::AllPushed;
use super::spread::{self, Sample};
use crate::diag::Diagnostic;
use crate::infer::explain::{
    Explanation, RowsInForce, Target, Watched, Watching, Weighed, ranges_of, ranges_wanted, reason,
};
use crate::infer::verdict::{Options, Question, Verdict};
use crate::model::Model;
use crate::model::condition::Cond;
use crate::resolve::assessment::{DriverId, DriverKind, OutcomeId};
use crate::resolve::table::Id;

/// The verdict, and why it is so.
pub(in crate::infer) fn explain(
    assessment: &crate::resolve::assessment::Assessment,
    question: &Question,
    options: &Options,
    watch: Option<&Watching>,
) -> Result<(Verdict, Explanation), Box<Diagnostic>> {
    let Known {
        verdict,
        mut queries,
        made,
        given,
        grounds,
        pushed,
        acting,
    } = known(assessment, question, options)?;
    let joint = &mut queries.joint;
    let given = given.as_ref();
    let reasons = assessment.drivers.ids().map(|driver| {
        let weighed = weighed(joint, driver, pushed.as_ref(), &acting);
        reason(assessment, &verdict, driver, weighed)
    });
    let reasons = reasons.collect();
    let rows = rows(joint, &made, given)?;
    let sample = match verdict.method.draws {
        draws if draws == 0 || !options.widths => Sample::default(),
        draws => spread::sample(
            joint,
            &made,
            given,
            |steps| ranges_wanted(steps, draws),
            options.seed,
        )?,
    };
    let keys = Model::ranges(assessment);
    let columns = assessment.horizons.len() * assessment.outcomes.len();
    let at = |h: usize, o: OutcomeId| h * assessment.outcomes.len() + o.index();
    let ranges = ranges_of(
        assessment,
        &keys,
        (&sample.values, columns),
        &sample.deviates,
        &at,
    );
    let watching = watch.cloned().unwrap_or_default();
    let watch = match watch {
        None => None,
        Some(by) => {
            let leaders: Vec<OutcomeId> = verdict.horizons.iter().map(|h| h.leader).collect();
            let events = of_kind(assessment, DriverKind::Event);
            let found = conditionals(joint, (&made, given), &leaders, events)?.into_iter();
            let each = found.map(|of| Watched::new(by, assessment, &verdict, of));
            Some(each.collect())
        }
    };
    let explanation = Explanation {
        reasons,
        grounds,
        rows,
        ranges: ranges.all,
        noise: ranges.noise,
        watch,
        watching,
    };
    Ok((verdict, explanation))
}

/// What a driver pushes, taken apart.
fn weighed(
    joint: &Joint<'_>,
    driver: DriverId,
    pushed: Option<&AllPushed>,
    acting: &[Vec<f64>],
) -> Weighed {
    let a = joint.assessment;
    let (horizons, outcomes) = (joint.model.horizons(), joint.model.outcomes.len());
    let place = joint.place(driver);
    let spec = &joint.model.drivers[place];
    let mut out = Weighed {
        chance: acting[place].clone(),
        ..Weighed::default()
    };
    let Some(pushed) = pushed else {
        return out;
    };
    if !spec.pushes.is_empty() {
        let part = |h: usize, id: OutcomeId| {
            let o = joint.outcome(id);
            let at = (place * horizons + h) * outcomes + o;
            Target::new(&spec.pushes, &joint.point, (h, o), (&pushed.outcomes, at))
        };
        let by_horizon = (0..horizons).map(|h| a.outcomes.ids().map(|o| part(h, o)).collect());
        out.outcomes = by_horizon.collect();
    }
    let own = pushed.events.iter().filter(|p| p.driver == place);
    out.events = own
        .map(|p| {
            let at = |h: usize| Target {
                full: p.full[h],
                counted: p.counted[h],
                all: p.all[h],
            };
            let event = joint.model.drivers[p.event].id;
            (event, (0..horizons).map(at).collect())
        })
        .collect();
    out.events.sort_by_key(|e| e.0);
    out
}

/// How likely each row of a prior is to be in force, where it has several.
fn rows(
    joint: &mut Joint<'_>,
    made: &MadeSo,
    given: Option<&Cond>,
) -> Result<Vec<RowsInForce>, Box<Diagnostic>> {
    let a = joint.assessment;
    let mut out = Vec::new();
    for (id, question) in a.questions.iter().filter(|(_, q)| q.priors.len() > 1) {
        let mut before: Vec<Cond> = Vec::new();
        let mut conditions = vec![whole(given)];
        for row in &question.priors {
            let mut all: Vec<Cond> = before.iter().cloned().map(Cond::negated).collect();
            if let Some(own) = &row.given {
                let own = joint.cond(own);
                all.push(own.clone());
                before.push(own);
            }
            conditions.push(Condition {
                of: Some(Cond::All(all)),
                ..whole(given)
            });
        }
        let found = joint.ask(made, None, conditions, given.is_some())?;
        let chance = |row: usize| {
            let each = found.iter().map(|at| {
                let part = at[row + 1].as_ref();
                ratio(part, at[0].as_ref()).unwrap_or(f64::NAN)
            });
            each.collect()
        };
        let spec = &joint.model.questions[joint.question(id)];
        let at = |first: usize, h: usize| -> Vec<f64> {
            let each = question.ids().map(|o| {
                let place = joint.outcome(o) - spec.outcomes.start;
                joint.point.prior_at(first + place, h + 1)
            });
            each.collect()
        };
        let horizons = joint.model.horizons();
        let says = spec.priors.iter();
        let says = says.map(|(_, first)| (0..horizons).map(|h| at(*first, h)).collect());
        out.push(RowsInForce {
            question: id,
            chances: (0..question.priors.len()).map(chance).collect(),
            says: says.collect(),
        });
    }
    Ok(out)
}
