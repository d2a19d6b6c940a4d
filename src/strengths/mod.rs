//! Words of strength: what each means as a likelihood ratio.
//!
//! In: a word. Out: ln of its ratio, and its range. A table is one file and one line in the list.
//! Fields differ ("strong" is 10:1 to Jeffreys and 18.7:1 to ACMG), so the ratio is always printed
//! beside the word.

mod acmg;
mod jeffreys;
mod kass_raftery;
#[cfg(test)]
mod tests;

use crate::scales::alike;

/// The table that a file without `strengths:` is read by.
pub const DEFAULT: &str = "jeffreys";

/// ln of one deciban's ratio: a ratio of `d` decibans has the logarithm `d * DECIBAN`, and a logarithm
/// `x` is `x / DECIBAN` decibans (10·log10, Good 1950).
pub const DECIBAN: f64 = std::f64::consts::LN_10 / 10.0;

/// A built-in table: its name, and what makes it.
type Named = (&'static str, fn() -> Strengths);

/// The built-in tables, in the order of their pages.
const ALL: &[Named] = &[
    ("jeffreys", jeffreys::table),
    ("kass-raftery", kass_raftery::table),
    ("acmg", acmg::table),
];

/// One word of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Strength {
    /// The word.
    pub(crate) name: String,
    /// ln of the ratio.
    pub(crate) log: f64,
    /// ln of both ends of the 90% interval, where the table gives one.
    pub(crate) range: Option<(f64, f64)>,
}

/// A table of words.
#[derive(Debug, Clone, PartialEq)]
pub struct Strengths {
    /// `jeffreys`, `kass-raftery`, `acmg`, or the file's own.
    pub name: String,
    /// From the weakest.
    pub(crate) words: Vec<Strength>,
}

impl Strengths {
    /// The entry of a word; letter case and the width of blanks do not matter.
    pub fn word(&self, word: &str) -> Option<&Strength> {
        self.words.iter().find(|s| alike(&s.name, word))
    }

    /// Every word, from the weakest.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|s| s.name.as_str())
    }

    /// Puts a word in, in place of one of the same name, and keeps the order.
    pub fn set(&mut self, strength: Strength) {
        self.words.retain(|s| !alike(&s.name, &strength.name));
        let at = self.words.partition_point(|s| s.log <= strength.log);
        self.words.insert(at, strength);
    }
}

/// The built-in table of that name.
pub fn find(name: &str) -> Option<Strengths> {
    ALL.iter().find(|(n, _)| *n == name).map(|(_, make)| make())
}

/// The names of the built-in tables.
pub fn names() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|(n, _)| *n)
}

/// The built-in tables that have this word, but for the one named `except`.
pub fn with_word(word: &str, except: &str) -> Vec<&'static str> {
    ALL.iter()
        .filter(|(n, make)| *n != except && make().word(word).is_some())
        .map(|(n, _)| *n)
        .collect()
}

/// A word whose ratio and range are stated in decibans, 10·log10 of the ratio.
fn decibans(name: &str, at: f64, low: f64, high: f64) -> Strength {
    let log = |db: f64| db * DECIBAN;
    Strength {
        name: name.into(),
        log: log(at),
        range: Some((log(low), log(high))),
    }
}

/// A word that is stated as a range of ratios; its point is their geometric middle.
fn between(name: &str, low: f64, high: f64) -> Strength {
    let (low, high) = (libm::log(low), libm::log(high));
    Strength {
        name: name.into(),
        log: (low + high) / 2.0,
        range: Some((low, high)),
    }
}
