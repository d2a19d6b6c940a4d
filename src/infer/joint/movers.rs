//! What moves a quantity, and the mixture that comes of it.
//!
//! In: a quantity of a model, and what is made so and given. Out: by horizon the moves with how likely
//! each is. What moves it falls into blocks that have nothing to do with each other, so that the blocks
//! are summed over one by one and then folded together; within a block the strongest things are told
//! apart. What is put together or replaced by its mean is bounded, and the bound is told.

use super::answer::{Joint, MadeSo, ratio, whole};
use super::push::{Push, Pusher};
use super::test::{Leaf, Test};
use super::{Ask, Plan, Results};
use crate::diag::Diagnostic;
use crate::infer::mixture::Part;
use crate::infer::question::reach::rests;
use crate::limits;
use crate::model::condition::Cond;
use crate::model::quantities::Spec;
use crate::model::{Model, Numbers, What};
use crate::resolve::assessment::Mark;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Parts of a mixture; beyond, those whose moves lie near each other are put together.
const PARTS: usize = 4096;

/// Parts that are kept for a moment, while two blocks are folded together.
const AT_ONCE: usize = 1 << 20;

/// The same in each draw, of which only the middle is looked at.
const ROUGH: usize = 64;

/// What moves a quantity: which things are told apart, and by how much each case moves it.
struct Movers {
    /// What may hold or not.
    atoms: Vec<Cond>,
    push: Push,
}

impl Movers {
    fn new(model: &Model, quantity: usize) -> Movers {
        let mut atoms: Vec<Cond> = Vec::new();
        let mut leaf = |cond: Cond| {
            let at = atoms.iter().position(|a| *a == cond);
            let at = at.unwrap_or_else(|| {
                atoms.push(cond);
                atoms.len() - 1
            });
            Test::Is(Leaf {
                node: at,
                member: 1,
                chain: false,
            })
        };
        let mut pushers = Vec::new();
        for (d, push) in model.movers(quantity) {
            let driver = &model.drivers[d];
            let test = match driver.what {
                What::Always => Test::Known(true),
                What::Assumption => leaf(Cond::Is(d).negated()),
                _ => leaf(Cond::Is(d)),
            };
            let counts = driver.counted.iter();
            let counts = counts.map(|(c, place)| (leaf(Cond::Is(*c)), *place));
            pushers.push(Pusher {
                driver: d,
                test,
                pushes: vec![(0, push)],
                counts: counts.collect(),
            });
        }
        Movers {
            push: Push::new(model, 1, pushers),
            atoms,
        }
    }
}

/// Clusters of drivers that hang together, and the things that they act on.
struct Block {
    /// By their places.
    clusters: Vec<usize>,
    /// Those that are told apart, by their places among all.
    atoms: Vec<usize>,
    /// Those that are replaced by how likely they are.
    faint: Vec<usize>,
    /// By thing, of all, its bit in a case.
    bits: Vec<Option<u32>>,
    /// The drivers that move the quantity themselves.
    drivers: Vec<usize>,
}

/// One case of a block at one horizon.
#[derive(Debug, Clone)]
pub(super) struct Case {
    /// Which things hold, by their bits.
    holds: u64,
    /// How likely each of the faint things is in this case.
    faint: Vec<f64>,
    /// How likely it is.
    pub share: f64,
    /// Between which numbers the quantity is known to lie.
    ends: (f64, f64),
}

/// A quantity made ready to be computed with many settings of the numbers.
pub(super) struct Ready {
    movers: Movers,
    blocks: Vec<Block>,
    /// Where what is given cuts the quantity, in its unit.
    cells: Vec<f64>,
    pub spec: Spec,
}

/// Parts with how far off the move of any of them may be, on the scale of g.
#[derive(Debug, Clone, Default)]
pub(super) struct Parts {
    pub parts: Vec<Part>,
    pub off: f64,
}

impl Ready {
    /// Of a quantity by its place.
    pub(super) fn new(joint: &Joint<'_>, quantity: usize, given: Option<&Cond>) -> Ready {
        let model = &joint.model;
        let movers = Movers::new(model, quantity);
        // Where what is given tells nothing of a quantity its cells sum to what it is.
        let cells: Vec<f64> = match given.filter(|given| rests_on_number(model, given, quantity)) {
            None => Vec::new(),
            Some(given) => super::quantity::cuts(model, [given]).swap_remove(quantity),
        };
        let mut ready = Ready {
            blocks: Vec::new(),
            spec: model.quantities[quantity].clone(),
            movers,
            cells,
        };
        ready.blocks = ready.split(joint, given);
        ready
    }

    /// Clusters that rest on something together, or on what is given, are one block.
    fn split(&self, joint: &Joint<'_>, given: Option<&Cond>) -> Vec<Block> {
        let model = &joint.model;
        let reached = |cond: &Cond| {
            let (mut drivers, questions) = rests(model, [cond], Vec::new());
            // What always holds ties nothing to anything.
            for (reached, driver) in drivers.iter_mut().zip(&model.drivers) {
                *reached &= !matches!(driver.what, What::Always);
            }
            [drivers, questions].concat()
        };
        let of_atoms: Vec<Vec<bool>> = self.movers.atoms.iter().map(reached).collect();
        let of_given = given.map(reached);
        // What is given of the quantity itself ties all that moves it.
        let is_one = !self.cells.is_empty();
        let clusters = self.movers.push.clusters();
        let atoms_of = |cluster: usize| {
            let mut atoms = Vec::new();
            for pusher in &clusters[cluster].pushers {
                let counts = pusher.counts.iter().map(|c| &c.0);
                for test in counts.chain([&pusher.test]) {
                    test.leaves(&mut |leaf, _| atoms.push(leaf.node));
                }
            }
            atoms.sort_unstable();
            atoms.dedup();
            atoms
        };
        // What each block rests on, its clusters and atoms.
        type Open = (Vec<bool>, Vec<usize>, Vec<usize>);
        let mut open: Vec<Open> = Vec::new();
        for cluster in 0..clusters.len() {
            let atoms = atoms_of(cluster);
            let mut own: Open = (
                vec![false; model.drivers.len() + model.questions.len()],
                vec![cluster],
                atoms.clone(),
            );
            let mut join = |rests: &[bool]| {
                own.0.iter_mut().zip(rests).for_each(|(a, b)| *a |= b);
            };
            atoms.iter().for_each(|a| join(&of_atoms[*a]));
            // All that what is given tells something of hangs together through it.
            if let Some(given) = &of_given
                && own.0.iter().zip(given).any(|(a, b)| *a && *b)
            {
                own.0.iter_mut().zip(given).for_each(|(a, b)| *a |= b);
            }
            let meets = |other: &Open| is_one || other.0.iter().zip(&own.0).any(|(a, b)| *a && *b);
            let (joined, rest): (Vec<Open>, Vec<Open>) = open.into_iter().partition(meets);
            for mut other in joined {
                own.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
                own.1.append(&mut other.1);
                own.2.append(&mut other.2);
            }
            open = rest;
            open.push(own);
        }
        // Where nothing moves it, what is given of it still does.
        if is_one && open.is_empty() {
            open.push(Open::default());
        }
        let mut blocks: Vec<Block> = open
            .into_iter()
            .map(|(_, mut own, mut atoms)| {
                own.sort_unstable();
                atoms.sort_unstable();
                atoms.dedup();
                let (atoms, faint) = self.strongest(joint, &own, atoms);
                let drivers = own.iter().flat_map(|c| &clusters[*c].pushers);
                let mut bits = vec![None; self.movers.atoms.len()];
                for (bit, atom) in (0u32..).zip(&atoms) {
                    bits[*atom] = Some(bit);
                }
                Block {
                    bits,
                    drivers: drivers.map(|p| p.driver).collect(),
                    clusters: own,
                    atoms,
                    faint,
                }
            })
            .collect();
        blocks.sort_by_key(|b| b.clusters.first().copied());
        blocks
    }

    /// The things that are told apart, those that move most, and the others.
    fn strongest(
        &self,
        joint: &Joint<'_>,
        clusters: &[usize],
        mut atoms: Vec<usize>,
    ) -> (Vec<usize>, Vec<usize>) {
        if atoms.len() <= limits::MOVERS {
            return (atoms, Vec::new());
        }
        let size = |atom: usize| {
            let each = (1..=joint.model.horizons()).map(|h| {
                let by = |holds: Option<usize>| {
                    let is = |thing: usize| holds == Some(thing);
                    self.shift(clusters, &joint.point, h, &is, &|_| true)
                };
                (by(Some(atom)) - by(None)).abs()
            });
            each.fold(0.0, f64::max)
        };
        let mut sized: Vec<(f64, usize)> = atoms.drain(..).map(|a| (size(a), a)).collect();
        sized.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut atoms: Vec<usize> = sized.iter().map(|s| s.1).collect();
        let mut faint = atoms.split_off(limits::MOVERS);
        atoms.sort_unstable();
        faint.sort_unstable();
        (atoms, faint)
    }

    /// By how much the drivers that `may` move it do where these things hold.
    fn shift(
        &self,
        clusters: &[usize],
        numbers: &Numbers,
        h: usize,
        holds: &dyn Fn(usize) -> bool,
        may: &dyn Fn(usize) -> bool,
    ) -> f64 {
        let is = |leaf: Leaf, _: bool| holds(leaf.node);
        let all = self.movers.push.clusters();
        let each = clusters.iter().map(|c| {
            let cluster = &all[*c];
            let acts = cluster.pushers.iter().enumerate();
            let acts = acts.filter(|(_, p)| may(p.driver) && p.test.holds(&is));
            let who = acts.map(|(i, p)| {
                let counts = p.counts.iter().filter(|c| c.0.holds(&is));
                (i, counts.map(|c| c.1).collect())
            });
            let who: Vec<(usize, Vec<usize>)> = who.collect();
            cluster.sum(numbers, h, 0, &who)
        });
        each.sum()
    }

    /// The move of a case, and how far off it may be where faint things are replaced by their chance.
    fn moved(
        &self,
        block: &Block,
        numbers: &Numbers,
        h: usize,
        case: &Case,
        may: &dyn Fn(usize) -> bool,
    ) -> (f64, f64) {
        let told = |thing: usize| block.bits[thing].is_some_and(|bit| case.holds >> bit & 1 == 1);
        let base = self.shift(&block.clusters, numbers, h, &told, may);
        let (mut moved, mut off) = (base, 0.0);
        for (atom, p) in block.faint.iter().zip(&case.faint) {
            let with = |thing: usize| thing == *atom || told(thing);
            let by = self.shift(&block.clusters, numbers, h, &with, may) - base;
            moved += p * by;
            off += by.abs() * p.max(1.0 - p);
        }
        (moved, off)
    }

    /// The steps of each block: of its cases, and of each faint thing beside them.
    pub(super) fn plans(
        &self,
        joint: &mut Joint<'_>,
        quantity: usize,
        (made, given): (&MadeSo, Option<&Cond>),
    ) -> Result<Vec<Arc<Plan>>, Box<Diagnostic>> {
        let mut plans = Vec::new();
        for block in &self.blocks {
            let beside = block.faint.iter().map(Some);
            for faint in std::iter::once(None).chain(beside) {
                let things = block.atoms.iter().chain(faint);
                let things = things.map(|thing| self.movers.atoms[*thing].clone());
                let marks = self
                    .cells
                    .iter()
                    .map(|x| Cond::Reaches(quantity, Mark::at(*x)));
                let ask = made.asking(None, vec![whole(given)], given.is_some());
                plans.push(joint.plan(&Ask {
                    split: things.chain(marks).collect(),
                    ..ask
                })?);
            }
        }
        Ok(plans)
    }

    /// The cases of each block at a horizon, told what each was found to be; none where what is given
    /// cannot hold.
    pub(super) fn cases(
        &self,
        joint: &Joint<'_>,
        found: &[Results],
        h: usize,
    ) -> Option<Vec<Vec<Case>>> {
        let mut out = Vec::new();
        let mut found = found.iter();
        for block in &self.blocks {
            let told = self.told(joint, found.next()?, h)?;
            let mut cases: Vec<Case> = told
                .iter()
                .map(|(mask, share)| {
                    let marks = mask >> block.atoms.len();
                    // A quantity that reaches a mark reaches all below it.
                    let cell = marks.count_ones() as usize;
                    let end = |i: Option<usize>, beyond: f64| {
                        i.and_then(|i| self.cells.get(i))
                            .map_or(beyond, |x| self.spec.g(*x))
                    };
                    Case {
                        holds: *mask,
                        faint: Vec::new(),
                        share: *share,
                        ends: (
                            end(cell.checked_sub(1), f64::NEG_INFINITY),
                            end(Some(cell), f64::INFINITY),
                        ),
                    }
                })
                .collect();
            for _ in &block.faint {
                let beside: BTreeMap<u64, f64> =
                    self.told(joint, found.next()?, h)?.into_iter().collect();
                let bit = block.atoms.len();
                for case in &mut cases {
                    // The faint thing's bit stands between those of the others and the marks.
                    let low = case.holds & ((1 << bit) - 1);
                    let mask = low | 1 << bit | (case.holds >> bit) << (bit + 1);
                    let with = beside.get(&mask).copied().unwrap_or(0.0);
                    case.faint.push((with / case.share).min(1.0));
                }
            }
            out.push(cases);
        }
        Some(out)
    }

    /// How likely each combination is, those that cannot be left out; none where what is given cannot hold.
    fn told(&self, joint: &Joint<'_>, results: &Results, h: usize) -> Option<Vec<(u64, f64)>> {
        let (first, rest) = results[h].split_first()?;
        let whole = joint.found(None, first)?;
        if rest.is_empty() {
            return Some(vec![(0, 1.0)]);
        }
        let each = rest.iter().map(|counted| {
            let found = joint.found(None, counted);
            (
                counted.case,
                ratio(found.as_ref(), Some(&whole)).unwrap_or(0.0),
            )
        });
        Some(each.filter(|case| case.1 > 0.0).collect())
    }

    /// All blocks together.
    pub(super) fn parts(&self, numbers: &Numbers, h: usize, cases: &[Vec<Case>]) -> Parts {
        self.folded(numbers, h, cases, PARTS)
    }

    /// The same with few parts, for what is drawn.
    pub(super) fn rough(&self, numbers: &Numbers, h: usize, cases: &[Vec<Case>]) -> Parts {
        self.folded(numbers, h, cases, ROUGH)
    }

    fn folded(&self, numbers: &Numbers, h: usize, cases: &[Vec<Case>], most: usize) -> Parts {
        let mut out = Parts {
            parts: vec![Part {
                moved: 0.0,
                low: f64::NEG_INFINITY,
                high: f64::INFINITY,
                share: 1.0,
            }],
            off: 0.0,
        };
        for (block, cases) in self.blocks.iter().zip(cases) {
            let (mut own, mut furthest) = (Vec::new(), 0.0f64);
            for case in cases {
                let (moved, off) = self.moved(block, numbers, h, case, &|_| true);
                furthest = furthest.max(off);
                own.push((moved, case));
            }
            let own = own.into_iter().map(|(moved, case)| Part {
                moved,
                low: case.ends.0,
                high: case.ends.1,
                share: case.share,
            });
            let mut own: Vec<Part> = own.collect();
            out.off += furthest + thin(&mut own, (AT_ONCE / out.parts.len()).max(2));
            let both = out.parts.iter().flat_map(|p| {
                own.iter().map(move |own| Part {
                    moved: p.moved + own.moved,
                    low: p.low.max(own.low),
                    high: p.high.min(own.high),
                    share: p.share * own.share,
                })
            });
            out.parts = both.collect();
            out.off += thin(&mut out.parts, most);
        }
        out
    }

    /// Whether nothing moves it.
    pub(super) fn is_still(&self) -> bool {
        self.blocks.is_empty()
    }

    /// By block the drivers that move the quantity.
    pub(super) fn blocks_of_drivers(&self) -> Vec<&[usize]> {
        self.blocks.iter().map(|b| b.drivers.as_slice()).collect()
    }

    /// By how much each driver of a block moves the quantity by itself, and on which thing that hangs, where
    /// none shares anything with another or is counted: the moves then add up.
    fn each_alone(
        &self,
        block: &Block,
        numbers: &Numbers,
        h: usize,
    ) -> Option<Vec<(f64, Option<usize>)>> {
        let clusters = block
            .clusters
            .iter()
            .map(|c| &self.movers.push.clusters()[*c]);
        let each = clusters.map(|cluster| match cluster.pushers.as_slice() {
            [one] if one.counts.is_empty() => {
                let thing = match &one.test {
                    Test::Known(true) => None,
                    Test::Is(leaf) => Some(leaf.node),
                    _ => return None,
                };
                Some((cluster.sum(numbers, h, 0, &[(0, Vec::new())]), thing))
            }
            _ => None,
        });
        each.collect()
    }

    /// How likely a thing is in a case: 0 or 1 of one that is told apart.
    fn chance(block: &Block, case: &Case, thing: Option<usize>) -> f64 {
        let Some(thing) = thing else { return 1.0 };
        match block.bits[thing] {
            Some(bit) => f64::from(u8::from(case.holds >> bit & 1 == 1)),
            None => {
                let faint = block.faint.iter().position(|f| *f == thing);
                faint.map_or(0.0, |i| case.faint[i])
            }
        }
    }

    /// What each driver of a block adds to the mean, where moves add up.
    pub(super) fn added(
        &self,
        (block, numbers, h): (usize, &Numbers, usize),
        cases: &[Case],
    ) -> Option<Vec<f64>> {
        let block = &self.blocks[block];
        let each = self.each_alone(block, numbers, h)?.into_iter();
        let each = each.map(|(by, thing)| {
            let held = cases
                .iter()
                .map(|c| c.share * Ready::chance(block, c, thing));
            by * held.sum::<f64>()
        });
        Some(each.collect())
    }

    /// The mean of the move in a block, or with `log` of its ratio, where those drivers alone act that are
    /// in a set, by their places in the block.
    pub(super) fn mean(
        &self,
        (block, numbers, h): (usize, &Numbers, usize),
        cases: &[Case],
        has: &dyn Fn(usize) -> bool,
    ) -> f64 {
        let block = &self.blocks[block];
        let whole = |moved: f64| {
            if self.spec.log {
                libm::exp(moved)
            } else {
                moved
            }
        };
        if let Some(alone) = self.each_alone(block, numbers, h) {
            let acts: Vec<&(f64, Option<usize>)> = alone
                .iter()
                .enumerate()
                .filter_map(|(i, one)| has(i).then_some(one))
                .collect();
            let each = cases.iter().map(|case| {
                let moved = acts
                    .iter()
                    .map(|(by, thing)| by * Ready::chance(block, case, *thing));
                case.share * whole(moved.sum())
            });
            return each.sum();
        }
        let may = |d: usize| {
            let at = block.drivers.iter().position(|other| *other == d);
            at.is_some_and(has)
        };
        let each = cases.iter().map(|case| {
            let moved = self.moved(block, numbers, h, case, &may).0;
            case.share * whole(moved)
        });
        each.sum()
    }
}

/// Whether a condition tells something of a quantity: names a mark of it, or something that rests on one.
fn rests_on_number(model: &Model, given: &Cond, quantity: usize) -> bool {
    let mut found = false;
    let mut see = |cond: &Cond| cond.marks(&mut |q, _| found |= q == quantity);
    see(given);
    let (drivers, questions) = rests(model, [given], Vec::new());
    for (driver, _) in model.drivers.iter().zip(&drivers).filter(|d| *d.1) {
        driver
            .rows
            .iter()
            .filter_map(|r| r.0.as_ref())
            .for_each(&mut see);
        if let What::Change(when) = &driver.what {
            see(when);
        }
    }
    for (question, _) in model.questions.iter().zip(&questions).filter(|q| *q.1) {
        question
            .priors
            .iter()
            .filter_map(|p| p.0.as_ref())
            .for_each(&mut see);
        question.decided.iter().flatten().for_each(&mut see);
    }
    found
}

/// Puts parts together whose moves lie near each other until no more than so many are left; the furthest
/// that a move was taken. Their mean stays, so that all of it has the mean that it had.
fn thin(parts: &mut Vec<Part>, most: usize) -> f64 {
    if parts.len() <= most {
        return 0.0;
    }
    parts.sort_by(|a, b| {
        let key = |p: &Part| [p.low, p.high, p.moved, p.share];
        let pairs = key(a).into_iter().zip(key(b));
        let order = pairs.map(|(x, y)| x.total_cmp(&y));
        order.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
    });
    let ends = |f: fn(f64, f64) -> f64, from| parts.iter().map(|p| p.moved).fold(from, f);
    let (low, high) = (
        ends(f64::min, f64::INFINITY),
        ends(f64::max, f64::NEG_INFINITY),
    );
    // Parts of different cells are never put together, so that each cell has its own steps.
    let width = (high - low) / (most / 2) as f64;
    let mut off = 0.0f64;
    let mut out: Vec<Part> = Vec::new();
    let mut first = 0.0;
    for part in parts.iter() {
        let near = out.last_mut().filter(|last| {
            last.low == part.low && last.high == part.high && part.moved - first <= width
        });
        match near {
            Some(last) => {
                let share = last.share + part.share;
                last.moved += (part.moved - last.moved) * (part.share / share);
                last.share = share;
                off = off.max(part.moved - first);
            }
            None => {
                first = part.moved;
                out.push(*part);
            }
        }
    }
    *parts = out;
    off
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn thinning_keeps_the_mean_and_its_bound(
            moves in prop::collection::vec((-3.0f64..3.0, 0.01f64..1.0), 20..300),
            most in 8usize..40,
        ) {
            let sum: f64 = moves.iter().map(|m| m.1).sum();
            let mut parts: Vec<Part> = moves
                .iter()
                .map(|&(moved, share)| Part {
                    moved,
                    low: f64::NEG_INFINITY,
                    high: f64::INFINITY,
                    share: share / sum,
                })
                .collect();
            let mut before = parts.clone();
            let off = thin(&mut parts, most);
            let mean = |all: &[Part]| all.iter().map(|p| p.share * p.moved).sum::<f64>();
            prop_assert!((mean(&before) - mean(&parts)).abs() < 1e-12);
            prop_assert!(parts.len() <= most);
            // Quantiles of the moves lie within the bound.
            let quantile = |all: &mut Vec<Part>, at: f64| {
                all.sort_by(|a, b| a.moved.total_cmp(&b.moved));
                let mut sum = 0.0;
                let found = all.iter().find(|p| {
                    sum += p.share;
                    sum >= at - 1e-9
                });
                found.map_or(f64::NAN, |p| p.moved)
            };
            for at in [0.05, 0.25, 0.5, 0.8, 0.95] {
                let (a, b) = (quantile(&mut before, at), quantile(&mut parts, at));
                prop_assert!((a - b).abs() <= off + 1e-9, "{a} {b} {off}");
            }
        }
    }
}
