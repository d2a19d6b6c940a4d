//! A question made ready to be sampled.
//!
//! In: a model, one setting of its numbers, a question. Out: a [`Plan`]: variables, the nodes that
//! draw them in order, and what pushes. Unlike a shape it holds no table over states, so that any
//! number of propositions may matter together.

use crate::infer::question::closure::Variables;
use crate::infer::question::cluster;
use crate::infer::question::shape::{Ask, Function, Shape, Truth};
use crate::model::condition::Cond;
use crate::model::{Model, Numbers, What};

/// A question made ready.
pub(crate) struct Plan<'a> {
    pub(crate) model: &'a Model,
    pub(crate) numbers: &'a Numbers,
    /// What each driver's truth is.
    pub(crate) truth: Vec<Truth>,
    /// The driver of each variable.
    pub(crate) vars: Vec<usize>,
    /// Whether a variable's truth costs a power of ε.
    pub(crate) costly: Vec<bool>,
    /// What is drawn at once, in order: variables that exclude each other.
    pub(crate) nodes: Vec<Vec<usize>>,
    pub(crate) conds: Vec<Cond>,
    pub(crate) watched: Option<usize>,
    /// Drivers that may push, by place.
    pub(crate) pushers: Vec<usize>,
    pub(crate) outcomes: usize,
    pub(crate) within: bool,
}

/// The truth of every variable at one moment.
pub(crate) struct Moment<'a> {
    pub(crate) bits: &'a [bool],
    /// The watched event's truth when the horizon before ended.
    pub(crate) before: bool,
    /// Whether this is time 0, when nothing passing holds.
    pub(crate) now: bool,
}

impl<'a> Plan<'a> {
    pub(crate) fn new(model: &'a Model, numbers: &'a Numbers, ask: &Ask) -> Plan<'a> {
        let Variables {
            truth,
            drivers: vars,
            costly,
            nodes,
            watched,
        } = Variables::of(model, ask);
        let pushes = |d: &usize| {
            let never = match model.drivers[*d].what {
                What::Assumption => Truth::Fixed(true),
                _ => Truth::Fixed(false),
            };
            !model.drivers[*d].pushes.is_empty() && truth[*d] != Truth::Unused && truth[*d] != never
        };
        let pushers = match ask.outcomes {
            true => (0..model.drivers.len()).filter(pushes).collect(),
            false => Vec::new(),
        };
        Plan {
            model,
            numbers,
            watched,
            truth,
            vars,
            costly,
            nodes: nodes.into_iter().map(Iterator::collect).collect(),
            conds: ask.conds.clone(),
            pushers,
            outcomes: if ask.outcomes {
                model.outcomes.len()
            } else {
                0
            },
            within: ask.within,
        }
    }

    /// What the question is about, without tables over states but those of small conditions.
    pub(crate) fn shape(&self) -> Shape {
        /// Names in a condition of which a table is made.
        const TABLED: usize = 12;
        let mut shape = Shape {
            vars: self.vars.clone(),
            costly: self.costly.clone(),
            nodes: Vec::new(),
            conds: Vec::new(),
            watched: self.watched,
            truth: self.truth.clone(),
        };
        let function = |cond: &Cond| match self.names(cond) {
            names if names <= TABLED => shape.function(cond),
            _ => Function {
                support: Vec::new(),
                values: vec![1],
            },
        };
        shape.conds = self.conds.iter().map(function).collect();
        shape
    }

    /// A driver's variable.
    pub(crate) fn var(&self, driver: usize) -> Option<usize> {
        match self.truth[driver] {
            Truth::Var(var) | Truth::NotVar(var) => Some(var),
            _ => None,
        }
    }

    /// The drivers that can push, or count what does, rising.
    pub(crate) fn players(&self) -> Vec<usize> {
        let pushers = self.pushers.iter();
        let counted = pushers.flat_map(|&d| &self.model.drivers[d].counted);
        let can = |d: &usize| !matches!(self.truth[*d], Truth::Fixed(false) | Truth::Unused);
        let mut players: Vec<usize> = counted.map(|c| c.0).filter(can).collect();
        players.extend(&self.pushers);
        players.sort_unstable();
        players.dedup();
        players
    }

    /// A change's condition.
    pub(crate) fn when(&self, driver: usize) -> Option<&Cond> {
        match &self.truth[driver] {
            Truth::When(when) => Some(when),
            _ => None,
        }
    }

    /// The drivers that a condition names, through the changes that it names.
    pub(crate) fn all_names(&self, cond: &Cond, out: &mut Vec<usize>) {
        cond.names(&mut |d| match self.when(d) {
            Some(when) => self.all_names(when, out),
            None => out.push(d),
        });
    }

    /// How many outcomes are final.
    pub(crate) fn finals(&self) -> usize {
        self.outcomes.saturating_sub(self.model.open)
    }

    /// How many names a condition rests on, the same one counted each time.
    fn names(&self, cond: &Cond) -> usize {
        let mut count = 0;
        cond.names(&mut |d| {
            count += match &self.truth[d] {
                Truth::When(when) => self.names(when),
                _ => 1,
            };
        });
        count
    }

    /// How many steps one history takes, more or less.
    pub(crate) fn steps(&self) -> u64 {
        let pushes: usize = self
            .pushers
            .iter()
            .map(|&d| 1 + self.model.drivers[d].pushes.len())
            .sum();
        let tallies = self.conds.len() * (1 + self.outcomes);
        let pushed = self.vars.iter().map(|d| self.model.pushed_by[*d].len());
        let pushes = pushes + 4 * pushed.sum::<usize>();
        // What lasts is drawn, and looked up by what it rests on.
        let drawn: usize = self
            .vars
            .iter()
            .map(|d| 3 + 2 * self.model.drivers[*d].rows.len())
            .sum();
        let ending = if self.finals() > 0 { 2 } else { 1 };
        let each = drawn + ending * pushes + tallies + 4 * self.outcomes + 1;
        (each * self.model.horizons()) as u64
    }

    /// Whether a proposition holds.
    pub(crate) fn holds(&self, cond: &Cond, at: &Moment<'_>) -> bool {
        match cond {
            Cond::Is(driver) => self.is(*driver, at),
            Cond::Before => at.before,
            Cond::Outcome(_) | Cond::Reaches(..) => false,
            Cond::Not(inner) => !self.holds(inner, at),
            Cond::All(list) => list.iter().all(|c| self.holds(c, at)),
            Cond::Any(list) => list.iter().any(|c| self.holds(c, at)),
            Cond::AtLeast(least, list) => {
                list.iter().filter(|c| self.holds(c, at)).count() >= *least as usize
            }
        }
    }

    /// A driver's own truth; an assumption's is that it holds.
    pub(crate) fn is(&self, driver: usize, at: &Moment<'_>) -> bool {
        if at.now && matches!(self.model.drivers[driver].what, What::Random | What::Always) {
            return false;
        }
        match &self.truth[driver] {
            Truth::Fixed(value) => *value,
            Truth::Var(var) => at.bits[*var],
            Truth::NotVar(var) => !at.bits[*var],
            Truth::When(when) => self.holds(when, at),
            Truth::Unused => false,
        }
    }

    /// Whether a driver pushes, or counts what does.
    pub(crate) fn acts(&self, driver: usize, at: &Moment<'_>) -> bool {
        let wrong = self.model.drivers[driver].what == What::Assumption;
        self.is(driver, at) != wrong
    }

    /// A member's number at time `h` under the row in force; 0 where no row covers it.
    pub(crate) fn chance(&self, var: usize, h: usize, at: &Moment<'_>) -> f64 {
        let rows = &self.model.drivers[self.vars[var]].rows;
        let mut rows = rows
            .iter()
            .filter(|(given, _)| given.as_ref().is_none_or(|g| self.holds(g, at)));
        let stated = rows
            .next()
            .map_or(0.0, |(_, row)| self.numbers.row_at(*row, h));
        if stated <= 0.0 || stated >= 1.0 || self.model.pushed_by[self.vars[var]].is_empty() {
            return stated;
        }
        let odds = stated * libm::exp(self.pushed(self.vars[var], h, at));
        odds / (1.0 - stated + odds)
    }

    /// W of an event: by how much its log-odds are pushed, after counts and overlap. At time 0 the weights of the first
    /// horizon count.
    fn pushed(&self, event: usize, h: usize, at: &Moment<'_>) -> f64 {
        let model = self.model;
        let h = h.max(1);
        let by = &model.pushed_by[event];
        let acts = |d: usize| model.drivers[d].what == What::Always || self.acts(d, at);
        let push = |&(d, push): &(usize, usize)| {
            if !acts(d) {
                return 0.0;
            }
            let counts = model.drivers[d].counted.iter().filter(|c| self.is(c.0, at));
            let scale = counts.fold(1.0, |scale, c| scale * self.numbers.count_at(c.1, h));
            scale * self.numbers.push_at(push, h)
        };
        let pushes: Vec<f64> = by.iter().map(push).collect();
        let drivers: Vec<usize> = by.iter().map(|b| b.0).collect();
        let groups = cluster::groups(model, &drivers);
        if groups.is_empty() {
            return pushes.iter().sum();
        }
        let (mut ranked, mut factors) = (Vec::new(), Vec::new());
        cluster::overlap(&groups, self.numbers, &pushes, &mut ranked, &mut factors);
        pushes.iter().zip(&factors).map(|(p, f)| p * f).sum()
    }

    /// Whether a proposition may hold where of what costs ε only `free` may come true: none where
    /// that is unknown.
    pub(crate) fn known(&self, cond: &Cond, free: &[usize]) -> Option<bool> {
        cond.known(&|driver| match &self.truth[driver] {
            Truth::Fixed(value) => Some(*value),
            Truth::Var(v) if self.costly[*v] && !free.contains(v) => Some(false),
            Truth::NotVar(v) if !free.contains(v) => Some(true),
            Truth::Var(_) | Truth::NotVar(_) => None,
            Truth::When(when) => self.known(when, free),
            Truth::Unused => Some(false),
        })
    }
}
