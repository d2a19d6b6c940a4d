//! A horizon's end under one condition, made ready: what hangs together as a tree, and what pushes there.
//!
//! In: a plan, what it rests on, and what pushes together. Out: a [`Ready`], which tells moments of the pushes at real places.

use super::Plan;
use super::chances;
use super::graph::{Summed, Table, Tree, places, products};
use super::net::{Net, vars};
use crate::model::condition::Cond;

/// Numbers that a tree keeps, at most.
const NUMBERS: u64 = 1 << 18;

/// A horizon's end under one condition, made ready.
pub(super) struct Ready {
    pub(super) tree: Tree,
    /// By bucket the product of the tables without pushes.
    pub(super) real: Vec<Vec<f64>>,
    /// Tables with pushes.
    pub(super) pushed: Vec<Pushed>,
    /// What pushes alike in all cases.
    pub(super) fixed: Vec<Fixed>,
    /// By bucket the tables with pushes in it.
    pub(super) own: Vec<Vec<usize>>,
    /// For each bucket, by each of its children the place of each assignment.
    pub(super) children: Vec<Vec<(usize, Vec<u32>)>>,
    /// ln π + what pushes everywhere, by class.
    pub(super) constant: Vec<f64>,
    /// How likely the condition is.
    pub(super) mass: f64,
}

/// A table with pushes.
pub(super) struct Pushed {
    /// Its place among what pushes.
    pub(super) cluster: usize,
    /// The bucket that it goes to.
    pub(super) home: usize,
    /// For each of the bucket's assignments the place in the table.
    pub(super) at: Vec<u32>,
    /// W by class at each place.
    pub(super) rows: Vec<Vec<f64>>,
}

/// What pushes alike in all cases.
pub(super) struct Fixed {
    /// Its place among what pushes.
    pub(super) cluster: usize,
    /// W by class.
    pub(super) row: Vec<f64>,
}

impl Ready {
    /// With ln π as its constant. A condition is `given` to hold at the end of that horizon or of a later one. `pushing` are the variables that each thing that pushes rests on, and `row` is W by class of one
    /// of them, told the truth of all variables. None where too much hangs together.
    pub(super) fn new(
        (plan, net): (&Plan<'_>, &Net),
        (h, given): (usize, Option<(usize, &Cond)>),
        classes: &[Vec<usize>],
        pushing: &[&[usize]],
        mut row: impl FnMut(usize, &[bool]) -> Vec<f64>,
    ) -> Option<Ready> {
        let mut bits = vec![false; plan.vars.len()];
        let mut end = match given {
            Some((at, _)) if at > h => net.courses(plan, at)?,
            _ => net.end(plan, h)?,
        };
        if let Some((at, cond)) = given {
            let table = chances::holds(plan, net, &end, cond, &mut bits)?;
            end.tables.push(table);
            if at > h {
                net.look(&mut end, (h, at));
            }
        }
        let mut tables: Vec<(usize, Table, Vec<Vec<f64>>)> = Vec::new();
        let mut fixed = Vec::new();
        for (cluster, own) in pushing.iter().enumerate() {
            let mut rows: Vec<Vec<f64>> = Vec::new();
            let table = net.table(&end, own, &mut bits, |bits| {
                rows.push(row(cluster, bits));
                0.0
            })?;
            match (table.vars.is_empty(), rows.pop()) {
                (true, Some(row)) => fixed.push(Fixed { cluster, row }),
                (_, last) => {
                    rows.extend(last);
                    tables.push((cluster, table, rows));
                }
            }
        }
        let scopes = end.tables.iter().map(|t| &t.vars[..]);
        let scopes: Vec<&[usize]> = scopes.chain(tables.iter().map(|t| &t.1.vars[..])).collect();
        let tree = Tree::new(&end.sizes, &scopes, NUMBERS)?;
        let (real, known) = products(&end.sizes, &end.tables, &tree);
        let mass = Summed::over(&end.sizes, (real.clone(), known), &tree).mass;
        let mut pushed = Vec::with_capacity(tables.len());
        for ((cluster, table, rows), home) in tables.into_iter().zip(&tree.home[end.tables.len()..])
        {
            let home = (*home)?;
            let at = places(&end.sizes, &tree.buckets[home].scope, &table.vars);
            pushed.push(Pushed {
                cluster,
                home,
                at,
                rows,
            });
        }
        let mut own = vec![Vec::new(); tree.buckets.len()];
        for (p, table) in pushed.iter().enumerate() {
            own[table.home].push(p);
        }
        let mut children = vec![Vec::new(); tree.buckets.len()];
        for (b, bucket) in tree.buckets.iter().enumerate() {
            if let Some(parent) = bucket.parent {
                let at = places(&end.sizes, &tree.buckets[parent].scope, &tree.kept(b));
                children[parent].push((b, at));
            }
        }
        let log_prior = |class: &Vec<usize>| libm::log(prior(plan, class, h));
        Some(Ready {
            tree,
            real,
            pushed,
            fixed,
            own,
            children,
            constant: classes.iter().map(log_prior).collect(),
            mass,
        })
    }

    /// Whether the same hangs together in it, and pushes the same, as in another horizon's end of the same question.
    pub(super) fn is_like(&self, other: &Ready) -> bool {
        let pushed = self.pushed.iter().zip(&other.pushed);
        let fixed = self.fixed.iter().zip(&other.fixed);
        let buckets = self.tree.buckets.iter().zip(&other.tree.buckets);
        (self.tree.buckets.len(), &self.real) == (other.tree.buckets.len(), &other.real)
            && buckets
                .into_iter()
                .all(|(a, b)| (&a.out, a.parent) == (&b.out, b.parent))
            && (&self.own, &self.children) == (&other.own, &other.children)
            && (self.pushed.len(), self.fixed.len()) == (other.pushed.len(), other.fixed.len())
            && pushed
                .into_iter()
                .all(|(a, b)| (&a.at, &a.rows) == (&b.at, &b.rows))
            && fixed.into_iter().all(|(a, b)| a.row == b.row)
            && (&self.constant, self.mass) == (&other.constant, other.mass)
    }

    /// By bucket what it hands on there, and what all comes to.
    pub(super) fn real_sums(
        &self,
        classes: &[usize],
        around: usize,
        alpha: f64,
    ) -> (Vec<Vec<f64>>, f64) {
        let of = at_real(classes, around, alpha);
        let push = |w: &Vec<f64>| libm::exp(pushed(&of, w));
        let each = self.pushed.iter();
        let tables: Vec<Vec<f64>> = each.map(|t| t.rows.iter().map(push).collect()).collect();
        let (sums, log) = self.sums(&tables, false);
        (sums, libm::exp(pushed(&of, &self.constant) + log))
    }

    /// By bucket the sums of real numbers that are handed on, told what each table with pushes is at its places; and ln of what all
    /// comes to. Where they are `scaled` none can be too large.
    pub(super) fn sums(&self, tables: &[Vec<f64>], scaled: bool) -> (Vec<Vec<f64>>, f64) {
        let mut log = 0.0;
        let mut sums: Vec<Vec<f64>> = Vec::with_capacity(self.tree.buckets.len());
        for (b, bucket) in self.tree.buckets.iter().enumerate() {
            let mut sum = vec![0.0; bucket.outs];
            for (assignment, share) in self.real[b].iter().enumerate() {
                let mut x = *share;
                for p in &self.own[b] {
                    x *= tables[*p][self.pushed[*p].at[assignment] as usize];
                }
                for (child, at) in &self.children[b] {
                    x *= sums[*child][at[assignment] as usize];
                }
                sum[bucket.out[assignment] as usize] += x;
            }
            let most = largest(&sum);
            if scaled && most > 0.0 {
                sum.iter_mut().for_each(|x| *x /= most);
                log += libm::log(most);
            }
            if bucket.parent.is_none() {
                log += libm::log(sum[0]);
            }
            sums.push(sum);
        }
        (sums, log)
    }
}

/// The tree at the last horizon's end, under the plan's condition if there is just one; none where too much hangs together.
pub(super) fn tree<'v>(
    plan: &Plan<'_>,
    net: &Net,
    pushing: impl Iterator<Item = &'v [usize]>,
) -> Option<Tree> {
    let end = net.end(plan, plan.model.horizons())?;
    let mut bits = vec![false; plan.vars.len()];
    let mut scopes: Vec<Vec<usize>> = end.tables.iter().map(|t| t.vars.clone()).collect();
    for own in pushing {
        scopes.push(net.table(&end, own, &mut bits, |_| 0.0)?.vars);
    }
    if let [cond] = &plan.conds[..] {
        scopes.push(chances::holds(plan, net, &end, cond, &mut bits)?.vars);
    }
    let scopes: Vec<&[usize]> = scopes.iter().map(|s| &s[..]).collect();
    Tree::new(&end.sizes, &scopes, NUMBERS)
}

/// The prior of a class of outcomes.
pub(super) fn prior(plan: &Plan<'_>, class: &[usize], h: usize) -> f64 {
    class.iter().map(|o| plan.numbers.prior_at(*o, h)).sum()
}

/// The places of the classes that are possible.
pub(super) fn alive(plan: &Plan<'_>, classes: &[Vec<usize>], h: usize) -> Vec<usize> {
    let possible = |c: &usize| prior(plan, &classes[*c], h) > 0.0;
    (0..classes.len()).filter(possible).collect()
}

/// The variables that drivers and what counts them rest on, rising.
pub(super) fn rests(plan: &Plan<'_>, drivers: &[usize]) -> Vec<usize> {
    let mut own = Vec::new();
    for &d in drivers {
        let counts = plan.model.drivers[d].counted.iter().map(|c| c.0);
        own.extend(counts.chain([d]).flat_map(|d| vars(plan, &Cond::Is(d))));
    }
    own.sort_unstable();
    own.dedup();
    own
}

/// Moments of the pushes.
pub(super) trait Moments {
    /// ln E[e^{Σ c·S}], told some classes' c.
    fn log_moment(&self, of: &[(usize, f64)]) -> f64;

    /// The same where nodes around one class stand at α of each other.
    fn size(&self, classes: &[usize], around: usize, alpha: f64) -> f64 {
        self.log_moment(&at_real(classes, around, alpha))
    }
}

impl Moments for Ready {
    fn log_moment(&self, of: &[(usize, f64)]) -> f64 {
        let mut log = pushed(of, &self.constant) - libm::log(self.mass);
        let mut tables = Vec::with_capacity(self.pushed.len());
        for table in &self.pushed {
            let all: Vec<f64> = table.rows.iter().map(|w| pushed(of, w)).collect();
            let most = largest(&all);
            log += most;
            let each = all.iter().map(|w| libm::exp(w - most));
            tables.push(each.collect::<Vec<f64>>());
        }
        log + self.sums(&tables, true).1
    }
}

/// Σ c·W.
pub(super) fn pushed(of: &[(usize, f64)], w: &[f64]) -> f64 {
    of.iter().map(|(class, c)| c * w[*class]).sum()
}

pub(super) fn largest(list: &[f64]) -> f64 {
    list.iter().copied().fold(0.0, f64::max)
}

/// By class what it is multiplied by at the real node of those around one of them.
fn at_real(classes: &[usize], around: usize, alpha: f64) -> Vec<(usize, f64)> {
    let others = (classes.len() - 1) as f64;
    let each = classes.iter().enumerate();
    each.map(|(place, class)| match place == around {
        true => (*class, others * alpha),
        false => (*class, -alpha),
    })
    .collect()
}
