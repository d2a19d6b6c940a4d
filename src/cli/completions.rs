//! `assess completions`: a script that completes commands and options.

use super::{Status, Streams, help};
use std::fmt::Write as _;
use std::io;

/// Print a script that completes commands and options in a shell
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  assess completions bash > ~/.local/share/bash-completion/completions/assess
  assess completions zsh > ~/.zfunc/_assess
  assess completions fish > ~/.config/fish/completions/assess.fish")]
pub(super) struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    let mut script = Vec::new();
    let mut command = help::command();
    clap_complete::generate(args.shell, &mut command, "assess", &mut script);
    streams.output.write_all(&script)?;
    if args.shell == clap_complete::Shell::Fish {
        streams.print(&positions(&command))?;
    }
    Ok(Status::Done)
}

/// What `clap_complete` leaves out for fish: the names that arguments without an option take.
fn positions(command: &clap::Command) -> String {
    let mut out = String::new();
    for sub in command.get_subcommands() {
        for argument in sub.get_positionals() {
            let names = argument.get_value_parser().possible_values();
            let names = names.into_iter().flatten();
            let names: Vec<String> = names.map(|n| n.get_name().to_owned()).collect();
            if !names.is_empty() {
                let condition = format!("__fish_assess_using_subcommand {}", sub.get_name());
                let names = names.join(" ");
                let _ = writeln!(
                    out,
                    "complete -c assess -n \"{condition}\" -f -a \"{names}\""
                );
            }
        }
    }
    out
}
