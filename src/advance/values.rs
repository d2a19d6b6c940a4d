//! A list of chances by time, moved to a later day.

use super::Run;
use super::left::{Left, written};
use crate::resolve::assessment::Curve;
use crate::resolve::calendar;
use crate::syntax::ast::{ByTime, Chance, Timed, When};
use crate::text::source::Span;

/// A list of values as it is written.
pub(super) struct Moved {
    pub(super) text: String,
    /// When first a chance lies below what has passed, if any does.
    pub(super) below: Option<String>,
    /// Whether a range could not be written.
    pub(super) lost: bool,
}

/// When a value of a list holds, seen from the later day.
enum Time {
    /// In a horizon that is over: the value stays as it is written.
    Over(String),
    /// Before the later day.
    Gone,
    /// After it.
    At(String, f64),
}

/// A value after the later day.
struct Point<'s> {
    when: String,
    days: f64,
    stated: Option<&'s Timed<Chance>>,
}

/// 0% and 100% by definition, on every scale.
pub(super) fn is_definite(word: &str) -> bool {
    matches!(word, "certain" | "impossible")
}

impl Run<'_> {
    /// The chances of what is left; what is stated for time that is over stays.
    pub(super) fn curve(
        &self,
        curve: &Curve,
        stated: &ByTime<Chance>,
        left: &Left,
        own: bool,
        digits: usize,
    ) -> Moved {
        let mut parts: Vec<String> = Vec::new();
        let mut points: Vec<Point<'_>> = Vec::new();
        let is_rate = !matches!(curve, Curve::Points(_));
        for entry in stated.entries.iter().filter(|_| !is_rate) {
            match self.time(entry) {
                Time::Over(text) => parts.push(text),
                Time::Gone => {}
                Time::At(when, days) => points.push(Point {
                    when,
                    days,
                    stated: Some(entry),
                }),
            }
        }
        if !own || is_rate {
            // Between stated points another row's hazard would be another from the later day on.
            for name in &self.live {
                if let Some(id) = self.assessment.horizons.id(name) {
                    let days = self.assessment.horizons[id].days;
                    if points.iter().all(|p| p.days != days) {
                        points.push(Point {
                            when: format!("by {name}"),
                            days,
                            stated: None,
                        });
                    }
                }
            }
            points.sort_by(|a, b| a.days.total_cmp(&b.days));
        }
        let mut moved = Moved {
            text: String::new(),
            below: None,
            lost: false,
        };
        if points.is_empty() && parts.is_empty() {
            let last = self.live.last().cloned().unwrap_or_default();
            moved.text = format!("0% by {last}");
            return moved;
        }
        for point in points {
            if moved.below.is_none() && left.is_below(curve, point.days) {
                moved.below = Some(point.when.clone());
            }
            let chance = left.chance(curve, point.days);
            let kept = point.stated.filter(|entry| match &entry.value.node {
                Chance::Word(word) if is_definite(word) => chance[0] <= 0.0 || chance[0] >= 1.0,
                _ => left.is_untouched(),
            });
            let value = match kept {
                Some(entry) => self.project.sources.text(entry.value.span).to_owned(),
                None => {
                    let value = written(chance, digits);
                    moved.lost |= value.lost;
                    value.text
                }
            };
            parts.push(format!("{value} {}", point.when).trim_end().to_owned());
        }
        moved.text = parts.join(", ");
        moved
    }

    /// Whether a value is of a day that is over.
    pub(super) fn is_gone(&self, entry: &Timed<Chance>) -> bool {
        matches!(self.time(entry), Time::Gone)
    }

    fn time(&self, entry: &Timed<Chance>) -> Time {
        let days_of = |name: &str| {
            let id = self.assessment.horizons.id(name)?;
            Some(self.assessment.horizons[id].days)
        };
        match entry.at.as_ref().map(|at| &at.when) {
            Some(When::Now(_)) => Time::Gone,
            Some(When::Date(date)) if date.node <= self.to => Time::Gone,
            Some(When::Date(date)) => Time::At(
                format!("by {}", date.node),
                calendar::days(self.assessment.as_of, date.node),
            ),
            Some(When::Horizon(name)) if self.live.contains(&name.node) => Time::At(
                format!("by {}", name.node),
                days_of(&name.node).unwrap_or(0.0),
            ),
            Some(When::Horizon(_)) => Time::Over(self.text(entry)),
            None => {
                let last = self.live.last().cloned().unwrap_or_default();
                let days = days_of(&last).unwrap_or(0.0);
                // The only horizon needs no name.
                match self.assessment.horizons.len() + self.assessment.past.len() {
                    1 => Time::At(String::new(), days),
                    _ => Time::At(format!("by {last}"), days),
                }
            }
        }
    }

    /// A value with its time, as the file states it.
    pub(super) fn text<T>(&self, entry: &Timed<T>) -> String {
        let at = entry.at.as_ref().map_or(entry.value.span, |at| at.span);
        let span = Span::new(at.file, entry.value.span.start as usize, at.end as usize);
        self.project.sources.text(span).to_owned()
    }
}
