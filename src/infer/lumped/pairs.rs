//! Pairs of lumped states: one at a horizon's end, and one at the next one's that it can lead to.
//!
//! In: the components, and which variables outcomes rest on. Out: every pair, with the group of those that held
//! and hold the same of what outcomes rest on.

use super::component::{Component, Phase, number};
use super::lanes::Lanes;
use crate::infer::question::shape::Shape;
use assess_lanes::pairs::{Along, Open, Pair};
use std::sync::Arc;

/// More pairs than this go setting by setting: thirteen events that come one by one have three quarters of it.
const MOST: usize = 1 << 21;

/// So few cost less than to find out whether they are needed.
const FEW: usize = 1 << 13;

/// Every pair.
#[derive(Debug, Clone)]
pub(super) struct Pairs {
    components: Vec<ComponentPairs>,
    all: Arc<[Pair]>,
    /// How many groups there are.
    groups: usize,
}

/// The pairs of one component.
#[derive(Debug, Clone)]
struct ComponentPairs {
    /// How many lumps are kept.
    kept: usize,
    pairs: Vec<Pair>,
    groups: usize,
    /// For the first horizon and for later ones: the pair of each cell.
    places: [Vec<usize>; 2],
}

impl Pairs {
    /// The pairs of these components; none where there are too many. `resting` says which variables outcomes
    /// rest on.
    pub(super) fn new(shape: &Shape, components: &[Component], resting: &[bool]) -> Option<Pairs> {
        let components: Vec<ComponentPairs> = components
            .iter()
            .map(|a| ComponentPairs::new(shape, a, resting))
            .collect();
        let count = |size: fn(&ComponentPairs) -> usize| {
            components
                .iter()
                .fold(1, |all: usize, a| all.saturating_mul(size(a)))
        };
        if count(|a| a.pairs.len()) > MOST {
            return None;
        }
        let mut all = vec![Pair::default()];
        for component in &components {
            let longer = all.iter().flat_map(|pair| {
                let (kept, groups) = (component.kept as u32, component.groups as u32);
                component.pairs.iter().map(move |own| Pair {
                    from: pair.from * kept + own.from,
                    to: pair.to * kept + own.to,
                    group: pair.group * groups + own.group,
                })
            });
            all = longer.collect();
        }
        Some(Pairs {
            groups: count(|a| a.groups),
            components,
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

    /// How likely a component' pairs are, from its cells' numbers.
    pub(super) fn add_up(
        &self,
        component: usize,
        phase: Phase,
        numbers: &[Lanes],
        out: &mut Vec<Lanes>,
    ) {
        let component = &self.components[component];
        out.clear();
        out.resize(component.pairs.len(), Lanes::ZERO);
        let places = &component.places[usize::from(phase == Phase::Later)];
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
            .components
            .iter()
            .zip(ways)
            .map(|(component, ways)| Along {
                pairs: &component.pairs,
                ways,
                kept: component.kept,
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
        // Each pair of the first component by itself, so that few are kept at once.
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
            let mut components = vec![one];
            components.extend(middle);
            let mass = &mass[pair.from as usize * inner..][..inner];
            expand(mass, &components, moved, next);
            let pairs = Open {
                all: &self.all[i * count..][..count],
                mass: moved,
                ..of_all
            };
            pairs.cap(open);
        }
    }
}

/// The masses of the pairs of some components, of masses by state before; `next` is overwritten.
fn expand(mass: &[Lanes], components: &[Along<'_>], moved: &mut Vec<Lanes>, next: &mut Vec<Lanes>) {
    moved.clear();
    moved.extend_from_slice(mass);
    let mut inner = mass.len();
    for component in components {
        inner /= component.kept;
        component.expand(moved, inner, next);
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

impl ComponentPairs {
    fn new(shape: &Shape, component: &Component, resting: &[bool]) -> ComponentPairs {
        // What is kept holds the same of what outcomes rest on where these bits are the same.
        let (vars, samples) = component.samples();
        let wanted = vars
            .iter()
            .enumerate()
            .filter(|(_, v)| resting[**v] && shape.lasts(**v));
        let mask: usize = wanted.map(|(j, _)| 1usize << j).sum();
        let sample = |kept: usize| {
            let full = component.keep.iter().position(|k| *k == kept);
            full.map_or(0, |full| samples[full]) & mask
        };
        let holds = number(component.kept, |a, b| sample(a) == sample(b));
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        let places = [Phase::First, Phase::Later].map(|phase| {
            let along = component.along(phase).iter();
            let place = |pair: (usize, usize)| {
                let known = pairs.iter().position(|p| *p == pair);
                known.unwrap_or_else(|| {
                    pairs.push(pair);
                    pairs.len() - 1
                })
            };
            along
                .map(|&(from, to)| (from, component.keep[to]))
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
        ComponentPairs {
            kept: component.kept,
            groups: groups.iter().max().map_or(0, |last| last + 1),
            pairs: own.collect(),
            places,
        }
    }
}
