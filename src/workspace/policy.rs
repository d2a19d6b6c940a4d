//! What the nearest `assess.toml` says of a file.
//!
//! In: a file's path and what the caller says of rules. Out: a policy and whose reports they are, or
//! what is wrong with the configuration.

use super::files::Files;
use super::{Error, ErrorKind};
use crate::lint::config::{self, Config, ReportConfig};
use crate::lint::{Policy, Selection, Selector};
use crate::project::loader::leads_outside;
use crate::project::{Loader, name_of};
use jiff::civil::Date;
use serde::Deserialize;
use std::path::Path;
#[cfg(feature = "html")]
use std::path::PathBuf;

/// What is said of rules beside `assess.toml`. Nothing unless stated.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Checking {
    /// These rules or groups only.
    pub select: Vec<String>,
    /// Do not report these rules or groups, comma-separated.
    pub ignore: Vec<String>,
    /// The day against which horizons are overdue and suppressions expire: `2026-01-31`.
    pub today: Option<String>,
}

impl Checking {
    fn selection(&self) -> Result<Selection, Error> {
        let find = |names: &[String]| {
            let each = names.iter().map(|name| {
                Selector::find(name.trim())
                    .map_err(|e| Error::refused(format!("{}; {}", e.message(), e.help())))
            });
            each.collect::<Result<Vec<_>, _>>()
        };
        let today = self.today.as_deref().map(|text| {
            text.parse::<Date>()
                .map_err(|_| Error::refused("write `today` as 2026-01-31".to_owned()))
        });
        Ok(Selection {
            select: find(&self.select)?,
            ignore: find(&self.ignore)?,
            today: today.transpose()?,
        })
    }
}

/// What a configuration says.
pub(crate) struct Configured {
    pub(crate) policy: Policy,
    pub(crate) report: ReportConfig,
    /// The folder that it stands in, and its logo with it.
    #[cfg(feature = "html")]
    pub(crate) folder: PathBuf,
}

/// What holds for a file.
///
/// # Errors
///
/// Every mistake in its `assess.toml`, or in what is said of rules.
pub(crate) fn of(files: &Files, path: &Path, checking: &Checking) -> Result<Configured, Error> {
    let selection = checking.selection()?;
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    let folder = match (files.disk, folder) {
        (true, folder) => {
            let folder = folder.unwrap_or(Path::new("."));
            files.canonical(folder).unwrap_or(folder.to_path_buf())
        }
        (false, folder) => folder.unwrap_or(Path::new("")).to_path_buf(),
    };
    let found = match config::find(files, &folder) {
        Ok(Some(found)) => found,
        Ok(None) => {
            return Ok(Configured {
                policy: Policy::new(&Config::default(), &selection),
                report: ReportConfig::default(),
                #[cfg(feature = "html")]
                folder,
            });
        }
        Err((path, error)) => {
            let name = name_of(&path);
            return Err(Error::configuration(format!(
                "`{name}` cannot be read: {error}"
            )));
        }
    };
    let name = name_of(&found.path);
    if files.disk && leads_outside(&found.path) {
        return Err(Error::configuration(format!(
            "`{name}` is a link that leads outside this project"
        )));
    }
    let text = String::from_utf8(found.bytes)
        .map_err(|_| Error::configuration(format!("`{name}` is not UTF-8 text")))?;
    let (config, checked) = Config::read(&name, &text);
    if !checked.diagnostics.is_empty() {
        return Err(Error::of(ErrorKind::Configuration, checked));
    }
    Ok(Configured {
        policy: Policy::new(&config, &selection),
        report: config.report,
        #[cfg(feature = "html")]
        folder: found.path.parent().unwrap_or(Path::new("")).to_path_buf(),
    })
}
