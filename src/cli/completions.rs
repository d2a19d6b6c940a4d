//! `assess completions`: a script that completes commands and options.

use super::{Status, Streams, help};
use std::io;

/// A script that completes commands and options in a shell
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
    clap_complete::generate(args.shell, &mut help::command(), "assess", &mut script);
    streams.output.write_all(&script)?;
    Ok(Status::Done)
}
