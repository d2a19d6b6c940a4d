//! `assess eval --chart`: bars at a terminal.

use super::assess;
use assess::cli::Status;
use assess::text::wrap::columns;

const FILE: &str = "tests/suite/eval/alliance.assess";

fn chart(arguments: &[&str]) -> String {
    let run = assess(&[&["eval"], arguments, &["--chart"]].concat());
    assert!(run.status != Status::Failed, "{}", run.err);
    run.out
}

#[test]
fn bars_of_blocks() {
    insta::assert_snapshot!(chart(&[FILE]));
}

#[test]
fn bars_of_ascii() {
    insta::assert_snapshot!(chart(&[FILE, "--ascii"]));
}

#[test]
fn bars_without_intervals() {
    insta::assert_snapshot!(chart(&[FILE, "--draws", "0", "--given", "latitude"]));
}

#[test]
fn every_bar_fits_and_has_the_number_of_the_table() {
    let files = ignore::Walk::new("assessments").filter_map(Result::ok);
    let files = files.filter(|f| f.path().extension().is_some_and(|e| e == "assess"));
    let mut bars = 0;
    for file in files {
        let path = file.path().to_string_lossy();
        let (blocks, ascii) = (chart(&[&path]), chart(&[&path, "--ascii"]));
        let table = assess(&["eval", &path]).out;
        assert!(ascii.is_ascii(), "{path}");
        // Fans and the bars between cuts stand behind the outcomes' key, and have tests of their own.
        let mut behind = false;
        for (block, line) in blocks.lines().zip(ascii.lines()) {
            assert!(columns(block) <= 80 && line.len() <= 80, "{path}: {line}");
            behind |= block.contains(" leads.");
            if behind {
                continue;
            }
            let is_bar = |c: &char| "#o.[]-".contains(*c);
            if line.chars().filter(is_bar).count() < 20 {
                continue;
            }
            bars += 1;
            let number = line.split(' ').find(|word| word.ends_with('%'));
            let number = number.expect("a number");
            let number = number
                .replace('>', "just over ")
                .replace('<', "just under ");
            assert!(table.contains(&number), "{path}: {line}");
        }
    }
    assert!(bars > 40, "only {bars} bars were looked at");
}

#[test]
fn bars_are_for_people() {
    let run = assess(&["eval", FILE, "--chart", "--format", "json"]);
    assert_eq!(run.status, Status::Failed);
    let run = assess(&["eval", FILE, "--ascii"]);
    assert_eq!(run.status, Status::Failed);
}
