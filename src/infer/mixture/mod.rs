//! What a number that is not known may come to: a mixture over states.
//!
//! In: a line, and by how much each state moves it. Out: shares, quantiles and the mean, exactly; a
//! quantile is found by halving between those of the parts until doubles end.

pub mod crps;
pub mod numbers;

use crate::numeric::line::Line;
use crate::numeric::link;
use crate::text::decimal;

/// One state, or several that are alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// By how much g is moved.
    pub moved: f64,
    /// Where g, once moved, is known to be: at least this.
    pub low: f64,
    /// And below this.
    pub high: f64,
    /// How likely it is; all parts sum to 1.
    pub share: f64,
}

/// A mixture of moved lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Mixture {
    pub(in crate::infer) line: Line,
    pub(in crate::infer) log: bool,
    pub(in crate::infer) parts: Vec<Part>,
}

impl Mixture {
    /// Of parts that need not be sorted, and sum to 1.
    pub fn new(line: Line, log: bool, mut parts: Vec<Part>) -> Mixture {
        parts.sort_by(|a, b| {
            let key = |p: &Part| [p.moved, p.low, p.high];
            let (a, b) = (key(a), key(b));
            let order = a.iter().zip(&b).map(|(x, y)| x.total_cmp(y));
            order
                .reduce(std::cmp::Ordering::then)
                .unwrap_or(std::cmp::Ordering::Equal)
        });
        parts.dedup_by(|b, a| {
            let same = a.moved == b.moved && a.low == b.low && a.high == b.high;
            if same {
                a.share += b.share;
            }
            same
        });
        let sum: f64 = parts.iter().map(|p| p.share).sum();
        parts.iter_mut().for_each(|p| p.share /= sum);
        Mixture { line, log, parts }
    }

    /// g(x).
    fn g(&self, x: f64) -> f64 {
        link::g(self.log, x)
    }

    fn number(&self, g: f64) -> f64 {
        link::number(self.log, g)
    }

    /// The chance that the number lies below `x`.
    pub fn below(&self, x: f64) -> f64 {
        self.share(self.g(x), |low, at, _| (low, at))
            .clamp(0.0, 1.0)
    }

    /// How much lies between two of a part's lower end, `g` and its higher end, all parts together.
    pub(in crate::infer) fn share(
        &self,
        g: f64,
        ends: impl Fn(f64, f64, f64) -> (f64, f64),
    ) -> f64 {
        let each = self.parts.iter().map(|p| {
            let (low, high) = (p.low - p.moved, p.high - p.moved);
            let at = (g - p.moved).clamp(low, high);
            let whole = self.line.between(low, high);
            let (from, to) = ends(low, at, high);
            match whole > 0.0 {
                true => p.share * (self.line.between(from, to) / whole),
                false => 0.0,
            }
        });
        each.sum()
    }

    /// The number below which so much lies.
    pub fn quantile(&self, share: f64) -> f64 {
        let each = self.parts.iter().map(|p| {
            let (low, high) = (p.low - p.moved, p.high - p.moved);
            let from = self.line.below(low);
            let inner = from + share * self.line.between(low, high);
            let at = self.line.quantile(inner.clamp(1e-300, 1.0 - 1e-16));
            at.clamp(low, high) + p.moved
        });
        let (mut low, mut high) = each.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| {
            (a.min(x), b.max(x))
        });
        if low >= high {
            return self.clean(low);
        }
        // Of the two ends the one in which the share is small is compared, since it is exact there.
        let is_below = |g: f64| match share <= 0.5 {
            true => self.share(g, |low, at, _| (low, at)) < share,
            false => self.share(g, |_, at, high| (at, high)) > 1.0 - share,
        };
        for _ in 0..200 {
            let middle = low + (high - low) / 2.0;
            if middle <= low || middle >= high {
                break;
            }
            match is_below(middle) {
                true => low = middle,
                false => high = middle,
            }
        }
        self.clean(low + (high - low) / 2.0)
    }

    /// The number of a height of the line: of what is stated, that, without the noise of going there and back.
    fn clean(&self, g: f64) -> f64 {
        let x = self.number(g);
        let size = match self.log {
            true => x,
            false => self.line.at(-1.0).abs().max(self.line.at(1.0).abs()),
        };
        decimal::without_noise(x, size)
    }

    /// The mean.
    pub fn mean(&self) -> f64 {
        let each = self.parts.iter().map(|p| {
            let (low, high) = (p.low - p.moved, p.high - p.moved);
            let whole = self.line.between(low, high);
            if whole <= 0.0 {
                return p.share * self.number((p.low.max(-1e300) + p.high.min(1e300)) / 2.0);
            }
            let moment = self.line.moment(self.log, low, high) / whole;
            p.share
                * match self.log {
                    true => moment * libm::exp(p.moved),
                    false => moment + p.moved,
                }
        });
        each.sum()
    }
}

/// Numbers that outcomes stand for: the mean, and the value below or at which at least so much lies.
#[derive(Debug, Clone, PartialEq)]
pub struct Valued {
    /// Value and probability, by value.
    parts: Vec<(f64, f64)>,
}

impl Valued {
    /// Of values and probabilities.
    pub fn new(parts: impl IntoIterator<Item = (f64, f64)>) -> Valued {
        let mut parts: Vec<(f64, f64)> = parts.into_iter().collect();
        parts.sort_by(|a, b| a.0.total_cmp(&b.0));
        Valued { parts }
    }

    /// Σ p·v.
    pub fn mean(&self) -> f64 {
        self.parts.iter().map(|(v, p)| v * p).sum()
    }

    /// The least value up to which at least `share` of the whole lies.
    pub fn quantile(&self, share: f64) -> f64 {
        // Sums of doubles that miss by less do not.
        const SLACK: f64 = 1e-12;
        let mut sum = 0.0;
        for &(value, p) in &self.parts {
            sum += p;
            if sum >= share - SLACK && p > 0.0 {
                return value;
            }
        }
        self.parts.last().map_or(f64::NAN, |p| p.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mixture() -> impl Strategy<Value = Mixture> {
        let part = (-2.0f64..2.0, 0.01f64..1.0);
        (
            any::<bool>(),
            prop::collection::vec(part, 1..5),
            0.1f64..1.0,
        )
            .prop_map(|(log, parts, half)| {
                let line = Line::new(&[(-1.6, 1.0 - half), (0.0, 1.0), (1.6, 1.0 + 2.0 * half)]);
                let parts = parts.into_iter().map(|(moved, share)| Part {
                    moved,
                    low: f64::NEG_INFINITY,
                    high: f64::INFINITY,
                    share,
                });
                Mixture::new(line, log, parts.collect())
            })
    }

    proptest! {
        #[test]
        fn quantiles_are_where_their_share_lies(mixture in mixture(), share in 0.001f64..0.999) {
            let x = mixture.quantile(share);
            prop_assert!((mixture.below(x) - share).abs() < 1e-12);
        }

        #[test]
        fn what_is_known_to_lie_somewhere_lies_there(mixture in mixture(), cut in 0.1f64..3.0) {
            let at = mixture.g(cut);
            let share = mixture.below(cut);
            prop_assume!(share > 1e-6 && share < 1.0 - 1e-6);
            let cell = |low: f64, high: f64| {
                let parts = mixture.parts.iter().map(|p| Part {
                    low,
                    high,
                    share: p.share * mixture.line.between(low - p.moved, high - p.moved),
                    ..*p
                });
                Mixture::new(mixture.line.clone(), mixture.log, parts.collect())
            };
            let (under, over) = (cell(f64::NEG_INFINITY, at), cell(at, f64::INFINITY));
            prop_assert!(under.quantile(0.99) <= cut && over.quantile(0.01) >= cut * (1.0 - 1e-12));
            let mean = share * under.mean() + (1.0 - share) * over.mean();
            prop_assert!((mean - mixture.mean()).abs() <= 1e-9 * mixture.mean().abs().max(1.0));
        }
    }

    #[test]
    fn values_have_a_mean_and_steps() {
        let valued = Valued::new([(100.0, 0.25), (50.0, 0.5), (200.0, 0.25)]);
        assert_eq!(valued.mean(), 100.0);
        assert_eq!(valued.quantile(0.5), 50.0);
        assert_eq!(valued.quantile(0.51), 100.0);
        assert_eq!(valued.quantile(0.95), 200.0);
    }
}
