//! A Parquet row group's columns of verdicts.
//!
//! In: verdicts of rows, which repeat each other. Out: column chunks. Rows point to what differs, and these pointers are
//! packed once for all columns of numbers; where nearly every row differs, its numbers are written as they are.
//! Neither gets any smaller by compression, and so there is none.

use super::packing::{self, bits, packed};
use crate::batch::typed::Verdicts;
use crate::parallel::*;
use indexmap::IndexSet;
use parquet::basic::{Compression, Encoding};
use parquet::column::page::{CompressedPage, Page, PageWriter};
use parquet::column::writer::ColumnCloseResult;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::statistics::Statistics;
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use parquet::schema::types::{ColumnDescPtr, SchemaDescriptor};
use std::borrow::Cow;

/// Where a column has no text.
const NO_TEXT: u32 = u32::MAX;

/// A column's bytes, and what the file says of them.
pub(super) type Chunk = (Vec<u8>, ColumnCloseResult);

/// The verdicts of a row group that is not whole yet.
#[derive(Debug, Default)]
pub(super) struct Verdict {
    /// By column, without that of errors, whether it holds numbers.
    numeric: Vec<bool>,
    words: Vec<String>,
    /// By verdict of the table its place here, and 1 more; since when that is so.
    places: (u64, Vec<u32>),
    /// By column of numbers and place; not a number where there is none.
    numbers: Vec<Vec<f64>>,
    /// By column of text and place; the last is why there is no verdict.
    texts: Vec<Vec<u32>>,
    errors: IndexSet<String>,
    count: u32,
    /// By row of the group.
    rows: Vec<u32>,
}

impl Verdict {
    /// Adds the rows of a batch; how many of them are wrong.
    pub(super) fn add(&mut self, verdicts: &Verdicts<'_>, batch: usize) -> usize {
        if self.numeric.is_empty() {
            self.numeric = verdicts.numeric().to_vec();
            self.words = verdicts.words().map(str::to_owned).collect();
            let numbers = self.numeric.iter().filter(|n| **n).count();
            self.numbers = vec![Vec::new(); numbers];
            self.texts = vec![Vec::new(); self.numeric.len() - numbers + 1];
        }
        if self.places.0 != verdicts.since() {
            self.places = (verdicts.since(), Vec::new());
        }
        let mut wrong = 0;
        for &row in verdicts.rows(batch) {
            let at = row as usize;
            if at >= self.places.1.len() {
                self.places.1.resize((at + 1).next_power_of_two(), 0);
            }
            if self.places.1[at] == 0 {
                let (numbers, texts, error) = verdicts.of(row);
                let error = error.map(|e| self.errors.insert_full(e.to_owned()).0 as u32);
                let texts = texts.iter().copied().chain([error.unwrap_or(NO_TEXT)]);
                let columns = self.numbers.iter_mut().zip(numbers);
                columns.for_each(|(column, x)| column.push(*x));
                let columns = self.texts.iter_mut().zip(texts);
                columns.for_each(|(column, word)| column.push(word));
                self.count += 1;
                self.places.1[at] = self.count;
            }
            let place = self.places.1[at] - 1;
            self.rows.push(place);
            let error = self.texts.last().map_or(NO_TEXT, |e| e[place as usize]);
            wrong += usize::from(error != NO_TEXT);
        }
        wrong
    }

    /// About how many bytes the group takes.
    pub(super) fn size(&self) -> usize {
        let (numbers, texts) = (self.numbers.len(), self.texts.len());
        (8 * numbers + 4 * texts) * self.count as usize
            + 4 * (self.rows.len() + self.places.1.len())
    }

    /// The chunks of the columns from `first` on, after which the next group begins.
    pub(super) fn close(
        &mut self,
        schema: &SchemaDescriptor,
        first: usize,
    ) -> Result<Vec<Chunk>, ParquetError> {
        let (mut number, mut text) = (0, 0);
        let mut columns = Vec::with_capacity(self.numeric.len() + 1);
        for is_number in self.numeric.iter().copied().chain([false]) {
            let own = if is_number { &mut number } else { &mut text };
            columns.push((is_number, *own, schema.column(first + columns.len())));
            *own += 1;
        }
        // Nearly as many verdicts as rows: their pointers would take more than they save.
        let all = self.rows.len();
        let pointed = self.count as usize * 64 + all * bits(self.count) < all * 48;
        let pointers = match pointed {
            true => packed(&self.rows, bits(self.count)),
            false => Vec::new(),
        };
        let this = &*self;
        let chunks = columns.par_iter().map(|(is_number, at, column)| {
            let chunk = Parts::new(column, this.rows.len());
            match is_number {
                true => this.number_chunk(chunk, &this.numbers[*at], &pointers),
                false => this.text_chunk(chunk, &this.texts[*at], *at + 1 == this.texts.len()),
            }
        });
        let chunks: Vec<Result<Chunk, ParquetError>> = chunks.collect();
        self.numbers.iter_mut().for_each(Vec::clear);
        self.texts.iter_mut().for_each(Vec::clear);
        self.errors.clear();
        self.places.1.fill(0);
        self.count = 0;
        self.rows.clear();
        chunks.into_iter().collect()
    }

    /// A column of numbers by place; `pointers` are packed, and empty where each row has its own.
    fn number_chunk<'c>(
        &self,
        mut chunk: Parts<'c>,
        numbers: &[f64],
        pointers: &'c [u8],
    ) -> Result<Chunk, ParquetError> {
        let known = numbers.iter().filter(|x| !x.is_nan());
        let (mut least, mut most, mut count) = (f64::INFINITY, f64::NEG_INFINITY, 0);
        for x in known {
            least = least.min(*x);
            most = most.max(*x);
            count += 1;
        }
        let gaps = count < numbers.len();
        let number = |row: &u32| numbers[*row as usize];
        if gaps {
            let is_known = self.rows.iter().map(|row| !number(row).is_nan());
            (chunk.levels, chunk.nulls) = packing::levels(is_known);
        }
        let kept = |row: &&u32| !number(row).is_nan();
        if pointers.is_empty() {
            let values: Vec<[u8; 8]> = match gaps {
                false => self
                    .rows
                    .iter()
                    .map(|row| number(row).to_le_bytes())
                    .collect(),
                true => {
                    let rows = self.rows.iter().filter(kept);
                    rows.map(|row| number(row).to_le_bytes()).collect()
                }
            };
            chunk.values = Cow::Owned(values.into_flattened());
        } else {
            let bytes: Vec<[u8; 8]> = numbers.iter().map(|x| x.to_le_bytes()).collect();
            chunk.dictionary = Some((bytes.into_flattened(), self.count));
            chunk.values = match gaps {
                false => Cow::Borrowed(pointers),
                true => {
                    let rows: Vec<u32> = self.rows.iter().filter(kept).copied().collect();
                    Cow::Owned(packed(&rows, bits(self.count)))
                }
            };
        }
        // Zero and its negative are one number, and stand for each other in what is said of a column.
        let end = |x: f64, zero: f64| (count > 0).then_some(if x == 0.0 { zero } else { x });
        let (least, most) = (end(least, -0.0), end(most, 0.0));
        let nulls = Some(chunk.nulls as u64);
        chunk.write(Statistics::double(least, most, None, nulls, false))
    }

    /// A column of words, or of errors, by place.
    fn text_chunk(
        &self,
        mut chunk: Parts<'_>,
        words: &[u32],
        errors: bool,
    ) -> Result<Chunk, ParquetError> {
        let text = |word: u32| match errors {
            true => self.errors[word as usize].as_bytes(),
            false => self.words[word as usize].as_bytes(),
        };
        let used = words.iter().copied().filter(|word| *word != NO_TEXT);
        let used: IndexSet<u32> = used.collect();
        let mut place = vec![0; self.errors.len().max(self.words.len())];
        let mut dictionary = Vec::new();
        for (at, word) in used.iter().enumerate() {
            place[*word as usize] = at as u32;
            dictionary.extend((text(*word).len() as u32).to_le_bytes());
            dictionary.extend_from_slice(text(*word));
        }
        let each = self.rows.iter().map(|row| words[*row as usize]);
        let known = each.clone().filter(|word| *word != NO_TEXT);
        let rows: Vec<u32> = known.map(|word| place[word as usize]).collect();
        if rows.len() < self.rows.len() {
            (chunk.levels, chunk.nulls) = packing::levels(each.map(|word| word != NO_TEXT));
        }
        chunk.dictionary = Some((dictionary, used.len() as u32));
        chunk.values = Cow::Owned(packed(&rows, bits(used.len() as u32)));
        let of = |word: Option<&u32>| word.map(|word| ByteArray::from(text(*word).to_vec()));
        let least = of(used.iter().min_by_key(|word| text(**word)));
        let most = of(used.iter().max_by_key(|word| text(**word)));
        let nulls = Some(chunk.nulls as u64);
        chunk.write(Statistics::byte_array(least, most, None, nulls, false))
    }
}

/// What a chunk is made of.
struct Parts<'c> {
    column: &'c ColumnDescPtr,
    rows: usize,
    nulls: usize,
    /// The values that are pointed to, one after the other, and how many they are.
    dictionary: Option<(Vec<u8>, u32)>,
    /// Which rows have a value.
    levels: Vec<u8>,
    /// The values, or where they stand.
    values: Cow<'c, [u8]>,
}

impl<'c> Parts<'c> {
    /// Of a column all of whose rows have a value.
    fn new(column: &'c ColumnDescPtr, rows: usize) -> Parts<'c> {
        Parts {
            column,
            rows,
            nulls: 0,
            dictionary: None,
            levels: packing::all(rows),
            values: Cow::Borrowed(&[]),
        }
    }

    /// The chunk; `self.values` must be as the dictionary, or that there is none, has it.
    fn write(self, statistics: Statistics) -> Result<Chunk, ParquetError> {
        let room = self.values.len() + self.dictionary.as_ref().map_or(0, |d| d.0.len());
        let mut out = TrackedWrite::new(Vec::with_capacity(room + self.levels.len() + 256));
        let mut pages = SerializedPageWriter::new(&mut out);
        let encoding = match &self.dictionary {
            Some(_) => Encoding::RLE_DICTIONARY,
            None => Encoding::PLAIN,
        };
        let (mut bytes, mut first) = (0, None);
        if let Some((dictionary, count)) = self.dictionary {
            let size = dictionary.len();
            let page = Page::DictionaryPage {
                buf: dictionary.into(),
                num_values: count,
                encoding: Encoding::PLAIN,
                is_sorted: false,
            };
            let spec = pages.write_page(CompressedPage::new(page, size))?;
            first = Some(spec.offset as i64);
            bytes += spec.bytes_written;
        }
        let mut data = Vec::with_capacity(4 + self.levels.len() + self.values.len());
        data.extend((self.levels.len() as u32).to_le_bytes());
        data.extend(self.levels);
        data.extend_from_slice(&self.values);
        let size = data.len();
        let page = Page::DataPage {
            buf: data.into(),
            num_values: self.rows as u32,
            encoding,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        };
        let spec = pages.write_page(CompressedPage::new(page, size))?;
        bytes += spec.bytes_written;
        pages.close()?;
        let metadata = ColumnChunkMetaData::builder(self.column.clone())
            .set_encodings(vec![Encoding::PLAIN, Encoding::RLE, encoding])
            .set_compression(Compression::UNCOMPRESSED)
            .set_num_values(self.rows as i64)
            .set_total_compressed_size(bytes as i64)
            .set_total_uncompressed_size(bytes as i64)
            .set_dictionary_page_offset(first)
            .set_data_page_offset(spec.offset as i64)
            .set_statistics(statistics)
            .build()?;
        let closed = ColumnCloseResult {
            bytes_written: bytes,
            rows_written: self.rows as u64,
            metadata,
            bloom_filter: None,
            column_index: None,
            offset_index: None,
        };
        Ok((out.into_inner()?, closed))
    }
}
