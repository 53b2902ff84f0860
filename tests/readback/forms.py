#!/usr/bin/env python3
"""Reads the blank forms of qc17 back, and fills them in, with software that is not ours.

usage: forms.py PROGRAM (run from the checkout)

1. openpyxl opens them without a warning: lists equal `templates/ma.toml`, dates and whole numbers are
   validated, header notes, protection, names, frozen panes, printed titles, properties, one font.
2. Untouched, saved by openpyxl and by LibreOffice: "chưa nhập" once for each file, nothing else.
3. Filled in by openpyxl, with more rows than are ready in two ways, and saved once more by LibreOffice:
   no finding at all, also beside the quarter before, the figures that were entered, the sums that
   LibreOffice computes.
4. Examples on the sheet `Hướng dẫn` are nobody's figures.

Exit status 0 = all holds, 1 = a fault, 3 = LibreOffice or openpyxl is not installed.
"""

import datetime
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import tomllib
import warnings

try:
    import openpyxl
except ImportError:
    print("SKIPPED: openpyxl is not installed", file=sys.stderr)
    sys.exit(3)

PERIOD, BEFORE = "2021-Q2", "fixtures/2021-Q1"
UNITS = ["10", "087", "02977", "02989"]
TABLES = {"meetings": "Biểu 1 - Hội nghị", "petitions": "Biểu 2 - Kiến nghị", "carried": "Biểu 3 - Tồn đọng", "rollup": "Biểu 02 - Tổng hợp"}
OUTCOMES = ["answered", "resolved", "pending", "unresolved", "forwarded"]
faults = []


def fault(*words):
    faults.append(" ".join(str(word) for word in words))


def equal(what, found, expected):
    if found != expected:
        fault(f"{what}: {found!r}, expected {expected!r}")


def templates():
    """The columns of each table and the words of each list, from the data the forms are made of."""
    forms = tomllib.loads(pathlib.Path("templates/bieu-mau.toml").read_text("utf-8"))
    codes = tomllib.loads(pathlib.Path("templates/ma.toml").read_text("utf-8"))
    columns = {t["id"]: [c for c in t["column"] if "blank" in c] for t in forms["table"]}

    def offered(blank):
        words = codes[blank["list"]]
        kept = [code for code in words if code in blank.get("only", words)]
        coded = blank["list"] in ("outcome", "subject")
        return [f"{code} - {words[code]['name']}" if coded else words[code]["name"] for code in kept]

    return columns, offered


COLUMNS, OFFERED = templates()


# ------------------------------------------------------------------------------------------- layout


def layout(sheet, table):
    """The row of column numbers, the first row below it, and the row of sums."""
    for row in range(1, 30):
        if sheet.cell(row, 1).value == "(1)":
            break
    total = next(r for r in range(sheet.max_row, row, -1) if any("Tổng cộng" in str(c.value) for c in sheet[r]))
    return row, row + 1, total


def named_list(book, formula):
    """The words of the range behind a defined name."""
    name = book.defined_names[formula.lstrip("=")]
    ((sheet, cells),) = list(name.destinations)
    return [cell.value for (cell,) in book[sheet][cells]]


def check_table(book, table, filled):
    sheet = book[TABLES[table]]
    numbers, first, total = layout(sheet, table)
    columns = COLUMNS[table]
    last = openpyxl.utils.get_column_letter(len(columns))
    rules = {}
    for rule in sheet.data_validations.dataValidation:
        for cells in rule.sqref.ranges:
            if (cells.min_row, cells.max_row) == (first, total):
                rules[cells.min_col] = rule
    for at, column in enumerate(columns, 1):
        what, blank = f"{table}.{column['field']}", column["blank"]
        head = sheet.cell(numbers - 1, at) if column.get("group") else sheet.cell(numbers - 2, at)
        equal(f"{what} header", head.value, column["header"])
        if head.comment is None or len(head.comment.text) < 8:
            fault(what, "has no note")
        elif column.get("required") and not head.comment.text.startswith("Bắt buộc."):
            fault(what, "does not say that it is required")
        fixed = table == "rollup" and column["field"] in ("no", "unit_code", "unit_name")
        for row in (first, total - 1):
            equal(f"{what} locked in row {row}", sheet.cell(row, at).protection.locked, fixed)
        equal(f"{what} locked in the sums", sheet.cell(total, at).protection.locked, True)
        rule = rules.get(at)
        if fixed or blank.get("holds") == "text":
            equal(f"{what} validation", rule, None)
            continue
        kinds = {"ordinal": "whole", "count": "whole", "date": "date", "day_of_period": "date", "quarter": None}
        equal(f"{what} validation", rule and rule.type, kinds[blank["holds"]] if "holds" in blank else "list")
        if "list" in blank:
            equal(f"{what} list", named_list(book, rule.formula1), OFFERED(blank))
        if column["field"] != "no" and not rule.prompt:
            fault(what, "has no hint")
        if rule.type and (not rule.error or not rule.showErrorMessage):
            fault(what, "refuses without a word")
        if blank.get("holds") == "day_of_period":
            days = [openpyxl.utils.datetime.from_excel(int(f)).date().isoformat() for f in (rule.formula1, rule.formula2)]
            equal(f"{what} days", days, ["2021-04-01", "2021-06-30"])
        if blank.get("holds") == "count":
            formula = str(sheet.cell(total, at).value)
            if not formula.startswith("=SUM(") or "ROW()-1" not in formula:
                fault(what, "sum", formula)
    guard = sheet.protection
    equal(f"{table} protected", guard.sheet, True)
    equal(f"{table} rows may be added", not guard.insertRows, table != "rollup")
    equal(f"{table} columns may be added", not guard.insertColumns, False)
    equal(f"{table} password", guard.password, None)
    kept = "D" if table == "rollup" else "C"
    equal(f"{table} frozen", sheet.freeze_panes, f"{kept}{first}")
    equal(f"{table} printed titles", sheet.print_title_rows, f"${numbers - 2}:${numbers}")
    equal(f"{table} rows ready", total - first, filled)
    equal(f"{table} last column", last, openpyxl.utils.get_column_letter(sheet.max_column))


def check_book(path, code, form):
    book = openpyxl.load_workbook(path)
    stored = openpyxl.load_workbook(path, data_only=True)
    names = [TABLES["rollup"], "Hướng dẫn"] if form == "02" else ["Thông tin", *list(TABLES.values())[:3], "Hướng dẫn", "Danh mục"]
    equal(f"{path.name} sheets", book.sheetnames, names)
    properties = {p.name: p.value for p in book.custom_doc_props.props}
    equal("properties", properties, {"qc17-bieu": form, "qc17-phien-ban": "1", "qc17-don-vi": code, "qc17-ky": PERIOD})
    equal("structure", book.security.lockStructure, True)
    for sheet in book:
        setup = sheet.page_setup
        equal(f"{sheet.title} page", (setup.orientation, str(setup.paperSize), sheet.sheet_properties.pageSetUpPr.fitToPage), ("landscape", "9", True))
        equal(f"{sheet.title} height", setup.fitToHeight, 0)
        equal(f"{sheet.title} protected", sheet.protection.sheet, True)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None or cell.has_style:
                    if cell.font.name != "Times New Roman" or not 11 <= cell.font.sz <= 13:
                        fault(f"{sheet.title}!{cell.coordinate}: {cell.font.name} {cell.font.sz}")
                if cell.data_type == "f" and stored[sheet.title][cell.coordinate].value in (None, ""):
                    fault(f"{sheet.title}!{cell.coordinate}: no stored value")
    if form == "02":
        check_table(book, "rollup", 2)
        return
    info = {row[0].value: row[1] for row in book["Thông tin"].iter_rows(min_row=4)}
    equal("unit", info["Mã đơn vị"].value, code)
    equal("quarter", info["Kỳ báo cáo"].value, "Quý II/2021")
    for label, cell in info.items():
        equal(f"{label} locked", cell.protection.locked, label in ("Mã đơn vị", "Tên đơn vị", "Huyện, thị xã, thành phố", "Kỳ báo cáo"))
    for table, filled in (("meetings", 20), ("petitions", 80), ("carried", 30)):
        check_table(book, table, filled)


# ------------------------------------------------------------------------------------------- filling


def day(text):
    return datetime.datetime.strptime(text, "%d/%m/%Y")


def meeting(number, month, petitions):
    """One meeting with nothing to be said against it, and its petitions."""
    held = datetime.datetime(2021, month, 11 + number % 10)
    after = lambda days: held + datetime.timedelta(days=days)
    kinds = [("K1", 4), ("K2", 2), ("K3", 1), ("K4", 0), ("K5", 1)]
    codes = [code for code, share in kinds for _ in range(share)]
    outcomes = [codes[at % len(codes)] for at in range(petitions)]
    counts = dict(zip(OUTCOMES, (outcomes.count(code) for code, _ in kinds)))
    row = {
        "date": held, "place": f"Thôn {number}", "format": "Trực tiếp", "kind": "Định kỳ",
        "chair": ["Đồng chủ trì", "Bí thư", "Chủ tịch UBND"][number % 3],
        "chair_name": "Nguyễn Văn Thử, " + ["Bí thư", "Bí thư Đảng ủy", "Chủ tịch UBND"][number % 3],
        "topic": f"Xây dựng nông thôn mới, thôn {number}", "with_tuyen_van": "Không", "announced": after(-10),
        "attendees": 60 + number, "women": 20, "minority": 30, "speakers": 5, "opinions": petitions, **counts,
        "plan_no": f"{number}-KH/ĐU", "plan_date": after(-20), "minutes_date": held, "notice_no": f"{number}-TB/ĐU",
        "notice_date": after(5), "published": after(6),
    }
    rows = []
    for at, code in enumerate(outcomes):
        reply = {"reply_no": f"{at}/CV", "reply_date": after(4)} if code in ("K2", "K5") else {}
        rows.append({
            "meeting_no": number, "content": f"Đề nghị sửa mương số {at} ở thôn {number} bản {at * 7 + number}",
            "field": "L10 - Nông, lâm nghiệp, thủy lợi", "authority": "Huyện" if code == "K5" else "Xã",
            "agency": "UBND xã", "received": held, "acknowledged": after(1),
            "outcome": next(word for word in OFFERED({"list": "outcome"}) if word.startswith(code)), "repeated": "Không", **reply,
        })
    return row, rows


def enter(sheet, table, rows, way):
    """Enters the rows: as many as are ready in place, the others as `way` says."""
    _, first, total = layout(sheet, table)
    fields = {column["field"]: at for at, column in enumerate(COLUMNS[table], 1)}
    ready = total - first
    more = max(0, len(rows) - ready)
    if way == "insert" and more:
        sheet.insert_rows(total, more)
    for at, row in enumerate(rows):
        place = first + at
        if at >= ready and way == "below":
            place += 1
        sheet.cell(place, fields["no"]).value = at + 1
        for field, value in row.items():
            cell = sheet.cell(place, fields[field])
            cell.value = value
            if isinstance(value, datetime.datetime):
                cell.number_format = "dd/mm/yyyy"
    return more


def fill(path, code, way, meetings, petitions):
    """Fills a Form 01 in; what the program must then say of the unit."""
    book = openpyxl.load_workbook(path)
    info = {row[0].value: row[1] for row in book["Thông tin"].iter_rows(min_row=4)}
    for label, value in {"Số, ký hiệu báo cáo": "25-BC/ĐU", "Ngày báo cáo": day("30/06/2021"), "Người lập biểu": "Trần Thị Lập", "Điện thoại": "0200000000", "Người ký": "Lê Văn Ký", "Chức vụ người ký": "Bí thư"}.items():
        info[label].value = value
    made = [meeting(at + 1, 4 if code == "10" else 6, petitions) for at in range(meetings)]
    added = enter(book[TABLES["meetings"]], "meetings", [row for row, _ in made], way)
    added += enter(book[TABLES["petitions"]], "petitions", [row for _, rows in made for row in rows], way)
    # Every petition that the office filled in gets its outcome.
    sheet = book[TABLES["carried"]]
    _, first, total = layout(sheet, "carried")
    carried = 0
    for row in range(first, total):
        if sheet.cell(row, 3).value:
            carried += 1
            sheet.cell(row, 7).value = OFFERED({"list": "outcome"})[1]
            sheet.cell(row, 8).value = f"{row}/UBND"
            sheet.cell(row, 9).value = day("20/06/2021")
    book.save(path)
    rows = [row for row, _ in made]
    figures = {field: sum(row[field] for row in rows) for field in ["attendees", "opinions", *OUTCOMES]}
    chairs = {"by_both": "Đồng chủ trì", "by_secretary": "Bí thư", "by_chairman": "Chủ tịch UBND"}
    figures |= {field: sum(row["chair"] == word for row in rows) for field, word in chairs.items()}
    return {**figures, "periodic": meetings, "ad_hoc": 0, "by_deputy": 0, "incomplete": []}, added, carried


def fill_rollup(path, figures):
    book = openpyxl.load_workbook(path)
    sheet = book[TABLES["rollup"]]
    _, first, total = layout(sheet, "rollup")
    fields = {column["field"]: at for at, column in enumerate(COLUMNS["rollup"], 1)}
    sheet.cell(4, 3).value = day("30/06/2021")
    for row in range(first, total):
        own = figures[sheet.cell(row, fields["unit_code"]).value]
        for field in ["periodic", "ad_hoc", "by_secretary", "by_chairman", "by_both", "by_deputy", "attendees", "opinions", *OUTCOMES]:
            sheet.cell(row, fields[field]).value = own[field]
        sheet.cell(row, fields["total"]).value = own["periodic"]
        sheet.cell(row, fields["notices"]).value = own["periodic"]
    book.save(path)


# ------------------------------------------------------------------------------------------- running


def office(source, target, folder):
    """LibreOffice opens and saves every workbook."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        print("SKIPPED: LibreOffice is not installed", file=sys.stderr)
        sys.exit(3)
    subprocess.run(
        [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx",
         "--outdir", str(target), *sorted(str(path) for path in source.glob("*.xlsx"))],
        check=True, capture_output=True, timeout=900,
    )


def resave(source, target):
    target.mkdir()
    for path in source.glob("*.xlsx"):
        openpyxl.load_workbook(path).save(target / path.name)


class Run:
    def __init__(self, program, folder):
        self.program, self.units = program, folder / "units.csv"
        lines = pathlib.Path("templates/units/units.csv").read_text("utf-8").splitlines()
        kept = [line for line in lines if line.split(",")[0] in ("code", *UNITS) and "2025-07-01" not in line]
        self.units.write_text("\n".join(kept) + "\n", "utf-8")

    def forms(self, out, *folders):
        subprocess.run([self.program, "form", *folders, "--period", PERIOD, "--units", self.units, "--scope", "10", "--out", out], check=True, capture_output=True)

    def check(self, folder, *more):
        done = subprocess.run([self.program, "check", folder, "--period", PERIOD, "--units", self.units, "--scope", "10", "--format", "json", *more], capture_output=True)
        return json.loads(done.stdout)


def untouched(what, result):
    for unit in result["units"]:
        equal(f"{what}: {unit['code']}", (unit["submission"], unit["opinions"]), ("missing", None))
    for one in result["diagnostics"]:
        if one["code"] != "DL03" or "chưa nhập" not in one["message"]:
            fault(what, one["file"], one["code"], one["message"])
    equal(f"{what}: findings", len(result["diagnostics"]), len(UNITS) + 1)


def entered(what, result, figures):
    for one in result["diagnostics"]:
        if (one["file"] or "").startswith("2021-Q1/"):
            continue  # a file of the quarter before, which was only read
        fault(what, one["file"], one["cell"], one["code"], one["message"])
    for unit in result["units"]:
        for field, value in figures[unit["code"]].items():
            equal(f"{what}: {unit['code']} {field}", unit[field], value)


def sums(what, folder, figures):
    """The rows of sums as LibreOffice computed them, rows that were added below them left out."""
    for code, own in figures.items():
        sheet = openpyxl.load_workbook(folder / f"BC_{code}_2021_Q2.xlsx", data_only=True)[TABLES["meetings"]]
        _, _, total = layout(sheet, "meetings")
        for at, column in enumerate(COLUMNS["meetings"], 1):
            if column["field"] in own:
                equal(f"{what}: sum of {code} {column['field']}", sheet.cell(total, at).value, own[column["field"]])


def examples(run, source, folder):
    """Labels and rows on the sheet that explains the form speak of nobody."""
    folder.mkdir()
    for path in source.glob("*.xlsx"):
        book = openpyxl.load_workbook(path)
        guide = book["Hướng dẫn"]
        book.move_sheet(guide, -book.index(guide))
        last = guide.max_row + 2
        for at, row in enumerate([("Lý do không tổ chức", "Mưa lũ"), ("Ngày báo cáo", "30/02/2021"), ("Đơn vị", "Xã Bảo Hà"), ("Kỳ báo cáo", "Quý I/2020")]):
            guide.cell(last + at, 1).value, guide.cell(last + at, 2).value = row
        book.save(folder / path.name)
    return run.check(folder)


def main():
    warnings.simplefilter("error")
    program = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        run = Run(program, folder)
        blank = folder / "blank"
        run.forms(blank, BEFORE)
        equal("files", len(list(blank.iterdir())), len(UNITS) + 1)
        for code in UNITS:
            check_book(blank / f"BC_{code}_2021_Q2.xlsx", code, "01")
        check_book(blank / "BC_087_2021_Q2_Bieu02.xlsx", "087", "02")
        untouched("as written", run.check(blank))
        resave(blank, folder / "openpyxl")
        untouched("saved by openpyxl", run.check(folder / "openpyxl"))
        office(blank, folder / "office", folder)
        untouched("saved by LibreOffice", run.check(folder / "office"))
        untouched("with examples in the guide", examples(run, blank, folder / "examples"))
        for way, meetings, petitions in (("ready", 2, 8), ("insert", 22, 6), ("below", 22, 6)):
            filled, figures, added, carried = folder / way, {}, 0, 0
            shutil.copytree(blank, filled)
            for code in UNITS:
                figures[code], more, waiting = fill(filled / f"BC_{code}_2021_Q2.xlsx", code, way, meetings, petitions)
                added, carried = added + more, carried + waiting
            fill_rollup(filled / "BC_087_2021_Q2_Bieu02.xlsx", figures)
            equal(f"{way}: rows were added", added > 0, way != "ready")
            equal(f"{way}: petitions were carried over", carried > 0, True)
            entered(f"{way}, saved by openpyxl", run.check(filled), figures)
            # What was carried over is known again as what the quarter before left open.
            entered(f"{way}, held against the quarter before", run.check(filled, "--history", BEFORE), figures)
            office(filled, folder / f"{way}-office", folder)
            entered(f"{way}, saved by LibreOffice", run.check(folder / f"{way}-office"), figures)
            if way != "below":
                sums(way, folder / f"{way}-office", figures)
    for one in faults[:60]:
        print(one)
    print(f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
