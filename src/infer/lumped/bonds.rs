//! Which variables of a question hang together, and which of them its outcomes rest on.
//!
//! In: a shape, and what is asked of it. Out: its [`Component`]s, each by itself.

use super::component::Component;
use super::{product, single, twins};
use crate::infer::question::shape::{Function, Shape};

/// Variables that are independent of each other share a component where they are no more than this.
const JOINED: usize = 4;

/// So many states stand side by side where all others are gone through one by one.
const BLOCK: usize = 1 << 7;

/// Of the variables that outcomes rest on those that tell something of what pushes or is conditioned on: others are no
/// matter, whoever names them.
pub(super) fn telling(shape: &Shape, pushing: Vec<bool>, mut resting: Vec<bool>) -> Vec<bool> {
    let mut asked = pushing;
    let conds = shape.conds.iter().flat_map(|f| &f.support);
    conds.for_each(|var| asked[*var] = true);
    let root = bonds(shape);
    for (var, rests) in resting.iter_mut().enumerate() {
        let own = find(&root, var);
        let tells = (0..root.len()).any(|v| asked[v] && find(&root, v) == own);
        *rests &= tells || shape.costly[var];
    }
    resting
}

fn find(root: &[usize], mut var: usize) -> usize {
    while root[var] != var {
        var = root[var];
    }
    var
}

fn join(root: &mut [usize], vars: &[usize]) {
    for pair in vars.windows(2) {
        let (a, b) = (find(root, pair[0]), find(root, pair[1]));
        root[a.max(b)] = a.min(b);
    }
}

/// The variables that rest on one another, as a forest.
fn bonds(shape: &Shape) -> Vec<usize> {
    let mut root: Vec<usize> = (0..shape.vars.len()).collect();
    for node in &shape.nodes {
        let members = node.members.iter().map(|m| m.var);
        let vars: Vec<usize> = members.chain(node.rows.support.iter().copied()).collect();
        join(&mut root, &vars);
    }
    root
}

/// A component, and what is asked of it.
type Asked = (Component, Vec<Function>);

/// One component for all variables that rest on one another; none where there are too many states.
/// Where there are more than `split`, what is drawn anew is summed over apart.
pub(super) fn components(
    shape: &Shape,
    asked: &[&Function],
    (split, most): (usize, usize),
) -> Option<Vec<Component>> {
    let mut root = bonds(shape);
    // Of what is asked together there may be fewer lumps than of each by itself.
    for function in asked {
        let mut joined = root.clone();
        join(&mut joined, &function.support);
        let first = function.support.first().map(|&var| find(&joined, var));
        let size = (0..joined.len()).filter(|var| Some(find(&joined, *var)) == first);
        if size.count() <= JOINED {
            root = joined;
        }
    }
    let mut components: Vec<Asked> = Vec::new();
    for first in (0..root.len()).filter(|var| root[*var] == *var) {
        let own = |var: &usize| find(&root, *var) == first;
        let vars: Vec<usize> = (0..root.len()).filter(own).collect();
        let mut seen = Vec::new();
        for function in asked {
            let inside = function.support.iter().filter(|v| own(v)).count();
            if inside == function.support.len() {
                seen.push((*function).clone());
            } else {
                // What spans several components needs its variables one by one.
                let single = |&var: &usize| single(var);
                seen.extend(function.support.iter().filter(|v| own(v)).map(single));
            }
        }
        seen.retain(|f| !f.support.is_empty());
        let mut twins = components.iter();
        let twin = twins.find_map(|(twin, asked)| twins::of(twin, shape, &vars, (asked, &seen)));
        let component = match twin {
            Some(twin) => twin,
            None => Component::new(shape, vars, &seen)?,
        };
        components.push((component, seen));
    }
    let all = components.iter().map(|(component, _)| component.full);
    if all.fold(1, usize::saturating_mul) > split {
        // The truth of what is conditioned on must be known by state.
        let given = |component: &Component| {
            let mut vars = shape.conds.iter().flat_map(|f| &f.support);
            vars.any(|var| component.holds(*var))
        };
        for (component, seen) in components
            .iter_mut()
            .filter(|(component, _)| !given(component))
        {
            if let Some(split) = component.split(shape, seen) {
                *component = split;
            }
        }
    }
    let components: Vec<Component> = components
        .into_iter()
        .map(|(component, _)| component)
        .collect();
    (product(&components, |a| a.full.max(a.looks())) <= most).then_some(components)
}

/// The first of the components whose states stand side by side.
pub(super) fn first(components: &[Component]) -> usize {
    let mut states = 1;
    let fits = |component: &&Component| {
        states *= component.looks();
        states <= BLOCK
    };
    let inner = components.iter().rev().take_while(fits).count();
    components.len() - inner
}

/// Of each state of some components what lasts of it.
pub(super) fn lasts(components: &[Component]) -> Vec<usize> {
    let mut lasting = vec![0];
    for component in components {
        let longer = lasting.iter().flat_map(|before| {
            let own = component.keep.iter();
            own.map(move |lump| before * component.kept + lump)
        });
        lasting = longer.collect();
    }
    lasting
}
