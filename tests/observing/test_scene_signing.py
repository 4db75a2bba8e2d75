"""Sign-in: what is added to an address, for whom, and that no secret is left anywhere."""

import datetime as dt
import json
import types

import pytest
import urllib3
from range_server import Fault
from scenery import item, speckle, write_cog

from vestige.errors import InputError
from vestige.observing.scenes import (
    SIGNERS,
    FaultKind,
    HttpSource,
    Reader,
    ReadFault,
    Retries,
    Site,
    make_signer,
    plan_reads,
    scene_from_item,
    signer_name,
)
from vestige.observing.scenes._signing import S3, Bearer, PlanetaryComputer
from vestige.observing.scenes._sigv4 import Keys, presign

NOW = dt.datetime(2024, 5, 6, 7, 8, 9, tzinfo=dt.UTC)


def test_signature_version_4_is_that_of_the_aws_documentation():
    keys = Keys("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    at = dt.datetime(2013, 5, 24, tzinfo=dt.UTC)
    url = presign("https://examplebucket.s3.amazonaws.com/test.txt", keys, region="us-east-1", at=at, seconds=86400)
    assert url.endswith("X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404")


def test_keys_print_without_their_secret():
    assert "EXAMPLEKEY" not in f"{Keys('a', 'EXAMPLEKEY')!r} {Keys('a', 'EXAMPLEKEY')}"


def test_buckets_are_signed_for_the_server_that_holds_them():
    url, headers = S3(Keys("k", "s"), region="default", endpoint="https://eodata.example", now=lambda: NOW).sign(
        "s3://eodata/a/b.tiff"
    )
    assert url.startswith("https://eodata.example/eodata/a/b.tiff?X-Amz-Algorithm=")
    assert not headers
    url, _ = S3(Keys("k", "s", "t"), region="eu-central-1", requester_pays=True, now=lambda: NOW).sign("s3://bucket/a")
    assert url.startswith("https://bucket.s3.eu-central-1.amazonaws.com/a?")
    assert "x-amz-request-payer=requester" in url
    assert "X-Amz-Security-Token=t" in url


def test_a_bucket_without_keys_is_denied_and_an_open_address_left_alone():
    signer = make_signer("cdse", {})
    with pytest.raises(ReadFault) as caught:
        signer.sign("s3://eodata/a")
    assert caught.value.kind is FaultKind.DENIED
    assert signer.sign("https://open.example/a") == ("https://open.example/a", {})


def test_a_bearer_token_goes_to_its_own_hosts_only_and_only_over_https():
    signer = make_signer("earthdata", {"EARTHDATA_TOKEN": "secret"})
    assert signer.sign("https://datapool.asf.alaska.edu/x")[1] == {"Authorization": "Bearer secret"}
    for other in (
        "http://datapool.asf.alaska.edu/x",
        "https://asf.alaska.edu.evil.example/x",
        "https://evilasf.alaska.edu.org/x",
    ):
        assert signer.sign(other) == (other, {})


HOSTILE_HOSTS = [
    "attacker.example\\.asf.alaska.edu", "attacker.example\\@asf.alaska.edu", "user@asf.alaska.edu", "asf.alaska.edu@attacker.example", "attacker.example#.asf.alaska.edu",
    "attacker.example?.asf.alaska.edu", "attacker.example/.asf.alaska.edu", "attacker.example%5c.asf.alaska.edu", "attacker.example\t.asf.alaska.edu", "asf.alaska.edu.attacker.example",
    "notasf.alaska.edu", "[::1].asf.alaska.edu", "attacker.example:443\\.asf.alaska.edu", "attacker.example\x85.asf.alaska.edu", "attacker.example\u2215.asf.alaska.edu",
]  # fmt: skip


@pytest.mark.parametrize("host", HOSTILE_HOSTS)
def test_whoever_gets_the_token_is_whom_it_was_signed_for(host):
    """The library that connects is the oracle: where it would go to another host, nothing is signed."""
    url, headers = Bearer("secret", ("asf.alaska.edu",)).sign(f"https://{host}/x.tif")
    if headers:
        assert urllib3.util.parse_url(url).host.endswith(".asf.alaska.edu")
    _, headers = Bearer("secret", ("asf.alaska.edu",)).sign("https://daac.asf.alaska.edu/x.tif")
    assert headers == {"Authorization": "Bearer secret"}


@pytest.mark.parametrize(
    "bucket",
    [
        "attacker.example:443\\x",
        "a@b",
        "x",
        "any-bucket",
        "eodata?",
        "eodata#x",
        "-eodata",
        "eo data",
        "eodata\x1b",
        "\u0435odata",
    ],
)
def test_keys_are_for_the_buckets_of_the_archive_only(bucket):
    signer = S3(
        Keys("k", "s"),
        region="default",
        endpoint="https://eodata.example",
        buckets=frozenset({"eodata"}),
        now=lambda: NOW,
    )
    with pytest.raises(ReadFault) as caught:
        signer.sign(f"s3://{bucket}/k.tif")
    assert caught.value.kind is FaultKind.REFUSED
    assert (
        make_signer("earth-search", {"AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s"})
        .sign("s3://usgs-landsat/a")[0]
        .startswith("https://usgs-landsat.s3.")
    )


@pytest.mark.parametrize(
    ("target", "kept"),
    [
        ("https://a.asf.alaska.edu/y", True),
        ("https://b.asf.alaska.edu/y", False),
        ("https://a.asf.alaska.edu:8443/y", False),
    ],
)
def test_a_secret_crosses_no_change_of_host_or_port(target, kept, monkeypatch):
    asked = []

    def send(url, headers, where):
        asked.append((url, headers))
        return types.SimpleNamespace(
            status=302 if len(asked) == 1 else 200, headers={"Location": target}, data=b"12345"
        )

    source = HttpSource(signer=Bearer("secret", ("asf.alaska.edu",)))
    monkeypatch.setattr(source, "_send", send)
    source.read("https://a.asf.alaska.edu/x", 0, 5)
    assert ("Authorization" in asked[1][1]) is kept


def test_a_secret_never_goes_from_https_to_http(monkeypatch):
    source = HttpSource(signer=Bearer("secret", ("asf.alaska.edu",)))
    answer = types.SimpleNamespace(status=302, headers={"Location": "http://a.asf.alaska.edu/y"}, data=b"")
    monkeypatch.setattr(source, "_send", lambda *_: answer)
    with pytest.raises(ReadFault, match="https to http"):
        source.read("https://a.asf.alaska.edu/x", 0, 5)


def test_a_token_of_the_planetary_computer_is_not_sent_in_clear():
    assert PlanetaryComputer({}).sign("http://a.blob.core.windows.net/c/x.tif") == (
        "http://a.blob.core.windows.net/c/x.tif",
        {},
    )


def test_credentials_do_not_follow_a_redirect_to_another_host(server, tmp_path):
    (server.root / "a.tif").write_bytes(b"0123456789")
    server.routes["/login"] = lambda _: (302, {"Location": f"http://localhost:{server.port}/a.tif"}, b"")

    class Signer(Bearer):
        def sign(self, href):
            return href, {"Authorization": "Bearer secret"}

    source = HttpSource(signer=Signer("secret", ()), allow_private=True)
    for _ in range(2):
        source.read(f"{server.url}/login", 0, 4)
    assert [("authorization" in r.headers, r.path) for r in server.requests] == [
        (True, "/login"),
        (False, "/a.tif"),
        (False, "/a.tif"),
    ]


@pytest.fixture
def planetary(server, monkeypatch):
    """The token service and the storage of the Planetary Computer, as our server."""
    monkeypatch.setattr(PlanetaryComputer, "service", f"{server.url}/token")
    monkeypatch.setattr(PlanetaryComputer, "storage", "127.0.0.1")
    issued = []

    def token(request):
        issued.append(request)
        body = {"token": f"sig=SECRET{len(issued)}", "msft:expiry": (NOW + dt.timedelta(minutes=45)).isoformat()}
        return 200, {}, json.dumps(body).encode()

    server.routes["/token"] = token
    server.issued = issued
    return server


def test_planetary_tokens_are_asked_for_once_a_container_and_renewed_before_they_end(planetary):
    now = [NOW]
    signer = PlanetaryComputer({"PC_SDK_SUBSCRIPTION_KEY": "key"}, now=lambda: now[0])
    first, _ = signer.sign(f"{planetary.url}/box/a.tif")
    assert first.endswith("/box/a.tif?sig=SECRET1")
    assert signer.sign(f"{planetary.url}/box/b.tif")[0].endswith("b.tif?sig=SECRET1")
    assert signer.sign(f"{planetary.url}/other/b.tif")[0].endswith("b.tif?sig=SECRET2")
    now[0] += dt.timedelta(minutes=44)
    assert signer.sign(f"{planetary.url}/box/a.tif")[0].endswith("a.tif?sig=SECRET3")
    assert planetary.issued[0].headers["ocp-apim-subscription-key"] == "key"
    assert signer.sign("https://elsewhere.example/a.tif") == ("https://elsewhere.example/a.tif", {})


def test_an_expired_token_is_renewed_once(planetary):
    (planetary.root / "box").mkdir()
    (planetary.root / "box/a.tif").write_bytes(b"0123456789")
    real = planetary._file

    def storage(request):
        if "SECRET2" in request.query:
            return real(request, None)
        return 403, {}, b"Signature not valid in the specified time frame"

    planetary.routes["/box"] = storage
    source = HttpSource(signer=PlanetaryComputer({}, now=lambda: NOW), allow_private=True)
    assert source.read(f"{planetary.url}/box/a.tif", 0, 4).data == b"0123"
    planetary.routes["/box"] = lambda _: (403, {}, b"Signature not valid in the specified time frame")
    with pytest.raises(ReadFault) as caught:
        source.read(f"{planetary.url}/box/a.tif", 0, 4)
    assert caught.value.kind is FaultKind.EXPIRED
    assert "SECRET" not in f"{caught.value} {caught.value!r}"


@pytest.mark.parametrize("answer", [b"<html>", b"{}", b'{"token": "\xe6"}', b'{"token": ' + b"[" * 100_000])
def test_a_token_service_that_fails_is_a_fault_without_its_answer(planetary, answer):
    planetary.routes["/token"] = lambda _: (200, {}, answer)
    with pytest.raises(ReadFault) as caught:
        PlanetaryComputer({}).sign(f"{planetary.url}/box/a.tif")
    assert caught.value.kind is FaultKind.DENIED


def test_no_secret_reaches_plan_cache_or_result(planetary, tmp_path, settings):
    pixels = speckle(1)
    write_cog(planetary.root / "box/a.tif", pixels)
    write_cog(planetary.root / "box/b.tif", pixels)
    planetary.faults["/box/b.tif"] = Fault(status=404)
    hrefs = {"vv": f"{planetary.url}/box/a.tif", "vh": f"{planetary.url}/box/b.tif"}
    scene = scene_from_item(item("s", NOW, hrefs))
    site = Site(id="x", lon=(scene.bbox[0] + scene.bbox[2]) / 2, lat=(scene.bbox[1] + scene.bbox[3]) / 2)
    source = HttpSource(signer=PlanetaryComputer({}, now=lambda: NOW), allow_private=True, retries=Retries(attempts=1))
    reader = Reader(settings, source=source)
    plan = plan_reads([scene], [site], bands=("vv", "vh"), pixels=9, headers=reader.headers)
    result = reader.read(plan.files)
    assert len(result[0].chips) == 1
    assert any("SECRET" in r.target for r in planetary.requests)
    assert "SECRET" not in repr((plan, result))
    kept = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert kept
    assert not any(b"SECRET" in path.read_bytes() for path in kept)


def test_a_signature_in_a_catalogue_is_dropped_and_another_query_kept():
    signed = item(
        "s", NOW, {"vv": "https://a.example/vv.tif?sv=1&sig=SECRET", "vh": "https://a.example/vh.tif?version=2"}
    )
    hrefs = {asset.band: asset.href for asset in scene_from_item(signed).assets}
    assert hrefs == {"vv": "https://a.example/vv.tif", "vh": "https://a.example/vh.tif?version=2"}


def test_plug_ins_are_chosen_by_catalogue_and_by_name():
    assert signer_name("https://planetarycomputer.microsoft.com/api/stac/v1") == "planetary"
    assert signer_name("https://cmr.earthdata.nasa.gov/stac/ASF") == "earthdata"
    assert signer_name("scenes.parquet") == "none"
    assert all(make_signer(name, {}) for name in SIGNERS)
    with pytest.raises(InputError, match="choose one of"):
        make_signer("magic", {})
