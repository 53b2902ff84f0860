//! Paths out of one line as terminals write it when something is dragged in: quoted, escaped, as an address.

use std::path::{Path, PathBuf};

/// What the line is read against.
pub(super) struct Surroundings<'a> {
    /// Whether something lies at that path.
    pub(super) exists: &'a dyn Fn(&Path) -> bool,
    /// The user's own folder.
    pub(super) home: Option<&'a Path>,
    /// Whether `\` parts a path, as on Windows, or takes the meaning of the next letter.
    pub(super) windows: bool,
}

/// The paths in the line; none in an empty one.
pub(super) fn paths(line: &str, around: &Surroundings<'_>) -> Vec<PathBuf> {
    let line = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    // PowerShell writes a call in front of a quoted path.
    let line = line.strip_prefix("& ").map_or(line, str::trim_start);
    let whole = [line, unquoted(line)].map(|text| path(text, around));
    if let Some(path) = whole.into_iter().flatten().find(|path| (around.exists)(path)) {
        // Typed by hand, with spaces and no quotes.
        return vec![path];
    }
    words(line, around.windows).iter().filter_map(|word| path(word, around)).collect()
}

fn unquoted(line: &str) -> &str {
    let within = |quote| line.strip_prefix(quote)?.strip_suffix(quote);
    within('"').or_else(|| within('\'')).unwrap_or(line)
}

/// The words of the line, as a shell would part them.
fn words(line: &str, windows: bool) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quote = None;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (Some(open), close) if open == close => quote = None,
            (None, '"' | '\'') => quote = Some(letter),
            (None, space) if space.is_whitespace() => words.push(std::mem::take(&mut word)),
            (None | Some('"'), '\\') if !windows => {
                let plain =
                    quote.is_some() && !matches!(letters.peek(), Some('"' | '\\' | '$' | '`'));
                match letters.next_if(|_| !plain) {
                    Some(next) => word.push(next),
                    None => word.push('\\'),
                }
            }
            (_, letter) => word.push(letter),
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

fn path(word: &str, around: &Surroundings<'_>) -> Option<PathBuf> {
    let word = word.trim();
    if word.is_empty() {
        return None;
    }
    if let Some(address) = word.strip_prefix("file://") {
        return Some(from_address(address, around.windows));
    }
    let below =
        word.strip_prefix('~').filter(|rest| rest.is_empty() || rest.starts_with(['/', '\\']));
    match (below, around.home) {
        (Some(rest), Some(home)) => {
            let rest = rest.trim_start_matches(['/', '\\']);
            Some(if rest.is_empty() { home.to_owned() } else { home.join(rest) })
        }
        _ => Some(PathBuf::from(word)),
    }
}

/// `file://` addresses: the machine's name left out, `%C3%A0` read as the bytes it stands for.
fn from_address(address: &str, windows: bool) -> PathBuf {
    let path = address.strip_prefix("localhost").unwrap_or(address);
    let mut bytes = Vec::new();
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        let byte =
            code.filter(|_| *first == b'%').and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    let text = String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned());
    // `/D:/bao cao` is `D:/bao cao`.
    let drive = text.strip_prefix('/').filter(|rest| windows && rest.get(1..2) == Some(":"));
    PathBuf::from(drive.map_or(text.as_str(), |rest| rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str, windows: bool, there: &[&str]) -> Vec<String> {
        let exists = |path: &Path| there.contains(&path.to_str().unwrap());
        let home = Path::new(if windows { r"C:\nha\lan" } else { "/nha/lan" });
        let around = Surroundings { exists: &exists, home: Some(home), windows };
        paths(line, &around).iter().map(|path| path.display().to_string()).collect()
    }

    #[test]
    fn lines_of_unix_terminals() {
        for (line, expected) in [
            ("/nha/lan/quy1", vec!["/nha/lan/quy1"]),
            ("  /nha/lan/quy1  \r\n", vec!["/nha/lan/quy1"]),
            ("'/nha/lan/báo cáo quý I' ", vec!["/nha/lan/báo cáo quý I"]),
            (r"/nha/lan/b\ c\ \(2\)", vec!["/nha/lan/b c (2)"]),
            ("\"/nha/lan/b c\"", vec!["/nha/lan/b c"]),
            (r#""/a/\"b\" \c""#, vec![r#"/a/"b" \c"#]),
            (r"'/a/it'\''s'", vec!["/a/it's"]),
            ("'/a b' /c /d\\ e", vec!["/a b", "/c", "/d e"]),
            ("~", vec!["/nha/lan"]),
            ("~/quý 1/", vec!["/nha/lan/quý", "1/"]),
            ("~lan/x", vec!["~lan/x"]),
            ("file:///nha/lan/b%C3%A1o%20c%C3%A1o", vec!["/nha/lan/báo cáo"]),
            ("file://localhost/nha/lan", vec!["/nha/lan"]),
            ("file:///a/100%", vec!["/a/100%"]),
            ("file:///a%ff", vec!["/a%ff"]),
            ("'/chưa đóng", vec!["/chưa đóng"]),
            ("", vec![]),
            (" \t ", vec![]),
            ("''", vec![]),
            ("\u{FEFF}/a", vec!["/a"]),
            (r"/a\", vec![r"/a\"]),
        ] {
            assert_eq!(read(line, false, &[]), expected, "{line}");
        }
    }

    #[test]
    fn lines_of_windows() {
        for (line, expected) in [
            (r"D:\qc17\quy1", vec![r"D:\qc17\quy1"]),
            ("\"D:\\báo cáo\\quý I\"", vec![r"D:\báo cáo\quý I"]),
            ("& 'D:\\báo cáo'", vec![r"D:\báo cáo"]),
            ("\"D:\\a b\" \"D:\\c d\"", vec![r"D:\a b", r"D:\c d"]),
            ("file:///D:/b%C3%A1o%20c%C3%A1o", vec!["D:/báo cáo"]),
            (r"\\may-chu\chung\quy1", vec![r"\\may-chu\chung\quy1"]),
        ] {
            assert_eq!(read(line, true, &[]), expected, "{line}");
        }
        assert_eq!(read(r"~\quy1", true, &[]).len(), 1);
    }

    #[test]
    fn a_line_that_is_a_path_is_that_path() {
        for (line, there) in [
            ("/a/báo cáo quý 1", "/a/báo cáo quý 1"),
            ("/a/it's", "/a/it's"),
            ("\"/a/b c\"", "/a/b c"),
            ("~/quý 1", "/nha/lan/quý 1"),
            (r"/a/b\ c", r"/a/b\ c"),
        ] {
            assert_eq!(read(line, false, &[there]), [there], "{line}");
        }
    }
}
