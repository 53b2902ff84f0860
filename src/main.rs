//! The program: words typed in, reports written, one exit status out.

mod cli;

use qc17::open::worker;
use std::process::ExitCode;

fn main() -> ExitCode {
    // Before anything else: the program may have been started by itself to read one risky file.
    let words: Vec<_> = std::env::args_os().skip(1).collect();
    if words.first().is_some_and(|word| word == worker::ARGUMENT) {
        return if worker::serve().is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    if let Ok(program) = std::env::current_exe() {
        worker::set_program(program);
    }
    cli::main(&words)
}
