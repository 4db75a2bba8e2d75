"""What PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) ask of a letter and a machine can see, held against its objects by another reader.

The layout's own validator is not asked here. Each rule is shown to see: a letter in which it is broken by hand is told by that rule.
"""

import io
import re

import pypdf
import pytest
from pypdf.generic import ContentStream, DictionaryObject, NameObject, NumberObject, TextStringObject

from tests.appealing.samples import FACTS, sample
from vestige.appealing.documents import Attachment, render_pdf

EVIDENCE = Attachment("evidence.json", b'{"entries": []}', "application/json", "The cited entries")
SHOWN = {b"Tj", b"TJ", b"'", b'"', b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"Do", b"sh", b"EI"}
BLENDS = {
    f"/{name}"
    for name in (
        *("Normal", "Compatible", "Multiply", "Screen", "Overlay", "Darken", "Lighten", "ColorDodge", "ColorBurn"),
        *("HardLight", "SoftLight", "Difference", "Exclusion", "Hue", "Saturation", "Color", "Luminosity"),
    )
}


def elements(node):
    """Give every element of the structure tree, in order."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from elements(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node["/K"])


def fonts(reader):
    for page in reader.pages:
        yield from (one.get_object() for one in page["/Resources"].get("/Font", {}).values())


def metadata(reader):
    xmp = reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    for key, value in (("pdfaid:part", "3"), ("pdfaid:conformance", "A"), ("pdfuaid:part", "1")):
        if f"<{key}>{value}</{key}>" not in xmp:
            yield f"{key} is not {value}"
    title = re.search(r"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", xmp, re.DOTALL)
    if title is None or not title[1].strip():
        yield "no dc:title"


def catalog(reader):
    root = reader.trailer["/Root"]
    if not root.get("/Lang"):
        yield "no language"
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "not marked"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "title not displayed"
    if reader.is_encrypted or "/Encrypt" in reader.trailer:
        yield "encrypted"
    if "/ID" not in reader.trailer:
        yield "no file identifier"
    profiles = [one.get_object() for one in root.get("/OutputIntents", [])]
    if not any(one.get("/S") == "/GTS_PDFA1" and "/DestOutputProfile" in one for one in profiles):
        yield "no output intent with a profile"


def actions(reader):
    root = reader.trailer["/Root"]
    if "/AA" in root or "/JavaScript" in root.get("/Names", {}):
        yield "actions of its own"
    held = [root.get("/OpenAction")]
    for page in reader.pages:
        held += [one.get_object().get("/A") for one in page.get("/Annots", [])]
    for one in held:
        action = one.get_object() if one is not None else None
        if isinstance(action, dict) and action.get("/S") not in {"/URI", "/GoTo", None}:
            yield f"an action {action['/S']}"


def marked(reader):
    """Every operator that shows something stands within an artifact or within content that the structure tree holds."""
    for page in reader.pages:
        open_, seen = [], set()
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            if operator in {b"BDC", b"BMC"}:
                properties = operands[1] if len(operands) > 1 and isinstance(operands[1], dict) else {}
                seen |= {int(properties["/MCID"])} if "/MCID" in properties else set()
                open_.append(operands[0] == "/Artifact" or "/MCID" in properties)
            elif operator == b"EMC":
                open_.pop()
            elif operator in SHOWN and not any(open_):
                yield f"{operator.decode()} outside marked content"
        tree = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"].get_object()
        held = parents(tree, page.get("/StructParents", -1))
        if len(held) < len(seen) or any(held[place] is None for place in seen):
            yield "content that the structure tree does not hold"


def parents(tree, key):
    """Give what a number tree holds for a key, as a list."""
    for kid in tree.get("/Kids", []):
        found = parents(kid.get_object(), key)
        if found:
            return found
    numbers = tree.get("/Nums", [])
    for place in range(0, len(numbers), 2):
        if numbers[place] == key:
            return [one.get_object() for one in numbers[place + 1].get_object()]
    return []


def structure(reader):
    last = 0
    for one in elements(reader.trailer["/Root"]["/StructTreeRoot"]["/K"]):
        kind = one["/S"]
        heading = re.fullmatch(r"/H([1-6])", kind)
        if heading:
            if int(heading[1]) > last + 1:
                yield f"a heading {kind} after level {last}"
            last = int(heading[1])
        if kind == "/Figure" and not one.get("/Alt"):
            yield "a figure without alternative text"
        if kind == "/TH" and not any("/Scope" in part for part in attributes(one)):
            yield "a head of a table without scope"
        if kind == "/Note" and not one.get("/ID"):
            yield "a note without identifier"
    if not last:
        yield "no heading"


def attributes(element):
    held = element.get("/A", DictionaryObject()).get_object()
    return [one.get_object() for one in held] if isinstance(held, list) else [held]


def embedded_fonts(reader):
    for font in fonts(reader):
        if "/ToUnicode" not in font:
            yield f"{font['/BaseFont']} without ToUnicode"
        below = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(below["/FontDescriptor"].get_object()):
            yield f"{font['/BaseFont']} is not embedded"


def attachments(reader):
    root = reader.trailer["/Root"]
    associated = [one.get_object() for one in root.get("/AF", [])]
    names = [one for one in root["/Names"]["/EmbeddedFiles"]["/Names"] if isinstance(one.get_object(), dict)]
    for one in (name.get_object() for name in names):
        if one not in associated:
            yield "an embedded file that is not associated"
        if not one.get("/AFRelationship"):
            yield "an embedded file without relationship"
        file = one["/EF"]["/F"].get_object()
        if not {"/F", "/UF"} <= set(one) or not file.get("/Subtype") or "/ModDate" not in file.get("/Params", {}):
            yield "an embedded file without name, media type or date"
    if not names:
        yield "no evidence"


def annotations(reader):
    for page in reader.pages:
        held = [one.get_object() for one in page.get("/Annots", [])]
        if held and page.get("/Tabs") != "/S":
            yield "annotations that are not in the order of the structure"
        for one in held:
            if "/StructParent" not in one or not one.get("/Contents"):
                yield "a link that is not in the structure or says nothing"
            if not int(one.get("/F", 0)) & 4 or int(one.get("/F", 0)) & 0b11:
                yield "an annotation that does not print"


def blends(reader):
    for page in reader.pages:
        for state in page["/Resources"].get("/ExtGState", {}).values():
            if state.get_object().get("/BM", "/Normal") not in BLENDS:
                yield "a blend mode of no standard"


RULES = (metadata, catalog, actions, marked, structure, embedded_fonts, attachments, annotations, blends)


def broken(data):
    """Give the rules that a PDF breaks, with what of each."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    return {rule.__name__: found for rule in RULES if (found := sorted(set(rule(reader))))}


@pytest.fixture(scope="module")
def letters():
    pytest.importorskip("typst")
    return {language: render_pdf(sample(language), [EVIDENCE]) for language in FACTS}


@pytest.mark.parametrize("language", FACTS)
def test_a_letter_keeps_every_rule(letters, language):
    assert broken(letters[language]) == {}


def root_of(writer):
    return writer.root_object


def first(writer, kind):
    return next(one for one in elements(root_of(writer)["/StructTreeRoot"]["/K"]) if one["/S"] == kind)


def forget(key):
    return lambda writer: root_of(writer).pop(NameObject(key))


def other_part(writer):
    stream = root_of(writer)["/Metadata"].get_object()
    stream.set_data(stream.get_data().replace(b"<pdfaid:part>3<", b"<pdfaid:part>2<"))


def script(writer):
    root_of(writer)["/Names"][NameObject("/JavaScript")] = DictionaryObject()


def launch(writer):
    page = next(page for page in writer.pages if "/Annots" in page)
    page["/Annots"][0].get_object()[NameObject("/A")] = DictionaryObject({NameObject("/S"): NameObject("/Launch")})


def unmarked(writer):
    page = writer.pages[0]
    content = ContentStream(page.get_contents(), writer)
    content.operations.append(([NumberObject(0), NumberObject(0), NumberObject(9), NumberObject(9)], b"re"))
    content.operations.append(([], b"f"))
    page.replace_contents(content)


def no_parents(writer):
    writer.pages[0][NameObject("/StructParents")] = NumberObject(99_999)


def renamed(kind, to):
    def change(writer):
        first(writer, kind)[NameObject("/S")] = NameObject(to)

    return change


def forgotten(kind, *keys):
    def change(writer):
        for key in keys:
            first(writer, kind).pop(NameObject(key))

    return change


def font_without(key, *, below):
    def change(writer):
        font = next(iter(writer.pages[0]["/Resources"]["/Font"].values())).get_object()
        held = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() if below else font
        for name in [name for name in held if name.startswith(key)]:
            del held[name]

    return change


def file_without(key):
    return lambda writer: root_of(writer)["/AF"][0].get_object().pop(NameObject(key))


def page_with(change):
    return lambda writer: change(next(page for page in writer.pages if "/Annots" in page))


def blended(writer):
    state = DictionaryObject({NameObject("/BM"): NameObject("/Melt")})
    writer.pages[0]["/Resources"][NameObject("/ExtGState")] = DictionaryObject({NameObject("/g"): state})


def untitled(writer):
    root_of(writer)["/ViewerPreferences"][NameObject("/DisplayDocTitle")] = NumberObject(0)


def hidden(page):
    page["/Annots"][0].get_object()[NameObject("/F")] = NumberObject(2)


def silent(page):
    page["/Annots"][0].get_object()[NameObject("/Contents")] = TextStringObject("")


BREAKS = [
    ("metadata", other_part),
    ("catalog", forget("/Lang")),
    ("catalog", forget("/MarkInfo")),
    ("catalog", forget("/OutputIntents")),
    ("catalog", untitled),
    ("catalog", lambda writer: writer.encrypt("", "x")),
    ("actions", script),
    ("actions", launch),
    ("marked", unmarked),
    ("marked", no_parents),
    ("structure", renamed("/H1", "/H3")),
    ("structure", renamed("/P", "/Figure")),
    ("structure", forgotten("/TH", "/A")),
    ("structure", forgotten("/Note", "/ID")),
    ("embedded_fonts", font_without("/ToUnicode", below=False)),
    ("embedded_fonts", font_without("/FontFile", below=True)),
    ("attachments", forget("/AF")),
    ("attachments", file_without("/AFRelationship")),
    ("attachments", file_without("/UF")),
    ("annotations", page_with(lambda page: page.pop(NameObject("/Tabs")))),
    ("annotations", page_with(hidden)),
    ("annotations", page_with(silent)),
    ("blends", blended),
]


@pytest.mark.parametrize(("rule", "change"), BREAKS, ids=[f"{n}-{rule}" for n, (rule, _) in enumerate(BREAKS)])
def test_what_is_broken_by_hand_is_seen(letters, rule, change):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(letters["en"]))
    change(writer)
    written = io.BytesIO()
    writer.write(written)
    assert rule in broken(written.getvalue())


def test_a_letter_that_is_only_written_anew_breaks_no_rule(letters):
    """So that the breaks above are those of the hand, not of the program that writes."""
    written = io.BytesIO()
    pypdf.PdfWriter(clone_from=io.BytesIO(letters["en"])).write(written)
    assert broken(written.getvalue()) == {}
