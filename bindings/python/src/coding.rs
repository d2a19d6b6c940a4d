//! Columns as numbers of their different values.
//!
//! In: arrays. Out: for each row a code, and by code the cell's text, as CSV would have it; then rows that say the
//! same as one. A boolean is `true` or `false`, null is nothing, and a number is the shortest text that reads as it.

use arrow_array::cast::AsArray;
use arrow_array::types::{Float32Type, Float64Type, Int64Type, UInt64Type};
use arrow_array::{Array, ArrayRef};
use arrow_cast::{can_cast_types, cast};
use arrow_schema::{ArrowError, DataType};
use std::collections::HashMap;
use std::hash::Hash;

/// More pairs of codes than these are looked up by hash.
const DIRECT: usize = 1 << 20;

/// A column.
pub(crate) struct Codes {
    by_row: Vec<u32>,
    texts: Vec<String>,
}

/// Whether a column of this type can say anything.
pub(crate) fn is_readable(kind: &DataType) -> bool {
    match kind {
        DataType::Null => true,
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView => false,
        kind => !kind.is_nested() && can_cast_types(kind, &DataType::Utf8),
    }
}

impl Codes {
    /// Reads a column.
    pub(crate) fn new(array: &ArrayRef) -> Result<Codes, ArrowError> {
        let as_ = |kind| cast(array, kind);
        Ok(match array.data_type() {
            DataType::Null => Codes {
                by_row: vec![0; array.len()],
                texts: vec![String::new()],
            },
            DataType::Boolean => {
                let values = array.as_boolean();
                let is = |i: usize| match (values.is_valid(i), values.value(i)) {
                    (false, _) => 0,
                    (true, false) => 1,
                    (true, true) => 2,
                };
                Codes {
                    by_row: (0..values.len()).map(is).collect(),
                    texts: ["", "false", "true"].map(str::to_owned).to_vec(),
                }
            }
            DataType::UInt64 => {
                let values = array.as_primitive::<UInt64Type>();
                coded(array, |i| values.value(i), |n| n.to_string())
            }
            kind if kind.is_integer() => {
                let array = &as_(&DataType::Int64)?;
                let values = array.as_primitive::<Int64Type>();
                coded(array, |i| values.value(i), |n| n.to_string())
            }
            DataType::Float64 => {
                let values = array.as_primitive::<Float64Type>();
                let text = |bits: u64| format!("{:?}", f64::from_bits(bits));
                coded(array, |i| values.value(i).to_bits(), text)
            }
            DataType::Float32 | DataType::Float16 => {
                let array = &as_(&DataType::Float32)?;
                let values = array.as_primitive::<Float32Type>();
                let text = |bits: u32| format!("{:?}", f32::from_bits(bits));
                coded(array, |i| values.value(i).to_bits(), text)
            }
            _ => {
                let array = &as_(&DataType::Utf8)?;
                let values = array.as_string::<i32>();
                coded(array, |i| values.value(i), str::to_owned)
            }
        })
    }

    /// What a row's cell says.
    pub(crate) fn text(&self, row: u32) -> &str {
        &self.texts[self.by_row[row as usize] as usize]
    }
}

fn coded<K: Hash + Eq + Copy>(
    array: &ArrayRef,
    get: impl Fn(usize) -> K,
    text: impl Fn(K) -> String,
) -> Codes {
    let mut texts = vec![String::new()];
    let mut known: HashMap<K, u32, foldhash::fast::FixedState> = HashMap::default();
    let by_row = (0..array.len()).map(|i| {
        if array.is_null(i) {
            return 0;
        }
        let key = get(i);
        *known.entry(key).or_insert_with(|| {
            texts.push(text(key));
            (texts.len() - 1) as u32
        })
    });
    let by_row = by_row.collect();
    Codes { by_row, texts }
}

/// By row the number of what it says, and by that number the first row that says it.
pub(crate) fn alike(columns: &[Codes], rows: usize) -> (Vec<u32>, Vec<u32>) {
    let mut ids = vec![0u32; rows];
    let mut firsts = vec![0u32; rows.min(1)];
    for column in columns {
        let width = column.texts.len();
        let pairs = ids.iter().zip(&column.by_row);
        let pairs = pairs.map(|(id, code)| *id as usize * width + *code as usize);
        let mut found: Vec<u32> = Vec::new();
        let mut number = |slot: &mut u32, row: usize| {
            if *slot == u32::MAX {
                *slot = found.len() as u32;
                found.push(row as u32);
            }
            *slot
        };
        let size = firsts.len().saturating_mul(width);
        let new: Vec<u32> = if size <= DIRECT {
            let mut slots = vec![u32::MAX; size];
            let each = pairs.enumerate();
            each.map(|(row, pair)| number(&mut slots[pair], row))
                .collect()
        } else {
            let mut slots: HashMap<usize, u32, foldhash::fast::FixedState> = HashMap::default();
            let each = pairs.enumerate();
            each.map(|(row, pair)| number(slots.entry(pair).or_insert(u32::MAX), row))
                .collect()
        };
        ids = new;
        firsts = found;
    }
    (ids, firsts)
}

#[cfg(test)]
mod tests {
    use super::{Codes, alike, is_readable};
    use arrow_array::{ArrayRef, BooleanArray, Float64Array, Int8Array, StringArray};
    use arrow_schema::DataType;
    use std::sync::Arc;

    #[test]
    fn cells_read_as_in_csv() {
        let column = |array: ArrayRef| Codes::new(&array).expect("a column");
        let is = column(Arc::new(BooleanArray::from(vec![
            Some(true),
            None,
            Some(false),
        ])));
        assert_eq!([is.text(0), is.text(1), is.text(2)], ["true", "", "false"]);
        let share = column(Arc::new(Float64Array::from(vec![1.0, 0.1, f64::NAN])));
        assert_eq!(
            [share.text(0), share.text(1), share.text(2)],
            ["1.0", "0.1", "NaN"]
        );
        let small = column(Arc::new(Int8Array::from(vec![Some(-1), None, Some(7)])));
        assert_eq!(
            [small.text(0), small.text(1), small.text(2)],
            ["-1", "", "7"]
        );
        assert!(is_readable(&DataType::Utf8View) && !is_readable(&DataType::Binary));
    }

    #[test]
    fn rows_that_say_the_same_have_one_number() {
        let a: ArrayRef = Arc::new(BooleanArray::from(vec![true, false, true, true]));
        let b: ArrayRef = Arc::new(StringArray::from(vec![Some("x"), None, Some("x"), None]));
        let columns = [&a, &b].map(|c| Codes::new(c).expect("a column"));
        assert_eq!(alike(&columns, 4), (vec![0, 1, 0, 2], vec![0, 1, 3]));
        assert_eq!(alike(&columns[..0], 0), (vec![], vec![]));
    }
}
