"""Results become entries of a record with their evidence, and are done again from it alone."""

import contextlib
import json

import pytest
from scenery import lonlat, speckle, write_cog, write_sites
from test_observe_catalog import command, run, scenery  # noqa: F401 - fixtures

from vestige.entries import Draft, Identifier, Location, Name, Observation
from vestige.entries import Site as Place
from vestige.errors import InputError
from vestige.observing.scenes import Dossier, pack_dossier, unpack_dossier
from vestige.record import Record, verify_record

PLACES = {"bridge": (100, 100), "chapel": (300, 300)}


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "heritage"
    drafts = []
    for name, at in PLACES.items():
        lon, lat = lonlat(*at)
        place = Place(
            names=(Name(text=f"The {name}"),), location=Location(latitude=lat, longitude=lon),
            identifiers=(Identifier(scheme="test", value=name),),
        )  # fmt: skip
        drafts.append(Draft(place))
    with Record.create(folder, "Test") as record:
        record.append(*drafts)
    return folder


@pytest.fixture
def recorded(command, folder, tmp_path, capsys):  # noqa: F811
    """The command with sites named as in the record, and the record."""
    sites = write_sites(tmp_path / "named.geojson", {f"test:{name}": lonlat(*at) for name, at in PLACES.items()})
    return [*command[:2], str(sites), *command[3:], "--record", str(folder)]


def observations(folder):
    with Record.open(folder, withheld=True) as record:
        return [(entry, entry.body) for entry in record.index.entries("observation", current=True)]


def test_each_result_becomes_an_entry_that_verifies(recorded, folder, capsys):
    code, out, _ = run(recorded, capsys)
    assert code == 0
    assert "2 observations entered" in out
    (entry, first), (_, second) = observations(folder)
    assert isinstance(first, Observation)
    assert first.p_value < 0.001 < second.p_value
    assert first.q_value is not None
    assert (first.acquisitions_before, first.acquisitions_after) == (21, 3)
    assert first.software.startswith("vestige ")
    assert (first.after.start, first.after.end) == ("2024-05-15", "2024-12-31")
    assert first.last_unchanged < first.first_changed
    assert len(first.scenes) == 3
    scene = first.scenes[0]
    assert scene.href.endswith("_vv.tif")
    assert scene.platform == "S1A"
    assert scene.processor == "made 1.0"
    assert scene.ranges
    assert scene.sha256
    assert entry.envelope.cites
    with Record.open(folder) as record:
        dossier = unpack_dossier(record.files.read(first.parameters["evidence"]))
    assert len(dossier.exhibits) == 24
    assert not verify_record(folder).discrepancies


def test_every_flipped_bit_of_the_evidence_is_a_clear_error():
    content = pack_dossier(Dossier(format=1, site="a", bands=("vv",), pixels=3, exhibits=()))
    for position in range(len(content) * 8):
        damaged = bytearray(content)
        damaged[position // 8] ^= 1 << position % 8
        with contextlib.suppress(InputError):
            unpack_dossier(bytes(damaged))


def test_the_sites_of_a_record_need_no_file(recorded, folder, capsys):
    without = [recorded[0], *recorded[3:]]
    code, out, _ = run(without, capsys, "--json")
    assert code == 0
    answer = json.loads(out)
    assert [one["site"] for one in answer["results"]] == [body.site for _, body in observations(folder)]
    assert len(answer["entries"]) == 2


def test_a_site_that_the_record_does_not_know_is_refused_before_reading(command, folder, capsys, server):  # noqa: F811
    code, _, err = run([*command, "--record", str(folder)], capsys)
    assert code == 2
    assert "nowhere" in err or "bridge" in err
    assert server.requests == []
    assert observations(folder) == []


def recheck(recorded, folder, capsys, *more):
    entry, _ = observations(folder)[0]
    return run(["observe", "--recheck", entry.hash, "--record", str(folder), "--allow-private"], capsys, *more)


def test_a_recheck_reads_everything_again_and_says_equal(recorded, folder, capsys, server):
    run(recorded, capsys)
    server.forget()
    code, out, _ = recheck(recorded, folder, capsys)
    assert code == 0
    assert out.startswith("equal; 24 windows read again")
    assert len(server.requests) == 24
    code, out, _ = recheck(recorded, folder, capsys, "--json")
    assert json.loads(out)["equal"] is True


def test_a_recheck_takes_the_same_surroundings(recorded, folder, capsys):
    run([*recorded, "--around"], capsys)
    (_, alone) = observations(folder)[0]
    assert alone.parameters["around"] == "33"
    code, out, _ = recheck(recorded, folder, capsys)
    assert (code, out[:5]) == (0, "equal")


def test_a_recheck_finds_a_file_that_changed_and_one_that_is_gone(recorded, folder, capsys, server):
    from range_server import Fault

    run(recorded, capsys)
    path = server.root / "scene022_vv.tif"
    kept = path.read_bytes()
    server.faults["/scene003_vv.tif"] = Fault(status=404)
    try:
        write_cog(path, speckle(220) * 1.5)
        code, out, _ = recheck(recorded, folder, capsys)
    finally:
        path.write_bytes(kept)
    assert code == 1
    assert "scene003 vv: missing" in out
    assert "scene022 vv: other pixels" in out
    assert "dates before: was 21, now 20" in out
    assert "not equal" in out


def test_what_is_no_observation_cannot_be_rechecked(folder, capsys):
    with Record.open(folder) as record:
        site = next(record.index.entries("site")).hash
    code, _, err = run(["observe", "--recheck", site, "--record", str(folder)], capsys)
    assert code == 2
    assert "expected an observation, got a site" in err


def test_the_evidence_of_a_sensitive_site_is_withheld(recorded, folder, capsys):
    lon, lat = lonlat(300, 300)
    secret = Place(
        names=(Name(text="The secret"),), location=Location(latitude=lat, longitude=lon), sensitivity="sensitive",
        identifiers=(Identifier(scheme="test", value="secret"),),
    )  # fmt: skip
    with Record.open(folder) as record:
        record.append(Draft(secret))
    sites = folder.parent / "secret.geojson"
    write_sites(sites, {"test:secret": (lon, lat)})
    code, _, err = run([*recorded[:2], str(sites), *recorded[3:]], capsys)
    assert (code, err) == (0, "")
    (entry, body) = observations(folder)[-1]
    assert entry.envelope.visibility == "withheld"
    with Record.open(folder) as public:
        assert public.index.entry(entry.hash).body is None
    file = body.parameters["evidence"]
    assert not any(file in str(path) and "withheld" not in str(path) for path in folder.rglob(f"*{file}*"))
    code, out, _ = run(["observe", "--recheck", entry.hash, "--record", str(folder), "--allow-private"], capsys)
    assert (code, out[:5]) == (0, "equal")


def test_pictures_go_along(recorded, folder, capsys, tmp_path):
    code, _, _ = run([*recorded, "--figures", str(tmp_path / "figures")], capsys)
    assert code == 0
    names = sorted(path.name for path in (tmp_path / "figures").iterdir())
    ends = ("-after.png", "-before.png", ".svg")
    assert names == [f"test-{name}-orbit-21{end}" for name in ("bridge", "chapel") for end in ends]
    (_, body) = observations(folder)[0]
    assert len(body.figures) == 4
    with Record.open(folder) as record:
        kinds = {record.files.read(name)[:4] for name in body.figures}
    assert kinds == {b"\x89PNG", b"<svg", b"\x1f\x8b\x08\x00"}
    assert not verify_record(folder).discrepancies
