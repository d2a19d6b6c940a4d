//! When an axis is no longer looked at: then what nobody tells apart any more becomes one.
//!
//! In: what each step of a horizon looks at. Out: steps that merge.

use super::{Builder, Step, is_capped};
use crate::infer::joint::moves::Merge;
use crate::infer::joint::net::{Asked, Kind, each_test};
use crate::infer::joint::space::Value;
use crate::infer::joint::test::{Leaf, Test};

impl Builder<'_> {
    /// What each step of a horizon looks at: by node the last step that sees what is, and what was.
    pub(super) fn last(&self, h: usize) -> Vec<[Option<usize>; 2]> {
        let mut last = vec![[None; 2]; self.net.nodes.len()];
        for (i, &n) in self.order.iter().enumerate() {
            let Some(node) = self.net.node(n) else {
                continue;
            };
            let mut look = |leaf: Leaf, was: bool| last[leaf.node][usize::from(was)] = Some(i);
            match &node.kind {
                Kind::Event(happens) => {
                    let rows = happens.rows.iter().map(|r| &r.0);
                    rows.for_each(|t| {
                        t.leaves(&mut |l, _| {
                            look(l, false);
                            if !node.remembers {
                                look(l, true);
                            }
                        })
                    });
                    let mut both = |t: &Test| {
                        t.leaves(&mut |l, _| {
                            look(l, false);
                            look(l, true);
                        })
                    };
                    happens.push.tests(&mut both);
                    happens.once.iter().for_each(|o| both(&o.trigger));
                }
                Kind::Group(list) => {
                    let rows = list.iter().flat_map(|h| &h.rows);
                    rows.for_each(|r| {
                        r.0.leaves(&mut |l, _| {
                            look(l, false);
                            if !node.remembers {
                                look(l, true);
                            }
                        })
                    });
                }
                Kind::Question(asked) => {
                    each_test(&node.kind, &mut |t| t.leaves(&mut |l, _| look(l, false)));
                    asked.lasting.iter().for_each(|l| look(*l, false));
                    if is_capped(asked, h) {
                        asked.lasting.iter().for_each(|l| look(*l, true));
                    }
                    // What is drawn for this question alone may rest on what passes.
                    for inner in asked.passing.iter().filter_map(|n| self.net.node(*n)) {
                        each_test(&inner.kind, &mut |t| t.leaves(&mut |l, _| look(l, false)));
                    }
                }
                kind => each_test(kind, &mut |t| t.leaves(&mut look)),
            }
        }
        let end = self.order.len();
        for test in self.tests.iter().chain(&self.split) {
            test.leaves(&mut |leaf, was| last[leaf.node][usize::from(was)] = Some(end));
        }
        if let Some(target) = self.target {
            last[target][0] = Some(end);
            if self.within {
                last[target][1] = Some(end);
            }
        }
        last
    }

    /// Merges what nobody tells apart any more, after a step.
    pub(super) fn forget(&mut self, i: usize, last: &[[Option<usize>; 2]]) {
        let open = |asked: &Asked| self.net.model.questions[asked.question].open as u16;
        for at in (0..self.space.axes.len()).rev() {
            let axis = &self.space.axes[at];
            let n = axis.node;
            let Some(node) = self.net.node(n) else {
                continue;
            };
            let [now, was] = last[n].map(|l| l.is_some_and(|l| l > i && i != usize::MAX));
            let goes_alone = self.own[n].is_some();
            let to: Vec<Value> = match &node.kind {
                _ if goes_alone && now => continue,
                _ if goes_alone => vec![Value::default(); axis.values.len()],
                _ if now && was => continue,
                Kind::Question(asked) if !now && !was => {
                    let closed = |v: &Value| if v.state <= open(asked) { 0 } else { v.state };
                    let each = axis.values.iter();
                    each.map(|v| Value::still(closed(v), 0)).collect()
                }
                Kind::Factor(_) | Kind::Quantity(_) if !now => {
                    vec![Value::default(); axis.values.len()]
                }
                Kind::Factor(_) | Kind::Quantity(_) => continue,
                Kind::Question(_) if was => continue,
                _ if was => continue,
                Kind::Question(asked) => {
                    // What passes has no past.
                    let settled = |v: &Value| match v.state > open(asked) {
                        true => v.settled(),
                        false => *v,
                    };
                    axis.values.iter().map(settled).collect()
                }
                _ => axis.values.iter().map(settled).collect(),
            };
            self.merge(at, &to, (node.is_passing() || goes_alone) && !now);
        }
    }

    fn merge(&mut self, at: usize, to: &[Value], drop: bool) {
        let mut kept: Vec<Value> = Vec::new();
        let place = |value: &Value| match kept.iter().position(|v| v == value) {
            Some(place) => place as u32,
            None => {
                kept.push(*value);
                kept.len() as u32 - 1
            }
        };
        let map: Vec<u32> = to.iter().map(place).collect();
        if kept.len() == map.len() && !drop {
            self.space.axes[at].values = kept;
            return;
        }
        let inner = self.space.axes[..at]
            .iter()
            .map(|a| a.values.len())
            .product();
        self.cost += self.space.size() as u64;
        self.steps.push(Step::Merge(Merge {
            inner,
            to: kept.len(),
            map,
        }));
        if drop {
            self.space.axes.remove(at);
        } else {
            self.space.axes[at].values = kept;
        }
    }
}

fn settled(value: &Value) -> Value {
    match value.state {
        0 => value.settled(),
        state => Value::still(state, 0),
    }
}
