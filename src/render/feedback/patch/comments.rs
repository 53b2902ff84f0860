//! The comments of a sheet: ours are added, the unit's own stay, those of an earlier round go.

use super::PatchError;
use super::relations::escaped;
use super::scan::{Edits, Role, Tag, tags};
use crate::model::CellRef;
use std::collections::{BTreeMap, BTreeSet};

/// Under this name our comments are known again.
const AUTHOR: &str = "Phiếu phản hồi (qc17)";
/// Between what the unit wrote and what we add.
const BREAK: &str = "\n— Phiếu phản hồi —\n";

/// The part of comments with ours in it.
#[derive(Debug)]
pub(super) struct Commented {
    /// The part.
    pub(super) text: String,
    /// Cells that need a box for their comment.
    pub(super) boxed: BTreeSet<CellRef>,
    /// Cells whose box, from an earlier round, must go.
    pub(super) unboxed: BTreeSet<CellRef>,
}

/// A part with nothing but our comments.
pub(super) fn fresh(wanted: &BTreeMap<CellRef, String>, namespace: &str) -> Commented {
    let comments: String =
        wanted.iter().map(|(cell, words)| comment(*cell, words, 0, "")).collect();
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{namespace}\"><authors><author>{AUTHOR}</author></authors><commentList>{comments}</commentList></comments>"
    );
    Commented { text, boxed: wanted.keys().copied().collect(), unboxed: BTreeSet::new() }
}

/// Adds our comments to a part that is there.
pub(super) fn merged(
    text: &str,
    wanted: &BTreeMap<CellRef, String>,
) -> Result<Commented, PatchError> {
    let known = Known::read(text)?;
    let lacking = |what| PatchError::Lacking(what);
    let (authors, authors_end) = known.authors.as_ref().ok_or(lacking("authors"))?;
    let (list, list_end) = known.list.as_ref().ok_or(lacking("commentList"))?;
    let prefix = list.prefix();
    let mut edits = Edits::new(text);
    let mut out =
        Commented { text: String::new(), boxed: BTreeSet::new(), unboxed: BTreeSet::new() };
    for one in known.comments.iter().filter(|one| Some(one.author) == known.ours) {
        edits.replace(one.start..one.end, "");
        out.unboxed.insert(one.cell);
    }
    let mut new = String::new();
    for (cell, words) in wanted {
        let theirs = |one: &&Comment| one.cell == *cell && Some(one.author) != known.ours;
        if let Some(at) = known.comments.iter().find(theirs).and_then(|one| one.text_end) {
            edits.insert(at, run(&format!("{BREAK}{words}"), prefix));
            continue;
        }
        let author = known.ours.unwrap_or(known.authors_count);
        new.push_str(&comment(*cell, words, author, prefix));
        out.boxed.insert(*cell);
    }
    if known.ours.is_none() {
        let author = format!("<{prefix}author>{AUTHOR}</{prefix}author>");
        edits.append(authors, authors_end.as_ref(), &author);
    }
    edits.append(list, list_end.as_ref(), &new);
    out.text = edits.finish();
    Ok(out)
}

fn comment(cell: CellRef, words: &str, author: usize, p: &str) -> String {
    let run = run(words, p);
    format!(
        "<{p}comment ref=\"{cell}\" authorId=\"{author}\"><{p}text>{run}</{p}text></{p}comment>"
    )
}

fn run(words: &str, p: &str) -> String {
    let words = escaped(words);
    format!(
        "<{p}r><{p}rPr><{p}sz val=\"10\"/><{p}color rgb=\"FF000000\"/><{p}rFont val=\"Times New Roman\"/><{p}family val=\"1\"/></{p}rPr><{p}t xml:space=\"preserve\">{words}</{p}t></{p}r>"
    )
}

/// One comment that is there.
#[derive(Debug)]
struct Comment {
    cell: CellRef,
    author: usize,
    start: usize,
    end: usize,
    /// Before which byte more text can be written.
    text_end: Option<usize>,
}

type Element<'a> = (Tag<'a>, Option<Tag<'a>>);

/// What a part of comments holds.
#[derive(Debug, Default)]
struct Known<'a> {
    authors: Option<Element<'a>>,
    authors_count: usize,
    /// Our own number among the authors.
    ours: Option<usize>,
    list: Option<Element<'a>>,
    comments: Vec<Comment>,
}

impl<'a> Known<'a> {
    fn read(text: &'a str) -> Result<Self, PatchError> {
        let mut known = Self::default();
        let mut author_from = 0;
        let mut current: Option<Comment> = None;
        for tag in tags(text) {
            let tag = tag?;
            let closed = |element: &mut Option<Element<'a>>| {
                if let Some((_, end)) = element {
                    *end = Some(tag);
                }
            };
            match (tag.role, tag.local()) {
                (Role::Close, "authors") => closed(&mut known.authors),
                (_, "authors") => known.authors = Some((tag, None)),
                (Role::Close, "author") => {
                    if text.get(author_from..tag.start) == Some(AUTHOR) {
                        known.ours = Some(known.authors_count);
                    }
                    known.authors_count += 1;
                }
                (Role::Open, "author") => author_from = tag.end,
                (Role::Empty, "author") => known.authors_count += 1,
                (Role::Close, "commentList") => closed(&mut known.list),
                (_, "commentList") => known.list = Some((tag, None)),
                (Role::Open, "comment") => current = Comment::open(tag),
                (Role::Close, "text") => {
                    if let Some(one) = &mut current {
                        one.text_end = Some(tag.start);
                    }
                }
                (Role::Close, "comment") => {
                    known
                        .comments
                        .extend(current.take().map(|one| Comment { end: tag.end, ..one }));
                }
                _ => {}
            }
        }
        Ok(known)
    }
}

impl Comment {
    fn open(open: Tag<'_>) -> Option<Self> {
        let cell = CellRef::parse(open.value("ref")?)?;
        let author = open.value("authorId")?.parse().ok()?;
        Some(Self { cell, author, start: open.start, end: open.end, text_end: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(cell: &str, words: &str) -> (CellRef, String) {
        (CellRef::parse(cell).unwrap(), words.to_owned())
    }

    #[test]
    fn the_units_comments_stay_and_ours_are_renewed() {
        let theirs = "<x:comments xmlns:x='u'><x:authors><x:author>Bà Hoa</x:author></x:authors><x:commentList><x:comment ref='A1' authorId='0'><x:text><x:t>hỏi lại</x:t></x:text></x:comment></x:commentList></x:comments>";
        let first = BTreeMap::from([words("A1", "sai <1>"), words("B2", "thiếu")]);
        let once = merged(theirs, &first).unwrap();
        assert!(once.text.contains("<x:t>hỏi lại</x:t><x:r>"));
        assert!(once.text.contains("sai &lt;1&gt;"));
        assert!(once.text.contains("<x:comment ref=\"B2\" authorId=\"1\">"));
        assert_eq!(once.boxed, BTreeSet::from([CellRef::new(1, 1)]));
        let second = BTreeMap::from([words("C3", "muộn")]);
        let twice = merged(&once.text, &second).unwrap();
        assert!(
            !twice.text.contains("ref=\"B2\"") && twice.text.contains("ref=\"C3\" authorId=\"1\"")
        );
        assert_eq!(twice.text.matches(AUTHOR).count(), 1);
        assert_eq!(twice.unboxed, BTreeSet::from([CellRef::new(1, 1)]));
    }
}
