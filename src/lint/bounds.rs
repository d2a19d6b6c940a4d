//! What a rule can tell of a variant of the file before it is evaluated.
//!
//! In: the verdict, and bounds on a variant. Out: whether a finding is possible. Where it is, the variant is evaluated; where
//! it is not, evaluating it would find nothing.

use super::effect::{ByHorizon, odds};
use super::leads::lead;
use crate::infer::Probabilities;
use crate::infer::reach::Variant;
use crate::resolve::assessment::{Assessment, HorizonId, OutcomeId};
use crate::resolve::table::Id;
use crate::strengths::DECIBAN;

/// Decibans that are not told apart.
const NEAR: f64 = 1e-6;

/// The verdict beside bounds on a variant.
pub(crate) struct Bounded<'c> {
    with: With<'c>,
    variant: Variant<'c>,
}

/// What a variant is set beside, by horizon and outcome.
pub(super) enum With<'c> {
    /// The verdict.
    Verdict(&'c Probabilities),
    /// The verdict given something.
    Given(ByHorizon),
}

impl<'c> Bounded<'c> {
    pub(super) fn new(with: With<'c>, variant: Variant<'c>) -> Self {
        Bounded { with, variant }
    }

    /// By outcome; none where what is given cannot hold.
    fn with(&self, h: usize) -> Option<&[f64]> {
        match &self.with {
            With::Verdict(all) => all.horizons[h].as_ref().map(|at| at.outcomes.as_slice()),
            With::Given(all) => all[h].as_deref(),
        }
    }

    fn horizons(&self) -> usize {
        match &self.with {
            With::Verdict(all) => all.horizons.len(),
            With::Given(all) => all.len(),
        }
    }

    /// Every chance, with its horizon and outcome.
    fn chances(&self) -> impl Iterator<Item = (usize, OutcomeId, f64)> {
        let horizons = (0..self.horizons()).filter_map(|h| Some((h, self.with(h)?)));
        horizons.flat_map(|(h, with)| {
            let with = with.iter().enumerate();
            with.map(move |(o, with)| (h, OutcomeId::new(o), *with))
        })
    }

    /// By how much an outcome is higher than in the variant at most.
    pub(crate) fn most_gained(&self, horizon: HorizonId, outcome: OutcomeId) -> Option<f64> {
        let h = horizon.index();
        let with = self.with(h)?[outcome.index()];
        Some(with - self.variant.low(h, outcome, with))
    }

    /// By how much it is lower at most.
    pub(crate) fn most_lost(&self, horizon: HorizonId, outcome: OutcomeId) -> Option<f64> {
        let h = horizon.index();
        let with = self.with(h)?[outcome.index()];
        Some(self.variant.high(h, outcome, with) - with)
    }

    /// Whether every outcome moves by less than so much.
    pub(crate) fn moves_less(&self, than: f64) -> bool {
        self.chances().all(|(h, outcome, with)| {
            with - self.variant.low(h, outcome, with) < than
                && self.variant.high(h, outcome, with) - with < than
        })
    }

    /// Whether the odds of every outcome move by less than so many decibans.
    pub(crate) fn odds_move_less(&self, than: f64) -> bool {
        self.chances().all(|(h, outcome, with)| {
            // What is sure or cannot be has no odds that doubles can tell.
            let most = match self.variant.most_odds(h, outcome) {
                Some(nepers) if 0.0 < with && with < 1.0 => nepers / DECIBAN,
                _ => {
                    let ends = [
                        self.variant.low(h, outcome, with),
                        self.variant.high(h, outcome, with),
                    ];
                    ends.map(|end| odds(with, end).abs())
                        .into_iter()
                        .fold(0.0, f64::max)
                }
            };
            most < than - NEAR
        })
    }

    /// Whether some outcome surely moves by so much, or its odds by so many decibans.
    pub(crate) fn surely_moves(&self, shift: f64, decibans: f64) -> bool {
        self.chances().any(|(h, outcome, with)| {
            let nearest = self.variant.nearest(h, outcome, with);
            nearest.is_some_and(|nearest| {
                (with - nearest).abs() >= shift || odds(with, nearest).abs() >= decibans + NEAR
            })
        })
    }

    /// Whether some question may have another leader in the variant.
    pub(crate) fn may_turn(&self, assessment: &Assessment) -> bool {
        (0..self.horizons()).any(|h| {
            let Some(with) = self.with(h) else {
                return false;
            };
            let mut questions = assessment.questions.values();
            questions.any(|question| {
                let Some(lead) = lead(assessment, question, with) else {
                    return false;
                };
                let share = |o: OutcomeId| with[o.index()];
                let low = self.variant.low(h, lead.leader, share(lead.leader));
                let mut others = question.ids().filter(|o| *o != lead.leader);
                others.any(|o| self.variant.high(h, o, share(o)) > low)
            })
        })
    }
}
