//! All that a question rests on, as one space: what lasts, and what passes.
//!
//! In: the axes that there are when it is drawn. Out: what becomes of what is open, what passes and
//! nobody else needs summed out; and the steady shares by what lasts.

use super::judged::{Judged, Now};
use super::moves::add;
use super::net::{Asked, Kind, Net, each_test};
use super::push::{seen, seen_whole, times, truth};
use super::quantity::Reached;
use super::space::{Axis, Space, TooLarge, Value, View};
use super::test::Leaf;
use crate::limits;
use crate::model::Numbers;
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
    /// How many values each of its axes has.
    sizes: Vec<usize>,
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
    /// What it and what it rests on tell apart; none where nobody tells its own values apart.
    law: Option<(View, Law)>,
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
    table: Vec<[f64; N]>,
    places: Vec<u32>,
}

/// The steady shares at a time: what is open, then what has ended by outcome, by what lasts.
#[derive(Debug, Clone, Default)]
pub(super) struct Steady<const N: usize> {
    pub shares: Vec<[f64; N]>,
    pub width: usize,
}

/// What is asked of steady shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Nothing,
    Shares,
    /// Those of what lasts in other spaces, too.
    Elsewhere,
}

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
            sizes: Vec::new(),
            known: HashMap::new(),
            lasting: asked.lasting.clone(),
            inner: Vec::new(),
            outcomes: asked.decided.len(),
        };
        if wanted != Wanted::Nothing {
            out.number(wanted == Wanted::Elsewhere)?;
        }
        for &node in &asked.passing {
            let law = out.law(net, node, &leaves)?;
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
        self.sizes = view.space.axes.iter().map(|a| a.values.len()).collect();
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
        self.sizes.iter().product()
    }

    /// How likely each place is: what passes and is private, and all that passes, given the rest.
    fn draw<const N: usize>(&self, numbers: &[&Numbers; N], h: usize, work: &mut Buffers<N>) {
        let size = self.space.size();
        let Buffers {
            own,
            all,
            other,
            table,
            places,
            ..
        } = work;
        let is_capped = !self.sigma.is_empty();
        own.clear();
        all.clear();
        all.resize(if is_capped { size } else { 0 }, [1.0; N]);
        for inner in &self.inner {
            let Some((view, law)) = &inner.law else {
                continue;
            };
            if !is_capped && !inner.is_private {
                continue;
            }
            law.fill(numbers, h, other, table);
            view.places(None, places);
            if inner.is_private && own.is_empty() {
                own.extend(places.iter().map(|place| table[*place as usize]));
            } else if inner.is_private {
                multiply(own, table, places);
            }
            if is_capped {
                multiply(all, table, places);
            }
        }
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
    ) -> ([f64; N], Vec<[f64; N]>) {
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
        let (sigmas, width) = (self.sigmas(), 1 + self.outcomes);
        out.width = width;
        out.shares.clear();
        out.shares.resize(sigmas * width, [0.0; N]);
        for shares in out.shares.chunks_exact_mut(width) {
            shares[0] = [1.0; N];
        }
        for j in 1..=to {
            self.judged.pass(numbers, &work.now, j, &mut work.pass);
            self.go_on(work, out);
        }
    }

    /// The steady shares one horizon later, once it is known what becomes of what is open in it.
    fn go_on<const N: usize>(&self, work: &Buffers<N>, out: &mut Steady<N>) {
        let (size, width) = (self.space.size(), out.width);
        let mut mean = vec![[0.0; N]; out.shares.len()];
        for (place, sigma) in self.sigma.iter().enumerate() {
            let (mean, p) = (
                &mut mean[*sigma as usize * width..][..width],
                &work.all[place],
            );
            for i in 0..width {
                let (mean, way) = (&mut mean[i], &work.pass[i * size + place]);
                for lane in 0..N {
                    mean[lane] += way[lane] * p[lane];
                }
            }
        }
        let all = out.shares.chunks_exact_mut(width);
        for (shares, mean) in all.zip(mean.chunks_exact(width)) {
            let open = shares[0];
            for i in 1..width {
                for lane in 0..N {
                    shares[i][lane] += open[lane] * mean[i][lane];
                }
            }
            times(&mut shares[0], &mean[0]);
        }
    }

    /// The same of so much mass by live place, where an outcome is final and what has ended before
    /// follows from what lasts: it is the steady share. `past` is that of the horizon before, and becomes that of this
    /// one; nothing where more would be open than was, in some state, or less ended.
    pub(super) fn settle<const N: usize>(
        &self,
        numbers: &[&Numbers; N],
        h: usize,
        cells: &[[f64; N]],
        work: &mut Buffers<N>,
        past: &mut Steady<N>,
    ) -> Option<([f64; N], Vec<[f64; N]>)> {
        self.weigh(numbers, h, work);
        let mut now = Steady::default();
        self.steady(numbers, h - 1, work, &mut now);
        if h > 1 && self.rises(&now, past) {
            return None;
        }
        self.judged.pass(numbers, &work.now, h, &mut work.pass);
        let (size, live) = (self.space.size(), self.live.size());
        work.own.resize(size, [1.0; N]);
        let (mut whole, mut sums) = ([0.0; N], vec![[0.0; N]; self.outcomes]);
        for place in 0..size {
            let mut mass = cells[place % live];
            times(&mut mass, &work.own[place]);
            // In the same order, so that what is certain is exactly this.
            add(&mut whole, &mass);
            let before = &now.shares[self.sigma[place] as usize * now.width..][..now.width];
            let stay = &work.pass[place];
            for o in 0..self.outcomes {
                let share = self.judged.share(&work.now, o, place);
                let (end, ended) = (&work.pass[(1 + o) * size + place], &before[1 + o]);
                let sum = &mut sums[o];
                for lane in 0..N {
                    let goes = stay[lane] * share[lane] + end[lane];
                    sum[lane] += mass[lane] * (before[0][lane] * goes + ended[lane]);
                }
            }
        }
        self.go_on(work, &mut now);
        *past = now;
        Some((whole, sums))
    }

    /// Whether more is open when a horizon begins, or less has ended, than in some state that may lead there: what lasts
    /// comes, and never goes.
    fn rises<'s, const N: usize>(&self, now: &'s Steady<N>, past: &'s Steady<N>) -> bool {
        /// Rounding may make a share fall by this much.
        const SLACK: f64 = 1e-12;
        let width = now.width;
        let worse = |place: usize, then: &[[f64; N]]| {
            let now = &now.shares[place * width..][..width];
            let mut any = false;
            for lane in 0..N {
                any |= now[0][lane] > then[0][lane] + SLACK;
            }
            for i in 1..width {
                for lane in 0..N {
                    any |= now[i][lane] < then[i][lane] - SLACK;
                }
            }
            any
        };
        let at = |all: &'s [[f64; N]], place: usize| &all[place * width..][..width];
        let count = self.sigmas();
        if (0..count).any(|place| worse(place, at(&past.shares, place))) {
            return true;
        }
        let mut stride = 1;
        for &size in &self.sizes {
            for without in (0..count).filter(|place| place / stride % size == 0) {
                for value in 1..size {
                    if worse(without + value * stride, at(&now.shares, without)) {
                        return true;
                    }
                }
            }
            stride *= size;
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
