//! Which propositions matter to a question, and what each depends on.
//!
//! In: a model and an [`Ask`]. Out: a [`Shape`]: binary variables, the nodes that draw them, and
//! which row is in force for every assignment of what a row depends on. No number is read.

use crate::model::condition::{Cond, Truths};
use crate::model::{Model, What};

/// What one pass over the states computes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ask {
    /// Drivers made true or false.
    pub sets: Vec<(usize, bool)>,
    /// What is to be conditioned on.
    pub conds: Vec<Cond>,
    /// Whether hypothetical events may happen and assumptions be wrong where conditions need it.
    pub costly: bool,
    /// Whether outcomes are wanted, and so whatever pushes them.
    pub outcomes: bool,
    /// The event whose earlier truth [`Cond::Before`] names.
    pub watched: Option<usize>,
    /// Whether a final outcome counts only within its horizon.
    pub within: bool,
}

/// More propositions matter together than can be summed over.
#[derive(Debug, Clone)]
pub(crate) struct TooMany {
    /// Drivers by their place in the model.
    pub drivers: Vec<usize>,
}

/// The variables of one pass and how they hang together.
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    /// The driver of each variable, in the order of the nodes. An assumption's is that it is wrong.
    pub vars: Vec<usize>,
    /// Whether a variable's truth costs a power of ε.
    pub costly: Vec<bool>,
    /// What is drawn at once, parents first.
    pub nodes: Vec<NodeShape>,
    /// What is conditioned on, over the variables; [`Cond::Before`] is variable `vars.len()`.
    pub conds: Vec<Function>,
    /// The variable whose earlier truth is kept.
    pub watched: Option<usize>,
    /// What a driver's truth is in horizons 1 … H.
    pub truth: Vec<Truth>,
}

/// A driver's truth in one pass.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Truth {
    /// The same in every state.
    Fixed(bool),
    /// A variable.
    Var(usize),
    /// A variable negated: an assumption that may be wrong.
    NotVar(usize),
    /// Does not matter.
    Unused,
    /// A change's condition.
    When(Cond),
}

/// How long a truth lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stay {
    /// Once true, true.
    Lasting,
    /// Drawn anew in each horizon.
    Passing,
    /// Never changes: an assumption.
    Constant,
}

/// A node of one pass.
#[derive(Debug, Clone)]
pub(crate) struct NodeShape {
    /// How long its truth lasts.
    pub stay: Stay,
    /// Its variables; more than one exclude each other.
    pub members: Vec<Member>,
    /// The combination of rows in force, in horizons 1 … H.
    pub rows: Function,
    /// The same at time 0, where nothing passing holds.
    pub rows_now: Function,
    /// For every combination each member's row; none where no row covers it.
    pub combinations: Vec<Vec<Option<usize>>>,
    /// Whether combination j can follow combination i, at `i * combinations + j`.
    pub follows: Vec<bool>,
    /// The same from time 0 to the first horizon.
    pub follows_now: Vec<bool>,
}

/// One variable of a node.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    /// The variable.
    pub var: usize,
    /// Whether it is an event without a chance.
    pub hypothetical: bool,
}

/// A value for every assignment of some variables.
#[derive(Debug, Clone)]
pub(crate) struct Function {
    /// The variables; the first is bit 0 of an assignment.
    pub support: Vec<usize>,
    /// The values.
    pub values: Vec<u16>,
}

/// Above this many assignments, every row may follow every other.
const PAIRS: usize = 1 << 7;

impl Shape {
    /// The shape of a pass.
    ///
    /// # Errors
    ///
    /// More than `most` variables matter together.
    pub(crate) fn new(model: &Model, ask: &Ask, most: usize) -> Result<Shape, TooMany> {
        let mut finder = Finder {
            model,
            truth: vec![Truth::Unused; model.drivers.len()],
            group_of: groups(model),
            cost: ask.costly,
            matters: vec![false; model.drivers.len()],
        };
        finder.fix(&ask.sets);
        let mut names = Vec::new();
        for cond in &ask.conds {
            finder.live_names(cond, &mut names);
        }
        names.extend(ask.watched);
        finder.close(names);
        finder.cost = false;
        if ask.outcomes {
            let pushes = |d: &usize| !model.drivers[*d].pushes.is_empty();
            for d in (0..model.drivers.len()).filter(pushes) {
                // A wrong assumption and a hypothetical event push only where a condition asks.
                finder.close(vec![d]);
                let holds = &finder.truth[d];
                let never = Truth::Fixed(model.drivers[d].what == What::Assumption);
                if *holds != never {
                    finder.close(model.drivers[d].counted.iter().map(|c| c.0).collect());
                }
            }
        }
        finder.default();
        finder.shape(ask, most)
    }

    /// The truth table of a proposition in horizons 1 … H over the variables that it names.
    pub(crate) fn function(&self, cond: &Cond) -> Function {
        function(cond, &self.truth, self.vars.len(), None)
    }

    /// The truth table of a driver's own truth: whether it pushes.
    pub(crate) fn pushing(&self, model: &Model, driver: usize) -> Function {
        let holds = Cond::Is(driver);
        match model.drivers[driver].what {
            What::Assumption => self.function(&holds.negated()),
            _ => self.function(&holds),
        }
    }
}

fn groups(model: &Model) -> Vec<Option<usize>> {
    let mut group_of = vec![None; model.drivers.len()];
    for (g, members) in model.exclusives.iter().enumerate() {
        for &m in members {
            group_of[m] = Some(g);
        }
    }
    group_of
}

struct Finder<'a> {
    model: &'a Model,
    truth: Vec<Truth>,
    group_of: Vec<Option<usize>>,
    /// Whether what costs a power of ε becomes a variable.
    cost: bool,
    matters: Vec<bool>,
}

impl Finder<'_> {
    fn fix(&mut self, sets: &[(usize, bool)]) {
        for &(driver, to) in sets {
            self.truth[driver] = Truth::Fixed(to);
        }
        for &(driver, to) in sets {
            if let (true, Some(g)) = (to, self.group_of[driver]) {
                for &other in &self.model.exclusives[g] {
                    if other != driver {
                        self.truth[other] = Truth::Fixed(false);
                    }
                }
            }
        }
    }

    /// Marks what these names rest on; variables get their numbers later.
    fn close(&mut self, mut names: Vec<usize>) {
        let model = self.model;
        while let Some(d) = names.pop() {
            if self.matters[d] || matches!(self.truth[d], Truth::Fixed(_)) {
                continue;
            }
            self.matters[d] = true;
            let driver = &model.drivers[d];
            match &driver.what {
                What::Always => self.truth[d] = Truth::Fixed(true),
                What::Assumption if !self.cost => self.truth[d] = Truth::Fixed(true),
                What::Hypothetical if !self.cost => self.truth[d] = Truth::Fixed(false),
                What::Assumption => self.truth[d] = Truth::NotVar(0),
                What::Hypothetical | What::Event | What::Random => self.truth[d] = Truth::Var(0),
                What::Change(when) => match self.known(when) {
                    Some(value) => self.truth[d] = Truth::Fixed(value),
                    None => {
                        self.truth[d] = Truth::When(when.clone());
                        self.live_names(when, &mut names);
                    }
                },
            }
            for (given, _) in &driver.rows {
                if let Some(given) = given {
                    self.live_names(given, &mut names);
                }
            }
            if let Some(g) = self.group_of[d] {
                names.extend(&model.exclusives[g]);
            }
        }
    }

    /// What nothing hangs on may still be named: it has the truth that it has in the verdict.
    fn default(&mut self) {
        for (truth, driver) in self.truth.iter_mut().zip(&self.model.drivers) {
            if *truth == Truth::Unused {
                *truth = match &driver.what {
                    What::Hypothetical => Truth::Fixed(false),
                    What::Assumption | What::Always => Truth::Fixed(true),
                    What::Change(when) => Truth::When(when.clone()),
                    What::Event | What::Random => Truth::Unused,
                };
            }
        }
    }

    /// The truth of a proposition where it is the same in every state, whatever else it names.
    fn known(&self, cond: &Cond) -> Option<bool> {
        match cond {
            Cond::Before => None,
            Cond::Not(inner) => self.known(inner).map(|v| !v),
            Cond::All(list) => self.known_least(list.len(), list),
            Cond::Any(list) => self.known_least(1, list),
            Cond::AtLeast(least, list) => self.known_least(*least as usize, list),
            Cond::Is(d) => match (&self.model.drivers[*d].what, &self.truth[*d]) {
                // A passing thing is false at time 0, whatever it is later.
                (What::Random | What::Always, _) => None,
                (_, Truth::Fixed(value)) => Some(*value),
                (What::Hypothetical, Truth::Unused) if !self.cost => Some(false),
                (What::Assumption, Truth::Unused) if !self.cost => Some(true),
                (What::Change(when), _) => self.known(when),
                _ => None,
            },
        }
    }

    fn known_least(&self, least: usize, list: &[Cond]) -> Option<bool> {
        let (mut holding, mut failing) = (0, 0);
        for inner in list {
            match self.known(inner) {
                Some(true) => holding += 1,
                Some(false) => failing += 1,
                None => {}
            }
        }
        if holding >= least {
            Some(true)
        } else if list.len() - failing < least {
            Some(false)
        } else {
            None
        }
    }

    /// The names on which a proposition's truth hangs.
    fn live_names(&self, cond: &Cond, out: &mut Vec<usize>) {
        if self.known(cond).is_some() {
            return;
        }
        match cond {
            Cond::Is(d) => out.push(*d),
            Cond::Before => {}
            Cond::Not(inner) => self.live_names(inner, out),
            Cond::All(list) | Cond::Any(list) | Cond::AtLeast(_, list) => {
                for inner in list {
                    self.live_names(inner, out);
                }
            }
        }
    }

    fn shape(mut self, ask: &Ask, most: usize) -> Result<Shape, TooMany> {
        let mut vars = Vec::new();
        let mut costly = Vec::new();
        let mut lists: Vec<Vec<usize>> = Vec::new();
        for node in &self.model.nodes {
            let mut list = Vec::new();
            for &d in &node.members {
                let var = vars.len();
                match self.truth[d] {
                    Truth::Var(_) => self.truth[d] = Truth::Var(var),
                    Truth::NotVar(_) => self.truth[d] = Truth::NotVar(var),
                    _ => continue,
                }
                let what = &self.model.drivers[d].what;
                costly.push(matches!(what, What::Hypothetical | What::Assumption));
                vars.push(d);
                list.push(d);
            }
            if !list.is_empty() {
                lists.push(list);
            }
        }
        if vars.len() > most {
            return Err(TooMany { drivers: vars });
        }
        let mut shape = Shape {
            costly,
            nodes: Vec::new(),
            conds: Vec::new(),
            watched: ask.watched.and_then(|d| match self.truth[d] {
                Truth::Var(var) => Some(var),
                _ => None,
            }),
            truth: self.truth,
            vars,
        };
        for list in &lists {
            let node = node(self.model, &shape, list);
            shape.nodes.push(node);
        }
        shape.conds = ask.conds.iter().map(|cond| shape.function(cond)).collect();
        Ok(shape)
    }
}

/// The variables that a proposition names, in order.
fn support(cond: &Cond, truth: &[Truth], vars: usize, out: &mut Vec<usize>) {
    let mut names = Vec::new();
    cond.names(&mut |d| names.push(d));
    let mut seen = vec![false; truth.len()];
    while let Some(d) = names.pop() {
        if std::mem::replace(&mut seen[d], true) {
            continue;
        }
        match &truth[d] {
            Truth::Var(var) | Truth::NotVar(var) => out.push(*var),
            Truth::When(when) => when.names(&mut |name| names.push(name)),
            Truth::Fixed(_) | Truth::Unused => {}
        }
    }
    if before(cond) {
        out.push(vars);
    }
    out.sort_unstable();
    out.dedup();
}

fn before(cond: &Cond) -> bool {
    match cond {
        Cond::Is(_) => false,
        Cond::Before => true,
        Cond::Not(inner) => before(inner),
        Cond::All(list) | Cond::Any(list) | Cond::AtLeast(_, list) => list.iter().any(before),
    }
}

/// At time 0, what is passing is false.
struct Now<'a> {
    model: &'a Model,
}

fn truths(
    cond: &Cond,
    truth: &[Truth],
    vars: usize,
    support: &[usize],
    now: Option<&Now<'_>>,
) -> Truths {
    let n = support.len();
    let place = |var: usize| support.binary_search(&var).unwrap_or(0);
    Truths::of(cond, n, place(vars), &mut |d| {
        if let Some(now) = now
            && matches!(now.model.drivers[d].what, What::Random | What::Always)
        {
            return Truths::constant(n, false);
        }
        match &truth[d] {
            Truth::Fixed(value) => Truths::constant(n, *value),
            Truth::Var(var) => Truths::variable(n, place(*var)),
            Truth::NotVar(var) => {
                let wrong = Cond::Is(0).negated();
                Truths::of(&wrong, n, 0, &mut |_| Truths::variable(n, place(*var)))
            }
            Truth::When(when) => truths(when, truth, vars, support, now),
            Truth::Unused => Truths::constant(n, false),
        }
    })
}

fn function(cond: &Cond, truth: &[Truth], vars: usize, now: Option<&Now<'_>>) -> Function {
    let mut list = Vec::new();
    support(cond, truth, vars, &mut list);
    let table = truths(cond, truth, vars, &list, now);
    if let Some(value) = table.as_constant() {
        return Function {
            support: Vec::new(),
            values: vec![u16::from(value)],
        };
    }
    Function {
        support: list,
        values: (0..table.len()).map(|a| u16::from(table.at(a))).collect(),
    }
}

fn node(model: &Model, shape: &Shape, drivers: &[usize]) -> NodeShape {
    let truth = &shape.truth;
    let vars = shape.vars.len();
    let stay = match model.drivers[drivers[0]].what {
        What::Random => Stay::Passing,
        What::Assumption => Stay::Constant,
        _ => Stay::Lasting,
    };
    let mut all = Vec::new();
    for &d in drivers {
        for (given, _) in &model.drivers[d].rows {
            if let Some(given) = given {
                support(given, truth, vars, &mut all);
            }
        }
    }
    all.sort_unstable();
    all.dedup();
    let passing = |var: &usize| matches!(model.drivers[shape.vars[*var]].what, What::Random);
    let now_support: Vec<usize> = all.iter().copied().filter(|v| !passing(v)).collect();

    let mut combinations: Vec<Vec<Option<usize>>> = Vec::new();
    let mut in_force = |list: &[usize], now: Option<&Now<'_>>| {
        let tables: Vec<Vec<(Option<Truths>, usize)>> = drivers
            .iter()
            .map(|&d| {
                let rows = model.drivers[d].rows.iter();
                rows.map(|(given, row)| {
                    let table = given.as_ref().map(|g| truths(g, truth, vars, list, now));
                    (table, *row)
                })
                .collect()
            })
            .collect();
        let values = (0..1usize << list.len())
            .map(|assignment| {
                let rows: Vec<Option<usize>> = tables
                    .iter()
                    .map(|rows| {
                        rows.iter()
                            .find(|(t, _)| t.as_ref().is_none_or(|t| t.at(assignment)))
                            .map(|(_, row)| *row)
                    })
                    .collect();
                let place = combinations.iter().position(|c| *c == rows);
                place.unwrap_or_else(|| {
                    combinations.push(rows);
                    combinations.len() - 1
                }) as u16
            })
            .collect();
        Function {
            support: list.to_vec(),
            values,
        }
    };
    let rows = in_force(&all, None);
    let rows_now = in_force(&now_support, Some(&Now { model }));
    let n = combinations.len();
    let mut follows = vec![false; n * n];
    let mut follows_now = vec![false; n * n];
    if n == 1 || rows.values.len() > PAIRS {
        follows.fill(true);
        follows_now.fill(true);
    } else {
        let mask = |keep: &dyn Fn(&What) -> bool| {
            all.iter().enumerate().fold(0usize, |mask, (j, &var)| {
                let what = &model.drivers[shape.vars[var]].what;
                mask | usize::from(keep(what)) << j
            })
        };
        let random = mask(&|w| *w == What::Random);
        let constant = mask(&|w| *w == What::Assumption);
        let lasting = !random & !constant;
        for old in 0..rows.values.len() {
            for new in 0..rows.values.len() {
                if old & lasting & !new != 0 || (old ^ new) & constant != 0 {
                    continue;
                }
                let to = usize::from(rows.values[new]);
                follows[usize::from(rows.values[old]) * n + to] = true;
                if old & random == 0 {
                    let mut bits = 0;
                    let mut at = 0;
                    for j in 0..all.len() {
                        if random >> j & 1 == 0 {
                            bits |= (old >> j & 1) << at;
                            at += 1;
                        }
                    }
                    follows_now[usize::from(rows_now.values[bits]) * n + to] = true;
                }
            }
        }
    }
    NodeShape {
        stay,
        members: drivers
            .iter()
            .map(|&d| Member {
                var: match truth[d] {
                    Truth::Var(var) | Truth::NotVar(var) => var,
                    _ => 0,
                },
                hypothetical: model.drivers[d].what == What::Hypothetical,
            })
            .collect(),
        rows,
        rows_now,
        combinations,
        follows,
        follows_now,
    }
}
