//! The rule `missing-resolution`.

use crate::diag::Diagnostic;
use crate::lint::Context;

rule! {
    /// No `resolves:`, so that nobody can say later who was right.
    ///
    /// A forecast that cannot be scored teaches its author nothing (Tetlock and Gardner 2015, ch. 3). What counts as each outcome
    /// must be fixed before it happens: afterwards everybody reads the words so that they were right.
    ///
    /// Instead: say in the assessment's `resolves:`, or in that of every outcome but one, what one would see.
    MISSING_RESOLUTION = "missing-resolution", Upkeep, Warning, fix: None,
    bad: [
        r#"assessment "Does the alliance hold?" {
  author: "The example"
  as of: 2025-03-01
}
"#,
    ],
    good: [
        r#"assessment "Does the alliance hold?" {
  author: "The example"
  as of: 2025-03-01
  resolves: "`exit` when notice is given; the others as judged at each horizon's end"
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let silent = assessment.outcomes.iter();
    let silent = silent.filter(|(id, outcome)| {
        let asked = assessment.question_of(*id).prose.resolves.is_some();
        // What is decided is told by what decides it.
        outcome.prose.resolves.is_none() && outcome.decided.is_none() && !asked
    });
    let silent: Vec<&str> = silent.map(|(id, _)| assessment.outcomes.name(id)).collect();
    // Where all others are settled, the one left is what remains.
    if assessment.prose.resolves.is_some() || silent.len() < 2 {
        return Vec::new();
    }
    let message = if silent.len() == assessment.outcomes.len() {
        "nothing says how the question will be settled".to_owned()
    } else {
        let names = crate::diag::suggest::list(&silent, "and");
        format!("nothing says how {names} will be told apart")
    };
    vec![
        Diagnostic::new(&MISSING_RESOLUTION, assessment.title.span, message)
            .label("no `resolves:`")
            .help("add `resolves:` here or in the outcomes, with what one would see, and where"),
    ]
}
