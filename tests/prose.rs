//! The linter on real prose: labelled sentences of several houses, and how often it is right.
//!
//! `tests/suite/prose/tune` is what the rules were made with; `tests/suite/prose/held` was written at the same time
//! and looked at only by its figures. A line is `RULES | SENTENCE`: the rules that should fire, or `-`.

use assess::lint::rules::Group;
use assess::lint::{self, Config, Policy, Selection, Selector};
use assess::project::Project;
use std::collections::BTreeMap;
use std::fs;

/// The rules that are measured, and the least precision that each must have, in per cent.
const RULES: [(&str, f64); 6] = [
    ("weasel", 90.0),
    ("word-number", 95.0),
    ("confidence-likelihood", 95.0),
    ("mixed-lexicon", 95.0),
    ("off-scale", 95.0),
    ("unlinked-number", 95.0),
];

struct Sentence {
    file: String,
    scale: String,
    rules: Vec<String>,
    text: String,
}

fn sentences(part: &str) -> Vec<Sentence> {
    let mut paths: Vec<_> = fs::read_dir(format!("tests/suite/prose/{part}"))
        .expect("a folder")
        .map(|e| e.expect("an entry").path())
        .collect();
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).expect("a file");
        let file = path.file_stem().expect("a name").to_string_lossy();
        let mut scale = String::new();
        for line in text
            .lines()
            .filter(|l| !l.is_empty() && !l.starts_with('#'))
        {
            if let Some(name) = line.strip_prefix("scale: ") {
                scale = name.to_owned();
                continue;
            }
            let (rules, text) = line.split_once(" | ").unwrap_or_else(|| panic!("{line}"));
            let rules = rules
                .split(", ")
                .filter(|r| *r != "-")
                .map(str::to_owned)
                .collect();
            found.push(Sentence {
                file: file.to_string(),
                scale: scale.clone(),
                rules,
                text: text.to_owned(),
            });
        }
    }
    found
}

/// A file that says nothing but one sentence.
fn file(sentence: &Sentence) -> String {
    let text = &sentence.text;
    format!(
        r#"assessment "Does the pact hold?" {{
  as of: 2026-03-01
  scale: {}
  resolves: "The gazette."
}}
horizon short "Short term": 0 to 6 months
horizon long "Long term": 6 to 36 months
outcome hold "The pact holds"
outcome erosion "Gradual erosion"
final outcome exit "Full exit"
prior {{
  source: "A count"
  exit: 2% per year
  erosion: 30%
  hold: rest
}}
event general_strike "A general strike" {{
  resolves: "The gazette."
  chance: 10% by short, 20% by long
  weight for exit: weak
}}
section "Outlook": """
  {text}
"""
"#,
        sentence.scale
    )
}

/// The rules of prose that fire.
fn fired(sentence: &Sentence) -> Vec<&'static str> {
    let project = Project::from_text("a.assess", &file(sentence));
    let selection = Selection {
        select: vec![Selector::Group(Group::Words), Selector::Group(Group::Error)],
        ..Selection::default()
    };
    let policy = Policy::new(&Config::default(), &selection);
    let found = lint::check(&project, &policy).diagnostics;
    let mut names: Vec<&str> = found.iter().map(|d| d.rule.name).collect();
    names.dedup();
    names.retain(|name| *name != "scale-gap");
    names
}

/// Found rightly, found wrongly, missed.
#[derive(Default, Clone, Copy)]
struct Count {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Count {
    fn precision(self) -> f64 {
        share(self.right, self.right + self.wrong)
    }

    fn recall(self) -> f64 {
        share(self.right, self.right + self.missed)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        return 100.0;
    }
    100.0 * part as f64 / whole as f64
}

/// By rule; with each that is wrong or missed in a line.
fn count(sentences: &[Sentence]) -> (BTreeMap<&'static str, Count>, String) {
    let mut counts: BTreeMap<&'static str, Count> = RULES
        .iter()
        .map(|(name, _)| (*name, Count::default()))
        .collect();
    let mut faults = String::new();
    for sentence in sentences {
        let fired = fired(sentence);
        for name in &fired {
            let count = counts
                .get_mut(name)
                .unwrap_or_else(|| panic!("`{name}` fires on {}", sentence.text));
            if sentence.rules.iter().any(|r| r == name) {
                count.right += 1;
            } else {
                count.wrong += 1;
                faults += &format!("  {}: wrong {name}: {}\n", sentence.file, sentence.text);
            }
        }
        for rule in &sentence.rules {
            if !fired.contains(&rule.as_str()) {
                counts
                    .get_mut(rule.as_str())
                    .unwrap_or_else(|| panic!("there is no `{rule}`"))
                    .missed += 1;
                faults += &format!("  {}: missed {rule}: {}\n", sentence.file, sentence.text);
            }
        }
    }
    (counts, faults)
}

fn shown(counts: &BTreeMap<&'static str, Count>) -> String {
    let line = |(name, c): (&&str, &Count)| {
        format!(
            "{name:22} precision {:5.1}%  recall {:5.1}%  ({} right, {} wrong, {} missed)\n",
            c.precision(),
            c.recall(),
            c.right,
            c.wrong,
            c.missed
        )
    };
    counts.iter().map(line).collect()
}

#[test]
fn what_is_found_in_prose_is_true() {
    let (tune, held) = (sentences("tune"), sentences("held"));
    assert!(
        tune.len() + held.len() >= 300,
        "{} sentences",
        tune.len() + held.len()
    );
    assert!(
        3 * held.len() >= tune.len() + held.len() - 3,
        "less than a third is held out"
    );
    for (part, sentences) in [("tune", &tune), ("held", &held)] {
        let (counts, faults) = count(sentences);
        println!("{part}: {} sentences\n{}", sentences.len(), shown(&counts));
        // The held-out sentences stay unread, so that nobody fits the rules to them.
        if part == "tune" || std::env::var_os("SHOW_HELD").is_some() {
            println!("{faults}");
        }
        for (rule, least) in RULES {
            let precision = counts[rule].precision();
            assert!(
                precision >= least,
                "{part}: {rule} has a precision of {precision:.1}%\n{faults}"
            );
        }
    }
}

/// What fires on one sentence by a configuration.
fn fired_by(config: &str, text: &str) -> Vec<&'static str> {
    let sentence = Sentence {
        file: String::new(),
        scale: "icd203".into(),
        rules: Vec::new(),
        text: text.into(),
    };
    let (config, mistakes) = Config::read("assess.toml", config);
    assert!(
        mistakes.diagnostics.is_empty(),
        "{:?}",
        mistakes.diagnostics
    );
    let project = Project::from_text("a.assess", &file(&sentence));
    let policy = Policy::new(&config, &Selection::default());
    let found = lint::check(&project, &policy).diagnostics;
    let prose = RULES.map(|(name, _)| name);
    found
        .iter()
        .map(|d| d.rule.name)
        .filter(|name| prose.contains(name))
        .collect()
}

#[test]
fn the_wide_form_of_weasel_is_there_where_asked_for() {
    let wide = "[lint]\nweasel = { wide = true }\n";
    for text in [
        "The Committee could wait.",
        "Additional data might be needed.",
        "Possibly it rains.",
    ] {
        assert_eq!(fired_by("", text), [""; 0], "{text}");
        assert_eq!(
            fired_by("[lint]\nweasel = { wide = false }\n", text),
            [""; 0],
            "{text}"
        );
        assert_eq!(fired_by(wide, text), ["weasel"], "{text}");
    }
    assert_eq!(fired_by(wide, "The truce could collapse."), ["weasel"]);
    assert_eq!(
        fired_by(wide, "The truce could collapse, which is unlikely."),
        [""; 0]
    );
    let (_, mistakes) = Config::read("assess.toml", "[lint]\nweasel = { wide = 1 }\n");
    assert!(
        mistakes.diagnostics[0]
            .message
            .contains("`true` or `false`"),
        "{mistakes:?}"
    );
}

/// The sentence after the fixes of `unlinked-number`: the safe ones, or all.
fn linked(text: &str, risky: bool) -> String {
    let sentence = Sentence {
        file: String::new(),
        scale: "icd203".into(),
        rules: Vec::new(),
        text: text.into(),
    };
    let project = Project::from_text("a.assess", &file(&sentence));
    let found = lint::check(&project, &Policy::default()).diagnostics;
    let of_rule = found.iter().filter(|d| d.rule.name == "unlinked-number");
    let fixes = of_rule
        .flat_map(|d| &d.fixes)
        .filter(|f| f.safe || risky)
        .take(1);
    let applied = assess::diag::fixes::apply(&project.sources, fixes);
    let whole = applied
        .texts
        .into_values()
        .next()
        .unwrap_or_else(|| file(&sentence));
    let at = whole
        .find("  A ")
        .or_else(|| whole.find("  We "))
        .or_else(|| whole.find("  Full"))
        .expect("the sentence");
    whole[at..]
        .lines()
        .next()
        .expect("a line")
        .trim()
        .to_owned()
}

#[test]
fn a_placeholder_is_written_where_one_reading_is_left() {
    for (text, safe, risky) in [
        // The verdict says "very unlikely": nothing changes for a reader.
        (
            "A full exit is very unlikely by long.",
            "A full exit is {exit by long} by long.",
            "",
        ),
        // Another word would be printed.
        (
            "A full exit is likely by long.",
            "",
            "A full exit is {exit by long} by long.",
        ),
        // Which horizon is meant is not said: it may be the one at which it is so.
        (
            "A full exit is very unlikely.",
            "",
            "A full exit is {exit by long}.",
        ),
        (
            "Full exit (70%) by long would hurt.",
            "",
            "Full exit ({exit by long}) by long would hurt.",
        ),
        (
            "We put full exit at 70% by long.",
            "",
            "We put full exit at {exit by long} by long.",
        ),
        // No placeholder reads well here.
        ("A 70% chance of full exit by long is left.", "", ""),
    ] {
        let or_text = |expected: &str| {
            if expected.is_empty() {
                text.to_owned()
            } else {
                expected.to_owned()
            }
        };
        assert_eq!(linked(text, false), or_text(safe), "{text}");
        let all = if risky.is_empty() { safe } else { risky };
        assert_eq!(linked(text, true), or_text(all), "{text}");
    }
}
