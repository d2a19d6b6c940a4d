//! What a verdict rests on beside pushes: what decides outcomes, the rows of priors, and what these count in.
//!
//! In: an explained assessment. Out: sentences and items of the page.

use super::super::voice::Voice;
use super::Explained;
use super::page::Block;
use crate::infer::explain::{Idle, Reason, RowsInForce};
use crate::phrases::Phrases;
use crate::resolve::assessment::{Decided, DriverId, OutcomeId, PriorOf, Prop, Question};
use crate::resolve::table::Id;
use crate::text::round;

impl Reason {
    /// Whether nothing rests on it.
    pub(super) fn acts_through_nothing(&self) -> bool {
        self.feeds.is_empty() && self.decides.is_empty()
    }
}

impl Explained {
    /// What decides an outcome, in a sentence.
    pub(crate) fn decided(&self, o: OutcomeId, say: &Phrases) -> Option<String> {
        let when = self.whole(&self.when(o)?);
        let key = match self.evaluated.outcome(o).is_final {
            true => "decided_final",
            false => "decided_when",
        };
        Some(say.fill(key, &[("when", &when)]))
    }

    /// When an outcome holds that is decided, as it would be written.
    pub(super) fn holds_when(&self, o: OutcomeId) -> Option<String> {
        Some(self.evaluated.proposition(&self.when(o)?))
    }

    /// When an outcome holds that is decided.
    fn when(&self, o: OutcomeId) -> Option<Prop> {
        let e = &self.evaluated;
        let outcome = e.outcome(o);
        if let Decided::When(when) = outcome.decided.as_ref()? {
            return Some(when.clone());
        }
        let own = e.assessment.questions[outcome.question].ids();
        let whens = own.filter_map(|o| match &e.outcome(o).decided {
            Some(Decided::When(when)) => Some(when.clone()),
            Some(Decided::Otherwise) | None => None,
        });
        let whens: Vec<Prop> = whens.collect();
        let other = match <[Prop; 1]>::try_from(whens) {
            Ok([one]) => one,
            Err(all) => Prop::Any(all),
        };
        Some(Prop::Not(Box::new(other)))
    }

    /// A proposition in backticks; where it has a name, with what that stands for.
    fn whole(&self, prop: &Prop) -> String {
        let e = &self.evaluated;
        match e.assessment.condition_of(prop) {
            None => format!("`{}`", e.proposition(prop)),
            Some(name) => format!("`{name}`, that is `{}`", e.spelled_out(prop)),
        }
    }

    /// The drivers, but for some, that decide outcomes, say which row of a prior is in force or are counted in one,
    /// and those that these rest on; in the file's order.
    pub(crate) fn beside_pushes(&self, movers: &[DriverId]) -> Vec<DriverId> {
        let reasons = &self.explanation.reasons;
        let shown = self.shown();
        let question = |o: &OutcomeId| self.evaluated.outcome(*o).question;
        let is_shown = |o: &OutcomeId| shown.iter().any(|(q, _)| *q == question(o));
        let there = |r: &&Reason| {
            !matches!(
                r.idle,
                Some(Idle::Hypothetical | Idle::Never | Idle::Assumed)
            )
        };
        let own = |r: &&Reason| r.idle == Some(Idle::CountedIn) || r.decides.iter().any(is_shown);
        let mut found: Vec<DriverId> = reasons.iter().filter(own).map(|r| r.driver).collect();
        let mut next = 0;
        while let Some(&driver) = found.get(next) {
            next += 1;
            let below = reasons.iter().filter(|r| r.feeds.contains(&driver));
            let below: Vec<DriverId> = below.map(|r| r.driver).collect();
            found.extend(
                below
                    .into_iter()
                    .filter(|d| !found.contains(d))
                    .collect::<Vec<_>>(),
            );
        }
        let all = reasons.iter().filter(there).map(|r| r.driver);
        all.filter(|d| found.contains(d) && !movers.contains(d))
            .collect()
    }

    /// What part a driver plays beside pushing: "decides `two`, `three`".
    pub(crate) fn part_played(&self, driver: DriverId, voice: Voice) -> Vec<String> {
        let (e, say) = (&self.evaluated, voice.say);
        let Some(reason) = self.explanation.reasons.get(driver.index()) else {
            return Vec::new();
        };
        let mut lines = Vec::new();
        if reason.idle == Some(Idle::CountedIn) {
            lines.push(say.get("part_counted").to_owned());
        }
        let coded = |all: Vec<OutcomeId>| {
            let all = all.into_iter();
            let all = all.map(|o| voice.coded(e.outcome_name(o), &e.outcome(o).title));
            all.collect::<Vec<_>>().join(", ")
        };
        let (decided, judged): (Vec<OutcomeId>, Vec<OutcomeId>) = reason
            .decides
            .iter()
            .partition(|o| e.outcome(**o).decided.is_some());
        for (key, all) in [("part_decides", decided), ("part_row", judged)] {
            if !all.is_empty() {
                lines.push(say.fill(key, &[("names", &coded(all))]));
            }
        }
        if !reason.feeds.is_empty() {
            let feeds = self.names(reason.feeds.iter().copied(), voice);
            lines.push(say.fill("part_feeds", &[("names", &feeds)]));
        }
        lines
    }

    /// Whatever rests on a driver, by name.
    pub(super) fn acts_through(&self, reason: &Reason) -> String {
        let drivers = self.names(reason.feeds.iter().copied(), Voice::terminal());
        let outcomes = reason.decides.iter();
        let outcomes = outcomes.map(|o| format!("`{}`", self.evaluated.outcome_name(*o)));
        let all = (!drivers.is_empty()).then_some(drivers).into_iter();
        all.chain(outcomes).collect::<Vec<_>>().join(", ")
    }

    /// What the priors of the questions shown rest on, row by row.
    pub(super) fn priors(&self) -> Vec<Block> {
        let e = &self.evaluated;
        let mut blocks = Vec::new();
        for (id, _) in self.shown() {
            let question = &e.assessment.questions[id];
            let rows = self.explanation.rows.iter().find(|r| r.question == id);
            for (i, row) in question.priors.iter().enumerate() {
                let prior = &row.prior;
                let mut lines = self.evidence(&prior.evidence, prior.prose.source.as_ref());
                if let (false, Some(source)) = (prior.evidence.is_empty(), &prior.prose.source) {
                    lines.insert(0, format!("source: {}", source.node));
                }
                if let Some(rows) = rows {
                    lines.splice(0..0, self.row_in_force(question, rows, i));
                }
                let mut head = "prior".to_owned();
                if let Some(name) = &question.name {
                    head += &format!(" of `{}`", name.node);
                }
                head += &match &row.given {
                    Some(given) => format!(" given `{}`", e.proposition(given)),
                    None if rows.is_some() => " otherwise".to_owned(),
                    None => String::new(),
                };
                if let Some(title) = &prior.title {
                    head += &format!(": {}", title.node);
                }
                if let Some(counted) = question.counts_in.as_ref() {
                    let names = self.names(counted.members.iter().copied(), Voice::terminal());
                    lines.insert(0, format!("counts in {names}"));
                }
                blocks.push(Block::Item(head, lines));
            }
        }
        blocks
    }

    /// How likely a row is to be in force, and what it says then.
    fn row_in_force(&self, question: &Question, rows: &RowsInForce, row: usize) -> Vec<String> {
        let e = &self.evaluated;
        let percent = |p: f64| match p.is_nan() {
            true => "—".to_owned(),
            false => round::percent(p),
        };
        let chance = self.by_horizon(|h| percent(rows.chances[row][h]));
        let stated = question.priors[row].prior.outcomes.iter();
        let judged = question.ids().zip(stated);
        let judged = judged.filter(|(_, of)| !matches!(of, PriorOf::Decided));
        let says = judged.map(|(o, _)| {
            let at = |h: usize| percent(rows.says[row][h][question.place(o)]);
            format!("{} {}", e.outcome_name(o), self.by_horizon(at))
        });
        let says: Vec<String> = says.collect();
        vec![
            format!("in force: {chance}"),
            format!("says then: {}", says.join(", ")),
        ]
    }
}
