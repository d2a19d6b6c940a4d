//! The whole pipeline over mutants until the time is up: parse, check, fix, evaluate, flip, lay out.

use super::{asked, linted, mutants};
use assess::format;
use assess::infer::evaluate;
use assess::infer::flip::flips;
use assess::infer::verdict::{Options, Question};
use assess::lint::fixing::fix_text;
use assess::project::Project;
use assess::resolve::resolve;
use assess::text::source::FileId;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// How long one mutant may take, far more than any does.
const LONGEST: Duration = Duration::from_secs(120);
/// How large a text that is mended may become.
const LARGEST: usize = 1 << 20;

#[test]
#[ignore = "runs for FUZZ_SECONDS: `.ci/run` gives it five minutes"]
fn nothing_falls_over() {
    let seconds = asked("FUZZ_SECONDS", 10);
    let first = asked("FUZZ_FROM", 0);
    let (say, hear) = mpsc::channel();
    let worker = thread::spawn(move || {
        let corpus = mutants::corpus(6_000);
        let end = Instant::now() + Duration::from_secs(seconds);
        let mut number = first;
        while Instant::now() < end {
            say.send(number).expect("somebody listens");
            through(&mutants::mutant(&corpus, number));
            number += 1;
        }
    });
    let mut last = first;
    loop {
        match hear.recv_timeout(LONGEST) {
            Ok(number) => last = number,
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
            Err(mpsc::RecvTimeoutError::Timeout) => panic!("mutant {last} takes too long"),
        }
    }
    assert!(worker.join().is_ok(), "mutant {last} falls over");
    eprintln!("mutants {first} to {last}");
}

/// One text through everything.
fn through(text: &str) {
    let _ = format::format(FileId(0), text);
    let mended = fix_text(text, true, &linted);
    assert!(mended.text.len() < LARGEST + 2 * text.len());
    for text in [text, &mended.text] {
        let project = Project::from_text("a.assess", text);
        let resolved = resolve(&project);
        let sound = project.problems().next().is_none() && !resolved.diagnostics.has_errors();
        let Some(assessment) = resolved.assessment.filter(|_| sound) else {
            continue;
        };
        let question = Question::default();
        let options = Options {
            draws: Some(8),
            ..Options::default()
        };
        if evaluate(&assessment, &question, &options).is_ok() && assessment.horizons.len() <= 4 {
            let _ = flips(&assessment, &question, None);
        }
    }
}
