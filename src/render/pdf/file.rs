//! The file as bytes: streams as they are, all other objects packed, and where to find each.

use super::RenderError;
use super::pack::{Packer, packed};
use crate::render::digits::push_decimal;
use lopdf::{Dictionary, Object, StringFormat};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::io::Write;

/// How many objects are packed together.
const PACK: usize = 400;
/// Packs made before they go out: enough for all cores.
const BATCH: usize = 64;

/// Where an object stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Place {
    /// Nowhere.
    #[default]
    Free,
    /// At that byte; the table of a PDF has four bytes for it.
    At(u32),
    /// In the pack of that number, as that entry.
    Packed(u32, u16),
}

/// Objects to be packed together: where each begins, and their bytes.
#[derive(Default)]
struct Pack {
    heads: Vec<(u32, usize)>,
    body: Vec<u8>,
}

/// Objects packed together: which, at which byte the first one begins, and all of it packed.
struct Packed {
    ids: Vec<u32>,
    first: usize,
    content: Vec<u8>,
}

/// A file being written. What goes wrong with that is told at its end.
pub(super) struct File<'o> {
    out: Output<'o>,
    places: Vec<Place>,
    open: Pack,
    /// The number of the next pack, which is an object as well.
    next_pack: u32,
}

/// Where the bytes go, how many went, and their digest.
struct Output<'o> {
    to: &'o mut (dyn Write + Send),
    at: usize,
    digest: Sha256,
    failed: bool,
}

impl Output<'_> {
    fn put(&mut self, bytes: &[u8]) {
        self.at += bytes.len();
        self.digest.update(bytes);
        self.failed = self.failed || self.to.write_all(bytes).is_err();
    }
}

impl<'o> File<'o> {
    /// An empty file, of PDF 1.7 with a line that says it is binary.
    pub(super) fn new(to: &'o mut (dyn Write + Send)) -> Self {
        let mut out = Output { to, at: 0, digest: Sha256::new(), failed: false };
        out.put(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
        Self { out, places: Vec::new(), open: Pack::default(), next_pack: 0 }
    }

    /// Says the number of the last object, before the first one that is to be packed: packs come behind.
    pub(super) fn end_at(&mut self, last: u32) {
        self.next_pack = last + 1;
        self.places.reserve_exact((last as usize + 2).saturating_sub(self.places.len()));
    }

    /// Writes a stream whose content is packed as its dictionary says.
    pub(super) fn stream(&mut self, id: u32, dictionary: &Dictionary, content: &[u8]) {
        self.put(id, Place::At(number(self.out.at)));
        write_stream(&mut self.out, id, dictionary, content);
    }

    /// Writes any object but a stream.
    pub(super) fn object(&mut self, id: u32, write: impl FnOnce(&mut Vec<u8>)) {
        if self.open.heads.len() >= PACK {
            self.close();
        }
        self.put(id, Place::Packed(self.next_pack, entry(self.open.heads.len())));
        self.open.add(id, write);
    }

    /// Writes that many objects, numbered from `first`, on all cores; `write` is given the place among them.
    pub(super) fn objects<F>(&mut self, first: u32, count: usize, write: F)
    where
        F: Fn(usize, &mut Vec<u8>) + Sync,
    {
        self.close();
        for batch in (0..count).step_by(PACK * BATCH) {
            let packs = (batch..count.min(batch + PACK * BATCH)).step_by(PACK).collect::<Vec<_>>();
            let packs = packs.into_par_iter().map_init(Packer::new, |packer, from| {
                let mut pack = Pack::default();
                for at in from..count.min(from + PACK) {
                    pack.add(first + number(at), |out| write(at, out));
                }
                pack.packed(packer)
            });
            let packs: Vec<Packed> = packs.collect();
            for pack in packs {
                for (at, id) in pack.ids.iter().enumerate() {
                    self.put(*id, Place::Packed(self.next_pack, entry(at)));
                }
                self.pack(&pack);
            }
        }
    }

    /// Packs the objects that wait for it.
    fn close(&mut self) {
        let open = std::mem::take(&mut self.open);
        if !open.heads.is_empty() {
            self.pack(&open.packed(&mut Packer::new()));
        }
    }

    fn pack(&mut self, pack: &Packed) {
        let id = self.next_pack;
        self.next_pack += 1;
        self.stream(id, &pack.dictionary(), &pack.content);
    }

    fn put(&mut self, id: u32, place: Place) {
        let id = id as usize;
        if self.places.len() <= id {
            self.places.resize(id + 1, Place::Free);
        }
        if let Some(slot) = self.places.get_mut(id) {
            *slot = place;
        }
    }

    /// Ends the file; its identity comes from what it holds, not from when it was made.
    pub(super) fn finish(mut self, mut trailer: Dictionary) -> Result<(), RenderError> {
        self.close();
        let (id, start) = (self.next_pack, self.out.at);
        self.put(id, Place::At(number(start)));
        let digest = self.out.digest.clone().finalize();
        let identity = digest.iter().copied().take(16).collect();
        let identity = Object::String(identity, StringFormat::Hexadecimal);
        trailer.set("ID", vec![identity.clone(), identity]);
        trailer.set("Type", "XRef");
        trailer.set("Size", i64::from(id) + 1);
        trailer.set("W", vec![1.into(), 4.into(), 2.into()]);
        trailer.set("Filter", "FlateDecode");
        let table: Vec<u8> = self.places.iter().flat_map(|place| place.entry()).collect();
        write_stream(&mut self.out, id, &trailer, &packed(&table));
        self.out.put(format!("startxref\n{start}\n%%EOF\n").as_bytes());
        if self.out.failed { Err(RenderError::Writing) } else { Ok(()) }
    }
}

impl Place {
    /// Kind in one byte, place in four, entry in two.
    fn entry(self) -> [u8; 7] {
        let (kind, place, entry) = match self {
            Self::Free => (0, 0, 65_535),
            Self::At(offset) => (1, offset, 0),
            Self::Packed(pack, entry) => (2, pack, entry),
        };
        let mut bytes = [kind].into_iter().chain(place.to_be_bytes()).chain(entry.to_be_bytes());
        std::array::from_fn(|_| bytes.next().unwrap_or_default())
    }
}

/// The place in a pack, which has few.
fn entry(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

impl Pack {
    fn add(&mut self, id: u32, write: impl FnOnce(&mut Vec<u8>)) {
        self.heads.push((id, self.body.len()));
        write(&mut self.body);
        self.body.push(b'\n');
    }

    fn packed(self, packer: &mut Packer) -> Packed {
        let mut content: Vec<u8> = Vec::with_capacity(self.body.len() + self.heads.len() * 12);
        for (id, offset) in &self.heads {
            push_decimal(&mut content, u64::from(*id));
            content.push(b' ');
            push_decimal(&mut content, *offset as u64);
            content.push(b' ');
        }
        let first = content.len();
        content.extend_from_slice(&self.body);
        let ids = self.heads.into_iter().map(|(id, _)| id).collect();
        Packed { ids, first, content: packer.pack(&content) }
    }
}

impl Packed {
    fn dictionary(&self) -> Dictionary {
        let mut dictionary = Dictionary::new();
        dictionary.set("Type", "ObjStm");
        dictionary.set("N", i64::from(number(self.ids.len())));
        dictionary.set("First", i64::from(number(self.first)));
        dictionary.set("Filter", "FlateDecode");
        dictionary
    }
}

fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

fn write_stream(out: &mut Output<'_>, id: u32, dictionary: &Dictionary, content: &[u8]) {
    let mut dictionary = dictionary.clone();
    dictionary.set("Length", i64::from(number(content.len())));
    let mut head = format!("{id} 0 obj\n").into_bytes();
    write_dictionary(&mut head, &dictionary);
    head.extend_from_slice(b"\nstream\n");
    out.put(&head);
    out.put(content);
    out.put(b"\nendstream\nendobj\n");
}

/// Writes an object as it stands in a file; a stream's content stands elsewhere.
pub(super) fn write_object(out: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Boolean(value) => out.extend_from_slice(value.to_string().as_bytes()),
        Object::Integer(value) => out.extend_from_slice(value.to_string().as_bytes()),
        Object::Real(value) => out.extend_from_slice(value.to_string().as_bytes()),
        Object::Name(name) => write_name(out, name),
        Object::String(text, format) => write_string(out, text, *format),
        Object::Array(items) => {
            out.push(b'[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(b' ');
                }
                write_object(out, item);
            }
            out.push(b']');
        }
        Object::Dictionary(dictionary) => write_dictionary(out, dictionary),
        Object::Stream(stream) => write_dictionary(out, &stream.dict),
        Object::Reference((id, generation)) => {
            out.extend_from_slice(format!("{id} {generation} R").as_bytes());
        }
    }
}

fn write_dictionary(out: &mut Vec<u8>, dictionary: &Dictionary) {
    out.extend_from_slice(b"<<");
    for (key, value) in dictionary {
        write_name(out, key);
        out.push(b' ');
        write_object(out, value);
    }
    out.extend_from_slice(b">>");
}

fn write_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            out.push(*byte);
        } else {
            out.extend_from_slice(format!("#{byte:02X}").as_bytes());
        }
    }
}

fn write_string(out: &mut Vec<u8>, text: &[u8], format: StringFormat) {
    let plain = text.iter().all(|byte| (b' '..=b'~').contains(byte) && !b"()\\".contains(byte));
    if plain && format == StringFormat::Literal {
        out.push(b'(');
        out.extend_from_slice(text);
        out.push(b')');
    } else {
        out.push(b'<');
        out.extend(text.iter().flat_map(|byte| format!("{byte:02X}").into_bytes()));
        out.push(b'>');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(object: &Object) -> String {
        let mut out = Vec::new();
        write_object(&mut out, object);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn objects_are_written_by_the_standard() {
        for (object, text) in [
            (Object::Null, "null"),
            (true.into(), "true"),
            (Object::Real(-0.5), "-0.5"),
            (Object::Name(b"A b#".to_vec()), "/A#20b#23"),
            (Object::string_literal("plain"), "(plain)"),
            (Object::string_literal("a(b"), "<612862>"),
            (vec![Object::Integer(1), (7, 0).into()].into(), "[1 7 0 R]"),
        ] {
            assert_eq!(written(&object), text);
        }
    }

    #[test]
    fn every_object_is_found_again() {
        let mut bytes = Vec::new();
        let mut file = File::new(&mut bytes);
        let pages = 3 + 2 * number(PACK);
        file.end_at(pages - 1);
        file.stream(3, &Dictionary::new(), b"content");
        for id in (1..pages).filter(|id| *id != 3) {
            file.object(id, |out| match id {
                1 => out.extend_from_slice(b"<</Type /Catalog/Pages 2 0 R>>"),
                2 => out.extend_from_slice(b"<</Type /Pages/Kids []/Count 0>>"),
                id => out.extend_from_slice(format!("<</N {id}>>").as_bytes()),
            });
        }
        let mut trailer = Dictionary::new();
        trailer.set("Root", (1, 0));
        file.finish(trailer).unwrap();
        let read = lopdf::Document::load_mem(&bytes).unwrap();
        for id in 4..pages {
            let found = read.get_dictionary((id, 0)).unwrap().get(b"N").unwrap();
            assert_eq!(found.as_i64().unwrap(), i64::from(id));
        }
        assert_eq!(read.get_object((3, 0)).unwrap().as_stream().unwrap().content, b"content");
    }
}
