#!/usr/bin/env python3
"""Set the first page of a Party report once more in LibreOffice Writer by the same rules, and compare where the words stand.

usage: pdf_beside_writer.py FILE.pdf [--keep FOLDER]
Every line of running text must hold the same words and begin and end within 0.7 mm of Writer's; the letterhead's and the
title's lines must be centred within 1 mm of Writer's; the distance of the lines within 0.2 mm.
Exit 0: all holds. 1: a fault, each on a line. 3: poppler or LibreOffice Writer is not installed.
"""
import pathlib, re, shutil, subprocess, sys, tempfile
from xml.sax.saxutils import escape

MM = 25.4 / 72
BOX = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>')
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="S" svg:font-family="'Liberation Serif'"/></office:font-face-decls>
<office:automatic-styles>
<style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm"
 fo:margin-top="20mm" fo:margin-bottom="20mm" fo:margin-left="30mm" fo:margin-right="15mm"/></style:page-layout>
<style:style style:name="T" style:family="table"><style:table-properties style:width="165mm" table:align="left"/></style:style>
<style:style style:name="L" style:family="table-column"><style:table-column-properties style:column-width="75.9mm"/></style:style>
<style:style style:name="R" style:family="table-column"><style:table-column-properties style:column-width="89.1mm"/></style:style>
<style:style style:name="C" style:family="table-cell"><style:table-cell-properties fo:padding="0mm" fo:border="none"/></style:style>
%s</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4"/></office:master-styles>
<office:body><office:text>
"""


def style(name, size, align, bold=False, italic=False, leading=None, first=0, before=0, after=0):
    text = f'style:font-name="S" fo:font-size="{size}pt" style:letter-kerning="true" fo:language="vi" fo:country="VN"'
    text += ' fo:font-weight="bold"' * bold + ' fo:font-style="italic"' * italic
    height = f' fo:line-height="{leading}pt"' if leading else ""
    return (f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties fo:text-align="{align}"{height}'
            f' fo:text-indent="{first}mm" fo:margin-top="{before}pt" fo:margin-bottom="{after}pt" fo:orphans="2" fo:widows="2"/>'
            f'<style:text-properties {text}/></style:style>\n')


STYLES = "".join([
    style("superior", 14, "center"), style("issuer", 14, "center", bold=True), style("party", 15, "center", bold=True),
    style("date", 14, "center", italic=True), style("kind", 16, "center", bold=True),
    style("subject", 14, "center", bold=True, leading=18), style("mark", 14, "center"),
    style("body", 14, "justify", leading=18, first=10, after=5),
    style("heading", 14, "justify", bold=True, leading=18, first=10, before=3, after=5),
])


def words(pdf):
    out = subprocess.run(["pdftotext", "-bbox", "-f", "1", "-l", "1", pdf, "-"], capture_output=True, text=True, encoding="utf-8")
    found = []
    for line in out.stdout.splitlines():
        if match := BOX.search(line):
            left, top, right, bottom = (float(n) * MM for n in match.groups()[:4])
            found.append((left, top, right, bottom, match.group(5)))
    return found


def lines(found):
    """Words that stand on one baseline side by side, from the top; the letterhead's two sides apart."""
    rows = []
    for word in sorted(found, key=lambda word: (round(word[3], 1), word[0])):
        for row in rows:
            last = row[-1]
            if abs(last[3] - word[3]) < 1 and -1 < word[0] - last[2] < 16:
                row.append(word)
                break
        else:
            rows.append([word])
    return {" ".join(word[4] for word in row): (row[0][0], row[-1][2], row[0][3]) for row in rows}


def paragraphs(pdf):
    """The report's paragraphs in order, from its tags."""
    out = subprocess.run(["pdfinfo", "-struct-text", pdf], capture_output=True, text=True, encoding="utf-8").stdout
    tag, items, label = None, [], ""
    for line in out.splitlines():
        if opened := re.match(r"\s*(\w+)\b.*:?$", line):
            tag = opened[1] if not line.strip().startswith('"') else tag
        if text := re.match(r'\s*"(.*)"$', line):
            if tag == "Lbl":
                label = text[1]
            else:
                items.append((tag, label + text[1].strip()))
                label = ""
    return items


def written(items):
    texts = [text for tag, text in items if tag == "P"][:7]
    draft, superior, issuer, star, number, party, date = texts
    kind, subject = next(text for tag, text in items if tag == "H1").split(" ", 2)[:2], next(
        text for tag, text in items if tag == "H1").split(" ", 2)[2]
    half = subject.index(" theo Quy chế")
    p = lambda name, text: f'<text:p text:style-name="{name}">{spaced(text)}</text:p>\n'
    cell = lambda *inner: f'<table:table-cell table:style-name="C">{"".join(inner)}</table:table-cell>'
    out = [HEAD % STYLES, '<table:table table:style-name="T"><table:table-column table:style-name="L"/>'
           '<table:table-column table:style-name="R"/><table:table-row>',
           cell(p("superior", superior), p("issuer", issuer), p("superior", star), p("superior", number)),
           cell(p("party", party), p("date", ""), p("date", date)), "</table:table-row></table:table>",
           p("mark", ""), p("kind", " ".join(kind)), p("subject", subject[:half]), p("subject", subject[half + 1:]), p("mark", "-----")]
    after = items[items.index(("P", "-----")) + 1:]
    for tag, text in after[:14]:
        if tag in ("P", "LBody"):
            out.append(p("body", text))
        elif tag.startswith("H"):
            out.append(p("heading", text))
    return "".join(out) + "</office:text></office:body></office:document>"


def spaced(text):
    return re.sub(r" {2,}", lambda run: f' <text:s text:c="{len(run[0]) - 1}"/>', escape(text))


def compare(ours, theirs):
    shared = [text for text in ours if text in theirs]
    running = [text for text in shared if ours[text][0] < 45 and len(text) > 40]
    if len(running) < 12:
        yield f"only {len(running)} lines of running text hold the same words"
    for text in shared:
        (left, right, _), (other_left, other_right, _) = ours[text], theirs[text]
        centred = text not in running
        off = abs((left + right) - (other_left + other_right)) / 2 if centred else max(
            abs(left - other_left), abs(right - other_right))
        if off > (1.0 if centred else 0.7):
            yield f"{off:.2f} mm beside Writer's place: {text}"
    for name in ("ĐẢNG CỘNG SẢN VIỆT NAM", "BÁO CÁO"):
        if name not in shared:
            yield f"not set alike: {name}"
    order = sorted(running, key=lambda text: ours[text][2])
    for above, below in zip(order, order[1:]):
        step, other = ours[below][2] - ours[above][2], theirs[below][2] - theirs[above][2]
        if 0 < step < 7 and abs(step - other) > 0.2:
            yield f"{step:.2f} mm below the line above, in Writer {other:.2f}: {below}"


def main():
    if len(sys.argv) not in (2, 4):
        sys.exit(__doc__)
    missing = [name for name in ("pdftotext", "pdfinfo", "soffice", "lowriter") if not shutil.which(name)]
    if missing:
        print(f"SKIPPED: not installed: {', '.join(missing)}", file=sys.stderr)
        sys.exit(3)
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(sys.argv[3] if len(sys.argv) == 4 else scratch)
        source = folder / "beside.fodt"
        source.write_text(written(paragraphs(sys.argv[1])), encoding="utf-8")
        subprocess.run(["soffice", f"-env:UserInstallation=file://{scratch}/profile", "--headless", "--convert-to", "pdf",
                        "--outdir", str(folder), str(source)], capture_output=True, timeout=180, check=True)
        ours, theirs = lines(words(sys.argv[1])), lines(words(str(source.with_suffix(".pdf"))))
    faults = list(compare(ours, theirs))
    for fault in faults:
        print(fault)
    print(f"{sys.argv[1]}: {len(set(ours) & set(theirs))} of {len(ours)} lines stand as in Writer, {len(faults)} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
