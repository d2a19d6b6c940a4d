//! How wide the leader's interval is, and what alone turns the leader: what takes time is done where the level
//! depends on it, or where everything is wanted.
//!
//! In: the grounds that were measured, the verdict and its intervals. Out: the grounds, complete. Where a width is
//! near a bound it is drawn anew, with more draws and a seed of its own, so that no seed changes the level.

use super::super::engine::{Engine, Sets};
use super::super::sampled;
use super::super::verdict::Options;
use super::{Depth, Grounds, Measured, Pivot, WIDTH_HIGH, WIDTH_LOW, Width, variants};
use crate::diag::Diagnostic;
use crate::infer::compiled::Compiled;
use crate::infer::intervals::Drawn;
use crate::infer::question::plan::Plan;
use crate::infer::question::shape::Ask;
use crate::model::Draws;
use crate::model::condition::Cond;
use crate::numeric::percentile::Interval;
use crate::resolve::assessment::{Assessment, Confidence, DriverId, OutcomeId, What};
use crate::strengths::DECIBAN;
use variants::ByHorizon;

/// A width within this share of a bound could lie on the other side by the luck of the draws: three standard errors
/// of a percentile of 128 draws, at their worst.
const NEAR: f64 = 0.25;

/// The draws that decide then, at most and at least: 4,096 miss a percentile's place by a sixth of what 128 do.
pub(crate) const MOST: u64 = 4096;
pub(crate) const LEAST: u64 = 512;

/// States times horizons of all of them together, more or less: two seconds.
const BUDGET: u64 = 1 << 28;

/// The same where each draw is sampled.
const SAMPLED: u32 = 256;

/// Their seed, whatever the seed of the intervals.
pub(crate) const SEED: u64 = 1;

/// What the verdict was computed by.
pub(crate) struct Basis<'b> {
    pub(crate) compiled: &'b Compiled,
    pub(crate) ask: &'b Ask,
    pub(crate) sets: &'b Sets,
    pub(crate) given: Option<&'b Cond>,
    pub(crate) is_sampled: bool,
    /// The verdict, by horizon and outcome in the file's order.
    pub(crate) at: &'b [Vec<f64>],
    pub(crate) drawn: &'b Drawn,
    /// By horizon and outcome, in the model's order.
    pub(crate) intervals: &'b [Interval],
    /// How many draws those rest on.
    pub(crate) draws: u32,
}

/// The verdict under other sets: for assumptions that are wrong.
pub(crate) type Verdict<'v> =
    &'v dyn Fn(&mut Engine<'_>, &Sets, Option<&Cond>) -> Result<ByHorizon, Box<Diagnostic>>;

impl Measured<'_> {
    /// The grounds, complete.
    pub(crate) fn settle(
        mut self,
        engine: &mut Engine<'_>,
        basis: &Basis<'_>,
        options: &Options,
        verdict: Verdict<'_>,
    ) -> Result<Vec<Grounds>, Box<Diagnostic>> {
        let leaders: Vec<OutcomeId> = basis.at.iter().map(|at| engine.leader(at).0).collect();
        self.widths(engine, basis, options, &leaders)?;
        let all = options.confidence == Depth::All;
        let asked: Vec<bool> = self
            .grounds
            .iter()
            .zip(basis.at)
            .map(|(g, at)| !at[0].is_nan() && (all || g.turns_on_pivots()))
            .collect();
        if asked.contains(&true) {
            self.pivots(engine, basis, verdict, &leaders, &asked)?;
        }
        Ok(self.grounds)
    }

    fn widths(
        &mut self,
        engine: &Engine<'_>,
        basis: &Basis<'_>,
        options: &Options,
        leaders: &[OutcomeId],
    ) -> Result<(), Box<Diagnostic>> {
        let outcomes = engine.model.outcomes.len();
        let is_random = engine.model.is_random();
        let set = |grounds: &mut [Grounds], intervals: &[Interval]| {
            for (h, grounds) in grounds.iter_mut().enumerate() {
                let interval = intervals[h * outcomes + engine.outcome(leaders[h])];
                let p = basis.at[h][crate::resolve::table::Id::index(leaders[h])];
                grounds.width = match interval {
                    Some(ends) => Width::of(p, ends),
                    None if is_random && !p.is_nan() => Width::NotDrawn,
                    None => Width::NoRange,
                };
            }
        };
        set(&mut self.grounds, basis.intervals);
        if !self.grounds.iter().any(Grounds::is_near) {
            return Ok(());
        }
        let model = &engine.model;
        let intervals = if basis.is_sampled {
            let at: Vec<Vec<f64>> = basis
                .at
                .iter()
                .map(|at| engine.in_model_order(at))
                .collect();
            let plan = Plan::new(model, &engine.point, basis.ask);
            let draws = sampled::affordable(&plan, SAMPLED).max(basis.draws);
            let how = (draws, SEED, &engine.meter);
            sampled::intervals(model, &engine.point, basis.ask, &at, how)
                .map_err(|many| engine.too_many(&many))?
        } else {
            let each = basis
                .compiled
                .steps()
                .saturating_mul(model.horizons() as u64);
            let draws = (BUDGET / each.max(1)).clamp(LEAST, MOST) as u32;
            let draws = draws.max(options.draws.unwrap_or(0));
            let drawn = Drawn {
                events: Vec::new(),
                ..basis.drawn.clone()
            };
            let stream = Draws::lean(model, &engine.point, SEED);
            let spread = drawn.intervals(model, &engine.point, draws, (&stream, &engine.meter));
            spread.map_err(|many| engine.too_many(&many))?.outcomes
        };
        set(&mut self.grounds, &intervals);
        Ok(())
    }

    /// Which sources and assumptions alone give another leader.
    fn pivots(
        &mut self,
        engine: &mut Engine<'_>,
        basis: &Basis<'_>,
        verdict: Verdict<'_>,
        leaders: &[OutcomeId],
        asked: &[bool],
    ) -> Result<(), Box<Diagnostic>> {
        let mut found: Vec<Vec<Pivot>> = vec![Vec::new(); leaders.len()];
        let mut see = |engine: &Engine<'_>, at: &ByHorizon, pivot: &Pivot| {
            for (h, at) in at.iter().enumerate() {
                if asked[h] && !at[0].is_nan() && engine.leader(at).0 != leaders[h] {
                    found[h].push(pivot.clone());
                }
            }
        };
        let candidates: Vec<_> = (0..self.sources.names.len())
            .filter_map(|s| {
                let numbers = variants::without(engine, &self.sources, &self.pushing, s)?;
                Some((s, numbers))
            })
            .collect();
        let (sources, numbers): (Vec<usize>, Vec<_>) = candidates.into_iter().unzip();
        let Some(all) = variants::with(engine, basis, &numbers)? else {
            return Ok(());
        };
        for (s, at) in sources.into_iter().zip(&all) {
            let (name, others) = self.sources.names[s];
            see(engine, at, &Pivot::Source(name.to_owned(), others));
        }
        for assumption in open_assumptions(engine, basis.sets) {
            if let Some(at) = variants::wrong(engine, basis, assumption, verdict)? {
                see(engine, &at, &Pivot::Assumption(assumption));
            }
        }
        for ((grounds, pivots), asked) in self.grounds.iter_mut().zip(found).zip(asked) {
            grounds.pivots = asked.then_some(pivots);
        }
        Ok(())
    }
}

impl Grounds {
    /// Whether the luck of the draws could change the level.
    pub(crate) fn is_near(&self) -> bool {
        match self.width {
            Width::Decibans(x) => [WIDTH_HIGH, WIDTH_LOW]
                .iter()
                .any(|&bound| (x / bound - 1.0).abs() < NEAR && self.turns_on(bound)),
            _ => false,
        }
    }
}

/// The assumptions that hold, with less than high confidence.
fn open_assumptions(engine: &Engine<'_>, sets: &Sets) -> Vec<DriverId> {
    let mut open = open(engine.assessment);
    open.retain(|id| !sets.iter().any(|s| s.0 == engine.place(*id)));
    open
}

/// The assumptions with less than high confidence.
pub(crate) fn open(assessment: &Assessment) -> Vec<DriverId> {
    let all = assessment.drivers.iter();
    let open = all.filter(|(_, driver)| match &driver.what {
        What::Assumption(held) => held.as_ref().is_none_or(|c| c.node != Confidence::High),
        _ => false,
    });
    open.map(|(id, _)| id).collect()
}

impl Width {
    /// Of an interval around a probability: its wider side.
    pub(crate) fn of(p: f64, (low, high): (f64, f64)) -> Width {
        if low == high {
            return Width::Decibans(0.0);
        }
        let odds = |p: f64| libm::log(p / (1.0 - p)) / DECIBAN;
        let sides = [odds(p) - odds(low), odds(high) - odds(p)];
        match sides.iter().any(|s| s.is_nan()) {
            true => Width::NotDrawn,
            false => Width::Decibans(sides[0].max(sides[1]).max(0.0)),
        }
    }
}
