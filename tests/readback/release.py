#!/usr/bin/env python3
"""Read the release archive back: sums, program, manual pages, completions, licences, list of materials.

    release.py FOLDER
"""

import hashlib
import json
import pathlib
import subprocess
import sys
import tarfile
import tempfile

COMMANDS = ("report", "check", "feedback", "form", "review", "owed", "ledger", "trace", "rules", "explain", "profile", "office")


def same_sums(folder):
    """Every file is listed with its right sum, and nothing else is."""
    listed = dict(reversed(line.split("  ", 1)) for line in (folder / "SHA256SUMS").read_text().splitlines())
    found = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()} - {"SHA256SUMS"}
    found = {name for name in found if not name.startswith("manual/")}
    assert found == set(listed), found ^ set(listed)
    for name, digest in listed.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name


def manual(top):
    """Every command has its page; set by groff, the headings and the words are Vietnamese, accents and all."""
    pages = {page.stem: page for page in (top / "man/vi/man1").glob("*.1")}
    assert {"qc17", *(f"qc17-{command}" for command in COMMANDS)} <= set(pages), sorted(pages)
    for name, page in pages.items():
        words = ["groff", "-K", "utf8", "-T", "utf8", "-man", "-P", "-cbou", "-ww", str(page)]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
        assert not done.stderr, (name, done.stderr)
        for heading in ("TÊN", "CÁCH DÙNG"):
            assert f"\n{heading}\n" in done.stdout, (name, heading, done.stdout[:400])
        for english in ("NAME\n", "SYNOPSIS", "OPTIONS", "SUBCOMMANDS", "[default", "possible values"):
            assert english not in done.stdout, (name, english)
    shown = subprocess.run(["groff", "-K", "utf8", "-T", "utf8", "-man", "-P", "-cbou", str(pages["qc17-report"])], capture_output=True, text=True, check=True).stdout
    assert "Thư mục ghi kết quả" in shown and "--feedback" in shown, shown


def completions(top):
    """Bash takes the file and offers the commands."""
    names = {path.name for path in (top / "completions").iterdir()}
    assert names == {"_qc17", "_qc17.ps1", "qc17.bash", "qc17.fish"}, names
    ask = f'source "{top}/completions/qc17.bash"; COMP_WORDS=(qc17 ""); COMP_CWORD=1; _qc17 qc17 "" qc17; echo "${{COMPREPLY[@]}}"'
    offered = subprocess.run(["bash", "-c", ask], capture_output=True, text=True, check=True).stdout.split()
    assert set(COMMANDS) <= set(offered), offered


def materials(top, binary):
    """The list is whole: everything that anything depends on is listed, and every direct dependency of ours."""
    sbom = json.loads((top / "qc17.cdx.json").read_text(encoding="utf-8"))
    assert (sbom["bomFormat"], sbom["specVersion"]) == ("CycloneDX", "1.5")
    own = sbom["metadata"]["component"]
    assert own["hashes"][0]["content"] == hashlib.sha256(binary.read_bytes()).hexdigest()
    refs = [component["bom-ref"] for component in sbom["components"]]
    assert len(set(refs)) == len(refs) > 100
    known = {own["bom-ref"], *refs}
    uses = {one["ref"]: one["dependsOn"] for one in sbom["dependencies"]}
    assert set(uses) == known and all(set(deps) <= known for deps in uses.values())
    names = {component["name"] for component in sbom["components"]}
    assert {"calamine", "clap", "rust_xlsxwriter", "printpdf"} <= names
    assert not {"proptest", "clap_complete", "clap_mangen", "assert_cmd"} & names, "what only tests use is not in the program"
    assert all(component["licenses"] for component in sbom["components"])
    notice = (top / "licenses/THIRD-PARTY.txt").read_text(encoding="utf-8")
    for component in sbom["components"]:
        assert f"\n{component['name']} {component['version']}: " in notice, component["name"]


def handbook(top):
    """The handbook came with every picture that it shows."""
    text = (top / "huong-dan.md").read_text(encoding="utf-8")
    for link in (part.split(")")[0] for part in text.split("](")[1:]):
        if "hinh/" in link:
            assert (top / link).is_file(), link


def main():
    folder = pathlib.Path(sys.argv[1])
    same_sums(folder)
    (packed,) = folder.glob("*.tar.gz")
    with tempfile.TemporaryDirectory() as scratch, tarfile.open(packed) as tar:
        assert all(entry.isfile() and entry.uid == entry.gid == 0 for entry in tar)
        tar.extractall(scratch, filter="data")
        top = pathlib.Path(scratch) / packed.name.removesuffix(".tar.gz")
        same_sums(top)
        binary = top / "qc17"
        version = subprocess.run([binary, "--version"], capture_output=True, text=True, check=True).stdout
        assert packed.name.startswith("qc17-" + version.split()[1] + "-"), version
        manual(top)
        completions(top)
        materials(top, binary)
        handbook(top)
        linked = subprocess.run(["ldd", str(binary)], capture_output=True, text=True).stdout.split("\n")
        print(f"{packed.name}: {packed.stat().st_size:,} bytes; program {binary.stat().st_size:,} bytes")
        print("linked with:", ", ".join(line.split()[0] for line in linked if line.strip()) or "nothing")


if __name__ == "__main__":
    main()
