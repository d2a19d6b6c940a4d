//! `assess score --csv`: forecasts from elsewhere, row by row.
//!
//! In: CSV (RFC 4180) whose first line names its columns, and which columns count. Out: the figures.
//! No row is kept. A row that cannot be read is reported with its line, and the next one is read.

use super::super::{Status, Streams};
use crate::record::sheet::How;
use crate::record::stream::Stream;
use crate::render::score::{Chosen, Record};
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use xxhash_rust::xxh3::xxh3_64;

/// Which columns count.
#[derive(Debug, clap::Args)]
pub(super) struct Columns {
    /// Score the forecasts of a CSV file (`-` for standard input) instead of assessments
    #[arg(long, value_name = "FILE", conflicts_with_all = ["paths", "as_of", "time_weighted"])]
    csv: Option<std::path::PathBuf>,

    /// The column that holds the chance of yes
    #[arg(
        long,
        value_name = "COLUMN",
        default_value = "probability",
        requires = "csv"
    )]
    probability: String,

    /// Columns that hold the chance of each outcome, instead of `--probability`
    #[arg(
        long,
        value_name = "COLUMN",
        value_delimiter = ',',
        requires = "csv",
        conflicts_with = "probability"
    )]
    outcomes: Vec<String>,

    /// The column that holds what came true: yes or no, 1 or 0, a share, or an outcome's column
    #[arg(
        long,
        value_name = "COLUMN",
        default_value = "result",
        requires = "csv"
    )]
    result: String,

    /// The column that holds the question; rows of one question are resampled together
    #[arg(long, value_name = "COLUMN", requires = "csv")]
    question: Option<String>,

    /// The column that holds the forecaster
    #[arg(long, value_name = "COLUMN", requires = "csv")]
    forecaster: Option<String>,

    /// The column that holds the date; scores are shown by year
    #[arg(long, value_name = "COLUMN", requires = "csv")]
    date: Option<String>,

    /// Another column to break scores down by
    #[arg(long, value_name = "COLUMN", requires = "csv")]
    group: Option<String>,
}

/// How many bad rows are named.
const NAMED: u64 = 20;

/// A row may be so long.
const ROW_BYTES: usize = 1 << 20;

impl Columns {
    /// The file, where one is asked for.
    pub(super) fn file(&self) -> Option<&Path> {
        self.csv.as_deref()
    }

    /// Scores it.
    pub(super) fn score(
        &self,
        how: How,
        streams: &mut Streams<'_>,
    ) -> Result<(Record, Status), String> {
        let path = self.csv.as_deref().unwrap_or(Path::new("-"));
        if path == Path::new("-") {
            let mut input = BufReader::new(&mut *streams.input);
            let (record, bad) = self.read(&mut input, "<stdin>", how)?;
            return Ok((record, said(bad, streams)));
        }
        let unreadable = |e: io::Error| super::files::unreadable(path, &e);
        let file = File::open(path).map_err(unreadable)?;
        if file.metadata().is_ok_and(|m| m.is_dir()) {
            return Err(unreadable(io::ErrorKind::IsADirectory.into()));
        }
        let mut input = BufReader::with_capacity(1 << 18, file);
        let name = path.display().to_string();
        let (record, bad) = self.read(&mut input, &name, how)?;
        Ok((record, said(bad, streams)))
    }

    fn read(&self, input: &mut dyn BufRead, name: &str, how: How) -> Result<(Record, Bad), String> {
        let failed = |e: io::Error| format!("`{name}` cannot be read: {e}");
        let mut rows = Rows::new(input);
        let mut cells = Cells::default();
        if !rows.next(&mut cells).map_err(failed)? {
            return Err(format!(
                "`{name}` is empty; its first line names the columns"
            ));
        }
        let head: Vec<String> = (0..cells.len())
            .map(|i| {
                String::from_utf8_lossy(cells.get(i))
                    .trim_start_matches('\u{feff}')
                    .trim()
                    .to_owned()
            })
            .collect();
        let place = |column: &str| {
            let found = head.iter().position(|h| h == column);
            found.ok_or_else(|| {
                let names: Vec<String> = head.iter().take(12).map(|h| format!("`{h}`")).collect();
                format!(
                    "`{name}` has no column `{column}`; it has {}",
                    names.join(", ")
                )
            })
        };
        let maybe = |column: &Option<String>| column.as_deref().map(place).transpose();
        let named: Vec<String> = match self.outcomes.is_empty() {
            true => vec![self.probability.clone()],
            false => self.outcomes.clone(),
        };
        if self.outcomes.len() == 1 {
            return Err("name two outcomes or more, or use `--probability` for yes or no".into());
        }
        let chances = named
            .iter()
            .map(|c| place(c))
            .collect::<Result<Vec<_>, _>>()?;
        let result = place(&self.result)?;
        let question = maybe(&self.question)?;
        let by: Vec<(&'static str, usize)> = [
            ("author", maybe(&self.forecaster)?),
            ("year", maybe(&self.date)?),
            ("group", maybe(&self.group)?),
        ]
        .into_iter()
        .filter_map(|(by, place)| Some((by, place?)))
        .collect();
        let mut stream = Stream::new(how, named.len());
        let mut bad = Bad {
            file: name.to_owned(),
            ..Bad::default()
        };
        let (mut p, mut truth) = (vec![0.0; named.len()], vec![0.0; named.len()]);
        let mut number = 0u64;
        while rows.next(&mut cells).map_err(failed)? {
            if cells.len() == 1 && cells.get(0).is_empty() {
                continue;
            }
            let read = (|| -> Result<(), String> {
                if rows.too_long {
                    return Err(format!(
                        "a row of over {ROW_BYTES} bytes: is a quote left open?"
                    ));
                }
                if cells.len() != head.len() {
                    let (found, wanted) = (cells.len(), head.len());
                    return Err(format!("{found} cells where the first line names {wanted}"));
                }
                for (slot, &place) in p.iter_mut().zip(&chances) {
                    *slot = chance(cells.get(place))?;
                }
                came(cells.get(result), &named, &mut truth)?;
                let sum: f64 = p.iter().sum();
                if p.len() > 1 && (sum - 1.0).abs() > 0.01 {
                    return Err(format!("the chances sum to {sum}, not to 1"));
                }
                Ok(())
            })();
            if let Err(message) = read {
                bad.add(rows.line, message);
                continue;
            }
            let block = question.map_or(number, |place| xxh3_64(cells.get(place)));
            number += 1;
            if by.is_empty() {
                stream.add(&p, &truth, block, &[]);
                continue;
            }
            let names: Vec<(&'static str, std::borrow::Cow<'_, str>)> = by
                .iter()
                .map(|&(by, place)| {
                    let cell = cells.get(place);
                    let cell = if by == "year" {
                        &cell[..cell.len().min(4)]
                    } else {
                        cell
                    };
                    (by, String::from_utf8_lossy(cell))
                })
                .collect();
            let parts: Vec<(&'static str, &str)> = names.iter().map(|(b, n)| (*b, &**n)).collect();
            stream.add(&p, &truth, block, &parts);
        }
        let mut record = Record {
            files: 1,
            chosen: Chosen::Rows,
            how,
            rows: Some(stream.cases()),
            sheet: Some(stream.sheet()),
            ..Record::default()
        };
        if stream.rounded() > 0 {
            record.remarks.push(format!(
                "{} chances have more than six decimals: figures of calibration take them to a millionth.",
                stream.rounded()
            ));
        }
        Ok((record, bad))
    }
}

/// Rows that cannot be read.
#[derive(Default)]
struct Bad {
    file: String,
    named: Vec<(u64, String)>,
    count: u64,
}

impl Bad {
    fn add(&mut self, line: u64, message: String) {
        self.count += 1;
        if self.count <= NAMED {
            self.named.push((line, message));
        }
    }
}

fn said(bad: Bad, streams: &mut Streams<'_>) -> Status {
    for (line, message) in &bad.named {
        let message = crate::text::clean::line(message).into_owned();
        streams.say(&format!(
            "{}:{line}: {message}; the row is left out\n",
            bad.file
        ));
    }
    if bad.count > NAMED {
        streams.say(&format!("and {} more such rows\n", bad.count - NAMED));
    }
    match bad.count {
        0 => Status::Done,
        _ => Status::Found,
    }
}

fn text(cell: &[u8]) -> &str {
    std::str::from_utf8(cell).unwrap_or("�").trim()
}

/// A chance: `0.7`, `70%`.
fn chance(cell: &[u8]) -> Result<f64, String> {
    let stated = text(cell);
    let (digits, scale) = match stated.strip_suffix('%') {
        Some(rest) => (rest.trim_end(), 100.0),
        None => (stated, 1.0),
    };
    let p = digits.parse::<f64>().map(|p| p / scale);
    match p {
        Ok(p) if (0.0..=1.0).contains(&p) => Ok(p),
        Ok(_) => Err(format!("`{stated}` is no chance between 0 and 1")),
        Err(_) => Err(format!("`{stated}` is no number")),
    }
}

/// What came true.
fn came(cell: &[u8], names: &[String], truth: &mut [f64]) -> Result<(), String> {
    let stated = text(cell);
    if names.len() > 1 {
        let Some(place) = names.iter().position(|n| n == stated) else {
            return Err(format!("`{stated}` is not one of the outcomes"));
        };
        truth.fill(0.0);
        truth[place] = 1.0;
        return Ok(());
    }
    truth[0] = match stated {
        "1" | "yes" | "true" | "Yes" | "True" | "YES" | "TRUE" => 1.0,
        "0" | "no" | "false" | "No" | "False" | "NO" | "FALSE" => 0.0,
        _ => chance(cell)?,
    };
    Ok(())
}

/// The cells of one row.
#[derive(Default)]
struct Cells {
    bytes: Vec<u8>,
    ends: Vec<(usize, usize)>,
}

impl Cells {
    fn len(&self) -> usize {
        self.ends.len()
    }

    fn get(&self, i: usize) -> &[u8] {
        let (from, to) = self.ends[i];
        &self.bytes[from..to]
    }
}

/// Rows of a CSV text.
struct Rows<'a> {
    input: &'a mut dyn BufRead,
    raw: Vec<u8>,
    /// The line on which the last row begins.
    line: u64,
    next_line: u64,
    too_long: bool,
}

impl<'a> Rows<'a> {
    fn new(input: &'a mut dyn BufRead) -> Self {
        Rows {
            input,
            raw: Vec::new(),
            line: 0,
            next_line: 1,
            too_long: false,
        }
    }

    /// Reads one row; whether there was one.
    fn next(&mut self, cells: &mut Cells) -> io::Result<bool> {
        self.raw.clear();
        self.too_long = false;
        self.line = self.next_line;
        loop {
            let before = self.raw.len();
            let read = read_line(self.input, &mut self.raw, ROW_BYTES)?;
            if read == 0 {
                if self.raw.is_empty() {
                    return Ok(false);
                }
                break;
            }
            self.next_line += 1;
            if self.raw.len() >= ROW_BYTES {
                self.too_long = true;
                break;
            }
            // A quote that is open goes on in the next line.
            let quotes = memchr::memchr_iter(b'"', &self.raw).count();
            if quotes.is_multiple_of(2) || self.raw.len() == before {
                break;
            }
        }
        while self.raw.last().is_some_and(|b| matches!(b, b'\n' | b'\r')) {
            self.raw.pop();
        }
        split(&self.raw, cells);
        Ok(true)
    }
}

/// Reads up to a line's end; of a longer line than fits, the rest is read and dropped.
fn read_line(input: &mut dyn BufRead, out: &mut Vec<u8>, most: usize) -> io::Result<usize> {
    let mut read = 0;
    loop {
        let found = input.fill_buf()?;
        if found.is_empty() {
            return Ok(read);
        }
        let end = memchr::memchr(b'\n', found).map(|i| i + 1);
        let taken = end.unwrap_or(found.len());
        let room = most.saturating_sub(out.len()).min(taken);
        out.extend_from_slice(&found[..room]);
        input.consume(taken);
        read += taken;
        if end.is_some() {
            return Ok(read);
        }
    }
}

/// Splits a row at its commas.
fn split(raw: &[u8], cells: &mut Cells) {
    cells.bytes.clear();
    cells.ends.clear();
    if memchr::memchr(b'"', raw).is_none() {
        cells.bytes.extend_from_slice(raw);
        let mut from = 0;
        for at in memchr::memchr_iter(b',', raw) {
            cells.ends.push((from, at));
            from = at + 1;
        }
        cells.ends.push((from, raw.len()));
        return;
    }
    let (mut from, mut quoted, mut i) = (0, false, 0);
    while i < raw.len() {
        match raw[i] {
            b'"' if quoted && raw.get(i + 1) == Some(&b'"') => {
                cells.bytes.push(b'"');
                i += 1;
            }
            b'"' => quoted = !quoted,
            b',' if !quoted => {
                cells.ends.push((from, cells.bytes.len()));
                from = cells.bytes.len();
            }
            other => cells.bytes.push(other),
        }
        i += 1;
    }
    cells.ends.push((from, cells.bytes.len()));
}
