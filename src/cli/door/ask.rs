//! Questions to somebody who sits at the terminal.

use std::io::{BufRead, Write};

/// Says something to whoever watches; not to the place where results go.
pub(super) fn tell(text: &str) {
    let mut err = anstream::stderr().lock();
    // When nobody reads it any more there is nobody to be told.
    err.write_all(text.as_bytes()).and_then(|()| err.flush()).ok();
}

/// One line in answer to a question; none when the input is at its end.
pub(super) fn line(question: &str) -> Option<String> {
    tell(question);
    let mut answer = Vec::new();
    let read = std::io::stdin().lock().read_until(b'\n', &mut answer).ok()?;
    (read > 0).then(|| String::from_utf8_lossy(&answer).trim().to_owned())
}

/// Whether somebody agrees; Enter alone is yes, the end of the input is no.
pub(super) fn agrees(question: &str) -> bool {
    let words = ["", "c", "co", "có", "y", "yes"];
    line(question).is_some_and(|answer| words.contains(&answer.to_lowercase().as_str()))
}

/// One of several, by its number; none when nobody chooses.
pub(super) fn choose(title: &str, choices: &[String]) -> Option<usize> {
    let mut list = format!("\n{title}\n");
    for (number, choice) in (1..).zip(choices) {
        list.push_str(&format!("  {number}. {choice}\n"));
    }
    tell(&list);
    loop {
        let answer = line("Gõ số thứ tự rồi nhấn Enter (nhấn Enter không để thôi): ")?;
        if answer.is_empty() {
            return None;
        }
        let number = answer.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        if let Some(at) = number.filter(|at| *at < choices.len()) {
            return Some(at);
        }
        tell(&format!("Không có số {answer}.\n"));
    }
}
