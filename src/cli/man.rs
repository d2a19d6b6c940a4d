//! `assess man`: manual pages.
//!
//! In: the command line's definition. Out: a page for `man`, in the `man` macros that every system has
//! (groff_man(7), mandoc's man(7)), the same on every day.

use super::names::Known;
use super::{Status, Streams, help};
use crate::diag::suggest;
use clap::{Arg, ArgAction, Command};
use std::fmt::Write;
use std::io;

/// When the pages were last revised: a page has a date, and a build has none.
const DATE: &str = "2026-11-29";

/// Print the manual page of `assess` or of one of its commands
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  assess man | man -l -
  assess man check > assess-check.1")]
pub(super) struct Args {
    /// A command; without it, the program's own page
    #[arg(value_parser = Known::new(|name| Ok(name.to_owned()), help::names), hide_possible_values = true)]
    command: Option<String>,
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    let mut program = help::command();
    program.build();
    let page = match &args.command {
        None => Page::of(&program, "assess", &program),
        Some(name) => {
            let Some(command) = program.find_subcommand(name) else {
                let near = suggest::nearest(name, help::names());
                let hint = suggest::did_you_mean(&near);
                let hint = hint.unwrap_or_else(|| "`assess --help` lists them all".to_owned());
                return Ok(streams.fail(&format!("there is no command `{name}`; {hint}")));
            };
            Page::of(&program, &format!("assess-{name}"), command)
        }
    };
    streams.print(&page)?;
    Ok(Status::Done)
}

/// A page as it comes to be.
struct Page {
    out: String,
}

impl Page {
    /// The page of a program or command that goes by a name.
    fn of(program: &Command, name: &str, command: &Command) -> String {
        let mut page = Page { out: String::new() };
        let version = env!("CARGO_PKG_VERSION");
        let title = name.to_uppercase();
        let _ = writeln!(page.out, ".TH {title} 1 {DATE} \"assess {version}\"");
        page.heading("NAME");
        let about = command
            .get_about()
            .map(ToString::to_string)
            .unwrap_or_default();
        page.text(&format!("{name} - {about}"));
        page.heading("SYNOPSIS");
        page.synopsis(&name.replacen('-', " ", 1), command);
        let after = command
            .get_after_help()
            .map(ToString::to_string)
            .unwrap_or_default();
        let (examples, notes) = match after.strip_prefix("Examples:\n") {
            Some(rest) => rest.split_once("\n\n").unwrap_or((rest, "")),
            None => ("", after.as_str()),
        };
        page.heading("DESCRIPTION");
        page.text(&format!("{}.", about.trim_end_matches('.')));
        for paragraph in notes.split("\n\n").filter(|p| !p.is_empty()) {
            page.out.push_str(".PP\n");
            page.text(paragraph);
        }
        if command.has_subcommands() {
            page.heading("COMMANDS");
            for sub in command.get_subcommands() {
                let about = sub.get_about().map(ToString::to_string).unwrap_or_default();
                page.entry(&format!("\\fB{}\\fR", escaped(sub.get_name())), &about);
            }
        }
        page.options(command);
        if !examples.is_empty() {
            page.heading("EXAMPLES");
            page.out.push_str(".nf\n");
            for line in examples.lines() {
                let _ = writeln!(page.out, "{}", protected(&escaped(line.trim())));
            }
            page.out.push_str(".fi\n");
        }
        page.heading("EXIT STATUS");
        for (status, about) in STATUS {
            page.entry(&format!("\\fB{status}\\fR"), about);
        }
        page.heading("ENVIRONMENT");
        for (variable, about) in ENVIRONMENT {
            page.entry(&format!("\\fB{variable}\\fR"), about);
        }
        page.heading("SEE ALSO");
        page.others(program, command);
        page.out
    }

    fn heading(&mut self, heading: &str) {
        let _ = writeln!(self.out, ".SH {heading}");
    }

    /// Filled text, on lines that every tool takes.
    fn text(&mut self, text: &str) {
        let mut line = String::new();
        for word in text.split_whitespace() {
            let word = escaped(word);
            if !line.is_empty() && line.len() + word.len() >= LINE {
                let _ = writeln!(self.out, "{}", protected(&line));
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&word);
        }
        let _ = writeln!(self.out, "{}", protected(&line));
    }

    /// A tagged paragraph; the tag is written as it is.
    fn entry(&mut self, tag: &str, about: &str) {
        let _ = writeln!(self.out, ".TP\n{tag}");
        self.text(about);
    }

    /// What may be written, an option on each line; the page fills them.
    fn synopsis(&mut self, called: &str, command: &Command) {
        let _ = writeln!(self.out, ".B {}", escaped(called));
        for argument in arguments(command).filter(|a| !a.is_positional()) {
            let _ = writeln!(self.out, "[{}]", form(argument, "|"));
        }
        for argument in arguments(command).filter(|a| a.is_positional()) {
            let dots = if takes_many(argument) {
                r"\|.\|.\|."
            } else {
                ""
            };
            let name = format!("\\fI{}\\fR{dots}", escaped(&value(argument)));
            let _ = match argument.is_required_set() {
                true => writeln!(self.out, "{name}"),
                false => writeln!(self.out, "[{name}]"),
            };
        }
        if command.has_subcommands() {
            let _ = writeln!(self.out, "[\\fICOMMAND\\fR]");
        }
    }

    /// Arguments and options, by their headings.
    fn options(&mut self, command: &Command) {
        let positional: Vec<&Arg> = arguments(command).filter(|a| a.is_positional()).collect();
        if !positional.is_empty() {
            self.heading("ARGUMENTS");
            for argument in positional {
                let tag = format!("\\fI{}\\fR", escaped(&value(argument)));
                self.entry(&tag, &about(argument));
            }
        }
        self.heading("OPTIONS");
        let mut last = None;
        for argument in arguments(command).filter(|a| !a.is_positional()) {
            let heading = argument.get_help_heading();
            if heading != last {
                let _ = writeln!(self.out, ".SS {}", heading.unwrap_or("General"));
                last = heading;
            }
            self.entry(&form(argument, ", "), &about(argument));
        }
    }

    fn others(&mut self, program: &Command, command: &Command) {
        let own = command.get_name();
        let all = program.get_subcommands().map(|c| c.get_name());
        let mut names: Vec<String> = all
            .filter(|name| *name != own)
            .map(|name| format!("assess-{name}"))
            .collect();
        if own != program.get_name() {
            names.insert(0, "assess".to_owned());
        }
        let last = names.len().saturating_sub(1);
        for (i, name) in names.iter().enumerate() {
            let comma = if i < last { " ," } else { "" };
            let _ = writeln!(self.out, ".BR {} (1){comma}", escaped(name));
        }
    }
}

/// As long as a line of text may be, in bytes.
const LINE: usize = 76;

const STATUS: &[(&str, &str)] = &[
    ("0", "The work was done, and nothing was found that fails."),
    (
        "1",
        "The work was done, and something was found: a mistake, a finding at the level of --fail-on, a test \
         or an expectation that fails, a file that is laid out otherwise.",
    ),
    (
        "2",
        "The work could not be done: wrong usage, a file that cannot be read or written, a broken configuration.",
    ),
];

const ENVIRONMENT: &[(&str, &str)] = &[
    (
        "ASSESS_CACHE_DIR",
        "The folder where check keeps what it found; otherwise assess under XDG_CACHE_HOME or ~/.cache.",
    ),
    (
        "NO_COLOR",
        "Where it is set and not empty, nothing is coloured.",
    ),
    (
        "CLICOLOR_FORCE",
        "Where it is set and not 0, output is coloured in a pipe too.",
    ),
    (
        "COLUMNS",
        "The width to write for, from 60 to 120, instead of the terminal\u{2019}s or 80 in a pipe.",
    ),
];

/// What help shows, in its order.
fn arguments(command: &Command) -> impl Iterator<Item = &Arg> {
    let shown = command.get_arguments().filter(|a| !a.is_hide_set());
    // Options without a heading stand first, and those of every command last among them.
    let mut all: Vec<&Arg> = shown.collect();
    all.sort_by_key(|a| (a.get_help_heading().is_some(), a.is_global_set()));
    all.into_iter()
}

fn takes_value(argument: &Arg) -> bool {
    matches!(argument.get_action(), ArgAction::Set | ArgAction::Append)
}

fn takes_many(argument: &Arg) -> bool {
    matches!(argument.get_action(), ArgAction::Append)
}

/// The name of what an argument takes.
fn value(argument: &Arg) -> String {
    let names = argument.get_value_names().unwrap_or_default();
    match names.first() {
        Some(name) => name.to_string(),
        None => argument.get_id().as_str().to_uppercase(),
    }
}

/// `-o, --output OUT`
fn form(argument: &Arg, between: &str) -> String {
    let short = argument.get_short().map(|c| format!("\\fB\\-{c}\\fR"));
    let long = argument
        .get_long()
        .map(|l| format!("\\fB\\-\\-{}\\fR", escaped(l)));
    let names: Vec<String> = short.into_iter().chain(long).collect();
    let names = names.join(between);
    if !takes_value(argument) {
        return names;
    }
    let name = format!("\\fI{}\\fR", escaped(&value(argument)));
    let is_optional = argument.get_num_args().is_some_and(|n| n.min_values() == 0);
    match is_optional {
        true => format!("{names} [{name}]"),
        false => format!("{names} {name}"),
    }
}

/// What an argument says, with the values that it takes where help shows them.
fn about(argument: &Arg) -> String {
    let help = argument
        .get_help()
        .map(ToString::to_string)
        .unwrap_or_default();
    let mut out = format!("{}.", help.trim_end_matches('.'));
    let values = argument.get_possible_values();
    if !argument.is_hide_possible_values_set() && takes_value(argument) && !values.is_empty() {
        let names: Vec<&str> = values.iter().map(|v| v.get_name()).collect();
        let _ = write!(out, " One of {}.", names.join(", "));
    }
    let default: Vec<_> = argument
        .get_default_values()
        .iter()
        .map(|v| v.to_string_lossy())
        .collect();
    if takes_value(argument) && !default.is_empty() && !argument.is_hide_default_value_set() {
        let _ = write!(out, " Unless stated: {}.", default.join(", "));
    }
    out
}

/// A text in which nothing is a request: signs by their names where they are not ASCII.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\e"),
            '-' => out.push_str("\\-"),
            '`' => out.push_str("\\(ga"),
            '\'' => out.push_str("\\(aq"),
            '^' => out.push_str("\\(ha"),
            '~' => out.push_str("\\(ti"),
            c if c.is_ascii() => out.push(c),
            c => {
                let _ = write!(out, "\\[u{:04X}]", c as u32);
            }
        }
    }
    out
}

/// A line that does not begin as a request does.
fn protected(line: &str) -> String {
    match line.starts_with(['.', '\'']) {
        true => format!("\\&{line}"),
        false => line.to_owned(),
    }
}
