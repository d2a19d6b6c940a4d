//! What nobody should write in questions, quantities, chains, views, pools and judgements: an ordinary answer each,
//! in ordinary time; and what is extreme but sound stays a number in every output.

use super::finite::wrong;
use crate::cli::{assess, at, folder};
use std::fmt::Write;
use std::time::{Duration, Instant};

const HEAD: &str = "assessment \"T\" { as of: 2025-03-01, resolves: \"n\" }
horizon h1 \"H1\": 0 to 6 months
horizon h2 \"H2\": 6 to 12 months
outcome a \"A\"
outcome b \"B\"
prior { a: 40%, b: rest }
";

/// Longer than this nothing may take, even unoptimised.
const LONGEST: Duration = Duration::from_secs(10);

/// A quantity with what stands in its block.
fn quantity(stated: &str) -> String {
    format!("quantity g \"G\" {{ unit: \"x\", {stated} }}\n")
}

/// A question with a row of the prior and a clause of it.
fn question(prior: &str) -> String {
    format!(
        "question q \"Q\" {{\n  outcome x \"X\"\n  outcome y \"Y\"\n  prior {{ {prior} }}\n}}\n"
    )
}

/// So many of something, each told by its number.
fn many(count: usize, each: impl Fn(usize) -> String) -> String {
    (0..count).map(each).collect()
}

/// Event `e`, and views of it.
fn voices(rest: &str) -> String {
    format!(
        "event e \"E\" {{ chance: 20% by h2, weight for a: weak, resolves: \"x\" }}\nview v \"V\" {{ e: 3% by h2 }}\n{rest}\n"
    )
}

/// Questions each of which rests on the one before.
fn chained(count: usize) -> String {
    many(count, |i| {
        let on = match i.checked_sub(1) {
            None => "a".to_owned(),
            Some(before) => format!("x{before}"),
        };
        format!(
            "question q{i} \"Q\" {{\n  outcome x{i} \"X\"\n  outcome y{i} \"Y\"\n  prior given {on} {{ x{i}: 30%, y{i}: rest }}\n  \
             prior otherwise {{ x{i}: 60%, y{i}: rest }}\n}}\n"
        )
    })
}

#[test]
fn extremes_are_numbers_in_every_output() {
    let signs: String = [
        '\u{1}', '\u{7}', '\u{1b}', '\u{9b}', '\u{202e}', '\u{2066}', '\u{feff}', '\u{2028}',
    ]
    .iter()
    .collect();
    let titled = |sign: &str| {
        format!(
            "question q \"{sign}Q\" {{\n  outcome x \"{sign}X\" {{ value: 3 USD }}\n  outcome y \"{sign}Y\" {{ value: 4 USD }}\n  \
             prior \"{sign}P\" {{ x: 30%, y: rest }}\n}}\nquantity g \"{sign}G\" {{ unit: \"{sign}u\", is: 2 (1 to 3), cuts: 2 }}\n\
             view v \"{sign}V\" {{ author: \"{sign}A\", e: 30% by h1 }}\npool p \"{sign}P\" {{ of: own, v }}\n\
             judgement \"{sign}J\" {{ on: a in h1, says: likely, note: \"{sign}n\" }}\ncondition c \"{sign}C\": x\nimpacts {{ sev }}\n\
             risk {{ likely and sev: \"{sign}R\" }}\nevent e \"{sign}E\" {{ chance: 60% by h1, impact: sev, move g: +10%, weight for a: weak, resolves: \"k\" }}\n\
             change d \"{sign}D\" {{ when: c, weight for a: weak }}\nbet \"{sign}B\" {{ on: a in h1, price: 40% }}\n"
        )
    };
    for text in [
        quantity("is: 1e99 (1e98 to 1e100)"),
        quantity("is: 1e-300 (1e-307 to 1e-299)") + "factor f { move g: +1e-5% }\n",
        quantity("is: 10 (5 to 20)") + "factor k { move g: -99.9999999999% to +1e8% }\n",
        quantity("is: 1 (1e-9 to 1e9)") + "event e { chance: 20% by h1, move g: +1000000%, resolves: \"x\" }\n",
        quantity("is: 1 (1e-99 to 1e99), shape: normal") + "event e { chance: 20% by h1, move g: 1e99, resolves: \"x\" }\n",
        "question q { outcome x { value: 1e99 USD }\n outcome y { value: -1e99 USD }\n prior { x: 30%, y: rest } }\n".to_owned(),
        "event t { chance: 30% by h2, resolves: \"x\" }\nevent u { chance once t: 99.9999999% within 0.001 days, weight for a: weak, resolves: \"x\" }\n\
         event w { chance once t: 40% within 1e300 months, weight for a: weak, resolves: \"x\" }\n".to_owned(),
        "event e { chance: 100% by h1, weight for x: 300 dB, resolves: \"x\" }\n".to_owned() + &question("x: 0%, y: rest, counts in: e"),
        voices("view u { prior { a: 0%, b: rest } }\nview w { prior { a: 100%, b: rest } }\npool p { of: u, w }\npool q { of: own, u, w, extremise: 1000 }\n\
                pool r { of: u, w, method: linear, weights: 1e-300, 1000 }"),
        titled(&signs),
        titled("=1+"),
        titled("@"),
    ] {
        let text = format!("{HEAD}{text}");
        let begun = Instant::now();
        if let Some(wrong) = wrong(&text) {
            panic!("{wrong}\n{text}");
        }
        // All commands together, of which there are many.
        assert!(begun.elapsed() < 6 * LONGEST, "{:?} for\n{text}", begun.elapsed());
    }
}

#[test]
fn what_is_beyond_all_bounds_is_one_mistake() {
    let names = |count: usize, letter: &str| {
        let names: Vec<String> = (0..count).map(|i| format!("{letter}{i}")).collect();
        names.join(", ")
    };
    let mut out = String::new();
    for (what, text) in [
        ("a range without bound", quantity("is: 1 (1e-99 to 1e99)")),
        ("shares too near", quantity("is: 50% below 1, 50.0001% below 1e60")),
        ("moves without bound", quantity("is: 2 (1 to 3)") + "factor f { move g: +1e33% }\n"),
        ("counted without bound", quantity("is: 2 (1 to 3)") + "factor f { move g: +1e8% }\nevent e { chance: 10% by h1 }\nchange c { when: e, count f: 1000% }\n"),
        ("a number too small", quantity("is: 2 (1e-320 to 3)")),
        ("a value too small", "question q { outcome x { value: 1e-320 USD }\n outcome y { value: 1 USD }\n prior { x: 30%, y: rest } }\n".to_owned()),
        ("a number too large", quantity("is: 2 (1 to 1e400)")),
        ("too many cuts", quantity("is: 2 (1 to 3)") + &many(150, |i| format!("change c{i} {{ when: g below {i}, weight for a: weak }}\n"))),
        ("too long a chain", many(150, |i| format!("event m{i} {{ chance: {}% by h1, resolves: \"x\" }}\n", 1 + i / 2)) + &format!("implies: {}\n", names(150, "m"))),
        ("too many views", voices(&many(5_000, |i| format!("view v{i} {{ e: 30% by h2 }}\n")))),
        ("braces in a question", "question q { ".to_owned() + &"{ ".repeat(3_000)),
        ("parentheses in a condition", "event e { chance: 20% by h2 }\ncondition c: ".to_owned() + &"(".repeat(3_000) + "e" + &")".repeat(3_000)),
        ("conditions of conditions", "event e { chance: 20% by h2 }\ncondition c0: e\n".to_owned() + &many(60, |i| format!("condition c{}: c{i} and c{i}\n", i + 1)) + "change z { when: c60, weight for a: weak }\n"),
        ("a ring of triggers", "event t { chance once u: 30% within 3 months }\nevent u { chance once t: 30% within 3 months }\n".to_owned()),
        ("a pool of a pool", voices("pool p { of: own, v }\npool q { of: own, p }")),
        ("a pool's weight", voices("pool p { of: own, v, weights: 1e308, 1 }")),
        ("what extremises", voices("pool p { of: own, v, extremise: 1e9 }")),
        ("a view of nothing", voices("view w { }")),
        ("a question of nothing", "question q \"Q\" { }\n".to_owned()),
        ("a quantity of nothing", "quantity g \"G\" { }\n".to_owned()),
        ("a time below zero", "event t { chance: 30% by h2 }\nevent u { chance once t: 40% within -3 days }\n".to_owned()),
    ] {
        let folder = folder(&[("a.assess", &format!("{HEAD}{text}"))]);
        let begun = Instant::now();
        let run = assess(&["check", "--no-cache", "--format=concise", "--fail-on=error", &at(&folder, "a.assess")]);
        assert!(begun.elapsed() < LONGEST, "{what}: {:?}", begun.elapsed());
        let errors = run.out.lines().filter(|line| line.contains(": error["));
        let told: Vec<&str> = errors.filter_map(|line| Some(line.split_once("error")?.1)).collect();
        let _ = writeln!(out, "{what}: {}", told.join("\n  "));
    }
    insta::assert_snapshot!("beyond_all_bounds", out);
}

/// Each question may rest on the one before it; beyond what can be carried the answer says which.
#[test]
fn questions_in_a_row_need_no_memory_without_bound() {
    let run = |count: usize, command: &str| {
        let folder = folder(&[("a.assess", &format!("{HEAD}{}", chained(count)))]);
        let begun = Instant::now();
        let run = assess(&[command, "--draws=0", &at(&folder, "a.assess")]);
        assert!(
            begun.elapsed() < 3 * LONGEST,
            "{count}: {:?}",
            begun.elapsed()
        );
        run
    };
    assert!(run(10, "eval").err.is_empty());
    let refused = run(40, "eval");
    assert!(refused.err.contains("error[limit]"), "{}", refused.err);
    assert!(refused.err.contains("`q9`"), "{}", refused.err);
}
