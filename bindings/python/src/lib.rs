//! The library for Python: files in memory or on disk, results as the JSON that the command line prints.
//!
//! In: paths, texts, and what is asked, as JSON. Out: JSON, texts, bytes. The package around it makes objects of
//! them. Long work goes on without Python's lock, on a thread of its own, so that Ctrl-C ends the wait.

mod engine;
mod rows;
mod source;
mod tables;
mod threads;

use crate::engine::{Engine, Reading, Wanted};
use crate::rows::{Rows, Stream};
use crate::source::Source;
use crate::tables::Given;
use crate::threads::Threads;
use arrow_array::RecordBatchReader;
use assess::batch::Detail;
use assess::cli::{Streams, Terminals, run_with};
use assess::infer::meter::Meter;
use assess::render::Look;
use assess::workspace::{self, Asking, Error, Reporting, to_json};
use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

pyo3::create_exception!(
    _assess,
    Wrong,
    PyException,
    "What is wrong: a sentence, its kind, findings as JSON."
);

/// How long is waited before signals are looked at.
const BEAT: Duration = Duration::from_millis(50);

/// An error before Python has its lock back: message, kind, findings.
type Told = (String, &'static str, String);

fn told(error: &Error) -> Told {
    (
        error.to_string(),
        error.kind().as_str(),
        to_json(error.findings()),
    )
}

fn refused(message: impl ToString) -> Told {
    (message.to_string(), "asked", String::new())
}

fn read<T: DeserializeOwned + Default>(text: Option<&str>) -> Result<T, Told> {
    match text {
        None => Ok(T::default()),
        Some(text) => serde_json::from_str(text).map_err(refused),
    }
}

/// What is said where work broke off.
fn unfinished() -> Told {
    refused("this was not finished")
}

/// Does something without Python's lock; Ctrl-C ends the wait for it.
fn apart<T: Send + 'static>(
    py: Python<'_>,
    work: impl FnOnce() -> Result<T, Told> + Send + 'static,
) -> PyResult<T> {
    stopping(py, || {}, work)
}

/// The same; whatever ends the wait also stops the work.
fn stopping<T: Send + 'static>(
    py: Python<'_>,
    stop: impl Fn(),
    work: impl FnOnce() -> Result<T, Told> + Send + 'static,
) -> PyResult<T> {
    let (found, mut heard) = channel();
    std::thread::spawn(move || {
        let done = Threads::new(0).and_then(|threads| threads.run(work));
        // Whoever asked may have gone.
        let _ = found.send(done);
    });
    loop {
        let said;
        (heard, said) = py.detach(move || {
            let said = heard.recv_timeout(BEAT);
            (heard, said)
        });
        match said {
            Ok(Ok(found)) => return Ok(found),
            Ok(Err(told)) => return Err(Wrong::new_err(told)),
            Err(RecvTimeoutError::Disconnected) => return Err(Wrong::new_err(unfinished())),
            Err(RecvTimeoutError::Timeout) => py.check_signals().inspect_err(|_| stop())?,
        }
    }
}

/// Files that can be asked.
#[pyclass]
struct Workspace {
    files: workspace::Workspace,
}

/// One answer in the format that was asked for.
macro_rules! answer {
    ($found:expr, $format:expr, $width:expr) => {
        match $format.as_str() {
            "json" => Ok(to_json(&$found)),
            other => $found
                .text(other, $width)
                .ok_or_else(|| refused(format!("there is no format `{other}`"))),
        }
    };
}

/// The same of what is asked about a file.
macro_rules! asked {
    ($this:expr, $py:expr, ($asking:expr, $format:expr, $width:expr), |$files:ident, $about:ident| $work:expr) => {{
        let meter = Meter::default();
        let $files = $this.files.watched(&meter);
        stopping(
            $py,
            || meter.stop(),
            move || {
                let $about: Asking = read($asking.as_deref())?;
                let found = $work.map_err(|e| told(&e))?;
                answer!(found, $format, $width)
            },
        )
    }};
}

#[pymethods]
impl Workspace {
    /// The files of the disk, or none.
    #[new]
    fn new(on_disk: bool) -> Workspace {
        let files = match on_disk {
            true => workspace::Workspace::new(),
            false => workspace::Workspace::in_memory(),
        };
        Workspace { files }
    }

    fn open(&mut self, path: &str, text: &str) -> PyResult<()> {
        let opened = self.files.open(path, text);
        opened.map_err(|e| Wrong::new_err(told(&e)))
    }

    fn text(&self, path: &str) -> PyResult<String> {
        self.files.text(path).map_err(|e| Wrong::new_err(told(&e)))
    }

    fn check(
        &self,
        py: Python<'_>,
        path: String,
        format: String,
        width: usize,
    ) -> PyResult<String> {
        let files = self.files.clone();
        apart(py, move || {
            let found = files.check(path).map_err(|e| told(&e))?;
            answer!(found, format, width)
        })
    }

    fn evaluate(
        &self,
        py: Python<'_>,
        path: String,
        asking: Option<String>,
        format: String,
        width: usize,
    ) -> PyResult<String> {
        asked!(self, py, (asking, format, width), |files, about| {
            files.evaluate(path, &about)
        })
    }

    fn explain(
        &self,
        py: Python<'_>,
        path: String,
        asking: Option<String>,
        format: String,
        width: usize,
    ) -> PyResult<String> {
        asked!(self, py, (asking, format, width), |files, about| {
            files.explain(path, &about)
        })
    }

    fn flip(
        &self,
        py: Python<'_>,
        path: String,
        asking: Option<String>,
        until: Option<String>,
        format: String,
        width: usize,
    ) -> PyResult<String> {
        asked!(self, py, (asking, format, width), |files, about| {
            files.flip(path, &about, until.as_deref())
        })
    }

    fn ask(&self, py: Python<'_>, path: String, query: String) -> PyResult<Option<f64>> {
        let files = self.files.clone();
        apart(py, move || files.ask(path, &query).map_err(|e| told(&e)))
    }

    fn format(&self, path: &str) -> PyResult<String> {
        self.files
            .format(path)
            .map_err(|e| Wrong::new_err(told(&e)))
    }

    fn report<'py>(
        &self,
        py: Python<'py>,
        path: String,
        wanted: Option<String>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let files = self.files.clone();
        let bytes = apart(py, move || {
            let wanted: Reporting = read(wanted.as_deref())?;
            files.report(path, &wanted).map_err(|e| told(&e))
        })?;
        Ok(PyBytes::new(py, &bytes))
    }
}

/// How a table is evaluated: intervals and contributions, columns that pass through, prefix, threads.
type How = ((bool, bool), Vec<String>, String, usize);

fn wanted(how: How) -> Wanted {
    let ((intervals, contributions), keep, prefix, threads) = how;
    Wanted {
        detail: Detail {
            intervals,
            contributions,
        },
        keep,
        prefix,
        threads,
    }
}

/// A table with each row's verdict: `assess batch`.
#[pyfunction]
fn batch(
    py: Python<'_>,
    name: String,
    texts: Option<BTreeMap<String, String>>,
    table: Given,
    how: How,
) -> PyResult<Rows> {
    let meter = Meter::default();
    let theirs = meter.clone();
    stopping(
        py,
        || meter.stop(),
        move || {
            let mut reading = reading(Source { name, texts }, table, wanted(how), theirs)?;
            let batches: Result<Vec<_>, _> = reading.by_ref().collect();
            let batches = batches.map_err(refused)?;
            Ok(Rows::new(reading.schema(), batches, reading.wrong))
        },
    )
}

/// The same, computed as it is read.
#[pyfunction]
fn stream(
    py: Python<'_>,
    name: String,
    texts: Option<BTreeMap<String, String>>,
    table: Given,
    how: How,
) -> PyResult<Stream> {
    let reading = apart(py, move || {
        reading(Source { name, texts }, table, wanted(how), Meter::default())
    })?;
    Ok(Stream::new(Box::new(reading)))
}

/// A table that is evaluated as it is read.
fn reading(
    source: Source,
    Given(table): Given,
    wanted: Wanted,
    meter: Meter,
) -> Result<Reading, Told> {
    let engine = Engine::new(source, table.schema(), wanted, meter)?;
    Ok(Reading::new(table, engine))
}

/// The headings that a table's verdicts have, and whether they are numbers.
#[pyfunction]
fn headings(
    py: Python<'_>,
    name: String,
    texts: Option<BTreeMap<String, String>>,
    names: Vec<String>,
    how: How,
) -> PyResult<Vec<(String, bool)>> {
    apart(py, move || {
        let wanted = wanted(how);
        let batch = engine::prepare(&Source { name, texts }, &names, &wanted, &Meter::default())?;
        let names = batch.headings(&wanted.prefix).into_iter();
        Ok(names.zip(batch.numeric()).collect())
    })
}

/// A file and all that it uses, as texts by name.
#[pyfunction]
fn portable(
    py: Python<'_>,
    name: String,
    texts: Option<BTreeMap<String, String>>,
) -> PyResult<(String, BTreeMap<String, String>)> {
    apart(py, move || Source { name, texts }.portable())
}

/// A verdict as JSON, and how many seconds the library alone took: what benches compare with.
#[pyfunction]
fn native(py: Python<'_>, name: String) -> PyResult<(f64, String)> {
    apart(py, move || {
        let begin = Instant::now();
        let files = workspace::Workspace::new();
        let found = files.evaluate(&name, &Asking::default());
        let text = to_json(&found.map_err(|e| told(&e))?);
        Ok((begin.elapsed().as_secs_f64(), text))
    })
}

/// Runs a command line on this process's streams; its exit status.
#[pyfunction]
fn run(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| assess::cli::run_these(arguments))
}

/// What a command line writes for a program: its exit status, what it prints, what it says beside that.
#[pyfunction]
fn output<'py>(
    py: Python<'py>,
    arguments: Vec<OsString>,
    input: Vec<u8>,
) -> PyResult<(u8, Bound<'py, PyBytes>, String)> {
    let (status, out, said) = apart(py, move || {
        let (mut out, mut said) = (Vec::new(), Vec::new());
        let look = Look {
            width: 80,
            colour: false,
        };
        let mut streams = Streams {
            input: &mut &input[..],
            output: &mut out,
            error: &mut said,
            look,
            error_look: look,
            terminals: Terminals::default(),
            cache: None,
        };
        let status = run_with(arguments, &mut streams) as u8;
        Ok((status, out, String::from_utf8_lossy(&said).into_owned()))
    })?;
    Ok((status, PyBytes::new(py, &out), said))
}

/// What the package is made of.
#[pymodule]
fn _assess(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("Wrong", module.py().get_type::<Wrong>())?;
    module.add("version", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<Workspace>()?;
    module.add_class::<Rows>()?;
    module.add_class::<Stream>()?;
    module.add_function(wrap_pyfunction!(batch, module)?)?;
    module.add_function(wrap_pyfunction!(headings, module)?)?;
    module.add_function(wrap_pyfunction!(native, module)?)?;
    module.add_function(wrap_pyfunction!(portable, module)?)?;
    module.add_function(wrap_pyfunction!(stream, module)?)?;
    module.add_function(wrap_pyfunction!(output, module)?)?;
    module.add_function(wrap_pyfunction!(run, module)?)
}
