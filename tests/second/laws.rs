//! Laws over the reference files of the second edition: order, names and bystanders change no digit.

use super::{stems, verdict_of};
use crate::infer::random::Dice;
use assess::infer::verdict::{Options, Question};
use assess::project::{Memory, Project};
use assess::rename::rename;
use assess::resolve::resolve;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn file(dice: &mut Dice) -> (String, String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/second");
    let stems = stems(&folder);
    let stem = stems[dice.below(stems.len())].clone();
    let text = std::fs::read_to_string(folder.join(format!("{stem}.assess"))).expect("a file");
    (stem, text)
}

/// The items in another order. Horizons stay in that of time, and rows of a prior in that in which they are tried.
fn shuffled(text: &str, dice: &mut Dice) -> String {
    let mut items: Vec<&str> = text.split("\n\n").map(str::trim_end).collect();
    for at in (1..items.len()).rev() {
        items.swap(at, dice.below(at + 1));
    }
    for kind in ["horizon", "prior"] {
        let mut own = text
            .split("\n\n")
            .map(str::trim_end)
            .filter(|i| i.starts_with(kind));
        for item in items.iter_mut().filter(|i| i.starts_with(kind)) {
            *item = own.next().expect("as many as before");
        }
    }
    items.join("\n\n")
}

/// The names that may be changed.
fn names(text: &str) -> Vec<String> {
    let a = resolve(&Project::from_text("a.assess", text)).assessment;
    let a = a.expect("no mistake");
    let asked = a
        .questions
        .values()
        .filter_map(|q| Some(q.name.as_ref()?.node.as_str()));
    let all = a.outcomes.names().chain(a.horizons.names());
    let all = all
        .chain(a.drivers.names())
        .chain(a.scenarios.names())
        .chain(a.conditions.names());
    // A file without horizons has one that it does not name.
    let all = all.chain(asked).filter(|name| *name != "now");
    all.map(str::to_owned).collect()
}

fn renamed(text: &str, old: &str, new: &str) -> String {
    let files = Memory::new([("a.assess", text)]);
    let changed = rename(&files, &[PathBuf::from("a.assess")], old, new);
    let changed = changed.unwrap_or_else(|e| panic!("{old} to {new}: {e:?}\n{text}"));
    changed.into_iter().next().expect("it has the name").after
}

/// The verdict with a name put back, word by word.
fn put_back(verdict: &BTreeMap<String, u64>, old: &str, new: &str) -> BTreeMap<String, u64> {
    let word = |key: &String| {
        let mut out = String::new();
        for part in key.split_inclusive(|c: char| !c.is_alphanumeric() && c != '_') {
            let name = part.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '_');
            out += if name == new { old } else { name };
            out += &part[name.len()..];
        }
        out
    };
    verdict.iter().map(|(key, p)| (word(key), *p)).collect()
}

/// What each driver contributes to each outcome and event, by names, to the last bit.
fn contributed(text: &str) -> BTreeMap<String, u64> {
    let a = resolve(&Project::from_text("a.assess", text)).assessment;
    let a = a.expect("no mistake");
    let options = Options {
        intervals: false,
        contributions: true,
        ..Options::default()
    };
    let verdict = assess::infer::evaluate(&a, &Question::default(), &options);
    let verdict = verdict.expect("it is small");
    let driver = |id| a.drivers.name(id);
    let horizon = |id| a.horizons.name(id);
    let to_outcomes = verdict.contributions.iter().map(|c| {
        let of = (
            driver(c.driver),
            a.outcomes.name(c.outcome),
            horizon(c.horizon),
        );
        (format!("{of:?}"), c.points.to_bits())
    });
    let to_events = verdict.event_contributions.iter().map(|c| {
        let of = (driver(c.driver), driver(c.event), horizon(c.horizon));
        (format!("{of:?} of events"), c.points.to_bits())
    });
    to_outcomes.chain(to_events).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 25, max_shrink_iters: 0, failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_order_of_items_changes_no_contribution(seed: u64) {
        let mut dice = Dice::new(seed);
        let (stem, text) = file(&mut dice);
        let other = shuffled(&text, &mut dice);
        prop_assert_eq!(contributed(&text), contributed(&other), "{}", stem);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, max_shrink_iters: 0, failure_persistence: None, ..Default::default() })]

    #[test]
    fn order_names_and_bystanders_change_no_digit(seed: u64) {
        let mut dice = Dice::new(seed);
        let (stem, text) = file(&mut dice);
        let verdict = verdict_of(&stem, &text);
        let other = shuffled(&text, &mut dice);
        prop_assert_eq!(&verdict, &verdict_of(&stem, &other), "{}", stem);
        let names = names(&text);
        let old = &names[dice.below(names.len())];
        // A name that keeps its place in the alphabet keeps every bit; elsewhere sums add up in another order.
        let near = format!("{old}_");
        let found = put_back(&verdict_of(&stem, &renamed(&other, old, &near)), old, &near);
        prop_assert_eq!(&verdict, &found, "{}: {}", stem, old);
        let far = put_back(&verdict_of(&stem, &renamed(&other, old, "zzz")), old, "zzz");
        for (key, p) in &verdict {
            let (a, b) = (f64::from_bits(*p), f64::from_bits(far[key]));
            prop_assert!((a - b).abs() < 1e-12 || a.is_nan() && b.is_nan(), "{stem}: {key}: {a} {b} of {old}");
        }
        let by = if text.contains("\nhorizon") { " by short" } else { "" };
        let more = format!("{other}\n\nevent mmm \"Unrelated\" {{ chance: 37%{by} }}\n");
        prop_assert_eq!(&verdict, &verdict_of(&stem, &more), "{}", stem);
    }
}
