//! Verdicts that are kept, and columns made of them.
//!
//! In: answers, then for each row of a batch the place of its answer. Out: columns of numbers and of text.

use super::super::Batch;
use super::super::truths::Found;
use super::super::verdict::Value;
use super::super::worker::Answered;
use arrow_array::{Array, ArrayRef, Float64Array, StringArray};
use arrow_buffer::{Buffer, NullBuffer, OffsetBuffer, ScalarBuffer};
use indexmap::IndexSet;
use std::collections::HashMap;
use std::sync::Arc;

/// Marks where no text is.
const NO_TEXT: u32 = u32::MAX;

/// How many rows' verdicts are spread over the columns at once: few enough to stay at hand.
const BLOCK: usize = 256;

/// Words no longer than this are copied in one piece, with what stands behind them.
const SHORT: usize = 32;

/// What is kept of answers.
#[derive(Debug)]
pub(super) struct Kept<'b> {
    batch: &'b Batch,
    /// By column, without that of errors.
    numeric: Vec<bool>,
    /// Every name of an outcome and word of the scale.
    words: IndexSet<String>,
    /// By outcome, then by word of the scale, the place among `words`.
    names: Vec<u32>,
    steps: Vec<u32>,
    /// By place and column of numbers; not a number where there is none.
    numbers: Vec<f64>,
    /// By place and column of text, places of `words`.
    texts: Vec<u32>,
    wrong: HashMap<u32, String>,
    /// Whether any number or text is missing.
    gaps: bool,
    places: usize,
    /// Words of the keys by which answers are found.
    keys: usize,
    /// How often all was forgotten.
    since: u64,
}

/// An answer's values.
#[derive(Debug, Clone, Default)]
pub(super) struct Made {
    numbers: Vec<f64>,
    texts: Vec<u32>,
    wrong: Option<String>,
}

impl<'b> Kept<'b> {
    pub(super) fn new(batch: &'b Batch) -> Kept<'b> {
        let a = &batch.assessment;
        let mut words = IndexSet::new();
        let mut place = |word: &str| words.insert_full(word.to_owned()).0 as u32;
        let names = a
            .outcomes
            .ids()
            .map(|o| place(a.outcomes.name(o)))
            .collect();
        let steps = batch.words.iter().map(|w| place(&w.1)).collect();
        let mut numeric = batch.numeric();
        numeric.pop();
        Kept {
            batch,
            numeric,
            names,
            steps,
            words,
            numbers: Vec::new(),
            texts: Vec::new(),
            wrong: HashMap::new(),
            gaps: false,
            places: 0,
            keys: 0,
            since: 0,
        }
    }

    /// How often all was forgotten.
    pub(super) fn since(&self) -> u64 {
        self.since
    }

    /// Every name of an outcome and word of the scale.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }

    /// Whether each column holds numbers, without that of errors.
    pub(super) fn numeric(&self) -> &[bool] {
        &self.numeric
    }

    /// An answer's numbers, its texts, and why there are none.
    pub(super) fn of(&self, place: u32) -> (&[f64], &[u32], Option<&str>) {
        let numbers = self.width();
        let texts = self.numeric.len() - numbers;
        let at = place as usize;
        let wrong = match self.wrong.is_empty() {
            true => None,
            false => self.wrong.get(&place).map(String::as_str),
        };
        let numbers = &self.numbers[at * numbers..][..numbers];
        (numbers, &self.texts[at * texts..][..texts], wrong)
    }

    /// How many answers are kept.
    pub(super) fn len(&self) -> usize {
        self.places
    }

    pub(super) fn clear(&mut self) {
        self.numbers.clear();
        self.texts.clear();
        self.wrong.clear();
        self.gaps = false;
        self.places = 0;
        self.keys = 0;
        self.since += 1;
    }

    /// Counts the words of another key.
    pub(super) fn count(&mut self, words: usize) {
        self.keys += words;
    }

    /// About how many bytes all take.
    pub(super) fn size(&self) -> usize {
        /// What a place takes among those by which it is found.
        const BESIDE: usize = 24;
        8 * (self.numbers.len() + self.keys) + 4 * self.texts.len() + BESIDE * self.places
    }

    /// An answer's values.
    pub(super) fn make(&self, answered: &Answered) -> Made {
        let mut made = Made::default();
        match answered {
            Ok(answer) => self.batch.values(answer, |value| match value {
                Value::Number(x) => made.numbers.push(x.unwrap_or(f64::NAN)),
                Value::Text(text) => {
                    let place = self.words.get_index_of(text);
                    made.texts.push(place.map_or(NO_TEXT, |p| p as u32));
                }
            }),
            Err(wrong) => {
                let numbers = self.width();
                made.numbers.resize(numbers, f64::NAN);
                made.texts.resize(self.numeric.len() - numbers, NO_TEXT);
                made.wrong = Some(wrong.clone());
            }
        }
        made
    }

    /// How many numbers an answer has.
    fn width(&self) -> usize {
        self.numeric.iter().filter(|n| **n).count()
    }

    /// Keeps more, each at the next place.
    pub(super) fn extend(&mut self, made: Vec<Made>) {
        for made in made {
            let is_gap = made.numbers.iter().any(|x| x.is_nan()) || made.texts.contains(&NO_TEXT);
            self.gaps |= is_gap;
            self.numbers.extend(made.numbers);
            self.texts.extend(made.texts);
            if let Some(wrong) = made.wrong {
                self.wrong.insert(self.places as u32, wrong);
            }
            self.places += 1;
        }
    }

    /// The same of what was found together; what has no numbers gets them by [`Kept::replace`].
    pub(super) fn add(&mut self, found: &Found) {
        self.numbers.extend_from_slice(&found.numbers);
        let texts = found.leaders.iter().flat_map(|&(leader, word)| {
            let place = |of: &[u32], at: u32| of.get(at as usize).copied().unwrap_or(NO_TEXT);
            [place(&self.names, leader), place(&self.steps, word)]
        });
        self.texts.extend(texts);
        self.places += found.at.len();
    }

    /// Puts an answer's values where others stood.
    pub(super) fn replace(&mut self, place: u32, made: Made) {
        let is_gap = made.numbers.iter().any(|x| x.is_nan()) || made.texts.contains(&NO_TEXT);
        self.gaps |= is_gap;
        let (numbers, texts) = (made.numbers.len(), made.texts.len());
        self.numbers[place as usize * numbers..][..numbers].copy_from_slice(&made.numbers);
        self.texts[place as usize * texts..][..texts].copy_from_slice(&made.texts);
        if let Some(wrong) = made.wrong {
            self.wrong.insert(place, wrong);
        }
    }

    /// The columns of rows whose answers stand at these places, and how many of them are wrong.
    pub(super) fn columns(&self, places: &[u32]) -> (Vec<ArrayRef>, usize) {
        let all = self.width();
        let mut numbers = self.numbers(places, all).into_iter();
        let mut texts = self.texts(places, self.numeric.len() - all).into_iter();
        let columns = self.numeric.iter().filter_map(|is_number| match is_number {
            true => numbers.next(),
            false => texts.next(),
        });
        let mut columns: Vec<ArrayRef> = columns.collect();
        let errors = match self.wrong.is_empty() {
            true => StringArray::new_null(places.len()),
            false => {
                let wrong = |place: &u32| self.wrong.get(place).map(String::as_str);
                places.iter().map(wrong).collect()
            }
        };
        let bad = places.len() - errors.null_count();
        columns.push(Arc::new(errors));
        (columns, bad)
    }

    fn numbers(&self, places: &[u32], width: usize) -> Vec<ArrayRef> {
        let mut columns: Vec<Vec<f64>> = Vec::with_capacity(width);
        columns.resize_with(width, || Vec::with_capacity(places.len()));
        for block in places.chunks(BLOCK) {
            for (at, column) in columns.iter_mut().enumerate() {
                let numbers = block.iter();
                column.extend(numbers.map(|place| self.numbers[*place as usize * width + at]));
            }
        }
        let columns = columns.into_iter().map(|values| {
            let nulls = match self.gaps && values.iter().any(|x| x.is_nan()) {
                true => Some(NullBuffer::from_iter(values.iter().map(|x| !x.is_nan()))),
                false => None,
            };
            Arc::new(Float64Array::new(ScalarBuffer::from(values), nulls)) as ArrayRef
        });
        columns.collect()
    }

    fn texts(&self, places: &[u32], width: usize) -> Vec<ArrayRef> {
        let words: Vec<Word<'_>> = self.words.iter().map(|w| Word::new(w)).collect();
        let columns = (0..width).map(|column| {
            let of = |place: &u32| self.texts[*place as usize * width + column];
            texts(places.iter().map(of), &words, self.gaps)
        });
        columns.collect()
    }
}

/// A word, and the same with something behind it, so that it can be copied without asking how long it is.
struct Word<'w> {
    bytes: &'w [u8],
    padded: Option<[u8; SHORT]>,
}

impl<'w> Word<'w> {
    fn new(word: &'w str) -> Word<'w> {
        let bytes = word.as_bytes();
        let mut padded = [0; SHORT];
        let start = padded.get_mut(..bytes.len());
        let fits = start.map(|start| start.copy_from_slice(bytes));
        Word {
            bytes,
            padded: fits.map(|()| padded),
        }
    }
}

/// A column of words, or of nothing where there is no such word.
fn texts(
    of: impl ExactSizeIterator<Item = u32> + Clone,
    words: &[Word<'_>],
    gaps: bool,
) -> ArrayRef {
    let rows = of.len();
    let length = |word: u32| words.get(word as usize).map_or(0, |w| w.bytes.len());
    let mut ends = Vec::with_capacity(rows + 1);
    let mut end = 0;
    ends.push(0i32);
    ends.extend(of.clone().map(|word| {
        end += length(word) as i32;
        end
    }));
    let mut bytes = vec![0; end as usize + SHORT];
    for (word, start) in of.clone().zip(&ends) {
        let Some(word) = words.get(word as usize) else {
            continue;
        };
        let to = &mut bytes[*start as usize..];
        match &word.padded {
            // What is written too much is written over by the next.
            Some(padded) => to[..SHORT].copy_from_slice(padded),
            None => to[..word.bytes.len()].copy_from_slice(word.bytes),
        }
    }
    bytes.truncate(end as usize);
    let nulls = (gaps && of.clone().any(|word| word == NO_TEXT))
        .then(|| NullBuffer::from_iter(of.map(|word| word != NO_TEXT)));
    // All that was put together is whole words.
    let ends = OffsetBuffer::new(ScalarBuffer::from(ends));
    match StringArray::try_new(ends, Buffer::from_vec(bytes), nulls) {
        Ok(array) => Arc::new(array),
        Err(_) => Arc::new(StringArray::new_null(rows)),
    }
}
