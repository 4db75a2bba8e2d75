"""The article in the text of a page, and in a page."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.reading import ReadingError, read, read_page
from vestige.reading.article._code import is_code

ARTICLE = (
    "The old library of the town was hit during the night, and part of its roof has fallen in.\n"
    "Firefighters needed four hours to put out the fire, which had spread to the reading room.\n"
    "“We carried out every book that we could reach,” said Anna Martin, who has led the library for ten years.\n"
    "The council has promised to repair the building, but nobody knows when the work can begin.\n"
)
HEAD = "Home\nNews\nCulture\nSport\nSearch\nSign in\n"
FOOT = "Share\nTweet\nRelated News\nStorm over the coast\nNew mayor elected\nAbout us\nAll rights reserved.\n"


def body(text: str) -> str:
    return "\n".join(text[first:last] for first, last in read(text).body)


def test_the_page_around_an_article_is_cut():
    assert body(HEAD + ARTICLE + FOOT).strip() == ARTICLE.strip()


def test_a_bare_article_is_left_whole():
    assert body("Library hit\n\n" + ARTICLE) == ("Library hit\n\n" + ARTICLE).strip()


def test_furniture_within_the_article_is_left_out():
    first, *rest = ARTICLE.splitlines(keepends=True)
    assert "Advertisement" not in body(HEAD + first + "Advertisement\n" + "".join(rest) + FOOT)


WRAPPED = "\n".join(textwrap.fill(line, 70) for line in ARTICLE.splitlines()) + "\n"
PIECES = ARTICLE.replace("Anna Martin", "\nAnna Martin\n").replace("four hours", "\nfour hours\n")


@pytest.mark.parametrize(
    "written",
    [ARTICLE.replace("\n", "\n\n"), WRAPPED, PIECES, ARTICLE.replace("\n", "\n    \n  ")],
    ids=["double spaced", "wrapped", "a line a piece", "indented"],
)
def test_the_article_is_found_however_the_text_was_made(written):
    assert body(HEAD + written + FOOT).split() == written.split()


def test_an_article_goes_on_after_a_box_of_links():
    first, second, *rest = ARTICLE.splitlines(keepends=True)
    found = body(HEAD + first + second + "Related articles\nStorm over the coast\n" + "".join(rest) + FOOT)
    assert "Firefighters" in found
    assert "The council has promised" in found
    assert "New mayor elected" not in found


def test_what_a_page_repeats_is_no_article():
    teaser = "The council has met for the third time this week, and nobody knows what it has decided.\n"
    assert teaser.strip() not in body(HEAD + teaser + ARTICLE + FOOT + teaser)


COMMENT = "{name} says:\nNovember {day}, 2019 at 10:15 am\nI have read there since I was a child, and I hope that they find the money soon, whatever it is.\n"


@pytest.mark.parametrize("comments", [4, 12])
def test_comments_under_an_article_are_cut_however_long_they_are(comments):
    thread = "".join(
        COMMENT.format(name=f"reader{day}", day=day).replace("soon", f"in {day} days") for day in range(1, comments + 1)
    )
    assert body(HEAD + ARTICLE + thread + FOOT).strip() == ARTICLE.strip()


def test_a_few_dates_make_no_thread():
    dated = ARTICLE.replace("\nFire", "\nPublished: 12:30, 4 May 2021\nUpdated: 13:05, 4 May 2021\nFire")
    assert "The council has promised" in body(HEAD + dated + FOOT)


def test_a_script_without_blanks_between_words_is_measured_by_its_letters():
    article = (
        "町の古い図書館が夜の間に攻撃を受け、屋根の一部が崩れ落ちた。\n"
        "消防隊は火を消すのに四時間かかり、火は閲覧室まで広がっていた。\n"
        "市議会は建物の修復を約束したが、いつ始まるかは誰にも分からない。\n"
    )
    menu = "ホーム\nニュース\n文化\nスポーツ\nサイトマップ\nプライバシーポリシー\nお問い合わせ\n"
    assert body(menu + article + "関連記事\n" + menu).strip() == article.strip()


def test_one_long_line_is_cut_at_its_gaps_and_sentences():
    article = " ".join((ARTICLE + ARTICLE.replace("library", "museum")).split())
    line = "Home News Culture Sport Search Contact     " + article + "     " + " ".join(FOOT.split())
    found = body(line)
    assert "Firefighters needed four hours" in found
    assert "New mayor elected" not in found


MENU = "Home News World Africa Asia Europe Culture Books Music Sport Weather Travel Search Sign in Subscribe Menu Edition Audio Video Jobs "
MORE = "Related stories Storm Over the Coast New Mayor Elected Ten Books for Summer Terms of use Privacy policy About us Careers Help Apps "
LONG_ARTICLE = (
    ARTICLE
    + """Half of the books are dry and have been carried to the school, where pupils are putting them in order.
Some of the oldest maps were in the cellar, which was under water for two days before the pumps came.
Ms. Martin, who was on leave when it happened, came back by the first train and slept in her office.
“There is nothing here that cannot be put right with time and money,” said the builder who looked at the walls.
He thinks that the roof can be closed before the winter if the timber is ordered by the end of the month.
Until then the reading room will stay shut, and books can be borrowed from a van in the market square.
A collection for the library has begun in the shops, and the first envelopes were full by the evening.
Many people said that they had learned to read there, and that they wanted their children to do so too."""
).replace("\n", " ")


def test_the_article_is_found_in_a_page_on_one_line():
    found = body(MENU + MENU.upper() + LONG_ARTICLE + " " + MORE + MORE.upper())
    assert LONG_ARTICLE in found
    assert "Weather" not in found
    assert "Ten Books" not in found


def test_comments_on_the_line_of_an_article_are_cut():
    comments = "".join(
        COMMENT.format(name=f"reader{day}", day=day).replace("soon", f"in {day} days") for day in range(1, 9)
    )
    found = body((MENU + MENU.upper() + LONG_ARTICLE + " " + comments + MORE + MORE.upper()).replace("\n", " "))
    assert LONG_ARTICLE in found
    assert "since I was a child" not in found


def test_an_article_that_lost_its_line_breaks_is_left_whole():
    names = (
        " Anna Martin, Mayor of Little Haven, met Bo Lind, Director of the National Library Fund, at Haven Town Hall."
    )
    assert body(LONG_ARTICLE + names) == LONG_ARTICLE + names


def test_texts_that_break_off_are_other_stories():
    beginning = "The council of the {} has met for the third time, and nobody knows why{}\n"
    beginnings = {
        end: "".join(beginning.format(where, end) for where in ("north", "south", "east", "west"))
        for end in (".", "...")
    }
    assert "third time" in body(HEAD + ARTICLE + "Read more\n" + beginnings["."] + FOOT)
    assert "third time" not in body(HEAD + ARTICLE + "Read more\n" + beginnings["..."] + FOOT)


def test_the_language_of_a_page_on_one_line_is_that_of_its_article():
    french = "La bibliothèque de la ville a été touchée dans la nuit, et une partie du toit est tombée dans la salle de lecture. "
    assert read(MENU * 40 + french * 20 + MENU * 10).language == "fr"


def test_a_sentence_of_a_bare_article_may_speak_of_newsletters():
    article = " ".join((ARTICLE + ARTICLE.replace("library", "museum")).split())
    assert "newsletter" in body(article.replace("but nobody", "as its newsletter says, but nobody"))


def test_the_language_of_a_page_is_that_of_its_article():
    menu = "Accueil\nLes nouvelles de la ville\nLa culture et le sport\nDans le monde\n" * 40
    assert read(menu + ARTICLE).language == "en"


@given(st.text(alphabet=st.sampled_from("aB .,\n“”é中"), max_size=400))
def test_spans_lie_in_the_text_in_order_and_apart(text):
    last = 0
    for span in read(text).body:
        assert last <= span.start < span.end <= len(text)
        last = span.end


PAGE = f"""<html><head><title>Library hit</title><script>alert("no")</script></head><body><nav><ul><li>Home<li>News</ul></nav>
<article><h1>Library hit</h1>{"".join(f"<p>{line}</p>" for line in ARTICLE.splitlines())}</article><footer>All rights reserved</footer></body></html>"""


def test_the_article_of_a_page_points_into_the_page_text():
    page = read_page(PAGE)
    article = "\n".join(page.text[first:last] for first, last in page.reading.body)
    assert "Firefighters needed four hours" in article
    assert "All rights reserved" not in article
    assert page.reading.statements[0].name == "Anna Martin"


def test_scripts_are_no_text_and_the_title_says_where_it_was_found():
    page = read_page(PAGE.encode())
    assert "alert" not in page.text
    assert page.title is not None
    assert (page.title.value, page.title.found_in) == ("Library hit", "the page's title or heading")


def test_depth_does_not_matter():
    page = read_page("<div>" * 5000 + "<p>The minister said that the bridge was closed.</p>" + "</div>" * 5000)
    assert "the bridge was closed" in page.text


@pytest.mark.parametrize("page", ["", b"", "   "])
def test_an_empty_page_is_refused(page):
    with pytest.raises(ReadingError, match="HTML page was expected"):
        read_page(page)


def test_a_declared_encoding_is_used():
    page = read_page('<meta charset="windows-1251"><p>Церковь стоит.</p>'.encode("windows-1251"))
    assert "Церковь стоит." in page.text


GLUED = (
    "Town NewsFront pageCulture and ArtsWeather for the weekSports ResultsVideo of the dayOur PodcastsLetters to the Editor"
    "The Puzzle of the dayAll the Jobs in townHouses for sale in the town and aroundNotices of deaths and births\n"
)


def test_menus_that_were_glued_together_are_cut():
    assert body(GLUED + ARTICLE + FOOT).strip() == ARTICLE.strip()


def test_a_glued_menu_tells_no_language():
    french = "Le toit de la bibliothèque est tombé dans la nuit, et les pompiers sont venus de toute la région.\n"
    assert read(GLUED * 3 + french * 4).language == "fr"


def test_names_with_a_capital_within_do_not_cut_a_line():
    names = "McDonald of YouTube and MacArthur of WhatsApp met DeLong of LinkedIn and VanBuren of FaceTime in the library.\n"
    assert body(HEAD + ARTICLE + names + ARTICLE.replace("old", "new") + FOOT).count(names.strip()) == 1


def test_blanks_are_no_words():
    note = "× you can read this with a newer browser" + "\n     " * 300 + "\nthan the one that you have.\n"
    assert body(HEAD + note + "Town\nCountry\n" + ARTICLE + FOOT).strip() == ARTICLE.strip()


def test_a_cloud_of_tags_weighs_less_than_an_article_in_any_language():
    tags = "\n".join(f"tema{letter}{number}" for letter in "abcdefgh" for number in range(55))
    italian = (
        "La vecchia biblioteca della città è stata colpita nella notte, e una parte del tetto è caduta.\n"
        "I vigili del fuoco hanno lavorato quattro ore per spegnere le fiamme nella sala di lettura.\n"
        "Il consiglio ha promesso di riparare l'edificio, ma nessuno sa quando comincerà il lavoro.\n"
    )
    assert body("Tag\n" + tags + "\nArchivio\n" * 8 + italian + FOOT).strip() == italian.strip()


def test_a_number_of_comments_in_brackets_ends_the_article():
    comments = (
        "[ 167 comments ]\nI have never seen it so bad.\nThey should have built a new one long ago, everybody knows.\n"
    )
    assert body(HEAD + ARTICLE + comments).strip() == ARTICLE.strip()


def test_a_page_without_running_text_is_left_whole():
    table = "".join(
        f"{place}\n{name}\n{5040 - place}\n" for place, name in enumerate(("Berg", "Hill", "Martin", "Lind"), 1)
    )
    page = "Racing news\nCalendar\nResults\nHow it stands after all of the races:\n" + table + "Teams\n"
    assert body(page) == page.strip()


SCRIPT = """
(function (window, document) {
    var list = window.list || [];
    list.push(function () { window.show({"name": "The news of the town, which you have not read", "of": ["Anna", "Ben"]}); });
    if (list.length > 0) { document.body.className = "is-ready with-all-that-you-need"; }
}());
"""
TOWNS = ("Aden", "Bath", "Cork", "Derry", "Elgin", "Fife", "Goole", "Hull", "Ayr", "Jena", "Kiel", "Lund")
DATA = "".join(
    f'{{"{town}":{{"url":"https:\\/\\/{town}.org\\/","says":"It is said of {town} that it is the oldest of all towns."}}}},'
    for town in TOWNS
)
STYLE = ".top-bar .menu li > a:before {\n    line-height: 38px;\n    color: #fff;\n}\n" * 12


@pytest.mark.parametrize("left_in", [SCRIPT, DATA + "\n", STYLE], ids=["script", "data", "style"])
def test_code_that_was_left_in_is_no_article(left_in):
    assert body(left_in + HEAD + left_in + ARTICLE + left_in + FOOT).strip() == ARTICLE.strip()


def test_data_beside_an_article_does_not_outweigh_it():
    assert body(HEAD + DATA + "\nTown\nCountry\nWorld\nSport\nCulture\n" + ARTICLE + FOOT).strip() == ARTICLE.strip()


def test_code_is_told_from_running_text():
    assert not any(map(is_code, ARTICLE.splitlines()))
    assert not is_code("She had painted “2 + 2 = 4” on the wall; nobody knew why, and the owner did not ask.")
    assert is_code("window.dataLayer = window.dataLayer || []; function gtag() { dataLayer.push(arguments); }")


def test_menus_and_other_stories_in_markdown_are_cut():
    menu = "".join(f"  * [News of the {place}](/news/{place})\n" for place in ("town", "county", "country", "world"))
    others = "".join(
        f"[![A bridge](/b.jpg) They say that the bridge of {town} is to be closed, which nobody had expected.](/{town})\n\n"
        for town in TOWNS
    )
    link = '[The council](https://example.org/a_(b) "all that it does")'
    article = ARTICLE.replace("The council", link).replace("\n", "\n\n")
    assert body(menu + article + others).strip() == article.strip()
