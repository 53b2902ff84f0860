//! What each part of the document is to a reader who cannot see it (cấu trúc thẻ): headings, lists, tables.

/// What an element is, by the standard names of ISO 32000-1, 14.8.4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// The whole.
    Document,
    /// A part with its own heading.
    Section,
    /// A heading of that level, from one.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A list.
    List,
    /// An item of a list.
    Item,
    /// The dash in front of an item.
    Label,
    /// The words of an item.
    Body,
    /// Words that lead elsewhere.
    Link,
    /// A drawing.
    Figure,
    /// A table.
    Table,
    /// The header rows of a table.
    Head,
    /// The other rows.
    Rows,
    /// A row.
    Row,
    /// A cell that heads columns.
    ColumnHead,
    /// A cell that heads its row, or the rows below it.
    RowHead,
    /// Any other cell.
    Cell,
}

impl Tag {
    /// The name in the file.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::Section => "Sect",
            Self::Heading(1) => "H1",
            Self::Heading(2) => "H2",
            Self::Heading(3) => "H3",
            Self::Heading(_) => "H4",
            Self::Paragraph => "P",
            Self::List => "L",
            Self::Item => "LI",
            Self::Label => "Lbl",
            Self::Body => "LBody",
            Self::Link => "Link",
            Self::Figure => "Figure",
            Self::Table => "Table",
            Self::Head => "THead",
            Self::Rows => "TBody",
            Self::Row => "TR",
            Self::ColumnHead | Self::RowHead => "TH",
            Self::Cell => "TD",
        }
    }
}

/// An element of the structure, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct ElementId(u32);

impl ElementId {
    /// The whole document.
    pub(super) const DOCUMENT: Self = Self(0);

    /// Its place among all elements.
    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Whose content something drawn is; none for what only adorns the page (artifact).
pub(super) type Owner = Option<ElementId>;

/// One element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Element {
    /// What it is.
    pub(super) tag: Tag,
    /// What it is part of; itself for the document.
    pub(super) parent: ElementId,
    /// How many rows and columns a cell covers.
    pub(super) span: (u16, u16),
}

/// What stands for a drawing where it cannot be seen.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Drawing {
    /// The element.
    pub(super) element: ElementId,
    /// The words.
    pub(super) words: String,
    /// Left, top, width and height on its page in millimetres; none when it needs more than a page.
    pub(super) extent: Option<[f64; 4]>,
}

/// All elements; each comes after the one it is part of, and brothers come in reading order.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Structure {
    elements: Vec<Element>,
    /// The drawings, in reading order.
    pub(super) drawings: Vec<Drawing>,
}

impl Default for Structure {
    fn default() -> Self {
        let parent = ElementId::DOCUMENT;
        let document = Element { tag: Tag::Document, parent, span: (1, 1) };
        Self { elements: vec![document], drawings: Vec::new() }
    }
}

impl Structure {
    /// One more element at the end of that one.
    pub(super) fn add(&mut self, parent: ElementId, tag: Tag) -> ElementId {
        self.add_cell(parent, tag, (1, 1))
    }

    /// One more cell of that many rows and columns.
    pub(super) fn add_cell(
        &mut self,
        parent: ElementId,
        tag: Tag,
        (rows, columns): (usize, usize),
    ) -> ElementId {
        let id = ElementId(u32::try_from(self.elements.len()).unwrap_or(u32::MAX));
        let few = |count| u16::try_from(count).unwrap_or(u16::MAX);
        self.elements.push(Element { tag, parent, span: (few(rows), few(columns)) });
        id
    }

    /// All elements in their order, the document first.
    pub(super) fn elements(&self) -> &[Element] {
        &self.elements
    }

    /// The same with their numbers.
    pub(super) fn numbered(&self) -> impl Iterator<Item = (ElementId, &Element)> + Clone {
        (0..).map(ElementId).zip(&self.elements)
    }
}
