//! Pairs of lumped states: one at a horizon's end, and one at the next one's that it can lead to.
//!
//! In: the components, and which variables outcomes rest on. Out: every pair, with the group of those that held
//! and hold the same of what outcomes rest on.

use super::component::{Component, Phase, number};
use super::lanes::Lanes;
use crate::infer::question::shape::Shape;
use assess_lanes::pairs::{self, Cap, Pair, Scratch, are_apart};

/// More pairs than this go setting by setting: thirteen events that come one by one have three quarters of it.
pub(super) const MOST: usize = 1 << 21;

/// So many are gone through for one setting: fifteen events that come one by one.
pub(super) const MOST_ALONE: usize = 1 << 24;

/// So few cost less than to find out whether they are needed.
const FEW: usize = 1 << 13;

/// Every pair.
#[derive(Debug, Clone)]
pub(super) struct Pairs {
    /// By component, for the first horizon and for later ones: the pair of each cell.
    places: Vec<[Vec<usize>; 2]>,
    all: pairs::Pairs,
}

/// The pairs of one component.
#[derive(Debug, Clone)]
pub(super) struct ComponentPairs {
    /// How many lumps are kept.
    kept: usize,
    pairs: Vec<Pair>,
    /// For the first horizon and for later ones: the pair of each cell.
    places: [Vec<usize>; 2],
}

/// Buffers.
#[derive(Debug, Clone, Default)]
pub(super) struct PairScratch {
    /// By component and pair how likely it is.
    masses: Vec<Vec<Lanes>>,
    blocks: Scratch,
}

impl Pairs {
    /// The pairs of some components; none where there are more than `most`. Those of which pairs share a group come last.
    pub(super) fn new(components: Vec<ComponentPairs>, most: usize) -> Option<Pairs> {
        let own = components.into_iter();
        let (axes, places) = own.map(|a| ((a.pairs, a.kept), a.places)).unzip();
        let all = pairs::Pairs::new(axes, most)?;
        Some(Pairs { places, all })
    }

    /// Whether they cost little.
    pub(super) fn are_few(&self) -> bool {
        self.count() <= FEW
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.all.count()
    }

    /// How likely a component's pairs are, from how likely its lumps were before and its cells' numbers.
    pub(super) fn add_up(
        &self,
        component: usize,
        phase: Phase,
        (mass, along, numbers): (&[Lanes], &[(usize, usize)], &[Lanes]),
        scratch: &mut PairScratch,
    ) {
        if scratch.masses.len() <= component {
            scratch.masses.resize(component + 1, Vec::new());
        }
        let out = &mut scratch.masses[component];
        out.clear();
        out.resize(self.all.axes()[component].0.len(), Lanes::ZERO);
        let places = &self.places[component][usize::from(phase == Phase::Later)];
        for ((place, (from, _)), p) in places.iter().zip(along).zip(numbers) {
            out[*place] += mass[*from] * *p;
        }
    }

    /// Takes together the cases that held and hold the same, and hands them to `cap`.
    pub(super) fn cap(&self, scratch: &mut PairScratch, cap: &mut impl Cap) {
        let PairScratch { masses, blocks } = scratch;
        self.all.cap(masses, blocks, cap);
    }
}

impl ComponentPairs {
    /// `resting` says which variables outcomes rest on.
    pub(super) fn new(shape: &Shape, component: &Component, resting: &[bool]) -> ComponentPairs {
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
            pairs: own.collect(),
            places,
        }
    }

    /// Whether every pair is a group of its own.
    pub(super) fn is_apart(&self) -> bool {
        are_apart(&self.pairs)
    }
}
