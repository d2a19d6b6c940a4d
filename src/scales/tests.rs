//! The tables of words against their sources, and the way from a number to a word.

use super::*;

fn medians(name: &str, rounded: &[(&str, f64)]) {
    let scale = find(name).expect("a built-in scale");
    for (word, median) in rounded {
        let found = scale.term(word).expect("a word of the scale").median * 100.0;
        assert!((found - median).abs() < 0.05 + EDGE, "{word}: {found}");
    }
    assert_eq!(scale.core().count(), rounded.len());
}

#[test]
fn medians_are_those_of_the_tables() {
    medians(
        "icd203",
        &[
            ("almost no chance", 2.3),
            ("very unlikely", 10.3),
            ("unlikely", 31.1),
            ("roughly even chance", 50.0),
            ("likely", 68.9),
            ("very likely", 89.7),
            ("almost certain", 97.7),
        ],
    );
    medians(
        "phia",
        &[
            ("remote chance", 2.3),
            ("highly unlikely", 14.3),
            ("unlikely", 29.8),
            ("realistic possibility", 44.9),
            ("likely", 65.7),
            ("highly likely", 85.7),
            ("almost certain", 97.7),
        ],
    );
    medians(
        "kent",
        &[
            ("almost certainly not", 7.0),
            ("probably not", 30.0),
            ("chances about even", 50.0),
            ("probable", 75.0),
            ("almost certain", 93.0),
        ],
    );
}

#[test]
fn medians_of_nested_terms_are_those_of_the_input_bands() {
    let ipcc = find("ipcc").expect("built in");
    let median = |w: &str| ipcc.term(w).expect("a word").median;
    assert!((median("exceptionally unlikely") - 0.00317).abs() < 1e-4);
    assert!((median("likely") - middle(0.66, 0.9)).abs() < 1e-15);
    assert!((median("extremely likely") - middle(0.95, 0.999)).abs() < 1e-15);
}

#[test]
fn bands_rise_and_mirror() {
    let scale = find("icd203").expect("built in");
    for (a, b) in scale.terms.iter().zip(scale.terms.iter().skip(1)) {
        assert_eq!(a.band.1, b.band.0);
    }
    for (a, b) in scale.terms.iter().zip(scale.terms.iter().rev()) {
        assert!((a.band.0 + b.band.1 - 1.0).abs() < 1e-12);
        assert!((a.median + b.median - 1.0).abs() < 1e-12);
    }
}

#[test]
fn words_are_found_whatever_their_case_and_blanks() {
    let scale = find("icd203").expect("built in");
    let term = scale.term("Almost   No\n chance").expect("found");
    assert_eq!(term.name, "almost no chance");
    assert_eq!(scale.term("remote").map(|t| &t.name), Some(&term.name));
    assert_eq!(term.row("Remote"), Some(1));
    assert_eq!(scale.term("propable"), None);
    assert_eq!(with_word("realistic possibility", "icd203"), ["phia"]);
}

fn worded(scale: &str, p: f64) -> String {
    let scale = find(scale).expect("built in");
    scale
        .wording(p)
        .with(&format!("{}%", (p * 1000.0).round() / 10.0))
}

#[test]
fn a_shared_end_belongs_to_the_term_nearer_even() {
    assert_eq!(worded("icd203", 0.2), "unlikely (20%)");
    assert_eq!(worded("icd203", 0.8), "likely (80%)");
    assert_eq!(worded("icd203", 0.1 + 0.1 - 1e-15), "unlikely (20%)");
    assert_eq!(worded("icd203", 0.45), "roughly even chance (45%)");
    assert_eq!(worded("icd203", 0.55), "roughly even chance (55%)");
    assert_eq!(worded("icd203", 0.199), "very unlikely (19.9%)");
    assert_eq!(worded("kent", 0.4), "chances about even (40%)");
    assert_eq!(worded("kent", 0.87), "probable (87%)");
}

#[test]
fn gaps_take_the_nearest_word_and_ends_say_so() {
    assert_eq!(worded("phia", 0.08), "highly unlikely (8%)");
    assert_eq!(worded("phia", 0.07), "remote chance (7%)");
    assert_eq!(worded("phia", 0.075), "highly unlikely (7.5%)");
    assert_eq!(worded("phia", 0.39), "realistic possibility (39%)");
    assert_eq!(worded("phia", 0.775), "likely (77.5%)");
    assert_eq!(
        worded("icd203", 0.003),
        "almost no chance (0.3%, below the scale)"
    );
    assert_eq!(
        worded("kent", 0.995),
        "almost certain (99.5%, above the scale)"
    );
    assert_eq!(worded("phia", 1.0), "almost certain (100%)");
}

#[test]
fn nested_terms_take_the_narrowest() {
    assert_eq!(worded("ipcc", 0.005), "exceptionally unlikely (0.5%)");
    assert_eq!(worded("ipcc", 0.01), "exceptionally unlikely (1%)");
    assert_eq!(worded("ipcc", 0.05), "very unlikely (5%)");
    assert_eq!(worded("ipcc", 0.33), "about as likely as not (33%)");
    assert_eq!(worded("ipcc", 0.66), "about as likely as not (66%)");
    assert_eq!(worded("ipcc", 0.7), "likely (70%)");
    assert_eq!(worded("ipcc", 0.97), "very likely (97%)");
}

#[test]
fn the_printed_word_bears_itself_out_and_nothing_else_does() {
    let files = [
        own(
            "gaps",
            [("low", (0.1, 0.2)), ("high", (0.6, 0.7))].map(|(w, b)| (w.to_string(), b)),
        ),
        own(
            "nested with a gap",
            [
                ("odd", (0.1, 0.2)),
                ("very odd", (0.1, 0.15)),
                ("usual", (0.6, 0.7)),
            ]
            .map(|(w, b)| (w.to_string(), b)),
        ),
    ];
    for scale in names().filter_map(find).chain(files) {
        for half in 0..=200 {
            let p = f64::from(half) / 200.0;
            let wording = scale.wording(p);
            let word = wording.word();
            assert!(!word.starts_with("about ") || scale.term(&word).is_some());
            assert_eq!(scale.satisfies(&word, p), Some(true), "{}: {p}", scale.name);
            let borne = scale
                .core()
                .filter(|t| scale.satisfies(&t.name, p) == Some(true));
            let borne: Vec<&Term> = borne.collect();
            match scale.nested {
                false => assert_eq!(borne, [wording.term], "{}: {p}", scale.name),
                true => assert!(borne.contains(&wording.term)),
            }
            if let (false, Some(above)) = (scale.nested, scale.edges(wording.term).1) {
                assert!(p <= above + EDGE, "{}: {p}", scale.name);
                assert_ne!(scale.wording(above + 1e-6).term, wording.term);
            }
        }
    }
}

#[test]
fn expectations_reach_to_the_ends_and_into_half_a_gap() {
    let icd = find("icd203").expect("built in");
    assert_eq!(icd.satisfies("almost no chance", 0.0), Some(true));
    assert_eq!(icd.satisfies("remote", 0.001), Some(true));
    assert_eq!(icd.satisfies("almost certain", 1.0), Some(true));
    assert_eq!(icd.satisfies("very unlikely", 0.2), Some(false));
    assert_eq!(icd.satisfies("unlikely", 0.2), Some(true));
    assert_eq!(icd.satisfies("realistic possibility", 0.45), None);
    let phia = find("phia").expect("built in");
    assert_eq!(phia.satisfies("remote chance", 0.07), Some(true));
    assert_eq!(phia.satisfies("highly unlikely", 0.07), Some(false));
    assert_eq!(phia.satisfies("realistic possibility", 0.39), Some(true));
    assert_eq!(
        find("kent").unwrap().satisfies("probable", 0.61),
        Some(false)
    );
    assert_eq!(
        find("kent").unwrap().satisfies("probable", 0.62),
        Some(true)
    );
    let ipcc = find("ipcc").expect("built in");
    assert_eq!(ipcc.satisfies("likely", 0.97), Some(true));
    assert_eq!(ipcc.satisfies("more likely than not", 0.51), Some(true));
    assert_eq!(ipcc.satisfies("likely", 0.6), Some(false));
}

#[test]
fn an_interval_over_three_terms_is_worded_as_a_range() {
    let scale = find("icd203").expect("built in");
    let (low, high) = scale.span(0.3, 0.7).expect("spans three");
    assert_eq!(
        (low.word(), high.word()),
        ("unlikely".into(), "likely".into())
    );
    assert_eq!(scale.span(0.3, 0.5), None);
}

#[test]
fn a_file_s_own_scale_is_sorted_and_stays_inside() {
    let words = [
        ("sure", (0.9, 1.0)),
        ("never", (0.0, 0.005)),
        ("maybe", (0.3, 0.7)),
    ];
    let scale = own("mine", words.map(|(w, b)| (w.to_string(), b)));
    let names: Vec<&str> = scale.words().collect();
    assert_eq!(names, ["never", "maybe", "sure"]);
    assert!(!scale.nested);
    for term in &scale.terms {
        let (low, high) = term.draws;
        assert!(0.0 < low && low < term.median && term.median < high && high < 1.0);
    }
    assert_eq!(scale.wording(0.8).with("80%"), "maybe (80%)");
    assert!(own("x", [("a".into(), (0.0, 0.5)), ("b".into(), (0.0, 0.9))]).nested);
}
