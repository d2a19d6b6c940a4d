//! The list of sources: each once, with what it is used for.
//!
//! In: the prior, drivers and assumptions of a report. Out: sources in alphabetical order; two are one
//! where they differ in blanks and capitals alone.

use super::model::{Evidence, Listed, Report, Source, Use};
use std::collections::BTreeMap;

/// The sources of a report.
pub(super) fn list(report: &Report, prior_title: &str) -> Vec<Listed> {
    let mut all = List::default();
    if let Some(prior) = &report.prior {
        let of = Use {
            id: None,
            title: prior.title.clone().unwrap_or(prior_title.to_owned()),
        };
        all.add(prior.source.as_ref(), None, &of);
        all.evidence(&prior.evidence, &of);
    }
    for row in &report.rows {
        let of = Use {
            id: None,
            title: row.title.clone(),
        };
        all.add(row.source.as_ref(), None, &of);
        all.evidence(&row.evidence, &of);
    }
    for driver in &report.drivers {
        let of = Use::named(&driver.id, &driver.title);
        all.add(driver.source.as_ref(), None, &of);
        all.evidence(&driver.evidence, &of);
    }
    for assumption in &report.assumptions {
        let of = Use::named(&assumption.id, &assumption.title);
        all.evidence(&assumption.evidence, &of);
    }
    let mut all: Vec<(String, Entry)> = all.found.into_iter().collect();
    all.sort();
    all.into_iter().map(|(_, entry)| entry.listed()).collect()
}

#[derive(Default)]
struct List {
    found: BTreeMap<String, Entry>,
}

/// A source so far; dates stand before their words, so that they are in order.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    text: String,
    url: Option<String>,
    rated: Vec<String>,
    dated: Vec<(String, String)>,
    used: Vec<Use>,
}

impl List {
    fn evidence(&mut self, all: &[Evidence], of: &Use) {
        for item in all {
            self.add(item.source.as_ref(), Some(item), of);
        }
    }

    fn add(&mut self, source: Option<&Source>, item: Option<&Evidence>, of: &Use) {
        let Some(source) = source else {
            return;
        };
        let words: Vec<&str> = source.text.split_whitespace().collect();
        // Capitals mean something in an address.
        let key = match &source.url {
            Some(url) => url.clone(),
            None => words.join(" ").to_lowercase(),
        };
        let entry = self.found.entry(key).or_insert_with(|| Entry {
            text: words.join(" "),
            url: source.url.clone(),
            rated: Vec::new(),
            dated: Vec::new(),
            used: Vec::new(),
        });
        let rated = item.and_then(|i| i.rated.as_ref());
        put(&mut entry.rated, rated.map(|r| r.code.clone()));
        let dated = item.and_then(|i| i.dated.clone().zip(i.dated_words.clone()));
        put(&mut entry.dated, dated);
        if !entry.used.contains(of) {
            entry.used.push(of.clone());
        }
    }
}

/// Adds what is not there, in order.
fn put<T: Ord>(list: &mut Vec<T>, item: Option<T>) {
    if let Some(item) = item
        && let Err(at) = list.binary_search(&item)
    {
        list.insert(at, item);
    }
}

impl Entry {
    fn listed(self) -> Listed {
        Listed {
            text: self.text,
            url: self.url,
            rated: self.rated,
            dated: self.dated.into_iter().map(|d| d.1).collect(),
            used: self.used,
        }
    }
}

impl Use {
    fn named(id: &str, title: &str) -> Use {
        Use {
            id: Some(id.to_owned()),
            title: title.to_owned(),
        }
    }
}
