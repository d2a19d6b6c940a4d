//! How likely each of many propositions is, all at once.
//!
//! In: a plan and what is given. Out: the chance of each of its variables at every horizon, among the cases in which that
//! holds; and how likely it is.

use super::graph::{Summed, Table, Tree};
use super::net::{End, Net, moment, vars};
use super::{Moment, Plan};
use crate::model::condition::Cond;

/// Fewer propositions than these are quickly summed over one by one.
pub(crate) const FEW: usize = 13;

/// Numbers that are kept for one horizon, at most.
const MOST: u64 = 1 << 20;

/// The chances of all variables at one horizon.
pub(crate) struct Chances {
    /// How likely it is what is given.
    pub(crate) mass: f64,
    /// By variable of the plan.
    pub(crate) of: Vec<f64>,
}

/// By horizon; none where too much hangs together.
pub(crate) fn chances(plan: &Plan<'_>, given: Option<&Cond>) -> Option<Vec<Chances>> {
    let net = Net::new(plan)?;
    let mut bits = vec![false; plan.vars.len()];
    let mut out = Vec::new();
    for h in 1..=plan.model.horizons() {
        let mut end = net.end(plan, h)?;
        if let Some(given) = given {
            let table = holds(plan, &net, &end, given, &mut bits)?;
            end.tables.push(table);
        }
        let (mass, shares) = summed(&end)?;
        let each = 0..plan.vars.len();
        out.push(Chances {
            mass,
            of: each.map(|var| net.chance(&end, var, &shares)).collect(),
        });
    }
    Some(out)
}

/// How likely each of the plan's conditions is, by horizon, if so asked from now on; none where they are few enough to be summed one by one, or
/// too much hangs together.
pub(crate) fn masses(plan: &Plan<'_>, now: bool) -> Option<Vec<Vec<f64>>> {
    if plan.vars.len() < FEW {
        return None;
    }
    let net = Net::new(plan)?;
    let mut bits = vec![false; plan.vars.len()];
    let mut out = Vec::new();
    let first = if now { 0 } else { 1 };
    for h in first..=plan.model.horizons() {
        let mut end = net.end(plan, h)?;
        let mut shares = None;
        let mut at = Vec::with_capacity(plan.conds.len());
        for cond in &plan.conds {
            let named = vars(plan, cond);
            if let [var] = named[..] {
                // Those that name one thing are many.
                if shares.is_none() {
                    shares = Some(summed(&end)?.1);
                }
                let p = net.chance(&end, var, shares.as_ref()?);
                let mut holds = |is: bool| {
                    bits[var] = is;
                    let holds = plan.holds(cond, &moment(&bits, h == 0));
                    bits[var] = false;
                    if !holds {
                        0.0
                    } else if is {
                        p
                    } else {
                        1.0 - p
                    }
                };
                at.push(holds(true) + holds(false));
                continue;
            }
            let table = holds_at(plan, (&net, &end), cond, (&mut bits, h == 0))?;
            end.tables.push(table);
            let mass = summed_mass(&end)?;
            end.tables.pop();
            at.push(mass);
        }
        out.push(at);
    }
    Some(out)
}

fn tree(end: &End) -> Option<Tree> {
    let scopes: Vec<&[usize]> = end.tables.iter().map(|t| &t.vars[..]).collect();
    Tree::new(&end.sizes, &scopes, MOST)
}

fn summed_mass(end: &End) -> Option<f64> {
    let tree = tree(end)?;
    Some(Summed::new(&end.sizes, &end.tables, &tree).mass)
}

/// How likely it all is, and of each variable the share of each value.
fn summed(end: &End) -> Option<(f64, Vec<Vec<f64>>)> {
    let tree = tree(end)?;
    let summed = Summed::new(&end.sizes, &end.tables, &tree);
    let mass = summed.mass;
    Some((mass, summed.shares(&end.sizes, &tree)))
}

/// 1 where a condition holds at a horizon's end, else 0.
pub(super) fn holds(
    plan: &Plan<'_>,
    net: &Net,
    end: &End,
    cond: &Cond,
    bits: &mut [bool],
) -> Option<Table> {
    holds_at(plan, (net, end), cond, (bits, false))
}

fn holds_at(
    plan: &Plan<'_>,
    (net, end): (&Net, &End),
    cond: &Cond,
    (bits, now): (&mut [bool], bool),
) -> Option<Table> {
    let is = |bits: &[bool]| {
        let at: Moment<'_> = moment(bits, now);
        f64::from(u8::from(plan.holds(cond, &at)))
    };
    net.table(end, &vars(plan, cond), bits, is)
}
