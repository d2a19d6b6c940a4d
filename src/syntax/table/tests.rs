//! What every part of the program has to know of a clause: for each row of the table, this names the parts that do not.
//!
//! A file is made with the clause and one without it, and every part is asked to tell the two apart. A clause that has
//! just been added needs nothing here, if its example goes with the names of the file below.

use super::super::words::Owner;
use super::{CLAUSES, Clause};
use crate::ide::Analysis;
use crate::parallel::*;
use crate::project::{Memory, Project};
use crate::revision::attribute;
use crate::syntax::parse;
use crate::text::source::FileId;
use crate::workspace::{Asking, Reporting, Workspace, to_json};
use std::path::{Path, PathBuf};

/// Items as they are without the clause: whose block it is, the head, and the clauses that it needs. A clause of the same
/// key is replaced.
const ITEMS: &[(Owner, &str, &[&str])] = &[
    (
        Owner::Assessment,
        "assessment \"Will it leave?\"",
        &["as of: 2025-03-02", "scale: ipcc", "strengths: acmg"],
    ),
    (
        Owner::Outcome,
        "outcome weakening \"Gradual\"",
        &["value: 100 USD"],
    ),
    (
        Owner::Prior,
        "prior",
        &[
            "exit: 2% by short, 4% by medium, 5% by y2026, 9% by long",
            "weakening: 20% in short, 30% in medium, 30% in y2026, 40% in long",
            "commitment: rest",
        ],
    ),
    (
        Owner::Event,
        "event drift \"Drift\"",
        &["chance: 10% by short, 30% by long"],
    ),
    (
        Owner::Factor,
        "factor congress \"Congress\"",
        &["weight for exit: 2:1"],
    ),
    (
        Owner::Change,
        "change relations \"Relations\"",
        &["when: drift", "weight for exit: 2:1"],
    ),
    (
        Owner::Assumption,
        "assumption treaty \"Notice\"",
        &["weight for exit if wrong: 2:1"],
    ),
    (
        Owner::Scenario,
        "scenario rupture \"Rupture\"",
        &["set: drift"],
    ),
    (
        Owner::Bet,
        "bet \"A bet\"",
        &["on: exit by long", "price: 40%"],
    ),
    (
        Owner::Question,
        "question oil \"Oil\"",
        &[
            "outcome cheap \"Below\"",
            "outcome dear \"Above\"",
            "prior { cheap: 40%, dear: rest }",
        ],
    ),
    (
        Owner::View,
        "view fbi \"One element\"",
        &["eu_cuts: 30% by short, 50% by long"],
    ),
    (Owner::Pool, "pool both \"Both\"", &["of: fbi, own"]),
    (
        Owner::Judgement,
        "judgement \"An exit\"",
        &["on: exit by long", "says: unlikely"],
    ),
    (
        Owner::Quantity,
        "quantity growth \"Growth\"",
        &[
            "unit: \"points\"",
            "in short: 2.5 (1.5 to 3.6)",
            "in medium: 2.5 (1.5 to 3.6)",
            "in y2026: 2.5 (1.5 to 3.6)",
            "in long: 2.5 (1.5 to 3.6)",
        ],
    ),
    (
        Owner::Scale,
        "scale house",
        &["no: 0% to 50%", "yes: 50% to 100%"],
    ),
    (
        Owner::Strengths,
        "strengths own_words",
        &["weak: 2:1", "strong: 8:1"],
    ),
];

/// What the examples name, and all else that a file needs.
const REST: &str = r#"horizon short "Short": 0 to 6 months
horizon medium "Medium": 6 to 18 months
horizon y2026 "Year's end": until 2026-12-31
horizon long "Long": until 2030-03-01
outcome commitment "Commitment" { value: 0 USD }
final outcome exit "Exit" { value: 0 USD }
question side "A side" {
  outcome taken "Taken" { when: ceasefire }
  outcome open "Open" { when: otherwise }
}
impacts { limited, significant }
event eu_cuts "Cuts" { chance: 20% by short, 40% by long }
event ceasefire "A ceasefire" { chance: 20% by short, 40% by long }
event eruption "An eruption" { chance: 20% by short, 40% by long }
factor rumour "A rumour" { weight for exit: strong }
factor press "The press" {
  weight for weakening: 2:1
  evidence "seen" { EVIDENCE }
}
"#;

/// Clauses that cannot stand beside all others of the items above, or say something else there: what they replace.
const REPLACE: &[(&str, Owner, &str, &str)] = &[
    (
        "weight",
        Owner::Assumption,
        "weight for exit if wrong: 2:1",
        "weight for exit if wrong: strong",
    ),
    (
        "move",
        Owner::Assumption,
        "weight for exit if wrong: 2:1",
        "weight for exit if wrong: 2:1, move growth if wrong: -0.8 to -0.3",
    ),
    (
        "likelihood",
        Owner::Factor,
        "weight for exit: 2:1\n}\nchange",
        LIKELIHOOD[0],
    ),
    (
        "likelihood",
        Owner::Event,
        "30% by long\n}\nfactor",
        LIKELIHOOD[1],
    ),
    (
        "likelihood",
        Owner::Change,
        "weight for exit: 2:1\n}\nassumption",
        LIKELIHOOD[2],
    ),
    (
        "when",
        Owner::Outcome,
        "when: ceasefire",
        "when: eu_cuts or drift",
    ),
    (
        "chance once",
        Owner::Event,
        "chance: 10% by short, 30% by long\n}\nfactor",
        "chance once ceasefire: 40% within 3 months\n}\nfactor",
    ),
    (
        "counts in",
        Owner::Prior,
        "commitment: rest\n",
        "commitment: rest, counts in: congress, press\n",
    ),
];

const LIKELIHOOD: [&str; 3] = [
    "likelihood: exit 10%, weakening 60%, commitment 30%\n}\nchange",
    "30% by long, likelihood: exit 10%, weakening 60%, commitment 30%\n}\nfactor",
    "likelihood: exit 10%, weakening 60%, commitment 30%\n}\nassumption",
];

/// What a part need not know of a clause in these blocks, or in all where none is named, and why.
const NEED_NOT: &[(Part, &str, &[Owner], &str)] = &[
    (Part::Json, "resolves", &[], TEXTS),
    (Part::Json, "context", &[], TEXTS),
    (Part::Json, "note", &[], TEXTS),
    (Part::Json, "tags", &[], TEXTS),
    (Part::Json, "marking", &[], TEXTS),
    (Part::Json, "lang", &[], TEXTS),
    (
        Part::Json,
        "source",
        &[
            Owner::Assessment,
            Owner::Outcome,
            Owner::Event,
            Owner::Assumption,
            Owner::Scenario,
            Owner::Bet,
            Owner::View,
            Owner::Quantity,
        ],
        "sources are given of what pushes, beside the push",
    ),
    (
        Part::Json,
        "confidence",
        &[
            Owner::Question,
            Owner::Outcome,
            Owner::Prior,
            Owner::Event,
            Owner::Factor,
            Owner::Change,
            Owner::Assumption,
        ],
        "numbers are given with the confidence that is computed; views and judgements are given as stated",
    ),
    (
        Part::Report,
        "source",
        &[Owner::Outcome],
        "what was seen is cited where it pushes",
    ),
];

/// Why JSON does without.
const TEXTS: &str =
    "JSON is of numbers and of what they rest on; what else the file says, it says itself";

/// Whether a part need not know a clause, and why.
fn excused(part: Part, clause: &Clause, owner: Owner) -> Option<&'static str> {
    let mut all = NEED_NOT.iter();
    let here = |owners: &[Owner]| owners.is_empty() || owners.contains(&owner);
    let found =
        all.find(|(other, key, owners, _)| *other == part && *key == clause.key && here(owners));
    found.map(|(.., why)| *why)
}

/// A part of the program that has to know each clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// `edits` of two revisions, moving or quiet.
    Diff,
    /// `eval --format json` or `explain --format json`.
    Json,
    /// The report.
    Report,
}

/// A file with the clause in the block of one owner, or without it.
fn file(owner: Owner, clause: Option<&Clause>) -> String {
    let is_special = |c: &Clause| {
        let here = |(key, whose, ..): &&(&str, Owner, &str, &str)| *key == c.key && *whose == owner;
        REPLACE.iter().find(here)
    };
    if let Some((key, _, from, to)) = clause.and_then(is_special) {
        let text = file(owner, None);
        assert!(text.contains(from), "{key}: {from}");
        return text.replace(from, to);
    }
    written(owner, clause.map(|clause| (clause, clause.example)), ", ")
}

/// A file with a clause in the block of one owner, written so, and with this between it and the clause before. In no line
/// of its own it leaves all else in the lines where it stood.
fn written(owner: Owner, clause: Option<(&Clause, &str)>, between: &str) -> String {
    let mut text = String::new();
    for (whose, head, base) in ITEMS {
        let mut clauses: Vec<String> = base.iter().map(|c| (*c).to_owned()).collect();
        if let Some((clause, example)) = clause.filter(|_| *whose == owner) {
            match clauses.iter_mut().find(|c| has_key(c, clause)) {
                Some(instead) => *instead = example.to_owned(),
                None => match clauses.last_mut() {
                    Some(last) => *last += &format!("{between}{example}"),
                    None => clauses.push(example.to_owned()),
                },
            }
        }
        text += &format!("{head} {{\n  {}\n}}\n", clauses.join("\n  "));
    }
    let evidence = clause.filter(|_| owner == Owner::Evidence);
    text + &REST.replace("EVIDENCE", evidence.map_or("", |(_, example)| example))
}

/// Whether a clause stands in the place of another.
fn has_key(written: &str, clause: &Clause) -> bool {
    let head = |text: &str| text.split(':').next().unwrap_or_default().to_owned();
    match clause.repeats {
        true => head(written) == head(clause.example),
        false => head(written) == clause.key,
    }
}

/// Everything that is wrong with a text.
fn mistakes(text: &str) -> Vec<String> {
    let project = Project::from_text("a.assess", text);
    let resolved = crate::resolve::resolve(&project);
    let all = project.problems().chain(resolved.diagnostics.iter());
    all.map(|found| format!("{} ({:?})", found.message, found.help))
        .collect()
}

fn opened(text: &str) -> Workspace {
    let mut workspace = Workspace::in_memory();
    workspace.open("a.assess", text).expect("a path");
    workspace
}

fn json(text: &str) -> String {
    let workspace = opened(text);
    let asking = Asking::default();
    let verdict = workspace.evaluate("a.assess", &asking).expect("a verdict");
    let reasons = workspace.explain("a.assess", &asking).expect("reasons");
    format!("{}{}", to_json(&verdict), to_json(&reasons))
}

fn report(text: &str) -> Vec<u8> {
    let wanted = Reporting {
        format: Some("markdown".to_owned()),
        ..Reporting::default()
    };
    opened(text).report("a.assess", &wanted).expect("a report")
}

/// What the parts say of a file.
struct Said {
    project: Project,
    json: String,
    report: Option<Vec<u8>>,
}

impl Said {
    fn of(text: &str, reported: bool) -> Said {
        Said {
            project: Project::from_text("a.assess", text),
            json: json(text),
            report: reported.then(|| report(text)),
        }
    }
}

/// What of the parts that are asked with a sound file do not know the clause; `reported` in a report, too.
fn missing_in_parts(clause: &Clause, owner: Owner, base: &Said, reported: bool) -> Vec<String> {
    let with = file(owner, Some(clause));
    let wrong = mistakes(&with);
    if !wrong.is_empty() {
        return vec![format!("meaning: {wrong:#?}")];
    }
    let said = Said::of(&with, reported);
    let moved = attribute(&base.project, &said.project).expect("two verdicts");
    let mut parts = vec![
        (
            Part::Diff,
            !moved.edits.is_empty() || !moved.quiet.is_empty(),
        ),
        (Part::Json, said.json != base.json),
    ];
    if reported {
        parts.push((Part::Report, said.report != base.report));
    }
    let mut missing = Vec::new();
    for (part, knows) in parts {
        match (knows, excused(part, clause, owner)) {
            (false, None) => missing.push(format!("{part:?}: says the same without it")),
            (true, Some(why)) => missing.push(format!("{part:?} knows it, though {why}")),
            _ => {}
        }
    }
    missing.extend(kept_by_rename(clause, &with));
    missing.extend(laid_out(clause, &with));
    missing.extend(completed(clause, owner));
    missing
}

/// The names that stand in a clause and that `assess mv` leaves.
fn kept_by_rename(clause: &Clause, text: &str) -> Vec<String> {
    let declared = |word: &&str| {
        let heads = [
            "event",
            "factor",
            "assumption",
            "outcome",
            "horizon",
            "view",
            "quantity",
        ];
        heads
            .iter()
            .any(|head| text.contains(&format!("{head} {word} ")))
    };
    let code: String = clause.example.split('"').step_by(2).collect();
    let words = code[clause.key.len().min(code.len())..]
        .split(|c: char| !(c == '_' || c.is_alphanumeric()));
    let names: std::collections::BTreeSet<&str> = words.filter(declared).collect();
    let kept = names.into_iter().filter_map(|name| {
        let files = Memory::new([("a.assess", text)]);
        let new = format!("{name}_x");
        let renamed = crate::rename::rename(&files, &[PathBuf::from("a.assess")], name, &new);
        let renamed = match renamed {
            Ok(renamed) => renamed,
            Err(refusal) => return Some(format!("rename: {refusal:?}")),
        };
        let is_name = |word: &str| word == name;
        let after = &renamed[0].after;
        let code = after.split('"').step_by(2).collect::<String>();
        let left = code
            .split(|c: char| !(c == '_' || c.is_alphanumeric()))
            .any(is_name);
        left.then(|| format!("rename: `{name}` is left"))
    });
    kept.collect()
}

/// Whether `assess fmt` lays the clause out as it is written in the table.
fn laid_out(clause: &Clause, text: &str) -> Option<String> {
    let at = text.find(clause.example)?;
    let ragged = text[..at].to_owned()
        + &text[at..].replacen(clause.example, &format!("   {}   ", clause.example), 1);
    let laid = crate::format::format(FileId(0), &ragged).ok()?;
    // A block may go over several lines.
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let there = squeezed(&laid).contains(&squeezed(clause.example).replace(" }", ""));
    (!there && !clause.example.contains('{')).then(|| format!("fmt: {laid}"))
}

/// Whether the editor proposes it in its place.
fn completed(clause: &Clause, owner: Owner) -> Option<String> {
    const CURSOR: &str = "\u{a6}";
    let text = written(owner, Some((clause, CURSOR)), "\n  ");
    let at = text.find(CURSOR)?;
    let text = text.replace(CURSOR, "");
    let analysis = Analysis::of(Project::from_text("a.assess", &text));
    let proposals = crate::ide::completion::completion(&analysis, at, None, &Vec::new);
    let first = clause.key.split(' ').next().unwrap_or_default();
    let there = proposals.iter().any(|p| p.label.starts_with(first));
    (!there).then(|| "completion".to_owned())
}

/// What is known of a clause by its key alone.
fn missing_by_key(clause: &Clause) -> Vec<String> {
    let mut missing = Vec::new();
    let owner = clause.owners[0];
    // A value that cannot be read is one mistake, and its help says what belongs there.
    let (head, _) = clause
        .example
        .split_once([':', '"'])
        .unwrap_or((clause.example, ""));
    let colon = if clause.key == "evidence" { "" } else { ":" };
    let broken = format!("{}{colon} ???", head.trim_end());
    let text = written(owner, Some((clause, &broken)), "\n  ");
    let found = parse(FileId(0), &text).diagnostics.sorted();
    match &found[..] {
        [one] if one.help.is_some() && !one.message.contains("expected") => {}
        found => {
            let said: Vec<_> = found.iter().map(|f| (&f.message, &f.help)).collect();
            missing.push(format!("explanation of `{broken}`: {said:#?}"));
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| std::fs::read_to_string(root.join(path)).expect(path);
    // In a block, or between backticks in a table or a sentence.
    let documented = read("docs/language.md");
    let is_shown = documented.lines().any(|line| {
        let starts = |part: &str| {
            let rest = part.trim_start().strip_prefix(clause.key);
            rest.is_some_and(|rest| rest.starts_with([':', ' ', '`']))
        };
        line.split(['{', ',', '`']).any(starts)
    });
    if !is_shown {
        missing.push("docs/language.md: nowhere".to_owned());
    }
    let first = clause.key.split(' ').next().unwrap_or_default();
    for path in [
        "editors/tree-sitter-assess/queries/highlights.scm",
        "editors/zed/languages/assess/highlights.scm",
    ] {
        if !read(path).contains(&format!("\"{first}\"")) {
            missing.push(format!("{path}: no \"{first}\""));
        }
    }
    missing
}

/// All that does not know a clause, by the parts' own words.
fn missing(clause: &Clause, base: &Said) -> String {
    let mut missing = missing_by_key(clause);
    for owner in clause.owners {
        // A report takes long: it is asked of the first owner, and of those about whom something is excused.
        let reported =
            clause.owners[0] == *owner || excused(Part::Report, clause, *owner).is_some();
        let in_owner = missing_in_parts(clause, *owner, base, reported);
        let named = in_owner
            .into_iter()
            .map(|part| format!("in {}: {part}", owner.noun()));
        missing.extend(named);
    }
    let lines = missing.iter().map(|part| format!("  {part}\n"));
    let lines: String = lines.collect();
    match lines.is_empty() {
        true => lines,
        false => format!("`{}` is not known to\n{lines}", clause.key),
    }
}

#[test]
fn every_clause_is_known_to_every_part() {
    let text = file(Owner::Assessment, None);
    let wrong = mistakes(&text);
    assert!(wrong.is_empty(), "{wrong:#?}\n{text}");
    let base = Said::of(&text, true);
    let all = CLAUSES.par_iter().map(|clause| missing(clause, &base));
    let all: Vec<String> = all.collect();
    let all = all.concat();
    assert!(all.is_empty(), "{all}");
}

/// What is said of a value that cannot be read, and the language's page, name every built-in scale and table.
#[test]
fn every_scale_and_table_is_named() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("docs/language.md")).expect("the page");
    let scales = crate::scales::names().map(|name| ("scale", name));
    let tables = crate::strengths::names().map(|name| ("strengths", name));
    for (key, name) in scales.chain(tables) {
        let clause = CLAUSES.iter().find(|c| c.key == key).expect("a clause");
        let said = clause.value.wanted().map_or("", |wanted| wanted.2);
        let quoted = format!("`{name}`");
        assert!(
            said.contains(&quoted),
            "the row of `{key}` does not name {quoted}"
        );
        assert!(
            page.contains(&quoted),
            "docs/language.md does not name {quoted}"
        );
    }
}
