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

/// Every mistake and every finding of the linter, in one run
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  assess check                          every `.assess` file under this folder
  assess check nato.assess shared/
  assess check - --stdin-name nato.assess < draft.assess
  assess check --fix                    mend what can be mended safely
  assess check --unsafe-fixes --diff    show what else could be mended
  assess check --write-baseline baseline.json
  assess check --baseline baseline.json only what is new since then
  assess check --format json | jq '.summary'")]
pub(in crate::cli) struct Args {
    /// Files, or folders for their `.assess` files; none means this folder, `-` standard input
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,

    /// How to print what is found
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = FORMATS[0].name,
        value_parser = names::formats(FORMATS)
    )]
    pub(super) format: String,

    /// The file to write the report to, in place of the output
    #[arg(long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,

    /// Count the findings by rule, in place of the report
    #[arg(long, conflicts_with_all = ["format", "diff"])]
    pub(super) statistics: bool,

    /// The name that standard input goes by in messages, and beside which its `use` looks for files
    #[arg(long, value_name = "NAME")]
    pub(super) stdin_name: Option<PathBuf>,

    /// End with 1 where something as bad as this is found
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t)]
    pub(super) fail_on: Level,

    /// Only these rules or groups, with commas between; errors are always reported
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = Known::new(selector, names::selectors), hide_possible_values = true, help_heading = "Rules")]
    select: Vec<Selector>,

    /// Not these rules or groups
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = Known::new(ignorable, names::ignorable), hide_possible_values = true, help_heading = "Rules")]
    ignore: Vec<Selector>,

    /// The day against which horizons are overdue and suppressions expire, as 2026-01-31, or `today`
    #[arg(long, value_name = "DATE", value_parser = exact_day, help_heading = "Rules")]
    today: Option<Date>,

    /// An `assess.toml` for all files, in place of the nearest one
    #[arg(long, value_name = "FILE", help_heading = "Rules")]
    pub(super) config: Option<PathBuf>,

    /// Mend what can be mended without changing what a file says
    #[arg(long, help_heading = "Fixes")]
    fix: bool,

    /// Mend too where a person should look at it afterwards
    #[arg(long, help_heading = "Fixes")]
    pub(super) unsafe_fixes: bool,

    /// Show how files would be mended, and write nothing
    #[arg(long, conflicts_with_all = ["output", "watch"], help_heading = "Fixes")]
    pub(super) diff: bool,

    /// Report only what is not in this baseline
    #[arg(long, value_name = "FILE", help_heading = "Baselines")]
    pub(super) baseline: Option<PathBuf>,

    /// Write a baseline of all that is found, and report nothing
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "fix", "unsafe_fixes", "diff", "watch", "output"],
          help_heading = "Baselines")]
    pub(super) write_baseline: Option<PathBuf>,

    /// Accept folders in which there is no `.assess` file
    #[arg(long)]
    pub(super) allow_empty: bool,

    /// Check every file anew
    #[arg(long)]
    pub(super) no_cache: bool,

    /// Check again whenever a file changes
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
    /// Whether files are to be mended.
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
        return Err(
            "an error cannot be ignored: without it mended a file has no verdict".to_owned(),
        );
    }
    Ok(found)
}
