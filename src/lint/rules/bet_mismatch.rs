//! The rule `bet-mismatch`.

use crate::diag::Diagnostic;
use crate::lint::Context;
use crate::lint::amounts::apart;
use crate::text::round::points;

rule! {
    /// A bet costs more than the verdict says it is worth.
    ///
    /// A bet at a price of 97% pays 1 for 0.97: it gains in the long run only if what it is on is
    /// likelier than that. A file that computes less and bets all the same contradicts itself. To
    /// name a price is the oldest test of a belief (Ramsey 1926, de Finetti 1937).
    ///
    /// Lower the price, bet against it (`on: not …`), or find out which reason is missing from the
    /// file.
    BET_MISMATCH = "bet-mismatch", Probability, Warning, fix: None,
    bad: [
        r#"bet "No exit" { on: not exit by long, price: 97% }
"#,
    ],
    good: [
        r#"bet "No exit" { on: not exit by long, price: 90% }
"#,
    ],
    check: check,
}

/// A price that lies no further above the chance than this is fair: sums of doubles miss by less.
const ROUNDING: f64 = 1e-9;

fn check(context: &Context) -> Vec<Diagnostic> {
    let Some(verdict) = context.verdict() else {
        return Vec::new();
    };
    let bets = context.assessment.bets.iter().zip(&verdict.bets);
    bets.filter_map(|(bet, chance)| {
        let (price, chance) = (bet.price.node, (*chance)?.value);
        if price <= chance + ROUNDING {
            return None;
        }
        let (shown, stated) = apart(chance, price);
        Some(
            Diagnostic::new(
                &BET_MISMATCH,
                bet.price.span,
                format!(
                    "this bet loses: it costs {stated}, and `{}` comes out at {shown}",
                    bet.on.text
                ),
            )
            .label(format!("{} too dear", points(price - chance)))
            .other(bet.on.span, format!("comes out at {shown}"))
            .help(format!(
                "pay at most {shown}, bet against it, or give the reason that the file lacks"
            )),
        )
    })
    .collect()
}
