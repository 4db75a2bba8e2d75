"""The one door to GDAL: a file of this machine, by the driver that is expected and by no other.

Left to choose, GDAL chooses by content: a file named ``.tif`` may be a VRT, which names other files of this machine and addresses
to be asked. So the driver is named, what lies beside a file is not read, and GDAL's own network is shut.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from vestige.errors import InputError, MissingExtraError

SHUT: Final = {
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "",  # no name at all ends in one of these
    "CPL_CURL_ENABLE_VSIMEM": "NO",
    "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
    "GDAL_PAM_ENABLED": "NO",
    "GDAL_HTTP_MAX_RETRY": "0",
    "VRT_SHARED_SOURCE": "0",
}


@contextmanager
def open_geotiff(path: Path) -> Iterator[Any]:
    """Open a GeoTIFF of this machine for reading.

    Raises `MissingExtraError` without rasterio, `InputError` for what is no path of this machine, and rasterio's own
    ``RasterioIOError`` where the file is no GeoTIFF.
    """
    try:
        import rasterio
    except ImportError as error:
        raise MissingExtraError("observing", "rasterio") from error
    whole = path.resolve()
    if str(whole).startswith("/vsi") or not whole.is_file():
        raise InputError("expected a GeoTIFF on this machine", where=str(path))
    with rasterio.Env(**SHUT), rasterio.open(whole, driver="GTiff") as dataset:
        yield dataset
