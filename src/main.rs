//! The program: arguments in, exit code out.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let code = xianfeng::command::run(std::env::args_os().skip(1));
    // Nothing is left to do: what the site holds goes back to the system all at once.
    #[expect(clippy::disallowed_methods, reason = "after everything")]
    std::process::exit(code.into())
}
