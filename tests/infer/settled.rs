//! What is resolved of events that imply each other: it holds for the chain.

use assess::infer::evaluate;
use assess::infer::verdict::{Options, Question};
use assess::project::Project;
use assess::resolve::resolve;

const CHAIN: &str = "assessment \"Q\" { as of: 2025-03-01 }
horizon early: until 2025-05-31
horizon late: until 2025-12-31
event m7 { chance: 2% by early, 5% by late }
event m67 { chance: 5% by early, 9% by late }
event m6 { chance: 20% by early, 40% by late }
implies: m7, m67, m6
";

/// Whether all expectations of the chain with these lines hold.
fn all_hold(lines: &str) -> bool {
    let project = Project::from_text("a.assess", &format!("{CHAIN}{lines}"));
    let found = resolve(&project);
    let said: Vec<&str> = found
        .diagnostics
        .iter()
        .map(|d| d.message.as_str())
        .collect();
    assert_eq!(said, [""; 0], "{lines}");
    let assessment = found.assessment.expect("an assessment");
    let options = Options::default();
    let verdict = evaluate(&assessment, &Question::default(), &options).expect("a verdict");
    assert!(!verdict.expectations.is_empty());
    verdict.expectations.iter().all(|e| e.holds)
}

#[test]
fn where_a_strong_one_has_happened_the_weaker_have() {
    assert!(all_hold(
        "resolved: m67 on 2025-02-20
expect m6 by early: at least 100%
expect m7 by late: at least 1%
expect m7 by late: at most 99%\n"
    ));
}

#[test]
fn where_a_weak_one_has_not_the_stronger_have_not() {
    assert!(all_hold(
        "resolved: not m67 by early on 2025-02-20
expect m7 by early: at most 0%
expect m67 by early: at most 0%
expect m6 by early: at least 15%
expect m67 by late: at least 1%\n"
    ));
}
