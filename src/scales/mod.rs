//! Words of likelihood: what each means as a chance, and which word a chance has.
//!
//! In: a word or a chance. Out: a band, a median, or a wording. A scale is one file and one line in
//! the list below.

/// One word of a scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// The word that outputs print.
    pub name: String,
    /// Other words for the same band.
    pub aliases: Vec<String>,
    /// The band as input, shares of 1.
    pub band: (f64, f64),
    /// What the word means on output; the band, but for nested scales.
    pub means: (f64, f64),
    /// The point value.
    pub median: f64,
    /// Whether a chance may be worded by it.
    pub core: bool,
}

/// A scale of words.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// `icd203`, `phia`, `ipcc`, `kent`, or the file's own name.
    pub name: String,
    /// From the least likely.
    pub terms: Vec<Term>,
    /// Whether bands contain one another, as IPCC's do.
    pub nested: bool,
}
