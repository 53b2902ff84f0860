#!/usr/bin/env python3
"""Read a PDF back with qpdf and poppler: a clean file, embedded fonts, text that can be searched, nothing off the page.

usage: check_pdf.py FILE.pdf [--sentence TEXT]... [--sentences FILE]
Exit 0: all holds. 1: a fault, each on a line. 2: no such file. 3: qpdf or poppler is not installed.
"""
import argparse, collections, pathlib, re, shutil, subprocess, sys, unicodedata

SLACK = 0.5  # points that a word's box may reach over the edge
BOX = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>')
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">')


def tool(*command):
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    return done.returncode, done.stdout, done.stderr


def structure(pdf):
    status, out, err = tool("qpdf", "--check", pdf)
    if status:
        yield f"qpdf --check: status {status}: {(err or out).strip()[:300]}"


def fonts(pdf):
    lines = tool("pdffonts", pdf)[1].splitlines()[2:]
    if not lines:
        yield "pdffonts: no font at all"
    for line in lines:
        flags = re.search(r"\s(yes|no)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+\s*$", line)
        if not flags or flags.groups() != ("yes", "yes", "yes"):
            yield f"pdffonts: not embedded, subset and with a Unicode map: {line.strip()}"


def squeezed(text):
    return re.sub(r"\s+", " ", text).strip()


def sentences(pdf, wanted):
    text = tool("pdftotext", "-enc", "UTF-8", pdf, "-")[1]
    if not text.strip():
        yield "pdftotext: no text"
    if text != unicodedata.normalize("NFC", text):
        yield "pdftotext: text is not in NFC"
    for odd in sorted({c for c in text if c == "\ufffd" or unicodedata.category(c) == "Co"}):
        yield f"pdftotext: character U+{ord(odd):04X} stands for no letter"
    flat = squeezed(text)
    for sentence in wanted:
        if squeezed(sentence) not in flat:
            yield f"pdftotext: sentence not found: {sentence}"


def overlap(a, b):
    """The share of the smaller box that the other one covers."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    smaller = min((x[2] - x[0]) * (x[3] - x[1]) for x in (a, b))
    return width * height / smaller if smaller > 0 else 0.0


def layout(pdf):
    page, size, words = 0, (0.0, 0.0), collections.defaultdict(list)
    for line in tool("pdftotext", "-bbox", pdf, "-")[1].splitlines():
        if found := PAGE.search(line):
            page, size = page + 1, tuple(map(float, found.groups()))
        elif found := BOX.search(line):
            box, word = tuple(map(float, found.groups()[:4])), found.group(5)
            words[page].append((box, word))
            if box[0] < -SLACK or box[1] < -SLACK or box[2] > size[0] + SLACK or box[3] > size[1] + SLACK:
                yield f"page {page}: outside the page: {word}"
    if not page:
        yield "pdftotext -bbox: no page"
    for page, boxes in words.items():
        boxes.sort(key=lambda item: item[0][1])
        for i, (box, word) in enumerate(boxes):
            for other, second in boxes[i + 1:]:
                if other[1] >= box[3]:
                    break
                if overlap(box, other) > 0.3:
                    yield f"page {page}: words on top of each other: {word} / {second}"


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("pdf")
    ap.add_argument("--sentence", action="append", default=[])
    ap.add_argument("--sentences", type=pathlib.Path, help="a file with one sentence on a line")
    a = ap.parse_args()
    missing = [name for name in ("qpdf", "pdffonts", "pdftotext") if not shutil.which(name)]
    if missing:
        print(f"SKIPPED: not installed: {', '.join(missing)}", file=sys.stderr)
        sys.exit(3)
    if not pathlib.Path(a.pdf).is_file():
        print(f"no such file: {a.pdf}", file=sys.stderr)
        sys.exit(2)
    wanted = list(a.sentence)
    if a.sentences:
        wanted += [line for line in a.sentences.read_text(encoding="utf-8").splitlines() if line.strip()]
    faults = [*structure(a.pdf), *fonts(a.pdf), *sentences(a.pdf, wanted), *layout(a.pdf)]
    for fault in faults[:50]:
        print(fault)
    print(f"{a.pdf}: {len(faults)} faults, {len(wanted)} sentences looked for")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
