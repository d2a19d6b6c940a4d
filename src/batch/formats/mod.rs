//! The formats of tables.
//!
//! In: what is read, and where bytes are to go. Out: the table with its verdicts, piece by piece and in order, in
//! memory that does not grow with it. A format is one file and one line in [`ALL`].

mod arrow;
#[cfg(feature = "tables")]
mod columns;
mod csv;
mod foreign;
#[cfg(feature = "tables")]
mod guard;
#[cfg(feature = "tables")]
mod packing;
mod parquet;
#[cfg(feature = "tables")]
mod verdicts;

use super::Batch;
use crate::diag::suggest;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

/// Every format; the first is that of tables which say nothing else.
pub static ALL: [&Format; 4] = [&csv::CSV, &parquet::PARQUET, &arrow::FILE, &arrow::STREAM];

/// How many parts of a table are worked on at once; the same on every machine, and so the same bytes.
const AT_ONCE: usize = 8;

/// How many of a file's first bytes tell its format.
pub const FIRST: usize = 8;

/// A format of tables.
pub struct Format {
    /// As it is asked for.
    pub name: &'static str,
    /// As it is called.
    pub title: &'static str,
    /// Endings of files in it.
    pub endings: &'static [&'static str],
    /// Whether a table that begins with these bytes is in it.
    begins: fn(&[u8]) -> bool,
    /// Whether it can only be read from a file.
    pub whole: bool,
    /// Begins to read a table; none in a build that does without the format.
    open: Option<Open>,
    /// Begins to write one whose columns have types.
    #[cfg(feature = "tables")]
    write: Option<columns::Begin>,
}

impl std::fmt::Debug for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

type Open = for<'i> fn(Input<'i>, Option<u8>) -> Result<Box<dyn Opened + 'i>, Trouble>;

/// What a table is read from.
pub enum Input<'i> {
    /// Bytes in their order.
    Stream(Box<dyn Read + 'i>),
    /// A file.
    File(File),
}

/// A table that has begun to be read.
pub trait Opened {
    /// Its headings.
    fn headings(&self) -> &[String];

    /// Writes it with the verdicts of its rows under these new headings; how many rows are wrong.
    ///
    /// # Errors
    ///
    /// See [`Trouble`].
    fn run(
        &mut self,
        batch: &Batch,
        new: &[String],
        into: &'static Format,
        out: &mut dyn Write,
    ) -> Result<usize, Trouble>;
}

/// Why a table was not finished.
#[derive(Debug)]
pub enum Trouble {
    /// It cannot be read.
    Read(io::Error),
    /// It cannot be written.
    Write(io::Error),
    /// It has no headings.
    Empty,
    /// What is wrong with it, a sentence each.
    Said(Vec<String>),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Trouble {
        Trouble::Write(error)
    }
}

impl Format {
    /// The format of a name.
    ///
    /// # Errors
    ///
    /// There is none; which was meant.
    pub fn named(name: &str) -> Result<&'static Format, String> {
        let names = ALL.iter().map(|f| f.name);
        let found = ALL.into_iter().find(|f| f.name == name);
        found.ok_or_else(|| {
            let near = suggest::nearest(name, names.clone());
            let near = suggest::did_you_mean(&near).map_or(String::new(), |n| format!("; {n}"));
            let names: Vec<&str> = names.collect();
            format!("write {}{near}", suggest::list(&names, "or"))
        })
    }

    /// The format that a file's ending says, if any.
    pub fn ending(path: &Path) -> Option<&'static Format> {
        let ending = path.extension()?.to_str()?;
        let is_one = |e: &&str| e.eq_ignore_ascii_case(ending);
        ALL.into_iter().find(|f| f.endings.iter().any(is_one))
    }

    /// The format that a table's first bytes say; that of text where they say nothing.
    pub fn of(first: &[u8]) -> &'static Format {
        let known = ALL.into_iter().find(|f| (f.begins)(first));
        known.unwrap_or(ALL[0])
    }

    /// Begins to read a table that begins with these bytes and is called so in messages.
    ///
    /// # Errors
    ///
    /// It is none in this format, or this build does not know the format.
    pub fn open<'i>(
        &self,
        name: &str,
        first: &[u8],
        input: Input<'i>,
        separator: Option<u8>,
    ) -> Result<Box<dyn Opened + 'i>, Trouble> {
        let said = |text: String| Err(Trouble::Said(vec![text]));
        let Some(open) = self.open else {
            return said(self.missing(name));
        };
        if let Some(foreign) = foreign::Foreign::of(first) {
            return said(foreign.read(name));
        }
        let is = Format::of(first);
        match is.name == self.name {
            true => open(input, separator),
            false if first.is_empty() => said(format!(
                "{name} is empty, and cannot be read as {}",
                self.title
            )),
            false => said(format!(
                "{name} is read as {}, and begins like {}: give it the ending `.{}`, or pipe it in and say \
                 `--format {}`",
                self.title, is.title, is.endings[0], is.name
            )),
        }
    }

    /// What is wrong with writing a table under a name that something else has.
    pub fn misnamed(path: &Path, name: &str) -> Option<String> {
        foreign::Foreign::named(path).map(|foreign| foreign.written(name))
    }

    /// Whether this build knows the format.
    pub fn is_built(&self) -> bool {
        self.open.is_some()
    }

    /// What is said of a table in a format that this build does not know.
    pub fn missing(&self, name: &str) -> String {
        format!(
            "{name} is a table in {}, and this build of assess reads csv only: install a release, or build \
             with `--features tables`",
            self.title
        )
    }
}
