//! Moving mass: the states of one node's axis become others, each way with a chance of its own.
//!
//! In: cells of several settings side by side. Out: cells. What goes where is known beforehand; the
//! chances are filled in for each horizon.

use super::space::View;

/// Cells of `N` settings side by side.
pub(super) type Cells<const N: usize> = Vec<[f64; N]>;

/// One node's axis is drawn, or drawn on.
#[derive(Debug, Clone)]
pub(super) struct Move {
    /// The place of its axis; one past the last where it is new.
    pub at: usize,
    /// How many places all axes before it span.
    pub inner: usize,
    /// How many values it had; 1 where it is new.
    pub from: usize,
    /// How many it has then.
    pub to: usize,
    /// What the chances depend on, the axis itself apart.
    pub view: View,
    /// By place of the view and value where its ways begin.
    pub first: Vec<u32>,
    /// Where to, and the place of the chance.
    pub ways: Vec<(u32, u32)>,
}

/// The chance that stands for certainty.
pub(super) const ALWAYS: u32 = 0;

impl Move {
    pub(super) fn new(at: usize, inner: usize, from: usize, to: usize, view: View) -> Move {
        Move {
            at,
            inner,
            from,
            to,
            view,
            first: vec![0],
            ways: Vec::new(),
        }
    }

    /// The ways of the next place and value are all there.
    pub(super) fn end(&mut self) {
        self.first.push(self.ways.len() as u32);
    }

    /// Moves cells; `places` is overwritten.
    pub(super) fn apply<const N: usize>(
        &self,
        cells: &[[f64; N]],
        chances: &[[f64; N]],
        places: &mut Vec<u32>,
        out: &mut Cells<N>,
    ) {
        let outer = cells.len() / (self.inner * self.from);
        out.clear();
        out.resize(outer * self.to * self.inner, [0.0; N]);
        if self.view.size() == 1 {
            self.apply_alike(cells, chances, out);
            return;
        }
        self.view.places(Some(self.at), places);
        for high in 0..outer {
            let places = &places[high * self.inner..][..self.inner];
            let out = &mut out[high * self.to * self.inner..][..self.to * self.inner];
            for from in 0..self.from {
                let cells = &cells[(high * self.from + from) * self.inner..][..self.inner];
                for (low, (cell, place)) in cells.iter().zip(places).enumerate() {
                    let entry = *place as usize * self.from + from;
                    let ways = self.first[entry] as usize..self.first[entry + 1] as usize;
                    for &(to, chance) in &self.ways[ways] {
                        let sum = &mut out[to as usize * self.inner + low];
                        if chance == ALWAYS {
                            add(sum, cell);
                            continue;
                        }
                        let p = &chances[chance as usize];
                        for lane in 0..N {
                            sum[lane] += cell[lane] * p[lane];
                        }
                    }
                }
            }
        }
    }

    /// The same where the chances depend on the axis alone.
    fn apply_alike<const N: usize>(
        &self,
        cells: &[[f64; N]],
        chances: &[[f64; N]],
        out: &mut [[f64; N]],
    ) {
        let (from, to) = (self.from * self.inner, self.to * self.inner);
        for (cells, out) in cells.chunks_exact(from).zip(out.chunks_exact_mut(to)) {
            for (value, cells) in cells.chunks_exact(self.inner).enumerate() {
                let ways = self.first[value] as usize..self.first[value + 1] as usize;
                for &(to, chance) in &self.ways[ways] {
                    let p = &chances[chance as usize];
                    let out = &mut out[to as usize * self.inner..][..self.inner];
                    for (sum, cell) in out.iter_mut().zip(cells) {
                        for lane in 0..N {
                            sum[lane] += cell[lane] * p[lane];
                        }
                    }
                }
            }
        }
    }
}

/// Values of an axis that become one; the axis goes where all do.
#[derive(Debug, Clone)]
pub(super) struct Merge {
    pub inner: usize,
    pub to: usize,
    /// By value.
    pub map: Vec<u32>,
}

impl Merge {
    pub(super) fn apply<const N: usize>(&self, cells: &[[f64; N]], out: &mut Cells<N>) {
        let from = self.map.len();
        let outer = cells.len() / (self.inner * from);
        out.clear();
        out.resize(outer * self.to * self.inner, [0.0; N]);
        for (i, cells) in cells.chunks_exact(self.inner).enumerate() {
            let place = i / from * self.to + self.map[i % from] as usize;
            let out = &mut out[place * self.inner..][..self.inner];
            for (sum, cell) in out.iter_mut().zip(cells) {
                add(sum, cell);
            }
        }
    }
}

/// Adds lanes; a loop that counts, since chains of iterators stay calls.
#[inline(always)]
pub(super) fn add<const N: usize>(to: &mut [f64; N], other: &[f64; N]) {
    for lane in 0..N {
        to[lane] += other[lane];
    }
}
