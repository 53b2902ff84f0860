//! The workbook as a whole, read back.

use super::sample::Sample;
use super::workbook;

#[test]
#[ignore = "writes the workbook named in QC17_SAMPLE, to be looked at and timed"]
fn sample_on_disk() {
    let path = std::env::var("QC17_SAMPLE").unwrap();
    let number = |name: &str, default| {
        std::env::var(name).map_or(default, |value| value.parse::<usize>().unwrap())
    };
    let small = Sample::SMALL;
    let sample = Sample {
        communes: number("QC17_COMMUNES", small.communes),
        meetings: number("QC17_MEETINGS", small.meetings),
        petitions: number("QC17_PETITIONS", small.petitions),
    };
    let summary = sample.summary();
    for _ in 0..3 {
        let start = std::time::Instant::now();
        let bytes = workbook(&summary).unwrap();
        println!("{} bytes in {:?}", bytes.len(), start.elapsed());
        std::fs::write(&path, bytes).unwrap();
    }
}
