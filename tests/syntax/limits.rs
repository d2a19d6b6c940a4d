//! Too deep, too long, too many: an ordinary answer. What takes quadratic time never ends here.

use super::{findings, messages};
use assess::limits;

/// The rules of a text's findings.
fn rules(text: &str) -> Vec<&'static str> {
    findings(text).iter().map(|d| d.rule.name).collect()
}

#[test]
fn depth() {
    let nested = |n: usize| format!("change c {{ when: {}a{} }}", "(".repeat(n), ")".repeat(n));
    assert_eq!(rules(&nested(limits::DEPTH - 1)), [""; 0]);
    assert_eq!(rules(&nested(limits::DEPTH)), ["limit"]);
    assert_eq!(rules(&nested(20_000)), ["limit"]);
    assert_eq!(rules(&"{".repeat(100_000)), ["limit"]);
    let prose = format!("section \"S\": \"{{{}a by h}}\"", "(".repeat(20_000));
    assert_eq!(rules(&prose), ["limit"]);
    // Parentheses in prose are no depth.
    assert_eq!(
        rules(&format!("section \"S\": \"{}\"", "(".repeat(20_000))),
        [""; 0]
    );
}

#[test]
fn many_signs_without_depth() {
    let nots = format!("change c {{ when: {}a }}", "not ".repeat(100_000));
    assert_eq!(rules(&nots), [""; 0]);
    let ors = format!("change c {{ when: a{} }}", " or a".repeat(100_000));
    assert_eq!(rules(&ors), [""; 0]);
    let list = format!(
        "event e {{ chance: 1% by a{} }}",
        ", 1% by b".repeat(100_000)
    );
    assert_eq!(rules(&list), [""; 0]);
}

#[test]
fn numbers_of_things() {
    let outcomes: String = (0..10_000).map(|i| format!("outcome o{i}\n")).collect();
    assert_eq!(messages(&outcomes), ["limit: more than 1,000 outcomes"]);
    let horizons: String = (0..101)
        .map(|i| format!("horizon h{i}: {i} days\n"))
        .collect();
    assert_eq!(messages(&horizons), ["limit: more than 100 horizons"]);
    let events: String = (0..=limits::DRIVERS)
        .map(|i| format!("event e{i}\n"))
        .collect();
    assert_eq!(rules(&events), ["limit"]);
    let mistakes = "event e { chance: 5 }\n".repeat(2_000);
    let found = rules(&mistakes);
    assert_eq!(found.len(), limits::MISTAKES + 1);
    assert_eq!(found.last(), Some(&"limit"));
}

#[test]
fn lengths() {
    let name = "n".repeat(limits::NAME_BYTES + 1);
    assert_eq!(
        messages(&format!("outcome {name}")),
        ["limit: a name of 101 bytes is too long"]
    );
    let title = "t".repeat(limits::TITLE_BYTES + 1);
    assert_eq!(rules(&format!("outcome x \"{title}\"")), ["limit"]);
    let file = " ".repeat(limits::FILE_BYTES + 1);
    assert_eq!(rules(&file), ["limit"]);
}

/// Long words and numbers where short ones are expected.
#[test]
fn long_words() {
    for n in [20, 200, 5_000] {
        let (word, digits) = ("a".repeat(n), "9".repeat(n));
        for value in [
            format!("5 {word}"),
            format!("5 to 6 {word}"),
            format!("5% per {word}"),
            format!("2 times in 3 {word}"),
            digits.clone(),
            format!("{digits}%"),
            format!("{digits}:1"),
            format!("1e{digits}%"),
            format!("1e-{digits}%"),
            format!("0.{digits}%"),
            format!("{digits} of {digits}"),
            format!("1 in {digits}"),
            format!("{digits} {digits}"),
            format!("5% by {digits}-12-31"),
            format!("5%\0by\u{2028}{word}"),
        ] {
            for text in [
                format!("horizon h: {value}\n"),
                format!("event e {{ chance: {value}, {value}\n}}\n"),
                format!("factor f {{ weight for a: {value}, {value}\n}}\n"),
                format!("overlap {value}: a, b\n"),
                format!("assessment \"A\" {{ as of: {value}\n}}\n"),
            ] {
                let found = findings(&text);
                assert!(
                    found.iter().all(|d| d.rule.name != "internal-error"),
                    "{text}"
                );
            }
        }
    }
}

/// A line of 64 KiB, whatever it is made of.
#[test]
fn long_lines() {
    let long = 1 << 16;
    for (piece, before, after) in [
        ("x", "", ""),
        ("x ", "", ""),
        ("x, ", "exclusive: a, ", ""),
        ("1% ", "event e { chance: ", "}"),
        ("1%-", "event e { chance: ", "}"),
        ("likely ", "event e { chance: ", "}"),
        ("a: ", "event e { ", "}"),
        ("weigth ", "event e { ", "}"),
        (":", "expect ", ""),
        ("a ", "expect ", ""),
        ("\"", "", ""),
        ("{ a }", "section \"S\": \"", "\""),
        ("{", "section \"S\": \"", "\""),
        ("}", "event e { ", ""),
        ("a and ", "change c { when: ", "}"),
        ("a & ", "change c { when: ", "}"),
        (",", "event e { ", "}"),
        ("=", "event e { ", "}"),
        ("“", "event e ", ""),
        ("'", "event e ", ""),
        ("1,", "event e { chance: ", "}"),
        ("\u{0}", "", ""),
        ("é", "event ", ""),
    ] {
        let text = format!("{before}{}{after}", piece.repeat(long / piece.len()));
        rules(&text);
    }
}

/// 64 KiB of short lines, each of which is broken.
#[test]
fn many_broken_lines() {
    for line in [
        "event e {\n",
        "}\n",
        "\"\"\"\n",
        "event e \"\n",
        "change c { when: (a or\n",
        "  chance: 5,\n",
        "x: 1%,\n",
        "section \"S\": \"\"\"\nevent e \"x\" {\n",
        "a and\n",
        "prior { x: 5% by\n",
        "“\n",
        "horizn a: 5\n",
        "evidence \"x\" {\n",
        "  event e \"x\" { when: a && ((b }\n",
    ] {
        let text = line.repeat((1 << 16) / line.len());
        rules(&text);
    }
}
