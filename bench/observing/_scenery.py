"""What the benches of reading measure on: COGs with 512-pixel tiles behind a server that takes its time."""

import argparse
import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import rasterio
from rasterio.transform import from_origin

SERVER = Path(__file__).resolve().parents[2] / "tests" / "observing" / "range_server.py"
EPSG, ORIGIN, STEP = 32611, (165_660.0, 3_779_190.0), 30.0


def parser(description: str) -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description=description)
    made.add_argument("--folder", type=Path, default=Path("/tmp/vestige-bench"), help="where the scenery is kept")
    made.add_argument("--latency", type=float, default=0.03, help="seconds before each answer")
    made.add_argument("--repeats", type=int, default=3)
    return made


def backscatter(seed: int, side: int) -> np.ndarray:
    """Four-look speckle over smooth land: packs about as badly as real backscatter."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:side, :side]
    return (0.1 * (1.4 + np.sin(x / 90) * np.cos(y / 70)) * rng.gamma(4.0, 0.25, (side, side))).astype("float32")


def write_cogs(folder: Path, count: int, side: int) -> list[Path]:
    """Write what is not there yet: single-band float COGs, deflate, as OPERA's RTC-S1 are."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{side}-{number:04d}.tif" for number in range(count)]
    for number, path in enumerate(paths):
        if not path.exists():
            part = path.with_suffix(".part")
            with rasterio.open(
                part, "w", driver="COG", width=side, height=side, count=1, dtype="float32", crs=f"EPSG:{EPSG}",
                transform=from_origin(*ORIGIN, STEP, STEP), blocksize=512, compress="DEFLATE", nodata=float("nan"),
                overviews="NONE",
            ) as file:  # fmt: skip
                file.write(backscatter(number, side), 1)
            part.rename(path)
    return paths


class Server:
    """The address of a running server, and what was asked of it since it was last asked that."""

    def __init__(self, url: str) -> None:
        self.url = url

    def stats(self) -> dict[str, int]:
        with urllib.request.urlopen(f"{self.url}/_stats") as answer:
            return json.load(answer)


@contextmanager
def served(folder: Path, latency: float) -> Iterator[Server]:
    command = [sys.executable, str(SERVER), str(folder), "--latency", str(latency)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Server(process.stdout.readline().strip())
        finally:
            process.terminate()


GDAL = {
    "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".tif",
    "GDAL_HTTP_MERGE_CONSECUTIVE_RANGES": "YES",
    "GDAL_INGESTED_BYTES_AT_OPEN": "16384",
    "CPL_VSIL_CURL_CHUNK_SIZE": "16384",
    "VSI_CACHE": "FALSE",
}
"""The settings that GDAL's and odc-stac's documentation recommend for COGs behind HTTP."""
