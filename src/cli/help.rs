//! The help page of the whole program: commands by what one wants.
//!
//! In: the derived command. Out: the same with a page that groups its commands.

use super::Cli;
use crate::text::wrap::wrap;
use clap::CommandFactory;
use clap::builder::styling::{AnsiColor, Styles};
use std::fmt::Write;

/// Headings, each with its commands.
const GROUPS: &[(&str, &[&str])] = &[
    (
        "Work with assessments",
        &["check", "eval", "explain", "flip", "pool", "report"],
    ),
    (
        "Keep them up to date",
        &["new", "fmt", "test", "diff", "log", "agenda", "mv"],
    ),
    (
        "Learn from what came true",
        &["resolve", "advance", "score"],
    ),
    ("Evaluate many rows", &["batch", "sql"]),
    ("Look things up", &["rule", "schema"]),
    ("For the shell and editors", &["completions", "man", "lsp"]),
];

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// The command line's definition.
pub(super) fn command() -> clap::Command {
    let command = Cli::command().styles(STYLES).max_term_width(80);
    let template = template(&command);
    command.help_template(template)
}

/// The names of all commands.
pub(super) fn names() -> Vec<&'static str> {
    GROUPS
        .iter()
        .flat_map(|(_, names)| *names)
        .copied()
        .collect()
}

fn template(command: &clap::Command) -> String {
    let (header, literal) = (STYLES.get_header(), STYLES.get_literal());
    let width = super::streams::width(&std::io::stdout()).min(80);
    let mut page = String::from("{about-with-newline}\n{usage-heading} {usage}\n");
    for (heading, names) in GROUPS {
        let _ = write!(page, "\n{header}{heading}:{header:#}\n");
        for name in *names {
            let about = command.find_subcommand(name).and_then(|c| c.get_about());
            let about = about.map(ToString::to_string).unwrap_or_default();
            for (i, line) in wrap(&about, width.saturating_sub(15)).iter().enumerate() {
                let name = if i == 0 { name } else { "" };
                let _ = writeln!(page, "  {literal}{name:<12}{literal:#} {line}");
            }
        }
    }
    let _ = write!(
        page,
        "\n{header}Options:{header:#}\n{{options}}\n\n\
         `assess COMMAND --help` describes each command, with examples.\n"
    );
    page
}

#[cfg(test)]
mod tests {
    use super::GROUPS;
    use std::collections::BTreeSet;

    #[test]
    fn every_command_stands_in_one_group() {
        let command = super::command();
        let declared: Vec<&str> = command.get_subcommands().map(|c| c.get_name()).collect();
        let grouped: Vec<&str> = GROUPS.iter().flat_map(|(_, n)| *n).copied().collect();
        assert_eq!(declared.len(), grouped.len());
        let declared: BTreeSet<&str> = declared.into_iter().collect();
        assert_eq!(declared, grouped.into_iter().collect());
    }

    #[test]
    fn a_command_alone_takes_what_it_takes_among_all() {
        let alone: Vec<&str> = crate::cli::ARGUMENTS
            .iter()
            .map(|(name, _)| *name)
            .collect();
        let whole = super::command();
        let names: Vec<&str> = whole.get_subcommands().map(|c| c.get_name()).collect();
        assert_eq!(alone, names);
        for (command, (name, describe)) in whole.get_subcommands().zip(crate::cli::ARGUMENTS) {
            let arguments =
                |c: &clap::Command| format!("{:?}", c.get_arguments().collect::<Vec<_>>());
            let alone = describe(clap::Command::new(name));
            assert_eq!(arguments(&alone), arguments(command));
        }
    }

    #[test]
    fn every_command_has_an_example() {
        for command in super::command().get_subcommands() {
            let after = command.get_after_help().map(ToString::to_string);
            let name = command.get_name();
            assert!(
                after.is_some_and(|a| a.contains(&format!("assess {name}"))),
                "{name} has no example"
            );
        }
    }

    #[test]
    fn the_definition_is_sound() {
        super::command().debug_assert();
    }
}
