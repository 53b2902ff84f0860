//! The grammar of the command line: the program's own files, read once more here.

#[path = "../../src/cli/args.rs"]
mod args;
#[path = "../../src/cli/form_args.rs"]
mod form_args;
#[path = "../../src/cli/owed_args.rs"]
mod owed_args;
#[path = "../../src/cli/review_args.rs"]
mod review_args;

use clap::{Command, CommandFactory};

/// The whole grammar.
pub(crate) fn grammar() -> Command {
    args::Cli::command()
}
