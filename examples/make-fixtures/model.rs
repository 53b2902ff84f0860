//! One submission before it is written: typed rows, and the cells that were spoilt on purpose.

use super::register::Unit;
use chrono::NaiveDate;

/// What is written into a cell.
#[derive(Clone, PartialEq)]
pub(crate) enum Value {
    Blank,
    Text(String),
    Number(u32),
    Date(NaiveDate),
    /// A formula whose reference was lost: `#REF!`.
    LostReference,
}

/// A spoilt cell: the field and what stands there instead.
pub(crate) type Spoilt = Option<(&'static str, Value)>;

/// Who chaired (chủ trì).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chair {
    Secretary,
    Chairman,
    Joint,
    BothPosts,
    Deputy,
}

impl Chair {
    /// The word in the form.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Secretary => "Bí thư",
            Self::Chairman => "Chủ tịch UBND",
            Self::Joint => "Đồng chủ trì",
            Self::BothPosts => "Bí thư kiêm Chủ tịch UBND",
            Self::Deputy => "Ủy quyền",
        }
    }

    /// The count that a meeting chaired so enters.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Secretary => "by_secretary",
            Self::Chairman => "by_chairman",
            Self::Joint | Self::BothPosts => "by_both",
            Self::Deputy => "by_deputy",
        }
    }
}

/// One meeting (hội nghị), a row of Biểu 1.
#[derive(Clone)]
pub(crate) struct Meeting {
    pub(crate) date: NaiveDate,
    pub(crate) place: String,
    pub(crate) format: &'static str,
    pub(crate) periodic: bool,
    pub(crate) chair: Chair,
    pub(crate) chair_name: String,
    pub(crate) topic: String,
    pub(crate) with_tuyen_van: bool,
    pub(crate) announced: NaiveDate,
    pub(crate) attendees: u32,
    pub(crate) women: u32,
    pub(crate) minority: u32,
    pub(crate) speakers: u32,
    pub(crate) opinions: u32,
    pub(crate) outcomes: [u32; 5],
    pub(crate) plan: (String, NaiveDate),
    pub(crate) notice: Option<(String, NaiveDate)>,
    pub(crate) published: Option<NaiveDate>,
    pub(crate) spoilt: Spoilt,
}

/// One opinion or petition (ý kiến, kiến nghị), a row of Biểu 2.
#[derive(Clone)]
pub(crate) struct Petition {
    pub(crate) meeting_no: u32,
    pub(crate) content: String,
    pub(crate) subject: &'static str,
    pub(crate) authority: &'static str,
    pub(crate) agency: String,
    pub(crate) received: NaiveDate,
    pub(crate) acknowledged: NaiveDate,
    /// 1 … 5 for K1 … K5.
    pub(crate) outcome: u32,
    pub(crate) reply: Option<(String, NaiveDate)>,
}

/// One petition carried over, a row of Biểu 3.
#[derive(Clone)]
pub(crate) struct Carried {
    pub(crate) origin: String,
    pub(crate) content: String,
    pub(crate) subject: &'static str,
    pub(crate) authority: &'static str,
    /// The outcome of the quarter before, 3 … 5 for K3 … K5.
    pub(crate) before: u32,
    /// The outcome now, 2 … 5 for K2 … K5.
    pub(crate) outcome: u32,
    pub(crate) reply: Option<(String, NaiveDate)>,
}

/// The whole of one Form 01.
#[derive(Clone)]
pub(crate) struct Submission {
    pub(crate) unit: Unit,
    /// As written: `Quý I/2021`.
    pub(crate) period: String,
    pub(crate) report_no: String,
    pub(crate) report_date: Option<NaiveDate>,
    pub(crate) prepared_by: String,
    pub(crate) phone: String,
    pub(crate) signer: String,
    pub(crate) no_meeting_reason: Option<String>,
    pub(crate) meetings: Vec<Meeting>,
    /// `None`: counts only, the sheet is left out.
    pub(crate) petitions: Option<Vec<Petition>>,
    pub(crate) carried: Vec<Carried>,
    /// What was typed over the formula of the total row: the field and the number.
    pub(crate) typed_total: Option<(&'static str, u32)>,
}

fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

fn number(part: Option<&(String, NaiveDate)>) -> Value {
    part.map_or(Value::Blank, |(no, _)| text(no))
}

fn day(part: Option<&(String, NaiveDate)>) -> Value {
    part.map_or(Value::Blank, |(_, date)| Value::Date(*date))
}

fn yes_no(answer: bool) -> Value {
    text(if answer { "Có" } else { "Không" })
}

impl Meeting {
    /// The cell of that field; `no` is the row's number.
    pub(crate) fn value(&self, field: &str, no: u32) -> Value {
        if let Some((spoilt, value)) = &self.spoilt
            && *spoilt == field
        {
            return value.clone();
        }
        let [k1, k2, k3, k4, k5] = self.outcomes;
        match field {
            "no" => Value::Number(no),
            "date" | "minutes_date" => Value::Date(self.date),
            "place" => text(&self.place),
            "format" => text(self.format),
            "kind" => text(if self.periodic { "Định kỳ" } else { "Đột xuất" }),
            "chair" => text(self.chair.word()),
            "chair_name" => text(&self.chair_name),
            "topic" => text(&self.topic),
            "with_tuyen_van" => yes_no(self.with_tuyen_van),
            "announced" => Value::Date(self.announced),
            "attendees" => Value::Number(self.attendees),
            "women" => Value::Number(self.women),
            "minority" => Value::Number(self.minority),
            "speakers" => Value::Number(self.speakers),
            "opinions" => Value::Number(self.opinions),
            "answered" => Value::Number(k1),
            "resolved" => Value::Number(k2),
            "pending" => Value::Number(k3),
            "unresolved" => Value::Number(k4),
            "forwarded" => Value::Number(k5),
            "plan_no" => text(&self.plan.0),
            "plan_date" => Value::Date(self.plan.1),
            "notice_no" => number(self.notice.as_ref()),
            "notice_date" => day(self.notice.as_ref()),
            "published" => self.published.map_or(Value::Blank, Value::Date),
            _ => Value::Blank,
        }
    }
}

impl Petition {
    /// The cell of that field.
    pub(crate) fn value(&self, field: &str, no: u32) -> Value {
        match field {
            "no" => Value::Number(no),
            "meeting_no" => Value::Number(self.meeting_no),
            "content" => text(&self.content),
            "field" => text(self.subject),
            "authority" => text(self.authority),
            "agency" => text(&self.agency),
            "received" => Value::Date(self.received),
            "acknowledged" => Value::Date(self.acknowledged),
            "outcome" => Value::Text(format!("K{}", self.outcome)),
            "reply_no" => number(self.reply.as_ref()),
            "reply_date" => day(self.reply.as_ref()),
            "repeated" => yes_no(false),
            _ => Value::Blank,
        }
    }
}

impl Carried {
    /// The cell of that field.
    pub(crate) fn value(&self, field: &str, no: u32) -> Value {
        match field {
            "no" => Value::Number(no),
            "origin" => text(&self.origin),
            "content" => text(&self.content),
            "field" => text(self.subject),
            "authority" => text(self.authority),
            "before" => Value::Text(format!("K{}", self.before)),
            "outcome" => Value::Text(format!("K{}", self.outcome)),
            "reply_no" => number(self.reply.as_ref()),
            "reply_date" => day(self.reply.as_ref()),
            _ => Value::Blank,
        }
    }
}

impl Submission {
    /// The value beside that label of the info sheet.
    pub(crate) fn info(&self, field: &str) -> Value {
        match field {
            "unit_code" => text(&self.unit.code),
            "unit_name" => Value::Text(self.unit.full_name()),
            "district" if self.unit.in_district => text(&self.unit.parent_name),
            "period" => text(&self.period),
            "report_no" => text(&self.report_no),
            "report_date" => self.report_date.map_or(Value::Blank, Value::Date),
            "prepared_by" => text(&self.prepared_by),
            "phone" => text(&self.phone),
            "signer" => text(&self.signer),
            "signer_title" => Value::Text(format!("Bí thư {}", self.unit.committee_word())),
            "no_meeting_reason" => self.no_meeting_reason.as_deref().map_or(Value::Blank, text),
            _ => Value::Blank,
        }
    }
}
