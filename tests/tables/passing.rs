//! Columns that mean nothing pass through as they were.

use super::{Place, Status, read, table, write};
use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::types::Int8Type;
use arrow_array::{
    ArrayRef, BinaryArray, BooleanArray, Date32Array, Decimal128Array, DictionaryArray,
    FixedSizeBinaryArray, Float64Array, Int32Array, RecordBatch, StringArray, StructArray,
    Time64MicrosecondArray, TimestampMillisecondArray, UInt16Array,
};
use arrow_schema::{DataType, Field, Schema};
use std::collections::HashMap;
use std::sync::Arc;

fn columns() -> Vec<(&'static str, ArrayRef)> {
    let mut lists = ListBuilder::new(StringBuilder::new());
    lists.append_value([Some("p"), None]);
    lists.append_null();
    lists.append_value(Vec::<Option<&str>>::new());
    let inner: ArrayRef = Arc::new(Int32Array::from(vec![1, 2, 3]));
    let pair = StructArray::from(vec![(
        Arc::new(Field::new("inner", DataType::Int32, false)),
        inner,
    )]);
    let money = Decimal128Array::from(vec![Some(1), None, Some(-250)]);
    let money = money.with_precision_and_scale(9, 2).expect("decimals");
    let when = TimestampMillisecondArray::from(vec![Some(0), None, Some(1)]).with_timezone("UTC");
    let kinds: DictionaryArray<Int8Type> = [Some("k"), None, Some("k")].into_iter().collect();
    let bytes = FixedSizeBinaryArray::try_from_iter([[1u8, 2], [3, 4], [5, 6]].into_iter());
    vec![
        ("tags", Arc::new(lists.finish()) as ArrayRef),
        (
            "day",
            Arc::new(Date32Array::from(vec![Some(1), None, Some(3)])),
        ),
        (
            "event1",
            Arc::new(BooleanArray::from(vec![Some(true), None, Some(false)])),
        ),
        ("pair", Arc::new(pair)),
        ("money", Arc::new(money)),
        ("when", Arc::new(when)),
        (
            "clock",
            Arc::new(Time64MicrosecondArray::from(vec![1, 2, 3])),
        ),
        ("kind", Arc::new(kinds)),
        (
            "octets",
            Arc::new(BinaryArray::from(vec![&b"\xff"[..], b"", b"z"])),
        ),
        ("two", Arc::new(bytes.expect("bytes"))),
        (
            "small",
            Arc::new(UInt16Array::from(vec![None, Some(7), Some(8)])),
        ),
        (
            "text",
            Arc::new(StringArray::from(vec![Some("é"), Some(""), None])),
        ),
        (
            "ratio",
            Arc::new(Float64Array::from(vec![f64::NAN, -0.0, 1e300])),
        ),
    ]
}

#[test]
fn types_order_and_remarks_stay() {
    let plain = table(columns());
    // What pandas notes beside its tables.
    let remarks = HashMap::from([("pandas".to_owned(), "{}".to_owned())]);
    let schema = Schema::new_with_metadata(plain.schema().fields().clone(), remarks.clone());
    let own = RecordBatch::try_new(Arc::new(schema), plain.columns().to_vec()).expect("a table");
    for from in ["parquet", "arrow", "arrows"] {
        for to in ["parquet", "arrow", "arrows"] {
            let place = Place::new();
            let (name, out) = (format!("t.{from}"), format!("out.{to}"));
            write(&place.at(&name), std::slice::from_ref(&own), 2);
            let run = place.batch(&name, &out, &[]);
            assert_eq!(run.status, Status::Done, "{}", run.err);
            let found = read(&place.at(&out));
            let found = match &found[..] {
                [whole] => whole.clone(),
                parts => panic!("{} batches of three rows", parts.len()),
            };
            let width = own.num_columns();
            assert_eq!(found.schema().metadata(), &remarks, "{from} to {to}");
            for (at, field) in own.schema().fields().iter().enumerate() {
                assert_eq!(found.schema().field(at), field.as_ref(), "{from} to {to}");
                assert_eq!(
                    found.column(at),
                    own.column(at),
                    "{}: {from} to {to}",
                    field.name()
                );
            }
            let schema = found.schema();
            let new = &schema.fields()[width..];
            let names: Vec<&str> = new.iter().map(|f| f.name().as_str()).collect();
            assert_eq!(
                names[..6],
                [
                    "a in june",
                    "b in june",
                    "c by june",
                    "leader in june",
                    "margin in june",
                    "word in june"
                ]
            );
            for field in new {
                let is_text = ["leader", "word", "error"]
                    .iter()
                    .any(|w| field.name().starts_with(w));
                let wanted = if is_text {
                    DataType::Utf8
                } else {
                    DataType::Float64
                };
                assert_eq!(field.data_type(), &wanted, "{}", field.name());
            }
        }
    }
}

#[test]
fn a_table_may_take_the_place_of_itself() {
    let place = Place::new();
    write(&place.at("t.parquet"), &[table(columns())], 2);
    let run = place.batch("t.parquet", "t.parquet", &[]);
    assert_eq!((run.status, run.err.as_str()), (Status::Done, ""));
    let found = read(&place.at("t.parquet"));
    assert_eq!(found.iter().map(RecordBatch::num_rows).sum::<usize>(), 3);
    assert_eq!(place.files(), ["a.assess", "t.parquet"]);
}

#[test]
fn dictionaries_that_change_are_told_where_a_file_cannot_hold_them() {
    let place = Place::new();
    let part = |word: &str| {
        let kinds: DictionaryArray<Int8Type> = [Some(word), None].into_iter().collect();
        let truths = BooleanArray::from(vec![true, false]);
        table(vec![
            ("kind", Arc::new(kinds) as ArrayRef),
            ("event1", Arc::new(truths)),
        ])
    };
    write(&place.at("t.arrows"), &[part("k"), part("l")], 2);
    assert_eq!(
        place.batch("t.arrows", "out.parquet", &[]).status,
        Status::Done
    );
    assert_eq!(
        place.batch("t.arrows", "out.arrows", &[]).status,
        Status::Done
    );
    let run = place.batch("t.arrows", "out.arrow", &[]);
    assert_eq!(run.status, Status::Failed);
    assert!(
        run.err.contains("write `.arrows` or `.parquet`"),
        "{}",
        run.err
    );
    assert!(!place.at("out.arrow").exists());
}
