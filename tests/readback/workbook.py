#!/usr/bin/env python3
"""Reads a workbook of qc17 back with software that is not ours.

usage: workbook.py FILE.xlsx

1. openpyxl opens it without a warning; every cell is in Times New Roman.
2. Every stored result of a formula is replaced by a false one, LibreOffice recalculates the whole
   workbook, and each cell must come back as the file had it: nothing is taken over from the cache.
3. LibreOffice prints it: no number or date is too wide for its column (###), each sheet is one page wide.

Exit status 0 = all equal, 1 = a difference, 3 = LibreOffice or openpyxl is not installed.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
import zipfile

try:
    import openpyxl
    from openpyxl.utils.escape import unescape
except ImportError:
    print("SKIPPED: openpyxl is not installed", file=sys.stderr)
    sys.exit(3)

RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
FORMULA = re.compile(r"(<f>[^<]*</f>)<v>[^<]*</v>")
TEXT_FORMULA = re.compile(r'(<c [^>]*t="str"[^>]*>)(<f>[^<]*</f>)<v>[^<]*</v>')


def spoil(source: pathlib.Path, target: pathlib.Path) -> int:
    """Copies the package with every stored result replaced."""
    spoiled = 0
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename.startswith("xl/worksheets/sheet"):
                xml = data.decode("utf-8")
                xml, texts = TEXT_FORMULA.subn(r"\1\2<v>sai</v>", xml)
                xml, all_of_them = FORMULA.subn(
                    lambda m: m[0] if m[0].endswith("<v>sai</v>") else m[1] + "<v>-987654</v>", xml
                )
                spoiled += all_of_them
                data = xml.encode("utf-8")
            new.writestr(part, data)
    return spoiled


def recalculate(office: str, source: pathlib.Path, folder: pathlib.Path) -> pathlib.Path:
    """Lets LibreOffice open, recalculate and save the workbook."""
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(RECALCULATE, encoding="utf-8")
    out = folder / "out"
    subprocess.run(
        [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx",
         "--outdir", str(out), str(source)],
        check=True, capture_output=True, timeout=900,
    )
    return out / source.name


def same(a, b) -> bool:
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return abs(a - b) <= 1e-9 * max(1.0, abs(a))
    # openpyxl leaves escaped characters (_x0007_) as they are; LibreOffice writes fewer of them.
    a, b = (unescape(unescape(v)) if isinstance(v, str) else v for v in (a, b))
    return (a or "") == (b or "")


def cells(path: pathlib.Path):
    book = openpyxl.load_workbook(path, data_only=True)
    return {sheet.title: {c.coordinate: c.value for row in sheet.iter_rows() for c in row} for sheet in book}


def printed(office: str, source: pathlib.Path, folder: pathlib.Path):
    """The pages as LibreOffice prints them, as text; none where poppler is not installed."""
    if shutil.which("pdftotext") is None:
        print("SKIPPED: pdftotext is not installed, the printed pages were not read", file=sys.stderr)
        return []
    subprocess.run(
        [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(folder), str(source)],
        check=True, capture_output=True, timeout=900,
    )
    pdf = folder / (source.stem + ".pdf")
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True).stdout
    return text.decode("utf-8").split("\f")[:-1]


def squeezed(pages):
    """What is wrong with the printed pages."""
    for number, page in enumerate(pages, 1):
        for line in page.splitlines():
            if "###" in line:
                yield f"page {number}: a value is too wide for its column: {' '.join(line.split())[:120]}"
    feet = [int(n) for page in pages for n in re.findall(r"Trang (\d+)/\d+", page)[-1:]]
    if pages and feet != list(range(1, len(pages) + 1)):
        yield f"pages are numbered {feet}"


def main() -> int:
    source = pathlib.Path(sys.argv[1]).resolve()
    warnings.simplefilter("error")
    book = openpyxl.load_workbook(source)
    faults = []
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if (cell.value is not None or cell.has_style) and cell.font.name != "Times New Roman":
                    faults.append(f"{sheet.title}!{cell.coordinate}: font {cell.font.name}")
                if cell.font.sz is not None and not 11 <= cell.font.sz <= 13:
                    faults.append(f"{sheet.title}!{cell.coordinate}: size {cell.font.sz}")
        setup = sheet.page_setup
        if (setup.orientation, str(setup.paperSize), setup.fitToWidth) != ("landscape", "9", None) and setup.fitToWidth != 1:
            faults.append(f"{sheet.title}: page {setup.orientation} {setup.paperSize} {setup.fitToWidth}")
        if not sheet.sheet_properties.pageSetUpPr.fitToPage:
            faults.append(f"{sheet.title}: not fitted to the page")
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        print("SKIPPED: LibreOffice is not installed, nothing was recalculated", file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        spoiled = folder / "so.xlsx"
        count = spoil(source, spoiled)
        before, after = cells(source), cells(recalculate(office, spoiled, folder))
        pages = printed(office, source, folder)
    faults.extend(squeezed(pages))
    compared = 0
    for sheet, values in before.items():
        for at, value in values.items():
            compared += 1
            if not same(value, after[sheet].get(at)):
                faults.append(f"{sheet}!{at}: stored {value!r}, recalculated {after[sheet].get(at)!r}")
    for fault in faults[:40]:
        print(fault)
    print(f"{len(before)} sheets, {compared} cells compared, {count} formulas recalculated, "
          f"{len(pages)} pages printed, {len(faults)} faults")
    return 1 if faults or count == 0 else 0


sys.exit(main())
