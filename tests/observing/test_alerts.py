import shutil
import socket
from pathlib import Path

import numpy as np
import pytest

import vestige
from vestige.observing import Abstention, Alerts, SeriesError, read_alerts

TIMES = np.datetime64("2024-01-01T10:00", "s") + np.arange(6) * np.timedelta64(6, "D")


def alerts(*rows):
    status = np.array(rows, "uint8").T[:, None, :]
    return Alerts(TIMES[: len(status)], status, tuple("abcdef"[: len(status)]))


def test_the_fire_of_vina_del_mar_is_bracketed_and_empty_dates_abstain(shared_data):
    read = read_alerts(shared_data / "chile_fire_2024")
    assert [str(time)[:16] for time in read.first_seen()] == ["2024-02-02T10:04", "2024-02-04T23:28"]
    empty = [str(time)[:10] for time, why in zip(read.times, read.abstentions, strict=True) if why]
    assert empty == ["2024-01-28", "2024-02-09", "2024-02-21"]
    assert read.abstentions.count(Abstention.NO_COVERAGE) == 3
    assert np.isnan(read.shares[~read.observed]).all()
    assert np.nanmax(read.shares[:3]) < 0.02
    assert read.shares[3] > 0.4


def test_one_disturbed_acquisition_alone_is_no_change():
    assert alerts([0, 1, 0, 4, 0, 0]).first_seen() is None


def test_acquisitions_that_did_not_observe_are_passed_over():
    read = alerts([0, 255, 0, 255, 4, 5])
    assert read.onsets().item() == 4
    assert read.first_seen() == (TIMES[2], TIMES[4])


def test_a_place_disturbed_from_the_start_has_no_bracket():
    assert alerts([255, 4, 5, 6, 6, 6]).first_seen() is None
    assert alerts([4, 4, 5, 6, 6, 6]).first_seen() is None


def test_most_pixels_decide():
    assert alerts([0, 1, 2, 3], [0, 0, 4, 5], [0, 0, 4, 5]).first_seen() == (TIMES[1], TIMES[2])


def test_what_does_not_belong_together_is_refused(tmp_path, shared_data):
    with pytest.raises(SeriesError, match="no DIST-ALERT"):
        read_alerts(tmp_path)
    name = "OPERA_L3_DIST-ALERT-S1_T19HBD_20240101T100000Z_x_S1A_30_v0.1_GEN-DIST-STATUS-ACQ.tif"
    (tmp_path / name).write_bytes(b"no tiff")
    with pytest.raises(SeriesError, match="GeoTIFF"):
        read_alerts(tmp_path)
    with pytest.raises(SeriesError, match="ascending"):
        Alerts(TIMES[::-1], np.zeros((6, 1, 1), "uint8"), ())
    shutil.rmtree(tmp_path)


NAMED = "OPERA_L3_DIST-ALERT-S1_T37TDN_20240506T070809Z_20240507T000000Z_S1_30_v0.1_GEN-DIST-STATUS-ACQ.tif"
SECRET = b"the keeper's own"


@pytest.mark.parametrize("kind", ["relative", "absolute", "network"])
def test_a_vrt_that_is_named_as_a_geotiff_is_not_read(kind, tmp_path):
    """GDAL would choose the driver by content, and a VRT names files and addresses of its own choice."""
    (tmp_path / "secret").write_bytes(SECRET)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        target = {
            "relative": "secret",
            "absolute": tmp_path / "secret",
            "network": f"/vsicurl/http://127.0.0.1:{listener.getsockname()[1]}/a.tif",
        }[kind]
        (tmp_path / NAMED).write_text(
            f'<VRTDataset rasterXSize="16" rasterYSize="1"><VRTRasterBand dataType="Byte" band="1" subClass="VRTRawRasterBand"><SourceFilename relativeToVRT="{int(kind == "relative")}">'
            f"{target}</SourceFilename><ImageOffset>0</ImageOffset><PixelOffset>1</PixelOffset><LineOffset>16</LineOffset></VRTRasterBand></VRTDataset>"
        )
        with pytest.raises(SeriesError, match="GeoTIFF"):
            read_alerts(tmp_path)
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_gdal_is_met_through_one_door():
    """Every call of rasterio that opens something names its driver."""
    root = Path(vestige.__file__).parent
    for path in root.rglob("*.py"):
        for line in path.read_text("utf-8").splitlines():
            if "rasterio.open(" in line or "memory.open(" in line:
                assert 'driver="GTiff"' in line, f"{path.name}: {line.strip()}"
