"""Documents in the forms that people bring: their text, where a statement stands in it, and what broken ones do."""

import gzip
import io
import json
import mailbox
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vestige.capture import Document, DocumentError, NotTextError, open_document
from vestige.capture.documents import _package
from vestige.capture.documents._forms import FORMS, form_of
from vestige.errors import VestigeError
from vestige.keeping.candidates import read_document

HERE = Path(__file__).parent / "documents"
QUOTE = "“The east wing is gone and the collection was moved in time,”"


def opened(name):
    return open_document((HERE / name).read_bytes(), None, where=name)


def packed(**members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return file.getvalue()


@pytest.mark.parametrize("name", ["press.pdf", "press.mhtml", "press.warc", "press.warc.gz", "press.wacz"])
def test_six_statements_are_read_of_the_same_page_in_each_form(name):
    document = opened(name)
    reading = read_document(document, where=name).reading
    said = [" ".join(document.text[first:last] for first, last in one.content) for one in reading.statements]
    assert len(said) == 6
    assert QUOTE in said
    assert reading.statements[said.index(QUOTE)].name == "Olena Prykladna"


def test_a_statement_of_a_pdf_stands_on_its_page():
    document = opened("press.pdf")
    at = document.text.index("The east wing")
    assert document.locator(at, at + 10) == "page 1"
    assert document.title.value == "Press release: damage at the museum"


@pytest.mark.parametrize("name", ["report.docx", "press.rtf"])
def test_an_office_document_is_read(name):
    document = opened(name)
    (quoted,) = [one for one in read_document(document, where=name).reading.statements if one.manner == "direct"]
    assert (quoted.name, quoted.role) == ("Olena Prykladna", "director")


@pytest.mark.parametrize("name", ["press.mhtml", "press.warc", "press.warc.gz", "press.wacz"])
def test_a_capture_gives_its_address_and_time(name):
    document = opened(name)
    assert (document.address, document.captured) == ("https://news.example.org/museum", "2024-06-05T10:00:00Z")
    assert "=E2=80" not in document.text


@pytest.mark.parametrize(
    ("name", "told", "title"),
    [
        ("facebook.html", "asks to log in", "City Museum"),
        ("x.html", "scripts would write it", "City Museum on X"),
        ("youtube.html", "nearly no text", "Museum after the strike - YouTube"),
    ],
)
def test_a_page_without_text_is_told(name, told, title):
    document = opened(name)
    assert told in document.remarks[0]
    assert document.title.value == title


def test_a_forwarded_message_is_reported_by_who_wrote_it():
    document = opened("messages.html")
    director, governor = read_document(document, where="messages.html").reading.statements
    assert (director.reported_via, governor.reported_via) == ((), ("Region Administration",))
    assert document.locator(*governor.content[0]) == "message 102 of 2024-06-05 10:14"


def test_the_posts_of_a_channel_page_have_days_of_their_own():
    assert [part.locator for part in opened("tme.html").parts] == [
        "message 101 of 2024-06-05 07:00",
        "message 102 of 2024-06-06 07:14",
    ]


def test_an_export_in_json_keeps_forwards():
    messages = [
        {"id": 7, "type": "message", "date": "2024-06-05T10:00:12", "text": ["The hall ", {"type": "bold", "text": "burned"}, "."]},
        {"id": 8, "type": "message", "date": "2024-06-05T10:05:00", "forwarded_from": "Region", "text": "It is out."},
        {"id": 9, "type": "service", "date": "2024-06-05T10:06:00", "text": "pinned"},
    ]  # fmt: skip
    document = open_document(
        json.dumps({"name": "Museum", "type": "public_channel", "id": 1, "messages": messages}).encode()
    )
    assert document.text == "The hall burned.\n\nIt is out."
    assert [(part.locator, part.via) for part in document.parts] == [
        ("message 7 of 2024-06-05 10:00", ()),
        ("message 8 of 2024-06-05 10:05", ("Region",)),
    ]


def test_an_odt_is_read_without_what_was_deleted():
    content = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
      xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>
      <text:tracked-changes><text:p>deleted</text:p></text:tracked-changes><text:h>Head</text:h>
      <text:p>The roof<text:s text:c="2"/>is <text:span>gone</text:span>.<text:note><text:note-citation>1</text:note-citation>
      <text:note-body><text:p>A note.</text:p></text:note-body></text:note> More.</text:p></office:text></office:body></office:document-content>"""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    lines = open_document(file.getvalue()).text.split("\n\n")
    assert lines == ["Head", "The roof  is gone. More.", "A note."]


def test_an_epub_is_read_by_chapters():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml", '<container><rootfiles><rootfile full-path="b/o.opf"/></rootfiles></container>'
        )
        archive.writestr(
            "b/o.opf",
            '<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>A book</dc:title></metadata><manifest>'
            '<item id="x" href="two.xhtml"/><item id="y" href="one.xhtml"/></manifest><spine><itemref idref="y"/><itemref idref="x"/></spine></package>',
        )
        archive.writestr("b/one.xhtml", "<html><body><p>The first chapter of it.</p></body></html>")
        archive.writestr("b/two.xhtml", "<html><body><p>The second chapter of it.</p></body></html>")
    document = open_document(file.getvalue())
    assert document.title.value == "A book"
    assert [document.text[part.start : part.end] for part in document.parts] == [
        "The first chapter of it.",
        "The second chapter of it.",
    ]
    assert document.locator(*[document.text.index("second")] * 2) == "chapter 2"


def letter(subject, words):
    message = EmailMessage()
    message["Subject"], message["From"], message["Date"] = (
        subject,
        "Ana Primer <a@example.org>",
        "Wed, 05 Jun 2024 10:00:00 +0200",
    )
    message.set_content(words)
    message.add_attachment(b"x", maintype="image", subtype="png", filename="roof.png")
    return message


def test_a_letter_is_read_and_its_attachments_are_named():
    document = open_document(letter("Der Saal — brûlé", "Le toit est détruit.").as_bytes())
    assert document.text == "Le toit est détruit."
    assert (document.title.value, document.date.value) == ("Der Saal — brûlé", "2024-06-05")
    assert "roof.png" in document.remarks[0]


def test_the_letters_of_an_mbox_are_told_apart(tmp_path):
    box = mailbox.mbox(tmp_path / "box")
    for subject in ("One", "Two"):
        box.add(letter(subject, f"The words of {subject}."))
    box.close()
    document = open_document((tmp_path / "box").read_bytes())
    assert document.locator(*[document.text.index("of Two")] * 2) == "letter 2 (2024-06-05, Two)"


def test_a_transcript_with_times_is_read():
    subtitles = (
        "1\n00:00:01,000 --> 00:00:03,000\nThe hall was hit,\n\n2\n00:01:12,500 --> 00:01:15,000\nthe keeper said.\n"
    )
    document = open_document(subtitles.encode())
    assert document.text == "The hall was hit,\nthe keeper said."
    assert document.locator(*[document.text.index("keeper")] * 2) == "00:01:12"
    voices = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana Primer>It is &lt;gone&gt;.</v>\n\n00:03.000 --> 00:04.000\n<v Jan Vzor>When?</v>\n"
    assert open_document(voices.encode()).text == "Ana Primer: It is <gone>.\n\nJan Vzor: When?"


def test_a_picture_holds_no_text():
    with pytest.raises(NotTextError, match="PNG picture"):
        opened("letter.png")


def test_a_bomb_is_refused_by_what_it_unpacks_to():
    data = packed(word__document_xml=b"<w>" + b"a" * (_package.LARGEST_MEMBER + 1))
    assert len(data) < 100_000
    with pytest.raises(DocumentError, match="unpacks to more"):
        open_document(data)


def test_entities_are_not_expanded():
    laughs = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><w>&b;</w>'
    with pytest.raises(DocumentError, match="entities"):
        open_document(packed(word__document_xml=laughs))


def test_a_file_from_outside_is_not_read_through_an_entity(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    outside = f'<!DOCTYPE w [<!ENTITY a SYSTEM "file://{secret}">]><w><p><t>&a;</t></p></w>'
    with pytest.raises(DocumentError, match="entities"):
        open_document(packed(word__document_xml=outside))


def test_a_broken_pdf_is_one_line():
    with pytest.raises(DocumentError, match="the PDF cannot be read"):
        open_document(b"%PDF-1.7\n" + b"\x00<<>>" * 50)


def opened_or_refused(data):
    """Anything but our own errors fails the test."""
    try:
        return open_document(data, None, where="broken")
    except VestigeError as error:
        return Document(text="", remarks=(error.message,))


SAMPLES = [path.read_bytes() for path in sorted(HERE.iterdir()) if path.suffix not in (".pdf", ".png")]


@settings(max_examples=40, deadline=None)
@given(sample=st.sampled_from(SAMPLES), data=st.data())
def test_whatever_is_broken_in_a_file_only_our_own_errors_come(sample, data):
    cut = data.draw(st.integers(0, len(sample)))
    noise = data.draw(st.binary(max_size=40))
    at = data.draw(st.integers(0, max(0, cut)))
    broken = sample[:at] + noise + sample[at + len(noise) : cut]
    document = opened_or_refused(broken)
    assert all(0 <= part.start <= part.end <= len(document.text) for part in document.parts)


@given(
    noise=st.binary(max_size=300),
    start=st.sampled_from(
        [b"WARC/1.0\r\n", b"From a\nTo: b\n", b"PK\x03\x04", b"{\\rtf1", b"WEBVTT\n", b'{"name": ', b"\x1f\x8b"]
    ),
)
@settings(max_examples=40, deadline=None)
def test_noise_behind_a_known_beginning_gives_only_our_own_errors(noise, start):
    assert len(opened_or_refused(start + noise).text) <= 20 * len(start + noise)


def test_each_form_tells_its_own_and_no_plain_text():
    assert form_of(b"The roof was lost, the museum said.\nFrom here on nothing stood.") is None
    assert form_of(gzip.compress(b"a,b\n1,2\n")) is None
    assert len({form.name for form in FORMS}) == len(FORMS)


def test_what_a_letter_says_in_html_alone_is_read_beside_its_plain_parts():
    """Mailing lists add a plain footer to a letter in HTML; only parts that say the same stand for one another."""
    letter = (
        b"From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
        b"--x\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n"
        b"--y\r\nContent-Type: text/plain\r\n\r\n%s\r\n"
        b"--y\r\nContent-Type: multipart/related; boundary=z\r\n\r\n"
        b"--z\r\nContent-Type: text/html; charset=windows-1251\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"<p>=CC=EE=F1=F2 =F0=E0=E7=F0=F3=F8=E5=ED.</p>\r\n--z--\r\n--y--\r\n"
        b"--x\r\nContent-Type: text/plain\r\n\r\nSent to the list.\r\n--x--\r\n"
    )
    assert open_document(letter % b"").text == "Мост разрушен.\n\nSent to the list."
    assert open_document(letter % b"The bridge is down.").text == "The bridge is down.\n\nSent to the list."


def test_polls_are_read_and_messages_without_words_are_counted():
    rows = [
        {"id": 1, "text": "", "poll": {"question": "Was it hit?", "answers": [{"text": "Yes"}, {"text": "No"}]}},
        {"id": 2, "text": [{"type": "bold", "text": "Album"}], "photo": "1.jpg"},
        {"id": 3, "text": "", "photo": "2.jpg"},
    ]
    messages = [{"type": "message", "date": "2023-03-05T10:00:00", **row} for row in rows]
    found = open_document(json.dumps({"name": "Town", "type": "public_channel", "messages": messages}).encode())
    assert found.text == "Was it hit?\nYes\nNo\n\nAlbum"
    assert found.remarks == ("1 of 3 messages hold no words (pictures, films, places) and are not read",)
