//! The finished file, read back: language, page numbers, and where outline and links lead.

use super::{Office, pdf};
use crate::aggregate::sample;
use lopdf::{Document, Object};

fn reference(object: &Object) -> (u32, u16) {
    object.as_reference().unwrap()
}

#[test]
fn links_lead_to_the_annexes_and_pages_are_numbered() {
    let summary = sample::district();
    for office in
        [Office::usual(&summary.scope, summary.as_of), Office::usual_state(&summary.scope)]
    {
        let file = Document::load_mem(&pdf(&summary, &office).unwrap()).unwrap();
        let catalogue = file.catalog().unwrap();
        assert_eq!(catalogue.get(b"Lang").unwrap().as_str().unwrap(), b"vi-VN");
        let labels = catalogue.get(b"PageLabels").unwrap().as_dict().unwrap();
        let numbers = labels.get(b"Nums").unwrap().as_array().unwrap();
        assert_eq!(numbers[1].as_dict().unwrap().get(b"S").unwrap().as_name().unwrap(), b"D");
        let pages: Vec<_> = file.get_pages().into_values().collect();
        let mut targets = Vec::new();
        for page in &pages {
            let Ok(notes) = file.get_dictionary(*page).unwrap().get(b"Annots") else { continue };
            for note in notes.as_array().unwrap() {
                let note = file.get_dictionary(reference(note)).unwrap();
                let place = note.get(b"Dest").unwrap().as_array().unwrap();
                targets.push(pages.iter().position(|page| *page == reference(&place[0])).unwrap());
            }
        }
        targets.dedup();
        assert_eq!(targets.len(), 4, "one page for each annex: {targets:?}");
        assert!(targets.is_sorted());
        for target in targets {
            let page = file.get_dictionary(pages[target]).unwrap();
            let size = page.get(b"MediaBox").unwrap().as_array().unwrap();
            assert!(size[2].as_float().unwrap() > 800.0, "annexes lie across");
        }
    }
}
