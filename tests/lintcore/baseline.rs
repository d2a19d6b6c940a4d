//! Baselines: what they hold is quiet wherever it moves; what is new, or gone, is told.

use assess::diag::Checked;
use assess::lint::baseline::{Baseline, Entry};
use assess::lint::identity::fingerprints;
use assess::lint::{Found, Policy};
use assess::project::Project;

const OLD: &str = "outcome a\noutcome b\nhorizon h: 1 year\n\
                   assessment \"Will it?\" { as of: 2025-03-01 }\n\
                   factor f { weight for c: strong }\n\
                   factor g { weight for c: strong\n  weight for c: strong }\n";

fn check(text: &str) -> Vec<Checked> {
    let project = Project::from_text("notes/a.assess", text);
    vec![Found::of(project, &Policy::default()).checked]
}

fn place(name: &str) -> String {
    name.to_owned()
}

fn subtract(baseline: &Baseline, text: &str) -> (Vec<String>, Vec<Entry>, usize) {
    let mut checked = check(text);
    let (left, taken) = baseline.subtract(&mut checked, &place);
    let told = checked[0].diagnostics.iter().map(|d| d.message.clone());
    (told.collect(), left, taken)
}

#[test]
fn what_is_held_is_quiet_wherever_it_moves() {
    let baseline = Baseline::of(&check(OLD), &place);
    let all = check(OLD)[0].diagnostics.len();
    assert!(all > 0);
    assert_eq!(subtract(&baseline, OLD), (vec![], vec![], all));
    let moved = format!(
        "# A comment\n\n{}",
        OLD.replace("factor g", "\n\n\nfactor g")
    );
    assert_eq!(subtract(&baseline, &moved), (vec![], vec![], all));
    let read = Baseline::read(&baseline.write()).expect("its own text");
    assert_eq!(read, baseline);
    insta::assert_snapshot!(baseline.write());
}

#[test]
fn one_more_of_a_kind_is_new() {
    let baseline = Baseline::of(&check(OLD), &place);
    let more = OLD.replace(
        "factor f {",
        "factor f { note: \"x\", weight for d: strong,",
    );
    let (told, left, _) = subtract(&baseline, &more);
    assert_eq!(told, ["there is no outcome or event `d`"]);
    assert_eq!(left, []);
    // The same text in another item is another finding.
    let other = format!("{OLD}factor k {{ weight for d: weak }}\n");
    assert_eq!(subtract(&baseline, &other).0.len(), 1);
}

#[test]
fn what_is_mended_is_held_in_vain() {
    let baseline = Baseline::of(&check(OLD), &place);
    let (told, left, taken) = subtract(&baseline, &OLD.replace("for c", "for a"));
    assert!(told.iter().all(|m| !m.contains("`c`")), "{told:?}");
    // The two weights for one outcome still are two.
    assert_eq!(taken, 1);
    assert!(
        left.iter()
            .any(|e| e.rule == "unknown-name" && e.item == "factor f"),
        "{left:#?}"
    );
}

#[test]
fn what_is_no_baseline_is_refused() {
    for (text, why) in [
        ("", "EOF"),
        ("{}", "version"),
        ("{\"version\": 3, \"entries\": []}", "version 3 is unknown"),
        (
            "{\"version\": 1, \"entries\": [], \"more\": 1}",
            "unknown field",
        ),
        ("[[[[[[[[", "invalid type"),
    ] {
        let error = Baseline::read(text).expect_err(text);
        assert!(error.contains(why), "{text}: {error}");
    }
    let deep = "[".repeat(100_000);
    assert!(Baseline::read(&deep).is_err());
}

/// Prose and evidence with something to find in each.
const PORT: &str = r#"assessment "Will the port reopen?" { author: "Desk", as of: 2025-03-01, resolves: "Notice." }
horizon near "Near": 0 to 6 months
outcome shut "Shut"
final outcome open "Open"
prior { open: 30% by near, shut: rest, source: "Ports" }
factor crews "Crews are ready" {
  weight for open: moderate
  evidence "The treaty" { source: "Treaty text", rated: A2, dated: 2001-01-01 }
  evidence "The protocol" { source: "Protocol text", rated: A5, dated: 2001-01-01 }
}
event strike "A strike" { chance: 12.5% by near, resolves: "Union notice" }
change stop "Work stops" { when: strike, weight against open: strong }
section "S": """
  A walkout cannot be ruled out. A strike is unlikely (70%). We have high confidence that rain is likely.
  The third sentence is {open by near}.
"""
section "T": "A delay cannot be ruled out. All is said."
"#;

/// The rules of what is new beside a baseline of `PORT`, and how much is held in vain.
fn new_in(text: &str) -> (Vec<&'static str>, usize) {
    let baseline = Baseline::of(&check(PORT), &place);
    let mut checked = check(text);
    let (left, _) = baseline.subtract(&mut checked, &place);
    let told = checked[0].diagnostics.iter().map(|d| d.rule.name);
    (told.collect(), left.len())
}

#[test]
fn the_same_word_in_a_new_sentence_is_new() {
    let rules: Vec<&str> = check(PORT)[0]
        .diagnostics
        .iter()
        .map(|d| d.rule.name)
        .collect();
    for rule in [
        "weasel",
        "word-number",
        "confidence-likelihood",
        "stale",
        "split-rating",
        "false-precision",
    ] {
        assert!(rules.contains(&rule), "{rule} is not in {rules:?}");
    }
    assert_eq!(new_in(PORT), (vec![], 0));
    for (from, to, expected) in [
        (
            "A walkout cannot be ruled out.",
            "A flood cannot be ruled out.",
            "weasel",
        ),
        ("A strike is unlikely", "A war is unlikely", "word-number"),
        (
            "that rain is likely",
            "that the dam is likely to fall",
            "confidence-likelihood",
        ),
        (
            "\"A delay cannot be ruled out.",
            "\"A storm cannot be ruled out.",
            "weasel",
        ),
        (
            "evidence \"The protocol\"",
            "evidence \"A letter\"",
            "stale",
        ),
        (
            "evidence \"The protocol\" { source: \"Protocol text\", rated: A5",
            "evidence \"A letter\" { source: \"Protocol text\", rated: A5",
            "split-rating",
        ),
        (
            "chance: 12.5% by near",
            "chance: 12.5% by 2025-07-01",
            "false-precision",
        ),
    ] {
        let text = PORT.replace(from, to);
        assert_ne!(text, PORT, "{from}");
        let (new, vain) = new_in(&text);
        assert!(new.contains(&expected) || !new.is_empty(), "{to}: {new:?}");
        assert!(new.contains(&expected) && vain >= 1, "{to}: {new:?} {vain}");
    }
}

#[test]
fn what_only_moved_is_known() {
    let moved = [
        // To the end, and into lines of another width.
        PORT.replace("A walkout cannot be ruled out. ", "").replace(
            "{open by near}.",
            "{open by near}. A walkout\n  cannot be ruled out.",
        ),
        // A slip mended elsewhere in the paragraph.
        PORT.replace("The third sentence", "This sentence"),
        // A sentence to another item.
        PORT.replace("A delay cannot be ruled out. ", "")
            .replace("The third", "A delay cannot be ruled out. The third"),
        // Names changed: an item, what refers to it, and a name that prose asks for.
        renamed("strike", "walkout"),
        renamed("crews", "workers"),
        renamed("open", "running"),
        renamed("near", "soon"),
        // A title.
        PORT.replace("\"Crews are ready\"", "\"The crews are ready\""),
    ];
    for text in moved {
        assert_ne!(text, PORT);
        assert_eq!(new_in(&text), (vec![], 0), "{text}");
    }
}

/// What `assess mv` makes of `PORT`.
fn renamed(old: &str, new: &str) -> String {
    let is_word = |c: char| c == '_' || c.is_alphanumeric();
    let mut text = String::new();
    let mut quoted = false;
    let mut asked = false;
    let mut rest = PORT;
    while let Some(first) = rest.chars().next() {
        let end = match is_word(first) {
            true => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            false => first.len_utf8(),
        };
        match first {
            '"' => quoted = !quoted,
            '{' | '}' => asked = quoted && first == '{',
            _ => {}
        }
        let word = &rest[..end];
        text.push_str(if word == old && (!quoted || asked) {
            new
        } else {
            word
        });
        rest = &rest[end..];
    }
    text
}

#[test]
fn two_that_look_the_same_are_two() {
    let sentence = "A strike is unlikely (70%).";
    let twice = PORT.replace(sentence, &format!("{sentence} {sentence}"));
    assert_eq!(new_in(&twice), (vec!["word-number"], 0));
}

#[test]
fn a_new_item_is_no_other_name() {
    let other = PORT
        .replace("event strike \"A strike\"", "event storm \"A storm\"")
        .replace("when: strike", "when: storm");
    assert!(!new_in(&other).0.is_empty());
}

#[test]
fn a_baseline_of_version_1_is_read_as_it_was_meant() {
    let entry = |rule: &str, item: &str, text: &str| {
        format!(
            "{{\"file\": \"notes/a.assess\", \"rule\": \"{rule}\", \"item\": \"{item}\", \"text\": \"{text}\", \"count\": 1}}"
        )
    };
    let entries = [
        entry("weasel", "section \\\"S\\\"", "cannot be ruled out"),
        entry("stale", "factor crews", "2001-01-01"),
    ];
    let text = format!("{{\"version\": 1, \"entries\": [{}]}}", entries.join(", "));
    let baseline = Baseline::read(&text).expect("version 1");
    assert!(baseline.is_old());
    let mut checked = check(&PORT.replace("A walkout cannot", "A flood cannot"));
    let (left, taken) = baseline.subtract(&mut checked, &place);
    assert_eq!((left, taken), (vec![], 2));
    assert!(!Baseline::of(&checked, &place).is_old());
}

#[test]
fn fingerprints_follow_the_sentence() {
    let numbers = |text: &str| -> Vec<(&'static str, u64)> {
        let checked = &check(text)[0];
        let rules = checked.diagnostics.iter().map(|d| d.rule.name);
        let mut numbers: Vec<_> = rules.zip(fingerprints(checked)).collect();
        numbers.sort_unstable();
        numbers
    };
    let before = numbers(PORT);
    let known = |text: &str| {
        let now = numbers(text);
        before.iter().filter(|one| now.contains(one)).count()
    };
    let all = before.len();
    assert_eq!(known(&format!("# A comment\n\n{PORT}")), all);
    assert_eq!(
        known(&PORT.replace("The third sentence", "This sentence")),
        all
    );
    assert_eq!(known(&renamed("crews", "workers")), all);
    assert_eq!(
        known(&PORT.replace("A walkout cannot", "A flood cannot")),
        all - 1
    );
    let mut unlike: Vec<u64> = before.iter().map(|(_, number)| *number).collect();
    unlike.dedup();
    assert_eq!(unlike.len(), all);
}
