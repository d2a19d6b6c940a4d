//! Charts of `assess report`: one alone, or all of them beside a Markdown page.
//!
//! In: a report and where it goes. Out: what is to be written there; charts beside it are written.

use super::ending::{self, Output};
use crate::chart::Width;
use crate::cli::write;
use crate::render::report::alone::{self, Chart, Part};
use crate::render::report::markdown::{self, Picture};
use crate::render::report::view::Report;
use crate::render::report::{ReportFormat, Shape};
use clap::ValueEnum;
use std::path::Path;

/// Which chart.
#[derive(Debug, clap::Args)]
pub(super) struct Drawn {
    /// Write one chart, as SVG, instead of the page
    #[arg(long, value_name = "CHART", value_enum, conflicts_with = "format")]
    chart: Option<Name>,

    /// The horizon of a waterfall or tornado [default: the first]
    #[arg(long, value_name = "NAME", requires = "chart")]
    horizon: Option<String>,

    /// The outcome of a waterfall [default: the leader]
    #[arg(long, value_name = "NAME", requires = "chart")]
    outcome: Option<String>,

    /// Draw the chart for a narrow screen
    #[arg(long, requires = "chart")]
    narrow: bool,
}

impl Drawn {
    /// Whether a chart is wanted.
    pub(super) fn is_asked(&self) -> bool {
        self.chart.is_some()
    }
}

/// A kind of chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Name {
    /// The outcomes over the horizons
    Outcomes,
    /// Each event's chance over time
    Events,
    /// From the prior to the verdict
    Waterfall,
    /// Tipping points, the nearest first
    Tornado,
    /// The first quantity over the horizons
    Fan,
    /// The views and pools, outcome by outcome
    Views,
}

impl From<Name> for Chart {
    fn from(name: Name) -> Chart {
        match name {
            Name::Outcomes => Chart::Outcomes,
            Name::Events => Chart::Events,
            Name::Waterfall => Chart::Waterfall,
            Name::Tornado => Chart::Tornado,
            Name::Fan => Chart::Fan(0),
            Name::Views => Chart::Voices,
        }
    }
}

/// What is written.
#[derive(Clone, Copy)]
pub(super) enum Wanted {
    /// A page.
    Page(&'static ReportFormat),
    /// A chart.
    Chart(Name),
}

impl Wanted {
    /// Whether it is for programs.
    pub(super) fn is_json(&self) -> bool {
        matches!(self, Wanted::Page(format) if format.name == "json")
    }
}

/// What is to be written, known before anything is computed.
///
/// # Errors
///
/// Why it cannot be, in a sentence.
pub(super) fn wanted(
    drawn: &Drawn,
    format: Option<&str>,
    output: Output<'_>,
) -> Result<Wanted, String> {
    let Some(name) = drawn.chart else {
        return ending::format(format, output).map(Wanted::Page);
    };
    let value = name.to_possible_value();
    let asked = value.map_or(String::new(), |v| format!(" --chart {}", v.get_name()));
    ending::chart(output, &asked).map(|()| Wanted::Chart(name))
}

/// A report in a format, or one of its charts.
///
/// # Errors
///
/// Why it cannot be made, in a sentence.
pub(super) fn written(
    args: &Drawn,
    wanted: Wanted,
    shape: &Shape,
    output: Option<&Path>,
    report: &Report,
) -> Result<Vec<u8>, String> {
    let format = match wanted {
        Wanted::Page(format) => format,
        Wanted::Chart(name) => return chart(args, name, report).map(String::into_bytes),
    };
    if let (Some(page), "markdown") = (output, format.name) {
        let pictures = pictures(page, shape, report)?;
        return Ok(markdown::with_pictures(report, shape, &pictures).into_bytes());
    }
    Ok((format.write)(report, shape))
}

fn chart(args: &Drawn, name: Name, report: &Report) -> Result<String, String> {
    let part = Part {
        horizon: args.horizon.as_deref(),
        outcome: args.outcome.as_deref(),
    };
    let width = if args.narrow {
        Width::Narrow
    } else {
        Width::Wide
    };
    let file = report.files.first().map_or("", |f| &f.name);
    let drawing = alone::draw(report, name.into(), part, width);
    let drawing = drawing.map_err(|why| format!("`{file}` does not have this chart: {why}"))?;
    Ok(drawing.alone())
}

/// Writes the charts beside a page: `nato.md` has `nato-outcomes.svg`.
fn pictures(page: &Path, shape: &Shape, report: &Report) -> Result<Vec<Picture>, String> {
    let stem = page.file_stem().unwrap_or_default().to_string_lossy();
    let mut pictures = Vec::new();
    for (name, drawing) in alone::all(report, shape) {
        let file = format!("{stem}-{name}.svg");
        let path = page.with_file_name(&file);
        let written = write::atomically(&path, drawing.alone().as_bytes());
        let shown = path.display();
        written.map_err(|error| format!("`{shown}` cannot be written: {error}"))?;
        let title = drawing.title().to_owned();
        pictures.push(Picture { name, title, file });
    }
    Ok(pictures)
}
