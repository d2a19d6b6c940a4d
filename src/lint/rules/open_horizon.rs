//! The rule `open-horizon`.

use crate::diag::Diagnostic;
use crate::lint::Context;

rule! {
    /// A last horizon without an end: it cannot be scored.
    ///
    /// "In the long term" is never over, so that a forecast for it is never wrong (Tetlock and Gardner 2015, ch. 3). An end is
    /// assumed all the same, 60 months after `as of` or twice the horizon's start, since chances need one.
    ///
    /// Instead: state the end, `18 months to 5 years`.
    OPEN_HORIZON = "open-horizon", Upkeep, Note, fix: None,
    bad: [
        r#"horizon short "Short term": 0 to 6 months
horizon medium "Medium term": 6 to 18 months
horizon long "Long term": 18+ months
"#,
    ],
    good: [
        r#"horizon short "Short term": 0 to 6 months
horizon medium "Medium term": 6 to 18 months
horizon long "Long term": 18 months to 5 years
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let horizons = context.assessment.horizons.values();
    let open = horizons.filter(|horizon| horizon.open);
    open.map(|horizon| {
        Diagnostic::new(
            &OPEN_HORIZON,
            horizon.span,
            format!(
                "`{}` has no end, so that it can never be scored; {} is taken",
                horizon.name.node, horizon.to
            ),
        )
        .label("no end")
        .help("state the end, for instance `18 months to 5 years`")
    })
    .collect()
}
