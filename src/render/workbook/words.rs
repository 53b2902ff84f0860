//! The words for coded values, as the forms write them.

use crate::check::figures::Notice;
use crate::model::{Authority, Chair, Kind, Level, MeetingFormat};

/// What stands where a cell could not be read: never a blank, never a zero.
pub(super) const UNREADABLE: &str = "không đọc được";
/// What stands where nothing was reported.
pub(super) const NOTHING: &str = "–";

/// Loại cuộc.
pub(super) const fn kind(kind: Kind) -> &'static str {
    kind.label()
}

/// Chủ trì.
pub(super) const fn chair(chair: Chair) -> &'static str {
    chair.label()
}

/// Hình thức.
pub(super) const fn format(format: MeetingFormat) -> &'static str {
    match format {
        MeetingFormat::InPerson => "Trực tiếp",
        MeetingFormat::Online => "Trực tuyến",
        MeetingFormat::Combined => "Kết hợp",
    }
}

/// Tình trạng thông báo kết luận.
pub(super) const fn notice(notice: Notice) -> &'static str {
    match notice {
        Notice::OnTime => "Đúng hạn",
        Notice::Late => "Muộn",
        Notice::Missing => "Chưa có",
        Notice::NotDue => "Chưa đến hạn",
        Notice::Unknown => "Không rõ",
        Notice::NotReported => "Chưa báo cáo",
    }
}

/// Thẩm quyền giải quyết.
pub(super) const fn authority(authority: Authority) -> &'static str {
    authority.label()
}

/// A yes or no.
pub(super) const fn yes(value: bool) -> &'static str {
    if value { "Có" } else { "Không" }
}

/// The heading of a level.
pub(super) const fn level(level: Level) -> &'static str {
    match level {
        Level::Province => "Cấp tỉnh",
        Level::District => "Cấp huyện",
        Level::Commune => "Cấp xã",
    }
}
