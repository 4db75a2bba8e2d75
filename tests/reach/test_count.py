"""Server logs to views: five formats, the COUNTER rules, robots by name and conduct, and nothing of a visitor kept."""

import calendar
import gzip
import json
import random
from pathlib import Path

import crawleruseragents
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vestige.entries.acts import Logs, Reach
from vestige.reach import Counter, LogError, Site, machine_of, reach_of, read_hits
from vestige.reach._report import table_of

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
OCTOBER = (calendar.timegm((2026, 10, 1, 0, 0, 0)), calendar.timegm((2026, 11, 1, 0, 0, 0)))
ADDRESS = "203.0.113.77"
ANY = Site()


def combined(
    time="10:01:00",
    path="/en/site/abc.html",
    agent=BROWSER,
    status=200,
    method="GET",
    address=ADDRESS,
    referrer="-",
    day=10,
):
    return (
        f'{address} - - [{day:02}/Oct/2026:{time} +0000] "{method} {path} HTTP/1.1" {status} 512 "{referrer}" "{agent}"'
    )


def caddy(time=1791626460.25):
    request = {
        "remote_ip": ADDRESS,
        "client_ip": ADDRESS,
        "method": "GET",
        "host": "record.example",
        "uri": "/en/site/abc.html",
    }
    return json.dumps(
        {"level": "info", "ts": time, "request": request | {"headers": {"User-Agent": [BROWSER]}}, "status": 200}
    )


CLOUDFRONT = (
    "#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent)\n"
    f"2026-10-10\t10:01:00\tFRA2\t512\t{ADDRESS}\tGET\trecord.example\t/en/site/abc.html\t200\t-\t{BROWSER.replace(' ', '%2520')}\n"
)
BUNNY = f"HIT|200|1791626460123|512|390|{ADDRESS}|-|https://record.example/en/site/abc.html|WA|{BROWSER}|322b688b|DE\n"
FIVE = {
    "combined": combined() + "\n",
    "vhost-combined": "record.example:443 " + combined() + "\n",
    "caddy": caddy() + "\n",
    "cloudfront": CLOUDFRONT,
    "bunny": BUNNY,
}


def counted(tmp_path, *lines, site=ANY):
    """Count lines of one log."""
    log = tmp_path / "access.log"
    log.write_text("\n".join(lines) + "\n", "utf-8")
    hits = read_hits(log)
    counter = Counter(site, OCTOBER)
    counter.add(hits)
    counter.close()
    return counter, hits


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("name", FIVE)
def test_five_formats_tell_the_same(tmp_path, name, packed):
    log = tmp_path / ("access.log.2.gz" if packed else "access.log.1")
    data = FIVE[name].encode()
    log.write_bytes(gzip.compress(data) if packed else data)
    hits = read_hits(log)
    (hit,) = hits
    assert hits.format == name
    assert (hit.time, hit.address.decode(), hit.path.decode(), hit.status, hit.agent.decode()) == (
        calendar.timegm((2026, 10, 10, 10, 1, 0)),
        ADDRESS,
        "/en/site/abc.html",
        b"200",
        BROWSER,
    )


@pytest.mark.parametrize(
    ("whole", "damaged"), [("record.example", "["), ("record.example", "[::"), ("1791626460123", "1" * 5000)]
)
def test_a_damaged_line_with_bars_is_counted_as_unreadable(tmp_path, whole, damaged):
    _, hits = counted(tmp_path, BUNNY.strip(), BUNNY.strip().replace(whole, damaged))
    assert (hits.lines, hits.unreadable) == (2, 1)


@pytest.mark.parametrize(("second", "views"), [("10:01:29", 1), ("10:01:30", 1), ("10:01:31", 2), ("10:01:35", 2)])
def test_a_double_click_is_one_view(tmp_path, second, views):
    counter, _ = counted(tmp_path, combined("10:01:00"), combined(second))
    assert (counter.views, counter.left_out["repeats"]) == (views, 2 - views)


def test_three_clicks_each_within_thirty_seconds_of_the_last_are_one_view(tmp_path):
    counter, _ = counted(tmp_path, *(combined(f"10:01:{second}") for second in ("00", "25", "50")))
    assert counter.views == 1


def test_other_items_and_other_visitors_are_other_views(tmp_path):
    lines = [
        combined(),
        combined(path="/fr/site/abc.html"),
        combined(address="2001:db8::1"),
        combined(agent=BROWSER + " x"),
    ]
    counter, _ = counted(tmp_path, *lines)
    assert counter.views == 4
    assert counter.tables["languages"] == {"en": 3, "fr": 1}
    assert counter.tables["pages"] == {"site/abc.html": 4}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (combined(status=404), "errors"),
        (combined(status=206), "errors"),
        (combined(method="HEAD"), "methods"),
        (combined(method="POST"), "methods"),
        (combined(path="/assets/app.js"), "assets"),
        (combined(agent="GPTBot/1.2"), "robots_by_name"),
        (combined(agent="-"), "robots_by_name"),
        (combined().replace("/Oct/", "/Sep/"), "other_month"),
        (combined(path="/wp-login.php/"), None),
    ],
)
def test_everything_left_out_has_its_reason(tmp_path, line, reason):
    counter, hits = counted(tmp_path, line)
    assert (counter.views, dict(counter.left_out)) == ((1, {}) if reason is None else (0, {reason: 1}))
    assert sum(counter.left_out.values()) + counter.views == hits.lines


def test_304_and_a_query_are_views_of_the_same_page(tmp_path):
    counter, _ = counted(tmp_path, combined(status=304), combined("11:00:00", path="/en/site/abc.html?x=1"))
    assert counter.tables["pages"] == {"site/abc.html": 2}


def test_machines_stand_apart_by_what_they_are(tmp_path):
    agents = ["GPTBot/1.2", "Mozilla/5.0 (compatible; bingbot/2.0)", "curl/8.5", "Feedly/1.0", "SomethingBot/1"]
    counter, _ = counted(tmp_path, *(combined(agent=agent) for agent in agents))
    assert counter.machines == {"ai": 1, "search": 1, "tool": 1, "feed": 1, "other": 1}


def test_robots_are_known_by_conduct_too(tmp_path):
    polite = [combined("10:00:00", "/robots.txt"), combined("10:00:40")]
    fast = [combined(f"11:00:0{n % 10}", f"/en/site/{n}.html", address="198.51.100.9") for n in range(12)]
    many = [
        combined(f"12:{n // 6:02}:{n % 6 * 10:02}", f"/en/site/{n}.html", address="198.51.100.8") for n in range(301)
    ]
    reader = [combined(f"13:{n:02}:00", f"/en/site/{n}.html", address="198.51.100.7") for n in range(12)]
    counter, _ = counted(tmp_path, *polite, *fast, *many, *reader)
    assert counter.views == 12
    assert counter.left_out["robots_by_conduct"] == 1 + 12 + 301


def test_the_low_count_is_of_visitors_that_fetched_what_a_page_needs(tmp_path):
    counter, _ = counted(tmp_path, combined(), combined(path="/assets/app.css"), combined(address="198.51.100.9"))
    assert (counter.views, counter.views_low) == (2, 1)


def test_downloads_and_referring_domains_are_counted_apart(tmp_path):
    lines = [
        combined(path="/data/sites.geojson"),
        combined(referrer="https://www.news.example/story?id=1"),
        combined("12:00:00", referrer="https://record.example/en/"),
    ]
    counter, _ = counted(tmp_path, *lines, site=Site(hosts=frozenset({"record.example"})))
    assert counter.tables["downloads"] == {"data/sites.geojson": 1}
    assert counter.tables["referrers"] == {"news.example": 1}


def test_a_known_crawler_is_caught_and_a_browser_is_not():
    """Every agent of the list crawler-user-agents (MIT), an independent oracle; browsers of the usual families and versions."""
    agents = [agent for entry in crawleruseragents.CRAWLER_USER_AGENTS_DATA for agent in entry.get("instances", ())]
    caught = sum(machine_of(agent) is not None for agent in agents)
    assert len(agents) > 1500 and caught / len(agents) >= 0.99
    browsers = [
        shape.format(major=major, minor=minor)
        for shape in (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{major}.0.{minor}.0 Safari/537.36",
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.{minor} Safari/605.1.15",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_{minor} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (Linux; Android 14; SM-S9{minor}B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{major}.0.0.0 Mobile Safari/537.36",
            "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:{major}.0) Gecko/20100101 Firefox/{major}.0",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{major}.0.0.0 Safari/537.36 Edg/{major}.0.{minor}.0",
            "Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{major}.0.0.0 YaBrowser/24.{minor}.0 Safari/537.36",
        )
        for major in range(90, 146, 5)
        for minor in range(10, 30, 4)
    ]
    assert sum(machine_of(agent) is not None for agent in browsers) <= len(browsers) / 1000


def test_all_that_counters_lists_name_is_caught_whatever_the_case():
    for agent in (
        "GOOGLEBOT/2.1",
        "curl/7.1",
        "Wget/1.2",
        "WGET/1.2",
        "libwww-perl/5",
        "Java/1.8",
        "FACEBOOKEXTERNALHIT/1.1",
    ):
        assert machine_of(agent) is not None, agent


def test_damaged_lines_are_counted_and_the_rest_is_read(tmp_path):
    dice = random.Random(3)
    lines = [
        combined(f"10:{n // 60:02}:{n % 60:02}", f"/en/site/{n}.html", address=f"198.51.100.{n % 200}")
        for n in range(1000)
    ]
    for at in dice.sample(range(40, 1000), 10):
        lines[at] = dice.choice(["\x00\x01\x1b[2J", lines[at][:50], "x" * 20_000, combined(path="/" + "y" * 80_000)])
    counter, hits = counted(tmp_path, *lines)
    assert (hits.lines, hits.unreadable) == (1000, 10)
    assert counter.views + sum(counter.left_out.values()) == 990


@pytest.mark.parametrize("data", [b"", b"not a log\n", b"\x89PNG\r\n", b'{"a": 1}\n', b"BEGIN:VCALENDAR\n"])
def test_a_log_of_another_format_gets_one_clear_line(tmp_path, data):
    log = tmp_path / "other"
    log.write_bytes(data)
    with pytest.raises(LogError) as refused:
        read_hits(log)
    assert str(log) in str(refused.value) and "\n" not in str(refused.value)


def test_a_packed_log_that_is_cut_short_gets_one_clear_line(tmp_path):
    log = tmp_path / "access.log.gz"
    packed = gzip.compress("\n".join(combined(path=f"/en/{random.random()}.html") for _ in range(3000)).encode())
    log.write_bytes(packed[: len(packed) // 2])
    with pytest.raises(LogError, match="cut short"):
        list(read_hits(log))


@given(st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), st.integers(1, 70), max_size=12))
def test_a_table_holds_at_least_k_everywhere(numbers):
    cells, rest = table_of(numbers, 20)
    assert all(cell.number >= 20 for cell in cells) and (rest == 0 or rest >= 20)
    shown = sum(cell.number for cell in cells) + rest
    assert shown == sum(numbers.values()) or (shown == 0 and sum(numbers.values()) < 20)


@given(st.lists(st.binary(max_size=200), max_size=12))
@settings(max_examples=40)
def test_no_bytes_make_it_crash(lines):
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        log.write_bytes(combined().encode() + b"\n" + b"\n".join(lines))
        counter = Counter(Site(), OCTOBER)
        hits = read_hits(log)
        counter.add(hits)
        counter.close()
        assert hits.lines - hits.unreadable == counter.views + sum(counter.left_out.values())


def test_nothing_of_an_address_or_agent_is_in_what_is_entered(tmp_path):
    secret = "Mozilla/5.0 (X11; Planted) Gecko/20100101 Firefox/140.0"
    lines = [
        combined(f"10:{n:02}:00", f"/en/site/{n % 2}.html", agent=secret, address="192.0.2.123") for n in range(59)
    ]
    counter, hits = counted(tmp_path, *lines)
    body = reach_of("2026-10", counter, [Logs(format="combined", days=1, lines=hits.lines)])
    data = msgspec.json.encode(body)
    assert b"192.0.2" not in data and b"Planted" not in data
    kept = repr(dict(vars(counter).items()))
    assert "192.0.2" not in kept and "Planted" not in kept
    assert msgspec.json.decode(data, type=Reach).views == 59


@given(st.lists(st.sampled_from([
    combined(), combined("10:02:00", '/a\\"b.html'), combined(agent='a \\" b'), "#" + combined(), "", "  ", "no line", combined()[:40], "\x00\x01",
    combined().replace("10/Oct", "40/Oct"), combined().replace("Oct", "Okt"), combined(path="/" + "y" * 70_000), combined().replace('"GET', '"GET /never ended'),
    combined() + " more", combined(address="2001:db8::1"),
]), max_size=12))  # fmt: skip
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_lines_that_are_read_together_are_read_as_each_alone(tmp_path, lines):
    log = tmp_path / "log"
    lines = [combined(), *lines]
    log.write_bytes("".join(f"{line}\n" for line in lines).encode())
    together = read_hits(log)
    hits = list(together)
    alone = []
    for line in lines:
        log.write_bytes(f"{combined()}\n{line}\n".encode())
        one = read_hits(log)
        alone += list(one)[1:]
    assert hits == alone
    counted = [line for line in lines if line.strip() and not line.startswith("#")]
    assert (together.lines, together.unreadable) == (len(counted), len(counted) - len(hits))
