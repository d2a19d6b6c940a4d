//! Masses by state, and the linear steps that move them.
//!
//! In: an array with one cell for every assignment of some bits. Out: the same array after a bit
//! was added, moved or summed out. What the bits mean is decided in `layout`.

use crate::infer::question::pick::Pick;

/// Where a node's mass goes, by assignment: what keeps being false, and for each member what of
/// the false mass becomes true.
#[derive(Debug, Clone, Default)]
pub(crate) struct Flow {
    /// How many assignments there are.
    pub len: usize,
    /// What stays.
    pub stay: Vec<f64>,
    /// What moves, by member and assignment.
    pub go: Vec<f64>,
}

impl Flow {
    /// Makes room for so many members and assignments.
    pub(crate) fn reset(&mut self, members: usize, len: usize) {
        self.len = len;
        self.stay.clear();
        self.stay.resize(len, 1.0);
        self.go.clear();
        self.go.resize(members * len, 0.0);
    }
}

/// Adds a node's bits on top: `bits` before, `members` more after.
pub(crate) fn branch(cells: &mut Vec<f64>, bits: usize, members: usize, pick: &Pick, flow: &Flow) {
    let size = 1usize << bits;
    cells.resize(size << members, 0.0);
    let (old, new) = cells.split_at_mut(size);
    for member in 0..members {
        let go = &flow.go[member * flow.len..][..flow.len];
        let new = &mut new[((size << member) - size)..][..size];
        if flow.len == 1 {
            for (to, from) in new.iter_mut().zip(&*old) {
                *to = from * go[0];
            }
            continue;
        }
        for (high, (new, old)) in new
            .chunks_exact_mut(pick.block())
            .zip(old.chunks_exact(pick.block()))
            .enumerate()
        {
            let base = pick.high(high);
            for ((to, from), low) in new.iter_mut().zip(old).zip(pick.low()) {
                *to = from * go[(base | low) as usize];
            }
        }
    }
    if flow.len == 1 {
        for x in old {
            *x *= flow.stay[0];
        }
        return;
    }
    for (high, old) in old.chunks_exact_mut(pick.block()).enumerate() {
        let base = pick.high(high);
        for (x, low) in old.iter_mut().zip(pick.low()) {
            *x *= flow.stay[(base | low) as usize];
        }
    }
}

/// Moves mass of a node whose bits stand at `positions`.
pub(crate) fn shear(cells: &mut [f64], positions: &[usize], pick: &Pick, flow: &Flow) {
    let mask: usize = positions.iter().map(|p| 1 << p).sum();
    let block = pick.block();
    if let [position] = *positions {
        let run = pick.run().min(1 << position);
        if run >= 4 {
            shear_runs(cells, position, run, pick, flow);
            return;
        }
    }
    let (low_mask, high_mask) = (mask & (block - 1), mask & !(block - 1));
    for start in (0..cells.len()).step_by(block) {
        if start & high_mask != 0 {
            continue;
        }
        let base = pick.high(start / block);
        for (i, low) in pick.low().iter().enumerate() {
            if i & low_mask != 0 {
                continue;
            }
            let from = start + i;
            let x = cells[from];
            let at = (base | low) as usize;
            for (member, position) in positions.iter().enumerate() {
                cells[from | 1 << position] += x * flow.go[member * flow.len + at];
            }
            cells[from] = x * flow.stay[at];
        }
    }
}

/// The same for one bit, where neighbours move alike.
fn shear_runs(cells: &mut [f64], position: usize, run: usize, pick: &Pick, flow: &Flow) {
    let (block, step) = (pick.block(), 1usize << position);
    for start in (0..cells.len()).step_by(run) {
        if start & step != 0 {
            continue;
        }
        let at = (pick.high(start / block) | pick.low()[start & (block - 1)]) as usize;
        let (stay, go) = (flow.stay[at], flow.go[at]);
        let (no, yes) = cells[start..start + step + run].split_at_mut(step);
        for (no, yes) in no[..run].iter_mut().zip(yes) {
            *yes += *no * go;
            *no *= stay;
        }
    }
}

/// Moves the shares `chances` of bits 0, 1, 2 … from false to true, each on its own.
pub(crate) fn shear_plain(cells: &mut [f64], chances: &[f64]) {
    // Low bits block by block, so that each block stays in the nearest cache: 2^11 doubles are 16 KiB, half of most.
    const NEAR: usize = 11;
    let near = chances.len().min(NEAR);
    let block = (1usize << near).min(cells.len());
    for block in cells.chunks_exact_mut(block) {
        for (bit, &p) in chances[..near].iter().enumerate() {
            match bit {
                0 => pairs::<1>(block, p),
                1 => pairs::<2>(block, p),
                2 => pairs::<4>(block, p),
                _ => {
                    for pair in block.chunks_exact_mut(2 << bit) {
                        let (no, yes) = pair.split_at_mut(1 << bit);
                        shift(no, yes, p);
                    }
                }
            }
        }
    }
    // Higher bits a few at a time, column by column, for the same reason: 2^4 rows of 128 doubles are 16 KiB again.
    const WIDTH: usize = 128;
    const DEEP: usize = 4;
    let mut first = near;
    while first < chances.len() {
        let bits = (chances.len() - first).min(DEEP);
        let row = 1usize << first;
        let width = row.min(WIDTH);
        for rows in cells.chunks_exact_mut(row << bits) {
            for column in (0..row).step_by(width) {
                for bit in 0..bits {
                    for no in (0..1usize << bits).filter(|no| no >> bit & 1 == 0) {
                        let (below, above) = rows.split_at_mut((no | 1 << bit) * row);
                        let no = &mut below[no * row + column..][..width];
                        shift(no, &mut above[column..][..width], chances[first + bit]);
                    }
                }
            }
        }
        first += bits;
    }
}

fn pairs<const N: usize>(block: &mut [f64], p: f64) {
    for pair in block.chunks_exact_mut(2 * N) {
        for i in 0..N {
            let moved = pair[i] * p;
            pair[i] -= moved;
            pair[i + N] += moved;
        }
    }
}

fn shift(no: &mut [f64], yes: &mut [f64], p: f64) {
    for (no, yes) in no.iter_mut().zip(yes) {
        let moved = *no * p;
        *no -= moved;
        *yes += moved;
    }
}

/// Sums out the bit at `position`.
pub(crate) fn sum_out(cells: &mut Vec<f64>, position: usize) {
    let step = 1usize << position;
    let half = cells.len() / 2;
    if step == half {
        let (low, high) = cells.split_at_mut(half);
        for (a, b) in low.iter_mut().zip(&*high) {
            *a += b;
        }
    } else {
        for (block, start) in (0..half).step_by(step).enumerate() {
            let from = 2 * block * step;
            for i in 0..step {
                cells[start + i] = cells[from + i] + cells[from + step + i];
            }
        }
    }
    cells.truncate(half);
}
