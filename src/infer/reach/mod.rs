//! How far the silence of drivers can move a verdict, found without evaluating it.
//!
//! In: a model, one setting of its numbers, and the verdict. Out: bounds on the outcomes of variants. Nothing is summed over
//! states, so that a bound takes a small part of what an evaluation takes.
//!
//! A state is what holds and fails up to a horizon. How likely each is does not rest on what drivers push, so that a variant
//! which changes pushes alone has the same states, each with other shares. What is bounded:
//!
//! - In the first horizon, and in each where no outcome is final, a state's shares are π_o·e^W / Σ π·e^W. What is added to W
//!   multiplies the odds of o against the others by a factor between the least and the most of e^(added to o − added to
//!   another); the verdict is the mean of shares (`odds::moved`, `odds::least`).
//! - Later, where an outcome is final, a state's share of an open outcome is what stayed open, a product of 1 − Λ by horizon, of
//!   means of these, and of the lesser of two such products, times a share of what is open. Each part is 1 / (1 + odds): for
//!   1 − Λ the odds are (ρ(h) − ρ(h−1))·E / (1 + ρ(h−1)·E) with ρ = π_a / S and E = e^(W_a) / Z, which are multiplied by a factor
//!   between 1 and that of E (`odds::divided`). The final outcome has what is not open.
//!
//! Nothing is said of files in which several outcomes are final, and of those that only the general engine evaluates: there
//! outcomes may make other things likelier.

mod odds;
mod pulls;

use super::verdict::Verdict;
use crate::model::{Model, Numbers, What};
use crate::resolve::assessment::{DriverId, OutcomeId};
use crate::resolve::table::Id;
use odds::{Range, divided, least, moved};
use pulls::{Odds, Pulls};
use std::cell::OnceCell;

/// What doubles may miss, many times over.
const MARGIN: f64 = 1e-9;

/// What differs in a variant.
#[derive(Debug, Clone, Copy)]
pub enum Change<'a> {
    /// Some drivers neither push nor count.
    Without(&'a [DriverId]),
    /// A driver neither pushes nor counts, among the cases in which it holds.
    Given(DriverId),
    /// The pushes of some drivers are so many times as strong.
    Scaled(&'a [(DriverId, f64)]),
    /// An assumption is wrong.
    Wrong(DriverId),
}

/// How far each driver of a file reaches.
#[derive(Debug)]
pub struct Reach {
    pulls: Pulls,
    horizons: usize,
    /// By the model's driver and horizon how likely it pushes.
    chances: Vec<Range>,
    /// By the model's driver whether it is named in what makes others true.
    named: Vec<bool>,
    /// By horizon and outcome how far apart the log-odds of two states are at most: of those in the verdict, and of all; once
    /// it is asked for.
    widths: [OnceCell<Vec<f64>>; 2],
    /// Where the file's drivers and outcomes stand in the model.
    drivers: Vec<usize>,
    outcomes: Vec<usize>,
    /// How many outcomes are not final.
    open: usize,
}

/// A variant, whose outcomes are bounded.
#[derive(Debug)]
pub struct Variant<'r> {
    reach: &'r Reach,
    parts: Vec<Part>,
    /// Whether it is among the cases in which a driver holds.
    given: bool,
}

/// What one driver has to do with a variant.
#[derive(Debug)]
struct Part {
    /// Where its ranges stand.
    place: usize,
    /// Where it stands in the model; none where it pushes for certain.
    driver: Option<usize>,
    factor: f64,
}

impl Reach {
    pub(super) fn new(model: &Model, numbers: &Numbers, verdict: &Verdict) -> Option<Reach> {
        if model.wide || model.open == 0 || model.outcomes.len() > model.open + 1 {
            return None;
        }
        let horizons = model.horizons();
        let mut chances = Vec::with_capacity(model.drivers.len() * horizons);
        let mut named = vec![false; model.drivers.len()];
        for driver in 0..model.drivers.len() {
            self::chances(model, numbers, verdict, driver, &mut chances);
            let own = &model.drivers[driver];
            let rows = own.rows.iter().filter_map(|row| row.0.as_ref());
            let when = match &own.what {
                What::Change(when) => Some(when),
                _ => None,
            };
            rows.chain(when)
                .for_each(|cond| cond.names(&mut |d| named[d] = true));
        }
        Some(Reach {
            pulls: Pulls::new(model, numbers),
            horizons,
            chances,
            named,
            widths: [OnceCell::new(), OnceCell::new()],
            drivers: model.places.clone(),
            outcomes: model.outcome_places.clone(),
            open: model.open,
        })
    }

    /// How far apart the log-odds of two states are at most, by horizon and outcome: they differ in what does not always push.
    /// Of `all` states, those with what is hypothetical or wrong among them.
    fn widths(&self, all: bool) -> Vec<f64> {
        let outcomes = self.outcomes.len();
        let mut widths = vec![0.0; self.horizons * outcomes];
        for driver in 0..self.drivers.len() {
            let place = self.pulls.place(driver, true);
            if place.is_some_and(Pulls::is_idle) {
                continue;
            }
            for h in 0..self.horizons {
                let chance = self.chance(driver, h);
                if chance.low >= 1.0 || chance.high <= 0.0 && !all {
                    continue;
                }
                for (o, width) in widths[h * outcomes..][..outcomes].iter_mut().enumerate() {
                    let pull = place.map(|place| self.pulls.range(place, h, Odds::Of(o)));
                    *width += pull.map_or(f64::INFINITY, Range::width);
                }
            }
        }
        widths
    }

    fn chance(&self, driver: usize, h: usize) -> Range {
        self.chances[driver * self.horizons + h]
    }

    fn has_finals(&self) -> bool {
        self.open < self.outcomes.len()
    }

    /// A variant, if anything can be said of it.
    pub fn variant(&self, change: Change<'_>) -> Option<Variant<'_>> {
        let part = |driver: &DriverId, factor: f64, counting: bool| {
            let driver = self.drivers[driver.index()];
            let place = self.pulls.place(driver, counting)?;
            Some(Part {
                place,
                driver: Some(driver),
                factor,
            })
        };
        let certain = |driver: &DriverId, factor: f64| {
            let part = part(driver, factor, factor > 0.0)?;
            Some(vec![Part {
                driver: None,
                ..part
            }])
        };
        let parts = match change {
            Change::Without(drivers) => {
                let parts = drivers.iter().map(|d| part(d, 1.0, true));
                parts.collect::<Option<_>>()?
            }
            Change::Scaled(scales) => {
                let parts = scales.iter().map(|(d, s)| part(d, 1.0 - s, false));
                parts.collect::<Option<_>>()?
            }
            Change::Given(driver) => certain(&driver, 1.0)?,
            // What follows from it changes, too.
            Change::Wrong(assumption) if self.named[self.drivers[assumption.index()]] => {
                return None;
            }
            Change::Wrong(assumption) => certain(&assumption, -1.0)?,
        };
        Some(Variant {
            reach: self,
            parts,
            given: matches!(change, Change::Given(_)),
        })
    }
}

impl Variant<'_> {
    /// What an outcome has in the variant at most, told what it has in the verdict at that horizon.
    pub fn high(&self, h: usize, outcome: OutcomeId, with: f64) -> f64 {
        let o = self.reach.outcomes[outcome.index()];
        let most = if self.is_proportional(h) {
            let by = self.range(h, Odds::Of(o)).high;
            match by < 0.0 {
                true => with + self.surely(h, o, with),
                false => moved(with, by),
            }
        } else if o < self.reach.open {
            let against = self.ends(h).low.min(-self.range(h, Odds::Open(o)).high);
            divided(with, against.min(0.0))
        } else {
            1.0 - divided((1.0 - with).max(0.0), self.ends(h).high)
        };
        (most + MARGIN).min(1.0)
    }

    /// What it has at least.
    pub fn low(&self, h: usize, outcome: OutcomeId, with: f64) -> f64 {
        let o = self.reach.outcomes[outcome.index()];
        let least = if self.is_proportional(h) {
            let by = self.range(h, Odds::Of(o)).low;
            match by > 0.0 {
                true => with + self.surely(h, o, with),
                false => moved(with, by),
            }
        } else if o < self.reach.open {
            let against = self.ends(h).high.max(-self.range(h, Odds::Open(o)).low);
            divided(with, against.max(0.0))
        } else {
            1.0 - divided((1.0 - with).max(0.0), self.ends(h).low)
        };
        (least - MARGIN).max(0.0)
    }

    /// What it has at least so far away from the verdict, on the side where it surely is; none where that is not known.
    pub fn nearest(&self, h: usize, outcome: OutcomeId, with: f64) -> Option<f64> {
        if !self.is_proportional(h) {
            return None;
        }
        let moves = self.surely(h, self.reach.outcomes[outcome.index()], with);
        (moves.abs() > MARGIN).then(|| with + moves - MARGIN.copysign(moves))
    }

    /// By how many nepers the odds of an outcome move at most; none where only its chances say that.
    pub fn most_odds(&self, h: usize, outcome: OutcomeId) -> Option<f64> {
        let o = self.reach.outcomes[outcome.index()];
        let by = || self.range(h, Odds::Of(o));
        self.is_proportional(h)
            .then(by)
            .map(|by| by.high.max(-by.low))
    }

    /// Whether odds are multiplied state by state.
    fn is_proportional(&self, h: usize) -> bool {
        h == 0 || !self.reach.has_finals()
    }

    /// What is surely added to an outcome; 0 where it may move either way.
    fn surely(&self, h: usize, o: usize, with: f64) -> f64 {
        let (by, chance) = match &self.parts[..] {
            [one] => {
                let by = self.reach.pulls.range(one.place, h, Odds::Of(o));
                (by.times(one.factor), self.chance(one, h).low)
            }
            _ => (self.range(h, Odds::Of(o)), 1.0),
        };
        let r = if by.high < 0.0 {
            by.high
        } else {
            by.low.max(0.0)
        };
        if r == 0.0 || chance <= 0.0 {
            return 0.0;
        }
        let widths = &self.reach.widths[usize::from(self.given)];
        let widths = widths.get_or_init(|| self.reach.widths(self.given));
        let width = widths[h * self.reach.outcomes.len() + o];
        least(with, r, chance, width).max(0.0).copysign(r)
    }

    /// What all parts do together, in any state.
    fn range(&self, h: usize, odds: Odds) -> Range {
        let each = self.parts.iter().map(|part| {
            let chance = self.chance(part, h);
            if chance.high <= 0.0 {
                return Range::ZERO;
            }
            let range = self.reach.pulls.range(part.place, h, odds);
            let range = range.times(part.factor);
            match chance.low >= 1.0 {
                true => range,
                false => range.join(Range::ZERO),
            }
        });
        each.fold(Range::ZERO, Range::add)
    }

    /// What they do to endings up to a horizon.
    fn ends(&self, h: usize) -> Range {
        let each = (0..=h).map(|h| self.range(h, Odds::Ends));
        each.fold(Range::ZERO, Range::join)
    }

    fn chance(&self, part: &Part, h: usize) -> Range {
        let known = part.driver.map(|driver| self.reach.chance(driver, h));
        known.unwrap_or(Range::of(1.0, 1.0))
    }
}

/// How likely a driver pushes at each horizon, at least and at most.
fn chances(
    model: &Model,
    numbers: &Numbers,
    verdict: &Verdict,
    driver: usize,
    chances: &mut Vec<Range>,
) {
    let (own, horizons) = (&model.drivers[driver], model.horizons());
    let end = chances.len() + horizons;
    let known = |p: f64| Range::of(p, p);
    match &own.what {
        What::Always => chances.resize(end, known(1.0)),
        // It pushes only where it is wrong.
        What::Assumption => chances.resize(end, Range::ZERO),
        What::Random => {
            let alone = !model.exclusives.iter().any(|g| g.contains(&driver));
            let covered = own.rows.iter().any(|row| row.0.is_none());
            chances.extend((1..=horizons).map(|h| {
                let rows = own.rows.iter().map(|row| numbers.row_at(row.1, h));
                let least = rows.fold(1.0, f64::min);
                Range::of(if alone && covered { least } else { 0.0 }, 1.0)
            }));
        }
        What::Event | What::Hypothetical => {
            let event = verdict.events.iter().find(|e| e.event == own.id);
            let at = event.into_iter().flat_map(|e| &e.horizons);
            chances.extend(at.map(|at| known(at.chance.value)));
        }
        What::Change(_) => {
            let change = verdict.changes.iter().find(|c| c.change == own.id);
            let at = change.into_iter().flat_map(|c| &c.horizons);
            chances.extend(at.map(|at| known(at.chance.value)));
        }
    }
    chances.resize(end, Range::of(0.0, 1.0));
}
