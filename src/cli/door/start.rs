//! How the program was started: from a desktop, typed in a terminal, or by another program.

use super::super::args::Cli;
use clap::CommandFactory;
use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::Path;

/// How it was started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// In a window of its own, which closes when the program ends.
    Desktop,
    /// In a terminal that stays.
    Terminal,
    /// Nobody is there to be asked.
    Script,
}

impl Start {
    /// How this process was started.
    pub(super) fn now() -> Self {
        let watched = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
        let own_window = if cfg!(windows) {
            !typed_in_a_shell(|name| std::env::var(name).ok())
        } else {
            std::fs::read_to_string("/proc/self/stat").is_ok_and(|stat| leads_its_session(&stat))
        };
        match (watched, own_window) {
            (false, _) => Self::Script,
            (true, true) => Self::Desktop,
            (true, false) => Self::Terminal,
        }
    }

    /// Whether somebody can be asked.
    pub(super) fn is_watched(self) -> bool {
        self != Self::Script
    }
}

/// Whether a shell of Windows has left its mark. Asking the console itself who shares it would need code
/// that the compiler cannot check; a wrong guess costs one press of Enter.
fn typed_in_a_shell(variable: impl Fn(&str) -> Option<String>) -> bool {
    // cmd.exe gives every program its prompt; Windows Terminal, editors and Unix shells name themselves.
    let marks =
        ["PROMPT", "WT_SESSION", "TERM_PROGRAM", "TERM", "SHELL", "MSYSTEM", "SSH_CONNECTION"];
    if marks.iter().any(|name| variable(name).is_some_and(|value| !value.is_empty())) {
        return true;
    }
    // PowerShell puts the user's own modules in front of the machine's.
    let modules = variable("PSModulePath").unwrap_or_default().to_lowercase();
    let home = variable("USERPROFILE").unwrap_or_default().to_lowercase();
    !home.is_empty() && modules.contains(&home)
}

/// Whether the process is the first of its session: a terminal window was opened for it alone, and
/// closes with it. The line is that of `/proc/self/stat`; the name in brackets may hold anything.
fn leads_its_session(stat: &str) -> bool {
    let id = stat.split(' ').next();
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    // State, parent, group, session.
    id.is_some() && after_name.split_whitespace().nth(3) == id
}

/// Whether these words are meant for this way in: they begin with no command, and name something to read.
pub(in super::super) fn is_meant(words: &[OsString]) -> bool {
    let Some(first) = words.first() else { return Start::now().is_watched() };
    let commands = Cli::command();
    let is_command = |word: &OsString| {
        let word = word.to_string_lossy();
        commands.get_subcommands().any(|command| command.get_name() == word)
            || ["-h", "--help", "-V", "--version"].contains(&&*word)
    };
    if is_command(first) {
        return false;
    }
    let first = first.to_string_lossy();
    // A word alone that is no folder is more likely a command with a letter wrong.
    first.starts_with('-')
        || first.contains(['/', '\\'])
        || words.iter().any(|word| Path::new(word).exists())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shells_of_windows_leave_their_marks() {
        let home = ("USERPROFILE", r"C:\Users\lan");
        let machine = r"C:\Program Files\WindowsPowerShell\Modules";
        let own = format!(r"C:\users\LAN\Documents\WindowsPowerShell\Modules;{machine}");
        for (variables, typed) in [
            (vec![], false),
            (vec![home, ("PSModulePath", machine)], false),
            (vec![home, ("PSModulePath", &own)], true),
            (vec![home, ("PROMPT", "$P$G")], true),
            (vec![("WT_SESSION", "x")], true),
            (vec![("PROMPT", "")], false),
            (vec![("PSModulePath", machine)], false),
        ] {
            let of = |name: &str| {
                let found = variables.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            assert_eq!(typed_in_a_shell(of), typed, "{variables:?}");
        }
    }

    #[test]
    fn a_window_of_its_own_has_a_session_of_its_own() {
        for (stat, leads) in [
            ("412 (qc17) S 400 412 400 34816 412", false),
            ("412 (qc17) S 400 412 412 34816 412", true),
            ("412 (a) b (c) S 400 412 412 34816", true),
            ("412 (412 412) S 1 2 3 4", false),
            ("", false),
            ("412", false),
        ] {
            assert_eq!(leads_its_session(stat), leads, "{stat}");
        }
    }
}
