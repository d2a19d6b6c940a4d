//! The `assess` command: everything happens in `assess::cli`.

use mimalloc::MiMalloc;
use std::process::ExitCode;

// Trees of small nodes are made and dropped for every file.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    assess::cli::run()
}
