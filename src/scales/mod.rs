//! Words of likelihood: what each means as a chance, and which word a chance has.
//!
//! In: a word or a chance. Out: a band, a median, or a wording. A scale is one file and one line in
//! the list below. Nothing is read and nothing reported here.

mod icd203;
mod ipcc;
mod kent;
mod own;
mod phia;
#[cfg(test)]
mod tests;
mod wording;

pub use own::own;
pub use wording::{Place, Wording};

/// A chance nearer to a band's end than this counts as lying on it: sums of doubles miss by less.
pub(crate) const EDGE: f64 = 1e-9;

/// The scale that a file without `scale:` is read by.
pub const DEFAULT: &str = "icd203";

/// A built-in scale: its name, and what makes it.
type Named = (&'static str, fn() -> Scale);

/// The built-in scales, in the order of their pages.
const ALL: &[Named] = &[
    ("icd203", icd203::scale),
    ("phia", phia::scale),
    ("ipcc", ipcc::scale),
    ("kent", kent::scale),
];

/// One word of a scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// The word that outputs print.
    pub name: String,
    /// Other words for the same band.
    pub(crate) aliases: Vec<String>,
    /// The band as input, shares of 1.
    pub(crate) band: (f64, f64),
    /// What the word means on output; the band, but for nested scales.
    pub means: (f64, f64),
    /// The band as a 90% interval: as `band`, but 0% and 100% read as chances that have odds.
    pub(crate) draws: (f64, f64),
    /// The point value.
    pub(crate) median: f64,
    /// Whether a chance may be worded by it.
    pub(crate) core: bool,
}

impl Term {
    /// Whether `word` is this term's name (0) or one of its aliases (1 and on): the row of ICD 203
    /// that the word stands in.
    pub fn row(&self, word: &str) -> Option<usize> {
        std::iter::once(&self.name)
            .chain(&self.aliases)
            .position(|n| alike(n, word))
    }
}

/// A scale of words.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// `icd203`, `phia`, `ipcc`, `kent`, or the file's own name.
    pub name: String,
    /// From the least likely.
    pub(crate) terms: Vec<Term>,
    /// Whether bands contain one another, as IPCC's do.
    pub(crate) nested: bool,
}

impl Scale {
    /// The term of a word, an alias included; letter case and the width of blanks do not matter.
    pub fn term(&self, word: &str) -> Option<&Term> {
        self.terms.iter().find(|t| t.row(word).is_some())
    }

    /// Every word that may be written, aliases included, from the least likely.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.terms
            .iter()
            .flat_map(|t| std::iter::once(&t.name).chain(&t.aliases))
            .map(String::as_str)
    }

    /// The terms that a chance may be worded by, from the least likely.
    pub fn core(&self) -> impl DoubleEndedIterator<Item = &Term> + Clone {
        self.terms.iter().filter(|t| t.core)
    }

    /// Whether a chance of `p` bears out the word, as `expect` asks: the word that it is printed with
    /// always, so that the outermost terms reach to 0% and 100%, a shared end point belongs to one
    /// term alone, and what falls in a gap to the nearest; of terms that contain one another each that
    /// contains it. `None` where the scale has no such word.
    pub fn satisfies(&self, word: &str, p: f64) -> Option<bool> {
        let term = self.term(word)?;
        if self.wording(p).term == term {
            return Some(true);
        }
        if self.nested || !term.core {
            let (low, high) = term.means;
            let low = if self.is_first(term) { 0.0 } else { low };
            let high = if self.is_last(term) { 1.0 } else { high };
            return Some(p >= low - EDGE && p <= high + EDGE);
        }
        Some(false)
    }

    fn is_first(&self, term: &Term) -> bool {
        self.core().next() == Some(term)
    }

    fn is_last(&self, term: &Term) -> bool {
        self.core().next_back() == Some(term)
    }
}

/// The built-in scale of that name.
pub fn find(name: &str) -> Option<Scale> {
    ALL.iter().find(|(n, _)| *n == name).map(|(_, make)| make())
}

/// The names of the built-in scales.
pub fn names() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|(n, _)| *n)
}

/// The built-in scales that have this word, but for the one named `except`.
pub fn with_word(word: &str, except: &str) -> Vec<&'static str> {
    ALL.iter()
        .filter(|(n, make)| *n != except && make().term(word).is_some())
        .map(|(n, _)| *n)
        .collect()
}

/// Whether two words are the same but for letter case and the width of blanks.
pub(crate) fn alike(a: &str, b: &str) -> bool {
    // Most differ in their first letter.
    let letters = |s: &str| s.bytes().next().filter(u8::is_ascii_alphabetic);
    if let (Some(a), Some(b)) = (letters(a), letters(b))
        && !a.eq_ignore_ascii_case(&b)
    {
        return false;
    }
    if !(a.is_ascii() && b.is_ascii()) {
        return normal(a) == normal(b);
    }
    if a.eq_ignore_ascii_case(b) {
        return true;
    }
    // The white space that is ASCII, as `char` has it.
    let is_blank = |byte: &u8| matches!(byte, b'\t'..=b'\r' | b' ');
    let (mut a, mut b) = (a.trim().as_bytes(), b.trim().as_bytes());
    while let (Some(x), Some(y)) = (a.first(), b.first()) {
        if is_blank(x) && is_blank(y) {
            a = &a[a.iter().take_while(|x| is_blank(x)).count()..];
            b = &b[b.iter().take_while(|y| is_blank(y)).count()..];
        } else if x.eq_ignore_ascii_case(y) {
            (a, b) = (&a[1..], &b[1..]);
        } else {
            return false;
        }
    }
    a.is_empty() && b.is_empty()
}

/// A word in lower case with single blanks.
pub(crate) fn normal(word: &str) -> String {
    word.split_whitespace()
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Exactly the middle of two chances in log-odds; both ends inside 0 and 1.
pub(crate) fn middle(low: f64, high: f64) -> f64 {
    // The root of the odds' product is that middle, and a root is exact on every machine.
    let odds = (low / (1.0 - low) * (high / (1.0 - high))).sqrt();
    odds / (1.0 + odds)
}

/// A term that means one thing as input and as output; 0% and 100% read as `edge` away from them.
fn term(names: &[&str], low: f64, high: f64, edge: f64) -> Term {
    let draws = (low.max(edge), high.min(1.0 - edge));
    Term {
        name: names[0].to_string(),
        aliases: names[1..].iter().map(ToString::to_string).collect(),
        band: (low, high),
        means: (low, high),
        draws,
        median: middle(draws.0, draws.1),
        core: true,
    }
}

/// A chance's word, and whether it lies outside the scale: "likely", "almost no chance (below the
/// scale)". Every output takes its word from here or, where its place has a field or brackets of its
/// own, from [`Scale::wording`]; never from an interval.
pub(crate) fn wording(scale: &Scale, p: f64) -> String {
    let wording = scale.wording(p);
    match wording.place {
        Place::Below => format!("{} (below the scale)", wording.word()),
        Place::Above => format!("{} (above the scale)", wording.word()),
        Place::Within | Place::Near => wording.word(),
    }
}
