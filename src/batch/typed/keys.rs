//! What the cells of typed columns say, and keys by which rows are compared.
//!
//! In: columns. Out: the value in each cell; for each row the words of a key that tells it from every row that says
//! something else. Two bits a column say: nothing, true, false, or that more words follow.

use super::super::Batch;
use super::super::cells::Given;
use super::super::heading::Meaning;
use crate::text::shortest;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, DecimalType,
    Float16Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, BooleanArray, PrimitiveArray};
use arrow_schema::{DataType, Schema};

/// Columns whose two bits fit into one word.
const IN_A_WORD: usize = 32;

const NOTHING: u64 = 0;
const TRUE: u64 = 1;
const FALSE: u64 = 2;
const MORE: u64 = 3;

/// What a column's cells are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing at all.
    Nothing,
    /// True and false.
    Bits,
    /// Numbers.
    Numbers,
    /// Whole numbers where 1 is true and 0 is false.
    Truths,
    /// Text.
    Texts,
}

/// The kinds of the columns that mean something.
pub(super) fn kinds(batch: &Batch, schema: &Schema) -> Result<Vec<Kind>, Vec<String>> {
    let mut wrong = Vec::new();
    let mut kinds = Vec::new();
    for &at in batch.columns.named() {
        let field = schema.field(at);
        let is_truth = matches!(batch.columns.meanings[at], Meaning::Is(_));
        match kind(field.data_type(), is_truth) {
            Some(kind) => kinds.push(kind),
            None => {
                let (name, is) = (field.name().trim(), described(field.data_type()));
                let wanted = match is_truth {
                    true => "true, false or chances",
                    false => "numbers",
                };
                wrong.push(format!(
                    "the column `{name}` holds {is}, and its name asks for {wanted}; convert it, or pass \
                     it through with `--keep \"{name}\"`"
                ));
            }
        }
    }
    match wrong.is_empty() {
        true => Ok(kinds),
        false => Err(wrong),
    }
}

fn kind(of: &DataType, is_truth: bool) -> Option<Kind> {
    let whole = if is_truth {
        Kind::Truths
    } else {
        Kind::Numbers
    };
    Some(match of {
        DataType::Null => Kind::Nothing,
        DataType::Boolean if is_truth => Kind::Bits,
        of if of.is_integer() => whole,
        of if of.is_floating() => Kind::Numbers,
        DataType::Decimal32(..)
        | DataType::Decimal64(..)
        | DataType::Decimal128(..)
        | DataType::Decimal256(..) => Kind::Numbers,
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Kind::Texts,
        DataType::Dictionary(_, values) => match kind(values, is_truth)? {
            Kind::Bits => Kind::Truths,
            of => of,
        },
        _ => return None,
    })
}

/// What a type's values are called.
fn described(of: &DataType) -> String {
    match of {
        DataType::Boolean => "true and false".to_owned(),
        DataType::Date32 | DataType::Date64 => "dates".to_owned(),
        DataType::Timestamp(..) => "points in time".to_owned(),
        DataType::Time32(_) | DataType::Time64(_) => "times of day".to_owned(),
        DataType::Duration(_) | DataType::Interval(_) => "durations".to_owned(),
        DataType::List(_)
        | DataType::LargeList(_)
        | DataType::ListView(_)
        | DataType::LargeListView(_)
        | DataType::FixedSizeList(..) => "lists".to_owned(),
        DataType::Dictionary(_, values) => described(values),
        DataType::Struct(_) => "several fields".to_owned(),
        DataType::Map(..) => "maps".to_owned(),
        DataType::Binary
        | DataType::LargeBinary
        | DataType::BinaryView
        | DataType::FixedSizeBinary(_) => "bytes".to_owned(),
        other => format!("values of type {other}"),
    }
}

/// Whether they say nothing but true and false.
pub(super) fn are_truths(kinds: &[Kind]) -> bool {
    let is_truth = |kind: &Kind| matches!(kind, Kind::Nothing | Kind::Bits);
    kinds.iter().all(is_truth)
}

/// A column's cells.
pub(super) enum Column<'a> {
    Nothing,
    Bits(&'a BooleanArray),
    /// Not a number where there is nothing.
    Numbers(Vec<f64>),
    Truths(Vec<f64>),
    Texts(Vec<Option<&'a str>>),
}

impl<'a> Column<'a> {
    pub(super) fn new(array: &'a ArrayRef, kind: Kind) -> Column<'a> {
        match kind {
            Kind::Nothing => Column::Nothing,
            Kind::Bits => array.as_boolean_opt().map_or(Column::Nothing, Column::Bits),
            Kind::Numbers => Column::Numbers(numbers(array)),
            Kind::Truths => Column::Truths(numbers(array)),
            Kind::Texts => Column::Texts(texts(array)),
        }
    }

    /// What stands in a cell.
    pub(super) fn given(&self, row: usize) -> Given<'a> {
        match self {
            Column::Nothing => Given::Empty,
            Column::Bits(bits) if bits.is_null(row) => Given::Empty,
            Column::Bits(bits) => Given::Is(bits.value(row)),
            Column::Numbers(numbers) => Given::Number(numbers[row]),
            Column::Truths(numbers) => match numbers[row] {
                1.0 => Given::Is(true),
                0.0 => Given::Is(false),
                x => Given::Number(x),
            },
            Column::Texts(texts) => texts[row].map_or(Given::Empty, Given::Text),
        }
    }

    /// Its two bits in a row's key, and the words that follow, if any.
    fn code(&self, row: usize, more: &mut Vec<u64>) -> u64 {
        match self.given(row) {
            Given::Empty => NOTHING,
            Given::Is(true) => TRUE,
            Given::Is(false) => FALSE,
            Given::Number(x) if x.is_nan() => NOTHING,
            Given::Number(x) => {
                // Both zeros are one number.
                more.push((x + 0.0).to_bits());
                MORE
            }
            Given::Text(text) => {
                more.push(text.len() as u64);
                more.extend(text.as_bytes().chunks(8).map(|bytes| {
                    let mut word = [0; 8];
                    word[..bytes.len()].copy_from_slice(bytes);
                    u64::from_le_bytes(word)
                }));
                MORE
            }
        }
    }
}

/// The keys of a batch's rows.
pub(super) struct Keys {
    words: Vec<u64>,
    /// Where each key ends.
    ends: Vec<usize>,
}

impl Keys {
    pub(super) fn new(columns: &[Column<'_>], rows: usize) -> Keys {
        let head = columns.len().div_ceil(IN_A_WORD);
        let mut words = Vec::with_capacity(rows * (head + columns.len()));
        let mut ends = Vec::with_capacity(rows);
        for row in 0..rows {
            let start = words.len();
            words.resize(start + head, 0);
            for (at, column) in columns.iter().enumerate() {
                let code = column.code(row, &mut words);
                words[start + at / IN_A_WORD] |= code << (2 * (at % IN_A_WORD));
            }
            ends.push(words.len());
        }
        Keys { words, ends }
    }

    pub(super) fn of(&self, row: usize) -> &[u64] {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.words[start..self.ends[row]]
    }
}

fn numbers(array: &ArrayRef) -> Vec<f64> {
    match array.data_type() {
        DataType::Int8 => each::<Int8Type>(array, f64::from),
        DataType::Int16 => each::<Int16Type>(array, f64::from),
        DataType::Int32 => each::<Int32Type>(array, f64::from),
        DataType::Int64 => each::<Int64Type>(array, |x| x as f64),
        DataType::UInt8 => each::<UInt8Type>(array, f64::from),
        DataType::UInt16 => each::<UInt16Type>(array, f64::from),
        DataType::UInt32 => each::<UInt32Type>(array, f64::from),
        DataType::UInt64 => each::<UInt64Type>(array, |x| x as f64),
        DataType::Float16 => each::<Float16Type>(array, |x| shortest::widened(x.to_f32())),
        DataType::Float32 => each::<Float32Type>(array, shortest::widened),
        DataType::Float64 => each::<Float64Type>(array, |x| x),
        DataType::Decimal32(..) => decimals::<Decimal32Type>(array),
        DataType::Decimal64(..) => decimals::<Decimal64Type>(array),
        DataType::Decimal128(..) => decimals::<Decimal128Type>(array),
        DataType::Decimal256(..) => decimals::<Decimal256Type>(array),
        DataType::Boolean => {
            let number = |is: Option<bool>| is.map_or(f64::NAN, |is| f64::from(u8::from(is)));
            array.as_boolean().iter().map(number).collect()
        }
        DataType::Dictionary(..) if array.null_count() < array.len() => {
            let dictionary = array.as_any_dictionary();
            let values = numbers(dictionary.values());
            let keys = dictionary.normalized_keys().into_iter().enumerate();
            let number = |(row, key): (usize, usize)| match array.is_null(row) {
                true => f64::NAN,
                false => values.get(key).copied().unwrap_or(f64::NAN),
            };
            keys.map(number).collect()
        }
        _ => vec![f64::NAN; array.len()],
    }
}

fn each<T: ArrowPrimitiveType>(array: &ArrayRef, number: impl Fn(T::Native) -> f64) -> Vec<f64> {
    let Some(array) = array.as_primitive_opt::<T>() else {
        return vec![f64::NAN; array.len()];
    };
    let mut out: Vec<f64> = array.values().iter().map(|x| number(*x)).collect();
    if let Some(nulls) = array.nulls() {
        for (x, _) in out.iter_mut().zip(nulls).filter(|(_, known)| !known) {
            *x = f64::NAN;
        }
    }
    out
}

fn decimals<T: DecimalType>(array: &ArrayRef) -> Vec<f64> {
    let read = |array: &PrimitiveArray<T>| {
        let rows = 0..array.len();
        let number = |row| match array.is_null(row) {
            true => f64::NAN,
            false => array.value_as_string(row).parse().unwrap_or(f64::NAN),
        };
        rows.map(number).collect()
    };
    let none = || vec![f64::NAN; array.len()];
    array.as_primitive_opt::<T>().map_or_else(none, read)
}

fn texts(array: &ArrayRef) -> Vec<Option<&str>> {
    match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().iter().collect(),
        DataType::LargeUtf8 => array.as_string::<i64>().iter().collect(),
        DataType::Utf8View => array.as_string_view().iter().collect(),
        DataType::Dictionary(..) if array.null_count() < array.len() => {
            let dictionary = array.as_any_dictionary();
            let values = texts(dictionary.values());
            let keys = dictionary.normalized_keys();
            let each = keys.into_iter().enumerate();
            let text = |(row, key): (usize, usize)| match array.is_null(row) {
                true => None,
                false => values.get(key).copied().flatten(),
            };
            each.map(text).collect()
        }
        _ => vec![None; array.len()],
    }
}
