//! Laws of attribution, over random files.

use super::{hold_to_the_sum, moved, told};
use crate::infer::random::{Dice, Kind, Random};
use crate::infer::read;
use assess::revision::NOTHING;
use proptest::prelude::*;

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 24,
        max_shrink_iters: 0,
        failure_persistence: None,
        ..Default::default()
    }
}

const KIND: Kind = Kind {
    ranges: true,
    finals: true,
    weights: true,
};

fn random(seed: u64) -> Random {
    Random::new(seed, KIND)
}

/// A file with up to four of its items changed in a figure, or left out.
fn edited(random: &Random, seed: u64) -> String {
    let mut dice = Dice::new(seed);
    let mut items = random.items.clone();
    for _ in 0..1 + dice.below(4) {
        let i = dice.below(items.len());
        if dice.once_in(4) {
            items.remove(i);
            if items.is_empty() {
                break;
            }
            continue;
        }
        let pairs = [
            ("3:1", "6:1"),
            ("2:1", "9:1"),
            (" for ", " against "),
            ("1%", "2%"),
            ("B2", "C3"),
        ];
        let (from, to) = pairs[dice.below(pairs.len())];
        items[i] = items[i].replace(from, to);
    }
    format!("{}\n{}\n", random.head, items.join("\n\n"))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn shares_sum_to_the_move(seed: u64, other: u64) {
        let random = random(seed);
        let (old, new) = (random.text(), edited(&random, other));
        prop_assume!(read::tried(&old).is_ok() && read::tried(&new).is_ok());
        for (old, new) in [(&old, &new), (&new, &old)] {
            let found = moved(old, new);
            hold_to_the_sum(&found);
            let same = found.edits.is_empty();
            prop_assert!(!same || !found.has_moved(), "{}\n{old}\n{new}", told(&found));
        }
    }

    #[test]
    fn layout_and_order_are_no_edits(seed: u64) {
        let mut random = random(seed);
        // Drivers in two overlap groups break ties in the file's order: one group at most.
        let mut seen = false;
        random.items.retain(|i| !i.starts_with("overlap") || !std::mem::replace(&mut seen, true));
        let old = random.text();
        prop_assume!(read::tried(&old).is_ok());
        let mut dice = Dice::new(seed);
        for i in (1..random.items.len()).rev() {
            random.items.swap(i, dice.below(i + 1));
        }
        let moved_about = format!("# a comment\n{}", random.text().replace('\n', "\n\n"));
        for new in [&old, &moved_about] {
            let found = moved(&old, new);
            prop_assert!(found.edits.is_empty() && found.quiet.is_empty(), "{}", told(&found));
            prop_assert!(!found.has_moved());
        }
    }

    #[test]
    fn there_and_back_are_opposite(seed: u64, other: u64) {
        let random = random(seed);
        let (old, new) = (random.text(), edited(&random, other));
        prop_assume!(read::tried(&old).is_ok() && read::tried(&new).is_ok());
        let (there, back) = (moved(&old, &new), moved(&new, &old));
        prop_assert_eq!(there.edits.len(), back.edits.len());
        let sizes = |found: &assess::revision::Attribution| -> Vec<f64> {
            found.edits.iter().map(|e| e.size()).collect()
        };
        for (a, b) in sizes(&there).iter().zip(sizes(&back)) {
            prop_assert!((a - b).abs() < NOTHING, "{}\n{}", told(&there), told(&back));
        }
    }
}
