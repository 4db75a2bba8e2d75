"""``vestige observe --catalog`` as a user runs it: a STAC API and COGs behind a real server, from sites to a ranked table."""

import datetime as dt
import json
import signal
import subprocess
import sys
import threading

import pytest
from range_server import Fault
from scenery import lonlat, write_catalogue, write_scenery, write_sites
from test_scene_catalogs import StacApi

from vestige.cli import main

START = dt.datetime(2023, 1, 3, 3, 4, 5, tzinfo=dt.UTC)
SITES = {"bridge": lonlat(100, 100), "chapel": lonlat(300, 300), "nowhere": (0.0, 0.0)}


@pytest.fixture(scope="module")
def scenery(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scenery")
    items = write_scenery(folder, dates=24, days=24, start=START, step_at=21, sites=[(100, 100)], bands=("vv",))
    return folder, items


@pytest.fixture
def command(scenery, server, tmp_path):
    folder, items = scenery
    server.root = folder
    served = [
        {
            **one,
            "assets": {
                k: {**a, "href": f"{server.url}/{a['href'].rsplit('/', 1)[1]}"} for k, a in one["assets"].items()
            },
        }
        for one in items
    ]
    api = StacApi(server, served)
    sites = write_sites(tmp_path / "sites.geojson", SITES)
    return [
        "observe", "--sites", str(sites), "--catalog", api.url, "--after", "2024-05-15/2024-12", "--bands", "vv",
        "--cache", str(tmp_path / "cache"), "--allow-private",
    ]  # fmt: skip


def run(command, capsys, *more):
    code = main([*command, *more])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_a_changed_site_comes_first_and_an_unseen_one_last(command, capsys):
    code, out, err = run(command, capsys)
    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert [line.split()[0] for line in lines] == ["site", "bridge", "chapel", "nowhere"]
    assert "VV +6" in lines[1] or "VV +5" in lines[1]
    assert "abstains" in lines[3]
    assert "damage" not in out.lower()


def test_json_says_what_was_read_and_what_is_not_there(command, capsys, server):
    server.faults["/scene005_vv.tif"] = Fault(status=404)
    code, out, _ = run(command, capsys, "--json")
    answer = json.loads(out)
    assert code == 0
    assert [one["site"] for one in answer["results"]] == ["bridge", "chapel", "nowhere"]
    assert answer["results"][0]["p_value"] < 0.001
    assert len(answer["results"][0]["scenes"]) == 3
    (finding,) = answer["findings"]
    assert (finding["kind"], finding["scene"], finding["sites"]) == ("missing", "scene005", ["bridge", "chapel"])
    assert answer["chips"] == 2 * 23


def test_findings_are_told_in_one_line_a_kind(command, capsys, server):
    for number in (3, 4):
        server.faults[f"/scene00{number}_vv.tif"] = Fault(status=404)
    code, _, err = run(command, capsys)
    assert code == 0
    assert err.splitlines() == ["2 not there, missing: the server answers 404: there is no such file (scene003 vv)"]


def test_a_plan_reads_no_pixel_and_a_run_after_it_reads_what_it_said(command, capsys, server):
    code, out, _ = run(command, capsys, "--plan")
    assert code == 0
    assert out.splitlines()[0] == "2 of 3 sites in 24 scenes, 2023-01-03 to 2024-07-08, seen from orbit 21"
    assert "24 files, 48 windows of 33 by 33 pixels" in out
    assert len([r for r in server.requests if r.path.endswith(".tif")]) == 24
    _, out, _ = run(command, capsys, "--plan", "--json")
    plan = json.loads(out)
    server.forget()
    _, out, _ = run(command, capsys, "--json")
    answer = json.loads(out)
    assert answer["requests"] == sum(len(f["ranges"]) for f in plan["files"])
    assert answer["requests"] == len([r for r in server.requests if r.path.endswith(".tif")])
    server.forget()
    _, again, _ = run(command, capsys, "--json")
    assert json.loads(again)["results"] == answer["results"]
    assert not [r for r in server.requests if r.path.endswith(".tif")]


def test_what_the_surroundings_show_too_is_no_change_of_the_site(command, capsys, scenery):
    _, alone, _ = run(command, capsys, "--json")
    code, around, _ = run(command, capsys, "--json", "--around")
    assert code == 0
    for one in (alone, around):
        bridge = json.loads(one)["results"][0]
        assert bridge["site"] == "bridge"
        assert bridge["p_value"] < 0.01
    assert alone != around


def test_a_local_catalogue_needs_no_network(scenery, command, capsys, tmp_path, server):
    path = write_catalogue(tmp_path / "items.json", scenery[1])
    local = [*command[:4], str(path), *command[5:-1]]
    code, out, _ = run(local, capsys)
    assert code == 0
    assert out.splitlines()[1].startswith("bridge")
    assert server.requests == []


@pytest.mark.usefixtures("interruptible")
def test_a_run_that_is_stopped_ends_and_the_next_goes_on(command, server):
    run_it = [sys.executable, "-m", "vestige.cli", *command]
    subprocess.run([*run_it, "--plan"], check=True, capture_output=True, timeout=120)
    server.forget()
    busy = {f"/scene0{n:02d}_vv.tif": Fault(status=503, headers={"Retry-After": "60"}) for n in range(12, 24)}
    server.faults.update(busy)
    with subprocess.Popen(run_it, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        while len([r for r in server.requests if r.path.endswith(".tif")]) < 48 and process.poll() is None:
            threading.Event().wait(0.01)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=50)  # less than the minute that the server asks for
    assert process.returncode == 130
    assert err.startswith("stopped")
    server.faults.clear()
    server.forget()
    done = subprocess.run(run_it, check=True, capture_output=True, text=True, timeout=120)
    assert done.stdout.splitlines()[1].startswith("bridge")
    again = [r for r in server.requests if r.path.endswith(".tif")]
    assert set(busy) <= {r.path for r in again}
    assert 24 <= len(again) < 48


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--chip", "1"], "expected 1 <= pixels <= chip"),
        (["--chip", "9", "--around"], "at least 15 pixels"),
        (["--bands", ","], "expected band names"),
        (["--bands", "vv,VV"], "each once"),
        (["--sign-in", "magic"], "choose one of"),
        (["--executor", "magic"], "threads, processes:4"),
        (["--connections", "0"], "expected 1 to 1024"),
        (["--collection", "other"], "no scene over these sites"),
        (["--after", "2024"], None),
        (["--cache", "/dev/null/x"], "name another folder"),
    ],
)
def test_wrong_use_is_one_line_and_exit_2(command, capsys, more, words):
    if words is None:
        more, words = ["--before", "soon"], "expected a window"
    if more[0] in command:
        at = command.index(more[0])
        command = [*command[:at], *command[at + 2 :]]
    code, out, err = run(command, capsys, *more)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert words in err


def test_a_private_address_is_refused_with_what_to_do(command, capsys):
    code, _, err = run(command[:-1], capsys)
    assert code == 2
    assert "pass --allow-private" in err
    assert len(err.splitlines()) == 1


def test_sites_and_catalogue_are_both_needed(command, capsys):
    code, _, err = run(["observe", *command[3:]], capsys)
    assert code == 2
    assert "needs --sites" in err
