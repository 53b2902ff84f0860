//! What each unit of the corpus reports: drawn in the order of `make_corpus.py`, so that both make the same corpus.

use crate::mersenne::Random;
use serde_json::{Map, Value, json};

const FIELDS: [&str; 16] = [
    "L01", "L02", "L03", "L04", "L05", "L06", "L07", "L08", "L09", "L10", "L11", "L12", "L13",
    "L14", "L15", "L99",
];
const CHAIRS: [&str; 3] = ["Bí thư", "Chủ tịch UBND", "Đồng chủ trì"];
const TOPICS: [&str; 5] = [
    "Giải phóng mặt bằng tuyến đường liên thôn",
    "Chính sách bảo hiểm y tế",
    "Xây dựng nông thôn mới",
    "Vệ sinh môi trường, thu gom rác thải",
    "Cấp giấy chứng nhận quyền sử dụng đất",
];
const CONTENTS: [&str; 4] = [
    "Đề nghị sửa chữa đoạn đường bị sạt lở tại thôn {}",
    "Đề nghị hỗ trợ kinh phí mua bảo hiểm y tế cho người cao tuổi thôn {}",
    "Đề nghị bổ sung cột điện chiếu sáng cho thôn {}",
    "Đề nghị giải quyết dứt điểm tranh chấp ranh giới đất thôn {}",
];
/// In how many of a hundred petitions each outcome is reported, K1 to K5.
const OUTCOMES: [f64; 5] = [50.0, 30.0, 10.0, 5.0, 5.0];

/// A unit with its rows.
pub(crate) struct Unit {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) district: String,
    pub(crate) meetings: Vec<Meeting>,
    pub(crate) petitions: Vec<Petition>,
}

/// A row of Biểu 1.
pub(crate) struct Meeting {
    pub(crate) day: u32,
    pub(crate) periodic: bool,
    pub(crate) attendees: u32,
    pub(crate) place: u32,
    pub(crate) chair: &'static str,
    pub(crate) topic: &'static str,
    pub(crate) notice_after: u32,
    pub(crate) outcomes: [u32; 5],
}

/// A row of Biểu 2.
pub(crate) struct Petition {
    pub(crate) meeting: u32,
    pub(crate) day: u32,
    pub(crate) outcome: u32,
    pub(crate) content: String,
    pub(crate) field: &'static str,
    pub(crate) authority: &'static str,
}

impl Meeting {
    /// How many petitions came up.
    pub(crate) fn opinions(&self) -> u32 {
        self.outcomes.iter().sum()
    }
}

impl Unit {
    /// Draws the unit of that number, from zero.
    pub(crate) fn draw(index: u32, petitions: u32, random: &mut Random) -> Self {
        let count = random.choice(&[1, 1, 2, 3]);
        let mut meetings = Vec::new();
        let mut outcomes: Vec<(u32, u32, u32)> = Vec::new();
        for nth in 0..count {
            let day = random.between(1, 20);
            let periodic = nth == 0 || random.fraction() < 0.3;
            let attendees = random.between(30, 200);
            let share = petitions / count + u32::from(nth < petitions % count);
            let mut counted = [0; 5];
            for _ in 0..share {
                let outcome = outcome(random.fraction());
                counted[outcome as usize - 1] += 1;
                outcomes.push((nth + 1, day, outcome));
            }
            meetings.push(Meeting {
                day,
                periodic,
                attendees,
                place: random.between(1, 20),
                chair: random.choice(&CHAIRS),
                topic: random.choice(&TOPICS),
                notice_after: random.between(2, 9),
                outcomes: counted,
            });
        }
        let petition = |(nth, (meeting, day, outcome))| {
            let content = random.choice(&CONTENTS);
            let content = content.replace("{}", &random.between(1, 30).to_string());
            let content = format!("{content} ({})", nth + 1);
            let field = random.choice(&FIELDS);
            let authority =
                if outcome == 5 { random.choice(&["Huyện", "Tỉnh"]) } else { "Xã" };
            Petition { meeting, day, outcome, content, field, authority }
        };
        Self {
            code: format!("{:05}", index + 1),
            name: format!("Đơn Vị {}", index + 1),
            district: format!("Huyện Số {}", index / 20 + 1),
            petitions: (0..).zip(outcomes).map(petition).collect(),
            meetings,
        }
    }

    /// What any correct reader must find.
    pub(crate) fn truth(&self) -> Map<String, Value> {
        let sum = |of: &dyn Fn(&Meeting) -> u32| json!(self.meetings.iter().map(of).sum::<u32>());
        let outcome = |at: usize| sum(&|meeting| meeting.outcomes[at]);
        let values = [
            ("periodic", sum(&|meeting| u32::from(meeting.periodic))),
            ("ad_hoc", sum(&|meeting| u32::from(!meeting.periodic))),
            ("attendees", sum(&|meeting| meeting.attendees)),
            ("opinions", sum(&Meeting::opinions)),
            ("answered", outcome(0)),
            ("resolved", outcome(1)),
            ("pending", outcome(2)),
            ("unresolved", outcome(3)),
            ("forwarded", outcome(4)),
        ];
        values.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
    }
}

/// `choices` with weights: the first outcome whose sum of weights is above the point drawn.
fn outcome(fraction: f64) -> u32 {
    let point = fraction * OUTCOMES.iter().sum::<f64>();
    let mut sum = 0.0;
    let below = OUTCOMES.iter().take(OUTCOMES.len() - 1).take_while(|weight| {
        sum += **weight;
        sum <= point
    });
    u32::try_from(below.count()).unwrap_or_default() + 1
}
