//! Mutants: files with tokens, lines and values taken out, doubled, moved, exchanged or put in.

use std::fs;
use std::path::{Path, PathBuf};

/// Words, signs and values of the language, right ones and wrong ones.
const PIECES: [&str; 96] = [
    "{",
    "}",
    "{ { {",
    "(",
    ")",
    "((((",
    "[",
    "\"",
    "\"\"\"",
    ",",
    ",,",
    ":",
    ";",
    "=",
    "#",
    "//",
    "\n",
    "\r",
    "\u{A0}",
    "\u{202F}",
    "\u{200B}",
    "\u{2028}",
    "\u{FEFF}",
    "\0",
    "“",
    "’",
    "é",
    "日",
    "-",
    "–",
    "%",
    " ",
    "by",
    "in",
    "to",
    "of",
    "on",
    "and",
    "or",
    "not",
    "given",
    "under",
    "otherwise",
    "if wrong",
    "at least 2 of (",
    "rest",
    "now",
    "by now",
    "for",
    "against",
    "per year",
    "per month",
    "times in",
    "until",
    "weak",
    "strong",
    "likely",
    "unlikely",
    "very likely",
    "weak to strong",
    "10%",
    "0%",
    "100%",
    "101%",
    "0.5",
    "12",
    "-3",
    "1e308",
    "1e-320",
    "1,000",
    "1 000:1",
    "2,5%",
    "10:1",
    "1:3",
    "5 dB",
    "20% to 10%",
    "5% to 40%",
    "3 of 32",
    "1 in 20",
    "2 times in 75 years",
    "2025-03-01",
    "2026-02-30",
    "end-2027",
    "18+ months",
    "0-6 months",
    "by end of long",
    "event x \"X\" { chance: 5% by short }\n",
    "factor y { weight for exit: weak }\n",
    "outcome z\n",
    "prior {",
    "weight for ",
    "chance given ",
    "evidence \"e\" { rated: B2 }",
    "note: \"{exit by long}\"",
    "exclusive: ",
    "overlap 50%: ",
];

/// Numbers in a row that depend on the first alone: SplitMix64 (Steele, Lea and Flood 2014).
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % n.max(1) as u64).expect("small")
    }
}

/// Every assessment of the project below some size.
pub(super) fn corpus(largest: usize) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<PathBuf> = Vec::new();
    for folder in ["assessments", "examples", "tests/reference", "tests/suite"] {
        gather(&root.join(folder), &mut paths);
    }
    paths.sort();
    let texts = paths
        .iter()
        .map(|path| fs::read_to_string(path).expect("a text"));
    let texts: Vec<String> = texts.filter(|text| text.len() <= largest).collect();
    assert!(texts.len() > 50, "only {} files", texts.len());
    texts
}

fn gather(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            gather(&path, into);
        } else if path.extension().is_some_and(|e| e == "assess") {
            into.push(path);
        }
    }
}

/// The mutant of a number.
pub(super) fn mutant(corpus: &[String], number: u64) -> String {
    let mut dice = Dice(number.wrapping_mul(0x2545_f491_4f6c_dd1d));
    let mut text = corpus[dice.below(corpus.len())].clone();
    let few = dice.below(4) > 0;
    for _ in 0..=dice.below(if few { 2 } else { 6 }) {
        text = match dice.below(5) {
            0 => lines(&text, &mut dice, corpus),
            _ => tokens(&text, &mut dice),
        };
    }
    text
}

/// A change of whole lines.
fn lines(text: &str, dice: &mut Dice, corpus: &[String]) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    if lines.is_empty() {
        return text.to_owned();
    }
    let (a, b) = (dice.below(lines.len()), dice.below(lines.len()));
    match dice.below(4) {
        0 => drop(lines.remove(a)),
        1 => lines.swap(a, b),
        2 => lines.insert(b, lines[a]),
        _ => {
            let other: Vec<&str> = corpus[dice.below(corpus.len())]
                .split_inclusive('\n')
                .collect();
            let from = dice.below(other.len());
            let to = (from + 1 + dice.below(6)).min(other.len());
            for line in other[from..to].iter().rev() {
                lines.insert(a, line);
            }
        }
    }
    lines.concat()
}

/// A change of a few tokens.
fn tokens(text: &str, dice: &mut Dice) -> String {
    let mut tokens = split(text);
    if tokens.is_empty() {
        return PIECES[dice.below(PIECES.len())].to_owned();
    }
    let (a, b) = (dice.below(tokens.len()), dice.below(tokens.len()));
    let piece = PIECES[dice.below(PIECES.len())];
    match dice.below(8) {
        0 => drop(tokens.remove(a)),
        1 => tokens.swap(a, b),
        2 => tokens.insert(b, tokens[a]),
        3 => tokens[a] = tokens[b],
        4 => tokens[a] = piece,
        5 => tokens.insert(a, piece),
        6 => {
            // One letter less: a slip of the keys.
            let end = tokens[a]
                .char_indices()
                .nth(dice.below(4))
                .map_or(0, |(i, _)| i);
            tokens[a] = &tokens[a][end..];
        }
        _ => {
            let times = [2, 3, 10, 60][dice.below(4)];
            let part = tokens[a..(a + 1 + dice.below(4)).min(tokens.len())].concat();
            let mut out = tokens[..a].concat();
            out.push_str(&part.repeat(times));
            out.push_str(&tokens[a..].concat());
            return out;
        }
    }
    tokens.concat()
}

/// Words, runs of digits and blanks, single signs.
fn split(text: &str) -> Vec<&str> {
    let kind = |c: char| match c {
        c if c.is_alphabetic() || c == '_' => 1,
        c if c.is_ascii_digit() => 2,
        ' ' => 3,
        _ => 0,
    };
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut last = 0;
    for (i, c) in text.char_indices() {
        if i > start && (kind(c) != last || last == 0) {
            tokens.push(&text[start..i]);
            start = i;
        }
        last = kind(c);
    }
    tokens.push(&text[start..]);
    tokens
}
