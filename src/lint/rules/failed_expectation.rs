//! The rule `failed-expectation`.

use crate::diag::Diagnostic;
use crate::infer::verdict::{Answer, Verdict};
use crate::lint::{Context, figures};
use crate::resolve::assessment::{Expect, Target, Test};
use crate::resolve::table::Id;

rule! {
    /// An `expect`, or a key judgement, that the verdict does not bear out.
    ///
    /// Expectations stand beside the claims that they guard. One that fails says that the numbers have moved away from what the
    /// author holds to be true, or that the author was wrong about what follows from the numbers. `assess test` runs them too.
    ///
    /// Instead: find out which of the two is wrong (`assess explain` shows what the number comes from), and correct that one.
    FAILED_EXPECTATION = "failed-expectation", Change, Warning, fix: None,
    bad: [
        r#"expect exit by long: likely
"#,
    ],
    good: [
        r#"expect exit by long: at most 20%
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let Some(verdict) = context.verdict() else {
        return Vec::new();
    };
    let expects = context.assessment.expects.iter().zip(&verdict.expectations);
    let failed = expects.filter(|(expect, answer)| {
        !answer.holds && expect.span.file == context.assessment.file
    });
    let judgements = context.assessment.judgements.iter().zip(&verdict.judgements);
    let judgements = judgements.filter(|(_, answer)| !answer.holds).map(|(judgement, answer)| {
        let expect = &judgement.expect;
        Diagnostic::new(
            &FAILED_EXPECTATION,
            judgement.title.span,
            format!(
                "this judgement says `{}`, but {}",
                expect.text,
                found(context, verdict, expect, answer)
            ),
        )
        .label("the verdict does not bear this out")
        .help("correct what it says, or the number that it rests on")
    });
    let failed = failed
        .map(|(expect, answer)| {
            Diagnostic::new(
                &FAILED_EXPECTATION,
                expect.span,
                format!(
                    "expected `{}`, but {}",
                    expect.text,
                    found(context, verdict, expect, answer)
                ),
            )
            .label("the verdict does not bear this out")
            .help("correct the expectation, or the number that it guards")
        });
    failed.chain(judgements).collect()
}

/// What the verdict says instead.
fn found(context: &Context, verdict: &Verdict, expect: &Expect, answer: &Answer) -> String {
    let assessment = context.assessment;
    let Some(value) = answer.value else {
        return format!("`{}` asks about what cannot happen", expect.query.text);
    };
    let number = match &expect.query.target {
        Target::Figure(_, of) => match &expect.test {
            Test::Number { low, high, .. } => of.told_from(assessment, value, &[*low, *high]),
            _ => of.worded(assessment, value),
        },
        _ => figures::percent(value),
    };
    match &expect.test {
        Test::Word(_) => {
            let worded = assessment.scale.wording(value).with(&number);
            format!("`{}` is {worded}", expect.query.text)
        }
        Test::Between(..) | Test::Number { .. } => format!("it is {number}"),
        Test::Leads => {
            let at = &verdict.horizons[expect.query.horizon.index()];
            let plain = expect.query.given.is_none()
                && expect.query.under.is_none()
                && expect.query.viewed.is_none();
            let led = expect.query.target != Target::Outcome(at.leader);
            if plain && led {
                let leads = at.outcomes[at.leader.index()].probability.value;
                format!(
                    "it has {number}, and `{}` leads with {}",
                    assessment.outcomes.name(at.leader),
                    figures::percent(leads)
                )
            } else {
                format!("it has {number}, and another outcome leads")
            }
        }
        Test::Above(other) | Test::Below(other) => match answer.other {
            Some(share) => format!(
                "it is {number}, and `{}` is {}",
                other.text,
                match &other.target {
                    Target::Figure(_, of) => of.worded(assessment, share),
                    _ => figures::percent(share),
                }
            ),
            None => format!("`{}` asks about what cannot happen", other.text),
        },
    }
}
