//! What is counted at a horizon's end: the mass where each condition holds, by the power of ε, and how much of
//! it is in each outcome.
//!
//! In: the axes that there are. Out: sums.

use super::moves::add;
use super::net::Net;
use super::push::{seen, truth};
use super::space::{Space, TooLarge, View};
use super::test::{Leaf, Test};

/// A horizon's count.
#[derive(Debug, Clone)]
pub(super) struct Tally {
    view: View,
    /// By place: by condition whether it holds.
    holds: Vec<Vec<bool>>,
    /// The combinations of what is told apart that there are, as bits.
    cases: Vec<u64>,
    /// By place which of these it is; none where the first condition does not hold, or nothing is told apart.
    case: Vec<Option<usize>>,
    /// By place the power of ε.
    powers: Vec<usize>,
    /// By place the outcome.
    outcomes: Vec<Option<usize>>,
    most: usize,
}

/// What one condition has at one horizon.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Counted {
    /// By power of ε the mass.
    pub mass: Vec<f64>,
    /// By power of ε the outcomes' masses.
    pub outcomes: Vec<Vec<f64>>,
    /// Of a combination of what is told apart: which of it holds, as bits.
    pub case: u64,
}

impl Counted {
    /// The lowest power of ε that has mass.
    pub(crate) fn power(&self) -> Option<usize> {
        self.mass.iter().position(|m| *m > 0.0)
    }
}

impl Tally {
    pub(super) fn new(
        net: &Net<'_>,
        space: &Space,
        (tests, split): (&[Test], &[Test]),
        target: Option<usize>,
        costly: &[Leaf],
        within: bool,
    ) -> Result<Tally, TooLarge> {
        let mut leaves: Vec<(Leaf, bool)> = costly.iter().map(|l| (*l, false)).collect();
        for test in tests.iter().chain(split) {
            test.leaves(&mut |leaf, was| leaves.push((leaf, was)));
        }
        let outcome = |node: usize, o: usize| Leaf {
            node,
            member: o as u16 + 1,
            chain: false,
        };
        let count = target.map_or(0, |node| outcomes(net, node));
        if let Some(node) = target {
            for o in 0..count {
                leaves.push((outcome(node, o), false));
                if within {
                    leaves.push((outcome(node, o), true));
                }
            }
        }
        leaves.sort_unstable();
        leaves.dedup();
        let view = seen(space, &leaves)?;
        let mut out = Tally {
            holds: Vec::new(),
            cases: Vec::new(),
            case: Vec::new(),
            powers: Vec::new(),
            outcomes: Vec::new(),
            most: costly.len(),
            view,
        };
        let mut at = Vec::new();
        let mut masks: Vec<Option<u64>> = Vec::new();
        for place in 0..out.view.size() {
            out.view.space.values(place, &mut at);
            let is = |leaf: Leaf, was: bool| truth(&out.view.space, &at, leaf, was);
            out.holds.push(tests.iter().map(|t| t.holds(&is)).collect());
            let given = out.holds[place].first() == Some(&true);
            masks.push((given && !split.is_empty()).then(|| {
                let bits = split.iter().enumerate();
                bits.fold(0, |mask, (i, t)| mask | u64::from(t.holds(&is)) << i)
            }));
            out.powers
                .push(costly.iter().filter(|l| is(**l, false)).count());
            let found = target.and_then(|node| {
                (0..count).find(|o| {
                    let leaf = outcome(node, *o);
                    is(leaf, false) && !(within && is(leaf, true))
                })
            });
            out.outcomes.push(found);
        }
        out.cases = masks.iter().flatten().copied().collect();
        out.cases.sort_unstable();
        out.cases.dedup();
        let which = |mask: &Option<u64>| out.cases.binary_search(mask.as_ref()?).ok();
        out.case = masks.iter().map(which).collect();
        Ok(out)
    }

    /// Counts cells: by condition, for each setting.
    pub(super) fn count<const N: usize>(
        &self,
        cells: &[[f64; N]],
        outcomes: usize,
        places: &mut Vec<u32>,
        out: &mut [Vec<Counted>; N],
    ) {
        self.view.places(None, places);
        let mut sums = vec![[0.0; N]; self.view.size()];
        for (cell, place) in cells.iter().zip(places.iter()) {
            add(&mut sums[*place as usize], cell);
        }
        let conditions = self.holds.first().map_or(0, Vec::len);
        let empty = Counted {
            mass: vec![0.0; self.most + 1],
            outcomes: vec![vec![0.0; outcomes]; self.most + 1],
            case: 0,
        };
        for out in out.iter_mut() {
            out.clear();
            out.resize(conditions, empty.clone());
            out.extend(self.cases.iter().map(|case| Counted {
                case: *case,
                ..empty.clone()
            }));
        }
        for (place, sum) in sums.iter().enumerate() {
            let power = self.powers[place];
            let held = self.holds[place].iter().enumerate().filter(|h| *h.1);
            let case = self.case[place].map(|case| conditions + case);
            for c in held.map(|h| h.0).chain(case) {
                for (out, x) in out.iter_mut().zip(sum) {
                    let counted = &mut out[c];
                    counted.mass[power] += x;
                    if let Some(o) = self.outcomes[place] {
                        counted.outcomes[power][o] += x;
                    }
                }
            }
        }
    }
}

fn outcomes(net: &Net<'_>, node: usize) -> usize {
    match net.node(node).map(|n| &n.kind) {
        Some(super::net::Kind::Question(asked)) => asked.decided.len(),
        _ => 0,
    }
}
