//! The few things that only the built command can show.

use std::io::Read;
use std::process::{Command, Stdio};

fn assess() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_assess"));
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM", "COLUMNS"] {
        command.env_remove(variable);
    }
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

#[test]
fn it_says_its_version_and_ends_with_0() {
    let output = assess().arg("--version").output().expect("it runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert_eq!(text, format!("assess {}\n", env!("CARGO_PKG_VERSION")));
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn exit_codes() {
    for (arguments, code) in [
        (&["check", "examples"][..], 0),
        (&["check", "tests/suite/check"], 1),
        (&["check", "no-such-file"], 2),
        (&["no-such-command"], 2),
    ] {
        let output = assess().args(arguments).output().expect("it runs");
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
    }
}

#[test]
fn colour_follows_the_environment_and_the_flag() {
    let coloured = |set: &[(&str, &str)], flag: &[&str]| {
        let mut command = assess();
        command.args(["check", "tests/suite/check"]).args(flag);
        let output = command.envs(set.iter().copied()).output();
        output.expect("it runs").stdout.contains(&b'\x1b')
    };
    assert!(!coloured(&[], &[]));
    assert!(!coloured(&[("NO_COLOR", "1")], &[]));
    assert!(coloured(&[("CLICOLOR_FORCE", "1")], &[]));
    assert!(coloured(&[("NO_COLOR", "1")], &["--color", "always"]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1")], &["--color=never"]));
    let help = assess().args(["--color", "always", "--help"]).output();
    assert!(help.expect("it runs").stdout.contains(&b'\x1b'));
}

#[test]
fn threads_change_nothing() {
    for arguments in [
        &[
            "eval",
            "--format",
            "json",
            "tests/suite/eval/alliance.assess",
            "examples/holds.assess",
        ][..],
        &["check", "tests/suite"],
    ] {
        let with = |threads: &str| {
            let mut command = assess();
            command.env("RAYON_NUM_THREADS", threads).args(arguments);
            command.output().expect("it runs").stdout
        };
        let one = with("1");
        assert!(one.len() > 1_000);
        for threads in ["2", "2", "5"] {
            assert!(with(threads) == one, "{arguments:?} with {threads} threads");
        }
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut child = assess()
        .args(["rule", "--format", "markdown"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    drop(child.stdout.take());
    let mut said = String::new();
    let mut stderr = child.stderr.take().expect("a pipe");
    stderr.read_to_string(&mut said).expect("UTF-8");
    assert_eq!(said, "");
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_2() {
    let full = std::fs::File::options().write(true).open("/dev/full");
    let output = assess()
        .args(["rule"])
        .stdout(full.expect("the device"))
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(said.starts_with("error: cannot write"), "{said}");
}
