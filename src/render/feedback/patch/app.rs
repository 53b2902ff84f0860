//! `docProps/app.xml`: the list of sheet names that file managers show.

use super::relations::escaped;
use super::scan::{Edits, tags};

/// The part with one more sheet in front; none where its lists are not the usual ones.
pub(super) fn with_sheet(text: &str, name: &str, sheets: usize) -> Option<String> {
    let all: Vec<_> = tags(text).collect::<Result<_, _>>().ok()?;
    let pairs = all.iter().position(|tag| tag.opens("HeadingPairs"))?;
    let titles = all.iter().position(|tag| tag.opens("TitlesOfParts"))?;
    // The first pair is that of the worksheets, whatever the program's language calls them.
    let count = all.iter().skip(pairs).position(|tag| tag.opens("i4"))? + pairs;
    let (open, close) = (all.get(count)?, all.get(count + 1)?);
    let written: usize = text.get(open.end..close.start)?.trim().parse().ok()?;
    let vector = all.iter().skip(titles).position(|tag| tag.opens("vector"))? + titles;
    let vector = all.get(vector)?;
    let size: usize = vector.value("size")?.parse().ok()?;
    if written != sheets || size < sheets {
        return None;
    }
    let mut edits = Edits::new(text);
    edits.replace(open.end..close.start, (written + 1).to_string());
    edits.set(vector, "size", &(size + 1).to_string());
    let prefix = vector.prefix();
    let words = format!("<{prefix}lpstr>{}</{prefix}lpstr>", escaped(name));
    edits.insert(vector.end, words);
    Some(edits.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    const APP: &str = "<Properties xmlns:vt='v'><HeadingPairs><vt:vector size=\"2\" baseType=\"variant\"><vt:variant><vt:lpstr>Trang tính</vt:lpstr></vt:variant><vt:variant><vt:i4>1</vt:i4></vt:variant></vt:vector></HeadingPairs><TitlesOfParts><vt:vector size=\"1\" baseType=\"lpstr\"><vt:lpstr>A</vt:lpstr></vt:vector></TitlesOfParts></Properties>";

    #[test]
    fn the_list_gets_one_name_more() {
        let more = with_sheet(APP, "Phiếu & x", 1).unwrap();
        assert!(more.contains("<vt:i4>2</vt:i4>"));
        assert!(more.contains("<vt:vector size=\"2\" baseType=\"lpstr\"><vt:lpstr>Phiếu &amp; x</vt:lpstr><vt:lpstr>A</vt:lpstr>"));
        assert_eq!(with_sheet(APP, "x", 2), None);
        assert_eq!(with_sheet("<Properties/>", "x", 1), None);
    }
}
