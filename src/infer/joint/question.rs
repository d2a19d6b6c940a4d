//! A question is drawn: what is decided ends, what is beyond the steady share of its group ends, and of
//! what is open then some ends and the rest is in an outcome that passes.
//!
//! In: the axes that there are. Out: up to two moves of its axis.

use super::happen::{Turn, place};
use super::moves::{ALWAYS, Move, add};
use super::net::Asked;
use super::pairs::{self, Pairs};
use super::push::{seen, seen_whole, truth};
use super::scene::{Buffers, Counted, Scene, Steady, Wanted};
use super::space::{Space, TooLarge, Value, View};
use super::test::{Leaf, Test};
use crate::model::Numbers;

/// One question in one horizon.
#[derive(Debug, Clone)]
pub(super) struct Drawn {
    pub cap: Option<Cap>,
    pub go: Move,
    pub scene: Scene,
    /// Whether its outcomes are wanted.
    pub is_target: bool,
    /// Whether nothing but these is: then they are added up, and it needs no axis.
    pub is_counted: bool,
    /// Whether it is then taken that what has ended follows from what lasts.
    pub is_settled: bool,
    /// By value of the axis from then on the outcome, from 1 on.
    pub states: Vec<u16>,
    /// How many outcomes are not final.
    pub open: usize,
    /// What is given, where outcomes are added up: of each its own.
    pub given: Vec<Holding>,
}

/// Where a condition holds.
#[derive(Debug, Clone)]
pub(super) struct Holding {
    view: View,
    /// By place of the view.
    holds: Vec<bool>,
}

impl Holding {
    /// Of a test that does not look at what was.
    pub(super) fn new(test: &Test, space: &Space) -> Result<Holding, TooLarge> {
        let mut leaves = Vec::new();
        test.leaves(&mut |leaf, was| leaves.push((leaf, was)));
        let view = seen(space, &leaves)?;
        let mut at = Vec::new();
        let holds = (0..view.size()).map(|place| {
            view.space.values(place, &mut at);
            test.holds(&|leaf, was| truth(&view.space, &at, leaf, was))
        });
        Ok(Holding {
            holds: holds.collect(),
            view,
        })
    }

    /// Whether it holds everywhere.
    fn is_everywhere(&self) -> bool {
        self.holds.iter().all(|holds| *holds)
    }
}

/// What a question is drawn for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct For {
    /// Whether anybody asks which passing outcome is so.
    pub told: bool,
    /// Whether what ended before can fall short.
    pub capped: bool,
    /// Whether its outcomes are added up and nothing else is asked.
    pub counted: bool,
    /// Whether it is taken that what has ended follows from what lasts.
    pub settled: bool,
}

/// What becomes at once of what is open in groups that held and hold the same.
#[derive(Debug, Clone)]
pub(super) struct Cap {
    pub moved: Move,
    /// By value of the axis: 0 for what is open, else the outcome.
    states: Vec<usize>,
    /// By group what of what lasts holds.
    sigma: Vec<u32>,
    /// By group whether a decided outcome takes all that is open.
    decided: Vec<bool>,
    outcomes: usize,
}

impl Drawn {
    /// The moves of a question, and the values of its axis from then on.
    pub(super) fn new(
        turn: &Turn<'_>,
        asked: &Asked,
        wanted: For,
        costly: &[Leaf],
    ) -> Result<(Drawn, Vec<Value>), TooLarge> {
        let For {
            told,
            capped,
            counted,
            settled,
        } = wanted;
        let shares = match (settled, capped) {
            (true, _) => Wanted::Shares,
            (false, true) => Wanted::Elsewhere,
            (false, false) => Wanted::Nothing,
        };
        let scene = Scene::new(turn.net, asked, turn.space, shares)?;
        let open = turn.net.model.questions[asked.question].open;
        let (moved, mut values) = turn.moved(&[], &[])?;
        let (at, inner, mut from) = (moved.at, moved.inner, moved.from);
        let comes = |o: usize| Value {
            before: if turn.asked { 0 } else { o as u16 + 1 },
            state: o as u16 + 1,
            memo: 0,
        };
        let cap = match capped && !settled {
            false => None,
            true => {
                let cap = Cap::new(turn, asked, &scene, &values, costly, &comes)?;
                values = cap.1;
                from = values.len();
                Some(cap.0)
            }
        };
        let mut go = Move::new(at, inner, from, 0, scene.live.clone());
        let mut to = Vec::new();
        let outcomes = asked.decided.len();
        let passes = |o: usize| Value {
            before: 0,
            state: if told { o as u16 + 1 } else { 0 },
            memo: 0,
        };
        let places = scene.live.size();
        for live in 0..if counted { 0 } else { places } {
            for value in &values {
                if value.state > 0 {
                    go.ways.push((place(&mut to, *value), ALWAYS));
                    go.end();
                    continue;
                }
                let made = asked.fixed.filter(|o| *o >= open).map(|o| o as u16 + 1);
                let ended = scene.judged.ended()[live];
                if let Some(o) = made.or((ended > 0).then_some(ended)) {
                    go.ways
                        .push((place(&mut to, comes(usize::from(o) - 1)), ALWAYS));
                } else {
                    for o in 0..outcomes {
                        let judged = asked.decided[o].is_none() && asked.fixed.is_none();
                        if o >= open && !judged {
                            continue;
                        }
                        let value = if o < open { passes(o) } else { comes(o) };
                        let chance = 1 + o * places + live;
                        go.ways.push((place(&mut to, value), chance as u32));
                    }
                }
                go.end();
            }
        }
        go.to = to.len();
        let drawn = Drawn {
            cap,
            go,
            scene,
            is_target: false,
            is_counted: counted,
            is_settled: settled,
            states: to.iter().map(|v| v.state).collect(),
            open,
            given: Vec::new(),
        };
        Ok((drawn, to))
    }
}

impl Cap {
    fn new(
        turn: &Turn<'_>,
        asked: &Asked,
        scene: &Scene,
        values: &[Value],
        costly: &[Leaf],
        comes: &dyn Fn(usize) -> Value,
    ) -> Result<(Cap, Vec<Value>), TooLarge> {
        let both = asked.lasting.iter().flat_map(|l| [(*l, false), (*l, true)]);
        let leaves: Vec<(Leaf, bool)> = both.chain(costly.iter().map(|l| (*l, false))).collect();
        let (mut moved, _) = turn.moved(&[], &[])?;
        moved.view = seen_whole(turn.space, &leaves, &[])?;
        let outcomes = asked.decided.len();
        let mut to = Vec::new();
        let mut at = Vec::new();
        let (mut sigma, mut decided) = (Vec::new(), Vec::new());
        let finals = turn.net.model.questions[asked.question].open..outcomes;
        for group in 0..moved.view.size() {
            moved.view.space.values(group, &mut at);
            sigma.push(scene.sigma(&moved.view.space, &at));
            let is = |leaf, was| truth(&moved.view.space, &at, leaf, was);
            let mut whens = asked.decided[finals.clone()].iter().flatten();
            decided.push(whens.any(|t| t.holds(&is)));
            for value in values {
                if value.state > 0 {
                    moved.ways.push((place(&mut to, *value), ALWAYS));
                } else {
                    let first = 1 + group * (1 + outcomes);
                    moved.ways.push((place(&mut to, *value), first as u32));
                    for o in finals.clone().filter(|o| asked.decided[*o].is_none()) {
                        let chance = (first + 1 + o) as u32;
                        moved.ways.push((place(&mut to, comes(o)), chance));
                    }
                }
                moved.end();
            }
        }
        moved.to = to.len();
        let cap = Cap {
            moved,
            states: values.iter().map(|v| usize::from(v.state)).collect(),
            sigma,
            decided,
            outcomes,
        };
        Ok((cap, to))
    }

    /// The chances of its ways, from the cells and the steady shares at the end of the horizon before.
    pub(super) fn fill<const N: usize>(
        &self,
        cells: &[[f64; N]],
        steady: &Steady<N>,
        places: &mut Vec<u32>,
        out: &mut Vec<[f64; N]>,
    ) {
        let width = 1 + self.outcomes;
        let mut sums = vec![[0.0; N]; self.sigma.len() * width];
        let moved = &self.moved;
        moved.view.places(Some(moved.at), places);
        for (i, cells) in cells.chunks_exact(moved.inner).enumerate() {
            let (high, value) = (i / moved.from, i % moved.from);
            let places = &places[high * moved.inner..][..moved.inner];
            for (cell, place) in cells.iter().zip(places) {
                add(
                    &mut sums[*place as usize * width + self.states[value]],
                    cell,
                );
            }
        }
        out.clear();
        out.push([1.0; N]);
        for (group, sums) in sums.chunks_exact(width).enumerate() {
            let first = out.len();
            out.resize(first + width, [0.0; N]);
            let ways = &mut out[first..];
            ways[0] = [1.0; N];
            if self.decided[group] {
                continue;
            }
            let before = |o: usize| steady.at(o, self.sigma[group]);
            for lane in 0..N {
                let all: f64 = sums.iter().map(|s| s[lane]).sum();
                let (open, steady) = (sums[0][lane], before(0)[lane]);
                if all <= 0.0 || open <= steady * all {
                    continue;
                }
                let stay = steady * all / open;
                let gap = |o: usize| (before(o)[lane] - sums[o][lane] / all).max(0.0);
                let gaps: f64 = (1..width).map(gap).sum();
                if gaps <= 0.0 || stay >= 1.0 {
                    continue;
                }
                ways[0][lane] = stay;
                for (o, way) in ways.iter_mut().enumerate().skip(1) {
                    way[lane] = (1.0 - stay) * gap(o) / gaps;
                }
            }
        }
    }
}

impl Drawn {
    /// Moves cells over one horizon; both buffers are overwritten.
    pub(super) fn apply<const N: usize>(
        &self,
        numbers: &[&Numbers; N],
        h: usize,
        cells: &mut Vec<[f64; N]>,
        work: &mut Scratch<N>,
    ) {
        self.scene.weigh(numbers, h, &mut work.scene);
        self.apply_weighed(numbers, h, cells, work);
    }

    /// The same once all is weighed.
    pub(super) fn apply_weighed<const N: usize>(
        &self,
        numbers: &[&Numbers; N],
        h: usize,
        cells: &mut Vec<[f64; N]>,
        work: &mut Scratch<N>,
    ) {
        if let Some(cap) = &self.cap {
            let Scratch { scene, steady, .. } = work;
            self.scene.steady(numbers, h - 1, scene, steady);
            cap.fill(cells, &work.steady, &mut work.places, &mut work.chances);
            cap.moved
                .apply(cells, &work.chances, &mut work.places, &mut work.cells);
            std::mem::swap(cells, &mut work.cells);
        }
        self.shares(numbers, h, work);
        self.go
            .apply(cells, &work.chances, &mut work.places, &mut work.cells);
        std::mem::swap(cells, &mut work.cells);
    }

    /// What becomes of what is open, behind what stands for certainty.
    fn shares<const N: usize>(&self, numbers: &[&Numbers; N], h: usize, work: &mut Scratch<N>) {
        work.chances.clear();
        work.chances.push([1.0; N]);
        self.scene
            .go(numbers, h, &mut work.scene, &mut work.chances);
    }

    /// Where nothing else is wanted: by condition the mass of all cells in which it holds and what of it is in each outcome at
    /// the end of horizon `h`; none where what has ended does not follow from what lasts, and there are too many pairs.
    pub(super) fn count<const N: usize>(
        &self,
        numbers: &[&Numbers; N],
        h: usize,
        cells: &[[f64; N]],
        work: &mut Scratch<N>,
        pairs: Option<&Pairs>,
    ) -> Option<Vec<Counted<N>>> {
        if !self.is_settled {
            self.scene.weigh_pushes(numbers, h, &mut work.scene);
            return Some(vec![self.count_weighed(numbers, h, cells, work)]);
        }
        let held: Vec<Vec<[f64; N]>> = self
            .given
            .iter()
            .map(|given| self.held(given, cells, &mut work.places))
            .collect();
        let Scratch {
            scene,
            seen,
            places,
            past,
            paired,
            ..
        } = work;
        let all = match held.is_empty() {
            true => vec![self.look(cells, seen, places)],
            false => held.iter().map(Vec::as_slice).collect(),
        };
        let pairs = (pairs, paired);
        self.scene.settle((numbers, h), &all, scene, past, pairs)
    }

    /// The same where nothing ends, once all that does not depend on its own prior is weighed.
    pub(super) fn count_weighed<const N: usize>(
        &self,
        numbers: &[&Numbers; N],
        h: usize,
        cells: &[[f64; N]],
        work: &mut Scratch<N>,
    ) -> Counted<N> {
        let Scratch {
            scene,
            seen,
            places,
            ..
        } = work;
        let cells = self.look(cells, seen, places);
        self.scene.count(numbers, h, cells, scene)
    }

    /// Cells in which a condition holds, by live place.
    fn held<const N: usize>(
        &self,
        given: &Holding,
        cells: &[[f64; N]],
        places: &mut Vec<u32>,
    ) -> Vec<[f64; N]> {
        let mut out = Vec::new();
        if given.is_everywhere() {
            let all = self.look(cells, &mut out, places);
            return all.to_vec();
        }
        given.view.places(None, places);
        let holds: Vec<bool> = places.iter().map(|p| given.holds[*p as usize]).collect();
        self.scene.live.places(None, places);
        out.resize(self.scene.live.size(), [0.0; N]);
        for ((cell, place), holds) in cells.iter().zip(&*places).zip(holds) {
            if holds {
                add(&mut out[*place as usize], cell);
            }
        }
        out
    }

    /// Cells by live place: nobody else asks what of it is not told apart.
    fn look<'c, const N: usize>(
        &self,
        cells: &'c [[f64; N]],
        seen: &'c mut Vec<[f64; N]>,
        places: &mut Vec<u32>,
    ) -> &'c [[f64; N]] {
        let live = self.scene.live.size();
        // As many places as cells are the same.
        if live == cells.len() {
            return cells;
        }
        self.scene.live.places(None, places);
        seen.clear();
        seen.resize(live, [0.0; N]);
        for (cell, place) in cells.iter().zip(&*places) {
            add(&mut seen[*place as usize], cell);
        }
        seen
    }
}

/// Buffers.
#[derive(Debug, Clone, Default)]
pub(super) struct Scratch<const N: usize> {
    pub scene: Buffers<N>,
    pub steady: Steady<N>,
    pub chances: Vec<[f64; N]>,
    pub places: Vec<u32>,
    pub cells: Vec<[f64; N]>,
    /// Cells by live place.
    pub seen: Vec<[f64; N]>,
    /// The steady shares at the end of the horizon before, or what they were capped to.
    pub past: Steady<N>,
    pub paired: pairs::Scratch,
}
