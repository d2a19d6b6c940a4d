//! How long inference takes: `cargo bench --manifest-path benches/Cargo.toml --bench verdict`.

use assess::infer::evaluate;
use assess::infer::verdict::{Options, Question};
use assess::project::Project;
use assess::resolve::assessment::Assessment;
use assess::resolve::resolve;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::fmt::Write;
use std::hint::black_box;

/// Three outcomes, three horizons and so many independent events that push.
fn independent(events: usize, finals: bool) -> Assessment {
    let mut text = String::from(
        "assessment \"Bench\" { as of: 2025-03-01 }
         horizon short: 0 to 6 months
         horizon medium: 6 to 18 months
         horizon long: 18 to 60 months
         outcome stay
         outcome fade\n",
    );
    text += match finals {
        true => {
            "final outcome exit
             prior { exit: 2% by short, 6% by medium, 15% by long\nfade: 40%\nstay: rest }\n"
        }
        false => "outcome exit\nprior { exit: 6%\nfade: 40%\nstay: rest }\n",
    };
    for i in 0..events {
        writeln!(
            text,
            "event e{i} {{ chance: {}% by short, 50% by medium, 75% by long
             weight for exit: {} dB\nweight against stay: 1 dB }}",
            1 + i,
            1 + i % 5
        )
        .expect("a string");
    }
    assessment(&text)
}

/// Of the size of `assessments/nato.assess`.
const ORDINARY: &str = "
assessment \"Ordinary\" { as of: 2025-03-01 }
horizon short: 0 to 6 months
horizon medium: 6 to 18 months
horizon long: 18 to 60 months
outcome commitment
outcome weakening
final outcome exit
prior {
  exit: 2% by short, 6% by medium, 15% by long
  weakening: 40% in short, 45% in medium, 45% in long
  commitment: rest
}
event troops {
  chance: likely by short, very likely by medium, 93% by long
  weight for weakening: moderate
  weight for exit: weak
  evidence \"Hints\" { source: \"Briefing\", rated: B3 }
}
factor russia {
  weight for weakening, exit: weak
  evidence \"Declines\" { rated: A1 }
}
factor rhetoric {
  holds: 90%, 70% in long
  weight for weakening: moderate
  weight for exit: 1:1 to 4:1
}
overlap 60%: russia, rhetoric
factor congress { weight against exit: strong, moderate in long }
factor treaty_law { weight against exit: moderate }
factor allies { weight for commitment: weak\nweight against exit: moderate }
event ceasefire { chance: 15% by short, 35% by medium, 55% by long }
event latitude {
  chance given ceasefire: 20% by medium, 35% by long
  chance otherwise: 5% by medium, 15% by long
}
event eu_cuts
event drift
change politics { when: latitude\nweight for exit: moderate\ncount congress: 50% }
change relations { when: eu_cuts or drift\nweight for exit: strong }
assumption treaty { confidence: high\nweight for exit if wrong: strong }
scenario rupture { set: eu_cuts, drift, not ceasefire }
expect exit by short: almost no chance
expect exit by long given relations: above exit by long
";

fn assessment(text: &str) -> Assessment {
    let found = resolve(&Project::from_text("bench.assess", text));
    found.assessment.unwrap_or_else(|| {
        let messages: Vec<String> = found
            .diagnostics
            .iter()
            .map(|d| d.message.clone())
            .collect();
        panic!("{messages:?}")
    })
}

/// Three outcomes and so many weights with a range, all of which hold.
fn weights(count: usize) -> Assessment {
    let mut text = String::from(
        "assessment \"Bench\" { as of: 2025-03-01 }
         horizon year: 0 to 12 months
         outcome stay\noutcome fade\noutcome exit
         prior { exit: 6%\nfade: 40%\nstay: rest }\n",
    );
    for i in 0..count {
        let outcome = ["stay", "fade", "exit"][i % 3];
        writeln!(
            text,
            "factor f{i} {{ weight for {outcome}: 1:1 to {}:1 }}",
            2 + i % 4
        )
        .expect("a string");
    }
    assessment(&text)
}

fn exact() -> Options {
    Options {
        intervals: false,
        ..Options::default()
    }
}

fn events(c: &mut Criterion) {
    let mut group = c.benchmark_group("states and horizons");
    group.sample_size(10);
    for (name, finals) in [("open", false), ("final", true)] {
        for events in [4, 8, 12, 16, 18, 20, 22] {
            let a = independent(events, finals);
            group.throughput(Throughput::Elements(3 << events));
            group.bench_with_input(BenchmarkId::new(name, events), &a, |b, a| {
                b.iter(|| evaluate(black_box(a), &Question::default(), &exact()));
            });
        }
    }
    group.finish();
}

fn ordinary(c: &mut Criterion) {
    let a = assessment(ORDINARY);
    c.bench_function("ordinary, exact", |b| {
        b.iter(|| evaluate(black_box(&a), &Question::default(), &exact()));
    });
    c.bench_function("ordinary, with intervals", |b| {
        b.iter(|| evaluate(black_box(&a), &Question::default(), &Options::default()));
    });
    let contributions = Options {
        contributions: true,
        ..exact()
    };
    c.bench_function("ordinary, contributions", |b| {
        b.iter(|| evaluate(black_box(&a), &Question::default(), &contributions));
    });
}

/// As many draws as other tools are measured with.
fn draws(c: &mut Criterion) {
    let mut group = c.benchmark_group("100,000 draws");
    group.sample_size(10);
    let options = Options {
        draws: Some(100_000),
        ..Options::default()
    };
    let a = weights(36);
    group.bench_function("36 weights", |b| {
        b.iter(|| evaluate(black_box(&a), &Question::default(), &options));
    });
    group.finish();
}

criterion_group!(benches, ordinary, events, draws);
criterion_main!(benches);
