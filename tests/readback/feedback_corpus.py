"""Submissions as other programs write them, each with faults planted, for feedback.py.

The rows come from a committed submission; the workbooks have what readers tend to lose: charts, images, sparklines,
data bars, rich text, comments, validations, protection, defined names, hidden sheets.
"""

import datetime
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName

SOURCE = "080/BC_02635_2021_Q1.xlsx"
MEETINGS = "Biểu 1 - Hội nghị"


def rows(fixtures: pathlib.Path, code: str, name: str) -> dict:
    """The sheets of a submission as lists of rows, made that unit's, with faults."""
    book = openpyxl.load_workbook(fixtures / SOURCE)
    sheets = {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}
    for row in sheets["Thông tin"]:
        label = str(row[0] or "")
        if label == "Mã đơn vị":
            row[1] = code
        if label == "Tên đơn vị":
            row[1] = name
    first = next(row for row in sheets[MEETINGS] if isinstance(row[1], datetime.datetime))
    first[1] = "31/02/2021"  # DL02
    first[10] = "tám lăm"  # DL01
    first[26] = "Gọi 0912345678"  # AT02
    first[22] = None  # HS02: a cell that some writers leave out
    merges = {sheet.title: [str(one) for one in sheet.merged_cells.ranges] for sheet in book}
    return {"rows": sheets, "merges": merges}


def png() -> bytes:
    """A picture of one dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b"")


def by_xlsxwriter(path: pathlib.Path, data: dict, picture: pathlib.Path) -> None:
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_formulas": False})
    day = book.add_format({"num_format": "dd/mm/yyyy", "border": 1, "bg_color": "#E2EFDA"})
    cell = book.add_format({"border": 1, "font_name": "Arial", "italic": True})
    red, bold = book.add_format({"font_color": "red"}), book.add_format({"bold": True})
    for title, table in data["rows"].items():
        sheet = book.add_worksheet(title)
        for r, row in enumerate(table):
            for c, value in enumerate(row):
                if isinstance(value, datetime.datetime):
                    sheet.write_datetime(r, c, value, day)
                elif isinstance(value, str) and value.startswith("="):
                    sheet.write_formula(r, c, value, cell, 0)
                elif value is not None:
                    sheet.write(r, c, value, cell)
        sheet.set_column(0, 3, 17.5)
        sheet.set_row(1, 33)
        sheet.freeze_panes(2, 1)
        if title == MEETINGS:
            last = len(table) + 3
            sheet.write_rich_string(last, 1, "chữ ", bold, "đậm ", red, "đỏ", cell)
            sheet.write_comment(5, 1, "Ghi chú của đơn vị", {"author": "Bà Hoa"})
            sheet.write_comment(0, 0, "Ghi chú ở tiêu đề", {"author": "Bà Hoa"})
            sheet.data_validation("D6:D40", {"validate": "list", "source": ["Trực tiếp", "Trực tuyến", "Kết hợp"]})
            sheet.conditional_format("K6:K40", {"type": "data_bar", "data_bar_2010": True})
            sheet.conditional_format("O6:O40", {"type": "3_color_scale"})
            sheet.add_sparkline(last + 1, 2, {"range": f"'{title}'!K6:O6"})
            chart = book.add_chart({"type": "column"})
            chart.add_series({"values": f"='{title}'!$K$6:$K$9", "name": "Người dự"})
            sheet.insert_chart(last + 3, 1, chart)
            sheet.insert_image(last + 3, 9, str(picture))
            sheet.set_landscape()
            sheet.repeat_rows(3, 4)
            sheet.print_area(0, 0, last, 26)
            sheet.autofilter(4, 0, last - 2, 26)
            sheet.protect("", {"select_locked_cells": True, "format_cells": False})
            sheet.activate()
            sheet.set_first_sheet()
    book.define_name("'Biểu 1 - Hội nghị'!Riêng", "='Biểu 1 - Hội nghị'!$A$1:$B$9")
    book.define_name("Chung", "='Thông tin'!$A$1")
    hidden = book.add_worksheet("Ẩn")
    hidden.write(0, 0, "của riêng")
    hidden.hide()
    pie = book.add_chart({"type": "pie"})
    pie.add_series({"values": f"='{MEETINGS}'!$P$6:$T$6"})
    book.add_chartsheet("Biểu đồ").set_chart(pie)
    book.set_properties({"title": "Báo cáo", "author": "Đơn vị"})
    book.close()


def by_openpyxl(path: pathlib.Path, data: dict, picture: pathlib.Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, table in data["rows"].items():
        sheet = book.create_sheet(title)
        for r, row in enumerate(table, 1):
            for c, value in enumerate(row, 1):
                if value is not None:
                    sheet.cell(r, c, value)
        for merged in data["merges"][title]:
            sheet.merge_cells(merged)
        sheet.column_dimensions["B"].width = 21
        sheet.row_dimensions[6].fill = PatternFill("solid", fgColor="FFEEEEEE")
    sheet = book[MEETINGS]
    sheet["B6"].comment = Comment("đã hỏi lại", "Ông Páo")
    sheet["C6"].font = Font(name="Arial", bold=True, color="FF00AA00")
    sheet["C6"].hyperlink = "https://example.org/"
    sheet.conditional_formatting.add("P6:P20", openpyxl.formatting.rule.ColorScaleRule(start_type="min", end_type="max", start_color="FFFFFF", end_color="00FF00"))
    validation = openpyxl.worksheet.datavalidation.DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0")
    sheet.add_data_validation(validation)
    validation.add("K6:K40")
    chart = openpyxl.chart.BarChart()
    chart.add_data(openpyxl.chart.Reference(sheet, min_col=11, min_row=6, max_row=8))
    sheet.add_chart(chart, "B40")
    sheet.add_image(openpyxl.drawing.image.Image(str(picture)), "H40") if has_pillow() else None
    book.defined_names["Tất_cả"] = DefinedName("Tất_cả", attr_text=f"'{MEETINGS}'!$A$1:$B$2")
    sheet.defined_names["Riêng"] = DefinedName("Riêng", attr_text=f"'{MEETINGS}'!$A$1")
    book.active = book.sheetnames.index(MEETINGS)
    book.save(path)


def has_pillow() -> bool:
    try:
        import PIL  # noqa: F401
    except ImportError:
        return False
    return True


def by_libreoffice(source: pathlib.Path, kind: str, folder: pathlib.Path) -> pathlib.Path:
    """The workbook as LibreOffice saves it, in that format."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [office, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", kind,
             "--outdir", str(folder), str(source)],
            check=True, capture_output=True, timeout=600,
        )
    return folder / f"{source.stem}.{kind}"


SHEETJS = """
const XLSX = require(process.argv[2] + '/node_modules/xlsx');
const book = XLSX.readFile(process.argv[3], { cellDates: true, cellStyles: true });
XLSX.writeFile(book, process.argv[4], { bookSST: true, compression: true });
"""


def by_sheetjs(source: pathlib.Path, target: pathlib.Path, store: pathlib.Path) -> bool:
    """The workbook as SheetJS saves it; False where node or the package cannot be had."""
    npm, node, store = shutil.which("npm"), shutil.which("node"), store.resolve()
    if npm is None or node is None:
        return False
    try:
        if not (store / "node_modules" / "xlsx").is_dir():
            store.mkdir(parents=True, exist_ok=True)
            subprocess.run([npm, "install", "--no-audit", "--no-fund", "--prefix", str(store), "xlsx@0.18.5"],
                           check=True, capture_output=True, timeout=180)
        script = store / "save.js"
        script.write_text(SHEETJS, encoding="utf-8")
        subprocess.run([node, str(script), str(store), str(source), str(target)], check=True, capture_output=True, timeout=120)
    except (subprocess.SubprocessError, OSError) as error:
        print(f"SheetJS: {error}", file=sys.stderr)
        return False
    return True


def make(fixtures: pathlib.Path, folder: pathlib.Path, store: pathlib.Path) -> list:
    """Writes one submission by each program; returns what could not be written."""
    folder.mkdir(parents=True, exist_ok=True)
    lacking = []
    picture = folder.parent / "dot.png"
    picture.write_bytes(png())
    units = [("02641", "Phường Lào Cai"), ("02644", "Phường Cốc Lếu"), ("02647", "Phường Kim Tân")]
    by_xlsxwriter(folder / "BC_02641_2021_Q1.xlsx", rows(fixtures, *units[0]), picture)
    by_openpyxl(folder / "BC_02644_2021_Q1.xlsx", rows(fixtures, *units[1]), picture)
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        others = [("02650", "xlsx"), ("02653", "ods"), ("02656", "xls")]
        for code, kind in others:
            plain = scratch / f"BC_{code}_2021_Q1.xlsx"
            by_openpyxl(plain, rows(fixtures, code, None), picture)
            if shutil.which("soffice") is None and shutil.which("libreoffice") is None:
                lacking.append(f"LibreOffice ({kind})")
                continue
            out = folder if kind != "xlsx" else scratch / "out"
            made = by_libreoffice(plain, kind, out)
            if kind == "xlsx":
                shutil.copy(made, folder / plain.name)
        plain = scratch / "BC_02647_2021_Q1.xlsx"
        by_openpyxl(plain, rows(fixtures, *units[2]), picture)
        if not by_sheetjs(plain, folder / plain.name, store):
            lacking.append("SheetJS")
    return lacking
