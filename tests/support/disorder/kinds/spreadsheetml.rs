//! The grid as Excel 2003 XML.

use super::cell::{Stand, Stored, escaped};
use qc17::open::{Sheet, Value, Workbook};

pub fn bytes(book: &Workbook) -> Vec<u8> {
    let sheets: String = book.sheets.iter().map(worksheet).collect();
    format!(
        "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n\
         <Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\" \
         xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><Styles><Style ss:ID=\"d\"><NumberFormat ss:Format=\"Short Date\"/></Style>\
         <Style ss:ID=\"p\"><NumberFormat ss:Format=\"0.0%\"/></Style></Styles>{sheets}</Workbook>"
    )
    .into_bytes()
}

fn worksheet(sheet: &Sheet) -> String {
    let mut out = format!("<Worksheet ss:Name=\"{}\"><Table>", escaped(&sheet.name.name));
    for (first, last) in &sheet.hidden_cols {
        out += &format!(
            "<Column ss:Index=\"{}\" ss:Hidden=\"1\" ss:Span=\"{}\"/>",
            first + 1,
            last - first
        );
    }
    for row in &sheet.rows {
        let hidden = if row.hidden { " ss:Hidden=\"1\"" } else { "" };
        out += &format!("<Row ss:Index=\"{}\"{hidden}>", row.index + 1);
        for cell in &row.cells {
            let merge =
                sheet.merges.iter().find(|m| (m.first.row, m.first.col) == (row.index, cell.col));
            let spans = merge.map_or(String::new(), |merge| {
                let (across, down) =
                    (merge.last.col - merge.first.col, merge.last.row - merge.first.row);
                format!(" ss:MergeAcross=\"{across}\" ss:MergeDown=\"{down}\"")
            });
            out += &written(&cell.value, &format!("ss:Index=\"{}\"{spans}", cell.col + 1));
        }
        out += "</Row>";
    }
    let visible = if sheet.hidden { "<x:Visible>SheetHidden</x:Visible>" } else { "" };
    out + &format!("</Table><x:WorksheetOptions>{visible}</x:WorksheetOptions></Worksheet>")
}

fn written(value: &Value, place: &str) -> String {
    let cell = |style: &str, kind: &str, text: &str| {
        format!("<Cell {place}{style}><Data ss:Type=\"{kind}\">{}</Data></Cell>", escaped(text))
    };
    match value.into() {
        Stored::Text(text) => cell("", "String", text),
        Stored::Rich(stretches) => {
            let inside = stretches.iter().map(|(text, stand)| match stand {
                Stand::Plain => format!("<Font>{}</Font>", escaped(text)),
                Stand::Struck => format!("<S>{}</S>", escaped(text)),
                Stand::Raised => format!("<Sup>{}</Sup>", escaped(text)),
            });
            let inside: String = inside.collect();
            format!(
                "<Cell {place}><ss:Data ss:Type=\"String\" xmlns=\"http://www.w3.org/TR/REC-html40\">{inside}</ss:Data></Cell>"
            )
        }
        Stored::Number(n) => cell("", "Number", &n.to_string()),
        Stored::Share(n) => cell(" ss:StyleID=\"p\"", "Number", &n.to_string()),
        Stored::Day(day) => {
            cell(" ss:StyleID=\"d\"", "DateTime", &day.format("%Y-%m-%dT00:00:00.000").to_string())
        }
        Stored::Truth(set) => cell("", "Boolean", if set { "1" } else { "0" }),
        Stored::Failed(fault) => cell(" ss:Formula=\"=1/0\"", "Error", fault),
        Stored::Uncomputed => format!("<Cell {place} ss:Formula=\"=SUM(A1)\"/>"),
    }
}
