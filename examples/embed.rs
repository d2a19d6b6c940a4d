//! A program that reads an assessment from memory, evaluates it and asks a question of its own.
//!
//! Run it with `cargo run --example embed`. Nothing here touches files: a [`Loader`] says where
//! text comes from, and findings and verdicts are plain values.
//!
//! [`Loader`]: assess::project::Loader

use assess::infer::verdict::{Options, Question};
use assess::infer::{Answers, evaluate};
use assess::project::Project;
use assess::resolve::{Asker, resolve};
use assess::source::Source;
use assess::syntax::parse_query;

const TEXT: &str = r#"
assessment "Will the new ferry run this summer?" { as of: 2025-03-01 }

horizon june   "By the end of June": until 2025-06-30
horizon autumn "By the autumn":      until 2025-09-30

outcome docked "Still in the yard"
final outcome running "In service"

prior { running: 30% by june, 75% by autumn, docked: rest }

event strike "The yard goes on strike" {
  chance: 10% by june, 15% by autumn
  weight against running: strong
}
"#;

const QUESTION: &str = "running by autumn given strike";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let project = Project::from_text("ferry.assess", TEXT);
    let resolved = resolve(&project);
    for finding in project.problems().chain(resolved.diagnostics.iter()) {
        let source = project.sources.source(finding.primary.span.file);
        let at = source.position(finding.primary.span.start as usize);
        println!(
            "line {}: {} ({})",
            at.line, finding.message, finding.rule.name
        );
    }
    let assessment = resolved.assessment.ok_or("the text has mistakes")?;

    let verdict = evaluate(&assessment, &Question::default(), &Options::default())
        .map_err(|limit| limit.message)?;
    for ((_, horizon), at) in assessment.horizons.iter().zip(&verdict.horizons) {
        println!("{} (to {})", horizon.title, horizon.to);
        for ((_, outcome), found) in assessment.outcomes.iter().zip(&at.outcomes) {
            println!("  {:20} {:5.1}%", outcome.title, 100.0 * found.probability);
        }
    }

    let mut sources = project.sources.clone();
    let file = sources.add(Source::new("question", QUESTION));
    let (written, _) = parse_query(file, QUESTION);
    let written = written.ok_or("the question has mistakes")?;
    let query = Asker::new(&assessment, &sources).query(&written);
    let query = query.map_err(|_| "the question names what the assessment has not")?;
    let answer = Answers::new(&assessment).answer(&query);
    match answer.map_err(|limit| limit.message)? {
        Some(p) => println!("{QUESTION}: {:.1}%", 100.0 * p),
        None => println!("A strike cannot happen."),
    }
    Ok(())
}
