//! What is settled already, in every output of `eval`.
//!
//! In: an evaluated assessment. Out: sentences for people, and the same for programs. Nothing where
//! nothing is resolved and no horizon is over.

use super::Evaluated;
use super::json::{SettledAt, SettledEvent, SettledNumber, SettledOutcome};
use super::to_json::number;
use crate::record::truth::{Settled, Truth};
use crate::resolve::assessment::{Figured, HorizonId, QuestionId, ResolvedWhat, with_unit};
use crate::resolve::table::Id;
use crate::text::decimal;
use crate::text::round;

impl Evaluated {
    /// The horizons that are settled or over, with what came true.
    pub(in crate::render) fn json_settled(&self) -> Vec<SettledAt> {
        let a = &self.assessment;
        if a.past.is_empty() && a.resolved.is_empty() {
            return Vec::new();
        }
        let truth = Truth::new(a);
        let over = a.past.len();
        let mut questions: Vec<Option<QuestionId>> = a.questions.ids().map(Some).collect();
        if questions.is_empty() {
            questions.push(None);
        }
        let each = truth.horizons.iter().enumerate();
        let each =
            each.flat_map(|(place, horizon)| questions.iter().map(move |q| (place, horizon, *q)));
        let each = each.filter_map(|(place, horizon, question)| {
            let settled = question.and_then(|q| truth.outcomes(q, place));
            if place >= over && settled.is_none() {
                return None;
            }
            let (shares, on) = match &settled {
                Some(Settled { shares, on, .. }) => (shares.as_slice(), Some(on.to_string())),
                None => (&[][..], None),
            };
            let live = place.checked_sub(over).map(HorizonId::new);
            let ids = question.into_iter().flat_map(|q| a.questions[q].ids());
            let outcomes = ids.zip(shares).map(|(o, &share)| {
                let said = live.filter(|_| !self.asked.makes_so());
                SettledOutcome {
                    id: self.outcome_name(o).to_owned(),
                    truth: share,
                    probability: said.and_then(|h| number(self.of(h, o).probability.value)),
                }
            });
            Some(SettledAt {
                id: horizon.name.clone(),
                question: question
                    .and_then(|q| a.questions[q].name.as_ref().map(|n| n.node.clone())),
                to: horizon.to.to_string(),
                over: place < over,
                void: settled.as_ref().is_some_and(|s| s.shares.is_empty()),
                on,
                outcomes: outcomes.collect(),
            })
        });
        each.collect()
    }

    /// The events of which it is resolved whether they happened.
    pub(in crate::render) fn json_settled_events(&self) -> Vec<SettledEvent> {
        let a = &self.assessment;
        let past = a.past.iter().flat_map(|p| {
            p.resolved
                .iter()
                .map(move |r| (r, Some(p.name.node.as_str())))
        });
        let live = a
            .resolved
            .iter()
            .map(|r| (r, r.horizon.map(|h| a.horizons.name(h))));
        let each = past
            .chain(live)
            .filter_map(|(resolved, by)| match resolved.what {
                ResolvedWhat::Event { event, happened } => Some(SettledEvent {
                    id: self.driver_name(event).to_owned(),
                    happened,
                    by: by.map(str::to_owned),
                    on: resolved.on.as_ref().map(|on| on.node.to_string()),
                }),
                _ => None,
            });
        each.collect()
    }

    /// What quantities came to.
    pub(in crate::render) fn json_settled_numbers(&self) -> Vec<SettledNumber> {
        let a = &self.assessment;
        if a.past.is_empty() && a.resolved.is_empty() {
            return Vec::new();
        }
        let truth = Truth::new(a);
        let over = a.past.len();
        let mut out = Vec::new();
        for (place, horizon) in truth.horizons.iter().enumerate() {
            let live = place.checked_sub(over).map(HorizonId::new);
            for (id, quantity) in a.quantities.iter() {
                let Some((x, on)) = truth.number(id, place) else {
                    continue;
                };
                let known = live.is_some_and(|h| quantity.known[h.index()].is_some());
                let own = self.verdict.quantities.iter().find(|v| v.quantity == id);
                let at = live.and_then(|h| own?.horizons.get(h.index())?.as_ref());
                let at = at.filter(|_| !known && !self.asked.makes_so());
                let quantile = |share: f64| at.and_then(|at| number(at.mixture.quantile(share)));
                out.push(SettledNumber {
                    id: quantity.name.node.clone(),
                    horizon: horizon.name.clone(),
                    over: place < over,
                    number: x,
                    on: on.to_string(),
                    known,
                    low: quantile(0.05),
                    median: quantile(0.5),
                    high: quantile(0.95),
                });
            }
        }
        out
    }

    fn number_sentences(&self) -> Vec<String> {
        let a = &self.assessment;
        let each = self.json_settled_numbers().into_iter().map(|n| {
            let unit = a.quantities.id(&n.id).and_then(|q| a.quantities[q].unit.as_deref());
            let figure = |x: f64| match a.quantities.id(&n.id) {
                Some(id) => Figured::Quantity(id).figure(a, x),
                None => decimal::figure(x),
            };
            let with = |x: f64| with_unit(&figure(x), unit);
            let (came, on) = (with_unit(&decimal::stated(n.number), unit), &n.on);
            let what = format!("`{}` came to {came} in `{}`, known on {on}", n.id, n.horizon);
            match (n.median, n.low, n.high) {
                (Some(median), Some(low), Some(high)) => {
                    let ends = format!("{} to {}", figure(low), with(high));
                    let inside = match n.number >= low && n.number <= high {
                        true => "inside",
                        false => "outside",
                    };
                    format!(
                        "{what}: {inside} the 90% interval of the verdict, {ends}; its median is {}",
                        with(median)
                    )
                }
                _ => what,
            }
        });
        each.collect()
    }

    /// The same as sentences.
    pub(in crate::render) fn settled_lines(&self) -> Vec<String> {
        let scale = &self.assessment.scale;
        let mut lines: Vec<String> = Vec::new();
        for at in self.json_settled() {
            let head = match at.over {
                true => format!("`{}`, over since {}", at.id, at.to),
                false if self.assessment.timeless => format!("`{}`", at.id),
                false => format!("`{}`, to {}", at.id, at.to),
            };
            let head = match &at.question {
                Some(question) => format!("{head}, `{question}`"),
                None => head,
            };
            let came = at.outcomes.iter().filter(|o| o.truth > 0.0);
            let came = came.map(|o| {
                let share = match o.truth < 1.0 {
                    true => format!(" to {}", round::percent(o.truth)),
                    false => String::new(),
                };
                let said = o.probability.map_or(String::new(), |p| {
                    format!(" (the verdict gives it {})", round::percent_in(scale, p))
                });
                format!("`{}` came true{share}{said}", o.id)
            });
            let came = came.collect::<Vec<_>>().join(", ");
            let what = match (at.void, came.is_empty()) {
                (true, _) => "void: the question had no answer".to_owned(),
                (false, true) => "nothing says what came true".to_owned(),
                (false, false) => came,
            };
            lines.push(format!("{head}: {what}"));
        }
        lines.extend(self.number_sentences());
        for event in self.json_settled_events() {
            let on = event.on.map_or(String::new(), |on| format!(" on {on}"));
            lines.push(match (event.happened, &event.by) {
                (true, _) => format!("`{}` happened{on}", event.id),
                (false, Some(by)) => format!("`{}` did not happen by `{by}`", event.id),
                (false, None) => format!("`{}` had not happened{on}", event.id),
            });
        }
        lines
    }
}
