//! The evidence of an assessment, and who it is cited from.
//!
//! In: an assessment. Out: its items with what they stand under, and sources by a key that letter
//! case, blanks, a final full stop and what follows a comma do not change.

use super::prose::lower;
use crate::resolve::assessment::{Assessment, DriverId, Evidence, Text};
use crate::text::source::Span;

/// One item of evidence and where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Item<'a> {
    /// What it is given for; none for the prior.
    pub(crate) driver: Option<DriverId>,
    /// The item.
    pub(crate) evidence: &'a Evidence,
    /// The source of the whole block, for items that name none.
    pub(crate) block: Option<&'a Text>,
}

impl<'a> Item<'a> {
    /// Its source: its own, or that of its block.
    pub(crate) fn source(&self) -> Option<&'a Text> {
        self.evidence.source.as_ref().or(self.block)
    }

    /// What it is given for, as messages name it.
    pub(crate) fn holder(&self, assessment: &Assessment) -> String {
        match self.driver {
            Some(driver) => format!("`{}`", assessment.drivers.name(driver)),
            None => "the prior".to_owned(),
        }
    }

    /// The words of the evidence with their quotes.
    pub(crate) fn span(&self) -> Span {
        self.evidence.text.span
    }
}

/// Every item, in the file's order.
pub(crate) fn items(assessment: &Assessment) -> Vec<Item<'_>> {
    let prior = assessment.priors().flat_map(|prior| {
        let block = prior.prose.source.as_ref();
        prior.evidence.iter().map(move |evidence| Item {
            driver: None,
            evidence,
            block,
        })
    });
    let drivers = assessment
        .drivers
        .ids()
        .flat_map(|id| given(assessment, id));
    let mut found: Vec<Item> = prior.chain(drivers).collect();
    found.sort_by_key(|item| item.evidence.span);
    found
}

/// The items of one driver.
pub(crate) fn of(assessment: &Assessment, driver: DriverId) -> Vec<Item<'_>> {
    let mut found: Vec<Item> = given(assessment, driver).collect();
    found.sort_by_key(|item| item.evidence.span);
    found
}

/// The items of one driver, as they are kept.
fn given(assessment: &Assessment, id: DriverId) -> impl Iterator<Item = Item<'_>> {
    let driver = &assessment.drivers[id];
    driver.evidence.iter().map(move |evidence| Item {
        driver: Some(id),
        evidence,
        block: driver.prose.source.as_ref(),
    })
}

/// A source without what follows its first comma: "Reuters" of "Reuters, 3 March".
pub(crate) fn head(source: &Text) -> &str {
    let head = source.node.split(',').next().unwrap_or_default().trim();
    // "3,000 households" is no list of parts.
    let number = source.node[head.len()..].trim_start().starts_with(',')
        && head.ends_with(|c: char| c.is_ascii_digit());
    if head.is_empty() || number {
        &source.node
    } else {
        head
    }
}

/// What two mentions of one source have in common: the part before the first comma, since what follows it most
/// often says when or where that source said so.
pub(crate) fn key(source: &Text) -> String {
    let source = head(source);
    let mut key = String::with_capacity(source.len());
    for word in source.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        let at = key.len();
        key.push_str(word);
        // What is beyond ASCII may change its length.
        if word.is_ascii() {
            key[at..].make_ascii_lowercase();
        } else {
            key.replace_range(at.., &lower(word));
        }
    }
    key.truncate(key.trim_end_matches('.').len());
    key
}
