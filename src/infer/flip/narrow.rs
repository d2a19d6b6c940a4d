//! Where exactly between two turns the answer changes.
//!
//! In: a walk, and two turns with what was found there. Out: the turn, to the width of the walk. Both sides of it
//! were evaluated.

use super::evaluating::{Asked, Evaluating, Side};
use super::search::{Seen, Walk};

/// The search for a tipping point ends at this width, in decibans.
pub(super) const WIDTH: f64 = 1e-9;
/// So many steps more than halving needs may be taken.
const SLACK: i32 = 1;
/// How far from where the answer should change it is looked, in widths of what is left: that is found
/// out more and more exactly.
const BESIDE: [f64; 3] = [5e-2, 1e-3, 1e-6];

/// The place of the first turn that has changed the answer, the turn before it, and that one.
fn bracket(known: &[Seen]) -> (usize, f64, f64) {
    let first = known.iter().position(|k| k.1.turned).unwrap_or(1).max(1);
    (first, known[first - 1].0, known[first].0)
}

impl<P: Evaluating> Walk<'_, P> {
    /// The turn between one that has not changed the answer and one that has.
    pub(super) fn narrow(&mut self, h: usize, near: Seen, far: Seen) -> Asked<(f64, Side)> {
        match self.together() {
            1 if self.evaluation.is_dear() => self.closing_in(h, near, far),
            1 => self.one_by_one(h, near, far),
            _ => self.side_by_side(h, near, far),
        }
    }

    /// Finds out where between two turns the answer changes, and keeps that where the clause can be turned so far and nothing
    /// nearer is known.
    pub(super) fn tell(
        &mut self,
        h: usize,
        (near, far): (Seen, Seen),
        tip: &mut Option<Seen>,
    ) -> Asked<()> {
        let found = self.narrow(h, near, far)?;
        let (low, high) = self.reach(h);
        let inside = low <= found.0 && found.0 <= high;
        if inside && tip.is_none_or(|old| found.0.abs() < old.0.abs()) {
            *tip = Some(found);
        }
        Ok(())
    }

    /// Many turns at once: where the margins' inverse polynomial crosses 0, and beside that; and at
    /// each third, so that a third at most is left each time.
    fn side_by_side(&mut self, h: usize, near: Seen, far: Seen) -> Asked<(f64, Side)> {
        // Along the way, the nearest first.
        let mut known = vec![near, far];
        loop {
            let (first, near, far) = bracket(&known);
            let width = far - near;
            if width.abs() <= self.width {
                return Ok(known[first]);
            }
            let inside = |turn: &f64| (turn - near) * (far - turn) > 0.0;
            let around = first.saturating_sub(2)..known.len().min(first + 2);
            let here = crossing(&known[around]).filter(inside);
            let here = here.unwrap_or(f64::midpoint(near, far));
            let mut turns = vec![near + width / 3.0, far - width / 3.0];
            turns.extend(
                BESIDE
                    .iter()
                    .flat_map(|d| [here - d * width, here + d * width]),
            );
            turns.retain(inside);
            turns.sort_by(|a, b| (a - near).abs().total_cmp(&(b - near).abs()));
            turns.dedup();
            let found = self.all(&turns)?;
            let found = turns.into_iter().zip(found).map(|(turn, at)| (turn, at[h]));
            known.splice(first..first, found);
        }
    }

    /// One turn after another, where each takes long: where the margins' inverse polynomial crosses 0, then as far beyond as
    /// that may be off. Where that does not halve what is left, its middle.
    fn closing_in(&mut self, h: usize, near: Seen, far: Seen) -> Asked<(f64, Side)> {
        let mut known = vec![near, far];
        let mut before = f64::NAN;
        let mut last = f64::INFINITY;
        loop {
            let (first, near, far) = bracket(&known);
            let width = far - near;
            if width.abs() <= self.width {
                return Ok(known[first]);
            }
            let around = first.saturating_sub(2)..known.len().min(first + 2);
            let inside = |turn: &f64| (turn - near) * (far - turn) > 0.0;
            let middle = f64::midpoint(near, far);
            let here = crossing(&known[around]).filter(inside);
            // How far it moved is how far it may be off.
            let off = here.map_or(f64::NAN, |here| (here - before).abs());
            let off = if off.is_nan() { width.abs() / 8.0 } else { off };
            let off = off.max(0.4 * self.width);
            before = here.unwrap_or(f64::NAN);
            let aim = here.map(|here| match (here - near).abs() < (far - here).abs() {
                true => here + width.signum() * off,
                false => here - width.signum() * off,
            });
            let slow = width.abs() > 0.5 * last;
            last = width.abs();
            let turn = aim.filter(inside).filter(|_| !slow).unwrap_or(middle);
            if turn == near || turn == far {
                return Ok(known[first]);
            }
            let side = self.at(turn)?[h];
            known.insert(first, (turn, side));
        }
    }

    /// One turn after another: the margins, where they are known, say where to look, without ever
    /// taking more steps than halving would and one (ITP: Oliveira and Takahashi 2020,
    /// <https://doi.org/10.1145/3423597>).
    fn one_by_one(&mut self, h: usize, mut near: Seen, mut far: Seen) -> Asked<(f64, Side)> {
        let wide = (far.0 - near.0).abs();
        let halvings = libm::ceil(libm::log2(wide / self.width)).max(0.0) as i32 + SLACK;
        for step in 0.. {
            let width = (far.0 - near.0).abs();
            if width <= self.width {
                break;
            }
            let radius = (libm::ldexp(self.width, halvings - step) - width).max(0.0) / 2.0;
            let between = between((near.0, near.1.margin), (far.0, far.1.margin), wide, radius);
            let side = self.at(between)?[h];
            if side.turned {
                far = (between, side);
            } else {
                near = (between, side);
            }
        }
        Ok(far)
    }

    /// The last turn with an answer, between one that has one and one that is lost.
    pub(super) fn edge(&mut self, mut known: f64, mut lost: f64) -> Asked<(f64, Vec<Side>)> {
        while (lost - known).abs() > self.width {
            let middle = f64::midpoint(known, lost);
            let is_lost = self.at(middle)?.iter().any(|side| side.lost);
            *(if is_lost { &mut lost } else { &mut known }) = middle;
        }
        Ok((known, self.at(known)?))
    }

    /// Between the last three points the margin may dip below 0 and come back.
    pub(super) fn dip(
        &mut self,
        h: usize,
        seen: &[(f64, Vec<Side>)],
    ) -> Asked<Option<(f64, Side)>> {
        // Each leaves two thirds of the reach: 24 leave a 17,000th of it, under a hundredth of a deciban.
        const ROUNDS: usize = 24;
        let [.., a, b, c] = seen else { return Ok(None) };
        let margin = |s: &(f64, Vec<Side>)| s.1[h].margin;
        let (ma, mb, mc) = (margin(a), margin(b), margin(c));
        let is_low = mb <= ma && mb <= mc && mb < 2.0 * (ma - mb).max(mc - mb);
        if !is_low || [a, b, c].iter().any(|s| s.1[h].turned) {
            return Ok(None);
        }
        let (mut low, mut high) = (a.0, c.0);
        for _ in 0..ROUNDS {
            let (left, right) = ((2.0 * low + high) / 3.0, (low + 2.0 * high) / 3.0);
            let (at_left, at_right) = (self.at(left)?[h], self.at(right)?[h]);
            for (point, side) in [(left, at_left), (right, at_right)] {
                if side.turned {
                    return self.narrow(h, (a.0, a.1[h]), (point, side)).map(Some);
                }
            }
            if at_left.margin < at_right.margin {
                high = right;
            } else {
                low = left;
            }
        }
        Ok(None)
    }
}

/// Where the margin is 0, by the polynomial through all turns as a function of the margin (Neville
/// 1934); none where two margins are alike.
fn crossing(seen: &[Seen]) -> Option<f64> {
    let mut turns: Vec<f64> = seen.iter().map(|s| s.0).collect();
    for apart in 1..seen.len() {
        for i in 0..seen.len() - apart {
            let (a, b) = (seen[i].1.margin, seen[i + apart].1.margin);
            turns[i] = (turns[i + 1] * a - turns[i] * b) / (a - b);
        }
    }
    turns[0].is_finite().then_some(turns[0])
}

/// Where to look between two turns of which the second has changed the answer: where the margins'
/// line crosses 0, drawn a little towards the middle, and no further from it than `radius`.
fn between(near: (f64, f64), far: (f64, f64), wide: f64, radius: f64) -> f64 {
    let middle = f64::midpoint(near.0, far.0);
    let crossing = near.0 + (far.0 - near.0) * near.1 / (near.1 - far.1);
    if crossing.is_nan() {
        return middle;
    }
    let width = far.0 - near.0;
    let towards = (middle - crossing).signum();
    let drawn = 0.2 * width * width / wide;
    let truncated = if drawn <= (middle - crossing).abs() {
        crossing + towards * drawn
    } else {
        middle
    };
    if (truncated - middle).abs() <= radius {
        truncated
    } else {
        middle - towards * radius
    }
}
