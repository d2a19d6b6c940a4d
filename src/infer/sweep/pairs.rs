//! Pairs of lumped states: one at a horizon's end, and one at the next one's that it can lead to.
//!
//! In: the axes, and which variables outcomes rest on. Out: every pair, with the group of those that held
//! and hold the same of what outcomes rest on.

use super::super::shape::Shape;
use super::axis::{Axis, Phase, number};
use super::lanes::Lanes;

/// More pairs than this go setting by setting.
const MOST: usize = 1 << 16;

/// Every pair.
#[derive(Debug, Clone)]
pub(super) struct Pairs {
    axes: Vec<AxisPairs>,
    pub(super) all: Vec<Pair>,
    /// How many groups there are.
    pub(super) groups: usize,
}

/// What lasted before, what lasts now, and the group.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) group: usize,
}

/// The pairs of one axis.
#[derive(Debug, Clone)]
struct AxisPairs {
    /// How many lumps are kept.
    kept: usize,
    pairs: Vec<Pair>,
    groups: usize,
    /// For the first horizon and for later ones: the pair of each cell.
    places: [Vec<usize>; 2],
}

impl Pairs {
    /// The pairs of these axes; none where there are too many. `resting` says which variables outcomes
    /// rest on.
    pub(super) fn new(shape: &Shape, axes: &[Axis], resting: &[bool]) -> Option<Pairs> {
        let axes: Vec<AxisPairs> = axes
            .iter()
            .map(|a| AxisPairs::new(shape, a, resting))
            .collect();
        let count = |size: fn(&AxisPairs) -> usize| {
            axes.iter()
                .fold(1, |all: usize, a| all.saturating_mul(size(a)))
        };
        if count(|a| a.pairs.len()) > MOST {
            return None;
        }
        let mut all = vec![Pair {
            from: 0,
            to: 0,
            group: 0,
        }];
        for axis in &axes {
            let longer = all.iter().flat_map(|pair| {
                axis.pairs.iter().map(|own| Pair {
                    from: pair.from * axis.kept + own.from,
                    to: pair.to * axis.kept + own.to,
                    group: pair.group * axis.groups + own.group,
                })
            });
            all = longer.collect();
        }
        Some(Pairs {
            groups: count(|a| a.groups),
            axes,
            all,
        })
    }

    /// How likely an axis' pairs are, from its cells' numbers.
    pub(super) fn add_up(
        &self,
        axis: usize,
        phase: Phase,
        numbers: &[Lanes],
        out: &mut Vec<Lanes>,
    ) {
        let axis = &self.axes[axis];
        out.clear();
        out.resize(axis.pairs.len(), Lanes::ZERO);
        let places = &axis.places[usize::from(phase == Phase::Later)];
        for (place, p) in places.iter().zip(numbers) {
            out[*place] += *p;
        }
    }

    /// Whether every pair is a group of its own.
    pub(super) fn apart(&self) -> bool {
        self.groups == self.all.len()
    }

    /// Every pair with its mass; `out` and `next` are buffers.
    pub(super) fn each(
        &self,
        mass: &[Lanes],
        ways: &[Vec<Lanes>],
        (out, next): (&mut Vec<Lanes>, &mut Vec<Lanes>),
        mut see: impl FnMut(&Pair, Lanes),
    ) {
        let Some((last, rest)) = self.axes.split_last() else {
            // Nothing is told apart: there is one state.
            for (pair, mass) in self.all.iter().zip(mass) {
                see(pair, *mass);
            }
            return;
        };
        out.clear();
        out.extend_from_slice(mass);
        let mut inner = mass.len();
        for (axis, ways) in rest.iter().zip(ways) {
            inner /= axis.kept;
            next.clear();
            for before in out.chunks_exact(axis.kept * inner) {
                for (pair, p) in axis.pairs.iter().zip(ways) {
                    let before = &before[pair.from * inner..][..inner];
                    next.extend(before.iter().map(|x| *x * *p));
                }
            }
            std::mem::swap(out, next);
        }
        // The last axis, whose neighbours stand side by side, goes through no buffer.
        let ways = &ways[rest.len()];
        let all = self.all.chunks_exact(last.pairs.len());
        for (before, all) in out.chunks_exact(last.kept).zip(all) {
            for ((own, p), pair) in last.pairs.iter().zip(ways).zip(all) {
                see(pair, before[own.from] * *p);
            }
        }
    }
}

impl AxisPairs {
    fn new(shape: &Shape, axis: &Axis, resting: &[bool]) -> AxisPairs {
        // What is kept holds the same of what outcomes rest on where these bits are the same.
        let (vars, samples) = axis.samples();
        let wanted = vars
            .iter()
            .enumerate()
            .filter(|(_, v)| resting[**v] && shape.lasts(**v));
        let mask: usize = wanted.map(|(j, _)| 1usize << j).sum();
        let sample = |kept: usize| {
            let full = axis.keep.iter().position(|k| *k == kept);
            full.map_or(0, |full| samples[full]) & mask
        };
        let holds = number(axis.kept, |a, b| sample(a) == sample(b));
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        let places = [Phase::First, Phase::Later].map(|phase| {
            let cells = axis.cells(phase).iter();
            let place = |pair: (usize, usize)| {
                let known = pairs.iter().position(|p| *p == pair);
                known.unwrap_or_else(|| {
                    pairs.push(pair);
                    pairs.len() - 1
                })
            };
            cells
                .map(|c| (c.from, axis.keep[c.to]))
                .map(place)
                .collect()
        });
        let group = |&(from, to): &(usize, usize)| (holds[from], holds[to]);
        let groups = number(pairs.len(), |a, b| group(&pairs[a]) == group(&pairs[b]));
        let own = pairs
            .iter()
            .zip(&groups)
            .map(|(&(from, to), &group)| Pair { from, to, group });
        AxisPairs {
            kept: axis.kept,
            groups: groups.iter().max().map_or(0, |last| last + 1),
            pairs: own.collect(),
            places,
        }
    }
}
