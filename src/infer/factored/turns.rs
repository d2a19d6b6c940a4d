//! What pushes do at the nodes: a size, the same at all of them, and a turn by node.
//!
//! In: a grid and pushes by class. Out: [`Push`]es, and the rows of turns that they share.

use super::gamma::{Complex, times};
use super::grid::Grid;
use assess_lanes::LANES;
use assess_lanes::complex::{Row, Turned};
use std::collections::BTreeMap;

/// What pushes in one way.
pub(super) struct Push {
    /// Its size at every node.
    pub(super) size: f64,
    /// By other outcome the row of turns; none where nothing pushes.
    pub(super) turns: Vec<usize>,
}

/// e^{−imΔw} for m from one end to the other, by each w that there is; the first is for what nothing turns.
pub(super) struct Turns {
    rows: Vec<Row>,
    known: BTreeMap<u64, usize>,
    most: i64,
}

impl Turns {
    pub(super) fn new(grid: &Grid) -> Turns {
        Turns {
            rows: vec![turned(0.0, grid.most)],
            known: BTreeMap::new(),
            most: grid.most,
        }
    }

    /// What pushes the classes so.
    pub(super) fn push(&mut self, grid: &Grid, classes: &[usize], w: &[f64]) -> Push {
        let against = against(classes, grid.around, w);
        let size: f64 = against.iter().map(|w| -grid.alpha * w).sum();
        let mut row = |w: &f64| {
            *self.known.entry(w.to_bits()).or_insert_with(|| {
                self.rows.push(turned(w * grid.step, grid.most));
                self.rows.len() - 1
            })
        };
        let moves = against.iter().any(|w| *w != 0.0);
        let rows = against.iter().take(if moves { grid.dims } else { 0 });
        Push {
            size: libm::exp(size),
            turns: rows.map(&mut row).collect(),
        }
    }

    /// What a push makes of a row of nodes, but for the turns of the inner outcome.
    pub(super) fn base(&self, push: &Push, outer: &[i64]) -> Complex {
        let turns = outer.iter().zip(&push.turns);
        turns.fold((push.size, 0.0), |all, (m, turn)| {
            let place = (m + self.most) as usize;
            let row = &self.rows[*turn];
            times(all, (row.re[place], row.im[place]))
        })
    }

    /// The turns of the inner outcome; none where nothing pushes.
    pub(super) fn inner(&self, push: &Push) -> Option<&Row> {
        Some(&self.rows[*push.turns.last()?])
    }

    /// What is `still` and what takes part in a push with a share, at a row's nodes from a place on.
    pub(super) fn turned(
        &self,
        (still, share): (f64, f64),
        push: &Push,
        (c, s): Complex,
        from: usize,
    ) -> Turned<'_> {
        let number = (share * c, share * s);
        match self.inner(push) {
            Some(row) => Turned {
                still,
                number,
                row,
                from,
            },
            // A row that is not turned, and not looked at.
            None => Turned {
                still: still + number.0,
                number: (0.0, 0.0),
                row: &self.rows[0],
                from,
            },
        }
    }
}

/// W of each class against that at `place`, but for it.
fn against(classes: &[usize], place: usize, w: &[f64]) -> Vec<f64> {
    let own = w[classes[place]];
    let others = classes.iter().enumerate().filter(|(i, _)| *i != place);
    others.map(|(_, c)| w[*c] - own).collect()
}

/// e^{−imθ} for m from −`most` to `most`: of some by themselves, of the others as products; and as many zeros as make up for what
/// eight places at once reach too far.
fn turned(theta: f64, most: i64) -> Row {
    const BLOCK: usize = 16;
    let middle = most as usize;
    let at = |m: usize| {
        let turn = m as f64 * theta;
        (libm::cos(turn), -libm::sin(turn))
    };
    let fine: Vec<Complex> = (0..BLOCK).map(at).collect();
    let mut row = Row::default();
    row.fill(2 * middle + 1, (1.0, 0.0));
    for first in (0..=middle).step_by(BLOCK) {
        let coarse = at(first);
        for (m, fine) in (first..=middle).zip(&fine) {
            let (re, im) = times(coarse, *fine);
            (row.re[middle + m], row.im[middle + m]) = (re, im);
            (row.re[middle - m], row.im[middle - m]) = (re, -im);
        }
    }
    row.stretch(2 * middle + 1 + LANES);
    row
}
