//! What rests on what at the end of a horizon, as tables.
//!
//! In: a plan. Out: for a horizon a table for each thing that is drawn, over itself and what its rows name. Where no
//! clamp can act, that an event has happened by then follows from the row in force there alone, since what it has not
//! done so far telescopes; elsewhere an event is when it came, a variable of a value for each horizon.

use super::graph::Table;
use super::{Moment, Plan};
use crate::infer::question::shape::Truth;
use crate::model::What;
use crate::model::condition::Cond;

/// Assignments of what one table rests on, at most.
const ASSIGNMENTS: usize = 1 << 14;

/// Pairs of assignments that are compared, at most, before an event is told by when it came.
const PAIRS: usize = 1 << 12;

/// What is drawn, and what each of it rests on.
#[derive(Debug, Clone)]
pub(crate) struct Net {
    nodes: Vec<Node>,
    /// The node of each of the plan's variables, and its place there.
    of: Vec<(usize, usize)>,
    /// Whether it is enough to know what has happened, not when.
    at_once: bool,
}

#[derive(Debug, Clone)]
struct Node {
    members: Vec<usize>,
    passes: bool,
    /// Nodes that its rows name, rising.
    parents: Vec<usize>,
}

/// A horizon's end.
pub(super) struct End {
    pub(super) sizes: Vec<usize>,
    pub(super) tables: Vec<Table>,
    /// By node its variable at that end.
    vars: Vec<usize>,
    /// By node and value, which member has come; none where none has.
    comes: Vec<Vec<Option<usize>>>,
}

impl Net {
    /// None where something costs a power of ε, or too much is named together.
    pub(crate) fn new(plan: &Plan<'_>) -> Option<Net> {
        if plan.watched.is_some() || plan.costly.contains(&true) {
            return None;
        }
        let mut of = vec![(0, 0); plan.vars.len()];
        for (n, members) in plan.nodes.iter().enumerate() {
            for (m, var) in members.iter().enumerate() {
                of[*var] = (n, m);
            }
        }
        let mut nodes = Vec::with_capacity(plan.nodes.len());
        for (n, members) in plan.nodes.iter().enumerate() {
            let mut parents: Vec<usize> = Vec::new();
            for var in members {
                let rows = plan.model.drivers[plan.vars[*var]].rows.iter();
                for given in rows.filter_map(|row| row.0.as_ref()) {
                    parents.extend(vars(plan, given).into_iter().map(|v| of[v].0));
                }
                for &(by, _) in &plan.model.pushed_by[plan.vars[*var]] {
                    let counts = plan.model.drivers[by].counted.iter().map(|c| c.0);
                    for d in counts.chain([by]) {
                        parents.extend(vars(plan, &Cond::Is(d)).into_iter().map(|v| of[v].0));
                    }
                }
            }
            parents.sort_unstable();
            parents.dedup();
            if parents.contains(&n) {
                return None;
            }
            nodes.push(Node {
                members: members.clone(),
                passes: plan.model.drivers[plan.vars[members[0]]].what == What::Random,
                parents,
            });
        }
        let mut net = Net {
            nodes,
            of,
            at_once: true,
        };
        net.at_once = (0..net.nodes.len()).all(|n| net.telescopes(plan, n));
        Some(net)
    }

    /// The tables of horizon `h`, 0 for now; none where one would be too large.
    pub(super) fn end(&self, plan: &Plan<'_>, h: usize) -> Option<End> {
        match self.at_once || h == 0 {
            true => self.snapshot(plan, h),
            false => self.courses(plan, h),
        }
    }

    /// By node the number of ways in which it can stand, where when it came does not matter.
    fn ways(&self, node: usize) -> usize {
        self.nodes[node].members.len() + 1
    }

    fn snapshot(&self, plan: &Plan<'_>, h: usize) -> Option<End> {
        let count = self.nodes.len();
        let sizes: Vec<usize> = (0..count).map(|n| self.ways(n)).collect();
        let mut bits = vec![false; plan.vars.len()];
        let mut tables = Vec::with_capacity(count);
        for (n, node) in self.nodes.iter().enumerate() {
            let each = assignments(node.parents.iter().map(|p| sizes[*p]))?;
            let mut rows = Vec::with_capacity(each);
            for assignment in 0..each {
                self.stand(&node.parents, &sizes, assignment, &mut bits);
                let at = moment(&bits, h == 0);
                // Nothing that passes holds by now.
                let chance = |m: &usize| match node.passes && h == 0 {
                    true => 0.0,
                    false => plan.chance(*m, h, &at),
                };
                rows.push(with_none(node.members.iter().map(chance).collect()));
            }
            self.clear(&node.parents, &mut bits);
            tables.push(table(&sizes, &node.parents, n, rows));
        }
        let comes = |n: usize| (0..self.ways(n)).map(|v| v.checked_sub(1)).collect();
        Some(End {
            sizes,
            tables,
            vars: (0..count).collect(),
            comes: (0..count).map(comes).collect(),
        })
    }

    /// Every thing that lasts by when it came, every one that passes in each horizon.
    pub(super) fn courses(&self, plan: &Plan<'_>, h: usize) -> Option<End> {
        let (mut sizes, mut firsts) = (Vec::new(), Vec::new());
        for (n, node) in self.nodes.iter().enumerate() {
            firsts.push(sizes.len());
            match node.passes {
                true => sizes.extend(std::iter::repeat_n(self.ways(n), h)),
                false => sizes.push(1 + node.members.len() * (h + 1)),
            }
        }
        let mut tables = Vec::new();
        for (n, node) in self.nodes.iter().enumerate() {
            let ends = if node.passes { 1..=h } else { h..=h };
            for end in ends {
                let mut parents: Vec<usize> = Vec::new();
                for &p in &node.parents {
                    match (self.nodes[p].passes, node.passes) {
                        (true, true) => parents.push(firsts[p] + end - 1),
                        (true, false) => parents.extend(firsts[p]..firsts[p] + h),
                        (false, _) => parents.push(firsts[p]),
                    }
                }
                parents.sort_unstable();
                let var = if node.passes {
                    firsts[n] + end - 1
                } else {
                    firsts[n]
                };
                tables.push(self.course(plan, (n, var, end), &parents, (&sizes, &firsts))?);
            }
        }
        let mut end = End {
            sizes,
            tables,
            vars: Vec::new(),
            comes: Vec::new(),
        };
        self.look(&mut end, (h, h));
        Some(end)
    }

    /// Turns to the end of horizon `h`, 1 or later, of courses that go on to that of `last`.
    pub(super) fn look(&self, end: &mut End, (h, last): (usize, usize)) {
        let mut first = 0;
        (end.vars, end.comes) = (Vec::new(), Vec::new());
        for (n, node) in self.nodes.iter().enumerate() {
            let ways = node.members.len();
            match node.passes {
                true => {
                    end.vars.push(first + h - 1);
                    end.comes
                        .push((0..self.ways(n)).map(|v| v.checked_sub(1)).collect());
                    first += last;
                }
                false => {
                    let come = |v: usize| (v % (last + 1) <= h).then_some(v / (last + 1));
                    let values = 0..1 + ways * (last + 1);
                    end.vars.push(first);
                    end.comes
                        .push(values.map(|v| v.checked_sub(1).and_then(come)).collect());
                    first += 1;
                }
            }
        }
    }

    /// The table of one thing by when it came up to horizon `end`, or of one that passes there.
    fn course(
        &self,
        plan: &Plan<'_>,
        (n, var, end): (usize, usize, usize),
        parents: &[usize],
        (sizes, firsts): (&[usize], &[usize]),
    ) -> Option<Table> {
        let node = &self.nodes[n];
        let each = assignments(parents.iter().map(|p| sizes[*p]))?;
        let mut bits = vec![false; plan.vars.len()];
        let mut rows = Vec::with_capacity(each);
        for assignment in 0..each {
            let mut value_of = vec![0; sizes.len()];
            let values = values(assignment, parents.iter().map(|p| sizes[*p]));
            parents
                .iter()
                .zip(values)
                .for_each(|(&p, value)| value_of[p] = value);
            let mut stand = |h: usize| {
                for &p in &node.parents {
                    let (other, passes) = (&self.nodes[p], self.nodes[p].passes);
                    let value = match (passes, h) {
                        (true, 0) => 0,
                        (true, h) => value_of[firsts[p] + h - 1],
                        (false, _) => value_of[firsts[p]],
                    };
                    for (m, &var) in other.members.iter().enumerate() {
                        let times = sizes[firsts[p]].saturating_sub(1) / other.members.len();
                        bits[var] = match value.checked_sub(1) {
                            None => false,
                            Some(value) if passes => value == m,
                            Some(value) => value / times == m && value % times <= h,
                        };
                    }
                }
                let at = moment(&bits, h == 0);
                let chances = node.members.iter().map(|m| plan.chance(*m, h, &at));
                chances.collect::<Vec<f64>>()
            };
            if node.passes {
                rows.push(with_none(stand(end)));
                continue;
            }
            let count = node.members.len();
            let (mut none, mut level) = (1.0, vec![0.0; count]);
            let mut row = vec![0.0; 1 + count * (end + 1)];
            for h in 0..=end {
                let chances = stand(h);
                let rise = |m: usize| (chances[m] - level[m]).max(0.0);
                let rises: f64 = (0..count).map(rise).sum();
                let left = 1.0 - level.iter().sum::<f64>();
                let divisor = if left > 0.0 {
                    left.max(rises)
                } else {
                    f64::INFINITY
                };
                for m in 0..count {
                    row[1 + m * (end + 1) + h] = none * rise(m) / divisor;
                }
                none *= (1.0 - rises / divisor).max(0.0);
                level = chances;
            }
            row[0] = none;
            rows.push(row);
        }
        Some(table(sizes, parents, var, rows))
    }

    /// Whether what has come by a horizon's end follows from what is in force there: no chance ever falls from one
    /// end to the next, whatever comes in between.
    fn telescopes(&self, plan: &Plan<'_>, n: usize) -> bool {
        /// Sums of doubles miss by less.
        const ROUNDING: f64 = 1e-15;
        let node = &self.nodes[n];
        if node.passes {
            return true;
        }
        let sizes: Vec<usize> = (0..self.nodes.len()).map(|n| self.ways(n)).collect();
        let Some(each) = assignments(node.parents.iter().map(|p| sizes[*p])) else {
            return false;
        };
        if each * each > PAIRS {
            return false;
        }
        let horizons = plan.model.horizons();
        let mut bits = vec![false; plan.vars.len()];
        let mut chances = vec![Vec::new(); (horizons + 1) * each];
        for (i, out) in chances.iter_mut().enumerate() {
            let (h, assignment) = (i / each, i % each);
            self.stand(&node.parents, &sizes, assignment, &mut bits);
            let at = moment(&bits, h == 0);
            out.extend(node.members.iter().map(|m| plan.chance(*m, h, &at)));
        }
        let own = || node.parents.iter().map(|p| sizes[*p]);
        let all: Vec<Vec<usize>> = (0..each).map(|i| values(i, own()).collect()).collect();
        let follows = |old: usize, new: usize| {
            let mut pairs = all[old].iter().zip(&all[new]).zip(&node.parents);
            pairs.all(|((a, b), p)| self.nodes[*p].passes || *a == 0 || a == b)
        };
        (1..=horizons).all(|h| {
            (0..each * each).all(|pair| {
                let (old, new) = (pair / each, pair % each);
                let before = &chances[(h - 1) * each + old];
                let after = &chances[h * each + new];
                let sum: f64 = after.iter().sum();
                let falls = before.iter().zip(after).any(|(a, b)| *b < a - ROUNDING);
                !follows(old, new) || !falls && sum <= 1.0 + ROUNDING
            })
        })
    }

    fn stand(&self, parents: &[usize], sizes: &[usize], assignment: usize, bits: &mut [bool]) {
        let values = values(assignment, parents.iter().map(|p| sizes[*p]));
        for (&p, value) in parents.iter().zip(values) {
            for (m, var) in self.nodes[p].members.iter().enumerate() {
                bits[*var] = value == m + 1;
            }
        }
    }

    fn clear(&self, parents: &[usize], bits: &mut [bool]) {
        let members = parents.iter().flat_map(|p| &self.nodes[*p].members);
        members.for_each(|var| bits[*var] = false);
    }

    /// Numbers by the truth of some of the plan's variables, as a table; none where it would be too large.
    pub(super) fn table(
        &self,
        end: &End,
        of: &[usize],
        bits: &mut [bool],
        mut number: impl FnMut(&[bool]) -> f64,
    ) -> Option<Table> {
        let mut nodes: Vec<usize> = of.iter().map(|v| self.of[*v].0).collect();
        nodes.sort_unstable_by_key(|n| end.vars[*n]);
        nodes.dedup();
        let vars: Vec<usize> = nodes.iter().map(|n| end.vars[*n]).collect();
        let each = assignments(vars.iter().map(|v| end.sizes[*v]))?;
        let mut values = Vec::with_capacity(each);
        for assignment in 0..each {
            let at = self::values(assignment, vars.iter().map(|v| end.sizes[*v]));
            for (&n, value) in nodes.iter().zip(at) {
                let come = end.comes[n][value];
                for (m, var) in self.nodes[n].members.iter().enumerate() {
                    bits[*var] = come == Some(m);
                }
            }
            values.push(number(bits));
        }
        self.clear(&nodes, bits);
        Some(Table { vars, values })
    }

    /// How likely a variable of the plan is to hold, by the shares of its node's values.
    pub(super) fn chance(&self, end: &End, var: usize, shares: &[Vec<f64>]) -> f64 {
        let (node, member) = self.of[var];
        let values = end.comes[node].iter().zip(&shares[end.vars[node]]);
        values
            .filter(|(come, _)| **come == Some(member))
            .map(|v| v.1)
            .sum()
    }
}

/// The plan's variables that a condition names, rising.
pub(super) fn vars(plan: &Plan<'_>, cond: &Cond) -> Vec<usize> {
    let mut names = Vec::new();
    plan.all_names(cond, &mut names);
    let vars = names.into_iter().filter_map(|d| match plan.truth[d] {
        Truth::Var(var) | Truth::NotVar(var) => Some(var),
        _ => None,
    });
    let mut vars: Vec<usize> = vars.collect();
    vars.sort_unstable();
    vars.dedup();
    vars
}

pub(super) fn moment(bits: &[bool], now: bool) -> Moment<'_> {
    Moment {
        bits,
        before: false,
        now,
    }
}

/// How many assignments there are, unless too many.
fn assignments(sizes: impl Iterator<Item = usize>) -> Option<usize> {
    let all = sizes.fold(1, usize::saturating_mul);
    (all <= ASSIGNMENTS).then_some(all)
}

/// The value of each variable in an assignment, of which the first counts fastest.
fn values(assignment: usize, sizes: impl Iterator<Item = usize>) -> impl Iterator<Item = usize> {
    sizes.scan(assignment, |rest, size| {
        let value = *rest % size;
        *rest /= size;
        Some(value)
    })
}

fn with_none(comes: Vec<f64>) -> Vec<f64> {
    let none = (1.0 - comes.iter().sum::<f64>()).max(0.0);
    std::iter::once(none).chain(comes).collect()
}

/// A table from a row for each assignment of the parents, which are rising.
fn table(sizes: &[usize], parents: &[usize], own: usize, rows: Vec<Vec<f64>>) -> Table {
    let mut vars = parents.to_vec();
    let at = vars.partition_point(|v| *v < own);
    vars.insert(at, own);
    let below: usize = parents[..at].iter().map(|v| sizes[*v]).product();
    let size = sizes[own];
    let mut values = vec![0.0; rows.len() * size];
    for (assignment, row) in rows.into_iter().enumerate() {
        let (low, high) = (assignment % below, assignment / below);
        for (value, p) in row.into_iter().enumerate() {
            values[(high * size + value) * below + low] = p;
        }
    }
    Table { vars, values }
}
