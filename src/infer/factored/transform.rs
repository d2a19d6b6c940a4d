//! The outcomes where none is final, by a transform of the sum of pushes.
//!
//! In: a plan. Out: by horizon and condition the outcomes, with an error. The share of outcome o in a state, e^{S_o}/Σ e^S with
//! S = ln π + W, is the inverse of its Mellin transform Γ(1 + β_o) Π_{k≠o} Γ(β_k), Σβ = 0 (the multinomial beta integral), so that
//!
//! ```text
//! p_o = (2π)^{1−K} ∫ Γ(1 + β_o) Π_{k≠o} Γ(β_k) E[e^{−β·S}] dt,  β_k = α_k + i t_k for k ≠ o.
//! ```
//!
//! In the expectation what is independent multiplies, and what hangs together is summed out of a graph. The trapezoid rule
//! misses by less than any power of its step (Trefethen and Weideman 2014), by what stands at the shifts 2π/step of the pushes
//! in place of 0: nothing but shares, so that it is above for every outcome, and how far their sum is from 1 bounds it.

use super::gamma::{Complex, from_polar, gamma, times};
use super::graph::{Summed, Table, Tree, places, products};
use super::net::{End, Net, moment, vars};
use super::{Plan, chances};
use crate::infer::cluster;
use crate::infer::pass::Tally;
use crate::infer::sampled::{Noise, Pushes};
use crate::model::condition::Cond;
use crate::parallel::*;
use assess_lanes::complex::Row;

/// Shares further from a sum of 1 than this are not taken.
const WANTED: f64 = 1e-10;

/// ln of how little of an integrand's size is still looked at: e^−36 is rounding.
const REACH: f64 = 36.0;

/// ln of the largest miss of the trapezoid rule where pushes are moderate; and the next that is tried where they are not.
const MISS: [f64; 2] = [26.0, 36.0];

/// A miss above this is tried to be bettered.
const GOOD: f64 = 2e-11;

/// Outcomes that are told apart, at most: more need too many nodes.
const OUTCOMES: usize = 4;

/// What was found under one condition.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// How likely the condition is.
    pub(crate) mass: f64,
    /// By outcome of the model, among the cases in which it holds.
    pub(crate) outcomes: Vec<f64>,
    /// How far the shares were from a sum of 1, and what rounding may add.
    pub(crate) error: f64,
}

impl Found {
    /// What is left of it without a part; none where that is too little to be told.
    fn less(&self, part: &Found) -> Option<Found> {
        /// Less than this loses too many digits.
        const LEAST: f64 = 1e-2;
        let mass = self.mass - part.mass;
        let outcomes = self.outcomes.iter().zip(&part.outcomes);
        let left = outcomes.map(|(p, q)| ((p * self.mass - q * part.mass) / mass).clamp(0.0, 1.0));
        (mass > LEAST).then(|| Found {
            mass,
            outcomes: left.collect(),
            error: (self.error + part.error) / mass,
        })
    }

    /// The same as a pass leaves it; that it was not summed over states shows in its errors.
    pub(crate) fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        tally.reset(1, self.outcomes.len());
        tally.mass[0] = self.mass;
        for (mass, p) in tally.outcomes.iter_mut().zip(&self.outcomes) {
            *mass = p * self.mass;
        }
        tally.noise = Some(Noise {
            outcomes: vec![self.error; self.outcomes.len()],
            effective: f64::INFINITY,
            ..Noise::default()
        });
        tally
    }
}

/// A question made ready to be transformed.
pub(crate) struct Transform<'p> {
    plan: &'p Plan<'p>,
    net: Net,
    /// What pushes together, and the variables of the plan that it rests on.
    pushing: Vec<(Vec<usize>, Vec<usize>)>,
    /// Outcomes that nothing ever tells apart, class by class.
    classes: Vec<Vec<usize>>,
}

/// A horizon's end under one condition, made ready.
struct Ready {
    tree: Tree,
    /// By bucket the product of the tables without pushes.
    real: Vec<Vec<f64>>,
    /// Tables with pushes: the bucket, for each of its assignments the place, and W by class at each place.
    pushed: Vec<(usize, Vec<u32>, Vec<Vec<f64>>)>,
    /// For each bucket, by each of its children the place of each assignment.
    children: Vec<Vec<(usize, Vec<u32>)>>,
    /// ln π + what pushes everywhere, by class.
    constant: Vec<f64>,
    /// How likely the condition is.
    mass: f64,
}

impl<'p> Transform<'p> {
    /// None where an outcome is final, or too much hangs together.
    pub(crate) fn new(plan: &'p Plan<'p>) -> Option<Self> {
        if plan.outcomes < 2 || plan.model.has_finals() || plan.within {
            return None;
        }
        let net = Net::new(plan)?;
        let of = |drivers: Vec<usize>| {
            let mut own = Vec::new();
            for &d in &drivers {
                own.extend(vars(plan, &Cond::Is(d)));
                for (change, _) in &plan.model.drivers[d].counted {
                    own.extend(vars(plan, &Cond::Is(*change)));
                }
            }
            own.sort_unstable();
            own.dedup();
            (drivers, own)
        };
        let pushing = cluster::clusters(plan.model, &plan.pushers)
            .into_iter()
            .map(of);
        let transform = Transform {
            pushing: pushing.collect(),
            classes: classes(plan),
            plan,
            net,
        };
        (transform.classes.len() <= OUTCOMES).then_some(transform)
    }

    /// About how many multiplications all conditions take; none where too much hangs together.
    pub(crate) fn steps(&self) -> Option<u64> {
        let plan = self.plan;
        let horizons = plan.model.horizons();
        let grid = Grid::new(self.classes.len(), 1.0, MISS[0]);
        // Half of what is asked of changes is what the other half leaves.
        let conds = (plan.conds.len() / 2 + 1) as u64;
        let end = self.net.end(plan, horizons)?;
        let mut bits = vec![false; plan.vars.len()];
        let mut scopes: Vec<Vec<usize>> = end.tables.iter().map(|t| t.vars.clone()).collect();
        for (_, own) in &self.pushing {
            scopes.push(self.net.table(&end, own, &mut bits, |_| 0.0)?.vars);
        }
        if let [cond] = &plan.conds[..] {
            scopes.push(chances::holds(plan, &self.net, &end, cond, &mut bits)?.vars);
        }
        let scopes: Vec<&[usize]> = scopes.iter().map(|s| &s[..]).collect();
        let tree = Tree::new(&end.sizes, &scopes, 1 << 18)?;
        let each = tree.cost.saturating_mul(grid.nodes());
        Some(each.saturating_mul(conds * (horizons * self.classes.len()) as u64))
    }

    /// By horizon and condition; where there is no condition, of all cases. None where the error is too large, or a condition
    /// cannot hold.
    pub(crate) fn run(&self) -> Option<Vec<Vec<Found>>> {
        let plan = self.plan;
        let conds: Vec<Option<&Cond>> = match &plan.conds[..] {
            [] => vec![None],
            all => all.iter().map(Some).collect(),
        };
        let horizons = 1..=plan.model.horizons();
        horizons.map(|h| self.at(h, &conds)).collect()
    }

    /// Under each condition at one horizon. What is so where another condition is not is what is left of all cases.
    fn at(&self, h: usize, conds: &[Option<&Cond>]) -> Option<Vec<Found>> {
        let mut out: Vec<Found> = Vec::with_capacity(conds.len());
        for (c, cond) in conds.iter().enumerate() {
            let before = c.checked_sub(1).and_then(|b| conds[b]);
            let is_rest = |cond: &&Cond| matches!((cond, before), (Cond::Not(inner), Some(before)) if **inner == *before);
            let whole = matches!(conds[0], Some(Cond::All(list)) if list.is_empty());
            let left = cond.filter(is_rest).filter(|_| whole && c > 1);
            let left = left.and_then(|_| out[0].less(&out[c - 1]));
            out.push(match left {
                Some(left) => left,
                None => self.found(h, *cond)?,
            });
        }
        Some(out)
    }

    fn found(&self, h: usize, cond: Option<&Cond>) -> Option<Found> {
        let plan = self.plan;
        let ready = self.ready(h, cond)?;
        if ready.mass <= 0.0 {
            return None;
        }
        let priors = |class: &Vec<usize>| {
            class
                .iter()
                .map(|o| plan.numbers.prior_at(*o, h))
                .sum::<f64>()
        };
        let alive: Vec<usize> = (0..self.classes.len())
            .filter(|c| priors(&self.classes[*c]) > 0.0)
            .collect();
        let (mut shares, mut error) = (vec![0.0; self.classes.len()], f64::INFINITY);
        for miss in MISS {
            let found = ready.shares(&alive, self.classes.len(), miss);
            if found.1 < error {
                (shares, error) = found;
            }
            if error <= GOOD {
                break;
            }
        }
        if error.is_nan() || error > WANTED {
            return None;
        }
        let mut outcomes = vec![0.0; plan.outcomes];
        for (class, share) in self.classes.iter().zip(&shares) {
            let whole = priors(class);
            for &o in class.iter().filter(|_| whole > 0.0) {
                outcomes[o] = (share * plan.numbers.prior_at(o, h) / whole).clamp(0.0, 1.0);
            }
        }
        Some(Found {
            mass: ready.mass,
            outcomes,
            error,
        })
    }

    fn ready(&self, h: usize, cond: Option<&Cond>) -> Option<Ready> {
        let plan = self.plan;
        let mut bits = vec![false; plan.vars.len()];
        let mut end: End = self.net.end(plan, h)?;
        if let Some(cond) = cond {
            let table = chances::holds(plan, &self.net, &end, cond, &mut bits)?;
            end.tables.push(table);
        }
        let mut pushes = Pushes::new(plan);
        let mut log = vec![0.0; plan.outcomes];
        let prior = |class: &Vec<usize>| {
            let all = class.iter().map(|o| plan.numbers.prior_at(*o, h));
            libm::log(all.sum::<f64>())
        };
        let mut constant: Vec<f64> = self.classes.iter().map(prior).collect();
        let mut tables: Vec<(Table, Vec<Vec<f64>>)> = Vec::new();
        for (drivers, own) in &self.pushing {
            let member = |d: usize| drivers.contains(&d);
            let mut rows: Vec<Vec<f64>> = Vec::new();
            let table = self.net.table(&end, own, &mut bits, |bits| {
                let at = moment(bits, false);
                pushes.of(plan, h, &at, (&member, &|_| true), &mut log);
                rows.push(self.classes.iter().map(|class| log[class[0]]).collect());
                0.0
            })?;
            match table.vars[..] {
                [] => constant.iter_mut().zip(&rows[0]).for_each(|(c, w)| *c += w),
                _ => tables.push((table, rows)),
            }
        }
        let scopes = end.tables.iter().map(|t| &t.vars[..]);
        let scopes: Vec<&[usize]> = scopes.chain(tables.iter().map(|t| &t.0.vars[..])).collect();
        let tree = Tree::new(&end.sizes, &scopes, 1 << 18)?;
        let (real, known) = products(&end.sizes, &end.tables, &tree);
        let mass = Summed::over(&end.sizes, (real.clone(), known), &tree).mass;
        let mut pushed = Vec::with_capacity(tables.len());
        for ((table, rows), home) in tables.into_iter().zip(&tree.home[end.tables.len()..]) {
            let home = (*home)?;
            let at = places(&end.sizes, &tree.buckets[home].scope, &table.vars);
            pushed.push((home, at, rows));
        }
        let mut children = vec![Vec::new(); tree.buckets.len()];
        for (b, bucket) in tree.buckets.iter().enumerate() {
            if let Some(parent) = bucket.parent {
                let at = places(&end.sizes, &tree.buckets[parent].scope, &tree.kept(b));
                children[parent].push((b, at));
            }
        }
        Some(Ready {
            tree,
            real,
            pushed,
            children,
            constant,
            mass,
        })
    }
}

/// Outcomes that nothing ever pushes apart, by driver and horizon, together.
fn classes(plan: &Plan<'_>) -> Vec<Vec<usize>> {
    let overlapped = !plan.model.overlaps.is_empty();
    let pushes = |o: usize| {
        let mut all = Vec::new();
        for &d in &plan.pushers {
            let own = plan.model.drivers[d].pushes.iter();
            for (_, push) in own.filter(|p| p.0 == o) {
                for h in 1..=plan.model.horizons() {
                    all.push((d, h, plan.numbers.push_at(*push, h).to_bits()));
                }
            }
        }
        all
    };
    let mut classes: Vec<(Vec<_>, Vec<usize>)> = Vec::new();
    for o in 0..plan.outcomes {
        let own = pushes(o);
        // Overlap looks at pushes outcome by outcome, so that like ones stay alike.
        let known = classes
            .iter_mut()
            .find(|c| c.0 == own && (own.is_empty() || !overlapped));
        match known {
            Some(class) => class.1.push(o),
            None => classes.push((own, vec![o])),
        }
    }
    classes.into_iter().map(|c| c.1).collect()
}

/// The nodes of the trapezoid rule for one outcome.
struct Grid {
    /// Outcomes but one.
    dims: usize,
    step: f64,
    /// α of each.
    alpha: f64,
    /// The last node to either side.
    most: i64,
}

impl Grid {
    /// `shrink` is what α is multiplied by.
    fn new(outcomes: usize, shrink: f64, miss: f64) -> Grid {
        let alpha = shrink / outcomes as f64;
        let step = 2.0 * std::f64::consts::PI * alpha / miss;
        Grid {
            dims: outcomes - 1,
            alpha,
            step,
            most: (REACH / std::f64::consts::PI / step) as i64,
        }
    }

    /// How many nodes there are, more or less.
    fn nodes(&self) -> u64 {
        let side = 2 * self.most as u64 + 1;
        // A hexagon has three quarters of a square; and half of all is enough.
        (0..self.dims).fold(1u64, |all, _| all.saturating_mul(side)) / 2
    }

    /// All outer nodes with their first inner one and how many there are; half of all nodes, since the others are their
    /// conjugates.
    fn rows(&self) -> Vec<(Vec<i64>, i64, usize)> {
        let mut outer: Vec<Vec<i64>> = vec![Vec::new()];
        for _ in 1..self.dims {
            let each = outer.iter().flat_map(|at| {
                (-self.most..=self.most)
                    .map(move |m| at.iter().copied().chain([m]).collect::<Vec<_>>())
            });
            outer = each
                .filter(|at| self.within(at, 0) || self.within(at, -at.iter().sum::<i64>()))
                .collect();
        }
        let mut rows = Vec::new();
        for at in outer {
            let sign = at.iter().copied().find(|m| *m != 0).unwrap_or(0);
            if sign < 0 {
                continue;
            }
            let from = if sign == 0 { 0 } else { -self.most };
            let inside: Vec<i64> = (from..=self.most)
                .filter(|m| self.within(&at, *m))
                .collect();
            if let Some(first) = inside.first() {
                rows.push((at, *first, inside.len()));
            }
        }
        rows
    }

    fn within(&self, outer: &[i64], inner: i64) -> bool {
        let all = outer.iter().chain([&inner]);
        let sizes: i64 = all.clone().map(|m| m.abs()).sum();
        let sum: i64 = all.sum();
        (sizes + sum.abs()) as f64 * self.step * std::f64::consts::FRAC_PI_2 <= REACH
    }
}

/// The nodes for one outcome, with all that is the same in every row of them.
struct Nodes {
    grid: Grid,
    gammas: Gammas,
    turns: Turns,
    /// By table with pushes and its places the row of turns; and last that of the constant.
    at: Vec<Vec<usize>>,
}

/// What the pushes of one outcome against another make of a row of nodes.
struct Turns {
    /// e^{−imΔw} for every inner node m, by each w that there is.
    rows: Vec<Row>,
}

impl Ready {
    /// The share of each class, and how far they may be off.
    fn shares(&self, alive: &[usize], classes: usize, miss: f64) -> (Vec<f64>, f64) {
        let mut shares = vec![0.0; classes];
        if let [only] = alive {
            shares[*only] = 1.0;
            return (shares, f64::EPSILON);
        }
        let mut rounding: f64 = 0.0;
        for (place, &c) in alive.iter().enumerate() {
            let (share, size) = self.share(alive, place, miss);
            shares[c] = share / self.mass;
            rounding = rounding.max(f64::EPSILON * size / self.mass);
        }
        let sum: f64 = shares.iter().sum();
        (shares, (sum - 1.0).abs().max(rounding))
    }

    /// The share of one outcome, not yet divided by the condition's mass; and the size of what was added up.
    fn share(&self, alive: &[usize], place: usize, miss: f64) -> (f64, f64) {
        /// Sizes beyond this leave too few digits.
        const SIZE: f64 = 1e5;
        let mut best = self.nodes((alive, place), Grid::new(alive.len(), 1.0, miss));
        let mut size = self.size((alive, place), &best);
        if size > SIZE {
            // Nearer to the axis what is added up is smaller, though there is more of it.
            best = self.nodes((alive, place), Grid::new(alive.len(), 0.5, miss));
            size = self.size((alive, place), &best);
        }
        (self.sum((alive, place), &best), size)
    }

    /// W of each class against that at `place`, but for it.
    fn against(alive: &[usize], place: usize, w: &[f64]) -> Vec<f64> {
        let own = w[alive[place]];
        let others = alive.iter().enumerate().filter(|(i, _)| *i != place);
        others.map(|(_, c)| w[*c] - own).collect()
    }

    /// The integrand where it is largest, at the real node.
    fn size(&self, of: (&[usize], usize), nodes: &Nodes) -> f64 {
        let row = (vec![0; nodes.grid.dims - 1], 0, 1);
        let value = self.row(of, nodes, &row, &mut Vec::new());
        // The area under the Gammas is about 2 to either side; some rounding is added up.
        value.abs() * 10.0
    }

    fn nodes(&self, (alive, place): (&[usize], usize), grid: Grid) -> Nodes {
        let (turns, at) = self.turns(alive, place, &grid);
        Nodes {
            gammas: Gammas::new(&grid),
            turns,
            at,
            grid,
        }
    }

    fn sum(&self, of: (&[usize], usize), nodes: &Nodes) -> f64 {
        let grid = &nodes.grid;
        let rows = grid.rows();
        let each: Vec<f64> = rows
            .par_iter()
            .map_init(Vec::new, |pool, row| self.row(of, nodes, row, pool))
            .collect();
        let scale = (grid.step / (2.0 * std::f64::consts::PI)).powi(grid.dims as i32);
        each.iter().sum::<f64>() * scale
    }

    /// By table with pushes and its places the row of turns; and last that of the constant.
    fn turns(&self, alive: &[usize], place: usize, grid: &Grid) -> (Turns, Vec<Vec<usize>>) {
        let mut known: std::collections::BTreeMap<u64, usize> = std::collections::BTreeMap::new();
        let mut rows = Vec::new();
        let mut of = |w: &[f64]| {
            let inner = *Ready::against(alive, place, w).last().unwrap_or(&0.0);
            *known.entry(inner.to_bits()).or_insert_with(|| {
                rows.push(turned(inner * grid.step, grid.most));
                rows.len() - 1
            })
        };
        let mut all: Vec<Vec<usize>> = Vec::new();
        for (_, _, pushes) in &self.pushed {
            all.push(pushes.iter().map(|w| of(w)).collect());
        }
        all.push(vec![of(&self.constant)]);
        (Turns { rows }, all)
    }

    /// The sum over one row of nodes.
    fn row(
        &self,
        (alive, place): (&[usize], usize),
        nodes: &Nodes,
        (outer, first, length): &(Vec<i64>, i64, usize),
        pool: &mut Vec<Row>,
    ) -> f64 {
        let Nodes {
            grid,
            gammas,
            turns,
            at,
        } = nodes;
        let from = (first + grid.most) as usize;
        let base = |w: &[f64]| {
            let against = Ready::against(alive, place, w);
            let size: f64 = against.iter().map(|w| -grid.alpha * w).sum();
            let turn: f64 = outer
                .iter()
                .zip(&against)
                .map(|(m, w)| -(*m as f64) * grid.step * w)
                .sum();
            from_polar(size, turn)
        };
        let mut product = Row::default();
        product.fill(*length, (0.0, 0.0));
        let constant = &turns.rows[at[self.pushed.len()][0]];
        product.add_times(base(&self.constant), constant, from);
        // What was pushed in each bucket, by its place.
        let bases: Vec<Vec<Complex>> = self
            .pushed
            .iter()
            .map(|(_, _, rows)| rows.iter().map(|w| base(w)).collect())
            .collect();
        let mut own: Vec<Vec<usize>> = vec![Vec::new(); self.tree.buckets.len()];
        for (p, (home, _, _)) in self.pushed.iter().enumerate() {
            own[*home].push(p);
        }
        let mut sums: Vec<Vec<Row>> = Vec::with_capacity(self.tree.buckets.len());
        let mut part = Row::default();
        for (b, bucket) in self.tree.buckets.iter().enumerate() {
            let mut out: Vec<Row> = (0..bucket.outs).map(|_| taken(pool, *length)).collect();
            for assignment in 0..bucket.size {
                let share = self.real[b][assignment];
                if share == 0.0 {
                    continue;
                }
                let to = &mut out[bucket.out[assignment] as usize];
                self.assignment(
                    (b, assignment, share),
                    (&own[b], &bases, at),
                    turns,
                    &sums,
                    from,
                    (to, &mut part),
                );
            }
            // What has been handed on is not needed any more.
            for (child, _) in &self.children[b] {
                pool.append(&mut sums[*child]);
            }
            if bucket.parent.is_none() {
                product.multiply(&out[0]);
                pool.append(&mut out);
            }
            sums.push(out);
        }
        let kernel = gammas.kernel(grid, outer, *first, *length);
        product.real_of_product(&kernel)
    }

    /// Adds one assignment of a bucket to what is handed on.
    fn assignment(
        &self,
        (b, assignment, share): (usize, usize, f64),
        (own, bases, at): (&[usize], &[Vec<Complex>], &[Vec<usize>]),
        turns: &Turns,
        sums: &[Vec<Row>],
        from: usize,
        (to, part): (&mut Row, &mut Row),
    ) {
        let children = &self.children[b];
        let factors = own.iter().filter_map(|p| {
            let place = self.pushed[*p].1[assignment] as usize;
            let moved = self.pushed[*p].2[place].iter().any(|w| *w != 0.0);
            moved.then(|| (bases[*p][place], &turns.rows[at[*p][place]]))
        });
        let mut factors: Vec<(Complex, &Row)> = factors.collect();
        if children.is_empty() {
            match factors.pop() {
                None => to.add((share, 0.0)),
                Some(((c, s), row)) if factors.is_empty() => {
                    to.add_times((share * c, share * s), row, from);
                }
                Some((base, row)) => {
                    part.fill(to.re.len(), (0.0, 0.0));
                    part.add_times(base, row, from);
                    self.all(part, &factors, from);
                    to.add_times((share, 0.0), part, 0);
                }
            }
            return;
        }
        let mut handed = children
            .iter()
            .map(|(child, at)| &sums[*child][at[assignment] as usize]);
        let Some(first) = handed.next() else { return };
        let rest: Vec<&Row> = handed.collect();
        match (&rest[..], &factors[..]) {
            ([], []) => to.add_times((share, 0.0), first, 0),
            ([], [((c, s), row)]) => to.add_product(first, (share * c, share * s), row, from),
            _ => {
                part.fill(to.re.len(), (0.0, 0.0));
                part.add_times((share, 0.0), first, 0);
                rest.iter().for_each(|row| part.multiply(row));
                self.all(part, &factors, from);
                to.add_times((1.0, 0.0), part, 0);
            }
        }
    }

    /// Multiplies by some turned rows.
    fn all(&self, part: &mut Row, factors: &[(Complex, &Row)], from: usize) {
        let mut next = Row::default();
        for (base, row) in factors {
            next.fill(part.re.len(), (0.0, 0.0));
            next.add_product(part, *base, row, from);
            std::mem::swap(part, &mut next);
        }
    }
}

/// A row of nothing.
fn taken(pool: &mut Vec<Row>, length: usize) -> Row {
    let mut row = pool.pop().unwrap_or_default();
    row.fill(length, (0.0, 0.0));
    row
}

/// e^{−imθ} for m from −`most` to `most`.
fn turned(theta: f64, most: i64) -> Row {
    let length = 2 * most as usize + 1;
    let mut row = Row::default();
    row.fill(length, (1.0, 0.0));
    let middle = most as usize;
    for m in 1..=middle {
        let turn = m as f64 * theta;
        let (c, s) = (libm::cos(turn), libm::sin(turn));
        (row.re[middle + m], row.im[middle + m]) = (c, -s);
        (row.re[middle - m], row.im[middle - m]) = (c, s);
    }
    row
}

/// Γ along the lines of the nodes.
struct Gammas {
    /// Γ(α + imΔ), m from −most.
    others: Vec<Complex>,
    /// Γ(1 + β_o) at Σt = mΔ, m from −dims·most.
    own: Vec<Complex>,
}

impl Gammas {
    fn new(grid: &Grid) -> Gammas {
        let dims = grid.dims as i64;
        let at = |x: f64, m: i64| gamma((x, m as f64 * grid.step));
        let whole = 1.0 - grid.dims as f64 * grid.alpha;
        let span = dims * grid.most;
        Gammas {
            others: (-grid.most..=grid.most)
                .map(|m| at(grid.alpha, m))
                .collect(),
            own: (-span..=span).map(|m| at(whole, -m)).collect(),
        }
    }

    /// The product at each node of a row, twice where its conjugate is left out.
    fn kernel(&self, grid: &Grid, outer: &[i64], first: i64, length: usize) -> Row {
        let mut row = Row::default();
        row.fill(length, (0.0, 0.0));
        let other = |m: i64| self.others[(m + grid.most) as usize];
        let base = outer
            .iter()
            .fold((1.0, 0.0), |all, m| times(all, other(*m)));
        let sum: i64 = outer.iter().sum();
        let span = grid.dims as i64 * grid.most;
        let is_edge = outer.iter().all(|m| *m == 0);
        for i in 0..length {
            let m = first + i as i64;
            let own = self.own[(sum + m + span) as usize];
            let value = times(times(base, other(m)), own);
            let weight = if is_edge && m == 0 { 1.0 } else { 2.0 };
            (row.re[i], row.im[i]) = (weight * value.0, weight * value.1);
        }
        row
    }
}
