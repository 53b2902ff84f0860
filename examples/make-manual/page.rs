//! A manual page for the program and for each of its commands, headings in Vietnamese.

use clap::Command;
use clap_mangen::Man;
use std::io;

/// Headings that the library writes in English.
const HEADINGS: [(&str, &str); 7] = [
    ("NAME", "TÊN"),
    ("SYNOPSIS", "CÁCH DÙNG"),
    ("DESCRIPTION", "MÔ TẢ"),
    ("OPTIONS", "TÙY CHỌN"),
    ("SUBCOMMANDS", "LỆNH"),
    ("EXTRA", "VÍ DỤ"),
    ("VERSION", "PHIÊN BẢN"),
];

/// Each page with its file name.
pub(crate) fn all(grammar: Command) -> io::Result<Vec<(String, String)>> {
    let mut grammar = grammar.disable_help_subcommand(true);
    grammar.build();
    let mut pages = Vec::new();
    add(&grammar, "qc17", &mut pages)?;
    Ok(pages)
}

fn add(command: &Command, name: &str, pages: &mut Vec<(String, String)>) -> io::Result<()> {
    // The version is that of the program, not of each command.
    let own = command.clone().name(name.to_owned()).bin_name(name.replace('-', " "));
    let mut roff = Vec::new();
    let man = Man::new(own.clone()).title(name.to_uppercase()).manual("Sổ tay qc17".to_owned());
    man.source(format!("qc17 {}", env!("CARGO_PKG_VERSION"))).date("").render(&mut roff)?;
    let text = String::from_utf8(roff).map_err(io::Error::other)?;
    pages.push((format!("{name}.1"), vietnamese(&text)));
    for below in command.get_subcommands() {
        add(below, &format!("{name}-{}", below.get_name()), pages)?;
    }
    Ok(())
}

fn vietnamese(roff: &str) -> String {
    let line = |line: &str| {
        let title = line.strip_prefix(".SH ").map(|title| title.trim_matches('"'));
        let known = HEADINGS.iter().find(|(english, _)| title == Some(english));
        known.map_or_else(|| line.to_owned(), |(_, own)| format!(".SH \"{own}\""))
    };
    let lines: Vec<String> = roff.lines().map(line).collect();
    // Without this line a reader takes accented letters for something else.
    format!("'\\\" -*- coding: utf-8 -*-\n{}\n", lines.join("\n"))
}
