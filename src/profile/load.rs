//! Turns the text of a profile into the profile, or into all of its mistakes.

use super::error::{Problem, ProfileError};
use super::model::{Based, Counted, Cutoff, JointCountsFor, Plausible, Profile, Quota, QuotaSpan};
use super::overrides;
use super::reader::{Reader, Section};
use super::review;
use super::shape::Shape;
use crate::model::Level;
use crate::model::hex;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// What a profile may name but does not define.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// The codes of all rules.
    pub rules: &'a [&'a str],
    /// The columns that can have aliases, as `table.field`.
    pub fields: &'a [&'a str],
}

/// Whether the numbers were checked against the original text.
const STATUSES: [&str; 2] = [ASSUMED, "đã đối chiếu"];
const ASSUMED: &str = "giả định";

/// No profile comes near this size.
const LIMIT: u64 = 1024 * 1024;

impl Profile {
    /// Reads an office's own profile.
    pub fn load(path: &Path, known: &Known<'_>) -> Result<Self, ProfileError> {
        let file = path.display().to_string();
        let unreadable = |source| ProfileError::Unreadable { file: file.clone(), source };
        let mut bytes = Vec::new();
        let opened = File::open(path).map_err(unreadable)?;
        opened.take(LIMIT + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        let fits = u64::try_from(bytes.len()).is_ok_and(|len| len <= LIMIT);
        match String::from_utf8(bytes) {
            Ok(text) if fits => Self::parse(&text, &file, known),
            _ => Err(ProfileError::NotText { file }),
        }
    }

    /// Reads the text of a profile; `file` is its name in messages.
    pub fn parse(text: &str, file: &str, known: &Known<'_>) -> Result<Self, ProfileError> {
        // A byte order mark would count as a syntax error; the digest is of the text as given.
        let (mut reader, mut root) = Reader::new(text.strip_prefix('\u{FEFF}').unwrap_or(text));
        let mut profile = body(&mut reader, &mut root, known);
        profile.sha256 = hex(&Sha256::digest(text.as_bytes()));
        reader.finish(root);
        let mistakes = reader.into_mistakes();
        if mistakes.is_empty() {
            return Ok(profile);
        }
        Err(ProfileError::Mistakes { file: file.to_owned(), mistakes })
    }
}

/// Reads every key; where one is wrong a stand-in takes its place, and the profile is not used.
fn body<'a>(reader: &mut Reader<'a>, root: &mut Section<'a>, known: &Known<'_>) -> Profile {
    let places = ["status", "effective_to", "conclusion_error_days"].map(|key| root.place(key));
    let [_, ends, _] = places;
    let status = Shape::choice(STATUSES, ASSUMED, |word| word, |word| word);
    let joint = Shape::choice(
        JointCountsFor::ALL,
        JointCountsFor::Both,
        JointCountsFor::key,
        JointCountsFor::label,
    );
    let counts = Shape::flag("có tính vào chỉ tiêu", "không tính vào chỉ tiêu");
    let days = Shape::number(1..=3650, |n| format!("{n} ngày"));
    // No quarter has fewer; more would leave a quarter in which no unit owes anything.
    let quarter = Shape::number(1..=90, |n| format!("{n} ngày"));
    let working = Shape::number(1..=365, |n| format!("{n} ngày làm việc"));
    let due = Shape::number(1..=28, |n| format!("ngày {n} của tháng sau kỳ báo cáo"));
    let cutoff = Shape::choice(Cutoff::ALL, Cutoff::Calendar, Cutoff::key, Cutoff::label);
    let (severities, off) = overrides::rules(reader, root, known);
    let mut profile = Profile {
        id: reader.plain(root, "id", &Shape::short_name()),
        name: reader.plain(root, "name", &Shape::words()),
        status: reader.plain(root, "status", &status).to_owned(),
        effective_from: reader.plain(root, "effective_from", &Shape::day()),
        effective_to: ends.map(|_| reader.plain(root, "effective_to", &Shape::day())),
        sha256: String::new(),
        quotas: quotas(reader, root),
        joint_counts_for: reader.based(root, "joint_counts_for", &joint),
        one_person_both_posts: reader.based(root, "one_person_both_posts", &joint),
        ad_hoc_counts: reader.based(root, "ad_hoc_counts", &counts),
        deputy_counts: reader.based(root, "deputy_counts", &counts),
        combined_counts: reader.based(root, "combined_with_tuyen_van", &counts),
        announce_days_before: reader.based(root, "announce_days_before", &days),
        conclusion_days: reader.based(root, "conclusion_days", &days),
        conclusion_error_days: reader.based(root, "conclusion_error_days", &days),
        ack_working_days: reader.based(root, "ack_working_days", &working),
        petition_overdue_days: reader.based(root, "petition_overdue_days", &days),
        submission_day: reader.based(root, "submission_deadline", &due),
        feedback_days: feedback(reader, root, &days),
        cutoff: reader.based(root, "cutoff", &cutoff),
        min_days_in_period: reader.based(root, "min_days_in_period", &quarter),
        plausible: plausible(reader, root),
        review: review::criteria(reader, root),
        severities,
        off,
        aliases: overrides::aliases(reader, root, known),
        parameters: Vec::new(),
    };
    profile.parameters = std::mem::take(&mut reader.parameters);
    contradictions(reader, places, &profile);
    profile
}

/// Notes values that are right alone but not together; the places are those of the three keys.
fn contradictions(
    reader: &mut Reader<'_>,
    [status, ends, error_days]: [Option<usize>; 3],
    profile: &Profile,
) {
    let mut wrong = |at: Option<usize>, key, other: String, rule| {
        if let Some(at) = at {
            reader.wrong(at, key, Problem::Contradiction { other, rule });
        }
    };
    if profile.effective_to.is_some_and(|last| last < profile.effective_from) {
        let rule = "ngày hết hiệu lực không được trước ngày bắt đầu";
        wrong(ends, "effective_to", "effective_from".to_owned(), rule);
    }
    if profile.conclusion_error_days.value < profile.conclusion_days.value {
        let rule = "số ngày phải sửa không được nhỏ hơn hạn ban hành";
        wrong(error_days, "conclusion_error_days", "conclusion_days".to_owned(), rule);
    }
    let open = profile.parameters.iter().find(|number| number.assumed);
    if let Some(open) = open.filter(|_| profile.status != ASSUMED) {
        let rule = "số này còn ghi assumed = true";
        wrong(status, "status", open.key.clone(), rule);
    }
}

/// The levels in the order of the annex.
const LEVELS: [Level; 3] = [Level::Commune, Level::District, Level::Province];

fn quotas<'a>(reader: &mut Reader<'a>, root: &mut Section<'a>) -> BTreeMap<Level, Quota> {
    let min = Shape::number(1..=366, |n| format!("{n} cuộc"));
    let per = Shape::choice(QuotaSpan::ALL, QuotaSpan::Quarter, QuotaSpan::key, QuotaSpan::label);
    let counted = Shape::choice(Counted::ALL, Counted::Unit, Counted::key, Counted::label);
    let months = Shape::months();
    let mut quotas = BTreeMap::new();
    if root.place("quota").is_none() {
        // Without any quota every unit would silently owe nothing.
        let allowed = "bảng [quota.commune], [quota.district], [quota.province]".to_owned();
        reader.wrong(0, "quota", Problem::Missing { allowed });
    }
    let Some(mut all) = reader.section(root, "quota") else { return quotas };
    for level in LEVELS {
        let Some(mut section) = reader.section(&mut all, level.key()) else { continue };
        let quota = Quota {
            min: reader.based(&mut section, "min", &min),
            per: reader.based(&mut section, "per", &per),
            counted: reader.based(&mut section, "counted", &counted),
            recommended_months: reader.based(&mut section, "recommended_months", &months),
        };
        reader.finish(section);
        quotas.insert(level, quota);
    }
    reader.finish(all);
    quotas
}

/// By when feedback is to be answered; an office may leave it out and set each date itself.
fn feedback<'a>(
    reader: &mut Reader<'a>,
    root: &mut Section<'a>,
    days: &Shape<u32>,
) -> Option<Based<u32>> {
    let mut section = reader.section(root, "feedback")?;
    let days = reader.based(&mut section, "days", days);
    reader.finish(section);
    Some(days)
}

fn plausible<'a>(reader: &mut Reader<'a>, root: &mut Section<'a>) -> BTreeMap<Level, Plausible> {
    let mut bands = BTreeMap::new();
    let Some(mut all) = reader.section(root, "plausible") else { return bands };
    for level in LEVELS {
        let Some(mut section) = reader.section(&mut all, level.key()) else { continue };
        let attendees = reader.based(&mut section, "attendees", &Shape::band("người mỗi cuộc"));
        let opinions = reader.based(&mut section, "opinions", &Shape::band("ý kiến mỗi cuộc"));
        reader.finish(section);
        bands.insert(level, Plausible { attendees, opinions });
    }
    reader.finish(all);
    bands
}
