//! Propositions over drivers by number, and their truth tables.
//!
//! In: a resolved proposition. Out: a [`Cond`], or its [`Truths`] over some binary variables, one
//! bit for every assignment. Nothing here knows names.

/// A proposition over the model's drivers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Cond {
    /// The driver's own truth: an assumption's is that it holds.
    Is(usize),
    /// Whether the watched event had happened when the horizon before ended.
    Before,
    /// The outcome is so; such files have an engine of their own.
    Outcome(usize),
    /// A quantity is at least so much, in its unit; such files have that engine, too.
    Reaches(usize, crate::resolve::assessment::Mark),
    /// Negation.
    Not(Box<Cond>),
    /// All of them.
    All(Vec<Cond>),
    /// Any of them.
    Any(Vec<Cond>),
    /// At least so many of them.
    AtLeast(u32, Vec<Cond>),
}

impl Cond {
    /// Calls `visit` for every driver that is named.
    pub fn names(&self, visit: &mut dyn FnMut(usize)) {
        match self {
            Cond::Is(driver) => visit(*driver),
            Cond::Before | Cond::Outcome(_) | Cond::Reaches(..) => {}
            Cond::Not(inner) => inner.names(visit),
            Cond::All(list) | Cond::Any(list) | Cond::AtLeast(_, list) => {
                for inner in list {
                    inner.names(visit);
                }
            }
        }
    }

    /// Calls `visit` for every outcome that is named.
    pub(crate) fn outcomes(&self, visit: &mut dyn FnMut(usize)) {
        match self {
            Cond::Outcome(outcome) => visit(*outcome),
            Cond::Before | Cond::Is(_) | Cond::Reaches(..) => {}
            Cond::Not(inner) => inner.outcomes(visit),
            Cond::All(list) | Cond::Any(list) | Cond::AtLeast(_, list) => {
                for inner in list {
                    inner.outcomes(visit);
                }
            }
        }
    }

    /// Calls `visit` for every quantity that is named, and where it is cut.
    pub(crate) fn marks(&self, visit: &mut dyn FnMut(usize, f64)) {
        match self {
            Cond::Reaches(quantity, mark) => visit(*quantity, mark.0),
            Cond::Before | Cond::Is(_) | Cond::Outcome(_) => {}
            Cond::Not(inner) => inner.marks(visit),
            Cond::All(list) | Cond::Any(list) | Cond::AtLeast(_, list) => {
                for inner in list {
                    inner.marks(visit);
                }
            }
        }
    }

    /// Its truth where that of the drivers decides it, as far as `is` knows theirs.
    pub(crate) fn known(&self, is: &dyn Fn(usize) -> Option<bool>) -> Option<bool> {
        let (least, list) = match self {
            Cond::Is(driver) => return is(*driver),
            Cond::Before | Cond::Outcome(_) | Cond::Reaches(..) => return None,
            Cond::Not(inner) => return inner.known(is).map(|v| !v),
            Cond::All(list) => (list.len(), list),
            Cond::Any(list) => (1, list),
            Cond::AtLeast(least, list) => (*least as usize, list),
        };
        let (mut holding, mut failing) = (0, 0);
        for inner in list {
            match inner.known(is) {
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

    /// Its negation.
    pub fn negated(self) -> Cond {
        Cond::Not(Box::new(self))
    }
}

/// One truth value for every assignment of some variables; variable j is bit j of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Truths {
    variables: usize,
    words: Vec<u64>,
}

impl Truths {
    /// The same everywhere.
    pub fn constant(variables: usize, value: bool) -> Self {
        let words = (1usize << variables).div_ceil(64);
        let mut truths = Truths {
            variables,
            words: vec![if value { u64::MAX } else { 0 }; words],
        };
        truths.trim();
        truths
    }

    /// The truth of variable `index` itself.
    pub fn variable(variables: usize, index: usize) -> Self {
        const PATTERNS: [u64; 6] = [
            0xaaaa_aaaa_aaaa_aaaa,
            0xcccc_cccc_cccc_cccc,
            0xf0f0_f0f0_f0f0_f0f0,
            0xff00_ff00_ff00_ff00,
            0xffff_0000_ffff_0000,
            0xffff_ffff_0000_0000,
        ];
        let mut truths = Truths::constant(variables, false);
        for (i, word) in truths.words.iter_mut().enumerate() {
            *word = match PATTERNS.get(index) {
                Some(pattern) => *pattern,
                None if i >> (index - 6) & 1 == 1 => u64::MAX,
                None => 0,
            };
        }
        truths.trim();
        truths
    }

    /// The truth of a proposition; `leaf` gives that of a driver, [`Cond::Before`] is variable
    /// `before`.
    pub fn of(
        cond: &Cond,
        variables: usize,
        before: usize,
        leaf: &mut dyn FnMut(usize) -> Truths,
    ) -> Truths {
        match cond {
            Cond::Is(driver) => leaf(*driver),
            Cond::Before => Truths::variable(variables, before),
            Cond::Outcome(_) | Cond::Reaches(..) => Truths::constant(variables, false),
            Cond::Not(inner) => Truths::of(inner, variables, before, leaf).not(),
            Cond::All(list) => list
                .iter()
                .fold(Truths::constant(variables, true), |all, inner| {
                    all.zip(&Truths::of(inner, variables, before, leaf), |a, b| a & b)
                }),
            Cond::Any(list) => list
                .iter()
                .fold(Truths::constant(variables, false), |any, inner| {
                    any.zip(&Truths::of(inner, variables, before, leaf), |a, b| a | b)
                }),
            Cond::AtLeast(least, list) => {
                // `reached[j]` is where at least j of those seen so far hold.
                let least = *least as usize;
                if least > list.len() {
                    return Truths::constant(variables, false);
                }
                let mut reached = vec![Truths::constant(variables, false); least + 1];
                reached[0] = Truths::constant(variables, true);
                for inner in list {
                    let truths = Truths::of(inner, variables, before, leaf);
                    for j in (1..=least).rev() {
                        let more = reached[j - 1].clone().zip(&truths, |a, b| a & b);
                        let old = reached[j].clone();
                        reached[j] = old.zip(&more, |a, b| a | b);
                    }
                }
                reached.swap_remove(least)
            }
        }
    }

    /// The truth at one assignment.
    pub fn at(&self, assignment: usize) -> bool {
        self.words[assignment / 64] >> (assignment % 64) & 1 == 1
    }

    /// How many assignments there are.
    pub fn assignments(&self) -> usize {
        1 << self.variables
    }

    /// Whether it is the same everywhere, and what.
    pub fn as_constant(&self) -> Option<bool> {
        let first = self.at(0);
        (*self == Truths::constant(self.variables, first)).then_some(first)
    }

    fn not(mut self) -> Self {
        for word in &mut self.words {
            *word = !*word;
        }
        self.trim();
        self
    }

    fn zip(mut self, other: &Truths, op: impl Fn(u64, u64) -> u64) -> Self {
        for (a, b) in self.words.iter_mut().zip(&other.words) {
            *a = op(*a, *b);
        }
        self
    }

    // Bits past the last assignment stay 0, so that equality means equality.
    fn trim(&mut self) {
        if self.variables < 6 {
            self.words[0] &= (1u64 << (1 << self.variables)) - 1;
        }
    }
}
