//! Scales: from numbers to places, and where the ticks stand.
//!
//! In: the numbers that must fit. Out: an [`Axis`]. Ticks are round numbers.

use crate::text::decimal;

/// A straight scale.
#[derive(Debug, Clone)]
pub(super) struct Axis {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Axis {
    /// A scale on which `low` stands at `from` and `high` at `to`.
    pub(super) fn new((low, high): (f64, f64), (from, to): (f64, f64)) -> Self {
        Axis {
            low,
            high: if high > low { high } else { low + 1.0 },
            from,
            to,
        }
    }

    /// Whether a number lies on the scale.
    pub(super) fn holds(&self, x: f64) -> bool {
        (self.low..=self.high).contains(&x)
    }

    /// Where a number stands; what lies off the scale stands at its end.
    pub(super) fn at(&self, x: f64) -> f64 {
        let part = ((x - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        self.from + part * (self.to - self.from)
    }
}

/// The end of a scale of chances that begins at 0 and must hold `most`, and the ticks on it.
pub(super) fn chances(most: f64) -> (f64, Vec<f64>) {
    let ends = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5];
    let end = ends.into_iter().find(|end| most <= *end).unwrap_or(1.0);
    let parts = if end == 1.0 { 4 } else { 2 };
    let ticks = (0..=parts).map(|i| end * f64::from(i) / f64::from(parts));
    (end, ticks.collect())
}

/// A tick of a scale of chances.
pub(super) fn percent(p: f64) -> String {
    format!("{}%", decimal::short(p * 100.0, 1))
}

/// Round numbers that hold these two, about so many steps apart: the first, the last and the step.
pub(super) fn round_steps(low: f64, high: f64, about: f64) -> (f64, f64, f64) {
    let want = ((high - low) / about).max(1e-6);
    let mut ten = 1e-6;
    while ten * 10.0 <= want {
        ten *= 10.0;
    }
    let step = [1.0, 2.0, 5.0, 10.0].map(|m| m * ten);
    let step = step.into_iter().find(|s| *s >= want).unwrap_or(want);
    let (first, last) = ((low / step).floor() * step, (high / step).ceil() * step);
    (first, last.max(first + step), step)
}

/// A number at a tick, with as many decimals as its step needs.
pub(super) fn tick(x: f64, step: f64) -> String {
    let decimals = match step {
        s if s >= 0.999 => 0,
        s if s >= 0.0999 => 1,
        s if s >= 0.00999 => 2,
        s if s >= 0.000_999 => 3,
        _ => 4,
    };
    let text = decimal::fixed(x.abs(), decimals);
    let sign = x < 0.0 && text.bytes().any(|b| b.is_ascii_digit() && b != b'0');
    format!("{}{text}", if sign { "−" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::{Axis, chances, percent, round_steps, tick};

    #[test]
    fn ticks_are_round() {
        assert_eq!(chances(0.34).1, [0.0, 0.25, 0.5]);
        assert_eq!(chances(0.0).0, 0.01);
        assert_eq!(chances(0.6).1.len(), 5);
        assert_eq!(
            (percent(0.025), percent(0.5)),
            ("2.5%".into(), "50%".into())
        );
        assert_eq!(round_steps(0.0, 0.62, 5.0).2, 0.2);
        assert_eq!(
            (tick(-0.5, 0.5), tick(20.0, 20.0)),
            ("−0.5".into(), "20".into())
        );
    }

    #[test]
    fn a_scale_without_width_is_still_one() {
        let axis = Axis::new((0.0, 0.0), (10.0, 20.0));
        assert_eq!(
            (axis.at(0.0), axis.at(5.0), axis.at(-1.0)),
            (10.0, 20.0, 10.0)
        );
    }
}
