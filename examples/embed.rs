//! A program that reads an assessment from memory, evaluates it and asks a question of its own.
//!
//! Run it with `cargo run --example embed`. Nothing here touches files: [`Workspace::new`] would read
//! those of the disk. Findings and verdicts are plain values, and serialise to what `--format json`
//! prints.

use assess::workspace::{Asking, Workspace};

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
    let mut files = Workspace::in_memory();
    files.open("ferry.assess", TEXT)?;
    for finding in files.check("ferry.assess")?.data().diagnostics {
        println!(
            "line {}: {} ({})",
            finding.start.line, finding.message, finding.rule
        );
    }

    let verdict = files.evaluate("ferry.assess", &Asking::default())?;
    for horizon in verdict.data().horizons {
        println!("{} (to {})", horizon.title, horizon.to);
        for outcome in horizon.outcomes {
            let chance = outcome.probability.unwrap_or(f64::NAN);
            println!("  {:8} {:5.1}%", outcome.id, 100.0 * chance);
        }
    }

    match files.ask("ferry.assess", QUESTION)? {
        Some(p) => println!("{QUESTION}: {:.1}%", 100.0 * p),
        None => println!("A strike cannot happen."),
    }
    Ok(())
}
