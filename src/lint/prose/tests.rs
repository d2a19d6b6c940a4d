//! Tests of reading prose: where sentences end, what is quoted, what is a word.

use super::*;
use crate::resolve::assessment::{Piece, Spanned};
use crate::text::source::FileId;

fn passage(raw: &str) -> Passage<'static> {
    let span = Span::new(FileId(0), 0, raw.len());
    let text = Piece::Text(Spanned {
        node: raw.trim_matches('"').to_owned(),
        span,
    });
    let prose = Box::leak(Box::new(Prose {
        span,
        pieces: vec![text],
    }));
    Passage::new(Part::Section, prose, raw)
}

/// Every sentence that is not blank.
fn cut(passage: &Passage) -> Vec<Sentence> {
    let text = &passage.text;
    let letters = text.char_indices().filter(|(_, c)| !c.is_whitespace());
    passage.cut(&mut letters.map(|(at, _)| at))
}

fn sentences(raw: &str) -> Vec<String> {
    let passage = passage(raw);
    let each = cut(&passage);
    each.iter()
        .map(|s| {
            raw[s.range.clone()]
                .trim_matches(['"', ' ', '\n', '\r'])
                .to_owned()
        })
        .collect()
}

fn words(raw: &str) -> Vec<String> {
    let passage = passage(raw);
    let sentences = cut(&passage);
    sentences
        .iter()
        .flat_map(|s| s.words.iter().map(|w| w.low.clone()))
        .collect()
}

#[test]
fn sentences_end_where_readers_think_they_do() {
    for (raw, expected) in [
        ("\"One. Two? Three!\"", &["One.", "Two?", "Three!"][..]),
        (
            "\"The U.S. President met Gen. Ike, i.e. him. Then he left.\"",
            &[
                "The U.S. President met Gen. Ike, i.e. him.",
                "Then he left.",
            ],
        ),
        (
            "\"A rise of 2.5% is likely. So be it.\"",
            &["A rise of 2.5% is likely.", "So be it."],
        ),
        (
            "\"\"\"\n  One line\n  and the next. Two.\n\n  Three\n\"\"\"",
            &["One line\n  and the next.", "Two.", "Three"],
        ),
        (
            "\"\"\"\r\n  One line\r\n  and the next.\r\n\"\"\"",
            &["One line\r\n  and the next."],
        ),
        (
            "\"\"\"\n  - One\n  - Two\n  1. Three\n\"\"\"",
            &["- One", "- Two", "1. Three"],
        ),
        (
            "\"\"\"\n  Those of\n  2018 count.\n\"\"\"",
            &["Those of\n  2018 count."],
        ),
        ("\"\"", &[]),
        ("\"\"\"\"\"\"", &[]),
    ] {
        assert_eq!(sentences(raw), expected, "{raw}");
    }
}

#[test]
fn what_is_quoted_is_no_word_of_the_author() {
    for (raw, expected) in [
        (
            "\"\"\"He says \"it is likely\" now\"\"\"",
            &["he", "says", "now"][..],
        ),
        ("\"He says “it is likely” now\"", &["he", "says", "now"]),
        ("\"He says 'it is likely' now\"", &["he", "says", "now"]),
        (
            "\"The allies' view isn't theirs'\"",
            &["the", "allies", "view", "isn't", "theirs"],
        ),
        ("\"It’s `exit` that counts\"", &["it's", "that", "counts"]),
        (
            "\"An “open quote stays\"",
            &["an", "open", "quote", "stays"],
        ),
        (
            "\"In the '90s, they' say\"",
            &["in", "the", "90s", "they", "say"],
        ),
        ("\"«non», he said\"", &["he", "said"]),
    ] {
        assert_eq!(words(raw), expected, "{raw}");
    }
}

#[test]
fn any_text_is_read_without_a_panic() {
    for raw in [
        "\"",
        "\"\"\"",
        "\"\"\"\"",
        "\"é\u{85}\u{2028}\r\"",
        "\"“”‘’«»``''\"",
        "\"%%5%5.%\"",
        "\"\u{1}\u{2} 1. (\"",
        "\"remote\"",
    ] {
        let passage = passage(raw);
        let lexicon = Lexicon::new(&crate::scales::find("icd203").expect("a scale"));
        for sentence in cut(&passage) {
            super::super::chances(&passage.text, &sentence.range);
            passage.hits(&sentence, &lexicon);
        }
        passage.sentences(&lexicon);
        for at in (0..passage.text.len()).filter(|&i| passage.text.is_char_boundary(i)) {
            super::super::said(&passage.text, at);
            super::super::said_before(&passage.text, at);
        }
    }
}
