//! All that a question rests on, as one space: what lasts, and what passes.
//!
//! In: the axes that there are when it is drawn. Out: what becomes of what is open, what passes and
//! nobody else needs summed out; and the steady shares by what lasts.

use super::judged::{Judged, Now};
use super::net::{Asked, Kind, Net, each_test};
use super::push::{seen, truth};
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
    /// What holds, by what it is numbered.
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
    law: Law,
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
}

/// The steady shares at a time: what is open, then what has ended by outcome, by what lasts.
#[derive(Debug, Clone, Default)]
pub(super) struct Steady<const N: usize> {
    pub shares: Vec<[f64; N]>,
    pub width: usize,
}

impl Scene {
    /// `capped`: whether the steady shares will be asked for.
    pub(super) fn new(
        net: &Net<'_>,
        asked: &Asked,
        axes: &Space,
        capped: bool,
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
            let values = match net.node(node).map(|n| &n.kind) {
                Some(Kind::Question(other)) => {
                    let open = net.model.questions[other.question].open as u16;
                    (1..=open).map(|o| Value::still(o, 0)).collect()
                }
                Some(Kind::Quantity(reaching)) => (0..=reaching.cuts.len())
                    .map(|s| Value::still(s as u16, 0))
                    .collect(),
                _ => vec![Value::still(0, 0), Value::still(1, 0)],
            };
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
            known: HashMap::new(),
            lasting: asked.lasting.clone(),
            inner: Vec::new(),
            outcomes: asked.decided.len(),
        };
        if capped {
            out.number()?;
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
    fn number(&mut self) -> Result<(), TooLarge> {
        let lasting: Vec<(Leaf, bool)> = self.lasting.iter().map(|l| (*l, false)).collect();
        let view = seen(&self.space, &lasting)?;
        view.places(None, &mut self.sigma);
        let mut at = Vec::new();
        for place in 0..view.size() {
            view.space.values(place, &mut at);
            let holds = |leaf: &Leaf| truth(&view.space, &at, *leaf, false);
            let key = self.lasting.iter().map(holds).collect();
            self.known.insert(key, place as u32);
        }
        Ok(())
    }

    fn law(&self, net: &Net<'_>, node: usize, leaves: &[(Leaf, bool)]) -> Result<Law, TooLarge> {
        let axis = self.space.position(node);
        let own = leaves.iter().map(|l| l.0).filter(|l| l.node == node);
        let own: Vec<Leaf> = own.collect();
        let mut at = Vec::new();
        Ok(match net.node(node).map(|n| &n.kind) {
            Some(Kind::Factor(rows)) => {
                let each = (0..self.space.size()).map(|place| {
                    self.space.values(place, &mut at);
                    let is = |leaf, was| truth(&self.space, &at, leaf, was);
                    let row = rows.iter().find(|r| r.0.holds(&is)).map(|r| r.1);
                    (row, axis.is_some_and(|i| at[i].state == 1))
                });
                // An axis on which nobody tells its values apart says nothing.
                match axis {
                    Some(_) => Law::Factor(each.collect()),
                    None => Law::Factor(Vec::new()),
                }
            }
            Some(Kind::Quantity(reaching)) => {
                let Some(axis) = axis else {
                    return Ok(Law::Factor(Vec::new()));
                };
                let is_live = self.live.space.position(node).is_some();
                let each = (0..self.space.size()).map(|place| {
                    self.space.values(place, &mut at);
                    let value = at[axis];
                    let alike = |s: &usize| {
                        let other = Value::still(*s as u16, 0);
                        match is_live {
                            true => own.iter().all(|l| l.now(value) == l.now(other)),
                            false => other == value,
                        }
                    };
                    (0..=reaching.cuts.len()).filter(alike).collect()
                });
                let each = each.collect();
                let reached = Reached::new(reaching, &self.space)?;
                Law::Quantity(Box::new(reached), each)
            }
            Some(Kind::Question(other)) => {
                let open = net.model.questions[other.question].open;
                let alike = |a: Value, o: usize| {
                    let b = Value::still(o as u16 + 1, 0);
                    own.iter().all(|l| l.now(a) == l.now(b))
                };
                let each = (0..self.space.size()).map(|place| {
                    self.space.values(place, &mut at);
                    let value = axis.map_or(Value::default(), |i| at[i]);
                    match usize::from(value.state) {
                        state if state > open => Vec::new(),
                        state if self.live.space.position(node).is_none() => vec![state - 1],
                        _ => (0..open).filter(|o| alike(value, *o)).collect(),
                    }
                });
                match axis {
                    Some(_) => {
                        let each = each.collect();
                        let judged = Judged::new(net.model, other, &self.space)?;
                        Law::Question(Box::new(judged), each)
                    }
                    None => Law::Factor(Vec::new()),
                }
            }
            _ => Law::Factor(Vec::new()),
        })
    }

    /// The number of a state of what lasts, as another space says it.
    pub(super) fn sigma(&self, space: &Space, at: &[Value]) -> u32 {
        let holds = |leaf: &Leaf| truth(space, at, *leaf, false);
        let key: Vec<bool> = self.lasting.iter().map(holds).collect();
        self.known.get(&key).copied().unwrap_or(0)
    }

    /// How many states of what lasts there are.
    pub(super) fn sigmas(&self) -> usize {
        self.known.len()
    }

    /// How likely each place is: what passes and is private, and all that passes, given the rest.
    fn draw<const N: usize>(&self, numbers: &[&Numbers; N], h: usize, work: &mut Buffers<N>) {
        let size = self.space.size();
        for list in [&mut work.own, &mut work.all] {
            list.clear();
            list.resize(size, [1.0; N]);
        }
        for inner in &self.inner {
            let mut by = |place: usize, p: [f64; N]| {
                multiply(&mut work.all[place], &p);
                if inner.is_private {
                    multiply(&mut work.own[place], &p);
                }
            };
            match &inner.law {
                Law::Factor(rows) => {
                    for (place, (row, holds)) in rows.iter().enumerate() {
                        let p = numbers.map(|n| row.map_or(0.0, |r| n.row_at(r, h)));
                        by(place, if *holds { p } else { p.map(|p| 1.0 - p) });
                    }
                }
                Law::Quantity(reached, members) => {
                    let mut shares = Vec::new();
                    reached.shares(numbers, h, &mut shares);
                    let width = reached.width();
                    for (place, members) in members.iter().enumerate() {
                        let mut sum = [0.0; N];
                        for member in members {
                            let share = &shares[place * width + member];
                            sum.iter_mut().zip(share).for_each(|(s, x)| *s += x);
                        }
                        by(place, sum);
                    }
                }
                Law::Question(judged, members) => {
                    judged.fill(numbers, h, &mut work.other);
                    for (place, members) in members.iter().enumerate().filter(|m| !m.1.is_empty()) {
                        let mut sum = [0.0; N];
                        for &o in members {
                            let share = judged.share(&work.other, o, place);
                            sum.iter_mut().zip(share).for_each(|(s, x)| *s += x);
                        }
                        by(place, sum);
                    }
                }
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

    /// What becomes of what is open in horizon `h`, once all is weighed: by live place and outcome the share
    /// that is in it at the horizon's end, or ends in it.
    pub(super) fn go<const N: usize>(
        &self,
        numbers: &[&Numbers; N],
        h: usize,
        work: &mut Buffers<N>,
        out: &mut Vec<[f64; N]>,
    ) {
        let (size, live) = (self.space.size(), self.live.size());
        self.judged.pass(numbers, &work.now, h, &mut work.pass);
        let first = out.len();
        out.resize(first + live * self.outcomes, [0.0; N]);
        for place in 0..size {
            let out = &mut out[first + place % live * self.outcomes..][..self.outcomes];
            for (o, out) in out.iter_mut().enumerate() {
                let share = self.judged.share(&work.now, o, place);
                let (stay, end) = (&work.pass[place], &work.pass[(1 + o) * size + place]);
                for lane in 0..N {
                    let own = work.own[place][lane];
                    out[lane] += own * (stay[lane] * share[lane] + end[lane]);
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
        let (size, sigmas, width) = (self.space.size(), self.sigmas(), 1 + self.outcomes);
        out.width = width;
        out.shares.clear();
        out.shares.resize(sigmas * width, [0.0; N]);
        for shares in out.shares.chunks_exact_mut(width) {
            shares[0] = [1.0; N];
        }
        let mut mean = vec![[0.0; N]; sigmas * width];
        for j in 1..=to {
            self.judged.pass(numbers, &work.now, j, &mut work.pass);
            mean.fill([0.0; N]);
            for (place, sigma) in self.sigma.iter().enumerate() {
                let mean = &mut mean[*sigma as usize * width..][..width];
                for (i, mean) in mean.iter_mut().enumerate() {
                    let way = &work.pass[i * size + place];
                    for ((mean, way), p) in mean.iter_mut().zip(way).zip(&work.all[place]) {
                        *mean += way * p;
                    }
                }
            }
            let all = out.shares.chunks_exact_mut(width);
            for (shares, mean) in all.zip(mean.chunks_exact(width)) {
                let open = shares[0];
                for (share, end) in shares[1..].iter_mut().zip(&mean[1..]) {
                    for ((share, end), open) in share.iter_mut().zip(end).zip(open) {
                        *share += open * end;
                    }
                }
                multiply(&mut shares[0], &mean[0]);
            }
        }
    }
}

fn multiply<const N: usize>(to: &mut [f64; N], by: &[f64; N]) {
    to.iter_mut().zip(by).for_each(|(x, by)| *x *= by);
}
