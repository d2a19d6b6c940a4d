//! Edits of every kind, told and shared out.

use super::{hold_to_the_sum, moved, told};
use assess::project::{Memory, Project};
use assess::revision::{Attribution, Method, Refusal, Side, attribute};
use std::fs;
use std::path::Path;

fn nato() -> String {
    fs::read_to_string("assessments/nato.assess").expect("the file")
}

/// A text after replacements, each of which must apply once.
fn changed(text: &str, changes: &[(&str, &str)]) -> String {
    let mut text = text.to_owned();
    for (old, new) in changes {
        assert_eq!(text.matches(old).count(), 1, "{old}");
        text = text.replace(old, new);
    }
    text
}

fn compared(old: &str, new: &str) -> Attribution {
    let found = moved(old, new);
    hold_to_the_sum(&found);
    found
}

#[test]
fn one_weight() {
    let new = changed(
        &nato(),
        &[(
            "weight against exit: strong in short, moderate in medium, moderate in long",
            "weight against exit: moderate in short, weak in medium, weak in long",
        )],
    );
    let found = compared(&nato(), &new);
    assert_eq!(found.method, Method::Exact);
    insta::assert_snapshot!("one_weight", told(&found));
}

/// A file without a horizon has weights, too.
#[test]
fn a_weight_without_a_time() {
    let old = "assessment \"?\" { as of: 2025-03-01 }\noutcome a\noutcome b\nfactor x { weight for a: moderate }\n\
               factor y { weight for b: slight }\n";
    let new = changed(old, &[("weight for a: moderate", "weight for a: slight")]);
    let text = told(&compared(old, &new));
    assert!(
        text.contains("weight on `a` from moderate (+5 dB) to slight (+1 dB)"),
        "{text}"
    );
    assert!(!text.contains("another order"), "{text}");
}

#[test]
fn as_of_alone() {
    let new = changed(&nato(), &[("as of: 2025-03-01", "as of: 2025-09-01")]);
    insta::assert_snapshot!("as_of_alone", told(&compared(&nato(), &new)));
}

const SMALL: &str = r#"
assessment "Small" { as of: 2025-03-01 }
horizon near "Near": 0 to 6 months
horizon far "Far": 6 to 24 months
outcome stays "It stays"
final outcome goes "It goes"
prior { goes: 5% by near, 20% by far
  stays: rest }
event storm "A storm" {
  chance: 20% by 2025-12-31, 60% by far
  weight for goes: moderate
  evidence "Clouds" { rated: C3 }
}
event flood "A flood" {
  chance given storm: 40% by near, 70% by far
  chance otherwise: 2% by near, 5% by far
}
factor wall "The wall" { weight against goes: strong, weak in far }
factor drill "Drills" { holds: 80%, weight for stays: 2:1 }
overlap 50%: wall, drill
change breach "The wall breaks" { when: flood, count wall: 20%, weight for goes: 3:1 }
assumption law "The law holds" { confidence: high, weight for goes if wrong: strong }
expect goes by far: at most 60%
"#;

#[test]
fn an_event_goes_with_what_names_it() {
    let new = changed(
        SMALL,
        &[
            (
                "event flood \"A flood\" {\n  chance given storm: 40% by near, 70% by far\n  \
                 chance otherwise: 2% by near, 5% by far\n}\n",
                "",
            ),
            ("when: flood", "when: storm"),
            ("strong, weak in far", "strong"),
            (
                "holds: 80%, weight for stays: 2:1",
                "holds: 80%, weight for stays: 4:1",
            ),
        ],
    );
    insta::assert_snapshot!("event_removed", told(&compared(SMALL, &new)));
}

#[test]
fn time_passes() {
    let new = changed(SMALL, &[("as of: 2025-03-01", "as of: 2025-06-01")]);
    insta::assert_snapshot!("time_passes", told(&compared(SMALL, &new)));
}

#[test]
fn every_kind_of_edit_is_told() {
    let new = changed(
        SMALL,
        &[
            (
                "\"Small\" { as of: 2025-03-01 }",
                "\"Small indeed\" { as of: 2025-04-01, scale: phia }",
            ),
            ("0 to 6 months", "0 to 9 months"),
            ("6 to 24 months", "9 to 24 months"),
            ("goes: 5% by near", "goes: 8% by near"),
            ("60% by far", "likely by far"),
            ("rated: C3", "rated: B2"),
            ("given storm: 40% by near", "given storm: 50% by near"),
            (
                "against goes: strong, weak in far",
                "for goes: strong, weak in far",
            ),
            ("overlap 50%", "overlap 30%"),
            ("count wall: 20%", "count wall: 40%"),
            ("if wrong: strong", "if wrong: 2:1 to 9:1"),
            ("at most 60%", "at most 90%"),
            ("holds: 80%", "holds: 80%, 60% in far"),
        ],
    );
    let found = compared(SMALL, &new);
    insta::assert_snapshot!("every_kind", told(&found));
    assert_eq!(found, compared(SMALL, &new));
}

#[test]
fn more_than_twelve_edits_are_sampled() {
    let drivers = |ratio: usize| -> String {
        let one = |i: usize| {
            let ratio = ratio + i % 3;
            format!("factor f{i} {{ weight for goes: {ratio}:1 }}\n")
        };
        (0..14).map(one).collect()
    };
    let old = format!("{SMALL}{}", drivers(2));
    let new = format!("{SMALL}{}", drivers(3));
    let found = compared(&old, &new);
    let Method::Orders(orders, error) = found.method else {
        panic!("{found:#?}")
    };
    assert!(
        orders >= 8 && error > 0.0 && error < 0.01,
        "{orders} {error}"
    );
    assert_eq!(found.edits.len(), 14);
    assert_eq!(found, compared(&old, &new));
}

#[test]
fn a_horizon_and_an_outcome_come_and_go() {
    let new = changed(
        SMALL,
        &[
            (
                "horizon far \"Far\": 6 to 24 months",
                "horizon mid: 6 to 12 months\nhorizon far \"Far\": 12 to 24 months",
            ),
            ("final outcome goes", "outcome bends\nfinal outcome goes"),
            ("  stays: rest", "  stays: rest\n  bends: 10%"),
            (
                "weight for stays: 2:1",
                "weight for stays: 2:1, weight against bends: 2:1",
            ),
        ],
    );
    insta::assert_snapshot!("come", told(&compared(SMALL, &new)));
    insta::assert_snapshot!("gone", told(&compared(&new, SMALL)));
}

#[test]
fn a_renamed_thing_is_one_edit_that_moves_nothing() {
    let names = [
        ("storm", "tempest"),
        ("goes", "leaves"),
        ("near", "soon"),
        ("wall", "dike"),
    ];
    // Every other piece stands in quotes: titles stay.
    let pieces = SMALL.split('"').enumerate().map(|(i, piece)| {
        let mut piece = piece.to_owned();
        for (old, new) in names.iter().filter(|_| i % 2 == 0) {
            piece = piece.replace(old, new);
        }
        piece
    });
    let new = pieces.collect::<Vec<_>>().join("\"");
    let found = compared(SMALL, &new);
    assert!(!found.has_moved());
    insta::assert_snapshot!("renamed", told(&found));
    let found = compared(SMALL, &new.replace("2:1", "5:1"));
    insta::assert_snapshot!("renamed_and_weighed", told(&found));
}

#[test]
fn own_words_count() {
    let scale = "scale house { rare: 1% to 5%, common: 50% to 70% }\n";
    let old = changed(
        SMALL,
        &[
            ("2025-03-01 }", "2025-03-01, scale: house }"),
            ("60% by far", "common by far"),
        ],
    ) + scale;
    let new = changed(&old, &[("50% to 70%", "60% to 90%")]);
    insta::assert_snapshot!("own_words", told(&compared(&old, &new)));
    // The table, its choice and its word only make sense together.
    insta::assert_snapshot!("own_words_gone", told(&compared(&old, SMALL)));
}

/// What moved between two sets of files, the first of which is `main.assess`.
fn of_files(old: &[(&str, &str)], new: &[(&str, &str)]) -> Attribution {
    let project = |files: &[(&str, &str)]| {
        let memory = Memory::new(files.iter().copied());
        Project::load(&memory, Path::new("main.assess")).expect("it is there")
    };
    let found = attribute(&project(old), &project(new)).unwrap_or_else(|r| panic!("{r:?}"));
    hold_to_the_sum(&found);
    found
}

#[test]
fn used_files_count() {
    let main = changed(
        SMALL,
        &[(
            "event storm \"A storm\" {\n  chance: 20% by 2025-12-31, 60% by far\n  weight for goes: moderate\n  \
             evidence \"Clouds\" { rated: C3 }\n}\n",
            "use \"shared/sky.assess\": storm\n",
        )],
    );
    let sky = "horizon far: 6 to 24 months\nevent storm { chance: 30% by far }\nevent hail { chance: 3% by far }\n";
    let later = sky.replace("30%", "70%").replace("3%", "4%");
    let found = of_files(
        &[("main.assess", &main), ("shared/sky.assess", sky)],
        &[("main.assess", &main), ("shared/sky.assess", &later)],
    );
    insta::assert_snapshot!("used", told(&found));
    // From the file itself to a file that it uses.
    let found = of_files(
        &[("main.assess", SMALL)],
        &[("main.assess", &main), ("shared/sky.assess", sky)],
    );
    insta::assert_snapshot!("moved_out", told(&found));
    // Another name for the used file.
    let other = main.replace("shared/sky.assess", "shared/weather.assess");
    let found = of_files(
        &[("main.assess", &main), ("shared/sky.assess", sky)],
        &[("main.assess", &other), ("shared/weather.assess", sky)],
    );
    assert!(!found.has_moved());
    insta::assert_snapshot!("used_file_renamed", told(&found));
}

#[test]
fn a_broken_revision_says_so() {
    let project = |text: &str| Project::from_text("test.assess", text);
    let broken = project(&SMALL.replace("goes: 5%", "goes: 500%"));
    match attribute(&broken, &project(SMALL)) {
        Err(Refusal::Broken(Side::Old, found)) => assert_eq!(found.len(), 1),
        other => panic!("{other:?}"),
    }
    match attribute(&project(SMALL), &broken) {
        Err(Refusal::Broken(Side::New, found)) => assert!(!found.is_empty()),
        other => panic!("{other:?}"),
    }
    match attribute(
        &project("event a { chance: 3% by b }\nhorizon b: 6 months"),
        &broken,
    ) {
        Err(Refusal::Shared(Side::Old)) => {}
        other => panic!("{other:?}"),
    }
}

#[test]
fn order_counts_where_equal_pushes_overlap() {
    let old = format!(
        "{SMALL}factor a {{ weight for stays: 3:1 }}\nfactor b {{ weight for stays: 3:1 }}\n\
         factor c {{ weight for stays: 3:1 }}\noverlap 90%: a, b\noverlap 40%: b, c\n"
    );
    let last = "factor c { weight for stays: 3:1 }\n";
    let b = "factor b { weight for stays: 3:1 }\n";
    let new = old.replace(b, "").replace(last, &format!("{last}{b}"));
    insta::assert_snapshot!("order", told(&compared(&old, &new)));
}

#[test]
fn any_two_files_are_compared() {
    let read = |n: usize| {
        let path = format!("tests/reference/random-{n}.assess");
        fs::read_to_string(path).expect("the file")
    };
    let found = compared(&read(10), &read(11));
    assert!(found.edits.len() > 1, "{}", told(&found));
}
