//! A fix is safe only where there is one reading; where there are more, each is offered.

use assess::diag::Checked;
use assess::diag::fixes::apply;
use assess::diag::{Diagnostic, Fix, Severity};
use assess::lint::fixing::fix_text;
use assess::project::Project;
use assess::resolve::resolve;
use assess::text::source::FileId;

fn check(text: &str) -> Checked {
    let project = Project::from_text("a.assess", text);
    let mut diagnostics: Vec<Diagnostic> = project.problems().cloned().collect();
    diagnostics.extend(resolve(&project).diagnostics.sorted());
    Checked {
        sources: project.sources,
        diagnostics,
        ..Checked::default()
    }
}

/// A file with one event and one factor, over three horizons or one.
fn file(horizons: usize, event: &str, factor: &str) -> String {
    let horizons: String = (1..=horizons)
        .map(|i| {
            format!(
                "horizon h{i} \"H{i}\": {} to {} months\n",
                6 * (i - 1),
                6 * i
            )
        })
        .collect();
    format!(
        "assessment \"Will it?\" {{\n  as of: 2025-03-01\n  resolves: \"x\"\n}}\n{horizons}\
         outcome us \"Us\"\nfinal outcome exit \"Exit\"\nprior {{\n  exit: 10% by h1\n  us: rest\n}}\n\
         event e \"E\" {{\n  {event}\n  weight for exit: weak\n}}\nfactor f \"F\" {{\n  {factor}\n}}\n"
    )
}

/// The errors, the safe fixes, and what each other fix makes of the line.
fn said(text: &str) -> (usize, Vec<String>, Vec<String>) {
    let checked = check(text);
    let errors = checked
        .diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .count();
    let line = |fix: &Fix| {
        let after = apply(&checked.sources, [fix])
            .texts
            .remove(&FileId(0))
            .expect("a change");
        let old: Vec<&str> = text.lines().collect();
        let new = after.lines().find(|line| !old.contains(line));
        new.unwrap_or_default().trim().to_owned()
    };
    let fixes = || checked.diagnostics.iter().flat_map(|d| &d.fixes);
    let of = |safe: bool| fixes().filter(|f| f.safe == safe).map(line).collect();
    (errors, of(true), of(false))
}

const CHANCE: &str = "chance: 5% by h1";
const WEIGHT: &str = "weight for exit: weak";

#[test]
fn a_part_or_the_whole() {
    for (clause, readings) in [
        (
            "chance: 10% in h1, 10% in h2, 10% in h3",
            &[
                "chance: 10% by h1, 20% by h2, 30% by h3",
                "chance: 10% by h1, 10% by h2, 10% by h3",
            ][..],
        ),
        (
            "chance: 5% in h1, 10% in h2",
            &["chance: 5% by h1, 15% by h2", "chance: 5% by h1, 10% by h2"],
        ),
        // A falling curve is no reading.
        (
            "chance: 10% in h1, 5% in h2",
            &["chance: 10% by h1, 15% by h2"],
        ),
        // Nor is more than all there is.
        (
            "chance: 60% in h1, 70% in h2",
            &["chance: 60% by h1, 70% by h2"],
        ),
        (
            "chance: 5% by h1, 10% in h2",
            &["chance: 5% by h1, 15% by h2", "chance: 5% by h1, 10% by h2"],
        ),
        // What of the horizons before it?
        ("chance: 10% in h2", &["chance: 10% by h2"]),
        (
            "chance: likely in h1, very likely in h2",
            &["chance: likely by h1, very likely by h2"],
        ),
    ] {
        let (errors, safe, risky) = said(&file(3, clause, WEIGHT));
        assert_eq!(errors, 1, "{clause}");
        assert!(safe.is_empty(), "{clause}: {safe:?}");
        assert_eq!(risky, readings, "{clause}");
        assert_eq!(fix_text(&file(3, clause, WEIGHT), false, &check).count(), 0);
    }
    let (_, safe, _) = said(&file(3, "chance: 5% in h1, 10% by h2", WEIGHT));
    assert_eq!(safe, ["chance: 5% by h1, 10% by h2"]);
    // One horizon: within it and by its end are one thing.
    let (_, safe, _) = said(&file(1, "chance: 10% in h1", WEIGHT));
    assert_eq!(safe, ["chance: 10% by h1"]);
}

#[test]
fn up_to_a_horizon_or_in_it() {
    let (errors, safe, risky) = said(&file(3, CHANCE, "weight for exit: strong by h2"));
    assert_eq!((errors, safe.len()), (1, 0));
    assert_eq!(
        risky,
        [
            "weight for exit: strong in h1, strong in h2",
            "weight for exit: strong in h2"
        ]
    );
    let (_, safe, _) = said(&file(
        3,
        CHANCE,
        "weight for exit: weak by h1, strong by h2",
    ));
    assert_eq!(safe, ["weight for exit: weak in h1, strong in h2"]);
    // `until` may mean all that goes before, too; `im` is a slip of the keys.
    for word in ["until", "till", "through"] {
        let weight = format!("weight for exit: strong {word} h2");
        let (errors, safe, risky) = said(&file(3, CHANCE, &weight));
        assert_eq!((errors, safe.len()), (1, 0), "{word}");
        assert_eq!(
            risky,
            [
                "weight for exit: strong in h1, strong in h2",
                "weight for exit: strong in h2"
            ],
            "{word}"
        );
    }
    // The words that begin or leave something out say another list.
    for (word, meant) in [
        (
            "before",
            &["strong in h1", "strong in h1, strong in h2"][..],
        ),
        ("from", &["strong in h2, strong in h3"]),
        ("since", &["strong in h2, strong in h3"]),
        ("after", &["strong in h3"]),
        ("except", &["strong in h1, strong in h3"]),
    ] {
        let weight = format!("weight for exit: strong {word} h2");
        let (errors, safe, risky) = said(&file(3, CHANCE, &weight));
        assert_eq!((errors, safe.len()), (1, 0), "{word}");
        let meant: Vec<String> = meant
            .iter()
            .map(|m| format!("weight for exit: {m}"))
            .collect();
        assert_eq!(risky, meant, "{word}");
    }
    // Nothing comes after the last, and before the first there is nothing but what is up to it.
    let (errors, safe, risky) = said(&file(3, CHANCE, "weight for exit: strong after h3"));
    assert_eq!((errors, safe.len(), risky.len()), (1, 0, 0));
    for word in ["im", "during"] {
        let weight = format!("weight for exit: strong {word} h2");
        let (_, safe, _) = said(&file(3, CHANCE, &weight));
        assert_eq!(safe, ["weight for exit: strong in h2"], "{word}");
    }
    let (_, safe, _) = said(&file(1, CHANCE, "weight for exit: strong by h1"));
    assert_eq!(safe, ["weight for exit: strong in h1"]);
}

#[test]
fn a_name_that_is_near_may_be_another_thing() {
    for factor in [
        "weight for uk: weak",
        "weight for exti: weak",
        "weight for exit: weak in h33",
    ] {
        let (errors, safe, risky) = said(&file(3, CHANCE, factor));
        assert_eq!((errors, safe.len()), (1, 0), "{factor}");
        assert!(!risky.is_empty(), "{factor}");
    }
    // A word of the table is another matter, unless it may be the opposite.
    let (_, safe, _) = said(&file(3, CHANCE, "weight for exit: stronk"));
    assert_eq!(safe, ["weight for exit: strong"]);
    let (_, safe, _) = said(&file(3, "chance: non likely by h1", WEIGHT));
    assert_eq!(safe.len(), 0);
}

/// The end of a horizon that the file has is its `by`; beside others it may be what holds in each.
#[test]
fn an_end_is_a_by_where_nothing_else_is_said() {
    for (clause, safe) in [
        ("chance: 10% by end of h2", Some("chance: 10% by h2")),
        (
            "chance: 10% until the end of the h2",
            Some("chance: 10% by h2"),
        ),
        ("chance: 10% by h2's end", Some("chance: 10% by h2")),
        (
            "chance: 10% by end-h2 # at the latest",
            Some("chance: 10% by h2 # at the latest"),
        ),
        (
            "chance: 10% by end of June 2027",
            Some("chance: 10% by 2027-06"),
        ),
        (
            "chance: 10% by end-Jun 2027",
            Some("chance: 10% by 2027-06"),
        ),
        (
            "chance: 10% by 2027's end",
            Some("chance: 10% by 2027-12-31"),
        ),
        ("chance: 10% by end of h9", None),
        ("chance: 10% in the end of h2", None),
        ("chance: 10% at the end of h2", None),
        ("chance: 20% by end of h1, 10% by end of h2", None),
        ("chance: 10% by h1, 20% by end of h2", None),
    ] {
        let (_, fixes, _) = said(&file(3, clause, WEIGHT));
        assert_eq!(fixes.first().map(String::as_str), safe, "{clause}");
    }
}

#[test]
fn one_mistake_each() {
    for (event, factor, wanted) in [
        ("chance: 35% by end-2027", WEIGHT, "35% by 2027-12-31"),
        ("chance: 35% by end of 2027", WEIGHT, "35% by 2027-12-31"),
        ("chance: 10% by end of h2", WEIGHT, "10% by h2"),
        ("chance: 10% by the end of h2", WEIGHT, "10% by h2"),
        ("chance: 10% bu h2", WEIGHT, "10% by h2"),
        ("chance: 1 in 20 by h1", WEIGHT, "5% by h1"),
        ("chance: one in ten by h1", WEIGHT, "10% by h1"),
        ("chance: one in ten", WEIGHT, "10%"),
        ("chance: one-in-ten by h1", WEIGHT, "10%"),
        ("chance: 1 in 10", WEIGHT, "10%"),
        ("chance: 1/20 by h1", WEIGHT, "5% by h1"),
        ("chance: 1 out of 20 by h1", WEIGHT, "5% by h1"),
        ("chance: 10% per month", WEIGHT, "71.8% per year"),
        (CHANCE, "weight for exit: weak im h1", "weak in h1"),
        (CHANCE, "weight for exit: 1 000:1", "1000"),
        (CHANCE, "weight for exit: 1\u{A0}000:1", "1000"),
        (CHANCE, "weight for exit: 1\u{202F}000:1", "1000"),
        (CHANCE, "weight for exit: 1'000:1", "1000"),
        (CHANCE, "weight for exit: 1,000:1", "1000"),
        (
            CHANCE,
            "weight for exit: weak evidence \"e\" { source: \"s\" }",
            "",
        ),
        (
            CHANCE,
            "weight for exit: weak, evidence \"e\" { source: \"s\" rated: A1 }",
            "",
        ),
        (
            CHANCE,
            "weight for exit: weak, evidence \"e\" { source: \"s\", rated A1 }",
            "",
        ),
        (
            CHANCE,
            "weight for exit: weak, evidence \"e\" { source: \"S&P, rated: B2\" }",
            "\"S&P\", rated: B2",
        ),
        (CHANCE, "weight for exit: weak note: \"n\"", ""),
    ] {
        let text = file(3, event, factor);
        let checked = check(&text);
        let errors: Vec<&Diagnostic> = checked
            .diagnostics
            .iter()
            .filter(|d| d.severity == Severity::Error)
            .collect();
        assert_eq!(errors.len(), 1, "{event} {factor}: {errors:#?}");
        let help = errors[0].help.clone().unwrap_or_default();
        assert!(help.contains(wanted), "{event} {factor}: {help}");
        let mended = fix_text(&text, true, &check);
        let left = mended
            .checked
            .diagnostics
            .iter()
            .filter(|d| d.severity == Severity::Error)
            .count();
        assert!(left <= 1, "{event} {factor}");
    }
    let text = file(3, CHANCE, WEIGHT).replace("0 to 6 months", "0-6 months");
    let found = check(&text).diagnostics;
    assert_eq!(found.len(), 1);
    assert!(
        found[0]
            .help
            .as_ref()
            .is_some_and(|help| help.contains("`0 to 6 months`"))
    );
}

/// Line ends and blanks that editors show and the grammar does not know.
#[test]
fn what_is_seen_is_what_is_read() {
    let text = file(3, CHANCE, WEIGHT);
    let clean = check(&text).diagnostics.len();
    assert_eq!(clean, 0);
    for (from, to) in [
        ("\n", "\r"),
        ("\nfactor f", "\rfactor f"),
        ("months\noutcome", "months # a comment\routcome"),
        ("months\noutcome", "months # a comment\u{2028}outcome"),
        ("months\noutcome", "months # a comment\u{85}outcome"),
        ("months\noutcome", "months\u{C}outcome"),
        ("months\noutcome", "months\u{B}outcome"),
        ("weight for", "weight\u{2009}for"),
        ("weight for", "weight\u{3000}for"),
        ("exit: weak", "ex\u{200B}it: weak"),
        ("exit: weak", "\u{FEFF}exit: weak"),
        ("exit: weak", "\u{202E}exit: weak"),
    ] {
        let text = text.replace(from, to);
        let found = check(&text).diagnostics;
        assert!(!found.is_empty(), "{to:?}");
        assert!(
            found.iter().all(|d| d.rule.name == "syntax"),
            "{to:?}: {found:#?}"
        );
        let mended = fix_text(&text, false, &check);
        assert!(
            mended.checked.diagnostics.is_empty(),
            "{to:?}: {:#?}",
            mended.checked.diagnostics
        );
        assert!(assess::format::format(FileId(0), &text).is_err(), "{to:?}");
    }
}

/// What brings an error is not done, and nothing goes to and fro.
#[test]
fn mending_what_is_mended_changes_nothing() {
    for (event, factor) in [
        ("chance:\n  chance given f: 5% by h1", WEIGHT),
        (
            "chance: by h1\n  chance given f: 5%",
            "weight for exot: weak",
        ),
        ("chance: 5,5% by h1,6% by h2", "weight for exit: 1,5:1"),
    ] {
        let text = file(3, event, factor);
        for risky in [false, true] {
            let once = fix_text(&text, risky, &check);
            let again = fix_text(&once.text, risky, &check);
            assert_eq!(once.text, again.text, "{text}");
            assert!(once.count() < 6, "{} fixes of\n{text}", once.count());
        }
    }
}

/// A row without its value is no row whose key lacks a colon.
#[test]
fn a_value_that_is_missing_is_no_missing_colon() {
    for chance in [
        "chance otherwise",
        "chance given us",
        "chance once f",
        "chance: 5% by h1\n  chance otherwise",
    ] {
        let (errors, safe, _) = said(&file(3, chance, WEIGHT));
        assert!(errors > 0, "{chance}");
        assert_eq!(safe, [""; 0], "{chance}");
    }
}
