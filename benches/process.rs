//! How long a whole process takes, beside one that does nothing: `cargo build --release`, then
//! `cargo bench --manifest-path benches/Cargo.toml --bench process`.
//!
//! `check` keeps what it found between runs; here it is told not to.

use criterion::{Criterion, criterion_group, criterion_main};
use std::process::{Command, Stdio};

const NATO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../assessments/nato.assess");
const ASSESS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/release/assess");

fn processes(c: &mut Criterion) {
    let mut group = c.benchmark_group("process");
    for (name, program, arguments) in [
        ("true", "true", &[][..]),
        ("--version", ASSESS, &["--version"]),
        ("check", ASSESS, &["check", "--no-cache", NATO]),
        ("eval", ASSESS, &["eval", NATO]),
        (
            "eval without intervals",
            ASSESS,
            &["eval", "--draws", "0", NATO],
        ),
        ("eval as JSON", ASSESS, &["eval", "--format", "json", NATO]),
    ] {
        group.bench_function(name, |b| {
            b.iter(|| {
                let mut command = Command::new(program);
                command.args(arguments);
                command.stdout(Stdio::null()).stderr(Stdio::null());
                command.status().expect("the program starts")
            });
        });
    }
    group.finish();
}

criterion_group!(benches, processes);
criterion_main!(benches);
