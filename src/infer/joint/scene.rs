//! All that a question rests on, as one space: what lasts, and what passes.
//!
//! In: the axes that there are when it is drawn. Out: what becomes of what is open, what passes and
//! nobody else needs summed out; and the steady shares by what lasts.

use super::judged::{Judged, Now};
use super::moves::add;
use super::net::{Asked, Kind, Net, each_test};
use super::pairs::{self, Pairs};
use super::push::{seen, seen_whole, times, truth};
use super::quantity::Reached;
use super::space::{Axis, Space, TooLarge, Value, View};
use super::test::Leaf;
use crate::limits;
use crate::model::Numbers;
use assess_lanes::ends::{Parts, add_products, any_above, multiply as multiply_each, products};
use std::collections::HashMap;

/// A question's space.
#[derive(Debug, Clone)]
pub(super) struct Scene {
    /// The axes that there are, as the question sees them.
    pub live: View,
    /// The same, then what passes and only this question rests on.
    pub space: Space,
    pub judged: Judged,
    /// By place which of what lasts holds; empty where nobody asks for steady shares.
    sigma: Vec<u32>,
    /// Whether these are counted through again and again.
    repeats: bool,
    /// The axes of what lasts.
    axes: Vec<Axis>,
    /// What holds, by what it is numbered, where somebody asks for that.
    known: HashMap<Vec<bool>, u32>,
    lasting: Vec<Leaf>,
    inner: Vec<Inner>,
    outcomes: usize,
}

/// Something passing: how likely it is at each place.
#[derive(Debug, Clone)]
struct Inner {
    /// Nobody else rests on it, so that it has no axis.
    is_private: bool,
    /// By place of the scene that of what it and what it rests on tell apart, and how likely each is; none where nobody
    /// tells its own values apart.
    law: Option<(Vec<u32>, Law)>,
}

#[derive(Debug, Clone)]
enum Law {
    /// By place the row in force, and whether it holds there.
    Factor(Vec<(Option<usize>, bool)>),
    /// A number that is not known; by place how many lines it may reach there.
    Quantity(Box<Reached>, Vec<Vec<usize>>),
    /// Another question; by place the outcomes that are one there, none where it has ended.
    Question(Box<Judged>, Vec<Vec<usize>>),
}

/// Buffers.
#[derive(Debug, Clone, Default)]
pub(super) struct Buffers<const N: usize> {
    now: Now<N>,
    other: Now<N>,
    pass: Vec<[f64; N]>,
    own: Vec<[f64; N]>,
    all: Vec<[f64; N]>,
    mean: Vec<[f64; N]>,
    table: Vec<[f64; N]>,
    spare: Steady<N>,
}

/// The steady shares at a time: by what lasts what is open, then by outcome what has ended.
#[derive(Debug, Clone, Default)]
pub(super) struct Steady<const N: usize> {
    shares: Vec<[f64; N]>,
    /// How many states of what lasts there are.
    count: usize,
}

impl<const N: usize> Steady<N> {
    /// What is open in a state of what lasts, or from 1 on what has ended in an outcome.
    pub(super) fn at(&self, i: usize, sigma: u32) -> &[f64; N] {
        &self.shares[i * self.count + sigma as usize]
    }

    /// The same, to be changed.
    pub(super) fn at_mut(&mut self, i: usize, sigma: usize) -> &mut [f64; N] {
        &mut self.shares[i * self.count + sigma]
    }

    /// How many states of what lasts there are.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    fn all(&self, i: usize) -> &[[f64; N]] {
        &self.shares[i * self.count..][..self.count]
    }
}

/// What is asked of steady shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Nothing,
    Shares,
    /// Those of what lasts in other spaces, too.
    Elsewhere,
}

/// Of each setting all mass, and by outcome what of it is in it.
pub(super) type Counted<const N: usize> = ([f64; N], Vec<[f64; N]>);

impl Scene {
    pub(super) fn new(
        net: &Net<'_>,
        asked: &Asked,
        axes: &Space,
        wanted: Wanted,
    ) -> Result<Scene, TooLarge> {
        let mut leaves: Vec<(Leaf, bool)> = asked.lasting.iter().map(|l| (*l, false)).collect();
        let mut look = |kind: &Kind| {
            each_test(kind, &mut |test| {
                test.leaves(&mut |leaf, _| leaves.push((leaf, false)));
            });
        };
        look(&Kind::Question(Box::new(asked.clone())));
        for node in asked.passing.iter().filter_map(|n| net.node(*n)) {
            look(&node.kind);
        }
        leaves.sort_unstable();
        leaves.dedup();
        let live = seen(axes, &leaves)?;
        let mut space = live.space.clone();
        let is_private = |node: usize| axes.position(node).is_none();
        for &node in asked.passing.iter().filter(|n| is_private(**n)) {
            let all = match net.node(node).map(|n| &n.kind) {
                Some(Kind::Question(other)) => 1..=net.model.questions[other.question].open,
                Some(Kind::Quantity(reaching)) => 0..=reaching.cuts.len(),
                _ => 0..=1,
            };
            let own = told(&leaves, node);
            let is_factor = matches!(net.node(node).map(|n| &n.kind), Some(Kind::Factor(_)));
            let mut values: Vec<Value> = Vec::new();
            for value in all.map(|s| Value::still(s as u16, 0)) {
                if is_factor || !values.iter().any(|v| alike(&own, *v, value)) {
                    values.push(value);
                }
            }
            space.axes.push(Axis { node, values });
        }
        let space = space.checked()?;
        // Each thing that passes has a row for every place.
        let rows = space.size().saturating_mul(asked.passing.len());
        if rows > limits::JOINT_CELLS / 4 {
            return Err(TooLarge {
                nodes: space.axes.iter().map(|a| a.node).collect(),
            });
        }
        let mut out = Scene {
            judged: Judged::new(net.model, asked, &space)?,
            live,
            space,
            sigma: Vec::new(),
            repeats: false,
            axes: Vec::new(),
            known: HashMap::new(),
            lasting: asked.lasting.clone(),
            inner: Vec::new(),
            outcomes: asked.decided.len(),
        };
        if wanted != Wanted::Nothing {
            out.number(wanted == Wanted::Elsewhere)?;
        }
        for &node in &asked.passing {
            let law = out.law(net, node, &leaves)?.map(|(view, law)| {
                let mut places = Vec::new();
                view.places(None, &mut places);
                (places, law)
            });
            out.inner.push(Inner {
                is_private: is_private(node),
                law,
            });
        }
        Ok(out)
    }

    /// Numbers what lasts, place by place.
    fn number(&mut self, elsewhere: bool) -> Result<(), TooLarge> {
        let lasting: Vec<(Leaf, bool)> = self.lasting.iter().map(|l| (*l, false)).collect();
        let view = seen(&self.space, &lasting)?;
        view.places(None, &mut self.sigma);
        self.axes.clone_from(&view.space.axes);
        let mut each = self.sigma.iter().enumerate();
        self.repeats = each.all(|(place, sigma)| place % view.size() == *sigma as usize);
        let mut at = Vec::new();
        for place in 0..if elsewhere { view.size() } else { 0 } {
            view.space.values(place, &mut at);
            let holds = |leaf: &Leaf| truth(&view.space, &at, *leaf, false);
            let key = self.lasting.iter().map(holds).collect();
            self.known.insert(key, place as u32);
        }
        Ok(())
    }

    fn law(
        &self,
        net: &Net<'_>,
        node: usize,
        leaves: &[(Leaf, bool)],
    ) -> Result<Option<(View, Law)>, TooLarge> {
        let Some(kind) = net.node(node).map(|n| &n.kind) else {
            return Ok(None);
        };
        // An axis on which nobody tells its values apart says nothing.
        if self.space.position(node).is_none() {
            return Ok(None);
        }
        let own = told(leaves, node);
        let mut on = Vec::new();
        each_test(kind, &mut |test| {
            test.leaves(&mut |leaf, _| on.push((leaf, false)));
        });
        let view = seen_whole(&self.space, &on, &[node])?;
        let space = &view.space;
        let axis = space.position(node);
        let mut at = Vec::new();
        // The members of the axis that are one with its value at a place.
        let mut members = |first: usize, to: usize, is: &dyn Fn(Value) -> bool| {
            let each = (0..space.size()).map(|place| {
                space.values(place, &mut at);
                let value = axis.map_or(Value::default(), |i| at[i]);
                let all = (first..to).filter(|_| is(value));
                let all = all.filter(|s| alike(&own, value, Value::still(*s as u16, 0)));
                all.map(|s| s - first).collect()
            });
            each.collect::<Vec<Vec<usize>>>()
        };
        let law = match kind {
            Kind::Factor(rows) => {
                let each = (0..space.size()).map(|place| {
                    space.values(place, &mut at);
                    let is = |leaf, was| truth(space, &at, leaf, was);
                    let row = rows.iter().find(|r| r.0.holds(&is)).map(|r| r.1);
                    (row, axis.is_some_and(|i| at[i].state == 1))
                });
                Law::Factor(each.collect())
            }
            Kind::Quantity(reaching) => {
                let members = members(0, reaching.cuts.len() + 1, &|_| true);
                Law::Quantity(Box::new(Reached::new(reaching, space)?), members)
            }
            Kind::Question(other) => {
                let open = net.model.questions[other.question].open;
                let is_open = |value: Value| usize::from(value.state) <= open;
                let members = members(1, open + 1, &is_open);
                let judged = Judged::new(net.model, other, space)?;
                Law::Question(Box::new(judged), members)
            }
            _ => return Ok(None),
        };
        Ok(Some((view, law)))
    }

    /// The number of a state of what lasts, as another space says it.
    pub(super) fn sigma(&self, space: &Space, at: &[Value]) -> u32 {
        let holds = |leaf: &Leaf| truth(space, at, *leaf, false);
        let key: Vec<bool> = self.lasting.iter().map(holds).collect();
        self.known.get(&key).copied().unwrap_or(0)
    }

    /// How many states of what lasts there are.
    pub(super) fn sigmas(&self) -> usize {
        self.axes.iter().map(|axis| axis.values.len()).product()
    }

    /// How likely each place is: what passes and is private, and all that passes, given the rest.
    fn draw<const N: usize>(&self, numbers: &[&Numbers; N], h: usize, work: &mut Buffers<N>) {
        let Buffers {
            own,
            all,
            other,
            table,
            ..
        } = work;
        let is_capped = !self.sigma.is_empty();
        own.clear();
        all.clear();
        for inner in &self.inner {
            let Some((places, law)) = &inner.law else {
                continue;
            };
            if !is_capped && !inner.is_private {
                continue;
            }
            law.fill(numbers, h, other, table);
            let lists = [(&mut *own, inner.is_private), (&mut *all, self.is_mixed())];
            for (list, _) in lists.into_iter().filter(|(_, counts)| *counts) {
                match list.is_empty() {
                    true => list.extend(places.iter().map(|place| table[*place as usize])),
                    false => multiply(list, table, places),
                }
            }
        }
    }

    /// Whether what lasts has to be told apart, and somebody else rests on some of what passes as well.
    fn is_mixed(&self) -> bool {
        let mut drawn = self.inner.iter().filter(|inner| inner.law.is_some());
        !self.sigma.is_empty() && drawn.any(|inner| !inner.is_private)
    }

    /// Weighs everything at horizon `h`.
    pub(super) fn weigh<const N: usize>(
        &self,
        numbers: &[&Numbers; N],
        h: usize,
        work: &mut Buffers<N>,
    ) {
        self.draw(numbers, h, work);
        self.judged.fill(numbers, h, &mut work.now);
    }

    /// Weighs what does not depend on the question's own prior.
    pub(super) fn weigh_pushes<const N: usize>(
        &self,
        numbers: &[&Numbers; N],
        h: usize,
        work: &mut Buffers<N>,
    ) {
        self.draw(numbers, h, work);
        self.judged.fill_pushes(numbers, h, &mut work.now);
    }

    /// All mass and what of it is in each outcome at the end of horizon `h`, of so much by live place, once pushes are
    /// weighed; where nothing ends.
    pub(super) fn count<const N: usize>(
        &self,
        numbers: &[&Numbers; N],
        h: usize,
        cells: &[[f64; N]],
        work: &mut Buffers<N>,
    ) -> Counted<N> {
        let Buffers { own, now, .. } = work;
        if let Some(found) = self.judged.count(numbers, h, (cells, own), now) {
            return found;
        }
        self.judged.fill_prior(numbers, h, now);
        let mut shares = vec![[0.0; N]; self.live.size() * self.outcomes];
        self.still(work, &mut shares);
        let mut mass = [0.0; N];
        cells.iter().for_each(|cell| add(&mut mass, cell));
        let each = shares.chunks_exact(cells.len()).map(|shares| {
            let mut sum = [0.0; N];
            for (cell, share) in cells.iter().zip(shares) {
                for lane in 0..N {
                    sum[lane] += cell[lane] * share[lane];
                }
            }
            sum
        });
        (mass, each.collect())
    }

    /// Where nothing ends, what becomes of what is open.
    fn still<const N: usize>(&self, work: &mut Buffers<N>, out: &mut [[f64; N]]) {
        let Buffers { own, now, .. } = work;
        own.resize(self.space.size(), [1.0; N]);
        self.judged.still(now, own, self.live.size(), out);
    }

    /// The same where only the question's own prior has changed since.
    pub(super) fn weigh_prior<const N: usize>(
        &self,
        numbers: &[&Numbers; N],
        h: usize,
        work: &mut Buffers<N>,
    ) {
        self.judged.fill_prior(numbers, h, &mut work.now);
    }

    /// What becomes of what is open in horizon `h`, once all is weighed: by outcome and live place the share
    /// that is in it at the horizon's end, or ends in it.
    pub(super) fn go<const N: usize>(
        &self,
        numbers: &[&Numbers; N],
        h: usize,
        work: &mut Buffers<N>,
        out: &mut Vec<[f64; N]>,
    ) {
        let (size, live) = (self.space.size(), self.live.size());
        let first = out.len();
        out.resize(first + live * self.outcomes, [0.0; N]);
        let out = &mut out[first..];
        if self.judged.is_still() {
            self.still(work, out);
            return;
        }
        work.own.resize(size, [1.0; N]);
        self.judged.pass(numbers, &work.now, h, &mut work.pass);
        for place in 0..size {
            for o in 0..self.outcomes {
                let share = self.judged.share(&work.now, o, place);
                let (stay, end) = (&work.pass[place], &work.pass[(1 + o) * size + place]);
                let end = if self.judged.ends_in(o) {
                    end
                } else {
                    &[0.0; N]
                };
                let (own, out) = (&work.own[place], &mut out[o * live + place % live]);
                for lane in 0..N {
                    out[lane] += own[lane] * (stay[lane] * share[lane] + end[lane]);
                }
            }
        }
    }

    /// The steady shares at the end of horizon `to`, with all else of the horizon that was weighed.
    pub(super) fn steady<const N: usize>(
        &self,
        numbers: &[&Numbers; N],
        to: usize,
        work: &mut Buffers<N>,
        out: &mut Steady<N>,
    ) {
        out.count = self.sigmas();
        out.shares.resize(out.count * (1 + self.outcomes), [0.0; N]);
        let (open, ended) = out.shares.split_at_mut(out.count);
        open.fill([1.0; N]);
        ended.fill([0.0; N]);
        for j in 1..=to {
            self.judged.pass(numbers, &work.now, j, &mut work.pass);
            self.go_on(work, out);
        }
    }

    /// The steady shares one horizon later, once it is known what becomes of what is open in it.
    fn go_on<const N: usize>(&self, work: &mut Buffers<N>, out: &mut Steady<N>) {
        let count = out.count;
        let (open, ended) = out.shares.split_at_mut(count);
        for a in self.judged.finals() {
            let mean = self.mean(1 + a, work);
            let ended = &mut ended[a * count..][..count];
            add_products(
                ended.as_flattened_mut(),
                open.as_flattened(),
                mean.as_flattened(),
            );
        }
        let stays = self.mean(0, work);
        multiply_each(open.as_flattened_mut(), stays.as_flattened());
    }

    /// What becomes of what is open, over what passes: what stays, or from 1 on what ends in an outcome.
    fn mean<'w, const N: usize>(&self, i: usize, work: &'w mut Buffers<N>) -> &'w [[f64; N]] {
        let is_mixed = self.is_mixed();
        let Buffers {
            mean,
            pass,
            own,
            all,
            ..
        } = work;
        let size = self.space.size();
        let ways = &pass[i * size..][..size];
        let all = if is_mixed { &*all } else { &*own };
        let count = self.sigmas();
        mean.resize(count, [0.0; N]);
        if all.is_empty() {
            // Where nothing passes, each state of what lasts is one place.
            for (sigma, way) in self.sigma.iter().zip(ways) {
                mean[*sigma as usize] = *way;
            }
            return mean;
        }
        if self.repeats {
            let each = ways.chunks_exact(count).zip(all.chunks_exact(count));
            for (i, (ways, all)) in each.enumerate() {
                let add = if i == 0 { products } else { add_products };
                let (ways, all) = (ways.as_flattened(), all.as_flattened());
                add(mean.as_flattened_mut(), ways, all);
            }
            return mean;
        }
        mean.fill([0.0; N]);
        for ((sigma, way), p) in self.sigma.iter().zip(ways).zip(all) {
            let mean = &mut mean[*sigma as usize];
            for lane in 0..N {
                mean[lane] += way[lane] * p[lane];
            }
        }
        mean
    }

    /// What each value of a node adds to the number of a state of what lasts.
    pub(super) fn adds(&self, node: usize, values: &[Value]) -> Vec<u32> {
        let own = self.lasting.iter().copied().filter(|l| l.node == node);
        let own: Vec<Leaf> = own.collect();
        let axis = self.axes.iter().position(|axis| axis.node == node);
        let stride = |axis: usize| -> usize {
            let before = self.axes[..axis].iter();
            before.map(|axis| axis.values.len()).product()
        };
        let add = |value: &Value| {
            axis.map_or(0, |i| {
                let mut seen = self.axes[i].values.iter();
                let seen = seen.position(|v| alike(&own, *v, *value));
                (seen.unwrap_or_default() * stride(i)) as u32
            })
        };
        values.iter().map(add).collect()
    }

    /// The same of so much mass by live place, for some masses, where an outcome is final. What has ended before follows from
    /// what lasts: it is the steady share, or where more would be open than was, in some state, or less ended, it is capped pair
    /// by pair. `past` is that of the horizon before, and becomes that of this one; nothing where it would have to be capped, and
    /// there are too many pairs.
    pub(super) fn settle<const N: usize>(
        &self,
        (numbers, h): (&[&Numbers; N], usize),
        cells: &[&[[f64; N]]],
        work: &mut Buffers<N>,
        past: &mut Steady<N>,
        (pairs, paired): (Option<&Pairs>, &mut pairs::Scratch),
    ) -> Option<Vec<Counted<N>>> {
        self.weigh(numbers, h, work);
        let mut now = std::mem::take(&mut work.spare);
        self.steady(numbers, h - 1, work, &mut now);
        let finals: Vec<usize> = self.judged.finals().collect();
        if h > 1 && (paired.is_on || self.rises(&now, past)) {
            pairs?.cap(&finals, past, &mut now, paired);
        }
        self.judged.pass(numbers, &work.now, h, &mut work.pass);
        let found = cells.iter().map(|cells| self.settled(cells, work, &now));
        let found = found.collect();
        if let Some(pairs) = pairs.filter(|_| paired.is_on) {
            for (i, a) in finals.iter().enumerate() {
                pairs.go_on(1 + i, self.mean(1 + a, work), paired);
            }
            pairs.go_on(0, self.mean(0, work), paired);
        }
        self.go_on(work, &mut now);
        work.spare = std::mem::replace(past, now);
        Some(found)
    }

    /// What of so much mass by live place is in each outcome, and all of it, told what had ended before.
    fn settled<const N: usize>(
        &self,
        cells: &[[f64; N]],
        work: &mut Buffers<N>,
        before: &Steady<N>,
    ) -> Counted<N> {
        let (size, live) = (self.space.size(), self.live.size());
        let by_place: Vec<[f64; N]>;
        let before = match self.repeats {
            true => (&before.shares[..], before.count),
            false => {
                let each = (0..=self.outcomes).map(|i| before.all(i));
                let places = each.flat_map(|all| self.sigma.iter().map(|s| all[*s as usize]));
                by_place = places.collect();
                (&by_place[..], size)
            }
        };
        let Buffers { now, own, pass, .. } = work;
        if let Some(found) = self.judged.settle(now, (cells, own), before, pass) {
            return found;
        }
        own.resize(size, [1.0; N]);
        let (before, span) = before;
        let (mut whole, mut sums) = ([0.0; N], vec![[0.0; N]; self.outcomes]);
        for place in 0..size {
            let mut mass = cells[place % live];
            times(&mut mass, &own[place]);
            // In the same order, so that what is certain is exactly this.
            add(&mut whole, &mass);
            let before = |i: usize| &before[i * span + place % span];
            let (open, stay) = (before(0), &pass[place]);
            for (o, sum) in sums.iter_mut().enumerate() {
                let share = self.judged.share(now, o, place);
                let (end, ended) = (&pass[(1 + o) * size + place], before(1 + o));
                let end = if self.judged.ends_in(o) {
                    end
                } else {
                    &[0.0; N]
                };
                for lane in 0..N {
                    let goes = stay[lane] * share[lane] + end[lane];
                    sum[lane] += mass[lane] * (open[lane] * goes + ended[lane]);
                }
            }
        }
        (whole, sums)
    }

    /// Whether more is open when a horizon begins, or less has ended, than in some state that may lead there: what lasts
    /// comes, and never goes.
    fn rises<const N: usize>(&self, now: &Steady<N>, past: &Steady<N>) -> bool {
        /// Rounding may make a share fall by this much.
        const SLACK: f64 = 1e-12;
        // Never more than before is open, never less has ended; in one outcome that is the same.
        let several = self.judged.finals().count() > 1;
        let finals = self.judged.finals().filter(|_| several);
        let looked = std::iter::once(0).chain(finals.map(|a| 1 + a));
        for i in looked {
            let (all, then) = (now.all(i).as_flattened(), past.all(i).as_flattened());
            let mut stride = N;
            for axis in &self.axes {
                let parts = Parts {
                    size: stride,
                    count: axis.values.len(),
                    // Of a chain one comes after the other, of a group one instead of none.
                    in_turn: self.lasting.iter().any(|l| l.node == axis.node && l.chain),
                };
                if any_above(all, parts, SLACK, i > 0) {
                    return true;
                }
                stride *= parts.count;
            }
            let (low, high) = if i > 0 { (all, then) } else { (then, all) };
            let each = low.iter().zip(high);
            if each.fold(false, |any, (low, high)| any | (*high > low + SLACK)) {
                return true;
            }
        }
        false
    }
}

/// Multiplies numbers by the entries of their places.
fn multiply<const N: usize>(list: &mut [[f64; N]], table: &[[f64; N]], places: &[u32]) {
    for (x, place) in list.iter_mut().zip(places) {
        times(x, &table[*place as usize]);
    }
}

impl Law {
    /// How likely each place of its view is, given what the rest of it says.
    fn fill<const N: usize>(
        &self,
        numbers: &[&Numbers; N],
        h: usize,
        other: &mut Now<N>,
        out: &mut Vec<[f64; N]>,
    ) {
        out.clear();
        match self {
            Law::Factor(rows) => {
                out.extend(rows.iter().map(|(row, holds)| {
                    let p = numbers.map(|n| row.map_or(0.0, |r| n.row_at(r, h)));
                    if *holds { p } else { p.map(|p| 1.0 - p) }
                }));
            }
            Law::Quantity(reached, members) => {
                let mut shares = Vec::new();
                reached.shares(numbers, h, &mut shares);
                let width = reached.width();
                for (place, members) in members.iter().enumerate() {
                    let mut sum = [0.0; N];
                    for member in members {
                        add(&mut sum, &shares[place * width + member]);
                    }
                    out.push(sum);
                }
            }
            Law::Question(judged, members) => {
                judged.fill(numbers, h, other);
                for (place, members) in members.iter().enumerate() {
                    // Where it has ended, nothing of it is drawn.
                    let mut sum = [if members.is_empty() { 1.0 } else { 0.0 }; N];
                    for &o in members {
                        add(&mut sum, &judged.share(other, o, place));
                    }
                    out.push(sum);
                }
            }
        }
    }
}

/// What is asked about a node.
fn told(leaves: &[(Leaf, bool)], node: usize) -> Vec<Leaf> {
    let own = leaves.iter().map(|l| l.0).filter(|l| l.node == node);
    own.collect()
}

/// Whether nobody who asks so tells two values apart.
fn alike(asked: &[Leaf], a: Value, b: Value) -> bool {
    asked.iter().all(|l| l.now(a) == l.now(b))
}
