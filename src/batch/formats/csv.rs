//! CSV: text whose first line names the columns.
//!
//! In: bytes. Out: the same records with more cells.

use super::{AT_ONCE, Format, Input, Opened, Trouble};
use crate::batch::{Batch, Piece, Records, Table, quoted};
use std::io::{self, Read, Write};

/// The format.
pub(super) static CSV: Format = Format {
    name: "csv",
    title: "CSV",
    endings: &["csv", "tsv", "txt"],
    // Whatever nothing else begins like.
    begins: |_| false,
    whole: false,
    open: Some(open),
    #[cfg(feature = "tables")]
    write: None,
};

struct Csv<R> {
    records: Records<R>,
    headings: Vec<String>,
}

fn open(input: Input<'_>, separator: Option<u8>) -> Result<Box<dyn Opened + '_>, Trouble> {
    Ok(match input {
        Input::Stream(stream) => Box::new(begin(stream, separator)?),
        Input::File(file) => Box::new(begin(file, separator)?),
    })
}

fn begin<R: Read>(input: R, separator: Option<u8>) -> Result<Csv<R>, Trouble> {
    let mut records = Records::new(input, separator).map_err(Trouble::Read)?;
    match records.heading() {
        Ok(Some(headings)) => Ok(Csv { records, headings }),
        Ok(None) => Err(Trouble::Empty),
        Err(error) => Err(Trouble::Read(error)),
    }
}

impl<R: Read> Csv<R> {
    /// The next pieces; none at the end.
    fn pieces(&mut self) -> io::Result<Vec<Piece>> {
        let mut pieces = Vec::new();
        while pieces.len() < AT_ONCE {
            let piece = self.records.piece()?;
            if piece.bytes.is_empty() {
                break;
            }
            pieces.push(piece);
        }
        Ok(pieces)
    }
}

impl<R: Read> Opened for Csv<R> {
    fn headings(&self) -> &[String] {
        &self.headings
    }

    fn run(
        &mut self,
        batch: &Batch,
        new: &[String],
        into: &'static Format,
        out: &mut dyn Write,
    ) -> Result<usize, Trouble> {
        if into.name != CSV.name {
            return Err(Trouble::Said(vec![format!(
                "the columns of a CSV table have no types, which {} needs: write CSV, and convert it with what reads \
                 its types",
                into.title
            )]));
        }
        let separator = self.records.separator();
        let cells = self.headings.iter().chain(new);
        let cells: Vec<String> = cells.map(|c| quoted(c, char::from(separator))).collect();
        if self.records.marked {
            // Spreadsheets tell by it that text is UTF-8.
            out.write_all("\u{feff}".as_bytes())?;
        }
        out.write_all(cells.join(&char::from(separator).to_string()).as_bytes())?;
        out.write_all(b"\n")?;
        let headings = self.headings.clone();
        let mut table = Table::new(batch, &headings, separator);
        let mut wrong = 0;
        let mut pieces = self.pieces().map_err(Trouble::Read)?;
        let mut done: Vec<(Vec<u8>, usize)> = Vec::new();
        while !pieces.is_empty() || !done.is_empty() {
            let written = std::mem::take(&mut done);
            let (found, next) = beside(
                || table.run(&pieces),
                || {
                    for (bytes, bad) in written {
                        out.write_all(&bytes)?;
                        wrong += bad;
                    }
                    self.pieces().map_err(Trouble::Read)
                },
            );
            done = found;
            pieces = next?;
        }
        Ok(wrong)
    }
}

/// Does some work on other threads, and meanwhile something on this one.
#[cfg(feature = "parallel")]
fn beside<T: Send, U>(work: impl FnOnce() -> T + Send, own: impl FnOnce() -> U) -> (T, U) {
    std::thread::scope(|scope| {
        let work = scope.spawn(work);
        let own = own();
        match work.join() {
            Ok(found) => (found, own),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

#[cfg(not(feature = "parallel"))]
fn beside<T, U>(work: impl FnOnce() -> T, own: impl FnOnce() -> U) -> (T, U) {
    (work(), own())
}
