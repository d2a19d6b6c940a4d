//! What was tried at the furthest place, as pest keeps it: the rules that a message names.

use super::RuleType;

/// What was tried.
#[derive(Debug, Default)]
pub(crate) struct Attempts<R> {
    /// The furthest place.
    pub(crate) at: usize,
    /// What might have stood there.
    pub(crate) wanted: Vec<R>,
    /// What must not have stood there.
    unwanted: Vec<R>,
}

/// How much had been tried when a rule began.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Before {
    wanted: usize,
    unwanted: usize,
    tried: usize,
}

impl<R: RuleType> Attempts<R> {
    pub(crate) fn new() -> Self {
        Attempts {
            at: 0,
            wanted: Vec::new(),
            unwanted: Vec::new(),
        }
    }

    fn tried(&self, pos: usize) -> usize {
        match pos == self.at {
            true => self.wanted.len() + self.unwanted.len(),
            false => 0,
        }
    }

    /// What had been tried at a rule's beginning.
    #[cold]
    pub(crate) fn before(&self, pos: usize) -> Before {
        match pos == self.at {
            true => Before {
                wanted: self.wanted.len(),
                unwanted: self.unwanted.len(),
                tried: self.tried(pos),
            },
            false => Before::default(),
        }
    }

    /// A rule that began at `pos` was not what stands there; or was, where it must not be.
    #[cold]
    pub(crate) fn add(&mut self, rule: R, pos: usize, before: Before, negative: bool) {
        // One rule below says more than this one does.
        if self.tried(pos) == before.tried + 1 {
            return;
        }
        if pos == self.at {
            self.wanted.truncate(before.wanted);
            self.unwanted.truncate(before.unwanted);
        }
        if pos > self.at {
            self.wanted.clear();
            self.unwanted.clear();
            self.at = pos;
        }
        if pos == self.at {
            let list = match negative {
                true => &mut self.unwanted,
                false => &mut self.wanted,
            };
            list.push(rule);
        }
    }
}
