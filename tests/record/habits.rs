//! Words that turned out to mean something else, fed back to `assess check`.

use crate::cli::repository::Repository;
use serde_json::Value;

/// Thirty settled files in which `likely` came true six times, and one that says it again.
fn folder(config: &str) -> Repository {
    let repository = Repository::new();
    let text = |i: usize| {
        format!(
            "assessment \"Question {i}?\" {{ as of: 2025-01-01 }}\n\
             horizon short: 2025-01-01 to 2025-06-30\n\
             event talk {{ chance: likely by short }}\nevent calm {{ chance: unlikely by short }}\n"
        )
    };
    for i in 0..30 {
        repository.write(&format!("past/q{i:02}.assess"), &text(i));
    }
    repository.write(
        "now.assess",
        "assessment \"And now?\" { as of: 2025-09-01 }\nhorizon short: 2025-09-01 to 2026-06-30\n\
         event talk { chance: likely by short }\nevent calm { chance: unlikely by short }\n\
         event ban { chance: likely by short }\n",
    );
    repository.write("assess.toml", config);
    repository.commit("2025-01-02", "Say what is thought");
    for i in 0..30 {
        let not = |yes: bool| if yes { "" } else { "not " };
        let (talk, calm) = (not(i < 6), not(i < 9));
        let settled = format!(
            "{}resolved: {talk}talk by short on 2025-06-30\nresolved: {calm}calm by short on 2025-06-30\n",
            text(i)
        );
        repository.write(&format!("past/q{i:02}.assess"), &settled);
    }
    repository.commit("2025-07-01", "Say what came true");
    repository
}

fn notes(repository: &Repository, more: &[&str]) -> Vec<Value> {
    let arguments = [
        &["check", "now.assess", "--format=json", "--fail-on=never"],
        more,
    ]
    .concat();
    let report: Value = serde_json::from_str(&repository.printed(&arguments)).expect("JSON");
    let found = report["diagnostics"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let own = found
        .into_iter()
        .filter(|d| d["rule"] == "miscalibrated-word");
    own.collect()
}

#[test]
fn a_word_is_held_against_its_record() {
    let repository = folder("[score]\nhistory = \"past\"\n");
    let found = notes(&repository, &[]);
    assert_eq!(found.len(), 1, "{found:?}");
    let text = found[0].to_string();
    assert!(
        text.contains("`likely` came true in 6 of 30 cases"),
        "{text}"
    );
    assert!(
        text.contains("it means 55–80%, and 20% came true"),
        "{text}"
    );
    // The same word twice is one finding.
    assert!(text.contains("and here"), "{text}");
    // The same from what is kept, and none where the rule is off.
    assert_eq!(notes(&repository, &[]), found);
    assert!(notes(&repository, &["--ignore=miscalibrated-word"]).is_empty());
}

#[test]
fn without_the_setting_nothing_is_read() {
    assert!(notes(&folder(""), &[]).is_empty());
}

#[test]
fn a_history_that_is_not_there_is_said() {
    let repository = folder("[score]\nhistory = \"archive\"\n");
    let error = repository.refused(&["check", "now.assess"]);
    assert!(
        error.contains("`[score] history`: ") && error.contains("archive"),
        "{error}"
    );
    for (config, message) in [
        ("[score]\nhistory = 3\n", "a text belongs here"),
        (
            "[score]\nhistory = \"../elsewhere\"\n",
            "a file or folder below that of `assess.toml`",
        ),
        (
            "[score]\nhistory = \"/etc\"\n",
            "a file or folder below that of `assess.toml`",
        ),
        (
            "[score]\nhistroy = \"past\"\n",
            "`[score]` has no setting `histroy`",
        ),
        ("[scores]\nhistory = \"past\"\n", "did you mean `score`"),
        ("score = 3\n", "a table belongs here"),
    ] {
        repository.write("assess.toml", config);
        let error = repository.refused(&["check", "now.assess"]);
        assert!(error.contains(message), "{config}: {error}");
    }
}
