//! What a prior counts in: what is left of it, and where nothing can be.

use assess::diag::Severity;
use assess::infer::verdict::{Options, Question};
use assess::infer::{Choice, evaluate};
use assess::project::Project;
use assess::resolve::resolve;

const FRAME: &str = "assessment \"Q\" { as of: 2025-03-01 }
horizon short: 0 to 6 months
horizon long: 6 to 18 months
outcome stay
final outcome exit
";

/// A file with an event that pushes hard, and a prior that counts it in.
fn file(prior: &str, chance: &str) -> String {
    format!(
        "{FRAME}prior {{ exit: {prior}, stay: rest, counts in: boom }}
event boom {{ chance: {chance}, weight for exit: decisive }}\n"
    )
}

#[test]
fn a_prior_that_leaves_no_room_is_an_error() {
    let text = file("5% by short, 5.1% by long", "1% by short, 50% by long");
    let project = Project::from_text("a.assess", &text);
    let assessment = resolve(&project).assessment.expect("no mistake of meaning");
    let options = Options::default();
    let found = evaluate(&assessment, &Question::default(), &options).expect_err("no verdict");
    assert_eq!(found.rule.name, "falling-curve");
    assert_eq!(found.rule.severity, Severity::Error);
    assert!(
        found.message.contains("5.10% in `long`"),
        "{}",
        found.message
    );
}

#[test]
fn what_is_nearly_nothing_is_not_told_as_nothing() {
    let text = file("5% by short, 9% by long", "90% by short, 95% by long");
    let project = Project::from_text("a.assess", &text);
    let assessment = resolve(&project).assessment.expect("no mistake of meaning");
    let options = Options::default();
    let verdict = evaluate(&assessment, &Question::default(), &options).expect("a verdict");
    let mut assumed = verdict.assumed.iter();
    let told = assumed.find(|line| line.contains("`counts in`"));
    let told = told.expect("what is left of the prior");
    assert!(!told.contains("0.0%") && !told.contains("100.0%"), "{told}");
    assert!(told.contains("`exit` 0.0"), "{told}");
}

#[test]
fn a_method_in_vain_is_told() {
    let text = format!(
        "{FRAME}prior {{ exit: 5% by short, 9% by long, stay: rest }}
question q {{ outcome one, outcome two, prior {{ one: 20%, two: rest }} }}\n"
    );
    let project = Project::from_text("a.assess", &text);
    let assessment = resolve(&project).assessment.expect("no mistake of meaning");
    let told = |choice: Choice| {
        let options = Options {
            choice,
            ..Options::default()
        };
        let verdict = evaluate(&assessment, &Question::default(), &options).expect("a verdict");
        let mut assumed = verdict.assumed.iter();
        assumed.any(|line| line.contains("whatever method is asked for"))
    };
    assert!(told(Choice::Sampled) && told(Choice::Transformed));
    assert!(!told(Choice::Either) && !told(Choice::Exact));
}
