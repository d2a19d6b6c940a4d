//! How drivers push: W by target, in every state that they can tell apart.
//!
//! In: who pushes, where, and what counts it. Out: e^W. Drivers that share evidence are weighed
//! together; the others are factors of a product.

use super::space::{Space, TooLarge, Value, View};
use super::test::{Leaf, Test};
use crate::model::{Model, Numbers};

/// One driver.
#[derive(Debug, Clone)]
pub(super) struct Pusher {
    pub driver: usize,
    /// Where it acts.
    pub test: Test,
    /// The targets, and the places of its pushes.
    pub pushes: Vec<(usize, usize)>,
    /// Where it is counted, and by which clause.
    pub counts: Vec<(Test, usize)>,
}

/// Drivers that are weighed together.
#[derive(Debug, Clone)]
pub(super) struct Cluster {
    pub pushers: Vec<Pusher>,
    /// The overlap groups: their places, and who of these is in each.
    groups: Vec<(usize, Vec<usize>)>,
}

/// All that push the same targets.
#[derive(Debug, Clone, Default)]
pub(super) struct Push {
    targets: usize,
    clusters: Vec<Cluster>,
}

/// Of a cluster in a space: who acts where.
#[derive(Debug, Clone)]
struct Acting {
    view: View,
    /// The last axis that it looks at; none where it acts alike everywhere.
    last: Option<usize>,
    /// Whether it looks at no other.
    alone: bool,
    /// By place, each driver that acts and the clauses that count it.
    places: Vec<Vec<(usize, Vec<usize>)>>,
}

/// All that push in a space.
#[derive(Debug, Clone)]
pub(super) struct Pushing {
    acting: Vec<Acting>,
    /// How many values each axis has, up to the last that anybody looks at.
    sizes: Vec<usize>,
    /// How many places these span: e^W repeats behind them.
    width: usize,
    size: usize,
}

impl Pushing {
    /// How many places e^W is told for, before it repeats.
    pub(super) fn width(&self) -> usize {
        self.width
    }
}

impl Push {
    pub(super) fn new(model: &Model, targets: usize, pushers: Vec<Pusher>) -> Push {
        let never = |p: &Pusher| p.test == Test::Known(false);
        let mut clusters: Vec<Cluster> = pushers
            .into_iter()
            .filter(|p| !never(p))
            .map(|p| Cluster {
                pushers: vec![p],
                groups: Vec::new(),
            })
            .collect();
        for (g, (_, members)) in model.overlaps.iter().enumerate() {
            let inside = |c: &Cluster| c.pushers.iter().any(|p| members.contains(&p.driver));
            let touched = clusters.iter().filter(|c| inside(c)).count();
            if touched == 0 {
                continue;
            }
            let (mut joined, rest): (Vec<Cluster>, Vec<Cluster>) =
                clusters.into_iter().partition(inside);
            clusters = rest;
            let mut all = joined.remove(0);
            for other in joined {
                all.pushers.extend(other.pushers);
                all.groups.extend(other.groups);
            }
            all.pushers.sort_by_key(|p| p.driver);
            all.groups.push((g, members.clone()));
            clusters.push(all);
        }
        clusters.sort_by_key(|c| c.pushers[0].driver);
        for cluster in &mut clusters {
            let at = |d: &usize| cluster.pushers.iter().position(|p| p.driver == *d);
            for (_, members) in &mut cluster.groups {
                *members = members.iter().filter_map(at).collect();
            }
        }
        Push { targets, clusters }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.clusters.is_empty()
    }

    /// Those that are weighed together, each by itself.
    pub(super) fn clusters(&self) -> &[Cluster] {
        &self.clusters
    }

    /// The same about what was when the horizon began.
    pub(super) fn was(&self) -> Push {
        let mut out = self.clone();
        for pusher in out.clusters.iter_mut().flat_map(|c| &mut c.pushers) {
            pusher.test = pusher.test.was();
            pusher.counts.iter_mut().for_each(|c| c.0 = c.0.was());
        }
        out
    }

    /// Every condition of it.
    pub(super) fn tests(&self, visit: &mut dyn FnMut(&Test)) {
        for pusher in self.clusters.iter().flat_map(|c| &c.pushers) {
            visit(&pusher.test);
            pusher.counts.iter().for_each(|c| visit(&c.0));
        }
    }

    /// Who acts where in a space.
    pub(super) fn over(&self, space: &Space) -> Result<Pushing, TooLarge> {
        let acting = self.clusters.iter().map(|c| c.over(space));
        let acting = acting.collect::<Result<Vec<_>, _>>()?;
        let last = acting.iter().filter_map(|a| a.last).max();
        let axes = space.axes.iter().take(last.map_or(0, |last| last + 1));
        let sizes: Vec<usize> = axes.map(|a| a.values.len()).collect();
        Ok(Pushing {
            acting,
            width: sizes.iter().product(),
            sizes,
            size: space.size(),
        })
    }

    /// W of the first target by place of the space, at horizon `h`.
    pub(super) fn sums<const N: usize>(
        &self,
        pushing: &Pushing,
        numbers: &[&Numbers; N],
        h: usize,
        out: &mut Vec<[f64; N]>,
    ) {
        out.clear();
        out.resize(pushing.size, [0.0; N]);
        let mut places = Vec::new();
        for (cluster, acting) in self.clusters.iter().zip(&pushing.acting) {
            acting.view.places(None, &mut places);
            let by = |who: &Vec<(usize, Vec<usize>)>| numbers.map(|n| cluster.sum(n, h, 0, who));
            let table: Vec<[f64; N]> = acting.places.iter().map(by).collect();
            for (x, place) in out.iter_mut().zip(&places) {
                let by = &table[*place as usize];
                x.iter_mut().zip(by).for_each(|(x, by)| *x += by);
            }
        }
    }

    /// e^W by target and place of the space, at horizon `h`: the first [`Pushing::width`] of them.
    pub(super) fn fill<const N: usize>(
        &self,
        pushing: &Pushing,
        numbers: &[&Numbers; N],
        h: usize,
        out: &mut Vec<[f64; N]>,
    ) {
        // What is there is overwritten.
        out.resize(self.targets * pushing.width, [1.0; N]);
        let mut tables = Vec::new();
        let mut places = Vec::new();
        for (target, row) in out.chunks_exact_mut(pushing.width).enumerate() {
            tables.clear();
            for (cluster, acting) in self.clusters.iter().zip(&pushing.acting) {
                if cluster.pushes(target) {
                    tables.push((acting, cluster.table(numbers, h, target, acting)));
                }
            }
            multiply_out(row, &pushing.sizes, &tables, &mut places);
        }
    }
}

/// A product over a space, told a table for each who acts: an axis at a time, so that only those that look at several
/// are multiplied place by place.
fn multiply_out<const N: usize>(
    row: &mut [[f64; N]],
    sizes: &[usize],
    tables: &[(&Acting, Vec<[f64; N]>)],
    places: &mut Vec<u32>,
) {
    row[0] = [1.0; N];
    for (_, table) in tables.iter().filter(|t| t.0.last.is_none()) {
        scale(&mut row[..1], &table[0]);
    }
    let mut length = 1;
    for (axis, &size) in sizes.iter().enumerate() {
        let own = || tables.iter().filter(|t| t.0.last == Some(axis));
        for value in (0..size).rev() {
            let mut by = [1.0; N];
            for (acting, table) in own().filter(|t| t.0.alone) {
                times(&mut by, &table[acting.view.adds(axis)[value] as usize]);
            }
            let (first, rest) = row.split_at_mut(length);
            match value.checked_sub(1) {
                None if by == [1.0; N] => {}
                None => scale(first, &by),
                Some(place) => {
                    let to = &mut rest[place * length..][..length];
                    for (to, x) in to.iter_mut().zip(first) {
                        for lane in 0..N {
                            to[lane] = x[lane] * by[lane];
                        }
                    }
                }
            }
        }
        length *= size;
        for (acting, table) in own().filter(|t| !t.0.alone) {
            acting.view.first_places(axis + 1, None, places);
            for (x, place) in row[..length].iter_mut().zip(&*places) {
                times(x, &table[*place as usize]);
            }
        }
    }
}

fn scale<const N: usize>(row: &mut [[f64; N]], by: &[f64; N]) {
    row.iter_mut().for_each(|x| times(x, by));
}

/// Multiplies lanes; a loop that counts, since chains of iterators stay calls.
#[inline(always)]
pub(super) fn times<const N: usize>(to: &mut [f64; N], by: &[f64; N]) {
    for lane in 0..N {
        to[lane] *= by[lane];
    }
}

impl Cluster {
    fn pushes(&self, target: usize) -> bool {
        let mut all = self.pushers.iter().flat_map(|p| &p.pushes);
        all.any(|p| p.0 == target)
    }

    fn over(&self, space: &Space) -> Result<Acting, TooLarge> {
        let mut leaves = Vec::new();
        for pusher in &self.pushers {
            let counts = pusher.counts.iter().map(|c| &c.0);
            for test in counts.chain([&pusher.test]) {
                test.leaves(&mut |leaf, was| leaves.push((leaf, was)));
            }
        }
        let view = seen(space, &leaves)?;
        let last = view.looks().next_back();
        let alone = view.looks().count() == 1;
        let mut values = Vec::new();
        let places = (0..view.size()).map(|place| {
            view.space.values(place, &mut values);
            let holds = |test: &Test| test.holds(&|l, was| truth(&view.space, &values, l, was));
            let acts = self.pushers.iter().enumerate();
            let acts = acts.filter(|(_, p)| holds(&p.test));
            acts.map(|(i, p)| {
                let counts = p.counts.iter().filter(|c| holds(&c.0));
                (i, counts.map(|c| c.1).collect())
            })
            .collect()
        });
        let places = places.collect();
        Ok(Acting {
            places,
            view,
            last,
            alone,
        })
    }

    /// e^W of a target by place of who acts.
    fn table<const N: usize>(
        &self,
        numbers: &[&Numbers; N],
        h: usize,
        target: usize,
        acting: &Acting,
    ) -> Vec<[f64; N]> {
        let each = acting.places.iter().map(|who| {
            let mut by = [1.0; N];
            for lane in 0..N {
                let w = self.sum(numbers[lane], h, target, who);
                if w != 0.0 {
                    by[lane] = libm::exp(w);
                }
            }
            by
        });
        each.collect()
    }

    /// W of a target, told who acts and by what each is counted.
    pub(super) fn sum(
        &self,
        numbers: &Numbers,
        h: usize,
        target: usize,
        who: &[(usize, Vec<usize>)],
    ) -> f64 {
        if self.groups.is_empty() {
            return who
                .iter()
                .map(|w| self.counted(numbers, h, target, w))
                .sum();
        }
        self.each(numbers, h, target, who).iter().sum()
    }

    /// One push, as it is counted.
    fn counted(
        &self,
        numbers: &Numbers,
        h: usize,
        target: usize,
        (i, counts): &(usize, Vec<usize>),
    ) -> f64 {
        let own = self.pushers[*i].pushes.iter().find(|p| p.0 == target);
        let counts = counts.iter().map(|c| numbers.count_at(*c, h));
        own.map_or(0.0, |p| numbers.push_at(p.1, h) * counts.product::<f64>())
    }

    /// What each of those that act adds to W of a target.
    pub(super) fn each(
        &self,
        numbers: &Numbers,
        h: usize,
        target: usize,
        who: &[(usize, Vec<usize>)],
    ) -> Vec<f64> {
        let pushes: Vec<(usize, f64)> = who
            .iter()
            .map(|w| (w.0, self.counted(numbers, h, target, w)))
            .collect();
        let mut factors = vec![1.0f64; pushes.len()];
        for (group, members) in &self.groups {
            let share = 1.0 - numbers.shares[*group];
            for sign in [1.0, -1.0] {
                let inside = |p: &&(usize, &(usize, f64))| {
                    let (i, w) = p.1;
                    members.contains(i) && w * sign > 0.0
                };
                let mut list: Vec<(usize, f64)> = pushes
                    .iter()
                    .enumerate()
                    .filter(|p| inside(&p))
                    .map(|(at, (_, w))| (at, w.abs()))
                    .collect();
                list.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
                shrink(&list, share, &mut factors);
            }
        }
        pushes.iter().zip(factors).map(|(p, f)| p.1 * f).collect()
    }
}

/// Ranked pushes count by rank, equal ones alike.
fn shrink(list: &[(usize, f64)], share: f64, factors: &mut [f64]) {
    const TIE: f64 = 1e-12;
    let mut first = 0;
    while first < list.len() {
        let largest = list[first].1;
        let tied = list[first..]
            .iter()
            .take_while(|p| largest - p.1 <= TIE * largest);
        let count = tied.count();
        let ranks = first..first + count;
        let sum: f64 = ranks.clone().map(|r| libm::pow(share, r as f64)).sum();
        for (at, _) in &list[ranks] {
            factors[*at] = factors[*at].min(sum / count as f64);
        }
        first += count;
    }
}

/// A space in which only these leaves count: what is, and what was.
pub(super) fn seen(space: &Space, leaves: &[(Leaf, bool)]) -> Result<View, TooLarge> {
    seen_whole(space, leaves, &[])
}

/// What of a value is looked at: which leaves it makes true, and itself where all of it matters.
type Key = Box<dyn Fn(&Value) -> (Vec<bool>, Option<Value>)>;

/// The same, where of some nodes all is told apart.
pub(super) fn seen_whole(
    space: &Space,
    leaves: &[(Leaf, bool)],
    whole: &[usize],
) -> Result<View, TooLarge> {
    View::new(space, |node| {
        let own = leaves.iter().filter(|l| l.0.node == node).copied();
        let own: Vec<(Leaf, bool)> = own.collect();
        let all = whole.contains(&node);
        let key = move |value: &Value| {
            let look = |(leaf, was): &(Leaf, bool)| match was {
                true => leaf.before(*value),
                false => leaf.now(*value),
            };
            let looks: Vec<bool> = own.iter().map(look).collect();
            (looks, all.then_some(*value))
        };
        let key: Key = Box::new(key);
        (all || leaves.iter().any(|l| l.0.node == node)).then_some(key)
    })
}

/// Whether a leaf is so at a place; what has no axis is not.
pub(super) fn truth(space: &Space, values: &[Value], leaf: Leaf, was: bool) -> bool {
    space.position(leaf.node).is_some_and(|i| match was {
        true => leaf.before(values[i]),
        false => leaf.now(values[i]),
    })
}
