//! What a report leaves out, and says so.

use crate::cli::assess_with;
use assess::cli::Status;
use assess::infer::explain::explain;
use assess::infer::verdict::{Options, Question};
use assess::project::Project;
use assess::render::explain::Explained;
use assess::render::report::view::{House, Input, gather};
use assess::render::verdict::{Asked, Evaluated};
use assess::text::lang::Lang;

const FILE: &str = "assessment \"A\" { as of: 2025-03-01 }\nhorizon soon: 0 to 6 months\noutcome x\n\
                    outcome y\nprior { x: 40%\ny: rest }\nevent z { chance: 20% to 30% by soon\n\
                    weight for x: weak }\n";

/// Finding out what would change the leader may take hours where the verdict takes seconds.
#[test]
fn without_tipping_points() {
    let project = Project::from_text("a.assess", FILE);
    let assessment = assess::resolve::resolve(&project)
        .assessment
        .expect("sound");
    let options = Options {
        contributions: true,
        ..Options::default()
    };
    let (verdict, explanation) =
        explain(&assessment, &Question::default(), &options, None).expect("small");
    let explained = Explained {
        evaluated: Evaluated {
            sources: project.sources.clone(),
            assessment,
            verdict,
            asked: Asked::default(),
        },
        explanation,
    };
    let house = House::default();
    let report = gather(&Input {
        vague: None,
        explained: &explained,
        flipped: None,
        findings: &[],
        files: &project.files,
        lang: Lang::En,
        house: &house,
    });
    assert!(report.left_out.is_none() && report.tipping.is_empty());
    assert!(!report.contributions.is_empty());
    assert!(report.tipping_notes[0].starts_with("What would change the leader is left out"));
}

/// An event that rests on too many others is sampled beside a verdict that is exact.
#[test]
fn what_is_sampled_beside_the_verdict_leaves_nothing_out() {
    let mut text = FILE.to_owned();
    let mut both = Vec::new();
    for i in 0..28 {
        text += &format!("event e{i} {{ chance: 10% by soon }}\n");
        both.push(format!("e{i} and e{}", (i + 1) % 28));
    }
    let both = both.join(" or ");
    text += &format!(
        "event big {{ chance given {both}: 60% by soon\nchance otherwise: 5% by soon }}\n"
    );
    let run = assess_with(&["eval", "--samples=1000", "-"], text.as_bytes(), false);
    assert_eq!((run.status, run.err.as_str()), (Status::Done, ""));
    assert!(run.out.contains("44%   42–47%"), "{}", run.out);
    assert!(run.out.contains("The verdict is exact"), "{}", run.out);
}
