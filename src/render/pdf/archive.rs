//! What an archive asks of the file (PDF/A-2b): metadata in XMP and a named meaning for its greys.
//!
//! Made by the standard's text; no validator of that standard could be run on it.

use super::model::About;
use lopdf::{Dictionary, Document, Object, Stream};

/// Adds both to the document's catalogue entries.
pub(super) fn entries(document: &mut Document, about: &About) -> [(&'static str, Object); 2] {
    let mut dictionary = Dictionary::new();
    dictionary.set("Type", "Metadata");
    dictionary.set("Subtype", "XML");
    // Archives read it without unpacking anything.
    let metadata = Stream::new(dictionary, xmp(about).into_bytes()).with_compression(false);
    let metadata = document.add_object(metadata);
    let mut dictionary = Dictionary::new();
    dictionary.set("N", 1);
    let profile = document.add_object(Stream::new(dictionary, grey_profile()));
    let mut intent = Dictionary::new();
    intent.set("Type", "OutputIntent");
    intent.set("S", "GTS_PDFA1");
    intent.set("OutputConditionIdentifier", Object::string_literal(GREY));
    intent.set("Info", Object::string_literal(GREY));
    intent.set("DestOutputProfile", profile);
    let intents: Vec<Object> = vec![intent.into()];
    [("Metadata", metadata.into()), ("OutputIntents", intents.into())]
}

/// The name of the profile.
const GREY: &str = "Gray Gamma 2.2";

fn xmp(about: &About) -> String {
    let keywords = about.keywords.join(", ");
    let [title, author, subject, keywords] =
        [&about.title, &about.author, &about.subject, &keywords].map(|text| escaped(text));
    let tool = super::TOOL;
    format!(
        r#"<?xpacket begin="{bom}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:language><rdf:Bag><rdf:li>vi-VN</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<pdf:Keywords>{keywords}</pdf:Keywords>
<pdf:Producer>printpdf</pdf:Producer>
<xmp:CreatorTool>{tool}</xmp:CreatorTool>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"#,
        bom = '\u{FEFF}'
    )
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    // XML has no place for control characters, not even escaped.
    text.chars().filter(|c| !c.is_control()).collect()
}

/// An ICC profile (version 2) of one grey channel with gamma 2.2.
fn grey_profile() -> Vec<u8> {
    let white: [u8; 12] = *b"\x00\x00\xF6\xD6\x00\x01\x00\x00\x00\x00\xD3\x2D";
    let tags: [(&[u8; 4], Vec<u8>); 4] = [
        (b"desc", description()),
        (b"cprt", [b"text\0\0\0\0".as_slice(), b"Public Domain\0"].concat()),
        (b"wtpt", [b"XYZ \0\0\0\0".as_slice(), &white].concat()),
        // One number: the exponent in 256ths.
        (b"kTRC", b"curv\0\0\0\0\0\0\0\x01\x02\x33".to_vec()),
    ];
    let count = |value: usize| u32::try_from(value).unwrap_or(u32::MAX).to_be_bytes();
    let mut table = count(tags.len()).to_vec();
    let mut data: Vec<u8> = Vec::new();
    let start = 128 + 4 + 12 * tags.len();
    for (name, content) in &tags {
        table.extend_from_slice(*name);
        table.extend_from_slice(&count(start + data.len()));
        table.extend_from_slice(&count(content.len()));
        data.extend_from_slice(content);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let mut profile = count(start + data.len()).to_vec();
    profile.extend_from_slice(b"\0\0\0\0\x02\x10\0\0mntrGRAYXYZ ");
    profile.extend_from_slice(b"\x07\xD0\0\x01\0\x01\0\0\0\0\0\0acsp");
    profile.resize(68, 0);
    profile.extend_from_slice(&white);
    profile.resize(128, 0);
    profile.extend_from_slice(&table);
    profile.extend_from_slice(&data);
    profile
}

fn description() -> Vec<u8> {
    let name = format!("{GREY}\0");
    let length = u32::try_from(name.len()).unwrap_or_default().to_be_bytes();
    let mut tag = [b"desc\0\0\0\0".as_slice(), &length, name.as_bytes()].concat();
    // No name in other scripts: language, length, script, length, and an empty field of 67 bytes.
    tag.resize(tag.len() + 4 + 4 + 2 + 1 + 67, 0);
    tag
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_says_its_own_size() {
        let profile = grey_profile();
        let said = u32::from_be_bytes(profile[..4].try_into().unwrap());
        assert_eq!(said as usize, profile.len());
        assert_eq!(&profile[36..40], b"acsp");
        let first = u32::from_be_bytes(profile[136..140].try_into().unwrap()) as usize;
        assert_eq!(&profile[first..first + 4], b"desc");
    }

    #[test]
    fn names_do_not_break_the_xml() {
        let about = About { title: "A & B <C>\u{1}".to_owned(), ..About::default() };
        let xmp = xmp(&about);
        assert!(xmp.contains("A &amp; B &lt;C&gt;</rdf:li>"));
        let mut reader = quick_xml::Reader::from_str(&xmp);
        while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
    }
}
