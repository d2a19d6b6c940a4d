//! `assess advance`: what is left is what conditioning says.

use crate::infer::read::{assessment, verdict};
use assess::advance::{advance, edited};
use assess::project::Project;
use assess::resolve::assessment::Assessment;
use assess::resolve::resolve;
use assess::text::source::FileId;
use jiff::civil::{Date, date};
use proptest::prelude::*;

/// Cumulative chances at the three horizons.
type Curve = [f64; 3];

fn curve() -> impl Strategy<Value = Curve> {
    proptest::array::uniform3(1u32..28).prop_map(|[a, b, c]| {
        let share = |n: u32| f64::from(n) / 100.0;
        [share(a), share(a + b), share(a + b + c)]
    })
}

/// The same for two that exclude each other.
fn half(curve: Curve) -> Curve {
    curve.map(|c| (c * 50.0).round() / 100.0)
}

fn values(curve: Curve, skip: bool) -> String {
    let stated = |c: f64, h: &str| format!("{}% by {h}", (c * 100.0).round());
    let mut all = vec![
        stated(curve[0], "h1"),
        stated(curve[1], "h2"),
        stated(curve[2], "h3"),
    ];
    if skip {
        // What is not stated lies on the way.
        all.remove(1);
    }
    all.join(", ")
}

fn text(
    plain: Curve,
    with: Curve,
    without: Curve,
    x: Curve,
    y: Curve,
    exit: Curve,
    skip: bool,
) -> String {
    format!(
        "assessment \"?\" {{ as of: 2025-01-01 }}\n\
         horizon h1: 0 to 6 months\nhorizon h2: 6 to 12 months\nhorizon h3: 12 to 30 months\n\
         outcome stay\noutcome fade\nfinal outcome exit\n\
         prior {{\n  exit: {}\n  fade: 20% in h1, 15% in h2, 10% in h3\n  stay: rest\n}}\n\
         event a {{ chance: {} }}\n\
         event b {{\n  chance given a: {}\n  chance otherwise: {}\n}}\n\
         event x {{ chance: {} }}\nevent y {{ chance: {} }}\nexclusive: x, y\n",
        values(exit, skip),
        values(plain, skip),
        values(with, false),
        values(without, false),
        values(half(x), false),
        values(half(y), false),
    )
}

fn advanced(text: &str, to: Date, digits: usize) -> (String, Assessment) {
    let project = Project::from_text("test.assess", text);
    let before = resolve(&project).assessment.expect("no mistake");
    let found = advance(&project, &before, to, digits).expect("a later day");
    let after = edited(&project.sources.source(FileId(0)).text, &found.edits);
    let assessment = assessment(&after);
    (after, assessment)
}

/// The chance of an event at each horizon that is left.
fn chances(a: &Assessment, name: &str) -> Vec<f64> {
    let verdict = verdict(a);
    let id = a.drivers.id(name).expect("an event");
    let event = verdict.events.iter().find(|e| e.event == id).expect("it");
    event.horizons.iter().map(|h| h.chance.value).collect()
}

fn outcome(a: &Assessment, name: &str) -> Vec<f64> {
    let id = a.outcomes.id(name).expect("an outcome");
    let place = a.outcomes.ids().position(|o| o == id).expect("it");
    let verdict = verdict(a);
    verdict
        .horizons
        .iter()
        .map(|h| h.outcomes[place].probability.value)
        .collect()
}

fn step(from: f64, to: f64) -> f64 {
    ((to - from) / (1.0 - from)).max(0.0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn nothing_has_happened_by_the_end_of_the_first_horizon(
        plain in curve(), with in curve(), without in curve(),
        x in curve(), y in curve(), exit in curve(),
    ) {
        // A row below what has passed by the other has nothing left, and no hazard of its own.
        let with = with.map(|c| ((without[0] + (1.0 - without[0]) * c) * 100.0).round() / 100.0);
        let text = text(plain, with, without, x, y, exit, false);
        let (after, a) = advanced(&text, date(2025, 7, 1), 15);
        prop_assert_eq!(a.past.len(), 1, "{}", after);
        let near = |found: f64, by_hand: f64, what: &str| {
            prop_assert!((found - by_hand).abs() < 1e-9, "{}: {} is not {}\n{}", what, found, by_hand, after);
            Ok(())
        };
        let of_a = chances(&a, "a");
        for h in 1..3 {
            near(of_a[h - 1], step(plain[0], plain[h]), "a")?;
        }
        // b over the histories of a, from none of them at the first horizon's end.
        let (mut mass, mut b) = ([1.0, 0.0], 0.0);
        let of_b = chances(&a, "b");
        for h in 1..3 {
            let comes = step(plain[h - 1], plain[h]);
            let rows = [without, with];
            let mut next = [0.0, 0.0];
            for (was, share) in mass.iter().enumerate() {
                for (is, chance) in [(0, 1.0 - comes), (1, comes)] {
                    let chance = match (was, is) {
                        (1, 0) => 0.0,
                        (1, 1) => 1.0,
                        _ => chance,
                    };
                    let n = step(rows[was][h - 1], rows[is][h]);
                    b += share * chance * n;
                    next[is] += share * chance * (1.0 - n);
                }
            }
            mass = next;
            near(of_b[h - 1], b, "b")?;
        }
        let (x, y) = (half(x), half(y));
        let of_x = chances(&a, "x");
        for h in 1..3 {
            near(of_x[h - 1], (x[h] - x[0]) / (1.0 - x[0] - y[0]), "x")?;
        }
        let of_exit = outcome(&a, "exit");
        for h in 1..3 {
            near(of_exit[h - 1], step(exit[0], exit[h]), "exit")?;
        }
    }

    #[test]
    fn a_day_within_a_horizon_lies_on_the_way(plain in curve(), exit in curve()) {
        let text = text(plain, plain, plain, plain, plain, exit, true);
        let before = assessment(&text);
        let (after, a) = advanced(&text, date(2025, 9, 1), 15);
        // c(now) by constant hazard between the end of h1 and that of h3.
        let (h1, h3) = (before.horizons.values().next().expect("h1").days, before.horizons.values().last().expect("h3").days);
        let now = f64::from(date(2025, 1, 1).until(date(2025, 9, 1)).expect("days").get_days());
        let share = (now - h1) / (h3 - h1);
        let c = 1.0 - (1.0 - plain[0]) * ((1.0 - plain[2]) / (1.0 - plain[0])).powf(share);
        let found = *chances(&a, "a").last().expect("h3");
        prop_assert!((found - step(c, plain[2])).abs() < 1e-9, "{}", after);
    }
}

#[test]
fn nothing_is_left_of_a_curve_that_stays_level() {
    let level = [0.19, 0.2, 0.21];
    let text = text(level, level, level, level, level, level, true);
    assert!(
        text.contains("event x { chance: 10% by h1, 10% by h2,"),
        "{text}"
    );
    for digits in [4, 15] {
        let (after, _) = advanced(&text, date(2025, 9, 1), digits);
        assert!(
            after.contains("event x { chance: 10% by h1, 0% by h2,"),
            "{after}"
        );
    }
}

const DATED: &str = "# A note.
assessment \"?\" {
  as of: 2025-01-01
}
horizon short: 0 to 6 months
horizon long: 6+ months
outcome stay
final outcome exit
prior {
  exit: 10% by short, 28% by long
  stay: rest
}
event talk {
  chance: 20% by now, 36% by short, 52% by long
  evidence \"Seen\" { rated: B2 }
}
event deal {
  chance given talk: 2% per year
  chance otherwise: 1% per year
}
event storm { chance: 3 times in 20 years }
resolved: talk on 2025-05-03
";

#[test]
fn a_file_as_of_a_later_day() {
    let (after, a) = advanced(DATED, date(2025, 7, 1), 4);
    insta::assert_snapshot!("advanced", after);
    assert_eq!(a.as_of, date(2025, 7, 1));
    let storm = chances(&assessment(DATED), "storm");
    assert!(
        after.contains("event storm { chance: 3 times in 20 years }"),
        "{}",
        storm[0]
    );
    assert!((outcome(&a, "exit")[0] - 0.2).abs() < 1e-12);
    assert!((chances(&a, "talk")[0] - 1.0).abs() < 1e-12);
}

#[test]
fn what_cannot_be_is_said() {
    let project = Project::from_text("test.assess", DATED);
    let before = resolve(&project).assessment.expect("no mistake");
    let refuse = |to: Date| {
        advance(&project, &before, to, 4)
            .expect_err("too early or late")
            .message
            .clone()
    };
    assert!(refuse(date(2025, 1, 1)).contains("not after `as of`"));
    assert!(refuse(date(2040, 1, 1)).contains("every horizon is over"));
}

#[test]
fn a_row_below_what_has_passed_is_said() {
    let text = |given: &str| {
        format!(
            "assessment \"?\" {{ as of: 2025-01-01 }}\nhorizon h1: 2025-01-01 to 2025-07-01\n\
             horizon h2: 2025-07-02 to 2026-01-01\nevent a {{ chance: 20% by h1, 30% by h2 }}\n\
             event b {{\n  chance given a: {given}\n  chance otherwise: 3% by h1\n}}\n"
        )
    };
    let notes = |given: &str| {
        let text = text(given);
        let project = Project::from_text("test.assess", text.as_str());
        let before = resolve(&project).assessment.expect("no mistake");
        advance(&project, &before, date(2025, 7, 1), 4)
            .expect("a later day")
            .notes
    };
    assert_eq!(
        notes("1% by h1, 2% by h2"),
        [
            "`b` given a: the chance by h2 lies below the 3% that has passed by 2025-07-01 in the row in \
             force, so that nothing is left: 0% is written; see whether it still fits"
        ]
    );
    assert_eq!(notes("1% by h1, 3% by h2"), [""; 0]);
    assert_eq!(notes("3% by h1, 20% by h2"), [""; 0]);
}

/// What an event, row or final outcome of the test below is said to be, at `far`.
const CLAUSES: [&str; 16] = [
    "2 times in 10 years",
    "1% per year",
    "1% to 3% per year",
    "2% (1% to 5%) per year",
    "3 of 10 by far",
    "0 of 40 by far",
    "certain",
    "impossible",
    "certain by far",
    "20% by far",
    "20% to 40% by far",
    "17% to 25% at 70% by far",
    "20% (10% to 40%) by far",
    "likely by far",
    "unlikely to likely by far",
    "5% by near, 20% (10% to 40%) by far",
];

/// Each clause stands where a chance may: plain, in rows, in priors with and without rows, in a question,
/// in views.
fn everywhere(clause: &str) -> String {
    let may_be_final = !clause.contains("certain") && !clause.contains("impossible");
    let prior = if may_be_final { clause } else { "20% by far" };
    format!(
        "assessment \"?\" {{ as of: 2025-01-01 }}\n\
         horizon near: 2025-01-01 to 2026-12-31\nhorizon far: 2027-01-01 to 2030-12-31\n\
         outcome stay\nfinal outcome exit\n\
         prior {{ exit: {prior}, stay: rest }}\n\
         event e {{ chance: {clause} }}\n\
         event g {{ chance: 30% by far }}\n\
         event r {{ chance given g: {clause}, chance otherwise: 10% by far }}\n\
         event o {{ chance given g: 90% to 95% by far, chance otherwise: {clause} }}\n\
         question q \"Q\" {{ outcome a, final outcome b, prior {{ b: {prior}, a: rest }} }}\n\
         question w \"W\" {{ outcome c, final outcome d, prior given g {{ d: {prior}, c: rest }}, \
         prior otherwise {{ d: 7% by far, c: rest }} }}\n\
         view v \"V\" {{ e: {clause}, event g {{ chance: {clause} }}, prior {{ exit: {prior}, stay: rest }} }}\n"
    )
}

/// Every chance at `far`, of the file and of its view.
fn all_chances(a: &Assessment) -> Vec<(String, f64)> {
    let mut all = Vec::new();
    let voices = std::iter::once(a).chain(a.views.values().map(|v| &*v.assessment));
    for (n, voice) in voices.enumerate() {
        for name in ["e", "g", "r", "o"] {
            let last = *chances(voice, name).last().expect("far");
            all.push((format!("{name} of {n}"), last));
        }
        for name in ["exit", "b", "d"] {
            let last = *outcome(voice, name).last().expect("far");
            all.push((format!("{name} of {n}"), last));
        }
    }
    all
}

#[test]
fn a_day_moves_a_verdict_by_a_day() {
    for clause in CLAUSES {
        let before = everywhere(clause);
        for digits in [4, 15] {
            // A file that does not check would panic here.
            let (after, moved) = advanced(&before, date(2025, 1, 2), digits);
            let was = all_chances(&assessment(&before));
            for ((name, was), (_, is)) in was.iter().zip(all_chances(&moved)) {
                // Of six years' hazard, a day has less than half a point.
                assert!(
                    (was - is).abs() < 0.005,
                    "{name}: {was} to {is} with {clause}\n{after}"
                );
                if was.fract() == 0.0 {
                    assert_eq!(*was, is, "{name} with {clause}\n{after}");
                }
            }
        }
    }
}

#[test]
fn what_has_a_middle_of_its_own_keeps_it() {
    let after = |clause: &str| advanced(&everywhere(clause), date(2025, 7, 1), 4).0;
    let middle = after("20% (10% to 40%) by far");
    assert!(
        middle.contains("event e { chance: 18.51% (9.213% to 37.41%) by far }"),
        "{middle}"
    );
    assert!(
        middle.contains("prior { exit: 18.51% (9.213% to 37.41%) by far, stay: rest }"),
        "{middle}"
    );
    assert!(middle.contains("view v \"V\" { e: 18.51% ("), "{middle}");
    let counted = after("2 times in 10 years");
    for kept in [
        "event e { chance: 2 times in 10 years }",
        "prior { exit: 2 times in 10 years,",
        "{ b: 2 times in 10 years,",
    ] {
        assert!(counted.contains(kept), "{kept}: {counted}");
    }
    let certain = after("certain");
    assert!(certain.contains("event e { chance: certain }"), "{certain}");
    assert!(certain.contains("chance given g: certain,"), "{certain}");
    assert!(certain.contains("chance otherwise: certain }"), "{certain}");
    let never = after("impossible");
    assert!(never.contains("chance otherwise: impossible }"), "{never}");
    assert!(never.contains("e: impossible,"), "{never}");
}

#[test]
fn a_chance_for_the_only_horizon_is_stated_once() {
    let text = "assessment \"?\" { as of: 2025-01-01 }\nhorizon y: 2025-01-01 to 2025-12-31\n\
                event e { chance: 30% by y }\nevent c { chance given e: 60%, chance otherwise: 10% by 2025-12-31 }\n";
    let (after, _) = advanced(text, date(2025, 1, 2), 4);
    assert!(
        after.contains("chance given e: 59.99%, chance otherwise: 9.974% by 2025-12-31"),
        "{after}"
    );
}

#[test]
fn what_was_certain_by_then_is_said() {
    let text = "assessment \"?\" { as of: 2025-01-01 }\nhorizon y: 2025-01-01 to 2025-12-31\n\
                event c { chance: 100% by 2025-03-01 }\n";
    let project = Project::from_text("test.assess", text);
    let before = resolve(&project).assessment.expect("no mistake");
    let found = advance(&project, &before, date(2025, 4, 1), 4).expect("a later day");
    let after = edited(text, &found.edits);
    assert!(after.contains("event c { chance: 100% by now }"), "{after}");
    assert_eq!(
        found.notes,
        [
            "`c` was certain to come by 2025-04-01 and is not `resolved`: it is written as having happened"
        ]
    );
}

#[test]
fn what_would_have_mistakes_is_not_written() {
    // Past the first horizon the curves of the chain would cross.
    let text = "assessment \"?\" {\n  as of: 2025-01-01\n}\n\nhorizon h1: 2025-01-01 to 2025-06-30\nhorizon h2: 2025-07-01 to 2025-12-31\n\n\
                event a { chance: 1% by h1, 30% by h2 }\nevent b { chance: 20% by h1, 31% by h2 }\nimplies: a, b\n";
    let folder = crate::cli::folder(&[("a.assess", text)]);
    let path = crate::cli::at(&folder, "a.assess");
    let run = crate::cli::assess(&["advance", &path, "--to", "2025-06-30", "--write"]);
    assert!(run.err.contains("nothing is written"), "{}", run.err);
    assert_eq!(std::fs::read_to_string(&path).expect("it is there"), text);
}

#[test]
fn what_pushed_only_in_time_that_is_over_stays() {
    let before = "assessment \"?\" { as of: 2025-01-01 }\nhorizon a: until 2025-02-28\nhorizon b: until 2025-12-31\n\
         outcome stay\noutcome go\nprior { go: 20%, stay: rest }\nfactor early { weight for go: weak in a }\n\
         expect go in b: below stay in a\nexpect stay in a: above go in a\nexpect go in any of (a, b): at most 90%\n";
    let (after, moved) = advanced(before, date(2025, 3, 31), 4);
    assert!(after.contains("weak in a"), "{after}");
    assert!((outcome(&moved, "go")[0] - 0.2).abs() < 1e-12);
}

#[test]
fn what_is_written_is_not_taken_for_a_judgement() {
    for (name, days) in [
        ("assessments/nato.assess", ["2025-04-10", "2025-08-01"]),
        (
            "assessments/bundestag-2025.assess",
            ["2025-04-01", "2025-05-01"],
        ),
        ("examples/exclusive.assess", ["2025-02-10", "2025-03-01"]),
    ] {
        let text = std::fs::read_to_string(format!("{}/{name}", env!("CARGO_MANIFEST_DIR")))
            .expect("it is there");
        let folder = crate::cli::folder(&[("a.assess", &text)]);
        let path = crate::cli::at(&folder, "a.assess");
        let findings =
            || crate::cli::assess(&["check", "--no-cache", "--format", "concise", &path]).out;
        let of_rule = |text: &str, rule: &str| text.matches(&format!("[{rule}]")).count();
        let rules = ["false-precision", "certainty", "unused-allow"];
        let before = findings();
        for day in days {
            let run = crate::cli::assess(&["advance", &path, "--to", day, "--write"]);
            assert_eq!(
                run.status,
                assess::cli::Status::Done,
                "{name} {day}: {}",
                run.err
            );
            let after = findings();
            for rule in rules {
                assert_eq!(
                    of_rule(&after, rule),
                    of_rule(&before, rule),
                    "{name} {day}: {after}"
                );
            }
            let laid_out = crate::cli::assess(&["fmt", "--check", &path]);
            assert_eq!(
                laid_out.status,
                assess::cli::Status::Done,
                "{name} {day}: {}",
                laid_out.out
            );
        }
    }
}
