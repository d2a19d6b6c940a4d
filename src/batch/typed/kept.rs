//! Verdicts that are kept, and columns made of them.
//!
//! In: answers, then for each row of a batch the place of its answer. Out: columns of numbers and of text.

use super::super::Batch;
use super::super::verdict::Value;
use super::super::worker::Answered;
use arrow_array::{ArrayRef, Float64Array, StringArray};
use arrow_buffer::{Buffer, NullBuffer, OffsetBuffer, ScalarBuffer};
use indexmap::IndexSet;
use std::collections::HashMap;
use std::sync::Arc;

/// What is kept of answers.
#[derive(Debug)]
pub(super) struct Kept<'b> {
    batch: &'b Batch,
    /// By column, without that of errors.
    numeric: Vec<bool>,
    /// Every name of an outcome and word of the scale.
    words: IndexSet<String>,
    /// By place and column of numbers; not a number where there is none.
    numbers: Vec<f64>,
    /// By place and column of text, places of `words`.
    texts: Vec<u32>,
    wrong: HashMap<u32, String>,
    places: usize,
    /// Words of the keys by which answers are found.
    keys: usize,
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
        let names = a.outcomes.ids().map(|o| a.outcomes.name(o));
        let words = names.chain(a.scale.words()).map(str::to_owned).collect();
        let mut numeric = batch.numeric();
        numeric.pop();
        Kept {
            batch,
            numeric,
            words,
            numbers: Vec::new(),
            texts: Vec::new(),
            wrong: HashMap::new(),
            places: 0,
            keys: 0,
        }
    }

    /// How many answers are kept.
    pub(super) fn len(&self) -> usize {
        self.places
    }

    pub(super) fn clear(&mut self) {
        self.numbers.clear();
        self.texts.clear();
        self.wrong.clear();
        self.places = 0;
        self.keys = 0;
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
                    made.texts.push(place.map_or(u32::MAX, |p| p as u32));
                }
            }),
            Err(wrong) => {
                let numbers = self.numeric.iter().filter(|n| **n).count();
                made.numbers.resize(numbers, f64::NAN);
                made.texts.resize(self.numeric.len() - numbers, u32::MAX);
                made.wrong = Some(wrong.clone());
            }
        }
        made
    }

    /// Keeps more, each at the next place.
    pub(super) fn extend(&mut self, made: Vec<Made>) {
        for made in made {
            self.numbers.extend(made.numbers);
            self.texts.extend(made.texts);
            if let Some(wrong) = made.wrong {
                self.wrong.insert(self.places as u32, wrong);
            }
            self.places += 1;
        }
    }

    /// The columns of rows whose answers stand at these places, and how many of them are wrong.
    pub(super) fn columns(&self, places: &[u32]) -> (Vec<ArrayRef>, usize) {
        let all = self.numeric.iter().filter(|n| **n).count();
        let (mut number, mut text) = (0, 0);
        let mut columns: Vec<ArrayRef> = Vec::with_capacity(self.numeric.len() + 1);
        for is_number in &self.numeric {
            columns.push(match is_number {
                true => self.numbers(places, number, all),
                false => self.texts(places, text, self.numeric.len() - all),
            });
            match is_number {
                true => number += 1,
                false => text += 1,
            }
        }
        let wrong = |place: &u32| match self.wrong.is_empty() {
            true => None,
            false => self.wrong.get(place).map(String::as_str),
        };
        let errors: StringArray = places.iter().map(wrong).collect();
        let bad = places.len() - arrow_array::Array::null_count(&errors);
        columns.push(Arc::new(errors));
        (columns, bad)
    }

    fn numbers(&self, places: &[u32], column: usize, width: usize) -> ArrayRef {
        let values: Vec<f64> = places
            .iter()
            .map(|place| self.numbers[*place as usize * width + column])
            .collect();
        let nulls = match values.iter().any(|x| x.is_nan()) {
            true => Some(NullBuffer::from_iter(values.iter().map(|x| !x.is_nan()))),
            false => None,
        };
        Arc::new(Float64Array::new(ScalarBuffer::from(values), nulls))
    }

    fn texts(&self, places: &[u32], column: usize, width: usize) -> ArrayRef {
        let words: Vec<&[u8]> = self.words.iter().map(String::as_bytes).collect();
        let mut bytes = Vec::with_capacity(places.len() * 12);
        let mut ends = Vec::with_capacity(places.len() + 1);
        ends.push(0i32);
        let mut gaps = false;
        for place in places {
            let word = self.texts[*place as usize * width + column];
            match words.get(word as usize) {
                Some(word) => bytes.extend_from_slice(word),
                None => gaps = true,
            }
            ends.push(bytes.len() as i32);
        }
        let nulls = gaps.then(|| {
            let known = |place: &u32| self.texts[*place as usize * width + column] != u32::MAX;
            NullBuffer::from_iter(places.iter().map(known))
        });
        // All that was put together is whole words.
        let ends = OffsetBuffer::new(ScalarBuffer::from(ends));
        match StringArray::try_new(ends, Buffer::from_vec(bytes), nulls) {
            Ok(array) => Arc::new(array),
            Err(_) => Arc::new(StringArray::new_null(places.len())),
        }
    }
}
