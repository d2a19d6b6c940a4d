//! What could not be known on an earlier day.
//!
//! In: an assessment whose time counts from another day than its own. Out: the same without evidence
//! dated later, with discounts computed anew. What cannot be known without its evidence, that a
//! factor is there at all, no longer pushes; what an event or a change would do can.

use super::assessment::{Assessment, DriverKind, Evidence};
use crate::admiralty;
use crate::diag::suggest;
use crate::source::SourceMap;
use jiff::civil::Date;

/// The first day on which evidence may have been seen: a month stands for its last day, but the
/// report may be from any.
pub(crate) fn seen(evidence: &Evidence, sources: &SourceMap) -> Option<Date> {
    let dated = evidence.dated.as_ref()?;
    let written = sources.text(dated.span).trim();
    Some(match written.matches('-').count() {
        1 => dated.node.first_of_month(),
        _ => dated.node,
    })
}

/// Leaves out evidence that was seen after a day, and says under `assumed` what that is. A factor
/// that had evidence and has none left pushes nothing; an event, a change or an assumption keeps its
/// weights. Evidence without a date stays.
pub fn leave_out_later(assessment: &mut Assessment, sources: &SourceMap, day: Date) {
    let later = |e: &Evidence| seen(e, sources).is_some_and(|seen| seen > day);
    let mut told = Vec::new();
    let mut dropped = Vec::new();
    let mut tell = |count: usize, of: &str| told.push(format!("{count} for {of}"));
    if let Some(prior) = &mut assessment.prior {
        let before = prior.evidence.len();
        prior.evidence.retain(|e| !later(e));
        if prior.evidence.len() < before {
            tell(before - prior.evidence.len(), "the prior");
        }
    }
    for id in assessment.drivers.ids() {
        let name = assessment.drivers.name(id).to_owned();
        let driver = &mut assessment.drivers[id];
        let before = driver.evidence.len();
        driver.evidence.retain(|e| !later(e));
        let left = driver.evidence.len();
        if left == before {
            continue;
        }
        tell(before - left, &format!("`{name}`"));
        let ratings = driver.evidence.iter().filter_map(|e| e.rated.as_ref());
        driver.discount = admiralty::best(ratings.map(|r| r.node));
        if left == 0 && driver.kind() == DriverKind::Factor {
            driver.weights.clear();
            driver.likelihood = None;
            dropped.push(name);
        }
    }
    if !told.is_empty() {
        let told = told.join(", ");
        let sentence = format!("evidence dated after {day} is left out: {told}");
        assessment.assumed.push(sentence);
    }
    if !dropped.is_empty() {
        let verb = if dropped.len() == 1 { "pushes" } else { "push" };
        assessment.assumed.push(format!(
            "{} {verb} nothing, being left without evidence",
            suggest::list(&dropped, "and")
        ));
    }
}
