//! The meaning of an assessment, computed by brute force from the reference alone: every state is
//! followed to every state that can come of it. Slow, short, and shares no code with the product.

use assess::resolve::assessment::*;
use assess::resolve::table::Id;
use std::collections::BTreeMap;

/// True events, holding factors and wrong assumptions, by driver.
pub(crate) type State = Vec<bool>;

/// Mass that went from one state to another in one horizon.
#[derive(Clone)]
pub(crate) struct Step {
    pub(crate) before: State,
    pub(crate) after: State,
    /// How many hypothetical things it took.
    pub(crate) power: usize,
    /// By outcome: at the end for open ones, cumulative for final ones.
    pub(crate) outcomes: Vec<f64>,
    /// By outcome, final ones: what ended in this horizon.
    pub(crate) ended: Vec<f64>,
    pub(crate) mass: f64,
}

pub(crate) struct Oracle<'a> {
    a: &'a Assessment,
    sets: BTreeMap<DriverId, bool>,
    /// For every row of every driver: its curve at times 0 … H.
    rows: Vec<Vec<Vec<f64>>>,
    prior: Vec<Vec<f64>>,
}

#[derive(Clone)]
struct Mass {
    open: f64,
    ended: Vec<f64>,
}

impl Mass {
    fn add(&mut self, other: &Mass) {
        self.open += other.open;
        for (sum, x) in self.ended.iter_mut().zip(&other.ended) {
            *sum += x;
        }
    }
}

impl<'a> Oracle<'a> {
    pub(crate) fn new(a: &'a Assessment, sets: &[(DriverId, bool)]) -> Self {
        let mut all: BTreeMap<DriverId, bool> = sets.iter().copied().collect();
        for (d, to) in sets {
            for group in a.exclusives.iter().filter(|g| *to && g.members.contains(d)) {
                for m in group.members.iter().filter(|m| *m != d) {
                    all.insert(*m, false);
                }
            }
        }
        let rows = a
            .drivers
            .values()
            .map(|d| match &d.what {
                What::Event(rows) => rows.iter().map(|r| curve(a, &r.clause.values)).collect(),
                What::Factor(rows) => {
                    let list = |r: &Row<Vec<Number>>| {
                        let mut list = vec![0.0];
                        list.extend(r.clause.values.iter().map(|n| n.point));
                        list
                    };
                    rows.iter().map(list).collect()
                }
                _ => Vec::new(),
            })
            .collect();
        Oracle {
            a,
            sets: all,
            rows,
            prior: prior(a),
        }
    }

    /// The truth of a proposition at time `h`.
    pub(crate) fn holds(&self, prop: &Prop, s: &State, h: usize) -> bool {
        match prop {
            Prop::Outcome(_) | Prop::Reaches(..) => {
                unreachable!("no proposition here names an outcome or a quantity")
            }
            Prop::Not(p) => !self.holds(p, s, h),
            Prop::All(list) => list.iter().all(|p| self.holds(p, s, h)),
            Prop::Any(list) => list.iter().any(|p| self.holds(p, s, h)),
            Prop::AtLeast(n, list) => {
                list.iter().filter(|p| self.holds(p, s, h)).count() >= *n as usize
            }
            Prop::Is(d) => match &self.a.drivers[*d].what {
                What::Change { when, .. } => self.holds(when, s, h),
                What::Factor(_) => h > 0 && s[d.index()],
                What::Event(_) => s[d.index()],
                What::Assumption(_) => !s[d.index()],
            },
        }
    }

    fn row(&self, d: DriverId, s: &State, h: usize) -> Option<usize> {
        let given: Vec<Option<&Prop>> = match &self.a.drivers[d].what {
            What::Event(rows) => rows.iter().map(|r| r.given.as_ref()).collect(),
            What::Factor(rows) => rows.iter().map(|r| r.given.as_ref()).collect(),
            _ => Vec::new(),
        };
        given
            .iter()
            .position(|g| g.is_none_or(|g| self.holds(g, s, h)))
    }

    /// c of the row in force in a state at time `h`.
    fn c(&self, d: DriverId, s: &State, h: usize) -> f64 {
        self.row(d, s, h)
            .map_or(0.0, |r| self.rows[d.index()][r][h])
    }

    /// Every state that `before` can become, with its chance and its cost, things in order.
    fn next(&self, before: Option<&State>, h: usize, cost: bool) -> Vec<(State, f64, usize)> {
        let n = self.a.drivers.len();
        let mut states = vec![(vec![false; n], 1.0, 0)];
        // Whatever is looked at stands before: repeated over the order, group by group.
        let mut done = vec![false; n];
        while let Some(&d) = self
            .a
            .order
            .iter()
            .find(|d| !done[d.index()] && self.ready(**d, &done))
        {
            let members = self.group(d);
            for m in &members {
                done[m.index()] = true;
            }
            let mut out = Vec::new();
            for (s, p, power) in states {
                for (set, q, extra) in self.draw(&members, before, &s, h, cost) {
                    let mut s = s.clone();
                    for m in &set {
                        s[m.index()] = true;
                    }
                    if q > 0.0 {
                        out.push((s, p * q, power + extra));
                    }
                }
            }
            states = out;
        }
        states
    }

    fn group(&self, d: DriverId) -> Vec<DriverId> {
        let group = self.a.exclusives.iter().find(|g| g.members.contains(&d));
        match group {
            Some(g) if !self.sets.contains_key(&d) => {
                let free = g.members.iter().filter(|m| !self.sets.contains_key(m));
                free.copied().collect()
            }
            _ => vec![d],
        }
    }

    fn ready(&self, d: DriverId, done: &[bool]) -> bool {
        self.group(d).iter().all(|m| {
            let mut names = Vec::new();
            match &self.a.drivers[*m].what {
                What::Event(rows) => rows
                    .iter()
                    .for_each(|r| r.given.iter().for_each(|g| names_of(g, &mut names))),
                What::Factor(rows) => rows
                    .iter()
                    .for_each(|r| r.given.iter().for_each(|g| names_of(g, &mut names))),
                What::Change { when, .. } => names_of(when, &mut names),
                What::Assumption(_) => {}
            }
            names.iter().all(|n| done[n.index()])
        })
    }

    /// Which of these become true, with what chance, at what cost.
    fn draw(
        &self,
        members: &[DriverId],
        before: Option<&State>,
        s: &State,
        h: usize,
        cost: bool,
    ) -> Vec<(Vec<DriverId>, f64, usize)> {
        let d = members[0];
        let driver = &self.a.drivers[d];
        if let Some(&to) = self.sets.get(&d) {
            let as_bit = match driver.what {
                What::Assumption(_) => !to,
                What::Factor(_) => to && h > 0,
                _ => to,
            };
            return vec![(if as_bit { vec![d] } else { vec![] }, 1.0, 0)];
        }
        match &driver.what {
            What::Change { .. } => vec![(vec![], 1.0, 0)],
            What::Assumption(_) => match before {
                None if cost => vec![(vec![], 1.0, 0), (vec![d], 1.0, 1)],
                Some(b) if b[d.index()] => vec![(vec![d], 1.0, 0)],
                _ => vec![(vec![], 1.0, 0)],
            },
            What::Factor(_) if h == 0 => vec![(vec![], 1.0, 0)],
            What::Factor(rows) if rows.is_empty() => vec![(vec![d], 1.0, 0)],
            What::Factor(_) => {
                let p = self.c(d, s, h);
                vec![(vec![], 1.0 - p, 0), (vec![d], p, 0)]
            }
            What::Event(_) => self.happen(members, before, s, h, cost),
        }
    }

    fn happen(
        &self,
        members: &[DriverId],
        before: Option<&State>,
        s: &State,
        h: usize,
        cost: bool,
    ) -> Vec<(Vec<DriverId>, f64, usize)> {
        if let Some(b) = before
            && let Some(m) = members.iter().find(|m| b[m.index()])
        {
            return vec![(vec![*m], 1.0, 0)];
        }
        let c_before = |m: DriverId| before.map_or(0.0, |b| self.c(m, b, h - 1));
        let left = 1.0 - members.iter().map(|m| c_before(*m)).sum::<f64>();
        let rise = |m: DriverId| (self.c(m, s, h) - c_before(m)).max(0.0);
        let rises: f64 = members.iter().map(|m| rise(*m)).sum();
        let scale = if left > 0.0 {
            1.0 / left.max(rises)
        } else {
            0.0
        };
        let mut out = vec![(vec![], 1.0 - rises * scale, 0)];
        for m in members {
            if self.a.drivers[*m].is_hypothetical() {
                if cost && h == 0 {
                    out.push((vec![*m], 1.0 - rises * scale, 1));
                }
            } else {
                out.push((vec![*m], rise(*m) * scale, 0));
            }
        }
        out
    }

    /// W of every outcome.
    fn weights(&self, s: &State, h: usize) -> Vec<f64> {
        let a = self.a;
        let active = |d: DriverId| match &a.drivers[d].what {
            What::Change { when, .. } => self.holds(when, s, h),
            _ => s[d.index()],
        };
        (0..a.outcomes.len())
            .map(|o| {
                let mut pushes = vec![0.0; a.drivers.len()];
                for (d, driver) in a.drivers.iter().filter(|(d, _)| active(*d)) {
                    let mut w = 0.0;
                    for weight in driver.weights.iter().filter(|w| w.outcome.index() == o) {
                        let value = weight.clause.values[h - 1]
                            .as_ref()
                            .map_or(0.0, |n| n.point);
                        w += if weight.against { -value } else { value };
                    }
                    for (_, change) in a.drivers.iter() {
                        if let What::Change { when, counts, .. } = &change.what
                            && self.holds(when, s, h)
                        {
                            let own = counts.iter().filter(|c| c.driver == d);
                            w *= own.map(|c| c.shares[h - 1]).product::<f64>();
                        }
                    }
                    pushes[d.index()] = w * driver.discount;
                }
                let mut factors = vec![1.0f64; pushes.len()];
                for group in &a.overlaps {
                    for sign in [1.0, -1.0] {
                        let mut list: Vec<usize> = group
                            .members
                            .iter()
                            .map(|m| m.index())
                            .filter(|m| pushes[*m] * sign > 0.0)
                            .collect();
                        list.sort_by(|x, y| pushes[*y].abs().total_cmp(&pushes[*x].abs()));
                        for (rank, m) in list.iter().enumerate() {
                            let size = pushes[*m].abs();
                            let tied = |n: &usize| (pushes[*n].abs() - size).abs() <= 1e-12 * size;
                            let first = list.iter().position(tied).expect("itself");
                            let count = list.iter().filter(|n| tied(n)).count();
                            assert!(first <= rank && rank < first + count);
                            let ranks = first..first + count;
                            let sum: f64 = ranks.map(|r| (1.0 - group.share).powi(r as i32)).sum();
                            factors[*m] = factors[*m].min(sum / count as f64);
                        }
                    }
                }
                pushes.iter().zip(factors).map(|(p, f)| p * f).sum()
            })
            .collect()
    }

    /// What the outcomes rest on, and what costs ε: what of it holds, by driver.
    fn rests(&self, s: &State) -> State {
        let a = self.a;
        let mut open: Vec<DriverId> = Vec::new();
        for (d, _) in a.drivers.iter().filter(|(_, d)| !d.weights.is_empty()) {
            open.push(d);
            open.extend(a.drivers.iter().filter_map(|(change, c)| match &c.what {
                What::Change { counts, .. } if counts.iter().any(|c| c.driver == d) => Some(change),
                _ => None,
            }));
        }
        let mut found = vec![false; s.len()];
        let mut seen = vec![false; s.len()];
        while let Some(d) = open.pop() {
            if std::mem::replace(&mut seen[d.index()], true) {
                continue;
            }
            match &a.drivers[d].what {
                What::Change { when, .. } => names_of(when, &mut open),
                What::Factor(rows) => rows
                    .iter()
                    .for_each(|r| r.given.iter().for_each(|g| names_of(g, &mut open))),
                What::Event(_) | What::Assumption(_) => found[d.index()] = true,
            }
        }
        for (d, driver) in a.drivers.iter() {
            let costs = driver.is_hypothetical() || matches!(driver.what, What::Assumption(_));
            found[d.index()] |= costs;
        }
        s.iter()
            .zip(found)
            .map(|(is, rests)| *is && rests)
            .collect()
    }

    /// What passes, drawn from its rows in horizon `h`, beside what lasts.
    fn passing(&self, lasting: &State, h: usize) -> Vec<(State, f64)> {
        let mut states = vec![(lasting.clone(), 1.0)];
        for &d in &self.a.order {
            let What::Factor(rows) = &self.a.drivers[d].what else {
                continue;
            };
            let mut out = Vec::new();
            for (s, q) in states {
                let p = match self.sets.get(&d) {
                    Some(to) => f64::from(u8::from(*to)),
                    None if rows.is_empty() => 1.0,
                    None => self.c(d, &s, h),
                };
                let mut with = s.clone();
                with[d.index()] = true;
                out.push((with, q * p));
                out.push((s, q * (1.0 - p)));
            }
            states = out;
        }
        states
    }

    /// What is open, and what has ended by outcome, when horizon `h` begins, had this held from the start.
    fn steady(&self, lasting: &State, h: usize) -> (f64, Vec<f64>) {
        let (mut open, mut ended) = (1.0, vec![0.0; self.a.outcomes.len()]);
        let states = self.passing(lasting, h);
        for j in 1..h {
            let mut left = 0.0;
            for (s, p) in &states {
                let (ending, split, _) = self.ends(&self.weights(s, h), h, j);
                left += p * (1.0 - ending);
                for (ended, split) in ended.iter_mut().zip(&split) {
                    *ended += open * p * ending * split;
                }
            }
            open *= left;
        }
        (open, ended)
    }

    /// All that happens, horizon by horizon.
    pub(crate) fn walk(&self, cost: bool) -> Vec<Vec<Step>> {
        let outcomes = self.a.outcomes.len();
        let mut now: BTreeMap<(State, usize), Mass> = BTreeMap::new();
        let none = Mass {
            open: 0.0,
            ended: vec![0.0; outcomes],
        };
        for (s, p, power) in self.next(None, 0, cost) {
            now.entry((s, power)).or_insert(none.clone()).open += p;
        }
        let mut out = Vec::new();
        for h in 1..=self.a.horizons.len() {
            let mut moves = Vec::new();
            let mut groups: BTreeMap<(State, State), Mass> = BTreeMap::new();
            for ((before, power), mass) in &now {
                for (after, p, extra) in self.next(Some(before), h, cost) {
                    let mass = Mass {
                        open: mass.open * p,
                        ended: mass.ended.iter().map(|x| x * p).collect(),
                    };
                    let key = (self.rests(before), self.rests(&after));
                    groups.entry(key.clone()).or_insert(none.clone()).add(&mass);
                    moves.push((before.clone(), after, power + extra, mass, key));
                }
            }
            let mut steps = Vec::new();
            let mut later: BTreeMap<(State, usize), Mass> = BTreeMap::new();
            for (before, after, power, mass, key) in moves {
                let capped = self.capped(&mass, &groups[&key], &key.1, h);
                let mut step = self.step(before, after, power, &capped, h);
                for (ended, (was, is)) in step
                    .ended
                    .iter_mut()
                    .zip(mass.ended.iter().zip(&capped.ended))
                {
                    *ended += is - was;
                }
                let to = later
                    .entry((step.after.clone(), step.power))
                    .or_insert(none.clone());
                for (id, o) in self.a.outcomes.iter() {
                    let i = id.index();
                    if o.is_final {
                        to.ended[i] += step.outcomes[i];
                    } else {
                        to.open += step.outcomes[i];
                    }
                }
                steps.push(step);
            }
            out.push(steps);
            now = later;
        }
        out
    }

    /// A case's mass after what is open beyond the steady share of its group has ended at once.
    fn capped(&self, mass: &Mass, group: &Mass, lasting: &State, h: usize) -> Mass {
        let (open, ended) = self.steady(lasting, h);
        let all = group.open + group.ended.iter().sum::<f64>();
        let mut out = mass.clone();
        if all <= 0.0 || group.open / all <= open {
            return out;
        }
        let gap = |o: usize| (ended[o] - group.ended[o] / all).max(0.0);
        let gaps: f64 = (0..ended.len()).map(gap).sum();
        let ends = mass.open * (1.0 - open * all / group.open);
        if gaps > 0.0 {
            out.open -= ends;
            for (o, sum) in out.ended.iter_mut().enumerate() {
                *sum += ends * gap(o) / gaps;
            }
        }
        out
    }

    /// Λ from time j − 1 to j with all else of horizon `h`, how the final outcomes split it, and how the others
    /// share what is open.
    fn ends(&self, w: &[f64], h: usize, j: usize) -> (f64, Vec<f64>, Vec<f64>) {
        let a = self.a;
        let is_final = |o: usize| a.outcomes[OutcomeId::new(o)].is_final;
        let all = 0..a.outcomes.len();
        let s = |j: usize| match j {
            0 => 1.0,
            j => {
                1.0 - all
                    .clone()
                    .filter(|o| is_final(*o))
                    .map(|o| self.prior[o][j])
                    .sum::<f64>()
            }
        };
        let open: Vec<f64> = all
            .clone()
            .map(|o| match is_final(o) {
                true => 0.0,
                false => self.prior[o][h] / s(h) * w[o].exp(),
            })
            .collect();
        let z: f64 = open.iter().sum();
        let pi = |o: usize, j: usize| if j == 0 { 0.0 } else { self.prior[o][j] };
        let n = |j: usize| {
            let finals = all.clone().filter(|o| is_final(*o));
            s(j) * z + finals.map(|o| pi(o, j) * w[o].exp()).sum::<f64>()
        };
        let g = |j: usize| s(j) * z / n(j);
        let c = |o: usize, j: usize| pi(o, j) * w[o].exp() / n(j);
        let rise = |o: usize| match is_final(o) {
            true => (c(o, j) - c(o, j - 1)).max(0.0),
            false => 0.0,
        };
        let rises: f64 = all.clone().map(rise).sum();
        let split = |o: usize| if rises > 0.0 { rise(o) / rises } else { 0.0 };
        let ending = 1.0 - g(j) / g(j - 1);
        let shares = open.iter().map(|e| e / z).collect();
        (ending, all.clone().map(split).collect(), shares)
    }

    fn step(&self, before: State, after: State, power: usize, mass: &Mass, h: usize) -> Step {
        let (ending, split, shares) = self.ends(&self.weights(&after, h), h, h);
        let ended: Vec<f64> = split.iter().map(|x| mass.open * ending * x).collect();
        let outcomes = self.a.outcomes.iter().map(|(id, outcome)| {
            let o = id.index();
            match outcome.is_final {
                true => mass.ended[o] + ended[o],
                false => mass.open * (1.0 - ending) * shares[o],
            }
        });
        let outcomes: Vec<f64> = outcomes.collect();
        Step {
            before,
            after,
            power,
            mass: outcomes.iter().sum(),
            outcomes,
            ended,
        }
    }
}

fn names_of(prop: &Prop, out: &mut Vec<DriverId>) {
    match prop {
        Prop::Is(d) => out.push(*d),
        Prop::Outcome(_) | Prop::Reaches(..) => {}
        Prop::Not(p) => names_of(p, out),
        Prop::All(list) | Prop::Any(list) | Prop::AtLeast(_, list) => {
            list.iter().for_each(|p| names_of(p, out));
        }
    }
}

/// A curve at times 0 … H.
fn curve(a: &Assessment, curve: &Curve) -> Vec<f64> {
    let days = std::iter::once(0.0).chain(a.horizons.values().map(|h| h.days));
    days.map(|t| match curve {
        Curve::PerYear(rate) => 1.0 - (1.0 - rate.point).powf(t / 365.25),
        Curve::Times(rate) => 1.0 - (-rate.point * t / 365.25).exp(),
        Curve::Points(points) => {
            let mut points: Vec<(f64, f64)> =
                points.iter().map(|p| (p.days, p.chance.point)).collect();
            if points.first().is_none_or(|p| p.0 > 0.0) {
                points.insert(0, (0.0, 0.0));
            }
            let i = points.iter().rposition(|p| p.0 <= t).expect("time 0");
            let (t0, c0) = points[i];
            match points.get(i + 1) {
                None => c0,
                Some(_) if t == t0 => c0,
                Some(&(t1, c1)) => {
                    let c1 = if c1 == 1.0 { 0.999 } else { c1 };
                    1.0 - (1.0 - c0) * ((1.0 - c1) / (1.0 - c0)).powf((t - t0) / (t1 - t0))
                }
            }
        }
    })
    .collect()
}

/// π by outcome and time.
fn prior(a: &Assessment) -> Vec<Vec<f64>> {
    let times = a.horizons.len() + 1;
    let stated = a.prior().expect("the files have priors");
    let mut out: Vec<Vec<f64>> = stated
        .outcomes
        .iter()
        .map(|of| match of {
            PriorOf::Decided => unreachable!("no outcome here is decided"),
            PriorOf::Rest(_) => vec![f64::NAN; times],
            PriorOf::Curve(clause) => curve(a, &clause.values),
            PriorOf::Shares(clause) => {
                let mut list = vec![0.0];
                list.extend(clause.values.iter().map(|n| n.point));
                list
            }
        })
        .collect();
    for h in 0..times {
        let sum: f64 = out.iter().map(|p| p[h]).filter(|p| !p.is_nan()).sum();
        for p in &mut out {
            if p[h].is_nan() {
                p[h] = 1.0 - sum;
            }
        }
    }
    out
}
