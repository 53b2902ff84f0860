//! A commune's report as two text files, easily changed: one with many faults, one without any.

#![allow(dead_code, reason = "each file of tests needs some of it")]

use std::fs;
use std::path::Path;

const MEETINGS: &str = "STT;Ngày tổ chức;Địa điểm;Hình thức;Loại cuộc;Chủ trì;Họ tên, chức vụ người chủ trì;\
Chủ đề, nội dung;Ngày thông báo trước;Số lượt người tham gia;Nữ;Tổng số ý kiến;Trả lời tại hội nghị;\
Đã giải quyết sau hội nghị;Đang giải quyết;Chưa giải quyết;Chuyển cấp trên;Số kế hoạch;Ngày kế hoạch;\
Ngày biên bản;Số thông báo kết luận;Ngày thông báo kết luận;Ngày công khai";
const PETITIONS: &str = "STT;Cuộc số;Nội dung ý kiến, kiến nghị;Lĩnh vực;Thẩm quyền giải quyết;\
Cơ quan giải quyết;Ngày tiếp nhận;Ngày báo nhận, chuyển;Kết quả;Số văn bản trả lời;Ngày văn bản trả lời;\
Kiến nghị lặp lại";

/// Columns of Biểu 1 that tests change.
pub(crate) const DATE: usize = 1;
pub(crate) const PEOPLE: usize = 9;
pub(crate) const WOMEN: usize = 10;
pub(crate) const MINUTES: usize = 19;

/// What a commune sends: two text files, one for each table.
#[derive(Clone)]
pub(crate) struct Commune {
    pub(crate) unit: [&'static str; 2],
    pub(crate) files: [&'static str; 2],
    /// Empty lines above the tables.
    pub(crate) above: usize,
    pub(crate) meetings: Vec<Vec<String>>,
    pub(crate) petitions: Vec<Vec<String>>,
    /// The people at all meetings, as the row of sums says.
    pub(crate) people: u32,
}

fn rows(lines: &[&str]) -> Vec<Vec<String>> {
    let cells = |line: &&str| line.split(';').map(str::to_owned).collect();
    lines.iter().map(cells).collect()
}

impl Commune {
    /// SL03 in the first meeting, CT02, HS02 and TH01 in the second, CT02, HS02, SL02, HS05 and TH02 in the
    /// third, HS03 in the last petition, SL05 below the table.
    pub(crate) fn faulty() -> Self {
        Self {
            unit: ["02989", "Xã Bảo Hà"],
            files: ["BC_02989_bieu1.csv", "BC_02989_bieu2.csv"],
            above: 0,
            meetings: rows(&[
                "1;10/03/2021;Nhà văn hóa thôn 1;Trực tiếp;Định kỳ;Bí thư;Nguyễn Văn An;Đường;01/03/2021;85;40;3;3;0;0;0;0;12-KH;18/02/2021;10/03/2021;01-TB;17/03/2021;18/03/2021",
                "2;15/02/2021;Nhà văn hóa thôn 2;Trực tiếp;Đột xuất;Bí thư;Nguyễn Văn An;Nước;01/02/2021;60;20;1;1;0;0;0;0;12-KH;18/01/2021;;02-TB;17/03/2021;18/03/2021",
                "3;20/02/2021;Nhà văn hóa thôn 3;Trực tiếp;Đột xuất;Bí thư;Nguyễn Văn An;Chợ;01/02/2021;50;70;1;0;1;0;0;0;12-KH;18/01/2021;;;;",
            ]),
            petitions: rows(&[
                "1;1;Sửa cầu thôn 1;L05;Xã;UBND xã;10/03/2021;12/03/2021;K1;21/UBND;19/03/2021;Không",
                "2;1;Cấp đổi sổ đất;L01;Xã;UBND xã;10/03/2021;12/03/2021;K1;22/UBND;19/03/2021;Không",
                "3;2;Nước sạch thôn 2;L05;Xã;UBND xã;15/02/2021;16/02/2021;K1;23/UBND;19/02/2021;Không",
                "4;3;Sửa chợ;L05;Xã;UBND xã;20/02/2021;22/02/2021;K2;;;Không",
            ]),
            people: 190,
        }
    }

    /// A commune without a fault.
    pub(crate) fn clean() -> Self {
        Self {
            unit: ["02977", "Xã Minh Tân"],
            files: ["BC_02977_bieu1.csv", "BC_02977_bieu2.csv"],
            above: 0,
            meetings: rows(&[
                "1;10/03/2021;Nhà văn hóa thôn 9;Trực tiếp;Định kỳ;Bí thư;Lò Văn Cha;Đường;01/03/2021;70;30;1;1;0;0;0;0;9-KH;18/02/2021;10/03/2021;08-TB;17/03/2021;18/03/2021",
            ]),
            petitions: rows(&[
                "1;1;Sửa kênh thôn 9;L05;Xã;UBND xã;10/03/2021;12/03/2021;K1;4/UBND;19/03/2021;Không",
            ]),
            people: 70,
        }
    }

    /// Writes a cell of a meeting.
    pub(crate) fn put(&mut self, meeting: usize, column: usize, text: &str) {
        text.clone_into(&mut self.meetings[meeting][column]);
    }

    /// Writes both files into a folder.
    pub(crate) fn write(&self, folder: &Path) {
        for (name, text) in self.files.iter().zip(self.texts()) {
            fs::write(folder.join(name), text).unwrap();
        }
    }

    fn texts(&self) -> [String; 2] {
        let [code, name] = self.unit;
        let head = format!(
            "Đơn vị;{name}\nMã đơn vị;{code}\nKỳ báo cáo;Quý I/2021\nNgày báo cáo;02/04/2021\n"
        );
        let head = head + &"\n".repeat(1 + self.above);
        let body =
            |rows: &[Vec<String>]| rows.iter().map(|row| row.join(";") + "\n").collect::<String>();
        let total = format!("Tổng cộng;;;;;;;;;{}\n", self.people);
        [
            format!("{head}{MEETINGS}\n{}{total}", body(&self.meetings)),
            format!("{head}{PETITIONS}\n{}", body(&self.petitions)),
        ]
    }

    /// A clean meeting without opinions in front of all others, and the numbers that follow from it.
    pub(crate) fn insert_above(&mut self) {
        for row in &mut self.meetings {
            row[0] = (row[0].parse::<u32>().unwrap() + 1).to_string();
        }
        for row in &mut self.petitions {
            row[1] = (row[1].parse::<u32>().unwrap() + 1).to_string();
        }
        self.meetings.insert(0, further("1", "08/03/2021", "Nhà văn hóa thôn 7", "08/03/2021"));
        self.people += 40;
    }
}

/// A meeting without opinions.
pub(crate) fn further(no: &str, day: &str, place: &str, minutes: &str) -> Vec<String> {
    let line = format!(
        "{no};{day};{place};Trực tiếp;Định kỳ;Chủ tịch UBND;Trần Thị Bình;Rừng;20/02/2021;40;20;0;0;0;0;0;0;12-KH;18/02/2021;{minutes};07-TB;12/03/2021;13/03/2021"
    );
    rows(&[&line]).remove(0)
}
