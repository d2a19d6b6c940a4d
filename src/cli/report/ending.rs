//! What a report is written as: by `--format`, else by the ending of the file that it goes to.
//!
//! In: the arguments, and whether the output is a terminal. Out: a format; or what to write instead,
//! in a sentence.

use crate::render::format::find;
use crate::render::report::{REPORT_FORMATS, ReportFormat};
use crate::text::shell::word;
use std::path::Path;

/// Programs that make pictures of a page or a chart are many; this one is to be had everywhere.
const PRINT: &str = "chromium --headless --no-pdf-header-footer --print-to-pdf=";

/// What is known of the output.
#[derive(Debug, Clone, Copy)]
pub(super) struct Output<'a> {
    /// The file that is read.
    pub(super) file: &'a Path,
    /// Where it goes; none for standard output.
    pub(super) out: Option<&'a Path>,
    /// Whether standard output is a terminal.
    pub(super) terminal: bool,
}

/// The format of a page.
///
/// # Errors
///
/// Why there is none, and what to write.
pub(super) fn format(
    asked: Option<&str>,
    output: Output<'_>,
) -> Result<&'static ReportFormat, String> {
    let asked = asked.and_then(|name| find(REPORT_FORMATS, name));
    let Some(out) = output.out else {
        return match asked {
            None if output.terminal => Err(output.ask(REPORT_FORMATS[0].more.endings[0], "")),
            Some(asked) if output.terminal && !asked.more.is_text => {
                Err(output.ask(asked.more.endings[0], ""))
            }
            _ => Ok(asked.unwrap_or(&REPORT_FORMATS[0])),
        };
    };
    let ending = ending(out);
    let by_ending = REPORT_FORMATS
        .iter()
        .find(|f| f.more.endings.contains(&ending.as_str()));
    match (asked, by_ending) {
        (None, Some(format)) => Ok(format),
        (Some(asked), None) if !is_known(&ending) => Ok(asked),
        (Some(asked), Some(format)) if asked.name == format.name => Ok(format),
        (None, None) if is_device(out) => Ok(&REPORT_FORMATS[0]),
        (Some(asked), _) => Err(format!(
            "`--format {}` does not go with `{}`: leave out `--format`, or end the name in `.{}`",
            asked.name,
            out.display(),
            asked.more.endings[0]
        )),
        (None, None) => Err(output.other(out, &ending)),
    }
}

/// Whether a chart can go there, which is always SVG.
///
/// # Errors
///
/// Why it cannot, and what to write.
pub(super) fn chart(output: Output<'_>, asked: &str) -> Result<(), String> {
    let Some(out) = output.out else {
        return match output.terminal {
            true => Err(output.ask("svg", asked)),
            false => Ok(()),
        };
    };
    if ending(out) == "svg" || is_device(out) {
        return Ok(());
    }
    Err(format!(
        "`{}`: a chart is written as SVG only; end the name in `.svg`, and make other pictures of it \
         with a program for them, such as `rsvg-convert chart.svg -o chart.png`",
        out.display()
    ))
}

impl Output<'_> {
    /// What to write where a terminal would be flooded.
    fn ask(&self, ending: &str, options: &str) -> String {
        let stem = self.file.file_stem().unwrap_or_default().to_string_lossy();
        let stem = if stem == "-" { "report".into() } else { stem };
        let file = word(&self.file.display().to_string());
        let out = word(&format!("{stem}.{ending}"));
        format!(
            "say where to write it: `assess report {file}{options} -o {out}`; or send it on \
             with `>` or `|`"
        )
    }

    /// What to write where an ending stands for none of the formats.
    fn other(&self, out: &Path, ending: &str) -> String {
        let shown = out.display();
        let page = out.with_extension("html");
        let page = page.display();
        let known = || {
            let endings = REPORT_FORMATS
                .iter()
                .map(|f| format!("`.{}`", f.more.endings[0]));
            endings.collect::<Vec<_>>().join(", ")
        };
        match ending {
            "pdf" => format!(
                "`{shown}`: a PDF is printed from the page: write `-o {page}`, then print it from a \
                 browser, or with `{PRINT}{shown} {page}`"
            ),
            "svg" => {
                format!("`{shown}`: an SVG holds one chart: say which, as with `--chart outcomes`")
            }
            "" => format!(
                "`{shown}` has no ending that says what to write: it may end in {}; a chart in `.svg`",
                known()
            ),
            _ => format!(
                "a report cannot be written as `.{ending}` (`{shown}`): it may end in {}; a chart in \
                 `.svg`",
                known()
            ),
        }
    }
}

/// Endings that say what a file holds; under any other name `--format` decides.
fn is_known(ending: &str) -> bool {
    let ours = REPORT_FORMATS
        .iter()
        .any(|f| f.more.endings.contains(&ending));
    let others = [
        "pdf", "svg", "png", "jpg", "jpeg", "gif", "webp", "doc", "odt", "rtf", "pptx", "tex",
        "epub", "csv", "xlsx",
    ];
    ours || others.contains(&ending)
}

/// Whether it is there and no ordinary file, such as `/dev/stdout` or a pipe.
fn is_device(path: &Path) -> bool {
    path.metadata().is_ok_and(|m| !m.is_file() && !m.is_dir())
}

fn ending(path: &Path) -> String {
    let ending = path.extension().unwrap_or_default();
    ending.to_string_lossy().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(asked: Option<&str>, out: &str) -> Result<&'static str, String> {
        let output = Output {
            file: Path::new("a/nato.assess"),
            out: (!out.is_empty()).then(|| Path::new(out)),
            terminal: true,
        };
        format(asked, output).map(|f| f.name)
    }

    #[test]
    fn the_ending_chooses() {
        for (asked, out, name) in [
            (None, "a.html", "html"),
            (None, "a.HTM", "html"),
            (None, "a.b.md", "markdown"),
            (None, "a.json", "json"),
            (None, "a.docx", "docx"),
            (Some("docx"), "a.docx", "docx"),
            (Some("json"), "a.txt", "json"),
            (Some("markdown"), "a", "markdown"),
            (Some("markdown"), "", "markdown"),
        ] {
            assert_eq!(named(asked, out).as_deref(), Ok(name), "{asked:?} {out}");
        }
    }

    #[test]
    fn what_cannot_be_says_what_to_write() {
        for (asked, out, says) in [
            (None, "", "`assess report a/nato.assess -o nato.html`"),
            (None, "x.pdf", "--print-to-pdf=x.pdf x.html`"),
            (None, "x.png", "`.html`, `.md`, `.json`"),
            (None, "x", "has no ending"),
            (None, "x.svg", "`--chart outcomes`"),
            (Some("json"), "x.md", "end the name in `.json`"),
            (
                Some("docx"),
                "",
                "`assess report a/nato.assess -o nato.docx`",
            ),
            (Some("html"), "x.pdf", "end the name in `.html`"),
        ] {
            let why = named(asked, out).expect_err(out);
            assert!(why.contains(says), "{why}");
        }
    }
}
