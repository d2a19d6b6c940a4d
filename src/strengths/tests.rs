//! The tables of strengths against their sources.

use super::*;

#[test]
fn ratios_are_those_of_the_table() {
    let table = find(DEFAULT).expect("built in");
    let rounded = [
        ("slight", 1.26),
        ("weak", 2.0),
        ("moderate", 3.2),
        ("strong", 10.0),
        ("very strong", 32.0),
        ("decisive", 100.0),
    ];
    assert_eq!(table.words.len(), rounded.len());
    for (word, ratio) in rounded {
        let found = libm::exp(table.word(word).expect("a word").log);
        assert!((found / ratio - 1.0).abs() < 0.015, "{word}: {found}");
    }
}

#[test]
fn every_word_lies_in_its_range_and_words_rise() {
    for table in names().filter_map(find) {
        assert!(
            table.words.is_sorted_by(|a, b| a.log < b.log),
            "{}",
            table.name
        );
        for word in &table.words {
            if let Some((low, high)) = word.range {
                assert!(0.0 <= low && (low + high - 2.0 * word.log).abs() < 1e-12);
            }
        }
    }
}

#[test]
fn words_are_found_in_other_tables() {
    assert_eq!(with_word("Positive", "jeffreys"), ["kass-raftery"]);
    assert_eq!(
        with_word("very  strong", "acmg"),
        ["jeffreys", "kass-raftery"]
    );
    assert!(with_word("mighty", "jeffreys").is_empty());
}

#[test]
fn a_word_of_the_file_takes_the_place_of_its_namesake() {
    let mut table = find(DEFAULT).expect("built in");
    table.set(Strength {
        name: "strong".into(),
        log: 0.1,
        range: None,
    });
    let names: Vec<&str> = table.names().collect();
    assert_eq!(
        names,
        [
            "strong",
            "slight",
            "weak",
            "moderate",
            "very strong",
            "decisive"
        ]
    );
}
