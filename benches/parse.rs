//! How fast files are parsed: text to tree, typed tree and diagnostics, in bytes a second.
//!
//! `cargo bench --manifest-path benches/Cargo.toml --bench parse`. The 10 MB are one file whose drivers stand in it again and again under
//! other names.

use assess::text::source::FileId;
use assess::syntax::parse;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::fmt::Write as _;
use std::hint::black_box;

const EXAMPLE: &str = include_str!("../tests/suite/syntax/good/example.assess");
const REFERENCE: &str = include_str!("../tests/reference/random-60.assess");
const BROKEN: &str = include_str!("../tests/suite/syntax/bad/everything.assess");
const BYTES: usize = 10_000_000;

/// A file of so many bytes: the text, and its drivers again and again under other names.
fn copies(text: &str, bytes: usize) -> String {
    let mut out = text.to_owned();
    let mut n = 0;
    while out.len() < bytes {
        n += 1;
        let mut inside = false;
        for line in text.lines() {
            let mut words = line.splitn(3, ' ');
            let item = words.next().unwrap_or_default();
            if matches!(item, "event" | "factor" | "change" | "assumption") {
                let name = words.next().unwrap_or_default();
                let rest = words.next().unwrap_or_default();
                let _ = writeln!(out, "{item} {name}_{n} {rest}");
                inside = rest.ends_with('{');
            } else if inside {
                let _ = writeln!(out, "{line}");
                inside = line != "}";
            }
        }
    }
    out
}

fn bench(c: &mut Criterion) {
    let mut group = c.benchmark_group("parse");
    let texts = [
        ("example", EXAMPLE.to_owned()),
        ("reference", REFERENCE.to_owned()),
        ("broken", BROKEN.to_owned()),
        ("example, 10 MB", copies(EXAMPLE, BYTES)),
        ("reference, 10 MB", copies(REFERENCE, BYTES)),
    ];
    for (name, text) in texts {
        group.throughput(Throughput::Bytes(text.len() as u64));
        if text.len() > 1_000_000 {
            group.sample_size(10);
        }
        group.bench_function(name, |b| {
            b.iter(|| black_box(parse(FileId(0), black_box(&text))));
        });
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
