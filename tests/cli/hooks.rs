//! What `.pre-commit-hooks.yaml` runs before a commit, in a repository.

use super::repository::Repository;
use std::fs;
use std::path::Path;

const PEACE: &str = include_str!("../suite/ops/peace.assess");
const SHARED: &str = "event ceasefire \"A ceasefire\" {\n  resolves: \"The mission says so\"\n  \
                      chance: 15% by near, 55% by far\n}\n";

/// The lines of one hook, as keys and values.
fn hook(id: &str) -> Vec<(String, String)> {
    let text =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(".pre-commit-hooks.yaml"));
    let text = text.expect("the hooks");
    let own = text
        .split("- id: ")
        .find(|hook| hook.lines().next() == Some(id));
    let lines = own.expect("the hook").lines().skip(1);
    let pairs = lines.filter_map(|line| line.trim().split_once(": "));
    let plain = |value: &str| {
        value
            .split(" #")
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned()
    };
    pairs
        .map(|(key, value)| (key.to_owned(), plain(value)))
        .collect()
}

fn value(hook: &[(String, String)], key: &str) -> Option<String> {
    let found = hook.iter().find(|(k, _)| k == key);
    found.map(|(_, value)| value.clone())
}

/// What the hook's command says of the repository as it is.
fn run(repository: &Repository) -> (Option<i32>, String) {
    let hook = hook("assess-check");
    // It looks at the whole repository, whichever files are committed: one may be gone.
    assert_eq!(value(&hook, "pass_filenames").as_deref(), Some("false"));
    assert_eq!(value(&hook, "always_run").as_deref(), Some("true"));
    let entry = value(&hook, "entry").expect("a command");
    let words: Vec<&str> = entry.split(' ').skip(1).collect();
    let run = repository.assess(&[&words[..], &["--no-cache"]].concat());
    (
        run.status.code(),
        String::from_utf8(run.stdout).expect("UTF-8"),
    )
}

#[test]
fn a_commit_that_breaks_another_file_is_stopped() {
    let repository = Repository::new();
    repository.write("desk/a.assess", PEACE);
    repository.write("shared/eu.assess", SHARED);
    repository.write("desk/port.assess", include_str!("../suite/ops/port.assess"));
    repository.commit("2025-03-01", "begin");
    let (code, said) = run(&repository);
    assert_eq!(code, Some(0), "{said}");
    // Another name in the shared file alone.
    repository.write(
        "shared/eu.assess",
        &SHARED.replace("ceasefire", "armistice"),
    );
    let (code, said) = run(&repository);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("desk/a.assess"), "{said}");
    // The shared file is gone.
    repository.git("2025-03-02", &["checkout", "-q", "."]);
    repository.git("2025-03-02", &["rm", "-q", "shared/eu.assess"]);
    assert_eq!(run(&repository).0, Some(1));
    repository.git("2025-03-02", &["reset", "-q", "--hard"]);
    // Another level for a rule.
    repository.write("assess.toml", "[lint]\nstale = \"error\"\n");
    let (code, said) = run(&repository);
    assert_eq!(code, Some(1), "{said}");
    repository.write("assess.toml", "[lint]\nstael = \"error\"\n");
    assert_eq!(run(&repository).0, Some(2));
}

#[test]
fn a_repository_without_files_yet_can_be_committed() {
    let repository = Repository::new();
    repository.write("README.md", "# Soon\n");
    assert_eq!(run(&repository).0, Some(0));
    assert_eq!(repository.assess(&["check"]).status.code(), Some(2));
}

#[test]
fn what_writes_takes_the_committed_files_alone() {
    for id in ["assess-fix", "assess-fmt"] {
        let hook = hook(id);
        assert_eq!(value(&hook, "files").as_deref(), Some(r"\.assess$"), "{id}");
        assert_eq!(value(&hook, "pass_filenames"), None);
    }
}
