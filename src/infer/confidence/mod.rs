//! How sure a verdict is, as a rule that anybody can recompute.
//!
//! In: what pushes, what it rests on, how wide the leader's interval is and what alone would turn it. Out: low,
//! moderate or high, by horizon. How likely the leader is plays no part.

mod measure;
mod settle;
pub(crate) mod sources;
mod variants;

use super::verdict::Confidence;
use crate::resolve::assessment::{Assessment, DriverId, Prior};
pub(super) use measure::{Measured, Seen, moves, rises_in_range, says_range};
pub(super) use settle::{Basis, LEAST, MOST, SEED, open};
pub(super) use variants::scale;

// ICD 203 names what confidence rests on, the number and quality of sources and how far they leave room for another view, but no
// figures. These are ours, and stand in `docs/method.md`: quarters, since nobody can tell finer shares apart.

/// At most this share of the push may rest on nothing cited, for high confidence.
pub const UNSOURCED_HIGH: f64 = 0.25;
/// More than this share makes it low.
pub const UNSOURCED_LOW: f64 = 0.75;
/// The rated evidence must be at least this good on average, for high confidence: a C3 of the Admiralty code, fairly reliable and
/// possibly true, counts 0.6 and is not.
pub const QUALITY_HIGH: f64 = 0.7;
/// Worse than this makes it low.
pub const QUALITY_LOW: f64 = 0.4;
/// The wider side of the leader's interval may be at most so many decibans, for high confidence: odds twice as high or half, so that the
/// word mostly stays.
pub const WIDTH_HIGH: f64 = 3.0;
/// Wider than this makes it low.
pub const WIDTH_LOW: f64 = 8.0;
/// So many independent sources must push, for high confidence: two could both be wrong in the same way.
pub const SOURCES: usize = 3;
/// The leader's margin must be at least this, for high confidence.
pub const MARGIN: f64 = 0.02;

/// Differences below this are rounding.
const ROUNDING: f64 = 1e-9;

/// How much of what confidence is computed from is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Depth {
    /// Nothing: confidence is not asked for, and what is said of it is not to be used.
    None,
    /// As much as decides the level.
    #[default]
    Level,
    /// Everything, for an explanation.
    All,
}

/// How wide the leader's interval is.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Width {
    /// Nothing is stated as a range.
    #[default]
    NoRange,
    /// There are ranges, but nothing was drawn.
    NotDrawn,
    /// The wider of its two sides, from the verdict outwards, in decibans of odds.
    Decibans(f64),
}

/// What alone, taken away or turned, gives another leader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pivot {
    /// A source: what it is called first, and how many other names share its channel.
    Source(String, usize),
    /// An assumption that is not held with high confidence, if it is wrong.
    Assumption(DriverId),
}

/// A reason for which confidence is at most moderate; two make it low.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cap {
    /// Fewer than three independent sources push.
    Sources,
    /// The leader's margin is under two points.
    Margin,
    /// One source or one assumption alone turns it.
    Pivot,
    /// The leader's prior states no range, count or rate.
    Prior,
}

/// What confidence is computed from, at one horizon.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Grounds {
    /// The share of all pushes, in decibans, that comes from drivers without a source or a rating;
    /// none where nothing pushes.
    pub(crate) unsourced: Option<f64>,
    /// The mean discount of the rated drivers, weighted by their pushes; none where none is rated.
    pub(crate) quality: Option<f64>,
    /// How wide the leader's 90% interval is.
    pub width: Width,
    /// How many independent sources push.
    pub sources: usize,
    /// The leader's probability less the next one's.
    pub margin: f64,
    /// Whether the leader's prior states a range, a count or a rate.
    pub prior_is_ranged: bool,
    /// Whether the prior cites a source, which counts where nothing pushes; of a decided leader, whether all that
    /// decides it does.
    pub(crate) prior_is_sourced: bool,
    /// Whether the leader is decided by a condition: then what it rests on stands for the prior.
    pub(crate) is_decided: bool,
    /// By how many decibans what carries no rating moves the leader's odds, to first order.
    pub unrated: f64,
    /// The same of what carries one.
    pub rated: f64,
    /// What alone turns the leader; none where that was not tried, since it decides nothing or cannot be.
    pub pivots: Option<Vec<Pivot>>,
}

impl Grounds {
    /// The level.
    ///
    /// | | high: all of | low: any of |
    /// |---|---|---|
    /// | share of the push without source or rating | at most 25% | above 75% |
    /// | mean discount of what is rated | at least 0.70 | below 0.40 |
    /// | wider side of the leader's 90% interval | at most 3 dB | above 8 dB |
    ///
    /// Moderate otherwise. Without a range, or with nothing rated, it is never high; nor where what is not rated
    /// moves the leader by more than what is, or a [`Cap`] holds. Where two of those hold, it is low. Where
    /// nothing pushes, the verdict is the prior: at most moderate where that cites a source, else low.
    pub fn level(&self) -> Confidence {
        self.level_if(self.width, self.holds(Cap::Pivot) == Some(true))
    }

    fn level_if(&self, width: Width, pivots: bool) -> Confidence {
        let width = width.level();
        let inputs = match self.unsourced_level() {
            Some(level) => level.min(self.quality_level()).min(width),
            None => self.prior_level().min(width),
        };
        let others = [Cap::Sources, Cap::Margin, Cap::Prior];
        let others = others.into_iter().filter(|&c| self.holds(c) == Some(true));
        let caps = match others.count() + usize::from(pivots) {
            0 => Confidence::High,
            1 => Confidence::Moderate,
            _ => Confidence::Low,
        };
        inputs.min(self.unrated_level()).min(caps)
    }

    /// Whether the level depends on how wide the interval is: on which side of a bound.
    pub(super) fn turns_on(&self, bound: f64) -> bool {
        let level = |decibans, pivots| self.level_if(Width::Decibans(decibans), pivots);
        [false, true]
            .into_iter()
            .any(|pivots| level(bound, pivots) != level(bound + 1.0, pivots))
    }

    /// Whether the level depends on whether something alone turns the leader.
    pub(super) fn turns_on_pivots(&self) -> bool {
        self.level_if(self.width, true) != self.level_if(self.width, false)
    }

    /// Whether a cap holds; none where that was not tried.
    pub fn holds(&self, cap: Cap) -> Option<bool> {
        match cap {
            Cap::Sources => Some(self.sources < SOURCES),
            Cap::Margin => Some(self.margin < MARGIN - ROUNDING),
            Cap::Pivot => self.pivots.as_ref().map(|all| !all.is_empty()),
            Cap::Prior => Some(!self.prior_is_ranged),
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

    /// The highest level that the prior allows where nothing pushes.
    pub fn prior_level(&self) -> Confidence {
        match self.prior_is_sourced {
            true => Confidence::Moderate,
            false => Confidence::Low,
        }
    }

    /// The highest level that the ratings allow.
    pub fn quality_level(&self) -> Confidence {
        match self.quality {
            Some(x) if x < QUALITY_LOW => Confidence::Low,
            Some(x) if x >= QUALITY_HIGH => Confidence::High,
            _ => Confidence::Moderate,
        }
    }

    /// The highest level that what is not rated allows.
    pub fn unrated_level(&self) -> Confidence {
        match self.unrated > self.rated + ROUNDING {
            true => Confidence::Moderate,
            false => Confidence::High,
        }
    }
}

impl Width {
    /// The highest level that it allows.
    pub fn level(self) -> Confidence {
        match self {
            Width::Decibans(x) if x > WIDTH_LOW => Confidence::Low,
            Width::Decibans(x) if x <= WIDTH_HIGH => Confidence::High,
            _ => Confidence::Moderate,
        }
    }
}

/// Whether the prior cites a source.
pub(crate) fn prior_is_sourced(assessment: &Assessment) -> bool {
    assessment.prior().is_some_and(cites)
}

/// The same of one row of a prior.
pub(super) fn cites(prior: &Prior) -> bool {
    prior.prose.source.is_some() || prior.evidence.iter().any(|e| e.source.is_some())
}
