//! From a number to a word.
//!
//! In: a chance, or an interval of chances. Out: a [`Wording`], which prints with its number. The
//! number always stands beside the word: readers of ICD 203's words agree with the directive 32% of
//! the time, and 66% with the number in brackets (Wintle et al. 2019).

use super::{EDGE, Scale, Term};

/// A chance in a word of a scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wording<'a> {
    /// The word.
    pub(crate) term: &'a Term,
    /// How the chance lies to the word's band.
    pub(crate) place: Place,
}

/// How a chance lies to the band of the word that it is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In it.
    Within,
    /// In a gap of the scale; this is the nearest word, which stands for it.
    Near,
    /// Less likely than any word.
    Below,
    /// Likelier than any word.
    Above,
}

impl Wording<'_> {
    /// The word with its number as the caller prints it: "likely (69%)", "almost no chance (0.3%,
    /// below the scale)".
    pub fn with(&self, number: &str) -> String {
        let word = &self.term.name;
        match self.place {
            Place::Within | Place::Near => format!("{word} ({number})"),
            Place::Below => format!("{word} ({number}, below the scale)"),
            Place::Above => format!("{word} ({number}, above the scale)"),
        }
    }

    /// The word alone: "likely", "almost no chance".
    pub fn word(&self) -> String {
        self.term.name.clone()
    }

    /// Whether both are printed alike: a gap of the scale shows in no output.
    pub fn reads_as(&self, other: &Wording) -> bool {
        let place = |w: &Wording| match w.place {
            Place::Near => Place::Within,
            place => place,
        };
        self.term == other.term && place(self) == place(other)
    }
}

impl Scale {
    /// The word of a chance.
    ///
    /// A shared end point belongs to the term nearer 50%, so that p and 1 − p mirror; of terms that
    /// contain one another the narrowest is taken; in a gap the nearest, split in its middle.
    ///
    /// # Panics
    ///
    /// Where the scale has no core term, which no scale of an assessment lacks.
    pub fn wording(&self, p: f64) -> Wording<'_> {
        let p = if p.is_nan() { 0.5 } else { p };
        let best = self
            .core()
            .map(|t| (distance(t, p), width(t), centre(t), t))
            .reduce(|a, b| {
                // Distance first (0 is inside), then the narrower, then the nearer to 50%.
                let order = a.0.total_cmp(&b.0);
                let order = order.then(compare(a.1, b.1, self.nested));
                if order.then(a.2.total_cmp(&b.2)).is_gt() {
                    b
                } else {
                    a
                }
            });
        let (distance, _, _, term) = best.expect("a scale has a core term");
        let place = if distance == 0.0 {
            Place::Within
        } else if self.core().all(|t| p < t.means.0) {
            Place::Below
        } else if self.core().all(|t| p > t.means.1) {
            Place::Above
        } else {
            Place::Near
        };
        Wording { term, place }
    }

    /// Each word that a chance may be given, with the least chance from which on it is, from 0 to 1.
    pub fn steps(&self) -> Vec<(f64, &str)> {
        // Words change at the end of a band or in the middle of a gap, and there within what counts as lying on it.
        let ends = || self.core().flat_map(|t| [t.means.0, t.means.1]);
        let middles = ends().flat_map(|a| ends().map(move |b| (a + b) / 2.0));
        let near = middles.flat_map(|p| [p - 3.0 * EDGE, p + 3.0 * EDGE]);
        let mut places: Vec<f64> = near.filter(|p| (0.0..=1.0).contains(p)).collect();
        places.extend([0.0, 1.0]);
        places.sort_unstable_by(f64::total_cmp);
        let word = |p: f64| self.wording(p).term.name.as_str();
        let mut steps = vec![(0.0, word(0.0))];
        for pair in places.windows(2) {
            let (mut low, mut high) = (pair[0], pair[1]);
            let reached = word(high);
            if steps.last().is_some_and(|s| s.1 == reached) {
                continue;
            }
            loop {
                let middle = low + (high - low) / 2.0;
                if middle <= low || middle >= high {
                    break;
                }
                match word(middle) == reached {
                    true => high = middle,
                    false => low = middle,
                }
            }
            steps.push((high, reached));
        }
        steps
    }

    /// Where the next words begin below and above a term; none at the ends of the scale, whose words
    /// reach to 0% and 100%. A gap is split in its middle.
    pub fn edges(&self, term: &Term) -> (Option<f64>, Option<f64>) {
        let (low, high) = term.means;
        let first = self.core().next() == Some(term);
        let last = self.core().next_back() == Some(term);
        if self.nested || !term.core {
            return ((!first).then_some(low), (!last).then_some(high));
        }
        let below = self.core().take_while(|t| *t != term).last();
        let above = self.core().skip_while(|t| *t != term).nth(1);
        (
            below.map(|t| (t.means.1 + low) / 2.0),
            above.map(|t| (high + t.means.0) / 2.0),
        )
    }

    /// The two words of an interval that spans three terms or more, to be printed "unlikely to
    /// likely"; `None` where it spans fewer.
    pub fn span(&self, low: f64, high: f64) -> Option<(Wording<'_>, Wording<'_>)> {
        let (low, high) = (self.wording(low), self.wording(high));
        let at = |w: &Wording| self.core().position(|t| t == w.term);
        (at(&high)? >= at(&low)? + 2).then_some((low, high))
    }
}

/// How far `p` lies outside what the term means, in steps of [`EDGE`], so that the noise of doubles
/// decides nothing.
fn distance(term: &Term, p: f64) -> f64 {
    let away = (term.means.0 - p).max(p - term.means.1);
    if away <= EDGE {
        0.0
    } else {
        (away / EDGE).round()
    }
}

fn width(term: &Term) -> f64 {
    term.means.1 - term.means.0
}

fn centre(term: &Term) -> f64 {
    ((term.means.0 + term.means.1) / 2.0 - 0.5).abs()
}

fn compare(a: f64, b: f64, nested: bool) -> std::cmp::Ordering {
    if !nested || (a - b).abs() <= EDGE {
        std::cmp::Ordering::Equal
    } else {
        a.total_cmp(&b)
    }
}
