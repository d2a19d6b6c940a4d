//! How sure a verdict is, as a rule that anybody can recompute.
//!
//! In: what pushes, what it rests on, and how wide the leader's interval is. Out: low, moderate or
//! high, by horizon.

use super::engine::{Engine, Sets};
use super::events;
use super::verdict::Confidence;
use crate::diag::Diagnostic;
use crate::resolve::assessment::{Assessment, Driver, DriverId};

/// At most this share of the push may rest on nothing cited, for high confidence.
pub const UNSOURCED_HIGH: f64 = 0.25;
/// More than this share makes it low.
pub const UNSOURCED_LOW: f64 = 0.75;
/// The rated evidence must be at least this good on average, for high confidence.
pub const QUALITY_HIGH: f64 = 0.7;
/// Worse than this makes it low.
pub const QUALITY_LOW: f64 = 0.4;
/// The leader's interval may be at most this wide, for high confidence.
pub const WIDTH_HIGH: f64 = 0.15;
/// Wider than this makes it low.
pub const WIDTH_LOW: f64 = 0.5;

/// What confidence is computed from.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Grounds {
    /// The share of all pushes, in decibans, that comes from drivers without a source or a rating;
    /// none where nothing pushes.
    pub unsourced: Option<f64>,
    /// The mean discount of the rated drivers, weighted by their pushes; none where none is rated.
    pub quality: Option<f64>,
    /// The width of the leader's 90% interval; none where nothing is a range.
    pub width: Option<f64>,
}

impl Grounds {
    /// The level.
    ///
    /// | | high: all of | low: any of |
    /// |---|---|---|
    /// | share of the push without source or rating | at most 25% | above 75% |
    /// | mean discount of what is rated | at least 0.70 | below 0.40 |
    /// | width of the leader's 90% interval | at most 15 points | above 50 points |
    ///
    /// Moderate otherwise. Without a range, or with nothing rated, it is never high. Where nothing
    /// pushes, the verdict is the prior: moderate where that cites a source, else low.
    pub fn level(&self, prior_is_sourced: bool) -> Confidence {
        match self.unsourced_level() {
            Some(level) => level.min(self.quality_level()).min(self.width_level()),
            None if !prior_is_sourced => Confidence::Low,
            None => self.width_level().min(Confidence::Moderate),
        }
    }

    /// The highest level that the share without a source allows; none where nothing pushes.
    pub fn unsourced_level(&self) -> Option<Confidence> {
        self.unsourced.map(|x| match x {
            x if x > UNSOURCED_LOW => Confidence::Low,
            x if x <= UNSOURCED_HIGH => Confidence::High,
            _ => Confidence::Moderate,
        })
    }

    /// The highest level that the ratings allow.
    pub fn quality_level(&self) -> Confidence {
        match self.quality {
            Some(x) if x < QUALITY_LOW => Confidence::Low,
            Some(x) if x >= QUALITY_HIGH => Confidence::High,
            _ => Confidence::Moderate,
        }
    }

    /// The highest level that the interval allows.
    pub fn width_level(&self) -> Confidence {
        match self.width {
            Some(x) if x > WIDTH_LOW => Confidence::Low,
            Some(x) if x <= WIDTH_HIGH => Confidence::High,
            _ => Confidence::Moderate,
        }
    }
}

/// What confidence is computed from, at every horizon.
pub(crate) fn grounds(
    engine: &mut Engine<'_>,
    sets: &Sets,
    event_ids: &[DriverId],
    event_chances: &[Vec<f64>],
    widths: &[Option<f64>],
) -> Result<Vec<Grounds>, Box<Diagnostic>> {
    let horizons = widths.len();
    let mut all = vec![0.0; horizons];
    let mut unsourced = vec![0.0; horizons];
    let mut rated = vec![(0.0, 0.0); horizons];
    for place in 0..engine.model.drivers.len() {
        let pushes = engine.model.drivers[place].pushes.clone();
        if pushes.is_empty() {
            continue;
        }
        let id = engine.model.drivers[place].id;
        let driver = &engine.assessment.drivers[id];
        let chances = match event_ids.iter().position(|e| *e == id) {
            Some(e) => event_chances[e].clone(),
            None => events::chances(engine, sets, None, place)?,
        };
        let wrong = matches!(driver.what, crate::resolve::assessment::What::Assumption(_));
        for (h, &chance) in chances.iter().enumerate() {
            let chance = if wrong { 1.0 - chance } else { chance };
            if chance.is_nan() {
                continue;
            }
            let push: f64 = pushes
                .iter()
                .map(|p| engine.point.push_at(p.1, h + 1).abs())
                .sum();
            let push = push * chance;
            all[h] += push;
            if !is_sourced(driver) {
                unsourced[h] += push;
            }
            if driver.evidence.iter().any(|e| e.rated.is_some()) {
                rated[h].0 += push * driver.discount;
                rated[h].1 += push;
            }
        }
    }
    Ok((0..horizons)
        .map(|h| Grounds {
            unsourced: (all[h] > 0.0).then(|| unsourced[h] / all[h]),
            quality: (rated[h].1 > 0.0).then(|| rated[h].0 / rated[h].1),
            width: widths[h],
        })
        .collect())
}

/// Whether a driver cites a source or has rated evidence.
pub(crate) fn is_sourced(driver: &Driver) -> bool {
    driver.prose.source.is_some()
        || driver
            .evidence
            .iter()
            .any(|e| e.source.is_some() || e.rated.is_some())
}

/// Whether the prior cites a source.
pub(crate) fn prior_is_sourced(assessment: &Assessment) -> bool {
    assessment.prior.as_ref().is_some_and(|prior| {
        prior.prose.source.is_some() || prior.evidence.iter().any(|e| e.source.is_some())
    })
}
