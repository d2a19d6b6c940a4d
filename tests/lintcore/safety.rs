//! Safe fixes change no verdict, and no fix loses what it is not about, however broken the file.

use super::linted;
use assess::diag::fixes::apply;
use assess::diag::{Edit, Fix};
use assess::infer::evaluate;
use assess::infer::verdict::{Options, Question};
use assess::lint::fixing::fix_text;
use assess::lint::rules::frame::frame;
use assess::lint::rules::{ALL, Group};
use assess::project::Project;
use assess::resolve::resolve;
use assess::text::source::FileId;
use rayon::prelude::*;
use std::fs;
use std::path::Path;

/// All numbers of a file's verdict, as text; none where it has errors.
fn verdict(text: &str) -> Option<String> {
    let project = Project::from_text("a.assess", text);
    if project.problems().next().is_some() {
        return None;
    }
    let assessment = resolve(&project).assessment?;
    let verdict = evaluate(&assessment, &Question::default(), &Options::default()).ok()?;
    Some(format!(
        "{:?} {:?} {:?}",
        verdict.horizons, verdict.changes, verdict.events
    ))
}

/// The files that are shown to anybody, by name.
fn shown() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for folder in ["assessments", "examples"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|e| e == "assess") {
                let text = fs::read_to_string(&path).expect("a file");
                all.push((path.display().to_string(), text));
            }
        }
    }
    all.sort();
    all
}

#[test]
fn safe_fixes_keep_the_verdict() {
    let examples = ALL.iter().filter(|rule| rule.group != Group::Error);
    let examples = examples.flat_map(|rule| {
        rule.bad
            .iter()
            .map(|bad| (rule.name.to_owned(), frame(bad)))
    });
    let mut mended = 0;
    for (name, text) in examples.chain(shown()) {
        let after = fix_text(&text, false, &linted);
        if after.text != text {
            mended += 1;
            let before = verdict(&text).unwrap_or_else(|| panic!("{name} has no verdict"));
            assert_eq!(Some(before), verdict(&after.text), "{name}\n{}", after.text);
        }
    }
    assert!(mended >= 4, "only {mended} texts have safe fixes");
}

/// A text with a few bytes, words or lines taken out, doubled, swapped or put in.
fn mutant(text: &str, mut seed: u64) -> String {
    let mut next = |below: usize| {
        // SplitMix64 (Steele, Lea and Flood 2014).
        seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % below.max(1) as u64).expect("small")
    };
    let mut text = text.to_owned();
    for _ in 0..=next(3) {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let (a, b) = (next(lines.len()), next(lines.len()));
        let mut lines: Vec<String> = lines.into_iter().map(str::to_owned).collect();
        if lines.is_empty() {
            break;
        }
        let words = [
            "by", "in", "50%", "likely", "exit", "{", "}", "\"", ",", ":", "#", "not", "to", "é",
            "12",
        ];
        let word = words[next(words.len())];
        match next(7) {
            0 => drop(lines.remove(a)),
            1 => lines.swap(a, b),
            2 => {
                let line = lines[a].clone();
                lines.insert(b, line);
            }
            kind => {
                let line = &mut lines[a];
                let places: Vec<usize> = line.char_indices().map(|(i, _)| i).collect();
                let at = places.get(next(places.len())).copied().unwrap_or(0);
                match kind {
                    3 => line.insert_str(at, word),
                    4 => line.truncate(at),
                    5 => {
                        let end = places.iter().copied().find(|&i| i > at + 2);
                        line.replace_range(at..end.unwrap_or(line.len()), "");
                    }
                    _ => {
                        let mut parts: Vec<&str> = line.split(' ').collect();
                        let (c, d) = (next(parts.len()), next(parts.len()));
                        parts.swap(c, d);
                        *line = parts.join(" ");
                    }
                }
            }
        }
        text = lines.concat();
    }
    text
}

/// What stands outside the places of edits, piece by piece.
fn untouched<'a>(text: &'a str, edits: &[&Edit]) -> Vec<&'a str> {
    let mut places: Vec<(usize, usize)> = edits
        .iter()
        .map(|e| (e.span.start as usize, e.span.end as usize))
        .collect();
    places.sort_unstable();
    let mut pieces = Vec::new();
    let mut from = 0;
    for (start, end) in places {
        pieces.push(&text[from..start.max(from)]);
        from = from.max(end);
    }
    pieces.push(&text[from..]);
    pieces
}

/// Whether the pieces stand in a text in their order, each as it is.
fn hold(text: &str, pieces: &[&str]) -> bool {
    let mut from = 0;
    pieces.iter().all(|piece| match text[from..].find(piece) {
        Some(at) => {
            from += at + piece.len();
            true
        }
        None => false,
    })
}

/// How many mutants are made: `MUTANTS=10000` for a long run.
fn count() -> u64 {
    let asked = std::env::var("MUTANTS").ok().and_then(|n| n.parse().ok());
    asked.unwrap_or(250)
}

#[test]
fn mutants_are_mended_without_loss() {
    let files = shown();
    let mended: usize = (0..count())
        .into_par_iter()
        .map(|seed| {
            let (name, text) = &files[usize::try_from(seed).expect("small") % files.len()];
            let text = mutant(text, seed);
            let checked = linted(&text);
            let first = |risky: bool| {
                let fixes = checked.diagnostics.iter().filter_map(|d| d.fixes.first());
                let fixes: Vec<&Fix> = fixes.filter(|f| f.safe || risky).collect();
                fixes
            };
            for fixes in [first(false), first(true)] {
                let applied = apply(&checked.sources, fixes.iter().copied());
                let done = fixes.iter().zip(&applied.which).filter(|(_, fits)| **fits);
                let edits: Vec<&Edit> = done.flat_map(|(fix, _)| &fix.edits).collect();
                if let Some(after) = applied.texts.get(&FileId(0)) {
                    assert!(
                        hold(after, &untouched(&text, &edits)),
                        "{name}, mutant {seed}\n{text}\n{after}"
                    );
                }
            }
            let broken = assess::syntax::parse(FileId(0), &text).diagnostics.len();
            let after = fix_text(&text, seed % 2 == 1, &linted);
            let still = assess::syntax::parse(FileId(0), &after.text)
                .diagnostics
                .len();
            assert!(
                still <= broken,
                "{name}, mutant {seed}\n{text}\n{}",
                after.text
            );
            let bug = after
                .checked
                .diagnostics
                .iter()
                .find(|d| d.rule.name == "internal-error");
            assert!(bug.is_none(), "{name}, mutant {seed}: {bug:#?}\n{text}");
            usize::from(after.text != text)
        })
        .sum();
    assert!(mended > 0, "no mutant could be mended");
}
