//! Writes the manual pages and the completions of the shells, from the words that the program itself takes.

#![allow(clippy::print_stderr, reason = "a tool for the one who makes a release")]

#[allow(dead_code, unused_imports, unreachable_pub, reason = "only its words are wanted")]
mod cli;
mod page;

use clap_complete::Shell;
use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(out) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: make-manual FOLDER");
        return ExitCode::from(2);
    };
    match written(&out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("make-manual: {error}");
            ExitCode::FAILURE
        }
    }
}

fn written(out: &std::path::Path) -> Result<(), Box<dyn Error>> {
    let pages = out.join("man/vi/man1");
    let completions = out.join("completions");
    fs::create_dir_all(&pages)?;
    fs::create_dir_all(&completions)?;
    for (name, text) in page::all(cli::grammar())? {
        fs::write(pages.join(name), text)?;
    }
    for shell in [Shell::Bash, Shell::Fish, Shell::PowerShell, Shell::Zsh] {
        clap_complete::generate_to(shell, &mut cli::grammar(), "qc17", &completions)?;
    }
    Ok(())
}
