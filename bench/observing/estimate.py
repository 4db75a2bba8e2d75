"""What a large survey takes, on paper: requests, bytes, hours, cost. Every number that goes in is an option.

    python bench/observing/estimate.py
    python bench/observing/estimate.py --spread 0

Sites are spread evenly over an area (``--spread``, square kilometres) or each alone in its tile (``--spread 0``), the worst case.
"""

import argparse
import math


def touched(sites: int, tiles: float) -> float:
    """Give the expected number of tiles with at least one site, sites thrown evenly."""
    return tiles * (1 - math.exp(-sites / tiles))


def estimate(o: argparse.Namespace) -> list[tuple[str, str, str]]:
    dates = o.years * 365.25 / o.revisit
    layers = o.orbits * dates * o.bands
    chips = o.sites * layers
    tile_area = (o.tile * o.metres / 1000) ** 2
    if o.spread:
        tiles = touched(o.sites, o.spread / tile_area)
        files = touched(o.sites, o.spread / o.footprint)
        per_file = tiles / files
        ranges = files * math.ceil(per_file * o.tile_mb / 16)
    else:
        tiles = files = ranges = o.sites
    header_requests, tile_requests, read_tiles = files * layers, ranges * layers, tiles * layers
    megabytes = read_tiles * o.tile_mb + header_requests * 16 / 1024
    requests = header_requests + tile_requests
    network = max(requests * o.latency / o.connections, megabytes / o.bandwidth) / 3600
    cpu = (read_tiles * o.tile_ms + header_requests * o.header_ms) / 1000 / 3600
    hours = max(network, cpu / o.cores)
    test = o.sites * o.orbits / o.series_a_minute / 60
    return [
        ("dates an orbit", f"{dates:.0f}", f"{o.years:g} years every {o.revisit:g} days"),
        ("windows", f"{chips / 1e6:.2f} million", "sites x orbits x dates x bands"),
        ("files", f"{header_requests / 1e3:,.0f} thousand", f"{files:,.0f} places x {layers:,.0f} layers"),
        ("tiles", f"{read_tiles / 1e6:.2f} million", f"{tiles:,.0f} places x {layers:,.0f} layers"),
        ("requests", f"{requests / 1e6:.2f} million", "a header a file, neighbouring tiles together"),
        ("naive requests", f"{3 * chips / 1e6:.1f} million", "three a window, as GDAL makes them site by site"),
        ("bytes", f"{megabytes / 1e6:.2f} TB", f"{o.tile_mb:g} MB a tile, 16 KiB a header"),
        ("network", f"{network:.1f} h", f"{o.bandwidth:g} MB/s, {o.connections} connections, {o.latency * 1000:g} ms"),
        ("processor", f"{cpu:.1f} core hours", f"{o.tile_ms:g} ms a tile, {o.header_ms:g} ms a header"),
        ("one machine", f"{hours:.1f} h", f"{o.cores} cores"),
        ("the test itself", f"{test:.2f} core hours", f"{o.series_a_minute:,} series a minute"),
        ("machine", f"${hours * o.machine:.2f}", f"${o.machine:g} an hour"),
        ("requests, where the reader pays", f"${requests / 1e3 * o.get:.2f}", f"${o.get:g} a thousand"),
        ("transfer out of the region, where the reader pays", f"${megabytes / 1e3 * o.out:,.0f}", f"${o.out:g} a GB"),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, value, words in (
        ("sites", 30_000, "sites"),
        ("years", 3.0, "years of history"),
        ("orbits", 2, "relative orbits that see each site"),
        ("bands", 2, "polarisations"),
        ("revisit", 12.0, "days between passes of one orbit"),
        ("spread", 603_000.0, "square kilometres that the sites are spread over; 0: each alone"),
        ("footprint", 1_600.0, "square kilometres of a file (an OPERA burst: 20 by 80 km)"),
        ("tile", 512, "side of a tile, pixels"),
        ("metres", 30.0, "side of a pixel"),
        ("tile-mb", 0.9, "packed size of a tile"),
        ("latency", 0.03, "seconds a request"),
        ("connections", 64, "requests under way at once"),
        ("bandwidth", 125.0, "MB/s that the machine gets"),
        ("cores", 4, "cores of the machine"),
        ("tile-ms", 7.0, "processor time to fetch, check, unpack and cut a tile (measured, see docs)"),
        ("header-ms", 1.0, "processor time a header (measured, see docs)"),
        ("series-a-minute", 20_000, "series that one core tests in a minute"),
        ("machine", 0.17, "dollars an hour"),
        ("get", 0.0004, "dollars a thousand requests"),
        ("out", 0.09, "dollars a GB"),
    ):
        parser.add_argument(f"--{name}", type=type(value), default=value, help=words)
    rows = estimate(parser.parse_args())
    width = max(len(row[0]) for row in rows), max(len(row[1]) for row in rows)
    for name, value, how in rows:
        print(f"{name:{width[0]}}  {value:>{width[1]}}  {how}")


if __name__ == "__main__":
    main()
