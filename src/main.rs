//! The `assess` command: everything happens in `assess::cli`.

use std::process::ExitCode;

fn main() -> ExitCode {
    assess::cli::run()
}
