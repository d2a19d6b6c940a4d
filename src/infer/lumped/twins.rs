//! Components that differ by their variables alone: most events of a file stand by themselves and move alike.
//!
//! In: a component, and other variables with what is asked of them. Out: the component of these, where it is the same but for
//! their places. Numbers are not compared: a component has none.

use super::component::{Component, Move};
use crate::infer::question::shape::{Function, NodeShape, Shape};

/// The component of these variables, taken from one that was made without splitting it; none where the two differ. Both are
/// asked for so many functions.
pub(super) fn of(
    twin: &Component,
    shape: &Shape,
    vars: &[usize],
    (asked, own): (&[Function], &[Function]),
) -> Option<Component> {
    if twin.vars.len() != vars.len() || asked.len() != own.len() {
        return None;
    }
    let alike = |a: &Function, b: &Function| {
        let places = |f: &Function, vars: &[usize], j: usize| vars.binary_search(&f.support[j]);
        a.values == b.values
            && a.support.len() == b.support.len()
            && (0..a.support.len()).all(|j| places(a, &twin.vars, j) == places(b, vars, j))
    };
    if !asked.iter().zip(own).all(|(a, b)| alike(a, b)) {
        return None;
    }
    let moves_alike = |a: &NodeShape, b: &NodeShape| {
        let mut members = a.members.iter().zip(&b.members);
        let place = |vars: &[usize], var: usize| vars.binary_search(&var);
        a.stay == b.stay
            && a.members.len() == b.members.len()
            && members.all(|(a, b)| place(&twin.vars, a.var) == place(vars, b.var))
            && alike(&a.rows, &b.rows)
            && alike(&a.rows_now, &b.rows_now)
    };
    let theirs = nodes(shape, &twin.vars);
    let nodes = nodes(shape, vars);
    let both = || theirs.iter().zip(&nodes);
    if theirs.len() != nodes.len()
        || !both().all(|(&a, &b)| moves_alike(&shape.nodes[a], &shape.nodes[b]))
    {
        return None;
    }
    let mut component = twin.clone();
    component.vars = vars.to_vec();
    let steps = component.moves.iter_mut().flatten();
    steps.for_each(|step: &mut Move| {
        let node = both().find(|(theirs, _)| **theirs == step.node);
        step.node = node.map_or(step.node, |(_, own)| *own);
    });
    Some(component)
}

/// The nodes that draw some variables, parents first.
pub(super) fn nodes(shape: &Shape, vars: &[usize]) -> Vec<usize> {
    let own = |n: &usize| vars.contains(&shape.nodes[*n].members[0].var);
    (0..shape.nodes.len()).filter(own).collect()
}

#[cfg(test)]
mod tests {
    use crate::infer::compiled::Compiled;
    use crate::infer::lumped::component::Component;
    use crate::infer::lumped::single;
    use crate::infer::lumped::tests::models;
    use crate::infer::question::shape::Ask;

    #[test]
    fn a_twin_is_what_would_have_been_made() {
        let mut twins = 0;
        for (name, model) in models() {
            let ask = Ask {
                outcomes: true,
                ..Ask::default()
            };
            let Ok(compiled) = Compiled::new(&model, &ask) else {
                continue;
            };
            let shape = &compiled.structure.shape;
            let nodes = shape.nodes.iter();
            let alone = nodes.filter(|n| n.members.len() == 1 && n.rows.support.is_empty());
            let vars: Vec<usize> = alone.map(|n| n.members[0].var).collect();
            let made = |var: usize| Component::new(shape, vec![var], &[single(var)]).unwrap();
            for &a in &vars {
                for &b in &vars {
                    let asked = (&[single(a)][..], &[single(b)][..]);
                    if let Some(twin) = super::of(&made(a), shape, &[b], asked) {
                        assert_eq!(format!("{twin:?}"), format!("{:?}", made(b)), "{name}");
                        twins += usize::from(a != b);
                    }
                }
            }
        }
        assert!(twins > 0);
    }
}
