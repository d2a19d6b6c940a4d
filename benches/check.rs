//! How fast files are checked, errors and linter: `cargo bench --manifest-path benches/Cargo.toml --bench check`.
//!
//! 1,000 small files, on one thread and on all, and one file of 10 MB whose drivers stand in it again and
//! again under other names; each for the parser alone, too.

use assess::lint::{Policy, check};
use assess::project::Project;
use assess::text::source::FileId;
use assess::syntax::parse;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use rayon::prelude::*;
use std::fmt::Write as _;
use std::hint::black_box;

const SMALL: [&str; 4] = [
    include_str!("../assessments/enso.assess"),
    include_str!("../assessments/moon-landing.assess"),
    include_str!("../assessments/spf-recession.assess"),
    include_str!("../assessments/sf-bay-earthquake.assess"),
];
const FILES: usize = 1_000;
const BYTES: usize = 10_000_000;

/// Small files, each with a remark of its own.
fn small() -> Vec<String> {
    (0..FILES)
        .map(|i| format!("# File {i}\n{}", SMALL[i % SMALL.len()]))
        .collect()
}

/// One file with so many reasons.
fn large() -> String {
    let mut text = String::from(
        "assessment \"Large\" { as of: 2025-03-01 }
horizon short: 0 to 6 months
horizon long: 6 to 60 months
outcome stay \"Stay\" { resolves: \"No notice is given.\" }
final outcome exit \"Exit\" { resolves: \"A notice is given.\" }
prior { exit: 2% by short, 6% by long
  stay: rest }\n",
    );
    let mut i = 0;
    while text.len() < BYTES {
        i += 1;
        write!(
            text,
            "factor reason_{i} \"Reason {i} for the one or the other\" {{
  weight for exit: 1.{}:1
  evidence \"Report {i} says so\" {{ source: \"Journal {i}\", rated: B2, dated: 2025-02 }}
  note: \"\"\"
    What {i} people said about it. It may matter less than it seems.
  \"\"\"
}}
",
            i % 90 + 10
        )
        .expect("a string");
    }
    text
}

fn whole(text: &str, policy: &Policy) -> usize {
    let project = Project::from_text("bench.assess", text);
    check(&project, policy).diagnostics.len()
}

fn bench(c: &mut Criterion) {
    let policy = Policy::default();
    let mut group = c.benchmark_group("check");
    group.sample_size(10);
    let files = small();
    let bytes: usize = files.iter().map(String::len).sum();
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("1,000 files, parse, one thread", |b| {
        b.iter(|| {
            for text in &files {
                black_box(parse(FileId(0), text));
            }
        });
    });
    group.bench_function("1,000 files, one thread", |b| {
        b.iter(|| files.iter().map(|t| whole(t, &policy)).sum::<usize>());
    });
    group.bench_function("1,000 files, all threads", |b| {
        b.iter(|| files.par_iter().map(|t| whole(t, &policy)).sum::<usize>());
    });
    let text = large();
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("10 MB, parse", |b| {
        b.iter(|| black_box(parse(FileId(0), &text)));
    });
    group.bench_function("10 MB", |b| b.iter(|| whole(&text, &policy)));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
