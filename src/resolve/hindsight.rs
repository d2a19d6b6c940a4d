//! What could not be known on an earlier day.
//!
//! In: a project whose time counts from another day than its own. Out: the same without evidence
//! dated later, and what that was. What cannot be known without its evidence, that a factor is there
//! at all, no longer pushes; what an event or a change would do can be.

use super::assessment::Assessment;
use crate::diag::suggest;
use crate::project::Project;
use crate::syntax::ast::{DriverKind, Evidence, Item, Restated};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What was left out.
#[derive(Debug, Clone, Default)]
pub struct LeftOut {
    /// What has later evidence, the prior without a name, and how many items of it.
    later: Vec<(Option<String>, usize)>,
    /// Factors that have no other evidence.
    bare: Vec<String>,
    day: Option<Date>,
}

/// Leaves out evidence that was seen after a day. A factor that had evidence and has none left
/// pushes nothing; an event, a change or an assumption keeps its weights. Evidence without a date
/// stays, and so does that of a month in which the day lies, since it may be from any day of it.
pub fn leave_out_later(project: &mut Project, day: Date) -> LeftOut {
    let mut left_out = LeftOut {
        day: Some(day),
        ..LeftOut::default()
    };
    let files = project.files.iter_mut().enumerate();
    let items = files.flat_map(|(i, f)| f.ast.items.iter_mut().map(move |item| (i, item)));
    // Whether some is left, and how many are not.
    let retain = |evidence: &mut Vec<Evidence>| {
        let before = evidence.len();
        let later = |e: &Evidence| e.dated.as_ref().is_some_and(|d| d.node.first() > day);
        evidence.retain(|e| !later(e));
        (!evidence.is_empty(), before - evidence.len())
    };
    // Of each driver how much evidence is left, and how much is not.
    let mut known: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (i, item) in items {
        match item {
            // Another file's prior is not used.
            Item::Prior(prior) if i == 0 => {
                let (_, count) = retain(&mut prior.evidence);
                left_out.later.push((None, count));
            }
            Item::Question(question) if i == 0 => {
                for prior in &mut question.priors {
                    let (_, count) = retain(&mut prior.evidence);
                    left_out.later.push((None, count));
                }
            }
            Item::Driver(driver) => {
                let name = &driver.name.node;
                let (some_left, count) = retain(&mut driver.evidence);
                left_out.later.push((Some(name.clone()), count));
                known.insert(name.clone(), (driver.evidence.len(), count));
                if count > 0 && !some_left && driver.kind == DriverKind::Factor {
                    left_out.bare.push(name.clone());
                    driver.weights.clear();
                    driver.likelihood = None;
                    // It is no mistake that no weight stands there any more.
                    driver.broken.push("weight".to_owned());
                }
            }
            _ => {}
        }
    }
    let first = project.files.iter_mut().take(1);
    let said = first.flat_map(|f| &mut f.ast.items);
    let said = said.filter_map(|item| match item {
        Item::View(view) => Some(&mut view.says),
        _ => None,
    });
    for said in said.flatten() {
        match said {
            Restated::Prior(prior) => {
                retain(&mut prior.evidence);
            }
            Restated::Driver(driver) => {
                let (_, count) = retain(&mut driver.evidence);
                // What the view says stands beside the evidence of the file itself.
                let (left, gone) = known.get(&driver.name.node).copied().unwrap_or_default();
                let bare = left + driver.evidence.len() == 0 && gone + count > 0;
                if bare && driver.kind == DriverKind::Factor {
                    driver.weights.clear();
                    driver.likelihood = None;
                    driver.broken.push("weight".to_owned());
                }
            }
            Restated::Chance { .. } => {}
        }
    }
    left_out.later.retain(|(_, count)| *count > 0);
    left_out
}

impl LeftOut {
    /// What of it an assessment would have had, as sentences.
    pub fn sentences(&self, assessment: &Assessment) -> Vec<String> {
        let has = |name: &str| assessment.drivers.id(name).is_some();
        let later = self.later.iter().filter_map(|(name, count)| match name {
            None => Some(format!("{count} for the prior")),
            Some(name) => has(name).then(|| format!("{count} for `{name}`")),
        });
        let later: Vec<String> = later.collect();
        let bare: Vec<&String> = self.bare.iter().filter(|n| has(n)).collect();
        let mut sentences = Vec::new();
        if let Some(day) = self.day.filter(|_| !later.is_empty()) {
            let later = later.join(", ");
            sentences.push(format!("evidence dated after {day} is left out: {later}"));
        }
        if !bare.is_empty() {
            let (verb, its) = match bare.len() {
                1 => ("has", "its"),
                _ => ("have", "their"),
            };
            let bare = suggest::list(&bare, "and");
            sentences.push(format!(
                "{bare} {verb} no weight: all {its} evidence was left out"
            ));
        }
        sentences
    }
}
