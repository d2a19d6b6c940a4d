//! The cells that a verdict adds to a row.
//!
//! In: a batch, an answer. Out: the headings, and the values in the same order.

use super::Batch;
use super::worker::Answer;
use crate::resolve::assessment::{DriverId, HorizonId, OutcomeId};
use crate::resolve::table::Id;

/// A value that a verdict adds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// A number; none where there is none.
    Number(Option<f64>),
    /// A name or a word.
    Text(&'a str),
}

impl Batch {
    /// The headings of what is computed, in the order of [`Batch::values`]; the last says what is wrong.
    pub fn headings(&self, prefix: &str) -> Vec<String> {
        let a = &self.assessment;
        let mut out = Vec::new();
        for (h, _) in a.horizons.iter() {
            let horizon = a.horizons.name(h);
            for (o, outcome) in a.outcomes.iter() {
                let word = if outcome.is_final { "by" } else { "in" };
                let heading = format!("{prefix}{} {word} {horizon}", a.outcomes.name(o));
                out.push(heading.clone());
                if self.detail.intervals {
                    out.push(format!("{heading} low"));
                    out.push(format!("{heading} high"));
                }
            }
            out.push(format!("{prefix}leader in {horizon}"));
            out.push(format!("{prefix}margin in {horizon}"));
            out.push(format!("{prefix}word in {horizon}"));
        }
        for (d, h, o) in self.contributors() {
            let (d, o, h) = (a.drivers.name(d), a.outcomes.name(o), a.horizons.name(h));
            out.push(format!("{prefix}points of {d} on {o} in {h}"));
        }
        out.push(format!("{prefix}error"));
        out
    }

    /// Whose contributions have cells.
    fn contributors(&self) -> Vec<(DriverId, HorizonId, OutcomeId)> {
        let a = &self.assessment;
        if !self.detail.contributions {
            return Vec::new();
        }
        let mut all = Vec::new();
        for d in a.drivers.ids() {
            let driver = &a.drivers[d];
            let replaced = self.columns.weighs(d);
            if !driver.pushes() && !replaced {
                continue;
            }
            for h in a.horizons.ids() {
                all.extend(a.outcomes.ids().map(|o| (d, h, o)));
            }
        }
        all
    }

    /// Whether each column of [`Batch::headings`] holds numbers; the others hold text.
    pub fn numeric(&self) -> Vec<bool> {
        let a = &self.assessment;
        let width = if self.detail.intervals { 3 } else { 1 };
        let mut out = Vec::new();
        for _ in a.horizons.ids() {
            out.extend(std::iter::repeat_n(true, a.outcomes.len() * width));
            out.extend([false, true, false]);
        }
        out.extend(self.contributors().iter().map(|_| true));
        out.push(false);
        out
    }

    /// Goes through the values of an answer, but for that of errors.
    pub fn values(&self, answer: &Answer, mut take: impl FnMut(Value<'_>)) {
        let a = &self.assessment;
        for at in &answer.horizons {
            for (p, interval) in at.probabilities.iter().zip(&at.intervals) {
                take(Value::Number(Some(*p)));
                if self.detail.intervals {
                    take(Value::Number(interval.map(|i| i.0)));
                    take(Value::Number(interval.map(|i| i.1)));
                }
            }
            take(Value::Text(a.outcomes.name(at.leader)));
            take(Value::Number(Some(at.margin)));
            take(Value::Text(self.word(at.probabilities[at.leader.index()])));
        }
        for key in self.contributors() {
            let of = answer.contributions.iter();
            let found = of.clone().find(|c| (c.driver, c.horizon, c.outcome) == key);
            take(Value::Number(found.map(|c| c.points)));
        }
    }

    /// The scale's word for a chance, as [`crate::scales::Scale::wording`] has it.
    fn word(&self, p: f64) -> &str {
        let p = if p.is_nan() { 0.5 } else { p };
        let after = self.words.partition_point(|w| w.0 <= p);
        let word = self.words.get(after.saturating_sub(1));
        word.map_or("", |w| w.1.as_str())
    }
}

#[cfg(test)]
mod tests {
    use crate::scales;

    #[test]
    fn steps_are_where_words_change() {
        for name in scales::names() {
            let scale = scales::find(name).expect("a scale");
            let steps = scale.steps();
            for place in 0..=20_000u32 {
                let p = f64::from(place) / 20_000.0;
                for p in [p.next_down().max(0.0), p, p.next_up().min(1.0)] {
                    let after = steps.partition_point(|s| s.0 <= p);
                    assert_eq!(steps[after - 1].1, scale.wording(p).word(), "{name}: {p}");
                }
            }
        }
    }
}
