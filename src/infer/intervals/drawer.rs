//! Draws of what an interval is asked for, several at once where its states are few.
//!
//! In: what is drawn, and the random numbers. Out: every draw's values. What cannot be lumped goes draw by
//! draw through its compiled question.

use crate::infer::compiled::Compiled;
use crate::infer::events::Chance;
use crate::infer::exact::Scratch;
use crate::infer::intervals::Drawn;
use crate::infer::lumped::{ChainScratch, LANES, LumpedChain, Settings};
use crate::infer::question::shape::TooMany;
use crate::model::{Draws, Model, Numbers};
use std::sync::Arc;

/// What is drawn, made ready for many draws at once; none of what has too many states for that.
pub(in crate::infer) struct LumpedChains {
    compiled: Option<Arc<LumpedChain>>,
    events: Vec<Option<LumpedChain>>,
    /// How many states the outcomes have there.
    pub(in crate::infer) states: Option<u64>,
}

impl LumpedChains {
    pub(in crate::infer) fn new(
        model: &Model,
        point: &Numbers,
        drawn: &Drawn,
        events: &[&Chance],
    ) -> LumpedChains {
        let made =
            |compiled: &Compiled| LumpedChain::new(model, &compiled.structure, point, &|_| false);
        let compiled = drawn
            .compiled
            .as_ref()
            .and_then(|compiled| match compiled.lumped_chain() {
                Some(lumped) => Some(lumped.clone()),
                None => made(compiled).map(Arc::new),
            });
        let of = |event: &&Chance| match event {
            Chance::Compiled(compiled) => made(compiled),
            _ => None,
        };
        LumpedChains {
            states: compiled.as_ref().map(|compiled| compiled.states()),
            events: events.iter().map(of).collect(),
            compiled,
        }
    }
}

/// One thread's draws.
pub(in crate::infer) struct Drawer<'a> {
    model: &'a Model,
    stream: &'a Draws,
    lumped_chains: &'a LumpedChains,
    drawn: &'a Drawn,
    /// Those that need draws.
    events: &'a [&'a Chance],
    /// Own questions for what is not lumped, once that is asked for: of the outcomes, and of each event.
    compiled: Option<Compiled>,
    chances: Vec<Option<Chance>>,
    numbers: Numbers,
    normals: Vec<[f64; LANES]>,
    settings: Settings,
    scratch: Scratch,
    chain_scratch: ChainScratch,
}

impl<'a> Drawer<'a> {
    pub(in crate::infer) fn new(
        model: &'a Model,
        point: &Numbers,
        stream: &'a Draws,
        drawn: &'a Drawn,
        events: &'a [&'a Chance],
        lumped_chains: &'a LumpedChains,
    ) -> Self {
        Drawer {
            model,
            stream,
            lumped_chains,
            drawn,
            events,
            compiled: None,
            chances: vec![None; events.len()],
            numbers: point.clone(),
            normals: vec![[0.0; LANES]; model.slots],
            settings: Settings::of(point),
            scratch: Scratch::default(),
            chain_scratch: ChainScratch::default(),
        }
    }

    /// Draws from `first` on into `rows`, which has `columns` numbers for each draw: no more of them
    /// than there are lanes. Lanes beyond are filled as well, so that a draw never depends on how
    /// many there are.
    pub(in crate::infer) fn batch(
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
        let lumped_chains = self.lumped_chains;
        let all = lumped_chains.compiled.iter().map(|lumped| (&**lumped, 0));
        let events = lumped_chains.events.iter().enumerate();
        let events =
            events.filter_map(|(e, lumped)| Some((lumped.as_ref()?, outcomes + e * horizons)));
        let mut by_lumps = vec![false; columns];
        for (lumped, column) in all.chain(events) {
            if !lumped.run(self.model, &self.settings, &mut self.chain_scratch) {
                continue;
            }
            for (c, found) in self.chain_scratch.found().iter().enumerate() {
                by_lumps[column + c] = true;
                for (row, x) in rows.chunks_exact_mut(columns).zip(found.to_array()) {
                    row[column + c] = x;
                }
            }
        }
        if by_lumps.contains(&false) {
            for (lane, row) in rows.chunks_exact_mut(columns).enumerate() {
                let normals = self.normals.iter().map(|z| z[lane]);
                self.numbers.set(self.model, normals);
                self.one(row, &by_lumps)?;
            }
        }
        Ok(())
    }

    /// What was not lumped, of one draw.
    fn one(&mut self, row: &mut [f64], by_lumps: &[bool]) -> Result<(), TooMany> {
        let (model, scratch) = (self.model, &mut self.scratch);
        let horizons = model.horizons();
        let (outcomes, events) = row.split_at_mut(horizons * model.outcomes.len());
        let (outcomes_found, events_found) = by_lumps.split_at(outcomes.len());
        if outcomes_found.contains(&false) {
            if let Some(own) = &self.drawn.compiled {
                let compiled = self.compiled.get_or_insert_with(|| own.clone());
                let answer = compiled.run(model, &self.numbers, scratch)?;
                answer.read(self.drawn.given, outcomes);
            } else {
                outcomes.fill(f64::NAN);
            }
        }
        let values = events
            .chunks_exact_mut(horizons)
            .zip(events_found.chunks_exact(horizons));
        let chances = self.events.iter().zip(&mut self.chances);
        for ((event, chance), (out, by_lumps)) in chances.zip(values) {
            if by_lumps.contains(&false) {
                let chance = chance.get_or_insert_with(|| (*event).clone());
                chance.at(model, &self.numbers, scratch, out)?;
            }
        }
        Ok(())
    }
}
