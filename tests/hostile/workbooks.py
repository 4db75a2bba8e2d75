"""Spreadsheets made by hand: a BIFF8 workbook in its OLE container (MS-XLS, MS-CFB), and an XLSX of given parts."""

import io
import struct
import zipfile

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def ole(stream, name="Workbook"):
    """Hold one stream of at least 4,096 bytes in a compound file of version 3."""
    stream = stream.ljust(4096, b"\0")
    sectors = -(-len(stream) // 512)
    tables = next(n for n in range(1, 110) if n * 128 >= sectors + n + 1)
    chain = [*range(1, sectors), END, END, *[FAT] * tables]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xIIIIIIIII", 62, 3, 0xFFFE, 9, 6, 0, tables, sectors, 0, 4096, END, 0, END, 0)
    head += b"".join(struct.pack("<I", sectors + 1 + n if n < tables else FREE) for n in range(109))

    def entry(label, kind, child, start, size):
        coded = label.encode("utf-16-le")
        return coded.ljust(64, b"\0") + struct.pack(
            "<HBBIII36xIQ", len(coded) + 2 if label else 0, kind, 1, FREE, FREE, child, start, size
        )

    folder = entry("Root Entry", 5, 1, END, 0) + entry(name, 2, FREE, 0, len(stream)) + entry("", 0, FREE, 0, 0) * 2
    table = b"".join(struct.pack("<I", link) for link in chain).ljust(tables * 512, b"\xff")
    return head + stream.ljust(sectors * 512, b"\0") + folder + table


def record(kind, content=b""):
    """Write one record of a stream."""
    return struct.pack("<HH", kind, len(content)) + content


def shared(texts, count=None):
    """Write the shared strings; ``count`` is how many they say that they are."""
    body = b"".join(struct.pack("<HB", len(text), 0) + text.encode("latin-1") for text in texts)
    number = len(texts) if count is None else count
    return record(0x00FC, struct.pack("<II", number, number) + body)


def text_cell(row, column, number):
    return record(0x00FD, struct.pack("<HHHI", row, column, 0, number))


def number_cell(row, column, value):
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def formula_cell(row, column, tokens):
    return record(0x0006, struct.pack("<HHHdHIH", row, column, 0, 1.0, 0, 0, len(tokens)) + tokens)


def xls(sheets, strings=b""):
    """Write a workbook of sheets by name, each the records of its cells."""
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 6))
    names = [(name.encode("latin-1"), cells) for name, cells in sheets.items()]
    at = len(begin) + sum(12 + len(name) for name, _ in names) + len(strings) + 4
    bounds, bodies = b"", b""
    for name, cells in names:
        bounds += record(0x0085, struct.pack("<IHBB", at + len(bodies), 0, len(name), 0) + name)
        bodies += record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 6)) + cells + record(0x000A)
    return ole(begin + bounds + strings + record(0x000A) + bodies)


def xlsx(rows, *, after="", strings=""):
    """Write a workbook of one sheet, given the XML of its rows."""
    relation = f'<Relationship Id="r{{}}" Type="{_RELATIONS}/{{}}" Target="{{}}"/>'.format
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    parts = relation(1, "worksheet", "worksheets/sheet1.xml") + relation(2, "sharedStrings", "sharedStrings.xml")
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", relations.format(relation(1, "officeDocument", "xl/workbook.xml")))
        archive.writestr("xl/_rels/workbook.xml.rels", relations.format(parts))
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}">{strings}</sst>')
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>',
        )
    return data.getvalue()


def ods(rows):
    """Write an OpenDocument spreadsheet of one sheet, given the XML of its rows."""
    names = {kind: f"urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0" for kind in ("office", "table", "text")}
    head = " ".join(f'xmlns:{kind}="{name}"' for kind, name in names.items())
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            f"<office:document-content {head}><office:body><office:spreadsheet><table:table table:name='S'>{rows}"
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return data.getvalue()
