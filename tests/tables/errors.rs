//! What is wrong with a table is said, and nothing half-written takes its name.

use super::{Place, Status, assess_with, read, table, write};
use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::{
    Array, ArrayRef, BinaryArray, BooleanArray, Date32Array, Float64Array, RecordBatch,
};
use std::fs;
use std::sync::Arc;

fn truths() -> ArrayRef {
    Arc::new(BooleanArray::from(vec![Some(true), None, Some(false)]))
}

#[test]
fn types_that_cannot_say_what_their_name_means_are_named_together() {
    let place = Place::new();
    let mut lists = ListBuilder::new(StringBuilder::new());
    lists.append_null();
    let own = table(vec![
        ("event1", Arc::new(lists.finish()) as ArrayRef),
        ("g", Arc::new(Date32Array::from(vec![1]))),
        (
            "chance of x by long",
            Arc::new(BooleanArray::from(vec![true])),
        ),
        (
            "weight of f for a",
            Arc::new(BinaryArray::from(vec![&b"5"[..]])),
        ),
    ]);
    write(&place.at("t.parquet"), &[own], 9);
    let run = place.batch("t.parquet", "out.parquet", &[]);
    assert_eq!(run.status, Status::Failed);
    let lines: Vec<&str> = run.err.lines().collect();
    assert_eq!(
        lines,
        [
            "error: the column `event1` holds lists, and its name asks for true, false or chances; convert it, or pass it \
             through with `--keep \"event1\"`",
            "error: the column `g` holds dates, and its name asks for true, false or chances; convert it, or pass it through \
             with `--keep \"g\"`",
            "error: the column `chance of x by long` holds true and false, and its name asks for numbers; convert it, or \
             pass it through with `--keep \"chance of x by long\"`",
            "error: the column `weight of f for a` holds bytes, and its name asks for numbers; convert it, or pass it \
             through with `--keep \"weight of f for a\"`",
        ]
    );
    assert_eq!(place.files(), ["a.assess", "t.parquet"]);
}

#[test]
fn headings_are_those_of_csv() {
    let place = Place::new();
    for (name, said) in [
        ("evnet1", "did you mean `event1`?"),
        ("country", "no column is named like anything in the file"),
        ("ch", "follows from its `when`"),
        ("chance of g", "does not say by when"),
    ] {
        write(&place.at("t.arrow"), &[table(vec![(name, truths())])], 9);
        let run = place.batch("t.arrow", "out.arrow", &[]);
        assert_eq!(run.status, Status::Failed, "{name}");
        assert!(run.err.contains(said), "{name}: {}", run.err);
    }
    write(
        &place.at("t.arrow"),
        &[table(vec![("event1", truths()), ("a in june", truths())])],
        9,
    );
    let run = place.batch("t.arrow", "out.arrow", &[]);
    assert!(
        run.err.contains("tell the new ones apart with `--prefix`"),
        "{}",
        run.err
    );
    assert_eq!(
        place
            .batch("t.arrow", "out.arrow", &["--prefix", "v "])
            .status,
        Status::Done
    );
}

#[test]
fn rows_that_are_wrong_say_so_and_the_others_go_on() {
    let place = Place::new();
    let chances = Float64Array::from(vec![
        Some(0.3),
        Some(1.5),
        None,
        Some(f64::INFINITY),
        Some(f64::NAN),
    ]);
    write(
        &place.at("t.parquet"),
        &[table(vec![("event1", Arc::new(chances) as ArrayRef)])],
        2,
    );
    let run = place.batch("t.parquet", "out.parquet", &[]);
    assert_eq!(run.status, Status::Found);
    assert_eq!(run.err, "2 rows have no verdict: see the last column\n");
    let found = read(&place.at("out.parquet"));
    let null = |column: usize| -> Vec<bool> {
        let of = |b: &RecordBatch| {
            (0..b.num_rows())
                .map(|r| b.column(column).is_null(r))
                .collect::<Vec<_>>()
        };
        found.iter().flat_map(of).collect()
    };
    let last = found[0].num_columns() - 1;
    assert_eq!(null(last), [true, false, true, false, true]);
    assert_eq!(null(1), [false, true, false, true, false]);
    assert_eq!(null(4), [false, true, false, true, false], "a leader");
    let errors = found[0].column(last);
    let first = arrow_array::cast::AsArray::as_string::<i32>(errors).value(1);
    assert_eq!(
        first,
        "`event1`: `1.5` is neither true, false nor a chance such as 0.3 or 30%"
    );
}

#[test]
fn a_table_without_rows_comes_out_without_rows() {
    let place = Place::new();
    for ending in ["parquet", "arrow", "arrows"] {
        let (name, out) = (format!("t.{ending}"), format!("out.{ending}"));
        write(
            &place.at(&name),
            &[table(vec![("event1", truths())]).slice(0, 0)],
            9,
        );
        let run = place.batch(&name, &out, &[]);
        assert_eq!(
            (run.status, run.err.as_str()),
            (Status::Done, ""),
            "{ending}"
        );
        let rows: usize = read(&place.at(&out))
            .iter()
            .map(RecordBatch::num_rows)
            .sum();
        assert_eq!(rows, 0);
    }
}

#[test]
fn what_is_no_such_table_is_told_at_once() {
    let place = Place::new();
    fs::write(place.at("text.parquet"), "event1\ntrue\n").expect("a file");
    fs::write(place.at("none.parquet"), "").expect("a file");
    fs::write(place.at("none.arrow"), "").expect("a file");
    write(
        &place.at("t.parquet"),
        &[table(vec![("event1", truths())])],
        9,
    );
    let whole = fs::read(place.at("t.parquet")).expect("a table");
    fs::write(place.at("short.parquet"), &whole[..whole.len() / 2]).expect("a file");
    fs::write(place.at("t.csv"), &whole).expect("a file");
    fs::write(place.at("plain.csv"), "event1\ntrue\n").expect("a file");
    for (name, said) in [
        ("text.parquet", "is read as Parquet, and begins like CSV"),
        ("none.parquet", "is empty, and cannot be read as Parquet"),
        ("none.arrow", "is empty, and cannot be read as Arrow"),
        ("short.parquet", "cannot be read"),
        (
            "t.csv",
            "is read as CSV, and begins like Parquet: give it the ending `.parquet`",
        ),
        ("gone.parquet", "there is no file"),
    ] {
        let run = place.batch(name, "out.parquet", &[]);
        assert_eq!(run.status, Status::Failed, "{name}");
        assert!(run.err.contains(said), "{name}: {said}: {}", run.err);
        assert!(!place.at("out.parquet").exists());
    }
    let run = place.batch("plain.csv", "out.parquet", &[]);
    assert!(
        run.err.contains("columns of a CSV table have no types"),
        "{}",
        run.err
    );
    let run = place.batch("t.parquet", "out.csv", &[]);
    assert!(
        run.err.contains("write `.parquet`, `.arrow` or `.arrows`"),
        "{}",
        run.err
    );
    let run = place.batch("t.parquet", "out", &["--format", "parkett"]);
    assert!(
        run.err
            .contains("write `csv`, `parquet`, `arrow` or `arrows`"),
        "{}",
        run.err
    );
    // Without an ending the first bytes tell.
    fs::write(place.at("table"), &whole).expect("a file");
    assert_eq!(place.batch("table", "out", &[]).status, Status::Done);
    assert!(
        fs::read(place.at("out"))
            .expect("a table")
            .starts_with(b"PAR1")
    );
}

#[test]
fn damaged_tables_are_errors_and_no_panics() {
    let place = Place::new();
    for ending in ["parquet", "arrow", "arrows"] {
        let name = format!("t.{ending}");
        write(
            &place.at(&name),
            &[table(vec![("event1", truths()), ("g", truths())])],
            2,
        );
        let whole = fs::read(place.at(&name)).expect("a table");
        let mut state = 11usize;
        for _ in 0..400 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let mut bytes = whole.clone();
            let at = (state >> 33) % bytes.len();
            bytes[at] ^= 1 << ((state >> 20) & 7);
            fs::write(place.at(&name), &bytes).expect("a file");
            let run = place.batch(&name, "out.arrows", &[]);
            assert!(
                run.status != Status::Failed || run.err.starts_with("error: "),
                "{}",
                run.err
            );
        }
        let run = assess_with(
            &["batch", &place.text("a.assess"), "--table", "-"],
            &whole[..9],
        );
        assert_eq!(run.status, Status::Failed, "{ending}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_nothing_behind() {
    let place = Place::new();
    write(
        &place.at("t.parquet"),
        &[table(vec![("event1", truths())])],
        9,
    );
    let [file, own] = ["a.assess", "t.parquet"].map(|n| place.text(n));
    let arguments = [
        "batch",
        &file,
        "--table",
        &own,
        "-o",
        "/dev/full",
        "--format",
        "parquet",
    ];
    let run = assess_with(&arguments, b"");
    assert_eq!(run.status, Status::Failed);
    assert!(
        run.err.contains("`/dev/full` cannot be written"),
        "{}",
        run.err
    );
    assert_eq!(place.files(), ["a.assess", "t.parquet"]);
}
