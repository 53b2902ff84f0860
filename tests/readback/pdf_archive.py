#!/usr/bin/env python3
"""Read a PDF back with pikepdf: what can be checked of PDF/A-2a (ISO 19005-2) and of its tags without a validator.

usage: pdf_archive.py [--breakable] FILE.pdf...
--breakable: breaks a copy of each file in many ways and wants every one noticed.
Exit 0: all holds. 1: a fault, each on a line. 3: pikepdf or fontTools is not installed.
"""
import collections, io, re, sys
import xml.etree.ElementTree as ET

try:
    import pikepdf
    from fontTools.ttLib import TTFont
except ImportError as absent:
    print(f"SKIPPED: not installed: {absent.name}", file=sys.stderr)
    sys.exit(3)

Name = pikepdf.Name
BLOCKS = {"Document", "Part", "Sect", "Div", "H1", "H2", "H3", "H4", "H5", "H6", "P", "L", "LI", "Lbl", "LBody", "Table",
          "THead", "TBody", "TR", "TH", "TD", "Figure", "Link", "Caption"}
PARENTS = {"LI": {"L"}, "Lbl": {"LI"}, "LBody": {"LI"}, "THead": {"Table"}, "TBody": {"Table"},
           "TR": {"Table", "THead", "TBody"}, "TH": {"TR"}, "TD": {"TR"}}
NS = {"rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "dc": "http://purl.org/dc/elements/1.1/",
      "pdf": "http://ns.adobe.com/pdf/1.3/", "xmp": "http://ns.adobe.com/xap/1.0/",
      "pdfaid": "http://www.aiim.org/pdfa/ns/id/"}
TEXT = {"Tj", "TJ", "'", '"'}
PAINT = TEXT | {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "EI"}
KNOWN = PAINT | {"q", "Q", "cm", "w", "J", "j", "M", "d", "ri", "i", "gs", "m", "l", "c", "v", "y", "h", "re", "W", "W*",
                 "n", "BT", "ET", "Tc", "Tw", "Tz", "TL", "Tf", "Tr", "Ts", "Td", "TD", "Tm", "T*", "CS", "cs", "SC",
                 "SCN", "sc", "scn", "G", "g", "RG", "rg", "K", "k", "BMC", "BDC", "EMC", "MP", "DP", "BI", "ID"}


def bytes_of_file(data):
    """6.1.2 header, 6.1.3 trailer, 6.1.7 streams, 6.1.9 objects."""
    if not re.match(rb"%PDF-1\.[0-7]\n%[\x80-\xff]{4,}\n", data):
        yield "6.1.2: header and binary comment"
    if not re.search(rb"startxref\n\d+\n%%EOF\n?$", data):
        yield "6.1.3: something stands after %%EOF"
    for found in re.finditer(rb"(\d+) 0 obj\n<<(.*?)>>\nstream\n", data, re.S):
        length = re.search(rb"/Length (\d+)", found[2])
        end = found.end() + int(length[1])
        if data[end:end + 18] != b"\nendstream\nendobj\n":
            yield f"6.1.7.1: object {found[1].decode()}: /Length is not the stream's"


def trailer(pdf):
    if pdf.is_encrypted or "/Encrypt" in pdf.trailer:
        yield "6.1.3: encrypted"
    ids = [bytes(part) for part in pdf.trailer.get("/ID", [])]
    if len(ids) != 2 or not all(len(part) >= 16 for part in ids):
        yield "6.1.3: no file identifier"
    for key in ("/AA", "/OpenAction", "/OCProperties", "/Requirements", "/AcroForm", "/Perms"):
        if key in pdf.Root:
            yield f"catalogue: {key} has no place here"
    names = pdf.Root.get("/Names", {})
    if "/JavaScript" in names or "/EmbeddedFiles" in names:
        yield "6.5, 6.8: scripts or embedded files"


def objects(pdf):
    """6.1.6 strings, 6.1.7.2 filters, 6.1.8 names, 6.1.13 limits, 6.4 transparency, 6.5 actions."""
    if len(pdf.objects) > 8388607:
        yield "6.1.13: too many objects"
    for thing in pdf.objects:
        if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
            for key, value in thing.items():
                if len(key.encode()) > 128:
                    yield f"6.1.13: name too long: {key}"
                if key in ("/SMask", "/BM", "/CA", "/ca", "/TR", "/HTP", "/AA", "/JS", "/F") and not (
                        key == "/F" and thing.get("/Subtype") == Name.Link):
                    yield f"6.2, 6.4, 6.5: {key} in {thing.objgen}"
                if isinstance(value, pikepdf.String) and len(bytes(value)) > 32767:
                    yield f"6.1.13: string too long at {key}"
            if thing.get("/S") in (Name.JavaScript, Name.Launch, Name.URI, Name.GoToR) and "/P" not in thing:
                yield f"6.5.1: action {thing.S}"
        if isinstance(thing, pikepdf.Stream):
            filters = thing.get("/Filter", pikepdf.Array())
            filters = [filters] if isinstance(filters, Name) else list(filters)
            if any(f not in (Name.FlateDecode, Name.DCTDecode, Name.RunLengthDecode) for f in filters):
                yield f"6.1.7.2: filter {filters}"
            if thing.get("/Subtype") == Name.Image or thing.get("/Subtype") == Name.Form:
                yield "nothing here draws images or forms"
            thing.read_bytes()


def colour(pdf):
    """6.2.2 and 6.2.3: one output intent, with a sound profile that gives device colours their meaning."""
    intents = list(pdf.Root.get("/OutputIntents", []))
    if len(intents) != 1 or intents[0].get("/S") != Name.GTS_PDFA1:
        yield "6.2.3: not exactly one PDF/A output intent"
        return
    stream = intents[0].DestOutputProfile
    profile, count = stream.read_bytes(), int(stream.N)
    if int.from_bytes(profile[:4], "big") != len(profile) or profile[36:40] != b"acsp":
        yield "6.2.3: no ICC profile"
    space = {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}.get(profile[16:20])
    if profile[8] > 4 or profile[12:16] not in (b"mntr", b"prtr") or space != count:
        yield "6.2.3: version, class or colour space of the profile"
    tags = {}
    for at in range(132, 132 + 12 * int.from_bytes(profile[128:132], "big"), 12):
        start, size = (int.from_bytes(profile[at + k:at + k + 4], "big") for k in (4, 8))
        tags[profile[at:at + 4]] = profile[start:start + size]
        if start % 4 or start + size > len(profile):
            yield f"ICC: tag {profile[at:at + 4]} stands off its place"
    needed = {b"desc", b"cprt", b"wtpt"} | ({b"kTRC"} if count == 1 else {b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC"})
    for tag in needed - tags.keys():
        yield f"ICC: no {tag.decode()}"
    yield from (f"6.2.4.3: {op} is no colour of that profile" for op in DEVICE[count] & set(pdf_operators(pdf)))


DEVICE = {1: {"rg", "RG", "k", "K"}, 3: {"k", "K"}, 4: {"rg", "RG"}}


def pdf_operators(pdf):
    for page in pdf.pages:
        for instruction in pikepdf.parse_content_stream(page):
            yield str(instruction.operator)


def text_of(element):
    items = element.findall(".//rdf:li", NS)
    return [item.text or "" for item in items] if items else [element.text or ""]


def metadata(pdf):
    """6.6: XMP says part and level, agrees with Info, and needs no extension schema."""
    stream = pdf.Root.get("/Metadata")
    if stream is None or "/Filter" in stream:
        yield "6.6.2.1: no metadata to be read as they stand"
        return
    xmp = stream.read_bytes().decode("utf-8")
    if not re.match(r'<\?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"\?>', xmp) or not xmp.endswith('<?xpacket end="w"?>'):
        yield "6.6.2.1: packet header or end"
    tree = ET.fromstring(re.sub(r"<\?xpacket.*?\?>", "", xmp))
    found = {child.tag: child for description in tree.iter("{%(rdf)s}Description" % NS) for child in description}
    known = tuple("{%s}" % uri for uri in NS.values())
    for tag in found:
        if not tag.startswith(known):
            yield f"6.6.2.3: {tag} needs an extension schema"
    one = lambda prefix, name: found.get("{%s}%s" % (NS[prefix], name))
    said = {key: text_of(one(*key))[0] if one(*key) is not None else None
            for key in (("pdfaid", "part"), ("pdfaid", "conformance"), ("dc", "title"), ("dc", "description"),
                        ("dc", "creator"), ("pdf", "Keywords"), ("pdf", "Producer"), ("xmp", "CreatorTool"))}
    if (said["pdfaid", "part"], said["pdfaid", "conformance"]) != ("2", "A"):
        yield "6.6.4: not part 2, level A"
    info = pdf.trailer.Info
    for key, place in (("/Title", ("dc", "title")), ("/Subject", ("dc", "description")), ("/Author", ("dc", "creator")),
                       ("/Keywords", ("pdf", "Keywords")), ("/Producer", ("pdf", "Producer")),
                       ("/Creator", ("xmp", "CreatorTool"))):
        if str(info.get(key, "")) != said[place]:
            yield f"6.6.2.3: {key} of Info is not {place[0]}:{place[1]}"
        if not said[place]:
            yield f"6.6: {place[0]}:{place[1]} is empty"
    for key in ("/CreationDate", "/ModDate"):
        if key in info:
            yield f"Info: {key} would come from a clock"
    if str(pdf.Root.get("/Lang", "")).split("-")[0] != "vi" or not text_of(one("dc", "language"))[0].startswith("vi"):
        yield "6.7.4: the language is not vi"


def fonts(pdf):
    """6.2.11: embedded, CIDs as glyphs, widths as in the program, every code with its letter, .notdef unused."""
    faces = {}
    for page in pdf.pages:
        for key, font in page.Resources.get("/Font", {}).items():
            faces[font.objgen] = (key, font)
    used = collections.defaultdict(set)
    for page in pdf.pages:
        current = None
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            if operator == "Tf":
                current = page.Resources.Font[str(instruction.operands[0])].objgen
            elif operator in TEXT:
                shown = instruction.operands[0]
                for piece in shown if operator == "TJ" else [shown]:
                    if isinstance(piece, pikepdf.String):
                        raw = bytes(piece)
                        used[current].update(raw[i] << 8 | raw[i + 1] for i in range(0, len(raw), 2))
    for at, (key, font) in faces.items():
        yield from (f"{key} {font.BaseFont}: {fault}" for fault in face(font, used[at]))


def face(font, used):
    below = font.DescendantFonts[0]
    names = {str(font.BaseFont), str(below.BaseFont), str(below.FontDescriptor.FontName)}
    if len(names) != 1 or not re.fullmatch(r"/[A-Z]{6}\+.+", names.copy().pop()):
        yield f"names differ or lack the mark of a subset: {names}"
    if font.Subtype != Name.Type0 or font.Encoding != Name("/Identity-H") or below.Subtype != Name.CIDFontType2:
        yield "6.2.11.3: not a Type 0 font with Identity-H over TrueType outlines"
    if below.get("/CIDToGIDMap") != Name.Identity:
        yield "6.2.11.3.2: no CIDToGIDMap"
    if "/FontFile2" not in below.FontDescriptor:
        yield "6.2.11.4: not embedded"
        return
    program = below.FontDescriptor.FontFile2
    raw = program.read_bytes()
    if int(program.Length1) != len(raw):
        yield "Length1"
    tables = TTFont(io.BytesIO(raw), checkChecksums=2)
    metrics, order, per_em = tables["hmtx"], tables.getGlyphOrder(), tables["head"].unitsPerEm
    if "/CIDSet" in below.FontDescriptor:
        held = below.FontDescriptor.CIDSet.read_bytes()
        if any(not held[code // 8] & 0x80 >> code % 8 for code in range(len(order))):
            yield "6.2.11.4.2: CIDSet lacks glyphs of the program"
    widths, items = {}, list(below.W)
    while items:
        first, row, *items = items
        widths.update((int(first) + i, float(width)) for i, width in enumerate(row))
    letters = unicode_map(font.ToUnicode.read_bytes().decode("ascii"))
    for code in sorted(used):
        if code == 0 or code >= len(order):
            yield f"6.2.11.8: code {code} shows .notdef or nothing"
            continue
        true = metrics[order[code]][0] * 1000 / per_em
        if abs(widths.get(code, float(below.get("/DW", 1000))) - true) > 1:
            yield f"6.2.11.5: width of {code} is {widths.get(code)}, in the program {true:.1f}"
        text = letters.get(code, "")
        if not text or any(ord(c) in (0, 0xFEFF, 0xFFFE) or 0xE000 <= ord(c) < 0xF900 for c in text):
            yield f"6.2.11.7: code {code} has no letter: {text!r}"


def unicode_map(cmap):
    letters = {}
    decode = lambda text: bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.S):
        letters.update((int(code, 16), decode(text)) for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", block))
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.S):
        for low, high, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for code in range(int(low, 16), int(high, 16) + 1):
                letters[code] = chr(int(text, 16) + code - int(low, 16))
    return letters


def marks(page):
    """The marked pieces of a page in order: number and tag; and what is neither content nor adornment."""
    pieces, faults, open_, in_text, depth = [], [], [], False, 0
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator not in KNOWN:
            faults.append(f"6.2.2: operator {operator}")
        if operator in ("q", "Q"):
            depth += 1 if operator == "q" else -1
            if depth > 28:
                faults.append("6.1.13: q nested too deep")
        if operator == "BT":
            in_text = True
            if open_:
                faults.append("14.6.1: a text object begins inside a mark")
        elif operator == "ET":
            in_text = False
            if open_:
                faults.append("14.6.1: a mark is open where text ends")
        elif operator in ("BMC", "BDC"):
            tag = str(instruction.operands[0])[1:]
            properties = instruction.operands[1] if operator == "BDC" else {}
            if open_:
                faults.append(f"a mark inside a mark: {tag}")
            open_.append((tag, in_text))
            if tag != "Artifact":
                pieces.append((int(properties.get("/MCID", -1)), tag))
        elif operator == "EMC":
            if not open_ or open_.pop()[1] != in_text:
                faults.append("14.6.1: marks and text objects cross")
        elif operator in PAINT and not open_:
            faults.append(f"6.7.3.2: {operator} is neither content nor artifact")
    if open_ or depth:
        faults.append("a mark or q is left open")
    return pieces, faults


def tree(pdf):
    """6.7: every mark belongs to one element, every element to one parent, and the order is that of the pages."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is None or not pdf.Root.get("/MarkInfo", {}).get("/Marked"):
        yield "6.7.2.2: not tagged"
        return
    parents = dict(zip(map(int, list(root.ParentTree.Nums)[::2]), list(root.ParentTree.Nums)[1::2]))
    pages = {page.obj.objgen: i for i, page in enumerate(pdf.pages)}
    wanted, kinds = {}, {}
    for i, page in enumerate(pdf.pages):
        pieces, faults = marks(page)
        yield from (f"page {i + 1}: {fault}" for fault in faults)
        numbers = [number for number, _ in pieces]
        if numbers != list(range(len(numbers))):
            yield f"page {i + 1}: marks are not numbered one after the other"
        row = list(parents[int(page.StructParents)])
        if len(row) != len(numbers):
            yield f"page {i + 1}: {len(numbers)} marks, {len(row)} in the parent tree"
        for number, tag in pieces:
            wanted[i, number] = row[number].objgen
            kinds[i, number] = tag
        if "/Annots" in page and page.get("/Tabs") != Name.S:
            yield f"page {i + 1}: the order of its links is not that of the structure"
        for note in page.get("/Annots", []):
            yield from (f"page {i + 1}: {fault}" for fault in link(note, parents))
    seen, order = {}, []
    yield from descend(root.K, root, [], pages, seen, order, kinds)
    for place, owner in wanted.items():
        if seen.get(place) != owner:
            yield f"page {place[0] + 1}, mark {place[1]}: not where the parent tree says"
    for place in seen.keys() - wanted.keys():
        yield f"page {place[0] + 1}, mark {place[1]}: in the tree, not on the page"
    by_page = collections.defaultdict(list)
    for page, number, drawn in order:
        if not drawn:
            by_page[page].append(number)
    for page, numbers in by_page.items():
        if numbers != sorted(numbers):
            yield f"page {page + 1}: text is not drawn in reading order"
    if [page for page, _, _ in order] != sorted(page for page, _, _ in order):
        yield "the tree goes back to an earlier page"


def link(note, parents):
    if note.Subtype != Name.Link or int(note.get("/F", 0)) & 0b100111 != 0b100:
        yield "6.3: only links, printed and not hidden"
    if "/A" in note or "/AP" in note or "/Dest" not in note or not str(note.get("/Contents", "")):
        yield "a link without place or words"
    owner = parents.get(int(note.get("/StructParent", -1)))
    kids = list(owner.K) if owner is not None else []
    held = [kid.Obj.objgen for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid]
    if owner is None or owner.S != Name.Link or note.objgen not in held:
        yield "a link that no Link element holds"


def descend(element, parent, above, pages, seen, order, kinds):
    name = str(element.S)[1:]
    if element.P.objgen != parent.objgen:
        yield f"{name}: its parent is another"
    if name not in BLOCKS:
        yield f"6.7.3.4: {name} is no standard type"
    over = str(above[-1]) if above else ""
    if name in PARENTS and over not in PARENTS[name]:
        yield f"{name} in {over or 'nothing'}"
    if name == "Figure" and not str(element.get("/Alt", "")).strip():
        yield "6.7.3.5: a figure without words"
    if name == "Table":
        yield from table(element)
    kids = element.get("/K", pikepdf.Array())
    kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    if not kids and name not in ("TD", "TH"):
        yield f"{name} is empty"
    for kid in kids:
        if isinstance(kid, int):
            place = (pages[element.Pg.objgen], kid)
        elif kid.get("/Type") == Name.MCR:
            place = (pages[kid.Pg.objgen], int(kid.MCID))
        elif kid.get("/Type") == Name.OBJR:
            continue
        else:
            yield from descend(kid, element, [*above, name], pages, seen, order, kinds)
            continue
        if place in seen:
            yield f"page {place[0] + 1}, mark {place[1]}: twice in the tree"
        if kinds.get(place) != name:
            yield f"page {place[0] + 1}, mark {place[1]}: {kinds.get(place)} on the page, {name} in the tree"
        seen[place] = element.objgen
        order.append((*place, name == "Figure"))


def attributes(cell):
    given = cell.get("/A", pikepdf.Dictionary())
    return int(given.get("/RowSpan", 1)), int(given.get("/ColSpan", 1)), given.get("/Scope")


def table(element):
    rows, heads, taken, widths = [], 0, collections.Counter(), set()
    for part in element.K:
        rows += list(part.K) if str(part.S) in ("/THead", "/TBody") else [part]
    for at, row in enumerate(rows):
        width = taken.pop(at, 0)
        for cell in row.K:
            down, across, scope = attributes(cell)
            width += across
            for below in range(1, down):
                taken[at + below] += across
            if cell.S == Name.TH:
                heads += 1
                if scope not in (Name.Column, Name.Row, Name.Both):
                    yield "a TH without scope"
        widths.add(width)
    if len(widths) != 1:
        yield f"a table whose rows are {sorted(widths)} columns wide"
    if not heads:
        yield "a table without TH"


def headings(pdf):
    """One H1, and no level left out."""
    levels, stack = [], [pdf.Root.StructTreeRoot.K]
    while stack:
        element = stack.pop()
        if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
            continue
        found = re.fullmatch(r"/H(\d)", str(element.S))
        if found:
            levels.append(int(found[1]))
        kids = element.get("/K", pikepdf.Array())
        stack += reversed(list(kids) if isinstance(kids, pikepdf.Array) else [kids])
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"headings: not one H1 at the head: {levels[:5]}"
    for before, after in zip(levels, levels[1:]):
        if after > before + 1:
            yield f"headings: H{after} follows H{before}"


def parts(pdf):
    for test in (trailer, objects, colour, metadata, fonts, tree, headings):
        yield from test(pdf)
    labels = pdf.Root.get("/PageLabels")
    if labels is None or labels.Nums[1].S != Name.D:
        yield "no page labels"


def check(path):
    yield from bytes_of_file(open(path, "rb").read())
    with pikepdf.open(path) as pdf:
        yield from parts(pdf)


def table_cell(pdf, kind):
    stack = [pdf.Root.StructTreeRoot.K]
    while stack:
        element = stack.pop()
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            if element.S == Name("/" + kind) and "/K" in element:
                return element
            kids = element.get("/K", pikepdf.Array())
            stack += reversed(list(kids) if isinstance(kids, pikepdf.Array) else [kids])
    raise LookupError(kind)


def drawn(pdf, before, after):
    page = pdf.pages[0]
    page.Contents = pdf.make_stream(page.Contents.read_bytes().replace(before, after, 1))


def one_width(pdf):
    font = next(iter(pdf.pages[0].Resources.Font.values()))
    font.DescendantFonts[0].W[1][3] = 1234


def one_letter(pdf):
    font = next(iter(pdf.pages[0].Resources.Font.values()))
    font.ToUnicode = pdf.make_stream(font.ToUnicode.read_bytes().replace(b"<0002>", b"<FFF0>", 1))


def xmp(pdf, before, after):
    pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(before, after, 1))


def swapped(pdf):
    row = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    row[0], row[1] = row[1], row[0]


def delete(holder, key):
    del holder[key]


BREAKS = {
    "not tagged": lambda pdf: delete(pdf.Root, "/MarkInfo"),
    "no output intent": lambda pdf: delete(pdf.Root, "/OutputIntents"),
    "another title": lambda pdf: pdf.trailer.Info.__setitem__("/Title", "khác"),
    "a date": lambda pdf: pdf.trailer.Info.__setitem__("/CreationDate", "D:20260101"),
    "level B": lambda pdf: xmp(pdf, b"conformance>A", b"conformance>B"),
    "a foreign schema": lambda pdf: xmp(pdf, b"<dc:format>", b'<x:y xmlns:x="urn:x">1</x:y><dc:format>'),
    "no language": lambda pdf: delete(pdf.Root, "/Lang"),
    "no file": lambda pdf: delete(next(iter(pdf.pages[0].Resources.Font.values())).DescendantFonts[0].FontDescriptor, "/FontFile2"),
    "a wrong width": one_width,
    "a code without letter": one_letter,
    "text in colour": lambda pdf: drawn(pdf, b"BT", b"1 0 0 rg\nBT"),
    "unmarked text": lambda pdf: drawn(pdf, b"ET", b"(xx) Tj\nET"),
    "a mark twice": lambda pdf: drawn(pdf, b"/MCID 1", b"/MCID 0"),
    "another tag": lambda pdf: drawn(pdf, b"/P <</MCID", b"/H1 <</MCID") or drawn(pdf, b"/P<</MCID", b"/H1<</MCID"),
    "owners swapped": swapped,
    "no scope": lambda pdf: delete(table_cell(pdf, "TH"), "/A"),
    "a wide cell": lambda pdf: table_cell(pdf, "TD").__setitem__("/A", pikepdf.Dictionary(O=Name.Table, ColSpan=9)),
    "no words": lambda pdf: delete(table_cell(pdf, "Figure"), "/Alt"),
    "an own type": lambda pdf: table_cell(pdf, "P").__setitem__("/S", Name.Absatz),
    "a second H1": lambda pdf: table_cell(pdf, "H2").__setitem__("/S", Name.H1),
    "no labels": lambda pdf: delete(pdf.Root, "/PageLabels"),
    "a script": lambda pdf: pdf.Root.__setitem__("/OpenAction", pdf.make_indirect(pikepdf.Dictionary(S=Name.JavaScript, JS="1"))),
    "transparency": lambda pdf: pdf.make_indirect(pikepdf.Dictionary(Type=Name.ExtGState, ca=0.5)) and
        pdf.pages[0].Resources.__setitem__("/ExtGState", pdf.make_indirect(pikepdf.Dictionary(G=pdf.make_indirect(pikepdf.Dictionary(ca=0.5))))),
}


def unnoticed(path):
    """The ways of breaking the file that the checks above overlook."""
    for name, break_ in BREAKS.items():
        broken = io.BytesIO()
        with pikepdf.open(path) as pdf:
            before = set(parts(pdf))
            break_(pdf)
            pdf.save(broken)
        with pikepdf.open(broken) as pdf:
            if not set(parts(pdf)) - before:
                yield f"nobody notices: {name}"


def main():
    faulty = False
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.setrecursionlimit(10_000)
    given = sys.argv[1:]
    breakable = given[0] == "--breakable"
    for path in given[breakable:]:
        faults = list(unnoticed(path) if breakable else check(path))
        for fault in faults[:40]:
            print(f"{path}: {fault}")
        done = f"{len(BREAKS)} ways of breaking it, unnoticed" if breakable else "faults against PDF/A-2a and its tags"
        print(f"{path}: {len(faults)} {done}" if not breakable else f"{path}: {done}: {len(faults)}")
        faulty |= bool(faults)
    sys.exit(1 if faulty else 0)


if __name__ == "__main__":
    main()
