//! The words that can be typed, with their help in Vietnamese.

use super::form_args::FormArgs;
use super::owed_args::OwedArgs;
use super::review_args::ReviewArgs;
use chrono::NaiveDate;
use clap::builder::styling::Styles;
use clap::{Args, Parser, Subcommand, ValueEnum};
use qc17::model::{Geography, Span, UnitCode};
use qc17::open::limits::Changed;
use std::path::PathBuf;

/// How every help is laid out.
pub(super) const TEMPLATE: &str =
    "{about-with-newline}\nCách dùng: {usage}\n\n{all-args}{after-help}";

/// qc17, as typed.
#[derive(Debug, Parser)]
#[command(
    name = "qc17",
    about = "Tổng hợp báo cáo quý về tiếp xúc, đối thoại trực tiếp với Nhân dân theo Quy chế 17-QC/TU",
    help_template = TEMPLATE,
    subcommand_help_heading = "Lệnh",
    subcommand_value_name = "LỆNH",
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    arg_required_else_help = true,
    version,
    styles = Styles::plain(),
    after_help = "\
Ví dụ:
  qc17 report bao-cao-quy-1 --period 2021-Q1 --out ket-qua

Không cần lệnh nào: kéo thư mục báo cáo thả lên biểu tượng của chương trình, hoặc gõ
  qc17 bao-cao-quy-1
Kết quả ở thư mục bao-cao-quy-1-ket-qua bên cạnh.
"
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
    /// In hướng dẫn này
    #[arg(short = 'h', long, action = clap::ArgAction::Help, global = true, display_order = 1000, help_heading = HEADING)]
    help: Option<bool>,
    /// In phiên bản
    #[arg(short = 'V', long, action = clap::ArgAction::Version, help_heading = HEADING)]
    version: Option<bool>,
}

/// The heading over options.
pub(super) const HEADING: &str = "Tùy chọn";

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Đọc các tệp báo cáo, kiểm tra, tổng hợp và ghi bảng Excel, báo cáo PDF, kết quả JSON
    #[command(help_template = TEMPLATE, override_usage = "qc17 report <THƯ MỤC>... --out <THƯ MỤC> [tùy chọn]")]
    Report(ReportArgs),
    /// Ghi phản hồi cho từng đơn vị: tệp đã đánh dấu chỗ cần sửa, tin nhắn, biên nhận
    #[command(help_template = TEMPLATE, override_usage = "qc17 feedback <THƯ MỤC>... --out <THƯ MỤC> [tùy chọn]")]
    Feedback(FeedbackArgs),
    /// Kiểm tra các tệp báo cáo mà không ghi kết quả
    #[command(help_template = TEMPLATE, override_usage = "qc17 check <THƯ MỤC>... [tùy chọn]")]
    Check(CheckArgs),
    /// Đánh giá năm: bốn quý và cả năm của từng đơn vị, danh sách gợi ý, minh chứng
    #[command(help_template = TEMPLATE, override_usage = "qc17 review <THƯ MỤC>... --year <NĂM> --out <THƯ MỤC> [tùy chọn]")]
    Review(Box<ReviewArgs>),
    /// Xem việc còn nợ trước khi hết quý: cuộc, thông báo kết luận, trả lời; dự thảo nhắc việc
    #[command(help_template = TEMPLATE, override_usage = "qc17 owed <THƯ MỤC>... --as-of <NGÀY> [tùy chọn]")]
    Owed(OwedArgs),
    /// Xem sổ chỉ tiêu của một đơn vị: từng cuộc, tính hay không, vì sao
    #[command(help_template = TEMPLATE, override_usage = "qc17 ledger <ĐƠN VỊ> <THƯ MỤC>... [tùy chọn]")]
    Ledger(LedgerArgs),
    /// Lập biểu trắng của một quý để gửi các đơn vị điền
    #[command(help_template = TEMPLATE, override_usage = "qc17 form --period <QUÝ> --out <THƯ MỤC> [THƯ MỤC KỲ TRƯỚC]... [tùy chọn]")]
    Form(FormArgs),
    /// Truy nguồn một số liệu: những ô cộng vào, ô còn thiếu, ô không cộng
    #[command(help_template = TEMPLATE, override_usage = "qc17 trace <ĐƠN VỊ> <SỐ LIỆU> <THƯ MỤC>... [tùy chọn]")]
    Trace(TraceArgs),
    /// Liệt kê mọi quy tắc kiểm tra
    #[command(help_template = TEMPLATE, override_usage = "qc17 rules [tùy chọn]")]
    Rules(RulesArgs),
    /// Giải thích một quy tắc, ví dụ: qc17 explain CT01
    #[command(help_template = TEMPLATE)]
    Explain(ExplainArgs),
    /// Xem và sao chép hồ sơ quy tắc (chỉ tiêu, thời hạn)
    #[command(help_template = TEMPLATE, subcommand_help_heading = "Lệnh", subcommand_value_name = "LỆNH", disable_help_subcommand = true)]
    Profile(ProfileArgs),
    /// Mẫu thông tin cơ quan ban hành và lời văn báo cáo
    #[command(help_template = TEMPLATE, subcommand_help_heading = "Lệnh", subcommand_value_name = "LỆNH", disable_help_subcommand = true)]
    Office(OfficeArgs),
}

/// `office`.
#[derive(Debug, Args)]
pub(super) struct OfficeArgs {
    #[command(subcommand)]
    pub(super) action: OfficeAction,
}

/// What an office can make its own.
#[derive(Debug, Subcommand)]
pub(super) enum OfficeAction {
    /// In mẫu tệp thông tin cơ quan: qc17 office init > co-quan.toml
    #[command(help_template = TEMPLATE)]
    Init,
    /// In mẫu lời văn báo cáo để sửa: qc17 office template > bao-cao.jinja
    #[command(help_template = TEMPLATE)]
    Template,
    /// In mẫu lời văn đánh giá năm để sửa: qc17 office review-template > danh-gia.jinja
    #[command(help_template = TEMPLATE)]
    ReviewTemplate,
}

/// What `report` and `check` share.
#[derive(Debug, Clone, Args)]
pub(super) struct Input {
    /// Thư mục chứa các tệp báo cáo (có thể nhiều thư mục)
    #[arg(required = true, value_name = "THƯ MỤC", help_heading = "Đầu vào")]
    pub(super) folders: Vec<PathBuf>,
    /// Kỳ tổng hợp: quý 2021-Q1, 6 tháng 2021-H1 hoặc 2021-H2, 9 tháng 2021-9M, năm 2021, nhiều năm 2020-2022; bỏ trống nếu mọi tệp cùng một quý
    #[arg(long, value_name = "KỲ", value_parser = span, help_heading = HEADING)]
    pub(super) period: Option<Span>,
    /// Thư mục các quý trước, để xét chỉ tiêu dài hơn một quý và so sánh (ghi được nhiều lần)
    #[arg(long, value_name = "THƯ MỤC", num_args = 1.., help_heading = HEADING)]
    pub(super) history: Vec<PathBuf>,
    /// Khi kỳ có sắp xếp đơn vị: now (tính cho đơn vị kế tục, mặc định) hoặc then (theo đơn vị của từng quý)
    #[arg(long, value_name = "ĐỊA GIỚI", default_value = "now", hide_default_value = true, hide_possible_values = true, help_heading = HEADING)]
    pub(super) geography: Lands,
    /// Ngày tổng hợp, ví dụ 2021-04-05; mặc định là ngày hết hạn nộp báo cáo
    #[arg(long, value_name = "NGÀY", value_parser = day, help_heading = HEADING)]
    pub(super) as_of: Option<NaiveDate>,
    /// Hồ sơ quy tắc: tên có sẵn hoặc tệp .toml; mặc định là quy-che-17; ghi nhiều lần nếu quy định thay đổi giữa các quý
    #[arg(long, value_name = "HỒ SƠ", default_value = "quy-che-17", hide_default_value = true, help_heading = HEADING)]
    pub(super) profile: Vec<String>,
    /// Dùng danh mục đơn vị khác (tệp .csv có cùng các cột với danh mục có sẵn)
    #[arg(long, value_name = "TỆP", help_heading = HEADING)]
    pub(super) units: Option<PathBuf>,
    /// Phạm vi: mã tỉnh, hoặc mã một huyện để chỉ tổng hợp huyện đó và các xã
    #[arg(long, value_name = "MÃ", value_parser = code, help_heading = HEADING)]
    pub(super) scope: Option<UnitCode>,
    /// Nâng hay hạ một giới hạn an toàn khi đọc tệp, ví dụ cells=500000 (ghi được nhiều lần)
    #[arg(long = "limit", value_name = "TÊN=SỐ", value_parser = Changed::parse, help_heading = HEADING)]
    pub(super) limits: Vec<Changed>,
    /// Dạng in ra màn hình: human (cho người đọc, mặc định) hoặc json
    #[arg(long, value_name = "DẠNG", default_value = "human", hide_default_value = true, hide_possible_values = true, help_heading = HEADING)]
    pub(super) format: Format,
}

/// `report`.
#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    #[command(flatten)]
    pub(super) input: Input,
    /// Thư mục ghi kết quả
    #[arg(short, long, value_name = "THƯ MỤC", help_heading = HEADING)]
    pub(super) out: PathBuf,
    /// Tệp thông tin cơ quan ban hành (tạo bằng: qc17 office init)
    #[arg(long, value_name = "TỆP", help_heading = HEADING)]
    pub(super) office: Option<PathBuf>,
    /// Mẫu lời văn báo cáo đã sửa (tạo bằng: qc17 office template)
    #[arg(long, value_name = "TỆP", help_heading = HEADING)]
    pub(super) template: Option<PathBuf>,
    #[command(flatten)]
    pub(super) earlier: Earlier,
    /// Ghi thêm phản hồi cho từng đơn vị vào thư mục phan-hoi
    #[arg(long, help_heading = HEADING)]
    pub(super) feedback: bool,
    /// Giữ lại tệp kết quả cũ thành *.bak
    #[arg(long, help_heading = HEADING)]
    pub(super) backup: bool,
}

/// `feedback`.
#[derive(Debug, Args)]
pub(super) struct FeedbackArgs {
    #[command(flatten)]
    pub(super) input: Input,
    /// Thư mục ghi kết quả; phản hồi nằm trong thư mục con phan-hoi
    #[arg(short, long, value_name = "THƯ MỤC", help_heading = HEADING)]
    pub(super) out: PathBuf,
    /// Giữ lại tệp kết quả cũ thành *.bak
    #[arg(long, help_heading = HEADING)]
    pub(super) backup: bool,
}

/// `check`.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) input: Input,
    #[command(flatten)]
    pub(super) earlier: Earlier,
}

/// An earlier result.
#[derive(Debug, Args)]
pub(super) struct Earlier {
    /// So với kết quả lần trước của cùng kỳ, ví dụ ket-qua/ket-qua-2021-Q1.json
    #[arg(long, value_name = "TỆP", help_heading = HEADING)]
    pub(super) previous: Option<PathBuf>,
}

/// `ledger`.
#[derive(Debug, Args)]
pub(super) struct LedgerArgs {
    /// Đơn vị: mã hoặc tên; mã đã dùng cho hai đơn vị thì kèm một ngày, ví dụ 02647@2025-06-30
    #[arg(value_name = "ĐƠN VỊ", help_heading = "Đầu vào")]
    pub(super) unit: String,
    #[command(flatten)]
    pub(super) input: Input,
}

/// `trace`.
#[derive(Debug, Args)]
pub(super) struct TraceArgs {
    /// Đơn vị: mã hoặc tên (mã đã dùng cho hai đơn vị thì kèm một ngày, ví dụ 02647@2025-06-30); hoặc một dòng cộng của PL1: tinh, huyen, xa, "Bảo Yên các xã", tong
    #[arg(value_name = "ĐƠN VỊ", help_heading = "Đầu vào", display_order = 0)]
    pub(super) unit: String,
    /// Số liệu: số cột hoặc tên cột của trang PL1, hoặc khóa trong kết quả JSON, ví dụ 13 hoặc attendees
    #[arg(value_name = "SỐ LIỆU", help_heading = "Đầu vào", display_order = 1)]
    pub(super) field: String,
    #[command(flatten)]
    pub(super) input: Input,
}

/// `rules`.
#[derive(Debug, Args)]
pub(super) struct RulesArgs {
    /// Dạng in: human (cho người đọc, mặc định) hoặc json
    #[arg(long, value_name = "DẠNG", default_value = "human", hide_default_value = true, hide_possible_values = true, help_heading = HEADING)]
    pub(super) format: Format,
}

/// `explain`.
#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// Mã quy tắc, ví dụ CT01
    #[arg(value_name = "MÃ", help_heading = "Đầu vào")]
    pub(super) rule: String,
}

/// `profile`.
#[derive(Debug, Args)]
pub(super) struct ProfileArgs {
    #[command(subcommand)]
    pub(super) action: ProfileAction,
}

/// What can be done with profiles.
#[derive(Debug, Subcommand)]
pub(super) enum ProfileAction {
    /// Liệt kê các hồ sơ có sẵn
    #[command(help_template = TEMPLATE)]
    List,
    /// Xem các con số của một hồ sơ và căn cứ của từng số
    #[command(help_template = TEMPLATE)]
    Show {
        /// Tên hồ sơ có sẵn hoặc tệp .toml
        #[arg(
            value_name = "HỒ SƠ",
            default_value = "quy-che-17",
            hide_default_value = true,
            help_heading = "Đầu vào"
        )]
        profile: String,
    },
    /// In nội dung một hồ sơ để sửa: qc17 profile init > quy-che.toml
    #[command(help_template = TEMPLATE)]
    Init {
        /// Tên hồ sơ có sẵn
        #[arg(
            value_name = "HỒ SƠ",
            default_value = "quy-che-17",
            hide_default_value = true,
            help_heading = "Đầu vào"
        )]
        profile: String,
    },
}

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people.
    Human,
    /// For programs.
    Json,
}

/// By which units a longer period is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Lands {
    /// By those of the day.
    Then,
    /// By those of the period's last day.
    Now,
}

impl From<Lands> for Geography {
    fn from(lands: Lands) -> Self {
        match lands {
            Lands::Then => Self::Then,
            Lands::Now => Self::Now,
        }
    }
}

fn span(text: &str) -> Result<Span, String> {
    Span::parse(text).ok_or_else(|| {
        "cần ghi năm và quý, ví dụ 2021-Q1; hoặc 2021-H1, 2021-9M, 2021, 2020-2022".to_owned()
    })
}

pub(super) fn day(text: &str) -> Result<NaiveDate, String> {
    use qc17::notation::date::{DateReading, from_text};
    match from_text(text, None) {
        DateReading::Day(day) => Ok(day),
        DateReading::Invalid => {
            Err("cần ghi một ngày, ví dụ 2021-04-05 hoặc 05/04/2021".to_owned())
        }
    }
}

pub(super) fn code(text: &str) -> Result<UnitCode, String> {
    UnitCode::parse(text).ok_or_else(|| "cần ghi mã đơn vị, ví dụ 10 hoặc 087".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_grammar_is_consistent() {
        Cli::command().debug_assert();
    }
}
