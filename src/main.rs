//! The command `fieldguide`: arguments in, exit code out. Everything else is in the library.

use std::process::ExitCode;

/// Pages are made of very many short texts; a fifth of the time went into finding room.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    fieldguide::cli::run()
}
