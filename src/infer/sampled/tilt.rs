//! Histories bent towards conditions that hardly ever hold.
//!
//! In: a plan, and how likely its conditions are. Out: ways in which histories are drawn: as they
//! come, and for each way in which a rare condition can hold by a horizon so that it does. A history
//! weighs what it is likelier as it comes than under the mixture of all ways (importance sampling
//! with the balance heuristic: Veach and Guibas 1995), so no weight exceeds 2 and none is biased.

use super::forced::{Forced, Needs};
use super::points::rest;
use crate::infer::question::plan::Plan;
use crate::infer::question::shape::Truth;
use crate::model::condition::Cond;

/// Conditions less likely than this are bent towards: of likelier ones enough histories meet them as they are.
const RARE: f64 = 0.05;

/// Ways in which one condition can hold that are followed at most.
const WAYS: usize = 16;

/// Ways of all conditions and horizons together at most.
const ALL: usize = 64;

/// Of more variables than these fewer ways are followed, each of which takes longer.
const MANY: usize = 64;

/// Before the horizon that it is wanted by, nothing is surer to come than this: what is in force
/// may change.
const SURE: f64 = 0.95;

/// What is wanted of one proposition.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Wish {
    /// The variable.
    pub(super) var: usize,
    /// How likely it is to hold in the end: 0, 1, or between where some of several are enough.
    pub(super) to: f64,
}

/// One way to draw histories: what is wanted at the end of a horizon.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Way {
    horizon: usize,
    wishes: Vec<Wish>,
}

/// Every way but that in which histories come by themselves.
#[derive(Debug, Clone, Default)]
pub(super) struct Tilt {
    ways: Vec<Way>,
    /// By variable: the ways that want something of it, and which wish that is.
    of: Vec<Vec<(usize, usize)>>,
    /// Where each way's wishes begin among all of them.
    first: Vec<usize>,
    wishes: usize,
}

/// How one history was drawn, and how likely each way makes it.
#[derive(Debug, Clone, Default)]
pub(super) struct Course {
    /// The way that it is drawn by; none as it comes.
    by: Option<usize>,
    /// By way: how likely it makes the history, against how likely it is as it comes.
    ratios: Vec<f64>,
    /// By wish: how likely it still is to be met.
    left: Vec<f64>,
}

/// A node's moves: how likely each member is to come, as it is.
pub(super) struct Moves<'a> {
    /// The members, as variables.
    pub(super) members: &'a [usize],
    /// How likely each is to come now.
    pub(super) come: &'a [f64],
    /// How likely each is to come by the end of a horizon, if the row by which it is likeliest comes
    /// into force.
    pub(super) by_then: &'a dyn Fn(usize, usize) -> f64,
}

impl Tilt {
    /// The ways that a round of histories needs, in which just these things are forced.
    pub(super) fn new(plan: &Plan<'_>, needs: &Needs, forced: &Forced) -> Tilt {
        let mut ways: Vec<Way> = Vec::new();
        let mut wishes = Wishes::new(plan);
        for h in 1..=plan.model.horizons() {
            for (c, cond) in plan.conds.iter().enumerate() {
                let rare = needs.likely(h, c).is_none_or(|p| p < RARE);
                if !rare || needs.power(h, c) != Some(forced.vars.len()) {
                    continue;
                }
                for wishes in wishes.of(cond, true) {
                    let way = Way { horizon: h, wishes };
                    if !way.wishes.is_empty() && !ways.contains(&way) {
                        ways.push(way);
                    }
                }
            }
        }
        // What is left out is still met by histories as they come.
        ways.truncate(if plan.vars.len() > MANY { ALL / 4 } else { ALL });
        let mut tilt = Tilt {
            of: vec![Vec::new(); plan.vars.len()],
            ..Tilt::default()
        };
        for (w, way) in ways.iter().enumerate() {
            tilt.first.push(tilt.wishes);
            for (i, wish) in way.wishes.iter().enumerate() {
                tilt.of[wish.var].push((w, i));
            }
            tilt.wishes += way.wishes.len();
        }
        tilt.ways = ways;
        tilt
    }

    pub(super) fn is_empty(&self) -> bool {
        self.ways.is_empty()
    }

    /// Starts a history that is drawn in the way that a random number picks: half of all as they come.
    pub(super) fn start(&self, course: &mut Course, u: f64) {
        let ways = self.ways.len();
        let by = (2.0 * u * ways as f64) as usize;
        course.by = (by < ways).then_some(by);
        course.ratios.clear();
        course.ratios.resize(self.ways.len(), 1.0);
        course.left.clear();
        let wishes = self.ways.iter().flat_map(|way| &way.wishes);
        course.left.extend(wishes.map(|wish| wish.to));
    }

    /// What a history weighs.
    pub(super) fn weight(&self, course: &Course) -> f64 {
        if self.ways.is_empty() {
            return 1.0;
        }
        let all: f64 = course.ratios.iter().sum();
        2.0 / (1.0 + all / self.ways.len() as f64)
    }

    /// Which member comes in horizon `h`, by the random number `u`, of which the rest is left; none where none does.
    pub(super) fn choose(
        &self,
        course: &mut Course,
        moves: &Moves<'_>,
        h: usize,
        u: &mut f64,
    ) -> Option<usize> {
        let of = moves.members.iter().flat_map(|m| &self.of[*m]);
        let mut touching: Vec<usize> = of
            .map(|(w, _)| *w)
            .filter(|w| h <= self.ways[*w].horizon)
            .collect();
        if touching.is_empty() {
            return pick(moves.come.iter().copied(), u);
        }
        touching.sort_unstable();
        touching.dedup();
        let mut bent = vec![0.0; moves.come.len()];
        let mut picked = None;
        if let Some(by) = course.by.filter(|w| touching.contains(w)) {
            self.bend(course, by, moves, h, &mut bent);
            picked = Some(pick(bent.iter().copied(), u));
        }
        let came = picked.unwrap_or_else(|| pick(moves.come.iter().copied(), u));
        let chance = |list: &[f64]| match came {
            Some(k) => list[k],
            None => (1.0 - list.iter().sum::<f64>()).max(0.0),
        };
        let plain = chance(moves.come);
        for w in touching {
            self.bend(course, w, moves, h, &mut bent);
            course.ratios[w] *= match plain > 0.0 {
                true => chance(&bent) / plain,
                false => 0.0,
            };
            for (k, &m) in moves.members.iter().enumerate() {
                for &(_, i) in self.of[m].iter().filter(|(other, _)| *other == w) {
                    let left = &mut course.left[self.first[w] + i];
                    if came != Some(k) && bent[k] < 1.0 {
                        *left = ((*left - bent[k]) / (1.0 - bent[k])).max(0.0);
                    }
                }
            }
        }
        came
    }

    /// How likely a way makes each member to come.
    fn bend(&self, course: &Course, w: usize, moves: &Moves<'_>, h: usize, bent: &mut [f64]) {
        let way = &self.ways[w];
        bent.copy_from_slice(moves.come);
        let (mut wanted, mut own) = (0.0, 0.0);
        let touched = |k: usize| {
            self.of[moves.members[k]]
                .iter()
                .any(|(other, _)| *other == w)
        };
        let mut sure = false;
        for (k, &m) in moves.members.iter().enumerate() {
            let Some(&(_, i)) = self.of[m].iter().find(|(other, _)| *other == w) else {
                continue;
            };
            let p = moves.come[k];
            let left = course.left[self.first[w] + i];
            own += p;
            bent[k] = match p {
                p if p <= 0.0 || p >= 1.0 => p,
                _ if h == way.horizon => left,
                p => (left * p / (moves.by_then)(k, way.horizon).max(p)).min(SURE),
            };
            sure |= left >= 1.0 && p > 0.0;
            wanted += bent[k];
        }
        if wanted > 1.0 {
            for (_, q) in bent.iter_mut().enumerate().filter(|t| touched(t.0)) {
                *q /= wanted;
            }
            wanted = 1.0;
        }
        // The others share what is left; they would keep out what is surely to come.
        let others = match own < 1.0 && !sure {
            true => (1.0 - wanted) / (1.0 - own),
            false => 0.0,
        };
        for (_, q) in bent.iter_mut().enumerate().filter(|t| !touched(t.0)) {
            *q *= others;
        }
    }

    /// Whether what is drawn anew in each horizon holds in `h`.
    pub(super) fn holds(&self, course: &mut Course, var: usize, p: f64, h: usize, u: f64) -> bool {
        let bent = |w: usize, i: usize| match p {
            p if p <= 0.0 || p >= 1.0 => p,
            _ => self.ways[w].wishes[i].to,
        };
        let here = |w: usize| self.ways[w].horizon == h;
        let by = course.by.and_then(|by| {
            let of = self.of[var].iter();
            of.into_iter().find(|(w, _)| *w == by && here(*w))
        });
        let holds = u < by.map_or(p, |&(w, i)| bent(w, i));
        for &(w, i) in self.of[var].iter().filter(|(w, _)| here(*w)) {
            let q = bent(w, i);
            course.ratios[w] *= match holds {
                true if p > 0.0 => q / p,
                false if p < 1.0 => (1.0 - q) / (1.0 - p),
                _ => 0.0,
            };
        }
        holds
    }
}

/// Which of some comes, by a random number; none beyond them, and of the number the rest is left.
pub(super) fn pick(chances: impl IntoIterator<Item = f64>, u: &mut f64) -> Option<usize> {
    let mut below = 0.0;
    let picked = chances.into_iter().position(|p| {
        below += p;
        *u < below
    });
    if picked.is_none() {
        *u = rest(*u, below);
    }
    picked
}

/// The ways in which propositions can be true, or false: what each wants. What costs a power of ε
/// is forced elsewhere, and what cannot be said is left to chance.
struct Wishes<'a> {
    plan: &'a Plan<'a>,
    /// By driver what is wanted for it to be true, once it was asked: two events may wait for the same one.
    known: Vec<Option<Vec<Vec<Wish>>>>,
    asked: usize,
}

/// Drivers through whose rows ways are followed, for one condition at most.
const FOLLOWED: usize = 64;

impl<'a> Wishes<'a> {
    fn new(plan: &'a Plan<'a>) -> Self {
        Wishes {
            plan,
            known: vec![None; plan.model.drivers.len()],
            asked: 0,
        }
    }

    /// No more than [`WAYS`] of them.
    fn of(&mut self, cond: &Cond, to: bool) -> Vec<Vec<Wish>> {
        self.asked = 0;
        self.ways(cond, to)
    }

    fn ways(&mut self, cond: &Cond, to: bool) -> Vec<Vec<Wish>> {
        match cond {
            Cond::Before | Cond::Outcome(_) | Cond::Reaches(..) => nothing(),
            Cond::Not(inner) => self.ways(inner, !to),
            Cond::All(list) if to => self.all(list, to),
            Cond::All(list) => self.any(list, to),
            Cond::Any(list) if to => self.any(list, to),
            Cond::Any(list) => self.all(list, to),
            Cond::AtLeast(least, list) => {
                let (n, least) = (list.len(), *least as usize);
                match (least, to) {
                    (0, _) => nothing(),
                    (1, true) => self.any(list, true),
                    (1, false) => self.all(list, false),
                    (least, true) if least == n => self.all(list, true),
                    (least, false) if least == n => self.any(list, false),
                    _ => self.some(least, list),
                }
            }
            Cond::Is(driver) => self.is(*driver, to),
        }
    }

    fn all(&mut self, list: &[Cond], to: bool) -> Vec<Vec<Wish>> {
        list.iter()
            .fold(nothing(), |ways, inner| both(&ways, &self.ways(inner, to)))
    }

    fn any(&mut self, list: &[Cond], to: bool) -> Vec<Vec<Wish>> {
        let mut ways = Vec::new();
        for inner in list {
            ways.extend(self.ways(inner, to));
            if ways.len() >= WAYS {
                break;
            }
        }
        ways.truncate(WAYS);
        ways
    }

    /// About as many as are needed, whichever they are.
    fn some(&mut self, least: usize, list: &[Cond]) -> Vec<Vec<Wish>> {
        let share = (least as f64 - 0.5) / list.len() as f64;
        let mut way = Vec::new();
        for inner in list {
            let alone = self.ways(inner, true).into_iter().filter(|w| w.len() == 1);
            way.extend(alone.map(|way| Wish {
                var: way[0].var,
                to: if way[0].to >= 0.5 { share } else { 1.0 - share },
            }));
        }
        way.sort_by_key(|wish| wish.var);
        way.dedup_by_key(|wish| wish.var);
        vec![way]
    }

    fn is(&mut self, driver: usize, to: bool) -> Vec<Vec<Wish>> {
        let plan = self.plan;
        match &plan.truth[driver] {
            Truth::Fixed(value) if *value == to => nothing(),
            Truth::Unused if !to => nothing(),
            Truth::Fixed(_) | Truth::Unused => Vec::new(),
            Truth::When(when) => self.ways(when, to),
            Truth::Var(var) if !plan.costly[*var] => {
                let own = Wish {
                    var: *var,
                    to: f64::from(u8::from(to)),
                };
                if !to {
                    return vec![vec![own]];
                }
                if let Some(known) = &self.known[driver] {
                    return known.clone();
                }
                let mut ways = vec![vec![own]];
                // What makes it likelier may be what it waits for, as far as that is followed.
                self.asked += 1;
                if self.asked > FOLLOWED {
                    return ways;
                }
                let rows = plan.model.drivers[driver].rows.iter();
                for given in rows.filter_map(|row| row.0.as_ref()) {
                    ways.extend(both(&ways[..1], &self.ways(given, true)));
                    if ways.len() >= WAYS {
                        break;
                    }
                }
                ways.truncate(WAYS);
                // What was cut short is not what another condition would find.
                if self.asked <= FOLLOWED {
                    self.known[driver] = Some(ways.clone());
                }
                ways
            }
            Truth::Var(_) | Truth::NotVar(_) => nothing(),
        }
    }
}

fn nothing() -> Vec<Vec<Wish>> {
    vec![Vec::new()]
}

/// One way of each at once, where they do not contradict each other.
fn both(some: &[Vec<Wish>], others: &[Vec<Wish>]) -> Vec<Vec<Wish>> {
    let mut out = Vec::new();
    for a in some {
        for b in others {
            let mut way = a.clone();
            let mut agree = true;
            for wish in b {
                match way.iter_mut().find(|w| w.var == wish.var) {
                    None => way.push(*wish),
                    Some(old) if (old.to - wish.to).abs() >= 1.0 => agree = false,
                    Some(old) if wish.to == 0.0 || wish.to == 1.0 => old.to = wish.to,
                    Some(_) => {}
                }
            }
            if agree {
                way.sort_by_key(|wish| wish.var);
                out.push(way);
            }
            if out.len() == WAYS {
                return out;
            }
        }
    }
    out
}
