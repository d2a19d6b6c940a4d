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
    /// By place and column of numbers; not a number where there is none.
    numbers: Vec<f64>,
    /// By place and column of text; the last is why there is no verdict.
    texts: Vec<u32>,
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
                self.numbers.extend_from_slice(numbers);
                self.texts.extend_from_slice(texts);
                let error = error.map(|e| self.errors.insert_full(e.to_owned()).0 as u32);
                self.texts.push(error.unwrap_or(NO_TEXT));
                self.count += 1;
                self.places.1[at] = self.count;
            }
            let place = self.places.1[at] - 1;
            self.rows.push(place);
            wrong += usize::from(!self.errors.is_empty() && self.error(place) != NO_TEXT);
        }
        wrong
    }

    /// About how many bytes the group takes.
    pub(super) fn size(&self) -> usize {
        8 * self.numbers.len() + 4 * (self.texts.len() + self.rows.len() + self.places.1.len())
    }

    fn error(&self, place: u32) -> u32 {
        let width = self.texts.len() / self.count as usize;
        self.texts[(place as usize + 1) * width - 1]
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
        let (sizes, this) = ((number, text), &*self);
        let chunks = columns
            .par_iter()
            .map(|(is_number, at, column)| match is_number {
                true => this.number_chunk(column, *at, sizes.0, &pointers),
                false => this.text_chunk(column, *at, sizes.1),
            });
        let chunks: Vec<Result<Chunk, ParquetError>> = chunks.collect();
        self.numbers.clear();
        self.texts.clear();
        self.errors.clear();
        self.places.1.fill(0);
        self.count = 0;
        self.rows.clear();
        chunks.into_iter().collect()
    }

    /// A column of numbers; `pointers` are packed, and empty where each row has its own.
    fn number_chunk(
        &self,
        column: &ColumnDescPtr,
        at: usize,
        width: usize,
        pointers: &[u8],
    ) -> Result<Chunk, ParquetError> {
        let own = self.numbers.iter().skip(at).step_by(width);
        let gaps = own.clone().any(|x| x.is_nan());
        let known = own.clone().copied().filter(|x| !x.is_nan());
        let least = known.clone().reduce(f64::min);
        let most = known.reduce(f64::max);
        let mut chunk = Parts {
            column,
            rows: self.rows.len(),
            nulls: 0,
            dictionary: None,
            levels: packing::all(self.rows.len()),
            values: Vec::new(),
        };
        let number = |row: u32| self.numbers[row as usize * width + at];
        if gaps {
            let is_known = |row: &u32| !number(*row).is_nan();
            (chunk.levels, chunk.nulls) = packing::levels(self.rows.iter().map(is_known));
        }
        match pointers.is_empty() {
            true => {
                let numbers = self.rows.iter().map(|row| number(*row));
                let numbers = numbers.filter(|x| !gaps || !x.is_nan());
                chunk.values = numbers.flat_map(f64::to_le_bytes).collect();
            }
            false => {
                let bytes = own.flat_map(|x| x.to_le_bytes()).collect();
                chunk.dictionary = Some((bytes, self.count));
                chunk.values = match gaps {
                    false => pointers.to_vec(),
                    true => {
                        let rows = self.rows.iter().copied();
                        let rows: Vec<u32> = rows.filter(|row| !number(*row).is_nan()).collect();
                        packed(&rows, bits(self.count))
                    }
                };
            }
        }
        // Zero and its negative are one number, and stand for each other in what is said of a column.
        let least = least.map(|x| if x == 0.0 { -0.0 } else { x });
        let most = most.map(|x| if x == 0.0 { 0.0 } else { x });
        let nulls = Some(chunk.nulls as u64);
        chunk.write(Statistics::double(least, most, None, nulls, false))
    }

    /// A column of words, or, the last of them, of errors.
    fn text_chunk(
        &self,
        column: &ColumnDescPtr,
        at: usize,
        width: usize,
    ) -> Result<Chunk, ParquetError> {
        let errors = at + 1 == width;
        let text = |word: u32| match errors {
            true => self.errors[word as usize].as_bytes(),
            false => self.words[word as usize].as_bytes(),
        };
        let word = |row: &u32| self.texts[*row as usize * width + at];
        let used: IndexSet<u32> = (0..self.count)
            .map(|row| word(&row))
            .filter(|word| *word != NO_TEXT)
            .collect();
        let places = if errors {
            self.errors.len()
        } else {
            self.words.len()
        };
        let mut place = vec![0; places];
        for (at, word) in used.iter().enumerate() {
            place[*word as usize] = at as u32;
        }
        let mut dictionary = Vec::new();
        for word in &used {
            dictionary.extend((text(*word).len() as u32).to_le_bytes());
            dictionary.extend_from_slice(text(*word));
        }
        let known = self.rows.iter().map(word).filter(|word| *word != NO_TEXT);
        let rows: Vec<u32> = known.map(|word| place[word as usize]).collect();
        let (levels, nulls) = match rows.len() == self.rows.len() {
            true => (packing::all(self.rows.len()), 0),
            false => packing::levels(self.rows.iter().map(|row| word(row) != NO_TEXT)),
        };
        let of = |word: Option<&u32>| word.map(|word| ByteArray::from(text(*word).to_vec()));
        let least = of(used.iter().min_by_key(|word| text(**word)));
        let most = of(used.iter().max_by_key(|word| text(**word)));
        let chunk = Parts {
            column,
            rows: self.rows.len(),
            nulls,
            dictionary: Some((dictionary, used.len() as u32)),
            levels,
            values: packed(&rows, bits(used.len() as u32)),
        };
        let statistics = Statistics::byte_array(least, most, None, Some(nulls as u64), false);
        chunk.write(statistics)
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
    values: Vec<u8>,
}

impl Parts<'_> {
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
        let mut data = (self.levels.len() as u32).to_le_bytes().to_vec();
        data.extend(self.levels);
        data.extend(self.values);
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
