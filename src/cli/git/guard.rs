//! How git is asked in folders that others made.
//!
//! In: a folder. Out: git commands that obey no settings but ours. A repository's own settings can
//! name programs to run: for watching files, showing differences and signatures, paging, fetching.
//! Each is overridden; the system's and the user's settings, and what surrounds the process, are not
//! read at all. Git never fetches here.

use super::{GitError, path_of, run};
use std::ffi::OsString;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};

/// Settings that stand in for a repository's own.
const SETTINGS: &[&str] = &[
    "core.quotepath=off",
    "color.ui=false",
    "log.showSignature=false",
    "log.follow=false",
    "diff.renames=true",
    "diff.renameLimit=0",
    // What would run a program of the repository's choice.
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.editor=false",
    "core.askPass=",
    "core.sshCommand=false",
    "core.gitProxy=",
    "credential.helper=",
    "diff.external=",
    "gpg.program=false",
    "gpg.openpgp.program=false",
    "gpg.ssh.program=false",
    "gpg.x509.program=false",
    "protocol.allow=never",
    "maintenance.auto=false",
    "gc.auto=0",
    // A folder that looks like a repository without a working tree may be a file of another's.
    "safe.bareRepository=explicit",
];

/// What surrounds the process and would lead git elsewhere or start something. A hook's surroundings
/// name the hook's repository, which need not be the file's.
const SURROUNDINGS: &[&str] = &[
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
    "GIT_CONFIG",
    "GIT_CONFIG_COUNT",
    "GIT_CONFIG_PARAMETERS",
    "GIT_EXTERNAL_DIFF",
    "GIT_DIFF_OPTS",
    "GIT_PAGER",
    "GIT_SSH",
    "GIT_SSH_COMMAND",
    "GIT_ASKPASS",
    "GIT_PROXY_COMMAND",
];

/// No file, on every system.
const NOTHING: &str = if cfg!(windows) { "NUL" } else { "/dev/null" };

/// A way to ask git.
pub(super) struct Guard {
    /// The folders of other owners that the user has called safe.
    safe: Vec<OsString>,
    /// Where the repository keeps its data.
    data: Vec<PathBuf>,
}

impl Guard {
    /// Asks about the repository of a folder: whether it is shallow, and its top on the next line.
    pub(super) fn ask(folder: &Path) -> Result<(Guard, Vec<u8>), GitError> {
        let mut guard = Guard {
            safe: Vec::new(),
            data: Vec::new(),
        };
        let ask = |guard: &Guard| {
            run(guard
                .git(folder)
                .args(["rev-parse", "--is-shallow-repository", "--show-toplevel"]))
        };
        let said = match ask(&guard) {
            Err(GitError::Failed(message)) if message.contains("safe.directory") => {
                guard.safe = called_safe();
                ask(&guard)?
            }
            said => said?,
        };
        let own = run(guard.git(folder).args(["rev-parse", "--absolute-git-dir"]))?;
        let own = fs::canonicalize(path_of(own.strip_suffix(b"\n").unwrap_or(&own)))?;
        // A working tree beside another shares the data of that one.
        let common = fs::read(own.join("commondir")).ok();
        let common = common.map(|text| own.join(path_of(text.trim_ascii_end())));
        guard
            .data
            .extend(common.and_then(|path| fs::canonicalize(path).ok()));
        guard.data.push(own);
        Ok((guard, said))
    }

    /// Whether the repository's data lie where git puts them, and not among the files of the working
    /// tree, where whoever wrote these files has written them too.
    pub(super) fn is_no_plant(&self, top: &Path) -> Result<(), GitError> {
        let is_plant = |data: &&PathBuf| {
            let below = data.strip_prefix(top).ok();
            below.is_some_and(|below| {
                !below
                    .components()
                    .any(|c| c == Component::Normal(".git".as_ref()))
            })
        };
        match self.data.iter().find(is_plant) {
            None => Ok(()),
            Some(data) => Err(GitError::Planted(data.clone())),
        }
    }

    /// A git command that runs in a folder and obeys nobody.
    pub(super) fn git(&self, folder: &Path) -> Command {
        let mut command = git();
        command.current_dir(folder);
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        for folder in &self.safe {
            let mut setting = OsString::from("safe.directory=");
            setting.push(folder);
            command.arg("-c").arg(setting);
        }
        command
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_SYSTEM", NOTHING)
            .env("GIT_CONFIG_GLOBAL", NOTHING);
        command
    }
}

/// A git command apart from its surroundings.
fn git() -> Command {
    let mut command = Command::new("git");
    command.arg("--no-pager");
    for variable in SURROUNDINGS {
        command.env_remove(variable);
    }
    command
        .env("GIT_LITERAL_PATHSPECS", "1")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_ATTR_NOSYSTEM", "1")
        // Git knows the first from version 2.45 on; the second forbids every way to fetch.
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_ALLOW_PROTOCOL", "none")
        .env("LC_ALL", "C")
        .stdin(Stdio::null());
    command
}

/// The folders of other owners that the user's and the system's settings call safe: that a user says,
/// and no repository.
fn called_safe() -> Vec<OsString> {
    let mut found = Vec::new();
    for whose in ["--system", "--global"] {
        let said = run(git().args([
            "config",
            whose,
            "--includes",
            "-z",
            "--get-all",
            "safe.directory",
        ]));
        for value in said.unwrap_or_default().split(|&b| b == 0) {
            // An empty one takes back those before it.
            if !value.is_empty() {
                found.push(path_of(value).into_os_string());
            } else if !found.is_empty() {
                found.push(OsString::new());
            }
        }
        // What stands behind the last value is no value.
        if found.last().is_some_and(|last| last.is_empty()) {
            found.pop();
        }
    }
    found
}
