//! Large tables: memory that does not grow with them, and what a run leaves that is killed or finds the disk full.

use super::{Place, write};
use arrow_array::{ArrayRef, BooleanArray, Int64Array, RecordBatch};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::properties::WriterProperties;
use std::fs::{self, File};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Rows of a piece of the table.
const PIECE: usize = 100_000;

fn piece(from: usize) -> RecordBatch {
    let rows = from..from + PIECE;
    let ids = rows.clone().map(|n| n as i64);
    let mut columns: Vec<(&str, ArrayRef)> =
        vec![("id", Arc::new(Int64Array::from_iter_values(ids)))];
    for (at, name) in ["event1", "g", "f", "r", "law"].into_iter().enumerate() {
        let cell = |n: usize| match (n / 3usize.pow(at as u32)) % 3 {
            0 => None,
            one => Some(one == 1),
        };
        columns.push((
            name,
            Arc::new(rows.clone().map(cell).collect::<BooleanArray>()),
        ));
    }
    super::table(columns)
}

/// A table of so many rows.
fn table(place: &Place, rows: usize) {
    let file = File::create(place.at("t.parquet")).expect("a file");
    let properties = WriterProperties::builder().set_max_row_group_row_count(Some(PIECE));
    let writer = ArrowWriter::try_new(file, piece(0).schema(), Some(properties.build()));
    let mut writer = writer.expect("begun");
    for from in (0..rows).step_by(PIECE) {
        writer.write(&piece(from)).expect("written");
    }
    writer.close().expect("closed");
}

fn command(place: &Place, out: &str) -> Command {
    let built = std::env::var_os("ASSESS").unwrap_or(env!("CARGO_BIN_EXE_assess").into());
    let mut command = Command::new(built);
    let [file, table, out] = ["a.assess", "t.parquet", out].map(|n| place.text(n));
    command.args(["batch", &file, "--table", &table, "-o", &out]);
    command.stderr(Stdio::piped());
    command
}

/// The most memory that a process has had, in bytes.
#[cfg(target_os = "linux")]
fn peak(child: &Child) -> Option<usize> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    line.split_whitespace()
        .nth(1)?
        .parse::<usize>()
        .ok()
        .map(|kilobytes| kilobytes << 10)
}

/// How many rows a table has, read to its end, and whether their ids go up one by one.
fn rows(place: &Place, name: &str) -> (usize, bool) {
    let file = File::open(place.at(name)).expect("a table");
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("a table");
    let (mut rows, mut ordered) = (0, true);
    for batch in reader.build().expect("a table") {
        let batch = batch.expect("a batch");
        let ids = batch.column(0).as_any().downcast_ref::<Int64Array>();
        for id in ids.expect("numbers").values() {
            ordered &= *id == rows as i64;
            rows += 1;
        }
    }
    (rows, ordered)
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "slow: ASSESS names a build for release; .ci/run runs it"]
fn ten_million_rows_take_no_more_memory_than_one() {
    let place = Place::new();
    table(&place, 10_000_000);
    let mut child = command(&place, "out.parquet").spawn().expect("begun");
    let mut most = 0;
    let status = loop {
        most = most.max(peak(&child).unwrap_or(0));
        match child.try_wait().expect("a child") {
            Some(status) => break status,
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    assert!(status.success());
    assert_eq!(rows(&place, "out.parquet"), (10_000_000, true));
    assert!(most > 0 && most < 300 << 20, "{} MB", most >> 20);
}

#[test]
fn a_run_that_is_killed_leaves_the_table_that_was_there() {
    let place = Place::new();
    table(&place, 2_000_000);
    fs::write(place.at("out.parquet"), "what was there").expect("a file");
    let mut child = command(&place, "out.parquet").spawn().expect("begun");
    let since = Instant::now();
    // Until it has written something.
    let begun = |place: &Place| {
        let half = place
            .files()
            .into_iter()
            .find(|n| n.starts_with(".assess-"));
        half.is_some_and(|n| fs::metadata(place.at(&n)).is_ok_and(|m| m.len() > 0))
    };
    while !begun(&place) && since.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().expect("killed");
    assert!(!child.wait().expect("a child").success());
    assert_eq!(
        fs::read_to_string(place.at("out.parquet")).expect("a file"),
        "what was there"
    );
    assert!(place.files().iter().any(|n| n.starts_with(".assess-")));
    // The next run takes away what the other left.
    write(&place.at("t.parquet"), &[piece(0)], PIECE);
    assert!(
        command(&place, "out.parquet")
            .status()
            .expect("a run")
            .success()
    );
    assert_eq!(rows(&place, "out.parquet"), (PIECE, true));
    assert_eq!(place.files(), ["a.assess", "out.parquet", "t.parquet"]);
}

/// A limit to a file's size stands for the end of the disk: writing fails midway.
#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fills_up_leaves_the_table_that_was_there() {
    let place = Place::new();
    table(&place, 500_000);
    for out in ["out.parquet", "out.arrow", "out.arrows"] {
        fs::write(place.at(out), "what was there").expect("a file");
        let run = command(&place, out);
        let mut limited = Command::new("sh");
        // The signal of too large a file would end the process: it is ignored, and writing fails.
        limited.args(["-c", "trap '' XFSZ; ulimit -f 1000; exec \"$0\" \"$@\""]);
        limited.arg(run.get_program()).args(run.get_args());
        let done = limited.output().expect("a run");
        let said = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(2), "{said}");
        assert!(
            said.contains(&format!("{out}` cannot be written")),
            "{said}"
        );
        assert_eq!(
            fs::read_to_string(place.at(out)).expect("a file"),
            "what was there"
        );
        assert!(
            !place.files().iter().any(|n| n.starts_with(".assess-")),
            "{said}"
        );
    }
}
