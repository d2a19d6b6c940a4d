//! Fixes in rounds: what is changed, what is kept, what is refused.

use assess::diag::Checked;
use assess::diag::{Diagnostic, Edit, Fix, Severity};
use assess::lint::fixing::{FixedText, doubt, fix_text};
use assess::lint::rules::{self, Rule};
use assess::lint::{self, Policy};
use assess::project::Project;
use assess::render::{Look, diff};
use assess::text::source::{FileId, Source, SourceMap, Span};

const FILE: &str = r#"# The question as the board put it.
assessment "Will it hold?" {
  as of: 2025-03-01   # the day of the board
  resolves: "when notice is given"
}
horizon short "Short": 0 to 6 months
horizon long "Long": 6 to 18 months
outcome stay "Stays"
final outcome exit "Leaves"
prior {
  source: "A count"
  exit: 10% to 2% by short, 20% in long
  stay: rest
}

event   ceasefire "The war ends" {
  chance: 15% by shrt, 35% by long   # odd   spacing stays
  resolvs: "a treaty is signed"
  weight for exit: weak
}
"#;

fn check(text: &str) -> Checked {
    let project = Project::from_text("a.assess", text);
    let settled = lint::check(&project, &Policy::default());
    Checked {
        sources: project.sources,
        diagnostics: settled.diagnostics,
        ..Checked::default()
    }
}

fn mended(text: &str, risky: bool) -> FixedText {
    fix_text(text, risky, &check)
}

#[test]
fn safe_fixes_mend_what_they_can_and_keep_the_rest() {
    let FixedText {
        text,
        checked,
        applied,
    } = mended(FILE, false);
    let plain = Look {
        width: 80,
        colour: false,
    };
    insta::assert_snapshot!(diff::unified("a.assess", FILE, &text, plain));
    let left: Vec<_> = checked
        .diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .collect();
    // A name that is near and `in` after a gap have more readings than one.
    let left: Vec<&str> = left.iter().map(|d| d.rule.name).collect();
    assert_eq!(left, ["wrong-kind", "unknown-name"]);
    assert!(
        applied.contains_key("inverted-range") && applied.contains_key("unknown-clause"),
        "{applied:?}"
    );
    assert_eq!(mended(&text, false).text, text);
}

#[test]
fn a_text_with_windows_line_ends_keeps_them() {
    let crlf = format!("\u{feff}{}", FILE.replace('\n', "\r\n"));
    let unix = mended(FILE, false).text;
    assert_eq!(
        mended(&crlf, false).text,
        format!("\u{feff}{}", unix.replace('\n', "\r\n"))
    );
}

type Wanted = (&'static Rule, &'static str, &'static str, bool);

/// A text in which `what` finds the words and how to replace them, each a finding of a rule.
fn finding(what: Vec<Wanted>) -> impl Fn(&str) -> Checked {
    move |text: &str| {
        let mut sources = SourceMap::new();
        let file = sources.add(Source::new("a.assess", text));
        let found = what.iter().flat_map(|(rule, from, to, safe)| {
            let place = move |(at, from): (usize, &str)| {
                let span = Span::new(file, at, at + from.len());
                let fix = Fix {
                    safe: *safe,
                    message: String::new(),
                    edits: vec![Edit {
                        span,
                        text: (*to).to_owned(),
                    }],
                };
                Diagnostic::new(rule, span, format!("{from} should be {to}")).fix(fix)
            };
            text.match_indices(*from).map(place)
        });
        let diagnostics = found.collect();
        Checked {
            sources,
            diagnostics,
            ..Checked::default()
        }
    }
}

#[test]
fn overlapping_fixes_take_a_round_each() {
    let check = finding(vec![
        (&rules::UNKNOWN_NAME, "outcome a", "outcome b", true),
        (&rules::UNKNOWN_NAME, "b\noutcome", "c\noutcome", true),
    ]);
    let FixedText { text, applied, .. } = fix_text("outcome a\noutcome a\n", false, &check);
    assert_eq!(text, "outcome c\noutcome b\n");
    assert_eq!(applied["unknown-name"], 3);
}

#[test]
fn unsafe_fixes_wait_to_be_asked_for() {
    let check = finding(vec![(
        &rules::UNKNOWN_NAME,
        "outcome a",
        "outcome b",
        false,
    )]);
    assert_eq!(fix_text("outcome a\n", false, &check).text, "outcome a\n");
    assert_eq!(fix_text("outcome a\n", true, &check).text, "outcome b\n");
}

#[test]
fn a_fix_that_would_break_the_file_is_refused_and_reported() {
    let check = finding(vec![
        (&rules::UNKNOWN_NAME, "outcome a", "outcome b", true),
        (&rules::WRONG_KIND, "\"Stays\"", "\"Stays", true),
    ]);
    let FixedText {
        text,
        checked,
        applied,
    } = fix_text("outcome a \"Stays\"\n", false, &check);
    assert_eq!(text, "outcome b \"Stays\"\n");
    assert_eq!(applied.get("wrong-kind"), None);
    let bug = checked
        .diagnostics
        .iter()
        .find(|d| *d.rule == rules::INTERNAL_ERROR)
        .expect("a report");
    assert_eq!(bug.severity, Severity::Note);
    assert!(bug.message.contains("`wrong-kind`"), "{}", bug.message);
}

#[test]
fn fixes_that_undo_each_other_or_never_end_stop() {
    let check = finding(vec![
        (&rules::UNKNOWN_NAME, "outcome a", "outcome b", true),
        (&rules::WRONG_KIND, "outcome b", "outcome a", true),
    ]);
    let text = fix_text("outcome a\n", false, &check).text;
    assert!(text == "outcome a\n" || text == "outcome b\n", "{text}");
    let grows = finding(vec![(
        &rules::UNKNOWN_NAME,
        "outcome a",
        "outcome aa",
        true,
    )]);
    assert!(fix_text("outcome a\n", false, &grows).text.len() < 200);
}

#[test]
fn fixes_of_other_files_are_left() {
    let check = |text: &str| {
        let mut sources = SourceMap::new();
        sources.add(Source::new("a.assess", text));
        let other = sources.add(Source::new("b.assess", "outcome b\n"));
        let fix = Fix::safe("", Span::new(other, 0, 7), "event");
        let found = Diagnostic::new(&rules::WRONG_KIND, Span::new(FileId(0), 0, 7), "x").fix(fix);
        Checked {
            sources,
            diagnostics: vec![found],
            ..Checked::default()
        }
    };
    assert_eq!(fix_text("outcome a\n", true, &check).text, "outcome a\n");
}

#[test]
fn a_safe_fix_that_does_harm_alone_is_offered_as_one_to_look_at() {
    let text = "outcome x\noutcome y\noutcome z\n";
    let offer = finding(vec![
        (&rules::UNKNOWN_NAME, "x", "bad bad", true),
        (&rules::UNKNOWN_NAME, "y", "good", true),
        (&rules::UNKNOWN_NAME, "z", "bad bad", false),
    ]);
    // As many errors as the text is bad; one there is from the start.
    let read = finding(vec![(&rules::SYNTAX, "bad", "good", false)]);
    let safe = |read: &dyn Fn(&str) -> Checked| {
        let mut checked = offer(text);
        doubt(&mut checked, read);
        let fixes = checked.diagnostics.iter().flat_map(|d| &d.fixes);
        fixes.map(|fix| fix.safe).collect::<Vec<_>>()
    };
    assert_eq!(safe(&read), [false, true, false]);
    // Errors that were there before are not the fix's.
    let three = finding(vec![(&rules::SYNTAX, "outcome", "", false)]);
    assert_eq!(safe(&three), [true, true, false]);
}

#[test]
fn nothing_is_doubted_where_no_fix_is_safe_or_the_text_is_too_long() {
    let doubted = |text: &str, safe: bool| {
        let offer = finding(vec![(&rules::UNKNOWN_NAME, "outcome a", "bad", safe)]);
        let read = std::cell::Cell::new(0);
        let mut checked = offer(text);
        doubt(&mut checked, &|text| {
            read.set(read.get() + 1);
            finding(vec![(&rules::SYNTAX, "bad", "", false)])(text)
        });
        (read.get(), checked.diagnostics[0].fixes[0].safe)
    };
    assert_eq!(doubted("outcome a\n", true), (2, false));
    assert_eq!(doubted("outcome a\n", false), (0, false));
    let long = format!("outcome a\n{}", "# more\n".repeat(1_200_000));
    assert_eq!(doubted(&long, true), (0, true));
}
