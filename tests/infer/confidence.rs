//! Confidence: every input, every cap, and that no seed changes it.

use super::read;
use Confidence::{High, Low, Moderate};
use assess::infer::confidence::{Cap, Grounds, Pivot, Width};
use assess::infer::evaluate;
use assess::infer::explain::explain;
use assess::infer::verdict::{Confidence, Options, Question};
use assess::project::{FileSystem, Project};
use assess::resolve;
use assess::resolve::assessment::Assessment;
use std::fs;
use std::path::Path;

const HEAD: &str = "assessment \"A\" { as of: 2025-03-01 }
horizon h0: 0 to 12 months
outcome x
outcome y
";

/// Three sources that push against each other, so that none turns the leader, on a prior of six cases in twenty.
const SOUND: &str = "factor a { weight for y: 2:1 to 3:1
evidence \"Seen\" { source: \"An aide\", rated: A1 } }
factor b { weight against y: 2:1 to 3:1
evidence \"Heard\" { source: \"A clerk\", rated: A1 } }
factor c { weight against y: 2:1 to 2.5:1
evidence \"Read\" { source: \"A paper\", rated: A1 } }
";

fn file(prior: &str, items: &str) -> Assessment {
    read::assessment(&format!("{HEAD}prior {{ y: {prior}\nx: rest }}\n{items}"))
}

/// The level and what it was computed from; both ways to compute it agree.
fn grounds(a: &Assessment) -> (Confidence, Grounds) {
    let (verdict, why) =
        explain(a, &Question::default(), &Options::default(), None).expect("small");
    let alone = evaluate(a, &Question::default(), &Options::default()).expect("small");
    let level = verdict.horizons[0].confidence;
    assert_eq!(
        alone.horizons[0].confidence, level,
        "as far as is needed, and all of it"
    );
    let options = Options {
        general: true,
        ..Options::default()
    };
    let general = evaluate(a, &Question::default(), &options).expect("small");
    assert_eq!(
        general.horizons[0].confidence, level,
        "by the general engine"
    );
    (level, why.grounds[0][0].clone())
}

fn held(grounds: &Grounds) -> Vec<Cap> {
    let all = [Cap::Sources, Cap::Margin, Cap::Prior, Cap::Pivot];
    all.into_iter()
        .filter(|&c| grounds.holds(c) == Some(true))
        .collect()
}

fn width(grounds: &Grounds) -> f64 {
    match grounds.width {
        Width::Decibans(x) => x,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_sound_is_high() {
    let (level, grounds) = grounds(&file("25% to 35%", SOUND));
    assert_eq!(held(&grounds), [], "{grounds:?}");
    assert_eq!((level, grounds.sources), (High, 3), "{grounds:?}");
}

/// The same evidence is as wide wherever the prior stands: confidence does not follow from likelihood.
#[test]
fn the_width_does_not_depend_on_how_likely_the_leader_is() {
    let item = "factor f { weight for y: 2:1 to 8:1
evidence \"Seen\" { source: \"An aide\", rated: A1 } }";
    let widths = ["10%", "20%", "2%"].map(|prior| width(&grounds(&file(prior, item)).1));
    for w in widths {
        // Half of 6.02 dB to either side of 4:1.
        assert!((w - 3.01).abs() < 0.1, "{widths:?}");
    }
}

#[test]
fn the_width_counts_by_its_wider_side() {
    for (ratio, level) in [
        ("1.9:1 to 2.1:1", High),
        ("1.5:1 to 9:1", Moderate),
        ("1:1 to 90:1", Low),
    ] {
        let (_, grounds) = grounds(&file(
            "30%",
            &format!("factor f {{ weight against y: {ratio} }}"),
        ));
        assert_eq!(grounds.width.level(), level, "{ratio}: {:?}", grounds.width);
    }
}

#[test]
fn what_is_uncited_or_badly_rated_counts_as_before() {
    let rated = |rated: &str| {
        let text = SOUND.replace("A1", rated);
        grounds(&file("25% to 35%", &text)).0
    };
    assert_eq!(rated("A1"), High);
    assert_eq!(rated("C3"), Moderate);
    assert_eq!(rated("E5"), Low);
    assert_eq!(
        grounds(&file("25% to 35%", "factor f { weight against y: 2:1 }")).0,
        Low
    );
    assert_eq!(grounds(&file("30%", "")).0, Low);
}

#[test]
fn sources_that_are_one_count_once() {
    let count = |text: &str| grounds(&file("25% to 35%", text)).1.sources;
    assert_eq!(count(SOUND), 3);
    assert_eq!(count(&SOUND.replace("A clerk", "an AIDE.")), 2);
    let through = SOUND
        .replace("An aide", "An aide, via Reuters")
        .replace("A clerk", "A clerk via Reuters");
    assert_eq!(count(&through), 2);
    assert_eq!(count(&format!("{SOUND}overlap 50%: a, b, c")), 1);
    assert_eq!(count(&format!("{SOUND}overlap 0%: a, b, c")), 3);
    // What never holds, or is not likely to come at all, is no push.
    let hypothetical = SOUND.replace("factor c", "event c");
    assert_eq!(count(&hypothetical), 2);
    let (level, grounds) = grounds(&file("25% to 35%", &through));
    assert_eq!((level, held(&grounds)), (Moderate, vec![Cap::Sources]));
}

#[test]
fn a_narrow_margin_holds_back() {
    let even = SOUND.replace("factor c", "factor c1");
    let (level, grounds) = grounds(&file("67% to 71%", &even));
    assert!(grounds.margin < 0.02, "{grounds:?}");
    assert!(held(&grounds).contains(&Cap::Margin));
    assert!(level < High);
}

#[test]
fn a_plain_prior_holds_back() {
    let (level, grounds) = grounds(&file("30%", SOUND));
    assert_eq!((level, held(&grounds)), (Moderate, vec![Cap::Prior]));
    for prior in ["6 of 20", "25% to 35%", "unlikely"] {
        let (_, grounds) = super::confidence::grounds(&file(prior, SOUND));
        assert!(grounds.prior_is_ranged, "{prior}");
    }
    let rate = HEAD.replace("outcome y", "final outcome y");
    for prior in ["20% per year", "3 times in 10 years"] {
        let a = read::assessment(&format!("{rate}prior {{ y: {prior}\nx: rest }}\n{SOUND}"));
        assert!(super::confidence::grounds(&a).1.prior_is_ranged, "{prior}");
    }
}

#[test]
fn one_source_that_turns_the_leader_holds_back() {
    let strong = "factor d { weight for y: 20:1
evidence \"Told\" { source: \"Curveball\", rated: A1 } }
factor e { weight for y: 1:1
evidence \"Told again\" { source: \"Curveball\" } }
";
    let (level, grounds) = grounds(&file("25% to 35%", &format!("{SOUND}{strong}")));
    assert_eq!(
        grounds.pivots,
        Some(vec![Pivot::Source("Curveball".to_owned(), 0)])
    );
    assert_eq!((level, held(&grounds)), (Moderate, vec![Cap::Pivot]));
    // With a plain prior there are two of the four, and the level needs to know it.
    let (level, _) = super::confidence::grounds(&file("30%", &format!("{SOUND}{strong}")));
    assert_eq!(level, Low);
}

#[test]
fn a_second_source_keeps_what_the_first_says() {
    let both = "factor d { weight for y: 20:1
evidence \"Told\" { source: \"Curveball\", rated: A1 }
evidence \"Seen\" { source: \"A diplomat\", rated: A1 } }
";
    let (_, grounds) = grounds(&file("25% to 35%", &format!("{SOUND}{both}")));
    assert_eq!(grounds.pivots, Some(Vec::new()));
}

#[test]
fn an_open_assumption_that_turns_the_leader_holds_back() {
    let assumption = |held: &str| {
        let text = format!("{SOUND}assumption treaty {{ {held} weight for y if wrong: 40:1 }}");
        let a = file("25% to 35%", &text);
        let found = grounds(&a);
        let id = a.drivers.ids().last().expect("it is there");
        (found.0, found.1.pivots == Some(vec![Pivot::Assumption(id)]))
    };
    assert_eq!(assumption(""), (Moderate, true));
    assert_eq!(assumption("confidence: moderate\n"), (Moderate, true));
    assert_eq!(assumption("confidence: high\n"), (High, false));
}

/// A rumour without a rating may not count for more than what is rated.
#[test]
fn what_is_unrated_holds_back_where_it_moves_more() {
    let blog = |ratio: &str| {
        let text = format!(
            "{SOUND}factor d {{ weight against y: {ratio}\nevidence \"Posted\" {{ source: \"A blog\" }} }}"
        );
        grounds(&file("25% to 35%", &text))
    };
    let (level, found) = blog("2:1");
    assert_eq!((level, found.unrated_level()), (High, High), "{found:?}");
    let (level, found) = blog("40:1");
    assert_eq!(
        (level, found.unrated_level()),
        (Moderate, Moderate),
        "{found:?}"
    );
    assert!(found.unrated > found.rated);
}

/// Ten seeds, one level: of all files that are ours, and of one whose width is at a bound.
#[test]
fn no_seed_changes_confidence() {
    let mut all: Vec<(String, Assessment)> = Vec::new();
    for folder in ["assessments", "examples"] {
        let entries = fs::read_dir(folder).expect("it is there");
        let mut paths: Vec<_> = entries.map(|e| e.expect("an entry").path()).collect();
        paths.sort();
        for path in paths
            .iter()
            .filter(|p| p.extension().is_some_and(|e| e == "assess"))
        {
            all.extend(load(path).map(|a| (path.display().to_string(), a)));
        }
    }
    assert!(all.len() > 15, "{}", all.len());
    // 3 dB to either side of 16:1, near enough that 128 draws cannot tell.
    let ratio = |side: f64| {
        format!(
            "{:.6}:1 to {:.6}:1",
            16.0 / 10f64.powf(side / 10.0),
            16.0 * 10f64.powf(side / 10.0)
        )
    };
    for side in [2.9, 3.0, 3.1, 8.0] {
        let text = SOUND
            .replace("2:1 to 3:1", "2:1")
            .replace("2:1 to 2.5:1", &ratio(side));
        all.push((format!("{side} dB"), file("29% to 31%", &text)));
    }
    for (name, a) in &all {
        let levels = |seed: u64| -> Vec<Confidence> {
            let options = Options {
                seed,
                ..Options::default()
            };
            let v = evaluate(a, &Question::default(), &options).expect("it can be evaluated");
            v.horizons.iter().map(|h| h.confidence).collect()
        };
        let first = levels(1);
        for seed in 2..=10 {
            assert_eq!(levels(seed), first, "{name}, seed {seed}");
        }
    }
}

fn load(path: &Path) -> Option<Assessment> {
    let project = Project::load(&FileSystem, path).expect("it can be read");
    resolve::resolve(&project).assessment
}

/// What is sampled is measured alike.
#[test]
fn sampled_verdicts_have_the_same_caps() {
    use assess::infer::Choice;
    let strong = "factor d { weight for y: 20:1
evidence \"Told\" { source: \"Curveball\", rated: A1 } }
event e { chance: 50% by h0\nweight for y: 1.1:1 }
assumption treaty { weight against y if wrong: 40:1 }
";
    let a = file("30%", &format!("{SOUND}{strong}"));
    let of = |choice| {
        let options = Options {
            choice,
            ..Options::default()
        };
        explain(&a, &Question::default(), &options, None)
            .expect("small")
            .1
            .grounds[0][0]
            .clone()
    };
    let (exact, sampled) = (of(Choice::Exact), of(Choice::Sampled));
    assert_eq!(exact.pivots, sampled.pivots);
    assert_eq!(exact.pivots.as_ref().map(Vec::len), Some(2), "{exact:?}");
    assert_eq!(held(&exact), held(&sampled));
    assert!(
        (width(&exact) - width(&sampled)).abs() < 0.7,
        "{exact:?} {sampled:?}"
    );
}
