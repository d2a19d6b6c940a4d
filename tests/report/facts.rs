//! Prose that names the leader and days: what a reader sees in each format.

use crate::cli::assess_with;
use assess::cli::Status;

const FILE: &str = r#"assessment "Does the pact hold?" {
  as of: 2026-03
  context: "Written {as of}."
  scale: icd203
}
horizon short "Short term": until 2026-09-30
horizon long "Long term": until 2029-02-28
outcome hold "The <pact> *holds*"
final outcome exit "Full exit"
prior {
  source: "A count"
  exit: 10% by short, 70% by long
  hold: rest
}
event vote "A vote" {
  chance: 20% by long
  weight for exit: 2:1
  note: "Settled on {date of vote}."
}
resolved: not vote on 2026-02-10
section "Summary": """
  First {leader in short} until {date of short}, then {leader in long} ({exit by long}).
  A brace: {{as of}.
"""
"#;

fn shown(arguments: &[&str]) -> String {
    let run = assess_with(
        &[&["report", "-", "--stdin-name=pact.assess"], arguments].concat(),
        FILE.as_bytes(),
        false,
    );
    assert_eq!(run.status, Status::Done, "{}", run.err);
    run.out
}

#[test]
fn the_leader_and_days_stand_in_prose() {
    let page = shown(&[]);
    for text in [
        "Written March 2026.",
        "First The &lt;pact&gt; *holds* until 30 September 2026, then Full exit (",
        "Settled on 10 February 2026.",
        "A brace: {as of}.",
    ] {
        assert!(page.contains(text), "{text}");
    }
    let markdown = shown(&["--format", "markdown"]);
    assert!(
        markdown.contains("until 30 September 2026, then Full exit ("),
        "{markdown}"
    );
    assert!(markdown.contains("Written March 2026."), "{markdown}");
    let json = shown(&["--format", "json"]);
    assert!(
        json.contains("30 September 2026") && json.contains("March 2026"),
        "{json}"
    );
}

#[test]
fn days_are_said_in_the_language_of_the_page() {
    let page = shown(&["--lang", "de"]);
    assert!(page.contains("until 30. September 2026"), "{page}");
    assert!(page.contains("Written März 2026."));
}

#[test]
fn what_a_file_names_leader_is_meant_by_it() {
    let named = FILE
        .replace("event vote", "event leader \"A new leader\" { chance: 20% by long, weight for exit: 2:1 }\nevent vote")
        .replace("{leader in long}", "{leader by long}");
    let run = assess_with(
        &[
            "report",
            "-",
            "--stdin-name=pact.assess",
            "--format",
            "markdown",
        ],
        named.as_bytes(),
        false,
    );
    assert_eq!(run.status, Status::Done, "{}", run.err);
    assert!(!run.out.contains("then Full exit"), "{}", run.out);
    assert!(run.out.contains("(20%"), "{}", run.out);
}
