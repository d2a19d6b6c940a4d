//! What the columns of a table mean.
//!
//! In: an assessment and headings. Out: [`Columns`]: the meaning of each, and which of them belong to one
//! clause of the file.

use super::heading::{self, Meaning, Thing};
use crate::diag::suggest;
use crate::resolve::assessment::{Assessment, DriverId};
use std::collections::BTreeMap;

/// The meaning of each column.
#[derive(Debug)]
pub struct Columns {
    /// By column, without blanks around it.
    pub(super) headings: Vec<String>,
    /// By column.
    pub(super) meanings: Vec<Meaning>,
    /// The columns that mean something, in their order.
    pub(super) named: Vec<usize>,
    /// The columns of each thing that has numbers.
    pub(super) things: BTreeMap<Thing, Vec<usize>>,
}

impl Columns {
    /// Reads all headings.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with any of them.
    pub(super) fn read(
        a: &Assessment,
        headings: &[String],
        keep: Option<&[String]>,
    ) -> Result<Columns, Vec<String>> {
        let mut wrong = Vec::new();
        let mut meanings = Vec::new();
        let (may_pass, keep) = (keep.is_some(), keep.unwrap_or_default());
        let kept = |heading: &str| keep.iter().any(|k| k.trim() == heading.trim());
        for heading in headings {
            let meaning = match kept(heading) {
                true => Ok(Meaning::Nothing),
                false => heading::read(a, heading, may_pass),
            };
            let meaning = meaning.unwrap_or_else(|message| {
                wrong.push(message);
                Meaning::Nothing
            });
            if meaning != Meaning::Nothing && meanings.contains(&meaning) {
                wrong.push(format!("two columns say the same: `{}`", heading.trim()));
            }
            meanings.push(meaning);
        }
        for name in keep
            .iter()
            .filter(|k| !headings.iter().any(|h| h.trim() == k.trim()))
        {
            let near = suggest::nearest(name, headings.iter().map(String::as_str));
            let near = suggest::did_you_mean(&near).map_or(String::new(), |n| format!("; {n}"));
            wrong.push(format!("there is no column `{name}` to keep{near}"));
        }
        let means = |m: &(usize, &Meaning)| *m.1 != Meaning::Nothing;
        let named: Vec<usize> = meanings
            .iter()
            .enumerate()
            .filter(means)
            .map(|m| m.0)
            .collect();
        if named.is_empty() && wrong.is_empty() {
            let names = a.drivers.values().map(|d| d.name.node.as_str());
            let names: Vec<&str> = names.take(8).collect();
            wrong.push(format!(
                "no column is named like anything in the file, which has {}",
                suggest::list(&names, "and")
            ));
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let mut things: BTreeMap<Thing, Vec<usize>> = BTreeMap::new();
        for &column in &named {
            if let Some(thing) = thing(a, meanings[column]) {
                things.entry(thing).or_default().push(column);
            }
        }
        Ok(Columns {
            headings: headings.iter().map(|h| h.trim().to_owned()).collect(),
            meanings,
            named,
            things,
        })
    }

    /// The columns that mean something.
    pub fn named(&self) -> &[usize] {
        &self.named
    }

    /// Whether a column replaces any weight of a driver.
    pub(super) fn weighs(&self, driver: DriverId) -> bool {
        let of = |thing: &Thing| matches!(thing, Thing::Weight(d, _) if *d == driver);
        self.things.keys().any(of)
    }

    /// Whose truth a column says.
    pub(super) fn truth(&self, column: usize) -> Option<DriverId> {
        match self.meanings[column] {
            Meaning::Is(driver) => Some(driver),
            Meaning::Nothing | Meaning::Number { .. } => None,
        }
    }
}

/// Whose number a column's may be: that of a truth is a chance from the start on.
fn thing(a: &Assessment, meaning: Meaning) -> Option<Thing> {
    use crate::resolve::assessment::What;
    match meaning {
        Meaning::Nothing => None,
        Meaning::Number { thing, .. } => Some(thing),
        Meaning::Is(driver) => match a.drivers[driver].what {
            What::Event(_) => Some(Thing::Chance(driver)),
            What::Factor(_) => Some(Thing::Holds(driver)),
            What::Change { .. } | What::Assumption(_) => None,
        },
    }
}
