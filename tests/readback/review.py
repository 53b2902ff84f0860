#!/usr/bin/env python3
"""Works a yearly review out again from its quarters, with a program that is not ours.

usage: review.py DANH-GIA.json DANH-GIA.xlsx

1. Sums of the year are those of the quarters; totals of levels are those of the units.
2. Verdicts of the year follow from the quarters' (quota by the quarter, judged by the year's sum).
3. Every document number stands once for its unit and kind, and each document names its cells.
4. The workbook's sheets say what the JSON says.

Exit status 0 = all holds, 1 = a fault, 3 = openpyxl is not installed.
"""

import json
import sys

try:
    import openpyxl
except ImportError:
    print("SKIPPED: openpyxl is not installed", file=sys.stderr)
    sys.exit(3)

COUNTS = ["required", "counted", "periodic", "ad_hoc", "attendees", "opinions", "answered", "resolved", "pending",
          "unresolved", "forwarded", "notices_on_time", "notices_late", "notices_missing"]
WORDS = {"dat": "Đạt", "chua_dat": "Chưa đạt", "chua_dat_co_ly_do": "Chưa đạt (có lý do)",
         "chua_xac_dinh": "Chưa xác định được", "chua_nop": "Chưa nộp báo cáo",
         "khong_thuoc_dien": "Không thuộc diện tính"}


def added(figures):
    known = [figure for figure in figures if figure is not None]
    return sum(known) if known else None


def verdict(unit):
    """The year's verdict, where every quarter owes for itself and heads are not counted one by one."""
    known = [quarter for quarter in unit["quarters"] if quarter]
    owed = sum(quarter["required"] or 0 for quarter in known)
    if owed == 0:
        return "khong_thuoc_dien"
    # Rows that repeat each other count once at most; a quarter in which they decide says so itself.
    sure = sum(0 if quarter["verdict"] == "chua_xac_dinh" else quarter["counted"] or 0 for quarter in known)
    if sure >= owed:
        return "dat"
    if any(quarter["verdict"] == "chua_xac_dinh" for quarter in known):
        return None
    if any(quarter["timing"] == "missing" for quarter in known):
        return "chua_nop"
    return "chua_dat" if any(quarter["verdict"] == "chua_dat" for quarter in known) else "chua_dat_co_ly_do"


def figures(review):
    for unit in review["units"]:
        known = [quarter for quarter in unit["quarters"] if quarter]
        parts = known + [quarter for other in review["units"] if other["carried"] and other["heir"] == unit["code"]
                         for quarter in other["quarters"] if quarter and not unit["carried"]]
        for count in COUNTS:
            want = added(quarter[count] for quarter in (known if unit["carried"] else parts))
            if unit["year"][count] != want:
                yield f"{unit['code']}: {count} is {unit['year'][count]}, the quarters give {want}"
        if unit["level"] != "province":
            want = verdict(unit)
            if want is not None and unit["verdict"] != want:
                yield f"{unit['code']}: verdict {unit['verdict']}, the quarters give {want}"
        timely = sum(quarter["timing"] == "on_time" for quarter in known)
        if unit["submission"]["on_time"] != timely:
            yield f"{unit['code']}: {unit['submission']['on_time']} reports in time, the quarters give {timely}"
        part, whole = unit["settled"]["part"], unit["settled"]["whole"]
        year = unit["year"]
        if None not in (part, whole) and (part != year["answered"] + year["resolved"]
                                          or whole != year["opinions"] - year["forwarded"]):
            yield f"{unit['code']}: settled {part}/{whole}"
    for level, name in (("province", "province"), ("district", "districts"), ("commune", "communes")):
        ours = [unit["year"] for unit in review["units"] if unit["level"] == level and not unit["carried"]]
        for count in COUNTS if ours else []:
            want = added(year[count] for year in ours)
            if review["totals"][name][count] != want:
                yield f"{name}: {count} is {review['totals'][name][count]}, the units give {want}"


def documents(review):
    seen = set()
    for one in review["evidence"]:
        key = (one["unit"], one["kind"], one["number"])
        if one["number"] and key in seen:
            # A code that was used again stands for two units.
            if sum(unit["code"] == one["unit"] for unit in review["units"]) == 1:
                yield f"{key} stands twice"
        seen.add(key)
        if not one["places"] or not all(place["file"] and place["cell"] for place in one["places"]):
            yield f"{key} names no cell"


def sheets(review, path):
    book = openpyxl.load_workbook(path, data_only=True)
    rows = [row for row in book["ĐG1 - Kết quả năm"].iter_rows(values_only=True)
            if isinstance(row[0], (int, float)) and isinstance(row[1], str)]
    if len(rows) != len(review["units"]):
        yield f"{len(rows)} units in the workbook, {len(review['units'])} in the result"
    for row, unit in zip(rows, review["units"]):
        want = (unit["code"], unit["required"], WORDS[unit["verdict"]])
        if (row[1], row[16], row[19]) != want:
            yield f"the workbook has {(row[1], row[16], row[19])}, the result {want}"
        if isinstance(row[17], (int, float)) and row[17] != unit["counted"]:
            yield f"{unit['code']}: counted {row[17]} in the workbook, {unit['counted']} in the result"
    listed = [row for row in book["ĐG7 - Minh chứng"].iter_rows(values_only=True)
              if isinstance(row[0], (int, float)) and isinstance(row[1], str)]
    if len(listed) != len(review["evidence"]):
        yield f"{len(listed)} documents in the workbook, {len(review['evidence'])} in the result"
    if any(row[11] for row in listed):
        yield "the column to tick is not empty"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        review = json.load(file)
    faults = [*figures(review), *documents(review), *sheets(review, sys.argv[2])]
    print(*faults[:50], sep="\n")
    print(f"{len(review['units'])} units, {len(review['evidence'])} documents, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
