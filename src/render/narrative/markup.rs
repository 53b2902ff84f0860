//! The few signs by which a template sets headings, items and charts apart from running text.

/// One part of the report's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A heading; depth 0 is `I-`, 1 is `1.`, 2 is `a)`.
    Heading {
        /// How deep.
        depth: u8,
        /// Its words.
        text: String,
    },
    /// A paragraph.
    Paragraph(String),
    /// A line with a dash in front.
    Item(String),
    /// A line set in italics: a formula, a remark.
    Remark(String),
    /// A chart of that name.
    Chart(String),
}

impl Part {
    /// The words of the part.
    pub fn text(&self) -> &str {
        match self {
            Self::Heading { text, .. }
            | Self::Paragraph(text)
            | Self::Item(text)
            | Self::Remark(text)
            | Self::Chart(text) => text,
        }
    }
}

/// Reads the filled template: an empty line ends a paragraph, `#` makes a heading, `-` an item,
/// `>` a remark, `@` a chart.
pub(super) fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut running = String::new();
    for line in text.lines().map(squeezed) {
        let special = special(&line);
        if special.is_some() || line.is_empty() {
            finish(&mut parts, &mut running);
            parts.extend(special);
        } else {
            if !running.is_empty() {
                running.push(' ');
            }
            running.push_str(&line);
        }
    }
    finish(&mut parts, &mut running);
    parts
}

fn finish(parts: &mut Vec<Part>, running: &mut String) {
    if !running.is_empty() {
        parts.push(Part::Paragraph(std::mem::take(running)));
    }
}

fn special(line: &str) -> Option<Part> {
    let heading = |depth, text: &str| Part::Heading { depth, text: text.to_owned() };
    let (sign, text) = line.split_once(' ')?;
    match sign {
        "#" => Some(heading(0, text)),
        "##" => Some(heading(1, text)),
        "###" => Some(heading(2, text)),
        "-" => Some(Part::Item(text.to_owned())),
        ">" => Some(Part::Remark(text.to_owned())),
        "@" => Some(Part::Chart(text.to_owned())),
        _ => None,
    }
}

/// Runs of spaces become one, so that conditions in a template leave no gaps.
fn squeezed(line: &str) -> String {
    line.split([' ', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_make_parts() {
        let text = "# I- A\nmột\n hai  ba\n\nbốn\n- năm\n> sáu\n@ hoi-nghi\n";
        assert_eq!(
            parts(text),
            [
                Part::Heading { depth: 0, text: "I- A".into() },
                Part::Paragraph("một hai ba".into()),
                Part::Paragraph("bốn".into()),
                Part::Item("năm".into()),
                Part::Remark("sáu".into()),
                Part::Chart("hoi-nghi".into()),
            ]
        );
    }
}
