//! The report for people: miette's graphical one. No other file names miette.
//!
//! In: diagnostics and their sources. Out: text for a terminal, with or without colour. However
//! long the lines and however many the labels, a finding takes a page at most.

use super::Look;
use super::excerpt::{Excerpt, excerpts};
use crate::diag::Checked;
use crate::diag::{Diagnostic, Severity};
use crate::text::clean;
use crate::text::source::SourceMap;
use crate::text::wrap::wrap;
use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents,
};
use std::fmt::{self, Display};

/// The findings of one file and those that it uses, one after the other.
pub fn render(
    diagnostics: &[Diagnostic],
    sources: &SourceMap,
    width: usize,
    colour: bool,
) -> String {
    let theme = if colour {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(width)
        .with_wrap_lines(false)
        .with_urls(false)
        .without_syntax_highlighting();
    let mut out = String::new();
    for diagnostic in diagnostics {
        let mut report = String::new();
        let page = Page::new(diagnostic, sources, width);
        if handler.render_report(&mut report, &page).is_err() {
            // Nothing is lost where miette cannot draw it.
            report = super::concise::render(std::slice::from_ref(diagnostic), sources);
        }
        for line in report.lines() {
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out.push('\n');
    }
    out
}

/// The whole report of `check`, with a line that sums it up.
pub fn report(checked: &[Checked], look: Look) -> String {
    let mut out = String::new();
    if checked.is_empty() {
        return out;
    }
    for file in checked {
        out.push_str(&render(
            &file.diagnostics,
            &file.sources,
            look.width,
            look.colour,
        ));
    }
    let tally = crate::diag::Tally::of(checked).to_string();
    out.push_str(&wrap(&tally, look.width).join("\n"));
    out.push('\n');
    out
}

/// One diagnostic as miette wants it.
#[derive(Debug)]
struct Page<'a> {
    diagnostic: &'a Diagnostic,
    message: String,
    help: Option<String>,
    atlas: Atlas,
}

impl<'a> Page<'a> {
    fn new(diagnostic: &'a Diagnostic, sources: &SourceMap, width: usize) -> Self {
        let (excerpts, left_out) = excerpts(diagnostic, sources, width);
        let fold = |text: &str, indent| {
            wrap(&clean::message(text), width.saturating_sub(indent)).join("\n")
        };
        let mut help: Vec<String> = diagnostic.help.iter().cloned().collect();
        if help.is_empty() {
            help.extend(diagnostic.fixes.iter().map(|f| f.message.clone()));
        }
        if left_out > 0 {
            help.push(format!("{left_out} more places are not shown"));
        }
        Page {
            diagnostic,
            message: fold(&diagnostic.message, 4),
            help: (!help.is_empty()).then(|| fold(&help.join("\n"), 8)),
            atlas: Atlas::new(excerpts),
        }
    }
}

impl Display for Page<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Page<'_> {}

impl miette::Diagnostic for Page<'_> {
    fn code<'b>(&'b self) -> Option<Box<dyn Display + 'b>> {
        let severity = self.diagnostic.severity.as_str();
        Some(Box::new(format!(
            "{severity}[{}]",
            self.diagnostic.rule.name
        )))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.diagnostic.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn help<'b>(&'b self) -> Option<Box<dyn Display + 'b>> {
        self.help.as_ref().map(|h| Box::new(h) as Box<dyn Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.atlas)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.atlas.labels()))
    }
}

/// Excerpts of several files, laid end to end: miette knows one text only.
#[derive(Debug)]
struct Atlas {
    /// Each with the offset at which it starts.
    excerpts: Vec<(usize, Excerpt)>,
}

impl Atlas {
    fn new(excerpts: Vec<Excerpt>) -> Self {
        let mut next = 0;
        let laid = excerpts.into_iter().map(|excerpt| {
            let base = next;
            next += excerpt.text.len() + 1;
            (base, excerpt)
        });
        Atlas {
            excerpts: laid.collect(),
        }
    }

    fn labels(&self) -> impl Iterator<Item = LabeledSpan> {
        self.excerpts.iter().flat_map(|(base, excerpt)| {
            excerpt.marks.iter().map(move |mark| {
                let span = SourceSpan::from((base + mark.range.start, mark.range.len()));
                let message = (!mark.message.is_empty()).then(|| mark.message.clone());
                if mark.primary {
                    LabeledSpan::new_primary_with_span(message, span)
                } else {
                    LabeledSpan::new_with_span(message, span)
                }
            })
        })
    }
}

impl SourceCode for Atlas {
    /// The excerpt that holds the span, whatever context is asked for; a span across two is
    /// refused, which keeps miette from joining them.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        context: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let holds = |&&(base, ref excerpt): &&(usize, Excerpt)| {
            base <= span.offset() && span.offset() + span.len() <= base + excerpt.text.len()
        };
        let (base, excerpt) = self
            .excerpts
            .iter()
            .find(holds)
            .ok_or(MietteError::OutOfBounds)?;
        // Without context miette asks for a label's own line and column, for the headline.
        let start = excerpt
            .marks
            .iter()
            .map(|m| (base + m.range.start, m.range.len(), m.start));
        let (line, column) = start
            .filter(|_| context == 0)
            .find(|&(offset, len, _)| (offset, len) == (span.offset(), span.len()))
            .map_or((excerpt.first_line - 1, 0), |(_, _, position)| {
                (position.line - 1, position.column - 1)
            });
        Ok(Box::new(MietteSpanContents::new_named(
            excerpt.name.clone(),
            excerpt.text.as_bytes(),
            (*base, excerpt.text.len()).into(),
            line,
            column,
            excerpt.text.matches('\n').count(),
        )))
    }
}
