"""Files that tell a place, made by code: every carrier with a twin that tells none."""

import base64
import gzip
import io
import struct
import zipfile
import zlib

from PIL import ExifTags, Image

PLACE = (48.1234, 38.6543)
ISO_6709 = b"+48.1234+038.6543/"
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF exif:GPSLatitude="48,7.4N" exif:GPSLongitude="38,39.2E"/></x:xmpmeta>'
)
CLEAN_XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmp:CreatorTool="a tool"/></x:xmpmeta>'


def picture(kind="JPEG", place=None, size=(40, 20), **more):
    tags = Image.Exif()
    tags[ExifTags.Base.Make] = "A maker"
    if place:
        tags[ExifTags.IFD.GPSInfo] = {1: "N", 2: (place[0], 0.0, 0.0), 3: "E", 4: (place[1], 0.0, 0.0)}
    data = io.BytesIO()
    Image.new("RGB", size, "red").save(data, kind, exif=tags.tobytes(), **more)
    return data.getvalue()


def segment(jpeg, marker, content):
    return jpeg[:2] + b"\xff" + bytes([marker]) + struct.pack(">H", len(content) + 2) + content + jpeg[2:]


def zipped(members, method=zipfile.ZIP_DEFLATED):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as container:
        for name, content in members.items():
            container.writestr(name, content)
    return data.getvalue()


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def box(kind, *content):
    body = b"".join(content)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def track(handler, offset, size):
    hdlr = box(b"hdlr", bytes(8), handler, bytes(13))
    stbl = box(
        b"stbl", box(b"stsd", bytes(8)), box(b"stsc", bytes(4), struct.pack(">IIII", 1, 1, 1, 1)), box(b"stsz", bytes(4), struct.pack(">II", size, 1)),
        box(b"stco", bytes(4), struct.pack(">II", 1, offset)),
    )  # fmt: skip
    return box(b"trak", box(b"tkhd", bytes(84)), box(b"mdia", box(b"mdhd", bytes(24)), hdlr, box(b"minf", stbl)))


def mp4(*, tag=b"", handler=b"vide", sample=b"pictures", brand=b"ftyp", after=b""):
    head = box(b"ftyp", b"isom\0\0\0\0isom") if brand == b"ftyp" else b""
    media = box(b"mdat", b"PICTURES" + sample)
    first = len(head) + 8
    moov = box(b"moov", box(b"mvhd", bytes(100)), track(b"vide", first, 8), track(handler, first + 8, len(sample)), tag)
    return head + media + moov + after


def moov_first():
    return box(b"moov", box(b"mvhd", bytes(100)), box(b"udta", box(b"\xa9xyz", b"\0\x12\x15\xc7" + ISO_6709)))


def element(kind, content):
    return bytes.fromhex(kind) + b"\x01" + len(content).to_bytes(7, "big") + content


def webm(*extra, block=b""):
    head = element("1a45dfa3", element("4282", b"webm"))
    tracks = element(
        "1654ae6b",
        element("ae", element("d7", b"\1") + element("83", b"\1"))
        + element("ae", element("d7", b"\2") + element("83", b"\x11")) * bool(block),
    )
    cluster = element(
        "1f43b675",
        element("e7", b"\0")
        + element("a3", b"\x81\0\0\0pictures")
        + (element("a3", b"\x82\0\0\0" + block) if block else b""),
    )
    return head + element(
        "18538067", element("1549a966", element("4d80", b"a muxer")) + tracks + cluster + b"".join(extra)
    )


def tags(name, value):
    return element("1254c367", element("7373", element("67c8", element("45a3", name) + element("4487", value))))


def riff(kind, *chunks):
    body = kind + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def part(kind, content):
    return kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def avi(*more):
    strl = part(b"LIST", b"strl" + part(b"strh", b"vids" + bytes(52)) + part(b"strf", bytes(40)))
    return riff(
        b"AVI ",
        part(b"LIST", b"hdrl" + part(b"avih", bytes(56)) + strl),
        part(b"LIST", b"movi" + part(b"00dc", b"pictures")),
        *more,
    )


def pdf(stream, head=b"/Filter /DCTDecode"):
    return b"%PDF-1.7\n1 0 obj\n<<" + head + b">>\nstream\n" + stream + b"\nendstream\nendobj\n%%EOF\n"


def mail(jpeg):
    return (
        b'From: a\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        + base64.encodebytes(jpeg) + b"\r\n--b--\r\n"
    )  # fmt: skip


def big_tiff():
    ifd = struct.pack("<QHHQQQ", 1, 34853, 4, 1, 60, 0) + bytes(8) + struct.pack("<QHHQQQ", 1, 2, 5, 1, 16, 0)
    return b"II+\0" + struct.pack("<HHQ", 8, 0, 16) + ifd + bytes(64)


def tiff_around(jpeg, *tags, mark=b"II*\0"):
    """A TIFF whose one strip is a JPEG (compression 7), as camera raws hold theirs."""

    def tag(number, value, kind=4):
        return struct.pack("<HHII", number, kind, 1, value)

    at = 8 + 2 + 12 * (10 + len(tags)) + 4
    entries = [tag(256, 40), tag(257, 20), tag(258, 8, 3), tag(259, 7, 3), tag(262, 6, 3), tag(273, at), tag(277, 3, 3), tag(278, 20), tag(279, len(jpeg)), tag(284, 1, 3), *tags]  # fmt: skip
    ordered = sorted(entries, key=lambda entry: struct.unpack("<H", entry[:2]))
    return mark + struct.pack("<IH", 8, len(entries)) + b"".join(ordered) + bytes(4) + jpeg


def infe(number, kind, name=b""):
    return box(b"infe", b"\2\0\0\0", struct.pack(">HH", number, 0), kind, name + b"\0")


def heic(*others, held=b"pictures", after=b"", size=8):
    """A HEIC of one picture, whose media data is ``held``; the picture is its first eight bytes."""
    head = box(b"ftyp", b"heic\0\0\0\0mif1heic")

    def meta(at):
        items = (infe(1, b"hvc1"), *others)
        place = struct.pack(">4xBBHHHHII", 0x44, 0, 1, 1, 0, 1, at, size)
        return box(
            b"meta", bytes(4), box(b"hdlr", bytes(8), b"pict", bytes(13)), box(b"pitm", bytes(4), b"\0\1"), box(b"iloc", place),
            box(b"iinf", bytes(4), struct.pack(">H", len(items)), *items),
        )  # fmt: skip

    return head + meta(len(head) + len(meta(0)) + 8) + box(b"mdat", held) + after


def behind_pictures():
    """Give HEIC and AVIF with a place elsewhere than in an item that says it is Exif."""
    film = mp4(tag=box(b"udta", box(b"\xa9xyz", b"\0\x12\x15\xc7" + ISO_6709)))
    exif = picture(place=PLACE)[30:400]
    return {
        "HEIC, Exif with a name": heic(infe(2, b"Exif", b"a name")),
        "HEIC, motion photo": heic(after=box(b"mpvd", film)),
        "HEIC, Exif left behind": heic(held=b"pictures" + exif),
        "HEIC, a picture of all that follows": heic(held=b"pictures" + exif, size=0),
        "HEIC, in a box that is free": heic(after=box(b"free", exif)),
        "HEIC, XMP far below": heic(after=box(b"free", bytes(1 << 20)) + box(b"uuid", bytes(16), XMP.encode())),
        "HEIC, a position as name": heic(infe(2, b"hvc1", b"48.1234, 38.6543")),
        "HEIC, a second meta": heic(after=box(b"meta", bytes(4), box(b"xml ", bytes(4), XMP.encode()))),
    }


def two_in_one():
    """Give files that two readers read as two kinds, the second of which tells a place."""
    jpeg = picture(place=PLACE)
    archive = zipped({"a.jpg": jpeg})
    plain = zipped({"a.txt": "words", "b.txt": "words"})
    between = plain.index(b"PK\3\4", 4)
    end = bytearray(plain[:between] + jpeg + plain[between:])
    for at, by in ((end.index(b"PK\5\6") + 16, len(jpeg)), (end.rindex(b"PK\1\2") + 42, len(jpeg))):
        end[at : at + 4] = struct.pack("<I", struct.unpack_from("<I", end, at)[0] + by)
    return {
        "PDF that is a zip": pdf(picture()) + archive,
        "PDF, a zip in a stream": pdf(archive, b"/Length 9"),
        "PDF, a packed zip in a stream": pdf(zlib.compress(archive), b"/Filter /FlateDecode"),
        "PDF, a photo after its end": pdf(picture()) + jpeg,
        "PDF, a photo in the midst of a stream": pdf(b"q 1 0 0 1 cm\n" + jpeg, b"/Length 9"),
        "zip, a photo behind it": plain + jpeg,
        "zip, a photo between its parts": bytes(end),
    }


def undecoded(jpeg):
    """Give a photo in the forms of cameras, and in JPEG XL, AVIF and JPEG 2000: none has a decoder here."""
    exif = jpeg[jpeg.index(b"Exif\0\0") + 6 :][:400]
    signature = b"\0\0\0\x0cJXL \r\n\x87\n"
    return {
        "JPEG XL, Exif": signature + box(b"ftyp", b"jxl \0\0\0\0jxl ") + box(b"Exif", bytes(4), exif) + box(b"jxlc", b"\xff\x0a", bytes(20)),
        "JPEG XL, codestream": b"\xff\x0a" + bytes(20) + jpeg,
        "JPEG 2000, GPS": b"\0\0\0\x0cjP  \r\n\x87\n" + box(b"uuid", b"JpgTiffExif->JP2", exif),
        "HEIF by libavif": picture("AVIF", PLACE),
        "DNG": tiff_around(jpeg, struct.pack("<HHI4s", 50706, 1, 4, b"\1\4\0\0")),
        "CR2": tiff_around(jpeg, mark=b"II*\0")[:8] + b"CR\2\0" + tiff_around(jpeg)[8:],
        "NEF": tiff_around(jpeg, struct.pack("<HHII", 330, 4, 1, 8)),
        "CR3": box(b"ftyp", b"crx \0\0\0\1crx isom") + box(b"moov", box(b"uuid", bytes(16), jpeg)),
        "RAF": b"FUJIFILMCCD-RAW 0201" + bytes(72) + jpeg,
        "RW2": tiff_around(jpeg, mark=b"IIU\0"),
        "ORF": tiff_around(jpeg, mark=b"IIRO"),
        "X3F": b"FOVb" + bytes(60) + jpeg,
    }  # fmt: skip


def containers(jpeg):
    """Give every container around a JPEG: what its twin is, is what the JPEG is."""
    encoded = base64.b64encode(jpeg)
    return {
        "JPEG": jpeg,
        "two JPEGs": picture() + jpeg,
        "docx": zipped(
            {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>", "word/media/image1.jpeg": jpeg}
        ),
        "stored zip": zipped({"a.jpg": jpeg}, zipfile.ZIP_STORED),
        "zip in zip": zipped({"a.zip": zipped({"b.jpg": jpeg})}),
        "gzip": gzip.compress(jpeg),
        "HTML": b'<html><img src="data:image/jpeg;base64,' + encoded + b'"></html>',
        "HTML, percent": b"<img src='data:image/jpeg," + "".join(f"%{b:02x}" for b in jpeg).encode() + b"'>",
        "HTML in UTF-16": ('<img src="data:image/jpeg;base64,' + encoded.decode() + '">').encode("utf-16"),
        "SVG": b'<svg xmlns="http://www.w3.org/2000/svg"><image href="data:image/jpeg;base64,' + encoded + b'"/></svg>',
        "JSON": b'{"picture": "' + encoded + b'"}',
        "MHTML": mail(jpeg),
        "PDF, DCT": pdf(jpeg),
        "PDF, Flate and DCT": pdf(zlib.compress(jpeg), b"/Filter [/FlateDecode /DCTDecode]"),
    }


def xmp_carriers(xmp):
    jpeg = picture()
    head = b"http://ns.adobe.com/xap/1.0/\0"
    return {
        "JPEG, XMP": segment(jpeg, 0xE1, head + xmp.encode()),
        "JPEG, XMP in UTF-16": segment(jpeg, 0xE1, head + xmp.encode("utf-16")),
        "JPEG, XMP in UTF-16 BE": segment(jpeg, 0xE1, head + xmp.encode("utf-16-be")),
        "PNG, XMP": picture("PNG")[:33]
        + chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp.encode())
        + picture("PNG")[33:],
        "PNG, packed XMP": picture("PNG")[:33]
        + chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(xmp.encode()))
        + picture("PNG")[33:],
        "PDF, XMP": pdf(xmp.encode(), b"/Type /Metadata"),
        "PDF, packed XMP": pdf(zlib.compress(xmp.encode()), b"/Type /Metadata /Filter /FlateDecode"),
        "SVG, XMP": b"<svg><metadata>" + xmp.encode() + b"</metadata></svg>",
    }


def telling():
    """Give every carrier that tells a place, or that nobody can look into."""
    jpeg = picture(place=PLACE)
    loci = box(b"udta", box(b"loci", bytes(20) + ISO_6709))
    apple = box(
        b"meta",
        box(b"hdlr", bytes(8), b"mdta", bytes(12)),
        box(b"keys", b"\0\0\0\0\0\0\0\1\0\0\0\x34mdtacom.apple.quicktime.location.ISO6709"),
    )
    films = {
        "MP4, xyz": mp4(tag=box(b"udta", box(b"\xa9xyz", b"\0\x12\x15\xc7" + ISO_6709))),
        "MP4, loci": mp4(tag=loci),
        "MP4, Apple": mp4(tag=apple),
        "MP4, GoPro": mp4(handler=b"meta", sample=b"DEVC GPS5 48.1234 38.6543"),
        "MP4, DJI captions": mp4(handler=b"text", sample=b"GPS(38.6543, 48.1234, 19)"),
        "MP4, telemetry among pictures": mp4(sample=b"xxGPS5xx"),
        "MP4, uuid": mp4(after=box(b"uuid", bytes(16) + XMP.encode())),
        "MP4, free": mp4(after=box(b"free", ISO_6709)),
        "MP4, tail": mp4(after=b"48.1234"),
        "QuickTime that begins with moov": moov_first(),
        "QuickTime that begins with wide": box(b"wide") + box(b"mdat", b"x") + moov_first(),
        "WebM": webm(tags(b"LOCATION", ISO_6709)),
        "WebM, captions": webm(block=b"GPS(38.6543, 48.1234, 19)"),
        "WebM, attachment": webm(element("1941a469", b"anything")),
        "AVI": avi(part(b"LIST", b"INFO" + part(b"ICMT", ISO_6709))),
        "AVI, JUNK": avi(part(b"JUNK", ISO_6709)),
    }
    others = {
        "WAV": riff(b"WAVE", part(b"fmt ", bytes(16))), "MP3": b"ID3\4\0\0\0\0\0\x20TXXX" + ISO_6709 + b"\xff\xfb\x90\0", "Ogg": b"OggS\0" + bytes(40),
        "RAF": b"FUJIFILMCCD-RAW 0201" + bytes(99), "RW2": b"IIU\0" + bytes(99), "ORF": b"IIRO" + bytes(99), "BigTIFF": big_tiff(), "JPEG 2000": b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(50),
        "JPEG XL": b"\xff\x0a" + bytes(50), "JPEG XL, boxed": b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(50), "PSD": b"8BPS\0\1" + bytes(99), "HEIC": box(b"ftyp", b"heic\0\0\0\0mif1") + box(b"meta", b"\0\0\0\0", box(b"iinf", b"infe\2\0\0\0\0\1\0\0Exif\0")),
        "one byte before": b"\0" + jpeg, "JPEG, comment": segment(picture(), 0xFE, b"48.1234, 38.6543"), "JPEG, other part": segment(picture(), 0xE5, b"anything"),
        "JPEG, IPTC": segment(picture(), 0xED, b"Photoshop 3.0\0" + b"8BIM\4\4\0\0\0\0\0\x0c\x1c\x02\x5c\0\7a shrine"), "JPEG, maker's note": maker_note(), "JPEG, after its end": picture() + b"48.1234",
        "JPEG that ends early": jpeg[:200], "PNG, text": picture("PNG")[:33] + chunk(b"tEXt", b"Comment\x0048.1234, 38.6543") + picture("PNG")[33:],
        "PNG, packed text": picture("PNG")[:33] + chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"48.1234, 38.6543")) + picture("PNG")[33:], "PNG, other part": picture("PNG")[:33] + chunk(b"gpSx", b"x") + picture("PNG")[33:],
        "GIF, comment": gif(b"\x21\xfe\x1048.1234, 38.6543\0"), "GPX": b'<?xml version="1.0"?><gpx><trkpt lat="48.1" lon="38.6"/></gpx>', "KML": b"<kml><Point/></kml>", "NMEA": b"$GPGGA,1,2\n",
        "GeoTIFF": geotiff(), "GIF that ends early": gif()[:-3], "encrypted zip": bytes(zipped({"a": "b"})).replace(b"PK\3\4\x14\0\0\0", b"PK\3\4\x14\0\1\0").replace(b"PK\1\2\x14\3\x14\0\0\0", b"PK\1\2\x14\3\x14\0\1\0"),
        "zip with one name twice": twice(), "zip too deep": deep(jpeg), "PDF, ASCII 85": pdf(base64.a85encode(jpeg), b"/Filter [/ASCII85Decode /DCTDecode]"),
        "PDF, encrypted": pdf(picture()) + b"trailer <</Encrypt 2 0 R>>", "PDF with a file": pdf(picture()) + b"<</EmbeddedFiles 3 0 R>>", "Office file with a drawing": zipped({"word/media/a.emf": b"\1\0\0\0" + bytes(100)}),
        "7z": b"7z\xbc\xaf\x27\x1c" + bytes(30), "RAR": b"Rar!\x1a\7\1\0" + bytes(30), "OLE": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(100), "noise": bytes(range(256)), "SQLite": b"SQLite format 3\0" + bytes(84),
    }  # fmt: skip
    return {
        **containers(jpeg),
        **{f"{kind}, GPS": picture(kind, PLACE) for kind in ("PNG", "TIFF", "WEBP")},
        **xmp_carriers(XMP),
        **films,
        **others,
        **undecoded(jpeg),
        **behind_pictures(),
        **two_in_one(),
        "TIFF, GPS in the JPEG of its strip": tiff_around(jpeg),
    }


def silent():
    """Give files of every form that can be looked into, which tell no place."""
    return {
        **containers(picture()),
        **{kind: picture(kind) for kind in ("PNG", "TIFF", "WEBP", "GIF")},
        **xmp_carriers(CLEAN_XMP),
        "HEIC": heic(),
        "HEIC, zeros after its picture": heic(held=b"pictures" + bytes(9), after=box(b"free", bytes(9))),
        "HEIF by libavif": bare("AVIF"),
        "TIFF, a JPEG as its strip": tiff_around(picture()),
        "text": "Текст без места, said exif:GPSLatitude.".encode(),
        "CSV": b"a,b\n1,2\n",
        "text in an old encoding": "Музей был закрыт".encode("cp1251"),
        "empty": b"",
        "GIF, software": gif(b"\x21\xfe\x05hello\0"),
        "MP4": mp4(),
        "MP4, software": mp4(tag=box(b"udta", box(b"\xa9swr", b"\0\5\0\0maker"))),
        "WebM": webm(tags(b"ENCODER", b"a muxer")),
        "AVI": avi(),
    }


def bare(kind):
    data = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(data, kind)
    return data.getvalue()


def maker_note():
    tags = Image.Exif()
    tags.get_ifd(ExifTags.IFD.Exif)[37500] = b"what a camera writes for its maker"
    data = io.BytesIO()
    Image.new("RGB", (4, 4)).save(data, "JPEG", exif=tags.tobytes())
    return data.getvalue()


def geotiff():
    data = io.BytesIO()
    Image.new("L", (4, 4)).save(data, "TIFF", tiffinfo={33922: (0.0, 0.0, 0.0, 38.6543, 48.1234, 0.0)})
    return data.getvalue()


def gif(extension=b""):
    data = io.BytesIO()
    Image.new("P", (4, 4)).save(data, "GIF")
    whole = data.getvalue()
    at = whole.index(b",\0\0\0\0")
    return whole[:at] + extension + whole[at:]


def twice():
    import warnings

    data = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(data, "w") as container:
            container.writestr("a.txt", "one")
            container.writestr("a.txt", "two")
    return data.getvalue()


def deep(jpeg):
    for _ in range(6):
        jpeg = zipped({"a": jpeg})
    return jpeg
