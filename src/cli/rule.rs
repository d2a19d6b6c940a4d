//! `assess rule`: what each rule finds, why, and what to do instead.

use super::names::{self, Known};
use super::{Status, Streams};
use crate::diag::rules::{Group, Rule};
use crate::diag::suggest;
use crate::lint::rules;
use crate::text::wrap::wrap;
use clap::ValueEnum;
use std::fmt::Write;
use std::io;

/// Explain what a rule finds, why, and what to do instead
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  assess rule                  list every rule
  assess rule evidence         the rules of one group
  assess rule falling-curve    one rule's page")]
pub(super) struct Args {
    /// A rule, or a group to list its rules; without one, all rules are listed
    #[arg(value_parser = Known::new(|name| Ok(name.to_owned()), names::selectors), hide_possible_values = true)]
    name: Option<String>,

    /// Output format: for a terminal, or as in docs/rules.md (all pages if no rule is named)
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// How to print pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    #[default]
    Text,
    Markdown,
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    let look = streams.look;
    let text = match (&args.name, args.format) {
        (None, Format::Text) => list(rules::ALL, look.width),
        (None, Format::Markdown) => rules::markdown(),
        (Some(name), format) => match rules::find(name) {
            Some(rule) if format == Format::Markdown => rules::rule_markdown(rule),
            Some(rule) => rules::page(rule, look.width, look.colour),
            None => match Group::ALL.iter().find(|g| g.as_str() == name) {
                Some(group) => {
                    let all = rules::ALL.iter().filter(|r| r.group == *group);
                    list(&all.copied().collect::<Vec<_>>(), look.width)
                }
                None => return Ok(streams.fail(&unknown(name))),
            },
        },
    };
    streams.print(&text)?;
    Ok(Status::Done)
}

fn unknown(name: &str) -> String {
    let near = suggest::nearest(name, names::selectors());
    let hint = suggest::did_you_mean(&near);
    let hint = hint.unwrap_or_else(|| "`assess rule` lists them all".to_owned());
    format!("there is no rule `{name}`; {hint}")
}

fn list(rules: &[&Rule], width: usize) -> String {
    let mut out = String::new();
    let longest = rules.iter().map(|r| r.name.len()).max().unwrap_or(0);
    for rule in rules {
        let summary = rule.summary().split_whitespace().collect::<Vec<_>>();
        let summary = summary.join(" ");
        let head = format!("{:<longest$}  {:<7}  ", rule.name, rule.severity.as_str());
        for (i, line) in wrap(&summary, width.saturating_sub(head.len()))
            .iter()
            .enumerate()
        {
            let indent = " ".repeat(head.len());
            let _ = writeln!(out, "{}{line}", if i == 0 { &head } else { &indent });
        }
    }
    out
}
