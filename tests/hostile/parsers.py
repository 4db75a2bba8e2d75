"""Every parser of bytes that come from outside, with whole inputs of its form to be broken.

A parser is called with bytes, and with a folder where it reads a file. Whatever they hold, it gives an answer or one of our own errors.
"""

import base64
import gzip
import io
import json
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import numpy as np
import pandas as pd
import rasterio
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from rasterio.transform import from_origin

sys.path.insert(0, str(Path(__file__).parent))
import carriers

from vestige import mail, outside
from vestige.appealing.drafting._draft import read_draft
from vestige.appealing.proving._evidence import read_evidence
from vestige.appealing.proving._opened import is_bundle, open_bundle
from vestige.calling._leaf import read_signature_receipt
from vestige.calling._sheets import read_sheet
from vestige.capture import open_document, read_register
from vestige.capture.registers.files._spatial import read_spatial
from vestige.capture.registers.places._shape import read_wkb
from vestige.entries import KINDS, decode_body, parse_envelope
from vestige.errors import NOT_JSON
from vestige.keeping.acts._enter import _read as read_act
from vestige.keeping.acts._replies import _event as read_event
from vestige.keeping.acts.audits._hand_over import read_openings
from vestige.keeping.acts.audits._sample import read_sample
from vestige.keeping.acts.crowd._domain_keys import domain_keys
from vestige.keeping.typed._enter import read_toml
from vestige.ledger import parse_checkpoint, parse_vkey, split_note
from vestige.ledger._checkpoint import Checkpoint
from vestige.ledger._tiles import split_bundle
from vestige.ledger._verifier import Verifier
from vestige.observing._alerts import read_alerts
from vestige.observing._folder import read_folder
from vestige.observing.scenes import parse_header
from vestige.observing.scenes._bounds import Count
from vestige.observing.scenes._catalogs import _local_items
from vestige.observing.scenes._evidence import unpack_dossier
from vestige.observing.scenes._scene import scene_from_item
from vestige.observing.scenes._sites import read_sites
from vestige.positions import copy_without_positions, look_into
from vestige.procedures.forms import form_ids
from vestige.procedures.forms._load import form_bytes, read_form
from vestige.public_keys import WeakKeyError, read_public_key
from vestige.publishing.checking._manifest import parse_manifest
from vestige.publishing.views._image_size import size_of
from vestige.publishing.views._pictures import form_of, small_copy
from vestige.reach._geography import open_geography
from vestige.reach._logs import read_hits
from vestige.record._keys import is_protected, load_key
from vestige.record.receipts._check import check_receipt
from vestige.record.rules._bodies import read_body
from vestige.studying.data._acled import is_acled, read_acled
from vestige.studying.data._editions import load_editions
from vestige.studying.data._events import load_events
from vestige.studying.data._fires import load_fires
from vestige.studying.data._sites import load_sites
from vestige.studying.data._terminations import load_terminations
from vestige.studying.data._violence import load_country_years
from vestige.witnessing import open_settings, parse_request

if TYPE_CHECKING:
    from vestige.observing.scenes._tiff import Header

HERE = Path(__file__).parents[1]
DOCUMENTS, CASES, VECTORS = HERE / "capture/documents", HERE / "capture/cases", HERE / "vectors"


class Parser(NamedTuple):
    """What reads bytes from outside, inputs of its form, and how many broken ones are tried in an ordinary run."""

    read: Callable[[bytes, Path], Any]
    seeds: tuple[bytes, ...]
    tries: int = 12


def in_file(name: str, read: Callable[[Path], Any]) -> Callable[[bytes, Path], Any]:
    """Give a parser of bytes from one of a file."""

    def found(data: bytes, folder: Path) -> Any:
        path = folder / name
        path.write_bytes(data)
        return read(path)

    return found


def in_folder(name: str, read: Callable[[Path], Any], **beside: bytes) -> Callable[[bytes, Path], Any]:
    """Give a parser of bytes from one of a folder that holds them under a name."""

    def found(data: bytes, folder: Path) -> Any:
        inside = folder / "folder"
        inside.mkdir(exist_ok=True)
        (inside / name).write_bytes(data)
        return read(inside)

    return found


def letter(subject: str, words: str) -> bytes:
    """Give a letter with a calendar in it."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Anna <a@example.org>", "b@example.org", subject
    message["Date"], message["Message-ID"] = "Tue, 03 Mar 2020 10:00:00 +0000", "<1@example.org>"
    message["DKIM-Signature"] = (
        "v=1; a=ed25519-sha256; c=relaxed/relaxed; d=example.org; s=s1; t=1583229600; bh=AAAA; b=AAAA;"
        " h=from:to:subject:date:message-id"
    )
    message.set_content(words)
    message.add_attachment(CALENDAR, maintype="text", subtype="calendar", filename="answer.ics")
    return message.as_bytes()


CALENDAR = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:1@example.org\r\nSEQUENCE:0\r\nDTSTART:20260901T100000Z\r\n"
    b'ATTENDEE;PARTSTAT=ACCEPTED;CN="A, B":mailto:guest@example.org\r\nRRULE:FREQ=DAILY;COUNT=2\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n'
)
LETTER = letter("Appeal", "I sign.\nAnna\n")
MBOX = b"From a@example.org Tue Mar  3 10:00:00 2020\n" + LETTER + b"\n\nFrom b@example.org\n" + LETTER
KEY = Ed25519PrivateKey.from_private_bytes(b"\x05" * 32)
VKEY = str(Verifier("example.org/log", KEY.public_key()))
NOTE = Checkpoint("example.org/log", 5, b"\x02" * 32).sign(KEY)
LOGS = (
    b'203.0.113.9 - - [03/Mar/2026:10:00:00 +0000] "GET /en/index.html HTTP/1.1" 200 512 "https://a.example/" "Mozilla/5.0"\n' * 3,
    b'heritage.example 203.0.113.9 - - [03/Mar/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 5 "-" "curl"\n',
    b'{"ts":1772532000.5,"request":{"remote_ip":"203.0.113.9","method":"GET","uri":"/","headers":{"User-Agent":["x"]}},"status":200}\n',
    (b"#Version: 1.0\n#Fields: date time c-ip cs-method cs-uri-stem sc-status cs(Referer) cs(User-Agent)\n"
    b"2026-03-03\t10:00:00\t203.0.113.9\tGET\t/\t200\t-\tx\n"),
    b"HIT|200|1772532000000|512|1|203.0.113.9|-|https://a.example/en/|DE|Mozilla|abc|DE\n",
)  # fmt: skip
ITEM = {
    "type": "Feature", "stac_version": "1.0.0", "id": "S1A_IW", "collection": "sentinel-1-rtc",
    "bbox": [36, 47, 37, 48], "geometry": {"type": "Polygon", "coordinates": [[[36, 47], [37, 47], [37, 48], [36, 47]]]},
    "properties": {"datetime": "2022-03-03T03:44:00Z", "platform": "sentinel-1a", "sat:relative_orbit": 21, "sat:orbit_state": "descending",
                   "processing:software": {"a": "1"}},
    "assets": {"vv": {"href": "https://a.example/vv.tif", "type": "image/tiff; application=geotiff; profile=cloud-optimized", "raster:bands": [{"scale": 1, "offset": 0}]}},
    "links": [],
}  # fmt: skip
SITES = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "id": "a", "properties": {"id": "a", "name": "Mill"}, "geometry": {"type": "Point", "coordinates": [36.5, 47.5]}},
        {"type": "Feature", "id": "b", "properties": {"id": "b"}, "geometry": {"type": "Polygon", "coordinates": [[[36, 47], [36.1, 47], [36, 47.1], [36, 47]]]}},
    ],
}  # fmt: skip
SERIES = (
    b"datetime,burst_id,site_id,site_lon,site_lat,vv,vh,vv/vh\n"
    b'2021-01-01 05:00:00,t1,a,46.5,39.5,"[0.1, 0.2, 0.1, 0.2]","[0.1, 0.2, 0.1, 0.2]","[1, 1, 1, 1]"\n'
    b'2021-01-13 05:00:00,t1,a,46.5,39.5,"[0.1, 0.2, 0.1, nan]","[0.1, 0.2, 0.1, 0.2]","[1, 1, 1, 1]"\n'
)
ALERT = "OPERA_L3_DIST-ALERT-S1_T37TCG_20220303T034400Z_20220304T000000Z_S1A_30_v0.1_GEN-DIST-STATUS-ACQ.tif"


def tiff(**options: Any) -> bytes:
    """Give a small GeoTIFF that GDAL writes."""
    with rasterio.MemoryFile() as memory:
        with memory.open(
            driver="GTiff", width=32, height=32, count=1, dtype="uint8", crs="EPSG:32637", transform=from_origin(4e5, 45e5, 30, 30),
            **options,
        ) as file:  # fmt: skip
            file.write(np.arange(1024, dtype="uint8").reshape(1, 32, 32))
        return bytes(memory.read())


TIFFS = (
    tiff(tiled=True, blockxsize=16, blockysize=16, compress="deflate"),
    tiff(compress="lzw", bigtiff="YES"),
    tiff(endianness="BIG"),
)


def tile(data: bytes, _folder: Path) -> None:
    """Read a header, and the first tiles that it names, out of the same bytes."""
    from vestige.observing.scenes._decode import decode_tile

    def more(start: int, length: int) -> bytes:
        return data[start : start + length]

    header: Header = parse_header(data[:8192], size=len(data), etag="", more=more, where="a.tif")
    for start, count in list(zip(header.starts, header.counts, strict=False))[:2]:
        rows = min(header.layout.tile_height, header.layout.height)
        decode_tile(data[start : start + count], header.layout, rows=rows, where="a.tif")


def packed(**members: bytes | str) -> bytes:
    """Give a ZIP."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def every(folder: Path, *names: str) -> tuple[bytes, ...]:
    """Give the bytes of files, none of which is long."""
    return tuple(
        data for name in names for path in sorted(folder.glob(name)) if len(data := path.read_bytes()) < 300_000
    )


def texts(name: str, group: str, field: str) -> tuple[bytes, ...]:
    """Give a text of each case of one file of vectors."""
    return tuple(str(case[field]).encode() for case in json.loads((VECTORS / name).read_text("utf-8"))[group])


def envelopes() -> tuple[bytes, ...]:
    """Give the envelopes of the vectors."""
    held = json.loads((VECTORS / "envelopes.json").read_text("utf-8"))["envelopes"]
    return tuple(base64.b64decode(one["leaf"]) for one in held[:20])


def receipts() -> tuple[bytes, ...]:
    """Give the receipts of the vectors."""
    held = json.loads((VECTORS / "receipts.json").read_text("utf-8"))["receipts"]
    return tuple(one["receipt"].encode() for one in held[:20])


def csv(frame: dict[str, Any]) -> bytes:
    """Give a table as CSV."""
    return pd.DataFrame(frame).to_csv(index=False).encode()


UCDP = csv({
    "id": [1, 2], "relid": ["a", "b"], "year": [2001, 2002], "active_year": [1, 1], "type_of_violence": [1, 1], "conflict_new_id": [3, 3], "conflict_name": ["x", "y"],
    "dyad_new_id": [4, 4], "side_a": ["A", "A"], "side_b": ["B", "B"], "where_prec": [1, 2], "latitude": [39.1, 39.2], "longitude": [46.1, 46.2], "country": ["Azerbaijan"] * 2, "country_id": [373, 373],
    "region": ["Asia"] * 2, "date_prec": [1, 1], "date_start": ["2001-01-01", "2002-01-01"], "date_end": ["2001-01-02", "2002-01-02"], "deaths_a": [0, 1], "deaths_b": [0, 1], "deaths_civilians": [0, 1],
    "deaths_unknown": [0, 0], "best": [0, 3], "high": [0, 3], "low": [0, 3],
})  # fmt: skip
FIRES = csv(
    {
        "latitude": [39.1],
        "longitude": [46.1],
        "scan": ["0.4"],
        "track": ["0.4"],
        "acq_date": ["2020-10-01"],
        "acq_time": ["0101"],
        "confidence": ["n"],
        "frp": ["1.5"],
        "satellite": ["N"],
        "type": ["0"],
    }
)
ACLED = csv({"event_id_cnty": ["A1"], "event_date": ["2020-10-01"], "year": [2020], "event_type": ["Battles"], "sub_event_type": ["x"], "actor1": ["a"], "actor2": ["b"], "country": ["Azerbaijan"], "iso": [31], "latitude": [39.1], "longitude": [46.1], "geo_precision": [1], "fatalities": [2]})  # fmt: skip
UNESCO = csv({"unique_number": [1], "id_no": [1], "name_en": ["Mill"], "danger": ["1"], "danger_list": ["P 1994-2006"], "date_inscribed": [1990], "latitude": [39.1], "longitude": [46.1], "iso_code": ["az"], "category": ["Cultural"], "states_name_en": ["Azerbaijan"], "region_en": ["Asia"]})  # fmt: skip
COUNTRY_YEARS = csv({"country_id_cy": [373], "year_cy": [2001], "country_cy": ["Azerbaijan"], "sb_total_deaths_best_cy": [5], "cumulative_total_deaths_in_orgvio_best_cy": [5], "cumulative_total_deaths_in_orgvio_low_cy": [5], "cumulative_total_deaths_in_orgvio_high_cy": [5]})  # fmt: skip
TERMINATIONS = csv({"dyadep_id": ["1_1"], "dyad_id": [1], "year": [2001], "dyadterm": [1], "ependdate": ["2001-01-01"], "outcome": [1], "gwno_loc": ["373"]})  # fmt: skip
TOML = (
    b'kind = "call"\ntitle = "A call"\ntexts = [{language = "en", text = "x"}]\nmade = 2026-03-03\nat = 2026-03-03T10:00:00Z\ncites = ["@a"]\n[a.b]\nc = 1.5\n',
)
REGISTERS = every(CASES, "*.csv", "*.tsv", "*.geojson", "*.kml", "*.kmz", "*.xlsx", "*.zip")
WKB = (bytes.fromhex("0101000020E610000000000000000047400000000000004340"), bytes.fromhex("010300000001000000040000000000000000000000000000000000000000000000000008400000000000000000000000000000084000000000000008400000000000000000000000000000000000"))  # fmt: skip
CATALOG = {
    "type": "Catalog",
    "id": "a",
    "stac_version": "1.0.0",
    "description": "",
    "links": [{"rel": "self", "href": "x"}],
}
EVERY_FILE = tuple({**carriers.telling(), **carriers.silent()}.values())


def judged(data: bytes, folder: Path) -> None:
    """Ask all that pages ask of a preserved file, but for its copy."""
    with (folder / "file").open("w+b") as file:
        file.write(data)
        for ask in (look_into, form_of, size_of, copy_without_positions):
            file.seek(0)
            ask(file)


def letters(data: bytes, folder: Path) -> None:
    """Take mail in: each message, what it says, and whether its domain signed it."""
    path = folder / "box.mbox"
    path.write_bytes(data)
    for one in mail.messages_in(path):
        mail.subject_of(one.data)
        mail.is_automatic(one.data)
        mail.plain_text(one.data)
        mail.calendar_part(one.data)
        try:
            mail.aligned_mail(one.data, lambda _: b"v=DKIM1; k=ed25519; p=" + b"A" * 43 + b"=")
        except mail.MailError:
            continue


def hits(path: Path) -> None:
    """Read a log to its end."""
    for _ in read_hits(path).batches():
        pass


def bundle(path: Path) -> None:
    """Open a bundle of an appeal."""
    if is_bundle(path):
        open_bundle(path)


def events(data: bytes, folder: Path) -> None:
    """Read a table of events, of whichever kind it says it is."""
    path = folder / "events.csv"
    path.write_bytes(data)
    if is_acled(path):
        read_acled(path)
    else:
        load_events([path])


def items(path: Path) -> None:
    """Walk a catalogue on this disk; every item of it becomes a scene or a finding."""
    for item in _local_items(path, Count(str(path)), allow_private=False):
        scene_from_item(item)


def item(data: bytes, _folder: Path) -> None:
    """Make a scene or a finding of an item."""
    with suppress(*NOT_JSON):  # whoever reads the document says that
        document = msgspec.json.decode(data)
        if isinstance(document, dict):
            scene_from_item(document)


def settings(folder: Path) -> None:
    """Open the settings of a witness."""
    open_settings(folder)


def of_kinds(data: bytes, _folder: Path) -> None:
    """Read a body of each kind, as a ledger's reader does and as its writer does."""
    for kind in KINDS:
        read_body(kind, data)
    try:
        decode_body("site", data)
    finally:
        decode_body("policy", data)


def public_key(data: bytes, _folder: Path) -> None:
    """Read a public key; what is weak about one is said by whoever was given it."""
    with suppress(WeakKeyError):
        read_public_key(data)


def protected(path: Path) -> None:
    """Read a private key."""
    is_protected(path.read_bytes())
    load_key(path)


PARSERS: dict[str, Parser] = {
    "register": Parser(lambda data, _: read_register(data, mapping=None), REGISTERS, 25),
    "register with columns named": Parser(lambda data, _: read_register(data, mapping={"name": "name", "id": "id", "lat": "lat", "lon": "lon"}), REGISTERS),
    "GIS file": Parser(lambda data, _: read_spatial(data, None, None), every(CASES, "*.gpkg", "*.zip")),
    "well-known binary": Parser(lambda data, _: read_wkb(data), WKB, 25),
    "document": Parser(lambda data, _: open_document(data, None), (*every(DOCUMENTS, "*.docx", "*.html", "*.mhtml", "*.rtf", "*.warc*", "*.wacz"), LETTER, MBOX, b"1\n00:00:01,000 --> 00:00:02,000\nHe said so.\n"), 25),
    "PDF": Parser(lambda data, _: open_document(data, "application/pdf"), every(DOCUMENTS, "*.pdf"), 3),
    "preserved file": Parser(judged, EVERY_FILE, 40),
    "picture": Parser(lambda data, _: small_copy(io.BytesIO(data)), (carriers.picture(),), 3),
    "mail": Parser(letters, (MBOX, LETTER), 25),
    "calendar": Parser(lambda data, _: read_event(data.decode("utf-8", "replace"), "a.ics"), (CALENDAR,)),
    "kept answers of a name system": Parser(in_file("keys.toml", domain_keys), (b'"s1._domainkey.example.org" = "v=DKIM1; p=AAAA"\n',)),
    "TOML of an entry": Parser(in_file("a.toml", read_toml), TOML),
    "TOML of an act": Parser(in_file("a.toml", read_act), TOML),
    "JSON of an act": Parser(in_file("a.json", read_act), (b'{"title":"A","texts":[{"text":"x"}]}',)),
    "form of an appeal": Parser(lambda data, _: read_form(data, where="a.toml"), tuple(map(form_bytes, form_ids()[:3]))),
    "draft of an appeal": Parser(lambda data, _: read_draft(data), TOML),
    "evidence": Parser(lambda data, _: read_evidence(data, "a.json"), (b'{"vestige_evidence":1,"vkey":"a","checkpoint":"b","entries":[]}',)),
    "bundle": Parser(in_file("a.zip", bundle), (packed(**{"bagit.txt": "BagIt-Version: 1.0\n", "manifest-sha256.txt": "00  data/checkpoint\n", "data__checkpoint": NOTE}),)),
    "note": Parser(lambda data, _: split_note(data), (NOTE, *texts("notes.json", "notes", "note")), 25),
    "checkpoint": Parser(lambda data, _: parse_checkpoint(data), (NOTE,), 25),
    "verifier key": Parser(lambda data, _: parse_vkey(data.decode("utf-8", "replace")), (VKEY.encode(),), 25),
    "entry bundle": Parser(lambda data, _: split_bundle(data, 2, "tile"), (b"\0\3abc\0\2de",), 25),
    "envelope": Parser(lambda data, _: parse_envelope(data), envelopes(), 25),
    "body": Parser(of_kinds, texts("bodies.json", "bodies", "body")),
    "receipt": Parser(lambda data, _: check_receipt(data, "a.receipt"), receipts()),
    "manifest": Parser(lambda data, _: parse_manifest(data), (b"example.org/log\nvestige manifest 1\n" + b"00" * 32 + b"  en/index.html\n\n" + NOTE.split(b"\n\n", 1)[1],)),
    "public key": Parser(public_key, (b"\x05" * 32,)),
    "private key": Parser(in_file("a.key", protected), (b"-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUF\n-----END PRIVATE KEY-----\n",)),
    "request to a witness": Parser(lambda data, _: parse_request(data), (b"old 0\n\n" + NOTE, b"old 3\n" + b"A" * 43 + b"=\n\n" + NOTE), 25),
    "settings of a witness": Parser(in_folder("witness.json", settings), (b'{"name":"w.example","key":"a.key","logs":["' + VKEY.encode() + b'"]}',)),
    "sheet of a call": Parser(lambda data, _: read_sheet(data, "sheet"), (b"\1" * 32 + b"\2" * 32,)),
    "receipt of a signature": Parser(lambda data, _: read_signature_receipt(data, "a"), (b'{"vestige_signature":1,"leaf":"00","nonce":"00"}',)),
    "sample of an audit": Parser(in_file("sample.json", read_sample), (json.dumps({"call": "a", "draw": "c" * 64, "tally": "b" * 64, "nonce": "a" * 64, "key": "k", "population": 5, "positions": [1, 2]}).encode(),)),
    "openings of an audit": Parser(in_file("openings.json", read_openings), (b'{"call":"a","tally":"b","openings":[{"position":1,"sealed":"AA=="}]}',)),
    "server log": Parser(in_file("access.log", hits), (*LOGS, gzip.compress(LOGS[0])), 25),
    "countries of addresses": Parser(in_file("a.mmdb", lambda path: open_geography(path, "CC0")), (b"\xab\xcd\xefMaxMind.com\xe3\x4anode_count\xc1\x01",)),
    "header and tile of a scene": Parser(tile, TIFFS, 30),
    "alert": Parser(in_folder(ALERT, read_alerts), TIFFS),
    "folder of series": Parser(in_folder("a.csv", read_folder), (SERIES,)),
    "sites to observe": Parser(in_file("sites.geojson", read_sites), (json.dumps(SITES).encode(),)),
    "item of a catalogue": Parser(item, (json.dumps(ITEM).encode(),), 25),
    "catalogue": Parser(in_file("catalog.json", items), (json.dumps(ITEM).encode(), json.dumps(CATALOG).encode(), json.dumps({"type": "FeatureCollection", "features": [ITEM]}).encode())),
    "dossier": Parser(lambda data, _: unpack_dossier(data), (gzip.compress(b'{"format":1,"site":"a","bands":[],"pixels":9,"exhibits":[]}'),)),
    "events": Parser(events, (UCDP, ACLED)),
    "fires": Parser(in_file("fires.csv", lambda path: load_fires([path])), (FIRES,)),
    "editions of the List": Parser(in_file("unesco.csv", lambda path: load_editions([path])), (UNESCO,)),
    "sites of a study": Parser(in_file("sites.csv", lambda path: load_sites([path])), (UNESCO,)),
    "country years": Parser(in_file("a.csv", load_country_years), (COUNTRY_YEARS,)),
    "terminations": Parser(in_file("a.csv", load_terminations), (TERMINATIONS,)),
    "address of the web": Parser(lambda data, _: outside.web_address(data.decode("utf-8", "replace")), (b"https://a.example:8443/b?c=d", b"http://[::1]/"), 30),
}  # fmt: skip
