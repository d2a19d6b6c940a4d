//! Git repositories that are the same on every machine: nobody's settings, fixed names and dates.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A repository to be filled.
pub(crate) struct Repository(TempDir);

impl Repository {
    pub(crate) fn new() -> Self {
        let repository = Repository(TempDir::new().expect("a folder"));
        repository.git(
            "2025-01-01",
            &["init", "-q", "--object-format=sha1", "-b", "main"],
        );
        repository
    }

    pub(crate) fn folder(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Runs git on a day; what it prints.
    pub(crate) fn git(&self, day: &str, arguments: &[&str]) -> String {
        git(self.folder(), day, arguments)
    }

    /// Commits all that is there on a day.
    pub(crate) fn commit(&self, day: &str, subject: &str) {
        self.git(day, &["add", "-A"]);
        self.git(day, &["commit", "-q", "-m", subject]);
    }

    /// Runs the built `assess` in the repository.
    pub(crate) fn assess(&self, arguments: &[&str]) -> Output {
        assess_in(self.folder(), arguments)
    }

    /// What `assess` prints, where it ends with 0 and says nothing else.
    pub(crate) fn printed(&self, arguments: &[&str]) -> String {
        let output = self.assess(arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(
            (output.status.code(), &*said),
            (Some(0), ""),
            "{arguments:?}"
        );
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// What `assess` says where it ends with 2 and prints nothing.
    pub(crate) fn refused(&self, arguments: &[&str]) -> String {
        let output = self.assess(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(output.stdout, b"");
        String::from_utf8(output.stderr).expect("UTF-8")
    }
}

/// Runs the built `assess` in a folder.
pub(crate) fn assess_in(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_assess"));
    isolate(&mut command);
    let command = command.args(arguments).current_dir(folder);
    command.output().expect("it runs")
}

/// Runs git in a folder on a day; what it prints.
pub(crate) fn git(folder: &Path, day: &str, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    isolate(&mut command);
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), "A. Nalyst");
        command.env(format!("GIT_{who}_EMAIL"), "a@example.org");
        command.env(format!("GIT_{who}_DATE"), format!("{day}T12:00:00+01:00"));
    }
    let output = command.args(arguments).current_dir(folder).output();
    let output = output.expect("git runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Takes away whatever of the machine git would look at.
fn isolate(command: &mut Command) {
    for variable in [
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_EXTERNAL_DIFF",
        "CLICOLOR_FORCE",
        "COLUMNS",
    ] {
        command.env_remove(variable);
    }
    command
        .env("GIT_CONFIG_GLOBAL", "")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("NO_COLOR", "1")
        .env("GIT_TERMINAL_PROMPT", "0");
}

const BRIDGE: &str = r#"# When will people walk over it?
assessment "Will the bridge open this year?" {
  as of: 2025-03-01
  resolves: "The city says so."
}
horizon summer "By summer": until 2025-08-31
horizon year   "By the end of the year": until 2025-12-31

outcome closed "It stays closed"
outcome partly "One lane is open"
final outcome open "It is open"

prior "How such works ended" {
  open: 20% by summer, 55% by year
  partly: 20% in summer, 15% in year
  closed: rest
}
event strike "The builders strike" {
  chance: 30% per year
  weight against open: strong
}
factor money "The money is there" {
  weight for open: moderate
  evidence "The mayor says that it is" { rated: D4, source: "The mayor", dated: 2025-02-10 }
}
"#;

/// How one file came about: a weight changed, evidence added, the file renamed, laid out anew, broken,
/// and mended with its `as of` moved.
pub(crate) fn story() -> Repository {
    let repository = Repository::new();
    let change = |name: &str, from: &str, to: &str| {
        let text = fs::read_to_string(repository.path(name)).expect("the file");
        assert!(text.contains(from), "{from}");
        repository.write(name, &text.replace(from, to));
    };
    repository.write("draft.assess", BRIDGE);
    repository.commit("2025-03-01", "Ask whether the bridge opens");
    change(
        "draft.assess",
        "against open: strong",
        "against open: moderate",
    );
    repository.commit("2025-03-04", "A strike would be short");
    let mayor = "  evidence \"The mayor";
    let council = "  evidence \"The council votes it\" { rated: A2, source: \"Minutes\", dated: 2025-03-10 }\n";
    change("draft.assess", mayor, &format!("{council}{mayor}"));
    repository.commit("2025-03-11", "Add the council's vote");
    repository.git("2025-03-12", &["mv", "draft.assess", "bridge.assess"]);
    repository.commit("2025-03-12", "Give the file its name");
    change("bridge.assess", "  ", "        ");
    let text = fs::read_to_string(repository.path("bridge.assess")).expect("the file");
    let (head, tail) = text.split_once("event strike").expect("both");
    let (event, factor) = tail.split_once("factor money").expect("both");
    repository.write(
        "bridge.assess",
        &format!("{head}# What speaks for it\nfactor money{factor}\nevent strike{event}"),
    );
    repository.commit("2025-03-13", "Lay it out, reasons first");
    change(
        "bridge.assess",
        "weight for open: moderate",
        "weight for opne: strong",
    );
    repository.commit("2025-05-30", "Raise the weight of the money, in haste");
    change("bridge.assess", "opne: strong", "open: strong");
    change("bridge.assess", "as of: 2025-03-01", "as of: 2025-06-01");
    repository.commit("2025-06-01", "Look again in June");
    repository
}
