//! The policy of each file: the nearest `assess.toml` and the command line together.
//!
//! In: files and a selection. Out: a policy for each file, or every mistake in the configurations
//! that were met. Each `assess.toml` is read once.

use crate::cli::{Status, Streams, files, score};
use crate::diag::Checked;
use crate::lint::config::{self, Config, Found, ReportConfig};
use crate::lint::rules;
use crate::lint::{Policy, Selection};
use crate::project::loader::leads_outside;
use crate::project::{FileSystem, Loader, name_of};
use crate::render::text;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The policies of a run.
#[derive(Default)]
pub(in crate::cli) struct Configs {
    policies: Vec<Policy>,
    /// Of each, `[report]` and the folder that it stands in.
    houses: Vec<(ReportConfig, PathBuf)>,
    /// Of each, where its record lies.
    histories: Vec<Option<PathBuf>>,
    /// By the folder that a file stands in, and by the configuration's own path.
    known: BTreeMap<PathBuf, usize>,
    /// What is wrong with configurations.
    mistakes: Vec<Checked>,
    /// Why some configuration cannot be read.
    problems: Vec<String>,
}

impl Configs {
    /// The policies of files; of all of them one configuration's, where it is named.
    pub(in crate::cli) fn of(
        paths: &[PathBuf],
        named: Option<&Path>,
        selection: &Selection,
    ) -> (Configs, Vec<usize>) {
        let mut configs = Configs::default();
        if let Some(path) = named {
            let one = match FileSystem.read(path) {
                Ok(bytes) => configs.add(
                    Found {
                        path: path.to_path_buf(),
                        bytes,
                    },
                    selection,
                ),
                Err(error) => {
                    configs.problems.push(files::unreadable(path, &error));
                    configs.push(&Config::default(), Path::new("."), selection)
                }
            };
            return (configs, vec![one; paths.len()]);
        }
        let each = paths.iter().map(|path| {
            let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
            let folder = folder.unwrap_or(Path::new(".")).to_path_buf();
            match configs.known.get(&folder) {
                Some(&policy) => policy,
                None => {
                    let policy = configs.nearest(&folder, selection);
                    configs.known.insert(folder, policy);
                    policy
                }
            }
        });
        let each = each.collect();
        (configs, each)
    }

    /// The policy of an index that [`Configs::of`] gave.
    pub(in crate::cli) fn policy(&self, index: usize) -> &Policy {
        &self.policies[index]
    }

    /// What `[report]` says for an index that [`Configs::of`] gave, and in which folder.
    pub(in crate::cli) fn house(&self, index: usize) -> (&ReportConfig, &Path) {
        let (report, folder) = &self.houses[index];
        (report, folder)
    }

    /// Where the record lies, for an index that [`Configs::of`] gave.
    pub(in crate::cli) fn history(&self, index: usize) -> Option<&Path> {
        self.histories[index].as_deref()
    }

    /// Reads what words turned out to mean, where that is set and some rule asks for it.
    pub(in crate::cli) fn read_records(&mut self, shown: bool) {
        if self.are_broken() {
            return;
        }
        for (policy, history) in self.policies.iter_mut().zip(&self.histories) {
            let asked = policy.level(&rules::MISCALIBRATED_WORD).is_some();
            let Some(history) = history.as_ref().filter(|_| asked) else {
                continue;
            };
            match score::words_of(history, shown) {
                Ok(words) => policy.settings.record = Some(words),
                Err(why) => self.problems.push(format!("`[score] history`: {why}")),
            }
        }
    }

    /// Whether nothing may be checked.
    pub(in crate::cli) fn are_broken(&self) -> bool {
        !self.mistakes.is_empty() || !self.problems.is_empty()
    }

    /// Says what is wrong with them.
    pub(in crate::cli) fn say(&self, streams: &mut Streams<'_>) -> Status {
        for problem in &self.problems {
            streams.fail(problem);
        }
        if !self.mistakes.is_empty() {
            let report = text::report(&self.mistakes, streams.error_look);
            streams.say(&report);
        }
        Status::Failed
    }

    fn nearest(&mut self, folder: &Path, selection: &Selection) -> usize {
        let absolute = FileSystem.canonical(folder);
        let found = config::find(&FileSystem, &absolute.unwrap_or(folder.to_path_buf()));
        match found {
            Ok(Some(found)) if leads_outside(&found.path) => {
                self.problems.push(format!(
                    "`{}` is a link that leads outside this project",
                    shown(&found.path).display()
                ));
                self.push(&Config::default(), Path::new("."), selection)
            }
            Ok(Some(found)) => match self.known.get(&found.path) {
                Some(&policy) => policy,
                None => {
                    let path = found.path.clone();
                    let policy = self.add(found, selection);
                    self.known.insert(path, policy);
                    policy
                }
            },
            Ok(None) => {
                let none = PathBuf::new();
                match self.known.get(&none) {
                    Some(&policy) => policy,
                    None => {
                        let policy = self.push(&Config::default(), Path::new("."), selection);
                        self.known.insert(none, policy);
                        policy
                    }
                }
            }
            Err((path, error)) => {
                self.problems.push(files::unreadable(&shown(&path), &error));
                self.push(&Config::default(), Path::new("."), selection)
            }
        }
    }

    fn add(&mut self, found: Found, selection: &Selection) -> usize {
        let name = shown(&found.path);
        let config = match String::from_utf8(found.bytes) {
            Ok(text) => {
                let name = name_of(&name);
                let (config, checked) = Config::read(&name, &text);
                if !checked.diagnostics.is_empty() {
                    self.mistakes.push(checked);
                }
                config
            }
            Err(_) => {
                self.problems
                    .push(format!("`{}` is not UTF-8 text", name.display()));
                Config::default()
            }
        };
        let folder = found.path.parent().unwrap_or(Path::new("."));
        self.push(&config, folder, selection)
    }

    fn push(&mut self, config: &Config, folder: &Path, selection: &Selection) -> usize {
        let history = config.history.as_ref();
        self.histories.push(history.map(|h| folder.join(h)));
        self.houses
            .push((config.report.clone(), folder.to_path_buf()));
        self.policies.push(Policy::new(config, selection));
        self.policies.len() - 1
    }
}

/// A path as seen from the current folder, where it lies below it.
fn shown(path: &Path) -> PathBuf {
    let here = std::env::current_dir().and_then(std::fs::canonicalize);
    let below = here
        .ok()
        .and_then(|here| path.strip_prefix(here).ok().map(Path::to_path_buf));
    below.unwrap_or_else(|| path.to_path_buf())
}
