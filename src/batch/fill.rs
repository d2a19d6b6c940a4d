//! A row's numbers, put in place of a model's.
//!
//! In: a [`Variant`] made from a row that fills the same columns. Out: its numbers for this row; none wherever
//! more than the numbers themselves says whether they may stand together, which [`super::spelt`] finds out.

use super::Batch;
use super::heading::{Meaning, Thing};
use super::row::Row;
use super::variant::Variant;
use crate::limits;
use crate::model::curve::CurveSpec;
use crate::model::{Numbers, PriorSpec, PushSpec, RowSpec};
use crate::resolve::assessment::{Curve, CurvePoint, HorizonId, Law, PriorOf, What};
use crate::resolve::table::Id;

/// ln of a ratio in one deciban.
const DECIBAN: f64 = std::f64::consts::LN_10 / 10.0;

/// Sums of shares that are above 1 by more are an error.
const SLACK: f64 = 1e-9;

impl Batch {
    /// Makes the variant's own numbers those of a row that fills the same columns as the one that it was made from.
    pub(super) fn put_all(
        &self,
        variant: &Variant,
        row: &Row,
        numbers: &mut Numbers,
    ) -> Option<()> {
        let mut prior = Vec::new();
        let things = match row.numbers.is_empty() {
            true => None,
            false => Some(&self.columns.things),
        };
        for (thing, columns) in things.into_iter().flatten() {
            let said = columns.iter().filter_map(|c| {
                let number = row.numbers.iter().find(|n| n.0 == *c)?;
                Some((*c, number.1))
            });
            let said: Vec<(usize, f64)> = said.collect();
            if said.is_empty() {
                continue;
            }
            match *thing {
                Thing::Prior(outcome) => {
                    let place = variant.model.outcomes.iter().position(|o| *o == outcome)?;
                    prior.push((place, self.prior(variant, place, outcome.index(), &said)?));
                }
                _ => self.put(variant, *thing, &said, row, numbers)?,
            }
        }
        if !prior.is_empty() {
            numbers.replace_prior(&variant.model, &prior);
            if !is_sound(variant, numbers, &prior) {
                return None;
            }
        }
        for factor in &row.off {
            numbers.silence(&variant.model, variant.place(*factor));
        }
        Some(())
    }

    fn put(
        &self,
        variant: &Variant,
        thing: Thing,
        said: &[(usize, f64)],
        row: &Row,
        numbers: &mut Numbers,
    ) -> Option<()> {
        let (a, model) = (&variant.assessment, &variant.model);
        let times = numbers.times;
        match thing {
            Thing::Chance(event) => {
                let place = variant.place(event);
                // Of events that exclude each other the chances must leave room for one another.
                if model.exclusives.iter().any(|g| g.contains(&place)) {
                    return None;
                }
                let What::Event(rows) = &a.drivers[event].what else {
                    return None;
                };
                let [only] = &rows[..] else { return None };
                let Curve::Points(points) = &only.clause.values else {
                    return None;
                };
                let &[(None, at)] = &model.drivers[place].rows[..] else {
                    return None;
                };
                let filled = self.filled(variant, points, said)?;
                numbers.rows[at * times..][..times].copy_from_slice(&filled);
            }
            Thing::Holds(factor) => {
                let &[(None, at)] = &model.drivers[variant.place(factor)].rows[..] else {
                    return None;
                };
                matches!(model.rows[at], RowSpec::Holds(_)).then_some(())?;
                let out = &mut numbers.rows[at * times + 1..][..times - 1];
                self.put_each(said, out, is_chance)?;
            }
            Thing::Weight(driver, outcome) => {
                if row.off.contains(&driver) {
                    return None;
                }
                let outcome = model.outcomes.iter().position(|o| *o == outcome)?;
                let pushes = &model.drivers[variant.place(driver)].pushes;
                let push = pushes.iter().find(|p| p.0 == outcome)?.1;
                let PushSpec::Weight(_, factor) = model.pushes[push] else {
                    return None;
                };
                let signed = said
                    .iter()
                    .map(|(column, x)| match self.columns.meanings[*column] {
                        Meaning::Number { against: true, .. } => (*column, -x * DECIBAN),
                        _ => (*column, x * DECIBAN),
                    });
                let signed: Vec<(usize, f64)> = signed.collect();
                let out = &mut numbers.pushes[push * times + 1..][..times - 1];
                // One clause pushes one way.
                if signed.iter().any(|s| s.1 * factor < 0.0) {
                    return None;
                }
                let signed: Vec<_> = signed
                    .into_iter()
                    .map(|s| (s.0, s.1 * factor.abs()))
                    .collect();
                let most = f64::from(limits::DECIBANS) * DECIBAN;
                self.put_each(&signed, out, |w| w.abs() <= most * factor.abs())?;
            }
            Thing::Prior(_) => return None,
        }
        Some(())
    }

    /// A number for each horizon: one of all horizons first, then those of single ones.
    fn put_each(
        &self,
        said: &[(usize, f64)],
        out: &mut [f64],
        fits: impl Fn(f64) -> bool,
    ) -> Option<()> {
        if !said.iter().all(|s| fits(s.1)) {
            return None;
        }
        for whole in [true, false] {
            for (column, x) in said {
                match self.when(*column) {
                    None if whole => out.fill(*x),
                    Some(h) if !whole => out[h.index()] = *x,
                    _ => {}
                }
            }
        }
        Some(())
    }

    /// The cumulative chances at times 0 … H, with the row's in place of the variant's; none where they fall.
    fn filled(
        &self,
        variant: &Variant,
        points: &[CurvePoint],
        said: &[(usize, f64)],
    ) -> Option<Vec<f64>> {
        let mut points = points.to_vec();
        for (column, x) in said {
            let days = match self.when(*column) {
                Some(h) => variant.assessment.horizons[h].days,
                None => 0.0,
            };
            let point = points.iter_mut().find(|p| p.days == days)?;
            point.chance.point = *x;
            point.chance.law = Law::Fixed;
        }
        let chances = points.iter().map(|p| p.chance.point);
        if !chances.clone().all(is_chance) || !chances.is_sorted() {
            return None;
        }
        let days = &variant.model.days;
        let mut out = vec![0.0; days.len()];
        CurveSpec::new(&Curve::Points(points), 0, days).fill(None, &mut Vec::new(), &mut out);
        Some(out)
    }

    fn prior(
        &self,
        variant: &Variant,
        place: usize,
        outcome: usize,
        said: &[(usize, f64)],
    ) -> Option<Vec<f64>> {
        let stated = variant.assessment.prior().as_ref()?.outcomes.get(outcome)?;
        match (stated, &variant.model.prior[place]) {
            (PriorOf::Curve(clause), PriorSpec::Curve(_)) => match &clause.values {
                Curve::Points(points) => self.filled(variant, points, said),
                _ => None,
            },
            (PriorOf::Shares(clause), PriorSpec::Shares(_)) => {
                let mut out = vec![0.0];
                out.extend(clause.values.iter().map(|n| n.point));
                self.put_each(said, &mut out[1..], is_chance)?;
                Some(out)
            }
            _ => None,
        }
    }

    fn when(&self, column: usize) -> Option<HorizonId> {
        match self.columns.meanings[column] {
            Meaning::Number { horizon, .. } => horizon,
            _ => None,
        }
    }
}

/// Whether one outcome that may pass takes the rest, and there is room for it.
fn is_sound(variant: &Variant, numbers: &Numbers, given: &[(usize, Vec<f64>)]) -> bool {
    let model = &variant.model;
    let rest = model
        .prior
        .iter()
        .position(|p| matches!(p, PriorSpec::Rest));
    let Some(rest) = rest.filter(|r| *r < model.open) else {
        return false;
    };
    // With no room, the others were scaled, and what was given is no longer there.
    (1..numbers.times).all(|h| {
        let kept = |g: &(usize, Vec<f64>)| (numbers.prior_at(g.0, h) - g.1[h]).abs() <= SLACK;
        numbers.prior_at(rest, h) > 0.0 && given.iter().all(kept)
    })
}

/// Whether a chance is 0, 1 or far enough from both to be one.
fn is_chance(p: f64) -> bool {
    let least = 1.0 / limits::ODDS as f64;
    p == 0.0 || p == 1.0 || (p > 2.0 * least && p < 1.0 - 2.0 * least)
}
