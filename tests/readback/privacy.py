#!/usr/bin/env python3
"""Plants names, telephone and identity numbers in a submission and looks for them in everything that qc17 gives out.

usage: privacy.py PROGRAM FIXTURES

They may stand in the marked copy that goes back to the unit itself, and nowhere else: result, workbook and feedback of
others (each part of the package), report (its text and its bytes), texts, lists, terminal, ledger.

Exit status 0 = nothing found, 1 = found, 3 = something is not installed.
"""

import html
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

try:
    import openpyxl
    from openpyxl.comments import Comment
except ImportError:
    print("SKIPPED: openpyxl is not installed", file=sys.stderr)
    sys.exit(3)

NUMBERS = ["0912345678", "0987.654.321", "0214 3840 034", "+84 912 345 679", "010085001234", "010 085 001 235", "CMND 063123456"]
NAMES = ["Nguyễn Thị Kín", "Vàng A Giấu", "Lò Văn Che", "Giàng Thị Ẩn", "Trần Mật Danh"]
MARKED, OTHER = "02641", "02644"


def plant(path: pathlib.Path) -> int:
    """Puts the numbers into every text cell that is read and some that are not, the names where none belongs."""
    book = openpyxl.load_workbook(path)
    planted = 0

    def number() -> str:
        nonlocal planted
        planted += 1
        return NUMBERS[planted % len(NUMBERS)]

    info = book["Thông tin"]
    told = {"Số, ký hiệu báo cáo": number(), "Người lập biểu": NAMES[0], "Điện thoại": NUMBERS[0],
            "Người ký": NAMES[1], "Chức vụ người ký": f"{NAMES[2]}, {number()}", "Lý do không tổ chức": f"Bận, hỏi {number()}"}
    for row in info.iter_rows():
        if row[0].value in told:
            row[1].value = told[row[0].value]
    for title in ("Biểu 1 - Hội nghị", "Biểu 2 - Kiến nghị", "Biểu 3 - Tồn đọng"):
        if title not in book.sheetnames:
            continue
        sheet = book[title]
        rows = [row for row in sheet.iter_rows(min_row=5) if isinstance(row[0].value, (int, float))]
        for at, row in enumerate(rows[1:]):
            for cell in row[1:]:
                if isinstance(cell.value, str) and not cell.value.startswith(("L", "K")) and len(cell.value) > 3:
                    cell.value = f"{cell.value} {number()}"
            row[10 if title.startswith("Biểu 1") else 3].value = number()
        last, width = sheet.max_row, sheet.max_column
        sheet.cell(last + 2, 3, "NGƯỜI LẬP BIỂU")
        sheet.cell(last + 4, 3, f"{NAMES[3]}, ĐT {number()}")
        sheet.cell(4, width + 1, f"Cột lạ {number()}")
        for row in rows[:1]:
            sheet.cell(row[0].row, width + 1, f"{NAMES[4]} {number()}")
        sheet.cell(1, 1).comment = Comment(f"{NAMES[0]}: gọi {number()}", NAMES[1])
    book.create_sheet("Ghi chép").append([NAMES[2], number()])
    book.properties.creator = NAMES[0]
    book.properties.lastModifiedBy = NAMES[1]
    book.save(path)
    return planted


def texts(path: pathlib.Path):
    """Everything that can be read in a file: its bytes, its parts, its text."""
    data = path.read_bytes()
    yield path.name, data
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            for member in package.namelist():
                part = package.read(member)
                yield f"{path.name}!{member}", part
                if b"&#" in part:  # a letter may be written as its number
                    yield f"{path.name}!{member}, letters", html.unescape(part.decode("utf-8", "ignore")).encode()
    if path.suffix == ".pdf":
        if shutil.which("pdftotext") is None:
            print("SKIPPED: pdftotext is not installed", file=sys.stderr)
            sys.exit(3)
        yield f"{path.name} as text", subprocess.run(["pdftotext", str(path), "-"], check=True, capture_output=True).stdout


def main() -> int:
    program, fixtures = sys.argv[1], pathlib.Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        source, out = scratch / "nop" / "080", scratch / "ra"
        source.mkdir(parents=True)
        for code in (MARKED, OTHER):
            shutil.copy(fixtures / "080" / f"BC_{code}_2021_Q1.xlsx", source)
        for roll in (fixtures / "080").glob("BC_080*"):
            shutil.copy(roll, source)
        planted = plant(source / f"BC_{MARKED}_2021_Q1.xlsx")
        common = ["--period", "2021-Q1", "--scope", "10"]
        outputs = []
        for words in (["report", str(source.parent), *common, "--feedback", "--out", str(out)],
                      ["check", str(source.parent), *common], ["check", str(source.parent), *common, "--format", "json"],
                      ["ledger", MARKED, str(source.parent), *common], ["ledger", MARKED, str(source.parent), *common, "--format", "json"]):
            done = subprocess.run([program, *words], capture_output=True)
            if done.returncode > 1:
                print(done.stderr.decode())
                return 1
            outputs.append((f"terminal of {words[0]}", done.stdout + done.stderr))
        files = [path for path in sorted(out.rglob("*")) if path.is_file()]
        own = [path for path in files if path.suffix == ".xlsx" and path.name.startswith(f"{MARKED}-")]
        for path in files:
            if path not in own:
                outputs.extend(texts(path))
        found = [f"{where}: {what}" for where, data in outputs for what in NUMBERS + NAMES
                 if what.replace("CMND ", "").encode() in data]
        for line in found[:40]:
            print(line)
        kept = b"".join(data for path in own for _, data in texts(path))
        if not own or any(what.encode() not in kept for what in NAMES):
            print("the unit's own copy does not hold what it sent")
            return 1
        print(f"{planted} numbers planted, {len(outputs)} texts searched, {len(found)} found")
        return 1 if found or planted < 20 else 0


sys.exit(main())
