#!/usr/bin/env python3
"""Measure `qc17 report` against the peers and the floors in one run, and hold its totals against the corpus's truth.

usage: compare.py [BENCH_FOLDER] [--units 1000] [--petitions 30] [--rounds 3] [--peers calamine,openpyxl,pandas]

BENCH_FOLDER holds make_corpus.py, peer.py and floor.sh; else $QC17_BENCH, else ../shared/bench.
Builds the release binary, makes the corpus once (under target/bench) and runs everything in turn, round after
round, so that a slow moment of the machine hits all. Prints one Markdown table. Exit 1: totals differ from the truth.
"""
import argparse, importlib.util, json, os, pathlib, platform, shutil, subprocess, sys, time

ROOT = pathlib.Path(__file__).resolve().parent.parent
NEEDS = {"calamine": ["python_calamine"], "openpyxl": ["openpyxl"], "pandas": ["pandas", "openpyxl"]}


def run(command, stdout):
    """Seconds, peak resident MB of the largest process, exit status."""
    start = time.monotonic()
    child = subprocess.Popen([str(c) for c in command], stdout=stdout, stderr=subprocess.DEVNULL, cwd=ROOT)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return time.monotonic() - start, usage.ru_maxrss / 1024, child.returncode


def corpus(bench, units, petitions):
    folder = ROOT / "target" / "bench" / f"{units}x{petitions}"
    if not (folder / "truth.json").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        make = [sys.executable, bench / "make_corpus.py", folder, "--units", units, "--petitions", petitions]
        subprocess.run([str(c) for c in make], check=True)
    return folder


def contestants(bench, folder, out, peers):
    release = ROOT / "target" / "release"
    forms = folder / "2021-Q1"
    report = [release / "qc17", "report", forms, "--period", "2021-Q1", "--out", out / "qc17",
              "--units", folder / "units.csv", "--scope", "10"]
    yield "qc17 report", report, (0, 1)
    for peer in peers:
        missing = [m for m in [*NEEDS[peer], "xlsxwriter", "reportlab"] if importlib.util.find_spec(m) is None]
        if missing:
            print(f"SKIPPED: peer {peer}: no Python module {', '.join(missing)}", file=sys.stderr)
        else:
            yield f"peer.py {peer} --jobs 2", [sys.executable, bench / "peer.py", peer, forms, out / peer, "--jobs", 2], (0,)
    yield "floor: inflate only (floor.sh)", ["bash", bench / "floor.sh", forms, 2], (0,)
    yield "floor: inflate and tokenise (examples/floor.rs)", [release / "examples" / "floor", forms], (0,)


def differences(result, truth):
    if not result.is_file():
        yield f"qc17 report wrote no {result.name}"
        return
    found = json.loads(result.read_text(encoding="utf-8"))
    communes = found["totals"]["communes"]
    for key, expected in truth["totals"].items():
        if communes.get(key) != expected:
            yield f"totals.communes.{key}: {communes.get(key)}, truth {expected}"
    units = {unit["code"]: unit for unit in found["units"]}
    for code, expected in truth["units"].items():
        for key, count in expected.items():
            if units.get(code, {}).get(key) != count:
                yield f"unit {code} {key}: {units.get(code, {}).get(key)}, truth {count}"


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("bench", nargs="?", default=os.environ.get("QC17_BENCH", ROOT.parent / "shared" / "bench"))
    ap.add_argument("--units", type=int, default=1000)
    ap.add_argument("--petitions", type=int, default=30)
    ap.add_argument("--rounds", type=int, default=3)
    ap.add_argument("--peers", default="calamine,openpyxl,pandas")
    a = ap.parse_args()
    bench = pathlib.Path(a.bench)
    if not (bench / "make_corpus.py").is_file():
        sys.exit(f"no make_corpus.py in {bench}: give its folder, or set QC17_BENCH")
    subprocess.run(["cargo", "build", "--release", "--locked", "--bin", "qc17", "--example", "floor"], cwd=ROOT, check=True)
    folder = corpus(bench, a.units, a.petitions)
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    field = list(contestants(bench, folder, out, [p for p in a.peers.split(",") if p]))
    best = {}
    for _ in range(a.rounds):
        for name, command, accepted in field:
            seconds, peak, status = run(command, subprocess.DEVNULL)
            if status not in accepted:
                sys.exit(f"{name}: exit status {status}")
            before = best.get(name, (seconds, peak))
            best[name] = (min(before[0], seconds), max(before[1], peak))
    own = best["qc17 report"][0]
    print(f"{a.units} units, {a.petitions} petitions each; {os.cpu_count()} cores, {platform.machine()}, {platform.system()}; "
          f"best of {a.rounds} alternating rounds; peak = largest single process\n")
    print("| what | seconds | times qc17 | peak MB |\n|---|---:|---:|---:|")
    for name, (seconds, peak) in best.items():
        print(f"| {name} | {seconds:.2f} | {seconds / own:.2f} | {peak:.0f} |")
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    wrong = list(differences(out / "qc17" / "ket-qua-2021-Q1.json", truth))
    print("\nTotals and units equal truth.json." if not wrong else "\n" + "\n".join(wrong[:20]))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
