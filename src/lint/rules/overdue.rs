//! The rule `overdue`.

use crate::diag::{Diagnostic, suggest};
use crate::lint::Context;

rule! {
    /// A horizon that has ended and of which nothing says what came true.
    ///
    /// Scores are learned from only where they are kept (Tetlock and Gardner 2015, ch. 3), and what is not written down soon is
    /// remembered as one would have liked it. The rule is quiet unless told the day, by `--today` or `[lint] today`, so that old files are
    /// not found wanting by the clock. The example is read on 1 March 2025. A final
    /// outcome that has come settles every later horizon too. An open horizon never ends.
    ///
    /// Instead: add `resolved: OUTCOME in HORIZON on DATE`, of a quantity `resolved: QUANTITY NUMBER in HORIZON on
    /// DATE`, or `resolved: void in HORIZON on DATE`.
    OVERDUE = "overdue", Upkeep, Warning, fix: None,
    bad: [
        r#"assessment "Does the alliance hold?" {
  author: "The example"
  as of: 2024-02-01
  resolves: "`exit` when notice is given; the others as judged at each horizon's end"
}
horizon year: 0 to 12 months
"#,
    ],
    good: [
        r#"assessment "Does the alliance hold?" {
  author: "The example"
  as of: 2024-02-01
  resolves: "`exit` when notice is given; the others as judged at each horizon's end"
}
horizon year: 0 to 12 months
resolved: commitment in year on 2025-02-03
"#,
    ],
    check: check,
    needs: Today,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    // What is so has no day, and claims on events are settled one by one.
    let assessment = context.assessment;
    let asks = !assessment.outcomes.is_empty() || !assessment.quantities.is_empty();
    if assessment.timeless || !asks {
        return Vec::new();
    }
    let Some(today) = context.settings.today else {
        return Vec::new();
    };
    let ended = assessment.horizons.iter();
    let ended = ended.filter(|(_, horizon)| !horizon.open && horizon.to < today);
    ended
        .filter_map(|(id, horizon)| {
            let name = &horizon.name;
            let numbers = assessment.unsettled_numbers(id).into_iter();
            let numbers: Vec<&str> = numbers.map(|q| assessment.quantities.name(q)).collect();
            let of = assessment.unsettled_words(id);
            let mut open = Vec::new();
            open.extend(of.map(|of| format!("what came true{of}")));
            if !numbers.is_empty() {
                open.push(format!("what {} came to", suggest::list(&numbers, "and")));
            }
            if open.is_empty() {
                return None;
            }
            let wants_outcome = open[0].starts_with("what came true");
            let help = match (wants_outcome, numbers.first()) {
                (false, Some(first)) => {
                    format!("add `resolved: {} NUMBER in {} on DATE`", first, name.node)
                }
                (true, Some(first)) => format!(
                    "add `resolved: OUTCOME in {0} on DATE`, or `by` for a final outcome, and \
                     `resolved: {1} NUMBER in {0} on DATE`",
                    name.node, first
                ),
                (_, None) => format!(
                    "add `resolved: OUTCOME in {} on DATE`, or `by` for a final outcome",
                    name.node
                ),
            };
            let message = format!(
                "`{}` ended on {}, and nothing says {}",
                name.node,
                horizon.to,
                open.join(", nor ")
            );
            let found = Diagnostic::new(&OVERDUE, name.span, message);
            Some(found.label(format!("over by {today}")).help(help))
        })
        .collect()
}
