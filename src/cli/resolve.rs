//! `assess resolve`: say what came true.
//!
//! In: a file, what is asked about, and the answer. Out: the file with a `resolved:` line, checked
//! before it is written, whole or not at all. Without an answer: what waits for one.

use super::reread::{Instead, Refused, loaded};
use super::{Status, Streams, asked, files, write};
use crate::format::format;
use crate::project::{FileSystem, Project, name_of};
use crate::record::answer::{Answer, about, line, waiting};
use crate::render::text;
use crate::syntax::ast::Item;
use crate::text::clean;
use crate::text::source::{FileId, line_end};
use crate::text::wrap::wrap;
use jiff::civil::Date;
use std::fmt::Write;
use std::io;
use std::path::{Path, PathBuf};

/// Record what came true, or list what still waits for an answer
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  assess resolve                                      what waits for an answer in this folder
  assess resolve nato.assess \"weakening in medium\" --on 2026-09-01
  assess resolve nato.assess \"ceasefire by long\" --no
  assess resolve nato.assess \"weakening in medium\" --share 70%
  assess resolve growth.assess \"growth in y2026\" 2.9% --on 2027-04-11
  assess resolve nato.assess \"in medium\" --void --source \"The summit was cancelled\"")]
pub(super) struct Args {
    /// The file whose question is settled; a file or folder to list [default: current folder]
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,

    /// What was settled: `OUTCOME in HORIZON`, `OUTCOME by HORIZON`, `EVENT`, `QUANTITY in HORIZON`
    #[arg(value_name = "WHAT", requires = "file")]
    what: Option<String>,

    /// What a quantity came to, with or without its unit
    #[arg(
        value_name = "NUMBER",
        requires = "what",
        group = "answer",
        allow_hyphen_values = true
    )]
    number: Option<String>,

    /// It came true; this is the default
    #[arg(long, requires = "what", group = "answer")]
    yes: bool,

    /// It did not come true
    #[arg(long, requires = "what", group = "answer")]
    no: bool,

    /// It came true in part, such as 70%
    #[arg(long, requires = "what", group = "answer", value_name = "SHARE", value_parser = share)]
    share: Option<f64>,

    /// The question turned out to have no answer
    #[arg(long, requires = "what", group = "answer")]
    void: bool,

    /// The day on which this was known [default: today]
    #[arg(long, requires = "what", value_name = "DATE", value_parser = asked::day)]
    on: Option<Date>,

    /// Source of the answer; written as a comment
    #[arg(long, requires = "what", value_name = "TEXT")]
    source: Option<String>,

    /// The day that counts as today: horizons up to it are listed, and nothing is known later [default: today]
    #[arg(long, value_name = "DATE", value_parser = asked::day)]
    today: Option<Date>,
}

fn share(text: &str) -> Result<f64, String> {
    let wrong = || "write a share such as 70%".to_owned();
    let digits = text.trim().strip_suffix('%').ok_or_else(wrong)?;
    let share: f64 = digits.trim().parse().map_err(|_| wrong())?;
    (share > 0.0 && share <= 100.0)
        .then_some(share / 100.0)
        .ok_or_else(wrong)
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    match (&args.file, &args.what) {
        (Some(file), Some(what)) => Ok(settle(args, file, what, streams)),
        _ => list(args, streams),
    }
}

/// What waits for an answer.
fn list(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    let today = args.today.unwrap_or_else(asked::today);
    let paths: Vec<PathBuf> = args.file.iter().cloned().collect();
    let found = files::find(&paths);
    let mut status = Status::Done;
    for problem in &found.problems {
        status = streams.fail(problem);
    }
    let mut out = String::new();
    for path in &found.paths {
        let name = clean::name(&path.display().to_string()).into_owned();
        match loaded(&FileSystem, path) {
            Ok((_, Some(assessment))) => {
                for waits in waiting(&assessment, today) {
                    let _ = writeln!(out, "{name}: `{}` ended on {}", waits.horizon, waits.to);
                    let width = streams.look.width;
                    let mut asks = |of: &str, names: &[String]| {
                        let asked = format!("{of}: {}", names.join(", "));
                        for (i, line) in wrap(&asked, width.saturating_sub(4)).iter().enumerate() {
                            let _ = writeln!(out, "{}{line}", if i == 0 { "  " } else { "    " });
                        }
                    };
                    for outcomes in &waits.outcomes {
                        asks("which outcome", outcomes);
                    }
                    if !waits.numbers.is_empty() {
                        asks("what it came to", &waits.numbers);
                    }
                    if !waits.events.is_empty() {
                        asks("whether it happened", &waits.events);
                    }
                }
            }
            Ok((_, None)) => {}
            Err(Refused::Mistakes(checked)) => {
                streams.say(&text::report(&[*checked], streams.error_look));
                status = status.max(Status::Found);
            }
            Err(Refused::Unreadable(message)) => status = streams.fail(&message),
        }
    }
    if out.is_empty() && status == Status::Done {
        out = "nothing waits for an answer\n".to_owned();
    }
    streams.print(&out)?;
    Ok(status)
}

fn settle(args: &Args, path: &Path, what: &str, streams: &mut Streams<'_>) -> Status {
    let (project, assessment) = match loaded(&FileSystem, path) {
        Ok(found) => found,
        Err(Refused::Mistakes(checked)) => {
            streams.say(&text::report(&[*checked], streams.error_look));
            streams.fail("nothing is written: fix the file first");
            return Status::Found;
        }
        Err(Refused::Unreadable(message)) => return streams.fail(&message),
    };
    let name = name_of(path);
    let Some(assessment) = assessment else {
        return streams.fail(&format!(
            "`{name}` is made for `use`: settle things in the files that use it"
        ));
    };
    let answer = match (args.no, args.share, args.void, &args.number) {
        (true, ..) => Answer::No,
        (_, Some(share), ..) => Answer::Share(share),
        (_, _, true, _) => Answer::Void,
        (.., Some(number)) => Answer::Number(number),
        _ => Answer::Yes,
    };
    let today = args.today.unwrap_or_else(asked::today);
    let on = args.on.unwrap_or(today);
    if on > today {
        return streams.fail(&format!(
            "{on} has not come yet, so nothing can be known on it: today is {today}"
        ));
    }
    let line = match about(what).and_then(|about| line(&assessment, &about, answer, on)) {
        Ok(line) => line,
        Err(message) => return streams.fail(&message),
    };
    let source = args.source.as_deref().map_or(String::new(), |source| {
        format!("  # {}", clean::line(source))
    });
    let before = &project.sources.source(FileId(0)).text;
    let after = with_line(&project, before, &format!("{line}{source}"));
    let after = match format(FileId(0), before).is_ok_and(|laid| laid == *before) {
        true => format(FileId(0), &after).unwrap_or(after),
        false => after,
    };
    // What is written has been read.
    if let Err(refused) = loaded(&Instead { path, text: &after }, path) {
        return match refused {
            Refused::Mistakes(checked) => {
                streams.say(&text::report(&[*checked], streams.error_look));
                streams.fail("nothing is written")
            }
            Refused::Unreadable(message) => streams.fail(&message),
        };
    }
    match write::change(path, before, &after) {
        Ok(()) => match streams.print(&format!("{}: {line}\n", clean::name(&name))) {
            Ok(()) => Status::Done,
            Err(_) => Status::Failed,
        },
        Err(error) => streams.fail(&format!("`{name}` is left as it was: {error}")),
    }
}

/// The text with a line behind the last of its kind, or at the end.
fn with_line(project: &Project, text: &str, line: &str) -> String {
    let newline = line_end(text);
    let items = project.files[0].ast.items.iter();
    let last = items.filter_map(|item| match item {
        Item::Resolved(r) => Some(r.span.end as usize),
        _ => None,
    });
    if let Some(end) = last.max() {
        // Behind what else stands in that line, such as a comment.
        let at = text[end..].find('\n').map_or(text.len(), |i| end + i + 1);
        let gap = if text[..at].ends_with('\n') {
            ""
        } else {
            newline
        };
        return format!("{}{gap}{line}{newline}{}", &text[..at], &text[at..]);
    }
    let body = text.trim_end_matches(['\n', '\r', ' ', '\t']);
    format!("{body}{newline}{newline}{line}{newline}")
}
