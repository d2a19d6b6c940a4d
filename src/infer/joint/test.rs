//! Propositions over nodes: what is so of an axis.
//!
//! In: the model's conditions. Out: a [`Test`], told the values of axes. What is set, and what never
//! comes, is known already and does not stand in it.

use super::space::Value;

/// Whether a member of a node is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Leaf {
    pub node: usize,
    /// From 1 on.
    pub member: u16,
    /// All members up to it are so where it is: a chain.
    pub chain: bool,
}

impl Leaf {
    /// Whether it is so at a value.
    pub(super) fn now(self, value: Value) -> bool {
        self.at(value.state)
    }

    /// Whether it was so when the horizon began.
    pub(super) fn before(self, value: Value) -> bool {
        self.at(value.before)
    }

    fn at(self, state: u16) -> bool {
        match self.chain {
            true => state >= self.member,
            false => state == self.member,
        }
    }
}

/// A proposition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Test {
    Known(bool),
    Is(Leaf),
    /// It was so when the horizon began.
    Was(Leaf),
    Not(Box<Test>),
    AtLeast(u32, Vec<Test>),
}

impl Test {
    pub(super) fn negated(self) -> Test {
        match self {
            Test::Known(known) => Test::Known(!known),
            Test::Not(inner) => *inner,
            other => Test::Not(Box::new(other)),
        }
    }

    /// At least so many of them, less what is known.
    pub(super) fn at_least(least: usize, list: Vec<Test>) -> Test {
        let known = list.iter().filter(|t| **t == Test::Known(true)).count();
        let left: Vec<Test> = list
            .into_iter()
            .filter(|t| !matches!(t, Test::Known(_)))
            .collect();
        let least = least.saturating_sub(known);
        match (least, left.len()) {
            (0, _) => Test::Known(true),
            (least, n) if least > n => Test::Known(false),
            (1, 1) => left.into_iter().next().unwrap_or(Test::Known(true)),
            _ => Test::AtLeast(least as u32, left),
        }
    }

    pub(super) fn both(self, other: Test) -> Test {
        Test::at_least(2, vec![self, other])
    }

    /// What it looks at: `true` where it is about what was.
    pub(super) fn leaves(&self, visit: &mut dyn FnMut(Leaf, bool)) {
        match self {
            Test::Known(_) => {}
            Test::Is(leaf) => visit(*leaf, false),
            Test::Was(leaf) => visit(*leaf, true),
            Test::Not(inner) => inner.leaves(visit),
            Test::AtLeast(_, list) => list.iter().for_each(|t| t.leaves(visit)),
        }
    }

    /// Its truth, told that of the leaves.
    pub(super) fn holds(&self, is: &dyn Fn(Leaf, bool) -> bool) -> bool {
        match self {
            Test::Known(known) => *known,
            Test::Is(leaf) => is(*leaf, false),
            Test::Was(leaf) => is(*leaf, true),
            Test::Not(inner) => !inner.holds(is),
            Test::AtLeast(least, list) => {
                list.iter().filter(|t| t.holds(is)).count() >= *least as usize
            }
        }
    }

    /// The same about what was when the horizon began.
    pub(super) fn was(&self) -> Test {
        match self {
            Test::Known(known) => Test::Known(*known),
            Test::Is(leaf) | Test::Was(leaf) => Test::Was(*leaf),
            Test::Not(inner) => Test::Not(Box::new(inner.was())),
            Test::AtLeast(least, list) => {
                Test::AtLeast(*least, list.iter().map(Test::was).collect())
            }
        }
    }
}
