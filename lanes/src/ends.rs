//! What becomes of what is open where outcomes are final: over many states at once (proportional odds;
//! `src/infer/steady.rs` has the formulas).
//!
//! Numbers stand as in [`crate::judge`]: those of one setting one behind another, or eight settings for each state.

use crate::LANES;
use crate::judge::Eight;
use crate::level::now;
use crate::vector::*;

/// Numbers, eight by eight; those that are left over are not among them.
#[inline(always)]
fn eights(list: &[f64]) -> &[Eight] {
    list.as_chunks().0
}

/// The same, to be changed.
#[inline(always)]
fn eights_mut(list: &mut [f64]) -> &mut [Eight] {
    list.as_chunks_mut().0
}

/// A final outcome in one horizon.
#[derive(Debug, Clone)]
pub struct Ending {
    /// Its prior when the horizon begins, and at its end.
    pub prior: [Eight; 2],
    /// Where its e^W begins.
    pub e: usize,
    /// Where what ends in it is written.
    pub out: usize,
}

/// One horizon.
#[derive(Debug, Clone)]
pub struct Ends<'a> {
    /// What the prior leaves open when it begins, and at its end.
    pub left: [Eight; 2],
    /// The final outcomes.
    pub finals: &'a [Ending],
}

impl Ends<'_> {
    /// What stays of what is open, to the front of `out`, and what ends in each outcome, of e^W and Z by state.
    pub fn pass(&self, e: &[f64], z: &[f64], out: &mut [f64]) {
        let whole = z.len() / LANES * LANES;
        dispatch!(now(), simd => match self.finals {
            [only] => self.pass_single(simd, only, e, &z[..whole], out),
            _ => self.pass_on(simd, e, &z[..whole], out),
        });
        for i in whole..z.len() {
            self.pass_one(e, z[i], i, out);
        }
    }

    /// Where one outcome is final, all that does not stay ends in it.
    #[inline(always)]
    fn pass_single<S: Simd>(&self, simd: S, only: &Ending, e: &[f64], z: &[f64], out: &mut [f64]) {
        let [s0, s1] = [0, 1].map(|j| f64x8::from_slice(simd, &self.left[j][..]));
        let [p0, p1] = [0, 1].map(|j| f64x8::from_slice(simd, &only.prior[j][..]));
        let (stays, ends) = out.split_at_mut(only.out);
        let (z, e) = (eights(z), eights(&e[only.e..]));
        let (stays, ends) = (eights_mut(stays), eights_mut(ends));
        let (e, stays) = (&e[..z.len()], &mut stays[..z.len()]);
        let ends = &mut ends[..z.len()];
        for i in 0..z.len() {
            let z = f64x8::from_slice(simd, &z[i]);
            let e = f64x8::from_slice(simd, &e[i]);
            let (n0, n1) = (s0 * z + p0 * e, s1 * z + p1 * e);
            // G(j)/G(j−1) = S(j)·N(j−1) / (S(j−1)·N(j)).
            let below = s0 * n1;
            let ratio = s1 * n0 / below;
            let falls = below.simd_gt(zero(simd)) & ratio.simd_lt(one(simd));
            let stay = falls.select(ratio, one(simd));
            stay.store_slice(&mut stays[i]);
            (one(simd) - stay).store_slice(&mut ends[i]);
        }
    }

    #[inline(always)]
    fn pass_on<S: Simd>(&self, simd: S, e: &[f64], z: &[f64], out: &mut [f64]) {
        let s0 = f64x8::from_slice(simd, &self.left[0][..]);
        let s1 = f64x8::from_slice(simd, &self.left[1][..]);
        let finals = self.finals;
        let mut i = 0;
        while i + LANES <= z.len() {
            let own_z = f64x8::from_slice(simd, &z[i..][..LANES]);
            let (mut n0, mut n1) = (s0 * own_z, s1 * own_z);
            for a in 0..finals.len() {
                let e = f64x8::from_slice(simd, &e[finals[a].e + i..][..LANES]);
                n0 += f64x8::from_slice(simd, &finals[a].prior[0][..]) * e;
                n1 += f64x8::from_slice(simd, &finals[a].prior[1][..]) * e;
            }
            // G(j)/G(j−1) = S(j)·N(j−1) / (S(j−1)·N(j)).
            let below = s0 * n1;
            let ratio = s1 * n0 / below;
            let mut rises = zero(simd);
            for a in 0..finals.len() {
                let e = f64x8::from_slice(simd, &e[finals[a].e + i..][..LANES]);
                let was = f64x8::from_slice(simd, &finals[a].prior[0][..]) * e / n0;
                let is = f64x8::from_slice(simd, &finals[a].prior[1][..]) * e / n1;
                let rise = where_positive(simd, n1, is) - where_positive(simd, n0, was);
                let rise = where_positive(simd, rise, rise);
                rise.store_slice(&mut out[finals[a].out + i..][..LANES]);
                rises += rise;
            }
            // Where nothing rises, nothing ends; where nothing is left, all that is open does.
            let ratio = where_positive(simd, below, ratio);
            let some = rises.simd_gt(zero(simd)) & ratio.simd_lt(one(simd));
            let part = some.select((one(simd) - ratio) / rises, zero(simd));
            for a in 0..finals.len() {
                let out = &mut out[finals[a].out + i..][..LANES];
                let end = f64x8::from_slice(simd, &out[..]) * part;
                end.store_slice(out);
            }
            let stay = some.select(ratio, one(simd));
            stay.store_slice(&mut out[i..][..LANES]);
            i += LANES;
        }
    }

    /// The same of one state, of one setting.
    fn pass_one(&self, e: &[f64], z: f64, i: usize, out: &mut [f64]) {
        let [s0, s1] = [self.left[0][0], self.left[1][0]];
        let (mut n0, mut n1) = (s0 * z, s1 * z);
        for a in self.finals {
            n0 += a.prior[0][0] * e[a.e + i];
            n1 += a.prior[1][0] * e[a.e + i];
        }
        let below = s0 * n1;
        let mut ratio = s1 * n0 / below;
        if let [only] = self.finals {
            let stay = if below > 0.0 && ratio < 1.0 {
                ratio
            } else {
                1.0
            };
            (out[i], out[only.out + i]) = (stay, 1.0 - stay);
            return;
        }
        let mut rises = 0.0;
        for a in self.finals {
            let share = |p: f64, n: f64| if n > 0.0 { p * e[a.e + i] / n } else { 0.0 };
            let rise = share(a.prior[1][0], n1) - share(a.prior[0][0], n0);
            let rise = if rise > 0.0 { rise } else { 0.0 };
            out[a.out + i] = rise;
            rises += rise;
        }
        ratio = if below > 0.0 { ratio } else { 0.0 };
        let some = rises > 0.0 && ratio < 1.0;
        let part = if some { (1.0 - ratio) / rises } else { 0.0 };
        for a in self.finals {
            out[a.out + i] *= part;
        }
        out[i] = if some { ratio } else { 1.0 };
    }
}

/// States at a horizon's end, some of which had ended before it.
#[derive(Debug, Clone, Copy)]
pub struct Ended<'a> {
    /// e^W by outcome and state, of those that are not final first; `stride` numbers an outcome.
    pub e: &'a [f64],
    /// How far apart two outcomes are.
    pub stride: usize,
    /// Z by state.
    pub z: &'a [f64],
    /// How much of them there is.
    pub mass: &'a [f64],
    /// What that is multiplied by, if by anything.
    pub by: &'a [f64],
    /// What was open when the horizon began; then by outcome what had ended, so far behind.
    pub before: (&'a [f64], usize),
    /// What stays of what is open, then by outcome what ends, likewise.
    pub ways: (&'a [f64], usize),
}

/// Eight states: how much of them there is, what of it was open and stays so, and Z.
struct Step<S: Simd> {
    part: f64x8<S>,
    was: f64x8<S>,
    stays: f64x8<S>,
    z: f64x8<S>,
}

impl Ended<'_> {
    /// Adds what each outcome has to `sums`, and all there is to `whole`, told the shares of those that are not final.
    pub fn settle(&self, shares: &[Eight], sums: &mut [Eight], whole: &mut Eight) {
        let all = self.z.len() / LANES * LANES;
        dispatch!(now(), simd => match (shares.len(), sums.len()) {
            (1, 2) => self.settle_few::<_, 1, 1>(simd, all, shares, sums, whole),
            (2, 3) => self.settle_few::<_, 2, 1>(simd, all, shares, sums, whole),
            (3, 4) => self.settle_few::<_, 3, 1>(simd, all, shares, sums, whole),
            (2, 4) => self.settle_few::<_, 2, 2>(simd, all, shares, sums, whole),
            _ => self.settle_many(simd, all, shares, sums, whole),
        });
        for i in all..self.z.len() {
            self.settle_one(i, shares, sums, whole);
        }
    }

    /// The eight states from `i` on.
    #[inline(always)]
    fn step<S: Simd>(&self, simd: S, i: usize) -> Step<S> {
        let ((before, _), (ways, _)) = (self.before, self.ways);
        let mut part = f64x8::from_slice(simd, &self.mass[i..][..LANES]);
        if !self.by.is_empty() {
            part *= f64x8::from_slice(simd, &self.by[i..][..LANES]);
        }
        let was = part * f64x8::from_slice(simd, &before[i..][..LANES]);
        Step {
            part,
            was,
            stays: was * f64x8::from_slice(simd, &ways[i..][..LANES]),
            z: f64x8::from_slice(simd, &self.z[i..][..LANES]),
        }
    }

    /// What outcome `o`, which is not final, has of what stays open in these.
    #[inline(always)]
    fn open<S: Simd>(
        &self,
        simd: S,
        (o, i): (usize, usize),
        share: &Eight,
        stays: f64x8<S>,
        z: f64x8<S>,
    ) -> f64x8<S> {
        let share = f64x8::from_slice(simd, &share[..]);
        let e = f64x8::from_slice(simd, &self.e[o * self.stride + i..][..LANES]);
        // Beside what ends, all that is open may be too small to be written.
        where_positive(simd, share, stays * (share * e / z))
    }

    /// So few outcomes that their sums stay where they are: `K` that are not final, and `A` that are.
    #[inline(always)]
    fn settle_few<S: Simd, const K: usize, const A: usize>(
        &self,
        simd: S,
        all: usize,
        shares: &[Eight],
        sums: &mut [Eight],
        whole: &mut Eight,
    ) {
        let ((before, then), (ways, next)) = (self.before, self.ways);
        let (shares, sums) = (&shares[..K], &mut sums[..K + A]);
        let mut sum = f64x8::from_slice(simd, &whole[..]);
        let (mut open, mut ended) = ([zero(simd); K], [zero(simd); A]);
        let none: &[Eight] = &[];
        let (mut e, mut ends, mut olds) = ([none; K], [none; A], [none; A]);
        let all = all / LANES;
        for o in 0..K {
            open[o] = f64x8::from_slice(simd, &sums[o][..]);
            e[o] = &eights(&self.e[o * self.stride..])[..all];
        }
        for a in 0..A {
            ended[a] = f64x8::from_slice(simd, &sums[K + a][..]);
            let place = 1 + K + a;
            ends[a] = &eights(&ways[place * next..])[..all];
            olds[a] = &eights(&before[place * then..])[..all];
        }
        let (mass, z) = (&eights(self.mass)[..all], &eights(self.z)[..all]);
        let (was_open, stays) = (&eights(before)[..all], &eights(ways)[..all]);
        let by = eights(self.by);
        for i in 0..all {
            let mut part = f64x8::from_slice(simd, &mass[i]);
            if i < by.len() {
                part *= f64x8::from_slice(simd, &by[i]);
            }
            let was = part * f64x8::from_slice(simd, &was_open[i]);
            let stays = was * f64x8::from_slice(simd, &stays[i]);
            let z = f64x8::from_slice(simd, &z[i]);
            sum += part;
            for o in 0..K {
                let share = f64x8::from_slice(simd, &shares[o]);
                let e = f64x8::from_slice(simd, &e[o][i]);
                // Beside what ends, all that is open may be too small to be written.
                open[o] += where_positive(simd, share, stays * (share * e / z));
            }
            for a in 0..A {
                let end = f64x8::from_slice(simd, &ends[a][i]);
                let old = f64x8::from_slice(simd, &olds[a][i]);
                ended[a] += was * end + part * old;
            }
        }
        sum.store_slice(&mut whole[..]);
        for o in 0..K {
            open[o].store_slice(&mut sums[o][..]);
        }
        for a in 0..A {
            ended[a].store_slice(&mut sums[K + a][..]);
        }
    }

    #[inline(always)]
    fn settle_many<S: Simd>(
        &self,
        simd: S,
        all: usize,
        shares: &[Eight],
        sums: &mut [Eight],
        whole: &mut Eight,
    ) {
        let ((before, then), (ways, next)) = (self.before, self.ways);
        let mut sum = f64x8::from_slice(simd, &whole[..]);
        let mut i = 0;
        while i + LANES <= all {
            let Step {
                part,
                was,
                stays,
                z,
            } = self.step(simd, i);
            sum += part;
            for o in 0..shares.len() {
                let own = self.open(simd, (o, i), &shares[o], stays, z);
                let own = f64x8::from_slice(simd, &sums[o][..]) + own;
                own.store_slice(&mut sums[o][..]);
            }
            for o in shares.len()..sums.len() {
                let ends = f64x8::from_slice(simd, &ways[(1 + o) * next + i..][..LANES]);
                let ended = f64x8::from_slice(simd, &before[(1 + o) * then + i..][..LANES]);
                let own = f64x8::from_slice(simd, &sums[o][..]) + (was * ends + part * ended);
                own.store_slice(&mut sums[o][..]);
            }
            i += LANES;
        }
        sum.store_slice(&mut whole[..]);
    }

    /// The same of one state, of one setting.
    fn settle_one(&self, i: usize, shares: &[Eight], sums: &mut [Eight], whole: &mut Eight) {
        let ((before, then), (ways, next)) = (self.before, self.ways);
        let part = self.mass[i] * self.by.get(i).copied().unwrap_or(1.0);
        whole[0] += part;
        let was = part * before[i];
        let stays = was * ways[i];
        for (o, share) in shares.iter().enumerate() {
            if share[0] > 0.0 {
                sums[o][0] += stays * (share[0] * self.e[o * self.stride + i] / self.z[i]);
            }
        }
        for o in shares.len()..sums.len() {
            let (ends, ended) = (ways[(1 + o) * next + i], before[(1 + o) * then + i]);
            sums[o][0] += was * ends + part * ended;
        }
    }
}

/// Products, place by place.
pub fn products(out: &mut [f64], a: &[f64], b: &[f64]) {
    dispatch!(now(), simd => products_on(simd, out, a, b));
}

#[inline(always)]
fn products_on<S: Simd>(_: S, out: &mut [f64], a: &[f64], b: &[f64]) {
    let (a, b) = (&a[..out.len()], &b[..out.len()]);
    for i in 0..out.len() {
        out[i] = a[i] * b[i];
    }
}

/// Adds products, place by place.
pub fn add_products(sums: &mut [f64], a: &[f64], b: &[f64]) {
    dispatch!(now(), simd => add_products_on(simd, sums, a, b));
}

#[inline(always)]
fn add_products_on<S: Simd>(_: S, sums: &mut [f64], a: &[f64], b: &[f64]) {
    let (a, b) = (&a[..sums.len()], &b[..sums.len()]);
    for i in 0..sums.len() {
        sums[i] += a[i] * b[i];
    }
}

/// Multiplies, place by place.
pub fn multiply(own: &mut [f64], by: &[f64]) {
    dispatch!(now(), simd => multiply_on(simd, own, by));
}

#[inline(always)]
fn multiply_on<S: Simd>(_: S, own: &mut [f64], by: &[f64]) {
    let by = &by[..own.len()];
    for i in 0..own.len() {
        own[i] *= by[i];
    }
}

/// Parts of numbers that are compared.
#[derive(Debug, Clone, Copy)]
pub struct Parts {
    /// How many numbers a part has.
    pub size: usize,
    /// How many parts stand together.
    pub count: usize,
    /// Whether each part is compared with the next one; else the first one with all others.
    pub in_turn: bool,
}

/// Whether a number is above another by more than this, part by part: what follows above what it follows, or the other way round.
pub fn any_above(list: &[f64], parts: Parts, slack: f64, first_above: bool) -> bool {
    dispatch!(now(), simd => any_above_on(simd, list, parts, slack, first_above))
}

#[inline(always)]
fn any_above_on<S: Simd>(
    simd: S,
    list: &[f64],
    parts: Parts,
    slack: f64,
    first_above: bool,
) -> bool {
    let part = parts.size;
    let wide = f64x8::splat(simd, slack);
    let mut most = f64x8::splat(simd, f64::NEG_INFINITY);
    let mut any = false;
    for begin in (0..list.len()).step_by(part * parts.count) {
        for other in 1..parts.count {
            let first = begin + part * if parts.in_turn { other - 1 } else { 0 };
            let other = begin + other * part;
            let (x, y) = match first_above {
                true => (first, other),
                false => (other, first),
            };
            let (x, y) = (&list[x..][..part], &list[y..][..part]);
            let (whole, others) = (eights(x), eights(y));
            let others = &others[..whole.len()];
            for i in 0..whole.len() {
                let x = f64x8::from_slice(simd, &whole[i]);
                let y = f64x8::from_slice(simd, &others[i]);
                most = larger(x - (y + wide), most);
            }
            for i in whole.len() * LANES..part {
                any |= x[i] > y[i] + slack;
            }
        }
    }
    let mut found = [0.0; LANES];
    most.store_slice(&mut found[..]);
    any | found.iter().any(|x| *x > 0.0)
}

/// Z: Σ share × e^W by state, outcomes being `stride` numbers apart; 1 where that would be nothing.
pub fn weigh(e: &[f64], stride: usize, shares: &[Eight], z: &mut [f64]) {
    dispatch!(now(), simd => weigh_on(simd, e, stride, shares, z));
}

#[inline(always)]
fn weigh_on<S: Simd>(simd: S, e: &[f64], stride: usize, shares: &[Eight], z: &mut [f64]) {
    let mut i = 0;
    while i + LANES <= z.len() {
        let mut sum = zero(simd);
        for o in 0..shares.len() {
            let e = f64x8::from_slice(simd, &e[o * stride + i..][..LANES]);
            sum += f64x8::from_slice(simd, &shares[o][..]) * e;
        }
        let sum = sum.simd_le(zero(simd)).select(one(simd), sum);
        sum.store_slice(&mut z[i..][..LANES]);
        i += LANES;
    }
    while i < z.len() {
        let all = (0..shares.len()).map(|o| shares[o][0] * e[o * stride + i]);
        let sum: f64 = all.sum();
        z[i] = if sum <= 0.0 { 1.0 } else { sum };
        i += 1;
    }
}
