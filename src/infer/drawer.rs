//! Draws of what an interval is asked for, several at once where its states are few.
//!
//! In: what is drawn, and the random numbers. Out: every draw's values. What cannot be swept goes draw by
//! draw through its pass.

use super::events::Chance;
use super::intervals::Drawn;
use super::pass::{Pass, Work};
use super::shape::TooMany;
use super::sweep::{LANES, Settings, Sweep, Sweeping};
use crate::model::{Draws, Model, Numbers};
use std::sync::Arc;

/// What is drawn, made ready for many draws at once; none of what has too many states for that.
pub(super) struct Sweeps {
    pass: Option<Arc<Sweep>>,
    events: Vec<Option<Sweep>>,
    /// How many states the outcomes have there.
    pub(super) states: Option<u64>,
}

impl Sweeps {
    pub(super) fn new(model: &Model, point: &Numbers, drawn: &Drawn, events: &[&Chance]) -> Sweeps {
        let made = |pass: &Pass| Sweep::new(model, pass, point, &|_| false);
        let pass = drawn.pass.as_ref().and_then(|pass| match pass.swept() {
            Some(sweep) => Some(sweep.clone()),
            None => made(pass).map(Arc::new),
        });
        let of = |event: &&Chance| match event {
            Chance::Pass(pass) => made(pass),
            _ => None,
        };
        Sweeps {
            states: pass.as_ref().map(|pass| pass.states()),
            events: events.iter().map(of).collect(),
            pass,
        }
    }
}

/// One thread's draws.
pub(super) struct Drawer<'a> {
    model: &'a Model,
    stream: &'a Draws,
    sweeps: &'a Sweeps,
    drawn: &'a Drawn,
    /// Those that need draws.
    events: &'a [&'a Chance],
    /// Own passes for what is not swept, once that is asked for: of the outcomes, and of each event.
    pass: Option<Pass>,
    chances: Vec<Option<Chance>>,
    numbers: Numbers,
    normals: Vec<[f64; LANES]>,
    settings: Settings,
    work: Work,
    sweeping: Sweeping,
}

impl<'a> Drawer<'a> {
    pub(super) fn new(
        model: &'a Model,
        point: &Numbers,
        stream: &'a Draws,
        drawn: &'a Drawn,
        events: &'a [&'a Chance],
        sweeps: &'a Sweeps,
    ) -> Self {
        Drawer {
            model,
            stream,
            sweeps,
            drawn,
            events,
            pass: None,
            chances: vec![None; events.len()],
            numbers: point.clone(),
            normals: vec![[0.0; LANES]; model.slots],
            settings: Settings::of(point),
            work: Work::default(),
            sweeping: Sweeping::default(),
        }
    }

    /// Draws from `first` on into `rows`, which has `columns` numbers for each draw: no more of them
    /// than there are lanes. Lanes beyond are filled as well, so that a draw never depends on how
    /// many there are.
    pub(super) fn batch(
        &mut self,
        first: u64,
        rows: &mut [f64],
        columns: usize,
    ) -> Result<(), TooMany> {
        self.stream.fill(first, &mut self.normals);
        let (normals, numbers) = (&self.normals, &mut self.numbers);
        self.settings.draw(self.model, normals, numbers);
        let horizons = self.model.horizons();
        let outcomes = horizons * self.model.outcomes.len();
        let sweeps = self.sweeps;
        let all = sweeps.pass.iter().map(|sweep| (&**sweep, 0));
        let events = sweeps.events.iter().enumerate();
        let events =
            events.filter_map(|(e, sweep)| Some((sweep.as_ref()?, outcomes + e * horizons)));
        let mut swept = vec![false; columns];
        for (sweep, column) in all.chain(events) {
            if !sweep.run(self.model, &self.settings, &mut self.sweeping) {
                continue;
            }
            for (c, found) in self.sweeping.found().iter().enumerate() {
                swept[column + c] = true;
                for (row, x) in rows.chunks_exact_mut(columns).zip(found.to_array()) {
                    row[column + c] = x;
                }
            }
        }
        if swept.contains(&false) {
            for (lane, row) in rows.chunks_exact_mut(columns).enumerate() {
                let normals = self.normals.iter().map(|z| z[lane]);
                self.numbers.set(self.model, normals);
                self.one(row, &swept)?;
            }
        }
        Ok(())
    }

    /// What was not swept, of one draw.
    fn one(&mut self, row: &mut [f64], swept: &[bool]) -> Result<(), TooMany> {
        let (model, work) = (self.model, &mut self.work);
        let horizons = model.horizons();
        let (outcomes, events) = row.split_at_mut(horizons * model.outcomes.len());
        let (outcomes_swept, events_swept) = swept.split_at(outcomes.len());
        if outcomes_swept.contains(&false) {
            if let Some(own) = &self.drawn.pass {
                let pass = self.pass.get_or_insert_with(|| own.clone());
                pass.run(model, &self.numbers, work)?;
                work.read(self.drawn.given, outcomes);
            } else {
                outcomes.fill(f64::NAN);
            }
        }
        let values = events
            .chunks_exact_mut(horizons)
            .zip(events_swept.chunks_exact(horizons));
        let chances = self.events.iter().zip(&mut self.chances);
        for ((event, chance), (out, swept)) in chances.zip(values) {
            if swept.contains(&false) {
                let chance = chance.get_or_insert_with(|| (*event).clone());
                chance.at(model, &self.numbers, work, out)?;
            }
        }
        Ok(())
    }
}
