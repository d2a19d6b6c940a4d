//! Tables in Parquet and Arrow: the same numbers as CSV, and their own columns as they were.
//!
//! Run with `cargo test --features tables --test tables`.

mod errors;
mod large;
mod numbers;
mod passing;
#[path = "../running.rs"]
mod running;

use arrow_array::{ArrayRef, RecordBatch};
use arrow_ipc::reader::{FileReader, StreamReader};
use arrow_ipc::writer::{FileWriter, StreamWriter};
use assess::cli::Status;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::properties::WriterProperties;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const FILE: &str = r#"assessment "Q" { as of: 2025-03-01 }
horizon june "J": until 2025-06-30
horizon long "L": until 2026-06-30
outcome a "A"
outcome b "B"
final outcome c "C"
prior { a: 60% in june, 50% in long, b: rest, c: 10% by june, 20% by long }
event event1 { chance: 10% by june, 20% by long, weight for c: strong }
event g { chance given event1: 50% by long, chance otherwise: 5% by long }
event x { chance: 10% by long, weight for b: weak }
event y { chance: 20% by long, weight for a: weak }
exclusive: x, y
factor f { weight for a: moderate, weak in long }
factor r { holds: 30%, weight for b: moderate }
change ch { when: g and r, weight for b: strong }
assumption law { weight for a if wrong: weak }
"#;

/// What a run left behind.
struct Run {
    status: Status,
    out: Vec<u8>,
    err: String,
}

fn assess_with(arguments: &[&str], input: &[u8]) -> Run {
    let (status, out, err) = running::run(arguments, input, false);
    Run { status, out, err }
}

/// A folder with the assessment in it.
struct Place(TempDir);

impl Place {
    fn new() -> Place {
        let folder = TempDir::new().expect("a folder");
        fs::write(folder.path().join("a.assess"), FILE).expect("a file");
        Place(folder)
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.at(name).to_str().expect("UTF-8").to_owned()
    }

    /// The names of the files there.
    fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).expect("a folder");
        let names = entries.map(|e| {
            e.expect("an entry")
                .file_name()
                .into_string()
                .expect("UTF-8")
        });
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    /// Evaluates one table into another.
    fn batch(&self, table: &str, out: &str, more: &[&str]) -> Run {
        let [file, table, out] = ["a.assess", table, out].map(|n| self.text(n));
        let mut arguments = vec!["batch", &file, "--table", &table, "-o", &out];
        arguments.extend(more);
        assess_with(&arguments, b"")
    }
}

/// Writes batches in the format of the ending; Parquet in row groups of this many rows.
fn write(path: &Path, batches: &[RecordBatch], group: usize) {
    let file = File::create(path).expect("a file");
    let schema = batches[0].schema();
    match path.extension().and_then(|e| e.to_str()) {
        Some("parquet") => {
            let properties = WriterProperties::builder();
            let properties = properties.set_max_row_group_row_count(Some(group)).build();
            let mut writer = ArrowWriter::try_new(file, schema, Some(properties)).expect("begun");
            for batch in batches {
                writer.write(batch).expect("written");
            }
            writer.close().expect("closed");
        }
        Some("arrow") => {
            let mut writer = FileWriter::try_new(file, &schema).expect("begun");
            for batch in batches {
                writer.write(batch).expect("written");
            }
            writer.finish().expect("closed");
        }
        _ => {
            let mut writer = StreamWriter::try_new(file, &schema).expect("begun");
            for batch in batches {
                writer.write(batch).expect("written");
            }
            writer.finish().expect("closed");
        }
    }
}

fn read(path: &Path) -> Vec<RecordBatch> {
    let file = File::open(path).expect("a file");
    match path.extension().and_then(|e| e.to_str()) {
        Some("parquet") => {
            let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("a table");
            // What is noted beside the columns stands in the file's schema alone.
            let schema = reader.schema().clone();
            let reader = reader.build().expect("a table");
            let batch = |b: RecordBatch| b.with_schema(schema.clone()).expect("the same columns");
            reader.map(|b| batch(b.expect("a batch"))).collect()
        }
        Some("arrow") => {
            let reader = FileReader::try_new(file, None).expect("a table");
            reader.map(|b| b.expect("a batch")).collect()
        }
        _ => {
            let reader = StreamReader::try_new(file, None).expect("a table");
            reader.map(|b| b.expect("a batch")).collect()
        }
    }
}

/// A table of these columns, all of which may be null.
fn table(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(n, c)| (n, c, true)))
        .expect("a table")
}
