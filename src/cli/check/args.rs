//! What `assess check` takes.

use crate::cli::asked::exact_day;
use crate::cli::names::{self, Known};
use crate::diag::Severity;
use crate::diag::rules::Group;
use crate::lint::{Selection, Selector};
use crate::render::FORMATS;
use clap::ValueEnum;
use jiff::civil::Date;
use std::path::PathBuf;

/// Check files and report every error and lint finding
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  assess check                          every `.assess` file in this folder and below
  assess check nato.assess shared/
  assess check - --stdin-name nato.assess < draft.assess
  assess check --fix                    apply the safe fixes
  assess check --unsafe-fixes --diff    preview the other fixes
  assess check --write-baseline baseline.json
  assess check --baseline baseline.json only what is new since then
  assess check --format json | jq '.summary'")]
pub(in crate::cli) struct Args {
    /// Files or folders to read; `-` reads standard input [default: current folder]
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,

    /// Output format
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = FORMATS[0].name,
        value_parser = names::formats(FORMATS)
    )]
    pub(super) format: String,

    /// Write the report to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,

    /// Print the number of findings per rule instead of the report
    #[arg(long, conflicts_with_all = ["format", "diff"])]
    pub(super) statistics: bool,

    /// File name for standard input: shown in messages, and the place from which its `use` paths are followed
    #[arg(long, value_name = "NAME")]
    pub(super) stdin_name: Option<PathBuf>,

    /// Exit with status 1 if a finding reaches this level
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t)]
    pub(super) fail_on: Level,

    /// Report only these rules or groups, comma-separated; errors are always reported
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = Known::new(selector, names::selectors), hide_possible_values = true, help_heading = "Rules")]
    select: Vec<Selector>,

    /// Do not report these rules or groups, comma-separated
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = Known::new(ignorable, names::ignorable), hide_possible_values = true, help_heading = "Rules")]
    ignore: Vec<Selector>,

    /// Date that decides what is overdue or expired: 2026-01-31, or `today`
    #[arg(long, value_name = "DATE", value_parser = exact_day, help_heading = "Rules")]
    today: Option<Date>,

    /// Use this `assess.toml` for all files instead of the nearest one
    #[arg(long, value_name = "FILE", help_heading = "Rules")]
    pub(super) config: Option<PathBuf>,

    /// Apply fixes that keep the file's meaning
    #[arg(long, help_heading = "Fixes")]
    fix: bool,

    /// Also apply fixes that a person should review afterwards
    #[arg(long, help_heading = "Fixes")]
    pub(super) unsafe_fixes: bool,

    /// Show what fixes would change, without writing anything
    #[arg(long, conflicts_with_all = ["output", "watch"], help_heading = "Fixes")]
    pub(super) diff: bool,

    /// Report only findings that are not in this baseline
    #[arg(long, value_name = "FILE", help_heading = "Baselines")]
    pub(super) baseline: Option<PathBuf>,

    /// Write all current findings to a baseline, and report nothing
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "fix", "unsafe_fixes", "diff", "watch", "output"],
          help_heading = "Baselines")]
    pub(super) write_baseline: Option<PathBuf>,

    /// Accept folders without an `.assess` file
    #[arg(long)]
    pub(super) allow_empty: bool,

    /// Check every file again, without the cache
    #[arg(long)]
    pub(super) no_cache: bool,

    /// Keep running, and check again whenever a file changes
    #[arg(long, conflicts_with_all = ["fix", "unsafe_fixes"])]
    pub(super) watch: bool,
}

/// How bad a finding has to be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Level {
    #[default]
    Error,
    Warning,
    Note,
    Never,
}

impl Level {
    /// The level; none where nothing is bad enough.
    pub(super) fn severity(self) -> Option<Severity> {
        match self {
            Level::Error => Some(Severity::Error),
            Level::Warning => Some(Severity::Warning),
            Level::Note => Some(Severity::Note),
            Level::Never => None,
        }
    }
}

impl Args {
    /// Whether files are to be fixed.
    pub(super) fn fixes(&self) -> bool {
        self.fix || self.unsafe_fixes
    }

    /// What is said of rules.
    pub(super) fn selection(&self) -> Selection {
        Selection {
            select: self.select.clone(),
            ignore: self.ignore.clone(),
            today: self.today,
        }
    }
}

fn selector(name: &str) -> Result<Selector, String> {
    Selector::find(name.trim()).map_err(|e| format!("{}; {}", e.message(), e.help()))
}

fn ignorable(name: &str) -> Result<Selector, String> {
    let found = selector(name)?;
    let group = match found {
        Selector::Rule(rule) => rule.group,
        Selector::Group(group) => group,
    };
    if group == Group::Error {
        return Err("an error cannot be ignored: a file with errors has no verdict".to_owned());
    }
    Ok(found)
}
