//! Which propositions matter to a question, and what each depends on.
//!
//! In: a model and an [`Ask`]. Out: a [`Shape`]: binary variables, the nodes that draw them, and
//! which row is in force for every assignment of what a row depends on. No number is read.

use super::closure::Variables;
use crate::model::condition::{Cond, Truths};
use crate::model::{Model, What};

/// What one question asks of the states.
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
#[derive(Debug, Clone, Default)]
pub(crate) struct TooMany {
    /// Drivers by their place in the model.
    pub drivers: Vec<usize>,
}

/// The variables of one question and how they hang together.
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

/// A driver's truth in one question.
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

/// A node of one question.
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
    /// The shape of a question.
    ///
    /// # Errors
    ///
    /// More than `most` variables matter together.
    pub(crate) fn new(model: &Model, ask: &Ask, most: usize) -> Result<Shape, TooMany> {
        let variables = Variables::of(model, ask);
        // A weight on an event makes its chance differ by state, which no table of rows says.
        let is_pushed = |d: &usize| !model.pushed_by[*d].is_empty();
        if variables.drivers.len() > most || variables.drivers.iter().any(is_pushed) {
            return Err(TooMany {
                drivers: variables.drivers,
            });
        }
        let mut shape = Shape {
            costly: variables.costly,
            nodes: Vec::new(),
            conds: Vec::new(),
            watched: variables.watched,
            truth: variables.truth,
            vars: variables.drivers,
        };
        for vars in variables.nodes {
            let node = node(model, &shape, &shape.vars[vars]);
            shape.nodes.push(node);
        }
        shape.conds = ask.conds.iter().map(|cond| shape.function(cond)).collect();
        Ok(shape)
    }

    /// The truth table of a proposition in horizons 1 … H over the variables that it names.
    pub(crate) fn function(&self, cond: &Cond) -> Function {
        // Most propositions are one name.
        let (support, values) = match cond {
            Cond::Is(driver) => match &self.truth[*driver] {
                Truth::Fixed(value) => (Vec::new(), vec![u16::from(*value)]),
                Truth::Unused => (Vec::new(), vec![0]),
                Truth::Var(var) => (vec![*var], vec![0, 1]),
                Truth::NotVar(var) => (vec![*var], vec![1, 0]),
                Truth::When(when) => return self.function(when),
            },
            Cond::Not(inner) => {
                let mut negated = self.function(inner);
                negated.values.iter_mut().for_each(|value| *value ^= 1);
                return negated;
            }
            Cond::All(list) if list.is_empty() => (Vec::new(), vec![1]),
            _ => return function(cond, &self.truth, self.vars.len(), None),
        };
        Function { support, values }
    }

    /// Whether a variable's truth lasts.
    pub(crate) fn lasts(&self, var: usize) -> bool {
        let own = |n: &&NodeShape| n.members.iter().any(|m| m.var == var);
        let node = self.nodes.iter().find(own);
        node.is_some_and(|n| n.stay != Stay::Passing)
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
        Cond::Is(_) | Cond::Outcome(_) | Cond::Reaches(..) => false,
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
        values: (0..table.assignments())
            .map(|a| u16::from(table.at(a)))
            .collect(),
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
    let members = drivers.iter().map(|&d| Member {
        var: match truth[d] {
            Truth::Var(var) | Truth::NotVar(var) => var,
            _ => 0,
        },
        hypothetical: model.drivers[d].what == What::Hypothetical,
    });
    let members: Vec<Member> = members.collect();
    let rows = |d: &usize| &model.drivers[*d].rows;
    if !drivers
        .iter()
        .flat_map(rows)
        .any(|(given, _)| given.is_some())
    {
        let always = Function {
            support: Vec::new(),
            values: vec![0],
        };
        let first = |d: &usize| rows(d).first().map(|(_, row)| *row);
        return NodeShape {
            stay,
            members,
            rows: always.clone(),
            rows_now: always,
            combinations: vec![drivers.iter().map(first).collect()],
            follows: vec![true],
            follows_now: vec![true],
        };
    }
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
        members,
        rows,
        rows_now,
        combinations,
        follows,
        follows_now,
    }
}
