//! Repositories of every odd kind, made by the git command without anybody's settings.

use super::{GitError, Repository, Revision, Touch, run};
use crate::project::{Loader, Project};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A repository to be filled.
struct Made(TempDir);

impl Made {
    fn new() -> Self {
        let made = Made(TempDir::new().expect("a folder"));
        made.git(&["init", "-q", "--object-format=sha1", "-b", "main"]);
        made
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn git(&self, arguments: &[&str]) {
        let mut command = Command::new("git");
        for (name, value) in [
            ("GIT_CONFIG_GLOBAL", ""),
            ("GIT_CONFIG_SYSTEM", ""),
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_AUTHOR_NAME", "Ann"),
            ("GIT_AUTHOR_EMAIL", "ann@example.org"),
            ("GIT_AUTHOR_DATE", "2025-03-01T12:00:00+01:00"),
            ("GIT_COMMITTER_NAME", "Ann"),
            ("GIT_COMMITTER_EMAIL", "ann@example.org"),
            ("GIT_COMMITTER_DATE", "2025-03-01T12:00:00+01:00"),
        ] {
            command.env(name, value);
        }
        let output = command.args(arguments).current_dir(self.0.path()).output();
        let output = output.expect("git runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {said}");
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn commit(&self, name: &str, text: &str, subject: &str) {
        self.write(name, text);
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", subject]);
    }

    fn open(&self, name: &str) -> (Repository, PathBuf) {
        Repository::of(&self.path(name)).unwrap_or_else(|e| panic!("{e}"))
    }

    /// Subjects, newest first, each with the file's name then.
    fn story(&self, name: &str) -> Vec<(String, String)> {
        let touches = self.touches(name);
        let each = touches.into_iter();
        each.map(|t| (t.commit.subject, t.path.to_string_lossy().into_owned()))
            .collect()
    }

    fn touches(&self, name: &str) -> Vec<Touch> {
        let (repository, path) = self.open(name);
        let head = repository.commit("HEAD").unwrap_or_else(|e| panic!("{e}"));
        let touches = repository.history(&head, &path);
        touches.unwrap_or_else(|e| panic!("{e}"))
    }
}

fn said<T>(result: Result<T, GitError>) -> String {
    result.map_or_else(|e| e.to_string(), |_| "no error".to_owned())
}

const TEXT: &str = "one\ntwo\nthree\nfour\nfive\n";

#[test]
fn renames_are_followed_and_copies_are_not() {
    let made = Made::new();
    made.commit("deep/a.assess", TEXT, "begin");
    made.commit("deep/a.assess", &format!("{TEXT}six\n"), "add a line");
    made.git(&["mv", "deep/a.assess", "b.assess"]);
    made.git(&["commit", "-q", "-m", "rename"]);
    made.commit("other.assess", "other\n", "another file");
    made.commit("copy.assess", &format!("{TEXT}six\nseven\n"), "copy");
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    let story = [
        pair("rename", "b.assess"),
        pair("add a line", "deep/a.assess"),
        pair("begin", "deep/a.assess"),
    ];
    assert_eq!(made.story("b.assess"), story);
    let renamed = &made.touches("b.assess")[0].renamed_from;
    assert_eq!(renamed.as_deref(), Some(Path::new("deep/a.assess")));
    assert_eq!(made.story("copy.assess"), [pair("copy", "copy.assess")]);
    // A file that is gone still has a past.
    made.git(&["rm", "-q", "b.assess"]);
    made.git(&["commit", "-q", "-m", "drop it"]);
    let touches = made.touches("b.assess");
    assert!(touches[0].deleted && !touches[1].deleted);
    assert_eq!(made.story("b.assess")[1..], story);
    assert_eq!(touches[0].commit.date, "2025-03-01T12:00:00+01:00");
    assert_eq!(touches[0].commit.author, "Ann");
    assert!(touches[0].commit.hash.starts_with(&touches[0].commit.short));
}

#[test]
fn a_merge_stands_for_what_it_brings() {
    let made = Made::new();
    made.commit("a.assess", TEXT, "begin");
    made.git(&["checkout", "-q", "-b", "side"]);
    made.commit("a.assess", &TEXT.replace("one", "1"), "on the side");
    made.git(&["checkout", "-q", "main"]);
    made.commit("a.assess", &TEXT.replace("five", "5"), "on main");
    made.git(&["merge", "-q", "--no-ff", "-m", "merge", "side"]);
    let story = made.story("a.assess");
    let subjects: Vec<&str> = story.iter().map(|(s, _)| s.as_str()).collect();
    assert_eq!(subjects, ["merge", "on main", "begin"]);
}

#[test]
fn settings_and_names_of_any_kind_change_nothing() {
    let made = Made::new();
    // A file name that would be an option, a pattern, a pathspec or two lines elsewhere.
    let names = [
        "-p.assess",
        "a [b]*?.assess",
        ":(top)ü \"q\".assess",
        "{x}.assess",
    ];
    for name in names {
        made.commit(name, &format!("{TEXT}{name}\n"), "subject: \u{1f}-x\ttab");
    }
    for setting in [
        ["color.ui", "always"],
        ["color.diff", "always"],
        ["log.showSignature", "true"],
        ["log.date", "relative"],
        ["log.decorate", "full"],
        ["log.diffMerges", "m"],
        ["format.pretty", "oneline"],
        ["core.quotepath", "on"],
        ["core.abbrev", "12"],
        ["core.pager", "false"],
        ["diff.external", "false"],
        ["diff.noprefix", "true"],
        ["diff.renames", "false"],
        ["diff.relative", "true"],
        ["i18n.logOutputEncoding", "ISO-8859-1"],
    ] {
        made.git(&["config", setting[0], setting[1]]);
    }
    made.write(".gitattributes", "*.assess diff=odd\n");
    made.git(&["config", "diff.odd.textconv", "false"]);
    made.git(&["config", "diff.odd.command", "false"]);
    for name in names {
        let (repository, path) = made.open(name);
        let touches = made.touches(name);
        assert_eq!(touches.len(), 1, "{name}");
        assert_eq!(touches[0].path, path);
        assert_eq!(touches[0].commit.subject, "subject: \u{1f}-x\ttab");
        assert_eq!(touches[0].commit.short.len(), 7);
        let text = repository.read(&touches[0].commit.hash, &path);
        assert_eq!(
            text.expect("it is there"),
            format!("{TEXT}{name}\n").as_bytes()
        );
    }
}

#[test]
fn revisions_go_by_any_of_gits_names_and_are_never_options() {
    let made = Made::new();
    made.commit("a.assess", "one\n", "first");
    made.git(&["tag", "-a", "-m", "a tag", "v1"]);
    made.commit("a.assess", "two\n", "second: a fix");
    let (repository, path) = made.open("a.assess");
    let text = |revision: &str| -> Result<String, GitError> {
        let files = Revision::with(&repository, revision, &path)?;
        Ok(String::from_utf8(files.read(&path)?).expect("text"))
    };
    for first in ["v1", "HEAD~1", "main^", ":/first", "v1^{commit}"] {
        assert_eq!(
            text(first).unwrap_or_else(|e| panic!("{e}")),
            "one\n",
            "{first}"
        );
    }
    for second in ["HEAD", "main", "@", ":/a fix"] {
        assert_eq!(
            text(second).unwrap_or_else(|e| panic!("{e}")),
            "two\n",
            "{second}"
        );
    }
    for none in [
        "",
        " ",
        "-p",
        "--batch-check",
        "HEAD~7",
        "v1..HEAD",
        "HEAD:a.assess",
        "a\nb",
        "v1\0",
    ] {
        let said = said(text(none));
        assert!(said.starts_with("there is no revision"), "{none:?}: {said}");
    }
    // What was asked before does not spoil what is asked next.
    assert_eq!(text("v1").unwrap_or_else(|e| panic!("{e}")), "one\n");
    let lost = Revision::with(&repository, "v1", Path::new("b.assess"));
    assert_eq!(said(lost), "revision `v1` has no file `b.assess`");
}

#[test]
fn a_revision_reads_what_its_file_uses_there() {
    let made = Made::new();
    let shared = "event e \"E\" {\n  chance: 10% per year\n}\n";
    made.write("shared/e.assess", shared);
    made.commit("deep/a.assess", "use \"../shared/e.assess\": e\n", "begin");
    made.git(&["rm", "-q", "-r", "shared"]);
    made.git(&["commit", "-q", "-m", "drop what it uses"]);
    let (repository, path) = made.open("deep/a.assess");
    let load = |revision: &str| {
        let files = Revision::with(&repository, revision, &path).unwrap_or_else(|e| panic!("{e}"));
        Project::load(&files, &path).expect("it is there")
    };
    let project = load("HEAD~1");
    assert_eq!(project.problems().count(), 0);
    assert_eq!(project.paths[1], Path::new("shared/e.assess"));
    let rules: Vec<&str> = load("HEAD").problems().map(|d| d.rule.name).collect();
    assert_eq!(rules, ["unreadable-use"]);
}

#[test]
fn what_git_cannot_answer_is_said() {
    let none = TempDir::new().expect("a folder");
    let lost = Repository::of(&none.path().join("a.assess"));
    assert!(said(lost).ends_with("lies in no git repository"));
    let made = Made::new();
    let (repository, path) = made.open("a.assess");
    assert!(said(repository.commit("HEAD")).starts_with("there is no revision `HEAD` here"));
    made.commit("b.assess", "one\n", "first");
    made.commit("b.assess", "two\n", "second");
    let head = repository.commit("HEAD").unwrap_or_else(|e| panic!("{e}"));
    let never = repository.history(&head, &path);
    assert_eq!(said(never), "no commit has a file `a.assess`");
    let folder = repository.history(&head, Path::new(""));
    assert_eq!(said(folder), "no commit has a file ``");
    // A clone without the first commit.
    let clone = Made(TempDir::new().expect("a folder"));
    let from = format!("file://{}", made.0.path().display());
    clone.git(&["clone", "-q", "--depth=1", &from, "."]);
    let (shallow, path) = clone.open("b.assess");
    assert!(shallow.is_shallow() && !repository.is_shallow());
    assert!(said(shallow.commit("HEAD~1")).contains("git fetch --unshallow"));
    assert_eq!(clone.touches("b.assess").len(), 1);
    assert_eq!(path, Path::new("b.assess"));
}

#[cfg(unix)]
#[test]
fn links_are_followed_as_far_as_the_repository_reaches() {
    use std::os::unix::fs::symlink;
    let made = Made::new();
    made.write("deep/a.assess", "one\n");
    symlink("deep/a.assess", made.path("in.assess")).expect("a link");
    symlink("../outside.assess", made.path("out.assess")).expect("a link");
    symlink("nowhere.assess", made.path("lost.assess")).expect("a link");
    symlink("round.assess", made.path("round.assess")).expect("a link");
    made.commit("b.assess", "two\n", "first");
    let (repository, _) = made.open("b.assess");
    let head = repository.commit("HEAD").unwrap_or_else(|e| panic!("{e}"));
    let read = |name: &str| repository.read(&head, Path::new(name)).ok();
    assert_eq!(read("in.assess").as_deref(), Some(&b"one\n"[..]));
    for name in [
        "out.assess",
        "lost.assess",
        "round.assess",
        "b.assess/c",
        "deep",
    ] {
        assert_eq!(read(name), None, "{name}");
    }
    assert_eq!(read("b.assess").as_deref(), Some(&b"two\n"[..]));
    // The file that a link leads to is the one that has a history.
    assert_eq!(made.open("in.assess").1, Path::new("deep/a.assess"));
}

/// A program that leaves a mark; the mark, and the path of the program.
#[cfg(unix)]
fn marker(folder: &Path) -> (PathBuf, String) {
    use std::os::unix::fs::PermissionsExt;
    let (program, mark) = (folder.join("program"), folder.join("mark"));
    let script = format!("#!/bin/sh\necho ran >> '{}'\nexit 1\n", mark.display());
    fs::write(&program, script).expect("a file");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("set");
    (mark, program.to_str().expect("UTF-8").to_owned())
}

#[cfg(unix)]
#[test]
fn a_repositorys_settings_run_nothing() {
    let made = Made::new();
    made.commit("a.assess", "one\n", "first");
    made.write(".gitattributes", "*.assess diff=odd filter=odd\n");
    made.commit("a.assess", "two\n", "second");
    let elsewhere = TempDir::new().expect("a folder");
    let (mark, program) = marker(elsewhere.path());
    for key in [
        "core.fsmonitor",
        "core.pager",
        "core.editor",
        "core.sshCommand",
        "core.gitProxy",
        "core.askPass",
        "credential.helper",
        "diff.external",
        "diff.odd.command",
        "diff.odd.textconv",
        "filter.odd.smudge",
        "filter.odd.clean",
        "filter.odd.process",
        "gpg.program",
        "gpg.ssh.program",
        "alias.log",
        "alias.rev-parse",
        "alias.cat-file",
        "pager.log",
        "remote.origin.uploadpack",
    ] {
        made.git(&["config", key, &program]);
    }
    let hooks = elsewhere.path().join("hooks");
    fs::create_dir(&hooks).expect("a folder");
    for hook in [
        "post-checkout",
        "post-index-change",
        "reference-transaction",
        "fsmonitor-watchman",
    ] {
        fs::copy(&program, hooks.join(hook)).expect("a hook");
    }
    made.git(&["config", "core.hooksPath", hooks.to_str().expect("UTF-8")]);
    made.git(&["config", "log.showSignature", "true"]);
    // A file that is missing would be fetched, by whatever the address names.
    made.git(&["config", "remote.origin.url", &format!("ext::{program}")]);
    made.git(&["config", "remote.origin.promisor", "true"]);
    made.git(&["config", "protocol.ext.allow", "always"]);
    made.git(&["config", "core.repositoryformatversion", "1"]);
    made.git(&["config", "extensions.partialClone", "origin"]);
    let _ = fs::remove_file(&mark);
    assert_eq!(made.touches("a.assess").len(), 2);
    let (repository, path) = made.open("a.assess");
    let head = repository.commit("HEAD").unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(repository.read(&head, &path).expect("there"), b"two\n");
    // The object of the first commit is gone.
    let hash = run(repository
        .guard
        .git(&repository.top)
        .args(["rev-parse", "HEAD~1:a.assess"]));
    let hash = String::from_utf8(hash.unwrap_or_else(|e| panic!("{e}"))).expect("text");
    let object = made.path(&format!(".git/objects/{}/{}", &hash[..2], hash[2..].trim()));
    fs::remove_file(object).expect("a loose object");
    let lost = Revision::with(&repository, "HEAD~1", &path);
    assert!(said(lost).contains("git fetch --refetch --no-filter"));
    let none = Revision::with(&repository, "HEAD~1", Path::new("none.assess"));
    assert_eq!(said(none), "revision `HEAD~1` has no file `none.assess`");
    assert!(
        !mark.exists(),
        "a program of the repository's choice has run"
    );
    // The mark is left where nobody guards against it, or the test shows nothing.
    let open = Command::new("git")
        .args(["status"])
        .current_dir(made.0.path())
        .output();
    assert!(
        open.is_ok() && mark.exists(),
        "git itself would have run it"
    );
}

#[test]
fn data_among_the_files_are_not_asked() {
    let made = Made::new();
    made.commit("a.assess", "one\n", "first");
    // What an archive can bring: a folder of git's data among the files, and a file that names it.
    fs::rename(made.path(".git"), made.path("data")).expect("moved");
    fs::write(made.path(".git"), "gitdir: data\n").expect("a file");
    assert!(said(Repository::of(&made.path("a.assess"))).contains("git is not asked"));
    // And one without the file: git would take the folder for a repository by itself.
    fs::remove_file(made.path(".git")).expect("gone");
    fs::write(made.path("data/b.assess"), "two\n").expect("a file");
    assert!(Repository::of(&made.path("data/b.assess")).is_err());
    // Where git puts its data itself they may lie, and so may those of another working tree.
    fs::rename(made.path("data"), made.path(".git")).expect("moved");
    made.git(&["worktree", "add", "-q", "beside", "-b", "side"]);
    assert_eq!(made.open("beside/a.assess").1, Path::new("a.assess"));
    assert_eq!(made.open("a.assess").1, Path::new("a.assess"));
}

#[cfg(unix)]
#[test]
fn a_name_may_be_two_lines_long() {
    let made = Made::new();
    made.commit("two\nlines.assess", "one\n", "first");
    let (repository, path) = made.open("two\nlines.assess");
    let files = Revision::with(&repository, "HEAD", &path).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(files.read(&path).expect("it is there"), b"one\n");
    let none = Revision::with(&repository, "HEAD", Path::new("no\nfile.assess"));
    assert!(said(none).contains("has no file"));
}
