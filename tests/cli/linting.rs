//! `assess check` as a linter: configuration, selection, fixes, baselines, what is kept.

use super::{Run, assess, assess_with, at, folder};
use assess::cli::{Status, Streams, Terminals, run_with};
use assess::render::Look;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const SOUND: &str = include_str!("../suite/lint/sound.assess");

/// The sound file with evidence of 1949 and a misspelt word.
fn old() -> String {
    SOUND.replace("dated: 2025-02-01", "dated: 1949-04-04")
}

fn misspelt() -> String {
    SOUND.replace("commitment: moderate", "commitment: modrate")
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).expect("a file")
}

/// The rules that a concise report names.
fn rules(report: &str) -> Vec<&str> {
    report
        .lines()
        .filter_map(|l| Some(l.split_once('[')?.1.split_once(']')?.0))
        .collect()
}

fn check(folder: &TempDir, arguments: &[&str]) -> Run {
    let root = at(folder, "");
    let mut all = vec!["check", &root, "--format", "concise"];
    all.extend(arguments);
    assess(&all)
}

#[test]
fn the_nearest_configuration_sets_levels() {
    let folder = folder(&[
        ("a.assess", &old()),
        ("strict/b.assess", &old()),
        ("strict/deep/c.assess", &old()),
        ("strict/assess.toml", "[lint]\nstale = \"error\"\n"),
        ("quiet/d.assess", &old()),
        ("quiet/assess.toml", "[lint]\nevidence = \"off\"\n"),
    ]);
    let run = check(&folder, &[]);
    assert_eq!(run.status, Status::Found, "{}", run.out);
    let line = |name: &str| {
        run.out
            .lines()
            .find(|l| l.contains(name))
            .unwrap_or_default()
    };
    assert!(line("a.assess").contains("warning[stale]"), "{}", run.out);
    assert!(line("b.assess").contains("error[stale]"), "{}", run.out);
    assert!(line("c.assess").contains("error[stale]"), "{}", run.out);
    assert_eq!(line("d.assess"), "");
    let one = at(&folder, "quiet/assess.toml");
    let run = check(&folder, &["--config", &one]);
    assert_eq!(
        (run.status, rules(&run.out)),
        (Status::Done, vec![]),
        "{}",
        run.out
    );
}

#[test]
fn a_broken_configuration_is_2_and_nothing_is_checked() {
    let folder = folder(&[
        ("a.assess", &old()),
        ("assess.toml", "[lint]\nstael = \"off\"\n"),
    ]);
    for extra in [&[][..], &["--fix"], &["--write-baseline", "never.json"]] {
        let run = check(&folder, extra);
        assert_eq!(run.status, Status::Failed);
        assert_eq!(run.out, "");
        assert!(run.err.contains("did you mean `stale`?"), "{}", run.err);
    }
    let run = check(&folder, &["--config", &at(&folder, "none.toml")]);
    assert_eq!(run.status, Status::Failed);
    assert!(run.err.contains("none.toml"), "{}", run.err);
    assert!(!Path::new("never.json").exists());
}

#[test]
fn rules_are_chosen_and_their_names_checked() {
    let text = old().replace(
        "  resolves: \"Called so by two of the three agencies\"\n",
        "",
    );
    let folder = folder(&[("a.assess", &text)]);
    assert_eq!(rules(&check(&folder, &[]).out), ["stale", "unobservable"]);
    assert_eq!(
        rules(&check(&folder, &["--select", "evidence"]).out),
        ["stale"]
    );
    assert_eq!(
        rules(&check(&folder, &["--ignore", "stale,orphan"]).out),
        ["unobservable"]
    );
    assert_eq!(
        rules(&check(&folder, &["--select", "evidence", "--ignore", "stale"]).out),
        [""; 0]
    );
    for (arguments, says) in [
        (["--select", "stael"], "did you mean `stale`?"),
        (["--ignore", "evidense"], "did you mean `evidence`?"),
        (["--ignore", "unknown-name"], "an error cannot be ignored"),
        (["--today", "tomorrow"], "write a date as 2026-01-31"),
        (["--fail-on", "nothing"], "never"),
    ] {
        let run = check(&folder, &arguments);
        assert_eq!(run.status, Status::Failed);
        assert!(run.err.contains(says), "{}", run.err);
    }
    assert_eq!(check(&folder, &["--fail-on", "note"]).status, Status::Found);
    assert_eq!(
        check(&folder, &["--fail-on", "warning"]).status,
        Status::Found
    );
    assert_eq!(check(&folder, &["--fail-on", "error"]).status, Status::Done);
}

#[test]
fn never_is_never() {
    let folder = folder(&[("a.assess", &misspelt())]);
    assert_eq!(check(&folder, &[]).status, Status::Found);
    assert_eq!(check(&folder, &["--fail-on", "never"]).status, Status::Done);
}

#[test]
fn errors_are_told_whatever_is_chosen() {
    let folder = folder(&[("a.assess", &misspelt())]);
    assert_eq!(
        rules(&check(&folder, &["--select", "words"]).out),
        ["unknown-word"]
    );
}

#[test]
fn a_day_is_told() {
    let folder = folder(&[("a.assess", SOUND)]);
    assert_eq!(rules(&check(&folder, &[]).out), [""; 0]);
    assert_eq!(
        rules(&check(&folder, &["--today", "2025-09-30"]).out),
        ["overdue"]
    );
}

#[test]
fn files_are_mended_and_the_rest_is_told() {
    let both = misspelt().replace("dated: 2025-02-01", "dated: 1949-04-04");
    let folder = folder(&[("a.assess", &both), ("b.assess", SOUND)]);
    let shown = check(&folder, &["--fix", "--diff"]);
    assert_eq!(shown.status, Status::Found);
    assert!(
        shown.out.contains(
            "-  weight against commitment: modrate\n+  weight against commitment: moderate\n"
        ),
        "{}",
        shown.out
    );
    assert_eq!(read(&folder, "a.assess"), both);
    let run = check(&folder, &["--fix"]);
    assert_eq!(rules(&run.out), ["stale"], "{}", run.out);
    assert_eq!(run.err, "1 fix in 1 file: 1 of `unknown-word`\n");
    assert_eq!(read(&folder, "a.assess"), old());
    assert_eq!(read(&folder, "b.assess"), SOUND);
    assert_eq!(check(&folder, &["--fix"]).err, "");
    let shown = check(&folder, &["--diff"]);
    assert_eq!((shown.status, shown.out.as_str()), (Status::Done, ""));
}

#[test]
fn unsafe_fixes_are_asked_for() {
    let rough = SOUND
        .replace("exit: 2% per year", "exit: 10%")
        .replace("commitment: rest", "commitment: 50%");
    let folder = folder(&[("a.assess", &rough)]);
    let run = check(&folder, &["--fix"]);
    assert!(
        run.err.contains("`--unsafe-fixes --diff` shows them"),
        "{}",
        run.err
    );
    assert_eq!(read(&folder, "a.assess"), rough);
    let run = check(&folder, &["--unsafe-fixes"]);
    assert_ne!(read(&folder, "a.assess"), rough, "{}", run.out);
}

#[test]
fn standard_input_is_shown_and_not_written() {
    let run = assess_with(&["check", "-", "--diff"], misspelt().as_bytes(), false);
    assert_eq!(run.status, Status::Found);
    assert!(
        run.out.contains("+  weight against commitment: moderate"),
        "{}",
        run.out
    );
    let run = assess_with(&["check", "-", "--fix"], misspelt().as_bytes(), false);
    assert_eq!(run.status, Status::Failed);
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_written_is_2_and_the_others_are_mended() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("a.assess", &misspelt()), ("b.assess", &misspelt())]);
    let locked = folder.path().join("a.assess");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o444)).expect("set");
    let run = check(&folder, &["--fix"]);
    assert_eq!(run.status, Status::Failed);
    assert!(
        run.err.contains("a.assess` is left as it was"),
        "{}",
        run.err
    );
    assert_eq!(read(&folder, "a.assess"), misspelt());
    assert_eq!(read(&folder, "b.assess"), SOUND);
}

#[test]
fn a_baseline_hides_what_was_there() {
    let folder = folder(&[("notes/a.assess", &old()), ("notes/b.assess", &misspelt())]);
    let baseline = at(&folder, "baseline.json");
    let run = check(&folder, &["--write-baseline", &baseline]);
    assert_eq!(
        (run.status, run.out.as_str()),
        (Status::Done, ""),
        "{}",
        run.err
    );
    assert!(
        run.err.starts_with("2 findings of 2 files are in `"),
        "{}",
        run.err
    );
    assert!(read(&folder, "baseline.json").contains("\"file\": \"notes/a.assess\""));
    let run = check(&folder, &["--baseline", &baseline]);
    assert_eq!(
        (run.status, rules(&run.out)),
        (Status::Done, vec![]),
        "{}",
        run.out
    );
    // What is new is told, moved or not; what is in the baseline is not mended.
    let more = format!(
        "\n\n{}",
        old().replace("commitment: moderate", "commitment: modrate")
    );
    fs::write(folder.path().join("notes/a.assess"), more).expect("written");
    let run = check(&folder, &["--baseline", &baseline]);
    assert_eq!(
        (run.status, rules(&run.out)),
        (Status::Found, vec!["unknown-word"]),
        "{}",
        run.out
    );
    assert!(
        !run.err.contains("no longer found"),
        "an error kept the rule from running: {}",
        run.err
    );
    let run = check(&folder, &["--baseline", &baseline, "--fix"]);
    assert!(
        run.err.contains("2 findings are in the baseline") && !run.err.contains("no longer found"),
        "what is left alone is still found: {}",
        run.err
    );
    assert!(read(&folder, "notes/b.assess").contains("modrate"));
    assert!(!read(&folder, "notes/a.assess").contains("modrate"));
    // What was mended is held in vain, and so is what is gone.
    fs::write(folder.path().join("notes/a.assess"), SOUND).expect("written");
    fs::remove_file(folder.path().join("notes/b.assess")).expect("removed");
    for fix in [&[][..], &["--fix"]] {
        let run = check(&folder, &[&["--baseline", &baseline], fix].concat());
        assert_eq!(run.status, Status::Done);
        for vain in [
            "notes/a.assess in factor doubts, `stale`",
            "notes/b.assess in change reversal, `unknown-word`",
        ] {
            assert!(run.err.contains(vain), "{fix:?}: {}", run.err);
        }
    }
    // What was not looked at says nothing.
    fs::write(folder.path().join("other.assess"), SOUND).expect("written");
    fs::write(folder.path().join("notes/b.assess"), misspelt()).expect("written");
    let run = assess(&[
        "check",
        &at(&folder, "other.assess"),
        "--baseline",
        &baseline,
    ]);
    assert!(!run.err.contains("no longer found"), "{}", run.err);
    for broken in ["{", "none"] {
        let path = at(&folder, "broken.json");
        fs::write(&path, broken).expect("written");
        let run = check(&folder, &["--baseline", &path]);
        assert_eq!(run.status, Status::Failed);
        assert!(run.err.contains("is not a baseline"), "{}", run.err);
    }
}

#[test]
fn reports_go_where_they_are_sent() {
    let folder = folder(&[("a.assess", &old())]);
    let path = at(&folder, "report.sarif");
    let run = assess(&[
        "check",
        &at(&folder, "a.assess"),
        "--format",
        "sarif",
        "--output",
        &path,
    ]);
    assert_eq!((run.status, run.out.as_str()), (Status::Done, ""));
    let log: serde_json::Value =
        serde_json::from_str(&read(&folder, "report.sarif")).expect("JSON");
    assert_eq!(log["runs"][0]["results"][0]["ruleId"], "stale");
    let run = assess(&["check", &at(&folder, "a.assess"), "--statistics"]);
    assert_eq!(run.out, "1  warning  stale\n1 warning in 1 file\n");
    let nowhere = at(&folder, "no/such/folder/report");
    let run = assess(&["check", &at(&folder, "a.assess"), "--output", &nowhere]);
    assert_eq!(run.status, Status::Failed);
}

/// A run that keeps what it finds in a folder.
fn kept(cache: &Path, arguments: &[&str]) -> String {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let look = Look {
        width: 80,
        colour: false,
    };
    let arguments = std::iter::once("assess").chain(arguments.iter().copied());
    run_with(
        arguments.map(OsString::from),
        &mut Streams {
            input: &mut &b""[..],
            output: &mut out,
            error: &mut err,
            look,
            error_look: look,
            terminals: Terminals::default(),
            cache: Some(cache.to_path_buf()),
        },
    );
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn what_is_kept_is_what_would_be_found() {
    let shared = "event thaw \"A thaw\" { resolves: \"Two agencies\" }\n";
    let using = format!("use \"shared.assess\": thaw\n{}", old());
    let folder = folder(&[
        ("a.assess", &old()),
        ("b.assess", &misspelt()),
        ("c.assess", SOUND),
        ("d.assess", &using),
        ("e.assess", "use \"missing.assess\": x\n"),
        ("f.assess", "\u{feff}factor\u{0} {"),
        ("shared.assess", shared),
        (".git/HEAD", ""),
    ]);
    let cache = TempDir::new().expect("a folder");
    let root = at(&folder, "");
    let run = || kept(cache.path(), &["check", &root]);
    let fresh = || assess(&["check", &root]).out;
    let entries = || {
        let all = fs::read_dir(cache.path()).expect("a folder");
        let mut all: Vec<_> = all
            .map(|e| e.expect("an entry").path())
            .filter(|p| p.extension().is_some_and(|e| e == "json"))
            .collect();
        all.sort();
        all
    };
    assert_eq!(run(), fresh());
    // What rests on a file that is not there is found anew each time.
    assert_eq!(entries().len(), 6);
    assert_eq!(run(), fresh());
    assert_eq!(entries().len(), 6);

    // It is read indeed: a kept finding that is changed comes out changed, if its checksum is too.
    let tampered = |is_summed: bool| {
        for path in entries() {
            let text = fs::read_to_string(&path).expect("an entry");
            let (sum, text) = text.split_once('\n').expect("a checksum");
            let text = text.replace("modrate", "MODRATE");
            let sum = match is_summed {
                true => format!("{:032x}", xxhash_rust::xxh3::xxh3_128(text.as_bytes())),
                false => sum.to_owned(),
            };
            fs::write(&path, format!("{sum}\n{text}")).expect("written");
        }
    };
    tampered(false);
    assert_eq!(run(), fresh());
    tampered(true);
    assert!(run().contains("MODRATE"));
    assert!(!kept(cache.path(), &["check", &root, "--no-cache"]).contains("MODRATE"));
    // Under another configuration it is not.
    assert!(!kept(cache.path(), &["check", &root, "--ignore", "weasel"]).contains("MODRATE"));
    assert_eq!(run(), fresh());

    // A change of a file, of a used file, of where it is found.
    for (name, text) in [
        ("a.assess", SOUND),
        ("shared.assess", "event thaw \"A thaw\"\n"),
        ("missing.assess", "event x\n"),
        ("assess.toml", "[lint]\nstale = \"note\"\n"),
    ] {
        fs::write(folder.path().join(name), text).expect("written");
        assert_eq!(run(), fresh(), "{name}");
        assert_eq!(run(), fresh(), "{name}");
    }
    fs::remove_file(folder.path().join("shared.assess")).expect("removed");
    assert_eq!(run(), fresh());

    // What was spoilt costs time and nothing else.
    for spoil in ["", "{", "[[[", "\u{0}"] {
        for path in entries() {
            fs::write(path, spoil).expect("written");
        }
        assert_eq!(run(), fresh());
    }
    run();
    for path in entries() {
        let text = fs::read_to_string(&path).expect("an entry");
        let far = text.replace("[0,", "[9,");
        fs::write(path, far).expect("written");
    }
    assert_eq!(run(), fresh());
}

#[test]
fn runs_at_once_do_not_get_in_each_others_way() {
    let files: Vec<(String, String)> = (0..20).map(|n| (format!("{n}.assess"), old())).collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(n, t)| (n.as_str(), t.as_str()))
        .collect();
    let folder = folder(&files);
    let cache = TempDir::new().expect("a folder");
    let root = at(&folder, "");
    let expected = assess(&["check", &root]).out;
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..3 {
                    assert_eq!(kept(cache.path(), &["check", &root]), expected);
                }
            });
        }
    });
}

#[test]
fn what_is_allowed_is_counted() {
    let line = "  evidence \"Two";
    let text = old().replace(line, &format!("  # allow(stale): as it was\n{line}"));
    let folder = folder(&[("a.assess", &text), ("b.assess", &misspelt())]);
    let run = assess(&["check", &at(&folder, ""), "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let summary = &report["summary"];
    assert_eq!(
        (&summary["suppressed"], &summary["fixable"]),
        (&1.into(), &1.into()),
        "{summary}"
    );
}

#[test]
fn standard_input_is_checked_as_the_file_that_it_is_named_after() {
    let folder = folder(&[("deep/assess.toml", "[lint]\nstale = \"error\"\n")]);
    for (name, status) in [("deep/a.assess", Status::Found), ("a.assess", Status::Done)] {
        let name = at(&folder, name);
        let run = assess_with(
            &["check", "-", "--stdin-name", &name],
            old().as_bytes(),
            false,
        );
        assert_eq!(run.status, status, "{}", run.out);
    }
}

#[test]
fn one_finding_is_counted_in_the_singular() {
    let folder = folder(&[("a.assess", &old())]);
    let baseline = at(&folder, "baseline.json");
    let run = check(&folder, &["--write-baseline", &baseline]);
    assert!(
        run.err.starts_with("1 finding of 1 file is in `"),
        "{}",
        run.err
    );
    let run = check(&folder, &["--baseline", &baseline]);
    assert!(
        run.err.starts_with("1 finding is in the baseline `"),
        "{}",
        run.err
    );
}
