//! The file of one unit (hồ sơ đánh giá): a page of results and a page of documents to tick off.

use super::lists::told;
use super::tables::{name, percent, verdict, year_counted};
use crate::aggregate::Measure;
use crate::aggregate::review::{Document as Paper, Review, Share, UnitYear};
use crate::model::text::word_key;
use crate::render::json::review::NO_RATING;
use crate::render::pdf::figure::{LEGEND_OF_QUARTERS, NOTHING, day, held, shown};
use crate::render::pdf::font::{Face, Fonts};
use crate::render::pdf::model::{
    About, Align, Block, Document, Orientation, Paragraph, Role, Row, RowKind, Table,
};
use crate::render::pdf::office::Office;
use crate::render::pdf::small_tables::{plain, row};
use crate::render::pdf::{RenderError, flow, printed};
use std::borrow::Cow;

/// Sizes of the letters in points, from the best to read to the smallest that still can be.
const SIZES: [f64; 5] = [11.0, 10.0, 9.0, 8.0, 7.0];
/// How many pages a unit has.
const PAGES: usize = 2;
/// How many explanations stand on the first page.
const EXPLAINED: usize = 5;

/// The name of a unit's file below the folder of outputs; none for a unit that went into another.
pub fn dossier_name(unit: &UnitYear) -> Option<String> {
    let slug = word_key(&unit.unit.full_name()).replace(' ', "-");
    // A code may have meant another unit earlier in the year.
    let until = unit.unit.valid_to.filter(|_| unit.ended);
    let until = until.map(|day| format!("-den-{}", day.format("%Y-%m-%d"))).unwrap_or_default();
    unit.heir.is_none().then(|| format!("ho-so/{}-{slug}{until}.pdf", unit.unit.code))
}

/// The two pages of one unit, which are never more: letters grow smaller first, and what still does
/// not fit is counted.
pub fn dossier(review: &Review, at: usize, office: &Office) -> Result<Vec<u8>, RenderError> {
    let mut fonts = Fonts::new()?;
    let papers: Vec<&Paper> = review.documents.iter().filter(|one| one.unit == at).collect();
    let mut shown = papers.len();
    let mut sizes = SIZES.into_iter();
    let mut size = 7.0;
    loop {
        let next = sizes.next();
        size = next.unwrap_or(size);
        let document = document(review, at, office, (&papers, shown), size);
        let layout = flow::lay_out(&mut fonts, &document);
        if layout.pages.len() <= PAGES || (next.is_none() && shown == 0) {
            let mut out = Vec::new();
            printed::print_pages(&fonts, layout, &document.about, &mut out)?;
            return Ok(out);
        }
        if next.is_none() {
            shown = shown.saturating_sub((shown / 10).max(1));
        }
    }
}

fn document(
    review: &Review,
    at: usize,
    office: &Office,
    (papers, listed): (&[&Paper], usize),
    size: f64,
) -> Document<'static> {
    let mut blocks = Vec::new();
    let mut about = About::default();
    if let Some(unit) = review.units.get(at) {
        let of = Page { review, unit, size };
        blocks.extend(of.head());
        blocks.extend(of.results());
        blocks.push(Block::Page(Orientation::Portrait));
        blocks.extend(of.papers(papers, listed));
        about = About {
            title: format!("Hồ sơ đánh giá năm {}, {}", review.year, unit.unit.full_name()),
            author: office.issuer_in_text.clone(),
            subject: format!("Thực hiện Quy chế 17-QC/TU năm {}", review.year),
            keywords: vec!["Quy chế 17-QC/TU".to_owned()],
        };
    }
    Document { blocks, mark: None, about }
}

struct Page<'r> {
    review: &'r Review,
    unit: &'r UnitYear,
    size: f64,
}

impl Page<'_> {
    fn text(&self, face: Face, text: String) -> Block<'static> {
        let text = Paragraph::new(face, self.size, text);
        Block::Paragraph(Paragraph { align: Align::Justified, before: 2.0, after: 2.0, ..text })
    }

    fn heading(&self, title: &'static str) -> Block<'static> {
        let text = Paragraph::new(Face::Bold, self.size + 1.0, title);
        let outline = Some((0, title.to_owned()));
        let role = Role::Heading(2);
        Block::Paragraph(Paragraph { before: 6.0, after: 3.0, keep: true, outline, role, ..text })
    }

    fn head(&self) -> Vec<Block<'static>> {
        let (review, unit) = (self.review, &self.unit.unit);
        let above = review.units.iter().find(|other| Some(other.unit.code) == unit.parent);
        let above = above.map(|above| format!(", {}", above.unit.full_name())).unwrap_or_default();
        let centred = |face, size, role, text: String| {
            Block::Paragraph(Paragraph { role, ..Paragraph::centred(face, size, text) })
        };
        let rules = review.profile().map_or(String::new(), |profile| {
            format!("Hồ sơ quy tắc: {} ({}).", profile.name, profile.status)
        });
        let remark = format!(
            "Số liệu tính đến ngày {}. {rules} {NO_RATING}",
            review.as_of.format("%d/%m/%Y")
        );
        vec![
            centred(
                Face::Bold,
                14.0,
                Role::Heading(1),
                format!("HỒ SƠ ĐÁNH GIÁ NĂM {}", review.year),
            ),
            centred(
                Face::Bold,
                13.0,
                Role::More,
                format!("{} ({}){above}", unit.full_name(), unit.code),
            ),
            self.text(Face::Italic, remark),
        ]
    }

    fn results(&self) -> Vec<Block<'static>> {
        let unit = self.unit;
        let account = unit.account;
        let verdict = format!(
            "Kết quả năm: {}. Chỉ tiêu năm {} cuộc, được tính {} cuộc (xét theo {}). Nộp đúng hạn {}/{} báo cáo. {}",
            account.verdict.label(),
            account.owed,
            year_counted(unit),
            self.review.criteria.year_by.value.label(),
            unit.punctuality.on_time,
            unit.punctuality.owed,
            self.review.note(unit)
        );
        let mut blocks = vec![
            self.heading("Kết quả từng quý và cả năm"),
            self.text(Face::Regular, verdict),
            Block::Table(self.quarters()),
            self.text(Face::Italic, LEGEND_OF_QUARTERS.to_owned()),
        ];
        if !unit.origins.is_empty() {
            blocks.push(self.heading("Đơn vị tiền thân trong năm"));
            blocks.push(Block::Table(self.origins()));
        }
        blocks.push(self.heading("Giải quyết ý kiến, kiến nghị"));
        blocks.push(self.shares());
        blocks.push(self.heading("So với năm trước"));
        blocks.push(self.text(Face::Regular, self.trend()));
        blocks.push(self.heading("Giải trình đã được chấp nhận"));
        blocks.extend(self.explained());
        blocks.push(self.heading("Danh sách gợi ý"));
        blocks.extend(self.named());
        blocks
    }

    /// Figures down, quarters across.
    fn quarters(&self) -> Table<'static> {
        let unit = self.unit;
        let heads = [
            ("Nội dung", Align::Left),
            ("Quý I", Align::Centre),
            ("Quý II", Align::Centre),
            ("Quý III", Align::Centre),
            ("Quý IV", Align::Centre),
            ("Cả năm", Align::Centre),
        ];
        let line = |label: &'static str,
                    of: &dyn Fn(&crate::aggregate::review::UnitQuarter) -> String,
                    year: String| {
            let quarters = unit.quarters.iter();
            let quarters = quarters.map(|one| one.as_ref().map_or(NOTHING.to_owned(), of));
            let texts = [Cow::Borrowed(label)].into_iter().chain(quarters.map(Cow::Owned));
            row(RowKind::Plain, texts.chain([Cow::Owned(year)]))
        };
        let mut rows = vec![
            line("Kết quả thực hiện chỉ tiêu", &verdict, unit.account.verdict.label().to_owned()),
            line(
                "Nộp báo cáo",
                &|quarter| quarter.timing.label().to_owned(),
                format!("{}/{} đúng hạn", unit.punctuality.on_time, unit.punctuality.owed),
            ),
            line("Ngày nộp", &|quarter| day(quarter.submitted), String::new()),
        ];
        let measures = [
            Measure::Periodic,
            Measure::AdHoc,
            Measure::NoticesOnTime,
            Measure::NoticesLate,
            Measure::NoticesMissing,
            Measure::Opinions,
        ];
        for measure in measures.into_iter().chain(Measure::OUTCOMES) {
            let year = shown(unit.own.get(measure));
            rows.push(line(measure.label(), &|one| shown(one.tallies.get(measure)), year));
        }
        let quality = unit.quality();
        let of =
            |one: crate::aggregate::review::Quality| format!("{}, {}", one.errors, one.warnings);
        rows.push(line("Lỗi phải sửa, cảnh báo", &|one| of(one.quality), of(quality)));
        Table { size: self.size, numbered: false, ..plain(&heads, "", rows) }
    }

    fn origins(&self) -> Table<'static> {
        let heads = [
            ("Đơn vị", Align::Left),
            ("Quý I", Align::Left),
            ("Quý II", Align::Left),
            ("Quý III", Align::Left),
            ("Quý IV", Align::Left),
            ("Kết quả", Align::Left),
            ("Số cuộc", Align::Right),
            ("Ý kiến", Align::Right),
        ];
        let origins = self.unit.origins.iter().filter_map(|at| self.review.units.get(*at));
        let rows: Vec<Row<'static>> = origins
            .map(|origin| {
                let mut texts = vec![Cow::Owned(name(origin))];
                texts.extend(origin.quarters.iter().map(|quarter| {
                    quarter.as_ref().map_or(Cow::Borrowed(NOTHING), |one| verdict(one).into())
                }));
                texts.push(origin.account.verdict.label().into());
                texts.push(shown(held(&origin.own)).into());
                texts.push(shown(origin.own.get(Measure::Opinions)).into());
                row(RowKind::Plain, texts)
            })
            .collect();
        Table { size: self.size.min(9.0), numbered: false, ..plain(&heads, "", rows) }
    }

    /// Both percentages, each with its formula.
    fn shares(&self) -> Block<'static> {
        let own = &self.unit.own;
        let number = |measure| shown(own.get(measure));
        let [total, k1, k2, k5] =
            [Measure::Opinions, Measure::Answered, Measure::Resolved, Measure::Forwarded]
                .map(number);
        let answered = percent(Share::answered(own));
        let settled = percent(Share::settled(own));
        let words = format!(
            "Trả lời tại hội nghị: {answered} (= K1 / tổng số = {k1} / {total}). Giải quyết trong thẩm quyền: {settled} \
             (= (K1 + K2) / (tổng số − K5) = ({k1} + {k2}) / ({total} − {k5}))."
        );
        self.text(Face::Regular, words)
    }

    fn trend(&self) -> String {
        let Some(trend) = &self.unit.trend else {
            return "Không có số liệu của năm trước.".to_owned();
        };
        let broken = if trend.broken {
            " Chuỗi số liệu ngắt quãng: so với tổng số liệu của các đơn vị tiền thân."
        } else {
            ""
        };
        format!(
            "Trên {} quý có số liệu ở cả hai năm: số cuộc {} → {}; ý kiến, kiến nghị {} → {}; giải quyết trong thẩm \
             quyền {} → {}. Kết quả năm trước: {}.{broken}",
            trend.quarters.len(),
            shown(held(&trend.then)),
            shown(held(&trend.now)),
            shown(trend.then.get(Measure::Opinions)),
            shown(trend.now.get(Measure::Opinions)),
            percent(Share::settled(&trend.then)),
            percent(Share::settled(&trend.now)),
            trend.verdict.map_or("không đủ bốn quý", crate::model::Verdict::label)
        )
    }

    fn explained(&self) -> Vec<Block<'static>> {
        let ours: Vec<_> = (self.review.accepted.iter())
            .filter(|one| self.unit.known().any(|quarter| quarter.code == one.explanation.unit))
            .collect();
        let mut blocks: Vec<Block<'static>> = (ours.iter().take(EXPLAINED))
            .map(|one| {
                let row = &one.explanation;
                let words = format!("- {} ({}): {}.", row.code, one.period_words(), row.words());
                self.text(Face::Regular, words)
            })
            .collect();
        if ours.len() > EXPLAINED {
            let rest = ours.len() - EXPLAINED;
            let words = format!("- Còn {rest} giải trình, xem trang ĐG8 của danh-gia.");
            blocks.push(self.text(Face::Regular, words));
        }
        if ours.is_empty() {
            blocks.push(self.text(Face::Regular, "Không có.".to_owned()));
        }
        blocks
    }

    fn named(&self) -> Vec<Block<'static>> {
        let mut blocks = Vec::new();
        for (title, named) in [
            ("Đề nghị xem xét biểu dương", &self.review.commended),
            ("Đề nghị xem xét nhắc nhở", &self.review.reminded),
        ] {
            let is_ours = |one: &&crate::aggregate::review::Named| {
                (self.review.units.get(one.unit)).is_some_and(|unit| std::ptr::eq(unit, self.unit))
            };
            if let Some(one) = named.iter().find(is_ours) {
                let words: Vec<&str> = one.criteria.iter().map(|one| one.words.as_str()).collect();
                blocks.push(self.text(Face::Regular, format!("- {title}: {}.", words.join("; "))));
            }
        }
        if blocks.is_empty() {
            blocks.push(self.text(Face::Regular, "Không ở danh sách nào.".to_owned()));
        }
        blocks
    }

    fn papers(&self, papers: &[&Paper], listed: usize) -> Vec<Block<'static>> {
        let heads = [
            ("TT", Align::Centre),
            ("Loại văn bản", Align::Left),
            ("Số, ký hiệu", Align::Left),
            ("Ngày", Align::Centre),
            ("Quý", Align::Centre),
            ("Nơi ghi trong báo cáo", Align::Left),
            ("Lưu ý", Align::Left),
            ("Đã đối chiếu", Align::Centre),
        ];
        let rows = papers.iter().take(listed).zip(1u64..).map(|(paper, number)| {
            let texts = [number.to_string().into()].into_iter().chain(told(paper));
            row(RowKind::Plain, texts.chain(["".into()]))
        });
        let table = plain(&heads, "", rows.collect());
        let mut blocks = vec![
            self.heading("Danh mục minh chứng để đối chiếu"),
            Block::Table(Table { size: self.size.min(9.0), numbered: false, ..table }),
        ];
        let rest = papers.len().saturating_sub(listed);
        if rest > 0 {
            let words = format!(
                "Còn {rest} văn bản không đủ chỗ trên trang này: xem trang ĐG7 - Minh chứng của danh-gia-{}.xlsx.",
                self.review.year
            );
            blocks.push(self.text(Face::Bold, words));
        }
        let sign = "Người đối chiếu (ký, ghi rõ họ tên, ngày):".to_owned();
        blocks.push(self.text(Face::Italic, sign));
        blocks
    }
}
