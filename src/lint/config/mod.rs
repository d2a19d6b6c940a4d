//! `assess.toml`: the rules' levels and thresholds for a folder and all below it.
//!
//! In: its text. Out: a [`Config`], and every mistake in it with its place. Nothing is read from
//! disk here but through a [`Loader`].

mod history;
mod house;
mod read;
mod schema;

pub use schema::{reference, schema};

use super::selector::{Selector, closest};
use super::settings::Settings;
use crate::diag::Checked;
use crate::diag::Severity;
use crate::diag::rules::Rule;
use crate::project::Loader;
use crate::text::lang::Lang;
use std::io;
use std::path::{Path, PathBuf};

/// The name of the file.
pub const NAME: &str = "assess.toml";

/// The largest `assess.toml` that is read, in bytes.
pub const LIMIT: usize = 1 << 20;

/// How a rule's findings are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Not at all.
    Off,
    /// At a level.
    At(Severity),
}

/// The words of [`Level`].
const LEVELS: &[(&str, Level)] = &[
    ("off", Level::Off),
    ("note", Level::At(Severity::Note)),
    ("warning", Level::At(Severity::Warning)),
    ("error", Level::At(Severity::Error)),
];

/// What `assess.toml` says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Config {
    /// `[lint] select`: these rules only; all unless stated.
    pub(crate) select: Option<Vec<Selector>>,
    /// `[lint] ignore`: not these.
    pub(crate) ignore: Vec<Selector>,
    /// `[lint] NAME = LEVEL`, each name once.
    pub(crate) levels: Vec<(Selector, Level)>,
    /// The thresholds, and `[lint] today`.
    pub settings: Settings,
    /// `[report]`: whose reports they are.
    pub(crate) report: ReportConfig,
    /// `[score] history`: the file or folder below that of `assess.toml` whose settled questions are the
    /// record.
    pub(crate) history: Option<String>,
}

/// `[report]`: what all reports of a folder have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportConfig {
    /// Whose they are.
    pub(crate) organisation: Option<String>,
    /// Its sign: a picture below the folder of `assess.toml`.
    pub(crate) logo: Option<String>,
    /// Their language, where the file states none.
    pub(crate) lang: Option<Lang>,
}

impl Config {
    /// What a text named `name` says, and all mistakes in it. What is mistaken is left out.
    pub fn read(name: &str, text: &str) -> (Config, Checked) {
        read::read(name, text)
    }

    /// The stated level of a rule, and how closely it is stated; none where the rule's own holds.
    pub(super) fn level(&self, rule: &Rule) -> Option<(u8, Level)> {
        let stated = self.levels.iter();
        let close =
            stated.filter_map(|(selector, level)| Some((selector.closeness(rule)?, *level)));
        close.max_by_key(|(closeness, _)| *closeness)
    }

    /// How closely `ignore` names a rule that `select` names less closely.
    pub(super) fn ignored(&self, rule: &Rule) -> Option<u8> {
        let selected = self.select.as_deref().and_then(|s| closest(s, rule));
        closest(&self.ignore, rule).filter(|ignored| Some(*ignored) >= selected)
    }

    /// Whether `select` leaves a rule on.
    pub(super) fn selects(&self, rule: &Rule) -> bool {
        let select = self.select.as_deref();
        select.is_none_or(|s| closest(s, rule).is_some())
    }
}

/// An `assess.toml` as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it stands.
    pub(crate) path: PathBuf,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// The nearest `assess.toml` in a folder or above it.
///
/// # Errors
///
/// Where there is one that cannot be read: its path, and what the loader says.
pub fn find(loader: &dyn Loader, folder: &Path) -> Result<Option<Found>, (PathBuf, io::Error)> {
    for folder in folder.ancestors() {
        let path = folder.join(NAME);
        match loader.read(&path) {
            Ok(bytes) => return Ok(Some(Found { path, bytes })),
            // Above a file that is named like a folder there is no configuration.
            Err(e)
                if matches!(
                    e.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                ) => {}
            Err(e) => return Err((path, e)),
        }
    }
    Ok(None)
}
