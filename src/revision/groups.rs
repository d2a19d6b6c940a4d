//! Edits that only make sense together, found by trying.
//!
//! In: atoms, and whether a file with some of them alone has a verdict. Out: groups of atoms, each of
//! which can be made alone, and left out alone; in the worst case one group of everything.

/// Groups of atoms.
#[derive(Debug, Clone)]
pub(super) struct Groups(pub(super) Vec<Vec<usize>>);

/// The atoms of a subset.
pub(super) type Atoms<'a> = &'a dyn Fn(usize) -> bool;

impl Groups {
    /// Each atom on its own.
    pub(super) fn single(atoms: usize) -> Groups {
        Groups((0..atoms).map(|a| vec![a]).collect())
    }

    /// All of them together.
    pub(super) fn everything(&mut self) {
        let mut all: Vec<usize> = self.0.drain(..).flatten().collect();
        all.sort_unstable();
        if !all.is_empty() {
            self.0.push(all);
        }
    }

    /// Joins groups until each can be made alone and left out alone; all of them where that takes
    /// too many tries.
    pub(super) fn settle(&mut self, tries: u64, has_verdict: &mut impl FnMut(Atoms<'_>) -> bool) {
        let mut left = tries;
        'again: loop {
            let n = self.0.len();
            if n < 2 {
                return;
            }
            if left < 2 * n as u64 {
                return self.everything();
            }
            for i in 0..n {
                // Alone with at most another, then all but it and at most another.
                for with in [true, false] {
                    let mut fine = |j: Option<usize>| {
                        let named = |g: usize| g == i || Some(g) == j;
                        left = left.saturating_sub(1);
                        let groups = (0..n).filter(|&g| named(g) == with);
                        self.has_verdict(&groups.collect::<Vec<_>>(), has_verdict)
                    };
                    if fine(None) {
                        continue;
                    }
                    match (0..n).find(|&j| j != i && fine(Some(j))) {
                        Some(j) => self.join(&[i, j]),
                        None => self.everything(),
                    }
                    continue 'again;
                }
            }
            return;
        }
    }

    /// Joins the fewest of these groups that are impossible without the others.
    pub(super) fn join_impossible(
        &mut self,
        groups: &[usize],
        has_verdict: &mut impl FnMut(Atoms<'_>) -> bool,
    ) {
        let mut least = groups.to_vec();
        let mut i = 0;
        while i < least.len() {
            let mut fewer = least.clone();
            fewer.remove(i);
            if fewer.is_empty() || self.has_verdict(&fewer, has_verdict) {
                i += 1;
            } else {
                least = fewer;
            }
        }
        match least.len() {
            0 | 1 => self.everything(),
            _ => self.join(&least),
        }
    }

    fn has_verdict(
        &self,
        groups: &[usize],
        has_verdict: &mut impl FnMut(Atoms<'_>) -> bool,
    ) -> bool {
        has_verdict(&|atom| groups.iter().any(|&g| self.0[g].contains(&atom)))
    }

    /// Makes one group of several, at the place of the first.
    fn join(&mut self, groups: &[usize]) {
        let mut groups = groups.to_vec();
        groups.sort_unstable();
        let mut joined = Vec::new();
        for &g in groups.iter().rev() {
            joined.extend(self.0.remove(g));
        }
        joined.sort_unstable();
        let at = groups.first().copied().unwrap_or_default();
        self.0.insert(at, joined);
    }
}
