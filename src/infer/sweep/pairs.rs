//! Pairs of lumped states: one at a horizon's end, and one at the next one's that it can lead to.
//!
//! In: the axes, and which variables outcomes rest on. Out: every pair, with the group of those that held
//! and hold the same of what outcomes rest on.

use super::super::shape::Shape;
use super::axis::{Axis, Phase, number};
use super::lanes::Lanes;
use assess_lanes::pairs::{Along, Open, Pair};
use std::sync::Arc;

/// More pairs than this go setting by setting: thirteen events that come one by one have three quarters of it.
const MOST: usize = 1 << 21;

/// So few cost less than to find out whether they are needed.
const FEW: usize = 1 << 13;

/// Every pair.
#[derive(Debug, Clone)]
pub(super) struct Pairs {
    axes: Vec<AxisPairs>,
    all: Arc<[Pair]>,
    /// How many groups there are.
    groups: usize,
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
        let mut all = vec![Pair::default()];
        for axis in &axes {
            let longer = all.iter().flat_map(|pair| {
                let (kept, groups) = (axis.kept as u32, axis.groups as u32);
                axis.pairs.iter().map(move |own| Pair {
                    from: pair.from * kept + own.from,
                    to: pair.to * kept + own.to,
                    group: pair.group * groups + own.group,
                })
            });
            all = longer.collect();
        }
        Some(Pairs {
            groups: count(|a| a.groups),
            axes,
            all: all.into(),
        })
    }

    /// Whether they cost little.
    pub(super) fn are_few(&self) -> bool {
        self.all.len() <= FEW
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.all.len()
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

    /// Takes together the cases that held and hold the same: adds to `open`, by state now, what of them is open. `mass` and
    /// `still` say how much there was by state before, and what of it was open; `most` what may be now.
    pub(super) fn cap(
        &self,
        mass: &[Lanes],
        ways: &[Vec<Lanes>],
        (still, most): (&[Lanes], &[Lanes]),
        buffers: &mut Buffers,
        open: &mut [Lanes],
    ) {
        let Buffers { moved, next, sums } = buffers;
        let along: Vec<Along<'_>> = self
            .axes
            .iter()
            .zip(ways)
            .map(|(axis, ways)| Along {
                pairs: &axis.pairs,
                ways,
                kept: axis.kept,
            })
            .collect();
        // Where nothing is told apart, there is one state.
        let nothing = Along {
            pairs: &[Pair::default()],
            ways: &[Lanes::ONE],
            kept: 1,
        };
        let last = along.last().copied().unwrap_or(nothing);
        let of_all = Open {
            all: &self.all,
            last,
            mass: &[],
            still,
            most,
        };
        if self.groups < self.all.len() {
            expand(mass, &along[..along.len().saturating_sub(1)], moved, next);
            let pairs = Open {
                mass: moved,
                ..of_all
            };
            pairs.cap_groups(sums, self.groups, open);
            return;
        }
        // Each pair of the first axis by itself, so that few are kept at once.
        let [first, middle @ .., _] = &along[..] else {
            expand(mass, &[], moved, next);
            let pairs = Open {
                mass: moved,
                ..of_all
            };
            pairs.cap(open);
            return;
        };
        let (inner, count) = (mass.len() / first.kept, self.all.len() / first.pairs.len());
        for (i, pair) in first.pairs.iter().enumerate() {
            let one = Along {
                pairs: &[Pair::default()],
                ways: &first.ways[i..=i],
                kept: 1,
            };
            let mut axes = vec![one];
            axes.extend(middle);
            let mass = &mass[pair.from as usize * inner..][..inner];
            expand(mass, &axes, moved, next);
            let pairs = Open {
                all: &self.all[i * count..][..count],
                mass: moved,
                ..of_all
            };
            pairs.cap(open);
        }
    }
}

/// The masses of the pairs of some axes, of masses by state before; `next` is overwritten.
fn expand(mass: &[Lanes], axes: &[Along<'_>], moved: &mut Vec<Lanes>, next: &mut Vec<Lanes>) {
    moved.clear();
    moved.extend_from_slice(mass);
    let mut inner = mass.len();
    for axis in axes {
        inner /= axis.kept;
        axis.expand(moved, inner, next);
        std::mem::swap(moved, next);
    }
}

/// Masses of pairs; and by group what is open, and all.
#[derive(Debug, Clone, Default)]
pub(super) struct Buffers {
    moved: Vec<Lanes>,
    next: Vec<Lanes>,
    sums: Vec<[Lanes; 2]>,
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
            let along = axis.along(phase).iter();
            let place = |pair: (usize, usize)| {
                let known = pairs.iter().position(|p| *p == pair);
                known.unwrap_or_else(|| {
                    pairs.push(pair);
                    pairs.len() - 1
                })
            };
            along
                .map(|&(from, to)| (from, axis.keep[to]))
                .map(place)
                .collect()
        });
        let group = |&(from, to): &(usize, usize)| (holds[from], holds[to]);
        let groups = number(pairs.len(), |a, b| group(&pairs[a]) == group(&pairs[b]));
        let own = pairs.iter().zip(&groups).map(|(&(from, to), &group)| Pair {
            from: from as u32,
            to: to as u32,
            group: group as u32,
        });
        AxisPairs {
            kept: axis.kept,
            groups: groups.iter().max().map_or(0, |last| last + 1),
            pairs: own.collect(),
            places,
        }
    }
}
