#!/usr/bin/env python3
"""Measure qc17 against the peers and the floors in one run, and hold its totals against the corpus's truth.

usage: compare.py [BENCH_FOLDER] [--units 100,1000,10000] [--rounds 3] [--peers calamine,openpyxl,pandas]
                  [--peer-rounds 1] [--only check,report,review,stages]

BENCH_FOLDER holds peer.py and floor.sh; else $QC17_BENCH, else ../shared/bench.
Builds the release binary and examples, makes the corpora (under target/bench, kept; our own generator makes the cells
of make_corpus.py) and runs everything in turn, round after round, so that a slow moment of the machine hits all.
Prints Markdown tables: each size, each stage, growth with size, goals. Exit 1: totals differ from the truth.
Peak is of the whole process tree: proportional set size, sampled (Linux; elsewhere the largest process).
"""
import argparse, importlib.util, json, os, pathlib, platform, shutil, subprocess, sys, threading, time

ROOT = pathlib.Path(__file__).resolve().parent.parent
RELEASE = ROOT / "target" / "release"
NEEDS = {"calamine": ["python_calamine"], "openpyxl": ["openpyxl"], "pandas": ["pandas", "openpyxl"]}
EXAMPLES = ["floor", "stages", "make-corpus"]
PETITIONS = 30


class Run:
    """One command: seconds of wall time, CPU seconds, peak MB with its children, exit status, output."""

    def __init__(self, command, keep=False):
        start = time.monotonic()
        child = subprocess.Popen([str(c) for c in command], stdout=subprocess.PIPE if keep else subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL, cwd=ROOT)
        self.peak, over = 0.0, threading.Event()
        watch = threading.Thread(target=self.watch, args=(child.pid, over))
        watch.start()
        self.text = child.stdout.read().decode() if keep else ""
        _, status, usage = os.wait4(child.pid, 0)
        self.seconds = time.monotonic() - start
        over.set()
        watch.join()
        child.returncode = self.status = os.waitstatus_to_exitcode(status)
        self.cpu = usage.ru_utime + usage.ru_stime
        self.peak = max(self.peak, usage.ru_maxrss / 1024)

    def watch(self, pid, over):
        while not over.wait(0.02):
            self.peak = max(self.peak, sum(map(resident, tree(pid))) / 1024)


def tree(pid):
    found = [pid]
    for parent in found:
        try:
            for task in os.listdir(f"/proc/{parent}/task"):
                with open(f"/proc/{parent}/task/{task}/children") as children:
                    found += [int(child) for child in children.read().split()]
        except OSError:
            pass
    return found


def resident(pid):
    try:
        with open(f"/proc/{pid}/smaps_rollup") as rollup:
            return next((int(line.split()[1]) for line in rollup if line.startswith("Pss:")), 0)
    except OSError:
        return 0


def corpus(units, quarters=1):
    folder = ROOT / "target" / "bench" / f"{units}x{PETITIONS}"
    wanted = range(quarters, 0, -1)
    if any(not (folder / f"2021-Q{quarter}").is_dir() for quarter in wanted) or not (folder / "truth.json").is_file():
        for quarter in wanted:  # the first one last: each writes its truth, and that one's is held against
            command = [RELEASE / "examples" / "make-corpus", folder, "--units", units, "--petitions", PETITIONS,
                       "--period", f"2021-Q{quarter}", "--seed", quarter]
            subprocess.run([str(c) for c in command], check=True)
    return folder


def contestants(bench, folder, out, peers, only):
    """Name, command, accepted exit statuses, whether it is a peer."""
    forms, qc17 = folder / "2021-Q1", RELEASE / "qc17"
    about = ["--period", "2021-Q1", "--units", folder / "units.csv", "--scope", "10"]
    if "check" in only:
        yield "qc17 check", [qc17, "check", forms, *about], (0, 1), False
    if "report" in only:
        yield "qc17 report", [qc17, "report", forms, *about, "--out", out / "qc17"], (0, 1), False
    if "review" in only:
        quarters = [folder / f"2021-Q{quarter}" for quarter in range(1, 5)]
        yield "qc17 review (4 quarters)", [qc17, "review", *quarters, "--year", "2021", "--units", folder / "units.csv",
                                           "--scope", "10", "--out", out / "review"], (0, 1), False
    yield "floor: inflate only (floor.sh)", ["bash", bench / "floor.sh", forms, 2], (0,), False
    yield "floor: inflate and tokenise (examples/floor.rs)", [RELEASE / "examples" / "floor", forms], (0,), False
    for peer in peers:
        yield f"peer.py {peer} --jobs 2", [sys.executable, bench / "peer.py", peer, forms, out / peer, "--jobs", 2], (0,), True


def usable(peer):
    missing = [m for m in [*NEEDS[peer], "xlsxwriter", "reportlab"] if importlib.util.find_spec(m) is None]
    if missing:
        print(f"SKIPPED: peer {peer}: no Python module {', '.join(missing)}", file=sys.stderr)
    return not missing


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


def measure(bench, units, a, peers, only):
    """The best time, least CPU time and highest peak of each contestant over the rounds."""
    folder = corpus(units, 4 if "review" in only else 1)
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    best = {}
    for turn in range(max(a.rounds, a.peer_rounds)):
        for name, command, accepted, is_peer in contestants(bench, folder, out, peers, only):
            if turn >= (a.peer_rounds if is_peer else a.rounds):
                continue
            run = Run(command)
            if run.status not in accepted:
                sys.exit(f"{name}: exit status {run.status}")
            print(f"{units} units, round {turn + 1}: {name}: {run.seconds:.2f} s", file=sys.stderr)
            seconds, cpu, peak = best.get(name, (run.seconds, run.cpu, run.peak))
            best[name] = (min(seconds, run.seconds), min(cpu, run.cpu), max(peak, run.peak))
    wrong = []
    if "report" in only:
        truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
        wrong = list(differences(out / "qc17" / "ket-qua-2021-Q1.json", truth))
    return best, wrong


def table(units, best):
    own = best.get("qc17 report", (0, 0, 0))[0]
    print(f"\n| {units} units, {PETITIONS} petitions each | seconds | CPU s | times qc17 report | peak MB |")
    print("|---|---:|---:|---:|---:|")
    for name, (seconds, cpu, peak) in best.items():
        ratio = f"{seconds / own:.2f}" if own else "–"
        print(f"| {name} | {seconds:.2f} | {cpu:.2f} | {ratio} | {peak:.0f} |")


def growth(sizes, found):
    print("\n| growth | " + " | ".join(f"{units} units" for units in sizes) + " |\n|---|" + "---:|" * len(sizes))
    for name in ["qc17 check", "qc17 report", "qc17 review (4 quarters)"]:
        rows = [found[units].get(name) for units in sizes]
        if all(rows):
            for what, at in (("ms", 0), ("CPU ms", 1)):
                cells = " | ".join(f"{1000 * row[at] / units:.3f}" for row, units in zip(rows, sizes))
                print(f"| {name}, {what} per unit | {cells} |")
            print(f"| {name}, peak MB | " + " | ".join(f"{row[2]:.0f}" for row in rows) + " |")


def stages(units):
    folder = corpus(units)
    lines = Run([RELEASE / "examples" / "stages", folder / "2021-Q1", folder / "units.csv"], keep=True).text.splitlines()
    print(f"\n| stage, {units} units, one core | µs per unit |\n|---|---:|")
    for words in (line.split() for line in lines[1:]):
        print(f"| {words[0]} | {words[1]} |")


def goals(sizes, found):
    largest = found[sizes[-1]]

    def ratio(over, under):
        return largest[over][0] / largest[under][0] if over in largest and under in largest else None

    print(f"\n| goal, at {sizes[-1]} units | wanted | found |\n|---|---:|---:|")
    floor = "floor: inflate and tokenise (examples/floor.rs)"
    for what, wanted, value in [
        ("peer calamine / report", "≥ 10", ratio("peer.py calamine --jobs 2", "qc17 report")),
        ("peer openpyxl / report", "≥ 25", ratio("peer.py openpyxl --jobs 2", "qc17 report")),
        ("check / inflate and tokenise", "≤ 2", ratio("qc17 check", floor)),
    ]:
        print(f"| {what} | {wanted} | {'not measured' if value is None else f'{value:.1f}'} |")
    if "qc17 report" in largest:
        print(f"| report, peak MB | < 400 | {largest['qc17 report'][2]:.0f} |")
        if len(sizes) > 1:
            each = [found[units]["qc17 report"][1] / units for units in sizes[-2:]]
            print(f"| report, CPU per unit, {sizes[-1]} to {sizes[-2]} | ≤ 1.1 | {each[1] / each[0]:.2f} |")
    quarter = [RELEASE / "qc17", "report", ROOT / "fixtures" / "2021-Q1", "--period", "2021-Q1", "--out",
               ROOT / "target" / "bench" / "quarter"]
    print(f"| a province's quarter (fixtures/2021-Q1), s | < 0.4 | {min(Run(quarter).seconds for _ in range(5)):.2f} |")
    version = [RELEASE / "qc17", "--version"]
    print(f"| --version, ms | < 10 | {1000 * min(Run(version).seconds for _ in range(10)):.1f} |")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("bench", nargs="?", default=os.environ.get("QC17_BENCH", ROOT.parent / "shared" / "bench"))
    ap.add_argument("--units", default="100,1000,10000")
    ap.add_argument("--rounds", type=int, default=3)
    ap.add_argument("--peer-rounds", type=int, default=1)
    ap.add_argument("--peers", default="calamine,openpyxl,pandas")
    ap.add_argument("--only", default="check,report,review,stages")
    a = ap.parse_args()
    bench, only = pathlib.Path(a.bench), a.only.split(",")
    sizes = sorted(int(units) for units in a.units.split(","))
    if not (bench / "peer.py").is_file():
        sys.exit(f"no peer.py in {bench}: give its folder, or set QC17_BENCH")
    build = ["cargo", "build", "--release", "--locked", "--bin", "qc17"]
    subprocess.run([*build, *(word for example in EXAMPLES for word in ("--example", example))], cwd=ROOT, check=True)
    peers = [peer for peer in a.peers.split(",") if peer and usable(peer)]
    found, wrong = {}, []
    for units in sizes:
        found[units], bad = measure(bench, units, a, peers, only)
        wrong += [f"{units} units: {line}" for line in bad]
    print(f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}; best of {a.rounds} alternating rounds, "
          f"peers {a.peer_rounds}; peak: the process tree's")
    for units in sizes:
        table(units, found[units])
    growth(sizes, found)
    if "stages" in only:
        stages(min(sizes, key=lambda units: abs(units - 1000)))
    goals(sizes, found)
    print("\nTotals and units equal truth.json." if not wrong else "\n" + "\n".join(wrong[:20]))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
