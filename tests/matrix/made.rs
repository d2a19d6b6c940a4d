//! Sixty assessments, made by rule: structures of events by seven patterns, from 5 to 300 of them, with what
//! makes inference harder; and some that only the general engine reads.
//!
//! In: nothing. Out: texts, the same in every run.

use std::fmt::Write;

/// How events rest on each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pattern {
    Independent,
    /// Each on the one before.
    Chain,
    /// Each on one of half its number.
    Tree,
    /// Each on those above and to the left.
    Grid,
    /// Each on the two before.
    Pairs,
    /// All on the first.
    Star,
    /// Fives, the last four of which rest on the first.
    Clusters,
}

pub(crate) const PATTERNS: [(Pattern, &str); 7] = [
    (Pattern::Independent, "independent"),
    (Pattern::Chain, "chain"),
    (Pattern::Tree, "tree"),
    (Pattern::Grid, "grid"),
    (Pattern::Pairs, "pairs"),
    (Pattern::Star, "star"),
    (Pattern::Clusters, "clusters"),
];

/// What else a file has.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct With {
    pub(crate) finals: bool,
    pub(crate) ranges: bool,
    pub(crate) counts: bool,
    pub(crate) overlap: bool,
    /// Weights for events, by each on the next.
    pub(crate) pushes: bool,
    /// How many events more there are, each of which implies the next.
    pub(crate) nested: usize,
    /// The outcomes are those of a question with a name.
    pub(crate) named: bool,
}

const PLAIN: With = With {
    finals: false,
    ranges: false,
    counts: false,
    overlap: false,
    pushes: false,
    nested: 0,
    named: false,
};

const ALL: With = With {
    finals: true,
    ranges: true,
    counts: true,
    overlap: true,
    pushes: false,
    nested: 0,
    named: false,
};

/// A name and a text.
pub(crate) struct Made {
    pub(crate) name: String,
    pub(crate) text: String,
}

/// All of them.
pub(crate) fn all() -> Vec<Made> {
    let sizes = [
        (5, ALL),
        (
            12,
            With {
                ranges: true,
                overlap: true,
                ..PLAIN
            },
        ),
        (
            16,
            With {
                finals: true,
                ranges: true,
                ..PLAIN
            },
        ),
        (
            20,
            With {
                counts: true,
                overlap: true,
                ..PLAIN
            },
        ),
        (
            24,
            With {
                ranges: true,
                ..PLAIN
            },
        ),
        (
            40,
            With {
                finals: true,
                counts: true,
                ..PLAIN
            },
        ),
        (
            100,
            With {
                ranges: true,
                counts: true,
                ..PLAIN
            },
        ),
        (300, ALL),
    ];
    let mut out = Vec::new();
    for (pattern, name) in PATTERNS {
        for (size, with) in sizes {
            let name = format!("{name}-{size}");
            let text = text(pattern, size, with);
            out.push(Made { name, text });
        }
    }
    let general = [
        (Pattern::Independent, "pushed-independent", 12),
        (Pattern::Chain, "pushed-chain", 20),
        (Pattern::Tree, "pushed-tree", 30),
        (Pattern::Clusters, "pushed-clusters", 60),
    ];
    for (pattern, name, size) in general {
        let with = With {
            pushes: true,
            ranges: size < 30,
            ..PLAIN
        };
        let name = format!("{name}-{size}");
        let text = text(pattern, size, with);
        out.push(Made { name, text });
    }
    // What pushes a final outcome both ways, and a file that the first edition does not have.
    let finals = With {
        finals: true,
        ..PLAIN
    };
    let second = [
        (
            "named-12",
            12,
            With {
                named: true,
                ..finals
            },
        ),
        (
            "nested-10",
            10,
            With {
                nested: 10,
                ..finals
            },
        ),
        (
            "nested-ranges-8",
            8,
            With {
                nested: 6,
                ranges: true,
                ..finals
            },
        ),
    ];
    for (name, size, with) in second {
        let (name, text) = (name.to_owned(), text(Pattern::Independent, size, with));
        out.push(Made { name, text });
    }
    out
}

/// The events that one rests on.
fn parents(pattern: Pattern, i: usize, size: usize) -> Vec<usize> {
    let before = |n: usize| i.checked_sub(n);
    match pattern {
        Pattern::Independent => Vec::new(),
        Pattern::Chain => before(1).into_iter().collect(),
        Pattern::Tree if i == 0 => Vec::new(),
        Pattern::Tree => vec![(i - 1) / 2],
        Pattern::Grid => {
            let width = (1..).find(|w| w * w >= size).unwrap_or(1);
            let left = (!i.is_multiple_of(width)).then(|| i - 1);
            left.into_iter().chain(before(width)).collect()
        }
        Pattern::Pairs => before(1).into_iter().chain(before(2)).collect(),
        Pattern::Star if i == 0 => Vec::new(),
        Pattern::Star => vec![0],
        Pattern::Clusters if i.is_multiple_of(5) => Vec::new(),
        Pattern::Clusters => vec![i - i % 5],
    }
}

pub(crate) fn text(pattern: Pattern, size: usize, with: With) -> String {
    let mut out = String::from(
        "assessment \"Which of three will it be?\" { as of: 2025-03-01 }\n\
         horizon short: 0 to 6 months\nhorizon medium: 6 to 18 months\nhorizon long: 18 to 60 months\n",
    );
    let own = if with.finals {
        "final outcome"
    } else {
        "outcome"
    };
    if with.named {
        out.push_str("question which \"Which of three?\" {\n");
    }
    let _ = write!(out, "{own} leave\noutcome fade\noutcome stay\n");
    out += match (with.finals, with.ranges) {
        (true, true) => {
            "prior { leave: 2% by short, 6% (3% to 10%) by long\n  fade: 40%\n  stay: rest }\n"
        }
        (true, false) => "prior { leave: 2% by short, 6% by long\n  fade: 40%\n  stay: rest }\n",
        (false, true) => "prior { leave: 6%, fade: 35% to 45%, stay: rest }\n",
        (false, false) => "prior { leave: 6%, fade: 40%, stay: 54% }\n",
    };
    if with.named {
        out.push_str("}\n");
    }
    nested(&mut out, with.nested);
    for i in 0..size {
        event(&mut out, pattern, (i, size), with);
    }
    rest(&mut out, size, with);
    out
}

/// Events each of which implies the next, and which push both ways.
fn nested(out: &mut String, count: usize) {
    for i in 0..count {
        let [a, b, c] = [1, 2, 3].map(|n| n * (i + 2));
        let way = ["for", "against"][i % 2];
        let _ = writeln!(
            out,
            "event n{i} {{ chance: {a}% by short, {b}% by medium, {c}% by long\n  weight {way} leave: {} dB }}",
            1 + i % 3,
        );
    }
    if count > 0 {
        let names: Vec<String> = (0..count).map(|i| format!("n{i}")).collect();
        let _ = writeln!(out, "implies: {}", names.join(", "));
    }
}

fn event(out: &mut String, pattern: Pattern, (i, size): (usize, usize), with: With) {
    let _ = writeln!(out, "event e{i} {{");
    let base = [1 + i % 20, 20 + i % 20, 40 + i % 20];
    let chance = |shift: usize| {
        let [a, b, c] = base.map(|p| p + shift);
        match with.ranges && i % 2 == 0 {
            true => {
                format!(
                    "{a}% by short, {b}% by medium, {}% to {}% by long",
                    c - 1,
                    c + 9
                )
            }
            false => format!("{a}% by short, {b}% by medium, {c}% by long"),
        }
    };
    let parents = parents(pattern, i, size);
    for (k, parent) in parents.iter().enumerate() {
        let _ = writeln!(out, "  chance given e{parent}: {}", chance(10 + 3 * k));
    }
    let otherwise = if parents.is_empty() {
        "chance"
    } else {
        "chance otherwise"
    };
    let _ = writeln!(out, "  {otherwise}: {}", chance(0));
    // The more of them, the weaker.
    let strong = match size {
        ..=20 => 1 + i % 5,
        _ => 1,
    };
    let range = with.ranges && i % 3 == 0;
    let push = match range {
        true => format!("{strong} dB to {} dB", strong + 2),
        false => format!("{strong} dB"),
    };
    let (way, outcome) = match i % 4 {
        0 => ("for", "leave"),
        1 => ("for", "stay"),
        2 => ("against", "leave"),
        _ => ("for", "fade"),
    };
    let _ = writeln!(out, "  weight {way} {outcome}: {push}");
    if with.pushes && i + 1 < size {
        let _ = writeln!(out, "  weight for e{}: 2 dB", i + 1);
    }
    out.push_str("}\n");
}

/// Factors, a change, an overlap, a scenario, and what is expected.
fn rest(out: &mut String, size: usize, with: With) {
    out.push_str("factor habit { weight for stay: 3 dB }\n");
    out.push_str("factor mood { holds: 30%\n  weight for leave: 2 dB }\n");
    let last = size - 1;
    let _ = write!(
        out,
        "change turn {{\n  when: e0 and not e{last}\n  weight for leave: 3 dB\n"
    );
    if with.counts {
        out.push_str("  count habit: 50%\n  count e1: 150%\n");
    }
    out.push_str("}\n");
    if with.overlap {
        out.push_str("overlap 60%: e1, e3, habit\n");
    }
    out.push_str("scenario early { set: e0, not e1 }\n");
    let _ = writeln!(out, "expect e{last} in long: 10% to 95%");
    out.push_str("expect leave in long under early: above leave in short\n");
    out.push_str("expect stay in medium given e2: 1% to 99%\n");
}
