//! How far each driver shifts the log-odds of outcomes, in any state.
//!
//! In: a model and one setting of its numbers. Out: by driver and horizon, what its silence adds to log-odds where it pushes.

use super::odds::Range;
use crate::model::{Model, Numbers};

/// What drivers' silence adds to log-odds, side by side.
#[derive(Debug, Default)]
pub(super) struct Pulls {
    ranges: Vec<Range>,
    /// How many outcomes there are, and how many of them are not final.
    outcomes: usize,
    open: usize,
    /// By driver where its own pushes stand, and where they stand with what it counts; none where nothing can be said.
    places: Vec<Option<(usize, usize)>>,
}

/// What is multiplied.
#[derive(Debug, Clone, Copy)]
pub(super) enum Odds {
    /// The odds of an outcome against all others.
    Of(usize),
    /// The odds of an outcome that is not final against the others that are not.
    Open(usize),
    /// The odds of ending against staying open.
    Ends,
}

impl Pulls {
    /// Nothing is said of a driver in more than one overlap, or that counts one: what the others gain may then exceed what it
    /// loses.
    ///
    /// An overlap leaves of pushes with one sign, by size, p₁ + k·p₂ + k²·p₃ + …: what one of n of them adds rises with it, by
    /// k^(n−1) to 1 of what it rises by. Where others of the group are in further groups that is so, too, since what they
    /// gain is no more.
    pub(super) fn new(model: &Model, numbers: &Numbers) -> Pulls {
        let mut pulls = Pulls {
            outcomes: model.outcomes.len(),
            open: model.open,
            ..Pulls::default()
        };
        // What pushes nothing stands at the front.
        pulls
            .ranges
            .resize(model.horizons() * pulls.step(), Range::ZERO);
        let mut added = vec![Range::ZERO; pulls.outcomes];
        for driver in 0..model.drivers.len() {
            let place = pulls.driver(model, numbers, driver, &mut added);
            pulls.places.push(place);
        }
        pulls
    }

    /// Where ranges of a driver stand, told whether with what it counts.
    pub(super) fn place(&self, driver: usize, counting: bool) -> Option<usize> {
        let (own, all) = self.places[driver]?;
        Some(if counting { all } else { own })
    }

    /// Whether it does nothing wherever it pushes.
    pub(super) fn is_idle(place: usize) -> bool {
        place == 0
    }

    /// One of a driver's ranges, where it pushes.
    pub(super) fn range(&self, place: usize, h: usize, odds: Odds) -> Range {
        let at = match odds {
            Odds::Of(o) => o,
            Odds::Open(o) => self.outcomes + o,
            Odds::Ends => self.outcomes + self.open,
        };
        self.ranges[place + h * self.step() + at]
    }

    fn step(&self) -> usize {
        match self.open < self.outcomes {
            true => self.outcomes + self.open + 1,
            false => self.outcomes,
        }
    }

    fn driver(
        &mut self,
        model: &Model,
        numbers: &Numbers,
        driver: usize,
        added: &mut [Range],
    ) -> Option<(usize, usize)> {
        if model.drivers[driver].pushes.is_empty() && model.scales[driver].is_empty() {
            return Some((0, 0));
        }
        let left = least_left(model, numbers, driver)?;
        let own = self.ranges.len();
        for h in 1..=model.horizons() {
            let whole = own_pushes(model, numbers, (driver, h), left, added);
            self.add(added, whole);
        }
        if model.scales[driver].is_empty() {
            return Some((own, own));
        }
        let all = self.ranges.len();
        for h in 1..=model.horizons() {
            own_pushes(model, numbers, (driver, h), left, added);
            for (other, counted) in model.drivers.iter().enumerate() {
                for (_, count) in counted.counted.iter().filter(|(by, _)| *by == driver) {
                    least_left(model, numbers, other)?;
                    let rest = scale(model, numbers, (other, h), Some(*count));
                    let freed = (1.0 - numbers.count_at(*count, h)) * rest.high;
                    for &(o, push) in &counted.pushes {
                        let gained = Range::between(0.0, numbers.push_at(push, h) * freed);
                        added[o] = added[o].add(gained);
                    }
                }
            }
            self.add(added, false);
        }
        Some((own, all))
    }

    /// Ranges of one horizon, of what is added to the pushes for each outcome. Where it is added `whole`, in full to all of them,
    /// differences are known: what raises two outcomes alike leaves the odds between them.
    fn add(&mut self, added: &[Range], whole: bool) {
        let against = |o: usize, others: usize| {
            let mut all: Option<Range> = None;
            for k in (0..others).filter(|k| *k != o) {
                let apart = match whole {
                    true => {
                        let apart = added[o].low - added[k].low;
                        Range::of(apart, apart)
                    }
                    false => added[o].less(added[k]),
                };
                all = Some(all.map_or(apart, |all| all.join(apart)));
            }
            all.unwrap_or(Range::ZERO)
        };
        self.ranges
            .extend((0..self.outcomes).map(|o| against(o, self.outcomes)));
        if self.open < self.outcomes {
            self.ranges
                .extend((0..self.open).map(|o| against(o, self.open)));
            let finals = self.open..self.outcomes;
            let ends = finals.fold(Range::ZERO, |ends, a| ends.join(against(a, self.open)));
            self.ranges.push(ends);
        }
    }
}

/// What a driver's silence adds for each outcome where it pushes; whether that is all known.
fn own_pushes(
    model: &Model,
    numbers: &Numbers,
    (driver, h): (usize, usize),
    left: f64,
    added: &mut [Range],
) -> bool {
    let scale = scale(model, numbers, (driver, h), None);
    let least = scale.low * left;
    added.fill(Range::ZERO);
    for &(o, push) in &model.drivers[driver].pushes {
        // Several pushes of one outcome add up before they are counted and cut.
        added[o].low -= numbers.push_at(push, h);
    }
    for added in added {
        *added = Range::between(added.low * least, added.low * scale.high);
    }
    least == 1.0 && scale.high == 1.0
}

/// What counts make of a driver's push, by those of them that are in force; all but one.
fn scale(
    model: &Model,
    numbers: &Numbers,
    (driver, h): (usize, usize),
    but: Option<usize>,
) -> Range {
    let counts = model.drivers[driver]
        .counted
        .iter()
        .map(|(_, count)| *count);
    let counts = counts.filter(|count| Some(*count) != but);
    counts.fold(Range::of(1.0, 1.0), |all, count| {
        let share = numbers.count_at(count, h);
        Range::of(all.low * share.min(1.0), all.high * share.max(1.0))
    })
}

/// What overlap leaves of a driver's push at least; none of one in several groups.
fn least_left(model: &Model, numbers: &Numbers, driver: usize) -> Option<f64> {
    let groups = model.overlaps.iter().enumerate();
    let mut groups = groups.filter(|(_, (_, members))| members.contains(&driver));
    match (groups.next(), groups.next()) {
        (None, _) => Some(1.0),
        (Some((group, (_, members))), None) => {
            let keep = 1.0 - numbers.shares[group];
            let others = members.iter().filter(|d| **d != driver);
            Some(others.fold(1.0, |left, _| left * keep))
        }
        _ => None,
    }
}
