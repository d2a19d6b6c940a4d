//! Words of strength: what each means as a likelihood ratio.
//!
//! In: a word. Out: ln of its ratio, and its range. A table is one file and one line in the list.

/// One word of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Strength {
    /// The word.
    pub name: String,
    /// ln of the ratio.
    pub log: f64,
    /// ln of both ends of the 90% interval, where the table gives one.
    pub range: Option<(f64, f64)>,
}

/// A table of words.
#[derive(Debug, Clone, PartialEq)]
pub struct Strengths {
    /// `jeffreys`, `kass-raftery`, `acmg`, or the file's own.
    pub name: String,
    /// From the weakest.
    pub words: Vec<Strength>,
}
