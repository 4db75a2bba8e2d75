"""The balance: what its tables do not show they say, and the data hold every row."""

import csv
import json
import re

from vestige.entries import Draft, Source
from vestige.printable import without_controls
from vestige.publishing import publish
from vestige.publishing.data._agreement import TITLE
from vestige.publishing.data._balance import MOST_ROWS


def test_a_table_that_stops_says_so_and_leads_to_all_rows(fresh):
    many = MOST_ROWS + 5
    fresh.record.append(
        *(Draft(Source(title="Made up", form="reference", publisher=f"Publisher {i:03}")) for i in range(many))
    )
    publish(fresh.record, fresh.out)
    tables = json.loads((fresh.out / "balance.json").read_bytes())
    del tables[TITLE]
    whole = len(tables["Sources by publisher"])
    assert whole >= many
    for code, said in (("en", f"Shown: {MOST_ROWS} of {whole}."), ("ar", f"المعروض: {MOST_ROWS} من {whole}.")):
        page = (fresh.out / code / "balance.html").read_text("utf-8")
        assert page.count(said) == 1
        assert page.count('href="../data/balance.csv"') == 1
        assert max(table.count('<th scope="row">') for table in page.split("<table")) == MOST_ROWS
    with (fresh.out / "data/balance.csv").open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert [(row["table"], row["value"], int(row["number"])) for row in rows] == [
        (title, without_controls(value), number) for title, counts in tables.items() for value, number in counts
    ]
    assert {row["whole"] for row in rows if row["table"] == "Sources by publisher"} == {
        str(sum(number for _, number in tables["Sources by publisher"]))
    }


def test_a_table_that_is_whole_says_nothing_of_it(published):
    page = (published.out / "en/balance.html").read_text("utf-8")
    assert not re.search("Shown: ", page)
