//! The truth table of a proposition over a few names, 64 cases to a word.
//!
//! In: names by number. Out: the cases in which something holds.

/// How many names a table may stand over.
pub(crate) const LIMIT: usize = 12;

/// In which of the cases, 2^names of them, something holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table(Vec<u64>);

/// The cases of one word in which each of the first six names holds.
const LOW: [u64; 6] = [
    0xAAAA_AAAA_AAAA_AAAA,
    0xCCCC_CCCC_CCCC_CCCC,
    0xF0F0_F0F0_F0F0_F0F0,
    0xFF00_FF00_FF00_FF00,
    0xFFFF_0000_FFFF_0000,
    0xFFFF_FFFF_0000_0000,
];

impl Table {
    /// Every case, or none. Below six names a word repeats them, which changes no answer.
    pub(super) fn full(truth: bool, names: usize) -> Self {
        let word = if truth { u64::MAX } else { 0 };
        Table(vec![word; 1 << names.saturating_sub(6)])
    }

    /// The cases in which the name of that number holds.
    pub(super) fn of(name: usize, names: usize) -> Self {
        let mut table = Table::full(false, names);
        for (index, word) in table.0.iter_mut().enumerate() {
            *word = match name.checked_sub(6) {
                None => LOW[name],
                Some(bit) if index >> bit & 1 == 1 => u64::MAX,
                Some(_) => 0,
            };
        }
        table
    }

    pub(super) fn not(&mut self) {
        self.0.iter_mut().for_each(|word| *word = !*word);
    }

    pub(super) fn and(&mut self, other: &Table) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= other;
        }
    }

    pub(super) fn or(&mut self, other: &Table) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word |= other;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn names_beyond_a_word_are_independent_of_those_within() {
        for names in [1, 5, 6, 7, 9] {
            for a in 0..names {
                for b in 0..names {
                    let mut both = Table::of(a, names);
                    let mut other = Table::of(b, names);
                    other.not();
                    both.and(&other);
                    assert_eq!(both.is_empty(), a == b, "{a} {b} of {names}");
                }
            }
        }
    }
}
