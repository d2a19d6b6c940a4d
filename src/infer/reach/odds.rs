//! What a mean of shares may become where the odds of each share are multiplied.
//!
//! In: a mean, and by which factors odds may be multiplied, as natural logarithms. Out: bounds on the new mean.
//!
//! A factor e^r makes of a share x the share f_r(x) = e^r·x / (1 − x + e^r·x). That is concave in x for r ≥ 0 and convex for
//! r ≤ 0, and x ↦ x^c is concave for c ≤ 1 and convex for c ≥ 1, so that Jensen's inequality bounds means by the mean alone,
//! whatever lies behind it: the mean of f_r(x) is at most f_r(mean) for r ≥ 0, and at least that for r ≤ 0.

/// From the least to the most; of a factor its natural logarithm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Range {
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Range {
    pub(super) const ZERO: Range = Range::of(0.0, 0.0);

    pub(super) const fn of(low: f64, high: f64) -> Range {
        Range { low, high }
    }

    /// Of two ends in any order.
    pub(super) fn between(a: f64, b: f64) -> Range {
        Range::of(a.min(b), a.max(b))
    }

    /// With what another has.
    pub(super) fn join(self, other: Range) -> Range {
        Range::of(self.low.min(other.low), self.high.max(other.high))
    }

    /// One after the other.
    pub(super) fn add(self, other: Range) -> Range {
        Range::of(self.low + other.low, self.high + other.high)
    }

    /// The difference of one of these and one of others.
    pub(super) fn less(self, other: Range) -> Range {
        Range::of(self.low - other.high, self.high - other.low)
    }

    /// So many times as much.
    pub(super) fn times(self, factor: f64) -> Range {
        Range::between(self.low * factor, self.high * factor)
    }

    /// How far apart two of its numbers or 0 are at most.
    pub(super) fn width(self) -> f64 {
        self.high.max(0.0) - self.low.min(0.0)
    }
}

/// e^r, for factors that no file reaches kept from overflowing.
fn factor(r: f64) -> f64 {
    libm::exp(r.clamp(-300.0, 300.0))
}

/// f_r(x): a share whose odds are multiplied by e^r; of a mean of shares, how far it is moved at most.
pub(super) fn moved(x: f64, r: f64) -> f64 {
    if r == 0.0 {
        return x;
    }
    let up = factor(r) * x;
    up / (1.0 - x + up)
}

/// How far a mean of shares is moved at most where each is a product of parts, 1 / (1 + odds), and the odds against each part
/// are multiplied by no more than e^r, or where r is negative by no less. By Bernoulli's inequality (1 + o)^c ≥ 1 + c·o for
/// c ≥ 1, a part x becomes at least x^c, and for c ≤ 1 at most x^c; then so do products, the lesser of two, and by Jensen means.
pub(super) fn divided(x: f64, r: f64) -> f64 {
    match r == 0.0 {
        true => x,
        false => libm::pow(x, factor(r)),
    }
}

/// How far a mean of shares moves at least where the odds of those in a part of the cases, `chance` of all, are multiplied by e^r
/// at least, or where r is negative at most, others stay or go the same way, and no two shares' odds are further apart than
/// e^width.
///
/// What one share moves, |f_r(x) − x|, is concave in x: at least what lies on the chord between the ends of where shares can be.
/// On average that is the chord at the mean of the shares in that part, which is known as far as the others leave it open.
pub(super) fn least(mean: f64, r: f64, chance: f64, width: f64) -> f64 {
    let (low, high) = (moved(mean, -width), moved(mean, width));
    let moves = |x: f64| (moved(x, r) - x).abs();
    let (at_low, at_high) = (moves(low), moves(high));
    if high - low < 1e-12 {
        return chance * at_low.min(at_high);
    }
    let part = |others: f64| {
        ((mean - (1.0 - chance) * others) / chance)
            .max(low)
            .min(high)
    };
    let chord = |x: f64| ((high - x) * at_low + (x - low) * at_high) / (high - low);
    chance * chord(part(low)).min(chord(part(high)))
}

#[cfg(test)]
mod tests {
    use super::{divided, least, moved};

    /// Shares that are likely or not, side by side.
    const SHARES: [[f64; 3]; 4] = [
        [0.1, 0.2, 0.3],
        [0.01, 0.5, 0.99],
        [0.0, 0.0, 1.0],
        [0.7, 0.7, 0.7],
    ];

    fn mean(shares: impl IntoIterator<Item = f64>) -> f64 {
        shares.into_iter().sum::<f64>() / 3.0
    }

    #[test]
    fn means_move_no_further() {
        for shares in SHARES {
            for r in [-2.0, -0.1, 0.0, 0.3, 1.5] {
                let before = mean(shares);
                let (found, bound) = (mean(shares.map(|x| moved(x, r))), moved(before, r));
                let within = if r < 0.0 {
                    found >= bound - 1e-12
                } else {
                    found <= bound + 1e-12
                };
                assert!(within, "{shares:?} by {r}: {found} is beyond {bound}");
                // Of products of two parts.
                let parts = shares.map(|x| moved(libm::sqrt(x), -r) * moved(libm::sqrt(x), -r));
                let (found, bound) = (mean(parts), divided(before, r));
                let within = if r > 0.0 {
                    found >= bound - 1e-12
                } else {
                    found <= bound + 1e-12
                };
                assert!(within, "{shares:?} against {r}: {found} is beyond {bound}");
            }
        }
    }

    #[test]
    fn means_move_so_far_at_least() {
        for shares in &SHARES[..2] {
            let odds = |x: f64| libm::log(x / (1.0 - x));
            let width = odds(shares[2]) - odds(shares[0]);
            for r in [-2.0, -0.1, 0.3, 1.5] {
                for part in 1..=3 {
                    let pushed = shares.iter().enumerate();
                    let pushed = pushed.map(|(i, x)| if i < part { moved(*x, r) } else { *x });
                    let found = (mean(pushed) - mean(*shares)).abs();
                    let bound = least(mean(*shares), r, part as f64 / 3.0, width);
                    assert!(
                        bound <= found + 1e-12,
                        "{shares:?} by {r}: {found}, not {bound}"
                    );
                }
            }
        }
        assert!((least(0.3, 1.0, 1.0, 0.0) - (moved(0.3, 1.0) - 0.3)).abs() < 1e-12);
    }
}
