//! The workbook's container: parts are copied as compressed bytes, large ones compressed in pieces on all cores.

use super::RenderError;
use flate2::{Compress, Compression, Crc, FlushCompress, Status};
use rayon::prelude::*;
use std::io::{Cursor, Read, Seek, SeekFrom, Write};
use zip::ZipArchive;

/// Fast enough not to be felt, and half a percent of the rows' size is all that higher levels gain.
const LEVEL: u32 = 1;
const DEFLATED: u16 = 8;

/// One part of the package, compressed.
pub(in crate::render) struct Entry {
    name: String,
    method: u16,
    crc: u32,
    size: u64,
    packed: u64,
    data: Vec<u8>,
}

/// Takes a package apart without inflating it.
pub(in crate::render) fn read(package: &[u8]) -> Result<Vec<Entry>, RenderError> {
    let mut archive = ZipArchive::new(Cursor::new(package))?;
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index_raw(at)?;
            let mut data = Vec::new();
            file.read_to_end(&mut data)?;
            let deflated = file.compression() == zip::CompressionMethod::Deflated;
            Ok(Entry {
                name: file.name()?.into_owned(),
                method: if deflated { DEFLATED } else { 0 },
                crc: file.crc32(),
                size: file.size(),
                packed: data.len() as u64,
                data,
            })
        })
        .collect()
}

impl Entry {
    /// Its name in the package.
    pub(in crate::render) fn name(&self) -> &str {
        &self.name
    }

    /// Its text.
    pub(in crate::render) fn inflate(&self) -> Result<String, RenderError> {
        let mut text = String::new();
        if self.method == DEFLATED {
            flate2::read::DeflateDecoder::new(self.data.as_slice()).read_to_string(&mut text)?;
        } else {
            self.data.as_slice().read_to_string(&mut text)?;
        }
        Ok(text)
    }

    /// What stands before its content.
    fn header(&self) -> Result<Vec<u8>, RenderError> {
        let mut out = b"PK\x03\x04".to_vec();
        out.extend_from_slice(&self.common()?);
        out.extend_from_slice(self.name.as_bytes());
        Ok(out)
    }

    /// What its header and the directory have in common: version to the length of the extra field.
    fn common(&self) -> Result<Vec<u8>, RenderError> {
        let name = u16::try_from(self.name.len()).map_err(|_| RenderError::TooLarge)?;
        let mut out = Vec::with_capacity(26);
        out.extend_from_slice(&20u16.to_le_bytes());
        // Names are UTF-8; the time is 00:00 on 01/01/1980, the earliest that the format knows.
        out.extend_from_slice(&0x0800u16.to_le_bytes());
        out.extend_from_slice(&self.method.to_le_bytes());
        out.extend_from_slice(&0u16.to_le_bytes());
        out.extend_from_slice(&0x0021u16.to_le_bytes());
        out.extend_from_slice(&self.crc.to_le_bytes());
        out.extend_from_slice(&small(self.packed)?.to_le_bytes());
        out.extend_from_slice(&small(self.size)?.to_le_bytes());
        out.extend_from_slice(&name.to_le_bytes());
        out.extend_from_slice(&0u16.to_le_bytes());
        Ok(out)
    }
}

/// Pieces made before they go out: enough for all cores, and few megabytes.
const BATCH: usize = 64;

/// A package being written, part after part; what is known of a part only behind it is put into its header then.
pub(in crate::render) struct Writer<W> {
    out: W,
    at: u64,
    directory: Vec<u8>,
    count: u16,
}

impl<W: Write + Seek> Writer<W> {
    /// An empty package.
    pub(in crate::render) const fn new(out: W) -> Self {
        Self { out, at: 0, directory: Vec::new(), count: 0 }
    }

    /// Adds a part as it is. Every part carries the same date, so that equal content is equal bytes.
    pub(in crate::render) fn copy(&mut self, entry: &Entry) -> Result<(), RenderError> {
        let start = self.at;
        self.put(&entry.header()?)?;
        self.put(&entry.data)?;
        self.list(entry, start)
    }

    /// Adds a part whose pieces are made and compressed independently, in their order.
    pub(in crate::render) fn fill<F>(
        &mut self,
        name: &str,
        pieces: usize,
        make: F,
    ) -> Result<(), RenderError>
    where
        F: Fn(usize, &mut Vec<u8>) + Sync,
    {
        let start = self.at;
        let mut crc = Crc::new();
        let mut entry = Entry {
            name: name.to_owned(),
            method: DEFLATED,
            crc: 0,
            size: 0,
            packed: 0,
            data: Vec::new(),
        };
        self.put(&entry.header()?)?;
        let begun = self.at;
        for first in (0..pieces).step_by(BATCH) {
            let batch = first..pieces.min(first + BATCH);
            let compressed = batch.into_par_iter().map_init(Vec::new, |plain, piece| {
                plain.clear();
                make(piece, plain);
                let mut crc = Crc::new();
                crc.update(plain);
                Ok((deflate(plain, piece + 1 == pieces)?, crc, plain.len()))
            });
            let compressed: Vec<(Vec<u8>, Crc, usize)> =
                compressed.collect::<Result<_, RenderError>>()?;
            for (data, piece, size) in compressed {
                crc.combine(&piece);
                entry.size += size as u64;
                self.put(&data)?;
            }
        }
        (entry.crc, entry.packed) = (crc.sum(), self.at - begun);
        let behind = self.at;
        self.out.seek(SeekFrom::Start(start)).map_err(RenderError::Write)?;
        self.put(&entry.header()?)?;
        self.out.seek(SeekFrom::Start(behind)).map_err(RenderError::Write)?;
        self.at = behind;
        self.list(&entry, start)
    }

    /// Ends the package.
    pub(in crate::render) fn finish(mut self) -> Result<(), RenderError> {
        let (start, length) = (small(self.at)?, small(self.directory.len() as u64)?);
        let mut end = std::mem::take(&mut self.directory);
        end.extend_from_slice(b"PK\x05\x06\x00\x00\x00\x00");
        end.extend_from_slice(&self.count.to_le_bytes());
        end.extend_from_slice(&self.count.to_le_bytes());
        end.extend_from_slice(&length.to_le_bytes());
        end.extend_from_slice(&start.to_le_bytes());
        end.extend_from_slice(&[0, 0]);
        self.put(&end)?;
        self.out.flush().map_err(RenderError::Write)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), RenderError> {
        self.at += bytes.len() as u64;
        self.out.write_all(bytes).map_err(RenderError::Write)
    }

    fn list(&mut self, entry: &Entry, start: u64) -> Result<(), RenderError> {
        self.count = self.count.checked_add(1).ok_or(RenderError::TooLarge)?;
        self.directory.extend_from_slice(b"PK\x01\x02\x14\x00");
        self.directory.extend_from_slice(&entry.common()?);
        self.directory.extend_from_slice(&[0; 10]);
        self.directory.extend_from_slice(&small(start)?.to_le_bytes());
        self.directory.extend_from_slice(entry.name.as_bytes());
        Ok(())
    }
}

/// One piece of a deflate stream that ends on a byte, so that pieces can be put one behind the other.
fn deflate(plain: &[u8], last: bool) -> Result<Vec<u8>, RenderError> {
    let mut state = Compress::new(Compression::new(LEVEL), false);
    let mut out = Vec::with_capacity(plain.len() / 8 + 64);
    let flush = if last { FlushCompress::Finish } else { FlushCompress::Sync };
    loop {
        let rest = usize::try_from(state.total_in()).ok().and_then(|done| plain.get(done..));
        let before = out.len();
        let status = state
            .compress_vec(rest.unwrap_or_default(), &mut out, flush)
            .map_err(std::io::Error::other)?;
        let room = out.capacity() > out.len();
        let done = status == Status::StreamEnd
            || (!last && room && state.total_in() == plain.len() as u64);
        if done || (status == Status::BufError && out.len() == before && room) {
            return Ok(out);
        }
        out.reserve(out.capacity().max(1024));
    }
}

/// Sizes and places have 32 bits; no spreadsheet program opens a larger part anyway.
fn small(value: u64) -> Result<u32, RenderError> {
    u32::try_from(value).map_err(|_| RenderError::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_read_back_as_one_part() {
        for pieces in [1, 2, 7, BATCH, BATCH + 1] {
            let make = |piece: usize, out: &mut Vec<u8>| {
                for n in 0..(piece % 7) * 40_000 {
                    out.extend_from_slice(format!("{piece}-{};", n * 7_919 % 100_003).as_bytes());
                }
            };
            let mut package = Cursor::new(Vec::new());
            let mut writer = Writer::new(&mut package);
            let name = "leer".to_owned();
            let empty = Entry { name, method: 0, crc: 0, size: 0, packed: 0, data: Vec::new() };
            writer.copy(&empty).unwrap();
            writer.fill("xl/a.xml", pieces, make).unwrap();
            writer.copy(&Entry { name: "z".to_owned(), ..empty }).unwrap();
            writer.finish().unwrap();
            let package = package.into_inner();
            let mut plain = Vec::new();
            (0..pieces).for_each(|piece| make(piece, &mut plain));
            let mut archive = ZipArchive::new(Cursor::new(&package)).unwrap();
            let mut back = Vec::new();
            // The reader checks size and CRC at the end of the part.
            archive.by_name("xl/a.xml").unwrap().read_to_end(&mut back).unwrap();
            assert!(back == plain, "{pieces} pieces");
            let parts = read(&package).unwrap();
            assert_eq!(
                parts.iter().map(Entry::name).collect::<Vec<_>>(),
                ["leer", "xl/a.xml", "z"]
            );
            assert_eq!(parts[1].inflate().unwrap().len(), plain.len());
        }
    }
}
