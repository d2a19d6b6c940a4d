//! Every rule fires on its bad examples, and nothing fires on its good ones.

use super::{OURS, lint, names, shown};
use assess::rules;

#[test]
fn bad_examples_fire_this_rule_alone() {
    let mut wrong = String::new();
    for rule in rules::ALL.iter().filter(|r| OURS.contains(&r.name)) {
        assert!(!rule.bad.is_empty(), "`{}` has no bad example", rule.name);
        for example in rule.bad {
            let found = lint(example);
            if names(&found) != [rule.name] {
                wrong += &format!("{}:\n{}\n{example}\n\n", rule.name, shown(&found));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn good_examples_fire_nothing() {
    let mut wrong = String::new();
    for rule in rules::ALL.iter().filter(|r| OURS.contains(&r.name)) {
        assert!(!rule.good.is_empty(), "`{}` has no good example", rule.name);
        for example in rule.good {
            let found = lint(example);
            if !found.is_empty() {
                wrong += &format!("{}:\n{}\n{example}\n\n", rule.name, shown(&found));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_rule_is_tested() {
    for name in OURS {
        assert!(rules::find(name).is_some(), "there is no rule `{name}`");
    }
}
