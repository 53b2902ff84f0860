#!/usr/bin/env python3
"""Holds the marked copies of qc17 against the workbooks that the units sent.

usage: feedback.py PROGRAM FIXTURES [--store FOLDER]

Runs PROGRAM on FIXTURES and on workbooks of other programs (feedback_corpus.py), then for each copy:
1. members of the package that need not change are the same, compressed bytes included;
2. changed sheets differ in nothing but the formats of marked cells, the selection and the name of the drawing;
3. openpyxl gives the same for every cell: value, formula, number format, font, border, alignment, protection, and the
   same fill where nothing is marked; widths, heights, merged cells, validations, conditional formats, comments, names;
4. every finding's link leads to a cell that has our colour and a comment;
5. a copy that is sent back unchanged gives the same findings and figures.

Exit status 0 = all equal, 1 = a difference, 3 = something is not installed.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import warnings
import zipfile

try:
    import feedback_corpus
    import openpyxl
    from openpyxl.cell.cell import MergedCell
except ImportError as error:
    print(f"SKIPPED: {error}", file=sys.stderr)
    sys.exit(3)

SHEET = "Phiếu phản hồi"
COLOURS = {"FFFFC7CB", "FFFFEB9A", "FFDDEBF5"}
faults = []


def fault(where, what) -> None:
    faults.append(f"{where}: {what}")


def run(program: str, source: pathlib.Path, out: pathlib.Path) -> dict:
    done = subprocess.run([program, "report", str(source), "--period", "2021-Q1", "--scope", "10", "--feedback", "--out", str(out)],
                          capture_output=True, text=True)
    if done.returncode > 1:
        fault(source, done.stderr.strip())
        return {"diagnostics": [], "files": [], "units": []}
    return json.loads((out / "ket-qua-2021-Q1.json").read_text(encoding="utf-8"))


def raw(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with open(package.filename, "rb") as file:
        file.seek(info.header_offset)
        head = file.read(30)
        file.seek(info.header_offset + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little"))
        return file.read(info.compress_size)


CHANGES = re.compile(r"^(\[Content_Types\]\.xml|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/styles\.xml|docProps/app\.xml|"
                     r"xl/worksheets/[^/]+\.xml|xl/worksheets/_rels/[^/]+\.rels|xl/comments[^/]*\.xml|xl/comments/[^/]+|xl/drawings/[^/]+\.vml)$", re.I)


def bare_sheet(xml: str) -> str:
    """A sheet without what may change in it."""
    xml = re.sub(r'(<(?:\w+:)?c\b[^>]*?) s="\d+"', r"\1", xml)
    xml = re.sub(r'<(?:\w+:)?c r="[A-Z]+\d+" ?/>', "", xml)
    xml = re.sub(r'(tabSelected=)(["\'])(?:1|0|true|false)\2', r"\1", xml)
    return re.sub(r"<(?:\w+:)?legacyDrawing\b[^>]*/>", "", xml)


def members(name: str, original: pathlib.Path, copy: pathlib.Path) -> int:
    untouched = 0
    with zipfile.ZipFile(original) as old, zipfile.ZipFile(copy) as new:
        if new.testzip():
            fault(name, "the package is damaged")
        before, after = {i.filename: i for i in old.infolist()}, {i.filename: i for i in new.infolist()}
        if len(after) != len(new.infolist()):
            fault(name, "two members of one name")
        for member in before:
            if member not in after:
                fault(name, f"{member} is gone")
            elif raw(old, before[member]) == raw(new, after[member]):
                untouched += 1
            elif old.read(member) == new.read(member):
                fault(name, f"{member} was compressed anew")
            elif not CHANGES.match(member):
                fault(name, f"{member} was changed")
            elif member.startswith("xl/worksheets/sheet") and bare_sheet(old.read(member).decode()) != bare_sheet(new.read(member).decode()):
                fault(name, f"{member} changed beyond its formats")
    return untouched


def load(path: pathlib.Path):
    """The workbook, and what openpyxl had to say of it."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        book = openpyxl.load_workbook(path, rich_text=True)
    return book, sorted({str(one.message) for one in said})


def look(cell) -> str:
    return repr((cell.number_format, cell.font, cell.border, cell.alignment, cell.protection))


def same_style(a, b, known: dict) -> tuple:
    """Whether two cells look alike, and whether their fills do; of two formats that is asked once."""
    if isinstance(a, MergedCell) or isinstance(b, MergedCell):
        return (type(a) is type(b),) * 2
    pair = (tuple(a._style or ()), tuple(b._style or ()))
    if pair not in known:
        known[pair] = (look(a) == look(b), repr(a.fill) == repr(b.fill))
    return known[pair]


def sheet_frame(sheet) -> dict:
    return {
        "widths": {key: (one.width, one.hidden) for key, one in sheet.column_dimensions.items()},
        "heights": {key: (one.height, one.hidden) for key, one in sheet.row_dimensions.items() if one.height or one.hidden},
        "merged": sorted(str(one) for one in sheet.merged_cells.ranges),
        "validations": [(str(one.sqref), one.type, one.formula1) for one in sheet.data_validations.dataValidation],
        "formats": sorted((str(one.sqref), [rule.type for rule in one.rules]) for one in sheet.conditional_formatting),
        "protection": (sheet.protection.sheet, sheet.protection.password),
        "panes": sheet.freeze_panes,
        "state": sheet.sheet_state,
        "print": (sheet.print_area, sheet.print_title_rows, sheet.page_setup.orientation),
        "filter": sheet.auto_filter.ref,
        "charts": len(sheet._charts),
        "images": len(sheet._images),
        "links": sorted((cell.coordinate, cell.hyperlink.target, cell.hyperlink.location)
                        for row in sheet.iter_rows() for cell in row if cell.hyperlink),
        "names": {key: one.attr_text for key, one in sheet.defined_names.items()},
    }


def cells(name: str, original: pathlib.Path, copy: pathlib.Path) -> int:
    (before, said), (after, says) = load(original), load(copy)
    if said != says:
        fault(name, f"openpyxl says {says}, of the original {said}")
    if after.sheetnames[0] != SHEET or after.sheetnames[1:] != before.sheetnames:
        fault(name, f"sheets {after.sheetnames}")
    if {k: v.attr_text for k, v in before.defined_names.items()} != {k: v.attr_text for k, v in after.defined_names.items()}:
        fault(name, "defined names")
    if after.active.title != SHEET:
        fault(name, f"opens at {after.active.title}")
    compared, styles = 0, {}
    for sheet in before.worksheets:
        other = after[sheet.title]
        old, new = sheet_frame(sheet), sheet_frame(other)
        for key in old:
            if old[key] != new[key]:
                fault(name, f"{sheet.title}: {key} {old[key]} became {new[key]}")
        for row in range(1, max(sheet.max_row, other.max_row) + 1):
            for column in range(1, max(sheet.max_column, other.max_column) + 1):
                a, b = sheet.cell(row, column), other.cell(row, column)
                compared += 1
                where = f"{sheet.title}!{a.coordinate}"
                if (a.value, a.data_type) != (b.value, b.data_type) or type(a.value) is not type(b.value):
                    fault(name, f"{where}: {a.value!r} became {b.value!r}")
                marked = b.fill.fgColor.rgb in COLOURS
                alike, same_fill = same_style(a, b, styles)
                if a.has_style and not alike:
                    fault(name, f"{where}: its look changed")
                if not marked and not same_fill:
                    fault(name, f"{where}: its fill changed")
                if a.comment and not (b.comment and b.comment.text.startswith(a.comment.text)):
                    fault(name, f"{where}: its comment is gone")
                if b.comment and not a.comment and not marked:
                    fault(name, f"{where}: a comment without a mark")
    return compared


def links(name: str, copy: pathlib.Path, findings: list) -> int:
    """Follows every link; returns how many there are."""
    book = openpyxl.load_workbook(copy)
    sheet = book[SHEET]
    head = next(row[0].row for row in sheet.iter_rows() if row[0].value == "TT")
    titles = [cell.value for cell in sheet[head]]
    column = {title: at for at, title in enumerate(titles)}
    listed, followed = [], 0
    for row in sheet.iter_rows(min_row=head + 1):
        code = str(row[column["Mã lỗi"]].value).split(" ")[0]
        listed.append(code)
        if row[column["Giải trình của đơn vị"]].value:
            fault(name, "the unit's column is not empty")
        cell = row[column["Ô"]]
        if cell.hyperlink is None:
            continue
        target = cell.hyperlink.location
        title, at = re.fullmatch(r"'(.*)'!([A-Z]+\d+)", target).groups()
        title = title.replace("''", "'")
        if cell.value == "xem":
            continue
        followed += 1
        if at != cell.value:
            fault(name, f"{cell.coordinate} says {cell.value} and leads to {target}")
        marked = book[title][at]
        for merged in book[title].merged_cells.ranges:
            if at in merged:
                marked = book[title].cell(merged.min_row, merged.min_col)
        if marked.fill.fgColor.rgb not in COLOURS:
            fault(name, f"{target} bears no colour")
        if marked.comment is None or code not in marked.comment.text:
            fault(name, f"{target}: no comment about {code}")
    for one in findings:
        if one["code"] not in listed:
            fault(name, f"{one['code']} is not listed")
    return followed


def check(source: pathlib.Path, out: pathlib.Path, result: dict) -> tuple:
    copies = sorted((out / "phan-hoi").glob("*.xls*"))
    compared = followed = untouched = 0
    used = {one["unit"]: one["path"] for one in result["files"] if one["status"] == "used" and one["form"] == "01"}
    for copy in copies:
        code = copy.name.split("-")[0]
        name = f"{source.name}/{copy.name}"
        followed += links(name, copy, [one for one in result["diagnostics"] if one["unit"] == code])
        if code not in used or "-mau-02" in copy.name:
            continue
        original = source / used[code]
        if original.suffix == ".xlsx":
            untouched += members(name, original, copy)
            compared += cells(name, original, copy)
    # What comes back unchanged is the same submission.
    back = out.parent / f"{out.name}-back"
    for one in result["files"]:
        if one["status"] == "used":
            copy = [c for c in copies if c.name.startswith(f"{one['unit']}-") and ("-mau-02" in c.name) == (one["form"] == "02")]
            target = back / one["path"]
            target = target.with_name(copy[0].name) if copy else target
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((copy[0] if copy else source / one["path"]).read_bytes())
    again = run(arguments.program, back, out.parent / f"{out.name}-again")
    said = lambda r: sorted((d["code"], d["unit"] or "", d["message"]) for d in r["diagnostics"]  # noqa: E731
                            if d["code"] not in ("TEP06", "TEP07", "TEP08", "TEP09", "DV05", "TH04", "TEP01", "TEP02", "TEP03", "TEP04", "TEP05", "KY02", "DV03", "DV07", "TH05") and d["unit"] in used)
    if said(again) != said(result):
        extra = set(said(again)) ^ set(said(result))
        fault(source.name, f"sent back, the findings differ: {sorted(extra)[:6]}")
    figures = lambda r: {u["code"]: {k: u[k] for k in ("periodic", "ad_hoc", "attendees", "opinions", "verdict")} for u in r["units"] if u["code"] in used}  # noqa: E731
    if figures(again) != figures(result):
        fault(source.name, "sent back, the figures differ")
    return len(copies), compared, followed, untouched


parser = argparse.ArgumentParser()
parser.add_argument("program")
parser.add_argument("fixtures", type=pathlib.Path)
parser.add_argument("--store", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / "qc17-sheetjs")
parser.add_argument("--keep", type=pathlib.Path, help="keep the outputs in this folder")
arguments = parser.parse_args()

with tempfile.TemporaryDirectory() as scratch:
    scratch = arguments.keep or pathlib.Path(scratch)
    corpus = scratch / "corpus" / "080"
    lacking = feedback_corpus.make(arguments.fixtures, corpus, arguments.store)
    for source in (arguments.fixtures, corpus.parent):
        out = scratch / f"out-{source.name}"
        counts = check(source, out, run(arguments.program, source, out))
        print("{}: {} copies, {} cells compared, {} links followed, {} members untouched".format(source.name, *counts))
        if counts[0] == 0 or counts[2] == 0:
            fault(source.name, "nothing was marked")
for one in lacking:
    print(f"SKIPPED: no workbook by {one}", file=sys.stderr)
for one in faults[:60]:
    print(one)
print(f"{len(faults)} faults")
sys.exit(1 if faults else 0)
