//! Every format gives the same numbers, to the last digit.

use super::{Place, Status, assess_with, read, table, write};
use arrow_array::cast::AsArray;
use arrow_array::types::Float64Type;
use arrow_array::types::Int32Type;
use arrow_array::{
    Array, ArrayRef, BooleanArray, Decimal128Array, DictionaryArray, Float32Array, Float64Array,
    Int8Array, Int64Array, LargeStringArray, NullArray, RecordBatch, StringArray, StringViewArray,
};
use std::fs;
use std::sync::Arc;

/// One value after another, from a generator that is the same everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    /// True, false or nothing.
    fn truth(&mut self) -> Option<bool> {
        [Some(true), Some(false), None][self.below(3) as usize]
    }
}

fn cell<T: ToString>(value: &Option<T>) -> String {
    value.as_ref().map_or(String::new(), T::to_string)
}

/// The cells that a batch adds to each row, as CSV shows them, from this column on.
fn shown(batches: &[RecordBatch], from: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for batch in batches {
        for row in 0..batch.num_rows() {
            let cells = batch.columns()[from..].iter().map(|column| {
                if column.is_null(row) {
                    return String::new();
                }
                match column.as_primitive_opt::<Float64Type>() {
                    Some(numbers) => numbers.value(row).to_string(),
                    None => column.as_string::<i32>().value(row).to_owned(),
                }
            });
            lines.push(cells.collect::<Vec<_>>().join(","));
        }
    }
    lines
}

/// The same cells of a CSV table, without quotation marks.
fn printed(path: &std::path::Path, from: usize) -> Vec<String> {
    let text = fs::read_to_string(path).expect("a table");
    let lines = text.lines().skip(1);
    let cells = |line: &str| line.split(',').skip(from).collect::<Vec<_>>().join(",");
    lines.map(|line| cells(line).replace('"', "")).collect()
}

#[test]
fn truths_give_the_same_numbers_in_every_format() {
    let place = Place::new();
    let mut dice = Dice(1);
    let rows = 20_000;
    let names = ["event1", "g", "x", "y", "f", "r", "law"];
    let columns: Vec<Vec<Option<bool>>> = names
        .iter()
        .map(|_| (0..rows).map(|_| dice.truth()).collect())
        .collect();
    let mut text = format!("id,{}\n", names.join(","));
    for row in 0..rows {
        let cells: Vec<String> = columns.iter().map(|c| cell(&c[row])).collect();
        text.push_str(&format!("{row},{}\n", cells.join(",")));
    }
    fs::write(place.at("t.csv"), text).expect("a table");
    let ids: ArrayRef = Arc::new(Int64Array::from_iter_values(0..rows as i64));
    let mut all = vec![("id", ids)];
    for (name, column) in names.iter().zip(&columns) {
        all.push((name, Arc::new(BooleanArray::from(column.clone()))));
    }
    let whole = table(all);
    // Batches and groups of odd sizes.
    let parts = [
        whole.slice(0, 1),
        whole.slice(1, 11_111),
        whole.slice(11_112, rows - 11_112),
    ];
    let csv = place.batch("t.csv", "out.csv", &[]);
    assert_eq!(csv.status, Status::Found, "x and y exclude each other");
    let wanted = printed(&place.at("out.csv"), 8);
    assert_eq!(wanted.len(), rows);
    for ending in ["parquet", "arrow", "arrows"] {
        let (name, out) = (format!("t.{ending}"), format!("out.{ending}"));
        write(&place.at(&name), &parts, 777);
        let run = place.batch(&name, &out, &[]);
        assert_eq!(
            (run.status, &run.err),
            (Status::Found, &csv.err),
            "{ending}"
        );
        let found = read(&place.at(&out));
        assert_eq!(shown(&found, 8), wanted, "{ending}");
        let ids = found.iter().flat_map(|b| {
            b.column(0)
                .as_primitive::<arrow_array::types::Int64Type>()
                .values()
                .to_vec()
        });
        assert!(ids.eq(0..rows as i64), "order is kept");
        // The same bytes on every run, and by way of the streams.
        let bytes = fs::read(place.at(&out)).expect("a table");
        place.batch(&name, "again", &["--format", ending]);
        assert_eq!(
            fs::read(place.at("again")).expect("a table"),
            bytes,
            "{ending}"
        );
        let piped = assess_with(
            &["batch", &place.text("a.assess"), "--table", "-"],
            &fs::read(place.at(&name)).expect("a table"),
        );
        assert_eq!(piped.out, bytes, "{ending}");
    }
}

#[test]
fn numbers_and_words_of_every_type_are_those_of_csv() {
    let place = Place::new();
    let mut dice = Dice(2);
    let rows = 300;
    let mut share = |most: u64| (dice.below(4) > 0).then(|| dice.below(most) as f64 / 1000.0);
    let chance: Vec<Option<f64>> = (0..rows).map(|_| share(900)).collect();
    let prior: Vec<Option<f64>> = (0..rows).map(|_| share(300).map(|x| x + 0.1)).collect();
    let narrow: Vec<Option<f32>> = (0..rows).map(|_| share(999).map(|x| x as f32)).collect();
    let weight: Vec<Option<i64>> = (0..rows)
        .map(|_| share(20_000).map(|x| x as i64 - 9))
        .collect();
    let words = ["likely", "0.4", "30%", "NA", "1.5", "odd words"];
    let words: Vec<Option<&str>> = (0..rows).map(|row| words.get(row % 7).copied()).collect();
    let whole: Vec<Option<i64>> = (0..rows).map(|_| share(3000).map(|x| x as i64)).collect();
    let hundredths: Vec<Option<i128>> = (0..rows)
        .map(|_| share(100_000).map(|x| x as i128))
        .collect();
    let headings = [
        "chance of event1 by long",
        "prior of c by long",
        "chance of r in long",
        "weight of f for a",
        "x",
        "law",
        "y",
        "chance of g by long",
    ];
    let mut text = format!("{}\n", headings.join(","));
    for row in 0..rows {
        let cells = [
            cell(&chance[row]),
            cell(&prior[row]),
            cell(&narrow[row]),
            cell(&weight[row]),
            cell(&words[row]),
            cell(&whole[row]),
            cell(&hundredths[row].map(|x| x as f64 / 100.0)),
            String::new(),
        ];
        text.push_str(&format!("{}\n", cells.join(",")));
    }
    fs::write(place.at("t.csv"), text).expect("a table");
    assert_eq!(place.batch("t.csv", "out.csv", &[]).status, Status::Found);
    let wanted = printed(&place.at("out.csv"), 8);
    assert!(wanted.iter().filter(|w| w.starts_with("0.")).count() > 60);
    let dictionary: DictionaryArray<Int32Type> = words.iter().copied().collect();
    let texts: [ArrayRef; 4] = [
        Arc::new(StringArray::from(words.clone())),
        Arc::new(LargeStringArray::from(words.clone())),
        Arc::new(StringViewArray::from(words.clone())),
        Arc::new(dictionary),
    ];
    let hundredths = Decimal128Array::from(hundredths).with_precision_and_scale(9, 2);
    let hundredths: ArrayRef = Arc::new(hundredths.expect("decimals"));
    for texts in texts {
        let columns: [ArrayRef; 8] = [
            Arc::new(Float64Array::from(chance.clone())),
            Arc::new(Float64Array::from(prior.clone())),
            Arc::new(Float32Array::from(narrow.clone())),
            Arc::new(Int64Array::from(weight.clone())),
            texts,
            Arc::new(Int64Array::from(whole.clone())),
            hundredths.clone(),
            Arc::new(NullArray::new(rows)),
        ];
        let columns = headings.iter().copied().zip(columns).collect();
        write(&place.at("t.parquet"), &[table(columns)], 100);
        let run = place.batch("t.parquet", "out.parquet", &[]);
        assert_eq!(run.status, Status::Found, "{}", run.err);
        let found = shown(&read(&place.at("out.parquet")), 8);
        for (row, (found, wanted)) in found.iter().zip(&wanted).enumerate() {
            assert_eq!(&found.replace('"', ""), wanted, "row {row}");
        }
    }
}

#[test]
fn categories_of_truths_and_numbers_are_truths_and_numbers() {
    let place = Place::new();
    let keys = || Int8Array::from(vec![Some(0), None, Some(1), Some(0), Some(2)]);
    let truths: ArrayRef = Arc::new(BooleanArray::from(vec![Some(true), Some(false), None]));
    let chances: ArrayRef = Arc::new(Float64Array::from(vec![Some(0.25), Some(0.5), None]));
    let category = |values: &ArrayRef| -> ArrayRef {
        let category = DictionaryArray::try_new(keys(), values.clone());
        Arc::new(category.expect("categories"))
    };
    let own = vec![
        ("event1", category(&truths)),
        ("chance of r", category(&chances)),
    ];
    write(&place.at("t.arrow"), &[table(own)], 9);
    let run = place.batch("t.arrow", "out.arrow", &[]);
    assert_eq!((run.status, run.err.as_str()), (Status::Done, ""));
    let text = "event1,chance of r\ntrue,0.25\n,\nfalse,0.5\ntrue,0.25\n,\n";
    fs::write(place.at("t.csv"), text).expect("a table");
    assert_eq!(place.batch("t.csv", "out.csv", &[]).status, Status::Done);
    let found = shown(&read(&place.at("out.arrow")), 2);
    assert_eq!(found, printed(&place.at("out.csv"), 2));
}

#[test]
fn intervals_and_contributions_are_columns_of_numbers() {
    let place = Place::new();
    let truths = BooleanArray::from(vec![Some(true), None]);
    write(
        &place.at("t.parquet"),
        &[table(vec![("event1", Arc::new(truths) as ArrayRef)])],
        9,
    );
    fs::write(place.at("t.csv"), "event1\ntrue\nNA\n").expect("a table");
    let more = ["--intervals", "--explain"];
    assert_eq!(place.batch("t.csv", "out.csv", &more).status, Status::Done);
    assert_eq!(
        place.batch("t.parquet", "out.parquet", &more).status,
        Status::Done
    );
    let found = read(&place.at("out.parquet"));
    assert_eq!(shown(&found, 1), printed(&place.at("out.csv"), 1));
}
