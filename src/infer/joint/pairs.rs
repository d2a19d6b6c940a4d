//! What was and what is, pair by pair, of what goes its own way: what had ended of a question where that does not follow from
//! what lasts alone.
//!
//! In: how each such node moves, and the steady shares. Out: what is open, and what has ended, by what lasts. What goes its own
//! way is independent, so that how likely a pair of states is, is a product.

use super::judged::eight;
use super::moves::Move;
use super::scene::Steady;
use assess_lanes::Lanes;
use assess_lanes::pairs::{self, Open, Pair, are_apart};
use assess_lanes::several::{Capped, divide};

/// More states than this are not followed: eight settings of each number of theirs are kept.
const STATES: usize = 1 << 17;

/// How one node moves, in every horizon alike.
#[derive(Debug, Clone)]
pub(super) struct Mover {
    /// Its place among those that go their own way.
    pub place: usize,
    /// The ways of its values.
    pub moved: Move,
    /// By value what it adds to the number of what lasts.
    pub adds: Vec<u32>,
}

/// The pairs of all movers.
#[derive(Debug, Clone)]
pub(super) struct Pairs {
    /// By axis the place of its node.
    places: Vec<usize>,
    all: pairs::Pairs,
    /// By state of all movers what lasts of it.
    sigma: Vec<u32>,
}

/// Buffers, and what is known of the horizon before.
#[derive(Debug, Clone, Default)]
pub(super) struct Scratch {
    /// By axis and pair how likely it is.
    masses: Vec<Vec<Lanes>>,
    /// By state the split of what is in it: what is open, then where several outcomes are final what has ended in each.
    still: Vec<Lanes>,
    /// The same had what holds held all along.
    most: Vec<Lanes>,
    out: Vec<Lanes>,
    /// By state how likely it is.
    mass: Vec<Lanes>,
    group: Vec<Lanes>,
    runs: Vec<Lanes>,
    blocks: pairs::Scratch,
    /// Whether what is open has been followed pair by pair.
    pub is_on: bool,
}

impl Pairs {
    /// The pairs of these movers; none where there are more than `most`, or too many states.
    pub(super) fn new(movers: &[Mover], most: usize) -> Option<Pairs> {
        let mut own: Vec<(&Mover, Vec<Pair>)> = movers.iter().map(|m| (m, m.pairs())).collect();
        own.sort_by_key(|(_, pairs)| !are_apart(pairs));
        let sizes = own.iter().map(|(mover, _)| mover.adds.len());
        if sizes.fold(1, usize::saturating_mul) > STATES {
            return None;
        }
        let places = own.iter().map(|(mover, _)| mover.place).collect();
        let mut sigma = vec![0];
        for (mover, _) in &own {
            let longer = sigma.iter().flat_map(|before| {
                let adds = mover.adds.iter();
                adds.map(move |add| before + add)
            });
            sigma = longer.collect();
        }
        let axes = own.into_iter().map(|(m, pairs)| (pairs, m.adds.len()));
        Some(Pairs {
            places,
            all: pairs::Pairs::new(axes.collect(), most)?,
            sigma,
        })
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.all.count()
    }

    /// How likely the pairs of the node at a place are, from how likely its values were and the chances of its ways.
    pub(super) fn add_up<const N: usize>(
        &self,
        place: usize,
        (moved, chances): (&Move, &[[f64; N]]),
        own: &[[f64; N]],
        work: &mut Scratch,
    ) {
        let Some(axis) = self.places.iter().position(|p| *p == place) else {
            return;
        };
        work.masses.resize(self.places.len(), Vec::new());
        let masses = &mut work.masses[axis];
        masses.clear();
        for (from, own) in own.iter().enumerate() {
            let ways = moved.first[from] as usize..moved.first[from + 1] as usize;
            for (_, chance) in &moved.ways[ways] {
                let mut mass = wide(own);
                mass *= wide(&chances[*chance as usize]);
                masses.push(mass);
            }
        }
    }

    /// Caps what is open by the steady shares, which become what is: of cases that held and hold the same together no more is
    /// open, and what ends of them ends where less has ended than would have.
    pub(super) fn cap<const N: usize>(
        &self,
        finals: &[usize],
        past: &Steady<N>,
        now: &mut Steady<N>,
        work: &mut Scratch,
    ) {
        let looked = looked(finals);
        self.weigh(work);
        let Scratch {
            masses,
            still,
            most,
            out,
            mass,
            group,
            runs,
            blocks,
            is_on,
        } = work;
        if !std::mem::replace(is_on, true) {
            self.read(&looked, past, still);
        }
        self.read(&looked, now, most);
        out.clear();
        out.resize(still.len(), Lanes::ZERO);
        match finals {
            [_] => {
                let (open, sums) = (&mut out[..], runs);
                let mut capped = Open {
                    still,
                    most,
                    open,
                    sums,
                };
                self.all.cap(masses, blocks, &mut capped);
            }
            finals => {
                let mut capped = Capped {
                    finals: finals.len(),
                    still,
                    most,
                    out,
                    group,
                    runs,
                };
                self.all.cap(masses, blocks, &mut capped);
            }
        }
        divide(out, mass, still);
        // What lasts of some states may be the same.
        let width = looked.len();
        let mut whole = vec![Lanes::ZERO; now.count()];
        let mut sums = vec![Lanes::ZERO; now.count() * width];
        for (place, sigma) in self.sigma.iter().enumerate() {
            let sigma = *sigma as usize;
            whole[sigma] += mass[place];
            for a in 0..width {
                sums[sigma * width + a] += out[place * width + a];
            }
        }
        let mut shares = vec![Lanes::ZERO; sums.len()];
        divide(&sums, &whole, &mut shares);
        for (sigma, shares) in shares.chunks_exact(width).enumerate() {
            for (i, share) in looked.iter().zip(shares) {
                *now.at_mut(*i, sigma) = narrow(*share);
            }
            if let [a] = finals {
                *now.at_mut(1 + a, sigma) = narrow(Lanes::ONE - shares[0]);
            }
        }
    }

    /// What is open goes on to the horizon's end: `ways` says by what lasts how much of it stays, or from 1 on how much of it ends
    /// in each final outcome.
    pub(super) fn go_on<const N: usize>(&self, i: usize, ways: &[[f64; N]], work: &mut Scratch) {
        let width = work.still.len() / self.sigma.len();
        // Of one final outcome what has ended is what is not open.
        for (split, sigma) in work.still.chunks_exact_mut(width).zip(&self.sigma) {
            let way = wide(&ways[*sigma as usize]);
            match i {
                0 => split[0] *= way,
                i if i < width => {
                    let open = split[0];
                    split[i] += open * way;
                }
                _ => {}
            }
        }
    }

    /// By state the split that what lasts of it has.
    fn read<const N: usize>(&self, looked: &[usize], of: &Steady<N>, out: &mut Vec<Lanes>) {
        out.clear();
        for sigma in &self.sigma {
            out.extend(looked.iter().map(|i| wide(of.at(*i, *sigma))));
        }
    }

    /// How likely each state is.
    fn weigh(&self, work: &mut Scratch) {
        work.mass.clear();
        work.mass.push(Lanes::ONE);
        for ((pairs, kept), masses) in self.all.axes().iter().zip(&work.masses) {
            let mut own = vec![Lanes::ZERO; *kept];
            for (pair, mass) in pairs.iter().zip(masses) {
                own[pair.to as usize] += *mass;
            }
            let own = &own;
            let longer = work.mass.iter();
            let longer = longer.flat_map(|before| own.iter().map(move |own| *before * *own));
            work.mass = longer.collect();
        }
    }
}

impl Mover {
    /// Its ways in their order; those that lead from and to the same of what lasts are a group.
    fn pairs(&self) -> Vec<Pair> {
        let mut groups: Vec<(u32, u32)> = Vec::new();
        let mut out = Vec::new();
        for from in 0..self.adds.len() {
            let ways = self.moved.first[from] as usize..self.moved.first[from + 1] as usize;
            for &(to, _) in &self.moved.ways[ways] {
                let own = (self.adds[from], self.adds[to as usize]);
                let known = groups.iter().position(|g| *g == own);
                let group = known.unwrap_or_else(|| {
                    groups.push(own);
                    groups.len() - 1
                });
                out.push(Pair {
                    from: from as u32,
                    to,
                    group: group as u32,
                });
            }
        }
        out
    }
}

/// What of a steady share has to be followed: what is open, and of several final outcomes what has ended in each.
fn looked(finals: &[usize]) -> Vec<usize> {
    let ended = finals.iter().filter(|_| finals.len() > 1);
    std::iter::once(0).chain(ended.map(|a| 1 + a)).collect()
}

/// Settings side by side; fewer than eight repeat themselves.
fn wide<const N: usize>(lanes: &[f64; N]) -> Lanes {
    Lanes::new(eight(lanes))
}

fn narrow<const N: usize>(lanes: Lanes) -> [f64; N] {
    let all = lanes.to_array();
    std::array::from_fn(|lane| all[lane])
}

#[cfg(test)]
mod tests {
    use crate::infer::joint::{Ask, Condition, Counted, Joint, Plan};
    use crate::model::condition::Cond;
    use crate::model::{Model, Numbers};
    use crate::project::Project;
    use crate::resolve::resolve;
    use std::fmt::Write as _;

    /// Up to three events that push both ways, a chain of which one member pushes nothing, an exclusive group, a factor, and an event
    /// that rests on it and pushes nothing, beside so many final outcomes. Numbers follow from `seed`.
    fn text(seed: u64, finals: usize) -> String {
        let mut state = seed;
        let mut below = |n: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) % n
        };
        let mut out = "assessment \"T\" { as of: 2025-01-01 }\n\
                       horizon a \"A\": 12 months\nhorizon b \"B\": 24 months\nhorizon c \"C\": 36 months\n\
                       outcome stay \"Stay\" {}\noutcome less \"Less\" {}\n"
            .to_owned();
        let mut prior = "prior {\nstay: rest\nless: 20%".to_owned();
        for f in 0..finals {
            writeln!(out, "final outcome f{f} \"F\" {{}}").unwrap();
            write!(prior, "\nf{f}: 3% by a, 7% by b, 12% by c").unwrap();
        }
        writeln!(out, "{prior}\n}}").unwrap();
        let mut push = |out: &mut String| {
            let side = ["for", "against"][below(2) as usize];
            let of = ["less", "f0", "f0", "f1"][below(4) as usize];
            let of = if finals == 1 && of == "f1" { "f0" } else { of };
            let ratio = 2 + below(5);
            writeln!(out, "weight {side} {of}: {ratio}:1").unwrap();
        };
        for e in 0..seed / 2 % 4 {
            writeln!(
                out,
                "event e{e} \"E\" {{ chance: 1{e}% by a, 3{e}% by b, 4{e}% by c"
            )
            .unwrap();
            push(&mut out);
            out.push_str("}\n");
        }
        for m in 0..3 {
            let (a, b, c) = (6 + 6 * m, 9 + 9 * m, 12 + 12 * m);
            writeln!(
                out,
                "event m{m} \"M\" {{ chance: {a}% by a, {b}% by b, {c}% by c"
            )
            .unwrap();
            if m != 1 {
                push(&mut out);
            }
            out.push_str("}\n");
        }
        for x in 0..seed / 8 % 2 * 2 {
            writeln!(
                out,
                "event x{x} \"X\" {{ chance: 1{x}% by a, 2{x}% by b, 3{x}% by c"
            )
            .unwrap();
            push(&mut out);
            out.push_str("}\n");
        }
        if out.contains("x0") {
            out.push_str("exclusive: x0, x1\n");
        }
        out.push_str("implies: m0, m1, m2\nfactor mood \"M\" { holds: 30%\n");
        push(&mut out);
        out.push_str(
            "}\nevent z \"Z\" { chance given mood: 40% by c\nchance otherwise: 10% by c }\n",
        );
        out
    }

    fn close(found: &[Vec<Counted>], known: &[Vec<Counted>]) {
        let each = |all: &[Vec<Counted>]| -> Vec<f64> {
            let all = all.iter().flatten();
            let numbers = all.flat_map(|c| c.mass.iter().chain(c.outcomes.iter().flatten()));
            numbers.copied().collect()
        };
        let (found, known) = (each(found), each(known));
        assert_eq!(found.len(), known.len());
        for (found, known) in found.iter().zip(known) {
            assert!((found - known).abs() < 1e-13, "{found} {known}");
        }
    }

    /// Of a chain the stronger pushes away again: what held of the weaker alone ended, and stays so.
    #[test]
    fn a_chain_is_capped_step_by_step() {
        let text = "assessment \"T\" { as of: 2025-01-01 }\n\
                    horizon a \"A\": 12 months\nhorizon b \"B\": 24 months\n\
                    outcome stay {}\nfinal outcome gone {}\nprior {\nstay: rest\ngone: 1% by a, 5% by b\n}\n\
                    event strong { chance: 4% by a, 7% by b\nweight against gone: 5:1\n}\n\
                    event weak { chance: 12% by a, 21% by b\nweight for gone: 5:1\n}\n\
                    implies: strong, weak\n";
        let found = resolve(&Project::from_text("a.assess", text));
        let assessment = found.assessment.unwrap();
        let mut joint = Joint::new(&assessment).unwrap();
        let ask = Ask {
            target: Some(0),
            ..Ask::default()
        };
        let results = joint.run(&ask).unwrap();
        // By hand: 0.79 × 0.95 where nothing has come, 0.14 × 0.791667 where the weak one has, and where both have 0.0275 from
        // where nothing had, 0.0025 from the weak one, of which 0.951923 was open, and 0.04 from both.
        let (both, kept) = (0.95 / 0.99, 0.99 / 1.04);
        let open = 0.7505 + 0.14 * 0.95 / 1.2 + 0.0275 * 0.95 + 0.0025 * kept * both + 0.04 * 0.95;
        assert!((results[1][0].outcomes[0][0] - open).abs() < 1e-12);
    }

    #[test]
    fn pairs_find_what_is_carried() {
        let mut capped = [0, 0];
        for seed in 0..32 {
            let finals = 1 + seed as usize % 2;
            let found = resolve(&Project::from_text("a.assess", &text(seed, finals)));
            let assessment = found.assessment.unwrap();
            let joint = Joint::new(&assessment).unwrap();
            let drivers = 0..joint.model.drivers.len();
            let given = |event: usize| Condition {
                given: Some(Cond::Is(event)),
                ..Condition::default()
            };
            for event in drivers.map(Some).chain([None]) {
                let name = event.map(|d| assessment.drivers.name(joint.model.drivers[d].id));
                let given = event.map(|d| vec![Condition::default(), given(d)]);
                let ask = Ask {
                    target: Some(0),
                    conditions: given.unwrap_or_default(),
                    ..Ask::default()
                };
                let mut plan = Plan::new(&joint.model, &ask).unwrap();
                // The member that pushes nothing, and what has come of what the factor was before, tell what had ended.
                if matches!(name, Some("m1" | "z")) {
                    assert!(plan.pairs.is_none() && !plan.is_doubtful);
                    continue;
                }
                assert!(plan.pairs.is_some());
                let carried = Plan::carrying(&joint.model, &ask).unwrap();
                assert!(carried.pairs.is_none() && carried.peak > plan.peak);
                let (all, model): ([&Numbers; 1], &Model) = ([&joint.point], &joint.model);
                let [found] = plan.run(&all, model);
                let [known] = carried.run(&all, model);
                close(&found, &known);
                let [found, ..] = plan.run(&[&joint.point; 8], model);
                close(&found, &known);
                plan.pairs = None;
                capped[finals - 1] += usize::from(plan.try_run(&all, model).is_none());
            }
        }
        // Otherwise nothing was shown.
        assert!(capped.iter().all(|capped| *capped > 16), "{capped:?}");
    }
}
