//! Tests of the rules that ask what a number or a source stands for.

mod fires;
pub(crate) mod near_misses;
mod questions;

/// The frame's outcomes with a prior of their own.
fn with_prior(prior: &str) -> String {
    format!(
        "outcome commitment \"Commitment at today's level\"
outcome weakening \"Gradual disengagement\"
final outcome exit \"Full exit\"
{prior}"
    )
}

/// Factors of these strengths for an outcome, each with evidence of its own.
fn factors(outcome: &str, strengths: &[&str]) -> String {
    let each = strengths.iter().enumerate().map(|(i, strength)| {
        format!(
            "factor f{i} {{ weight for {outcome}: {strength}, evidence \"e{i}\" {{ source: \"s{i}\" }} }}\n"
        )
    });
    each.collect()
}
