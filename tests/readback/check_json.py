#!/usr/bin/env python3
"""Read the machine-readable result back: keys and their order, sorting, sums of each level, the quota ledger; with --truth its figures and findings.

usage: check_json.py ket-qua-2021-Q1.json [--truth fixtures/2021-Q1.truth.json | truth.json of a corpus]
Exit 0: all holds. 1: a fault, each on a line. 2: a file cannot be read.
"""
import argparse, json, re, sys, unicodedata

COUNTS = ["required", "counted", "periodic", "ad_hoc", "by_secretary", "by_chairman", "by_both", "by_deputy", "attendees", "opinions",
          "answered", "resolved", "pending", "unresolved", "forwarded", "notices_on_time", "notices_late", "notices_missing"]
KEYS = {
    "result": ["tool", "profile", "period", "as_of", "scope", "files", "units", "totals", "diagnostics",
               "ledger", "unchecked", "explanations", "changes"],
    "tool": ["name", "version"],
    "profile": ["id", "sha256", "status"],
    "files": ["path", "sha256", "form", "unit", "status", "received", "received_last"],
    "units": ["code", "name", "level", "parent", "submission", "verdict", *COUNTS, "incomplete"],
    "totals": ["province", "districts", "communes"],
    "level": [*COUNTS, "incomplete"],
    "diagnostics": ["code", "severity", "unit", "file", "sheet", "cell", "value", "message", "help",
                    "slug", "key", "explanation"],
    "ledger": ["unit", "quota", "owed", "held", "counted", "short", "heads", "meetings", "note"],
    "unchecked": ["code", "unit", "file", "sheet", "cell", "blocked_by", "reason", "slug"],
    "explanations": ["code", "unit", "period", "place", "reason", "decision", "by", "date", "until", "status", "findings", "file", "line"],
}
LEVELS = {"province": "province", "district": "districts", "commune": "communes"}
WORDS = {
    "status": {"used", "superseded", "rejected", "ignored"},
    "submission": {"on_time", "late", "undated", "nothing_to_report", "unreadable", "missing", "not_owed"},
    "verdict": {"dat", "chua_dat", "chua_dat_co_ly_do", "chua_xac_dinh", "chua_nop", "khong_thuoc_dien"},
    "severity": {"error", "warning", "info"},
    "level": set(LEVELS),
}


def shape(result):
    objects = [("result", result), ("tool", result["tool"]), ("profile", result["profile"]), ("totals", result["totals"])]
    objects += [("level", level) for level in result["totals"].values()]
    objects += [(name, item) for name in ("files", "units", "diagnostics", "ledger", "unchecked", "explanations") for item in result[name]]
    for name, item in objects:
        keys = list(item)
        if keys[: len(KEYS[name])] != KEYS[name]:
            yield f"{name}: keys {keys}, expected first {KEYS[name]}"
            return
        for key, words in WORDS.items():
            if isinstance(item.get(key), str) and item[key] not in words and not (name == "profile" and key == "status"):
                yield f"{name}: {key} is {item[key]!r}"
    for finding in result["diagnostics"]:
        if not re.fullmatch(r"[A-Z]{2,3}\d\d", finding["code"]) or not finding["message"] or not finding["help"]:
            yield f"diagnostic without code, message or help: {finding}"


def order(result):
    def rising(name, keys):
        for before, after in zip(keys, keys[1:]):
            if before > after:
                yield f"{name}: {after} after {before}"

    def path(text):
        return unicodedata.normalize("NFC", text or "").encode()

    def place(finding):
        cell = re.fullmatch(r"([A-Z]+)(\d+)", finding["cell"] or "")
        column = cell.group(1) if cell else ""
        return (int(cell.group(2)) if cell else 0, len(column), column, finding["code"])

    yield from rising("files", [path(file["path"]) for file in result["files"]])
    yield from rising("units", [unit["code"] for unit in result["units"]])
    findings = result["diagnostics"]
    yield from rising("diagnostics by file", [path(finding["file"]) for finding in findings])
    yield from rising("diagnostics without a file, by unit", [f["unit"] or "" for f in findings if f["file"] is None])
    groups = {}
    runs = [(f["file"], f["sheet"]) for f in findings if f["file"] is not None]
    if len([run for i, run in enumerate(runs) if i == 0 or runs[i - 1] != run]) != len(set(runs)):
        yield "diagnostics: the findings of one sheet do not stand together"
    for finding in findings:
        if finding["file"] is not None:
            groups.setdefault((finding["file"], finding["sheet"]), []).append(place(finding))
    for group, places in groups.items():
        yield from rising(f"diagnostics of {group}", places)


def sums(result):
    for level, name in LEVELS.items():
        units = [unit for unit in result["units"] if unit["level"] == level]
        total = result["totals"][name]
        for key in COUNTS:
            given = [unit[key] for unit in units if unit[key] is not None]
            if (total[key] or 0) != sum(given):
                yield f"totals.{name}.{key}: {total[key]}, sum of the units {sum(given)}"
        missed = {key for unit in units for key in unit["incomplete"]} - set(total["incomplete"])
        if missed:
            yield f"totals.{name}.incomplete does not name {sorted(missed)}"
    for unit in result["units"]:
        parts = [unit[key] for key in ("by_secretary", "by_chairman", "by_both", "by_deputy")]
        held = [unit["periodic"], unit["ad_hoc"]]
        if None not in parts + held and not unit["incomplete"] and sum(parts) != sum(held):
            yield f"unit {unit['code']}: chaired {sum(parts)}, held {sum(held)}"
    codes = [unit["code"] for unit in result["units"]]
    if len(codes) != len(set(codes)):
        yield "a unit stands twice"


def accounts(result):
    units = {unit["code"]: unit for unit in result["units"]}
    if [account["unit"] for account in result["ledger"]] != list(units):
        yield "ledger: not one account for each unit"
        return
    for account in result["ledger"]:
        unit, code = units[account["unit"]], account["unit"]
        said = (account["owed"], account["counted"], account["held"]["periodic"], account["held"]["ad_hoc"])
        if said != tuple(unit[key] for key in ("required", "counted", "periodic", "ad_hoc")):
            yield f"ledger {code}: {said} differs from the unit's figures"
        counting = [meeting for meeting in account["meetings"] if meeting["counted"]]
        heads = {head["head"]: head["counted"] for head in account["heads"]}
        for head, counted in heads.items():
            if counted is not None and counted != sum(head in meeting["heads"] for meeting in counting):
                yield f"ledger {code}: {head} has {counted}, the meetings say otherwise"
        each = account["quota"] is not None and account["quota"]["counted"] == "each_head"
        expected = min(heads.values()) if each and counting else len(counting)
        if account["meetings"] and account["counted"] != expected:
            yield f"ledger {code}: counted {account['counted']}, by its meetings {expected}"
        if not all(meeting["reason"] for meeting in account["meetings"]):
            yield f"ledger {code}: a meeting without a reason"


def against_corpus(result, truth):
    units = {unit["code"]: unit for unit in result["units"]}
    for key, count in truth["totals"].items():
        if result["totals"]["communes"][key] != count:
            yield f"totals.communes.{key}: {result['totals']['communes'][key]}, truth {count}"
    for code, counts in truth["units"].items():
        for key, count in counts.items():
            if units.get(code, {}).get(key) != count:
                yield f"unit {code} {key}: {units.get(code, {}).get(key)}, truth {count}"


def against_fixture(result, truth):
    units = {unit["code"]: unit for unit in result["units"]}
    expected_codes = [unit["code"] for unit in truth["units"]]
    if sorted(units) != sorted(expected_codes):
        yield f"units differ: {sorted(set(units) ^ set(expected_codes))}"
    for expected in truth["units"]:
        unit, name = units.get(expected["code"], {}), f"unit {expected['code']} ({expected['case']})"
        for key in ["name", "level", "parent", "submission", "verdict", *COUNTS]:
            if unit.get(key) != expected[key]:
                yield f"{name} {key}: {unit.get(key)!r}, truth {expected[key]!r}"
        if unit.get("incomplete") != expected["incomplete"]:
            yield f"{name} incomplete: {unit.get('incomplete')}, truth {expected['incomplete']}"
    for level in LEVELS.values():
        for key in COUNTS:
            if (result["totals"][level][key] or 0) != truth["totals"][level][key]:
                yield f"totals.{level}.{key}: {result['totals'][level][key]}, truth {truth['totals'][level][key]}"
        if result["totals"][level]["incomplete"] != truth["totals"][level]["incomplete"]:
            yield f"totals.{level}.incomplete: {result['totals'][level]['incomplete']}, truth {truth['totals'][level]['incomplete']}"
    yield from findings(result, truth)


def findings(result, truth):
    for wanted in truth["findings"]:
        same = [f for f in result["diagnostics"] if f["code"] == wanted["code"] and f["unit"] == wanted["unit"]]
        if wanted["file"] is not None:
            same = [f for f in same if (f["file"] or "").endswith(wanted["file"])]
        if wanted["cell"] is not None:
            same = [f for f in same if f["cell"] == wanted["cell"]]
        if not same:
            yield f"no finding {wanted}"
    allowed = {(wanted["code"], wanted["unit"]) for wanted in truth["findings"]}
    clean = {unit["code"] for unit in truth["units"] if unit["case"] in ("clean", "counts-only")}
    for finding in result["diagnostics"]:
        if (finding["code"], finding["unit"]) in allowed:
            continue
        words = f"{finding['code']} unit {finding['unit']} {finding['file']} {finding['cell']}: {finding['message']}"
        if finding["unit"] in clean:
            yield f"finding at a clean unit: {words}"
        else:
            print(f"note: further finding {words}")


def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError) as error:
        print(f"cannot read {path}: {error}", file=sys.stderr)
        sys.exit(2)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("result")
    ap.add_argument("--truth")
    a = ap.parse_args()
    result = read(a.result)
    faults = list(shape(result))
    if not faults:
        faults += [*order(result), *sums(result), *accounts(result)]
        if a.truth:
            truth = read(a.truth)
            faults += against_fixture(result, truth) if isinstance(truth["units"], list) else against_corpus(result, truth)
    for fault in faults[:100]:
        print(fault)
    print(f"{a.result}: {len(faults)} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
