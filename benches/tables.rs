//! A table in memory, for `benches/peers/tables.py`:
//! `cargo bench --manifest-path benches/Cargo.toml --bench tables -- MODEL.assess TABLE.arrow EVERY` prints the seconds
//! from columns to columns, and of every so manieth row the probabilities by horizon and outcome, as JSON.

use arrow_array::cast::AsArray;
use arrow_array::types::Float64Type;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_ipc::reader::FileReader;
use assess::batch::typed::Typed;
use assess::batch::{Batch, Detail};
use assess::project::{FileSystem, Project};
use assess::resolve::resolve;
use serde_json::json;
use std::fs::File;
use std::path::Path;
use std::time::Instant;

/// What the command takes at once.
const ROWS: usize = 8_192;
const AT_ONCE: usize = 8;

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| a != "--bench")
        .collect();
    let [path, table, every] = arguments.as_slice() else {
        return;
    };
    let every: usize = every.parse().expect("a number of rows");
    let project = Project::load(&FileSystem, Path::new(path)).expect("a readable model");
    let assessment = resolve(&project)
        .assessment
        .expect("a model without mistakes");
    let reader = FileReader::try_new(File::open(table).expect("a table"), None).expect("a table");
    let schema = reader.schema();
    let headings: Vec<String> = schema.fields().iter().map(|f| f.name().clone()).collect();
    let mut batches: Vec<RecordBatch> = Vec::new();
    for batch in reader {
        let batch = batch.expect("a batch");
        for at in (0..batch.num_rows()).step_by(ROWS) {
            batches.push(batch.slice(at, ROWS.min(batch.num_rows() - at)));
        }
    }

    let start = Instant::now();
    let batch = Batch::new(project, assessment, &headings, Some(&[]), Detail::default());
    let batch = batch.expect("columns that mean something");
    let mut typed = Typed::new(&batch, &schema).expect("columns of fitting types");
    let mut found: Vec<Vec<ArrayRef>> = Vec::new();
    for some in batches.chunks(AT_ONCE) {
        found.extend(typed.run(some).into_iter().map(|columns| columns.0));
    }
    let seconds = start.elapsed().as_secs_f64();

    let (outcomes, horizons) = (batch.assessment.outcomes.len(), batch.assessment.horizons.len());
    let mut verdicts = Vec::new();
    let mut row = 0;
    for columns in &found {
        for at in 0..columns[0].len() {
            if row % every == 0 {
                let number = |h: usize, o: usize| {
                    columns[h * (outcomes + 3) + o]
                        .as_primitive::<Float64Type>()
                        .value(at)
                };
                let by_horizon = |h| (0..outcomes).map(|o| number(h, o)).collect::<Vec<f64>>();
                verdicts.push((0..horizons).map(by_horizon).collect::<Vec<_>>());
            }
            row += 1;
        }
    }
    println!("{}", json!({"seconds": seconds, "verdicts": verdicts}));
}
