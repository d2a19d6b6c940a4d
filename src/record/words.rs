//! What words of likelihood and ranges turned out to mean.
//!
//! In: words and ranges as written, with what came true. Out: for each word how often, beside its band, and
//! whether chance alone explains the distance.

use super::Estimate;
use super::bins::wilson;
use super::case::Said;
use crate::resolve::assessment::{Law, Number};
use crate::scales::Scale;
use crate::text::decimal;
use std::collections::BTreeMap;

/// At this level chance alone does not explain a record.
pub const LEVEL: f64 = 0.05;

/// A word or a range as it stands in a file: what tells one from another.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// The scale; empty for a range.
    pub(crate) scale: String,
    /// The word's first form, or the range as it is printed.
    pub(crate) word: String,
    /// What it means.
    pub(crate) band: (f64, f64),
}

impl Written {
    /// A word of a scale, in whichever of its forms.
    pub fn term(scale: &Scale, word: &str) -> Option<Written> {
        let term = scale.term(word)?;
        Some(Written {
            scale: scale.name.clone(),
            word: term.name.clone(),
            band: term.means,
        })
    }

    /// The word or range of a chance; none of a plain number, a count and what is certain.
    pub fn of(scale: &Scale, number: &Number) -> Option<Written> {
        match (&number.word, number.law) {
            (Some(_), Law::Fixed) if number.point <= 0.0 => None,
            (Some(word), _) => Written::term(scale, word),
            (None, Law::LogitNormal { low, high }) => {
                let percent = |p: f64| decimal::short(100.0 * p, 4);
                Some(Written {
                    scale: String::new(),
                    word: format!("{}% to {}%", percent(low), percent(high)),
                    band: (low, high),
                })
            }
            (None, _) => None,
        }
    }
}

/// One word's record.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// The scale; empty for a range.
    pub(crate) scale: String,
    /// The word, or the range as it is printed.
    pub(crate) word: String,
    pub(crate) band: (f64, f64),
    /// How often it was written of something settled.
    pub(crate) cases: u64,
    /// How many of them came true.
    pub(crate) true_count: f64,
    /// How often they came true.
    pub(crate) came: Estimate,
    /// The chance to find a rate as far from the band, were the word used rightly; 1 within it.
    pub(crate) p_value: f64,
    /// The same after Holm over all words with enough cases; none for the others.
    pub(crate) adjusted: Option<f64>,
}

impl Word {
    /// Whether its record lies outside its band by more than chance allows.
    pub fn is_off(&self) -> bool {
        self.adjusted.is_some_and(|p| p < LEVEL)
    }

    /// Whether this is its record.
    pub fn is_of(&self, written: &Written) -> bool {
        self.scale == written.scale && self.word == written.word && self.band == written.band
    }
}

/// Words with what came of them, without keeping each.
#[derive(Debug, Default)]
pub struct Counted(BTreeMap<(String, u64, String), Count>);

/// A band, how often it was written, and how often it came true.
type Count = ((f64, f64), u64, f64);

impl Counted {
    /// Takes one.
    pub fn add(&mut self, said: Said) {
        // Bands lie within 0 and 1, where the order of bits is that of numbers.
        let key = (said.scale, said.band.0.to_bits(), said.word);
        let count = self.0.entry(key).or_insert((said.band, 0, 0.0));
        count.1 += 1;
        count.2 += said.truth;
    }

    /// The record of each word, by scale and place in it; no verdict on one below `few` cases.
    pub fn words(self, few: u64) -> Vec<Word> {
        let each = self.0.into_iter();
        let each = each.map(|((scale, _, word), (band, n, k))| Word {
            scale,
            word,
            band,
            cases: n,
            true_count: k,
            came: wilson(k, n as f64),
            p_value: outside(k, n, band),
            adjusted: None,
        });
        let mut words: Vec<Word> = each.collect();
        holm(&mut words, few);
        words
    }
}

/// The record of each word.
pub fn words(said: &[Said], few: u64) -> Vec<Word> {
    let mut counted = Counted::default();
    said.iter().for_each(|one| counted.add(one.clone()));
    counted.words(few)
}

/// Twice the smaller tail of the binomial beyond a band, at its nearer end; 1 within it.
pub fn outside(true_count: f64, n: u64, (low, high): (f64, f64)) -> f64 {
    let rate = true_count / n as f64;
    // Shares count towards the band.
    if rate > high {
        (2.0 * (1.0 - below(libm::floor(true_count), n, high))).min(1.0)
    } else if rate < low {
        (2.0 * below(libm::ceil(true_count) + 1.0, n, low)).min(1.0)
    } else {
        1.0
    }
}

/// P(X < k) for n draws of chance p.
fn below(k: f64, n: u64, p: f64) -> f64 {
    if p <= 0.0 {
        return if k > 0.0 { 1.0 } else { 0.0 };
    }
    if p >= 1.0 {
        return if k > n as f64 { 1.0 } else { 0.0 };
    }
    let (mut term, mut sum) = (n as f64 * libm::log1p(-p), 0.0);
    let odds = libm::log(p / (1.0 - p));
    for i in 0..=n {
        if i as f64 >= k {
            break;
        }
        sum += libm::exp(term);
        term += odds + libm::log((n - i) as f64 / (i + 1) as f64);
    }
    sum.min(1.0)
}

/// Holm's step-down (1979) over the words that have enough cases.
fn holm(words: &mut [Word], few: u64) {
    let mut order: Vec<usize> = (0..words.len())
        .filter(|&i| words[i].cases >= few)
        .collect();
    order.sort_by(|&a, &b| words[a].p_value.total_cmp(&words[b].p_value));
    let (count, mut largest) = (order.len(), 0.0_f64);
    for (rank, i) in order.into_iter().enumerate() {
        largest = largest.max(((count - rank) as f64 * words[i].p_value).min(1.0));
        words[i].adjusted = Some(largest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_by_plain_sums() {
        let choose = |n: u64, k: u64| (0..k).fold(1.0, |c, i| c * (n - i) as f64 / (i + 1) as f64);
        let (n, p) = (12u64, 0.3f64);
        let mass = |k: u64| choose(n, k) * p.powi(k as i32) * (1.0 - p).powi((n - k) as i32);
        for k in 0..=n {
            let plain: f64 = (0..k).map(mass).sum();
            assert!((below(k as f64, n, p) - plain).abs() < 1e-12);
        }
        let upper: f64 = (8..=n).map(mass).sum();
        assert!((outside(8.0, n, (0.1, 0.3)) - 2.0 * upper).abs() < 1e-12);
        assert_eq!(outside(3.0, n, (0.1, 0.3)), 1.0);
    }

    #[test]
    fn holm_steps_down_and_leaves_out_small_words() {
        let said = |word: &str, band: (f64, f64), yes: usize, n: usize| {
            let one = move |i: usize| Said {
                author: None,
                scale: "own".to_owned(),
                word: word.to_owned(),
                band,
                truth: f64::from(u8::from(i < yes)),
            };
            (0..n).map(one).collect::<Vec<Said>>()
        };
        let mut all = said("likely", (0.55, 0.8), 10, 40);
        all.extend(said("unlikely", (0.2, 0.45), 12, 40));
        all.extend(said("sure", (0.95, 1.0), 0, 5));
        let found = words(&all, 20);
        let of = |word: &str| found.iter().find(|w| w.word == word).expect("a word");
        assert_eq!(of("likely").adjusted, Some(2.0 * of("likely").p_value));
        assert_eq!(of("unlikely").adjusted, Some(1.0));
        assert_eq!(of("sure").adjusted, None);
        assert!(of("likely").p_value < 1e-3);
    }
}
