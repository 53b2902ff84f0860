//! Invents the submission of one unit: clean, unless it is spoilt afterwards.

use super::model::{Carried, Chair, Meeting, Petition, Submission};
use super::prng::Prng;
use super::quarter::{Quarter, add, workday};
use super::register::{Level, Unit};
use super::words;
use chrono::NaiveDate;

/// What one meeting to be invented is like.
#[derive(Clone)]
pub(crate) struct Plan {
    pub(crate) date: NaiveDate,
    pub(crate) periodic: bool,
    pub(crate) petitions: u32,
    /// What became of the petitions, one after the other; of those beyond the list it is drawn.
    pub(crate) outcomes: Vec<u32>,
    /// Who chaired; drawn where nobody is named.
    pub(crate) chair: Option<Chair>,
}

impl Plan {
    /// A meeting of which the rest is drawn.
    pub(crate) const fn new(date: NaiveDate, periodic: bool, petitions: u32) -> Self {
        Self { date, periodic, petitions, outcomes: Vec::new(), chair: None }
    }
}

/// One periodic meeting in the recommended month, the third of the quarter.
pub(crate) fn recommended(quarter: Quarter, petitions: u32, rng: &mut Prng) -> Plan {
    let date = workday(add(quarter.month(3), i64::from(rng.between(2, 16))));
    Plan::new(date, true, petitions)
}

/// A submission with those meetings and every field filled.
pub(crate) fn submission(
    unit: &Unit,
    quarter: Quarter,
    plans: &[Plan],
    rng: &mut Prng,
) -> Submission {
    let (secretary, chairman) = (person(rng), person(rng));
    let heads = Heads { unit, secretary: &secretary, chairman: &chairman };
    let mut meetings = Vec::new();
    let mut petitions = Vec::new();
    for (no, plan) in (1..).zip(plans) {
        let asked = petitions_of(unit, plan, no, rng);
        meetings.push(heads.meeting(plan, &asked, rng));
        petitions.extend(asked);
    }
    distinguish(&mut petitions);
    let report_day = add(quarter.last_day(), i64::from(rng.between(0, 7)) - 2);
    Submission {
        unit: unit.clone(),
        period: quarter.label(),
        report_no: format!("{:02}-BC/{}", rng.between(9, 60), letters(unit)),
        report_date: Some(workday(report_day)),
        prepared_by: person(rng),
        phone: format!("0214 000 {:04}", rng.between(1, 9999)),
        signer: secretary,
        no_meeting_reason: None,
        meetings,
        petitions: Some(petitions),
        carried: carried(unit, quarter, rng),
        typed_total: None,
    }
}

/// The two heads (người đứng đầu) of a unit.
struct Heads<'a> {
    unit: &'a Unit,
    secretary: &'a str,
    chairman: &'a str,
}

impl Heads<'_> {
    fn named(&self, chair: Chair, rng: &mut Prng) -> String {
        let secretary = format!("{}, Bí thư {}", self.secretary, self.unit.committee_word());
        let chairman = format!("{}, Chủ tịch UBND {}", self.chairman, self.unit.kind);
        match chair {
            Chair::Secretary => secretary,
            Chair::Chairman => chairman,
            Chair::Joint => format!("{secretary}; {chairman}"),
            Chair::BothPosts => format!("{secretary}, Chủ tịch UBND {}", self.unit.kind),
            Chair::Deputy => format!("{}, Phó Chủ tịch UBND {}", person(rng), self.unit.kind),
        }
    }

    fn meeting(&self, plan: &Plan, asked: &[Petition], rng: &mut Prng) -> Meeting {
        let drawn = match rng.between(1, 100) {
            _ if self.unit.level == Level::Province => Chair::Joint,
            1..=38 => Chair::Secretary,
            39..=72 => Chair::Chairman,
            73..=92 => Chair::Joint,
            _ => Chair::BothPosts,
        };
        let chair = plan.chair.unwrap_or(drawn);
        let attendees = rng.between(35, 160);
        let announced = workday(add(plan.date, -i64::from(rng.between(8, 12))));
        let plan_date = workday(add(announced, -i64::from(rng.between(2, 6))));
        let opinions = u32::try_from(asked.len()).unwrap_or_default();
        let notice = workday(add(plan.date, i64::from(rng.between(4, 8))));
        Meeting {
            date: plan.date,
            place: place(self.unit, rng),
            format: if rng.percent(92) { "Trực tiếp" } else { "Kết hợp" },
            periodic: plan.periodic,
            chair,
            chair_name: self.named(chair, rng),
            topic: rng.pick(words::TOPICS).to_owned(),
            with_tuyen_van: rng.percent(15),
            announced,
            attendees,
            women: attendees * rng.between(35, 55) / 100,
            minority: attendees * rng.between(20, 90) / 100,
            speakers: opinions.min(attendees),
            opinions,
            outcomes: [1, 2, 3, 4, 5].map(|k| count(asked, k)),
            plan: (format!("{:02}-KH/{}", rng.between(3, 40), letters(self.unit)), plan_date),
            notice: Some((
                format!("{:02}-TB/{}", rng.between(5, 70), letters(self.unit)),
                notice.max(add(plan.date, 1)),
            )),
            published: Some(add(notice.max(add(plan.date, 1)), i64::from(rng.between(0, 2)))),
            spoilt: None,
        }
    }
}

/// How many of those petitions ended so.
pub(crate) fn count(petitions: &[Petition], outcome: u32) -> u32 {
    u32::try_from(petitions.iter().filter(|p| p.outcome == outcome).count()).unwrap_or_default()
}

fn petitions_of(unit: &Unit, plan: &Plan, meeting_no: u32, rng: &mut Prng) -> Vec<Petition> {
    let mut petitions = Vec::new();
    let mut told = plan.outcomes.iter().copied();
    for _ in 0..plan.petitions {
        let drawn = match rng.between(1, 100) {
            1..=50 => 1,
            51..=80 => 2,
            81..=90 => 3,
            91..=95 => 4,
            _ => 5,
        };
        let outcome = told.next().unwrap_or(drawn);
        let (subject, content) = asked(unit, rng);
        let (authority, agency) = authority(unit, outcome == 5, rng);
        let acknowledged = workday(add(plan.date, i64::from(rng.between(1, 4)))).max(plan.date);
        let replied = workday(add(plan.date, i64::from(rng.between(6, 9)))).max(acknowledged);
        let reply = matches!(outcome, 2 | 5)
            .then(|| (format!("{:02}/UBND-VP", rng.between(10, 95)), replied));
        petitions.push(Petition {
            meeting_no,
            content,
            subject,
            authority,
            agency,
            received: plan.date,
            acknowledged,
            outcome,
            reply,
        });
    }
    petitions
}

/// No two petitions of a unit read the same.
fn distinguish(petitions: &mut [Petition]) {
    let mut seen = std::collections::BTreeSet::new();
    for petition in petitions {
        let mut group = 1;
        let content = petition.content.clone();
        while !seen.insert(petition.content.clone()) {
            group += 1;
            petition.content = format!("{content} (nhóm hộ số {group})");
        }
    }
}

fn carried(unit: &Unit, quarter: Quarter, rng: &mut Prng) -> Vec<Carried> {
    let rows = rng.between(0, 5).saturating_sub(3);
    let mut carried: Vec<Carried> = Vec::new();
    for _ in 0..rows {
        let (subject, content) = asked(unit, rng);
        if carried.iter().all(|row| row.content != content) {
            let replied = workday(add(quarter.month(2), i64::from(rng.between(3, 24))));
            carried.push(Carried {
                origin: quarter.previous().label(),
                content,
                subject,
                authority: authority(unit, false, rng).0,
                before: 3,
                outcome: 2,
                reply: Some((format!("{:02}/UBND-VP", rng.between(2, 40)), replied)),
            });
        }
    }
    carried
}

fn asked(unit: &Unit, rng: &mut Prng) -> (&'static str, String) {
    let nth = rng.index(words::PETITIONS.len());
    let (subject, sentence) = words::PETITIONS.get(nth).copied().unwrap_or_default();
    (subject, sentence.replace("{}", &village(unit, rng)))
}

fn authority(unit: &Unit, above: bool, rng: &mut Prng) -> (&'static str, String) {
    let own = format!("UBND {}", unit.inner_name());
    match (unit.level, above) {
        (Level::Commune, false) => ("Xã", own),
        (Level::District, false) => ("Huyện", own),
        (Level::Province, false) => ("Tỉnh", own),
        (Level::Commune, true) if unit.in_district && rng.percent(70) => {
            ("Huyện", "UBND cấp huyện".to_owned())
        }
        (Level::Commune | Level::District, true) => ("Tỉnh", "UBND tỉnh".to_owned()),
        (Level::Province, true) => ("Trung ương", "Bộ, ngành Trung ương".to_owned()),
    }
}

fn village(unit: &Unit, rng: &mut Prng) -> String {
    if matches!(unit.kind, "phường" | "thị trấn") {
        return format!("tổ dân phố số {}", rng.between(1, 24));
    }
    format!("thôn {} {}", rng.pick(words::VILLAGE_HEADS), rng.pick(words::VILLAGE_TAILS))
}

fn place(unit: &Unit, rng: &mut Prng) -> String {
    match unit.level {
        Level::Commune => format!("Nhà văn hóa {}", village(unit, rng)),
        Level::District | Level::Province => format!("Hội trường UBND {}", unit.inner_name()),
    }
}

/// A name drawn at random.
pub(crate) fn person(rng: &mut Prng) -> String {
    let (family, middle) = (rng.pick(words::FAMILIES), rng.pick(words::MIDDLES));
    format!("{family} {middle} {}", rng.pick(words::GIVENS))
}

/// The letters after the number of a document of that committee.
fn letters(unit: &Unit) -> &'static str {
    match unit.kind {
        "huyện" => "HU",
        "thành phố" => "ThU",
        "thị xã" => "TXU",
        "tỉnh" => "TU",
        _ => "ĐU",
    }
}
