//! `--csv`: for whom CSV is written.
//!
//! In: the arguments. Out: how texts stand in cells, or that no CSV is asked for.

use crate::render::csv::Csv;

/// How CSV is written.
#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub(super) struct How {
    /// Write CSV: `safe` guards text that a spreadsheet would run as a formula, `excel` also adds a byte-order mark, `raw` leaves text as it is, for programs
    #[arg(long, value_enum, value_name = "FOR")]
    csv: Option<For>,
}

/// For whom it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum For {
    // Spreadsheets; what `--format csv` writes.
    Safe,
    Excel,
    // Programs.
    Raw,
}

impl How {
    /// How it is written, where CSV is asked for; `first` is the format that nobody has to ask for.
    ///
    /// # Errors
    ///
    /// That another format is asked for as well.
    pub(super) fn asked(self, format: &str, first: &str) -> Result<Option<Csv>, String> {
        let csv = match self.csv {
            Some(For::Safe) => Csv::Safe,
            Some(For::Excel) => Csv::Excel,
            Some(For::Raw) => Csv::Raw,
            None => return Ok(None),
        };
        match format == "csv" || format == first {
            true => Ok(Some(csv)),
            false => Err(format!("`--csv` writes CSV; leave out `--format {format}`")),
        }
    }
}
