import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.capture import NotTextError, TooLargeError, capture_file, decode
from vestige.errors import EnvironmentFault, InputError

RUSSIAN = (
    "Музей в Мариуполе был повреждён ночью, сообщил директор. Коллекцию вывезли в марте, здание закрыто до весны. " * 3
)


@pytest.mark.parametrize(
    ("data", "media_type", "text", "encoding", "ground"),
    [
        (codecs.BOM_UTF8 + "é".encode(), "", "é", "utf-8", "byte order mark"),
        ("Şuşa".encode("utf-16"), "", "Şuşa", "utf-16", "byte order mark"),
        ("Şuşa".encode(), "text/html; charset=iso-8859-1", "Şuşa", "utf-8", "valid UTF-8"),
        ("Мариуполь".encode("cp1251"), "text/html; charset=windows-1251", "Мариуполь", "cp1251", "declared"),
        (b"<meta charset=windows-1252><p>\x93caf\xe9\x94", "", "<meta charset=windows-1252><p>“café”", "cp1252", "declared"),
        (b"<meta charset='iso-8859-1'>\x93\xe9", "", "<meta charset='iso-8859-1'>“é", "cp1252", "declared"),
        (b"<?xml version='1.0' encoding='koi8-r'?>" + "мир".encode("koi8-r"), "", "<?xml version='1.0' encoding='koi8-r'?>мир", "koi8-r", "declared"),
        (b"", "", "", "utf-8", "valid UTF-8"),
    ],
)  # fmt: skip
def test_the_encoding_is_found_and_its_ground_said(data, media_type, text, encoding, ground):
    got = decode(data, media_type)
    assert (got.text, got.encoding, got.ground, got.replaced) == (text, encoding, ground, 0)


def test_an_undeclared_encoding_is_guessed_and_said_to_be():
    got = decode(RUSSIAN.encode("cp1251"))
    assert got.text == RUSSIAN
    assert got.ground == "guessed"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Министр сказал: «Храм разрушен», и добавил, что музей закрыт.", "cp1251"),
        ("Министр сказал, что храм разрушен, и добавил, что музей закрыт.", "koi8-r"),
        ("Міністр сказав: «Храм зруйновано», і додав, що музей закрито.", "cp1251"),
        ("Міністр сказав, що храм зруйновано, і додав, що музей закрито.", "koi8-u"),
        ("قال الوزير إن الكنيسة دمرت، وأضاف أن المتحف مغلق.", "cp1256"),
        ("Le ministre a déclaré : « L’église a été détruite », et le musée est fermé.", "cp1252"),
    ],
)
def test_one_sentence_is_enough_to_guess_from(text, encoding):
    assert decode(text.encode(encoding)).text == text


def test_a_declaration_of_what_is_no_encoding_of_text_is_passed_over():
    for name in (b"nonsense", b"rot13", b"base64", b"zip", b"utf-16"):
        assert decode(b"<meta charset=" + name + b"> " + RUSSIAN.encode("cp1251")).ground == "guessed"


def test_damaged_bytes_are_counted():
    got = decode(b"<meta charset=utf-8>" + "Текст".encode() + b"\xff" + b"a" * 200)
    assert got.replaced == 1
    assert got.encoding == "utf-8"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"PK\x03\x04rest", "ZIP"),
        (bytes(range(256)) * 50, "none"),
        (b"\0" * 1000, "none"),
    ],
)
def test_what_is_no_text_is_named(data, says):
    with pytest.raises(NotTextError, match=says) as raised:
        decode(data, where="scan.bin")
    assert str(raised.value).startswith("scan.bin: ")


@given(st.text(min_size=1))
def test_utf_8_comes_back_as_it_was(text):
    data = text.encode("utf-8", "ignore")
    try:
        got = decode(data)
    except NotTextError:
        return
    if got.ground == "valid UTF-8":
        assert got.text.encode() == data


@given(st.binary(max_size=2000))
def test_any_bytes_are_text_or_refused(data):
    try:
        decode(data)
    except NotTextError:
        return


def test_fifty_megabytes_on_one_line_are_decoded():
    assert len(decode(b"a" * 50_000_000).text) == 50_000_000


def test_a_file_is_taken_untouched(tmp_path):
    path = tmp_path / "page.html"
    path.write_bytes(b"\xff\r\n\x00")
    got = capture_file(path)
    assert got.data == b"\xff\r\n\x00"
    assert got.media_type == "text/html"
    assert got.address == str(path)


def test_files_that_cannot_be_taken_are_named(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        capture_file(tmp_path / "absent")
    with pytest.raises(InputError, match="folder"):
        capture_file(tmp_path)
    (tmp_path / "large").write_bytes(b"x" * 11)
    with pytest.raises(TooLargeError, match="10 bytes"):
        capture_file(tmp_path / "large", limit=10)
    with pytest.raises((InputError, EnvironmentFault)):
        capture_file("a\0b")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Köprü, ağır hasar gördü ve İstanbul'a giden yol kapandı.", "cp1254"),
        ("Şehir merkezindeki caminin çatısı dün gece yıkıldı, dedi vali.", "cp1254"),
        ("Bu sabah müze kapandı; kağıtlar kurtarıldı.", "cp1254"),
        ("Það var brúin við ána sem hrundi, sagði ráðherrann í gær.", "cp1252"),
        ("La façade de l’église où l’été brûle, près du chœur.", "cp1252"),
        ("Le toit de l'église a été détruit près du pont.", "cp1252"),
        ("El puente sobre el río fue dañado, dijo el alcalde.", "cp1252"),
        ("A ponte não foi destruída, disse a câmara.", "cp1252"),
        ("Die Brücke über den Fluß wurde zerstört, sagte der Bürgermeister.", "cp1252"),
        ("Most został zniszczony, powiedział burmistrz Łodzi.", "cp1250"),
        ("Střecha kostela byla zničena, řekl starosta.", "cp1250"),
        ("A híd tetője megsérült, mondta a polgármester.", "cp1250"),
        ("Most je srušen u četvrtak, rekao je načelnik.", "cp1250"),
        ("Tiltas buvo sugriautas, sakė meras iš Šiaulių.", "cp1257"),
    ],
)
def test_one_sentence_in_latin_letters_keeps_them(text, encoding):
    assert decode(text.encode(encoding)).text == text
