//! The transform's sum over all nodes.
//!
//! In: what hangs together and what pushes there, made ready. Out: the share of each class of outcomes. Nodes around one
//! outcome serve all: with β_r of that one, what stands at a node times β_o/β_r is what outcome o loses to it. For, if the line of
//! the nodes around o is moved to that of those around r, one meets the pole of Γ(β_r) at 0, of which the residue is the share of o
//! were there no r. So the shares of all follow from one sum in K − 1 dimensions, one in K − 2, and so on.

use super::gamma::Complex;
use super::grid::{Gammas, Grid, OUTCOMES, Precision};
use super::ready::Ready;
use super::turns::{Push, Turns};
use crate::parallel::*;
use assess_lanes::complex::{Row, Turned};
use std::ops::Range;

/// Rows that one is multiplied by at once.
const AT_ONCE: usize = 8;

/// The shares of all classes, told which of them are possible, and how far off they may be; none where pushes are too large.
pub(super) fn shares(
    ready: &Ready,
    alive: &[usize],
    classes: usize,
    precision: Precision,
) -> Option<(Vec<f64>, f64)> {
    let (mut shares, mut error) = (vec![0.0; classes], f64::EPSILON);
    let mut left = alive.to_vec();
    while left.len() > 1 {
        let nodes = Nodes::new(ready, &left, Grid::choose(ready, &left, precision)?);
        let sums = nodes.sums();
        for (class, sum) in left.iter().zip(sums) {
            shares[*class] += sum / ready.mass;
        }
        let Grid {
            around, error: own, ..
        } = nodes.grid;
        error += own + precision.left_out;
        left.remove(around);
    }
    shares[*left.first()?] += 1.0;
    shares
        .iter_mut()
        .for_each(|share| *share = share.clamp(0.0, 1.0));
    Some((shares, error))
}

/// The nodes around one outcome, with all that is the same in every row of them.
struct Nodes<'r> {
    ready: &'r Ready,
    classes: &'r [usize],
    grid: Grid,
    gammas: Gammas,
    turns: Turns,
    /// By table with pushes what each of its places makes; and last, what pushes everywhere.
    pushed: Vec<Vec<Push>>,
    /// By bucket what stands alone in it, if that pushes in one way.
    alone: Vec<Option<Alone>>,
    /// By bucket its sum at the real node, and of all.
    real: (Vec<Vec<f64>>, f64),
    /// Less than this is left out.
    least: f64,
}

/// What rests on nothing, and nothing rests on.
struct Alone {
    /// How likely it does not push.
    still: f64,
    /// How likely it does.
    share: f64,
    /// The table, and the place there.
    pushed: (usize, usize),
}

/// Buffers.
#[derive(Default)]
struct Scratch {
    pool: Vec<Row>,
    product: Row,
    part: Row,
    next: Row,
    bases: Vec<Vec<Complex>>,
}

impl<'r> Nodes<'r> {
    fn new(ready: &'r Ready, classes: &'r [usize], grid: Grid) -> Nodes<'r> {
        let mut turns = Turns::new(&grid);
        let mut of = |w: &Vec<f64>| turns.push(&grid, classes, w);
        let mut pushed: Vec<Vec<Push>> = Vec::new();
        for table in &ready.pushed {
            pushed.push(table.rows.iter().map(&mut of).collect());
        }
        pushed.push(vec![of(&ready.constant)]);
        let real = ready.real_sums(classes, grid.around, grid.alpha);
        // How much larger what the others lose may be.
        let reach = grid.most as f64 * grid.step + grid.alpha;
        let larger = 1.0 + reach / (grid.dims as f64 * grid.alpha);
        let least =
            grid.precision.left_out * ready.mass / (grid.nodes() as f64 * grid.scale() * larger);
        let alone = (0..ready.tree.buckets.len()).map(|b| alone(ready, &pushed, b));
        Nodes {
            alone: alone.collect(),
            gammas: Gammas::new(&grid),
            ready,
            classes,
            turns,
            pushed,
            real,
            least,
            grid,
        }
    }

    /// Around an outcome its share; of each other what it loses to that one, which is below 0.
    fn sums(&self) -> Vec<f64> {
        let rows = self.grid.rows();
        let each: Vec<[f64; OUTCOMES]> = rows
            .par_iter()
            .map_init(Scratch::default, |work, (outer, first, length)| {
                self.row(outer, *first, *length, work)
            })
            .collect();
        let scale = self.grid.scale();
        let sum = |place: usize| each.iter().map(|row| row[place]).sum::<f64>() * scale;
        (0..self.classes.len()).map(sum).collect()
    }

    /// The same of one row of nodes.
    fn row(&self, outer: &[i64], first: i64, length: usize, work: &mut Scratch) -> [f64; OUTCOMES] {
        let ready = self.ready;
        let from = (first + self.grid.most) as usize;
        self.bases(outer, &mut work.bases);
        let mut at = 0..length;
        work.product.fill(length, (0.0, 0.0));
        self.gammas
            .kernel(&self.grid, outer, first, &mut work.product);
        let everywhere = ready.pushed.len();
        let constant = self.turned((0.0, 1.0), (everywhere, 0), &work.bases, from);
        work.product.multiply_turned(&[constant], &at);
        // What is not multiplied in yet is no larger than at the real node.
        let mut left = self.real.1 / self.pushed[everywhere][0].size;
        self.trim(&mut at, &work.product, left, None);
        let mut sums: Vec<Vec<Row>> = Vec::with_capacity(ready.tree.buckets.len());
        let (mut waiting, mut waits) = (Vec::with_capacity(AT_ONCE), 1.0);
        for (b, bucket) in ready.tree.buckets.iter().enumerate() {
            if at.is_empty() {
                break;
            }
            if let Some(alone) = &self.alone[b] {
                let shares = (alone.still, alone.share);
                waiting.push(self.turned(shares, alone.pushed, &work.bases, from));
                waits *= self.real.0[b][0];
                if waiting.len() == AT_ONCE {
                    work.product.multiply_turned(&waiting, &at);
                    waiting.clear();
                    left /= std::mem::replace(&mut waits, 1.0);
                    self.trim(&mut at, &work.product, left, None);
                }
                sums.push(Vec::new());
                continue;
            }
            let mut out = self.bucket(b, &sums, (from, length), &at, work);
            // What has been handed on is not needed any more.
            for (child, _) in &ready.children[b] {
                work.pool.append(&mut sums[*child]);
            }
            if bucket.parent.is_none() {
                work.product.multiply(&out[0], &at);
                left /= self.real.0[b][0];
                self.trim(&mut at, &work.product, left, None);
                work.pool.append(&mut out);
            } else if b % AT_ONCE == AT_ONCE - 1 {
                let handed = (&out[..], &self.real.0[b][..]);
                self.trim(&mut at, &work.product, left, Some(handed));
            }
            sums.push(out);
        }
        if !at.is_empty() {
            work.product.multiply_turned(&waiting, &at);
        }
        work.pool.extend(sums.into_iter().flatten());
        self.losses(outer, first, &at, &work.product)
    }

    /// What the nodes of a row add up to, by outcome.
    fn losses(
        &self,
        outer: &[i64],
        first: i64,
        at: &Range<usize>,
        product: &Row,
    ) -> [f64; OUTCOMES] {
        let Grid {
            dims, step, alpha, ..
        } = self.grid;
        let outside: i64 = outer.iter().sum();
        // What stands at each node; over β_r; and that by the turn of the inner one.
        let (mut whole, mut over, mut inner) = (0.0, (0.0, 0.0), 0.0);
        for i in at.clone() {
            let m = first + i as i64;
            let (x, y) = (product.re[i], product.im[i]);
            let (re, im) = (-(dims as f64) * alpha, -((outside + m) as f64) * step);
            let square = re * re + im * im;
            let (u, v) = ((x * re + y * im) / square, (y * re - x * im) / square);
            whole += x;
            over = (over.0 + u, over.1 + v);
            inner += alpha * u - m as f64 * step * v;
        }
        self.grid.losses(outer, (whole, over), Some(inner))
    }

    /// Leaves out what is too small at both ends: a product times what is `left`, and times what is handed on against the
    /// same at the real node.
    fn trim(
        &self,
        at: &mut Range<usize>,
        product: &Row,
        left: f64,
        handed: Option<(&[Row], &[f64])>,
    ) {
        let least = (self.least / left).powi(2);
        let is_small = |i: usize| {
            let square = |row: &Row| row.re[i] * row.re[i] + row.im[i] * row.im[i];
            let largest = handed.map_or(1.0, |(rows, real)| {
                let each = rows.iter().zip(real).filter(|r| *r.1 > 0.0);
                each.fold(0.0, |most: f64, (row, real)| {
                    most.max(square(row) / (real * real))
                })
            });
            square(product) * largest < least
        };
        while at.start < at.end && is_small(at.start) {
            at.start += 1;
        }
        while at.start < at.end && is_small(at.end - 1) {
            at.end -= 1;
        }
    }

    /// What every push makes of a row, but for the turns of the inner outcome.
    fn bases(&self, outer: &[i64], out: &mut Vec<Vec<Complex>>) {
        out.resize_with(self.pushed.len(), Vec::new);
        for (out, table) in out.iter_mut().zip(&self.pushed) {
            out.clear();
            out.extend(table.iter().map(|push| self.turns.base(push, outer)));
        }
    }

    fn turned(
        &self,
        shares: (f64, f64),
        (table, place): (usize, usize),
        bases: &[Vec<Complex>],
        from: usize,
    ) -> Turned<'_> {
        let push = &self.pushed[table][place];
        self.turns.turned(shares, push, bases[table][place], from)
    }

    /// What a bucket hands on.
    fn bucket(
        &self,
        b: usize,
        sums: &[Vec<Row>],
        (from, length): (usize, usize),
        at: &Range<usize>,
        work: &mut Scratch,
    ) -> Vec<Row> {
        let ready = self.ready;
        let bucket = &ready.tree.buckets[b];
        let taken = |_| {
            let mut row = work.pool.pop().unwrap_or_default();
            row.stretch(length);
            row.set((0.0, 0.0), at);
            row
        };
        let mut out: Vec<Row> = (0..bucket.outs).map(taken).collect();
        for assignment in 0..bucket.size {
            let share = ready.real[b][assignment];
            if share != 0.0 {
                let to = &mut out[bucket.out[assignment] as usize];
                self.assignment((b, assignment, share), sums, from, at, (to, work));
            }
        }
        out
    }

    /// Adds one assignment of a bucket to what is handed on.
    fn assignment(
        &self,
        (b, assignment, share): (usize, usize, f64),
        sums: &[Vec<Row>],
        from: usize,
        at: &Range<usize>,
        (to, work): (&mut Row, &mut Scratch),
    ) {
        let ready = self.ready;
        let Scratch {
            bases, part, next, ..
        } = work;
        let factors = ready.own[b].iter().filter_map(|p| {
            let place = ready.pushed[*p].at[assignment] as usize;
            let row = self.turns.inner(&self.pushed[*p][place])?;
            Some((bases[*p][place], row))
        });
        let mut factors: Vec<(Complex, &Row)> = factors.collect();
        let children = &ready.children[b];
        let mut handed = children
            .iter()
            .map(|(child, at)| &sums[*child][at[assignment] as usize]);
        let Some(first) = handed.next() else {
            match factors.pop() {
                None => to.add((share, 0.0), at),
                Some(((c, s), row)) if factors.is_empty() => {
                    to.add_times((share * c, share * s), row, from, at);
                }
                Some((base, row)) => {
                    part.stretch(to.re.len());
                    part.set((0.0, 0.0), at);
                    part.add_times(base, row, from, at);
                    all((part, next), &factors, from, at);
                    to.add_times((share, 0.0), part, 0, at);
                }
            }
            return;
        };
        let rest: Vec<&Row> = handed.collect();
        match (&rest[..], &factors[..]) {
            ([], []) => to.add_times((share, 0.0), first, 0, at),
            ([], [((c, s), row)]) => {
                to.add_product(first, (share * c, share * s), (row, from), at);
            }
            _ => {
                part.stretch(to.re.len());
                part.set((0.0, 0.0), at);
                part.add_times((share, 0.0), first, 0, at);
                rest.iter().for_each(|row| part.multiply(row, at));
                all((part, next), &factors, from, at);
                to.add_times((1.0, 0.0), part, 0, at);
            }
        }
    }
}

/// Multiplies by some turned rows.
fn all(
    (part, next): (&mut Row, &mut Row),
    factors: &[(Complex, &Row)],
    from: usize,
    at: &Range<usize>,
) {
    for (base, row) in factors {
        next.stretch(part.re.len());
        next.set((0.0, 0.0), at);
        next.add_product(part, *base, (row, from), at);
        std::mem::swap(part, next);
    }
}

/// What stands alone in a bucket and pushes in no more than one way.
fn alone(ready: &Ready, pushed: &[Vec<Push>], b: usize) -> Option<Alone> {
    let bucket = &ready.tree.buckets[b];
    let [table] = ready.own[b][..] else {
        return None;
    };
    if bucket.parent.is_some() || !ready.children[b].is_empty() {
        return None;
    }
    let (mut still, mut share, mut one) = (0.0, 0.0, None);
    for (p, place) in ready.real[b].iter().zip(&ready.pushed[table].at) {
        let place = *place as usize;
        if pushed[table][place].turns.is_empty() {
            still += p;
            continue;
        }
        if one.is_some_and(|one| one != place) {
            return None;
        }
        (share, one) = (share + p, Some(place));
    }
    Some(Alone {
        still,
        share,
        pushed: (table, one.unwrap_or_default()),
    })
}
