//! The parts of the package: found by name, inflated under a cap, replaced or copied as compressed bytes.

use super::PatchError;
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// The same level as the report's own workbook.
const LEVEL: i64 = 1;

/// An opened package with what will change in it.
pub(super) struct Parts<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// By name in lower case without a leading `/`: place and name as stored.
    names: BTreeMap<String, (usize, String)>,
    largest: u64,
    /// New content of known parts, by place.
    replaced: BTreeMap<usize, Vec<u8>>,
    /// Parts that are new, in the order in which they came.
    added: Vec<(String, Vec<u8>)>,
}

impl<'a> Parts<'a> {
    /// Opens the package; no part may inflate beyond so many bytes.
    pub(super) fn open(bytes: &'a [u8], largest: u64) -> Result<Self, PatchError> {
        let mut archive = ZipArchive::new(Cursor::new(bytes))?;
        let mut names = BTreeMap::new();
        for at in 0..archive.len() {
            let entry = archive.by_index_raw(at)?;
            let name = match std::str::from_utf8(entry.name_raw()) {
                Ok(name) => name.to_owned(),
                Err(_) => entry.name()?.into_owned(),
            };
            names.insert(normal(&name), (at, name));
        }
        Ok(Self { archive, names, largest, replaced: BTreeMap::new(), added: Vec::new() })
    }

    /// Whether there is a part of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        let wanted = normal(name);
        self.names.contains_key(&wanted) || self.added.iter().any(|(own, _)| normal(own) == wanted)
    }

    /// A name with the first number for which there is no part yet.
    pub(super) fn free(&self, before: &str, after: &str) -> String {
        let names = (1u32..).map(|number| format!("{before}{number}{after}"));
        names.into_iter().find(|name| !self.has(name)).unwrap_or_default()
    }

    /// The text of a part; none when there is no such part. UTF-16 becomes UTF-8, and says so.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, PatchError> {
        let Some((at, _)) = self.names.get(&normal(name)) else { return Ok(None) };
        let mut bytes = Vec::new();
        let entry = self.archive.by_index(*at)?;
        entry.take(self.largest.saturating_add(1)).read_to_end(&mut bytes)?;
        if u64::try_from(bytes.len()).map_or(true, |size| size > self.largest) {
            return Err(PatchError::TooLarge);
        }
        decoded(bytes).map(Some)
    }

    /// Puts that content in place of a part's, or adds the part.
    pub(super) fn put(&mut self, name: &str, content: String) {
        match self.names.get(&normal(name)) {
            Some((at, _)) => drop(self.replaced.insert(*at, content.into_bytes())),
            None => self.added.push((name.to_owned(), content.into_bytes())),
        }
    }

    /// Whether any part's name begins so.
    pub(super) fn any_below(&self, folder: &str) -> bool {
        self.names.keys().any(|name| name.starts_with(folder))
    }

    /// The new package: parts in their old order, new ones behind them.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, PatchError> {
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        let stored: BTreeMap<usize, String> = self.names.into_values().collect();
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(LEVEL))
            .last_modified_time(DateTime::default());
        for at in 0..self.archive.len() {
            match (self.replaced.get(&at), stored.get(&at)) {
                (Some(content), Some(name)) => {
                    out.start_file(name.as_str(), options)?;
                    out.write_all(content)?;
                }
                _ => out.raw_copy_file(self.archive.by_index_raw(at)?)?,
            }
        }
        for (name, content) in &self.added {
            out.start_file(name.as_str(), options)?;
            out.write_all(content)?;
        }
        Ok(out.finish()?.into_inner())
    }
}

fn normal(name: &str) -> String {
    let mut out = name.replace('\\', "/");
    out.make_ascii_lowercase();
    out.trim_start_matches('/').to_owned()
}

/// Text from the bytes of an XML part. What was UTF-16 must no longer call itself that.
fn decoded(bytes: Vec<u8>) -> Result<String, PatchError> {
    let wide = |from: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes
            .get(2..)
            .unwrap_or_default()
            .chunks_exact(2)
            .filter_map(|pair| Some(from([*pair.first()?, *pair.get(1)?])))
            .collect();
        let text = String::from_utf16(&units).map_err(|_| PatchError::Xml)?;
        let end = text.find("?>").unwrap_or(0);
        let (head, rest) = text.split_at_checked(end).ok_or(PatchError::Xml)?;
        let head = head.replace("UTF-16", "UTF-8").replace("utf-16", "UTF-8");
        Ok(format!("{head}{rest}"))
    };
    match bytes.as_slice() {
        [0xFF, 0xFE, ..] => wide(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => wide(u16::from_be_bytes),
        _ => String::from_utf8(bytes).map_err(|_| PatchError::Xml),
    }
}
