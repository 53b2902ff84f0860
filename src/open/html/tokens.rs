//! HTML as a run of tags and texts, as lenient as browsers are.

use super::super::xml::push_text;

/// A piece of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// An opening tag, with the text of its attributes.
    Open(&'a str, &'a str),
    /// A closing tag.
    Close(&'a str),
    /// Text with its references as written.
    Text(&'a str),
    /// A style sheet of the page's own.
    Sheet(&'a str),
}

/// Cuts a page into pieces; comments and scripts are left out.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Tokens<'a> {
    pub(super) const fn new(page: &'a str) -> Self {
        Self { rest: page }
    }

    /// Passes over everything up to that mark and the mark itself; to the end when there is none.
    fn skip_past(&mut self, mark: &str) {
        self.rest = find_caseless(self.rest, mark)
            .and_then(|at| self.rest.get(at + mark.len()..))
            .unwrap_or_default();
    }

    fn tag(&mut self) -> Option<Token<'a>> {
        let end = tag_end(self.rest);
        let inside = self.rest.get(1..end).unwrap_or_default();
        self.rest = self.rest.get(end + 1..).unwrap_or_default();
        if let Some(name) = inside.strip_prefix('/') {
            return Some(Token::Close(name.trim()));
        }
        let length = inside.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(inside.len());
        let (name, attributes) = inside.split_at_checked(length)?;
        if ["script", "style", "title"].iter().any(|raw| name.eq_ignore_ascii_case(raw))
            && !inside.ends_with('/')
        {
            let inside = self.rest;
            self.skip_past(&format!("</{name}"));
            self.skip_past(">");
            let length = inside.len() - self.rest.len();
            let sheet = inside.get(..length).filter(|_| name.eq_ignore_ascii_case("style"));
            return sheet.map(Token::Sheet);
        }
        Some(Token::Open(name, attributes))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        while !self.rest.is_empty() {
            let bytes = self.rest.as_bytes();
            let markup = bytes.first() == Some(&b'<')
                && bytes
                    .get(1)
                    .is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!' | b'?'));
            if !markup {
                let from = usize::from(bytes.first() == Some(&b'<'));
                let length = self
                    .rest
                    .get(from..)
                    .and_then(|rest| rest.find('<'))
                    .map_or(self.rest.len(), |at| at + from);
                let (text, rest) = self.rest.split_at_checked(length)?;
                self.rest = rest;
                return Some(Token::Text(text));
            }
            if self.rest.starts_with("<!--") {
                self.skip_past("-->");
            } else if matches!(bytes.get(1), Some(b'!' | b'?')) {
                self.skip_past(">");
            } else if let Some(token) = self.tag() {
                return Some(token);
            }
        }
        None
    }
}

/// Where the tag at the start of the text ends; a `>` between quotes belongs to an attribute.
fn tag_end(text: &str) -> usize {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    text.find('>').unwrap_or(text.len())
}

fn find_caseless(text: &str, mark: &str) -> Option<usize> {
    text.as_bytes()
        .windows(mark.len())
        .position(|window| window.eq_ignore_ascii_case(mark.as_bytes()))
}

/// The value of an attribute as written, its quotes taken off.
pub(super) fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let length = rest.find(|c: char| c.is_whitespace() || c == '=')?;
        let (key, after) = rest.split_at_checked(length)?;
        let Some(after) = after.trim_start().strip_prefix('=') else {
            rest = after;
            continue;
        };
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, next) = match quote {
            Some(quote) => after.get(1..)?.split_once(quote)?,
            None => {
                after.split_at_checked(after.find(char::is_whitespace).unwrap_or(after.len()))?
            }
        };
        if key.eq_ignore_ascii_case(name) {
            return Some(value);
        }
        rest = next;
    }
}

/// Appends text with its references resolved; what stands for nothing stays as written.
pub(super) fn push_decoded(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some((plain, after)) = rest.split_once('&') {
        push_text(out, plain);
        // No name is longer, and a page of nothing but `&` is not searched to its end for each.
        let end = after.bytes().take(33).position(|byte| byte == b';');
        let name = end.and_then(|end| after.get(..end));
        if let Some(found) = name.and_then(resolved) {
            out.push_str(&found);
            rest = end.and_then(|end| after.get(end + 1..)).unwrap_or_default();
        } else {
            out.push('&');
            rest = after;
        }
    }
    push_text(out, rest);
}

fn resolved(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else {
        return quick_xml::escape::resolve_html5_entity(name).map(str::to_owned);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).filter(|c| *c != '\0').map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pages_are_cut() {
        let tokens: Vec<_> = Tokens::new(
            "<!DOCTYPE html><!-- <td> --><TD a='x>y' b=2>1 < 2<br/></Td><script>if (a<b) '</td>'</script>c<",
        )
        .collect();
        assert_eq!(
            tokens,
            [
                Token::Open("TD", " a='x>y' b=2"),
                Token::Text("1 "),
                Token::Text("< 2"),
                Token::Open("br", "/"),
                Token::Close("Td"),
                Token::Text("c"),
                Token::Text("<"),
            ]
        );
    }

    #[test]
    fn attributes_and_references() {
        for (text, name, expected) in [
            (" colspan=3 x", "colspan", Some("3")),
            (" nowrap COLSPAN = \"2\"", "colspan", Some("2")),
            (" style='a:b' x:num='1.5'", "x:num", Some("1.5")),
            (" nowrap", "colspan", None),
            (" colspan='3", "colspan", None),
        ] {
            assert_eq!(attribute(text, name), expected, "{text}");
        }
        let mut out = String::new();
        push_decoded(&mut out, "X&atilde; &#7843; &#x1EA3; &amp;&nbsp;&khong; R&D &#0; &");
        assert_eq!(out, "Xã ả ả &\u{A0}&khong; R&D &#0; &");
    }

    proptest! {
        #[test]
        fn any_page_comes_to_an_end(page in "[<>&;!\\-='\"/a-dà ]{0,80}") {
            let length: usize = Tokens::new(&page).map(|token| match token {
                Token::Open(name, rest) => name.len() + rest.len(),
                Token::Close(inside) | Token::Sheet(inside) => inside.len(),
                Token::Text(text) => {
                    push_decoded(&mut String::new(), text);
                    text.len()
                }
            }).sum();
            prop_assert!(length <= page.len());
        }
    }
}
